package reference

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"ctiscope/decode/schema"
)

func tableKind(t *schema.Table) string {
	if t.Mask {
		return "mask"
	}
	return "one of"
}

func tablePage(t *schema.Table) page {
	p := page{title: t.Name}
	if t.Mask {
		p.title += ", bits that may be combined"
	}
	if t.Note != "" {
		p.linef("%s", t.Note)
	}
	g := grid{head: []string{"VALUE", "NAME", "NOTE"}, right: []bool{true, false, false}}
	for _, v := range t.Values {
		value := strconv.FormatUint(uint64(v.Value), 10)
		if t.Mask {
			value = fmt.Sprintf("0x%08x", v.Value)
		}
		g.rows = append(g.rows, []string{value, v.Name, v.Note})
	}
	p.add(section{grid: g})
	p.add(section{title: "Doubts", lines: t.Doubts})
	return p
}

func tagGrid(tags []*schema.Tag) grid {
	g := grid{
		head:  []string{"TAG", "CONSTANT", "FIELD", "TYPE", "MAX", "NOTE"},
		right: []bool{true, false, false, false, true, false},
	}
	for _, t := range tags {
		row := []string{strconv.Itoa(int(t.Number)), t.Const, "", "", "", tagNote(t)}
		if !t.Reserved() {
			row[2], row[3], row[4] = t.Field.Name, t.Field.Type.String(), number(t.Field.Size)
		}
		g.rows = append(g.rows, row)
	}
	return g
}

func tagNote(t *schema.Tag) string {
	var parts []string
	if len(t.Also) > 0 {
		parts = append(parts, "also "+strings.Join(t.Also, ", "))
	}
	if t.Field.Values != nil {
		parts = append(parts, tableKind(t.Field.Values)+" "+t.Field.Values.Name)
	}
	if v := fieldVersions(&t.Field); v != "" {
		parts = append(parts, "versions "+v)
	}
	if t.Note != "" {
		parts = append(parts, t.Note)
	}
	return strings.Join(parts, "; ")
}

func (b *Book) tagPage(t *schema.Tag) page {
	p := page{title: fmt.Sprintf("%s (%d)", t.Const, t.Number)}
	if t.Reserved() {
		p.linef("Reserved by the guide.")
	} else {
		p.linef("%s, %s.", t.Field.Name, typeAndSize(&t.Field))
	}
	if note := tagNote(t); note != "" {
		p.linef("%s", note)
	}
	p.add(section{title: "In the layout of", lines: b.usersOf(t.Number)})
	p.add(section{title: "Named by the tag table for", lines: t.Messages})
	return p
}

func typeAndSize(f *schema.Field) string {
	if f.Size == 0 {
		return f.Type.String()
	}
	return fmt.Sprintf("%s, at most %s", f.Type, byteCount(f.Size))
}

// usersOf names the messages whose layout has the tag.
func (b *Book) usersOf(tag uint16) []string {
	var names []string
	for _, m := range b.protocol.Messages() {
		if slices.ContainsFunc(m.Floating, func(f *schema.Field) bool { return f.Tag == tag }) {
			names = append(names, named(m))
		}
	}
	return names
}
