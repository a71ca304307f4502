package capturetest

import "encoding/binary"

// VXLAN puts a frame into VXLAN (RFC 7348) and returns the IP packet.
func VXLAN(vni uint32, frame []byte) []byte {
	b := []byte{0x08, 0, 0, 0, 0, 0, 0, 0}
	binary.BigEndian.PutUint32(b[4:], vni<<8)
	return UDP(51234, 4789, append(b, frame...))
}

// Geneve puts a frame into GENEVE (RFC 8926) with options, whose length is a
// multiple of 4, and returns the IP packet.
func Geneve(vni uint32, options, frame []byte) []byte {
	b := []byte{byte(len(options) / 4), 0, 0x65, 0x58, 0, 0, 0, 0}
	binary.BigEndian.PutUint32(b[4:], vni<<8)
	return UDP(51234, 6081, append(append(b, options...), frame...))
}

// GREFlags are the optional parts of a GRE header.
type GREFlags struct{ Checksum, Key, Sequence bool }

// GRE puts a payload into GRE (RFC 2784, 2890) and returns the IP packet.
// protocol is the EtherType of the payload: 0x0800, 0x86dd, 0x6558 for a frame.
func GRE(protocol uint16, f GREFlags, payload []byte) []byte {
	b := make([]byte, 4)
	binary.BigEndian.PutUint16(b[2:], protocol)
	part := func(on bool, flag byte, value uint32) {
		if on {
			b[0] |= flag
			b = binary.BigEndian.AppendUint32(b, value)
		}
	}
	part(f.Checksum, 0x80, 0)
	part(f.Key, 0x20, 0xc0ffee)
	part(f.Sequence, 0x10, 7)
	b = append(b, payload...)
	if f.Checksum {
		binary.BigEndian.PutUint16(b[4:], fold(sum(0, b)))
	}
	return Wrap(protoGRE, b)
}

// ERSPAN1 puts a frame into ERSPAN type I and returns the IP packet.
func ERSPAN1(frame []byte) []byte { return GRE(0x88be, GREFlags{}, frame) }

// ERSPAN2 puts a frame into ERSPAN type II.
func ERSPAN2(session uint16, frame []byte) []byte {
	b := make([]byte, 8)
	b[0] = 1 << 4 // version
	binary.BigEndian.PutUint16(b[2:], session&0x3ff)
	return GRE(0x88be, GREFlags{Sequence: true}, append(b, frame...))
}

// ERSPAN3 puts a frame into ERSPAN type III, with the platform's sub-header of
// 8 bytes if sub is true.
func ERSPAN3(session uint16, sub bool, frame []byte) []byte {
	b := make([]byte, 12)
	b[0] = 2 << 4 // version
	binary.BigEndian.PutUint16(b[2:], session&0x3ff)
	if sub {
		b[11] |= 1
		b = append(b, make([]byte, 8)...)
	}
	return GRE(0x22eb, GREFlags{Sequence: true}, append(b, frame...))
}

// IPIP puts an IP packet into an IPv4 packet: IP in IP, or 6in4.
func IPIP(ip []byte) []byte {
	if ip[0]>>4 == 6 {
		return Wrap(protoIPv6, ip)
	}
	return Wrap(protoIPv4, ip)
}

// MPLS puts a payload behind a stack of labels and returns the Ethernet frame.
// A payload that is a frame may need a control word of 4 zero bytes before it.
func MPLS(labels []uint32, payload []byte) []byte {
	var b []byte
	for i, l := range labels {
		entry := l<<12 | 64
		if i == len(labels)-1 {
			entry |= 0x100 // bottom of the stack
		}
		b = binary.BigEndian.AppendUint32(b, entry)
	}
	return EthernetType(etherMPLS, append(b, payload...))
}

// PPPoE puts an IP packet into a PPPoE session and returns the Ethernet frame.
func PPPoE(session uint16, ip []byte) []byte {
	ppp := PPP(ip)[2:]
	b := []byte{0x11, 0, 0, 0, 0, 0}
	binary.BigEndian.PutUint16(b[2:], session)
	binary.BigEndian.PutUint16(b[4:], uint16(len(ppp)))
	return EthernetType(etherPPPoE, append(b, ppp...))
}
