package capturetest

import "encoding/binary"

// EtherTypes used here.
const (
	etherIPv4  = 0x0800
	etherIPv6  = 0x86dd
	etherVLAN  = 0x8100
	etherMPLS  = 0x8847
	etherPPPoE = 0x8864
)

// etherType is the EtherType of an IP packet.
func etherType(ip []byte) uint16 {
	if ip[0]>>4 == 6 {
		return etherIPv6
	}
	return etherIPv4
}

// Ethernet puts an IP packet into a frame, padded to 60 bytes.
func Ethernet(ip []byte) []byte { return EthernetType(etherType(ip), ip) }

// EthernetType puts anything into a frame, padded to 60 bytes.
func EthernetType(t uint16, payload []byte) []byte {
	b := make([]byte, 14, max(60, 14+len(payload)))
	copy(b, "\x02\x00\x00\x00\x00\x02\x02\x00\x00\x00\x00\x01")
	binary.BigEndian.PutUint16(b[12:], t)
	b = append(b, payload...)
	if len(b) < 60 {
		b = b[:60]
	}
	return b
}

// VLAN inserts an 802.1Q tag behind the addresses of an Ethernet frame.
func VLAN(frame []byte, id uint16) []byte { return Tag(frame, etherVLAN, id) }

// Tag inserts a tag of any type: 0x8100, 0x88a8, 0x9100.
func Tag(frame []byte, tpid, id uint16) []byte {
	b := append([]byte{}, frame[:12]...)
	b = binary.BigEndian.AppendUint16(b, tpid)
	b = binary.BigEndian.AppendUint16(b, id)
	return append(b, frame[12:]...)
}

// SLL puts an IP packet behind a Linux cooked header, version 1; a vlan other
// than 0 is written as a tag.
func SLL(ip []byte, vlan uint16) []byte {
	b := make([]byte, 14)
	binary.BigEndian.PutUint16(b[2:], 1) // Ethernet
	binary.BigEndian.PutUint16(b[4:], 6)
	return appendType(b, ip, vlan)
}

// SLL2 puts an IP packet behind a Linux cooked header, version 2.
func SLL2(ip []byte, vlan uint16) []byte {
	head := make([]byte, 18)
	head[5] = 2 // interface index
	head[7] = 1 // Ethernet
	head[9] = 6 // length of the address
	typed := appendType(nil, ip, vlan)
	b := append(append([]byte{}, typed[:2]...), head...)
	return append(b, typed[2:]...)
}

// appendType appends the EtherType of ip, a tag before it if there is one, and ip.
func appendType(b, ip []byte, vlan uint16) []byte {
	if vlan != 0 {
		b = binary.BigEndian.AppendUint16(b, etherVLAN)
		b = binary.BigEndian.AppendUint16(b, vlan)
	}
	return append(binary.BigEndian.AppendUint16(b, etherType(ip)), ip...)
}

// Null puts an IP packet behind a BSD loopback header in a byte order; family6
// is the number that the system has for IPv6: 24, 28 or 30.
func Null(ip []byte, order binary.AppendByteOrder, family6 uint32) []byte {
	family := uint32(2)
	if ip[0]>>4 == 6 {
		family = family6
	}
	return append(order.AppendUint32(nil, family), ip...)
}

// PPP puts an IP packet behind a PPP header as on a serial line.
func PPP(ip []byte) []byte {
	b := []byte{0xff, 0x03, 0x00, 0x21}
	if ip[0]>>4 == 6 {
		b[3] = 0x57
	}
	return append(b, ip...)
}

// CiscoHDLC puts an IP packet behind a Cisco HDLC header.
func CiscoHDLC(ip []byte) []byte {
	return append(binary.BigEndian.AppendUint16([]byte{0x0f, 0x00}, etherType(ip)), ip...)
}
