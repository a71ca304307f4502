package wrapping

import "encoding/binary"

// linkTypes are wrappings by link type (tcpdump.org, link-layer header types).
var linkTypes = map[uint32]unwrapper{
	6:   tokenRing,
	8:   slip,
	100: fixed(Other, 0, LLC),  // LLC-encapsulated ATM (RFC 1483)
	107: frameRelay,            // LINKTYPE_FRELAY
	109: fixed(ENC, 12, IP),    // LINKTYPE_ENC
	105: wlan,                  // LINKTYPE_IEEE802_11
	117: pflog,                 // LINKTYPE_PFLOG
	119: prism,                 // LINKTYPE_IEEE802_11_PRISM
	122: fixed(Other, 16, LLC), // IP over Fibre Channel (RFC 2625)
	123: fixed(Other, 4, LLC),  // SunATM
	127: radioTap,              // LINKTYPE_IEEE802_11_RADIOTAP
	138: typed(Other, 16),      // IP over IEEE 1394, as Apple has it
	149: privatePKTAP,          // DLT_USER2, which macOS writes
	163: avs,                   // LINKTYPE_IEEE802_11_AVS
	166: fixed(Directed, 2, PPP),
	192: ppi,
	197: erf,
	204: fixed(Directed, 1, PPP),
	205: fixed(Directed, 1, HDLC),
	206: directedRelay,
	239: netfilterLog,
	240: fixed(Other, 4, Frame), // Hilscher netANALYZER
	241: fixed(Other, 12, Frame),
	242: typedFirst(IPoIB, 4),
	258: pktap,
	274: mpacket,
	281: switchTag(4),
	282: fixed(SwitchTag, 4, Frame),
	284: switchTag(4),
	285: switchTag(8),

	130: juniper(anything), // LINKTYPE_JUNIPER_MLPPP and on
	131: juniper(anything),
	132: juniper(anything),
	133: juniper(anything),
	134: juniper(anything),
	135: juniper(anything),
	136: juniper(anything),
	137: juniper(anything),
	164: juniper(anything),
	167: juniper(anything),
	168: juniper(anything),
	178: juniper(Frame), // LINKTYPE_JUNIPER_ETHER
	179: juniper(PPP),
	180: juniper(anything),
	181: juniper(HDLC),
	183: juniper(anything),
	200: juniper(anything),
	222: juniper(anything),
	233: juniper(anything),
	238: juniper(anything),
}

// fixed returns an unwrapper for a header of n bytes before content of one kind.
func fixed(k Kind, n int, w What) unwrapper {
	return func(b []byte) (Inside, error) { return Inside{Kind: k, What: w, Header: n}, has(b, n+1) }
}

// typed returns one for a header of n bytes and an EtherType behind it.
func typed(k Kind, n int) unwrapper {
	return func(b []byte) (Inside, error) { return typeAt(b, n, k) }
}

// typeAt finds an EtherType behind n bytes.
func typeAt(b []byte, n int, k Kind) (Inside, error) {
	if len(b) < n+2 {
		return Inside{}, ErrShort
	}
	return Inside{Kind: k, What: Type, Number: uint32(binary.BigEndian.Uint16(b[n:])), Header: n + 2}, nil
}

// typedFirst returns one for a header of n bytes that begins with an EtherType.
func typedFirst(k Kind, n int) unwrapper {
	return func(b []byte) (Inside, error) {
		if len(b) < n {
			return Inside{}, ErrShort
		}
		return Inside{Kind: k, What: Type, Number: uint32(binary.BigEndian.Uint16(b)), Header: n}, nil
	}
}

// tokenRing takes off an IEEE 802.5 header: two bytes of control, two addresses, and
// a route where the source address says so.
func tokenRing(b []byte) (Inside, error) {
	n := 14
	if len(b) > n && b[8]&0x80 != 0 {
		n += int(b[14] & 0x1f)
	}
	return Inside{Kind: Other, What: LLC, Header: n}, has(b, n+1)
}

// slip takes off LINKTYPE_SLIP: direction and 15 bytes about compression.
func slip(b []byte) (Inside, error) {
	if len(b) > 1 && b[1]&0xc0 != 0x40 && b[1] != 0 {
		return Inside{}, unread("compressed SLIP")
	}
	return Inside{Kind: Other, What: IP, Header: 16}, has(b, 17)
}

// mpacket takes off LINKTYPE_ETHERNET_MPACKET (IEEE 802.3br): a preamble of 8 bytes,
// and the check sum at the end.
func mpacket(b []byte) (Inside, error) {
	if len(b) < 8 {
		return Inside{}, ErrShort
	}
	if b[7] != 0xd5 {
		return Inside{}, unread("IEEE 802.3br fragments")
	}
	return Inside{Kind: Other, What: Frame, Header: 8, Trailer: 4}, nil
}

// switchTag returns an unwrapper for the tag of n bytes that a switch chip puts
// between the addresses and the EtherType.
func switchTag(n int) unwrapper {
	return func(b []byte) (Inside, error) {
		in, err := typeAt(b, 12+n, SwitchTag)
		if in.Number < 0x0600 {
			in.What = LLC
		}
		return in, err
	}
}

// erf takes off an Endace record (LINKTYPE_ERF): 16 bytes, extension headers, and of
// Ethernet two bytes before the frame.
func erf(b []byte) (Inside, error) {
	const ethernet, colored, aligned = 2, 11, 16
	if len(b) < 16 {
		return Inside{}, ErrShort
	}
	n := 16
	for more := b[8]&0x80 != 0; more; n += 8 {
		if len(b) < n+8 {
			return Inside{}, ErrShort
		}
		more = b[n]&0x80 != 0
	}
	switch b[8] & 0x7f {
	case ethernet, colored, aligned:
		return Inside{Kind: ERF, What: Frame, Header: n + 2}, has(b, n+2)
	case 1, 10, 15:
		return Inside{Kind: ERF, What: HDLC, Header: n}, has(b, n+1)
	case 22:
		return Inside{Kind: ERF, What: IP, Header: n}, has(b, n+1)
	}
	return Inside{}, unread("ERF of another kind")
}
