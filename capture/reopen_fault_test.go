package capture_test

import (
	"bytes"
	"context"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"sync/atomic"
	"testing"

	"github.com/stretchr/testify/require"

	"ctiscope/capture"
	"ctiscope/capture/capturetest"
)

// TestPipeClosedEarlyIsTold closes the first Source before its end: what a pipe
// still had is lost, and that must not look like its end.
func TestPipeClosedEarlyIsTold(t *testing.T) {
	file := capturetest.Pcap(capture.LinkEthernet, frames(9000)...)
	for _, cut := range []string{"closed", "cancelled"} {
		t.Run(cut, func(t *testing.T) {
			in := inputs(t, capture.Options{SpoolDir: t.TempDir()}, fifo(t, file))[0]
			ctx, cancel := context.WithCancel(context.Background())
			defer cancel()
			src, err := in.Open(ctx)
			require.NoError(t, err)
			blk, err := src.Next()
			require.NoError(t, err)
			blk.Release()
			if cut == "closed" {
				require.NoError(t, src.Close())
			} else {
				cancel()
				for err == nil {
					_, err = src.Next()
				}
				require.ErrorIs(t, err, fs.ErrClosed)
			}
			for range 2 {
				_, err = in.ReaderAt(context.Background())
				require.ErrorIs(t, err, fs.ErrClosed)
				require.ErrorContains(t, err, "pipe")
				_, err = in.Open(context.Background())
				require.ErrorIs(t, err, fs.ErrClosed)
			}
		})
	}
}

// TestStandardInputClosedEarly is read to its end nevertheless, where it can be.
func TestStandardInputClosedEarly(t *testing.T) {
	file := capturetest.Pcap(capture.LinkEthernet, frames(9000)...)
	for how, b := range map[string][]byte{"": file, "gzip": packed(t, "gzip", file), "zstd": packed(t, "zstd", file)} {
		in := inputs(t, capture.Options{Stdin: bytes.NewReader(b), SpoolDir: t.TempDir()}, "-")[0]
		src, err := in.Open(context.Background())
		require.NoError(t, err)
		require.NoError(t, src.Close())
		_, err = in.ReaderAt(context.Background())
		if how == "zstd" {
			require.ErrorIs(t, err, fs.ErrClosed)
			continue
		}
		require.NoError(t, err)
		require.Len(t, all(t, in), 9000)
	}
}

// TestPipeClosedAtItsEnd closes the first Source when it has given all.
func TestPipeClosedAtItsEnd(t *testing.T) {
	for _, file := range [][]byte{
		capturetest.Pcap(capture.LinkEthernet, frames(9000)...),
		packed(t, "zstd", capturetest.Pcap(capture.LinkEthernet, frames(9000)...)),
		capturetest.Pcap(capture.LinkEthernet),
	} {
		in := inputs(t, capture.Options{SpoolDir: t.TempDir()}, fifo(t, file))[0]
		want := all(t, in)
		_, err := in.ReaderAt(context.Background())
		require.NoError(t, err)
		require.Equal(t, want, all(t, in))
	}
}

// TestPipeGivenUpIsKept gives a pipe up for damage before its end: all packets that
// came are there, and so is the error.
func TestPipeGivenUpIsKept(t *testing.T) {
	file := append(capturetest.Pcap(capture.LinkEthernet, frames(100)...), bytes.Repeat([]byte{0xee}, 20<<20)...)
	in := inputs(t, capture.Options{SpoolDir: t.TempDir()}, fifo(t, file))[0]
	want, _, first := outcome(t, in)
	damage := (*capture.DamageError)(nil)
	require.ErrorAs(t, first, &damage)
	r, err := in.ReaderAt(context.Background())
	require.NoError(t, err)
	requireRecords(t, r, want)
	got, _, second := outcome(t, in)
	require.Equal(t, want, got)
	require.Equal(t, first, second)
}

// TestDamageOfPipeIsToldAgain reads damaged files from a pipe twice.
func TestDamageOfPipeIsToldAgain(t *testing.T) {
	gz := packed(t, "gzip", capturetest.Pcap(capture.LinkEthernet, frames(9000)...))
	zst := packed(t, "zstd", capturetest.Pcap(capture.LinkEthernet, frames(9000)...))
	small := packed(t, "gzip", capturetest.Pcap(capture.LinkEthernet, frames(1)...))
	cases := map[string]io.Reader{
		"gzip damaged":      bytes.NewReader(overwritten(gz, len(gz)/2)),
		"gzip checksum":     bytes.NewReader(overwritten(gz, len(gz)-8)),
		"one packet":        bytes.NewReader(overwritten(small, len(small)-8)),
		"gzip cut":          bytes.NewReader(gz[:len(gz)-4]),
		"zstd damaged":      bytes.NewReader(overwritten(zst, len(zst)/2)),
		"more after gzip":   bytes.NewReader(append(bytes.Clone(gz), "something else"...)),
		"pipe that fails":   faulty{bytes.NewReader(capturetest.Pcap(capture.LinkEthernet, frames(9000)...))},
		"nothing is broken": bytes.NewReader(gz),
	}
	for name, r := range cases {
		t.Run(name, func(t *testing.T) {
			in := inputs(t, capture.Options{Stdin: r, SpoolDir: t.TempDir()}, "-")[0]
			want, warned, first := outcome(t, in)
			got, warnedAgain, second := outcome(t, in)
			require.Equal(t, want, got)
			require.Equal(t, warned, warnedAgain)
			require.Equal(t, first, second)
			require.IsType(t, first, second)
		})
	}
}

// outcome reads an Input and returns the packets, the warnings and the error.
func outcome(t *testing.T, in capture.Input) ([]capture.Packet, []string, error) {
	t.Helper()
	src, err := in.Open(context.Background())
	require.NoError(t, err)
	defer src.Close()
	list, err := collect(t, src)
	return list, src.(interface{ Warnings() []string }).Warnings(), err
}

// overwritten returns b with the 8 bytes at an offset changed.
func overwritten(b []byte, at int) []byte {
	b = bytes.Clone(b)
	for i := at; i < min(at+8, len(b)); i++ {
		b[i] ^= 0x5a
	}
	return b
}

// TestPlainFileNeedsNoFolder reads a file in place where nothing can be written.
func TestPlainFileNeedsNoFolder(t *testing.T) {
	missing := filepath.Join(t.TempDir(), "missing")
	plain := capturetest.File(t, "a.pcap", capturetest.Pcap(capture.LinkEthernet, frames(3)...))
	in := inputs(t, capture.Options{SpoolDir: missing}, plain)[0]
	r, err := in.ReaderAt(context.Background())
	require.NoError(t, err)
	requireRecords(t, r, all(t, in))

	gz := capturetest.File(t, "a.gz", packed(t, "gzip", capturetest.Pcap(capture.LinkEthernet, frames(3)...)))
	_, err = inputs(t, capture.Options{SpoolDir: missing}, gz)[0].ReaderAt(context.Background())
	require.ErrorIs(t, err, fs.ErrNotExist)
}

func TestInputProgress(t *testing.T) {
	file := packed(t, "gzip", capturetest.Pcap(capture.LinkEthernet, frames(100)...))
	in := inputs(t, capture.Options{}, capturetest.File(t, "a.gz", file))[0]
	src, err := in.Open(context.Background())
	require.NoError(t, err)
	defer src.Close()
	_, err = collect(t, src)
	require.NoError(t, err)
	read, total := src.(interface{ Progress() (int64, int64) }).Progress()
	require.EqualValues(t, len(file), total)
	require.EqualValues(t, len(file), read)
}

// TestFileOfTheSameNameIsTold puts another file in the place of the first, and
// writes to the first.
func TestFileOfTheSameNameIsTold(t *testing.T) {
	dir := t.TempDir()
	path, other := filepath.Join(dir, "a.pcap"), filepath.Join(dir, "b.pcap")
	file := capturetest.Pcap(capture.LinkEthernet, frames(3)...)
	require.NoError(t, os.WriteFile(path, file, 0o600))
	require.NoError(t, os.WriteFile(other, []byte("text"), 0o600))
	in := inputs(t, capture.Options{}, path)[0]
	list := all(t, in)
	r, err := in.ReaderAt(context.Background())
	require.NoError(t, err)
	require.NoError(t, os.Rename(other, path))
	changed := (*capture.ChangedError)(nil)
	_, err = in.Open(context.Background())
	require.ErrorAs(t, err, &changed, "not that it is a text file")
	requireRecords(t, r, list)
	r, err = in.ReaderAt(context.Background())
	require.NoError(t, err, "the file that was opened is as it was")
	requireRecords(t, r, list)
}

// noted is a context that counts what waits for its end.
type noted struct {
	context.Context
	waiting atomic.Int32
}

func (n *noted) Done() <-chan struct{} { return make(chan struct{}) }

// AfterFunc is what package context calls instead of waiting for Done.
func (n *noted) AfterFunc(func()) func() bool {
	n.waiting.Add(1)
	return func() bool { n.waiting.Add(-1); return true }
}

func TestClosedSourceWaitsForNothing(t *testing.T) {
	path := capturetest.File(t, "a.pcap", capturetest.Pcap(capture.LinkEthernet, frames(3)...))
	in := inputs(t, capture.Options{}, path)[0]
	ctx := &noted{Context: context.Background()}
	src, err := in.Open(ctx)
	require.NoError(t, err)
	require.EqualValues(t, 1, ctx.waiting.Load())
	require.NoError(t, src.Close())
	require.Zero(t, ctx.waiting.Load())
}
