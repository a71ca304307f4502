package decode

import (
	"bytes"
	"slices"

	"ctiscope/decode/schema"
)

// floating decodes the floating part from off to the end of the frame. It
// reports whether all of it could be read and all its tags belong there.
func (m *Message) floating(p *plan, off int, wide bool) bool {
	clear(m.reps[:len(p.rules)])
	b, clean := m.Frame, true
	for off < len(b) {
		tag, n, data, ok := nextTag(b, off, wide)
		if !ok {
			m.problem(BadFloating, -1, off, data+n-off, len(b)-off)
			m.undecoded(off)
			return false
		}
		f := Field{Tag: tag, Off: uint16(data), Len: uint16(n)}
		if int(tag) < len(p.floating) && p.floating[tag] != 0 {
			i := int(p.floating[tag]) - 1
			f.Def = p.def.Floating[i]
			m.reps[i]++
			m.Fields = append(m.Fields, f)
			if r := &p.rules[i]; !r.plain || !r.fits(n) || (r.limit > 0 && n > int(r.limit)) || int(f.Def.Since) > m.Version || m.reps[i] > 1 && r.once {
				clean = m.checkField(*r) && clean
			}
		} else {
			m.Fields = append(m.Fields, f)
			clean = m.foreign(p) && clean
		}
		off = data + n
	}
	return clean
}

// nextTag reads tag and length at off. data is where the field's n bytes
// begin; ok is false when they, or tag and length, go past the end of b.
func nextTag(b []byte, off int, wide bool) (tag uint16, n, data int, ok bool) {
	if wide {
		if len(b)-off < 4 {
			return 0, 0, off + 4, false
		}
		tag = uint16(b[off])<<8 | uint16(b[off+1])
		n, data = int(b[off+2])<<8|int(b[off+3]), off+4
	} else {
		if len(b)-off < 2 {
			return 0, 0, off + 2, false
		}
		tag, n, data = uint16(b[off]), int(b[off+1]), off+2
	}
	return tag, n, data, n <= len(b)-data
}

// checkField looks at the last field, which has something to look at. It
// reports false when the value cannot be read by its type.
func (m *Message) checkField(r sizeRule) bool {
	i := len(m.Fields) - 1
	f := &m.Fields[i]
	n, off := int(f.Len), int(f.Off)
	if !r.fits(n) {
		f.Odd = true
		m.problem(BadSize, i, off, max(int(r.exact), int(r.unit)), n)
		return false
	}
	if r.limit > 0 && n > int(r.limit) {
		m.problem(OverLength, i, off, int(r.limit), n)
	}
	if r.once && m.reps[f.Def.Index] > 1 {
		m.problem(Repeated, i, off, 0, 0)
	}
	if int(f.Def.Since) > m.Version && m.Version > 0 {
		m.problem(LaterField, i, off, int(f.Def.Since), m.Version)
	}
	switch f.Def.Type {
	case schema.Bool:
		if v := m.Uint(f); v > 1 {
			m.problem(BadBool, i, off, 0, int(v))
		}
	case schema.NamedVar, schema.NamedArray:
		if !wellNamed(m.Data(f), f.Def.Type) {
			m.problem(MalformedName, i, off, 0, n)
		}
	}
	return true
}

// wellNamed tells whether data is name, null, value, null; after the index
// byte of a NAMEDARRAY.
func wellNamed(data []byte, t schema.Type) bool {
	if t == schema.NamedArray {
		if len(data) == 0 {
			return false
		}
		data = data[1:]
	}
	i := bytes.IndexByte(data, 0)
	return i >= 0 && i < len(data)-1 && data[len(data)-1] == 0
}

// foreign looks at the last field, whose tag the message's layout does not
// have. It reports false when the tag is in no table or does not suit.
func (m *Message) foreign(p *plan) bool {
	i := len(m.Fields) - 1
	f := &m.Fields[i]
	t := p.codec.protocol.LookupTag(f.Tag)
	if t == nil {
		m.problem(UnknownTag, i, int(f.Off), 0, 0)
		return false
	}
	f.Foreign = true
	m.guarded = m.guarded || t.Field.Secret
	if t.Reserved() {
		m.problem(ReservedTag, i, int(f.Off), 0, 0)
		return false
	}
	f.Def = &t.Field
	listed := slices.Contains(p.also, f.Tag)
	if !listed {
		m.problem(ForeignTag, i, int(f.Off), 0, 0)
	}
	return m.checkField(p.codec.tagRules[f.Tag]) && listed
}

// fit grades how well a layout explains a message.
type fit uint8

const (
	fitNone    fit = iota // the floating part does not end where the message ends
	fitExact              // it does, with tags or sizes in no table
	fitKnown              // all tags are the guide's, all sizes suit
	fitPerfect            // all tags are the message's own
)

// fit grades a layout against a body.
func (p *plan) fit(l *layout, body []byte, wide bool) fit {
	if len(body) < l.size {
		return fitNone
	}
	level := fitPerfect
	if n := len(l.fields); n > 0 && int(l.fields[n-1].Off+l.fields[n-1].Len) < schema.HeaderSize+l.size {
		level = fitKnown // part of the fixed part is a guess
	}
	for off := l.size; off < len(body); {
		tag, n, data, ok := nextTag(body, off, wide)
		if !ok {
			return fitNone
		}
		level = min(level, p.fitTag(tag, n))
		off = data + n
	}
	return level
}

func (p *plan) fitTag(tag uint16, n int) fit {
	if int(tag) < len(p.floating) && p.floating[tag] != 0 {
		if r := &p.rules[p.floating[tag]-1]; !r.fits(n) {
			return fitExact
		} else if r.limit > 0 && n > int(r.limit) {
			return fitKnown
		}
		return fitPerfect
	}
	t := p.codec.protocol.LookupTag(tag)
	switch {
	case t == nil || t.Reserved() || !p.codec.tagRules[tag].fits(n):
		return fitExact
	case slices.Contains(p.also, tag):
		return fitPerfect
	}
	return fitKnown
}
