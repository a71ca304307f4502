package pipeline

import (
	"cmp"
	"io"
	"math"
	"slices"
	"sync/atomic"
)

// writer puts the records of all workers in the order of the capture.
//
// Most records can go out as soon as their round is done. Those that a stream
// with a hole, or a session whose version is not known yet, may still bring are
// older than some that are there already: these later ones are carried over to
// the next rounds until nothing older can come.
type writer struct {
	w       io.Writer
	limit   int64 // records; 0 for none
	stopped *atomic.Bool
	floorOf func(*round) int64
	written int64 // records
	err     error
	done    chan struct{}

	carried []printed // not yet written
	fresh   []printed // scratch: the records of a round
	merged  []printed // scratch
	out     []byte
	waiting int64 // records in out
}

// printed is a record with its bytes.
type printed struct {
	number, session int64
	bytes           []byte
}

// loop writes round after round.
func (w *writer) loop(rounds <-chan *round, free chan<- *round) {
	defer close(w.done)
	for rd := range rounds {
		rd.done.Wait()
		w.write(rd)
		free <- rd
	}
}

// write writes what of a round, and of what was carried over, can go out.
func (w *writer) write(rd *round) {
	if w.err != nil {
		return
	}
	w.collect(rd)
	if !slices.IsSortedFunc(w.fresh, order) {
		slices.SortStableFunc(w.fresh, order)
	}
	items := w.fresh
	if len(w.carried) > 0 {
		items = w.merge()
	}
	n := len(items)
	if floor := w.floorOf(rd); !rd.last && floor < math.MaxInt64 {
		n, _ = slices.BinarySearchFunc(items, floor, func(it printed, floor int64) int { return cmp.Compare(it.number, floor) })
	}
	w.emit(items[:n])
	w.keep(items[n:], rd)
}

// order is the order of the capture. Records of one session that one packet
// completed keep their order, since the sort is stable.
func order(a, b printed) int {
	if c := cmp.Compare(a.number, b.number); c != 0 {
		return c
	}
	return cmp.Compare(a.session, b.session)
}

// collect puts the records of a round's batches together.
func (w *writer) collect(rd *round) {
	w.fresh = w.fresh[:0]
	if len(rd.batches) > maxMerge {
		w.collectAll(rd)
		return
	}
	var next [maxMerge]int
	for {
		best := -1
		for i := range rd.batches {
			items := rd.batches[i].items
			if next[i] < len(items) && (best < 0 || items[next[i]].number < rd.batches[best].items[next[best]].number) {
				best = i
			}
		}
		if best < 0 {
			return
		}
		w.fresh = append(w.fresh, rd.batches[best].at(next[best]))
		next[best]++
	}
}

// merge merges what was carried over with the fresh records.
func (w *writer) merge() []printed {
	old, fresh := w.carried, w.fresh
	w.merged = w.merged[:0]
	for len(old) > 0 && len(fresh) > 0 {
		if order(fresh[0], old[0]) < 0 {
			w.merged, fresh = append(w.merged, fresh[0]), fresh[1:]
		} else {
			w.merged, old = append(w.merged, old[0]), old[1:]
		}
	}
	w.merged = append(append(w.merged, old...), fresh...)
	return w.merged
}

// maxMerge is up to how many workers a merge is done by looking at each.
const maxMerge = 8

func (w *writer) collectAll(rd *round) {
	for i := range rd.batches {
		for k := range rd.batches[i].items {
			w.fresh = append(w.fresh, rd.batches[i].at(k))
		}
	}
}

// at returns record k of a batch.
func (b *batch) at(k int) printed {
	begin := 0
	if k > 0 {
		begin = b.items[k-1].end
	}
	it := &b.items[k]
	return printed{it.number, it.session, b.out[begin:it.end]}
}

// maxOut is how many bytes are written at a time.
const maxOut = 256 << 10

func (w *writer) emit(items []printed) {
	for i := range items {
		if w.err != nil || w.limit > 0 && w.written == w.limit {
			break
		}
		w.out = append(w.out, items[i].bytes...)
		w.written++
		w.waiting++
		if len(w.out) >= maxOut {
			w.flush()
		}
	}
	w.flush()
	if w.limit > 0 && w.written == w.limit {
		w.stopped.Store(true)
	}
}

func (w *writer) flush() {
	if len(w.out) == 0 || w.err != nil {
		return
	}
	if _, err := w.w.Write(w.out); err != nil {
		w.err = err
		w.written -= w.waiting // nobody has seen them
		w.stopped.Store(true)
	}
	w.out, w.waiting = w.out[:0], 0
}

// keep carries records over for later rounds. The round's buffers, in which their
// bytes lie, are left to them.
func (w *writer) keep(items []printed, rd *round) {
	clear(w.carried)
	w.carried = append(w.carried[:0], items...)
	if len(items) == 0 {
		return
	}
	for i := range rd.batches {
		rd.batches[i].out = nil
	}
}
