package reassembly

import "ctiscope/network"

// bare takes a segment without data, SYN, FIN and RST.
func (q *sequencer) bare(h *half, s *network.Segment) {
	if h.origin == unknown {
		h.hintAt(s.Seq)
		return
	}
	switch {
	case s.Seq == uint32(h.next)-1 && h.fin == 0:
		q.counters.KeepAlives++
	case s.IPID != 0 && h.repeated(s, q.clock.now.Time):
		// Without an identification a receiver's own duplicate
		// acknowledgements look the same.
		q.counters.Duplicates++
	}
}

// acknowledge notes that everything of direction d up to the acknowledgement
// number of s, a segment of the other direction, was received.
func (q *sequencer) acknowledge(f *flow, d Direction, s *network.Segment) {
	h, other := &f.half[d], &f.half[d.Reverse()]
	switch h.origin {
	case unknown:
		if other.isnKnown && s.Seq == other.isn+1 {
			// The last part of the handshake; the SYN itself was not captured.
			h.begin(s.Ack)
			return
		}
		h.hintAt(s.Ack)
		return
	case held:
		return
	}
	off := h.extended(s.Ack)
	if off <= h.acked {
		return
	}
	limit := h.next
	if h.pend != nil {
		limit = h.pend.end()
	}
	if off > limit+far {
		return
	}
	h.acked = off
	if q.opts.Facts {
		q.fact(f, d, Fact{Kind: Acked, Off: off - h.zero, Mark: markOf(s)})
	}
	if h.pend != nil {
		h.pend.noteAck(h, q.clock.instant())
	}
}

// acknowledgedByReset tells what a RST acknowledges: the last that is heard of what
// its sender had received. It changes nothing, since the RST may be none.
func (q *sequencer) acknowledgedByReset(f *flow, d Direction, s *network.Segment) {
	h := &f.half[d]
	if h.origin != settled {
		return
	}
	limit := h.next
	if h.pend != nil {
		limit = h.pend.end()
	}
	if off := h.extended(s.Ack); off > h.acked && off <= limit+far {
		q.fact(f, d, Fact{Kind: Acked, Off: off - h.zero, Mark: markOf(s)})
	}
}

// fin notes where a direction ends, and by which packet.
func (q *sequencer) fin(f *flow, d Direction, seq uint32, s *network.Segment) {
	h := &f.half[d]
	if h.origin == unknown {
		// Data between an acknowledgement and the FIN is still to come, or
		// lost.
		if h.hinted && seq-h.hint < near {
			h.begin(h.hint)
		} else {
			h.begin(seq)
		}
	}
	limit := h.next
	if h.pend != nil {
		limit = h.pend.end()
	}
	if off := h.extended(seq); h.fin == 0 && off >= h.next && off <= limit+near {
		h.fin, h.finAt = off, s.Number
		q.endFact(f, d, FIN, s)
	}
}

// beforeFin tells whether data lies before the FIN that was seen. Data in the
// very place of the FIN, or beyond a FIN that was not reached, shows that the
// sender of the stream did not send it.
func (q *sequencer) beforeFin(f *flow, d Direction, seq uint32, length int) bool {
	h := &f.half[d]
	off := h.extended(seq)
	switch {
	case off+int64(length) <= h.fin:
	case off == h.fin || !h.done():
		h.fin, f.said[d].fin = 0, false
	default:
		q.counters.AfterClose++
		return false
	}
	return true
}
