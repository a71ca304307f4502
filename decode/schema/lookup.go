package schema

import (
	"slices"
	"strconv"
	"strings"
)

// Messages returns every message in the order of numbers.
func (p *Protocol) Messages() []*Message { return p.messages }

// Lookup returns the message of that number, nil if the protocol has none. It
// does not allocate, nor do the other look-ups.
func (p *Protocol) Lookup(number uint32) *Message {
	if uint64(number) < uint64(len(p.byNumber)) {
		return p.byNumber[number]
	}
	return nil
}

// ByName returns the message of that name, such as "OPEN_REQ", or nil.
func (p *Protocol) ByName(name string) *Message {
	i, ok := slices.BinarySearchFunc(p.byName, name, func(m *Message, name string) int {
		return strings.Compare(m.Name, name)
	})
	if !ok {
		return nil
	}
	return p.byName[i]
}

// OpenRequest returns the message that opens a session, nil if the protocol
// has none.
func (p *Protocol) OpenRequest() *Message { return p.open }

// Tags returns the tag table in the order of numbers.
func (p *Protocol) Tags() []*Tag { return p.tags }

// LookupTag returns the row of the tag table, nil if the table has none. Rows
// that the guide only reserves are returned too; see Tag.Reserved.
func (p *Protocol) LookupTag(tag uint16) *Tag {
	if int(tag) < len(p.byTag) {
		return p.byTag[tag]
	}
	return nil
}

// Tables returns every table of values in the order of names.
func (p *Protocol) Tables() []*Table { return p.tables }

// TableByName returns the table of values of that name, such as "AgentState",
// or nil.
func (p *Protocol) TableByName(name string) *Table {
	i, ok := slices.BinarySearchFunc(p.tables, name, func(t *Table, name string) int {
		return strings.Compare(t.Name, name)
	})
	if !ok {
		return nil
	}
	return p.tables[i]
}

// Reserved tells whether the guide keeps the tag without giving it a meaning.
// Such a tag is no sign of a well-formed message; its Field is called "Tag_54"
// after its number, as for a tag that is in no table.
func (t *Tag) Reserved() bool { return t.Const == "RESERVED" }

// tagName is the name of a field whose tag has none.
func tagName(tag uint16) string { return "Tag_" + strconv.Itoa(int(tag)) }
