package output

import (
	"math/bits"
	"strconv"

	"ctiscope/text"

	"ctiscope/decode"
	"ctiscope/decode/schema"
)

// appendValue appends the value of one field.
func (j *JSON) appendValue(dst []byte, m *decode.Message, f *decode.Field, p *fieldPlan) []byte {
	data := m.Frame[f.Off : int(f.Off)+int(f.Len)]
	if f.Odd || p.secret || m.Guarded() {
		if !j.opts.ShowSecrets && m.Conceals(f) {
			return append(dst, `"`+mask+`"`...)
		}
		if f.Odd || p.def == nil {
			return appendRaw(dst, data)
		}
	}
	switch p.kind {
	case schema.EnumKind:
		u := m.Uint(f)
		if u < uint32(len(p.values.low)) && p.values.low[u] != "" {
			return append(dst, p.values.low[u]...)
		}
		return appendEnum(dst, m, f, p.values)
	case codeKind:
		return appendCode(dst, p.def.Codes, m.Uint(f))
	case schema.UnsignedKind:
		return text.AppendDecimal(dst, m.Uint(f))
	case schema.TextKind:
		return text.AppendJSON(dst, m.Text(f))
	case schema.MaskKind:
		return appendMask(dst, m.Uint(f), p.values)
	case schema.SignedKind:
		return strconv.AppendInt(dst, m.Int(f), 10)
	case schema.BoolKind:
		return strconv.AppendBool(dst, m.Uint(f) != 0)
	case schema.TimeKind:
		return j.appendStamp(dst, p.def, m.Uint(f))
	case schema.NamedKind:
		return appendNamed(dst, m, f)
	case schema.ListKind:
		return appendList(dst, m, f)
	}
	return appendRaw(dst, data)
}

func appendRaw(dst, data []byte) []byte {
	return append(text.AppendHex(append(dst, '"'), data), '"')
}

func appendEnum(dst []byte, m *decode.Message, f *decode.Field, v *valueTexts) []byte {
	u := m.Uint(f)
	if object := v.object(u); object != "" {
		return append(dst, object...)
	}
	name, _ := v.table.Lookup(u, m.Version)
	return appendNamedNumber(dst, m.Int(f), name)
}

// appendNamedNumber appends the object of a number with a name, which may be none.
func appendNamedNumber(dst []byte, value int64, name string) []byte {
	dst = append(dst, `{"value":`...)
	dst = strconv.AppendInt(dst, value, 10)
	if name == "" {
		return append(dst, `,"name":null}`...)
	}
	dst = append(append(dst, `,"name":"`...), name...)
	return append(dst, `"}`...)
}

// appendCode appends a number that a list of codes explains. The lists name few of
// their numbers.
func appendCode(dst []byte, codes schema.Codes, u uint32) []byte {
	name := ""
	if codes == schema.PeripheralCodes {
		c, _ := schema.PeripheralError(u)
		name = c.Const
	}
	return appendNamedNumber(dst, int64(u), name)
}

func appendMask(dst []byte, u uint32, v *valueTexts) []byte {
	dst = append(dst, `{"value":`...)
	dst = text.AppendDecimal(dst, u)
	dst = append(dst, `,"names":[`...)
	for left := u; left != 0; left &= left - 1 {
		if left != u {
			dst = append(dst, ',')
		}
		bit := bits.TrailingZeros32(left)
		dst = append(dst, '"')
		if name := v.table.Bit(bit); name != "" {
			dst = append(dst, name...)
		} else {
			dst = text.AppendHexNumber(dst, 1<<bit)
		}
		dst = append(dst, '"')
	}
	return append(dst, "]}"...)
}

func (j *JSON) appendStamp(dst []byte, f *schema.Field, sec uint32) []byte {
	if f.IsNone(sec) {
		return append(dst, "null"...)
	}
	dst = append(dst, '"')
	return append(j.stamps.AppendStamp(dst, int64(sec)), '"')
}

func appendNamed(dst []byte, m *decode.Message, f *decode.Field) []byte {
	index, name, value := m.NamedVariable(f)
	dst = append(dst, `{"name":`...)
	dst = text.AppendJSON(dst, name)
	if f.Def.Type == schema.NamedArray {
		dst = append(dst, `,"index":`...)
		dst = strconv.AppendInt(dst, int64(max(index, 0)), 10)
	}
	dst = append(dst, `,"value":`...)
	return append(text.AppendJSON(dst, value), '}')
}

func appendList(dst []byte, m *decode.Message, f *decode.Field) []byte {
	dst = append(dst, '[')
	for i := range m.NumElements(f) {
		if i > 0 {
			dst = append(dst, ',')
		}
		if n := m.Element(f, i); f.Def.Values == nil {
			dst = strconv.AppendInt(dst, n, 10)
		} else {
			name, _ := f.Def.Values.Lookup(uint32(n), m.Version)
			dst = appendNamedNumber(dst, n, name)
		}
	}
	return append(dst, ']')
}
