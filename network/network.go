// Package network finds the TCP segment in a captured packet: link layer, VLAN
// tags, tunnels, IPv4 and IPv6, fragments put together.
//
// Nothing is allocated for a packet that is not a fragment. The package
// imports capture and nothing else of the project.
package network

import (
	"net/netip"

	"ctiscope/capture"
)

// Addr is an IP address; an IPv4 address is stored as IPv4-mapped IPv6.
type Addr [16]byte

// Netip returns the address in the standard library's form.
func (a Addr) Netip() netip.Addr { return netip.AddrFrom16(a).Unmap() }

// Endpoint is one end of a TCP connection. It is comparable.
type Endpoint struct {
	Addr Addr
	Port uint16
}

// String returns "10.0.0.1:42027" or "[2001:db8::1]:42027".
func (e Endpoint) String() string {
	return netip.AddrPortFrom(e.Addr.Netip(), e.Port).String()
}

// Flags are the TCP header's flags.
type Flags uint8

// The flags that matter here.
const (
	FIN Flags = 1 << iota
	SYN
	RST
	PSH
	ACK
)

// Segment is one TCP segment as it was captured.
type Segment struct {
	Src, Dst Endpoint
	Seq, Ack uint32
	Flags    Flags
	Window   uint16
	// IPID is the IPv4 identification (low 16 bits) of the packet, Checksum
	// the TCP checksum as sent; together with Seq they tell a mirror's second
	// copy of a packet from a retransmission.
	IPID, Checksum uint16
	// Payload is the data that was captured; it lies in the packet's Data, or
	// in memory of its own when Owned is true (data put together from
	// fragments, which the receiver may keep).
	Payload []byte
	Owned   bool
	// Length is the length of the data on the wire, from the IP header. It is
	// larger than len(Payload) when the snap length cut the packet.
	Length int
	// Time and Number are those of the packet that completed the segment.
	Time   int64
	Number int64
	// Digits is the precision of Time, as in capture.Packet.
	Digits uint8
	// At is where Payload begins in the packet's Data; it means nothing when
	// Payload is Owned. File and Off are those of the packet.
	At   uint32
	File int32
	Off  int64
	// Pieces say, with Options.Trace, where the bytes of an Owned Payload lie:
	// one Piece for each stretch, in order. They are valid as long as the
	// Payload.
	Pieces []capture.Piece
	// Layers are, with Options.Trace, the headers on the way to Payload, the
	// outermost first. They are valid until the Decoder's next call.
	Layers []Layer
}
