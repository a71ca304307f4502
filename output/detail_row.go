package output

import (
	"ctiscope/decode"
	"ctiscope/text"
)

// row is one line of the tree.
type row struct {
	indent string
	name   string
	kind   string // the guide's type
	tag    uint16
	off    int
	data   []byte
	hidden bool // data are a secret
	// dump prints the data below the row, since they are no short value.
	dump bool
	// note is the field's problem, of message; nil for none.
	note    *decode.Problem
	message *decode.Message
}

// Where the parts of a row stand, in columns after place and bytes.
const (
	nameWidth  = 30
	valueWidth = 40
	// hexBytes is the number of bytes that stand beside a field.
	hexBytes = 8
	// placeWidth and hexWidth are what stands left of the name.
	placeWidth = 15
	hexWidth   = hexBytes*4 + 3
)

// foldIndent is how much further right a line goes on that is too wide, kindRoom
// what is kept for the type.
const (
	foldIndent = 4
	kindRoom   = 19
)

// nameWidth is the room for a name: less where the width is told and small.
func (d *Detail) nameWidth() int {
	if d.opts.Width > 0 && d.opts.Width < 100 {
		return nameWidth - 6
	}
	return nameWidth
}

// valueWidth is the room for a value before the type: less where the width is told
// and would not hold both.
func (d *Detail) valueWidth() int {
	if d.opts.Width == 0 {
		return valueWidth
	}
	left := placeWidth + d.nameWidth() + 2
	if d.opts.Hex {
		left += hexWidth
	}
	return min(max(d.opts.Width-left-2-kindRoom, 1), valueWidth)
}

// appendRow appends a line of the tree: place, bytes if asked for, name, value,
// type, and the field's problem. Its value is in d.value.
func (d *Detail) appendRow(dst []byte, r row) []byte {
	dst = d.appendPlace(dst, &r)
	used := len(r.indent) + len(r.name)
	dst = append(dst, r.indent...)
	dst = d.paint.on(dst, fieldName)
	dst = append(dst, r.name...)
	dst = d.paint.off(dst, fieldName)
	dst = text.AppendBlanks(dst, max(d.nameWidth()-used, 0)+2)
	dst = append(dst, d.value...)
	dst = text.AppendBlanks(dst, max(d.valueWidth()-text.Width(string(d.value)), 0)+2)
	dst = d.paint.on(dst, quiet)
	dst = append(dst, r.kind...)
	if r.tag != 0 {
		dst = text.AppendDecimal(append(dst, ", tag "...), uint32(r.tag))
	}
	dst = d.paint.off(dst, quiet)
	if r.note != nil {
		dst = d.appendNote(append(dst, "  "...), r.message, r.note)
	}
	dst = append(dst, '\n')
	if d.opts.Hex {
		return d.appendMoreBytes(dst, &r)
	}
	if r.dump {
		return d.appendDump(dst, &r)
	}
	return dst
}

// appendPlace appends what stands left of the name: offset and length, and the
// first bytes if they are asked for.
func (d *Detail) appendPlace(dst []byte, r *row) []byte {
	dst = d.paint.on(dst, quiet)
	start := len(dst)
	dst = text.AppendDecimal(dst, uint32(r.off))
	dst = text.AlignRight(dst, start, 7)
	start = len(dst)
	if dst = append(dst, " +"...); r.hidden { // its length is a part of a secret
		dst = append(dst, '?')
	} else {
		dst = text.AppendDecimal(dst, uint32(len(r.data)))
	}
	dst = text.AppendBlanks(dst, max(8-(len(dst)-start), 1))
	if d.opts.Hex {
		dst = appendBytes(dst, r, 0, hexBytes)
	}
	return d.paint.off(dst, quiet)
}

// appendMoreBytes appends the bytes that found no room beside the field.
func (d *Detail) appendMoreBytes(dst []byte, r *row) []byte {
	if r.hidden {
		return dst
	}
	for from := hexBytes; from < len(r.data); from += hexBytes {
		dst = d.appendBytesLine(dst, r, from, hexBytes)
	}
	return dst
}

// appendDump appends all bytes below the field.
func (d *Detail) appendDump(dst []byte, r *row) []byte {
	for from := 0; from < len(r.data); from += 2 * hexBytes {
		dst = d.appendBytesLine(dst, r, from, 2*hexBytes)
	}
	return dst
}

func (d *Detail) appendBytesLine(dst []byte, r *row, from, most int) []byte {
	dst = d.paint.on(dst, quiet)
	start := len(dst)
	dst = text.AppendDecimal(dst, uint32(r.off+from))
	dst = text.AppendBlanks(text.AlignRight(dst, start, 7), 8)
	dst = appendBytes(dst, r, from, most)
	for dst[len(dst)-1] == ' ' {
		dst = dst[:len(dst)-1]
	}
	return append(d.paint.off(dst, quiet), '\n')
}

// appendBytes appends some of the row's bytes as hex and as ASCII.
func appendBytes(dst []byte, r *row, from, most int) []byte {
	data := r.data[min(from, len(r.data)):min(from+most, len(r.data))]
	if r.hidden {
		dst = append(dst, mask...)
		return text.AppendBlanks(dst, most*4+3-len(mask))
	}
	for i := range most {
		if i < len(data) {
			dst = append(text.AppendHex(dst, data[i:i+1]), ' ')
		} else {
			dst = append(dst, "   "...)
		}
	}
	dst = append(dst, ' ')
	for _, c := range data {
		if c < ' ' || c > '~' {
			c = '.'
		}
		dst = append(dst, c)
	}
	return text.AppendBlanks(dst, most-len(data)+2)
}
