package network_test

import (
	"encoding/binary"
	"math/rand/v2"
	"net/netip"
	"testing"

	"github.com/google/gopacket"
	"github.com/google/gopacket/layers"
	"github.com/stretchr/testify/require"

	"ctiscope/capture"
	"ctiscope/capture/capturetest"
	"ctiscope/network"
)

// TestLikeGopacket compares with gopacket's layers over generated packets.
func TestLikeGopacket(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 1))
	d := network.NewDecoder(network.Options{})
	for range 20000 {
		frame := randomFrame(rng)
		p := packet(capture.LinkEthernet, frame)
		var s network.Segment
		require.Equal(t, network.TCP, d.Decode(&p, &s))
		requireLike(t, gopacket.NewPacket(frame, layers.LayerTypeEthernet, gopacket.NoCopy), s)
	}
}

func requireLike(t *testing.T, packet gopacket.Packet, s network.Segment) {
	t.Helper()
	require.Nil(t, packet.ErrorLayer(), "%v", packet)
	var tcp *layers.TCP
	var inner gopacket.NetworkLayer
	for _, l := range packet.Layers() { // the innermost
		switch l := l.(type) {
		case *layers.TCP:
			tcp = l
		case gopacket.NetworkLayer:
			inner = l
		}
	}
	require.NotNil(t, tcp)
	ip := inner.NetworkFlow()
	src, _ := netip.AddrFromSlice(ip.Src().Raw())
	dst, _ := netip.AddrFromSlice(ip.Dst().Raw())
	require.Equal(t, netip.AddrPortFrom(src, uint16(tcp.SrcPort)).String(), s.Src.String())
	require.Equal(t, netip.AddrPortFrom(dst, uint16(tcp.DstPort)).String(), s.Dst.String())
	require.Equal(t, tcp.Seq, s.Seq)
	require.Equal(t, tcp.Ack, s.Ack)
	require.Equal(t, tcp.Window, s.Window)
	require.Equal(t, tcp.Checksum, s.Checksum)
	require.Equal(t, [5]bool{tcp.FIN, tcp.SYN, tcp.RST, tcp.PSH, tcp.ACK}, [5]bool{
		s.Flags&network.FIN != 0, s.Flags&network.SYN != 0, s.Flags&network.RST != 0,
		s.Flags&network.PSH != 0, s.Flags&network.ACK != 0})
	require.Equal(t, string(tcp.Payload), string(s.Payload))
	require.Len(t, tcp.Payload, s.Length)
	if v4, ok := inner.(*layers.IPv4); ok {
		require.Equal(t, v4.Id, s.IPID)
	}
}

// randomFrame returns a frame with TCP in it that gopacket can read too.
func randomFrame(rng *rand.Rand) []byte {
	seg := capturetest.Segment{
		Seq: rng.Uint32(), Ack: rng.Uint32(), Flags: byte(rng.IntN(64)), Window: uint16(rng.IntN(65535) + 1),
		Data: make([]byte, rng.IntN(200)), ID: uint16(rng.Uint32()), TTL: 60,
	}
	for i := range seg.Data {
		seg.Data[i] = byte(rng.Uint32())
	}
	for range rng.IntN(3) {
		seg.Options = append(seg.Options, 1, 1, 1, 1)
	}
	six := rng.IntN(2) == 0
	seg.Src, seg.Dst = randomEnd(rng, six), randomEnd(rng, six)
	ip := seg.Packet()
	switch {
	case six && rng.IntN(2) == 0:
		ip = capturetest.Extension(ip, []byte{0, 60}[rng.IntN(2)], 8*(1+rng.IntN(3)))
	case !six && rng.IntN(3) == 0:
		ip = capturetest.IPv4(capturetest.IPv4Header{Src: seg.Src.Addr(), Dst: seg.Dst.Addr(), Protocol: 6,
			ID: seg.ID, Options: []byte{1, 1, 1, 0}}, seg.TCP())
	}
	switch rng.IntN(8) {
	case 0:
		ip = capturetest.GRE(0x6558, capturetest.GREFlags{Key: true}, capturetest.Ethernet(ip))
	case 1:
		ip = capturetest.VXLAN(rng.Uint32N(1<<24), capturetest.Ethernet(ip))
	case 2:
		ip = capturetest.IPIP(ip)
	}
	frame := capturetest.Ethernet(ip)
	for range rng.IntN(3) {
		frame = capturetest.VLAN(frame, uint16(rng.IntN(4096)))
	}
	return frame
}

func randomEnd(rng *rand.Rand, six bool) netip.AddrPort {
	var a [16]byte
	binary.BigEndian.PutUint64(a[:], rng.Uint64()|1<<63)
	addr := netip.AddrFrom16(a)
	if !six {
		addr = netip.AddrFrom4([4]byte(a[:4]))
	}
	return netip.AddrPortFrom(addr, uint16(1024+rng.IntN(64512)))
}
