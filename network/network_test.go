package network_test

import (
	"encoding/binary"
	"fmt"
	"net/netip"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"ctiscope/capture"
	"ctiscope/capture/capturetest"
	"ctiscope/network"
)

var (
	seg4 = capturetest.Segment{
		Src: netip.MustParseAddrPort("10.1.2.3:50123"), Dst: netip.MustParseAddrPort("10.200.1.255:42027"),
		Seq: 0xdeadbeef, Ack: 0x01020304, Flags: capturetest.ACK | capturetest.PSH, Window: 512, ID: 0xabcd,
		Options: []byte{1, 1, 8, 10, 0, 0, 0, 1, 0, 0, 0, 2}, Data: []byte("\x00\x00\x00\x08\x00\x00\x00\x03payload!"),
	}
	seg6 = capturetest.Segment{
		Src: netip.MustParseAddrPort("[2001:db8::1]:50123"), Dst: netip.MustParseAddrPort("[2001:db8:ffff::2]:42027"),
		Seq: 7, Flags: capturetest.SYN | capturetest.URG, Data: []byte("data with SYN"),
	}
)

// packet is a captured packet of whole length.
func packet(link capture.LinkType, b []byte) capture.Packet {
	return capture.Packet{Data: b, Length: len(b), Link: link, Time: 1e18, Number: 9}
}

// requireSegment compares a decoded segment with the one that was built.
func requireSegment(t testing.TB, want capturetest.Segment, got network.Segment) {
	t.Helper()
	require.Equal(t, want.Src.String(), got.Src.String())
	require.Equal(t, want.Dst.String(), got.Dst.String())
	require.Equal(t, want.Seq, got.Seq)
	require.Equal(t, want.Ack, got.Ack)
	require.Equal(t, network.Flags(want.Flags&0x1f), got.Flags)
	require.Equal(t, string(want.Data), string(got.Payload))
	require.Equal(t, len(want.Data), got.Length)
	require.Equal(t, want.ID, got.IPID)
	require.Equal(t, binary.BigEndian.Uint16(want.TCP()[16:]), got.Checksum)
	window := want.Window
	if window == 0 {
		window = 0xffff
	}
	require.Equal(t, window, got.Window)
}

// wrapped is a segment in some wrapping.
type wrapped struct {
	name    string
	link    capture.LinkType
	data    []byte
	want    capturetest.Segment
	tunnels []string
}

// wrappings returns every kind of packet that is read.
func wrappings() []wrapped {
	ether, ip4, ip6 := seg4.Frame(), seg4.Packet(), seg6.Packet()
	eth := func(name string, ip []byte, want capturetest.Segment, tunnels ...string) wrapped {
		return wrapped{name, capture.LinkEthernet, capturetest.Ethernet(ip), want, tunnels}
	}
	frame := func(name string, b []byte, want capturetest.Segment, tunnels ...string) wrapped {
		return wrapped{name, capture.LinkEthernet, b, want, tunnels}
	}
	link := func(name string, l capture.LinkType, b []byte, want capturetest.Segment) wrapped {
		return wrapped{name, l, b, want, nil}
	}
	all := capturetest.GREFlags{Checksum: true, Key: true, Sequence: true}
	options := capturetest.IPv4(capturetest.IPv4Header{
		Src: seg4.Src.Addr(), Dst: seg4.Dst.Addr(), Protocol: 6, ID: seg4.ID, Options: []byte{1, 1, 1, 0},
	}, seg4.TCP())
	snap := append([]byte{0, 0, 0, 0, 0, 2, 0, 0, 0, 0, 0, 1, 0, byte(8 + len(ip4)), 0xaa, 0xaa, 3, 0, 0, 0, 8, 0}, ip4...)
	ah := append([]byte{6, 4, 0, 0, 0, 0, 0, 1, 0, 0, 0, 1, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12}, seg4.TCP()...)
	cmd := append([]byte{1, 1, 0, 1, 0, 9, 8, 0}, ip4...)
	vntag := append([]byte{0, 0, 0, 7, 8, 0}, ip4...)
	gtp := append([]byte{0x36, 255, 0, 0, 0, 0, 0, 1, 0, 9, 0, 0x85, 1, 0, 0, 0}, ip4...)
	gpe := append([]byte{0x0c, 0, 0, 1, 0, 0, 1, 0}, ip4...)
	auth6 := capturetest.Extension(ip6, 60, 16)
	list := []wrapped{
		frame("Ethernet", ether, seg4),
		eth("IPv4 options", options, seg4),
		eth("IPv6", ip6, seg6),
		frame("802.1Q", capturetest.VLAN(ether, 100), seg4),
		frame("802.1ad", capturetest.Tag(capturetest.VLAN(ether, 100), 0x88a8, 7), seg4),
		frame("QinQ before 802.1ad", capturetest.Tag(capturetest.VLAN(ether, 100), 0x9100, 7), seg4),
		frame("VN-Tag", capturetest.EthernetType(0x8926, vntag), seg4),
		frame("Cisco metadata", capturetest.VLAN(capturetest.EthernetType(0x8909, cmd), 5), seg4),
		frame("SNAP", snap, seg4),
		eth("hop-by-hop options", capturetest.Extension(ip6, 0, 8), seg6),
		eth("chain of extensions", capturetest.Extension(capturetest.Extension(auth6, 43, 24), 0, 8), seg6),
		eth("atomic fragment", capturetest.Fragments(ip6, 99, 4096)[0], seg6),
		eth("authentication header", capturetest.IPv4(capturetest.IPv4Header{
			Src: seg4.Src.Addr(), Dst: seg4.Dst.Addr(), Protocol: 51, ID: seg4.ID}, ah), seg4),

		link("Linux cooked", capture.LinkLinuxSLL, capturetest.SLL(ip4, 0), seg4),
		link("Linux cooked, VLAN", capture.LinkLinuxSLL, capturetest.SLL(ip6, 5), seg6),
		link("Linux cooked 2", capture.LinkLinuxSLL2, capturetest.SLL2(ip6, 0), seg6),
		link("Linux cooked 2, VLAN", capture.LinkLinuxSLL2, capturetest.SLL2(ip4, 9), seg4),
		link("raw IP", capture.LinkRaw, ip6, seg6),
		link("raw IPv4", capture.LinkIPv4, ip4, seg4),
		link("raw IPv6", capture.LinkIPv6, ip6, seg6),
		link("BSD loopback", capture.LinkNull, capturetest.Null(ip4, binary.LittleEndian, 0), seg4),
		link("BSD loopback, big-endian", capture.LinkNull, capturetest.Null(ip4, binary.BigEndian, 0), seg4),
		link("NetBSD loopback, IPv6", capture.LinkNull, capturetest.Null(ip6, binary.LittleEndian, 24), seg6),
		link("FreeBSD loopback, IPv6", capture.LinkNull, capturetest.Null(ip6, binary.BigEndian, 28), seg6),
		link("macOS loopback, IPv6", capture.LinkNull, capturetest.Null(ip6, binary.LittleEndian, 30), seg6),
		link("OpenBSD loopback", capture.LinkLoop, capturetest.Null(ip6, binary.BigEndian, 24), seg6),
		link("PPP", capture.LinkPPP, capturetest.PPP(ip4), seg4),
		link("PPP without address", capture.LinkPPP, capturetest.PPP(ip6)[2:], seg6),
		link("PPP with short protocol", capture.LinkPPP, capturetest.PPP(ip4)[3:], seg4),
		link("PPP in HDLC", capture.LinkPPPHDLC, capturetest.PPP(ip6), seg6),
		link("Cisco HDLC", capture.LinkPPPHDLC, capturetest.CiscoHDLC(ip4), seg4),
		link("Cisco HDLC by its own type", 104, capturetest.CiscoHDLC(ip6), seg6),
		link("MPLS", 219, capturetest.MPLS([]uint32{5}, ip4)[14:], seg4),
		{"PPPoE without Ethernet", capture.LinkPPPEther, capturetest.PPPoE(7, ip4)[14:], seg4, []string{"PPPoE"}},

		eth("VXLAN", capturetest.VXLAN(42, ether), seg4, "VXLAN"),
		eth("VXLAN of old Linux", capturetest.UDP(1, 8472, append([]byte{8, 0, 0, 0, 0, 0, 1, 0}, ether...)), seg4, "VXLAN"),
		eth("VXLAN-GPE", capturetest.UDP(1, 4790, gpe), seg4, "VXLAN-GPE"),
		eth("GENEVE", capturetest.Geneve(42, nil, ether), seg4, "GENEVE"),
		eth("GENEVE with options", capturetest.Geneve(42, make([]byte, 60), capturetest.VLAN(ether, 3)), seg4, "GENEVE"),
		eth("GRE", capturetest.GRE(0x0800, capturetest.GREFlags{}, ip4), seg4, "GRE"),
		eth("GRE with all parts", capturetest.GRE(0x86dd, all, ip6), seg6, "GRE"),
		eth("GRE of frames", capturetest.GRE(0x6558, capturetest.GREFlags{Key: true}, ether), seg4, "GRE"),
		eth("ERSPAN I", capturetest.ERSPAN1(ether), seg4, "ERSPAN I"),
		eth("ERSPAN II", capturetest.ERSPAN2(5, capturetest.VLAN(ether, 2)), seg4, "ERSPAN II"),
		eth("ERSPAN III", capturetest.ERSPAN3(5, false, ether), seg4, "ERSPAN III"),
		eth("ERSPAN III with a sub-header", capturetest.ERSPAN3(5, true, ether), seg4, "ERSPAN III"),
		eth("IP in IP", capturetest.IPIP(ip4), seg4, "IP in IP"),
		eth("6in4", capturetest.IPIP(ip6), seg6, "6in4"),
		eth("IPv4 in IPv6", capturetest.IPv6(seg6.Src.Addr(), seg6.Dst.Addr(), 4, ip4), seg4, "IP in IP"),
		eth("EtherIP", capturetest.Wrap(97, append([]byte{0x30, 0}, ether...)), seg4, "EtherIP"),
		eth("GTP-U", capturetest.UDP(2152, 2152, gtp), seg4, "GTP-U"),
		frame("MPLS, IPv4", capturetest.MPLS([]uint32{16, 17, 18}, ip4), seg4, "MPLS"),
		frame("MPLS, IPv6", capturetest.MPLS([]uint32{2}, ip6), seg6, "MPLS"),
		frame("MPLS, frame with control word", capturetest.MPLS([]uint32{99}, append(make([]byte, 4), ether...)), seg4, "MPLS"),
		frame("MPLS, frame", capturetest.MPLS([]uint32{99}, ether), seg4, "MPLS"),
		frame("MAC in MAC", capturetest.EthernetType(0x88e7, append(make([]byte, 4), ether...)), seg4, "MAC in MAC"),
		frame("PPPoE", capturetest.VLAN(capturetest.PPPoE(7, ip6), 35), seg6, "PPPoE"),
		eth("mirror of a mirror", capturetest.ERSPAN2(1, capturetest.Ethernet(capturetest.VXLAN(2, ether))),
			seg4, "ERSPAN II", "VXLAN"),
	}
	for i := range list { // the link types of MPLS count as tunnels too
		if list[i].link == 219 {
			list[i].tunnels = []string{"MPLS"}
		}
	}
	return append(list, rareWrappings()...)
}

func TestDecode(t *testing.T) {
	for _, c := range wrappings() {
		t.Run(c.name, func(t *testing.T) {
			d := network.NewDecoder(network.Options{})
			p := packet(c.link, c.data)
			var s network.Segment
			require.Equal(t, network.TCP, d.Decode(&p, &s))
			requireSegment(t, c.want, s)
			require.False(t, s.Owned)
			require.EqualValues(t, 9, s.Number)
			require.EqualValues(t, 1e18, s.Time)
			var tunnels []string
			for _, n := range d.Counters().Tunnels {
				require.EqualValues(t, 1, n.Packets)
				tunnels = append(tunnels, n.Name)
			}
			require.ElementsMatch(t, c.tunnels, tunnels)
			require.EqualValues(t, 1, d.Counters().TCP)
			require.Empty(t, d.Counters().Unknowns)
		})
	}
}

// TestDecodePrefixes cuts every kind of packet at every byte, once as the snap
// length does and once as if that were the whole packet.
func TestDecodePrefixes(t *testing.T) {
	for _, c := range wrappings() {
		t.Run(c.name, func(t *testing.T) {
			d := network.NewDecoder(network.Options{})
			var s network.Segment
			header := len(c.data) // up to the end of the TCP header
			for n := len(c.data) - 1; n >= 0; n-- {
				p := packet(c.link, c.data[:n:n])
				d.Decode(&p, &s)
				p.Length = len(c.data)
				v := d.Decode(&p, &s)
				if v == network.TCP {
					header = n
					require.Equal(t, len(c.want.Data), s.Length)
					require.Equal(t, string(c.want.Data[:len(s.Payload)]), string(s.Payload))
					require.Equal(t, c.want.Seq, s.Seq)
					continue
				}
				require.Less(t, n, header, "no gaps")
				require.NotEqual(t, network.Malformed, v, "%d of %d bytes", n, len(c.data))
			}
			require.Less(t, header, len(c.data)-len(c.want.Data)+1)
		})
	}
}

func TestDecodeLengths(t *testing.T) {
	change := func(change func(b []byte) []byte) []byte { return change(seg4.Frame()) }
	cases := []struct {
		name    string
		data    []byte
		wire    int // 0: as captured
		verdict network.Verdict
		payload int
		length  int
	}{
		{"padding is no data", capturetest.Segment{Src: seg4.Src, Dst: seg4.Dst, Data: []byte("x")}.Frame(), 0, network.TCP, 1, 1},
		{"no data", capturetest.Segment{Src: seg4.Src, Dst: seg4.Dst}.Frame(), 0, network.TCP, 0, 0},
		{"snapped", seg4.Frame()[:70], len(seg4.Frame()), network.TCP, 4, 16},
		{"snapped in the TCP options", seg4.Frame()[:60], len(seg4.Frame()), network.TCP, 0, 16},
		{"snapped in the TCP header", seg4.Frame()[:53], len(seg4.Frame()), network.Snapped, 0, 0},
		{"shorter than it says, length not told", seg4.Frame()[:70], 0, network.TCP, 4, 16},
		{"length 0, as large offload leaves it", change(func(b []byte) []byte { b[16], b[17] = 0, 0; return b }), 0, network.TCP, 16, 16},
		{"length 0, snapped", change(func(b []byte) []byte { b[16], b[17] = 0, 0; return b[:70] }), 66 + 3000, network.TCP, 4, 3000},
		{"length less than the header", change(func(b []byte) []byte { b[17] = 19; return b }), 0, network.Malformed, 0, 0},
		{"length less than the TCP header", change(func(b []byte) []byte { b[17] = 39; return b }), 0, network.Malformed, 0, 0},
		{"TCP header beyond the packet", change(func(b []byte) []byte { b[46] = 0xf0; return b }), 0, network.Malformed, 0, 0},
		{"TCP header too small", change(func(b []byte) []byte { b[46] = 0x40; return b }), 0, network.Malformed, 0, 0},
		{"IP header too small", change(func(b []byte) []byte { b[14] = 0x44; return b }), 0, network.Malformed, 0, 0},
		{"IP header beyond the packet", change(func(b []byte) []byte { b[14], b[17] = 0x4f, 60; return b[:60] }), 0, network.Snapped, 0, 0},
		{"another version", change(func(b []byte) []byte { b[14] = 0x55; return b }), 0, network.Malformed, 0, 0},
		{"empty", nil, 0, network.Malformed, 0, 0},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			// Once plain and once with a tag, which takes the long way.
			for _, tag := range []bool{false, true} {
				p := packet(capture.LinkEthernet, c.data)
				p.Length = max(c.wire, len(c.data))
				if tag && len(c.data) > 14 {
					p.Data = capturetest.VLAN(p.Data, 1)
					p.Length += 4
				}
				d := network.NewDecoder(network.Options{})
				var s network.Segment
				require.Equal(t, c.verdict, d.Decode(&p, &s))
				if c.verdict == network.TCP {
					require.Len(t, s.Payload, c.payload)
					require.Equal(t, c.length, s.Length)
				}
			}
		})
	}
}

func TestDecodeOther(t *testing.T) {
	eth := capturetest.EthernetType
	some := make([]byte, 60)
	deep := seg4.Packet()
	for range 9 {
		deep = capturetest.IPIP(deep)
	}
	cases := []struct {
		name    string
		link    capture.LinkType
		data    []byte
		verdict network.Verdict
		unknown string
	}{
		{"ARP", capture.LinkEthernet, eth(0x0806, some), network.NotIP, ""},
		{"LLDP", capture.LinkEthernet, eth(0x88cc, some), network.NotIP, ""},
		{"spanning tree", capture.LinkEthernet, append([]byte("\x01\x80\xc2\x00\x00\x00\x02\x00\x00\x00\x00\x01\x00\x26\x42\x42\x03"), some...), network.NotIP, ""},
		{"MACsec", capture.LinkEthernet, eth(0x88e5, some), network.Unknown, "MACsec (EtherType 0x88e5)"},
		{"EtherType", capture.LinkEthernet, eth(0x1234, some), network.Unknown, "EtherType 0x1234"},
		{"UDP", capture.LinkEthernet, capturetest.Ethernet(capturetest.UDP(5060, 5060, some)), network.NotTCP, ""},
		{"ICMP", capture.LinkEthernet, capturetest.Ethernet(capturetest.Wrap(1, some)), network.NotTCP, ""},
		{"ESP", capture.LinkEthernet, capturetest.Ethernet(capturetest.Wrap(50, some)), network.Unknown, "IPsec ESP (IP protocol 50)"},
		{"IP protocol", capture.LinkEthernet, capturetest.Ethernet(capturetest.Wrap(200, some)), network.Unknown, "IP protocol 200"},
		{"CAPWAP", capture.LinkEthernet, capturetest.Ethernet(capturetest.UDP(9, 5247, some)), network.NotTCP, ""},
		{"PPTP", capture.LinkEthernet, capturetest.Ethernet(capturetest.Wrap(47, []byte{0x30, 1, 0x88, 0x0b, 0, 0, 0, 0})), network.Unknown, "GRE with flags 0x0001"},
		{"GRE keepalive", capture.LinkEthernet, capturetest.Ethernet(capturetest.GRE(0, capturetest.GREFlags{}, nil)), network.NotTCP, ""},
		{"GRE with IS-IS", capture.LinkEthernet, capturetest.Ethernet(capturetest.GRE(0x00fe, capturetest.GREFlags{}, some)), network.NotIP, ""},
		{"VXLAN's port without VXLAN", capture.LinkEthernet, capturetest.Ethernet(capturetest.UDP(9, 4789, some)), network.NotTCP, ""},
		{"GENEVE of another version", capture.LinkEthernet, capturetest.Ethernet(capturetest.UDP(9, 6081, append([]byte{0x40}, some...))), network.NotTCP, ""},
		{"GTP that is no user data", capture.LinkEthernet, capturetest.Ethernet(capturetest.UDP(9, 2152, append([]byte{0x30, 1}, some...))), network.NotTCP, ""},
		{"GTP extension of no length", capture.LinkEthernet, capturetest.Ethernet(capturetest.UDP(9, 2152,
			append([]byte{0x34, 255, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0x85, 0}, some...))), network.Malformed, ""},
		{"MPLS with something", capture.LinkEthernet, capturetest.MPLS([]uint32{5}, append([]byte("\xffabcdefghijklmnopqrs"), some...)), network.Unknown, "MPLS with neither IP nor Ethernet in it"},
		{"PPPoE discovery", capture.LinkEthernet, eth(0x8863, some), network.NotIP, ""},
		{"PPP control", capture.LinkPPP, []byte{0xff, 3, 0xc0, 0x21, 1, 2}, network.NotIP, ""},
		{"PPP compressed", capture.LinkPPP, []byte{0xff, 3, 0, 0xfd, 1, 2}, network.Unknown, "compressed (PPP protocol 0x00fd)"},
		{"loopback with another family", capture.LinkNull, []byte{7, 0, 0, 0, 1, 2}, network.Unknown, "address family 7"},
		{"Linux cooked, CAN", capture.LinkLinuxSLL, append([]byte{15: 0x0c}, some...), network.NotIP, ""},
		{"link type", 147, some, network.Unknown, "private use (link type 147)"},
		{"IPv6 without data", capture.LinkRaw, capturetest.IPv6(seg6.Src.Addr(), seg6.Dst.Addr(), 59, some), network.NotTCP, ""},
		{"tunnels in tunnels", capture.LinkRaw, deep, network.Unknown, "too many tunnels in one another"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			d := network.NewDecoder(network.Options{})
			p := packet(c.link, c.data)
			var s network.Segment
			v := d.Decode(&p, &s)
			require.Equal(t, c.verdict.String(), v.String())
			if c.unknown == "" {
				require.Empty(t, d.Counters().Unknowns)
			} else {
				require.Equal(t, []network.Count{{Name: c.unknown, Packets: 1}}, d.Counters().Unknowns)
			}
		})
	}
}

// TestDecodeDepth nests tunnels up to the limit.
func TestDecodeDepth(t *testing.T) {
	ip := seg4.Packet()
	d := network.NewDecoder(network.Options{Depth: 3})
	for n := range 6 {
		p := packet(capture.LinkRaw, ip)
		var s network.Segment
		want := network.TCP
		if n > 3 {
			want = network.Unknown
		}
		require.Equal(t, want, d.Decode(&p, &s), "%d tunnels", n)
		ip = capturetest.IPIP(ip)
	}
}

func TestVXLANPorts(t *testing.T) {
	inner := append([]byte{8, 0, 0, 0, 0, 0, 1, 0}, seg4.Frame()...)
	p := packet(capture.LinkRaw, capturetest.UDP(1, 14789, inner))
	var s network.Segment
	require.Equal(t, network.NotTCP, network.NewDecoder(network.Options{}).Decode(&p, &s))
	require.Equal(t, network.TCP, network.NewDecoder(network.Options{VXLANPorts: []uint16{14789}}).Decode(&p, &s))
}

// TestUnknownBounded sees more unknown EtherTypes than are told apart.
func TestUnknownBounded(t *testing.T) {
	d := network.NewDecoder(network.Options{})
	var s network.Segment
	for n := range 1000 {
		p := packet(capture.LinkEthernet, capturetest.EthernetType(uint16(0x3000+n), make([]byte, 46)))
		require.Equal(t, network.Unknown, d.Decode(&p, &s))
	}
	list := d.Counters().Unknowns
	require.Len(t, list, 257)
	require.Equal(t, network.Count{Name: "others", Packets: 744}, list[0])
}

// byGopacket are those that gopacket reads: it makes objects.
var byGopacket = []string{"FDDI", "radiotap", "radiotap with a check sum", "radiotap with padding", "Prism"}

// TestDecodeAllocations pins that no kind of packet that is read here costs memory.
func TestDecodeAllocations(t *testing.T) {
	d := network.NewDecoder(network.Options{})
	for _, c := range wrappings() {
		if slices.Contains(byGopacket, c.name) {
			continue
		}
		p := packet(c.link, c.data)
		var s network.Segment
		require.Zero(t, testing.AllocsPerRun(10, func() { d.Decode(&p, &s) }), c.name)
	}
	p := packet(capture.LinkEthernet, capturetest.EthernetType(0x88e5, make([]byte, 46)))
	var s network.Segment
	require.Zero(t, testing.AllocsPerRun(10, func() { d.Decode(&p, &s) }), "unknown")
}

func TestCounters(t *testing.T) {
	d := network.NewDecoder(network.Options{})
	var s network.Segment
	for i, b := range [][]byte{seg4.Frame(), seg4.Frame(), capturetest.EthernetType(0x0806, make([]byte, 46)),
		capturetest.Ethernet(capturetest.Wrap(1, nil)), seg4.Frame()[:10],
		capturetest.EthernetType(0x88e5, nil), capturetest.Ethernet(capturetest.IPIP(seg6.Packet())),
		capturetest.Ethernet(capturetest.Fragments(seg4.Packet(), 1, 8)[0])} {
		p := packet(capture.LinkEthernet, b)
		if i == 4 {
			p.Length = 70
		}
		d.Decode(&p, &s)
	}
	require.Equal(t, network.Counters{
		Packets: 8, TCP: 3, NotIP: 1, NotTCP: 1, Snapped: 1, Unknown: 1, Fragments: 1,
		Tunnels:  []network.Count{{Name: "6in4", Packets: 1}},
		Unknowns: []network.Count{{Name: "MACsec (EtherType 0x88e5)", Packets: 1}},
	}, d.Counters())
	for v := network.TCP; v <= network.Unknown; v++ {
		require.NotEmpty(t, fmt.Sprint(v))
	}
}

// TestKnownPorts names every UDP port that is told as an unread tunnel.
func TestKnownPorts(t *testing.T) {
	var s network.Segment
	known := 0
	for port := range 1 << 16 {
		d := network.NewDecoder(network.Options{})
		p := packet(capture.LinkRaw, capturetest.UDP(1024, uint16(port), make([]byte, 20)))
		if d.Decode(&p, &s) == network.Unknown && port != 4790 && port != 6635 {
			known++
			require.Contains(t, d.Counters().Unknowns[0].Name, fmt.Sprintf(" (UDP port %d)", port))
		}
	}
	require.Equal(t, 4, known)
}
