package output

import (
	"math/bits"

	"ctiscope/text"

	"ctiscope/decode"
	"ctiscope/decode/schema"
)

// manyBits is how many bits of a mask are too many for one line.
const manyBits = 3

// longData is how many bytes are too many for one line.
const longData = 32

// appendValue appends a value in words, with the number behind it where the
// words come from a table.
func (d *Detail) appendValue(dst []byte, m *decode.Message, f *decode.Field, p *fieldPlan) []byte {
	switch {
	case d.hides(m, f):
		return append(dst, mask...)
	case p.secret && p.def != nil:
		return appendSecret(dst, m.Data(f))
	}
	v := m.Value(f)
	switch v.Kind {
	case schema.RawKind:
		return appendData(dst, v.Text)
	case schema.MaskKind:
		return appendMaskNames(dst, v.Uint(), v.Table)
	case schema.EnumKind:
		return appendConstant(dst, &v)
	case schema.TextKind:
		return text.AppendInQuotes(dst, v.Text)
	case schema.TimeKind:
		return d.appendStamp(dst, &v)
	case schema.UnsignedKind, schema.SignedKind:
		return appendNumber(dst, m, f, &v)
	}
	return d.summary.appendValue(dst, m, f)
}

// appendConstant appends the name of an enumeration's number and the number.
func appendConstant(dst []byte, v *decode.Value) []byte {
	name := v.Name()
	switch {
	case name != "":
		dst = append(append(dst, name...), " ("...)
		return append(text.AppendInt(dst, v.Num), ')')
	case v.None:
		return append(text.AppendInt(dst, v.Num), " (none)"...)
	}
	return append(text.AppendInt(dst, v.Num), " (not in the table)"...)
}

// appendMaskNames appends a mask and its bits, unless they are many: those
// come below.
func appendMaskNames(dst []byte, u uint32, t *schema.Table) []byte {
	dst = text.AppendHexNumber(dst, u)
	if bits.OnesCount32(u) > manyBits {
		return dst
	}
	for left := u; left != 0; left &= left - 1 {
		if left == u {
			dst = append(dst, ' ')
		} else {
			dst = append(dst, " | "...)
		}
		dst = appendBitName(dst, bits.TrailingZeros32(left), t)
	}
	return dst
}

func appendBitName(dst []byte, bit int, t *schema.Table) []byte {
	if name := t.Bit(bit); name != "" {
		return append(dst, name...)
	}
	return append(text.AppendHexNumber(dst, 1<<bit), " (not in the table)"...)
}

// bitRoom is what a bit with the longest name takes.
const bitRoom = 46

// appendBitRows appends the bits of a mask that has many, one a line.
func (d *Detail) appendBitRows(dst []byte, u uint32, t *schema.Table) []byte {
	left := placeWidth + d.nameWidth() + 2
	if d.opts.Hex {
		left += hexWidth
	}
	if d.opts.Width > 0 {
		left = min(left, max(d.opts.Width-bitRoom, 0))
	}
	for rest := u; rest != 0; rest &= rest - 1 {
		bit := bits.TrailingZeros32(rest)
		dst = text.AppendBlanks(dst, left)
		dst = append(text.AppendHexNumber(dst, 1<<bit), ' ')
		if name := t.Bit(bit); name != "" {
			dst = append(dst, name...)
		} else {
			dst = append(dst, "(not in the table)"...)
		}
		dst = append(dst, '\n')
	}
	return dst
}

// appendNumber appends a number, with the words of the list of codes for the
// fields that hold one.
func appendNumber(dst []byte, m *decode.Message, f *decode.Field, v *decode.Value) []byte {
	u := v.Uint()
	switch f.Def.Codes {
	case schema.PeripheralCodes:
		if u != 0 {
			return appendPeripheralError(dst, u)
		}
	case schema.ReasonCodes:
		if reason, ok := schema.EventReason(u, platformOf(m)); ok && u != 0 {
			return appendRemark(text.AppendDecimal(dst, u), reason.Text)
		}
	}
	dst = text.AppendInt(dst, v.Num)
	if v.None {
		dst = append(dst, " (none)"...)
	}
	return dst
}

// platformOf tells the product from the message's PeripheralType.
func platformOf(m *decode.Message) schema.Platform {
	if f := m.Find("PeripheralType"); f != nil {
		return schema.PlatformOf(m.Uint(f))
	}
	return schema.AnyPlatform
}

func (d *Detail) appendStamp(dst []byte, v *decode.Value) []byte {
	if v.None {
		return append(text.AppendDecimal(dst, v.Uint()), " (none)"...)
	}
	dst = d.summary.stamps.AppendStamp(dst, v.Num)
	dst = text.AppendDecimal(append(dst, " ("...), v.Uint())
	return append(dst, ')')
}

// appendData appends bytes as hex, in groups of four; many bytes come below
// and are only counted.
func appendData(dst, data []byte) []byte {
	switch {
	case len(data) == 0:
		return append(dst, "(empty)"...)
	case len(data) > longData:
		return text.AppendCount(dst, int64(len(data)), "byte")
	}
	for i := 0; i < len(data); i += 4 {
		if i > 0 {
			dst = append(dst, ' ')
		}
		dst = text.AppendHex(dst, data[i:min(i+4, len(data))])
	}
	return dst
}
