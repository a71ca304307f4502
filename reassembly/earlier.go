package reassembly

import (
	"ctiscope/capture"
	"ctiscope/network"
)

// How many packets of the same Block are looked through for what came earlier
// on a connection: when it is found to be CTI, and when data is repeated.
const (
	discoverBack = 128
	compareBack  = 64
)

// earlier calls fn, until it returns false, for the segments of the connection
// of s that lie among the n packets before s in its Block, in their order. The
// packets are decoded anew: that costs nothing for the many that nobody asks
// for again, and needs no memory. The Segment is valid during the call only.
func (q *sequencer) earlier(s *network.Segment, b *capture.Block, n int64, fn func(*network.Segment) bool) {
	if b == nil || len(b.Packets) == 0 {
		return
	}
	last := s.Number - b.Packets[0].Number
	if last <= 0 || last >= int64(len(b.Packets)) {
		return
	}
	if q.decoder == nil {
		q.decoder = network.NewDecoder(network.Options{})
	}
	o := &q.past
	for i := max(0, last-n); i < last; i++ {
		if q.decoder.Decode(&b.Packets[i], o) != network.TCP {
			continue
		}
		same := o.Src == s.Src && o.Dst == s.Dst || o.Src == s.Dst && o.Dst == s.Src
		if same && !fn(o) {
			return
		}
	}
}

// compare looks whether p, of which something was handed on before, says what
// it said then, as far as the packet that brought it is still at hand: it is
// when it lies in the same Block, not far back.
func (q *sequencer) compare(f *flow, d Direction, p *piece) {
	if p.block == nil || p.repeated {
		return
	}
	h := &f.half[d]
	s := network.Segment{Src: f.a, Dst: f.b, Number: p.mark.Number}
	if d == BtoA {
		s.Src, s.Dst = s.Dst, s.Src
	}
	q.earlier(&s, p.block, compareBack, func(o *network.Segment) bool {
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
