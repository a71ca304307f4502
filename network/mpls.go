package network

import "encoding/binary"

// mpls reads a stack of labels (RFC 3032). Nothing tells what comes after the
// last, so it is guessed: IP by its first four bits if the header makes sense,
// else an Ethernet frame, with or without a control word (RFC 4448) before it.
func (w *walk) mpls(v data) Verdict {
	for bottom := false; !bottom; v = v.from(4) {
		if len(v.b) < 4 {
			return v.short(4)
		}
		bottom = v.b[2]&1 != 0
	}
	if len(v.b) < 18 {
		return v.short(18)
	}
	bare, worded := binary.BigEndian.Uint16(v.b[12:]), binary.BigEndian.Uint16(v.b[16:])
	switch first := v.b[0] >> 4; {
	case first == 4 && plausible4(v), first == 6 && plausible6(v):
		return w.enter(mpls, v, (*walk).ip)
	case first == 0 && leadsOn(worded):
		return w.enter(mpls, v.from(4), (*walk).ethernet)
	case leadsOn(bare), plainEther(bare):
		return w.enter(mpls, v, (*walk).ethernet)
	case first == 0 && plainEther(worded):
		return w.enter(mpls, v.from(4), (*walk).ethernet)
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
