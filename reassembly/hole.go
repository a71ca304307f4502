package reassembly

// How long data is held whose stream has no known beginning, so that what lies
// before it can come if packets were reordered.
const (
	holdSegments = 64
	holdNanos    = int64(200e6)
)

// review gives up the holes of a direction that were waited for long enough.
func (a *Assembler) review(p *pending) {
	h := &p.flow.half[p.dir]
	f := p.flow
	for h.pend != nil && a.expired(h.pend, h) {
		a.giveUp(h.pend, Lost, false)
	}
	if h.fin != 0 {
		a.endIfDone(f)
	}
}

// expired tells whether the first hole was waited for long enough.
func (a *Assembler) expired(p *pending, h *half) bool {
	o := &a.opts
	segments, nanos := a.ticks-p.since.tick, a.now.Time-p.since.time
	switch {
	case h.origin == held:
		return segments >= holdSegments || nanos >= holdNanos
	case segments >= int64(o.WaitSegments) || nanos >= int64(o.Wait):
		return true
	case p.nAcked == 0:
		return false
	}
	acked := p.chunks[0].acked
	return a.ticks-acked.tick >= int64(o.AckedSegments) || a.now.Time-acked.time >= int64(o.AckedWait)
}

// giveUp stops waiting for the first hole of a direction. last tells that
// nothing more can come.
func (a *Assembler) giveUp(p *pending, cause GapCause, last bool) {
	f, d := p.flow, p.dir
	h, first := &f.half[d], &p.chunks[0]
	if h.origin == held {
		h.next, h.acked, h.origin = first.off, first.off, settled
		a.unknownStart(f, d, first.mark)
		a.drain(f, d)
		return
	}
	size := first.off - h.next
	if size > far && !a.supported(p, h, last) {
		a.discard(p, h)
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
	h.next = first.off
	a.hole(f, d, g, first.mark)
	a.drain(f, d)
}

// credible is up to which size the distance of two sequence numbers is taken
// for a number of bytes. More is as likely another connection of the same two
// endpoints whose beginning was not captured.
const credible = 1 << 30

// supported tells whether what lies behind a hole larger than any window is the
// same stream after an outage rather than a stray or forged segment: the
// receiver has acknowledged it, or more segments came there than at the old
// place.
func (a *Assembler) supported(p *pending, h *half, last bool) bool {
	return p.nAcked > 0 || p.progress < 2 && (last || len(p.chunks) > 1)
}

// discard drops what waits far from the stream.
func (a *Assembler) discard(p *pending, h *half) {
	for i := range p.chunks {
		a.release(p, &p.chunks[i])
		a.counters.Strays++
	}
	a.drop(h, len(p.chunks))
}
