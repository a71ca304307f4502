package reassembly

// unknownStart says of a connection with a beginning that one direction's was
// not seen, before its first data: other data may lie before it.
func (q *sequencer) unknownStart(f *flow, d Direction, first Mark) {
	if f.conn.Start {
		q.hole(f, d, f.half[d].next, Gap{Bytes: -1, Cause: Lost, To: first}, first)
	}
}

// adopt notes the initial sequence number of a direction.
func (q *sequencer) adopt(f *flow, d Direction, isn uint32) {
	h := &f.half[d]
	if h.isnKnown {
		return
	}
	h.isn, h.isnKnown = isn, true
	switch h.origin {
	case unknown:
		h.begin(isn + 1)
	case held:
		h.settle(h.extended(isn + 1))
		q.zero(f, d)
		q.drain(f, d)
	}
}

// tail reports the bytes at the end of a direction that were acknowledged and
// never captured. A single one is taken for a FIN.
func (q *sequencer) tail(f *flow, d Direction) {
	h := &f.half[d]
	end := h.acked
	if h.fin != 0 {
		end = h.fin
	}
	if h.origin != settled || end <= h.next || h.fin == 0 && end == h.next+1 {
		return
	}
	q.hole(f, d, h.next, Gap{Bytes: end - h.next, Cause: Lost, From: h.last}, q.clock.now)
	h.next = end
}
