package reassembly

// How long data is held whose stream has no known beginning, so that what lies
// before it can come if packets were reordered.
const (
	holdSegments = 64
	holdNanos    = int64(200e6)
)

// review gives up the holes that were waited for long enough, of the next n
// directions that wait.
func (q *sequencer) review(n int) {
	q.waiting.some(n, func(p *pending) {
		f, h := p.flow, &p.flow.half[p.dir]
		for h.pend != nil && q.expired(h.pend, h) {
			q.giveUp(h.pend, Lost, false)
		}
		if h.fin != 0 {
			q.ended(f)
		}
	})
}

// expired tells whether the first hole was waited for long enough.
func (q *sequencer) expired(p *pending, h *half) bool {
	o := q.opts
	segments, nanos := q.clock.ticks-p.since.tick, q.clock.now.Time-p.since.time
	switch {
	case h.origin == held:
		return segments >= holdSegments || nanos >= holdNanos
	case segments >= int64(o.WaitSegments) || nanos >= int64(o.Wait):
		return true
	case p.nAcked == 0:
		return false
	}
	acked := p.chunks[0].acked
	return q.clock.ticks-acked.tick >= int64(o.AckedSegments) || q.clock.now.Time-acked.time >= int64(o.AckedWait)
}

// giveUp stops waiting for the first hole of a direction. last tells that
// nothing more can come.
func (q *sequencer) giveUp(p *pending, cause GapCause, last bool) {
	f, d := p.flow, p.dir
	h, first := &f.half[d], &p.chunks[0]
	if h.origin == held {
		h.settle(first.off)
		q.zero(f, d)
		q.unknownStart(f, d, first.mark)
		q.drain(f, d)
		return
	}
	size := first.off - h.next
	if size > far && !q.supported(p, h, last) {
		q.discard(p, h)
		return
	}
	if h.lostTo < h.next || h.lostTo == 0 {
		h.lostFrom = h.next
	}
	h.lostTo = first.off
	g := Gap{Bytes: size, Cause: cause, From: h.last, To: first.mark}
	if size > credible {
		g.Bytes = -1
	}
	at := h.next
	h.next = first.off
	q.hole(f, d, at, g, first.mark)
	q.drain(f, d)
}

// credible is up to which size the distance of two sequence numbers is taken
// for a number of bytes. More is as likely another connection of the same two
// endpoints whose beginning was not captured.
const credible = 1 << 30

// supported tells whether what lies behind a hole larger than any window is the
// same stream after an outage rather than a stray or forged segment: the
// receiver has acknowledged it, or more segments came there than at the old
// place.
func (q *sequencer) supported(p *pending, h *half, last bool) bool {
	return p.nAcked > 0 || p.progress < 2 && (last || len(p.chunks) > 1)
}

// discard drops what waits far from the stream.
func (q *sequencer) discard(p *pending, h *half) {
	for i := range p.chunks {
		q.release(p, &p.chunks[i])
		q.counters.Strays++
	}
	q.drop(h, len(p.chunks))
}
