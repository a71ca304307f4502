package reassembly

import "ctiscope/network"

// How long after a RST its connection is still looked at: what was reordered
// comes in this time, and data that the sender of the RST sends later shows
// that the RST was none.
const (
	lingerSegments = 256
	lingerNanos    = int64(1e9)
)

// rst takes a RST.
func (a *Assembler) rst(f *flow, d Direction, s *network.Segment) {
	h := &f.half[d]
	switch f.state {
	case closed:
		return
	case closing:
		if h.accepts(s.Seq) {
			a.bytes.endFact(f, d, RST, s)
		}
		return
	case asked:
		asker := f.half[d.Reverse()].isnKnown
		if asker && s.Flags&network.ACK != 0 && s.Ack-1-f.half[d.Reverse()].isn >= synData {
			a.counters.IgnoredRST++
			return
		}
		if !asker {
			f.state = open // the asker took it back: nobody refused
		}
		a.bytes.endFact(f, d, RST, s)
		f.reset.dir = d
		a.end(f, Reset, a.clock.at)
		return
	}
	if !h.accepts(s.Seq) {
		a.counters.IgnoredRST++
		return
	}
	a.bytes.endFact(f, d, RST, s)
	if a.opts.Facts && s.Flags&network.ACK != 0 {
		a.bytes.acknowledgedByReset(f, d.Reverse(), s)
	}
	f.state = closing
	queued := f.reset.queued
	f.reset = reset{mark: markOf(s), tick: a.clock.ticks, time: a.clock.now.Time, seq: s.Seq, dir: d, queued: true}
	if !queued {
		a.resets = append(a.resets, f)
	}
}

// accepts tells whether a RST with this sequence number may be real.
func (h *half) accepts(seq uint32) bool {
	switch {
	case h.origin == settled:
		off := h.extended(seq)
		return off >= h.next-near && off <= h.next+far
	case h.hinted:
		return seq-h.hint+near < 2*near
	}
	return true
}

// afterReset takes note of a segment that follows a RST.
func (a *Assembler) afterReset(f *flow, d Direction, s *network.Segment) {
	length := max(s.Length, len(s.Payload))
	h := &f.half[d]
	if d != f.reset.dir || length == 0 || int32(s.Seq+uint32(length)-f.reset.seq) <= 0 {
		return
	}
	if h.origin == settled && h.extended(s.Seq)+int64(length) <= h.next {
		return
	}
	f.state, f.said[d].rst = open, false
	a.counters.IgnoredRST++
}

// endResets ends the connections whose RST was long enough ago.
func (a *Assembler) endResets() {
	keep := a.resets[:0]
	for _, f := range a.resets {
		if f.state == closing && a.clock.ticks-f.reset.tick < lingerSegments && a.clock.now.Time-f.reset.time < lingerNanos {
			keep = append(keep, f)
			continue
		}
		f.reset.queued = false
		if f.state == closing {
			a.end(f, Reset, f.reset.mark)
		}
	}
	clear(a.resets[len(keep):])
	a.resets = keep
}
