package schema

import (
	"math/bits"
	"slices"
	"strings"
)

// Value is one row of a Table.
type Value struct {
	Value uint32
	Name  string // the guide's constant
	Note  string
	// Silences, in the mask of a field of the answer that opens a session, is
	// the bit with which the server sends no answers but to requests about the
	// session itself.
	Silences bool
	// Since and Until are the first and last version in which the number has the
	// name; 0 means no limit. Other holds the row of the number in other versions.
	Since, Until uint8
	Other        *Value

	words string // Name as plain words; ready sets it
}

// in tells whether the number has the name at a version; 0 stands for any.
func (v *Value) in(version int) bool {
	return version == 0 || version >= int(v.Since) && (v.Until == 0 || version <= int(v.Until))
}

// Changes tells whether the number has not the same name in all versions.
func (v *Value) Changes() bool { return v.Since != 0 || v.Until != 0 || v.Other != nil }

// Table names the numbers of a field: an enumeration, or a mask by bit.
type Table struct {
	Name   string
	Mask   bool
	Values []Value // sorted by Value
	// Prefixes are the beginnings of names that say nothing beside the table's
	// own name, such as "AGENT_STATE_"; Words leaves them out.
	Prefixes []string
	Note     string
	Doubts   []string

	bits *[32]string // names by bit, of a mask only
}

// ready returns a copy of a row with what the look-ups need.
func (t *Table) ready() *Table {
	own := *t
	own.Values, own.bits = slices.Clone(t.Values), nil
	for i, words := range allWords(t) {
		own.Values[i].words = words
		if other := own.Values[i].Other; other != nil {
			copied := *other
			copied.words = string(appendWords(nil, other.Name, t.Prefixes))
			own.Values[i].Other = &copied
		}
	}
	if t.Mask {
		own.bits = bitNames(t.Values)
	}
	return &own
}

func bitNames(rows []Value) *[32]string {
	names := new([32]string)
	for _, row := range rows {
		if bits.OnesCount32(row.Value) == 1 {
			names[bits.TrailingZeros32(row.Value)] = row.Name
		}
	}
	return names
}

// allWords turns the constants of a table into plain words: AGENT_STATE_NOT_READY
// without its prefix is "not ready". Names that the guide prints in mixed case
// stay. The words of one table are slices of one string, to start quickly.
func allWords(t *Table) []string {
	var buf []byte
	ends := make([]int, len(t.Values))
	for i, v := range t.Values {
		buf = appendWords(buf, v.Name, t.Prefixes)
		ends[i] = len(buf)
	}
	all, start := string(buf), 0
	words := make([]string, len(t.Values))
	for i, end := range ends {
		words[i] = all[start:end]
		start = end
	}
	return words
}

func appendWords(dst []byte, name string, prefixes []string) []byte {
	if strings.ToUpper(name) != name {
		return append(dst, name...)
	}
	for _, prefix := range prefixes {
		if rest, ok := strings.CutPrefix(name, prefix); ok {
			name = rest
			break
		}
	}
	for _, c := range []byte(name) {
		switch {
		case c == '_':
			c = ' '
		case 'A' <= c && c <= 'Z':
			c += 'a' - 'A'
		}
		dst = append(dst, c)
	}
	return dst
}

// Lookup returns the name of a number at a protocol version, of a mask the name of
// exactly that combination of bits; version 0 stands for any. It does not allocate.
func (t *Table) Lookup(v uint32, version int) (name string, ok bool) {
	if row := t.row(v, version); row != nil {
		return row.Name, true
	}
	return "", false
}

// Words returns the name of a number as plain words, such as "not ready" for
// AGENT_STATE_NOT_READY, and "" where the table has none. It does not allocate.
func (t *Table) Words(v uint32, version int) string {
	if row := t.row(v, version); row != nil {
		return row.words
	}
	return ""
}

// row returns the row of a number at a version, nil if the table has none.
func (t *Table) row(v uint32, version int) *Value {
	i := t.find(v)
	if i < 0 {
		return nil
	}
	switch row := &t.Values[i]; {
	case row.in(version):
		return row
	case row.Other != nil && row.Other.in(version):
		return row.Other
	}
	return nil
}

// find returns the place of the row of a number, -1 if there is none.
func (t *Table) find(v uint32) int {
	rows := t.Values
	if len(rows) == 0 {
		return -1
	}
	// Most tables count up without a hole from their first number.
	if i := v - rows[0].Value; uint64(i) < uint64(len(rows)) && rows[i].Value == v {
		return int(i)
	}
	low, high := 0, len(rows)
	for low < high {
		mid := int(uint(low+high) >> 1)
		if rows[mid].Value < v {
			low = mid + 1
		} else {
			high = mid
		}
	}
	if low < len(rows) && rows[low].Value == v {
		return low
	}
	return -1
}

// Changes tells whether a number has different names at different versions.
func (t *Table) Changes(v uint32) bool {
	i := t.find(v)
	return i >= 0 && t.Values[i].Changes()
}

// Bit returns the name of bit i of a mask, counted from 0 for the lowest, and
// "" for a bit without a name, for i above 31, and for tables that are no mask.
func (t *Table) Bit(i int) string {
	if t.bits == nil || i < 0 || i >= len(t.bits) {
		return ""
	}
	return t.bits[i]
}

// Code returns the words for a number of a table of codes: the note of its row
// for text, and the constant as plain words where the row has none. ok is false
// for a number that is not in the table; a nil Table has none. It does not
// allocate.
func (t *Table) Code(v uint32, version int) (c Code, ok bool) {
	if t == nil {
		return Code{Value: v}, false
	}
	row := t.row(v, version)
	if row == nil {
		return Code{Value: v}, false
	}
	text := row.Note
	if text == "" {
		text = row.words
	}
	return Code{Value: v, Const: row.Name, Text: text}, true
}
