package schema

import "strings"

// Kind is how the data of a field are read: what its type, its table and the rows
// say together. New sets it for every field.
type Kind uint8

// The kinds. RawKind, the zero value, is bytes that no table explains.
const (
	RawKind Kind = iota
	UnsignedKind
	SignedKind
	BoolKind
	TimeKind // seconds since 1970, UTC
	TextKind
	NamedKind // NAMEDVAR and NAMEDARRAY
	EnumKind  // a number with a table of values
	MaskKind  // bits with a table
	ListKind  // an Array of numbers
)

// The numbers that mean none or unknown in fields of four and two bytes.
const (
	None32 = 0xffffffff
	None16 = 0xffff
)

// Codes says which list of codes, beside the tables of values, explains the number
// of a field. These lists go by product and not by protocol.
type Codes uint8

// The lists: no list, PeripheralError, EventReason.
const (
	NoCodes Codes = iota
	PeripheralCodes
	ReasonCodes
)

func kindOf(f *Field) Kind {
	switch {
	case f.Array:
		return ListKind
	case f.Values != nil && f.Values.Mask:
		return MaskKind
	case f.Values != nil:
		return EnumKind
	}
	switch f.Type {
	case UChar, UShort, UInt:
		return UnsignedKind
	case Char, Short, Int:
		return SignedKind
	case Bool:
		return BoolKind
	case Time:
		return TimeKind
	case String:
		return TextKind
	case NamedVar, NamedArray:
		return NamedKind
	}
	return RawKind
}

// settle completes what follows from a field's name, type and table.
func (f *Field) settle() {
	f.Kind = kindOf(f)
	f.Variable = f.Kind == NamedKind || strings.HasPrefix(f.Name, "CallVariable") && f.Kind == TextKind || f.Name == "CallWrapupData"
}

// IsNone tells whether a number means none or unknown in the field.
func (f *Field) IsNone(u uint32) bool {
	switch f.Type {
	case UInt, Int:
		return u == None32 || u == 0 && f.Kind == MaskKind || f.AlsoNone != 0 && u == f.AlsoNone
	case UShort, Short:
		return u == None16
	case Time:
		return u == 0 || u == None32
	}
	return false
}
