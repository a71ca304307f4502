package capture

import (
	"context"
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

// end tells that the input has given all.
func (s *spool) end() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.done = true
}

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
		_, _ = from.in.Read(buf) // a failure ends it, and is told by the Source
	}
}

func (s *spool) close() error {
	err := s.file.Close()
	_ = os.Remove(s.file.Name())
	return err
}
