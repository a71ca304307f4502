package story

// UserMessage is a text from one client to others.
type UserMessage struct {
	Place
	// Seen tells that the request was seen; else only events were.
	Seen         bool
	InvokeID     uint32
	FromClient   Text
	FromAgent    Text
	Distribution Coded
	Peripheral   Number
	ToClient     Text
	To           Identity
	CILClient    Text
	Text         Text
	Outcome      Outcome
	Status       Coded
	Wait         Number
	Broken       []string
	BrokenKnown  bool
	Deliveries   []Place
	Delivered    string
	Unknown      []string

	id     int64 // RequestID
	server string
}

func (m *UserMessage) code(c *coder) {
	c.place(&m.Place)
	c.bool(&m.Seen)
	c.uint(&m.InvokeID)
	c.text(&m.FromClient)
	c.text(&m.FromAgent)
	c.coded(&m.Distribution)
	c.number(&m.Peripheral)
	c.text(&m.ToClient)
	c.identity(&m.To)
	c.text(&m.CILClient)
	c.text(&m.Text)
	c.byte((*uint8)(&m.Outcome))
	c.coded(&m.Status)
	c.number(&m.Wait)
	c.strings(&m.Broken)
	c.bool(&m.BrokenKnown)
	places := list(c, &m.Deliveries)
	for i := range places {
		c.place(&places[i])
	}
	c.string(&m.Delivered)
	c.strings(&m.Unknown)
	c.int(&m.id)
	c.string(&m.server)
}

func (w *Writer) userMessage(m *UserMessage) {
	w.raw(`"user_message"`)
	w.number("session", Number{m.Seen, m.Session})
	w.place(&m.Place)
	w.number("invoke_id", Number{m.Seen, int64(m.InvokeID)})
	w.text("from_client", m.FromClient)
	w.text("from_agent", m.FromAgent)
	w.coded("distribution", m.Distribution)
	w.number("peripheral", m.Peripheral)
	w.key("recipient")
	if !m.Seen {
		w.null()
	} else {
		w.raw("{")
		w.text("client_id", m.ToClient)
		w.text("extension", m.To.Extension)
		w.text("agent", m.To.ID)
		w.text("instrument", m.To.Instrument)
		w.raw("}")
	}
	w.text("cil_client", m.CILClient)
	w.string("text", m.Text.String)
	outcome := m.Outcome.String()
	if m.Outcome == Answered {
		outcome = "confirmed"
	}
	w.string("outcome", outcome)
	w.coded("status", m.Status)
	w.millis("answer_ms", m.Wait)
	if m.BrokenKnown {
		w.strings("broken", m.Broken)
	} else {
		w.key("broken")
		w.null()
	}
	w.key("deliveries")
	w.raw("[")
	for i := range m.Deliveries {
		if i > 0 {
			w.raw(",")
		}
		w.placeObject(&m.Deliveries[i])
	}
	w.raw("]")
	w.string("delivered", m.Delivered)
	w.strings("unknown", m.Unknown)
}
