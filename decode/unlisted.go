package decode

import "ctiscope/decode/schema"

// decodeUnlisted decodes a message that the guide names without a layout: the
// InvokeID when the caller knows that the body begins with one, and a run of
// well-formed known tags that reaches the end of the message.
func (d *Decoder) decodeUnlisted(m *Message, whole, answer bool) {
	off := schema.HeaderSize
	if answer && len(m.Frame) >= off+4 {
		m.Fields = append(m.Fields, Field{Def: &d.codec.invokeID, Off: uint16(off), Len: 4})
		m.NumFixed = 1
		off += 4
	}
	start := len(m.Frame)
	if whole {
		start = m.runStart(m.Frame, off, d.codec.wideTags(d.Version) != d.otherWidth)
	}
	if off < start {
		m.Undecoded = Range{off, start - off}
	}
	wide := d.codec.wideTags(d.Version) != d.otherWidth
	for start < len(m.Frame) {
		tag, n, data, _ := nextTag(m.Frame, start, wide)
		m.Fields = append(m.Fields, Field{Def: &d.codec.protocol.LookupTag(tag).Field, Tag: tag, Off: uint16(data), Len: uint16(n), Foreign: true})
		start = data + n
	}
}

// runStart returns the earliest place from off on where a run of well-formed
// known tags begins that ends exactly at the end of b; len(b) if there is none.
func (m *Message) runStart(b []byte, off int, wide bool) int {
	m.ends = append(m.ends[:0], make([]bool, len(b)+1)...)
	m.ends[len(b)] = true
	start := len(b)
	for i := len(b) - 2; i >= off; i-- {
		tag, n, data, ok := nextTag(b, i, wide)
		if ok && m.ends[data+n] && m.Codec.plausibleTag(tag, b[data:data+n]) {
			m.ends[i] = true
			start = i
		}
	}
	return start
}

// plausibleTag tells whether data can be the value of a known tag. It is
// stricter than decoding needs to be, since nothing but the values themselves
// shows where the run begins.
func (c *Codec) plausibleTag(tag uint16, data []byte) bool {
	t := c.protocol.LookupTag(tag)
	if t == nil || t.Reserved() || len(data) == 0 || !c.tagRules[tag].fits(len(data)) {
		return false
	}
	switch t.Field.Type {
	case schema.String:
		return len(data) <= max(t.Field.Size, 1) && isText(data)
	case schema.NamedVar, schema.NamedArray:
		return wellNamed(data, t.Field.Type)
	case schema.Unspec:
		return len(data) <= max(t.Field.Size, 1)
	}
	return true
}

// isText tells whether data looks like a STRING: no control characters but
// trailing nulls.
func isText(data []byte) bool {
	for _, c := range trimNulls(data) {
		if c < ' ' || c == 0x7f {
			return false
		}
	}
	return true
}
