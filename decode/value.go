package decode

import "ctiscope/decode/schema"

// Value is what the data of one field say: the one reading of them, which printers,
// filters and counters share. It borrows from the frame and allocates nothing.
//
// Whether it may be shown is another question, which Message.Conceals answers.
type Value struct {
	// Kind says which of the other fields count: RawKind also for a tag that is in no
	// table and for data whose size does not fit the type.
	Kind schema.Kind
	// None tells that the data mean none or unknown: 0xffffffff, no text, a mask
	// without bits.
	None bool
	// Num is a number with its sign, a BOOL as 0 or 1 and more, a TIME in seconds
	// since 1970.
	Num     int64
	bits    uint32 // of Num, as in the frame
	version int
	// Table names Num, or its bits; nil where the field has no table.
	Table *schema.Table
	// Text is a STRING without trailing nulls, the value of a named variable, or the
	// data of RawKind.
	Text []byte
	// Key is the name of a named variable, Index its place in the array; -1 for a
	// NAMEDVAR and everything else.
	Key   []byte
	Index int
}

// Value reads a field of the message. The numbers of an Array are read one by one,
// with NumElements and Element.
func (m *Message) Value(f *Field) Value {
	v := Value{Kind: f.Kind(), Index: -1}
	switch v.Kind {
	case schema.TextKind:
		v.Text = m.Text(f)
		v.None = len(v.Text) == 0
	case schema.NamedKind:
		v.Index, v.Key, v.Text = m.NamedVariable(f)
		v.None = f.Len == 0
	case schema.RawKind, schema.ListKind:
		v.Text = m.Data(f)
		v.None = f.Len == 0
	default:
		v.Num, v.bits, v.Table, v.version = m.Int(f), m.Uint(f), f.Def.Values, m.Version
		v.None = f.Def.IsNone(v.bits) || f.Len == 0
	}
	return v
}

// IsNone tells whether the data of a field mean none or unknown.
func (m *Message) IsNone(f *Field) bool {
	switch f.Kind() {
	case schema.TextKind:
		return len(m.Text(f)) == 0
	case schema.NamedKind, schema.RawKind, schema.ListKind:
		return f.Len == 0
	}
	return f.Def.IsNone(m.Uint(f)) || f.Len == 0
}

// Kind says how the field's data are read: RawKind where no table tells, or where
// their size does not fit the type.
func (f *Field) Kind() schema.Kind {
	if f.Def == nil || f.Odd {
		return schema.RawKind
	}
	return f.Def.Kind
}

// Uint returns Num as the bytes have it, without a sign; the tables go by it.
func (v *Value) Uint() uint32 { return v.bits }

// Name returns the name of a number in its table; "" where it has none.
func (v *Value) Name() string {
	if v.Table == nil || v.Table.Mask {
		return ""
	}
	name, _ := v.Table.Lookup(v.bits, v.version)
	return name
}

// Words returns the name in plain words, such as "not ready"; "" where it has none.
func (v *Value) Words() string {
	if v.Table == nil {
		return ""
	}
	return v.Table.Words(v.bits, v.version)
}
