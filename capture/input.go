package capture

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"sync/atomic"

	"github.com/klauspost/compress/zstd"
)

// input is the bytes of one capture file, decompressed.
type input struct {
	name   string
	r      io.Reader
	file   *os.File // nil for standard input
	closer []io.Closer
	closed atomic.Bool
	// packed names the compression, "" when there is none.
	packed string
	// spool keeps what is read, nil unless it may be wanted again.
	spool *spool
	// fault is the error, other than io.EOF, that ended the reading.
	fault error
}

// counter counts the bytes that are read from the file as it is on disk.
type counter struct {
	r io.Reader
	n *atomic.Int64
}

// Read reads from the file.
func (c counter) Read(b []byte) (int, error) {
	n, err := c.r.Read(b)
	c.n.Add(int64(n))
	return n, err
}

func newInput(name string, r io.Reader, a *account) *input {
	return &input{name: name, r: counter{r, &a.read}}
}

// Read reads the bytes after decompression.
func (in *input) Read(b []byte) (int, error) {
	n, err := in.r.Read(b)
	if in.spool != nil {
		in.spool.take(b[:n])
		if err != nil {
			in.spool.end(err, in.closed.Load())
		}
	}
	return n, err
}

// enough tells that the rest is of no use: what was read holds every packet that
// will ever be found.
func (in *input) enough() {
	if in.spool != nil {
		in.spool.end(io.EOF, false)
	}
}

// unpack puts a decompressor between the file and its reader; head is what was
// already read.
func (in *input) unpack(packed string, head []byte) {
	in.packed = packed
	r := decompressor(packed, io.MultiReader(bytes.NewReader(bytes.Clone(head)), in.r))
	in.r = r
	in.closer = append([]io.Closer{r}, in.closer...)
}

// failure is the error for a read error at the place that log stands at.
func (in *input) failure(log *journal) error {
	if errors.Is(in.fault, zstd.ErrWindowSizeExceeded) || errors.Is(in.fault, zstd.ErrDecoderSizeExceeded) {
		return &FormatError{
			File: in.name, Found: fmt.Sprintf("a zstd file that takes more than %d MiB of memory to unpack", maxWindow>>20),
			Advice: "read what is in it: zstd -dc --long=31 " + quoted(in.name) + " | ctiscope decode -",
		}
	}
	if in.packed == "" {
		return fmt.Errorf("read %s: %w", in.name, in.fault)
	}
	return &DamageError{
		File: in.name, Packet: log.count, Offset: log.offset,
		What: fmt.Sprintf("the %s data cannot be unpacked (%v)", in.packed, in.fault),
		Err:  in.fault,
	}
}

// Close closes the file and what unpacks it.
func (in *input) Close() error {
	in.closed.Store(true)
	var err error
	for _, c := range in.closer {
		err = errors.Join(err, c.Close())
	}
	return err
}
