package network_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"ctiscope/capture"
	"ctiscope/capture/capturetest"
	"ctiscope/network"
)

// FuzzDecode decodes any bytes by any link type. Nothing panics, a segment lies
// within its packet, and a VLAN tag before an Ethernet packet changes nothing,
// which holds the short way for plain packets against the long one.
func FuzzDecode(f *testing.F) {
	for _, c := range wrappings() {
		f.Add(uint16(c.link), c.data, uint16(0))
	}
	for _, part := range capturetest.Fragments(seg6.Packet(), 7, 24) {
		f.Add(uint16(capture.LinkRaw), part, uint16(5))
	}
	d := newTracer(network.Options{FragmentPackets: 50, FragmentBytes: 100000, FragmentAge: time.Second, Trace: true})
	var number int64
	f.Fuzz(func(t *testing.T, link uint16, b []byte, missing uint16) {
		number++
		p := capture.Packet{Data: b, Length: len(b) + int(missing), Link: capture.LinkType(link), Number: number, Time: number * 1e7}
		var s network.Segment
		v := d.decode(t, &p, &s)
		requireInside(t, v, s, b)
		for d.incomplete(t, &s) {
			requireInside(t, network.TCP, s, b)
		}
		if p.Link != capture.LinkEthernet || len(b) < 14 {
			return
		}
		a := network.NewDecoder(network.Options{})
		var plain, tagged network.Segment
		v = a.Decode(&p, &plain)
		p.Data = capturetest.VLAN(b, 7)
		p.Length += 4
		require.Equal(t, v, network.NewDecoder(network.Options{}).Decode(&p, &tagged))
		if v == network.TCP {
			if !plain.Owned {
				require.Equal(t, plain.At+4, tagged.At)
			}
			plain.At, tagged.At = 0, 0
			require.Equal(t, plain, tagged)
		}
	})
}

func requireInside(t *testing.T, v network.Verdict, s network.Segment, b []byte) {
	require.LessOrEqual(t, v, network.Unknown)
	if v != network.TCP {
		return
	}
	require.LessOrEqual(t, len(s.Payload), s.Length)
	if !s.Owned {
		require.LessOrEqual(t, len(s.Payload), len(b))
		require.Equal(t, len(s.Payload), cap(s.Payload))
	}
}
