package wrapping

import (
	"encoding/binary"

	"github.com/google/gopacket"
	"github.com/google/gopacket/layers"
)

// pflog takes off the header of a packet that a firewall of OpenBSD or FreeBSD
// logged. Other lengths than gopacket's are those of other releases; the header is
// padded to four bytes.
func pflog(b []byte) (Inside, error) {
	if len(b) < 1 {
		return Inside{}, ErrShort
	}
	n := (int(b[0]) + 3) &^ 3
	var header layers.PFLog
	if b[0]%4 == 1 && len(b) > 60 && header.DecodeFromBytes(b, gopacket.NilDecodeFeedback) == nil {
		n = len(header.Contents)
	}
	return Inside{Kind: PFLog, What: IP, Header: n}, has(b, n+1)
}

// netfilterLog takes off LINKTYPE_NFLOG: family, version, resource, then values with
// length and type in the byte order of the host; one of them is the packet.
func netfilterLog(b []byte) (Inside, error) {
	const payload, lengths = 9, 4
	if len(b) < 4 {
		return Inside{}, ErrShort
	}
	if b[1] != 0 {
		return Inside{}, ErrBad
	}
	var order binary.ByteOrder = binary.LittleEndian
	for n := 4; ; {
		if len(b) < n+lengths {
			return Inside{}, ErrShort
		}
		if n == 4 && int(order.Uint16(b[4:])) > 1<<8 && binary.BigEndian.Uint16(b[4:]) < 1<<8 {
			order = binary.BigEndian
		}
		size, kind := int(order.Uint16(b[n:])), order.Uint16(b[n+2:])
		if size < lengths {
			return Inside{}, ErrBad
		}
		if kind == payload {
			return Inside{Kind: NetfilterLog, What: IP, Header: n + lengths}, has(b, n+lengths+1)
		}
		n += (size + 3) &^ 3
	}
}

// pktap takes off the header that macOS puts before packets of several interfaces:
// its length, a type, the link type of what follows.
func pktap(b []byte) (Inside, error) {
	if len(b) < 12 {
		return Inside{}, ErrShort
	}
	n, kind, link := binary.LittleEndian.Uint32(b), binary.LittleEndian.Uint32(b[4:]), binary.LittleEndian.Uint32(b[8:])
	if n < 12 || n > 4096 {
		return Inside{}, ErrBad
	}
	if kind != 1 { // no packet follows
		return Inside{}, ErrNothing
	}
	return Inside{Kind: PKTAP, What: Link, Number: link, Header: int(n)}, has(b, int(n))
}

// privatePKTAP is pktap for a link type of private use, which may be anything else.
func privatePKTAP(b []byte) (Inside, error) {
	in, err := pktap(b)
	if err != nil || in.Header < 48 || in.Header > 512 {
		return Inside{}, ErrForeign
	}
	return in, nil
}
