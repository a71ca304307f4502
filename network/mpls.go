package network

import "encoding/binary"

// mpls reads a stack of labels (RFC 3032). Nothing tells what comes after the
// last, so it is guessed: IP by its first four bits if the header makes sense,
// else an Ethernet frame, with or without a control word (RFC 4448) before it.
func (w *walk) mpls(v data) Verdict {
	n := 0 // bytes of labels
	for bottom := false; !bottom; n += 4 {
		if len(v.b) < n+4 {
			return v.short(n + 4)
		}
		bottom = v.b[n+2]&1 != 0
	}
	in := v.from(n)
	if len(in.b) < 18 {
		return in.short(18)
	}
	bare, worded := binary.BigEndian.Uint16(in.b[12:]), binary.BigEndian.Uint16(in.b[16:])
	switch first := in.b[0] >> 4; {
	case first == 4 && plausible4(in), first == 6 && plausible6(in):
		return w.unwrap(mpls, v, n, (*walk).ip)
	case first == 0 && leadsOn(worded):
		return w.unwrap(mpls, v, n+4, (*walk).ethernet)
	case leadsOn(bare), plainEther(bare):
		return w.unwrap(mpls, v, n, (*walk).ethernet)
	case first == 0 && plainEther(worded):
		return w.unwrap(mpls, v, n+4, (*walk).ethernet)
	}
	return w.unknown(mplsKind, 0)
}

func plausible4(v data) bool {
	header, total := int(v.b[0]&15)*4, int(binary.BigEndian.Uint16(v.b[2:]))
	return header >= 20 && (total == 0 || total >= header && total <= v.wire)
}

func plausible6(v data) bool {
	return 40+int(binary.BigEndian.Uint16(v.b[4:])) <= v.wire
}

// leadsOn tells whether an EtherType is one of those that usual frames in a
// pseudowire have.
func leadsOn(t uint16) bool {
	switch t {
	case etherIPv4, etherIPv6, etherVLAN, etherQinQ, etherOldQinQ, etherMPLS, etherPPPoE:
		return true
	}
	return false
}
