package network_test

import (
	"bytes"
	"encoding/binary"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"ctiscope/capture"
	"ctiscope/capture/capturetest"
	"ctiscope/network"
)

// hex joins bytes and texts to a packet.
func join(parts ...any) []byte {
	var b []byte
	for _, p := range parts {
		switch p := p.(type) {
		case []byte:
			b = append(b, p...)
		case string:
			b = append(b, p...)
		case int:
			b = append(b, byte(p))
		}
	}
	return b
}

func zeros(n int) []byte { return make([]byte, n) }

// rareWrappings are those that package wrapping takes off.
func rareWrappings() []wrapped {
	ether, ip4, ip6 := seg4.Frame(), seg4.Packet(), seg6.Packet()
	snap := func(ip []byte) []byte {
		t := []byte{8, 0}
		if ip[0]>>4 == 6 {
			t = []byte{0x86, 0xdd}
		}
		return join([]byte{0xaa, 0xaa, 3, 0, 0, 0}, t, ip)
	}
	wlan := func(control uint16, more int, ip []byte) []byte {
		b := binary.LittleEndian.AppendUint16(nil, control)
		return join(b, zeros(22+more), snap(ip))
	}
	const data, qos = 0x0008, 0x0088
	radio := func(flags int, rest []byte) []byte { return join([]byte{0, 0, 9, 0, 2, 0, 0, 0}, flags, rest) }
	pktap := func(link uint32, size int, rest []byte) []byte {
		b := binary.LittleEndian.AppendUint32(nil, uint32(size))
		b = binary.LittleEndian.AppendUint32(b, 1)
		b = binary.LittleEndian.AppendUint32(b, link)
		return join(b, zeros(size-12), rest)
	}
	ppi := func(link uint32, rest []byte) []byte {
		return join(binary.LittleEndian.AppendUint32([]byte{0, 0, 12, 0}, link), zeros(4), rest)
	}
	ether13 := join(0x50, zeros(12)) // FDDI: control, two addresses
	ring := join(0x10, 0x40, zeros(12))
	routed := bytes.Clone(ring)
	routed[8] |= 0x80
	link := func(name string, l capture.LinkType, b []byte, want capturetest.Segment, tunnels ...string) wrapped {
		return wrapped{name, l, b, want, tunnels}
	}
	tag := func(name string, t uint16, b []byte, want capturetest.Segment, tunnels ...string) wrapped {
		return wrapped{name, capture.LinkEthernet, capturetest.EthernetType(t, b), want, tunnels}
	}
	udp := func(name string, port uint16, b []byte, want capturetest.Segment, tunnels ...string) []wrapped {
		return []wrapped{
			{name, capture.LinkEthernet, capturetest.Ethernet(capturetest.UDP(40000, port, b)), want, tunnels},
			{name + ", the other way", capture.LinkEthernet, capturetest.Ethernet(capturetest.UDP(port, 40000, b)), want, tunnels},
		}
	}
	list := []wrapped{
		link("token ring", 6, join(ring, snap(ip4)), seg4, "old link layer"),
		link("token ring with a route", 6, join(routed, 4, 0, 1, 2, snap(ip6)), seg6, "old link layer"),
		link("SLIP", 8, join(zeros(16), ip4), seg4, "old link layer"),
		link("FDDI", 10, join(ether13, snap(ip4)), seg4, "old link layer"),
		link("ATM", 100, snap(ip4), seg4, "old link layer"),
		link("Frame Relay", 107, join(0x18, 0x41, 3, 0xcc, ip4), seg4, "Frame Relay"),
		link("Frame Relay, IPv6", 107, join(0x18, 0x40, 0x41, 3, 0x8e, ip6), seg6, "Frame Relay"),
		link("Frame Relay with SNAP", 107, join(0x18, 0x41, 3, 0, 0x80, 0, 0, 0, 8, 0, ip4), seg4, "Frame Relay"),
		link("Frame Relay of frames", 107, join(0x18, 0x41, 3, 0, 0x80, 0, 0x80, 0xc2, 0, 7, ether), seg4, "Frame Relay"),
		link("Frame Relay of Cisco", 107, join(0x18, 0x41, 8, 0, ip4), seg4, "Frame Relay"),
		link("Frame Relay with direction", 206, join(1, 0x18, 0x41, 3, 0xcc, ip4), seg4, "Frame Relay"),
		link("PPP with direction", 204, join(1, capturetest.PPP(ip4)), seg4, "direction"),
		link("HDLC with direction", 205, join(0, capturetest.CiscoHDLC(ip6)), seg6, "direction"),
		link("PPP of Linux with direction", 166, join(0, capturetest.PPP(ip4)[1:]), seg4, "direction"),
		link("enc", 109, join(zeros(12), ip4), seg4, "OpenBSD enc"),
		link("pflog", 117, join(61, 2, zeros(62), ip4), seg4, "OpenBSD pflog"),
		link("pflog of another release", 117, join(100, 2, zeros(98), ip6), seg6, "OpenBSD pflog"),
		link("pflog of long ago", 117, join(48, 2, zeros(46), ip4), seg4, "OpenBSD pflog"),
		link("IP over Fibre Channel", 122, join(zeros(16), snap(ip4)), seg4, "old link layer"),
		link("SunATM", 123, join(zeros(4), snap(ip4)), seg4, "old link layer"),
		link("IEEE 1394", 138, join(zeros(16), 8, 0, ip4), seg4, "old link layer"),
		link("netANALYZER", 240, join(zeros(4), ether), seg4, "old link layer"),
		link("netANALYZER, transparent", 241, join(zeros(12), ether), seg4, "old link layer"),
		link("IPoIB", 242, join(8, 0, 0, 0, ip4), seg4, "IPoIB"),
		link("preemption", 274, join([]byte{0x55, 0x55, 0x55, 0x55, 0x55, 0x55, 0x55, 0xd5}, ether, zeros(4)), seg4, "old link layer"),
		link("switch tag", 284, join(ether[:12], zeros(4), ether[12:]), seg4, "switch tag"),
		link("long switch tag", 285, join(ether[:12], zeros(8), ether[12:]), seg4, "switch tag"),
		link("switch tag before", 282, join(zeros(4), ether), seg4, "switch tag"),
		link("ERF", 197, join(zeros(8), 2, zeros(7), 0, 0, ether), seg4, "ERF"),
		link("ERF with an extension", 197, join(zeros(8), 0x82, zeros(7), zeros(8), 0, 0, ether), seg4, "ERF"),
		link("NFLOG", 239, join(2, 0, 0, 7, 5, 0, 10, 0, "x\x00\x00\x00", 4+len(ip4), 0, 9, 0, ip4), seg4, "Linux netfilter log"),
		link("NFLOG, big-endian", 239, join(10, 0, 0, 7, 0, 8, 0, 1, 0x86, 0xdd, 0, 0, 0, 4+len(ip6), 0, 9, ip6), seg6, "Linux netfilter log"),
		link("PKTAP", 258, pktap(1, 108, ether), seg4, "PKTAP"),
		link("PKTAP of a tunnel", 258, pktap(101, 108, ip6), seg6, "PKTAP"),
		link("PKTAP under a private number", 149, pktap(1, 108, ether), seg4, "PKTAP"),
		link("PPI", 192, ppi(1, ether), seg4, "PPI"),
		link("PPI of IEEE 802.11", 192, ppi(105, wlan(data, 0, ip4)), seg4, "PPI", "IEEE 802.11"),

		link("IEEE 802.11", 105, wlan(data|0x0100, 0, ip4), seg4, "IEEE 802.11"),
		link("IEEE 802.11 between bridges", 105, wlan(data|0x0300, 6, ip4), seg4, "IEEE 802.11"),
		link("IEEE 802.11 QoS", 105, wlan(qos, 2, ip6), seg6, "IEEE 802.11"),
		link("IEEE 802.11 QoS, high throughput", 105, wlan(qos|0x8000, 6, ip4), seg4, "IEEE 802.11"),
		link("IEEE 802.11, frames joined", 105, join([]byte{0x88, 0}, zeros(22), 0x80, 0, zeros(14), snap(ip4)), seg4, "IEEE 802.11"),
		link("radiotap", 127, radio(0, wlan(data, 0, ip4)), seg4, "radiotap"),
		link("radiotap with a check sum", 127, radio(0x10, join(wlan(data, 0, ip4), zeros(4))), seg4, "radiotap"),
		link("radiotap with padding", 127, radio(0x20, join([]byte{0x88, 0}, zeros(24), zeros(2), snap(ip4))), seg4, "radiotap"),
		link("Prism", 119, join(0x44, 0, 0, 0, 24, 0, 0, 0, zeros(16), wlan(data, 0, ip4)), seg4, "Prism"),
		link("AVS", 163, join([]byte{0x80, 0x21, 0x10, 1, 0, 0, 0, 64}, zeros(56), wlan(data, 0, ip4)), seg4, "AVS"),

		link("Juniper Ethernet", 178, join("MGC", 0x80, 0, 0, ether), seg4, "Juniper"),
		link("Juniper Ethernet, extended", 178, join("MGC", 0x81, 0, 6, zeros(6), ether), seg4, "Juniper"),
		link("Juniper without link layer", 178, join("MGC", 0x82, 0, 0, zeros(4), ip4), seg4, "Juniper"),
		link("Juniper PPP", 179, join("MGC", 1, capturetest.PPP(ip6)), seg6, "Juniper"),
		link("Juniper HDLC", 181, join("MGC", 1, capturetest.CiscoHDLC(ip4)), seg4, "Juniper"),
		link("Juniper ATM", 137, join("MGC", 1, zeros(8), snap(seg6.Packet())[6:8], ip6), seg6, "Juniper"),
		link("Juniper ML-PPP", 130, join("MGC", 0x80, 0, 0, zeros(4), ip4), seg4, "Juniper"),
		link("Juniper GGSN", 133, join("MGC", 1, zeros(7), ip4), seg4, "Juniper"),

		tag("E-tag", 0x893f, join(zeros(6), 8, 0, ip4), seg4, "E-tag (802.1BR)"),
		tag("Arista time of 64 bits", 0xd28b, join(0, 1, 0, 0x10, zeros(8), 8, 0, ip4), seg4, "Arista time stamps"),
		tag("Arista time of 48 bits", 0xd28b, join(0, 1, 0, 0x20, zeros(6), 0x86, 0xdd, ip6), seg6, "Arista time stamps"),
		tag("FabricPath", 0x8903, join(0, 0x41, capturetest.VLAN(ether, 10)), seg4, "Cisco FabricPath"),
		tag("TRILL", 0x22f3, join(0, 0x3f, zeros(4), ether), seg4, "TRILL"),
		tag("TRILL with options", 0x22f3, join(0, 0x7f, zeros(4), zeros(4), ether), seg4, "TRILL"),
		tag("PPP in Ethernet", 0x880b, capturetest.PPP(ip4), seg4, "direction"),

		{"WCCP", capture.LinkEthernet, capturetest.Ethernet(capturetest.GRE(0x883e, capturetest.GREFlags{}, ip4)), seg4, []string{"GRE", "WCCP"}},
		{"WCCP 2", capture.LinkEthernet, capturetest.Ethernet(capturetest.GRE(0x883e, capturetest.GREFlags{}, join(zeros(4), ip6))), seg6, []string{"GRE", "WCCP"}},
		{"L2TPv3", capture.LinkEthernet, capturetest.Ethernet(capturetest.Wrap(115, join([]byte{0, 0, 0, 9}, ether))), seg4, []string{"L2TPv3"}},
		{"L2TPv3 with a cookie", capture.LinkEthernet, capturetest.Ethernet(capturetest.Wrap(115, join([]byte{0, 0, 0, 9}, zeros(8), capturetest.VLAN(ether, 3)))), seg4, []string{"L2TPv3"}},
	}
	list = append(list, udp("L2TP", 1701, join(0, 2, 0, 1, 0, 2, capturetest.PPP(ip4)), seg4, "L2TP")...)
	list = append(list, udp("L2TP with all parts", 1701, join(0x4a, 2, 0, 99, 0, 1, 0, 2, 0, 0, 0, 0, 0, 2, 7, 7, capturetest.PPP(ip6)[2:]), seg6, "L2TP")...)
	list = append(list, udp("L2TPv3 in UDP", 1701, join([]byte{0, 3, 0, 0, 0, 0, 0, 9}, zeros(4), ip4), seg4, "L2TPv3")...)
	list = append(list, udp("Teredo", 3544, ip6, seg6, "Teredo")...)
	list = append(list, udp("Teredo with origin", 3544, join(0, 1, 0, 0, zeros(9), 0, 0, zeros(6), ip6), seg6, "Teredo")...)
	list = append(list, udp("TZSP", 37008, join(1, 0, 0, 1, 0, 10, 2, 0, 0, 1, ether), seg4, "TZSP")...)
	list = append(list, udp("TZSP of IEEE 802.11", 37008, join(1, 0, 0, 0x12, 1, wlan(data, 0, ip4)), seg4, "TZSP", "IEEE 802.11")...)
	list = append(list, udp("CAPWAP", 5247, join(0, 0x10, 2, 0, zeros(4), ether), seg4, "CAPWAP")...)
	list = append(list, udp("CAPWAP of IEEE 802.11", 5247, join(0, 0x10, 3, 0, zeros(4), wlan(data, 0, ip4)), seg4, "CAPWAP", "IEEE 802.11")...)
	list = append(list, udp("ACI", 48879, join(0x88, zeros(7), ether), seg4, "Cisco ACI VXLAN")...)
	return append(list, udp("GTP-U to another port", 2152, join([]byte{0x30, 255, 0, 0, 0, 0, 0, 1}, ip4), seg4, "GTP-U")...)
}

// TestRareWrappingsAreTraced finds each by its name in the layers, at its place.
func TestRareWrappingsAreTraced(t *testing.T) {
	for _, c := range rareWrappings() {
		d := newTracer(network.Options{Trace: true})
		p := packet(c.link, c.data)
		var s network.Segment
		require.Equal(t, network.TCP, d.decode(t, &p, &s), c.name)
		var kinds []string
		for _, l := range s.Layers {
			kinds = append(kinds, l.Kind.String())
		}
		for _, name := range c.tunnels {
			require.True(t, slices.Contains(kinds, name), "%s: %v", c.name, kinds)
		}
	}
}

// TestUnreadWrappingsAreNamed names what is known and cannot be read.
func TestUnreadWrappingsAreNamed(t *testing.T) {
	ether, ip4 := seg4.Frame(), seg4.Packet()
	udp := func(port uint16, b []byte) []byte { return capturetest.Ethernet(capturetest.UDP(port, 50000, b)) }
	for _, c := range []struct {
		name string
		link capture.LinkType
		data []byte
		want network.Verdict
	}{
		{"encrypted IEEE 802.11", 105, join([]byte{0x08, 0x40}, zeros(22), zeros(40)), network.Unknown},
		{"IEEE 802.11 fragments", 105, join([]byte{0x08, 0x04}, zeros(22), zeros(40)), network.Unknown},
		{"encrypted CAPWAP", capture.LinkEthernet, udp(5247, join(1, zeros(30))), network.Unknown},
		{"CAPWAP fragments", capture.LinkEthernet, udp(5247, join(0, 0x10, 2, 0x80, zeros(4), ether)), network.Unknown},
		{"L2TPv3", capture.LinkEthernet, capturetest.Ethernet(capturetest.Wrap(115, join(1, zeros(40)))), network.Unknown},
		{"TZSP of another kind", capture.LinkEthernet, udp(37008, join(1, 0, 0, 9, 1, ether)), network.Unknown},
		{"Arista time stamps of another version", capture.LinkEthernet, capturetest.EthernetType(0xd28b, join(0, 1, 9, 9, zeros(12), 8, 0, ip4)), network.Unknown},
		{"private use (link type 149)", 149, zeros(100), network.Unknown},
		{"IEEE 802.15.4 (link type 191)", 191, zeros(100), network.Unknown},
		{"SKIP (IP protocol 57)", capture.LinkEthernet, capturetest.Ethernet(capturetest.Wrap(57, zeros(40))), network.Unknown},
		{"TIPC (EtherType 0x88ca)", capture.LinkEthernet, capturetest.EthernetType(0x88ca, zeros(40)), network.Unknown},
		{"LISP (UDP port 4341)", capture.LinkEthernet, udp(4341, zeros(40)), network.Unknown},
		{"", 105, join([]byte{0x80, 0}, zeros(60)), network.NotIP},                         // a beacon
		{"", 258, join([]byte{108, 0, 0, 0, 0, 0, 0, 0}, zeros(200)), network.NotIP},       // no packet
		{"", capture.LinkEthernet, udp(5247, zeros(40)), network.NotTCP},                   // something else
		{"", capture.LinkEthernet, udp(1701, join(0xc8, 2, zeros(40))), network.NotTCP},    // control
		{"", capture.LinkEthernet, udp(48879, join(0, zeros(40))), network.NotTCP},         // something else
		{"", 239, join(2, 7, zeros(40)), network.Malformed},                                // another version
		{"", 107, join(0, 0, 0, 0, 0, 0, zeros(40)), network.Malformed},                    // an endless address
		{"", 119, join(0x44, 0, 0, 0, 0xff, 0xff, zeros(100)), network.Malformed},          // gopacket trusts the length
		{"", 127, join([]byte{0, 0, 8, 0}, bytes.Repeat([]byte{0xff}, 80)), network.NotIP}, // bit maps without end
	} {
		d := network.NewDecoder(network.Options{})
		p := packet(c.link, c.data)
		var s network.Segment
		require.Equal(t, c.want, d.Decode(&p, &s), "%s %d", c.name, c.link)
		if c.want == network.Unknown {
			require.Equal(t, c.name, d.Counters().Unknowns[0].Name)
		}
	}
}
