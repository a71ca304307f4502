package network

// walk is the way through the headers of one packet.
type walk struct {
	d *Decoder
	s *Segment
	// depth is how many more tunnels may follow.
	depth int
	// time and number are those of the packet.
	time, number int64
	digits       uint8
	traced       bool // Options.Trace
}

// data is a part of a packet: what was captured of it and how long it was on
// the wire.
type data struct {
	b    []byte
	wire int
}

// from returns the part after the first n bytes, which must be there.
func (v data) from(n int) data { return data{v.b[n:], v.wire - n} }

// upTo returns the part before byte n of the wire.
func (v data) upTo(n int) data { return data{v.b[:min(n, len(v.b))], min(n, v.wire)} }

// short is the verdict on a part that has fewer than n bytes captured.
func (v data) short(n int) Verdict {
	if v.wire < n {
		return Malformed
	}
	return Snapped
}

// enter counts a tunnel and goes on inside, unless that is one too many.
func (w *walk) enter(t tunnel, v data, inside func(*walk, data) Verdict) Verdict {
	w.d.tunnels[t]++
	if w.depth == 0 {
		return w.unknown(depthKind, 0)
	}
	w.depth--
	w.layer(firstTunnel+Wrapper(t), v)
	return inside(w, v)
}

// enterType is enter for a tunnel that says by an EtherType what is inside.
func (w *walk) enterType(t tunnel, inside uint16, v data) Verdict {
	w.d.tunnels[t]++
	if w.depth == 0 {
		return w.unknown(depthKind, 0)
	}
	w.depth--
	w.layer(firstTunnel+Wrapper(t), v)
	if inside == etherBridging {
		return w.ethernet(v)
	}
	return w.etherType(inside, v)
}
