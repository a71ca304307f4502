package reassembly

import (
	"ctiscope/network"
)

// flow is what is remembered of a connection. Its memory is used again after
// the connection was forgotten, unlike that of its Conn, which others hold.
type flow struct {
	a, b        network.Endpoint
	hash        uint32
	id          int64 // of conn, also when that is gone
	class       class
	state       state
	odd         bool  // not on a CTI port
	clientKnown bool  // as in Conn
	count       uint8 // segments with data, as far as provenSegments
	conn        *Conn
	// seen is the time of the last segment, queued when the flow was put at
	// the end of its list.
	seen, queued int64
	finSeen      bool // in one direction, at least
	doubted      bool // one direction may have another initial sequence number
	prev, next   *flow
	half         [2]half
	reset        reset
	// syn is a SYN that may belong to a new connection in this one's place.
	syn *handshake
	// said is what facts told of each side.
	said [2]said
}

// state tells how far a connection is.
type state uint8

const (
	asked   state = iota // nothing but SYNs of one side
	open                 // something else was seen
	closing              // a RST was seen a moment ago
	closed               // closed; kept to know what comes after the end
)

// reset is a RST that was seen.
type reset struct {
	mark   Mark
	tick   int64
	time   int64
	seq    uint32
	dir    Direction
	queued bool
}

// handshake is a SYN, or SYN and ACK, seen on a connection that has data.
type handshake struct {
	client Direction
	isn    [2]uint32
	known  [2]bool
	mark   Mark
}

// half is one direction of a flow. Offsets are sequence numbers extended to 64
// bits.
type half struct {
	next  int64 // offset of the next byte to hand on
	zero  int64 // offset of the byte that Event.Off counts from, once origin is settled
	acked int64 // up to which the receiver has acknowledged
	fin   int64 // offset of the FIN; 0 when none was seen
	finAt int64 // packet number of the FIN at that offset
	last  Mark  // packet of the last byte handed on
	// lostFrom and lostTo bound the hole that was given up last.
	lostFrom, lostTo int64
	pend             *pending // what waits behind a hole
	isn              uint32   // of the SYN, when isnKnown
	other            uint32   // of another SYN that may be the right one; 0 for none
	hint             uint32   // where data may begin, when hinted
	origin           origin
	isnKnown, hinted bool
	told             bool  // toldAt is what the Placer knows for zero
	at               uint8 // the oldest of signatures
	toldAt           int64
	signatures       [8]signature
}

// origin tells what is known of the beginning of a direction.
type origin uint8

const (
	unknown origin = iota // nothing
	held                  // data came; what lies before it is waited for
	settled               // next is known
)

// signature tells packets apart: a hash of what a mirror leaves alone, and the
// time in units of 2^20 ns.
type signature struct{ hash, time uint32 }

// far is the distance ahead of the stream, in bytes, from which on a sequence
// number is doubted: more than the windows that TCP senders use. near is within
// which distance repeated data may lie behind, and a SYN before its data.
const (
	far  = 8 << 20
	near = 1 << 20
)

// extended returns the offset of a sequence number. What lies farther behind
// than near is taken to lie ahead instead, nearly 4 GiB: it is no repeated data,
// but may be a stream that has jumped, or another one.
func (h *half) extended(seq uint32) int64 {
	n := int64(int32(seq - uint32(h.next)))
	if n < -near {
		n += 1 << 32
	}
	return h.next + n
}

// hintAt notes that data may begin at seq. The earliest such place counts:
// segments may come in another order.
func (h *half) hintAt(seq uint32) {
	if !h.hinted || int32(seq-h.hint) < 0 {
		h.hint, h.hinted = seq, true
	}
}

// begin sets the sequence number of the first byte.
func (h *half) begin(seq uint32) { h.settle(1<<32 + int64(seq)) }

// settle sets the offset of the first byte.
func (h *half) settle(off int64) {
	h.next, h.acked, h.zero, h.origin = off, off, off, settled
}

// done tells whether everything up to the FIN was handed on.
func (h *half) done() bool { return h.fin != 0 && h.next >= h.fin }

// mirrorTime is within which a packet with the same signature is a mirror's
// second copy, in units of 2^20 ns: shorter than the shortest time after which
// a usual sender sends again.
const mirrorTime = 190

// repeated tells whether the segment was seen a moment ago, by everything that
// a mirror leaves as it is, and remembers it.
func (h *half) repeated(s *network.Segment, now int64) bool {
	x := uint64(s.Seq)<<32 | uint64(s.Ack)
	y := uint64(s.Checksum)<<32 | uint64(s.IPID)<<16 | uint64(s.Length&0xffff) ^ uint64(s.Flags)<<48
	x = (x ^ y*0x9e3779b97f4a7c15) * 0xd6e8feb86659fd93
	sig := signature{uint32(x>>32) ^ uint32(x), uint32(now >> 20)}
	for i := range h.signatures {
		if o := &h.signatures[i]; o.hash == sig.hash && sig.time-o.time < mirrorTime && o.time != 0 {
			o.time = sig.time
			return true
		}
	}
	h.signatures[h.at] = sig
	h.at = (h.at + 1) % uint8(len(h.signatures))
	return false
}
