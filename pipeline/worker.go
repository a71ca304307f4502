package pipeline

import (
	"ctiscope/reassembly"
	"ctiscope/session"
)

// worker follows the sessions of its connections and hands their records to the
// stages of all taps.
type worker struct {
	follower *session.Follower
	stages   []Stage
	outs     []Out  // one for each stage
	batch    *batch // being worked on
	todo     chan *round
}

func newWorker(o *Options) *worker {
	w := &worker{outs: make([]Out, len(o.Taps))}
	for _, t := range o.Taps {
		w.stages = append(w.stages, t.Stage())
	}
	w.follower = session.NewFollower(o.Session, w.record)
	return w
}

// record hands a record to the stages.
func (w *worker) record(r *session.Record) {
	mark := r.Mark
	mark.Number = r.Order
	for i, s := range w.stages {
		o := &w.outs[i]
		o.ref = Ref{mark, r.Info.ID, r.Seq, uint8(i), r.Info.Codec.Protocol()}
		s.Take(r, o)
	}
}

// work does a batch.
func (w *worker) work(b *batch, now reassembly.Mark) {
	w.batch = b
	for i := range w.outs {
		w.outs[i].part = &b.parts[i]
	}
	for i := range b.events {
		w.follower.Event(&b.events[i])
	}
	b.floor = w.follower.Tick(now)
	b.used()
}

// loop does batch number i of each round.
func (w *worker) loop(i int) {
	for rd := range w.todo {
		w.work(&rd.batches[i], rd.now)
		rd.done.Done()
	}
}
