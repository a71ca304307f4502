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
	if len(l.adopted) >= maxAdopted { // what is printed must not depend on what came before
		clear(l.adopted)
	}
	group, last := "", g.lastOfGroup(m, plan)
	for i := m.NumFixed; i < len(m.Fields); i++ {
		p := g.links[i].plan
		switch {
		case p.group != "":
			group = p.group
		case p.def != nil && !m.Fields[i].Foreign:
			group = ""
		case group != "" && i < last:
			g.links[i].plan = l.adopt(plan, group, &m.Fields[i], p)
		}
	}
	g.adoptLeading(m, plan, l)
}

// adoptLeading puts the strangers right before a group into it, where those of the
// same tags stand inside it too: each record begins with them.
func (g *gather) adoptLeading(m *decode.Message, plan *messagePlan, l *plans) {
	first := m.NumFixed
	for first < len(m.Fields) && g.links[first].plan.group == "" {
		first++
	}
	if first == len(m.Fields) {
		return
	}
	g.stamp++
	for i := range g.links[first:] {
		if p := g.links[first+i].plan; p.adopted {
			p.stamp = g.stamp
		}
	}
	group := g.links[first].plan.group
	for i := first - 1; i >= m.NumFixed; i-- {
		f, own := &m.Fields[i], g.links[i].plan
		adopted := l.adopted[adoption{plan, group, f.Tag}]
		if own.def != nil && !f.Foreign || adopted == nil || adopted.stamp != g.stamp {
			return
		}
		g.links[i].plan = adopted
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

// adopt returns the plan of a stranger inside a record.
func (l *plans) adopt(plan *messagePlan, group string, f *decode.Field, own *fieldPlan) *fieldPlan {
	key := adoption{plan, group, f.Tag}
	p := l.adopted[key]
	if p != nil {
		return p
	}
	p = new(fieldPlan)
	*p = *own
	p.adopted, p.inner, p.group = true, true, group
	p.slot = l.slot(group[2 : len(group)-2])
	if p.def == nil {
		p.key = `,"Tag_` + text.Decimal(uint32(f.Tag)) + `":`
	}
	l.adopted[key] = p
	return p
}
