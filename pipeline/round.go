package pipeline

import (
	"sync"

	"ctiscope/capture"
	"ctiscope/reassembly"
)

// round is the way of one block of packets through the pipeline: a batch of
// events for each worker, and what the workers made of them. Rounds go round:
// their memory is used again.
type round struct {
	packets []capture.Packet // of the block, while the round is being filled
	batches []batch
	floor   int64           // smallest packet number that reassembly may still bring
	last    bool            // the end of the run
	now     reassembly.Mark // as far as times are believed
	latest  reassembly.Mark
	done    sync.WaitGroup // the workers that are not done yet
}

// batch is one worker's part of a round.
type batch struct {
	events []reassembly.Event
	pieces []capture.Piece   // of the events
	facts  []reassembly.Fact // of the events
	blocks []*capture.Block  // held until the events are used up
	parts  []part            // what the worker's stages gave, by tap
	floor  int64             // smallest packet number that the worker may still bring
}

// part is what one stage gave of a batch.
type part struct {
	arena []byte
	items []item // the facts in arena
}

// item is one fact.
type item struct {
	ref Ref
	end int // in arena; the fact begins where the one before ends
}

// at returns fact k.
func (p *part) at(k int) fact {
	begin := 0
	if k > 0 {
		begin = p.items[k-1].end
	}
	it := &p.items[k]
	return fact{it.ref, p.arena[begin:it.end]}
}

func (b *batch) retain(block *capture.Block) {
	if n := len(b.blocks); n > 0 && b.blocks[n-1] == block {
		return
	}
	block.Retain()
	b.blocks = append(b.blocks, block)
}

// own copies what an event points to that is valid for a moment only. What the
// slices grow out of stays as it is, for the events before.
func (b *batch) own(ev *reassembly.Event) {
	if n := len(b.pieces); len(ev.Pieces) > 0 {
		b.pieces = append(b.pieces, ev.Pieces...)
		ev.Pieces = b.pieces[n:len(b.pieces):len(b.pieces)]
	}
	if ev.Fact != nil {
		b.facts = append(b.facts, *ev.Fact)
		ev.Fact = &b.facts[len(b.facts)-1]
	}
}

// maxKept is how large a buffer may be that is kept for later rounds.
const maxKept = 4 << 20

func (b *batch) reset() {
	clear(b.events) // lets go of what they point to
	b.events, b.pieces, b.facts = b.events[:0], b.pieces[:0], b.facts[:0]
	for i := range b.parts {
		p := &b.parts[i]
		if cap(p.arena) > maxKept {
			p.arena = nil
		}
		p.arena, p.items = p.arena[:0], p.items[:0]
	}
}

// used lets go of the blocks when the events are used up.
func (b *batch) used() {
	for i, block := range b.blocks {
		block.Release()
		b.blocks[i] = nil
	}
	b.blocks = b.blocks[:0]
}

// begin makes the next round ready to be filled from a block; nil at the end.
func (r *runner) begin(b *capture.Block) {
	if r.free != nil {
		r.round = <-r.free
	} else if r.round == nil {
		r.round = r.newRound()
	}
	for i := range r.round.batches {
		r.round.batches[i].reset()
	}
	r.round.packets = nil
	if b != nil {
		r.round.packets = b.Packets
	}
}

func (r *runner) newRound() *round {
	rd := &round{batches: make([]batch, len(r.workers))}
	for i := range rd.batches {
		rd.batches[i].parts = make([]part, len(r.options.Taps))
	}
	return rd
}

// finishInline does the round's work in the reader's goroutine.
func (r *runner) finishInline() {
	r.close()
	r.workers[0].work(&r.round.batches[0], r.round.now)
	r.ordering.take(r.round)
}

// finishSpread hands the round to the workers, and to the ordering, which waits
// for them.
func (r *runner) finishSpread() {
	r.close()
	rd := r.round
	rd.done.Add(len(r.workers))
	for _, w := range r.workers {
		w.todo <- rd
	}
	r.rounds <- rd
}

// close ends the filling of the round.
func (r *runner) close() {
	r.round.floor, r.round.now, r.round.latest = r.assembler.Floor(), r.assembler.Now(), r.latest
	r.round.packets = nil
}

// inFlight is how many rounds may be under way for each worker: enough to keep
// all busy, few enough to keep memory small.
const inFlight = 2

// startWorkers starts the workers and the ordering. The function that it returns
// ends the workers.
func (r *runner) startWorkers() (stop func()) {
	n := inFlight * len(r.workers)
	r.free, r.rounds = make(chan *round, n), make(chan *round, n)
	r.ordering.done = make(chan struct{})
	for range n {
		r.free <- r.newRound()
	}
	for i, w := range r.workers {
		w.todo = make(chan *round, n)
		go w.loop(i)
	}
	go r.ordering.loop(r.rounds, r.free)
	return func() {
		for _, w := range r.workers {
			close(w.todo)
		}
	}
}
