package pipeline

import (
	"cmp"
	"math"
	"slices"
)

// merger puts the facts of one tap, of all workers, in the order of the capture.
//
// Most can go out as soon as their round is done. Those that a stream with a
// hole, or a session whose version is not known yet, may still bring are older
// than some that are there already: these later ones are carried over to the next
// rounds until nothing older can come.
type merger struct {
	tap  int
	sink Sink
	// ended is set when the sink wants no more, err is why it failed.
	ended bool
	err   error

	reached int64  // packet number up to which order is complete
	carried []fact // not yet put
	fresh   []fact // scratch: the facts of a round
	merged  []fact // scratch
}

// fact is a fact with its bytes.
type fact struct {
	ref   Ref
	bytes []byte
}

// take puts what of a round, and of what was carried over, can go out. floor is
// the smallest packet number that later rounds may bring.
func (m *merger) take(rd *round, floor int64) {
	if m.ended {
		return
	}
	m.collect(rd)
	if !slices.IsSortedFunc(m.fresh, order) {
		slices.SortStableFunc(m.fresh, order)
	}
	facts := m.fresh
	if len(m.carried) > 0 {
		facts = m.merge()
	}
	n := len(facts)
	if floor < math.MaxInt64 {
		n, _ = slices.BinarySearchFunc(facts, floor, func(f fact, floor int64) int { return cmp.Compare(f.ref.Mark.Number, floor) })
	}
	m.put(facts[:n])
	m.keep(facts[n:], rd)
}

// order is the order of the capture. Facts of one record keep their order, since
// the sort is stable.
func order(a, b fact) int {
	if c := cmp.Compare(a.ref.Mark.Number, b.ref.Mark.Number); c != 0 {
		return c
	}
	if c := cmp.Compare(a.ref.Session, b.ref.Session); c != 0 {
		return c
	}
	return cmp.Compare(a.ref.Seq, b.ref.Seq)
}

// collect puts the facts of a round's batches together.
func (m *merger) collect(rd *round) {
	m.fresh = m.fresh[:0]
	if len(rd.batches) > maxMerge {
		m.collectAll(rd)
		return
	}
	var next [maxMerge]int
	for {
		best, number := -1, int64(0)
		for i := range rd.batches {
			items := rd.batches[i].parts[m.tap].items
			if next[i] < len(items) && (best < 0 || items[next[i]].ref.Mark.Number < number) {
				best, number = i, items[next[i]].ref.Mark.Number
			}
		}
		if best < 0 {
			return
		}
		m.fresh = append(m.fresh, rd.batches[best].parts[m.tap].at(next[best]))
		next[best]++
	}
}

// merge merges what was carried over with the fresh facts.
func (m *merger) merge() []fact {
	old, fresh := m.carried, m.fresh
	m.merged = m.merged[:0]
	for len(old) > 0 && len(fresh) > 0 {
		if order(fresh[0], old[0]) < 0 {
			m.merged, fresh = append(m.merged, fresh[0]), fresh[1:]
		} else {
			m.merged, old = append(m.merged, old[0]), old[1:]
		}
	}
	m.merged = append(append(m.merged, old...), fresh...)
	return m.merged
}

// maxMerge is up to how many workers a merge is done by looking at each.
const maxMerge = 8

func (m *merger) collectAll(rd *round) {
	for i := range rd.batches {
		p := &rd.batches[i].parts[m.tap]
		for k := range p.items {
			m.fresh = append(m.fresh, p.at(k))
		}
	}
}

// put hands facts to the sink.
func (m *merger) put(facts []fact) {
	for i := range facts {
		f := &facts[i]
		if f.ref.Mark.Number <= m.reached {
			f.ref.Mark.Number = m.reached + 1
		}
		if m.failed(m.sink.Put(f.ref, f.bytes)) {
			return
		}
	}
}

// failed notes an error of the sink, after which it gets nothing more.
func (m *merger) failed(err error) bool {
	if err == nil {
		return false
	}
	m.ended = true
	if err != ErrEnough {
		m.err = err
	}
	return true
}

// keep carries facts over for later rounds. The round's memory, in which their
// bytes lie, is left to them.
func (m *merger) keep(facts []fact, rd *round) {
	clear(m.carried)
	m.carried = append(m.carried[:0], facts...)
	if len(facts) == 0 || m.ended {
		return
	}
	for i := range rd.batches {
		rd.batches[i].parts[m.tap].arena = nil
	}
}
