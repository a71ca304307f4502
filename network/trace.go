package network

import (
	"ctiscope/capture"
	"ctiscope/network/wrapping"
)

// Wrapper is a header on the way to a TCP segment.
type Wrapper uint8

// The wrappers that are no tunnel.
const (
	LinkHeader Wrapper = iota // of the capture's link type
	Ethernet
	VLANTag // or another tag between EtherTypes
	IPv4
	IPv6
	UDP
	TCPHeader

	firstTunnel                                    // tunnels follow
	firstWrapping = firstTunnel + Wrapper(tunnels) // and wrappings of package wrapping
)

// String returns the wrapper's usual name.
func (w Wrapper) String() string {
	switch {
	case w >= firstWrapping:
		return wrapping.Kind(w - firstWrapping).String()
	case w >= firstTunnel:
		return tunnel(w - firstTunnel).String()
	}
	return [...]string{"link", "Ethernet", "tag", "IPv4", "IPv6", "UDP", "TCP"}[w]
}

// Layer is one header of those that wrap a segment. In one packet it ends where
// the next begins: labels, options and extension headers belong to the header
// before them, and ERSPAN begins with its GRE header.
type Layer struct {
	Kind Wrapper
	// Packet and At are where the header begins: the packet's number and the
	// offset in its Data.
	Packet int64
	At     uint32
}

// maxLayers bounds the layers that are noted of a packet: one made up of tags
// alone may have thousands. The outermost are kept, and the last.
const maxLayers = 128

// trace notes where the bytes that a walk looks at lie. All slices of a walk keep
// the capacity of what they were cut from, so that it tells their place.
type trace struct {
	on     bool
	file   int32
	off    int64
	base   int             // capacity of the bytes that are walked through
	pieces []capture.Piece // where those lie, nil while that is the packet itself
	layers []Layer
}

// begin makes the trace ready for a packet.
func (t *trace) begin(p *capture.Packet) {
	t.file, t.off, t.pieces, t.layers = p.File, p.Off, nil, t.layers[:0]
}

// layer notes a header that begins where v does.
func (w *walk) layer(kind Wrapper, v data) {
	if w.traced {
		w.note(kind, v)
	}
}

func (w *walk) note(kind Wrapper, v data) {
	t := &w.d.trace
	if len(t.layers) == maxLayers {
		t.layers = t.layers[:maxLayers-1]
	}
	l := Layer{Kind: kind, Packet: w.number, At: uint32(t.base - cap(v.b))}
	if t.pieces != nil {
		if p, ok := pieceAt(t.pieces, l.At); ok {
			l.Packet, l.At = p.Packet, p.At
		}
	}
	t.layers = append(t.layers, l)
}

// place returns where bytes of the walk lie.
func (w *walk) place(b []byte) []capture.Piece {
	t := &w.d.trace
	at := uint32(t.base - cap(b))
	if t.pieces == nil {
		return []capture.Piece{{Packet: w.number, File: t.file, At: at, Len: uint32(len(b)), Off: t.off}}
	}
	return capture.CutPieces(nil, t.pieces, at, uint32(len(b)))
}

// place returns where the last fragment that came lies, -1 as the offset when that
// was not kept.
func (part *partial) place() (file int32, off int64) {
	for i := range part.pieces {
		for _, p := range part.pieces[i].places {
			if p.Packet == part.number {
				return p.File, p.Off
			}
		}
	}
	return 0, -1
}

// pieceAt returns what is left of the piece in which byte at of a list lies.
func pieceAt(list []capture.Piece, at uint32) (capture.Piece, bool) {
	for _, p := range list {
		if at < p.Len {
			p.At, p.Len = p.At+at, p.Len-at
			return p, true
		}
		at -= p.Len
	}
	return capture.Piece{}, false
}

// located fills in where the payload of a segment lies that stands at s.At of
// what was walked through.
func (w *walk) located(s *Segment) {
	if w.d.trace.on {
		w.d.trace.locate(s)
	}
}

func (t *trace) locate(s *Segment) {
	s.Pieces, s.Layers = nil, t.layers
	if s.Owned {
		s.Pieces = capture.CutPieces(nil, t.pieces, s.At, uint32(len(s.Payload)))
	}
}
