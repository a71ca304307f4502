package session

import (
	"slices"

	"ctiscope/capture"
	"ctiscope/reassembly"
)

// ledger knows, with Options.Trace, in which packets the bytes of one direction
// lie, for as long as they may still become a part of a Record.
type ledger struct {
	runs []run // in stream order
}

// run is a stretch of a stream and where its bytes lie: one behind the other, or,
// of bytes that a Transform made, all of the pieces for each of them.
type run struct {
	off, n int64
	pieces []capture.Piece
	whole  bool // the pieces are those of the whole run
}

// add notes where the bytes of a Data event lie.
func (l *ledger) add(ev *reassembly.Event) {
	if len(ev.Pieces) == 0 {
		return
	}
	n := int64(len(ev.Bytes))
	total := int64(0)
	for _, p := range ev.Pieces {
		total += int64(p.Len)
	}
	if last := len(l.runs) - 1; last >= 0 && total == n && l.runs[last].grow(ev.Off, ev.Pieces) {
		return
	}
	l.runs = append(l.runs, run{off: ev.Off, n: n, pieces: slices.Clone(ev.Pieces), whole: total != n})
}

// grow adds what goes on in the same packet right behind the run.
func (r *run) grow(off int64, pieces []capture.Piece) bool {
	last := &r.pieces[len(r.pieces)-1]
	p := pieces[0]
	if r.whole || len(pieces) > 1 || r.off+r.n != off || last.Packet != p.Packet || last.At+last.Len != p.At {
		return false
	}
	last.Len += p.Len
	r.n += int64(p.Len)
	return true
}

// forget drops what lies before an offset.
func (l *ledger) forget(off int64) {
	n := 0
	for n < len(l.runs) && l.runs[n].off+l.runs[n].n <= off {
		n++
	}
	if n > 0 {
		l.runs = slices.Delete(l.runs, 0, n)
	}
}

// places appends where the bytes from off to off+n lie.
func (l *ledger) places(dst []capture.Piece, off, n int64) []capture.Piece {
	for i := range l.runs {
		r := &l.runs[i]
		from, to := max(off, r.off), min(off+n, r.off+r.n)
		switch {
		case from >= to:
		case r.whole:
			dst = append(dst, r.pieces...)
		default:
			dst = capture.CutPieces(dst, r.pieces, uint32(from-r.off), uint32(to-from))
		}
	}
	return dst
}

// forget lets go of what no Record can ask for any more: what was handed on, and
// lies before all that is held or kept.
func (s *session) forget() {
	for d := range s.ledgers {
		off := s.streams[d].Base()
		for i := range s.inference.held.frames {
			if h := &s.inference.held.frames[i]; int(h.dir) == d {
				off = min(off, h.fr.Off)
				break
			}
		}
		s.ledgers[d].forget(off)
	}
}

// Places appends to dst where n bytes of the message, from byte from on, lie in
// the packets of the capture, in order; what a Transform made of a longer run has
// the pieces of all that run. It gives nothing without Options.Trace, and is good
// during the call that hands the Record over.
func (r *Record) Places(dst []capture.Piece, from, n int) []capture.Piece {
	if r.ledger == nil {
		return dst
	}
	return r.ledger.places(dst, r.Off+int64(from), int64(n))
}
