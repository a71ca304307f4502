// Package reassembly turns TCP segments into ordered streams of bytes.
//
// It finds the connections that can be CTI, follows both directions, puts
// segments in order, folds what came twice, and says where bytes are missing.
// All memory is bounded; what is given up is counted. Everything it does
// depends only on the sequence of segments, never on wall clock or scheduling,
// so that the same capture gives the same events.
//
// It knows nothing of CTI messages: a Recognizer, given by the caller, looks
// at payload on ports that are not CTI's. The package imports capture and
// network, and nothing else of the project.
package reassembly

import (
	"ctiscope/capture"
	"ctiscope/network"
)

// Direction is one of the two streams of a connection.
type Direction uint8

// The directions. AtoB is the direction of the first segment seen unless a
// handshake or the port tells the client, which is then A.
const (
	AtoB Direction = iota
	BtoA
	// NoDirection stands where neither side caused an event. It has no reverse.
	NoDirection
)

// Reverse returns the other direction of AtoB or BtoA.
func (d Direction) Reverse() Direction { return d ^ 1 }

// Mark is a place in the capture: a packet and its time.
type Mark struct {
	Number int64 // packet number, from 1
	Time   int64 // nanoseconds since 1970-01-01 00:00 UTC
	Digits uint8 // precision of Time as captured, 6 or 9 digits of a second; capture.NoTime for none
}

// Timeless tells that the packet has no time; Time is that of the packet before it.
func (m Mark) Timeless() bool { return m.Digits == capture.NoTime }

// Instant is a place in the capture, as far as its times are believed: it never
// goes back.
type Instant struct{ Number, Time int64 }

// markOf returns the place of a segment.
func markOf(s *network.Segment) Mark { return Mark{s.Number, s.Time, s.Digits} }

// Conn is one TCP connection that is, or may be, a CTI session.
type Conn struct {
	// ID counts connections from 1 in the order in which they appear; it is
	// the session number that users see.
	ID   int64
	A, B network.Endpoint
	// ClientKnown tells that A is the client for sure: its SYN was seen, or B
	// has a CTI port and A has not. Otherwise only the messages can tell.
	ClientKnown bool
	// Start is true when the connection's beginning (SYN) was captured: the
	// first Event of either direction is the first byte that was sent, or a
	// Hole before it, of unknown size where only the other side's SYN was
	// captured. Otherwise a direction begins with the first byte captured,
	// and what came before is no Hole.
	Start bool
	// Opened is the first packet on CTI ports, elsewhere the packet that
	// showed the connection to be CTI.
	Opened Mark
	// Verdict is what recognized the connection; No on CTI ports.
	Verdict Verdict
	// User belongs to the receiver of the events; the Assembler never touches
	// it.
	User any
}

// GapCause tells why bytes are missing.
type GapCause uint8

// The causes.
const (
	// Lost bytes were never captured.
	Lost GapCause = iota
	// Snapped bytes were cut from a packet by the snap length.
	Snapped
	// Evicted bytes were given up by ctiscope to keep within its memory.
	Evicted
)

// String returns "lost", "snapped" or "evicted".
func (c GapCause) String() string { return [...]string{"lost", "snapped", "evicted"}[c] }

// Gap is a hole in a stream.
type Gap struct {
	// Bytes is how many bytes are missing; -1 when not known: more than 1 GiB,
	// or before the first data of a direction whose beginning was not seen.
	Bytes int64
	Cause GapCause
	// From is the packet of the last byte before the hole, To that of the
	// first after it. The zero Mark stands where there is none. From of
	// Snapped bytes is the packet that was cut; To is not known yet.
	From, To Mark
}

// CloseCause tells how a connection ended.
type CloseCause uint8

// The causes.
const (
	Fin          CloseCause = iota // both sides or one side sent FIN
	Reset                          // RST
	Replaced                       // a new SYN on the same 4-tuple
	EndOfCapture                   // the source ended
	Forgotten                      // idle longest when the limit of connections was reached, or idle too long
)

// String returns the cause in words.
func (c CloseCause) String() string {
	return [...]string{"fin", "reset", "replaced by a new connection", "end of capture", "forgotten"}[c]
}

// EventKind is the kind of an Event.
type EventKind uint8

// The kinds.
const (
	Open      EventKind = iota // the first event of a Conn
	Data                       // bytes in stream order
	Hole                       // bytes missing at this place in the stream
	Conflict                   // a segment repeated bytes with other content; the first were kept
	Refused                    // a SYN was answered with RST, or never answered
	Close                      // the last event of a Conn
	FactEvent                  // with Options.Facts: what TCP headers tell
)

// Event is what happens next on a connection. Events of one connection and
// direction come in stream order.
type Event struct {
	Kind EventKind
	// Dir is the direction of the bytes; of Refused and Close that of the side
	// which refused or closed: whose RST it was, or whose FIN came first.
	// NoDirection when it was neither: nobody answered, or the connection was
	// replaced or forgotten, or the capture ended. Open has AtoB.
	Dir  Direction
	Conn *Conn
	// Bytes is the data of a Data event, at least one byte. It lies in the
	// memory of Block, or, when Block is nil, in memory that the receiver
	// now owns.
	Bytes []byte
	Block *capture.Block
	// Off is where Bytes, or a Hole, begin in their stream: 0 is the first byte
	// after the SYN or, where the beginning was not captured, the first byte
	// handed on. The offset is kept across holes of known size.
	Off int64
	// Now is how far the capture had come when the Event was handed on.
	Now Instant
	// Acked tells that the receiver had acknowledged Bytes before they came: they
	// are a repeat whose first copy was not captured, or the capture gives the two
	// directions out of order.
	Acked bool
	// Pieces say, with Options.Trace, where Bytes lie in their packets, in
	// order. They are valid during the call only.
	Pieces []capture.Piece
	// Mark is the packet that brought the bytes: a segment that had to wait
	// for an earlier one keeps its own packet's number and time. A Hole has
	// that of the first bytes after it, or, at the end and where bytes were
	// snapped, of the packet that showed it; Close by RST has that of the RST
	// or of later data; other events that of the packet that caused them.
	Mark  Mark
	Gap   Gap        // of a Hole
	Cause CloseCause // of a Close
	Fact  *Fact      // of a FactEvent, valid during the call
}
