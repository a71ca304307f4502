package network

import (
	"encoding/binary"

	"ctiscope/capture"
)

// EtherTypes.
const (
	etherIPv4      = 0x0800
	etherIPv6      = 0x86dd
	etherVLAN      = 0x8100
	etherQinQ      = 0x88a8
	etherOldQinQ   = 0x9100
	etherMPLS      = 0x8847
	etherMPLSMulti = 0x8848
	etherPPPoE     = 0x8864
	etherBridging  = 0x6558
)

// link reads a packet from its link-layer header on.
func (w *walk) link(t capture.LinkType, v data) Verdict {
	switch t {
	case capture.LinkEthernet:
		return w.ethernet(v)
	case capture.LinkRaw, capture.LinkIPv4, capture.LinkIPv6:
		return w.ip(v)
	}
	return w.unknown(linkKind, uint32(t))
}

// ethernet reads an Ethernet frame.
func (w *walk) ethernet(v data) Verdict {
	if len(v.b) < 14 {
		return v.short(14)
	}
	return w.etherType(binary.BigEndian.Uint16(v.b[12:]), v.from(14))
}

// etherType reads what an EtherType says, VLAN tags first.
func (w *walk) etherType(t uint16, v data) Verdict {
	for t == etherVLAN || t == etherQinQ || t == etherOldQinQ {
		if len(v.b) < 4 {
			return v.short(4)
		}
		t, v = binary.BigEndian.Uint16(v.b[2:]), v.from(4)
	}
	switch t {
	case etherIPv4:
		return w.ipv4(v)
	case etherIPv6:
		return w.ipv6(v)
	}
	return NotIP
}
