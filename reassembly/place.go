package reassembly

import "ctiscope/network"

// Fate is what became of a TCP segment.
type Fate uint8

// The fates.
const (
	NotFollowed Fate = iota // a segment of a connection that is not followed
	Handshake               // SYN, or SYN with ACK
	Bare                    // no data: an acknowledgement, a FIN, a RST, a probe
	Next                    // data handed on at once
	Waits                   // data behind a hole, or before the beginning is known
	Again                   // nothing but data that was there before
	Late                    // data whose hole had been given up
	Dropped                 // data after the end, or of no known place
)

// String returns the fate in a word or two.
func (f Fate) String() string {
	return [...]string{"not followed", "handshake", "no data", "next", "waits", "again", "late", "dropped"}[f]
}

// Place tells where a TCP segment belongs. There is one for every segment, in
// the order of the capture; a segment that turns out later to belong to a
// session, as the handshake of one that is found by content does, gets a second
// one, which counts. It is valid during the call only.
type Place struct {
	// Segment is nil in the second Place of a handshake.
	Segment *network.Segment
	Mark    Mark
	// Conn is the ID of the connection, 0 when it is not followed, and Dir the
	// segment's direction in it.
	Conn int64
	Dir  Direction
	// Off is where the segment's data begins in the stream, as in Event; of a
	// segment without data where it would. It is known only where Known says so:
	// while the beginning of a direction is not decided, Zero will tell.
	Off   int64
	Known bool
	Fate  Fate
}

// Placer learns where segments belong.
type Placer interface {
	// Place tells of one segment.
	Place(*Place)
	// Zero tells the sequence number of the stream's byte 0, as soon as it is
	// known: a segment with data has Off = int32(Seq-zero), near there.
	Zero(conn int64, d Direction, zero uint32)
}

// notFollowed tells of a segment that belongs to no session, as far as is known.
func (a *Assembler) notFollowed(s *network.Segment) {
	if a.opts.Placer != nil {
		a.placeNowhere(s)
	}
}

func (a *Assembler) placeNowhere(s *network.Segment) {
	a.bytes.found = Place{Segment: s, Mark: markOf(s), Dir: NoDirection}
	a.tellPlace()
}

// tellPlace tells of the segment at hand, once: what handled it within the
// handling of another one leaves no Segment behind.
func (a *Assembler) tellPlace() {
	a.opts.Placer.Place(&a.bytes.found)
	a.bytes.found.Segment = nil
}

// placing fills in where a segment of a connection belongs, as far as it is known
// before its data is looked at.
func (a *Assembler) placing(f *flow, d Direction, s *network.Segment) {
	p := &a.bytes.found
	*p = Place{Segment: s, Mark: markOf(s), Conn: f.id, Dir: d, Fate: Bare}
	switch {
	case s.Flags&network.SYN != 0:
		p.Fate = Handshake
	case max(s.Length, len(s.Payload)) > 0:
		p.Fate = Dropped
	}
	p.settle(&f.half[d])
}

// settle fills in the offset, once the beginning of the direction is known.
func (p *Place) settle(h *half) {
	if p.Known || h.origin != settled {
		return
	}
	seq := p.Segment.Seq
	if p.Segment.Flags&network.SYN != 0 {
		seq++
	}
	p.Off, p.Known = h.extended(seq)-h.zero, true
}

// zero tells the beginning of a direction.
func (q *sequencer) zero(f *flow, d Direction) {
	if h := &f.half[d]; q.opts.Placer != nil && h.origin == settled && (!h.told || h.toldAt != h.zero) {
		h.told, h.toldAt = true, h.zero
		q.opts.Placer.Zero(f.id, d, uint32(h.zero))
	}
}

// handshakeOf tells of the handshake of a session that was found by content.
func (a *Assembler) handshakeOf(f *flow, e *synEntry) {
	for d := range e.known {
		if e.mark[d] == (Mark{}) {
			continue
		}
		a.counters.SessionSegments += 1 + int64(e.again[d])
		if a.opts.Placer != nil {
			a.opts.Placer.Place(&Place{Mark: e.mark[d], Conn: f.id, Dir: Direction(d), Known: true, Fate: Handshake})
		}
		if a.opts.Facts {
			for range e.again[d] + 1 {
				a.bytes.synFact(f, Direction(d), e.isn[d], Direction(d) == BtoA, e.mark[d])
			}
		}
	}
}
