package network

import (
	"encoding/binary"

	"ctiscope/network/wrapping"
)

// EtherTypes that lead on to IP.
const (
	etherIPv4      = 0x0800
	etherIPv6      = 0x86dd
	etherVLAN      = 0x8100
	etherQinQ      = 0x88a8
	etherOldQinQ   = 0x9100
	etherOldQinQ2  = 0x9200
	etherOldQinQ3  = 0x9300
	etherMPLS      = 0x8847
	etherMPLSMulti = 0x8848
	etherPPPoE     = 0x8864
	etherBridging  = 0x6558 // in tunnels: a frame
	etherMACInMAC  = 0x88e7
	etherVNTag     = 0x8926 // Cisco UCS
	etherCMD       = 0x8909 // Cisco TrustSec
)

// ethernet reads an Ethernet frame.
func (w *walk) ethernet(v data) Verdict {
	if len(v.b) < 14 {
		return v.short(14)
	}
	w.layer(Ethernet, v)
	return w.etherType(binary.BigEndian.Uint16(v.b[12:]), v.from(14))
}

// etherType reads what an EtherType says, tags first.
func (w *walk) etherType(t uint16, v data) Verdict {
	for n := tagSize(t, v.b); n > 0; n = tagSize(t, v.b) {
		if len(v.b) < n {
			return v.short(n)
		}
		w.layer(VLANTag, v)
		t, v = binary.BigEndian.Uint16(v.b[n-2:]), v.from(n)
	}
	switch t {
	case etherIPv4:
		return w.ipv4(v)
	case etherIPv6:
		return w.ipv6(v)
	case etherMPLS, etherMPLSMulti:
		return w.mpls(v)
	case etherPPPoE:
		return w.pppoe(v)
	case etherMACInMAC:
		return w.macInMAC(v)
	}
	switch {
	case t <= 1500:
		return w.llc(v.upTo(int(t)))
	case plainEther(t):
		return NotIP
	}
	return w.foreign(wrapping.EtherType, etherKind, uint32(t), v, NotIP)
}

// tagSize is the length of the tag that an EtherType stands for, with the
// EtherType after it; 0 when it stands for something else.
func tagSize(t uint16, b []byte) int {
	switch t {
	case etherVLAN, etherQinQ, etherOldQinQ, etherOldQinQ2, etherOldQinQ3:
		return 4
	case etherVNTag:
		return 6
	case etherCMD: // version, length in words, options
		if len(b) < 2 {
			return 8
		}
		return 4 + 4*int(b[1])
	}
	return 0
}

// macInMAC reads IEEE 802.1ah: a tag of 4 bytes, then the customer's frame.
func (w *walk) macInMAC(v data) Verdict {
	if len(v.b) < 4 {
		return v.short(4)
	}
	return w.unwrap(macInMAC, v, 4, (*walk).ethernet)
}

// llc reads an IEEE 802.2 header; only SNAP leads on to IP.
func (w *walk) llc(v data) Verdict {
	if len(v.b) < 8 || string(v.b[:6]) != "\xaa\xaa\x03\x00\x00\x00" {
		return NotIP
	}
	t := binary.BigEndian.Uint16(v.b[6:])
	if t < 0x0600 {
		return NotIP
	}
	return w.etherType(t, v.from(8))
}
