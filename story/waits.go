package story

import (
	"math/bits"
	"slices"
)

// waits is how long answers took: each by itself while they are few, then
// counted in steps of less than 1 %.
type waits struct {
	exact []int64
	steps []uint32 // nil while exact holds all
	count int64
	max   int64
}

const (
	maxExact = 4096
	// stepBits divide each power of two into so many steps: 128.
	stepBits = 7
)

func (w *waits) add(ns int64) {
	ns = max(ns, 0)
	w.count++
	w.max = max(w.max, ns)
	if w.steps == nil && len(w.exact) < maxExact {
		w.exact = append(w.exact, ns)
		return
	}
	if w.steps == nil {
		w.steps = make([]uint32, 64<<stepBits)
		for _, n := range w.exact {
			w.steps[stepOf(n)]++
		}
		w.exact = nil
	}
	w.steps[stepOf(ns)]++
}

// stepOf returns the step of a number: small ones have one of their own.
func stepOf(n int64) int {
	if n < 1<<stepBits {
		return int(n)
	}
	shift := bits.Len64(uint64(n)) - 1 - stepBits
	return (shift+1)<<stepBits + int(n>>shift) - 1<<stepBits
}

// middle returns the number in the middle of a step.
func middle(step int) int64 {
	if step < 1<<stepBits {
		return int64(step)
	}
	shift := step>>stepBits - 1
	low := int64(step&(1<<stepBits-1)+1<<stepBits) << shift
	return low + (1<<shift)/2
}

// rank returns the wait that a share of all, in percent, do not exceed: nearest
// rank. The exact ones must be sorted.
func (w *waits) rank(percent int64) Number {
	if w.count == 0 {
		return Number{}
	}
	n := (w.count*percent + 99) / 100
	if w.steps == nil {
		return number(w.exact[n-1])
	}
	for step, c := range w.steps {
		if n -= int64(c); n <= 0 {
			return number(min(middle(step), w.max))
		}
	}
	return number(w.max)
}

// fill sets the percentiles of a type.
func (w *waits) fill(t *RequestType) {
	slices.Sort(w.exact)
	t.P50, t.P95, t.P99 = w.rank(50), w.rank(95), w.rank(99)
	t.Max = Number{}
	if w.count > 0 {
		t.Max = number(w.max)
	}
}
