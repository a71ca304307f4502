package output

import (
	"slices"

	"ctiscope/text"

	"ctiscope/decode"
	"ctiscope/decode/schema"
)

// codeKind is the kind, in a plan, of a number that a list of codes explains.
const codeKind schema.Kind = 0x80

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
	// adopted marks a stranger, a field that the message does not have, inside a
	// record of a group.
	adopted bool
	// stamp is when the field was last met, place its field then: notes of gather.
	stamp uint64
	met   int
	// stray marks a field that the message's layout does not have.
	stray bool
}

// messagePlan is a message definition made ready for printing.
type messagePlan struct {
	def *schema.Message // nil for a number that is not in the tables
	// head is the JSON of type and name.
	head     string
	fixed    []fieldPlan // as def.Fixed
	floating []fieldPlan // as def.Floating
	// grouped tells that fields of the floating part make records, records that all
	// of them do.
	grouped, records bool
	// clash tells that two fields outside of groups share a name, so that
	// they have to be gathered under one key.
	clash   bool
	meaning meaning
	summary []phrase
	wanted  map[string]uint8 // the fields that summary shows, by name
}

// plans makes and keeps what a formatter needs to know of the tables. It
// grows up to the size of the tables and no further, whatever comes in.
// Definitions tell their protocol, so that several share one plans.
type plans struct {
	all map[*schema.Message]*messagePlan
	// byNumber holds, of the plans of messages with a number, the last one asked for.
	byNumber []*messagePlan
	tables   map[*schema.Table]*valueTexts
	slots    map[string]int
	// strays are plans of fields that are in no layout: those of the tag
	// table, and fields that only another size of a message has.
	strays map[*schema.Field]*fieldPlan
	// adopted are plans of strangers inside records, by group and tag.
	adopted map[adoption]*fieldPlan
}

// adoption is a tag inside a record of a group.
type adoption struct {
	plan  *messagePlan
	group string
	tag   uint16
}

// maxAdopted is how many plans of strangers are kept from one message to the next.
const maxAdopted = 1024

func newPlans() *plans {
	return &plans{
		all:     make(map[*schema.Message]*messagePlan),
		tables:  make(map[*schema.Table]*valueTexts),
		slots:   make(map[string]int),
		strays:  make(map[*schema.Field]*fieldPlan),
		adopted: make(map[adoption]*fieldPlan),
	}
}

// unknownTag prints a field whose tag is in no table. Its key and slot depend
// on the tag.
var unknownTag = fieldPlan{secret: true}

// noPlan prints a message that is not in the tables.
var noPlan = messagePlan{}

// of returns the plan of a message's definition, which may be nil.
func (l *plans) of(m *decode.Message) *messagePlan {
	if m.Def == nil {
		return &noPlan
	}
	if n := int(m.Def.Number); n < len(l.byNumber) {
		if plan := l.byNumber[n]; plan != nil && plan.def == m.Def {
			return plan
		}
	}
	plan := l.all[m.Def]
	if plan == nil {
		plan = l.add(m.Codec.Protocol(), m.Def)
		l.all[m.Def] = plan
	}
	for int(m.Def.Number) >= len(l.byNumber) {
		l.byNumber = append(l.byNumber, nil)
	}
	l.byNumber[m.Def.Number] = plan
	return plan
}

func (l *plans) add(protocol *schema.Protocol, def *schema.Message) *messagePlan {
	plan := &messagePlan{def: def, head: `"type":` + text.Decimal(def.Number) + `,"name":"` + def.Name + `","length":`}
	plan.fixed = make([]fieldPlan, len(def.Fixed))
	for i, f := range def.Fixed {
		l.fill(&plan.fixed[i], f)
	}
	plan.floating = make([]fieldPlan, len(def.Floating))
	for i, f := range def.Floating {
		l.fill(&plan.floating[i], f)
		p := &plan.floating[i]
		p.place = uint8(i)
		plan.grouped = plan.grouped || p.group != ""
		p.inner = p.group != "" && (f.Array || countedInGroup(def, f))
	}
	plan.records = isRecords(plan)
	plan.clash = clashes(plan)
	plan.meaning = meaningOf(def)
	plan.summary = plan.phrases(protocol)
	return plan
}

// isRecords tells whether the floating part is nothing but the records that the
// field NumRecords counts, as in configuration messages.
func isRecords(plan *messagePlan) bool {
	return plan.grouped && !slices.ContainsFunc(plan.floating, func(p fieldPlan) bool { return p.group != plan.floating[0].group }) &&
		slices.ContainsFunc(plan.floating, func(p fieldPlan) bool { return p.def.Count == "NumRecords" })
}

// countedInGroup tells whether the field's count stands in its own group, as
// NumInstruments in the records of CONFIG_TERMINAL_EVENT.
func countedInGroup(def *schema.Message, f *schema.Field) bool {
	for _, other := range def.Floating {
		if other.Name == f.Count && other.Group == f.Group {
			return true
		}
	}
	return false
}

// clashes tells whether the fixed part has a name that a version's fixed part
// or the floating part has too.
func clashes(plan *messagePlan) bool {
	for i := range plan.fixed {
		a := plan.fixed[i].def
		for j := range plan.fixed[:i] {
			b := plan.fixed[j].def
			apart := b.Until != 0 && b.Until < a.Since || a.Until != 0 && a.Until < b.Since
			if a.Name == b.Name && !apart {
				return true
			}
		}
		for j := range plan.floating {
			if plan.fixed[i].slot == plan.floating[j].slot {
				return true
			}
		}
	}
	return false
}

func (l *plans) fill(p *fieldPlan, f *schema.Field) {
	p.def = f
	p.key = `,"` + f.Name + `":`
	p.kind = f.Kind
	if f.Codes != schema.NoCodes {
		p.kind = codeKind
	}
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
func (l *plans) stray(f *schema.Field) *fieldPlan {
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

func (l *plans) slot(name string) int {
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
func (l *plans) fixedPlan(plan *messagePlan, f *decode.Field, at *int) *fieldPlan {
	for i := *at; i < len(plan.fixed); i++ {
		if plan.fixed[i].def == f.Def {
			*at = i + 1
			return &plan.fixed[i]
		}
	}
	if f.Def == nil {
		return &unknownTag
	}
	return l.stray(f.Def)
}

// floatingPlan returns the plan of a field of the floating part.
func (l *plans) floatingPlan(plan *messagePlan, f *decode.Field) *fieldPlan {
	if f.Def == nil {
		return &unknownTag
	}
	if i := f.Def.Index; uint(i) < uint(len(plan.floating)) && plan.floating[i].def == f.Def {
		return &plan.floating[i]
	}
	return l.stray(f.Def)
}
