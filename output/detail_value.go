package output

import (
	"math/bits"

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
	case f.Odd || p.kind == rawKind:
		return appendData(dst, m.Data(f))
	}
	switch p.kind {
	case maskKind:
		return appendMaskNames(dst, m.Uint(f), p.values.table)
	case enumKind:
		return appendConstant(dst, m, f, p)
	case textKind:
		return appendText(dst, m.Text(f))
	case timeKind:
		return d.appendStamp(dst, m.Uint(f))
	case unsignedKind, signedKind:
		return appendNumber(dst, m, f)
	}
	return d.summary.appendValue(dst, m, f)
}

// appendConstant appends the name of an enumeration's number and the number.
func appendConstant(dst []byte, m *decode.Message, f *decode.Field, p *fieldPlan) []byte {
	u := m.Uint(f)
	name, ok := p.values.table.Lookup(u)
	switch {
	case ok:
		dst = append(append(dst, name...), " ("...)
		return append(appendInt(dst, m.Int(f)), ')')
	case isNone(m, f):
		return append(appendInt(dst, m.Int(f)), " (none)"...)
	}
	return append(appendInt(dst, m.Int(f)), " (not in the table)"...)
}

// appendMaskNames appends a mask and its bits, unless they are many: those
// come below.
func appendMaskNames(dst []byte, u uint32, t *schema.Table) []byte {
	dst = appendHexNumber(dst, u)
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
	return append(appendHexNumber(dst, 1<<bit), " (not in the table)"...)
}

// appendBitRows appends the bits of a mask that has many, one a line.
func (d *Detail) appendBitRows(dst []byte, u uint32, t *schema.Table) []byte {
	left := placeWidth + nameWidth + 2
	if d.opts.Hex {
		left += hexWidth
	}
	for rest := u; rest != 0; rest &= rest - 1 {
		bit := bits.TrailingZeros32(rest)
		dst = appendBlanks(dst, left)
		dst = append(appendHexNumber(dst, 1<<bit), ' ')
		if name := t.Bit(bit); name != "" {
			dst = append(dst, name...)
		} else {
			dst = append(dst, "(not in the table)"...)
		}
		dst = append(dst, '\n')
	}
	return dst
}

// appendNumber appends a number, with the words of the tables of codes for the
// fields that hold one.
func appendNumber(dst []byte, m *decode.Message, f *decode.Field) []byte {
	u := m.Uint(f)
	switch f.Def.Name {
	case "PeripheralErrorCode":
		if u != 0 {
			return appendPeripheralError(dst, u)
		}
	case "EventReasonCode":
		if reason, ok := schema.EventReason(u, platformOf(m)); ok && u != 0 {
			return appendRemark(appendDecimal(dst, u), reason.Text)
		}
	}
	dst = appendInt(dst, m.Int(f))
	if isNone(m, f) {
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

func (d *Detail) appendStamp(dst []byte, sec uint32) []byte {
	if sec == 0 || sec == none32 {
		return append(appendDecimal(dst, sec), " (none)"...)
	}
	dst = d.summary.stamps.appendStamp(dst, int64(sec))
	dst = appendDecimal(append(dst, " ("...), sec)
	return append(dst, ')')
}

// appendData appends bytes as hex, in groups of four; many bytes come below
// and are only counted.
func appendData(dst, data []byte) []byte {
	switch {
	case len(data) == 0:
		return append(dst, "(empty)"...)
	case len(data) > longData:
		return appendCount(dst, int64(len(data)), "byte")
	}
	for i := 0; i < len(data); i += 4 {
		if i > 0 {
			dst = append(dst, ' ')
		}
		dst = appendHex(dst, data[i:min(i+4, len(data))])
	}
	return dst
}
