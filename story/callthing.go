package story

// Call is one call.
type Call struct {
	Number, Contact              int64 // Contact and Links are set when the call is told
	First                        Place
	IDs                          []string
	Peripheral, ConnectionCallID int64
	Connections                  []Connection
	CallType, Disposition        Coded
	ANI, DNIS, Dialed, Digits    Text
	KeyDay, KeyID, KeySequence   Number
	Moments                      [numMoments]Moment
	Cause                        Coded
	Queue, Ring, Hold, Talk      Number // nanoseconds
	Holds                        int64
	Devices                      []Device
	NoDevices                    bool // they are not known
	Links                        []Link
	Variables                    []Change
	Sessions                     []int64
	Last                         Moment
	Unknown                      []string
}

// Connection is the connection of one party to a call.
type Connection struct {
	Type Coded
	ID   string
}

// Device is a device that alerted or answered.
type Device struct {
	Device, Agent           Text
	Alerted, Answered, Left Moment
}

// Link is what joins two calls.
type Link struct {
	How  string
	Call int64
	At   Place
}

// Change is one change of a variable; Value is not Set where it is gone, Was where
// it was not there. Index is -1 where it is no array's.
type Change struct {
	Name       string
	Index      int64
	Value, Was Text
	At         Place
}

// The moments of a call.
const (
	beganAt = iota
	queuedAt
	dequeuedAt
	originatedAt
	offeredAt
	alertedAt
	answeredAt
	heldAt
	clearedAt
	endedAt
	answeredAgentAt
	numMoments
)

var momentNames = [numMoments]string{"began", "queued", "dequeued", "originated", "offered", "alerted", "answered", "held", "cleared", "ended", "answered_agent"}

func (t *Call) code(c *coder) {
	c.int(&t.Number)
	c.place(&t.First)
	c.strings(&t.IDs)
	c.int(&t.Peripheral)
	c.int(&t.ConnectionCallID)
	for i := range list(c, &t.Connections) {
		c.coded(&t.Connections[i].Type)
		c.string(&t.Connections[i].ID)
	}
	c.coded(&t.CallType)
	c.coded(&t.Disposition)
	for _, v := range [...]*Text{&t.ANI, &t.DNIS, &t.Dialed, &t.Digits} {
		c.text(v)
	}
	for i := range t.Moments {
		c.moment(&t.Moments[i])
	}
	c.coded(&t.Cause)
	for _, v := range [...]*Number{&t.KeyDay, &t.KeyID, &t.KeySequence, &t.Queue, &t.Ring, &t.Hold, &t.Talk} {
		c.number(v)
	}
	c.int(&t.Holds)
	t.codeLists(c)
	c.ints(&t.Sessions)
	c.moment(&t.Last)
	c.strings(&t.Unknown)
}

func (t *Call) codeLists(c *coder) {
	for i := range list(c, &t.Devices) {
		d := &t.Devices[i]
		c.text(&d.Device)
		c.text(&d.Agent)
		c.moment(&d.Alerted)
		c.moment(&d.Answered)
		c.moment(&d.Left)
	}
	c.bool(&t.NoDevices)
	for i := range list(c, &t.Variables) {
		t.Variables[i].code(c)
	}
}

func (v *Change) code(c *coder) {
	c.string(&v.Name)
	c.int(&v.Index)
	c.text(&v.Value)
	c.text(&v.Was)
	c.place(&v.At)
}

func (w *Writer) call(t *Call) {
	w.raw(`"call"`)
	w.int("call", t.Number)
	w.place(&t.First)
	w.int("session", t.First.Session)
	w.string("id", t.IDs[0])
	w.strings("ids", t.IDs)
	w.number("contact", Number{t.Contact != 0, t.Contact})
	w.int("peripheral", t.Peripheral)
	w.int("connection_call_id", t.ConnectionCallID)
	w.each("connections", len(t.Connections), func(i int) {
		w.coded("type", t.Connections[i].Type)
		w.string("id", t.Connections[i].ID)
	})
	w.coded("call_type", t.CallType)
	w.text("ani", t.ANI)
	w.text("dnis", t.DNIS)
	w.text("dialed", t.Dialed)
	w.text("digits", t.Digits)
	w.coded("disposition", t.Disposition)
	w.key("router_key")
	if !t.KeyDay.Set {
		w.null()
	} else {
		w.raw("{")
		w.number("day", t.KeyDay)
		w.number("call", t.KeyID)
		w.number("sequence", t.KeySequence)
		w.raw("}")
	}
	for i, m := range t.Moments {
		w.moment(momentNames[i], m)
	}
	w.coded("cause", t.Cause)
	w.seconds("queue_s", t.Queue)
	w.seconds("ring_s", t.Ring)
	w.int("holds", t.Holds)
	w.seconds("hold_s", t.Hold)
	w.seconds("talk_s", t.Talk)
	w.callLists(t)
	w.ints("sessions", t.Sessions)
	w.moment("first", t.First.Moment)
	w.moment("last", t.Last)
	w.strings("unknown", t.Unknown)
}

// each appends a list of objects.
func (w *Writer) each(k string, n int, object func(i int)) {
	w.key(k)
	w.raw("[")
	for i := range n {
		if i > 0 {
			w.raw(",")
		}
		w.raw("{")
		object(i)
		w.raw("}")
	}
	w.raw("]")
}

func (w *Writer) callLists(t *Call) {
	if t.NoDevices {
		w.key("devices")
		w.null()
		w.callLinks(t)
		return
	}
	w.each("devices", len(t.Devices), func(i int) {
		d := &t.Devices[i]
		w.text("device", d.Device)
		w.text("agent", d.Agent)
		w.moment("alerted", d.Alerted)
		w.moment("answered", d.Answered)
		w.moment("left", d.Left)
	})
	w.callLinks(t)
}

func (w *Writer) callLinks(t *Call) {
	w.each("links", len(t.Links), func(i int) {
		l := &t.Links[i]
		w.string("how", l.How)
		w.int("call", l.Call)
		w.place(&l.At)
	})
	w.each("variables", len(t.Variables), func(i int) {
		v := &t.Variables[i]
		w.string("name", v.Name)
		w.number("index", Number{v.Index >= 0, v.Index})
		w.text("value", v.Value)
		w.text("was", v.Was)
		w.place(&v.At)
	})
}
