package capture_test

import (
	"errors"
	"io"
	"net/netip"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"

	"ctiscope/capture"
	"ctiscope/capture/capturetest"
)

// benchFile writes a capture of about size bytes with packets of 480 bytes.
func benchFile(b *testing.B, size int) string {
	seg := capturetest.Segment{
		Src:   netip.MustParseAddrPort("10.0.0.1:50000"),
		Dst:   netip.MustParseAddrPort("10.0.0.2:42027"),
		Flags: capturetest.ACK, Data: make([]byte, 480-54),
	}
	one := capturetest.Pcap(capture.LinkEthernet, capturetest.Frame{Data: seg.Frame(), Time: 1700000000e9})
	path := filepath.Join(b.TempDir(), "bench.pcap")
	f, err := os.Create(path)
	require.NoError(b, err)
	_, err = f.Write(one[:24])
	require.NoError(b, err)
	run := make([]byte, 0, 1<<20)
	for len(run)+len(one) < 1<<20 {
		run = append(run, one[24:]...)
	}
	for n := 0; n < size; n += len(run) {
		_, err = f.Write(run)
		require.NoError(b, err)
	}
	require.NoError(b, f.Close())
	return path
}

func readAll(tb testing.TB, src capture.Source) (packets int64) {
	for {
		blk, err := src.Next()
		if errors.Is(err, io.EOF) {
			return packets
		}
		require.NoError(tb, err)
		packets += int64(len(blk.Packets))
		blk.Release()
	}
}

func BenchmarkReadPcap(b *testing.B) {
	path := benchFile(b, 64<<20)
	info, err := os.Stat(path)
	require.NoError(b, err)
	b.SetBytes(info.Size())
	b.ReportAllocs()
	for b.Loop() {
		src, err := capture.Open([]string{path}, capture.Options{})
		require.NoError(b, err)
		readAll(b, src)
		require.NoError(b, src.Close())
	}
}
