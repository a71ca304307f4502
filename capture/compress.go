package capture

import (
	"encoding/binary"
	"errors"
	"io"

	"github.com/klauspost/compress/gzip"
	"github.com/klauspost/compress/zstd"
)

// maxWindow is how far back a zstd file may refer, and so the memory to unpack
// it: what the zstd command accepts without being asked.
const maxWindow = 128 << 20

// compression names the compression of a file that begins with b, "" for none.
func compression(b []byte) string {
	if len(b) < 4 {
		return ""
	}
	m := binary.LittleEndian.Uint32(b)
	switch {
	case m&0xffffff == 0x088b1f:
		return "gzip"
	case m == 0xfd2fb528, m&^0xf == 0x184d2a50: // a frame, a frame to skip
		return "zstd"
	}
	return ""
}

// isTrailing tells whether an error means that after whole compressed data
// something else follows, as zeros do that pad a file on tape.
func isTrailing(err error) bool {
	return errors.Is(err, gzip.ErrHeader) || errors.Is(err, zstd.ErrMagicMismatch)
}

// decompressor unpacks r; files that were joined are unpacked one after the
// other. gzip is unpacked in the caller's goroutine: one of its own, that reads
// ahead, measured no faster while the decoding keeps the cores busy.
func decompressor(packed string, r io.Reader) io.ReadCloser {
	if packed == "gzip" {
		return &gunzip{from: r}
	}
	return &unzstd{from: r}
}

// gunzip unpacks gzip. The header is read with the first bytes, so that a file
// cut inside it is told like any other.
type gunzip struct {
	from io.Reader
	r    *gzip.Reader
}

func (g *gunzip) Read(b []byte) (int, error) {
	if g.r == nil {
		r, err := gzip.NewReader(g.from)
		if err == io.EOF {
			err = io.ErrUnexpectedEOF
		}
		if err != nil {
			return 0, err
		}
		g.r = r
	}
	return g.r.Read(b)
}

// Close has nothing to do.
func (g *gunzip) Close() error { return nil }

// unzstd unpacks zstd.
type unzstd struct {
	from io.Reader
	d    *zstd.Decoder
}

func (z *unzstd) Read(b []byte) (int, error) {
	if z.d == nil {
		d, err := zstd.NewReader(z.from, zstd.WithDecoderMaxWindow(maxWindow), zstd.WithDecoderLowmem(true))
		if err != nil {
			return 0, err
		}
		z.d = d
	}
	return z.d.Read(b)
}

func (z *unzstd) Close() error {
	if z.d != nil {
		z.d.Close()
	}
	return nil
}
