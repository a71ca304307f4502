package capture_test

import (
	"bytes"
	"cmp"
	"fmt"
	"io"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"ctiscope/capture"
	"ctiscope/capture/capturetest"
)

// mergeSlowly is what merging means: the file whose next packet is the earliest
// gives it, the first named when there are several.
func mergeSlowly(files [][]capturetest.Frame) []capturetest.Frame {
	var out []capturetest.Frame
	next := make([]int, len(files))
	for {
		best := -1
		for i, f := range files {
			if next[i] < len(f) && (best < 0 || f[next[i]].Time < files[best][next[best]].Time) {
				best = i
			}
		}
		if best < 0 {
			return out
		}
		out = append(out, files[best][next[best]])
		next[best]++
	}
}

func TestMerge(t *testing.T) {
	cases := []struct {
		name        string
		files, each int
		step        int64 // from a packet to the next
		shift       int64 // from a file to the next
		jitter      int64 // how far times are out of order
	}{
		{"interleaved", 3, 5000, 1000, 1, 0},
		{"same times", 3, 3000, 1000, 0, 0},
		{"one after the other", 40, 300, 1000, 1000 * 300, 0},
		{"in reverse", 10, 300, 1000, -1000 * 300, 0},
		{"overlapping", 20, 700, 1000, 1000 * 350, 0},
		{"out of order", 5, 4000, 1000, 100000, 50000},
		{"many with one packet", 200, 1, 1, 1, 0},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			rng := rand.New(rand.NewPCG(1, 2))
			var files [][]capturetest.Frame
			var paths []string
			for i := range c.files {
				var list []capturetest.Frame
				for k := range c.each {
					at := start + int64(i)*c.shift + int64(k)*c.step
					if c.jitter > 0 {
						at += rng.Int64N(c.jitter)
					}
					data := bytes.Repeat([]byte{byte(i), byte(k), byte(k >> 8)}, 1+rng.IntN(60))
					list = append(list, capturetest.Frame{Data: data, Time: at})
				}
				files = append(files, list)
				content := capturetest.Pcap(capture.LinkRaw, list...)
				if i%2 == 1 {
					content = packed(t, "zstd", capturetest.Pcapng(capture.LinkRaw, list...))
				}
				paths = append(paths, capturetest.File(t, fmt.Sprintf("f%d", i), content))
			}
			src, err := capture.Open(paths, capture.Options{})
			require.NoError(t, err)
			got, err := collect(t, src)
			require.NoError(t, err)
			requireFrames(t, mergeSlowly(files), got, 9)
			for _, p := range got {
				require.Equal(t, paths[p.Data[0]], src.Interfaces()[p.Interface].File)
			}
		})
	}
}

// TestMergeCut goes on with the other files after one is cut or damaged.
func TestMergeCut(t *testing.T) {
	want := frames(300)
	parts := make([][]capturetest.Frame, 3)
	for i, f := range want {
		parts[i%3] = append(parts[i%3], f)
	}
	var paths []string
	for i, p := range parts {
		file := capturetest.Pcap(capture.LinkEthernet, p...)
		switch i {
		case 0:
			file = file[:len(file)-1]
		case 1:
			file = append(file, bytes.Repeat([]byte{0xee}, 5000)...)
		}
		paths = append(paths, capturetest.File(t, fmt.Sprintf("f%d", i), file))
	}
	src, err := capture.Open(paths, capture.Options{})
	require.NoError(t, err)
	got, err := collect(t, src)
	requireFrames(t, slices.Delete(slices.Clone(want), 297, 298), got, 9)
	var cut *capture.CutError
	var damage *capture.DamageError
	require.ErrorAs(t, err, &cut)
	require.ErrorAs(t, err, &damage)
	require.Equal(t, paths[0], cut.File)
	require.Equal(t, paths[1], damage.File)
	require.EqualValues(t, 99, cut.Packets)
}

// TestMergeStdin merges a file with what comes through a pipe.
func TestMergeStdin(t *testing.T) {
	a, b := frames(5000), frames(5000)
	for i := range b {
		b[i].Time += 700
	}
	path := capturetest.File(t, "a.pcap", capturetest.Pcap(capture.LinkEthernet, a...))
	r, w := io.Pipe()
	go func() {
		w.Write(capturetest.Pcap(capture.LinkEthernet, b...))
		w.Close()
	}()
	src, err := capture.Open([]string{path, "-"}, capture.Options{Stdin: r})
	require.NoError(t, err)
	got, err := collect(t, src)
	require.NoError(t, err)
	requireFrames(t, mergeSlowly([][]capturetest.Frame{a, b}), got, 9)
}

// TestMergeRetained keeps every Block until the end: their bytes must not
// change when the files' buffers are used again.
func TestMergeRetained(t *testing.T) {
	a, b := frames(4000), frames(4000)
	for i := range b {
		b[i].Time += int64(i%3) * 1000000
	}
	slices.SortStableFunc(b, func(x, y capturetest.Frame) int { return cmp.Compare(x.Time, y.Time) })
	src, err := capture.Open([]string{
		capturetest.File(t, "a", capturetest.Pcap(capture.LinkEthernet, a...)),
		capturetest.File(t, "b", capturetest.Pcap(capture.LinkEthernet, b...)),
	}, capture.Options{})
	require.NoError(t, err)
	var blocks []*capture.Block
	for {
		blk, err := src.Next()
		if err == io.EOF {
			break
		}
		require.NoError(t, err)
		blocks = append(blocks, blk)
	}
	var got []capture.Packet
	for _, blk := range blocks {
		got = append(got, blk.Packets...)
	}
	requireFrames(t, mergeSlowly([][]capturetest.Frame{a, b}), got, 9)
	for _, blk := range blocks {
		blk.Release()
	}
	require.NoError(t, src.Close())
}
