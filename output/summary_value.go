package output

import (
	"bytes"
	"math/bits"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"ctiscope/decode"
	"ctiscope/decode/schema"
)

// appendPhrase appends what a phrase shows, nothing if there is nothing.
func (s *summary) appendPhrase(dst []byte, m *decode.Message, lay *layout, p *phrase) []byte {
	switch p.show {
	case variablesForm:
		return s.appendVariables(dst, m, lay)
	case differsForm:
		return s.appendDiffering(dst, m, p)
	case reasonForm:
		return s.appendReason(dst, m, p)
	case tableForm:
		return s.appendByTable(dst, m, p)
	}
	for _, place := range p.fields {
		f := s.field(m, place)
		if f == nil {
			continue
		}
		before := len(dst)
		if p.words == "" && isNameless(m, f) {
			dst = append(append(dst, f.Def.Name...), ' ')
		}
		name := len(dst)
		if dst = s.appendForm(dst, m, f, p); len(dst) > name {
			return dst
		}
		dst = dst[:before]
	}
	return dst
}

// isNameless tells whether a number lacks the words that would say what it is.
func isNameless(m *decode.Message, f *decode.Field) bool {
	t := f.Def.Values
	return t != nil && !t.Mask && !f.Odd && t.Words(m.Uint(f)) == ""
}

// field returns the field found at that place, or nil.
func (s *summary) field(m *decode.Message, place uint8) *decode.Field {
	if at := s.found[place]; at != 0 {
		return &m.Fields[at-1]
	}
	return nil
}

func (s *summary) appendForm(dst []byte, m *decode.Message, f *decode.Field, p *phrase) []byte {
	if mayHide(m, f) && s.hides(m, f) {
		return append(dst, mask...)
	}
	switch p.show {
	case textForm:
		if text := m.Text(f); len(text) > 0 {
			return appendText(dst, text)
		}
		return dst
	case secondsForm:
		if u := m.Uint(f); u != none32 {
			return append(appendDecimal(dst, u), " s"...)
		}
		return append(dst, "none"...)
	case flagForm:
		// The words of the phrase say it all.
		if m.Uint(f) != 0 {
			return append(dst, "yes"...)
		}
		return dst
	case recordsForm:
		return appendCount(dst, int64(m.Uint(f)), "record")
	case onlineForm:
		if m.Uint(f) != 0 {
			return append(dst, "online"...)
		}
		return append(dst, "offline"...)
	case pgForm:
		if m.Uint(f) == 0 {
			return append(dst, "normal"...)
		}
	case nonzeroForm:
		if m.Uint(f) == 0 {
			return dst
		}
	case someForm:
		return s.appendSome(dst, m, f)
	case statusForm, controlForm:
		return appendFailure(dst, m.Uint(f), p.table)
	case peripheralForm:
		return appendPeripheralError(dst, m.Uint(f))
	}
	return s.appendKnown(dst, m, f)
}

// appendKnown appends a value unless it means none.
func (s *summary) appendKnown(dst []byte, m *decode.Message, f *decode.Field) []byte {
	if isNone(m, f) {
		return dst
	}
	return s.appendValue(dst, m, f)
}

// mayHide is false of nearly all fields, and quick to ask before hides.
func mayHide(m *decode.Message, f *decode.Field) bool {
	return f.Def == nil || f.Def.Secret || m.Guarded()
}

// hides tells whether a field is masked.
func (s *summary) hides(m *decode.Message, f *decode.Field) bool { return !s.secrets && m.Conceals(f) }

// appendSecret appends a password that may be seen: as text, whatever its type,
// where it is text.
func appendSecret(dst, data []byte) []byte {
	text := trimNulls(data)
	if !utf8.Valid(text) || bytes.ContainsFunc(text, unicode.IsControl) {
		return appendHex(dst, data)
	}
	return appendText(dst, text)
}

// isNone tells whether the value is one that means none or unknown.
func isNone(m *decode.Message, f *decode.Field) bool {
	switch f.Type() {
	case schema.UInt, schema.Int:
		u := m.Uint(f)
		return u == none32 || u == 0 && f.Def.Values != nil && f.Def.Values.Mask
	case schema.UShort, schema.Short:
		return m.Uint(f) == none16
	case schema.Time:
		u := m.Uint(f)
		return u == 0 || u == none32
	case schema.String:
		return len(m.Text(f)) == 0
	}
	return f.Len == 0
}

// appendValue appends a value by the field's type.
func (s *summary) appendValue(dst []byte, m *decode.Message, f *decode.Field) []byte {
	if mayHide(m, f) && s.hides(m, f) {
		return append(dst, mask...)
	}
	if f.Def == nil || f.Odd {
		return appendHex(dst, m.Data(f))
	}
	def := f.Def
	switch {
	case def.Secret:
		return appendSecret(dst, m.Data(f))
	case def.Array:
		return appendElements(dst, m, f)
	case def.Values != nil && def.Values.Mask:
		return appendBits(dst, m.Uint(f), s.layouts.texts(def.Values))
	case def.Values != nil:
		if words := def.Values.Words(m.Uint(f)); words != "" {
			return append(dst, words...)
		}
		return appendInt(dst, m.Int(f))
	}
	switch def.Type {
	case schema.String:
		return appendWord(dst, m.Text(f))
	case schema.Bool:
		return strconv.AppendBool(dst, m.Uint(f) != 0)
	case schema.Time:
		return s.stamps.appendStamp(dst, int64(m.Uint(f)))
	case schema.NamedVar, schema.NamedArray:
		return appendVariable(dst, m, f)
	case schema.UChar, schema.Char, schema.UShort, schema.Short, schema.UInt, schema.Int:
		return appendInt(dst, m.Int(f))
	}
	return appendHex(dst, m.Data(f))
}

func appendElements(dst []byte, m *decode.Message, f *decode.Field) []byte {
	for i := range m.NumElements(f) {
		if i > 0 {
			dst = append(dst, ',')
		}
		dst = appendInt(dst, m.Element(f, i))
	}
	return dst
}

// appendBits appends the bits of a mask in words.
func appendBits(dst []byte, u uint32, v *valueTexts) []byte {
	switch u {
	case 0:
		return append(dst, "none"...)
	case none32:
		return append(dst, "all"...)
	}
	for left := u; left != 0; left &= left - 1 {
		if left != u {
			dst = append(dst, " + "...)
		}
		bit := bits.TrailingZeros32(left)
		if words := v.bits[bit]; words != "" {
			dst = append(dst, words...)
		} else {
			dst = appendHexNumber(dst, 1<<bit)
		}
	}
	return dst
}

// appendDiffering appends the first field unless the last one holds the same.
func (s *summary) appendDiffering(dst []byte, m *decode.Message, p *phrase) []byte {
	f, other := s.field(m, p.fields[0]), s.field(m, p.fields[len(p.fields)-1])
	if f == nil || other != nil && bytes.Equal(m.Text(f), m.Text(other)) {
		return dst
	}
	return s.appendKnown(dst, m, f)
}

// appendByTable appends a number in the words of a table that the schema does
// not give the field.
func (s *summary) appendByTable(dst []byte, m *decode.Message, p *phrase) []byte {
	f := s.field(m, p.fields[0])
	if f == nil || f.Odd || isNone(m, f) {
		return dst
	}
	u := m.Uint(f)
	words := p.table.Words(u)
	if words == "" && p.words == "" {
		dst = append(append(dst, f.Def.Name...), ' ')
	}
	if words == "" {
		return appendDecimal(dst, u)
	}
	if words == "none" {
		return dst
	}
	return append(dst, words...)
}

// appendSome appends the first few values of a field that repeats.
func (s *summary) appendSome(dst []byte, m *decode.Message, first *decode.Field) []byte {
	const most = 3
	shown, more := 0, 0
	for i := m.NumFixed; i < len(m.Fields); i++ {
		f := &m.Fields[i]
		if f.Def != first.Def || isNone(m, f) {
			continue
		}
		if shown == most {
			more++
			continue
		}
		if shown > 0 {
			dst = append(dst, ", "...)
		}
		dst = s.appendValue(dst, m, f)
		shown++
	}
	if more > 0 {
		dst = appendInt(append(dst, " and "...), int64(more))
		dst = append(dst, " more"...)
	}
	return dst
}

// appendVariables appends the call variables of a message.
func (s *summary) appendVariables(dst []byte, m *decode.Message, lay *layout) []byte {
	start := len(dst)
	for i := m.NumFixed; i < len(m.Fields); i++ {
		f := &m.Fields[i]
		p := s.layouts.floatingPlan(lay, f)
		if !p.variable || f.Odd {
			continue
		}
		dst = appendComma(dst, start)
		switch {
		case mayHide(m, f) && s.hides(m, f):
			dst = append(append(append(dst, f.Def.Name...), '='), mask...)
		case p.kind == namedKind:
			dst = appendVariable(dst, m, f)
		default:
			dst = append(dst, f.Def.Name...)
			dst = appendText(append(dst, '='), m.Text(f))
		}
	}
	return dst
}

// appendVariable appends user.name="value" or user.name[3]="value".
func appendVariable(dst []byte, m *decode.Message, f *decode.Field) []byte {
	index, name, value := m.NamedVariable(f)
	dst = appendWord(dst, name)
	if index >= 0 {
		dst = append(appendInt(append(dst, '['), int64(index)), ']')
	}
	return appendText(append(dst, '='), value)
}

// appendReason appends an EventReasonCode in words.
func (s *summary) appendReason(dst []byte, m *decode.Message, p *phrase) []byte {
	f := s.field(m, p.fields[0])
	if f == nil {
		return dst
	}
	code, platform, leaving := m.Uint(f), schema.AnyPlatform, false
	if len(p.fields) == 3 {
		if t := s.field(m, p.fields[1]); t != nil {
			platform = schema.PlatformOf(m.Uint(t))
		}
		if t := s.field(m, p.fields[2]); t != nil {
			leaving = m.Uint(t) == stateLogout || m.Uint(t) == stateNotReady
		}
	}
	// 65535 tells of a restart when an agent drops out, else it means none.
	if code == 0 || code == none16 && !leaving {
		return dst
	}
	dst = appendDecimal(dst, code)
	if reason, ok := schema.EventReason(code, platform); ok {
		dst = appendRemark(dst, reason.Text)
	}
	return dst
}

// Values of AgentState in which an agent drops out.
const (
	stateLogout   = 1
	stateNotReady = 2
)

// appendFailure appends a code's constant and, in brackets, its words.
func appendFailure(dst []byte, code uint32, t *schema.Table) []byte {
	c, ok := t.Code(code)
	if !ok {
		return append(appendDecimal(dst, code), " (not in the guide)"...)
	}
	dst = append(dst, c.Const...)
	advice, ok := schema.Practice(c.Const)
	if !ok {
		return appendRemark(dst, c.Text)
	}
	return appendRemark(dst, advice.Text)
}

// appendPeripheralError appends the error of the switch: number, constant,
// layer and words. 0 is no error.
func appendPeripheralError(dst []byte, code uint32) []byte {
	if code == 0 {
		return dst
	}
	dst = appendDecimal(dst, code)
	c, ok := schema.PeripheralError(code)
	if c.Const != "" {
		dst = append(append(dst, ' '), c.Const...)
	}
	if layer := schema.LayerText(c.Layer); layer != "" {
		dst = append(append(dst, " from "...), layer...)
	}
	if ok {
		dst = appendRemark(dst, c.Text)
	}
	return dst
}

// appendRemark appends a sentence of the tables in brackets.
func appendRemark(dst []byte, text string) []byte {
	if text == "" {
		return dst
	}
	dst = append(dst, " ("...)
	dst = append(dst, strings.TrimSuffix(text, ".")...)
	return append(dst, ')')
}

func appendInt(dst []byte, n int64) []byte {
	if n >= 0 && n < none32 {
		return appendDecimal(dst, uint32(n))
	}
	return strconv.AppendInt(dst, n, 10)
}

// appendCount appends "1 byte" or "5 bytes".
func appendCount(dst []byte, n int64, what string) []byte {
	dst = append(appendInt(dst, n), ' ')
	dst = append(dst, what...)
	if n != 1 {
		dst = append(dst, 's')
	}
	return dst
}
