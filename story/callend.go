package story

import (
	"math"
	"slices"
	"strconv"
)

// Bits of CallMsgMask; see the table UnsolicitedCallEventMessageMask.
const (
	maskDelivered         = 0x1
	maskQueued            = 0x2
	maskEstablished       = 0x4
	maskHeld              = 0x8
	maskRetrieved         = 0x10
	maskCleared           = 0x20
	maskConnectionCleared = 0x40
	maskOriginated        = 0x80
	maskTransferred       = 0x200
	maskDiverted          = 0x400
	maskBegin             = 0x2000
	maskEnd               = 0x4000
	maskDequeued          = 0x40000
)

// Peripherals of which CTI Server does not tell all; see the table PeripheralType.
const (
	enterpriseAgent = 17
	vru             = 8
	customVRU       = 9
)

// shown tells whether events of a kind reach a session that follows the call.
func (c *calls) shown(k *call, bit int64) bool {
	switch k.peripheralType {
	case enterpriseAgent:
		if bit&(maskQueued|maskDequeued|maskDiverted) != 0 {
			return false
		}
	case vru, customVRU:
		if bit&(maskEstablished|maskHeld|maskRetrieved|maskTransferred) != 0 {
			return false
		}
	}
	for i := range k.views {
		v := &k.views[i]
		w := c.watcher(v.session)
		mask, ok := w.monitors[v.monitor]
		if !ok {
			mask = w.mask.N
		}
		if mask&bit != 0 {
			return true
		}
	}
	return false
}

// followed tells whether the call is open in a session that goes on.
func (c *calls) followed(k *call) bool {
	return slices.ContainsFunc(k.views, func(v view) bool { return v.open && !c.watcher(v.session).ended })
}

// end is when the call was over; none where the capture does not tell.
func (c *calls) end(k *call) Moment {
	switch {
	case k.cleared.Set():
		return k.cleared
	case k.merged.Set():
		return k.merged
	case !k.ended.Set(), c.followed(k), k.holed != 0:
		return Moment{}
	}
	there := func(d party) bool { return !d.Left.Set() }
	if slices.ContainsFunc(k.devices, there) || slices.ContainsFunc(k.joined, there) {
		return Moment{}
	}
	return k.ended
}

// telling is a call at its end.
type telling struct {
	*Call
	c      *calls
	k      *call
	end    Moment
	before bool // it had begun before it was seen
	lossy  bool
}

// findLoss finds when something of a call may have been lost first. Where a session
// has told its end, what it lost later does not matter.
func (c *calls) findLoss(k *call) {
	for i := range k.views {
		to := k.seen
		if k.views[i].open {
			to = math.MaxInt64
		}
		if at := c.watcher(k.views[i].session).lost(k.first.Time, to); at != 0 && (k.holed == 0 || at < k.holed) {
			k.holed = at
		}
	}
}

// tellCall says what is known of a call.
func (c *calls) tellCall(k *call) *Call {
	c.findLoss(k)
	t := telling{Call: &c.thing, c: c, k: k, end: c.end(k), lossy: k.holed != 0 || k.midway}
	t.before = k.started && !k.fromStart || k.midway
	*t.Call = Call{
		Number: k.number, First: k.first, IDs: k.ids, Peripheral: k.peripheral, ConnectionCallID: k.numbers[0].number,
		Connections: k.connections, CallType: k.callType, Disposition: k.disposition, ANI: k.ani, DNIS: k.dnis, Dialed: k.dialed, Digits: k.digits,
		KeyDay: k.keyDay, KeyID: k.keyID, KeySequence: k.keySequence, Holds: k.holds, Variables: k.changes.all(), Last: k.last,
	}
	for i := range k.views {
		if s := k.views[i].session; !slices.Contains(t.Sessions, s) {
			t.Sessions = append(t.Sessions, s)
		}
	}
	slices.Sort(t.Sessions)
	t.moments()
	t.sums()
	t.devices()
	t.unsure()
	slices.Sort(t.Unknown)
	t.Unknown = slices.Compact(t.Unknown)
	return t.Call
}

func (t *telling) unknown(paths ...string) { t.Call.Unknown = append(t.Call.Unknown, paths...) }

// moments fills in the times, and what is unknown of them.
func (t *telling) moments() {
	k := t.k
	agent := k.agentAnswered
	if !agent.Set() && k.agentCalled {
		agent = k.answered
	}
	t.Moments = [numMoments]Moment{k.began, k.queued, k.dequeued, k.originated, k.offered, k.alerted, k.answered, k.held, k.cleared, k.ended, agent}
	for i, bit := range [numMoments]int64{maskBegin, maskQueued, maskDequeued, maskOriginated, maskDelivered, maskDelivered, maskEstablished, maskHeld, 0, 0, maskEstablished} {
		m := &t.Moments[i]
		switch {
		case bit == 0:
		case !m.Set() && (!t.end.Set() || t.before || t.lossy || !t.c.shown(k, bit)):
			t.unknown(momentNames[i])
		case m.Set() && i != beganAt && t.doubtful(*m):
			*m = Moment{}
			t.unknown(momentNames[i])
		}
	}
	if t.before {
		t.Moments[beganAt] = Moment{}
		t.unknown("began")
	}
	if !k.cleared.Set() && (!t.end.Set() || t.lossy || t.c.followed(k) || !t.c.shown(k, maskCleared)) {
		t.unknown("cleared", "cause")
	}
	if k.cleared.Set() && k.cause.Set && k.cause.Value != noCause {
		t.Cause = k.cause
	}
	switch {
	case !k.ended.Set() && (k.isOpen() || t.lossy || !t.c.shown(k, maskEnd)):
		t.unknown("ended")
	case k.ended.Set() && k.holed != 0:
		t.Moments[endedAt] = Moment{}
		t.unknown("ended")
	}
}

// noCause is CEC_NONE.
const noCause = 0xffff

// doubtful tells whether an earlier event of the kind may have been lost.
func (t *telling) doubtful(m Moment) bool { return t.k.holed != 0 && m.Time >= t.k.holed }

// sums fills in the durations.
func (t *telling) sums() {
	k := t.k
	holdKnown := !t.before && !t.lossy && !k.holdUnsure && t.c.shown(k, maskHeld) && t.c.shown(k, maskRetrieved) && (len(k.holding) == 0 || t.end.Set())
	held := k.heldFor
	for _, h := range k.holding {
		held = addStretch(held, stretch{h.from, t.end.Time})
	}
	hold := total(held)
	if holdKnown {
		t.Hold = number(hold)
	} else {
		t.unknown("hold_s")
	}
	queue := k.queuedFor
	if k.queueing != 0 {
		queue = addStretch(queue, stretch{k.queueing, t.end.Time})
	}
	if t.before || t.lossy || k.queueing != 0 && !t.end.Set() || !t.c.shown(k, maskQueued) {
		t.unknown("queue_s")
	} else {
		t.Queue = number(total(queue))
	}
	if ring, known := t.ringing(); !known || t.before || t.lossy || !t.c.shown(k, maskDelivered) || !t.c.shown(k, maskEstablished) {
		t.unknown("ring_s")
	} else {
		t.Ring = number(ring)
	}
	t.talk(hold, holdKnown)
}

func (t *telling) talk(hold int64, holdKnown bool) {
	from := t.k.answered
	if t.k.agentAnswered.Set() {
		from = t.k.agentAnswered
	}
	switch {
	case slices.Contains(t.Call.Unknown, "answered"), from.Set() && (!t.end.Set() || !holdKnown):
		t.unknown("talk_s")
	case from.Set():
		t.Talk = number(t.end.Time - from.Time - hold)
	}
}

// ringing adds up how long devices rang.
func (t *telling) ringing() (sum int64, known bool) {
	known = true
	for i := range t.k.devices {
		d := &t.k.devices[i]
		if !d.Alerted.Set() {
			continue
		}
		until := t.end
		for _, m := range [...]Moment{d.Answered, d.Left} {
			if m.Set() && (!until.Set() || m.Time < until.Time) {
				until = m
			}
		}
		if !until.Set() {
			known = false
		} else {
			sum += until.Time - d.Alerted.Time
		}
	}
	return sum, known
}

// devices tells of the devices, those that came with a merged call last.
func (t *telling) devices() {
	k := t.k
	for i, d := range slices.Concat(k.devices, k.joined) {
		path := "devices[" + strconv.Itoa(i) + "]."
		t.Devices = append(t.Devices, d.Device)
		if !d.Left.Set() && (!t.end.Set() || t.lossy || t.hidesLeaving(&d)) {
			t.unknown(path + "left")
		}
		if i >= len(k.devices) {
			continue
		}
		if !d.Alerted.Set() && (d.replayed || t.before || t.lossy || !t.c.shown(k, maskDelivered)) {
			t.unknown(path + "alerted")
		}
		if !d.Answered.Set() && (d.replayed || t.lossy || !d.Left.Set() && !t.end.Set() || !t.c.shown(k, maskEstablished)) {
			t.unknown(path + "answered")
		}
	}
}

// hidesLeaving tells whether a device may have left unseen.
func (t *telling) hidesLeaving(d *party) bool {
	c, k := t.c, t.k
	return !c.shown(k, maskConnectionCleared) || !c.shown(k, maskTransferred) || d.Alerted.Set() && !d.Answered.Set() && !c.shown(k, maskDiverted)
}

// given are the keys that an event sets, for one that cannot be told to be of a
// call.
var given = map[uint8][]string{
	queued: {"queued", "queue_s"}, dequeued: {"dequeued", "queue_s"}, originated: {"originated"},
	delivered:   {"offered", "alerted", "ring_s", "devices"},
	established: {"answered", "answered_agent", "ring_s", "talk_s", "devices"},
	heldEvent:   {"held", "hold_s", "talk_s"}, retrieved: {"hold_s", "talk_s"},
	clearedEvent: {"cleared", "cause", "talk_s"}, endCall: {"ended"},
}

// cannotTell notes that an event may have been of the call.
func (k *call) cannotTell(t *callTold) {
	for _, path := range given[t.What] {
		if !slices.Contains(k.unsure, path) {
			k.unsure = append(k.unsure, path)
		}
	}
}

// unsure empties what an event would have set that cannot be told to be of the
// call.
func (t *telling) unsure() {
	for _, path := range t.k.unsure {
		t.unknown(path)
		for i, name := range momentNames {
			if name == path {
				t.Moments[i] = Moment{}
			}
		}
		switch path {
		case "cause":
			t.Cause = Coded{}
		case "queue_s":
			t.Queue = Number{}
		case "ring_s":
			t.Ring = Number{}
		case "hold_s":
			t.Hold = Number{}
		case "talk_s":
			t.Talk = Number{}
		case "devices":
			t.Devices, t.NoDevices = nil, true
		}
	}
}

// watchTold is what a session tells of what reaches it: the fact.
type watchTold struct {
	Session int64
	What    uint8
	Monitor int64
	Mask    int64
	At      int64
}

// What a watchTold tells.
const (
	watchBegins uint8 = iota // seen from its beginning
	watchMask
	watchMonitor
	watchEnds
	watchLoses
)

func (t *watchTold) code(c *coder) {
	c.int(&t.Session)
	c.byte(&t.What)
	c.int(&t.Monitor)
	c.int(&t.Mask)
	c.int(&t.At)
}

func (c *calls) watch(t *watchTold) {
	w := c.watcher(t.Session)
	switch t.What {
	case watchBegins:
		w.lossy = false
	case watchMask:
		w.mask = number(t.Mask)
	case watchMonitor:
		if w.monitors == nil {
			w.monitors = make(map[int64]int64)
		}
		if len(w.monitors) < maxMonitors {
			w.monitors[t.Monitor] = t.Mask
		}
	case watchEnds:
		w.ended = true
	case watchLoses:
		w.lose(t.At)
	}
}
