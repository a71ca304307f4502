package capture

import (
	"context"
	"fmt"
	"io"
	"io/fs"
	"os"
	"sync"
)

// spool keeps what is read of an input, unpacked, in a file that only this
// process can open, within a limit.
type spool struct {
	name  string
	file  *os.File
	limit int64

	mu   sync.Mutex
	size int64
	err  error // why not everything is kept
	done bool  // the input has ended
	// fault is what ended it, when not its end.
	fault error
}

func newSpool(name string, o Options) (*spool, error) {
	f, err := os.CreateTemp(o.SpoolDir, "ctiscope-*") // mode 0600
	if err != nil {
		return nil, err
	}
	_ = os.Remove(f.Name()) // where the system can: nobody finds it, and a crash leaves nothing
	limit := o.SpoolBytes
	if limit <= 0 {
		limit = DefaultSpool
	}
	return &spool{name: name, file: f, limit: limit}, nil
}

// take keeps bytes that were read. Once some could not be kept, none are.
func (s *spool) take(b []byte) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.err != nil {
		return
	}
	if s.size+int64(len(b)) > s.limit {
		s.err = &SpoolError{File: s.name, Limit: s.limit}
		return
	}
	n, err := s.file.Write(b)
	s.size += int64(n)
	s.err = err
}

// end tells that the input gives no more, and why. One that was closed has an end
// that nobody knows, unless it came before.
func (s *spool) end(why error, closed bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	switch {
	case s.done || s.err != nil:
	case why == io.EOF:
		s.done = true
	case closed:
		s.err = fmt.Errorf("%s was closed before its end, the rest of it is lost: %w", s.name, fs.ErrClosed)
	default:
		s.done, s.fault = true, why
	}
}

// replay returns a reader of all that was kept; it ends as the input did. rest
// must have been called.
func (s *spool) replay() io.Reader {
	r := io.Reader(io.NewSectionReader(s.file, 0, s.size))
	if s.fault != nil {
		r = io.MultiReader(r, failing{s.fault})
	}
	return r
}

// failing is a reader that has an error only.
type failing struct{ err error }

func (f failing) Read([]byte) (int, error) { return 0, f.err }

func (s *spool) state() (done bool, err error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.done, s.err
}

// rest reads what the input still has. from must not be read by others
// meanwhile, unless it has ended.
func (s *spool) rest(ctx context.Context, from *stream) error {
	buf := make([]byte, pipeSize)
	for {
		done, err := s.state()
		if err != nil || done {
			return err
		}
		if err := ctx.Err(); err != nil {
			return err
		}
		_, _ = from.in.Read(buf) // a failure ends it
	}
}

func (s *spool) close() error {
	err := s.file.Close()
	_ = os.Remove(s.file.Name())
	return err
}
