package wrapping

import "encoding/binary"

// ports are tunnels by the UDP port of either side.
var ports = map[uint32]unwrapper{
	1701:  l2tp,
	3544:  teredo,
	5247:  capwap,
	37008: tzsp,
	48879: aci,
}

// l2tp takes off RFC 2661, section 3.1; version 3 over UDP is RFC 3931, section 4.1.2.
func l2tp(b []byte) (Inside, error) {
	const control, length, sequence, offset = 0x8000, 0x4000, 0x0800, 0x0200
	if len(b) < 2 {
		return Inside{}, ErrShort
	}
	flags := binary.BigEndian.Uint16(b)
	switch {
	case flags&0x0f == 3 && flags&control == 0:
		if len(b) < 4 {
			return Inside{}, ErrShort
		}
		in, err := l2tpv3(b[4:])
		in.Header += 4
		return in, err
	case flags&0x0f == 3, flags&0x0f == 2 && flags&control != 0:
		return Inside{}, ErrNothing
	case flags&0x0f != 2:
		return Inside{}, ErrForeign
	}
	n := 6
	if flags&length != 0 {
		n += 2
	}
	if flags&sequence != 0 {
		n += 4
	}
	if flags&offset != 0 {
		if len(b) < n+2 {
			return Inside{}, ErrShort
		}
		n += 2 + int(binary.BigEndian.Uint16(b[n:]))
	}
	return Inside{Kind: L2TP, What: PPP, Header: n}, has(b, n+2)
}

// l2tpv3 takes off RFC 3931: a session, a cookie of 0, 4 or 8 bytes, perhaps four more.
// Nothing tells how long the cookie is, nor what follows: a place is taken where a
// frame or an IP packet makes sense.
func l2tpv3(b []byte) (Inside, error) {
	if len(b) < 8 {
		return Inside{}, ErrShort
	}
	if binary.BigEndian.Uint32(b) == 0 {
		return Inside{}, ErrNothing // control
	}
	for n := 4; n <= 16; n += 4 {
		if len(b) < n {
			break
		}
		rest := b[n:]
		switch {
		case isFrame(rest):
			return Inside{Kind: L2TPv3, What: Frame, Header: n}, nil
		case isIPv4(rest), isIPv6(rest):
			return Inside{Kind: L2TPv3, What: IP, Header: n}, nil
		case len(rest) > 4 && rest[0] == 0xff && rest[1] == 3:
			return Inside{Kind: L2TPv3, What: PPP, Header: n}, nil
		}
	}
	return Inside{}, unread("L2TPv3")
}

// isFrame tells whether b looks like an Ethernet frame with IP in it.
func isFrame(b []byte) bool {
	n := 12
	for range 3 {
		if len(b) < n+2 {
			return false
		}
		switch binary.BigEndian.Uint16(b[n:]) {
		case 0x8100, 0x88a8:
			n += 4
		case 0x0800:
			return isIPv4(b[n+2:])
		case 0x86dd:
			return isIPv6(b[n+2:])
		default:
			return false
		}
	}
	return false
}

// teredo takes off what may stand before IPv6 in UDP (RFC 4380, section 5.1.1).
func teredo(b []byte) (Inside, error) {
	n := 0
	for len(b) >= n+2 && b[n] == 0 {
		switch b[n+1] {
		case 0: // origin
			n += 8
		case 1: // authentication
			if len(b) < n+4 {
				return Inside{}, ErrShort
			}
			n += 13 + int(b[n+2]) + int(b[n+3])
		default:
			return Inside{}, ErrForeign
		}
	}
	if len(b) <= n {
		return Inside{}, ErrShort
	}
	if b[n]>>4 != 6 {
		return Inside{}, ErrForeign
	}
	return Inside{Kind: Teredo, What: IP, Header: n}, nil
}

// tzsp takes off the TaZmen sniffer protocol: version, type, what it carries, tags.
func tzsp(b []byte) (Inside, error) {
	const received, sent = 0, 1
	if len(b) < 4 {
		return Inside{}, ErrShort
	}
	if b[0] != 1 {
		return Inside{}, ErrForeign
	}
	if b[1] != received && b[1] != sent {
		return Inside{}, ErrNothing
	}
	n := 4
	for {
		if n >= len(b) {
			return Inside{}, ErrShort
		}
		if b[n] == 1 { // the end
			n++
			break
		}
		if b[n] == 0 { // padding
			n++
			continue
		}
		if n+1 >= len(b) {
			return Inside{}, ErrShort
		}
		n += 2 + int(b[n+1])
	}
	in := Inside{Kind: TZSP, What: Link, Header: n}
	switch binary.BigEndian.Uint16(b[2:]) {
	case 0x0001:
		in.What = Frame
	case 0x0012:
		in.Number = 105
	case 0x0077:
		in.Number = 119
	case 0x007f:
		in.Number = 163
	default:
		return Inside{}, unread("TZSP of another kind")
	}
	return in, has(b, n)
}

// capwap takes off RFC 5415, section 4.3: data between an access point and its
// controller, frames of Ethernet or of IEEE 802.11.
func capwap(b []byte) (Inside, error) {
	const encrypted, native, fragment, keepAlive = 1, 0x0100, 0x80, 0x08
	if len(b) < 8 {
		return Inside{}, ErrShort
	}
	if b[0]&15 == encrypted {
		return Inside{}, unread("encrypted CAPWAP")
	}
	if b[0] != 0 {
		return Inside{}, ErrForeign
	}
	n := int(b[1]>>3) * 4
	switch {
	case n < 8:
		return Inside{}, ErrForeign
	case b[3]&keepAlive != 0:
		return Inside{}, ErrNothing
	case b[3]&fragment != 0:
		return Inside{}, unread("CAPWAP fragments")
	}
	in := Inside{Kind: CAPWAP, What: Frame, Header: n}
	if binary.BigEndian.Uint16(b[1:])&1 != 0 { // T: as the radio has it
		in.What, in.Number = Link, 105
	}
	return in, has(b, n)
}

// aci takes off the VXLAN of Cisco's ACI fabric: 8 bytes with flags of its own.
func aci(b []byte) (Inside, error) {
	if len(b) < 8 {
		return Inside{}, ErrShort
	}
	if b[0]&0x08 == 0 {
		return Inside{}, ErrForeign
	}
	return Inside{Kind: ACI, What: Frame, Header: 8}, has(b, 8)
}

// wccp takes off what a router puts before a packet that it redirects: nothing, or
// four bytes in version 2.
func wccp(b []byte) (Inside, error) {
	if len(b) < 44 && !isIPv4(b) { // what it is does not show
		return Inside{}, ErrShort
	}
	if isIPv4(b) || b[0]>>4 == 6 && isIPv6(b) {
		return Inside{Kind: WCCP, What: IP}, nil
	}
	return Inside{Kind: WCCP, What: IP, Header: 4}, nil
}
