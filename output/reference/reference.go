// Package reference renders a protocol of the schema for readers: the list of
// messages, one message with all its fields and doubts, the tags, the tables of
// values; as text for a terminal, as JSON, and as the Markdown of
// docs/REFERENCE.md.
//
// It spells no name of the protocol itself. It imports decode/schema and the
// standard library.
package reference

import (
	"fmt"
	"slices"
	"strconv"

	"ctiscope/decode/schema"
)

// Book is the reference of one protocol.
type Book struct{ protocol *schema.Protocol }

// New returns the reference of a protocol.
func New(p *schema.Protocol) *Book { return &Book{p} }

// List returns one line a message: number, name, sender, service, first
// version, whether the guide gives a layout, and purpose. The purpose is wrapped to width; 0 means no limit.
func (b *Book) List(messages []*schema.Message, width int) string {
	g := grid{
		head:  []string{"NUMBER", "NAME", "FROM", "SERVICE", "SINCE", "LAYOUT", "PURPOSE"},
		right: []bool{true, false, false, false, true, false, false},
	}
	for _, m := range messages {
		layout := "yes"
		if !m.HasLayout {
			layout = "no"
		}
		g.rows = append(g.rows, []string{
			strconv.Itoa(int(m.Number)), m.Name, m.From.String(), m.Service, version(m.Since), layout, m.Purpose,
		})
	}
	return g.text(width)
}

// Message returns all about one message, with its tables of values.
func (b *Book) Message(m *schema.Message, width int) string {
	text := b.messagePage(m).text(width)
	for _, t := range valueTables(m) {
		text += "\n"
		if len(t.Values) > maxInline {
			text += fmt.Sprintf("%s: %d values, see `ctiscope messages --values %s`\n", t.Name, len(t.Values), t.Name)
			continue
		}
		text += tablePage(t).text(width)
	}
	return text
}

// maxInline is how many values a table may have to be printed with a message.
const maxInline = 40

// Tables returns one line a table of values.
func (b *Book) Tables(width int) string {
	g := grid{
		head:  []string{"NAME", "KIND", "VALUES", "NOTE"},
		right: []bool{false, false, true, false},
	}
	for _, t := range b.protocol.Tables() {
		g.rows = append(g.rows, []string{t.Name, tableKind(t), strconv.Itoa(len(t.Values)), t.Note})
	}
	return g.text(width)
}

// Table returns one table of values.
func (b *Book) Table(t *schema.Table, width int) string { return tablePage(t).text(width) }

// Tags returns one line a floating tag.
func (b *Book) Tags(tags []*schema.Tag, width int) string { return tagGrid(tags).text(width) }

// Tag returns all about one floating tag, with the messages that use it.
func (b *Book) Tag(t *schema.Tag, width int) string { return b.tagPage(t).text(width) }

// version prints a limit of versions, nothing for none.
func version(v uint8) string {
	if v == 0 {
		return ""
	}
	return strconv.Itoa(int(v))
}

// named returns "OPEN_REQ (3)".
func named(m *schema.Message) string { return fmt.Sprintf("%s (%d)", m.Name, m.Number) }

// fields returns every field of a message, those of its alternatives included.
func fields(m *schema.Message) []*schema.Field {
	all := slices.Concat(m.Fixed, m.Floating)
	for _, a := range m.Alternatives {
		for _, f := range a.Fields {
			if !slices.Contains(all, f) {
				all = append(all, f)
			}
		}
	}
	return all
}

// valueTables returns the tables that a message's fields refer to, in the
// order of the fields.
func valueTables(m *schema.Message) []*schema.Table {
	var tables []*schema.Table
	for _, f := range fields(m) {
		if f.Values != nil && !slices.Contains(tables, f.Values) {
			tables = append(tables, f.Values)
		}
	}
	return tables
}

// answersTo returns the confirmation of a request, if the tables pair one.
func (b *Book) answersTo(request *schema.Message) []*schema.Message {
	var found []*schema.Message
	for _, m := range b.protocol.Messages() {
		if m.Answers == request.Number {
			found = append(found, m)
		}
	}
	return found
}

// sizes is a run of versions at which the fixed part has one size.
type sizes struct{ from, to, size int }

func (b *Book) fixedSizes(m *schema.Message) []sizes {
	var runs []sizes
	versions := b.protocol.Versions()
	for v := max(versions.Min, int(m.Since)); v <= versions.Max; v++ {
		n := m.FixedSize(v)
		if k := len(runs) - 1; k >= 0 && runs[k].size == n {
			runs[k].to = v
			continue
		}
		runs = append(runs, sizes{v, v, n})
	}
	return runs
}

// versionRun says a run of versions in words.
func (b *Book) versionRun(from, to int) string {
	switch {
	case from == to:
		return fmt.Sprintf("version %d", from)
	case to >= b.protocol.Versions().Max:
		return fmt.Sprintf("version %d on", from)
	}
	return fmt.Sprintf("versions %d to %d", from, to)
}
