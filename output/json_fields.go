package output

import (
	"strconv"

	"ctiscope/decode"
	"ctiscope/decode/schema"
)

// appendFields appends the object "fields". Each key brings the comma before
// it; the first one's becomes the opening brace.
func (j *JSON) appendFields(dst []byte, m *decode.Message, plan *messagePlan) []byte {
	g := &j.gather
	start := len(dst)
	g.plan(m, plan, j.plans)
	at := 0
	for i := range m.Fields[:g.from] {
		f := &m.Fields[i]
		var p *fieldPlan
		if at < len(plan.fixed) && plan.fixed[at].def == f.Def {
			p = &plan.fixed[at]
			at++
		} else {
			p = j.plans.fixedPlan(plan, f, &at)
		}
		dst = j.appendMember(dst, m, f, p)
	}
	for i := g.from; i < len(g.links); i++ {
		if g.links[i].first {
			dst = j.appendKey(dst, m, i)
		}
	}
	if u := m.Undecoded; u.Len > 0 && u.Off >= 0 && u.Off+u.Len <= len(m.Frame) {
		dst = append(dst, `,"Undecoded":`...)
		if j.opts.ShowSecrets {
			dst = appendRaw(dst, m.Frame[u.Off:u.Off+u.Len])
		} else { // nothing tells where in them a password stands
			dst = append(dst, `"`+mask+`"`...)
		}
	}
	return closeObject(dst, start)
}

// closeObject ends the object whose keys begin at start.
func closeObject(dst []byte, start int) []byte {
	if len(dst) == start {
		return append(dst, "{}"...)
	}
	dst[start] = '{'
	return append(dst, '}')
}

// appendMember appends key and value of a field that stands alone.
func (j *JSON) appendMember(dst []byte, m *decode.Message, f *decode.Field, p *fieldPlan) []byte {
	if p.kind == schema.EnumKind && !f.Odd && !m.Guarded() {
		u := m.Uint(f)
		if u < uint32(len(p.members)) {
			if p.members[u] == "" && p.values.low[u] != "" {
				p.members[u] = p.key + p.values.low[u]
			}
			if s := p.members[u]; s != "" {
				return append(dst, s...)
			}
		}
	}
	return j.appendValue(append(dst, p.key...), m, f, p)
}

// appendKey appends the key that field i is the first of, with all its values.
func (j *JSON) appendKey(dst []byte, m *decode.Message, i int) []byte {
	links := j.gather.links
	p := links[i].plan
	if links[i].next == 0 && !p.list && p.def != nil {
		return j.appendMember(dst, m, &m.Fields[i], p)
	}
	switch {
	case p.group != "":
		dst = append(dst, p.group...)
		return j.appendGroup(dst, m, i)
	case p.def == nil:
		dst = append(dst, `,"Tag_`...)
		dst = strconv.AppendUint(dst, uint64(m.Fields[i].Tag), 10)
		dst = append(dst, `":`...)
	default:
		dst = append(dst, p.key...)
	}
	if links[i].next == 0 && !p.list { // an unknown tag
		return j.appendValue(dst, m, &m.Fields[i], p)
	}
	dst = append(dst, '[')
	for {
		dst = j.appendValue(dst, m, &m.Fields[i], links[i].plan)
		if i = links[i].next; i == 0 {
			return append(dst, ']')
		}
		dst = append(dst, ',')
	}
}

// appendGroup appends the array of a group whose first field is field i.
func (j *JSON) appendGroup(dst []byte, m *decode.Message, i int) []byte {
	g := &j.gather
	dst = append(dst, '[')
	for n := range g.rows(i) {
		if n > 0 {
			dst = append(dst, ',')
		}
		dst = j.appendObject(dst, m, g.row(n))
	}
	return append(dst, ']')
}

// appendObject appends one object of a group.
func (j *JSON) appendObject(dst []byte, m *decode.Message, row []int) []byte {
	start := len(dst)
	j.gather.join(row)
	for _, i := range row {
		switch at := &j.gather.links[i]; {
		case at.later: // printed with the first
		case at.plan.inner:
			dst = j.appendInner(append(dst, at.plan.key...), m, i, at.plan)
		default:
			dst = j.appendMember(dst, m, &m.Fields[i], at.plan)
		}
	}
	return closeObject(dst, start)
}

// appendInner appends what may come several times in one object of a group:
// always an array, of all numbers where it is an Array field that was sent in parts.
// What stands in the record without being its own is an array only when it repeats.
func (j *JSON) appendInner(dst []byte, m *decode.Message, i int, p *fieldPlan) []byte {
	count := 0
	start := len(dst)
	dst = append(dst, '[')
	for more := true; more; more = i != 0 {
		if count > 0 {
			dst = append(dst, ',')
		}
		count++
		at := len(dst)
		dst = j.appendValue(dst, m, &m.Fields[i], p)
		if p.kind == schema.ListKind && dst[at] == '[' { // its numbers, without brackets
			dst = append(dst[:at], dst[at+1:len(dst)-1]...)
			if len(dst) == at && count > 1 {
				dst = dst[:at-1]
			}
		}
		i = j.gather.links[i].same
	}
	if p.adopted && count == 1 && p.kind != schema.ListKind {
		return append(dst[:start], dst[start+1:]...)
	}
	return append(dst, ']')
}
