package capturetest

import (
	"encoding/binary"
	"net/netip"
)

// IP protocol numbers used here.
const (
	protoIPv4     = 4
	protoTCP      = 6
	protoUDP      = 17
	protoIPv6     = 41
	protoGRE      = 47
	protoFragment = 44
)

// IPv4Header is what IPv4 writes before a payload.
type IPv4Header struct {
	Src, Dst netip.Addr
	Protocol byte
	ID       uint16
	TTL      byte // 64 when zero
	// Options are the IP options; their length is a multiple of 4.
	Options []byte
	// Fragment is the fragment offset in bytes, a multiple of 8; More is the
	// flag that others follow.
	Fragment int
	More     bool
}

// IPv4 returns an IPv4 packet.
func IPv4(h IPv4Header, payload []byte) []byte {
	n := 20 + len(h.Options)
	b := make([]byte, n+len(payload))
	b[0] = 0x40 | byte(n/4)
	binary.BigEndian.PutUint16(b[2:], uint16(len(b)))
	binary.BigEndian.PutUint16(b[4:], h.ID)
	frag := uint16(h.Fragment / 8)
	if h.More {
		frag |= 0x2000
	}
	binary.BigEndian.PutUint16(b[6:], frag)
	b[8], b[9] = h.TTL, h.Protocol
	if h.TTL == 0 {
		b[8] = 64
	}
	copy(b[12:16], h.Src.AsSlice())
	copy(b[16:20], h.Dst.AsSlice())
	copy(b[20:], h.Options)
	copy(b[n:], payload)
	binary.BigEndian.PutUint16(b[10:], fold(sum(0, b[:n])))
	return b
}

// IPv6 returns an IPv6 packet; next is the protocol of the payload.
func IPv6(src, dst netip.Addr, next byte, payload []byte) []byte {
	b := make([]byte, 40, 40+len(payload))
	b[0] = 0x60
	binary.BigEndian.PutUint16(b[4:], uint16(len(payload)))
	b[6], b[7] = next, 64
	copy(b[8:24], src.AsSlice())
	copy(b[24:40], dst.AsSlice())
	return append(b, payload...)
}

// Extension puts an extension header (hop by hop 0, routing 43, destination
// options 60) of size bytes, a multiple of 8, before what the IPv6 packet
// carries.
func Extension(packet []byte, kind byte, size int) []byte {
	ext := make([]byte, size)
	ext[0], ext[1] = packet[6], byte(size/8-1)
	if kind != 43 { // PadN over the rest
		ext[2], ext[3] = 1, byte(size-4)
	}
	return reheader(packet, kind, append(ext, packet[40:]...))
}

// reheader returns an IPv6 packet with the header of packet, another next
// header and another payload.
func reheader(packet []byte, next byte, payload []byte) []byte {
	b := append(append([]byte{}, packet[:40]...), payload...)
	binary.BigEndian.PutUint16(b[4:], uint16(len(payload)))
	b[6] = next
	return b
}

// Fragments cuts an IP packet into fragments that carry size bytes each, a
// multiple of 8; the last carries the rest. An IPv4 packet must have no
// options; id identifies the packet.
func Fragments(packet []byte, id uint32, size int) [][]byte {
	var parts [][]byte
	six := packet[0]>>4 == 6
	payload := packet[20:]
	if six {
		payload = packet[40:]
	}
	for at := 0; at < len(payload); at += size {
		part := payload[at:min(at+size, len(payload))]
		more := at+size < len(payload)
		if six {
			parts = append(parts, fragment6(packet, id, at, more, part))
			continue
		}
		parts = append(parts, IPv4(IPv4Header{
			Src: netip.AddrFrom4([4]byte(packet[12:16])), Dst: netip.AddrFrom4([4]byte(packet[16:20])),
			Protocol: packet[9], ID: uint16(id), TTL: packet[8], Fragment: at, More: more,
		}, part))
	}
	return parts
}

func fragment6(packet []byte, id uint32, at int, more bool, part []byte) []byte {
	h := make([]byte, 8)
	h[0] = packet[6]
	offset := uint16(at)
	if more {
		offset |= 1
	}
	binary.BigEndian.PutUint16(h[2:], offset)
	binary.BigEndian.PutUint32(h[4:], id)
	return reheader(packet, protoFragment, append(h, part...))
}

// UDP returns an IPv4 packet with a UDP datagram between two hosts of a mirror's
// tunnel, Outer.
func UDP(src, dst uint16, payload []byte) []byte {
	b := make([]byte, 8, 8+len(payload))
	binary.BigEndian.PutUint16(b, src)
	binary.BigEndian.PutUint16(b[2:], dst)
	binary.BigEndian.PutUint16(b[4:], uint16(8+len(payload)))
	b = append(b, payload...)
	binary.BigEndian.PutUint16(b[6:], transportSum(Outer[0], Outer[1], protoUDP, b))
	return Wrap(protoUDP, b)
}

// Outer are the ends of the tunnels made here.
var Outer = [2]netip.Addr{netip.AddrFrom4([4]byte{192, 0, 2, 1}), netip.AddrFrom4([4]byte{192, 0, 2, 2})}

// Wrap returns an IPv4 packet between the ends of a tunnel.
func Wrap(protocol byte, payload []byte) []byte {
	return IPv4(IPv4Header{Src: Outer[0], Dst: Outer[1], Protocol: protocol}, payload)
}
