package schema

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strings"
)

// New builds a protocol: it joins the message rows with the dictionaries and
// completes what follows from names and layouts. The error names everything
// that is wrong with the definition: a name that is in no dictionary, a number
// or name that comes twice, a field without type or size, and whatever else
// could not be decoded later.
func New(d Definition) (*Protocol, error) {
	if v := d.Versions; v.Min < 1 || v.Max < v.Min || v.Max > MaxVersions {
		return nil, fmt.Errorf("protocol %s: versions %d to %d, want some of 1 to %d", d.Name, v.Min, v.Max, MaxVersions)
	}
	l := newLoader(&d)
	l.addTables(d.Tables)
	l.addFields(d.Fields, d.Untagged)
	l.addTags(d.Tags)
	for _, row := range d.Messages {
		l.addMessage(row, true)
	}
	for _, row := range d.Named {
		l.addMessage(row, false)
	}
	l.index()
	l.pair()
	l.findOpen()
	l.findSilence()
	if err := errors.Join(l.errs...); err != nil {
		return nil, fmt.Errorf("protocol %s: %w", d.Name, err)
	}
	return l.p, nil
}

// loader builds a Protocol.
type loader struct {
	p *Protocol
	// own holds the protocol's copies of the definition's tables.
	own map[*Table]*Table
	// fixed and floating are the dictionaries by name.
	fixed, floating map[string]*Field
	errs            []error
}

func newLoader(d *Definition) *loader {
	return &loader{
		p: &Protocol{
			name: d.Name, guide: d.Guide, versions: d.Versions,
			ports:   Ports{First: slices.Clone(d.Ports.First), Step: d.Ports.Step},
			history: slices.Clone(d.History), corrections: slices.Clone(d.Corrections),
			uncertainties: slices.Clone(d.Uncertainties), limits: slices.Clone(d.Limits),
		},
		own:      make(map[*Table]*Table, len(d.Tables)),
		fixed:    make(map[string]*Field, len(d.Fields)),
		floating: make(map[string]*Field, len(d.Tags)+len(d.Untagged)),
	}
}

func (l *loader) errorf(format string, args ...any) {
	l.errs = append(l.errs, fmt.Errorf(format, args...))
}

func (l *loader) addTables(rows []*Table) {
	for _, row := range rows {
		if !slices.IsSortedFunc(row.Values, func(a, b Value) int { return cmp.Compare(a.Value, b.Value) }) {
			l.errorf("the values of the table %s are not in order", row.Name)
		}
		t := row.ready()
		l.own[row] = t
		l.p.tables = append(l.p.tables, t)
	}
	slices.SortFunc(l.p.tables, func(a, b *Table) int { return strings.Compare(a.Name, b.Name) })
	for i := 1; i < len(l.p.tables); i++ {
		if l.p.tables[i].Name == l.p.tables[i-1].Name {
			l.errorf("two tables are called %s", l.p.tables[i].Name)
		}
	}
}

// ownTable returns the protocol's copy of a table that a row refers to.
func (l *loader) ownTable(t *Table, row string) *Table {
	if t != nil && l.own[t] == nil {
		l.errorf("%s refers to the table %s, which is not among the tables", row, t.Name)
	}
	return l.own[t]
}

// addTags completes the tag table. A tag that no layout uses is called by its
// constant; one that the guide reserves has none and is called "Tag_54".
func (l *loader) addTags(rows []Tag) {
	own := slices.Clone(rows)
	slices.SortStableFunc(own, func(a, b Tag) int { return cmp.Compare(a.Number, b.Number) })
	for i := range own {
		t := &own[i]
		f := &t.Field
		f.Tag, f.Index, f.Values = t.Number, NoIndex, l.ownTable(f.Values, t.Const)
		switch {
		case t.Reserved():
			f.Name, f.Type = tagName(t.Number), Unspec
		case f.Name == "":
			f.Name, f.Type = t.Const, Unspec
		case f.Size == 0:
			f.Size = f.Type.Size()
		}
		f.settle()
		l.checkType(t.Const, f)
		l.addTag(t)
	}
	l.nameTags()
}

func (l *loader) addTag(t *Tag) {
	p := l.p
	p.tags = append(p.tags, t)
	for int(t.Number) >= len(p.byTag) {
		p.byTag = append(p.byTag, nil)
	}
	if p.byTag[t.Number] != nil {
		l.errorf("%s and %s have the tag %d", p.byTag[t.Number].Const, t.Const, t.Number)
	}
	p.byTag[t.Number] = t
}

// nameTags enters the tags' fields under their names. Where two tags bear one
// name the first one wins (AgentID is 5, not 194, the long form), and a tag's
// own name wins over another name of an earlier tag.
func (l *loader) nameTags() {
	enter := func(name string, f *Field) {
		if l.floating[name] == nil {
			l.floating[name] = f
		}
	}
	for _, t := range l.p.tags {
		enter(t.Field.Name, &t.Field)
	}
	for _, t := range l.p.tags {
		for _, name := range t.Also {
			enter(name, &t.Field)
		}
	}
}

func (l *loader) addFields(fixed, untagged []Field) {
	fixed, untagged = slices.Clone(fixed), slices.Clone(untagged)
	for i := range fixed {
		l.define(l.fixed, &fixed[i])
	}
	for i := range untagged {
		l.define(l.floating, &untagged[i])
	}
}

func (l *loader) define(m map[string]*Field, f *Field) {
	if m[f.Name] != nil {
		l.errorf("field %s is in the dictionary twice", f.Name)
	}
	if f.Size == 0 {
		f.Size = f.Type.Size()
	}
	f.Values = l.ownTable(f.Values, f.Name)
	m[f.Name] = f
}

// index puts the messages in order and makes them ready for look-ups.
func (l *loader) index() {
	p := l.p
	slices.SortStableFunc(p.messages, func(a, b *Message) int { return cmp.Compare(a.Number, b.Number) })
	for _, m := range p.messages {
		if other := p.Lookup(m.Number); other != nil {
			l.errorf("%s and %s have the number %d", other.Name, m.Name, m.Number)
		}
		if m.Number <= MaxNumber {
			p.byNumber = append(p.byNumber, make([]*Message, int(m.Number)+1-len(p.byNumber))...)
			p.byNumber[m.Number] = m
		}
	}
	p.byName = slices.Clone(p.messages)
	slices.SortStableFunc(p.byName, func(a, b *Message) int { return strings.Compare(a.Name, b.Name) })
	for i, m := range p.byName {
		if m.Name == "" || i > 0 && m.Name == p.byName[i-1].Name {
			l.errorf("the message %d is called %q, as another one or none is", m.Number, m.Name)
		}
	}
}
