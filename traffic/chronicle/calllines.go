package chronicle

import (
	"fmt"
	"sort"
)

// callLines are the lines of the calls, by number.
func (t *teller) callLines() []Object {
	var lines []Object
	for _, c := range t.calls {
		lines = append(lines, t.callLine(c))
	}
	return lines
}

// followed tells whether the call is open in a session that goes on.
func (t *teller) followed(c *call) bool {
	for v, open := range c.told {
		if open && t.sessions[v.session].end() == 0 {
			return true
		}
	}
	return false
}

// end is when the call was over; 0 where the capture does not tell.
func (t *teller) end(c *call) int64 {
	switch {
	case c.cleared != 0:
		return c.cleared
	case c.merged != nil:
		return c.merged.Time
	case c.ended == 0 || t.followed(c):
		return 0
	}
	for _, d := range append(append([]*device{}, c.devices...), c.mergedDevices...) {
		if d.left == 0 {
			return 0
		}
	}
	return c.ended
}

func (t *teller) callLine(c *call) Object {
	line := Object{
		"v": 1, "kind": "call", "call": c.number, "time": moment(c.first.Time), "frame": c.first.Frame, "session": c.first.Session,
		"id": c.ids[0], "ids": c.ids, "contact": contact(c), "peripheral": c.peripheral, "connection_call_id": c.numbers[0],
		"connections": listOf(c.connections), "call_type": c.callType, "disposition": c.disposition,
		"ani": orNull(c.texts["ANI"]), "dnis": orNull(c.texts["DNIS"]), "dialed": orNull(c.texts["DialedNumber"]), "digits": orNull(c.texts["CallerEnteredDigits"]),
		"router_key": c.routerKey, "holds": c.holds, "links": c.linkList(), "variables": listOf(ends(c.variables)),
		"sessions": c.sessionList(), "first": moment(c.first.Time), "last": moment(c.events[len(c.events)-1].Time),
	}
	u := c.unknown
	t.tellTimes(c, line, u)
	t.tellSums(c, line, u)
	line["devices"] = t.deviceList(c, u)
	for path := range u {
		if _, top := line[path]; top {
			line[path] = nil
		}
	}
	line["unknown"] = u.list()
	return line
}

func listOf(objects []Object) []any {
	list := make([]any, len(objects))
	for i, o := range objects {
		list[i] = o
	}
	return list
}

// ends keeps the first and last hundred.
func ends(list []Object) []Object {
	if len(list) <= 200 {
		return list
	}
	return append(append([]Object{}, list[:100]...), list[len(list)-100:]...)
}

func (c *call) sessionList() []int {
	var list []int
	for s := range c.sessions {
		list = append(list, s)
	}
	sort.Ints(list)
	return list
}

// linkList are the links in the order of time.
func (c *call) linkList() []any {
	sort.SliceStable(c.links, func(i, j int) bool { return c.links[i]["frame"].(int64) < c.links[j]["frame"].(int64) })
	return listOf(c.links)
}

// contact is the lowest number among the calls that links join.
func contact(c *call) int {
	lowest, seen, open := c.number, map[*call]bool{c: true}, []*call{c}
	for len(open) > 0 {
		next := open[0]
		open = open[1:]
		lowest = min(lowest, next.number)
		for _, other := range next.linked {
			if !seen[other] {
				seen[other] = true
				open = append(open, other)
			}
		}
	}
	return lowest
}

// Bits of CallMsgMask.
const (
	maskDelivered, maskQueued, maskEstablished, maskHeld        = 0x1, 0x2, 0x4, 0x8
	maskRetrieved, maskCleared, maskConnectionCleared           = 0x10, 0x20, 0x40
	maskOriginated, maskTransferred, maskDiverted               = 0x80, 0x200, 0x400
	maskBegin, maskEnd, maskDequeued                     uint32 = 0x2000, 0x4000, 0x40000
)

// shown tells whether events of a kind reach a session that follows the call.
func (t *teller) shown(c *call, bit uint32) bool {
	switch c.peripheralType {
	case 17:
		if bit&(maskQueued|maskDequeued|maskDiverted) != 0 {
			return false
		}
	case 8, 9:
		if bit&(maskEstablished|maskHeld|maskRetrieved|maskTransferred) != 0 {
			return false
		}
	}
	for v := range c.told {
		if t.sessions[v.session].callMask(v.monitor)&bit != 0 {
			return true
		}
	}
	return false
}

// callMask is the CallMsgMask of a session, or of one of its monitors.
func (s *session) callMask(monitor uint32) uint32 {
	for _, r := range s.requests {
		if r.is("MONITOR_START_REQ") && r.answer != nil && r.answer.is("MONITOR_START_CONF") && r.answer.number("MonitorID") == monitor {
			return r.number("CallMsgMask")
		}
	}
	return s.open().number("CallMsgMask")
}

// tellTimes fills in the moments, and what is unknown of them.
func (t *teller) tellTimes(c *call, line Object, u unknowns) {
	agent := c.agentAnswered
	if agent == 0 && c.agentCalled {
		agent = c.answered
	}
	for _, k := range []struct {
		key   string
		value int64
		bit   uint32
	}{
		{"began", c.began, maskBegin}, {"queued", c.queued, maskQueued}, {"dequeued", c.dequeued, maskDequeued},
		{"originated", c.originated, maskOriginated}, {"offered", c.offered, maskDelivered}, {"alerted", c.alerted, maskDelivered},
		{"answered", c.answered, maskEstablished}, {"held", c.held, maskHeld}, {"answered_agent", agent, maskEstablished},
	} {
		line[k.key] = momentOrNull(k.value)
		if k.value == 0 && (t.end(c) == 0 || c.before() || !t.shown(c, k.bit)) {
			u.add(k.key)
		}
	}
	if c.before() {
		u.add("began")
	}
	line["cleared"], line["ended"], line["cause"] = momentOrNull(c.cleared), momentOrNull(c.ended), nil
	if c.cleared == 0 && (t.end(c) == 0 || t.followed(c) || !t.shown(c, maskCleared)) {
		u.add("cleared", "cause")
	}
	if c.ended == 0 && (c.isOpen() || !t.shown(c, maskEnd)) {
		u.add("ended")
	}
	if m := c.clearedBy; m != nil && m.number("EventCause") != 0xffff {
		line["cause"] = m.value("EventCause")
	}
}

// before tells whether the call had begun before it was seen.
func (c *call) before() bool { return c.started && !c.fromStart }

// tellSums fills in the durations.
func (t *teller) tellSums(c *call, line Object, u unknowns) {
	end := t.end(c)
	hold, holdKnown := c.sum(c.heldFor, c.openHolds(), end)
	queue, queueKnown := c.sum(c.queuedFor, c.openQueue(), end)
	ring, ringKnown := c.ringing(end)
	line["hold_s"], line["queue_s"], line["ring_s"], line["talk_s"] = seconds(hold), seconds(queue), seconds(ring), nil
	holdKnown = holdKnown && !c.before() && !c.holdUnknown && t.shown(c, maskHeld) && t.shown(c, maskRetrieved)
	if !holdKnown {
		u.add("hold_s")
	}
	if !queueKnown || c.before() || !t.shown(c, maskQueued) {
		u.add("queue_s")
	}
	if !ringKnown || c.before() || !t.shown(c, maskDelivered) || !t.shown(c, maskEstablished) {
		u.add("ring_s")
	}
	from := c.answered
	if c.agentAnswered != 0 {
		from = c.agentAnswered
	}
	switch {
	case u["answered"], from != 0 && (end == 0 || !holdKnown):
		u.add("talk_s")
	case from != 0:
		line["talk_s"] = seconds(end - from - hold)
	}
}

// sum is the length of the union of spans, of which those that are open last to
// the end.
func (c *call) sum(done []span, open []int64, end int64) (total int64, known bool) {
	spans := append([]span{}, done...)
	for _, from := range open {
		if end == 0 {
			return 0, false
		}
		spans = append(spans, span{from, end})
	}
	sort.Slice(spans, func(i, j int) bool { return spans[i].from < spans[j].from })
	var until int64
	for _, s := range spans {
		total += max(s.to-max(s.from, until), 0)
		until = max(until, s.to)
	}
	return total, true
}

func (c *call) openHolds() []int64 {
	var list []int64
	for _, from := range c.holding {
		list = append(list, from)
	}
	return list
}

func (c *call) openQueue() []int64 {
	if c.queueing == 0 {
		return nil
	}
	return []int64{c.queueing}
}

// ringing adds up how long devices rang.
func (c *call) ringing(end int64) (total int64, known bool) {
	known = true
	for _, d := range c.devices {
		if d.alerted == 0 {
			continue
		}
		until := end
		for _, t := range []int64{d.answered, d.left} {
			if t != 0 && (until == 0 || t < until) {
				until = t
			}
		}
		if until == 0 {
			known = false
		} else {
			total += until - d.alerted
		}
	}
	return total, known
}

// deviceList tells of the devices, those that came with a merged call last.
func (t *teller) deviceList(c *call, u unknowns) []any {
	list := []any{}
	for _, d := range append(append([]*device{}, c.devices...), c.mergedDevices...) {
		path := fmt.Sprintf("devices[%d].", len(list))
		list = append(list, Object{"device": orNull(d.id), "agent": d.agent, "alerted": momentOrNull(d.alerted),
			"answered": momentOrNull(d.answered), "left": momentOrNull(d.left)})
		if d.left == 0 && (t.end(c) == 0 || t.hidesLeaving(c, d)) {
			u.add(path + "left")
		}
		if len(list) > len(c.devices) {
			continue
		}
		if d.alerted == 0 && (d.replayed || c.before() || !t.shown(c, maskDelivered)) {
			u.add(path + "alerted")
		}
		if d.answered == 0 && (d.replayed || d.left == 0 && t.end(c) == 0 || !t.shown(c, maskEstablished)) {
			u.add(path + "answered")
		}
	}
	return list
}

// hidesLeaving tells whether a device may have left unseen.
func (t *teller) hidesLeaving(c *call, d *device) bool {
	return !t.shown(c, maskConnectionCleared) || !t.shown(c, maskTransferred) || d.alerted != 0 && d.answered == 0 && !t.shown(c, maskDiverted)
}

// given are the keys that an event sets, for one that cannot be told to be of a
// call.
var given = map[string][]string{
	"CALL_QUEUED_EVENT": {"queued", "queue_s"}, "CALL_DEQUEUED_EVENT": {"dequeued", "queue_s"},
	"CALL_ORIGINATED_EVENT": {"originated"}, "CALL_DELIVERED_EVENT": {"offered", "alerted", "ring_s", "devices"},
	"CALL_ESTABLISHED_EVENT": {"answered", "answered_agent", "ring_s", "talk_s", "devices"},
	"CALL_HELD_EVENT":        {"held", "hold_s", "talk_s"}, "CALL_RETRIEVED_EVENT": {"hold_s", "talk_s"},
	"CALL_CLEARED_EVENT": {"cleared", "cause", "talk_s"}, "END_CALL_EVENT": {"ended"},
}

// cannotTell notes that an event may have been of the call.
func (c *call) cannotTell(m *Message) { c.unknown.add(given[m.Def.Name]...) }
