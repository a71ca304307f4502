package reassembly

import (
	"ctiscope/capture"
	"ctiscope/network"
)

// control takes what is not the run of a connection: SYN and RST, and what
// comes after them. It returns the flow that the segment's data belongs to,
// which may be a new one, and nil when there is no more to it.
func (a *Assembler) control(f *flow, d Direction, s *network.Segment, b *capture.Block) (*flow, Direction) {
	if f.doubted {
		a.settleISN(f, d, s)
	}
	if f.syn != nil && f.syn.confirmed(f, d, s) {
		return a.replaceBy(f, d, s, b)
	}
	switch {
	case s.Flags&network.RST != 0:
		a.rst(f, d, s)
		return nil, d
	case s.Flags&network.SYN != 0:
		return a.syn(f, d, s, b)
	case (f.state >= closing || f.finSeen) && f.foreign(d, s):
		return a.replace(f, s, b)
	case f.state == closed:
		return a.afterClose(f, d, s, b)
	case f.state == closing:
		a.afterReset(f, d, s)
	case f.state == asked:
		f.state = open
	}
	return f, d
}

// syn takes a SYN or a SYN with ACK.
func (a *Assembler) syn(f *flow, d Direction, s *network.Segment, b *capture.Block) (*flow, Direction) {
	h, other := &f.half[d], &f.half[d.Reverse()]
	ack := s.Flags&network.ACK != 0
	known := h.isnKnown && h.isn == s.Seq
	fits := !ack || other.fitsISN(s.Ack-1) || other.isnKnown && s.Ack-1-other.isn < synData
	switch {
	case f.state == closed && known:
		return nil, d // an old one, or asked again after a refusal
	case f.state != closed && known && fits, f.state != closed && h.fitsISN(s.Seq) && fits:
		a.bytes.adopt(f, d, s.Seq)
		if ack {
			a.bytes.adopt(f, d.Reverse(), s.Ack-1)
		}
		if ack || other.isnKnown {
			f.state = max(f.state, open)
		}
		return f, d
	case ack && f.count == 0 && f.state == open && other.isnKnown && s.Ack-1 == other.isn:
		// Two answers to one SYN: one is a stray. What is acknowledged tells.
		h.other, f.doubted = s.Seq, true
		a.counters.IgnoredSYN++
		return f, d
	case f.state == closed || f.state == closing || f.count == 0 || f.half[AtoB].fin|f.half[BtoA].fin != 0:
		return a.replace(f, s, b)
	}
	a.remember(f, d, s)
	return nil, d
}

// settleISN decides which of two initial sequence numbers a direction has, by what
// the other side acknowledges or by the first data.
func (a *Assembler) settleISN(f *flow, d Direction, s *network.Segment) {
	if s.Flags&network.SYN != 0 {
		return
	}
	var seqs [2]uint32
	seqs[d], seqs[d.Reverse()] = s.Seq, s.Ack
	for i, seq := range seqs {
		h := &f.half[i]
		if h.other != 0 && seq-h.other-1 < near && seq-h.isn-1 >= near {
			h.isn = h.other
			h.begin(h.isn + 1)
		}
		if h.other != 0 && (seq-h.isn-1 < near) {
			h.other, f.doubted = 0, false
		}
	}
}

// synData is more than a SYN can carry.
const synData = 1 << 16

// fitsISN tells whether isn may be the initial sequence number of a direction
// of which little is known.
func (h *half) fitsISN(isn uint32) bool {
	switch {
	case h.isnKnown:
		return h.isn == isn
	case h.origin == unknown:
		return !h.hinted || h.hint-isn-1 < near
	case h.origin == held:
		return uint32(h.pend.chunks[0].off)-isn-1 < near
	}
	return uint32(h.next)-isn-1 < near
}

// remember keeps a SYN that was seen on a connection with data.
func (a *Assembler) remember(f *flow, d Direction, s *network.Segment) {
	n := handshake{client: d, mark: markOf(s)}
	n.isn[d], n.known[d] = s.Seq, true
	if s.Flags&network.ACK != 0 {
		n.client = d.Reverse()
		n.isn[d.Reverse()], n.known[d.Reverse()] = s.Ack-1, true
	}
	switch o := f.syn; {
	case o == nil:
		f.syn = new(handshake)
	case o.client == n.client && o.known[n.client] && o.isn[n.client] == n.isn[n.client]:
		r := n.client.Reverse()
		if !n.known[r] {
			n.isn[r], n.known[r] = o.isn[r], o.known[r]
		}
		n.mark = o.mark
		a.counters.IgnoredSYN--
	}
	*f.syn = n
	a.counters.IgnoredSYN++ // until it is confirmed
}

// confirmed tells whether a segment shows that the remembered SYN has begun a
// new connection.
func (n *handshake) confirmed(f *flow, d Direction, s *network.Segment) bool {
	if s.Flags&network.RST != 0 || s.Flags&network.ACK == 0 {
		return false
	}
	r := d.Reverse()
	sent, acked := s.Seq-n.isn[d]-1 < near, s.Ack-n.isn[r]-1 < near
	switch {
	case s.Flags&network.SYN != 0:
		return d != n.client && n.known[r] && s.Ack == n.isn[r]+1
	case n.known[AtoB] && n.known[BtoA]:
		return sent && acked
	case n.known[d]:
		return sent && f.half[d].excludes(s.Seq)
	}
	return acked && f.half[r].excludes(s.Ack)
}

// replaceBy closes a connection in whose place the remembered SYN has begun a
// new one.
func (a *Assembler) replaceBy(f *flow, d Direction, s *network.Segment, b *capture.Block) (*flow, Direction) {
	n, ends := *f.syn, [2]network.Endpoint{f.a, f.b}
	odd, early := f.odd, a.takeEarly(f, n.isn, n.known)
	a.counters.IgnoredSYN--
	a.forget(f, Replaced)
	if odd {
		a.otherAgain(s, b, early)
		return nil, d
	}
	c := &Conn{A: ends[n.client], B: ends[n.client.Reverse()], ClientKnown: true, Start: true, Opened: n.mark}
	f = a.open(c)
	f.state = open
	for i := range n.known {
		if n.known[i] {
			a.bytes.adopt(f, Direction(i)^n.client, n.isn[i])
		}
	}
	d ^= n.client
	if s.Flags&network.SYN != 0 {
		a.bytes.adopt(f, d, s.Seq)
	}
	a.giveEarly(f, early)
	return f, d
}

// otherAgain lets a segment on other than CTI ports begin anew in the place of a
// connection that was forgotten.
func (a *Assembler) otherAgain(s *network.Segment, b *capture.Block, list []early) {
	a.other(s, b)
	f, _ := a.table.find(&s.Src, &s.Dst)
	a.giveEarly(f, list)
}

// replace closes a connection and begins a new one in its place.
func (a *Assembler) replace(f *flow, s *network.Segment, b *capture.Block) (*flow, Direction) {
	d := AtoB
	if s.Src != f.a {
		d = BtoA
	}
	isn, known := [2]uint32{}, [2]bool{}
	isn[d], known[d] = s.Seq, true
	isn[d.Reverse()], known[d.Reverse()] = s.Ack, s.Flags&network.ACK != 0
	odd, early := f.odd, a.takeEarly(f, isn, known)
	a.forget(f, Replaced)
	if odd {
		a.otherAgain(s, b, early)
		return nil, d
	}
	f, d = a.meet(s, b)
	f, d = a.control(f, d, s, b)
	a.giveEarly(f, early)
	return f, d
}

// foreign tells whether a segment with data belongs to a new connection whose
// SYN was not captured, or not yet, in place of one that has come to its end: it
// lies far from both streams, or, once all is over, from one.
func (f *flow) foreign(d Direction, s *network.Segment) bool {
	if max(s.Length, len(s.Payload)) == 0 || s.Flags&network.ACK == 0 {
		return false
	}
	h, other := &f.half[d], &f.half[d.Reverse()]
	sent, acked := h.excludes(s.Seq), other.excludes(s.Ack)
	return sent && acked || f.state == closed && (sent && h.origin != unknown || acked && other.origin != unknown)
}

// excludes tells whether a sequence number lies too far from a stream to be one
// of it.
func (h *half) excludes(seq uint32) bool {
	first, last := uint32(h.next), uint32(h.next)
	switch {
	case h.origin == unknown:
		return true
	case h.pend != nil:
		last = uint32(h.pend.end())
	}
	return int32(seq-first) < -near || int32(seq-last) > near
}

// afterClose takes a segment that came after the end of a connection.
func (a *Assembler) afterClose(f *flow, d Direction, s *network.Segment, b *capture.Block) (*flow, Direction) {
	h := &f.half[d]
	length := max(s.Length, len(s.Payload))
	if length == 0 {
		return nil, d
	}
	off := h.extended(s.Seq)
	switch isNew := h.origin == unknown || off+int64(length) > h.next; {
	case !isNew && h.repeated(s, a.clock.now.Time):
		a.counters.Duplicates++
	case !isNew:
		a.counters.Retransmissions++
	case h.fin != 0 && off > h.fin || h.origin != unknown && off > h.next+near:
		a.counters.AfterClose++
	default:
		// The FIN or RST was not the connection's own, or not the last word.
		return a.reopen(f, d, s, b)
	}
	return nil, d
}

// reopen begins a new connection that goes on where a closed one ended.
func (a *Assembler) reopen(f *flow, d Direction, s *network.Segment, b *capture.Block) (*flow, Direction) {
	c := &Conn{A: f.a, B: f.b, Opened: markOf(s)}
	c.ClientKnown = f.clientKnown
	old := f.half
	a.forget(f, Reset)
	f = a.open(c)
	f.state = open
	for i := range old {
		if old[i].origin == settled {
			f.half[i].begin(uint32(old[i].next))
		}
	}
	return f, d
}
