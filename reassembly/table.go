package reassembly

import (
	"encoding/binary"
	"math/bits"
	"math/rand/v2"

	"ctiscope/network"
)

// table finds flows by their two endpoints, in whichever order. It is a hash
// table with linear probing that is at most half full. Its seed differs from
// run to run, so that nobody can choose colliding connections; nothing that is
// seen from outside depends on it.
type table struct {
	slots []slot
	used  int
	seed  seed
	free  []*flow
}

type slot struct {
	hash uint32
	flow *flow
}

// seed makes a hash function.
type seed [2]uint64

const firstSlots = 256

func newTable() table {
	return table{
		slots: make([]slot, firstSlots),
		seed:  seed{rand.Uint64() | 1, rand.Uint64() | 1},
	}
}

// endpoint hashes one endpoint.
func (k *seed) endpoint(e *network.Endpoint) uint64 {
	hi, lo := bits.Mul64(binary.LittleEndian.Uint64(e.Addr[:8])^k[0]^uint64(e.Port)<<20,
		binary.LittleEndian.Uint64(e.Addr[8:])^k[1]^uint64(e.Port))
	return hi ^ lo
}

// pair hashes two endpoints, the same for either order.
func (k *seed) pair(a, b *network.Endpoint) uint32 {
	hi, lo := bits.Mul64(k.endpoint(a)+k.endpoint(b), 0x9e3779b97f4a7c15)
	return uint32(hi ^ lo)
}

// find returns the flow between src and dst and the direction of what src
// sends; nil when there is none.
func (t *table) find(src, dst *network.Endpoint) (*flow, Direction) {
	h := t.seed.pair(src, dst)
	mask := uint32(len(t.slots) - 1)
	for i := h & mask; t.slots[i].flow != nil; i = (i + 1) & mask {
		if t.slots[i].hash != h {
			continue
		}
		f := t.slots[i].flow
		if f.a == *src && f.b == *dst {
			return f, AtoB
		}
		if f.a == *dst && f.b == *src {
			return f, BtoA
		}
	}
	return nil, AtoB
}

// add returns a new flow between a and b, which must not be in the table.
func (t *table) add(a, b network.Endpoint) *flow {
	if 2*(t.used+1) > len(t.slots) {
		t.grow()
	}
	if len(t.free) == 0 {
		page := make([]flow, 16)
		for i := range page {
			t.free = append(t.free, &page[i])
		}
	}
	f := t.free[len(t.free)-1]
	t.free = t.free[:len(t.free)-1]
	f.a, f.b, f.hash = a, b, t.seed.pair(&a, &b)
	t.put(slot{f.hash, f})
	t.used++
	return f
}

func (t *table) put(s slot) {
	mask := uint32(len(t.slots) - 1)
	i := s.hash & mask
	for t.slots[i].flow != nil {
		i = (i + 1) & mask
	}
	t.slots[i] = s
}

func (t *table) grow() {
	old := t.slots
	t.slots = make([]slot, 2*len(old))
	for _, s := range old {
		if s.flow != nil {
			t.put(s)
		}
	}
}

// remove takes a flow out of the table; its memory is used again.
func (t *table) remove(f *flow) {
	mask := uint32(len(t.slots) - 1)
	i := f.hash & mask
	for t.slots[i].flow != f {
		i = (i + 1) & mask
	}
	// Close the gap: what follows moves up unless it stands before its place.
	for j := (i + 1) & mask; t.slots[j].flow != nil; j = (j + 1) & mask {
		if home := t.slots[j].hash & mask; (j-home)&mask >= (j-i)&mask {
			t.slots[i] = t.slots[j]
			i = j
		}
	}
	t.slots[i] = slot{}
	t.used--
	*f = flow{}
	t.free = append(t.free, f)
}
