package output

import "ctiscope/decode"

// gather joins the fields of a message that belong under one key: what comes
// several times, and the members of a group. It takes time and memory linear
// in the number of fields and is used again for the next message.
type gather struct {
	links []link
	// from is the first field that is gathered; the fixed part before it has
	// no name twice.
	from int
	// named and tagged hold, by slot and by tag, the last field seen with that
	// key. tagged is made when the first unknown tag comes.
	named, tagged []last
	round         uint32

	stamp   uint64
	members []int // fields of the group at hand, in the order of its rows
	turned  []int // where byColumn puts members in order
	bounds  []int // where each row begins in members, and the end
}

// link is what gather knows of one field of the message.
type link struct {
	plan  *fieldPlan
	next  int  // the next field under the same key, 0 for none
	first bool // the first field under its key
	same  int  // the next field of an inner plan in the same row, 0 for none
	later bool // not the first of them
}

// last is the last field seen under a key, valid in its round only.
type last struct {
	round uint32
	field int
}

// placeSet is a set of fields of a message's floating part.
type placeSet [4]uint64

func (s *placeSet) has(n uint8) bool { return s[n>>6]&(1<<(n&63)) != 0 }
func (s *placeSet) add(n uint8)      { s[n>>6] |= 1 << (n & 63) }

// plan finds the plans of the fields that have to be gathered, and chains
// those under one key. The fixed part needs none of it unless it shares a name
// with another field.
func (g *gather) plan(m *decode.Message, plan *messagePlan, l *plans) {
	if cap(g.links) < len(m.Fields) {
		g.links = make([]link, len(m.Fields), 2*len(m.Fields))
	}
	g.links = g.links[:len(m.Fields)]
	g.from = m.NumFixed
	if plan.clash {
		g.from = 0
	}
	strangers := false
	for i := m.NumFixed; i < len(m.Fields); i++ {
		f := &m.Fields[i]
		g.links[i] = link{plan: l.floatingPlan(plan, f)}
		if f.Foreign {
			g.from = 0 // a foreign tag may bear a name of the fixed part
		}
		strangers = strangers || f.Foreign || f.Def == nil
	}
	if strangers && plan.grouped {
		g.adopt(m, plan, l)
	}
	if g.from == 0 {
		at := 0
		for i := range m.Fields[:m.NumFixed] {
			g.links[i] = link{plan: l.fixedPlan(plan, &m.Fields[i], &at)}
		}
	}
	g.chain(m, len(l.slots))
}

func (g *gather) chain(m *decode.Message, slots int) {
	for len(g.named) < slots {
		g.named = append(g.named, last{})
	}
	if g.round++; g.round == 0 { // the counter came round: forget all
		clear(g.named)
		clear(g.tagged)
		g.round = 1
	}
	for i := g.from; i < len(g.links); i++ {
		at := g.last(g.links[i].plan, m.Fields[i].Tag)
		if at.round == g.round {
			g.links[at.field].next = i
		} else {
			g.links[i].first = true
		}
		*at = last{round: g.round, field: i}
	}
}

func (g *gather) last(p *fieldPlan, tag uint16) *last {
	if p.def != nil || p.adopted {
		return &g.named[p.slot]
	}
	if g.tagged == nil {
		g.tagged = make([]last, 1<<16)
	}
	return &g.tagged[tag]
}

// rows splits the group that begins with field i into its objects and returns
// how many there are. A new object begins with a field that the object before
// has already.
func (g *gather) rows(i int) int {
	g.members = g.members[:0]
	for more := true; more; more = i != 0 {
		g.members = append(g.members, i)
		i = g.links[i].next
	}
	g.bounds = append(g.bounds[:0], 0)
	if g.byColumn() {
		return len(g.bounds) - 1
	}
	var have placeSet
	for n, i := range g.members {
		p := g.links[i].plan
		if have.has(p.place) && !p.inner {
			g.bounds = append(g.bounds, n-g.leading(n))
			have = placeSet{}
		}
		if !p.adopted {
			have.add(p.place)
		}
	}
	g.bounds = append(g.bounds, len(g.members))
	return len(g.bounds) - 1
}

// leading is how many strangers before member n begin its row: those that begin the
// row before it, too.
func (g *gather) leading(n int) int {
	from := g.bounds[len(g.bounds)-1]
	count := 0
	for from+count < n && g.member(from+count).adopted {
		count++
	}
	if from+count >= n-count {
		return 0
	}
	for k := range count {
		if g.member(from+k) != g.member(n-count+k) {
			return 0
		}
	}
	return count
}

// member is the plan of a member.
func (g *gather) member(n int) *fieldPlan { return g.links[g.members[n]].plan }

// join chains, in a row, the fields of each plan that may come several times.
func (g *gather) join(row []int) {
	g.stamp++
	for _, i := range row {
		p := g.links[i].plan
		if !p.inner {
			continue
		}
		if p.stamp == g.stamp {
			g.links[p.met].same, g.links[i].later = i, true
		}
		p.stamp, p.met = g.stamp, i
	}
}

// row returns the fields of object n.
func (g *gather) row(n int) []int { return g.members[g.bounds[n]:g.bounds[n+1]] }

// byColumn recognises a group sent field by field (all numbers, then all
// names) instead of object by object: at least two fields, each in one run,
// all runs of one length above one. It puts members into the order of objects.
func (g *gather) byColumn() bool {
	all := g.members
	height := 1
	for height < len(all) && g.links[all[height]].plan == g.links[all[0]].plan {
		height++
	}
	if height < 2 || len(all) == height || len(all)%height != 0 {
		return false
	}
	var have placeSet
	for n := 0; n < len(all); n += height {
		p := g.links[all[n]].plan
		if p.inner || have.has(p.place) {
			return false
		}
		have.add(p.place)
		for _, i := range all[n : n+height] {
			if g.links[i].plan != p {
				return false
			}
		}
	}
	g.turn(height)
	return true
}

// turn puts members, columns of that height, into the order of rows.
func (g *gather) turn(height int) {
	width := len(g.members) / height
	g.turned = g.turned[:0]
	for y := range height {
		for x := range width {
			g.turned = append(g.turned, g.members[x*height+y])
		}
		g.bounds = append(g.bounds, (y+1)*width)
	}
	g.members, g.turned = g.turned, g.members
}
