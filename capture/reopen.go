package capture

import (
	"cmp"
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
	// a pipe the Source before must have been read to its end, or be left alone;
	// one that was closed earlier may have lost the rest, which is an error then.
	// What is damaged ends each time with the same error.
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
		in := &reopened{named: named{name, i, opts}}
		in.opts.check = in.same
		inputs[i] = in
	}
	return inputs, nil
}

// Merge opens some of what Inputs returned as one Source, as Open does with
// several files: packets come in the order of their times, and what is no capture
// is told at the end. Packet.File counts all that Inputs returned. For each Input
// it is as if its Open had been called.
func Merge(ctx context.Context, inputs []Input) (Source, error) {
	switch len(inputs) {
	case 0:
		return nil, errNone
	case 1:
		return inputs[0].Open(ctx)
	}
	list := make([]opener, len(inputs))
	for i, in := range inputs {
		r, ok := in.(*reopened)
		if !ok {
			return nil, fmt.Errorf("input %d is none of those that Inputs returns", i)
		}
		list[i] = part{r, ctx}
	}
	m, err := openMerged(list)
	if err != nil {
		return nil, err
	}
	return bind(ctx, m), nil
}

// part is an Input that is merged with others.
type part struct {
	*reopened
	ctx context.Context
}

func (p part) stream(h *handles, buffer int, a *account) (*stream, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.open(p.ctx, h, buffer, a)
}

// reopened is an Input. Files are opened by name each time; a pipe is read once
// and kept in a spool.
type reopened struct {
	named

	mu    sync.Mutex
	first os.FileInfo // of a file, as it was opened first; nil for a pipe
	plain *os.File    // what ReaderAt reads, of a plain file
	spool *spool      // of everything else
	pipe  *stream     // that fills the spool
}

// teller is a Source that tells more.
type teller interface {
	Source
	Warnings() []string
	Progress() (read, total int64)
}

// bound is a Source that is closed when a context is done.
type bound struct {
	teller
	release func() bool
}

func bind(ctx context.Context, s teller) *bound {
	return &bound{s, context.AfterFunc(ctx, func() { s.Close() })}
}

// Close closes the Source; the context is let go.
func (b *bound) Close() error {
	b.release()
	return b.teller.Close()
}

// Open opens the capture.
func (r *reopened) Open(ctx context.Context) (Source, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	a := &account{}
	s, err := r.open(ctx, nil, 0, a)
	if err != nil {
		return nil, err
	}
	a.total.Store(s.size)
	return bind(ctx, s), nil
}

func (r *reopened) open(ctx context.Context, h *handles, buffer int, a *account) (*stream, error) {
	if r.spool != nil && r.first == nil {
		return r.replay(ctx, a)
	}
	s, err := r.stream(h, buffer, a)
	if err == nil && r.first == nil {
		err = r.keep(s)
	}
	return s, err
}

// same fails when a file is not what was opened first. What is no regular file
// is opened once only.
func (r *reopened) same(info os.FileInfo) error {
	switch {
	case r.first != nil:
	case info.Mode().IsRegular():
		r.first = info
	default:
		return nil
	}
	if !os.SameFile(r.first, info) || r.first.Size() != info.Size() || !r.first.ModTime().Equal(info.ModTime()) {
		return &ChangedError{File: r.path}
	}
	return nil
}

// unchanged is same for a file that is still open.
func (r *reopened) checkUnchanged(file *os.File) error {
	info, err := file.Stat()
	if err != nil {
		return err
	}
	return r.same(info)
}

// keep makes a spool of what is read of s, from its first byte on. It closes s
// when that fails.
func (r *reopened) keep(s *stream) error {
	sp, err := newSpool(s.in.name, r.opts)
	if err != nil {
		s.Close()
		return err
	}
	sp.take(s.blk.Buf[:s.n])
	if s.eof { // all was read to tell what the input is
		sp.end(cmp.Or(s.in.fault, io.EOF), false)
	}
	s.in.spool = sp
	r.spool, r.pipe = sp, s
	return nil
}

// replay opens what was kept of a pipe.
func (r *reopened) replay(ctx context.Context, a *account) (*stream, error) {
	if err := r.spool.rest(ctx, r.pipe); err != nil {
		return nil, err
	}
	in := newInput(r.spool.name, r.spool.replay(), a)
	in.packed = r.pipe.in.packed // for messages
	s, err := newStream(in, r.spool.size, bufferSize, a)
	if err != nil {
		return nil, err
	}
	s.log.order, s.log.notes = int32(r.order), r.opts.Notes
	return s, nil
}

// ReaderAt gives the bytes.
func (r *reopened) ReaderAt(ctx context.Context) (io.ReaderAt, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.plain == nil && r.spool == nil {
		if err := r.begin(); err != nil {
			return nil, err
		}
	}
	file, at := r.plain, r.plain
	if r.spool != nil {
		if err := r.spool.rest(ctx, r.pipe); err != nil {
			return nil, err
		}
		file, at = r.pipe.in.file, r.spool.file
	}
	if r.first != nil { // it must not have changed meanwhile
		if err := r.checkUnchanged(file); err != nil {
			return nil, err
		}
	}
	return at, nil
}

// begin opens what ReaderAt reads: a plain file as it is, else a spool.
func (r *reopened) begin() error {
	s, err := r.stream(nil, 0, &account{})
	if err != nil {
		return err
	}
	if r.first == nil || s.in.packed != "" {
		return r.keep(s)
	}
	r.plain = s.in.file
	return nil
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
