package network

import (
	"encoding/binary"

	"ctiscope/network/wrapping"
)

// IP protocol numbers.
const (
	protoHopByHop    = 0
	protoIPv4        = 4
	protoTCP         = 6
	protoUDP         = 17
	protoIPv6        = 41
	protoRouting     = 43
	protoFragment    = 44
	protoGRE         = 47
	protoAuth        = 51
	protoDestination = 60
	protoEtherIP     = 97
	protoMobility    = 135
	protoMPLS        = 137
	protoHIP         = 139
	protoShim6       = 140
)

// ip reads a packet that says by its first four bits what it is.
func (w *walk) ip(v data) Verdict {
	if len(v.b) == 0 {
		return v.short(1)
	}
	switch v.b[0] >> 4 {
	case 4:
		return w.ipv4(v)
	case 6:
		return w.ipv6(v)
	}
	return Malformed
}

// ipv4 reads an IPv4 header (RFC 791).
func (w *walk) ipv4(v data) Verdict {
	b := v.b
	if len(b) < 20 {
		return v.short(20)
	}
	header, total := int(b[0]&15)*4, int(binary.BigEndian.Uint16(b[2:]))
	if total == 0 { // left to the network card, which cuts it into packets
		total = v.wire
	}
	if b[0]>>4 != 4 || header < 20 || total < header {
		return Malformed
	}
	v = data{b[:min(total, len(b))], total}
	if len(v.b) < header {
		return v.short(header)
	}
	w.layer(IPv4, v)
	w.s.Src.Addr.setIPv4(b[12:])
	w.s.Dst.Addr.setIPv4(b[16:])
	w.s.IPID = binary.BigEndian.Uint16(b[4:])
	v = v.from(header)
	if frag := binary.BigEndian.Uint16(b[6:]); frag&0x3fff != 0 {
		k := fragmentKey{w.s.Src.Addr, w.s.Dst.Addr, uint32(w.s.IPID), b[9]}
		return w.fragment(k, piece{from: int(frag&0x1fff) * 8, more: frag&0x2000 != 0, next: b[9], data: v})
	}
	return w.protocol(b[9], v)
}

// ipv6 reads an IPv6 header (RFC 8200) and the extension headers after it.
func (w *walk) ipv6(v data) Verdict {
	b := v.b
	if len(b) < 40 {
		return v.short(40)
	}
	if b[0]>>4 != 6 {
		return Malformed
	}
	total := 40 + int(binary.BigEndian.Uint16(b[4:]))
	if total == 40 { // left to the network card, or a jumbogram
		total = v.wire
	}
	w.layer(IPv6, v)
	copy(w.s.Src.Addr[:], b[8:24])
	copy(w.s.Dst.Addr[:], b[24:40])
	w.s.IPID = 0
	v = data{b[:min(total, len(b))], total}
	return w.extensions(b[6], v.from(40))
}

// extensions skips IPv6 extension headers.
func (w *walk) extensions(next byte, v data) Verdict {
	for {
		b, n := v.b, 0
		switch next { // the length is in units after the first 8 bytes
		case protoHopByHop, protoRouting, protoDestination, protoMobility, protoHIP, protoShim6:
			if len(b) < 8 {
				return v.short(8)
			}
			n = 8 + int(b[1])*8
		case protoAuth:
			if len(b) < 8 {
				return v.short(8)
			}
			n = 8 + int(b[1])*4
		case protoFragment:
			if len(b) < 8 {
				return v.short(8)
			}
			if binary.BigEndian.Uint16(b[2:])&^6 != 0 {
				return w.fragment6(v)
			}
			n = 8 // the only one (RFC 6946)
		default:
			return w.protocol(next, v)
		}
		if len(b) < n {
			return v.short(n)
		}
		next, v = b[0], v.from(n)
	}
}

// protocol reads what an IP header says it carries.
func (w *walk) protocol(proto byte, v data) Verdict {
	switch proto {
	case protoTCP:
		if len(v.b) < 20 {
			return v.short(20)
		}
		w.layer(TCPHeader, v)
		return w.s.tcp(v.b, v.wire)
	case protoUDP:
		return w.udp(v)
	case protoGRE:
		return w.gre(v)
	case protoIPv4:
		return w.enter(ipip, v, (*walk).ipv4)
	case protoIPv6:
		if !w.s.Src.Addr.is4() {
			return w.enter(ipip, v, (*walk).ipv6)
		}
		return w.enter(sixInFour, v, (*walk).ipv6)
	case protoEtherIP:
		return w.etherIP(v)
	case protoMPLS:
		return w.mpls(v)
	case protoAuth:
		return w.extensions(proto, v)
	}
	if plainProtocol(proto) {
		return NotTCP
	}
	return w.foreign(wrapping.Protocol, protocolKind, uint32(proto), v, NotTCP)
}
