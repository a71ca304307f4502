package decode

import "ctiscope/decode/schema"

// Guarded tells whether the message may carry a password where its framing does
// not say so: only then can Conceals be true of a field that has a definition
// which is no secret.
func (m *Message) Guarded() bool { return m.guarded }

// Conceals tells whether a field may hold a password or a part of one, so that
// it is not to be shown: a secret by its definition, a tag that is in no table,
// and in a message that can carry a password whatever may cover one because a
// length lies, the fixed part has an unknown size or the end is missing.
// Undecoded bytes are to be concealed always.
func (m *Message) Conceals(f *Field) bool {
	return f.Def == nil || f.Def.Secret || m.guarded && m.doubts(f)
}

// doubts tells whether a field of a guarded message may cover a password.
func (m *Message) doubts(f *Field) bool {
	if f.Tag == 0 {
		return m.disordered && looksText(m.Data(f))
	}
	return f.Off >= m.doubtful || m.covers(f)
}

// looksText tells whether a number of the fixed part is rather a piece of a
// text: that of another version may be shorter.
func looksText(data []byte) bool {
	printable := 0
	for _, c := range data {
		if ' ' <= c && c <= '~' {
			printable++
		}
	}
	return len(data) > 1 && printable >= len(data)-len(data)/4
}

// covers tells whether the data of a floating field are more than a value of its
// type: they may reach into another field.
func (m *Message) covers(f *Field) bool {
	if f.Odd {
		return true
	}
	switch f.Def.Type {
	case schema.String:
		return !isText(m.Data(f))
	case schema.NamedVar, schema.NamedArray:
		_, name, value := m.NamedVariable(f)
		return !wellNamed(m.Data(f), f.Def.Type) || !isText(name) || !isText(value)
	}
	return f.Def.Type == schema.Unspec
}

// guard finds from where on the floating part is not to be trusted: from the
// first field that tells of trouble, where the whole does not end as it should.
func (m *Message) guard() {
	m.doubtful = schema.MaxMessageSize
	if !m.trouble() {
		return
	}
	for i := m.NumFixed; i < len(m.Fields); i++ {
		f := &m.Fields[i]
		if f.Def == nil || f.Foreign || m.covers(f) || f.Def.Type.Size() == 0 && int(f.Len) > f.Def.Size {
			m.doubtful = f.Off
			return
		}
	}
}

// trouble notes whether the fixed part may not be what it is taken for, and
// tells whether the floating part could not be read to its end.
func (m *Message) trouble() (unreadable bool) {
	m.disordered = false
	for i := range m.Problems {
		switch m.Problems[i].Code {
		case LaterMessage, LaterField:
		case BadFloating, Truncated:
			m.disordered, unreadable = true, true
		default:
			m.disordered = true
		}
	}
	return unreadable
}
