package pipeline

import (
	"errors"
	"math"
	"sync/atomic"

	"ctiscope/reassembly"
)

// ordering feeds the sinks of all taps, round after round.
type ordering struct {
	mergers []*merger
	stopped *atomic.Bool
	floorOf func(*round) int64
	err     error // of the first sink that failed
	done    chan struct{}

	// ends are the ends of rounds up to which order is not complete yet, reached
	// is how far it is.
	ends    []reassembly.Mark
	reached reassembly.Mark
}

func newOrdering(taps []Tap, stopped *atomic.Bool, floorOf func(*round) int64) *ordering {
	o := &ordering{stopped: stopped, floorOf: floorOf}
	for i, t := range taps {
		if s := t.Sink(); s != nil {
			o.mergers = append(o.mergers, &merger{tap: i, sink: s})
		}
	}
	return o
}

// loop takes round after round.
func (o *ordering) loop(rounds <-chan *round, free chan<- *round) {
	defer close(o.done)
	for rd := range rounds {
		rd.done.Wait()
		o.take(rd)
		free <- rd
	}
}

// take feeds what a round makes complete.
func (o *ordering) take(rd *round) {
	if len(o.mergers) == 0 || o.stopped.Load() && o.err != nil {
		return
	}
	floor := int64(math.MaxInt64)
	if !rd.last {
		floor = o.floorOf(rd)
	}
	for _, m := range o.mergers {
		m.take(rd, floor)
		o.note(m)
	}
	o.advance(rd.latest, floor)
}

// note ends the run when a sink failed, or one has enough.
func (o *ordering) note(m *merger) {
	if !m.ended {
		return
	}
	o.stopped.Store(true)
	if o.err == nil {
		o.err = m.err
	}
}

// maxEnds is how many ends of rounds are remembered; more are thinned out, which
// makes sinks hear of less progress, not of wrong.
const maxEnds = 1024

// advance tells the sinks how far order is complete.
func (o *ordering) advance(now reassembly.Mark, floor int64) {
	if len(o.ends) == maxEnds {
		for i := range maxEnds / 2 {
			o.ends[i] = o.ends[2*i+1]
		}
		o.ends = o.ends[:maxEnds/2]
	}
	o.ends = append(o.ends, now)
	n := 0
	for n < len(o.ends) && o.ends[n].Number < floor {
		n++
	}
	if n > 0 {
		o.reached = o.ends[n-1]
		o.ends = append(o.ends[:0], o.ends[n:]...)
	}
	for _, m := range o.mergers {
		m.reached = o.reached.Number
		if !m.ended {
			m.failed(m.sink.Reached(o.reached))
			o.note(m)
		}
	}
}

// close closes the sinks and returns what went wrong with any.
func (o *ordering) close() error {
	var errs []error
	for _, m := range o.mergers {
		err := m.sink.Close(o.err)
		if m.err == nil && err != ErrEnough {
			m.err = err
		}
		if m.err != nil {
			errs = append(errs, m.err)
		}
	}
	return errors.Join(errs...)
}
