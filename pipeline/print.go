package pipeline

import (
	"io"

	"ctiscope/reassembly"
	"ctiscope/session"
)

// Formatter turns records into text. It belongs to one goroutine; what it appends
// depends on the record only, never on those before, so that several working side
// by side print what one would.
type Formatter interface {
	// Append appends the record in printed form to dst and returns the extended
	// slice, or dst as it is when the record is left out. r is used during the
	// call only.
	Append(dst []byte, r *session.Record) []byte
}

// WriteError is a failure to write the output.
type WriteError struct{ Err error }

func (e *WriteError) Error() string { return "write output: " + e.Err.Error() }
func (e *WriteError) Unwrap() error { return e.Err }

// Print is the Tap that prints.
type Print struct {
	format func() Formatter
	w      io.Writer
	limit  int64
	// Records is how many were printed; it is read when the run is over.
	Records int64

	arrange Arranger // nil for records as they come
	out     []byte
	waiting int64 // records in out
}

// Arranger makes what is written of printed records: they may wait for others, be
// put together, and get something above them. It sees them in the order of the run.
type Arranger interface {
	// Put takes a printed record and appends what is to be written by now.
	Put(dst, record []byte) []byte
	// Reached does the same at a time of the capture, in nanoseconds since 1970.
	Reached(dst []byte, now int64) []byte
	// Close appends all that waits.
	Close(dst []byte) []byte
}

// Arrange has the records pass through a, which is used by this Print alone.
func (p *Print) Arrange(a Arranger) { p.arrange = a }

// NewPrint returns a Tap that writes what formatters print to w. limit ends the
// run after so many records; 0 means no limit.
func NewPrint(w io.Writer, limit int64, format func() Formatter) *Print {
	return &Print{format: format, w: w, limit: limit}
}

// Stage makes the formatter of one worker.
func (p *Print) Stage() Stage { return formatting{p.format()} }

// Sink returns the writing end.
func (p *Print) Sink() Sink { return p }

// formatting is the Stage of a Formatter.
type formatting struct{ next Formatter }

// Take prints a record into the batch.
func (f formatting) Take(r *session.Record, out *Out) { out.End(f.next.Append(out.Begin(), r)) }

// maxOut is how many bytes are written at a time.
const maxOut = 256 << 10

// Put takes one printed record.
func (p *Print) Put(_ Ref, b []byte) error {
	if p.arrange != nil {
		p.out = p.arrange.Put(p.out, b)
	} else {
		p.out = append(p.out, b...)
	}
	p.Records++
	p.waiting++
	if len(p.out) >= maxOut {
		if err := p.flush(); err != nil {
			return err
		}
	}
	if p.limit > 0 && p.Records == p.limit {
		p.settle()
		if err := p.flush(); err != nil {
			return err
		}
		return ErrEnough
	}
	return nil
}

// Reached writes what there is.
func (p *Print) Reached(m reassembly.Mark) error {
	if p.arrange != nil {
		p.out = p.arrange.Reached(p.out, m.Time)
	}
	return p.flush()
}

// Close writes what is left, unless writing failed.
func (p *Print) Close(error) error {
	p.settle()
	return p.flush()
}

// settle takes what the Arranger still holds.
func (p *Print) settle() {
	if p.arrange != nil {
		p.out = p.arrange.Close(p.out)
	}
}

func (p *Print) flush() error {
	if len(p.out) == 0 {
		return nil
	}
	_, err := p.w.Write(p.out)
	if err != nil {
		p.Records -= p.waiting // nobody has seen them
		err = &WriteError{err}
	}
	p.out, p.waiting = p.out[:0], 0
	return err
}
