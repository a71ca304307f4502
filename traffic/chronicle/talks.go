package chronicle

import (
	"fmt"

	"ctiscope/decode"
)

// talk is a call as the center has it.
type talk struct {
	*play
	number    int64
	caller    string // connection of the caller
	parties   []*parley
	followers []*client // with a session that was told of its begin
	lines     []*Line   // of the followers
	one, two  string    // values of variables
	key       int64     // of the router, 0 for none
	told      bool      // whether any session was told of it
	over      bool
	kin       *talk // with which it shares its number
}

// parley is a party of a talk.
type parley struct {
	worker     *worker
	desk       *client
	connection string
	answered   bool
}

// Bits of CallMsgMask by event, beside those of the reader.
var maskOf = map[string]int64{
	"CALL_DELIVERED_EVENT": 1, "CALL_QUEUED_EVENT": 2, "CALL_ESTABLISHED_EVENT": 4, "CALL_HELD_EVENT": 8, "CALL_RETRIEVED_EVENT": 0x10,
	"CALL_CLEARED_EVENT": 0x20, "CALL_CONNECTION_CLEARED_EVENT": 0x40, "CALL_ORIGINATED_EVENT": 0x80, "CALL_CONFERENCED_EVENT": 0x100,
	"CALL_TRANSFERRED_EVENT": 0x200, "CALL_DIVERTED_EVENT": 0x400, "CALL_SERVICE_INITIATED_EVENT": 0x800, "CALL_DATA_UPDATE_EVENT": 0x8000,
	"CALL_DEQUEUED_EVENT": 0x40000,
}

// fields are those that all events of a call have.
func (t *talk) fields(connection string, more ...decode.Setting) []decode.Setting {
	return append([]decode.Setting{Num("PeripheralID", 5000), Num("PeripheralType", t.kind), Num("ConnectionCallID", t.number),
		Str("ConnectionDeviceID", connection)}, more...)
}

// tell lets every session that follows the call tell an event.
func (t *talk) tell(name string, fields []decode.Setting) {
	for i, c := range t.followers {
		if c.line != nil && c.line == t.lines[i] && (maskOf[name] == 0 || c.mask&maskOf[name] != 0) {
			monitor := int64(0)
			if c.worker != nil {
				monitor = 1
			}
			c.hear(name, append(fields, Num("MonitorID", monitor))...)
		}
	}
}

func (t *talk) event(name, connection string, more ...decode.Setting) {
	t.tell(name, t.fields(connection, more...))
}

// data are the variables of the call.
func (t *talk) data() []decode.Setting {
	fields := []decode.Setting{Num("CallType", 1), Num("CalledPartyDisposition", 0), Str("CallVariable1", t.one)}
	if t.two == "" {
		return append(fields, Num("NumNamedVariables", 0), Num("NumNamedArrays", 0))
	}
	return append(fields, Num("NumNamedVariables", 1), Num("NumNamedArrays", 1), Named("user.account", t.two), Element("user.list", 2, t.two))
}

// beginCall tells a session of a call.
func (c *client) beginCall(t *talk, connection string) {
	if c.line == nil {
		return
	}
	for i, f := range t.followers {
		if f == c && t.lines[i] == c.line {
			return
		}
	}
	t.followers, t.lines, t.told = append(t.followers, c), append(t.lines, c.line), true
	fields := append(t.fields(connection, Str("ANI", "5551234"), Str("DNIS", "800")), t.data()...)
	if t.key != 0 {
		fields = append(fields, Num("RouterCallKeyDay", 150000), Num("RouterCallKeyCallID", t.key), Num("RouterCallKeySequenceNumber", 1))
	}
	monitor := int64(0)
	if c.worker != nil {
		monitor = 1
	}
	c.hear("BEGIN_CALL_EVENT", append(fields, Num("MonitorID", monitor))...)
}

// newTalk begins a call that a caller makes, with a number that is free.
func (p *play) newTalk(number int64) *talk {
	t := &talk{play: p, number: number, one: "gold"}
	if number == 0 {
		p.numbers++
		t.number = p.numbers
		if len(p.free) > 0 && p.chance(0.3) {
			t.number, p.free = p.free[0], p.free[1:]
		}
	}
	t.caller = fmt.Sprintf("L%d.%d", t.number, len(p.talks))
	p.talks = append(p.talks, t)
	return t
}

// callComes lets a call come in, and the next one later.
func (p *play) callComes() {
	p.after(4+25*p.rng.Float64(), p.callComes)
	t := p.newTalk(0)
	if p.chance(0.5) {
		t.key = int64(1000 + len(p.talks))
	}
	if p.chance(0.7) {
		t.two = "4711"
	}
	for _, c := range p.clients {
		if c.worker == nil {
			c.beginCall(t, t.caller)
		}
	}
	if p.kind != 17 && p.chance(0.6) {
		t.event("CALL_QUEUED_EVENT", t.caller, Num("NumSkillGroups", 1), Num("LocalConnectionState", 5), Num("EventCause", 0xffff),
			Num("SkillGroupNumber", 4), Num("SkillGroupID", 5004), Num("SkillGroupPriority", 0))
		p.after(1+10*p.rng.Float64(), func() { t.dequeue() })
		return
	}
	t.event("CALL_SERVICE_INITIATED_EVENT", t.caller, Num("LocalConnectionState", 1), Num("EventCause", 0xffff))
	p.after(0.2+p.rng.Float64(), t.offer)
}

// dequeue takes the call out of its queue.
func (t *talk) dequeue() {
	if t.chance(0.7) {
		t.event("CALL_DEQUEUED_EVENT", t.caller, Num("NumSkillGroups", 0), Num("EventCause", 0xffff))
	}
	t.offer()
}

// offer lets the call ring at an agent.
func (t *talk) offer() {
	c := t.idle()
	if c == nil || t.chance(0.1) {
		t.hangUp()
		return
	}
	k := t.ring(c)
	switch n := t.rng.IntN(10); {
	case n == 0 && t.kind != 17:
		t.after(5+10*t.rng.Float64(), func() { t.divert(k) })
	case n == 1:
		t.after(3, t.hangUp)
	default:
		t.after(1+5*t.rng.Float64(), func() { t.answer(k, t.proceed) })
	}
}

// ring adds an agent whose phone rings.
func (t *talk) ring(c *client) *parley {
	k := &parley{worker: c.worker, desk: c, connection: fmt.Sprintf("%s/%d", t.caller, len(t.parties)+1)}
	t.parties = append(t.parties, k)
	if !c.worker.busy {
		t.turn(c.worker, stateReserved, 0)
	}
	c.worker.busy = true
	c.beginCall(t, k.connection)
	t.event("CALL_DELIVERED_EVENT", k.connection, Num("LocalConnectionState", 2), Num("EventCause", 22), Str("AlertingDeviceID", c.worker.extension),
		Str("CallingDeviceID", "5551234"), Str("CallVariable1", t.one), Str("DialedNumber", "800"))
	return k
}

// divert takes the call away from a phone that nobody answers.
func (t *talk) divert(k *parley) {
	if t.over {
		return
	}
	t.event("CALL_DIVERTED_EVENT", k.connection, Str("DivertingDeviceID", k.worker.extension), Num("EventCause", 28))
	t.part(k)
	t.turn(k.worker, stateNotReady, 32767)
	t.after(5, func() { t.ready(k) })
	t.offer()
}

// part takes a party out of the call, whose session is told no more of it.
func (t *talk) part(k *parley) {
	for i, other := range t.parties {
		if other == k {
			t.parties = append(t.parties[:i:i], t.parties[i+1:]...)
		}
	}
	k.worker.busy = t.engaged(k.worker)
	t.forget(k)
}

// engaged tells whether an agent is in a call.
func (p *play) engaged(w *worker) bool {
	for _, t := range p.talks {
		for _, k := range t.parties {
			if k.worker == w && !t.over {
				return true
			}
		}
	}
	return false
}

// forget ends the interest of a party's desk.
func (t *talk) forget(k *parley) {
	for i, c := range t.followers {
		if c == k.desk && c.line != nil && c.line == t.lines[i] {
			c.hear("END_CALL_EVENT", t.fields(k.connection, Num("MonitorID", 1))...)
			t.followers, t.lines = append(t.followers[:i:i], t.followers[i+1:]...), append(t.lines[:i:i], t.lines[i+1:]...)
			return
		}
	}
}

func (t *talk) ready(k *parley) {
	if !k.worker.busy && k.worker.state != stateLogout {
		t.turn(k.worker, 3, 0)
	}
}

// answer lets an agent answer, and the call go on.
func (t *talk) answer(k *parley, then func()) {
	if t.over {
		return
	}
	k.desk.ask("ANSWER_CALL_REQ", "ANSWER_CALL_CONF", Num("PeripheralID", 5000), Num("ConnectionCallID", t.number), Str("ConnectionDeviceID", k.connection))
	device := []decode.Setting{Num("LocalConnectionState", 3), Num("EventCause", 0xffff)}
	if t.chance(0.6) {
		device = append(device, Str("AnsweringDeviceID", k.worker.extension))
	}
	k.answered = true
	t.event("CALL_ESTABLISHED_EVENT", k.connection, device...)
	t.turn(k.worker, stateTalking, 0)
	t.after(1+6*t.rng.Float64(), then)
}

// proceed is what an agent does next in a call.
func (t *talk) proceed() {
	if t.over || len(t.parties) == 0 {
		return
	}
	k := t.parties[t.rng.IntN(len(t.parties))]
	again := func() { t.after(1+8*t.rng.Float64(), t.proceed) }
	switch t.rng.IntN(7) {
	case 0, 1:
		t.hold(k, again)
	case 2:
		t.update()
		again()
	case 3:
		t.renumber()
		again()
	case 4, 5:
		t.consult(k, again)
	default:
		t.after(3, t.hangUp)
	}
}

// hold holds the call for a while.
func (t *talk) hold(k *parley, then func()) {
	if !k.answered || !k.desk.ask("HOLD_CALL_REQ", "HOLD_CALL_CONF", Num("PeripheralID", 5000), Num("ConnectionCallID", t.number), Str("ConnectionDeviceID", k.connection)) {
		then()
		return
	}
	t.event("CALL_HELD_EVENT", k.connection, Str("HoldingDeviceID", k.worker.extension), Num("EventCause", 0xffff), Num("LocalConnectionState", 4))
	t.turn(k.worker, stateHold, 0)
	t.after(1+9*t.rng.Float64(), func() {
		if !t.over {
			t.event("CALL_RETRIEVED_EVENT", k.connection, Num("EventCause", 0xffff), Num("LocalConnectionState", 3))
			t.turn(k.worker, stateTalking, 0)
			then()
		}
	})
}

// update changes the call's variables.
func (t *talk) update() {
	t.one = fmt.Sprintf("value %d", t.rng.IntN(5))
	if t.two = ""; t.chance(0.6) {
		t.two = fmt.Sprint(t.rng.IntN(3))
	}
	t.event("CALL_DATA_UPDATE_EVENT", t.caller, append(t.data(), Num("NewConnectionCallID", 0xffffffff), Num("NewConnectionDeviceIDType", 0xffff))...)
}

// renumber gives the call another number, where it does not share its own.
func (t *talk) renumber() {
	if t.kin != nil {
		return
	}
	old, caller := t.number, t.caller
	t.numbers++
	number, next := t.numbers, fmt.Sprintf("L%d.n", t.numbers)
	t.tell("CALL_DATA_UPDATE_EVENT", t.fields(caller, append(t.data(), Num("NewConnectionCallID", number), Str("NewConnectionDeviceID", next))...))
	t.number, t.caller = number, next
	for _, k := range t.parties { // each connection has its new name
		was := k.connection
		k.connection = fmt.Sprintf("L%d.%s", number, k.worker.id)
		fields := []decode.Setting{Num("PeripheralID", 5000), Num("PeripheralType", t.kind), Num("ConnectionCallID", old), Str("ConnectionDeviceID", was)}
		t.tell("CALL_DATA_UPDATE_EVENT", append(append(fields, t.data()...), Num("NewConnectionCallID", number), Str("NewConnectionDeviceID", k.connection)))
	}
}

// consult makes a second call from the first, and mostly joins the two.
func (t *talk) consult(k *parley, then func()) {
	other := t.idle()
	if other == nil || !k.answered || t.kin != nil || k.desk.line == nil {
		then()
		return
	}
	number := int64(0)
	if t.chance(0.5) {
		number = t.number
	}
	second := t.newTalk(number)
	second.kin = t
	if number != 0 {
		t.kin = second
	}
	second.caller += "c"
	own := &parley{worker: k.worker, desk: k.desk, connection: second.caller, answered: true}
	second.parties = []*parley{own}
	t.event("CALL_HELD_EVENT", k.connection, Str("HoldingDeviceID", k.worker.extension), Num("EventCause", 0xffff), Num("LocalConnectionState", 4))
	k.desk.consults(t, k, second)
	for _, c := range t.clients {
		if c.worker == nil || c.worker == k.worker {
			c.beginCall(second, second.caller)
		}
	}
	second.event("CALL_ORIGINATED_EVENT", second.caller, Str("CallingDeviceID", k.worker.extension), Str("CalledDeviceID", other.worker.extension), Num("EventCause", 0xffff))
	callee := second.ring(other)
	t.after(1+4*t.rng.Float64(), func() {
		second.answer(callee, func() { t.conclude(k, second, own, callee, then) })
	})
}

// consults asks for a second call, and is told which it is.
func (c *client) consults(t *talk, k *parley, second *talk) {
	c.invoke++
	c.line.Client("CONSULTATION_CALL_REQ", Num("InvokeID", c.invoke), Num("PeripheralID", 5000), Num("ActiveConnectionCallID", t.number),
		Str("ActiveConnectionDeviceID", k.connection), Str("DialedNumber", "3009"))
	c.pause()
	c.line.Server("CONSULTATION_CALL_CONF", Num("InvokeID", c.invoke), Num("NewConnectionCallID", second.number), Str("NewConnectionDeviceID", second.caller))
	c.pause()
}

// conclude transfers, joins or goes back.
func (t *talk) conclude(k *parley, second *talk, own, callee *parley, then func()) {
	if t.over || second.over {
		return
	}
	party := []decode.Setting{Num("ConnectedPartyCallID", t.number), Num("ConnectedPartyDeviceIDType", 0)}
	joint := []decode.Setting{Num("PeripheralID", 5000), Num("PeripheralType", t.kind), Num("PrimaryCallID", t.number), Num("SecondaryCallID", second.number),
		Str("PrimaryDeviceID", k.connection), Str("SecondaryDeviceID", second.caller), Num("EventCause", 0xffff), Num("LocalConnectionState", 3)}
	moved := &parley{worker: callee.worker, desk: callee.desk, connection: fmt.Sprintf("%s+%d", callee.connection, t.number), answered: true}
	party = append(party, Str("ConnectedPartyDeviceID", moved.connection))
	switch t.rng.IntN(3) {
	case 0:
		second.hangUp()
		t.event("CALL_RETRIEVED_EVENT", k.connection, Num("EventCause", 0xffff), Num("LocalConnectionState", 3))
		t.turn(k.worker, stateTalking, 0)
		then()
		return
	case 1:
		t.unite(second, "CALL_TRANSFERRED_EVENT", append(append(joint, Num("NumParties", 1), Str("TransferringDeviceID", k.worker.extension)), party...))
		t.parties = append(t.parties, moved)
		t.part(k)
		t.afterCall(k)
	default:
		t.unite(second, "CALL_CONFERENCED_EVENT", append(append(joint, Num("NumParties", 1), Str("ControllerDeviceID", k.worker.extension)), party...))
		t.parties = append(t.parties, moved)
	}
	moved.desk.beginCall(t, moved.connection)
	second.close(own)
	then()
}

// unite tells of two calls that become one in every session that follows one of
// them.
func (t *talk) unite(second *talk, name string, fields []decode.Setting) {
	told := map[*client]bool{}
	for _, c := range t.followers {
		told[c] = true
	}
	t.tell(name, fields)
	others := &talk{play: t.play}
	for i, c := range second.followers {
		if !told[c] {
			others.followers, others.lines = append(others.followers, c), append(others.lines, second.lines[i])
		}
	}
	others.tell(name, fields)
}

// close ends the interest in a call that went into another.
func (t *talk) close(own *parley) {
	t.over = true
	t.event("END_CALL_EVENT", own.connection)
	t.parties = nil
	if t.kin != nil && t.kin.kin == t {
		t.kin.kin = nil
	}
}

// hangUp ends the call.
func (t *talk) hangUp() {
	if t.over {
		return
	}
	t.over = true
	parties := t.parties
	for _, k := range parties {
		t.event("CALL_CONNECTION_CLEARED_EVENT", k.connection, Str("ReleasingDeviceID", k.worker.extension), Num("EventCause", 0xffff))
	}
	t.event("CALL_CLEARED_EVENT", t.caller, Num("EventCause", []int64{0xffff, 28}[t.rng.IntN(2)]))
	t.event("END_CALL_EVENT", t.caller)
	if t.kin == nil {
		t.free = append(t.free, t.number)
	} else if t.kin.kin == t {
		t.kin.kin = nil
	}
	for _, k := range parties {
		k.worker.busy = t.engaged(k.worker)
		t.afterCall(k)
	}
}

// afterCall lets an agent finish work on a call.
func (t *talk) afterCall(k *parley) {
	if k.worker.busy || k.worker.state == stateLogout {
		return
	}
	t.turn(k.worker, stateWorkReady, 0)
	t.after(2+5*t.rng.Float64(), func() { t.ready(k) })
}
