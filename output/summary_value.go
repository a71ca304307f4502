package output

import (
	"bytes"
	"math/bits"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"ctiscope/text"

	"ctiscope/decode"
	"ctiscope/decode/schema"
)

// appendPhrase appends what a phrase shows, nothing if there is nothing.
func (s *summary) appendPhrase(dst []byte, m *decode.Message, plan *messagePlan, p *phrase) []byte {
	switch p.show {
	case variablesForm:
		return s.appendVariables(dst, m, plan)
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
	return t != nil && f.Kind() == schema.EnumKind && t.Words(m.Uint(f), m.Version) == ""
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
		if s := m.Text(f); len(s) > 0 {
			return text.AppendInQuotes(dst, s)
		}
		return dst
	case secondsForm:
		if u := m.Uint(f); !m.IsNone(f) {
			return append(text.AppendDecimal(dst, u), " s"...)
		}
		return append(dst, "none"...)
	case flagForm:
		// The words of the phrase say it all.
		if m.Uint(f) != 0 {
			return append(dst, "yes"...)
		}
		return dst
	case recordsForm:
		return text.AppendCount(dst, int64(m.Uint(f)), "record")
	case agentsForm:
		return text.AppendCount(dst, int64(m.Uint(f)), "agent")
	case teamsForm:
		return text.AppendCount(dst, int64(m.Uint(f)), "team")
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
	case kindsForm:
		return s.appendKinds(dst, m, f)
	case someForm:
		return s.appendSome(dst, m, f)
	case statusForm, controlForm:
		return appendFailure(dst, m, f, p.table)
	case peripheralForm:
		return appendPeripheralError(dst, m.Uint(f))
	}
	return s.appendKnown(dst, m, f)
}

// appendKnown appends a value unless it means none.
func (s *summary) appendKnown(dst []byte, m *decode.Message, f *decode.Field) []byte {
	if m.IsNone(f) {
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
	s := bytes.TrimRight(data, "\x00")
	if !utf8.Valid(s) || bytes.ContainsFunc(s, unicode.IsControl) {
		return text.AppendHex(dst, data)
	}
	return text.AppendInQuotes(dst, s)
}

// appendValue appends a value by the field's type.
func (s *summary) appendValue(dst []byte, m *decode.Message, f *decode.Field) []byte {
	if mayHide(m, f) && s.hides(m, f) {
		return append(dst, mask...)
	}
	v := m.Value(f)
	if v.Kind != schema.RawKind && f.Def.Secret {
		return appendSecret(dst, m.Data(f))
	}
	switch v.Kind {
	case schema.ListKind:
		return appendElements(dst, m, f)
	case schema.MaskKind:
		return appendBits(dst, v.Uint(), s.plans.texts(v.Table))
	case schema.EnumKind:
		if words := v.Words(); words != "" {
			return append(dst, words...)
		}
		return text.AppendInt(dst, v.Num)
	case schema.TextKind:
		return text.AppendWord(dst, v.Text)
	case schema.BoolKind:
		return strconv.AppendBool(dst, v.Num != 0)
	case schema.TimeKind:
		return s.stamps.AppendStamp(dst, v.Num)
	case schema.NamedKind:
		return appendVariable(dst, &v)
	case schema.UnsignedKind, schema.SignedKind:
		return text.AppendInt(dst, v.Num)
	}
	return text.AppendHex(dst, v.Text)
}

func appendElements(dst []byte, m *decode.Message, f *decode.Field) []byte {
	for i := range m.NumElements(f) {
		if i > 0 {
			dst = append(dst, ',')
		}
		n := m.Element(f, i)
		if words := elementWords(m, f, n); words != "" {
			dst = append(dst, words...)
		} else {
			dst = text.AppendInt(dst, n)
		}
	}
	return dst
}

// elementWords returns the words of a number of an array, "" where it has none.
func elementWords(m *decode.Message, f *decode.Field, n int64) string {
	if f.Def.Values == nil {
		return ""
	}
	return f.Def.Values.Words(uint32(n), m.Version)
}

// appendBits appends the bits of a mask in words.
func appendBits(dst []byte, u uint32, v *valueTexts) []byte {
	switch u {
	case 0:
		return append(dst, "none"...)
	case schema.None32:
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
			dst = text.AppendHexNumber(dst, 1<<bit)
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
	if f == nil || f.Odd || m.IsNone(f) {
		return dst
	}
	u := m.Uint(f)
	words := p.table.Words(u, m.Version)
	if words == "" && p.words == "" {
		dst = append(append(dst, f.Def.Name...), ' ')
	}
	if words == "" {
		return text.AppendDecimal(dst, u)
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
		if f.Def != first.Def || m.IsNone(f) {
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
		dst = text.AppendInt(append(dst, " and "...), int64(more))
		dst = append(dst, " more"...)
	}
	return dst
}

// appendKinds appends the value that a field has in all records or, where they
// differ, how many have which: "(2 add, 1 change)".
func (s *summary) appendKinds(dst []byte, m *decode.Message, first *decode.Field) []byte {
	var counts [4]int64 // of kinds, in order of appearance; there are no more
	var kinds [4]*decode.Field
	for i := m.NumFixed; i < len(m.Fields); i++ {
		f := &m.Fields[i]
		if f.Def != first.Def {
			continue
		}
		for k := range kinds {
			if kinds[k] == nil {
				kinds[k] = f
			}
			if m.Uint(kinds[k]) == m.Uint(f) {
				counts[k]++
				break
			}
		}
	}
	if kinds[1] == nil {
		return s.appendKnown(dst, m, first)
	}
	dst = append(dst, '(')
	for k := range kinds {
		if kinds[k] == nil {
			break
		}
		if k > 0 {
			dst = append(dst, ", "...)
		}
		dst = append(text.AppendInt(dst, counts[k]), ' ')
		dst = s.appendKnown(dst, m, kinds[k])
	}
	return append(dst, ')')
}

// appendVariables appends the call variables of a message.
func (s *summary) appendVariables(dst []byte, m *decode.Message, plan *messagePlan) []byte {
	start := len(dst)
	for i := m.NumFixed; i < len(m.Fields); i++ {
		f := &m.Fields[i]
		if f.Def == nil || !f.Def.Variable || f.Odd {
			continue
		}
		dst = appendComma(dst, start)
		if mayHide(m, f) && s.hides(m, f) {
			dst = append(append(append(dst, f.Def.Name...), '='), mask...)
			continue
		}
		v := m.Value(f)
		if v.Kind != schema.NamedKind {
			v.Key = append(s.key[:0], f.Def.Name...)
			s.key = v.Key
		}
		dst = appendVariable(dst, &v)
	}
	return dst
}

// appendVariable appends user.name="value" or user.name[3]="value".
func appendVariable(dst []byte, v *decode.Value) []byte {
	dst = text.AppendWord(dst, v.Key)
	if v.Index >= 0 {
		dst = append(text.AppendInt(append(dst, '['), int64(v.Index)), ']')
	}
	return text.AppendInQuotes(append(dst, '='), v.Text)
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
	if code == 0 || code == schema.None16 && !leaving {
		return dst
	}
	dst = text.AppendDecimal(dst, code)
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
func appendFailure(dst []byte, m *decode.Message, f *decode.Field, t *schema.Table) []byte {
	code := m.Uint(f)
	if f.Def != nil && f.Def.Values != nil { // another fixed part has a code of another table
		t = f.Def.Values
	}
	c, ok := t.Code(code, m.Version)
	if !ok {
		return append(text.AppendDecimal(dst, code), " (not in the guide)"...)
	}
	dst = append(dst, c.Const...)
	advice, ok := schema.Practice(c.Const)
	if !ok || code == 0 && m.Def.Name != "CLOSE_REQ" { // what is said of "no error" is said of that
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
	dst = text.AppendDecimal(dst, code)
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
