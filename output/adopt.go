package output

import (
	"ctiscope/decode"
	"ctiscope/text"
)

// Strangers are floating fields that a message does not have: tags of other messages
// and tags in no table. One that stands inside a record belongs to it, and is printed
// there.

// adopt puts the strangers that stand inside records into them. A stranger is inside
// a record when a field of the group stands before it and one behind it, or when the
// floating part is nothing but records.
func (g *gather) adopt(m *decode.Message, plan *messagePlan, l *plans) {
	group, last := "", g.lastOfGroup(m, plan)
	for i := m.NumFixed; i < len(m.Fields); i++ {
		p := g.links[i].plan
		switch {
		case p.group != "":
			group = p.group
		case p.def != nil && !m.Fields[i].Foreign:
			group = ""
		case group != "" && i < last:
			if adopted := l.adopt(plan, group, &m.Fields[i], p); adopted != nil {
				g.links[i].plan = adopted
			}
		}
	}
}

// lastOfGroup returns up to which field strangers may belong to a record.
func (g *gather) lastOfGroup(m *decode.Message, plan *messagePlan) int {
	if plan.records {
		return len(m.Fields)
	}
	for i := len(m.Fields) - 1; i >= m.NumFixed; i-- {
		if g.links[i].plan.group != "" {
			return i
		}
	}
	return 0
}

// adopt returns the plan of a stranger inside a record, nil where too many are known.
func (l *plans) adopt(plan *messagePlan, group string, f *decode.Field, own *fieldPlan) *fieldPlan {
	key := adoption{plan, group, f.Tag}
	p := l.adopted[key]
	if p != nil {
		return p
	}
	place := len(plan.floating) + plan.strangers
	if len(l.adopted) >= maxAdopted || place > 255 {
		return nil
	}
	plan.strangers++
	p = new(fieldPlan)
	*p = *own
	p.adopted, p.inner, p.group, p.place = true, true, group, uint8(place)
	p.slot = l.slot(group[2 : len(group)-2])
	if p.def == nil {
		p.key = `,"Tag_` + text.Decimal(uint32(f.Tag)) + `":`
	}
	l.adopted[key] = p
	return p
}
