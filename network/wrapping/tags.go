package wrapping

import "encoding/binary"

// etherTypes are tags and headers by EtherType.
var etherTypes = map[uint32]unwrapper{
	0x22f3: trill,
	0x880b: fixed(Directed, 0, PPP),
	0x883e: wccp,           // in GRE
	0x893f: typed(ETag, 6), // IEEE 802.1BR, clause 7.5
	0x8903: fabricPath,
	0xd28b: arista,
}

// fabricPath takes off Cisco's tag of two bytes behind the outer addresses: tree and
// time to live. The frame of the hosts follows. (DCE is the same.)
func fabricPath(b []byte) (Inside, error) {
	return Inside{Kind: FabricPath, What: Frame, Header: 2}, has(b, 2)
}

// trill takes off RFC 6325, section 3: six bytes and options, then a frame.
func trill(b []byte) (Inside, error) {
	if len(b) < 6 {
		return Inside{}, ErrShort
	}
	n := 6 + 4*int(binary.BigEndian.Uint16(b)>>6&0x1f)
	return Inside{Kind: TRILL, What: Frame, Header: n}, has(b, n)
}

// arista takes off the time stamp that Arista's switches put before the EtherType:
// subtype, version, a time of 8 or 6 bytes.
func arista(b []byte) (Inside, error) {
	if len(b) < 4 {
		return Inside{}, ErrShort
	}
	n := 4 + 8
	switch binary.BigEndian.Uint16(b[2:]) {
	case 0x0010, 0x0110:
	case 0x0020, 0x0120:
		n = 4 + 6
	default:
		return Inside{}, unread("Arista time stamps of another version")
	}
	return typeAt(b, n, AristaTime)
}
