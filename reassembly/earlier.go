package reassembly

import (
	"ctiscope/capture"
	"ctiscope/network"
)

// How many packets are looked through for what came earlier on a connection: when
// it is found to be CTI, and when data is repeated.
const (
	discoverBack = 128
	compareBack  = 64
	// historyBlocks bounds the Blocks that are kept for it: each has a segment.
	historyBlocks = max(discoverBack, compareBack)
)

// history keeps the last Blocks, so that what is found in them does not depend on
// how packets came in Blocks.
type history struct{ blocks []*capture.Block }

// Block tells of the next Block of the capture, before its segments: the last ones
// are kept for what is looked up in them.
func (a *Assembler) Block(b *capture.Block) {
	if h := &a.bytes.history; h.isNew(b) {
		h.begin(b)
	}
}

// begin takes a Block.
func (h *history) begin(b *capture.Block) {
	b.Retain()
	h.blocks = append(h.blocks, b)
	first, n := b.Packets[0].Number, 0
	for n < len(h.blocks)-1 && h.blocks[n+1].Packets[0].Number <= first-historyBlocks {
		n++
	}
	h.drop(n)
}

// drop lets the first n Blocks go.
func (h *history) drop(n int) {
	for i, b := range h.blocks[:n] {
		b.Release()
		h.blocks[i] = nil
	}
	h.blocks = append(h.blocks[:0], h.blocks[n:]...)
}

// isNew tells whether b is a Block that is not in the history yet.
func (h *history) isNew(b *capture.Block) bool {
	return b != nil && len(b.Packets) > 0 && (len(h.blocks) == 0 || h.blocks[len(h.blocks)-1] != b)
}

// earlier calls fn, until it returns false, for the segments of the connection of
// s that lie among the n packets before s, in their order, with their Block. The
// packets are decoded anew: that costs nothing for the many that nobody asks for
// again, and needs no memory. The Segment is valid during the call only.
func (q *sequencer) earlier(s *network.Segment, n int64, fn func(*network.Segment, *capture.Block) bool) {
	if q.decoder == nil {
		q.decoder = network.NewDecoder(network.Options{})
	}
	o := &q.past
	for _, b := range q.history.blocks {
		for i := max(0, s.Number-n-b.Packets[0].Number); i < int64(len(b.Packets)); i++ {
			p := &b.Packets[i]
			if p.Number >= s.Number {
				return
			}
			if q.decoder.Decode(p, o) != network.TCP {
				continue
			}
			same := o.Src == s.Src && o.Dst == s.Dst || o.Src == s.Dst && o.Dst == s.Src
			if same && !fn(o, b) {
				return
			}
		}
	}
}

// compare looks whether p, of which something was handed on before, says what
// it said then, as far as the packet that brought it is one of the last.
func (q *sequencer) compare(f *flow, d Direction, p *piece) {
	if p.block == nil || p.repeated {
		return
	}
	h := &f.half[d]
	s := network.Segment{Src: f.a, Dst: f.b, Number: p.mark.Number}
	if d == BtoA {
		s.Src, s.Dst = s.Dst, s.Src
	}
	q.earlier(&s, compareBack, func(o *network.Segment, _ *capture.Block) bool {
		if o.Src != s.Src || len(o.Payload) == 0 || o.Flags&network.SYN != 0 {
			return true
		}
		c := chunk{off: h.extended(o.Seq), data: o.Payload, length: o.Length}
		if c.off >= p.end() || c.end() <= p.off {
			return true
		}
		if c.differs(p) {
			q.conflict(f, d, p.mark)
		}
		return false
	})
}
