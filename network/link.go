package network

import (
	"encoding/binary"

	"ctiscope/capture"
	"ctiscope/network/wrapping"
)

// Link types without a constant in package capture.
const (
	linkCiscoHDLC capture.LinkType = 104
	linkMPLS      capture.LinkType = 219
)

// link reads a packet from its link-layer header on.
func (w *walk) link(t capture.LinkType, v data) Verdict {
	switch t {
	case capture.LinkEthernet:
		return w.ethernet(v)
	case capture.LinkLinuxSLL:
		return w.sll(v)
	case capture.LinkLinuxSLL2:
		return w.sll2(v)
	case capture.LinkRaw, capture.LinkIPv4, capture.LinkIPv6:
		return w.ip(v)
	case capture.LinkNull, capture.LinkLoop:
		return w.null(v)
	case capture.LinkPPP, capture.LinkPPPHDLC, linkCiscoHDLC:
		return w.hdlc(v)
	case capture.LinkPPPEther:
		return w.pppoe(v)
	case linkMPLS:
		return w.mpls(v)
	}
	return w.foreign(wrapping.LinkType, linkKind, uint32(t), v, NotIP)
}

// sll reads LINKTYPE_LINUX_SLL: 16 bytes, the EtherType last.
func (w *walk) sll(v data) Verdict {
	if len(v.b) < 16 {
		return v.short(16)
	}
	return w.cooked(binary.BigEndian.Uint16(v.b[14:]), v.from(16))
}

// sll2 reads LINKTYPE_LINUX_SLL2: 20 bytes, the EtherType first.
func (w *walk) sll2(v data) Verdict {
	if len(v.b) < 20 {
		return v.short(20)
	}
	return w.cooked(binary.BigEndian.Uint16(v.b), v.from(20))
}

// cooked reads what the EtherType of a cooked capture says. Below 0x0600 it is
// no length but a number of Linux's own; 4 is a frame that begins with LLC.
func (w *walk) cooked(t uint16, v data) Verdict {
	switch {
	case t == 4:
		return w.llc(v)
	case t < 0x0600:
		return NotIP
	}
	return w.etherType(t, v)
}

// null reads LINKTYPE_NULL and LINKTYPE_LOOP: the address family in the byte
// order of the machine that captured, which is not told. A family is less than
// 2^16, so the order shows.
func (w *walk) null(v data) Verdict {
	if len(v.b) < 4 {
		return v.short(4)
	}
	family := binary.LittleEndian.Uint32(v.b)
	if family > 0xffff {
		family = binary.BigEndian.Uint32(v.b)
	}
	switch family {
	case 2, 10, 24, 28, 30: // IPv4; IPv6 of Linux, NetBSD, FreeBSD, macOS
		return w.ip(v.from(4))
	}
	return w.unknown(familyKind, family)
}

// hdlc reads PPP, in HDLC framing or without, and Cisco HDLC.
func (w *walk) hdlc(v data) Verdict {
	if len(v.b) < 4 {
		return v.short(4)
	}
	switch v.b[0] {
	case 0xff: // PPP: all stations, unnumbered information
		return w.ppp(v.from(2))
	case 0x0f, 0x8f: // Cisco: unicast, multicast
		return w.cooked(binary.BigEndian.Uint16(v.b[2:]), v.from(4))
	}
	return w.ppp(v)
}

// PPP protocol numbers.
const (
	pppIPv4      = 0x0021
	pppIPv6      = 0x0057
	pppMPLS      = 0x0281
	pppMPLSMulti = 0x0283
)

// ppp reads a PPP protocol number of one or two bytes (RFC 1661) and what it
// says.
func (w *walk) ppp(v data) Verdict {
	if len(v.b) < 2 {
		return v.short(2)
	}
	proto, n := binary.BigEndian.Uint16(v.b), 2
	if v.b[0]&1 != 0 { // compressed to one byte
		proto, n = uint16(v.b[0]), 1
	}
	v = v.from(n)
	switch {
	case proto == pppIPv4:
		return w.ipv4(v)
	case proto == pppIPv6:
		return w.ipv6(v)
	case proto == pppMPLS, proto == pppMPLSMulti:
		return w.mpls(v)
	case proto >= 0x4000: // control protocols
		return NotIP
	}
	return w.unknown(pppKind, uint32(proto))
}

// pppoe reads the PPPoE header of a session (RFC 2516).
func (w *walk) pppoe(v data) Verdict {
	if len(v.b) < 6 {
		return v.short(6)
	}
	if v.b[1] != 0 { // a code: discovery
		return NotIP
	}
	return w.unwrap(pppoe, v, 6, (*walk).ppp)
}
