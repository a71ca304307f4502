package network_test

import (
	"io"
	"net/netip"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"

	"ctiscope/capture"
	"ctiscope/capture/capturetest"
	"ctiscope/network"
)

var plainSegment = capturetest.Segment{
	Src: netip.MustParseAddrPort("10.0.0.1:50000"), Dst: netip.MustParseAddrPort("10.0.0.2:42027"),
	Seq: 1000, Ack: 2000, Flags: capturetest.ACK | capturetest.PSH, Data: make([]byte, 410),
}

func BenchmarkDecode(b *testing.B) {
	cases := []struct {
		name string
		link capture.LinkType
		data []byte
	}{
		{"plain", capture.LinkEthernet, plainSegment.Frame()},
		{"vlan", capture.LinkEthernet, capturetest.VLAN(plainSegment.Frame(), 7)},
	}
	for _, c := range cases {
		b.Run(c.name, func(b *testing.B) {
			d := network.NewDecoder(network.Options{})
			p := capture.Packet{Data: c.data, Length: len(c.data), Link: c.link}
			var s network.Segment
			require.Equal(b, network.TCP, d.Decode(&p, &s))
			b.SetBytes(int64(len(c.data)))
			b.ReportAllocs()
			for b.Loop() {
				d.Decode(&p, &s)
			}
		})
	}
}

// BenchmarkReadDecode reads a capture and decodes its packets: what every packet
// costs before anything is known of it. CTISCOPE_BENCH names the capture; else
// one of 64 MiB with 480 bytes a packet is made.
func BenchmarkReadDecode(b *testing.B) {
	path := os.Getenv("CTISCOPE_BENCH")
	if path == "" {
		path = benchFile(b, 64<<20)
	}
	info, err := os.Stat(path)
	require.NoError(b, err)
	b.SetBytes(info.Size())
	b.ReportAllocs()
	var s network.Segment
	for b.Loop() {
		src, err := capture.Open([]string{path}, capture.Options{})
		require.NoError(b, err)
		d := network.NewDecoder(network.Options{})
		for {
			blk, err := src.Next()
			if err == io.EOF {
				break
			}
			require.NoError(b, err)
			for i := range blk.Packets {
				d.Decode(&blk.Packets[i], &s)
			}
			blk.Release()
		}
		require.NoError(b, src.Close())
	}
}

// benchFile writes a capture of about size bytes.
func benchFile(b *testing.B, size int) string {
	path := filepath.Join(b.TempDir(), "bench.pcap")
	f, err := os.Create(path)
	require.NoError(b, err)
	w, err := capture.NewWriter(f, capture.WriterOptions{
		Format: capture.Pcap, Interfaces: []capture.Interface{{Link: capture.LinkEthernet}},
	})
	require.NoError(b, err)
	seg := plainSegment
	for n := int64(0); w.Size() < int64(size); n++ {
		seg.Seq = uint32(n) * uint32(len(seg.Data))
		data := seg.Frame()
		require.NoError(b, w.Write(&capture.Packet{Data: data, Link: capture.LinkEthernet, Time: 1700000000e9 + n*1e5}))
	}
	require.NoError(b, w.Flush())
	require.NoError(b, f.Close())
	return path
}
