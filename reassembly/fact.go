package reassembly

import "ctiscope/network"

// FactKind is what a Fact event tells.
type FactKind uint8

// The kinds of facts. Refusals and their side are Refused events.
const (
	// SYN: a side asked for the connection, or agreed to it. Seq is its initial
	// sequence number; Again counts how often it was sent before.
	SYN FactKind = iota
	// FIN and RST: the first of a side that its stream allows. Where the side goes
	// on after it, it was none, and the next is told, too.
	FIN
	RST
	// Acked: what a side sent up to Off was acknowledged by the other.
	Acked
	// WindowClosed and WindowOpened: a side has no room for data, has some again.
	WindowClosed
	WindowOpened
	// NeverSeen: no packet of a side was captured. It comes before Close.
	NeverSeen
)

// String returns the kind in a word or two.
func (k FactKind) String() string {
	return [...]string{"SYN", "FIN", "RST", "acknowledged", "window closed", "window opened", "never seen"}[k]
}

// Fact is what a TCP header tells of a connection beside its bytes: of the side
// that Event.Dir names. A connection gives a bounded number of SYN facts; those
// of the other kinds come at most once for each segment.
type Fact struct {
	Kind FactKind
	Seq  uint32 // of SYN
	// Again is how often the same SYN came before.
	Again uint8
	// Reply tells that a SYN came with an ACK.
	Reply bool
	// Off is how much was acknowledged, as an offset in the side's stream.
	Off int64
	// Mark is the packet that showed it. It is the Event's own, except for the
	// SYNs of a session that was found by content later.
	Mark Mark
}

// maxAgain is how many repeats of a SYN are told.
const maxAgain = 16

// said is what was told of one side.
type said struct {
	seen, fin, rst, closed, syn bool
	again                       uint8
	isn                         uint32
}

// fact hands a Fact on.
func (q *sequencer) fact(f *flow, d Direction, fact Fact) {
	if f.conn != nil {
		q.said = fact
		q.send(Event{Kind: FactEvent, Dir: d, Conn: f.conn, Mark: q.clock.at, Fact: &q.said})
	}
}

// facts tells what is new in a segment's header, but for FIN and RST: these are
// told when they are found to be of the stream.
func (q *sequencer) facts(f *flow, d Direction, s *network.Segment) {
	k := &f.said[d]
	k.seen = true
	m := markOf(s)
	if s.Flags&network.SYN != 0 {
		q.synFact(f, d, s.Seq, s.Flags&network.ACK != 0, m)
		return
	}
	if closed := s.Window == 0; s.Flags&network.ACK != 0 && closed != k.closed {
		k.closed = closed
		kind := WindowOpened
		if closed {
			kind = WindowClosed
		}
		q.fact(f, d, Fact{Kind: kind, Mark: m})
	}
}

// endFact tells of the first FIN or RST of a side.
func (q *sequencer) endFact(f *flow, d Direction, kind FactKind, s *network.Segment) {
	if !q.opts.Facts {
		return
	}
	k := &f.said[d]
	said := &k.fin
	if kind == RST {
		said = &k.rst
	}
	k.seen = true
	if !*said {
		*said = true
		q.fact(f, d, Fact{Kind: kind, Mark: markOf(s)})
	}
}

// synFact tells of a SYN of a side.
func (q *sequencer) synFact(f *flow, d Direction, seq uint32, reply bool, m Mark) {
	k := &f.said[d]
	k.seen = true
	switch {
	case !k.syn || k.isn != seq:
		k.again = 0
	case k.again >= maxAgain:
		return
	default:
		k.again++
	}
	k.syn, k.isn = true, seq
	q.fact(f, d, Fact{Kind: SYN, Seq: seq, Again: k.again, Reply: reply, Mark: m})
}

// neverSeen tells which sides of a connection were not captured at all.
func (q *sequencer) neverSeen(f *flow) {
	for d := range f.said {
		if q.opts.Facts && !f.said[d].seen {
			q.fact(f, Direction(d), Fact{Kind: NeverSeen, Mark: q.clock.at})
		}
	}
}
