package schema

import (
	"math/bits"
	"slices"
	"strconv"
	"strings"
)

// messages holds every message by number. byNumber and byTag are the same rows
// by array index, byName in the order of names; all are set once by init.
var (
	messages []*Message
	byNumber []*Message
	byName   []*Message
	byTag    []*Tag
)

// Messages returns every message in the order of numbers.
func Messages() []*Message { return messages }

// Lookup returns the message of that number, nil if the tables have none.
func Lookup(number uint32) *Message {
	if uint64(number) < uint64(len(byNumber)) {
		return byNumber[number]
	}
	return nil
}

// ByName returns the message of that name, such as "OPEN_REQ", or nil.
func ByName(name string) *Message {
	i, ok := slices.BinarySearchFunc(byName, name, func(m *Message, name string) int {
		return strings.Compare(m.Name, name)
	})
	if !ok {
		return nil
	}
	return byName[i]
}

// Tags returns the tag table in the order of numbers.
func Tags() []*Tag { return tagRows }

// LookupTag returns the row of the tag table, nil if the table has none. Rows
// that the guide only reserves are returned too; see Tag.Reserved.
func LookupTag(tag uint16) *Tag {
	if int(tag) < len(byTag) {
		return byTag[tag]
	}
	return nil
}

var tagRows []*Tag

// Reserved tells whether the guide keeps the tag without giving it a meaning.
// Such a tag is no sign of a well-formed message; its Field is called "Tag_54"
// after its number, as for a tag that is in no table.
func (t *Tag) Reserved() bool { return t.Const == "RESERVED" }

// tagName is the name of a field whose tag has none.
func tagName(tag uint16) string { return "Tag_" + strconv.Itoa(int(tag)) }

func index() {
	byNumber = make([]*Message, messages[len(messages)-1].Number+1)
	for _, m := range messages {
		if byNumber[m.Number] != nil {
			panic("schema: two messages have the number of " + m.Name)
		}
		byNumber[m.Number] = m
	}
	byName = slices.Clone(messages)
	slices.SortFunc(byName, func(a, b *Message) int { return strings.Compare(a.Name, b.Name) })

	byTag = make([]*Tag, tags[len(tags)-1].Number+1)
	tagRows = make([]*Tag, len(tags))
	for i := range tags {
		tagRows[i] = &tags[i]
		byTag[tags[i].Number] = &tags[i]
	}
}

// TableByName returns the table of values of that name, such as "AgentState",
// or nil.
func TableByName(name string) *Table {
	i, ok := slices.BinarySearchFunc(tables, name, func(t *Table, name string) int {
		return strings.Compare(t.Name, name)
	})
	if !ok {
		return nil
	}
	return tables[i]
}

// Tables returns every table of values in the order of names.
func Tables() []*Table { return tables }

func loadTables() {
	for _, t := range tables {
		t.words = allWords(t)
		if t.Mask {
			t.bits = bitNames(t.Values)
		}
	}
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

// Lookup returns the name of a number, of a mask the name of exactly that
// combination of bits. It does not allocate.
func (t *Table) Lookup(v uint32) (name string, ok bool) {
	if i := t.find(v); i >= 0 {
		return t.Values[i].Name, true
	}
	return "", false
}

// Words returns the name of a number as plain words, such as "not ready" for
// AGENT_STATE_NOT_READY, and "" where the table has none. It does not allocate.
func (t *Table) Words(v uint32) string {
	if i := t.find(v); i >= 0 {
		return t.words[i]
	}
	return ""
}

// Row returns the row of a number, nil if the table has none.
func (t *Table) Row(v uint32) *Value {
	if i := t.find(v); i >= 0 {
		return &t.Values[i]
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

// Bit returns the name of bit i of a mask, counted from 0 for the lowest, and
// "" for a bit without a name, for i above 31, and for tables that are no mask.
func (t *Table) Bit(i int) string {
	if t.bits == nil || i < 0 || i >= len(t.bits) {
		return ""
	}
	return t.bits[i]
}

// AppendBits appends the names of the bits set in v, lowest first, and returns
// the bits that have no name as rest.
func (t *Table) AppendBits(dst []string, v uint32) (names []string, rest uint32) {
	for left := v; left != 0; left &= left - 1 {
		i := bits.TrailingZeros32(left)
		if name := t.Bit(i); name != "" {
			dst = append(dst, name)
		} else {
			rest |= 1 << i
		}
	}
	return dst, rest
}
