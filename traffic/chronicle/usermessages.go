package chronicle

import "sort"

// userMessage is a message to people, with those that got it.
type userMessage struct {
	*request // nil where only events were seen
	first    *Message
	events   []*Message
}

// userMessageLines are the lines of the messages to people, by frame.
func (t *teller) userMessageLines() []Object {
	list := t.userMessages()
	sort.SliceStable(list, func(i, j int) bool { return list[i].first.Frame < list[j].first.Frame })
	var lines []Object
	for _, w := range list {
		if w.request != nil {
			lines = append(lines, t.userMessageLine(w))
		} else {
			lines = append(lines, w.eventLine())
		}
	}
	return lines
}

// userMessages joins requests and events.
func (t *teller) userMessages() []*userMessage {
	var list []*userMessage
	for _, r := range t.requests {
		if !r.orphan && r.is("USER_MESSAGE_REQ") {
			list = append(list, &userMessage{request: r, first: r.Message})
		}
	}
	for _, m := range t.Messages {
		if m.is("USER_MESSAGE_EVENT") {
			list = t.deliver(list, m)
		}
	}
	return list
}

// deliver gives an event to the request that it delivers, or to the events that
// it repeats.
func (t *teller) deliver(list []*userMessage, m *Message) []*userMessage {
	for _, w := range list {
		sender := w.first.text("ClientID")
		if w.request != nil {
			sender = w.session.open().text("ClientID")
		}
		if m.Time >= w.first.Time && m.Time-w.first.Time <= 10*second && m.text("Text") == w.first.text("Text") &&
			m.number("Distribution") == w.first.number("Distribution") && m.text("ClientID") == sender &&
			t.sessions[m.Session].Server == t.sessions[w.first.Session].Server {
			w.events = append(w.events, m)
			return list
		}
	}
	return append(list, &userMessage{first: m, events: []*Message{m}})
}

func (w *userMessage) deliveries() []any {
	list := []any{}
	for _, m := range w.events {
		list = append(list, place(m))
	}
	return list
}

func (t *teller) userMessageLine(w *userMessage) Object {
	u := unknowns{}
	outcome, _ := t.outcome(w.request)
	if outcome == "answered" {
		outcome = "confirmed"
	}
	agent := w.session.agentText("AgentID")
	if agent == "" {
		agent = w.text("AgentID")
	}
	line := Object{
		"v": 1, "kind": "user_message", "session": w.Session, "time": moment(w.Time), "frame": w.Frame, "invoke_id": w.invokeID(),
		"from_client": orNull(w.session.open().text("ClientID")), "from_agent": orNull(agent), "distribution": w.value("Distribution"),
		"peripheral": w.numberOrNull("PeripheralID"), "cil_client": w.value("CTIOSCILClientID"), "text": w.text("Text"),
		"recipient": Object{"client_id": orNull(w.text("ClientID")), "extension": orNull(w.text("AgentExtension")),
			"agent": orNull(w.text("AgentID")), "instrument": orNull(w.text("AgentInstrument"))},
		"outcome": outcome, "status": nil, "answer_ms": nil, "broken": w.broken(), "deliveries": w.deliveries(), "delivered": t.delivered(w, outcome),
	}
	if a := w.answer; a != nil {
		line["answer_ms"] = millis(a.Time - w.Time)
		if a.isRefusal() {
			line["status"] = a.valueOf(a.FailureCode())
		}
	}
	if outcome == "unknown" {
		u.add("status", "answer_ms")
	}
	line["unknown"] = u.list()
	return line
}

// eventLine is the line of a message of which only events were seen.
func (w *userMessage) eventLine() Object {
	u, m := unknowns{}, w.first
	u.add("session", "invoke_id", "from_agent", "peripheral", "recipient", "cil_client", "status", "answer_ms", "broken")
	return Object{
		"v": 1, "kind": "user_message", "session": nil, "time": moment(m.Time), "frame": m.Frame, "invoke_id": nil,
		"from_client": orNull(m.text("ClientID")), "from_agent": nil, "distribution": m.value("Distribution"), "peripheral": nil,
		"cil_client": nil, "text": m.text("Text"), "recipient": nil, "outcome": "unknown", "status": nil, "answer_ms": nil, "broken": nil,
		"deliveries": w.deliveries(), "delivered": "yes", "unknown": u.list(),
	}
}

// broken are the guide's rules that the request breaks.
func (w *userMessage) broken() []any {
	list := []any{}
	to := w.number("Distribution")
	if to == 0 && w.text("ClientID") == "" {
		list = append(list, "client-id")
	}
	nobody := w.text("AgentExtension")+w.text("AgentID")+w.text("AgentInstrument") == ""
	if (to == 1 || to == 2) && w.session.has(allEvents|peripheralMonitor) && (w.number("PeripheralID") == none || nobody) {
		list = append(list, "agent")
	}
	return list
}

// delivered tells whether the message arrived.
func (t *teller) delivered(w *userMessage, outcome string) string {
	switch {
	case len(w.events) > 0:
		return "yes"
	case outcome == "refused":
		return "no"
	case w.number("Distribution") != 0 || w.Time+10*second > t.Last:
		return "unknown"
	}
	for _, s := range t.order {
		if s.Server == w.session.Server && len(s.messages) > 0 && s.listens(w.text("ClientID"), w.Time, w.Time+10*second) {
			return "no"
		}
	}
	return "unknown"
}

// listens tells whether the session is a client's, open and active all the time.
func (s *session) listens(client string, from, to int64) bool {
	conf, closed := s.granted(), s.closed()
	if conf == nil || client == "" || s.open().text("ClientID") != client || conf.Time > from || closed != nil && closed.time < to {
		return false
	}
	return !s.standby() || s.activated() != 0 && s.activated() <= from
}
