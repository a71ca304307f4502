package chronicle

import (
	"sort"
	"strings"
)

// call is one call with what its events told.
type call struct {
	number     int
	peripheral uint32
	numbers    []uint32
	ids        []string
	got        map[uint32]int // when it got a number, in the order of all such
	first      *Message
	seen       int64 // last event, of any session

	told        map[vantage]bool // whether it is open there
	position    map[vantage]int
	sessions    map[int]bool
	over        bool
	established bool
	events      []*Message
	unknown     unknowns

	connections []Object
	links       []Object
	linked      []*call

	// Times, 0 for none.
	began, queued, dequeued, originated, offered, alerted, answered, held, cleared, ended int64
	merged                                                                                *Message
	clearedBy                                                                             *Message
	started, fromStart                                                                    bool

	names         map[connection]string // devices by connection
	devices       []*device
	mergedDevices []*device
	absorbed      []*call

	holding        map[string]int64 // since when, by device
	holds          int
	heldFor        []span
	holdUnknown    bool
	queueing       int64
	groups         map[string]bool
	queuedFor      []span
	agentAnswered  int64
	agentCalled    bool
	callType       any
	disposition    any
	routerKey      any
	keyDay, keyID  uint32
	texts          map[string]string
	current        map[variable]string
	carried        map[int]map[variable]bool
	variables      []Object
	peripheralType uint32
}

type span struct{ from, to int64 }

// device is one party of a call that alerted or answered.
type device struct {
	key, id                 string
	agent                   any
	alerted, answered, left int64
	replayed                bool
}

// apply takes in an event that nobody had told before.
func (t *teller) apply(c *call, m *Message, p part) {
	c.takeData(m)
	t.takeRouterKey(c, m)
	c.takeVariables(m)
	if n, ok := m.uint("PeripheralType"); ok {
		c.peripheralType = n
	}
	c.noteStart(m)
	if t.agentOf(c.peripheral, m.text("CallingDeviceID")) != nil {
		c.agentCalled = true
	}
	t.applyTimes(c, m)
	t.applyDevices(c, m, p)
}

// noteStart notes whether the call was seen from its start.
func (c *call) noteStart(m *Message) {
	if c.started || m.is("BEGIN_CALL_EVENT") {
		return
	}
	c.started = true
	c.fromStart = !m.repeated() && m.is("CALL_SERVICE_INITIATED_EVENT", "CALL_ORIGINATED_EVENT", "CALL_DELIVERED_EVENT",
		"CALL_QUEUED_EVENT", "CALL_TRANSLATION_ROUTE_EVENT", "CALL_FAILED_EVENT")
}

// applyTimes notes the first time of each kind, and the last end.
func (t *teller) applyTimes(c *call, m *Message) {
	if m.repeated() {
		return
	}
	first := map[string]*int64{
		"BEGIN_CALL_EVENT": &c.began, "CALL_QUEUED_EVENT": &c.queued, "CALL_DEQUEUED_EVENT": &c.dequeued,
		"CALL_ORIGINATED_EVENT": &c.originated, "CALL_DELIVERED_EVENT": &c.offered, "CALL_ESTABLISHED_EVENT": &c.answered,
		"CALL_HELD_EVENT": &c.held, "CALL_CLEARED_EVENT": &c.cleared,
	}[m.Def.Name]
	if first != nil && *first == 0 {
		*first = m.Time
	}
	switch {
	case m.alerts() && c.alerted == 0:
		c.alerted = m.Time
	case m.is("END_CALL_EVENT"):
		c.ended = m.Time
	case m.is("CALL_CLEARED_EVENT") && c.clearedBy == nil:
		c.clearedBy = m
	}
}

// alerts tells whether a phone rings.
func (m *Message) alerts() bool {
	return m.is("CALL_DELIVERED_EVENT") && m.number("LocalConnectionState") == 2
}

// deviceOf is the device that an event is about: the one that it names, else
// the one that its connection was named with, else the connection.
func (c *call) deviceOf(m *Message, field string, k connection) (key, id string) {
	if id = m.text(field); id == "" {
		id = c.named(k)
	}
	if id == "" {
		return "connection " + text([]any{k.kind, k.id}), ""
	}
	return "device " + id, id
}

// named is the device of a connection, in this call or in one that it took in.
func (c *call) named(k connection) string {
	if id := c.names[k]; id != "" || k.id == "" {
		return id
	}
	for _, other := range c.absorbed {
		if id := other.named(k); id != "" {
			return id
		}
	}
	return ""
}

// naming are the fields of the events that name a device with a connection.
var naming = map[string]string{
	"CALL_DELIVERED_EVENT": "AlertingDeviceID", "CALL_ESTABLISHED_EVENT": "AnsweringDeviceID", "CALL_ORIGINATED_EVENT": "CallingDeviceID",
}

// leaving are the fields of the events with which a device leaves.
var leaving = map[string]string{
	"CALL_CONNECTION_CLEARED_EVENT": "ReleasingDeviceID", "CALL_DIVERTED_EVENT": "DivertingDeviceID", "CALL_TRANSFERRED_EVENT": "TransferringDeviceID",
}

// applyDevices follows devices, holds and the queue.
func (t *teller) applyDevices(c *call, m *Message, p part) {
	if field := naming[m.Def.Name]; field != "" && p.id != "" && m.text(field) != "" {
		c.names[p.connection] = m.text(field)
	}
	switch {
	case m.alerts():
		c.leaveQueue(m.Time)
		t.party(c, m, "AlertingDeviceID", p).ring(m)
	case m.is("CALL_ESTABLISHED_EVENT"):
		c.leaveQueue(m.Time)
		d := t.party(c, m, "AnsweringDeviceID", p)
		d.answer(m)
		if d.agent != nil && c.agentAnswered == 0 && !m.repeated() {
			c.agentAnswered = m.Time
		}
	case m.is("CALL_QUEUED_EVENT"):
		c.enterQueue(m)
	case m.is("CALL_DEQUEUED_EVENT"):
		c.dequeue(m)
	}
	c.applyHolds(m, p)
	if field := leaving[m.Def.Name]; field != "" {
		key, _ := c.deviceOf(m, field, p.connection)
		c.leave(key, m.Time)
	}
}

func (c *call) leave(key string, now int64) {
	for _, d := range append(c.devices, c.mergedDevices...) {
		if d.key == key {
			d.left = now
		}
	}
}

// party finds the device of an event among those that alerted or answered, and
// adds it where it is not there.
func (t *teller) party(c *call, m *Message, field string, p part) *device {
	key, id := c.deviceOf(m, field, p.connection)
	for _, d := range c.devices {
		if d.key == key {
			return d
		}
	}
	d := &device{key: key, id: id, agent: t.agentOf(c.peripheral, id)}
	c.devices = append(c.devices, d)
	return d
}

func (d *device) ring(m *Message) {
	if m.repeated() {
		d.replayed = true
	} else if d.alerted == 0 {
		d.alerted = m.Time
	}
}

func (d *device) answer(m *Message) {
	if m.repeated() {
		d.replayed = true
	} else if d.answered == 0 {
		d.answered = m.Time
	}
}

// applyHolds follows which devices hold the call.
func (c *call) applyHolds(m *Message, p part) {
	switch {
	case m.is("CALL_HELD_EVENT") && m.repeated():
		c.holdUnknown = true
	case m.is("CALL_HELD_EVENT"):
		key, _ := c.deviceOf(m, "HoldingDeviceID", p.connection)
		if c.holds++; c.holding[key] == 0 {
			c.holding[key] = m.Time
		}
	case m.is("CALL_RETRIEVED_EVENT"):
		key, _ := c.deviceOf(m, "RetrievingDeviceID", p.connection)
		c.endHold(key, m.Time)
	case m.is("CALL_CONNECTION_CLEARED_EVENT"):
		key, _ := c.deviceOf(m, "ReleasingDeviceID", p.connection)
		c.endHold(key, m.Time)
	case m.joins():
		for key := range c.holding {
			c.endHold(key, m.Time)
		}
	}
}

func (c *call) endHold(key string, now int64) {
	if from := c.holding[key]; from != 0 {
		c.heldFor = append(c.heldFor, span{from, now})
		delete(c.holding, key)
	}
}

// absorb takes in what is left of a call that was merged into this one.
func (c *call) absorb(other *call) {
	c.absorbed = append(c.absorbed, other)
	for _, d := range append(append([]*device{}, other.devices...), other.mergedDevices...) {
		known := false
		for _, own := range append(append([]*device{}, c.devices...), c.mergedDevices...) {
			known = known || own.key == d.key
		}
		if d.left == 0 && !known {
			c.mergedDevices = append(c.mergedDevices, &device{key: d.key, id: d.id, agent: d.agent})
		}
	}
}

// enterQueue puts the call into a queue.
func (c *call) enterQueue(m *Message) {
	if m.repeated() {
		return
	}
	if c.queueing == 0 {
		c.queueing, c.groups = m.Time, map[string]bool{}
	}
	for _, g := range m.groups() {
		c.groups[g] = true
	}
}

func (m *Message) groups() []string {
	var list []string
	for _, row := range m.rows("SkillGroupNumber", "SkillGroupID") {
		list = append(list, text([]any{m.Uint(row["SkillGroupNumber"])}))
	}
	return list
}

// dequeue takes the call out of some of its queues, or of all.
func (c *call) dequeue(m *Message) {
	if m.repeated() {
		return
	}
	for _, g := range m.groups() {
		delete(c.groups, g)
	}
	if m.number("NumSkillGroups") == 0 || len(c.groups) == 0 {
		c.leaveQueue(m.Time)
	}
}

func (c *call) leaveQueue(now int64) {
	if c.queueing != 0 {
		c.queuedFor = append(c.queuedFor, span{c.queueing, now})
		c.queueing = 0
	}
}

// takeData takes in the last values of the call's data.
func (c *call) takeData(m *Message) {
	if c.texts == nil {
		c.texts = map[string]string{}
	}
	for _, name := range []string{"ANI", "DNIS", "DialedNumber", "CallerEnteredDigits"} {
		if s := m.text(name); s != "" {
			c.texts[name] = s
		}
	}
	if f := m.Find("CallType"); f != nil && !m.IsNone(f) {
		c.callType = m.valueOf(f)
	}
	if f := m.Find("CalledPartyDisposition"); f != nil {
		if v := m.Value(f); v.Name() != "" {
			c.disposition = m.valueOf(f)
		}
	}
}

// takeRouterKey takes in the router's key, and links calls that share it.
func (t *teller) takeRouterKey(c *call, m *Message) {
	day, ok := m.uint("RouterCallKeyDay")
	id := m.number("RouterCallKeyCallID")
	if !ok || day == none || day == 0 && id == 0 {
		return
	}
	news := c.routerKey == nil || c.keyDay != day || c.keyID != id
	c.routerKey = Object{"day": day, "call": id, "sequence": m.numberOrNull("RouterCallKeySequenceNumber")}
	c.keyDay, c.keyID = day, id
	for _, other := range t.calls {
		if news && other != c && other.routerKey != nil && other.keyDay == day && other.keyID == id {
			link("router-key", other, c, m)
		}
	}
}

// variable names a variable, or an element of an array; index -1 is none.
type variable struct {
	name  string
	index int
}

// each goes through the variables of a message.
func (m *Message) each(visit func(v variable, value string, named bool)) {
	for i := range m.Fields {
		f := &m.Fields[i]
		switch name := f.Name(); {
		case name == "NamedVariable" || name == "NamedArray":
			index, key, value := m.NamedVariable(f)
			visit(variable{string(key), index}, string(value), true)
		case strings.HasPrefix(name, "CallVariable") || name == "CallWrapupData":
			visit(variable{name, -1}, string(m.Text(f)), false)
		}
	}
}

// carriesAll tells whether a message has all named variables of its call.
func (m *Message) carriesAll() bool { return m.is("CALL_DATA_UPDATE_EVENT", "BEGIN_CALL_EVENT") }

// takeVariables notes what changed.
func (c *call) takeVariables(m *Message) {
	has := map[variable]bool{}
	m.each(func(v variable, value string, named bool) {
		has[v] = true
		c.change(m, v, value, value)
	})
	if !m.carriesAll() {
		return
	}
	var gone []variable
	for v := range c.carried[m.Session] {
		if _, there := c.current[v]; there && !has[v] {
			gone = append(gone, v)
		}
	}
	sort.Slice(gone, func(i, j int) bool {
		return gone[i].name < gone[j].name || gone[i].name == gone[j].name && gone[i].index < gone[j].index
	})
	for _, v := range gone {
		c.change(m, v, nil, "")
	}
}

// change notes a change of a variable; to nil when it is gone.
func (c *call) change(m *Message, v variable, to any, value string) {
	var was, index any
	if old, ok := c.current[v]; ok {
		was = old
	}
	if was == to {
		return
	}
	if v.index >= 0 {
		index = v.index
	}
	if c.current[v] = value; to == nil {
		delete(c.current, v)
	}
	c.variables = append(c.variables, Object{"name": v.name, "index": index, "value": to, "was": was, "time": moment(m.Time), "frame": m.Frame})
}

// carry notes the named variables that a session knows of.
func (c *call) carry(m *Message) {
	if !m.carriesAll() {
		return
	}
	set := map[variable]bool{}
	m.each(func(v variable, _ string, named bool) {
		if named {
			set[v] = true
		}
	})
	c.carried[m.Session] = set
}
