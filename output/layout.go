package output

import (
	"ctiscope/text"

	"ctiscope/decode"
	"ctiscope/decode/schema"
)

// fieldPlan is a field definition made ready for printing.
type fieldPlan struct {
	def *schema.Field // nil for a tag that is in no table
	// key is the field's JSON key with the comma before and the colon after it.
	key  string
	kind schema.Kind
	// values holds the words of an enumeration or mask, else nil.
	values *valueTexts
	// members holds key and value of an enumeration's low numbers in one,
	// each made when it first comes.
	members []string
	// slot numbers the JSON key that the field goes under: its own name, or
	// that of its group. Fields of one name share a slot.
	slot int
	// group is the group's JSON key; empty for a field outside of groups.
	group string
	// place is the field's number among those of the message, for telling
	// whether an object of the group has it already.
	place uint8
	// list marks a field that is an array always, by the tables.
	list bool
	// inner marks a member that may come several times in one object of its
	// group.
	inner  bool
	secret bool
	// want is where the summary keeps the field, 0 if it does not show it.
	want uint8
	// stray marks a field that the message's layout does not have.
	stray bool
}

// layout is a message definition made ready for printing.
type layout struct {
	def *schema.Message // nil for a number that is not in the tables
	// head is the JSON of type and name.
	head     string
	fixed    []fieldPlan // as def.Fixed
	floating []fieldPlan // as def.Floating
	// clash tells that two fields outside of groups share a name, so that
	// they have to be gathered under one key.
	clash   bool
	meaning meaning
	summary []phrase
	wanted  map[string]uint8 // the fields that summary shows, by name
}

// layouts makes and keeps what a formatter needs to know of the tables. It
// grows up to the size of the tables and no further, whatever comes in.
// Definitions tell their protocol, so that several share one layouts.
type layouts struct {
	all map[*schema.Message]*layout
	// byNumber holds, of the layouts with a number, the last one asked for.
	byNumber []*layout
	tables   map[*schema.Table]*valueTexts
	slots    map[string]int
	// strays are plans of fields that are in no layout: those of the tag
	// table, and fields that only another size of a message has.
	strays map[*schema.Field]*fieldPlan
}

func newLayouts() *layouts {
	return &layouts{
		all:    make(map[*schema.Message]*layout),
		tables: make(map[*schema.Table]*valueTexts),
		slots:  make(map[string]int),
		strays: make(map[*schema.Field]*fieldPlan),
	}
}

// unknownTag prints a field whose tag is in no table. Its key and slot depend
// on the tag.
var unknownTag = fieldPlan{secret: true}

// noLayout prints a message that is not in the tables.
var noLayout = layout{}

// of returns the layout of a message's definition, which may be nil.
func (l *layouts) of(m *decode.Message) *layout {
	if m.Def == nil {
		return &noLayout
	}
	if n := int(m.Def.Number); n < len(l.byNumber) {
		if lay := l.byNumber[n]; lay != nil && lay.def == m.Def {
			return lay
		}
	}
	lay := l.all[m.Def]
	if lay == nil {
		lay = l.add(m.Codec.Protocol(), m.Def)
		l.all[m.Def] = lay
	}
	for int(m.Def.Number) >= len(l.byNumber) {
		l.byNumber = append(l.byNumber, nil)
	}
	l.byNumber[m.Def.Number] = lay
	return lay
}

func (l *layouts) add(protocol *schema.Protocol, def *schema.Message) *layout {
	lay := &layout{def: def, head: `"type":` + text.Decimal(def.Number) + `,"name":"` + def.Name + `","length":`}
	lay.fixed = make([]fieldPlan, len(def.Fixed))
	for i, f := range def.Fixed {
		l.fill(&lay.fixed[i], f)
	}
	lay.floating = make([]fieldPlan, len(def.Floating))
	for i, f := range def.Floating {
		l.fill(&lay.floating[i], f)
		p := &lay.floating[i]
		p.place = uint8(i)
		p.inner = p.group != "" && (f.Array || counted(def, f))
	}
	lay.clash = clashes(lay)
	lay.meaning = meaningOf(def)
	lay.summary = lay.phrases(protocol)
	return lay
}

// counted tells whether the field's count stands in its own group, as
// NumInstruments in the records of CONFIG_TERMINAL_EVENT.
func counted(def *schema.Message, f *schema.Field) bool {
	for _, other := range def.Floating {
		if other.Name == f.Count && other.Group == f.Group {
			return true
		}
	}
	return false
}

// clashes tells whether the fixed part has a name that a version's fixed part
// or the floating part has too.
func clashes(lay *layout) bool {
	for i := range lay.fixed {
		a := lay.fixed[i].def
		for j := range lay.fixed[:i] {
			b := lay.fixed[j].def
			apart := b.Until != 0 && b.Until < a.Since || a.Until != 0 && a.Until < b.Since
			if a.Name == b.Name && !apart {
				return true
			}
		}
		for j := range lay.floating {
			if lay.fixed[i].slot == lay.floating[j].slot {
				return true
			}
		}
	}
	return false
}

func (l *layouts) fill(p *fieldPlan, f *schema.Field) {
	p.def = f
	p.key = `,"` + f.Name + `":`
	p.kind = f.Kind
	p.values = l.texts(f.Values)
	if p.kind == schema.EnumKind {
		p.members = make([]string, len(p.values.low))
	}
	p.list = f.Repeats()
	p.secret = f.Secret
	p.slot = l.slot(f.Name)
	if f.Group != "" {
		p.group = `,"` + f.Group + `":`
		p.slot = l.slot(f.Group)
	}
}

// stray returns the plan of a field that is not in the layout at hand.
func (l *layouts) stray(f *schema.Field) *fieldPlan {
	p := l.strays[f]
	if p == nil {
		p = new(fieldPlan)
		l.fill(p, f)
		// Out of its layout a field is not part of any group's object.
		p.slot, p.group, p.list, p.stray = l.slot(f.Name), "", false, true
		l.strays[f] = p
	}
	return p
}

func (l *layouts) slot(name string) int {
	n, ok := l.slots[name]
	if !ok {
		n = len(l.slots)
		l.slots[name] = n
	}
	return n
}

// fixedPlan returns the plan of a field of the fixed part. at is where to look
// first in the layout, and becomes where to look for the next: the fixed parts
// of all versions keep the order of the definition.
func (l *layouts) fixedPlan(lay *layout, f *decode.Field, at *int) *fieldPlan {
	for i := *at; i < len(lay.fixed); i++ {
		if lay.fixed[i].def == f.Def {
			*at = i + 1
			return &lay.fixed[i]
		}
	}
	if f.Def == nil {
		return &unknownTag
	}
	return l.stray(f.Def)
}

// floatingPlan returns the plan of a field of the floating part.
func (l *layouts) floatingPlan(lay *layout, f *decode.Field) *fieldPlan {
	if f.Def == nil {
		return &unknownTag
	}
	if i := f.Def.Index; uint(i) < uint(len(lay.floating)) && lay.floating[i].def == f.Def {
		return &lay.floating[i]
	}
	return l.stray(f.Def)
}
