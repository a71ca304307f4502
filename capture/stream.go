package capture

import (
	"errors"
	"io"
	"io/fs"
	"sync/atomic"
)

// bufferSize is how many bytes of a file a Block holds. Measured with
// BenchmarkReadDecode of package network: 64 KiB and 128 KiB take a third longer,
// 512 KiB and 1 MiB are no faster than 256 KiB.
const bufferSize = 256 << 10

// pipeSize is how many bytes are read at once where they come a few at a time:
// what a pipe holds. A smaller buffer wastes less when a Block is kept for one
// packet.
const pipeSize = 64 << 10

// stream reads one capture from an io.Reader.
type stream struct {
	in   *input
	size int64 // of the file on disk, 0 when not known
	src  format
	log  *journal // of src
	pool *pool
	// blk is the Block being filled; its first n bytes are there, done of them
	// parsed.
	blk  *Block
	n    int
	need int // bytes wanted before the next parse
	eof  bool
	err  error // returned when everything before it was
	stop atomic.Bool
}

// Next reads and parses until there is at least one packet, or a note.
func (s *stream) Next() (*Block, error) {
	for {
		if s.err == nil && s.n < s.need {
			s.fill(s.need)
		}
		if s.err != nil {
			return nil, s.err
		}
		used, more, err := s.src.parse(s.blk.Buf[:s.n], s.eof, s.blk)
		s.log.offset += int64(used)
		blk := s.advance(used, more)
		s.need = max(more, 1)
		switch {
		case err != nil && s.in.fault == nil:
			s.err = err
			s.in.enough()
		case err != nil, more > s.n && s.eof:
			s.err = s.end()
		}
		if blk != nil {
			return blk, nil
		}
	}
}

// advance moves the bytes after the first used ones to the beginning of a
// Block with room for need bytes, and returns the Block before it if it has
// packets.
func (s *stream) advance(used, need int) *Block {
	old := s.blk
	rest := old.Buf[used:s.n]
	s.n = len(rest)
	if old.empty() && need <= len(old.Buf) {
		if len(rest) <= len(old.Buf)/2 {
			copy(old.Buf, rest)
			return nil
		}
		// A search for the next packet goes on byte by byte but looks far
		// ahead: without more room it would move the bytes for every one.
		need *= 2
	}
	s.blk = s.pool.get(need)
	copy(s.blk.Buf, rest)
	if old.empty() {
		old.Release()
		return nil
	}
	return old
}

// fill reads until the Block has need bytes or the input ends. More than need
// is taken as far as one read gives it: a pipe's packets are not kept waiting.
func (s *stream) fill(need int) {
	for s.n < need && !s.eof {
		n, err := s.in.Read(s.blk.Buf[s.n:])
		s.n += n
		switch {
		case s.stop.Load():
			s.err = fs.ErrClosed
			return
		case err == io.EOF:
			s.eof = true
		case err != nil:
			s.eof = true
			s.in.fault = err
		}
	}
}

// end is the error after the last whole packet: io.EOF when nothing is left.
func (s *stream) end() error {
	left := int64(s.n)
	switch err := s.in.fault; {
	case err == nil && left == 0:
		if f, ok := s.src.(interface{ unreadable() error }); ok && f.unreadable() != nil {
			s.log.warnings.forget()
			return f.unreadable()
		}
		return io.EOF
	case left == 0 && s.log.count > 0 && isTrailing(err):
		s.log.warnings.add("%s: what follows the %s data is no %s data and was left out", s.in.name, s.in.packed, s.in.packed)
		return io.EOF
	case err == nil || errors.Is(err, io.ErrUnexpectedEOF):
		return &CutError{File: s.in.name, Packets: s.log.count, Offset: s.log.offset, Left: left}
	default:
		return s.in.failure(s.log)
	}
}

// Interfaces returns the interfaces that the file has named so far.
func (s *stream) Interfaces() []Interface { return s.log.interfaces.all() }

// Warnings returns what was read in spite of damage.
func (s *stream) Warnings() []string { return s.log.warnings.all() }

// Progress returns how many bytes of the file were read and how many it has, 0
// when that is not known.
func (s *stream) Progress() (read, total int64) { return s.log.read.Load(), s.log.total.Load() }

// Close closes the file.
func (s *stream) Close() error {
	if s.stop.Swap(true) {
		return nil
	}
	return s.in.Close()
}
