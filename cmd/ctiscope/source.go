package main

import (
	"context"
	"errors"
	"io"
	"io/fs"
	"time"

	"ctiscope/capture"
)

// open opens captures and adds advice to what goes wrong.
func (a *app) open(ctx context.Context, paths []string) (capture.Source, error) {
	for _, path := range paths {
		if path == "-" && isTerminal(a.stdin) {
			return nil, withHint(errors.New("standard input is a terminal, not a capture"),
				"pipe a capture in, as in: tcpdump -w - -i eth0 | ctiscope decode -")
		}
	}
	src, err := capture.Open(paths, capture.Options{Stdin: newInterruptible(ctx, a.stdin)})
	if err == nil {
		return src, nil
	}
	return nil, advise(err)
}

// advise adds a hint to an error of capture.Open; of joined errors, to each.
func advise(err error) error {
	if joined, ok := err.(interface{ Unwrap() []error }); ok {
		var list []error
		for _, one := range joined.Unwrap() {
			list = append(list, advise(one))
		}
		return errors.Join(list...)
	}
	var format *capture.FormatError
	switch {
	case errors.As(err, &format):
		return withHint(err, "ctiscope reads pcap and pcapng files, also as .gz and .zst")
	case errors.Is(err, fs.ErrPermission):
		return withHint(err, "the file is there, its permissions keep you from reading it")
	}
	return err
}

// started is a Source whose beginning has been read to learn its time.
type started struct {
	capture.Source
	block *capture.Block
	err   error
	used  bool
}

// peek reads the first block of a source. The time is the zero time for a
// source without packets.
func peek(src capture.Source) (*started, time.Time) {
	s := &started{Source: src}
	s.block, s.err = src.Next()
	if s.err != nil || len(s.block.Packets) == 0 {
		return s, time.Time{}
	}
	return s, time.Unix(0, s.block.Packets[0].Time)
}

// Next returns the block that was read ahead, then those of the source.
func (s *started) Next() (*capture.Block, error) {
	if !s.used {
		s.used = true
		return s.block, s.err
	}
	return s.Source.Next()
}

// interruptible is standard input that ends when a context does: a read from a
// pipe where nothing comes cannot be stopped otherwise.
type interruptible struct {
	ctx    context.Context
	r      io.Reader
	chunks chan chunk
	spare  chan []byte
	chunk  chunk  // at hand
	rest   []byte // of it
}

type chunk struct {
	whole []byte
	n     int
	err   error
}

// chunkSize is how much is read at a time.
const chunkSize = 256 << 10

func newInterruptible(ctx context.Context, r io.Reader) *interruptible {
	return &interruptible{ctx: ctx, r: r}
}

// Read reads on; once the context is done it returns the context's error.
func (i *interruptible) Read(p []byte) (int, error) {
	if i.chunks == nil {
		i.chunks, i.spare = make(chan chunk), make(chan []byte, 2)
		i.spare <- make([]byte, chunkSize)
		i.spare <- make([]byte, chunkSize)
		go i.loop()
	}
	for len(i.rest) == 0 {
		if i.chunk.err != nil {
			return 0, i.chunk.err
		}
		if i.chunk.whole != nil {
			i.spare <- i.chunk.whole
			i.chunk.whole = nil
		}
		select {
		case <-i.ctx.Done():
			return 0, i.ctx.Err()
		case i.chunk = <-i.chunks:
			i.rest = i.chunk.whole[:i.chunk.n]
		}
	}
	n := copy(p, i.rest)
	i.rest = i.rest[n:]
	return n, nil
}

func (i *interruptible) loop() {
	for {
		b := <-i.spare
		n, err := i.r.Read(b)
		select {
		case i.chunks <- chunk{b, n, err}:
		case <-i.ctx.Done():
			return
		}
		if err != nil {
			return
		}
	}
}
