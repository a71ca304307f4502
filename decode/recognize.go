package decode

import "ctiscope/decode/schema"

// Verdict is what Recognize says of bytes.
type Verdict int

// The verdicts.
const (
	NotCTI   Verdict = iota
	MaybeCTI         // not enough bytes to tell
	IsCTI
)

// enoughHere is the score at which a chain of frames at the beginning of bytes
// is believed.
const enoughHere = 3

// Recognize tells whether b, which begins where a message would, is of the
// codec's protocol. Bytes of other protocols are told from it by their first
// eight, so that it takes next to no time for them. Messages of a fixed part
// alone never add up: Cisco's other GED protocols share the header and the
// numbers of the heartbeats, and small numbers in any protocol look like them.
func (c *Codec) Recognize(b []byte) Verdict {
	if len(b) < schema.HeaderSize {
		if len(b) > 0 && plausiblePrefix(b) {
			return MaybeCTI
		}
		return NotCTI
	}
	if b[0] != 0 || b[1] != 0 || b[4] != 0 || b[5] != 0 {
		return NotCTI
	}
	score, floating := 0, false
	for len(b) >= schema.HeaderSize {
		length, number, _ := ParseHeader(b)
		p := c.lookup(number)
		if p == nil || length > schema.MaxMessageLength || int(length) < p.minSize {
			return NotCTI
		}
		n := schema.HeaderSize + int(length)
		if n > len(b) {
			break
		}
		g := c.Grade(b[:n], 0, schema.Unknown)
		if g < 0 {
			return NotCTI
		}
		floating = floating || g >= gradeFloating
		if score += g; score >= enoughHere && floating {
			return IsCTI
		}
		b = b[n:]
	}
	if !plausiblePrefix(b) {
		return NotCTI
	}
	return MaybeCTI
}
