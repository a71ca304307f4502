package pipeline

import (
	"context"
	"errors"
	"fmt"
	"io"
	"runtime"
	"sync/atomic"
	"time"

	"ctiscope/capture"
	"ctiscope/network"
	"ctiscope/reassembly"
	"ctiscope/session"
)

// Result tells what a run did.
type Result struct {
	Packets    int64
	Bytes      int64 // captured
	Network    *network.Decoder
	Reassembly reassembly.Counters
	Session    session.Counters
	// First and Last are the times of the first and the last packet that has one, in
	// nanoseconds since 1970; 0 without.
	First, Last int64
	// Passed are the busiest TCP ports that are not followed.
	Passed []reassembly.PortCount
	// Timeless counts packets without a time.
	Timeless int64
	// Stopped tells that a sink or the context ended the run before the source
	// did.
	Stopped bool
}

// portsTold is how many of the busiest ports are told.
const portsTold = 3

// mostWorkers is how many workers there are unless the caller says otherwise.
// More find no work, since one goroutine reads for all, and take memory.
const mostWorkers = 4

// Run reads src to its end, or until ctx is done, and feeds the taps. The Result
// is always whole for what was read. The error is what src returned in place of
// io.EOF, and those of sinks; everything read before was decoded and given to the
// sinks that did not fail.
func Run(ctx context.Context, src capture.Source, o Options) (*Result, error) {
	if o.Workers <= 0 {
		o.Workers = min(runtime.GOMAXPROCS(0), mostWorkers)
	}
	o.setProtocol()
	r := &runner{options: o, stopped: new(atomic.Bool)}
	r.network = network.NewDecoder(o.Network)
	if len(o.Taps) > maxTaps {
		return nil, fmt.Errorf("%d uses of one run: at most %d", len(o.Taps), maxTaps)
	}
	for range o.Workers {
		r.workers = append(r.workers, newWorker(&o))
	}
	r.ordering = newOrdering(o.Taps, r.stopped, r.floorOf)
	r.assembler = reassembly.New(o.Reassembly, r.event)
	if o.Workers == 1 {
		r.finish = r.finishInline
	} else {
		defer r.startWorkers()()
		r.finish = r.finishSpread
	}
	return r.run(ctx, src)
}

// runner is the reading end of a run: everything up to the streams.
type runner struct {
	options   Options
	network   *network.Decoder
	assembler *reassembly.Assembler
	workers   []*worker
	ordering  *ordering
	round     *round // being filled
	free      chan *round
	rounds    chan *round
	finish    func()
	stopped   *atomic.Bool
	result    Result
	now       reassembly.Mark // the last packet, or later in a silence
	latest    reassembly.Mark // as now, with the largest time up to here
}

func (r *runner) run(ctx context.Context, src capture.Source) (*Result, error) {
	err := r.read(ctx, src)
	r.begin(nil)
	r.network.Finish()
	r.incomplete(nil)
	r.assembler.Close()
	r.round.last = true
	r.finish()
	if r.rounds != nil {
		close(r.rounds)
		<-r.ordering.done
	}
	if failed := r.ordering.close(); failed != nil {
		err = errors.Join(failed, err)
	}
	r.summarize()
	return &r.result, err
}

// read takes block after block through reassembly.
func (r *runner) read(ctx context.Context, src capture.Source) error {
	for {
		if ctx.Err() != nil || r.stopped.Load() {
			r.result.Stopped = true
			return nil
		}
		block, err := src.Next()
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return err
		}
		r.block(block)
	}
}

func (r *runner) block(b *capture.Block) {
	r.begin(b)
	r.assembler.Block(b)
	var s network.Segment
	for i := range b.Packets {
		p := &b.Packets[i]
		r.result.Bytes += int64(len(p.Data))
		v := r.network.Decode(p, &s)
		if v == network.TCP {
			r.assembler.Segment(&s, b)
		} else {
			r.assembler.Advance(reassembly.Mark{Number: p.Number, Time: p.Time, Digits: p.Digits})
		}
		if v == network.Fragment {
			r.incomplete(b)
		}
	}
	r.incomplete(b)
	r.reached(b)
	if len(b.Packets) == 0 {
		r.assembler.Advance(r.now)
	}
	r.finish()
	b.Release()
}

// incomplete takes what there is of IP packets whose fragments did not all come.
func (r *runner) incomplete(b *capture.Block) {
	var s network.Segment
	for r.network.Incomplete(&s) {
		r.assembler.Segment(&s, b)
	}
}

// reached notes how far the capture has come.
func (r *runner) reached(b *capture.Block) {
	n := len(b.Packets)
	r.result.Packets += int64(n)
	if n == 0 {
		if len(b.Notes) == 0 { // a live source says that nothing came
			r.now.Time = max(r.now.Time, time.Now().UnixNano())
			r.latest.Time = max(r.latest.Time, r.now.Time)
		}
		return
	}
	last := &b.Packets[n-1]
	r.now = reassembly.Mark{Number: last.Number, Time: last.Time, Digits: last.Digits}
	r.latest.Number = last.Number
	for i := range b.Packets {
		p := &b.Packets[i]
		if p.Digits == capture.NoTime {
			r.result.Timeless++
			continue
		}
		if r.result.Packets-int64(n)+int64(i) == r.result.Timeless { // the first with a time
			r.result.First = p.Time
		}
		r.result.Last = p.Time
		if p.Time > r.latest.Time {
			r.latest.Time, r.latest.Digits = p.Time, p.Digits
		}
	}
}

// event puts an event into the batch of its connection's worker.
func (r *runner) event(ev *reassembly.Event) {
	b := &r.round.batches[session.Shard(ev.Conn)%len(r.workers)]
	if ev.Block != nil {
		b.retain(ev.Block)
	}
	b.events = append(b.events, *ev)
	if len(ev.Pieces) > 0 || ev.Fact != nil {
		b.own(&b.events[len(b.events)-1])
	}
}

func (r *runner) summarize() {
	r.result.Network = r.network
	r.result.Reassembly = r.assembler.Counters()
	r.result.Passed = r.assembler.Busiest(portsTold)
	for _, w := range r.workers {
		r.result.Session.Add(&w.follower.Counters)
	}
}

// floorOf returns the smallest packet number that a later round may still
// bring, after a round is done.
func (r *runner) floorOf(rd *round) int64 {
	floor := rd.floor
	for i := range rd.batches {
		floor = min(floor, rd.batches[i].floor)
	}
	return floor
}
