package story

import (
	"cmp"
	"slices"
)

// call is what is known of a call while events may still mean it.
type call struct {
	number, peripheral int64
	numbers            []named
	ids                []string
	first              Place
	last               Moment
	seen               int64
	views              []view
	over, established  bool
	events             []pastEvent
	handles            []handle
	connections        []Connection
	unsure             []string // what an event that cannot be told would have set
	holed              int64    // when something of it may have been lost first; 0 for never
	midway             bool     // its beginning may be in what was not captured

	began, queued, dequeued, originated, offered, alerted, answered, held, cleared, ended Moment
	merged                                                                                Moment
	cause                                                                                 Coded
	started, fromStart                                                                    bool

	names      []deviceName
	devices    []party
	joined     []party // those that came with a call that was merged into this one
	holding    []hold
	holds      int64
	heldFor    []stretch
	holdUnsure bool
	queueing   int64
	groups     []int64
	queuedFor  []stretch

	agentAnswered              Moment
	agentCalled                bool
	callType, disposition      Coded
	ani, dnis, dialed, digits  Text
	keyDay, keyID, keySequence Number
	peripheralType             int64

	vars    []variable
	carried []carried
	changes changes
}

type named struct{ number, gave int64 }

type deviceName struct {
	kind   int64
	id     string
	device string
}

// party is a device that alerted or answered.
type party struct {
	key string
	Device
	replayed bool
}

type hold struct {
	key  string
	from int64
}

type stretch struct{ from, to int64 }

// variable is the value that a variable has now.
type variable struct {
	name  string
	index int64
	value Text
}

// carried are the named variables that a session knows of, by their places.
type carried struct {
	session int64
	vars    []int32
}

// changes are the first and the last hundred changes of variables: the first as flat
// bytes, which is all that most calls have.
type changes struct {
	first []byte
	count int
	last  []Change
	next  int
}

const maxChanges = 100

func (c *changes) add(n *Change) {
	switch {
	case c.count < maxChanges:
		w := coder{b: c.first}
		n.code(&w)
		c.first = w.b
		c.count++
	case len(c.last) < maxChanges:
		c.last = append(c.last, *n)
	default:
		c.last[c.next] = *n
		c.next = (c.next + 1) % maxChanges
	}
}

func (c *changes) all() []Change {
	list := make([]Change, c.count, c.count+len(c.last))
	r := coder{b: c.first, reading: true}
	for i := range list {
		list[i].code(&r)
	}
	return append(append(list, c.last[c.next:]...), c.last[:c.next]...)
}

// got tells when a call got a number, 0 for never.
func (k *call) got(number int64) int64 {
	for _, n := range k.numbers {
		if n.number == number {
			return n.gave
		}
	}
	return 0
}

func (k *call) lives(now int64) bool { return !k.over && now-k.seen <= silence }

// openFor tells whether a call is open in a session, as one of its monitors tells.
func (k *call) openFor(session, monitor int64) bool {
	for i := range k.views {
		if v := &k.views[i]; v.session == session && v.monitor == monitor {
			return v.open
		}
	}
	return false
}

func (k *call) openIn(session int64) bool {
	return slices.ContainsFunc(k.views, func(v view) bool { return v.session == session && v.open })
}

func (k *call) isOpen() bool {
	return slices.ContainsFunc(k.views, func(v view) bool { return v.open })
}

// view returns from where a call is seen; the first event there opens it.
func (k *call) view(session, monitor int64) *view {
	for i := range k.views {
		if v := &k.views[i]; v.session == session && v.monitor == monitor {
			return v
		}
	}
	k.views = append(k.views, view{session: session, monitor: monitor, open: true})
	return &k.views[len(k.views)-1]
}

// apply takes an event that nobody told before.
func (c *calls) apply(k *call, t *callTold, p *part) {
	k.takeData(t)
	c.takeKey(k, t)
	k.takeVariables(t)
	if t.PeripheralType.Set {
		k.peripheralType = t.PeripheralType.N
	}
	if !k.started && t.What != beginCall {
		k.started = true
		switch t.What {
		case initiated, originated, delivered, queued, translationRoute, failed:
			k.fromStart = !t.repeats()
		}
	}
	if t.Calling.Set && c.agentOf(k.peripheral, t.Calling.String) != "" {
		k.agentCalled = true
	}
	k.takeTimes(t)
	c.takeDevices(k, t, p)
}

// takeTimes notes the first time of each kind, and the last end.
func (k *call) takeTimes(t *callTold) {
	if t.repeats() {
		return
	}
	first := func(m *Moment) {
		if !m.Set() {
			*m = t.Moment
		}
	}
	switch t.What {
	case beginCall:
		first(&k.began)
	case queued:
		first(&k.queued)
	case dequeued:
		first(&k.dequeued)
	case originated:
		first(&k.originated)
	case delivered:
		first(&k.offered)
		if t.alerts() {
			first(&k.alerted)
		}
	case established:
		first(&k.answered)
	case heldEvent:
		first(&k.held)
	case clearedEvent:
		if !k.cleared.Set() {
			k.cause = t.Cause
		}
		first(&k.cleared)
	case endCall:
		k.ended = t.Moment
	}
}

// takeData takes the last values of the call's data.
func (k *call) takeData(t *callTold) {
	for _, v := range [...][2]*Text{{&k.ani, &t.ANI}, {&k.dnis, &t.DNIS}, {&k.dialed, &t.Dialed}, {&k.digits, &t.Digits}} {
		if v[1].Set {
			*v[0] = *v[1]
		}
	}
	if t.CallType.Set {
		k.callType = t.CallType
	}
	if t.Disposition.Set {
		k.disposition = t.Disposition
	}
}

// takeKey takes the router's key, and links calls that share it.
func (c *calls) takeKey(k *call, t *callTold) {
	if !t.KeyDay.Set || t.KeyDay.N == 0xffffffff || t.KeyDay.N == 0 && t.KeyID.N == 0 {
		return
	}
	news := !k.keyDay.Set || k.keyDay != t.KeyDay || k.keyID != t.KeyID
	k.keyDay, k.keyID, k.keySequence = t.KeyDay, t.KeyID, t.KeySequence
	if !news {
		return
	}
	key := [2]int64{t.KeyDay.N, t.KeyID.N}
	have := c.keys[key]
	if have == nil {
		have = c.oldKeys[key]
	}
	for _, other := range have {
		c.link("router-key", other, k.number, t.Place)
	}
	if len(c.keys) == maxKeys { // those that were not used for long go
		c.oldKeys, c.keys = c.keys, make(map[[2]int64][]int64)
	}
	if len(have) < maxParties && !slices.Contains(have, k.number) {
		have = append(have, k.number)
	}
	c.keys[key] = have
}

// maxKeys is how many keys of the router are remembered, at least.
const maxKeys = 1 << 17

// place returns the place of a variable, which may be new.
func (k *call) place(v *toldVariable) int {
	for i := range k.vars {
		if k.vars[i].name == v.Name && k.vars[i].index == v.Index {
			return i
		}
	}
	if len(k.vars) == maxParties {
		return -1
	}
	k.vars = append(k.vars, variable{name: v.Name, index: v.Index})
	return len(k.vars) - 1
}

// takeVariables notes what changed.
func (k *call) takeVariables(t *callTold) {
	for i := range t.Variables {
		if at := k.place(&t.Variables[i]); at >= 0 {
			k.change(t, at, Text{true, t.Variables[i].Value})
		}
	}
	if !t.carriesAll() {
		return
	}
	var gone []int32
	for i := range k.carried {
		if k.carried[i].session != t.Session {
			continue
		}
		for _, at := range k.carried[i].vars {
			if k.vars[at].value.Set && !t.has(&k.vars[at]) {
				gone = append(gone, at)
			}
		}
	}
	slices.SortFunc(gone, func(x, y int32) int {
		a, b := &k.vars[x], &k.vars[y]
		return cmp.Or(cmp.Compare(a.name, b.name), cmp.Compare(a.index, b.index))
	})
	for _, at := range gone {
		k.change(t, int(at), Text{})
	}
}

// has tells whether an event has a variable.
func (t *callTold) has(v *variable) bool {
	return slices.ContainsFunc(t.Variables, func(o toldVariable) bool { return o.Name == v.name && o.Index == v.index })
}

func (k *call) change(t *callTold, at int, to Text) {
	v := &k.vars[at]
	if v.value == to {
		return
	}
	k.changes.add(&Change{v.name, v.index, to, v.value, t.Place})
	v.value = to
}

// carry notes the named variables that a session knows of.
func (k *call) carry(t *callTold) {
	if !t.carriesAll() {
		return
	}
	at := slices.IndexFunc(k.carried, func(c carried) bool { return c.session == t.Session })
	if at < 0 {
		k.carried = append(k.carried, carried{session: t.Session})
		at = len(k.carried) - 1
	}
	list := k.carried[at].vars[:0]
	for i := range t.Variables {
		if v := &t.Variables[i]; v.Named {
			if p := k.place(v); p >= 0 {
				list = append(list, int32(p))
			}
		}
	}
	k.carried[at].vars = list
}
