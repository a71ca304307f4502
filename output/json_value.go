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
		return appendEnum(dst, u, m.Int(f), p.values)
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

func appendEnum(dst []byte, u uint32, value int64, v *valueTexts) []byte {
	if object := v.object(u); object != "" {
		return append(dst, object...)
	}
	dst = append(dst, `{"value":`...)
	dst = strconv.AppendInt(dst, value, 10)
	return append(dst, `,"name":null}`...)
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
		dst = strconv.AppendInt(dst, m.Element(f, i), 10)
	}
	return append(dst, ']')
}
