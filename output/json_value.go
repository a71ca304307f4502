package output

import (
	"encoding/binary"
	"math/bits"
	"strconv"

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
	case enumKind:
		u := unsigned(data)
		if u < uint32(len(p.values.low)) && p.values.low[u] != "" {
			return append(dst, p.values.low[u]...)
		}
		return appendEnum(dst, u, m.Int(f), p.values)
	case unsignedKind:
		return appendDecimal(dst, unsigned(data))
	case textKind:
		return appendQuoted(dst, trimNulls(data))
	case maskKind:
		return appendMask(dst, unsigned(data), p.values)
	case signedKind:
		return strconv.AppendInt(dst, m.Int(f), 10)
	case boolKind:
		return strconv.AppendBool(dst, unsigned(data) != 0)
	case timeKind:
		return j.appendStamp(dst, unsigned(data))
	case namedKind:
		return appendNamed(dst, m, f)
	case listKind:
		return appendList(dst, m, f)
	}
	return appendRaw(dst, data)
}

func trimNulls(b []byte) []byte {
	for len(b) > 0 && b[len(b)-1] == 0 {
		b = b[:len(b)-1]
	}
	return b
}

func unsigned(b []byte) uint32 {
	switch len(b) {
	case 4:
		return binary.BigEndian.Uint32(b)
	case 2:
		return uint32(binary.BigEndian.Uint16(b))
	case 1:
		return uint32(b[0])
	}
	return 0
}

func appendRaw(dst, data []byte) []byte {
	return append(appendHex(append(dst, '"'), data), '"')
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
	dst = appendDecimal(dst, u)
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
			dst = appendHexNumber(dst, 1<<bit)
		}
		dst = append(dst, '"')
	}
	return append(dst, "]}"...)
}

// appendHexNumber appends a number as 0x00000200.
func appendHexNumber(dst []byte, u uint32) []byte {
	var b [4]byte
	binary.BigEndian.PutUint32(b[:], u)
	return appendHex(append(dst, "0x"...), b[:])
}

func (j *JSON) appendStamp(dst []byte, sec uint32) []byte {
	if sec == 0 || sec == none32 {
		return append(dst, "null"...)
	}
	dst = append(dst, '"')
	return append(j.stamps.appendStamp(dst, int64(sec)), '"')
}

func appendNamed(dst []byte, m *decode.Message, f *decode.Field) []byte {
	index, name, value := m.NamedVariable(f)
	dst = append(dst, `{"name":`...)
	dst = appendQuoted(dst, name)
	if f.Def.Type == schema.NamedArray {
		dst = append(dst, `,"index":`...)
		dst = strconv.AppendInt(dst, int64(max(index, 0)), 10)
	}
	dst = append(dst, `,"value":`...)
	return append(appendQuoted(dst, value), '}')
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
