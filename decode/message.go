package decode

import (
	"encoding/binary"
	"strconv"

	"ctiscope/decode/schema"
)

// Message is one decoded message. The caller owns it and uses it again for the
// next one: Decode overwrites every part and keeps the slices' memory.
//
// Frame is borrowed from the caller of Decode; everything that the Message's
// methods return lies in it and is valid as long as it is.
type Message struct {
	Type    uint32
	Length  int             // MessageLength as on the wire, the header not counted
	Version int             // protocol version that the message was decoded with
	Codec   *Codec          // what decoded it: tells the protocol, also where Def is nil
	Def     *schema.Message // nil for a number that is not in the tables
	Frame   []byte          // the whole message, header included; shorter than 8+Length when it was cut
	// Fields holds the fields in wire order: the first NumFixed are the fixed
	// part, the others the floating part.
	Fields   []Field
	NumFixed int
	// Undecoded is the part of Frame that no field covers, if any.
	Undecoded Range
	Problems  []Problem

	guarded    bool   // may carry a password
	disordered bool   // the fixed part may not be what it is taken for
	doubtful   uint16 // offset from which the floating part is not to be trusted

	reps [256]uint16 // scratch: occurrences of each floating field
	ends []bool      // scratch of runStart
}

// Range is a run of bytes of a frame; it is empty when Len is 0.
type Range struct{ Off, Len int }

// Field is one field of a Message: its definition and where its data lie.
type Field struct {
	// Def is the definition in the message's own layout, or, when Foreign,
	// that of the tag table. It is nil for a tag that is in no table.
	Def *schema.Field
	// Tag is the floating field's tag; 0 for a field of the fixed part.
	Tag uint16
	// Off and Len are the place of the data in the frame, in bytes from the
	// start of the header. Tag and length bytes are not counted.
	Off, Len uint16
	// Foreign marks a floating field that the message's layout does not have.
	Foreign bool
	// Odd marks a value whose size does not fit its type; it is read as raw
	// bytes, and a Problem tells.
	Odd bool
}

// Name returns the field's name; "Tag_300" for a tag that is in no table.
func (f *Field) Name() string {
	if f.Def != nil {
		return f.Def.Name
	}
	return "Tag_" + strconv.Itoa(int(f.Tag))
}

// AppendName appends the field's name to dst.
func (f *Field) AppendName(dst []byte) []byte {
	if f.Def != nil {
		return append(dst, f.Def.Name...)
	}
	return strconv.AppendUint(append(dst, "Tag_"...), uint64(f.Tag), 10)
}

// Type returns how the data are to be read: Unspec where no table tells, or
// where the size does not fit the type.
func (f *Field) Type() schema.Type {
	if f.Def == nil || f.Odd {
		return schema.Unspec
	}
	return f.Def.Type
}

// Name returns the message's name; "UNKNOWN_300" for a number that is not in
// the tables.
func (m *Message) Name() string {
	if m.Def != nil {
		return m.Def.Name
	}
	return schema.UnknownName(m.Type)
}

// AppendName appends the message's name to dst.
func (m *Message) AppendName(dst []byte) []byte {
	return m.Def.AppendName(dst, m.Type)
}

// Data returns the field's raw data, borrowed from the frame.
func (m *Message) Data(f *Field) []byte {
	return m.Frame[f.Off : int(f.Off)+int(f.Len) : int(f.Off)+int(f.Len)]
}

// Uint returns the data of a number of 1, 2 or 4 bytes, unsigned; BOOL and
// TIME count as numbers. It returns 0 for other sizes.
func (m *Message) Uint(f *Field) uint32 { return beUint(m.Data(f)) }

// Int returns the value of a number with its sign: negative for CHAR, SHORT
// and INT below zero, else as Uint.
func (m *Message) Int(f *Field) int64 { return signed(f.Type(), m.Uint(f)) }

func signed(t schema.Type, u uint32) int64 {
	switch t {
	case schema.Char:
		return int64(int8(u))
	case schema.Short:
		return int64(int16(u))
	case schema.Int:
		return int64(int32(u))
	}
	return int64(u)
}

func beUint(b []byte) uint32 {
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

// Text returns the bytes of a STRING without its trailing nulls: a sender may
// leave the null out or send more than one.
func (m *Message) Text(f *Field) []byte { return trimNulls(m.Data(f)) }

func trimNulls(b []byte) []byte {
	for len(b) > 0 && b[len(b)-1] == 0 {
		b = b[:len(b)-1]
	}
	return b
}

// NumElements returns how many numbers an Array field holds, and 1 for others.
func (m *Message) NumElements(f *Field) int {
	if f.Def == nil || !f.Def.Array || f.Odd {
		return 1
	}
	return int(f.Len) / f.Def.Type.Size()
}

// Element returns number i of an Array field, with its sign.
func (m *Message) Element(f *Field, i int) int64 {
	n := f.Def.Type.Size()
	d := m.Data(f)
	return signed(f.Def.Type, beUint(d[i*n:(i+1)*n]))
}

// NamedVariable takes a NAMEDVAR or NAMEDARRAY apart; index is -1 for a
// NAMEDVAR. A missing null ends the part at the end of the data.
func (m *Message) NamedVariable(f *Field) (index int, name, value []byte) {
	d := m.Data(f)
	index = -1
	if f.Type() == schema.NamedArray && len(d) > 0 {
		index, d = int(d[0]), d[1:]
	}
	for i, c := range d {
		if c == 0 {
			return index, d[:i], trimNulls(d[i+1:])
		}
	}
	return index, d, nil
}

// Find returns the first field of that name, or nil.
func (m *Message) Find(name string) *Field {
	for i := range m.Fields {
		if f := &m.Fields[i]; f.Def != nil && f.Def.Name == name {
			return f
		}
	}
	return nil
}

// InvokeID returns the InvokeID of a message that has one as its first field.
func (m *Message) InvokeID() (uint32, bool) {
	if len(m.Fields) == 0 || m.NumFixed == 0 || m.Fields[0].Def.Name != "InvokeID" {
		return 0, false
	}
	return m.Uint(&m.Fields[0]), true
}
