package story

import (
	"slices"
	"strconv"
)

// agentOf is the agent whose extension or instrument a device is, "" where none is
// known.
func (c *calls) agentOf(peripheral int64, device string) string {
	return c.phones[phone{byDevice, peripheral, device}]
}

// tellPhones notes which agent has which phone.
func (c *calls) tellPhones(t *told) {
	if t.Line.Agent == "" {
		return
	}
	for _, text := range [...]Text{t.Extension, t.Instrument} {
		if !text.Set {
			continue
		}
		k := phone{byDevice, t.Line.Peripheral.N, text.String}
		switch {
		case t.State.Value != stateLogout:
			if len(c.phones) < maxPhones {
				c.phones[k] = t.Line.Agent
			}
		case c.phones[k] == t.Line.Agent:
			delete(c.phones, k)
		}
	}
}

// maxPhones bounds the phones of agents that are remembered.
const maxPhones = 1 << 17

// named is the device that a connection was named with, in this call or one that
// was merged into it.
func (k *call) named(p *part) string {
	if p.none() {
		return ""
	}
	for i := len(k.names) - 1; i >= 0; i-- {
		if n := &k.names[i]; n.kind == p.Kind.Value && n.id == p.ID {
			return n.device
		}
	}
	return ""
}

// deviceOf is whom an event is about: the device that it names, else the one that
// its connection was named with, else the connection.
func (k *call) deviceOf(t *callTold, p *part) (key string, device Text) {
	if device = t.Device; !device.Set {
		name := k.named(p)
		device = Text{name != "", name}
	}
	if !device.Set {
		return "c" + strconv.FormatInt(p.Kind.Value, 10) + " " + p.ID, device
	}
	return "d" + device.String, device
}

// takeDevices follows devices, holds and the queue.
func (c *calls) takeDevices(k *call, t *callTold, p *part) {
	switch t.What {
	case delivered, established, originated:
		if !p.none() && t.Device.Set && len(k.names) < maxParties {
			k.names = append(k.names, deviceName{p.Kind.Value, p.ID, t.Device.String})
		}
	}
	switch {
	case t.alerts():
		k.leaveQueue(t.Time)
		if d := c.party(k, t, p); d != nil {
			d.note(&d.Alerted, t)
		}
	case t.What == established:
		k.leaveQueue(t.Time)
		if d := c.party(k, t, p); d != nil {
			d.note(&d.Answered, t)
			if d.Agent.Set && !k.agentAnswered.Set() && !t.repeats() {
				k.agentAnswered = t.Moment
			}
		}
	case t.What == queued:
		k.enterQueue(t)
	case t.What == dequeued:
		k.dequeue(t)
	}
	k.takeHolds(t, p)
	switch t.What {
	case connectionCleared, diverted, transferred:
		key, _ := k.deviceOf(t, p)
		k.leave(key, t.Moment)
	}
}

func (k *call) leave(key string, m Moment) {
	for _, list := range [...][]party{k.devices, k.joined} {
		for i := range list {
			if list[i].key == key {
				list[i].Left = m
			}
		}
	}
}

// party finds the device of an event among those that alerted or answered, and adds
// it where it is not there.
func (c *calls) party(k *call, t *callTold, p *part) *party {
	key, device := k.deviceOf(t, p)
	for i := range k.devices {
		if k.devices[i].key == key {
			return &k.devices[i]
		}
	}
	if len(k.devices) == maxParties {
		return nil
	}
	d := party{key: key, Device: Device{Device: device}}
	if device.Set {
		agent := c.agentOf(k.peripheral, device.String)
		d.Agent = Text{agent != "", agent}
	}
	k.devices = append(k.devices, d)
	return &k.devices[len(k.devices)-1]
}

func (d *party) note(m *Moment, t *callTold) {
	if t.repeats() {
		d.replayed = true
	} else if !m.Set() {
		*m = t.Moment
	}
}

// takeHolds follows which devices hold the call.
func (k *call) takeHolds(t *callTold, p *part) {
	switch t.What {
	case heldEvent:
		if t.repeats() {
			k.holdUnsure = true
			return
		}
		k.holds++
		key, _ := k.deviceOf(t, p)
		if !slices.ContainsFunc(k.holding, func(h hold) bool { return h.key == key }) && len(k.holding) < maxParties {
			k.holding = append(k.holding, hold{key, t.Time})
		}
	case retrieved, connectionCleared:
		key, _ := k.deviceOf(t, p)
		k.endHolds(t.Time, func(h hold) bool { return h.key == key })
	case transferred, conferenced:
		k.endHolds(t.Time, func(hold) bool { return true })
	}
}

func (k *call) endHolds(now int64, which func(hold) bool) {
	k.holding = slices.DeleteFunc(k.holding, func(h hold) bool {
		if which(h) {
			k.heldFor = addStretch(k.heldFor, stretch{h.from, now})
			return true
		}
		return false
	})
}

// addStretch adds a stretch of time to a union that is sorted and without overlaps.
func addStretch(list []stretch, s stretch) []stretch {
	out := list[:0:0]
	for _, o := range list {
		switch {
		case o.to < s.from:
			out = append(out, o)
		case s.to < o.from:
			out, s = append(out, s), o
		default:
			s = stretch{min(s.from, o.from), max(s.to, o.to)}
		}
	}
	return append(out, s)
}

func total(list []stretch) (sum int64) {
	for _, s := range list {
		sum += s.to - s.from
	}
	return sum
}

// absorb takes in what is left of a call that was merged into this one.
func (k *call) absorb(other *call) {
	names := append(slices.Clone(other.names), k.names...) // its own names count more
	k.names = names[max(0, len(names)-maxParties):]
	for _, list := range [...][]party{other.devices, other.joined} {
		for _, d := range list {
			known := func(o party) bool { return o.key == d.key }
			if d.Left.Set() || slices.ContainsFunc(k.devices, known) || slices.ContainsFunc(k.joined, known) || len(k.joined) == maxParties {
				continue
			}
			k.joined = append(k.joined, party{key: d.key, Device: Device{Device: d.Device.Device, Agent: d.Agent}})
		}
	}
}

// enterQueue puts the call into a queue.
func (k *call) enterQueue(t *callTold) {
	if t.repeats() {
		return
	}
	if k.queueing == 0 {
		k.queueing, k.groups = t.Time, k.groups[:0]
	}
	for _, g := range t.Groups {
		if !slices.Contains(k.groups, g) && len(k.groups) < maxParties {
			k.groups = append(k.groups, g)
		}
	}
}

// dequeue takes the call out of some of its queues, or of all.
func (k *call) dequeue(t *callTold) {
	if t.repeats() {
		return
	}
	k.groups = slices.DeleteFunc(k.groups, func(g int64) bool { return slices.Contains(t.Groups, g) })
	if t.SkillGroups.N == 0 || len(k.groups) == 0 {
		k.leaveQueue(t.Time)
	}
}

func (k *call) leaveQueue(now int64) {
	if k.queueing != 0 {
		k.queuedFor = addStretch(k.queuedFor, stretch{k.queueing, now})
		k.queueing = 0
	}
}

// asked is the call that a consultation begins from.
type asked struct {
	call       int64
	peripheral int64
}

// consult is a confirmation of a consultation whose new call has not come.
type consult struct {
	from   int64
	at     Place
	handle handle
}

// consultWait is how long after a confirmation its new call may come.
const consultWait = 10e9

// maxConsults bounds the consultations that wait.
const maxConsults = 4096

// consultTold is what a consultation's request or confirmation tells: the fact.
type consultTold struct {
	Place
	ID         int64 // RequestID
	Answer     bool
	Peripheral int64
	Part       part
}

func (t *consultTold) code(c *coder) {
	c.place(&t.Place)
	c.int(&t.ID)
	c.bool(&t.Answer)
	c.int(&t.Peripheral)
	t.Part.code(c)
}

func (c *calls) consult(t *consultTold) {
	id := [2]int64{t.Session, t.ID}
	if !t.Answer {
		h := handle{numberKey{t.Peripheral, t.Part.Number}, t.Part.Kind.Value, t.Part.ID}
		if k := c.referred(t.Session, h); k != nil && len(c.asked) < maxConsults {
			c.asked[id] = asked{k.number, t.Peripheral}
		}
		return
	}
	from, ok := c.asked[id]
	if !ok {
		return
	}
	delete(c.asked, id)
	h := handle{numberKey{from.peripheral, t.Part.Number}, t.Part.Kind.Value, t.Part.ID}
	if k := c.owner[h]; k != nil {
		c.link("consult", from.call, k.number, t.Place)
	} else if len(c.consults) < maxConsults {
		c.consults = append(c.consults, consult{from.call, t.Place, h})
	}
}

// referred is the call that a request refers to, nil where it cannot be told.
func (c *calls) referred(session int64, h handle) *call {
	if k := c.owner[h]; k != nil && h.id != "" {
		return k
	}
	open := pick(c.byNumber[h.numberKey], func(k *call) bool { return k.openIn(session) })
	if len(open) == 1 {
		return open[0]
	}
	return nil
}
