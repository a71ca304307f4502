package capture_test

import (
	"bytes"
	"context"
	"io/fs"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"ctiscope/capture"
	"ctiscope/capture/capturetest"
)

// TestMergeOfInputs merges a pipe, a compressed file and a plain one, twice, and
// goes back to the packets' bytes.
func TestMergeOfInputs(t *testing.T) {
	var files [3][]byte
	for i := range files {
		list := frames(4000)
		for k := range list {
			list[k].Time += int64(i*k) * 300
		}
		files[i] = capturetest.Pcap(capture.LinkEthernet, list...)
	}
	names := []string{"-", capturetest.File(t, "b.gz", packed(t, "gzip", files[1])), capturetest.File(t, "c.pcap", files[2])}
	options := func() capture.Options {
		return capture.Options{Stdin: bytes.NewReader(files[0]), SpoolDir: t.TempDir()}
	}
	src, err := capture.Open(names, options())
	require.NoError(t, err)
	want, err := collect(t, src)
	require.NoError(t, err)
	require.Len(t, want, 12000)

	ins := inputs(t, options(), names...)
	for range 2 {
		src, err := capture.Merge(context.Background(), ins)
		require.NoError(t, err)
		got, err := collect(t, src)
		require.NoError(t, err)
		require.Equal(t, want, got)
		require.NoError(t, src.Close())
	}
	of := map[int32][]capture.Packet{}
	for _, p := range want {
		of[p.File] = append(of[p.File], p)
	}
	for i, in := range ins {
		r, err := in.ReaderAt(context.Background())
		require.NoError(t, err)
		requireRecords(t, r, of[int32(i)])
	}
	one, err := capture.Merge(context.Background(), ins[2:])
	require.NoError(t, err)
	list, err := collect(t, one)
	require.NoError(t, err)
	require.Len(t, list, 4000)
	require.EqualValues(t, 2, list[0].File, "counted among all")
}

// TestMergeOfInputsKnowsItsSize merges files in the time of the first.
func TestMergeOfInputsKnowsItsSize(t *testing.T) {
	file := capturetest.Pcap(capture.LinkEthernet, frames(300)...)
	ins := inputs(t, capture.Options{}, capturetest.File(t, "a", file), capturetest.File(t, "b", file))
	ctx := &noted{Context: context.Background()}
	src, err := capture.Merge(ctx, ins)
	require.NoError(t, err)
	_, err = collect(t, src)
	require.NoError(t, err)
	read, total := src.(interface{ Progress() (int64, int64) }).Progress()
	require.EqualValues(t, 2*len(file), total)
	require.Equal(t, total, read)
	require.NoError(t, src.Close())
	require.Zero(t, ctx.waiting.Load())
}

// TestMergeOfInputsThatChange replaces a file before its turn comes.
func TestMergeOfInputsThatChange(t *testing.T) {
	file, later := capturetest.Pcap(capture.LinkEthernet, frames(300)...), frames(300)
	for i := range later {
		later[i].Time += 1e12
	}
	path := filepath.Join(t.TempDir(), "b")
	require.NoError(t, os.WriteFile(path, capturetest.Pcap(capture.LinkEthernet, later...), 0o600))
	ins := inputs(t, capture.Options{}, capturetest.File(t, "a", file), path)
	src, err := capture.Merge(context.Background(), ins)
	require.NoError(t, err)
	defer src.Close()
	require.NoError(t, os.Chtimes(path, time.Now(), time.Now().Add(time.Hour)))
	list, err := collect(t, src)
	require.Len(t, list, 300)
	changed := (*capture.ChangedError)(nil)
	require.ErrorAs(t, err, &changed)
}

func TestMergeOfInputsEndsWithItsContext(t *testing.T) {
	file := capturetest.Pcap(capture.LinkEthernet, frames(9000)...)
	ins := inputs(t, capture.Options{SpoolDir: t.TempDir()}, fifo(t, file), capturetest.File(t, "a", file))
	ctx, cancel := context.WithCancel(context.Background())
	src, err := capture.Merge(ctx, ins)
	require.NoError(t, err)
	cancel()
	for err == nil {
		var blk *capture.Block
		if blk, err = src.Next(); err == nil {
			blk.Release()
		}
	}
	require.ErrorIs(t, err, fs.ErrClosed)
	_, err = capture.Merge(context.Background(), ins)
	require.ErrorIs(t, err, fs.ErrClosed, "the rest of the pipe is lost")
}

func TestMergeOfForeignInputs(t *testing.T) {
	_, err := capture.Merge(context.Background(), make([]capture.Input, 2))
	require.ErrorContains(t, err, "input 0")
	_, err = capture.Merge(context.Background(), nil)
	require.Error(t, err)
}
