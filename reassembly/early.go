package reassembly

import (
	"slices"

	"ctiscope/network"
)

// early is data that came before the SYN of its connection, while another one
// stood in its place.
type early struct {
	chunk
	from network.Endpoint
}

// takeEarly takes from a flow that is to be replaced what waits far from its
// streams and near the sequence numbers of the new connection, as far as they
// are known.
func (a *Assembler) takeEarly(f *flow, seq [2]uint32, known [2]bool) (list []early) {
	for d, from := range [2]network.Endpoint{f.a, f.b} {
		h := &f.half[d]
		if !known[d] || h.origin != settled || h.pend == nil {
			continue
		}
		w := h.pend
		w.nAcked = 0
		w.chunks = slices.DeleteFunc(w.chunks, func(c chunk) bool {
			if c.off <= h.next+near || !isNear(uint32(c.off), seq[d]) {
				return false
			}
			list = append(list, early{c, from})
			a.bytes.release(w, &c)
			return true
		})
		if len(w.chunks) == 0 {
			a.bytes.drop(h, 0)
		}
	}
	return list
}

// giveEarly gives the new connection what is its own. f is nil when there is no
// new connection.
func (a *Assembler) giveEarly(f *flow, list []early) {
	if f == nil {
		return
	}
	for i := range list {
		e := &list[i]
		d := AtoB
		if e.from != f.a {
			d = BtoA
		}
		a.counters.DataSegments-- // it was counted when it came
		a.carried(f)
		a.bytes.data(f, d, uint32(e.off), piece{data: e.data, length: e.length, mark: e.mark, places: e.places})
	}
}
