package pipeline

import (
	"ctiscope/reassembly"
	"ctiscope/session"
)

// worker follows the sessions of its connections and prints their records.
type worker struct {
	follower *session.Follower
	stage    Stage
	batch    *batch // being worked on
	todo     chan *round
}

func newWorker(o *Options) *worker {
	w := &worker{stage: o.NewStage()}
	w.follower = session.NewFollower(o.Session, w.record)
	return w
}

// record prints one record into the batch.
func (w *worker) record(r *session.Record) {
	b := w.batch
	n := len(b.out)
	b.out = w.stage.Append(b.out, r)
	if len(b.out) > n {
		b.items = append(b.items, item{r.Mark.Number, r.Info.ID, len(b.out)})
	}
}

// work does a batch.
func (w *worker) work(b *batch, now reassembly.Mark) {
	w.batch = b
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
