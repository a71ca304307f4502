package chronicle

import (
	"fmt"

	"ctiscope/decode"
	"ctiscope/decode/schema"
)

// vantage is from where a call is seen: a session, and in it a monitor.
type vantage struct {
	session int
	monitor uint32
}

// connection names the connection of a party to a call; without a text it is
// none.
type connection struct {
	kind uint32
	id   string
}

// connectionNone is CONNECTION_ID_NONE.
const connectionNone = 0xffff

// handle is a connection of a number.
type handle struct {
	peripheral, number uint32
	connection
}

// part is what an event says of one call: an event of two calls has two parts.
type part struct {
	handle
	kind any // value object of the connection's type
}

// repeated tells of an event that repeats an old state after a restart.
func (m *Message) repeated() bool {
	cause, ok := m.uint("EventCause")
	return ok && (cause == 50 || cause == 61)
}

func (m *Message) vantage() vantage { return vantage{m.Session, m.number("MonitorID")} }

// joins tells whether an event makes one call of two.
func (m *Message) joins() bool { return m.is("CALL_TRANSFERRED_EVENT", "CALL_CONFERENCED_EVENT") }

// part reads the part whose fields begin with a word: "Connection", "Primary".
// ok is false where it names no call.
func (m *Message) part(word, idWord string) (p part, ok bool) {
	number, ok := m.uint(word + "CallID")
	p.peripheral, p.number = m.number("PeripheralID"), number
	p.connection = connection{m.number(idWord + "IDType"), m.text(idWord + "ID")}
	p.kind = m.value(idWord + "IDType")
	if p.connection.kind == connectionNone || p.id == "" {
		p.connection = connection{}
	}
	return p, ok && number != none && (number != 0 || p.id != "")
}

// parts are the parts of an event, none where it is no event of a call.
func (m *Message) parts() []part {
	words := [][2]string{{"Connection", "ConnectionDevice"}}
	if m.joins() {
		words = [][2]string{{"Primary", "PrimaryDevice"}, {"Secondary", "SecondaryDevice"}}
	}
	if m.Def == nil || !m.FromServer || m.Find("PeripheralID") == nil || m.Def.HasInvokeID() {
		return nil
	}
	var parts []part
	for _, w := range words {
		if p, ok := m.part(w[0], w[1]); ok {
			parts = append(parts, p)
		}
	}
	return parts
}

// silence is how long a call may be silent and live.
const silence = 4 * 3600 * second

// recent is how long after its last event a call still takes events.
const recent = 60 * second

func (c *call) lives(now int64) bool { return !c.over && now-c.seen <= silence }

// callEvent gives an event to the calls that it means.
func (t *teller) callEvent(m *Message) {
	var meant []*call
	news := false
	parts := m.parts()
	for _, p := range parts {
		c, several := t.meant(m, p)
		for _, other := range several {
			other.cannotTell(m)
		}
		meant = append(meant, c)
		if c != nil && t.admit(c, m, p) {
			news = true
		}
	}
	if m.joins() && news && len(meant) == 2 && meant[0] != nil && meant[1] != nil && meant[0] != meant[1] {
		t.join(m, meant, parts)
	}
}

// meant finds the call that an event means, or the several that it may mean.
func (t *teller) meant(m *Message, p part) (c *call, several []*call) {
	begin := m.is("BEGIN_CALL_EVENT")
	list := t.narrowed(t.candidates(m, p, begin), m)
	switch {
	case len(list) == 1:
		return list[0], nil
	case len(list) > 1:
		return nil, list
	}
	if c := t.holder[[2]uint32{p.peripheral, p.number}]; !begin && c != nil && m.Time-c.seen <= recent {
		return c, nil
	}
	return t.newCall(m, p), nil
}

// candidates are the rules 1 and 2.
func (t *teller) candidates(m *Message, p part, begin bool) []*call {
	owner, v := t.owner[p.handle], m.vantage()
	if p.id == "" {
		owner = nil
	}
	var list []*call
	for _, c := range t.calls {
		numbered := c.peripheral == p.peripheral && c.has(p.number)
		switch {
		case numbered && (c.lives(m.Time) || !begin && c.told[v]):
			list = append(list, c)
		case !begin && c == owner && m.Time-c.seen <= recent && !t.takenOver(c, p, m.Time):
			list = append(list, c)
		}
	}
	if p.id == "" {
		return list
	}
	if own := pick(list, func(c *call) bool { return c == owner }); len(own) > 0 {
		return own
	}
	if begin {
		return pick(list, func(c *call) bool { return !c.told[v] })
	}
	return list
}

// takenOver tells whether a call lives that got the number after c.
func (t *teller) takenOver(c *call, p part, now int64) bool {
	for _, other := range t.calls {
		if other.peripheral == p.peripheral && other.has(p.number) && other.lives(now) && other.got[p.number] > c.got[p.number] {
			return true
		}
	}
	return false
}

// narrowed is rule 3.
func (t *teller) narrowed(list []*call, m *Message) []*call {
	for _, step := range []func(*call) bool{
		func(c *call) bool { return c.lives(m.Time) },
		func(c *call) bool { return c.told[m.vantage()] },
		func(c *call) bool { return !c.established },
	} {
		if left := pick(list, step); len(list) > 1 && len(left) > 0 {
			list = left
		}
	}
	return list
}

func pick(list []*call, wanted func(*call) bool) []*call {
	var out []*call
	for _, c := range list {
		if wanted(c) {
			out = append(out, c)
		}
	}
	return out
}

// newCall begins a call.
func (t *teller) newCall(m *Message, p part) *call {
	c := &call{
		number: len(t.calls) + 1, peripheral: p.peripheral, first: m, got: map[uint32]int{}, told: map[vantage]bool{},
		position: map[vantage]int{}, sessions: map[int]bool{}, names: map[connection]string{}, holding: map[string]int64{},
		current: map[variable]string{}, carried: map[int]map[variable]bool{}, unknown: unknowns{}, seen: m.Time,
	}
	t.calls = append(t.calls, c)
	t.number(c, p.number, m.Time)
	return c
}

func (c *call) has(number uint32) bool { return c.got[number] != 0 }

// number gives a call a number.
func (t *teller) number(c *call, number uint32, now int64) {
	t.count++
	t.holder[[2]uint32{c.peripheral, number}] = c
	if c.has(number) {
		return
	}
	c.got[number] = t.count
	id := fmt.Sprintf("%d.%d", c.peripheral, number)
	for n, plain := 2, id; t.idTaken(c, id, now); n++ {
		id = fmt.Sprintf("%s/%d", plain, n)
	}
	c.ids, c.numbers = append(c.ids, id), append(c.numbers, number)
}

func (t *teller) idTaken(c *call, id string, now int64) bool {
	for _, other := range t.calls {
		if other != c && other.lives(now) && contains(other.ids, id) {
			return true
		}
	}
	return false
}

// give gives a call a connection.
func (t *teller) give(c *call, h handle, kind any, now int64) {
	if h.id == "" {
		return
	}
	t.owner[h] = c
	o := Object{"type": kind, "id": h.id}
	for _, old := range c.connections {
		if text(old) == text(o) {
			o = nil
			break
		}
	}
	if o != nil {
		c.connections = append(c.connections, o)
	}
	t.consultGiven(c, h, now)
}

// admit notes that a session told of a call; news tells that no other had told
// the same before.
func (t *teller) admit(c *call, m *Message, p part) (news bool) {
	v := m.vantage()
	if open, known := c.told[v]; !known || m.is("BEGIN_CALL_EVENT") || m.is("END_CALL_EVENT") {
		c.told[v] = (open || !known || m.is("BEGIN_CALL_EVENT")) && !m.is("END_CALL_EVENT")
	}
	c.sessions[m.Session], c.seen = true, m.Time
	t.give(c, p.handle, p.kind, m.Time)
	if n, ok := m.uint("NewConnectionCallID"); ok && n != none {
		t.number(c, n, m.Time)
		kind := connection{m.number("NewConnectionDeviceIDType"), m.text("NewConnectionDeviceID")}
		if kind.kind != connectionNone {
			t.give(c, handle{c.peripheral, n, kind}, m.value("NewConnectionDeviceIDType"), m.Time)
		}
	}
	if news = c.isNews(m, v); news {
		t.apply(c, m, p)
	}
	c.carry(m)
	c.over = c.over || m.is("CALL_CLEARED_EVENT") || !c.isOpen()
	c.established = c.established || m.is("CALL_ESTABLISHED_EVENT")
	return news
}

// isOpen tells whether the call is open in some session.
func (c *call) isOpen() bool {
	for _, open := range c.told {
		if open {
			return true
		}
	}
	return false
}

// isNews goes on through the call's events from where a session is.
func (c *call) isNews(m *Message, v vantage) bool {
	for i := c.position[v]; i < len(c.events); i++ {
		if same(c.events[i], m) {
			c.position[v] = i + 1
			return false
		}
	}
	c.events = append(c.events, m)
	c.position[v] = len(c.events)
	return true
}

// same tells whether two messages tell the same event: type and fields, but for
// those that differ by client and those that one of the versions does not have.
func same(a, b *Message) bool {
	return a.Type == b.Type && a.essence(b.Version) == b.essence(a.Version)
}

func (m *Message) essence(version int) string {
	s := ""
	for i := range m.Fields {
		f := &m.Fields[i]
		switch name := f.Name(); {
		case name == "MonitorID", name == "NumCTIClients", f.Def != nil && !f.Def.In(version):
		default:
			s += fmt.Sprintf("%s=%x;", name, m.Data(f))
		}
	}
	return s
}

// join lets one of two calls go on for both.
func (t *teller) join(m *Message, calls []*call, parts []part) {
	on, merged, number := calls[0], calls[1], parts[0].number
	parties := m.rows("ConnectedPartyCallID", "ConnectedPartyDeviceIDType", "ConnectedPartyDeviceID")
	has := map[uint32]bool{}
	for _, row := range parties {
		has[m.Uint(row["ConnectedPartyCallID"])] = true
	}
	if has[parts[1].number] && !has[parts[0].number] {
		on, merged, number = merged, on, parts[1].number
	}
	how := "transfer"
	if m.is("CALL_CONFERENCED_EVENT") {
		how = "conference"
	}
	link(how, on, merged, m)
	if merged.merged == nil {
		merged.merged, merged.over = m, true
		on.absorb(merged)
	}
	t.giveParties(on, m, number, parties)
}

// giveParties gives the call that goes on the connections of its parties.
func (t *teller) giveParties(on *call, m *Message, number uint32, parties []map[string]*decode.Field) {
	for _, row := range parties {
		kind, id := row["ConnectedPartyDeviceIDType"], row["ConnectedPartyDeviceID"]
		if m.Uint(row["ConnectedPartyCallID"]) != number || kind == nil || id == nil || m.Uint(kind) == connectionNone {
			continue
		}
		h := handle{on.peripheral, number, connection{m.Uint(kind), string(m.Text(id))}}
		t.give(on, h, m.valueOf(kind), m.Time)
	}
}

// link links two calls.
func link(how string, a, b *call, m *Message) {
	for _, pair := range [][2]*call{{a, b}, {b, a}} {
		pair[0].links = append(pair[0].links, Object{"how": how, "call": pair[1].number, "time": moment(m.Time), "frame": m.Frame})
		pair[0].linked = append(pair[0].linked, pair[1])
	}
}

// consult is a confirmation of a consultation call whose new call has not come.
type consult struct {
	active *call
	conf   *Message
	handle handle
}

// referred finds the call that a request or confirmation refers to.
func (t *teller) referred(session int, h handle) *call {
	if c := t.owner[h]; c != nil && h.id != "" {
		return c
	}
	open := pick(t.calls, func(c *call) bool {
		return c.peripheral == h.peripheral && c.has(h.number) && c.openIn(session)
	})
	if len(open) == 1 {
		return open[0]
	}
	return nil
}

func (c *call) openIn(session int) bool {
	for v, open := range c.told {
		if open && v.session == session {
			return true
		}
	}
	return false
}

// consultAsked notes the call that a consultation begins from.
func (t *teller) consultAsked(m *Message) {
	h := handle{m.number("PeripheralID"), m.number("ActiveConnectionCallID"),
		connection{m.number("ActiveConnectionDeviceIDType"), m.text("ActiveConnectionDeviceID")}}
	t.active[m] = t.referred(m.Session, h)
}

// watched notes the call that a monitor is set on.
func (t *teller) watched(m *Message) {
	if p, ok := m.part("Connection", "ConnectionDevice"); ok && p.id != "" {
		t.active[m] = t.referred(m.Session, p.handle)
	}
}

// consultConfirmed links the two calls of a consultation, at once or when the
// new one comes.
func (t *teller) consultConfirmed(m *Message) {
	r := t.answered[m]
	if r == nil || t.active[r.Message] == nil {
		return
	}
	h := handle{r.number("PeripheralID"), m.number("NewConnectionCallID"),
		connection{m.number("NewConnectionDeviceIDType"), m.text("NewConnectionDeviceID")}}
	if c := t.owner[h]; c != nil {
		link("consult", t.active[r.Message], c, m)
		return
	}
	t.consults = append(t.consults, &consult{t.active[r.Message], m, h})
}

// consultGiven links what waited for a connection.
func (t *teller) consultGiven(c *call, h handle, now int64) {
	for _, w := range t.consults {
		if w.handle == h && now-w.conf.Time <= 10*second && w.active != nil {
			link("consult", w.active, c, w.conf)
			w.active = nil
		}
	}
}

// platform is the product that a peripheral's type stands for.
func (m *Message) platform() schema.Platform { return schema.PlatformOf(m.number("PeripheralType")) }
