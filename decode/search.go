package decode

import (
	"bytes"
	"encoding/binary"
	"math/bits"

	"ctiscope/decode/schema"
)

// Judge grades a whole frame that stands where the search looks: how much it
// speaks for a message standing there. Reject says that no message can.
type Judge func(frame []byte) int

// Reject is the grade of what cannot be a message.
const Reject = -1000

const (
	// enough is the score at which a chain of frames is believed while more
	// bytes may come: more than one frame gives, so that the next one, or the
	// end of a segment, has to agree.
	enough = 4
	// maxSearch bounds the bytes that wait for a frame to be found. A message
	// takes at most 12500, so that a whole one lies in any run twice as long.
	maxSearch = 32 << 10
	// maxChain is how many frames of a chain are looked at.
	maxChain = 8
)

// search looks for the first frame of the bytes kept. The bytes that stand
// between a gap and the next frame are the end of a lost message, so that
// anything may look like a header in them; what tells a true header is the
// chain: the message that it leads fits its layout, and so does the one right
// behind it, up to the end of what is there.
func (s *Stream) search() bool {
	b := s.buf[s.pos:]
	if len(b) == 0 {
		s.release()
		return false
	}
	if !s.sure && len(b) <= maxSearch && s.effort.resting(len(b)) {
		return false
	}
	off := s.find(b)
	if off < 0 && !s.sure && len(b) > maxSearch {
		if off = s.best(b); off < 0 {
			n := len(b) - schema.MaxMessageSize
			s.pos += n
			s.skipped += int64(n)
			s.compact()
			return false
		}
	}
	if off < 0 {
		return false
	}
	off = s.lead(b, off)
	s.skipped += int64(off)
	s.pos += off
	s.lost = false
	return true
}

// lead returns where the earliest frame begins from which a chain leads to off,
// where one is known to begin; off itself if there is none.
func (s *Stream) lead(b []byte, off int) int {
	for from := nextHeader(b, 0); from >= 0 && from < off && s.effort.spend(stepEffort); from = nextHeader(b, from+1) {
		at := from
		for at < off {
			length, number, ok := ParseHeader(b[at:])
			n := schema.HeaderSize + int(length)
			if !ok || !acceptable(length, number) || at+n > off || !s.effort.spend(n) || s.judge(b[at:at+n]) <= 0 {
				break
			}
			at += n
		}
		if at == off {
			return from
		}
	}
	return off
}

// find returns where a chain of frames begins, or -1.
func (s *Stream) find(b []byte) int {
	s.weak = false
	if s.sure {
		return s.best(b)
	}
	from := max(s.scanned-s.pos, 0)
	s.scanned = s.pos + max(len(b)-schema.HeaderSize+1, 0)
	s.effort.spend((len(b) - from) / 8)
	for off := nextHeader(b, from); off >= 0; off = nextHeader(b, off+1) {
		if s.effort.left < -maxEffort {
			s.scanned = min(s.scanned, s.pos+off)
			break
		}
		score, frames, floating := s.chain(b, off)
		if frames > 0 && score >= enough && s.credible(off, floating) {
			return off
		}
		if score > Reject { // more bytes may make a frame of it
			s.scanned = min(s.scanned, s.pos+off)
		}
	}
	return -1
}

// best returns where the chain with the highest score begins, or -1. It is
// asked when no more bytes will come that could tell better.
func (s *Stream) best(b []byte) int {
	best, top := -1, 0
	for off := nextHeader(b, 0); off >= 0; off = nextHeader(b, off+1) {
		if s.effort.left < -2*maxEffort {
			break
		}
		score, frames, floating := s.chain(b, off)
		if !s.trusted && (score < enough || !s.credible(off, floating)) {
			continue
		}
		if frames > 0 && score > top {
			best, top = off, score
		}
	}
	s.weak = top < enough
	return best
}

// credible tells whether a chain may show that a connection of which nothing is
// known yet is of the protocol: it begins where a segment does, or several
// floating fields are as they should. Small numbers in any protocol look
// like messages of a fixed part alone, anywhere.
func (s *Stream) credible(off, floating int) bool {
	return s.trusted || s.begins(off) || floating > 1
}

// nextHeader returns the first place from off on where a header can stand, or
// -1: the upper halves of length and number are zero, the number is not.
func nextHeader(b []byte, off int) int {
	for off <= len(b)-schema.HeaderSize {
		i := bytes.Index(b[off:], zeros)
		if i < 0 || off+i > len(b)-schema.HeaderSize {
			return -1
		}
		off += i
		h := b[off : off+schema.HeaderSize]
		switch {
		case h[6]|h[7] == 0:
			off = pastZeros(b, off)
			continue
		case h[4]|h[5] == 0 && int(h[2])<<8+int(h[3]) <= schema.MaxMessageLength:
			return off
		}
		off++
	}
	return -1
}

// pastZeros returns the next place after off where the two bytes of a number
// are not both zero. Long runs of zeros are common in what is not CTI.
func pastZeros(b []byte, off int) int {
	end := off + schema.HeaderSize
	for end+8 <= len(b) && binary.NativeEndian.Uint64(b[end:]) == 0 {
		end += 8
	}
	for end < len(b) && b[end] == 0 {
		end++
	}
	return max(off+1, end-schema.HeaderSize+1)
}

var zeros = []byte{0, 0}

// chain grades the frames that follow each other from off to the end of b, and
// returns how many are whole, and how much floating fields that are as they should
// speak for them. A chain that comes upon something that cannot be
// a message scores Reject.
func (s *Stream) chain(b []byte, off int) (score, frames, floating int) {
	if s.begins(off) {
		score += 2
	}
	for frames < maxChain {
		s.effort.spend(stepEffort)
		rest := b[off:]
		if len(rest) < schema.HeaderSize {
			if !plausiblePrefix(rest) {
				return Reject, frames, floating
			}
			if len(rest) == 0 {
				score++
			}
			break
		}
		length, number, _ := ParseHeader(rest)
		if !plausiblePrefix(rest) || !acceptable(length, number) {
			return Reject, frames, floating
		}
		n := schema.HeaderSize + int(length)
		if n > len(rest) {
			if p := s.codec.lookup(number); p == nil || int(length) < p.minSize {
				return Reject, frames, floating
			}
			break
		}
		s.effort.spend(n)
		g := s.judge(rest[:n])
		if g == Reject || (frames == 0 && g <= 0) {
			return Reject, frames, floating
		}
		if g >= gradeFloating {
			floating += g - 1 // several fields that fit tell as much as two messages
		}
		score += g
		off += n
		frames++
	}
	return score, frames, floating
}

// begins tells whether a push began at off of the bytes kept: senders begin
// most messages in a segment of their own.
func (s *Stream) begins(off int) bool {
	off += s.pos
	if off == 0 {
		return true
	}
	for _, p := range s.pieces {
		if p.end >= off {
			return p.end == off
		}
	}
	return false
}

// compact moves the bytes kept to the front of buf.
func (s *Stream) compact() {
	n := copy(s.buf, s.buf[s.pos:])
	kept := s.pieces[:0]
	for _, p := range s.pieces {
		if p.end > s.pos {
			kept = append(kept, piece{p.end - s.pos, p.mark})
		}
	}
	s.scanned = max(s.scanned-s.pos, 0)
	s.buf, s.pieces, s.pos = s.buf[:n], kept, 0
}

// Grade tells how much a frame looks like a message of a version; version 0
// stands for any. side is the sender, if known: a message that the guide has
// from the other side is rejected.
func (c *Codec) Grade(frame []byte, version int, side schema.Side) int {
	if version == 0 {
		return c.gradeOf(frame, c.all, side)
	}
	return c.gradeOf(frame, 1<<c.versions.Nearest(version), side)
}

// gradeOf is Grade for any of a set of versions.
func (c *Codec) gradeOf(frame []byte, versions uint32, side schema.Side) int {
	length, number, ok := ParseHeader(frame)
	if !ok || len(frame) != schema.HeaderSize+int(length) {
		return Reject
	}
	p := c.lookup(number)
	switch {
	case p == nil:
		return -3
	case side != schema.Unknown && p.def.From != schema.Unknown && p.def.From != side:
		return Reject
	case !p.def.HasLayout:
		return 0
	case int(length) < p.minSize:
		return Reject
	}
	level, fields := p.bestFit(frame[schema.HeaderSize:], versions)
	if level > fitNone && level < fitPerfect && len(p.rules) == 0 {
		level-- // fields behind a message that has none: possible, not likely
	}
	return grade(level, fields)
}

// gradeFloating is the lowest grade of a frame that has floating fields as its
// layout wants them.
const gradeFloating = 2

// grade turns a fit with so many floating fields into a score.
func grade(level fit, fields int) int {
	switch {
	case level == fitNone:
		return -2
	case level == fitExact:
		return 0
	case fields == 0:
		return 1
	case level == fitKnown || fields == 1:
		return gradeFloating
	}
	return 3
}

// bestFit returns the best fit of a body to the layouts of some versions, and
// how many floating fields it then has. Of a single version the alternatives
// are tried, too.
func (p *plan) bestFit(body []byte, versions uint32) (best fit, fields int) {
	if versions&(versions-1) == 0 {
		return p.bestOf(body, bits.TrailingZeros32(versions))
	}
	var tried [2][4]uint64 // layouts, by width of tags
	for left := versions; left != 0 && best < fitPerfect; left &= left - 1 {
		v := bits.TrailingZeros32(left)
		l, wide, w := p.nominal[p.codec.versionIndex(v)], p.codec.wideTags(v), 0
		if wide {
			w = 1
		}
		if tried[w][l/64]&(1<<(l%64)) != 0 {
			continue
		}
		tried[w][l/64] |= 1 << (l % 64)
		best, fields = p.better(best, fields, body, l, wide)
	}
	return best, fields
}

// bestOf is bestFit of one version.
func (p *plan) bestOf(body []byte, version int) (best fit, fields int) {
	wide := p.codec.wideTags(version)
	for k, l := range p.order[p.codec.versionIndex(version)] {
		if k > len(p.def.Alternatives) || best == fitPerfect {
			break
		}
		best, fields = p.better(best, fields, body, l, wide)
	}
	return best, fields
}

// better returns the fit of a layout, and its floating fields, where it is
// better than the best one up to here.
func (p *plan) better(best fit, fields int, body []byte, layout uint8, wide bool) (fit, int) {
	l := &p.layouts[layout]
	if f := p.fit(l, body, wide); f > best {
		return f, countTags(body, l.size, wide)
	}
	return best, fields
}

func countTags(body []byte, off int, wide bool) (fields int) {
	for off < len(body) {
		_, n, data, ok := nextTag(body, off, wide)
		if !ok {
			break
		}
		fields++
		off = data + n
	}
	return fields
}
