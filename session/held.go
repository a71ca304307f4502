package session

import (
	"ctiscope/decode"
	"ctiscope/reassembly"
)

// held are frames of a session that wait until later ones tell its version.
type held struct {
	bytes  []byte
	frames []heldFrame
	// over is set when the limits were reached once: what can be told is
	// told at once from then on.
	over bool
}

type heldFrame struct {
	end   int // in bytes; the frame begins where the one before ends
	dir   reassembly.Direction
	fr    decode.Frame // without Bytes
	order int64        // Record.Order
}

func (h *held) add(dir reassembly.Direction, fr *decode.Frame, order int64) {
	h.bytes = append(h.bytes, fr.Bytes...)
	f := heldFrame{len(h.bytes), dir, *fr, order}
	f.fr.Bytes = nil
	h.frames = append(h.frames, f)
}

// each calls fn for every frame held.
func (h *held) each(fn func(dir reassembly.Direction, fr decode.Frame, order int64)) {
	begin := 0
	for _, f := range h.frames {
		fr := f.fr
		fr.Bytes = h.bytes[begin:f.end]
		fn(f.dir, fr, f.order)
		begin = f.end
	}
}

// limits of what a session may hold.
const (
	maxHeldFrames  = 64
	maxHeldBytes   = 64 << 10
	maxHeldTime    = 1e9 // nanoseconds of capture time
	maxHeldPackets = 20000
)

// full tells whether the limits are reached at a place of the capture.
func (h *held) full(now decode.Mark) bool {
	return len(h.frames) > 0 && (len(h.frames) >= maxHeldFrames || len(h.bytes) >= maxHeldBytes || tooOld(h.frames[0].fr.Mark, now))
}

// tooOld tells whether what waits since then should wait no longer.
func tooOld(since, now decode.Mark) bool {
	return now.Time-since.Time > maxHeldTime || now.Number-since.Number > maxHeldPackets
}
