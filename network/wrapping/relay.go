package wrapping

import "encoding/binary"

// Network layer protocol identifiers of Frame Relay (RFC 2427).
const (
	nlpidSNAP = 0x80
	nlpidIPv6 = 0x8e
	nlpidIPv4 = 0xcc
	nlpidPPP  = 0xcf
)

// frameRelay takes off a Q.922 address and what says what follows: by RFC 2427, or
// an EtherType as Cisco has it.
func frameRelay(b []byte) (Inside, error) {
	n := 0
	for more := true; more; n++ {
		if n >= len(b) {
			return Inside{}, ErrShort
		}
		if n == 4 {
			return Inside{}, ErrBad
		}
		more = b[n]&1 == 0
	}
	if len(b) < n+2 {
		return Inside{}, ErrShort
	}
	if b[n] != 3 { // no unnumbered information: Cisco's EtherType, or control
		if t := uint32(binary.BigEndian.Uint16(b[n:])); t >= 0x0600 {
			return Inside{Kind: FrameRelay, What: Type, Number: t, Header: n + 2}, nil
		}
		return Inside{}, ErrNothing
	}
	n++
	if b[n] == 0 { // pad
		n++
	}
	if len(b) < n+6 {
		return Inside{}, ErrShort
	}
	switch b[n] {
	case nlpidIPv4, nlpidIPv6:
		return Inside{Kind: FrameRelay, What: IP, Header: n + 1}, nil
	case nlpidPPP:
		return Inside{Kind: FrameRelay, What: PPP, Header: n + 1}, nil
	case nlpidSNAP:
		return snap(b, n+1)
	}
	return Inside{}, ErrNothing
}

// snap reads the organisation and the protocol at b[n]: an EtherType, or a bridged
// frame with its check sum or without.
func snap(b []byte, n int) (Inside, error) {
	organisation := uint32(b[n])<<16 | uint32(b[n+1])<<8 | uint32(b[n+2])
	number := uint32(binary.BigEndian.Uint16(b[n+3:]))
	switch {
	case organisation == 0:
		return Inside{Kind: FrameRelay, What: Type, Number: number, Header: n + 5}, nil
	case organisation == 0x0080c2 && number == 1:
		return Inside{Kind: FrameRelay, What: Frame, Header: n + 5, Trailer: 4}, nil
	case organisation == 0x0080c2 && number == 7:
		return Inside{Kind: FrameRelay, What: Frame, Header: n + 5}, nil
	}
	return Inside{}, ErrNothing
}

// directedRelay takes off LINKTYPE_FRELAY_WITH_DIR: a direction, then Frame Relay.
func directedRelay(b []byte) (Inside, error) {
	if len(b) < 1 {
		return Inside{}, ErrShort
	}
	in, err := frameRelay(b[1:])
	in.Header++
	return in, err
}
