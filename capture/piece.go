package capture

// Piece is a run of bytes of one captured packet. Data that was cut in several
// packets, or in fragments of one, is a list of them.
type Piece struct {
	Packet  int64  // Packet.Number
	File    int32  // as in Packet
	At, Len uint32 // in Packet.Data
	Off     int64  // as in Packet
}

// CutPieces appends to dst what of a list holds its bytes from at to at+n.
func CutPieces(dst, list []Piece, at, n uint32) []Piece {
	for _, p := range list {
		if at >= p.Len {
			at -= p.Len
			continue
		}
		p.At, p.Len = p.At+at, min(p.Len-at, n)
		if p.Len == 0 {
			break
		}
		dst = append(dst, p)
		at, n = 0, n-p.Len
	}
	return dst
}
