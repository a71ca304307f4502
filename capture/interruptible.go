package capture

import (
	"context"
	"io"
)

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

// Interruptible returns a reader of r that ends with the context's error when the
// context does. What r has given by then and nobody has read is lost.
func Interruptible(ctx context.Context, r io.Reader) io.Reader {
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
