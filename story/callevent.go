package story

import (
	"ctiscope/decode"
	"ctiscope/decode/schema"
	"ctiscope/session"
)

// CallEvent is a message that tells of a call, or refers to it.
type CallEvent struct {
	Call int64
	Place
	From       uint8 // schema.Side
	Type       uint32
	Name       string
	Connection Connection // ID is empty where the message names none
	Device     Text
	State      Coded
	Cause      Coded
}

func (e *CallEvent) code(c *coder) {
	c.int(&e.Call)
	c.place(&e.Place)
	c.byte(&e.From)
	c.uint(&e.Type)
	c.string(&e.Name)
	c.coded(&e.Connection.Type)
	c.string(&e.Connection.ID)
	c.text(&e.Device)
	c.coded(&e.State)
	c.coded(&e.Cause)
}

func (w *Writer) callEvent(e *CallEvent) {
	w.raw(`"call_event"`)
	w.int("call", e.Call)
	w.place(&e.Place)
	w.int("session", e.Session)
	w.string("from", schema.Side(e.From).String())
	w.int("type", int64(e.Type))
	w.string("name", e.Name)
	w.key("connection")
	if e.Connection.ID == "" {
		w.null()
	} else {
		w.raw("{")
		w.coded("type", e.Connection.Type)
		w.string("id", e.Connection.ID)
		w.raw("}")
	}
	w.text("device", e.Device)
	w.coded("state", e.State)
	w.coded("cause", e.Cause)
	w.strings("unknown", nil)
}

// referTold is a request or confirmation that names connections: the fact of it.
// Call is set by the sink.
type referTold struct {
	CallEvent
	Peripheral int64
	Parts      []part
	New        bool // a confirmation that names a new connection
	ID         int64
}

func (t *referTold) code(c *coder) {
	t.CallEvent.code(c)
	c.int(&t.Peripheral)
	for i := range list(c, &t.Parts) {
		t.Parts[i].code(c)
	}
	c.bool(&t.New)
	c.int(&t.ID)
}

// referring are the fields with which requests name connections.
var referring = [...][3]string{
	{"ConnectionCallID", "ConnectionDeviceIDType", "ConnectionDeviceID"},
	{"ActiveConnectionCallID", "ActiveConnectionDeviceIDType", "ActiveConnectionDeviceID"},
	{"HeldConnectionCallID", "HeldConnectionDeviceIDType", "HeldConnectionDeviceID"},
	{"OtherConnectionCallID", "OtherConnectionDeviceIDType", "OtherConnectionDeviceID"},
}

// refer gives a request or confirmation that names connections.
func (s *stage) refer(t *track, r *session.Record) {
	m := r.Message
	if m.Def == nil || m.Def.Traits&(schema.Request|schema.Answer) == 0 {
		return
	}
	e := &s.refers
	*e = referTold{Parts: e.Parts[:0], ID: r.RequestID}
	if m.Def.Is(schema.Request) {
		for _, f := range referring {
			e.Parts = appendPart(e.Parts, m, f)
		}
	} else {
		e.Parts, e.New = appendPart(e.Parts, m, [3]string{"NewConnectionCallID", "NewConnectionDeviceIDType", "NewConnectionDeviceID"}), true
	}
	if len(e.Parts) == 0 {
		return
	}
	e.Peripheral = numberOf(m, "PeripheralID").N
	e.Place, e.From, e.Type, e.Name = placeOf(r.Mark, t.ID), uint8(r.From), m.Type, m.Name()
	s.begin(referFact)
	e.code(&s.coder)
	s.give()
}

// appendPart appends a connection of a message, if it names one.
func appendPart(dst []part, m *decode.Message, f [3]string) []part {
	n := knownNumber(m, f[0])
	p := partOf(m, f[0], f[1], f[2])
	if p.Kind.Value == noConnection {
		p.ID = ""
	}
	if !n.Set || n.N == 0 && p.none() {
		return dst
	}
	return append(dst, p)
}

// refers tells a request or confirmation to the calls that it refers to. The
// peripheral of a confirmation is that of its request.
func (c *calls) refers(t *referTold) error {
	id := [2]int64{t.Session, t.ID}
	if t.New {
		peripheral, ok := c.peripherals[id]
		if !ok {
			return nil
		}
		delete(c.peripherals, id)
		t.Peripheral = peripheral
	} else if t.ID != 0 {
		if len(c.peripherals) >= maxConsults {
			clear(c.peripherals)
		}
		c.peripherals[id] = t.Peripheral
	}
	var before *call
	for i := range t.Parts {
		p := &t.Parts[i]
		h := handle{numberKey{t.Peripheral, p.Number}, p.Kind.Value, p.ID}
		k := c.owner[h]
		if !t.New || p.none() {
			k = c.referred(t.Session, h)
		} else if k == nil && len(c.newcomers) < maxConsults {
			c.newcomers = append(c.newcomers, newcomer{t.CallEvent, h, *p})
		}
		if k == nil || k == before {
			continue
		}
		before = k
		if err := c.tellEvent(k, t.CallEvent, p); err != nil {
			return err
		}
	}
	return nil
}

// newcomer is a confirmation whose new connection no call has yet.
type newcomer struct {
	event  CallEvent
	handle handle
	part   part
}

// arrive tells the confirmations that waited for a connection.
func (c *calls) arrive(k *call, h handle, now int64) error {
	for i := 0; i < len(c.newcomers); i++ {
		w := &c.newcomers[i]
		if w.handle != h && now-w.event.Time <= consultWait {
			continue
		}
		if now-w.event.Time <= consultWait {
			if err := c.tellEvent(k, w.event, &w.part); err != nil {
				return err
			}
		}
		c.newcomers = append(c.newcomers[:i], c.newcomers[i+1:]...)
		i--
	}
	return nil
}

// tellEvent gives one line of a call's events.
func (c *calls) tellEvent(k *call, e CallEvent, p *part) error {
	if c.sink.options.Kinds&CallEvents == 0 {
		return nil
	}
	c.lines++
	e.Call, e.Connection = k.number, Connection{p.Kind, p.ID}
	return c.sink.finish(callEventLine, key{int64(callLine), k.number, e.Frame, c.lines}, &e)
}

// eventOf is what the line of an event says.
func eventOf(t *callTold) CallEvent {
	return CallEvent{Place: t.Place, From: uint8(schema.Server), Type: t.Type, Name: t.Name, Device: t.Device, State: t.State, Cause: t.Cause}
}
