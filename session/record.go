// Package session follows CTI sessions: it cuts the two streams of a
// connection into messages, learns the protocol version, tells client from
// server, and pairs answers with their requests.
//
// It turns reassembly's Events into Records, which is what printers and
// filters see. It imports decode and decode/schema, reassembly, network and capture.
package session

import (
	"ctiscope/decode"
	"ctiscope/decode/schema"
	"ctiscope/network"
	"ctiscope/reassembly"
)

// VersionSource tells how the protocol version of a message is known.
type VersionSource uint8

// The sources. They print as "open", "option" and "guess".
const (
	Guess  VersionSource = iota // inferred from what fits
	Option                      // the user said so
	Open                        // VersionNumber of the session's OPEN_REQ
)

// String returns the word of the JSON contract.
func (v VersionSource) String() string { return [...]string{"guess", "option", "open"}[v] }

// Kind is the kind of a Record.
type Kind uint8

// The kinds: a message, and events about the capture itself.
const (
	Message Kind = iota
	GapEvent
	ResyncEvent
	StartEvent
	EndEvent
	FindingEvent
	// RequestEvent tells what became of a request without a message that says
	// so. Printers leave it out.
	RequestEvent
	// TransportEvent is a fact of TCP. Printers leave it out.
	TransportEvent
)

// String returns "message", "gap", "resync", "session_start", "session_end",
// "finding", "request" or "transport".
func (k Kind) String() string {
	return [...]string{"message", "gap", "resync", "session_start", "session_end", "finding", "request", "transport"}[k]
}

// Info is what is known of a session at the time of a Record.
type Info struct {
	ID int64 // session number, from 1
	// Codec is that of the protocol which the session speaks, as far as known.
	Codec *decode.Codec
	// Opened is the packet that began the session or, found by content on other
	// than CTI ports, showed it.
	Opened reassembly.Mark
	// A and B are the two ends. ClientIsA tells who is who once Sides is true.
	A, B      network.Endpoint
	Sides     bool
	ClientIsA bool
	// ClientID is the name that the client gave in OPEN_REQ; empty until seen.
	ClientID string
	// AString and BString are the ends as printed, made once.
	AString, BString string
}

// Request is a request that a confirmation answers, or a RequestEvent tells of.
type Request struct {
	ID   int64  // counts the requests of a session, both directions, from 1
	Type uint32 // MessageType; 0 when the request is not known
	Mark reassembly.Mark
}

// Record is one message or event, in the order of the capture. It and all it
// points to are valid during the call that hands it over only.
type Record struct {
	Kind Kind
	// Mark is the packet that completed the message, and its time.
	Mark reassembly.Mark
	Info *Info
	// Order is the place in the order of the capture, a packet number: that of
	// Mark, or of a later packet where the Record was to be had only then, so that
	// order does not depend on how packets arrive.
	Order int64
	// Seq counts the Records of the session from 1.
	Seq uint32
	// Dir is the direction of travel; From who sent it, as far as known. Of an
	// event that neither side caused, such as the end of the capture, Dir is
	// reassembly.NoDirection, and From unknown.
	Dir  reassembly.Direction
	From schema.Side

	// Of a message:
	Message *decode.Message
	// Off is where the message begins in its direction's stream, as in
	// reassembly.Event.
	Off           int64
	VersionSource VersionSource
	// Request is what a confirmation or failure answers, if that was seen and
	// this is the first answer to it.
	Request Request
	// RequestID is the ID of a request in its own Record, and in those of all
	// answers to it, further ones included (lists in parts, several recorders).
	// It is 0 in other messages and in an answer whose request is not known.
	RequestID int64
	// Reused is the ID of the newest open request of the same direction that
	// had a request's InvokeID when it was sent, 0 when there was none.
	Reused int64

	ledger *ledger // for Places

	// Of an event (Request and RequestID too, of a RequestEvent):
	Gap   reassembly.Gap        // of a GapEvent
	Cause reassembly.CloseCause // of an EndEvent
	Fact  *reassembly.Fact      // of a TransportEvent
	// Skipped is how many bytes were skipped up to a ResyncEvent.
	Skipped int64
	// Tail tells that no message follows: the session ended.
	Tail bool
	// MaybeLost is the largest number of messages that fit into what a gap or a
	// resync lost; Partial tells that a message begun before it was lost.
	MaybeLost int64
	Partial   bool
	// Code is the stable name of a finding, such as "tls", or of what became of
	// a request, or of an answer whose request is not known; Text says a finding
	// in words for people.
	Code, Text string
	// Why is the reason of a RequestEvent's Code, empty where there is none.
	Why string
	// Answer is, in a RequestEvent, the message that answered before its request
	// was handed on, or, where RequestID is 0, one whose request is not known.
	Answer Request
}

// Src returns the sender's end, Dst the receiver's; of an event without a
// direction A and B.
func (r *Record) Src() network.Endpoint {
	if r.Dir == reassembly.BtoA {
		return r.Info.B
	}
	return r.Info.A
}

// Dst returns the receiver's end.
func (r *Record) Dst() network.Endpoint {
	if r.Dir == reassembly.BtoA {
		return r.Info.A
	}
	return r.Info.B
}
