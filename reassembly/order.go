package reassembly

import (
	"bytes"

	"ctiscope/capture"
)

// piece is data on its way into a stream.
type piece struct {
	off      int64
	data     []byte // what was captured of it
	length   int    // on the wire
	mark     Mark
	block    *capture.Block  // that data lies in; nil when data is the receiver's
	repeated bool            // a mirror's second copy, as it seems
	places   []capture.Piece // where data lies, with Options.Trace
}

func (p *piece) end() int64 { return p.off + int64(p.length) }

// cut drops the part of p before off.
func (p *piece) cut(off int64) {
	n := int(off - p.off)
	k := min(n, len(p.data))
	p.data = p.data[k:]
	if p.places != nil {
		p.places = capture.CutPieces(nil, p.places, uint32(k), uint32(len(p.data)))
	}
	p.length -= n
	p.off = off
}

// holdBack is how far before the first data that was seen earlier data may
// lie, when the beginning of a direction was not captured.
const holdBack = 1 << 20

// data takes a segment's data.
func (q *sequencer) data(f *flow, d Direction, seq uint32, p piece) {
	h := &f.half[d]
	q.counters.DataSegments++
	if h.origin == unknown {
		h.begin(seq - holdBack)
		h.origin = held
	}
	p.off = h.extended(seq)
	if p.off == h.next && h.pend == nil {
		q.found.Fate = Next
		q.deliver(f, d, &p)
		return
	}
	q.arrange(f, d, &p)
}

// arrange takes data that is not simply the next.
func (q *sequencer) arrange(f *flow, d Direction, p *piece) {
	h := &f.half[d]
	if p.end() <= h.next {
		q.found.Fate = Again
		q.old(f, d, p)
		return
	}
	if p.off < h.next {
		q.counters.Overlaps++
		q.compare(f, d, p)
		p.cut(h.next)
	}
	if p.off > h.next {
		q.found.Fate = Waits
		q.wait(f, d, p)
		return
	}
	q.found.Fate = Next
	if h.pend == nil {
		q.deliver(f, d, p)
		return
	}
	q.fill(f, d, p)
}

// fill takes data that begins where the first hole begins.
func (q *sequencer) fill(f *flow, d Direction, p *piece) {
	h := &f.half[d]
	if h.pend.chunks[0].off-h.next <= far { // what lies farther is a stray, most likely
		q.counters.OutOfOrder++
	}
	conflict, mark := h.pend.conflicts(p), p.mark
	for p.length > 0 && h.pend != nil {
		first := h.pend.chunks[0].off
		if first >= p.end() {
			break
		}
		if first > p.off {
			q.deliver(f, d, p.head(first))
		}
		q.drain(f, d)
		p.cut(h.next)
	}
	if conflict {
		q.conflict(f, d, mark)
	}
	if p.length > 0 {
		q.deliver(f, d, p)
	}
	if h.pend != nil {
		h.pend.progress++
		q.drain(f, d)
	}
}

// head takes the part of p before off away from it.
func (p *piece) head(off int64) *piece {
	n := int(off - p.off)
	first := *p
	first.length = n
	first.data = p.data[:min(n, len(p.data)):min(n, len(p.data))]
	if p.places != nil {
		first.places = capture.CutPieces(nil, p.places, 0, uint32(len(first.data)))
	}
	p.cut(off)
	return &first
}

// deliver hands on data that is next in its stream.
func (q *sequencer) deliver(f *flow, d Direction, p *piece) {
	h := &f.half[d]
	h.next += int64(p.length)
	if len(p.data) > 0 {
		h.last = p.mark
		q.counters.DataBytes += int64(len(p.data))
		e := &q.event
		e.Kind, e.Dir, e.Conn = Data, d, f.conn
		e.Bytes, e.Block, e.Mark = p.data, p.block, p.mark
		e.Off, e.Pieces, e.Now = p.off-h.zero, p.places, q.clock.reached()
		e.Acked = h.acked >= p.off+int64(len(p.data))
		e.Gap, e.Cause = Gap{}, 0
		q.emit(e)
	}
	if n := int64(p.length - len(p.data)); n > 0 {
		q.hole(f, d, p.off+int64(len(p.data)), Gap{Bytes: n, Cause: Snapped, From: p.mark}, p.mark)
	}
}

// hole reports bytes missing from an offset on.
func (q *sequencer) hole(f *flow, d Direction, off int64, g Gap, mark Mark) {
	switch g.Cause {
	case Snapped:
		q.counters.Snapped++
		q.counters.SnappedBytes += g.Bytes
	case Evicted:
		q.counters.EvictedHoles++
	}
	q.counters.Holes++
	q.counters.MissingBytes += max(g.Bytes, 0)
	q.send(Event{Kind: Hole, Dir: d, Conn: f.conn, Off: off - f.half[d].zero, Mark: mark, Gap: g})
}

// old takes data that was handed on before, or whose hole was given up.
func (q *sequencer) old(f *flow, d Direction, p *piece) {
	h := &f.half[d]
	from, to := max(p.off, h.lostFrom), min(p.end(), h.lostTo)
	switch {
	case p.repeated:
		q.counters.Duplicates++
	case p.length == 1 && p.end() == h.next:
		q.counters.KeepAlives++
	case from < to:
		q.found.Fate = Late
		q.counters.Late++
		q.counters.LateBytes += to - from
	default:
		q.counters.Retransmissions++
		q.compare(f, d, p)
	}
}

// conflict reports data that differs from what was there before.
func (q *sequencer) conflict(f *flow, d Direction, mark Mark) {
	q.counters.Conflicts++
	q.send(Event{Kind: Conflict, Dir: d, Conn: f.conn, Mark: mark})
}

// differs tells whether c and p have different bytes at the same place.
func (c *chunk) differs(p *piece) bool {
	from := max(c.off, p.off)
	to := min(c.off+int64(len(c.data)), p.off+int64(len(p.data)))
	return from < to && !bytes.Equal(c.data[from-c.off:to-c.off], p.data[from-p.off:to-p.off])
}

// conflicts tells whether p differs from one of the chunks.
func (w *pending) conflicts(p *piece) bool {
	for i := range w.chunks {
		if c := &w.chunks[i]; c.off >= p.end() {
			break
		} else if c.differs(p) {
			return true
		}
	}
	return false
}
