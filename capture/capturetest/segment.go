// Package capturetest builds packets and captures for tests and for generators
// of traffic.
//
// A Segment makes the packet of a TCP segment from the IP header on. The other
// functions wrap such a packet, or one another's results: link layers, VLAN
// tags, tunnels, IPv6 extension headers. Fragments cuts an IP packet. Pcap and
// Pcapng make a file of packets; File writes one for a test. Everything returns
// new memory and nothing is random.
//
//	seg := capturetest.Segment{Src: client, Dst: server, Seq: 1, Flags: capturetest.ACK, Data: data}
//	frame := capturetest.Ethernet(capturetest.VXLAN(42, capturetest.Ethernet(seg.Packet())))
//	file := capturetest.Pcap(capture.LinkEthernet, capturetest.Frame{Data: frame, Time: start})
//
// The package is for valid packets; tests of malformed ones change the bytes.
package capturetest

import (
	"encoding/binary"
	"net/netip"
)

// The TCP flags.
const (
	FIN byte = 1 << iota
	SYN
	RST
	PSH
	ACK
	URG
)

// Segment is a TCP segment. Src and Dst are both IPv4 or both IPv6.
type Segment struct {
	Src, Dst netip.AddrPort
	Seq, Ack uint32
	Flags    byte
	Window   uint16 // 65535 when zero
	// Options are the TCP options; their length is a multiple of 4.
	Options []byte
	Data    []byte
	ID      uint16 // identification of an IPv4 packet
	TTL     byte   // 64 when zero
}

// TCP returns the TCP header and the data, with the right checksum.
func (s Segment) TCP() []byte {
	header := 20 + len(s.Options)
	b := make([]byte, header+len(s.Data))
	binary.BigEndian.PutUint16(b, s.Src.Port())
	binary.BigEndian.PutUint16(b[2:], s.Dst.Port())
	binary.BigEndian.PutUint32(b[4:], s.Seq)
	binary.BigEndian.PutUint32(b[8:], s.Ack)
	b[12], b[13] = byte(header/4)<<4, s.Flags
	window := s.Window
	if window == 0 {
		window = 0xffff
	}
	binary.BigEndian.PutUint16(b[14:], window)
	copy(b[20:], s.Options)
	copy(b[header:], s.Data)
	binary.BigEndian.PutUint16(b[16:], transportSum(s.Src.Addr(), s.Dst.Addr(), protoTCP, b))
	return b
}

// Packet returns the IP packet of the segment.
func (s Segment) Packet() []byte {
	if s.Src.Addr().Is4() {
		return IPv4(IPv4Header{Src: s.Src.Addr(), Dst: s.Dst.Addr(), Protocol: protoTCP, ID: s.ID, TTL: s.TTL}, s.TCP())
	}
	b := IPv6(s.Src.Addr(), s.Dst.Addr(), protoTCP, s.TCP())
	if s.TTL != 0 {
		b[7] = s.TTL
	}
	return b
}

// Frame returns the segment in an Ethernet frame.
func (s Segment) Frame() []byte { return Ethernet(s.Packet()) }

// sum adds b to a ones' complement sum (RFC 1071).
func sum(total uint32, b []byte) uint32 {
	for ; len(b) >= 2; b = b[2:] {
		total += uint32(b[0])<<8 | uint32(b[1])
	}
	if len(b) == 1 {
		total += uint32(b[0]) << 8
	}
	return total
}

func fold(total uint32) uint16 {
	for total > 0xffff {
		total = total>>16 + total&0xffff
	}
	return ^uint16(total)
}

// transportSum is the checksum of a TCP segment or UDP datagram with its pseudo
// header; the checksum's place in b must be zero.
func transportSum(src, dst netip.Addr, protocol byte, b []byte) uint16 {
	total := sum(0, src.AsSlice())
	total = sum(total, dst.AsSlice())
	total += uint32(protocol) + uint32(len(b))
	return fold(sum(total, b))
}
