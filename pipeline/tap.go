package pipeline

import (
	"errors"

	"ctiscope/decode/schema"
	"ctiscope/reassembly"
	"ctiscope/session"
)

// Tap is one use of a run: printing, counting, a story. Several ride one pass,
// each with a part in every worker and, unless it only counts, a sink that is fed
// in the order of the capture.
type Tap interface {
	// Stage makes the part of one worker. It is called before the run, once for
	// each worker.
	Stage() Stage
	// Sink is called once before the run; nil means that the stages give no
	// facts.
	Sink() Sink
}

// Stage is what becomes of the records of one worker. It is used by one
// goroutine at a time.
type Stage interface {
	// Take looks at a record and may give facts of it. r and what it points to
	// are valid during the call only.
	Take(r *session.Record, out *Out)
}

// Out takes the facts of a Stage: flat bytes, in memory of the batch that is used
// again, so that giving one allocates nothing.
type Out struct {
	part *part
	ref  Ref
}

// Begin returns a slice to append a fact to, which is then handed to End.
func (o *Out) Begin() []byte { return o.part.arena }

// End takes what Begin returned, with the fact appended; without one nothing is
// given.
func (o *Out) End(b []byte) {
	p := o.part
	if len(b) > len(p.arena) {
		p.items = append(p.items, item{o.ref, len(b)})
	}
	p.arena = b
}

// Ref is the place of a fact in the order of the run: packet number, then
// session, then Seq, which counts the records of a session, then tap.
type Ref struct {
	// Mark is the packet of the fact's record, with Record.Order as its number.
	Mark    reassembly.Mark
	Session int64
	Seq     uint32
	Tap     uint8
	// Protocol is what the session spoke at that record: numbers and indexes in
	// the fact are of its tables.
	Protocol *schema.Protocol
}

// Sink is fed in order, in one goroutine.
type Sink interface {
	// Put takes a fact; b is valid during the call only. ErrEnough ends the run
	// in good order; any other error ends it and is returned by Run.
	Put(at Ref, b []byte) error
	// Reached tells that all facts of packets up to a number, and up to a time of
	// the capture, were put. The time is the largest of the packets up to there;
	// it never goes back, and goes on while a live source is silent. Errors count
	// as those of Put.
	Reached(reassembly.Mark) error
	// Close is called once, at the end, whatever happened before; cause is nil,
	// or the first error of any sink. The error is returned by Run.
	Close(cause error) error
}

// ErrEnough is what a Sink returns that needs no more.
var ErrEnough = errors.New("enough")

// maxTaps is how many taps a run may have.
const maxTaps = 250

// Counts is a Tap whose stages only count: they are read when the run is over.
type Counts[S Stage] struct {
	// Stages are those of all workers.
	Stages []S
	make   func() S
}

// NewCounts returns a Tap that makes its stages so.
func NewCounts[S Stage](make func() S) *Counts[S] { return &Counts[S]{make: make} }

// Stage makes another stage.
func (c *Counts[S]) Stage() Stage {
	s := c.make()
	c.Stages = append(c.Stages, s)
	return s
}

// Sink returns nil.
func (c *Counts[S]) Sink() Sink { return nil }
