package network

// walk is the way through the headers of one packet.
type walk struct {
	d *Decoder
	s *Segment
	// depth is how many more tunnels may follow.
	depth int
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

// inner counts a tunnel and tells whether one more may be entered.
func (w *walk) inner(t tunnel) bool {
	w.d.tunnels[t]++
	if w.depth == 0 {
		return false
	}
	w.depth--
	return true
}
