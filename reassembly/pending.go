package reassembly

import (
	"slices"

	"ctiscope/capture"
)

// pending is what waits behind the first hole of a direction, or behind the
// unknown beginning of one.
type pending struct {
	flow       *flow
	dir        Direction
	chunks     []chunk // in stream order, without overlaps
	bytes      int     // with chunkCost each
	oldest     Mark    // the smallest packet number, and its time
	since      instant // when the first of the chunks came
	nAcked     int     // chunks the hole before which is acknowledged: the first ones
	progress   uint32  // segments handed on while the first hole stayed
	prev, next *pending
}

// chunk is data that waits. It has been copied.
type chunk struct {
	off    int64
	data   []byte
	length int
	places []capture.Piece // as in piece
	mark   Mark
	came   instant
	acked  instant // when the receiver was seen to have what lies before it
}

func (c *chunk) end() int64 { return c.off + int64(c.length) }

// chunkCost is what a chunk takes besides its bytes, about.
const chunkCost = 176

// maxChunks is how many chunks wait in one direction: it bounds the time to
// find the place of one.
const maxChunks = 4096

// pendingList holds the directions that wait, the longest waiting first.
type pendingList struct {
	head, tail *pending
	cursor     *pending // the next one of some
	free       *pending
	nFree      int
}

// add returns a new pending at the end of the list.
func (l *pendingList) add(f *flow, d Direction) *pending {
	p := l.free
	if p != nil {
		l.free = p.next
		l.nFree--
	} else {
		p = new(pending)
	}
	*p = pending{flow: f, dir: d, chunks: p.chunks, prev: l.tail}
	if l.tail != nil {
		l.tail.next = p
	} else {
		l.head = p
	}
	l.tail = p
	return p
}

// How many pending are kept to be used again, and up to which capacity the
// memory of their chunks is.
const (
	keepPending = 1024
	keepChunks  = 32
)

func (l *pendingList) remove(p *pending) {
	if l.cursor == p {
		l.cursor = p.next
	}
	if p.prev != nil {
		p.prev.next = p.next
	} else {
		l.head = p.next
	}
	if p.next != nil {
		p.next.prev = p.prev
	} else {
		l.tail = p.prev
	}
	chunks := p.chunks[:0]
	if cap(chunks) > keepChunks {
		chunks = nil
	}
	*p = pending{}
	if l.nFree < keepPending {
		*p = pending{chunks: chunks, next: l.free}
		l.free = p
		l.nFree++
	}
}

// some calls fn, which may remove any of them, for the next n elements, going on
// where the last call ended, as far as the end of the list.
func (l *pendingList) some(n int, fn func(*pending)) {
	if l.cursor == nil {
		l.cursor = l.head
	}
	for ; n > 0 && l.cursor != nil; n-- {
		p := l.cursor
		l.cursor = p.next
		fn(p)
	}
}

// end is the offset after the last chunk.
func (p *pending) end() int64 { return p.chunks[len(p.chunks)-1].end() }

// noteAck notes up to which chunk the receiver has acknowledged.
func (p *pending) noteAck(h *half, now instant) {
	for ; p.nAcked < len(p.chunks) && p.chunks[p.nAcked].off <= h.acked; p.nAcked++ {
		p.chunks[p.nAcked].acked = now
	}
}

// wait keeps data for which something earlier is missing.
func (q *sequencer) wait(f *flow, d Direction, p *piece) {
	h := &f.half[d]
	if h.pend == nil {
		h.pend = q.waiting.add(f, d)
	}
	w, all := h.pend, p.length
	kept, late, conflict := q.weave(w, p)
	switch {
	case kept == 0 && p.repeated:
		q.counters.Duplicates++
	case kept == 0:
		q.counters.Retransmissions++
	case kept < all:
		q.counters.Overlaps++
	}
	if late {
		q.counters.OutOfOrder++
	}
	if conflict {
		q.conflict(f, d, p.mark)
	}
	w.noteAck(h, q.clock.instant())
	q.keepBounds(h)
}

// weave puts those parts of p among the chunks that none of them covers. It
// returns how many bytes that were, whether any lies before another chunk, and
// whether p differs from a chunk.
func (q *sequencer) weave(w *pending, p *piece) (kept int, late, conflict bool) {
	i, _ := slices.BinarySearchFunc(w.chunks, p.off, func(c chunk, off int64) int {
		if c.end() <= off {
			return -1
		}
		return 1
	})
	for ; i < len(w.chunks); i++ {
		c := &w.chunks[i]
		if p.end() <= c.off {
			q.insert(w, i, p)
			return kept + p.length, true, conflict
		}
		if p.off < c.off {
			first := p.head(c.off)
			q.insert(w, i, first)
			kept, late = kept+first.length, true
			i++
			c = &w.chunks[i]
		}
		conflict = c.differs(p) || conflict
		if p.end() <= c.end() {
			return kept, late, conflict
		}
		p.cut(c.end())
	}
	q.insert(w, i, p)
	return kept + p.length, late, conflict
}

// insert puts data at a place among the chunks.
func (q *sequencer) insert(w *pending, i int, p *piece) {
	data := p.data
	if p.block != nil {
		data = append(make([]byte, 0, len(data)), data...)
	}
	c := chunk{off: p.off, data: data, length: p.length, places: slices.Clone(p.places), mark: p.mark, came: q.clock.instant()}
	if len(w.chunks) == 0 {
		w.oldest, w.since = p.mark, c.came
	} else if p.mark.Number < w.oldest.Number {
		w.oldest = p.mark
	}
	if i < w.nAcked {
		c.acked = c.came
		w.nAcked++
	}
	w.chunks = slices.Insert(w.chunks, i, c)
	w.bytes += len(data) + chunkCost
	q.buffered += len(data) + chunkCost
}

// keepBounds gives up holes when too much waits.
func (q *sequencer) keepBounds(h *half) {
	for h.pend != nil && (h.pend.bytes > q.opts.DirectionBytes || len(h.pend.chunks) > maxChunks) {
		q.giveUp(h.pend, Lost, false)
	}
	for q.buffered > q.opts.TotalBytes {
		f := q.waiting.head.flow
		q.giveUp(q.waiting.head, Evicted, false)
		q.ended(f)
	}
}

// drain hands on what waits as far as it is next in its stream.
func (q *sequencer) drain(f *flow, d Direction) {
	h := &f.half[d]
	w := h.pend
	n := 0
	for ; n < len(w.chunks) && w.chunks[n].off <= h.next; n++ {
		c := &w.chunks[n]
		q.release(w, c)
		p := piece{off: c.off, data: c.data, length: c.length, mark: c.mark, places: c.places}
		if c.off < h.next {
			p.cut(min(h.next, c.end()))
		}
		if p.length > 0 {
			q.deliver(f, d, &p)
		}
	}
	q.drop(h, n)
}

// release takes a chunk's memory out of the account.
func (q *sequencer) release(w *pending, c *chunk) {
	cost := len(c.data) + chunkCost
	w.bytes -= cost
	q.buffered -= cost
}

// drop forgets the first n chunks.
func (q *sequencer) drop(h *half, n int) {
	w := h.pend
	if n == len(w.chunks) {
		clear(w.chunks)
		h.pend = nil
		q.waiting.remove(w)
		return
	}
	if n == 0 {
		return
	}
	w.chunks = slices.Delete(w.chunks, 0, n)
	w.nAcked = max(0, w.nAcked-n)
	if w.chunks[0].off <= h.next+far {
		w.progress = 0
	}
	w.oldest, w.since = w.chunks[0].mark, w.chunks[0].came
	for i := range w.chunks[1:] {
		c := &w.chunks[1+i]
		if c.mark.Number < w.oldest.Number {
			w.oldest = c.mark
		}
		if c.came.tick < w.since.tick {
			w.since = c.came
		}
	}
}
