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
func benchFile(b *testing.B, format capture.FileFormat, size int64) string {
	seg := capturetest.Segment{
		Src:   netip.MustParseAddrPort("10.0.0.1:50000"),
		Dst:   netip.MustParseAddrPort("10.0.0.2:42027"),
		Flags: capturetest.ACK, Data: make([]byte, 480-54),
	}
	p := capture.Packet{Data: seg.Frame(), Time: 1700000000e9, Link: capture.LinkEthernet}
	path := filepath.Join(b.TempDir(), "bench")
	f, err := os.Create(path)
	require.NoError(b, err)
	w, err := capture.NewWriter(f, capture.WriterOptions{
		Format: format, Interfaces: []capture.Interface{{Link: capture.LinkEthernet}},
	})
	require.NoError(b, err)
	for ; w.Size() < size; p.Time += 1000 {
		require.NoError(b, w.Write(&p))
	}
	require.NoError(b, w.Flush())
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

func BenchmarkRead(b *testing.B) {
	pcap, pcapng := benchFile(b, capture.Pcap, 64<<20), benchFile(b, capture.Pcapng, 64<<20)
	cases := []struct {
		name  string
		paths []string
	}{
		{"pcap", []string{pcap}},
		{"pcapng", []string{pcapng}},
		{"merged", []string{pcap, pcapng}}, // packet by packet in turn
	}
	for _, c := range cases {
		b.Run(c.name, func(b *testing.B) {
			b.SetBytes(int64(len(c.paths)) * 64 << 20)
			b.ReportAllocs()
			for b.Loop() {
				src, err := capture.Open(c.paths, capture.Options{})
				require.NoError(b, err)
				readAll(b, src)
				require.NoError(b, src.Close())
			}
		})
	}
}

func BenchmarkWrite(b *testing.B) {
	p := capture.Packet{Data: make([]byte, 480), Link: capture.LinkEthernet}
	w, err := capture.NewWriter(io.Discard, capture.WriterOptions{Interfaces: []capture.Interface{{Link: capture.LinkEthernet}}})
	require.NoError(b, err)
	b.SetBytes(480)
	b.ReportAllocs()
	for b.Loop() {
		if err := w.Write(&p); err != nil { // require takes longer than Write
			b.Fatal(err)
		}
	}
}
