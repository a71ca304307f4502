package wrapping

import "encoding/binary"

// anything is the What of a Juniper link type behind whose cookies IP is looked for.
const anything What = 0xff

// juniper returns an unwrapper for what Juniper's routers write: "MGC", flags, perhaps
// extensions, and a frame of the kind given; or, where the flags say that there is no
// link layer, four bytes and IP.
func juniper(w What) unwrapper {
	const extended, bare = 0x80, 0x02
	return func(b []byte) (Inside, error) {
		n, flags := 0, byte(0)
		if len(b) >= 4 && string(b[:3]) == "MGC" {
			n, flags = 4, b[3]
		}
		if flags&extended != 0 {
			if len(b) < 6 {
				return Inside{}, ErrShort
			}
			n = 6 + int(binary.BigEndian.Uint16(b[4:]))
		}
		if flags&bare != 0 {
			return Inside{Kind: Juniper, What: IP, Header: n + 4}, has(b, n+5)
		}
		if w != anything {
			return Inside{Kind: Juniper, What: w, Header: n}, has(b, n+1)
		}
		if len(b) < n {
			return Inside{}, ErrShort
		}
		at, ok := findIP(b[n:])
		if !ok {
			return Inside{}, unread("Juniper, with neither IPv4 nor IPv6 behind its cookies")
		}
		return Inside{Kind: Juniper, What: IP, Header: n + at}, nil
	}
}

// mostCookie is how far behind a header IP is looked for.
const mostCookie = 24

// findIP looks for an IP header near the beginning: of IPv4 its check sum has to be
// right, of IPv6 its length and what it carries.
func findIP(b []byte) (at int, ok bool) {
	for at := 0; at <= mostCookie && at+20 <= len(b); at++ {
		if isIPv4(b[at:]) || isIPv6(b[at:]) {
			return at, true
		}
	}
	return 0, false
}

// isIPv4 tells whether b begins with an IPv4 header whose check sum is right.
func isIPv4(b []byte) bool {
	if len(b) < 20 || b[0]>>4 != 4 {
		return false
	}
	n := int(b[0]&15) * 4
	if n < 20 || n > len(b) || int(binary.BigEndian.Uint16(b[2:])) < n {
		return false
	}
	sum := uint32(0)
	for i := 0; i < n; i += 2 {
		sum += uint32(binary.BigEndian.Uint16(b[i:]))
	}
	for sum > 0xffff {
		sum = sum>>16 + sum&0xffff
	}
	return sum == 0xffff
}

// isIPv6 tells whether b looks like an IPv6 packet with TCP, UDP, ICMPv6 or an
// extension header in it.
func isIPv6(b []byte) bool {
	if len(b) < 40 || b[0]>>4 != 6 {
		return false
	}
	switch b[6] {
	case 0, 6, 17, 43, 44, 58, 60:
		return b[7] > 0
	}
	return false
}
