package pipeline

import (
	"context"
	"errors"
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
	Records    int64   // printed
	Stages     []Stage // one of each worker
	// First and Last are the times of the first and the last packet, in
	// nanoseconds since 1970; 0 without packets.
	First, Last int64
	// Stopped tells that Options.Limit or the context ended the run before the
	// source did.
	Stopped bool
}

// WriteError is a failure to write the output.
type WriteError struct{ Err error }

func (e *WriteError) Error() string { return "write output: " + e.Err.Error() }
func (e *WriteError) Unwrap() error { return e.Err }

// mostWorkers is how many workers there are unless the caller says otherwise.
// More find no work, since one goroutine reads for all, and take memory.
const mostWorkers = 4

// Run reads src to its end, or until ctx is done, and writes what the stages
// print to w in the order of the capture. The Result is always whole for what
// was read. The error is what src returned in place of io.EOF, or a
// *WriteError; everything read before was decoded and handed to w.
func Run(ctx context.Context, src capture.Source, w io.Writer, o Options) (*Result, error) {
	if o.Workers <= 0 {
		o.Workers = min(runtime.GOMAXPROCS(0), mostWorkers)
	}
	o.setProtocol()
	r := &runner{options: o, stopped: new(atomic.Bool)}
	r.network = network.NewDecoder(o.Network)
	for range o.Workers {
		r.workers = append(r.workers, newWorker(&o))
	}
	r.writer = &writer{w: w, limit: o.Limit, stopped: r.stopped, floorOf: r.floorOf}
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
	writer    *writer
	round     *round // being filled
	free      chan *round
	rounds    chan *round
	finish    func()
	stopped   *atomic.Bool
	result    Result
	now       reassembly.Mark
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
		<-r.writer.done
	}
	if r.writer.err != nil {
		err = errors.Join(&WriteError{r.writer.err}, err)
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
	var s network.Segment
	for i := range b.Packets {
		p := &b.Packets[i]
		r.result.Bytes += int64(len(p.Data))
		v := r.network.Decode(p, &s)
		if v == network.TCP {
			r.assembler.Segment(&s, b)
		}
		if v == network.Fragment {
			r.incomplete(b)
		}
	}
	r.incomplete(b)
	r.reached(b)
	r.assembler.Advance(r.now)
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
	if n == 0 { // a live source says that nothing came
		r.now.Time = max(r.now.Time, time.Now().UnixNano())
		return
	}
	if r.result.First == 0 {
		r.result.First = b.Packets[0].Time
	}
	last := &b.Packets[n-1]
	r.result.Last = last.Time
	r.now = reassembly.Mark{Number: last.Number, Time: last.Time, Digits: last.Digits}
}

// event puts an event into the batch of its connection's worker.
func (r *runner) event(ev *reassembly.Event) {
	b := &r.round.batches[int(ev.Conn.ID)%len(r.workers)]
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
	r.result.Records = r.writer.written
	for _, w := range r.workers {
		r.result.Session.Add(&w.follower.Counters)
		r.result.Stages = append(r.result.Stages, w.stage)
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
