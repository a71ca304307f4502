// Package wire writes what programs say over TCP as the packets that a capture
// would hold: handshake, segments of at most the MSS, acknowledgements, FIN or
// RST, with right sequence numbers, lengths and checksums.
//
// It builds captures from scratch, for tests, benchmarks and samples; nothing
// in it touches a network. Times are the caller's, so that the same calls give
// the same bytes. It imports the standard library only.
package wire

import (
	"encoding/binary"
	"net/netip"
)

// MAC is an Ethernet address.
type MAC [6]byte

// Host is one end of a connection as it shows in packets.
type Host struct {
	Addr netip.AddrPort
	MAC  MAC
	TTL  uint8
}

// The TCP flags.
const (
	FIN = 1 << iota
	SYN
	RST
	PSH
	ACK
)

// The IP protocol numbers in use.
const (
	protoTCP = 6
	protoUDP = 17
)

// Sizes of headers in bytes, without options.
const (
	ipv4Size = 20
	tcpSize  = 20
	udpSize  = 8
	// minFrame is the least size of a frame on Ethernet, without its checksum.
	minFrame = 60
)

// Segment is one TCP segment with the headers below it.
type Segment struct {
	Src, Dst Host
	// VLAN is the tag of 802.1Q in front of the IP header; 0 means no tag.
	VLAN     uint16
	ID       uint16 // IPv4 identification; unused with IPv6
	Seq, Ack uint32
	Flags    uint8
	Window   uint16
	// Options are those of TCP, padded to a multiple of 4 bytes.
	Options []byte
	Payload []byte
	// Pad fills a small frame up to Ethernet's least size, as a receiver sees
	// it; a sender captures its own frames without.
	Pad bool
}

// Append appends the segment as an Ethernet frame to dst.
func (s *Segment) Append(dst []byte) []byte {
	first := len(dst)
	dst = appendEthernet(dst, &s.Src, &s.Dst, s.VLAN)
	size := tcpSize + len(s.Options) + len(s.Payload)
	dst, sum := appendIP(dst, &s.Src, &s.Dst, s.ID, protoTCP, size)
	start := len(dst)
	dst = binary.BigEndian.AppendUint16(dst, s.Src.Addr.Port())
	dst = binary.BigEndian.AppendUint16(dst, s.Dst.Addr.Port())
	dst = binary.BigEndian.AppendUint32(dst, s.Seq)
	dst = binary.BigEndian.AppendUint32(dst, s.Ack)
	dst = append(dst, byte(tcpSize+len(s.Options))<<2, s.Flags)
	dst = binary.BigEndian.AppendUint16(dst, s.Window)
	dst = append(dst, 0, 0, 0, 0) // checksum, urgent pointer
	dst = append(dst, s.Options...)
	dst = append(dst, s.Payload...)
	binary.BigEndian.PutUint16(dst[start+16:], ^fold(sum+sum16(dst[start:])))
	if size := len(dst) - first; s.Pad && size < minFrame {
		var zero [minFrame]byte
		dst = append(dst, zero[size:]...)
	}
	return dst
}

// Datagram is one UDP datagram with the headers below it.
type Datagram struct {
	Src, Dst Host
	VLAN     uint16
	ID       uint16
	Payload  []byte
}

// Append appends the datagram as an Ethernet frame to dst.
func (d *Datagram) Append(dst []byte) []byte {
	dst = appendEthernet(dst, &d.Src, &d.Dst, d.VLAN)
	size := udpSize + len(d.Payload)
	dst, sum := appendIP(dst, &d.Src, &d.Dst, d.ID, protoUDP, size)
	start := len(dst)
	dst = binary.BigEndian.AppendUint16(dst, d.Src.Addr.Port())
	dst = binary.BigEndian.AppendUint16(dst, d.Dst.Addr.Port())
	dst = binary.BigEndian.AppendUint16(dst, uint16(size))
	dst = append(dst, 0, 0)
	dst = append(dst, d.Payload...)
	binary.BigEndian.PutUint16(dst[start+6:], ^fold(sum+sum16(dst[start:])))
	return dst
}

// AppendARP appends an ARP frame to dst: the request of src for the address of
// dst, or, with reply, its answer.
func AppendARP(dst []byte, src, target Host, reply bool) []byte {
	to, asked, op := MAC{0xff, 0xff, 0xff, 0xff, 0xff, 0xff}, MAC{}, byte(1)
	if reply {
		to, asked, op = target.MAC, target.MAC, 2
	}
	dst = append(append(dst, to[:]...), src.MAC[:]...)
	dst = append(dst, 0x08, 0x06, 0, 1, 0x08, 0, 6, 4, 0, op)
	dst = append(append(dst, src.MAC[:]...), src.Addr.Addr().AsSlice()...)
	dst = append(append(dst, asked[:]...), target.Addr.Addr().AsSlice()...)
	return append(dst, make([]byte, 18)...) // to the least size of a frame
}

func appendEthernet(dst []byte, from, to *Host, vlan uint16) []byte {
	dst = append(append(dst, to.MAC[:]...), from.MAC[:]...)
	if vlan != 0 {
		dst = append(dst, 0x81, 0x00, byte(vlan>>8), byte(vlan))
	}
	if to.Addr.Addr().Is4() {
		return append(dst, 0x08, 0x00)
	}
	return append(dst, 0x86, 0xdd)
}

// appendIP appends the IP header and returns the sum of the pseudo header.
func appendIP(dst []byte, from, to *Host, id uint16, proto byte, size int) ([]byte, uint64) {
	a, b := from.Addr.Addr(), to.Addr.Addr()
	if !b.Is4() {
		x, y := a.As16(), b.As16()
		dst = append(dst, 0x60, 0, 0, 0, byte(size>>8), byte(size), proto, from.TTL)
		dst = append(append(dst, x[:]...), y[:]...)
		return dst, sum16(x[:]) + sum16(y[:]) + uint64(proto) + uint64(size)
	}
	x, y := a.As4(), b.As4()
	start, total := len(dst), ipv4Size+size
	dst = append(dst, 0x45, 0, byte(total>>8), byte(total), byte(id>>8), byte(id), 0x40, 0, from.TTL, proto, 0, 0)
	dst = append(append(dst, x[:]...), y[:]...)
	binary.BigEndian.PutUint16(dst[start+10:], ^fold(sum16(dst[start:])))
	return dst, sum16(x[:]) + sum16(y[:]) + uint64(proto) + uint64(size)
}

// sum16 adds b as 16 bit words, big endian, an odd last byte padded with zero;
// it adds four bytes at once, which fold brings back to one word.
func sum16(b []byte) uint64 {
	var sum uint64
	for len(b) >= 16 {
		sum += uint64(binary.BigEndian.Uint32(b)) + uint64(binary.BigEndian.Uint32(b[4:])) +
			uint64(binary.BigEndian.Uint32(b[8:])) + uint64(binary.BigEndian.Uint32(b[12:]))
		b = b[16:]
	}
	for len(b) >= 2 {
		sum += uint64(binary.BigEndian.Uint16(b))
		b = b[2:]
	}
	if len(b) > 0 {
		sum += uint64(b[0]) << 8
	}
	return sum
}

func fold(sum uint64) uint16 {
	for sum > 0xffff {
		sum = sum>>16 + sum&0xffff
	}
	return uint16(sum)
}
