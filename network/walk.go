package network

import (
	"errors"

	"ctiscope/capture"
	"ctiscope/network/wrapping"
)

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

// enter is unwrap for a tunnel without a header of its own.
func (w *walk) enter(t tunnel, v data, inside func(*walk, data) Verdict) Verdict {
	return w.unwrap(t, v, 0, inside)
}

// unwrap counts a tunnel and goes on inside, behind its header, the first n
// bytes of v, unless that is one tunnel too many.
func (w *walk) unwrap(t tunnel, v data, n int, inside func(*walk, data) Verdict) Verdict {
	w.d.tunnels[t]++
	if w.depth == 0 {
		return w.unknown(depthKind, 0)
	}
	w.depth--
	w.layer(firstTunnel+Wrapper(t), v)
	return inside(w, v.from(n))
}

// foreign goes on in a wrapping that package wrapping knows. otherwise is the
// verdict on what holds no packet.
func (w *walk) foreign(of wrapping.Number, kind unknownKind, number uint32, v data, otherwise Verdict) Verdict {
	if !wrapping.Known(of, number) {
		return w.unknown(kind, number)
	}
	in, err := wrapping.Unwrap(of, number, v.b)
	if err == nil && in.Header > len(v.b) {
		err = wrapping.ErrShort
	}
	if err != nil {
		return w.notUnwrapped(err, kind, number, v, otherwise)
	}
	if w.depth == 0 {
		return w.unknown(depthKind, 0)
	}
	w.depth--
	w.d.wrapped[in.Kind]++
	w.layer(firstWrapping+Wrapper(in.Kind), v)
	v = v.from(in.Header)
	v = v.upTo(max(v.wire-in.Trailer, 0))
	switch in.What {
	case wrapping.Frame:
		return w.ethernet(v)
	case wrapping.Type:
		return w.etherType(uint16(in.Number), v)
	case wrapping.LLC:
		return w.llc(v)
	case wrapping.IP:
		return w.ip(v)
	case wrapping.Link:
		return w.link(capture.LinkType(in.Number), v)
	}
	return w.hdlc(v) // PPP or Cisco's
}

// notUnwrapped is the verdict on an error of package wrapping.
func (w *walk) notUnwrapped(err error, kind unknownKind, number uint32, v data, otherwise Verdict) Verdict {
	var named *wrapping.NamedError
	switch {
	case errors.As(err, &named):
		return w.count(unknownKey{kind: namedKind, name: named.Name})
	case errors.Is(err, wrapping.ErrNothing):
		return otherwise
	case errors.Is(err, wrapping.ErrShort):
		return v.short(len(v.b) + 1)
	case errors.Is(err, wrapping.ErrForeign) && kind == portKind:
		return otherwise
	case errors.Is(err, wrapping.ErrForeign):
		return w.unknown(kind, number)
	}
	return Malformed
}

// unwrapType is unwrap for a tunnel that says by an EtherType what is inside.
func (w *walk) unwrapType(t tunnel, inside uint16, v data, n int) Verdict {
	w.d.tunnels[t]++
	if w.depth == 0 {
		return w.unknown(depthKind, 0)
	}
	w.depth--
	w.layer(firstTunnel+Wrapper(t), v)
	v = v.from(n)
	if inside == etherBridging {
		return w.ethernet(v)
	}
	return w.etherType(inside, v)
}
