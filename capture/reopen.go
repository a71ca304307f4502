package capture

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"sync"
)

// Input is one capture that can be opened more than once: by a use that reads
// it twice, or that goes back to the bytes of single packets.
type Input interface {
	// Open opens the capture from its beginning. A file that changed since the
	// first Open gives a *ChangedError. The Source is closed when ctx is done. Of
	// a pipe the Source before must have been read to its end, or be left alone.
	Open(ctx context.Context) (Source, error)
	// ReaderAt gives the uncompressed bytes, at the offsets of Packet.Off. It
	// is valid until Close. What was not read up to now of a pipe, or of a
	// compressed file, is read for it.
	ReaderAt(ctx context.Context) (io.ReaderAt, error)
	// Close lets go of files and copies.
	io.Closer
}

// DefaultSpool is how many bytes of a pipe, or of an unpacked file, are kept in
// a private file unless the caller says otherwise.
const DefaultSpool = 8 << 30

// ChangedError tells that a file is no longer what was opened first.
type ChangedError struct{ File string }

func (e *ChangedError) Error() string {
	return fmt.Sprintf("%s changed while it was read: its packets cannot be found again", e.File)
}

// SpoolError tells that an input was too large to be kept.
type SpoolError struct {
	File  string
	Limit int64
}

func (e *SpoolError) Error() string {
	return fmt.Sprintf("%s has more than %s: it can be read once only; write it to a file, unpacked, first", e.File, byteCount(e.Limit))
}

// Inputs returns the captures that Open would read, in the same order, each to
// be opened by itself. Nothing is opened yet.
func Inputs(paths []string, opts Options) ([]Input, error) {
	names, err := expand(paths)
	if err != nil {
		return nil, err
	}
	inputs := make([]Input, len(names))
	for i, name := range names {
		inputs[i] = &reopened{path: name, order: i, opts: opts}
	}
	return inputs, nil
}

// reopened is an Input. Files are opened by name each time; a pipe is read once
// and kept in a spool.
type reopened struct {
	path  string
	order int
	opts  Options

	mu    sync.Mutex
	first os.FileInfo // of a file, as it was opened first
	plain *os.File    // what ReaderAt reads, of a plain file
	spool *spool      // of everything else
	pipe  *stream     // that fills the spool
}

// Open opens the capture.
func (r *reopened) Open(ctx context.Context) (Source, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	s, err := r.open(ctx)
	if err != nil {
		return nil, err
	}
	context.AfterFunc(ctx, func() { s.Close() })
	return s, nil
}

func (r *reopened) open(ctx context.Context) (*stream, error) {
	again, err := r.unchanged()
	if err != nil {
		return nil, err
	}
	if again {
		return r.stream(r.opts)
	}
	if r.spool == nil {
		return r.fillSpool()
	}
	at, err := r.kept(ctx)
	if err != nil {
		return nil, err
	}
	in := newInput(r.name(), io.NewSectionReader(at, 0, r.spool.size), &account{})
	return r.numbered(newStream(in, r.spool.size, bufferSize, &account{}))
}

// name is how messages name the input.
func (r *reopened) name() string {
	if r.path == "-" {
		return standardInput
	}
	return r.path
}

func (r *reopened) stream(opts Options) (*stream, error) {
	return openStream(r.path, r.order, opts, &account{})
}

func (r *reopened) numbered(s *stream, err error) (*stream, error) {
	if err == nil {
		s.log.order, s.log.notes = int32(r.order), r.opts.Notes
	}
	return s, err
}

// unchanged tells whether the input is a file that can be opened again, and
// fails when it is not what it was.
func (r *reopened) unchanged() (again bool, err error) {
	if r.path == "-" {
		return false, nil
	}
	info, err := os.Stat(r.path)
	if err != nil {
		return false, err
	}
	if !info.Mode().IsRegular() {
		return false, nil
	}
	if r.first == nil {
		r.first = info
	}
	if !os.SameFile(r.first, info) || r.first.Size() != info.Size() || !r.first.ModTime().Equal(info.ModTime()) {
		return false, &ChangedError{File: r.path}
	}
	return true, nil
}

// fillSpool opens what can be read once, or is compressed, so that what is read
// of it is kept.
func (r *reopened) fillSpool() (*stream, error) {
	s, err := r.stream(r.opts)
	if err != nil {
		return nil, err
	}
	sp, err := newSpool(r.name(), r.opts)
	if err != nil {
		s.Close()
		return nil, err
	}
	sp.take(s.blk.Buf[:s.n])
	s.in.spool = sp
	r.spool, r.pipe = sp, s
	return s, nil
}

// ReaderAt gives the bytes.
func (r *reopened) ReaderAt(ctx context.Context) (io.ReaderAt, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	again, err := r.unchanged()
	if err != nil {
		return nil, err
	}
	if r.plain != nil {
		return r.plain, nil
	}
	if r.spool == nil {
		s, err := r.fillSpool()
		if err != nil {
			return nil, err
		}
		if again && s.in.packed == "" {
			s.Close()
			r.spool.close()
			r.spool, r.pipe = nil, nil
			r.plain, err = os.Open(r.path)
			return r.plain, err
		}
	}
	return r.kept(ctx)
}

// kept returns the whole spool; what was not read yet is read now.
func (r *reopened) kept(ctx context.Context) (io.ReaderAt, error) {
	if err := r.spool.rest(ctx, r.pipe); err != nil {
		return nil, err
	}
	return r.spool.file, nil
}

// Close lets go of files.
func (r *reopened) Close() error {
	r.mu.Lock()
	defer r.mu.Unlock()
	var err error
	if r.plain != nil {
		err = r.plain.Close()
	}
	if r.pipe != nil {
		r.pipe.Close()
	}
	if r.spool != nil {
		err = errors.Join(err, r.spool.close())
	}
	r.plain, r.pipe, r.spool = nil, nil, nil
	return err
}
