package schema

import (
	"slices"
	"strings"
)

// chapters are the message tables of this package; a new chapter's table must
// be added here. The unlisted messages come apart since they have no layout.
var chapters = [][]*Message{
	sessions,
	callEvents,
	clientEvents,
	callData,
	miscellaneous,
	agentControl,
	callControl,
	callMaking,
	devices,
	monitors,
	statisticsMessages,
	supervisor,
	recording,
	configuration,
}

// init joins the message rows with the dictionaries. A name that is in no
// dictionary is a slip in the tables and panics, so that any test finds it.
func init() {
	loadTables()
	loadTags()
	d := newDictionary()
	for _, chapter := range chapters {
		for _, m := range chapter {
			m.HasLayout = true
			d.load(m)
			messages = append(messages, m)
		}
	}
	messages = append(messages, unlisted...)
	slices.SortFunc(messages, func(a, b *Message) int { return int(a.Number) - int(b.Number) })
	index()
	for _, m := range messages {
		if m.Answers == 0 {
			m.Answers = answers(m.Name)
		}
	}
}

// dictionary finds the fields that message rows name.
type dictionary struct {
	fixed    map[string]*Field
	floating map[string]*Field
}

func newDictionary() *dictionary {
	d := &dictionary{
		fixed:    make(map[string]*Field, len(fields)+len(statistics)),
		floating: make(map[string]*Field, len(tags)+len(untagged)),
	}
	for i := range fields {
		define(d.fixed, fields[i].Name, &fields[i])
	}
	counters := make([]Field, len(statistics))
	for i, name := range statistics {
		counters[i] = Field{Name: name, Type: UInt}
		define(d.fixed, name, &counters[i])
	}
	for i := range untagged {
		define(d.floating, untagged[i].Name, &untagged[i])
	}
	d.addTags()
	return d
}

// addTags enters the tags' fields under their names. Where two tags bear one
// name the first one wins (AgentID is 5, not 194, the long form), and a tag's
// own name wins over another name of an earlier tag.
func (d *dictionary) addTags() {
	enter := func(name string, f *Field) {
		if d.floating[name] == nil {
			d.floating[name] = f
		}
	}
	for i := range tags {
		enter(tags[i].Field.Name, &tags[i].Field)
	}
	for i := range tags {
		for _, name := range tags[i].Also {
			enter(name, &tags[i].Field)
		}
	}
}

func define(m map[string]*Field, name string, f *Field) {
	if m[name] != nil {
		panic("schema: field " + name + " is in the dictionary twice")
	}
	if f.Size == 0 {
		f.Size = f.Type.Size()
	}
	m[name] = f
}

func (d *dictionary) load(m *Message) {
	for _, f := range m.Fixed {
		fill(f, d.fixed, m.Name)
		f.Index = NoIndex
		if f.Size == 0 {
			panic("schema: fixed field " + f.Name + " of " + m.Name + " has no size")
		}
	}
	for i, f := range m.Floating {
		fill(f, d.floating, m.Name)
		f.Index = i
	}
	for i := range m.Alternatives {
		d.loadAlternative(m, &m.Alternatives[i])
	}
}

// fill takes from the dictionary what the row leaves open. The versions that
// have a field are a matter of each message and are not taken.
func fill(f *Field, from map[string]*Field, message string) {
	entry := from[f.Name]
	if entry == nil {
		panic("schema: " + message + " names the field " + f.Name + ", which is in no dictionary")
	}
	if f.Size == 0 && f.Type != 0 && f.Type != entry.Type {
		f.Size = f.Type.Size()
	}
	if f.Type == 0 {
		f.Type = entry.Type
	}
	if f.Size == 0 {
		f.Size = entry.Size
	}
	if f.Tag == 0 {
		f.Tag = entry.Tag
	}
	if f.Values == nil {
		f.Values = entry.Values
	}
	if f.Note == "" {
		f.Note = entry.Note
	}
	f.Array = f.Array || entry.Array
	f.Secret = f.Secret || entry.Secret
}

// loadAlternative completes one alternative: fields listed in the row, or the
// layout of version like without some fields, or the layout of the nearest
// version whose fixed part has the size.
func (d *dictionary) loadAlternative(m *Message, a *Alternative) {
	if a.Fields != nil {
		for i, f := range a.Fields {
			a.Fields[i] = d.shared(m, f)
		}
		return
	}
	version := a.like
	if version == 0 {
		version = nearest(m, a)
	}
	for _, f := range m.Fixed {
		if f.In(version) && !slices.Contains(a.without, f.Name) {
			a.Fields = append(a.Fields, f)
		}
	}
}

// shared returns the message's own field where the row only names it, so that
// a field is one pointer in every layout of its message.
func (d *dictionary) shared(m *Message, row *Field) *Field {
	for _, f := range m.Fixed {
		if f.Name == row.Name && (row.Type == 0 || row.Type == f.Type) {
			return f
		}
	}
	fill(row, d.fixed, m.Name)
	row.Index = NoIndex
	return row
}

func nearest(m *Message, a *Alternative) int {
	for distance := 1; distance <= MaxVersion; distance++ {
		for _, v := range [...]int{int(a.From) - distance, int(a.To) + distance} {
			if v >= MinVersion && v <= MaxVersion && m.FixedSize(v) == a.Size {
				return v
			}
		}
	}
	panic("schema: no version gives the size of an alternative of " + m.Name)
}

// loadTags completes the tag table. A tag that no layout uses is called by its
// constant; one that the guide reserves has none and is called "Tag_54".
func loadTags() {
	for i := range tags {
		t := &tags[i]
		f := &t.Field
		f.Tag = t.Number
		f.Index = NoIndex
		switch {
		case t.Reserved():
			f.Name, f.Type = tagName(t.Number), Unspec
		case f.Name == "":
			f.Name, f.Type = t.Const, Unspec
		case f.Size == 0:
			f.Size = f.Type.Size()
		}
	}
}

// replies are the endings of confirmations, with those of their requests.
var replies = [...]struct{ confirmation, request string }{
	{"_CONF", "_REQ"},
	{"_RESP", "_REQ"},
	{"_RESP_MSG", "_REQ_MSG"},
}

// answers returns the number of the request whose name has the same stem as
// the confirmation's, 0 if there is none.
func answers(name string) uint32 {
	for _, r := range replies {
		stem, ok := strings.CutSuffix(name, r.confirmation)
		if !ok {
			continue
		}
		if req := ByName(stem + r.request); req != nil {
			return req.Number
		}
	}
	return 0
}
