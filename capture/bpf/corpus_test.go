package bpf

import (
	"encoding/binary"
	"math/rand/v2"
	"net/netip"

	"ctiscope/capture"
)

// frame is a network packet with what stands before it.
type frame struct {
	ether uint16 // of payload
	tags  []byte // VLAN, MPLS or PPPoE headers, behind outer
	outer uint16 // the ether type before tags
	body  []byte
	dst   [6]byte
}

// packet4 builds an IPv4 packet; options are added to the header.
func packet4(proto byte, src, dst string, fragment uint16, options int, payload []byte) []byte {
	b := make([]byte, 20+options)
	b[0] = 0x40 | byte(5+options/4)
	binary.BigEndian.PutUint16(b[2:], uint16(len(b)+len(payload)))
	binary.BigEndian.PutUint16(b[6:], fragment)
	b[8], b[9] = 64, proto
	copy(b[12:], netip.MustParseAddr(src).AsSlice())
	copy(b[16:], netip.MustParseAddr(dst).AsSlice())
	for i := 20; i < len(b); i++ {
		b[i] = 1
	}
	return append(b, payload...)
}

// packet6 builds an IPv6 packet; next and headers come before the payload.
func packet6(next byte, src, dst string, payload []byte) []byte {
	b := make([]byte, 40)
	b[0] = 0x60
	binary.BigEndian.PutUint16(b[4:], uint16(len(payload)))
	b[6], b[7] = next, 64
	copy(b[8:], netip.MustParseAddr(src).AsSlice())
	copy(b[24:], netip.MustParseAddr(dst).AsSlice())
	return append(b, payload...)
}

func segment(src, dst uint16, flags byte, data int) []byte {
	b := make([]byte, 20+data)
	binary.BigEndian.PutUint16(b, src)
	binary.BigEndian.PutUint16(b[2:], dst)
	b[4], b[12], b[13] = 0x12, 0x50, flags
	return b
}

func datagram(src, dst uint16, data int) []byte {
	b := make([]byte, 8+data)
	binary.BigEndian.PutUint16(b, src)
	binary.BigEndian.PutUint16(b[2:], dst)
	return b
}

func arp(sender, target string) []byte {
	b := make([]byte, 28)
	copy(b, []byte{0, 1, 8, 0, 6, 4, 0, 1})
	copy(b[14:], netip.MustParseAddr(sender).AsSlice())
	copy(b[24:], netip.MustParseAddr(target).AsSlice())
	return b
}

// addresses and portNumbers are what the corpus and the expressions share.
var (
	addresses4  = []string{"10.0.0.1", "10.0.0.2", "10.1.2.3", "192.168.1.77", "192.168.9.1", "224.0.0.5", "255.255.255.255"}
	addresses6  = []string{"2001:db8::1", "2001:db8::2", "2001:db8:0:7::9", "fe80::1", "ff02::1"}
	portNumbers = []uint16{80, 443, 42027, 43027, 42030, 1024, 42028, 53}
)

func newRandom() *rand.Rand { return rand.New(rand.NewPCG(42027, 43027)) }

// bodies are the network packets of the corpus.
func bodies(r *rand.Rand) []frame {
	pick4 := func() string { return addresses4[r.IntN(len(addresses4))] }
	pick6 := func() string { return addresses6[r.IntN(len(addresses6))] }
	port := func() uint16 { return portNumbers[r.IntN(len(portNumbers))] }
	four := func(b []byte) frame { return frame{ether: etherIPv4, body: b} }
	six := func(b []byte) frame { return frame{ether: etherIPv6, body: b} }
	var list []frame
	for range 60 {
		tcp, udp := segment(port(), port(), byte(r.IntN(64)), r.IntN(40)), datagram(port(), port(), r.IntN(40))
		options := 4 * r.IntN(11)
		list = append(list,
			four(packet4(6, pick4(), pick4(), 0x4000, 0, tcp)),
			four(packet4(6, pick4(), pick4(), 0, options, tcp)),
			four(packet4(17, pick4(), pick4(), 0, options, udp)),
			four(packet4(byte(r.IntN(256)), pick4(), pick4(), uint16(r.IntN(1<<16)), options, tcp)),
			four(packet4(6, pick4(), pick4(), 0x2000, 0, tcp)), // first fragment
			four(packet4(6, pick4(), pick4(), uint16(1+r.IntN(200)), 0, tcp)),
			four(packet4(132, pick4(), pick4(), 0, 0, udp)),
			four(packet4(1, pick4(), pick4(), 0, 0, []byte{byte(r.IntN(12)), byte(r.IntN(3)), 0, 0, 1, 2, 3, 4})),
			six(packet6(6, pick6(), pick6(), tcp)),
			six(packet6(17, pick6(), pick6(), udp)),
			six(packet6(44, pick6(), pick6(), append([]byte{6, 0, 0, byte(r.IntN(2)), 0, 0, 0, 9}, tcp...))),
			six(packet6(0, pick6(), pick6(), append([]byte{6, 0, 1, 4, 0, 0, 0, 0}, tcp...))),
			six(packet6(58, pick6(), pick6(), []byte{byte(128 + r.IntN(9)), 0, 0, 0, 1, 2, 3, 4})),
			six(packet6(byte(r.IntN(256)), pick6(), pick6(), udp)),
			frame{ether: etherARP, body: arp(pick4(), pick4())},
			frame{ether: etherRARP, body: arp(pick4(), pick4())},
			frame{ether: uint16(r.IntN(1 << 16)), body: tcp},
		)
	}
	for i := range list {
		list[i].outer = list[i].ether
		copy(list[i].dst[:], [][]byte{{0, 0x1b, 0x54, 1, 2, 3}, {1, 0, 0x5e, 0, 0, 5}, {255, 255, 255, 255, 255, 255}}[i%3])
	}
	return list
}

// encapsulated puts VLAN tags, MPLS labels and PPPoE headers before bodies.
func encapsulated(r *rand.Rand, plain []frame) []frame {
	var list []frame
	ids := []uint16{5, 6, 100, 4095, 0x2005}
	for i, f := range plain {
		g := f
		switch i % 8 {
		case 0, 1:
			g.outer, g.tags = etherVLAN, tag(ids[r.IntN(len(ids))], f.ether)
		case 2:
			g.outer = etherQinQ
			g.tags = append(tag(ids[r.IntN(len(ids))], etherVLAN), tag(ids[r.IntN(len(ids))], f.ether)...)
		case 3:
			g.outer, g.tags = etherOldQinQ, tag(ids[r.IntN(len(ids))], f.ether)
		case 4:
			g.outer, g.tags = etherMPLS, label(uint32(r.IntN(3)), true)
		case 5:
			g.outer, g.tags = etherMPLS, append(label(uint32(r.IntN(3)), false), label(uint32(r.IntN(3)), true)...)
		case 6:
			ppp := map[uint16]uint16{etherIPv4: 0x21, etherIPv6: 0x57}[f.ether]
			g.outer = etherPPPoES
			g.tags = binary.BigEndian.AppendUint16([]byte{0x11, 0, 0, byte(6 + r.IntN(3)), 0, 9}, ppp)
		default:
			g.outer = etherPPPoED
		}
		list = append(list, g)
	}
	return list
}

func tag(tci, next uint16) []byte {
	return binary.BigEndian.AppendUint16(binary.BigEndian.AppendUint16(nil, tci), next)
}

func label(n uint32, last bool) []byte {
	return binary.BigEndian.AppendUint32(nil, n<<12|uint32(count(last))<<8|64)
}

// linked writes the packet with the header of a link type.
func (f frame) linked(link capture.LinkType) []byte {
	var b []byte
	switch link {
	case capture.LinkEthernet:
		b = append(append(b, f.dst[:]...), 0, 0x1b, 0x54, 9, 9, 9)
		b = binary.BigEndian.AppendUint16(b, f.outer)
	case capture.LinkLinuxSLL:
		b = append(make([]byte, 0), 0, f.dst[0]&7, 0, 1, 0, 6, 0, 0x1b, 0x54, 9, 9, 9, 0, 0)
		b = binary.BigEndian.AppendUint16(b, f.outer)
	case capture.LinkLinuxSLL2:
		b = binary.BigEndian.AppendUint16(b, f.outer)
		b = append(b, 0, 0, 0, 0, 0, f.dst[0]&3, 0, 1, f.dst[0]&7, 6, 0, 0x1b, 0x54, 9, 9, 9, 0, 0)
	case capture.LinkNull:
		b = append(b, map[uint16]byte{etherIPv4: 2, etherIPv6: 30}[f.outer], 0, 0, 0)
	case capture.LinkPPP:
		b = append(b, 0xff, 3)
		b = binary.BigEndian.AppendUint16(b, map[uint16]uint16{etherIPv4: 0x21, etherIPv6: 0x57}[f.outer])
	}
	return append(append(b, f.tags...), f.body...)
}

// corpus is the packets that every expression is tried on: the same on every
// machine, whole and cut short.
func corpus(link capture.LinkType) []Packet {
	r := newRandom()
	plain := bodies(r)
	frames := plain
	if link == capture.LinkEthernet {
		frames = append(frames[:len(frames):len(frames)], encapsulated(r, plain)...)
	}
	var list []Packet
	for i, f := range frames {
		data := f.linked(link)
		list = append(list, Packet{Data: data, Length: len(data) + i%3})
		if i%4 == 0 && len(data) > 0 {
			list = append(list, Packet{Data: data[:r.IntN(len(data))], Length: len(data) + 3})
		}
	}
	return list
}
