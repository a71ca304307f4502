package network_test

import (
	"net/netip"
	"testing"

	"github.com/stretchr/testify/require"

	"ctiscope/capture"
	"ctiscope/capture/capturetest"
	"ctiscope/network"
)

var plainSegment = capturetest.Segment{
	Src: netip.MustParseAddrPort("10.0.0.1:50000"), Dst: netip.MustParseAddrPort("10.0.0.2:42027"),
	Seq: 1000, Ack: 2000, Flags: capturetest.ACK | capturetest.PSH, Data: make([]byte, 400),
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
