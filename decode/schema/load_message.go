package schema

import "slices"

// What a message can have at most. Decoding counts its floating fields in
// bytes, and so its different fixed parts.
const (
	maxFloating     = 255
	maxAlternatives = 200
)

func (l *loader) addMessage(row *Message, layout bool) {
	m := *row
	m.HasLayout, m.CodeField, m.Traits = layout, nil, row.Traits&^derived
	m.Fixed, m.Floating = copyFields(row.Fixed), copyFields(row.Floating)
	m.Alternatives = slices.Clone(row.Alternatives)
	l.p.messages = append(l.p.messages, &m)
	if m.Number == 0 || m.Number > MaxNumber {
		l.errorf("%s has the number %d, want 1 to %d", m.Name, m.Number, MaxNumber)
	}
	if len(m.Floating) > maxFloating || len(m.Alternatives) > maxAlternatives {
		l.errorf("%s has more than %d floating fields or %d alternatives", m.Name, maxFloating, maxAlternatives)
	}
	for _, f := range m.Fixed {
		l.fillFixed(&m, f)
		if m.CodeField == nil && m.Is(Failure) && f.Values != nil {
			m.CodeField = f
		}
	}
	for i, f := range m.Floating {
		l.fill(f, l.floating, m.Name)
		f.Index = i
	}
	for i := range m.Alternatives {
		l.addAlternative(&m, &m.Alternatives[i])
	}
	for v := l.p.versions.Min; v <= l.p.versions.Max; v++ {
		if m.FixedSize(v) > MaxMessageLength {
			l.errorf("the fixed part of %s takes %d bytes at version %d", m.Name, m.FixedSize(v), v)
			return
		}
	}
}

// copyFields returns fields of one's own.
func copyFields(rows []*Field) []*Field {
	if len(rows) == 0 {
		return nil
	}
	own, list := make([]Field, len(rows)), make([]*Field, len(rows))
	for i, f := range rows {
		own[i] = *f
		list[i] = &own[i]
	}
	return list
}

func (l *loader) fillFixed(m *Message, f *Field) {
	l.fill(f, l.fixed, m.Name)
	f.Index = NoIndex
	if f.Size <= 0 {
		l.errorf("fixed field %s of %s has no size", f.Name, m.Name)
	}
}

// fill takes from the dictionary what the row leaves open. The versions that
// have a field are a matter of each message and are not taken.
func (l *loader) fill(f *Field, from map[string]*Field, message string) {
	entry := from[f.Name]
	if entry == nil {
		l.errorf("%s names the field %s, which is in no dictionary", message, f.Name)
		return
	}
	if f.Size == 0 && f.Type != 0 && f.Type != entry.Type {
		f.Size = f.Type.Size()
	}
	if f.Type == 0 {
		f.Type = entry.Type
	}
	if f.Size == 0 {
		f.Size = entry.Size
	}
	if f.Tag == 0 {
		f.Tag = entry.Tag
	}
	if f.Values = l.ownTable(f.Values, message+" "+f.Name); f.Values == nil {
		f.Values = entry.Values
	}
	if f.Note == "" {
		f.Note = entry.Note
	}
	f.Array = f.Array || entry.Array
	f.Secret = f.Secret || entry.Secret
	f.PerClient = f.PerClient || entry.PerClient
	if f.AlsoNone == 0 {
		f.AlsoNone = entry.AlsoNone
	}
	if f.Codes == NoCodes {
		f.Codes = entry.Codes
	}
	f.settle()
	l.checkType(message, f)
}

func (l *loader) checkType(row string, f *Field) {
	switch {
	case f.Type == 0 || int(f.Type) >= len(types):
		l.errorf("field %s of %s has no type", f.Name, row)
	case f.Array && (f.Type.Size() == 0 || f.Type.Size() > 4):
		l.errorf("field %s of %s is an array of %s", f.Name, row, f.Type)
	}
}

// addAlternative completes one alternative: fields listed in the row, or the
// layout of version like without some fields, or the layout of the nearest
// version whose fixed part has the size.
func (l *loader) addAlternative(m *Message, a *Alternative) {
	if rows := a.Fields; rows != nil {
		a.Fields = nil
		for _, f := range rows {
			a.Fields = append(a.Fields, l.shared(m, f))
		}
	} else {
		a.Fields = l.alike(m, a)
	}
	size := 0
	for _, f := range a.Fields {
		size += f.Size
	}
	if size > a.Size || a.Size > MaxMessageLength {
		l.errorf("an alternative of %s with fields of %d bytes has the size %d", m.Name, size, a.Size)
	}
}

// alike returns the fields of an alternative that the row does not list.
func (l *loader) alike(m *Message, a *Alternative) (list []*Field) {
	version := a.like
	if version == 0 {
		version = l.nearest(m, a)
	}
	for _, f := range m.Fixed {
		if f.In(version) && !slices.Contains(a.without, f.Name) {
			list = append(list, f)
		}
	}
	return list
}

// shared returns the message's own field where the row only names it, so that
// a field is one pointer in every layout of its message.
func (l *loader) shared(m *Message, row *Field) *Field {
	for _, f := range m.Fixed {
		if f.Name == row.Name && (row.Type == 0 || row.Type == f.Type) {
			return f
		}
	}
	own := *row
	l.fillFixed(m, &own)
	return &own
}

func (l *loader) nearest(m *Message, a *Alternative) int {
	for distance := 1; distance <= MaxVersions; distance++ {
		for _, v := range [...]int{int(a.From) - distance, int(a.To) + distance} {
			if l.p.versions.Has(v) && m.FixedSize(v) == a.Size {
				return v
			}
		}
	}
	l.errorf("no version gives the size of an alternative of %s", m.Name)
	return a.like
}
