package story

func (w *Writer) session(s *Session) {
	w.raw(`"session"`)
	w.int("session", s.ID)
	w.place(&s.Began)
	w.text("client", s.Client)
	w.text("server", s.Server)
	w.int("version", s.Version)
	w.string("version_source", s.VersionSource)
	w.text("side", s.Side)
	w.asked(s)
	w.mask("services_granted", s.ServicesGranted)
	w.coded("session_type", s.SessionType)
	w.moment("connected", s.Connected)
	w.opened(&s.Opened)
	w.moment("activated", s.Activated)
	w.closed(&s.Closed)
	w.key("monitors")
	w.raw("[")
	for i := range s.Monitors {
		if i > 0 {
			w.raw(",")
		}
		w.monitor(&s.Monitors[i])
	}
	w.raw("]")
	w.added(s)
	w.strings("unknown", s.Unknown)
}

// asked appends what the request to open says.
func (w *Writer) asked(s *Session) {
	w.text("client_id", s.ClientID)
	w.text("signature", s.Signature)
	w.number("peripheral", s.Peripheral)
	w.number("idle_timeout_s", s.IdleTimeout)
	w.mask("call_mask", s.CallMask)
	w.mask("agent_mask", s.AgentMask)
	w.mask("services_asked", s.ServicesAsked)
	w.key("agent")
	if !s.Agent.Set() {
		w.null()
		return
	}
	w.raw("{")
	w.text("id", s.Agent.ID)
	w.text("extension", s.Agent.Extension)
	w.text("instrument", s.Agent.Instrument)
	w.raw("}")
}

func (w *Writer) opened(o *Opening) {
	w.key("opened")
	if !o.Set() {
		w.null()
		return
	}
	w.raw("{")
	w.place(&o.Place)
	outcome := o.Outcome.String()
	if o.Outcome == Answered {
		outcome = "granted"
	}
	w.string("outcome", outcome)
	w.millis("answer_ms", o.Answer)
	w.coded("status", o.Status)
	w.raw("}")
}

func (w *Writer) closed(c *Closing) {
	w.key("closed")
	if !c.Set() {
		w.null()
		return
	}
	w.raw("{")
	w.place(&c.Place)
	w.word("by", c.By)
	w.word("how", c.How)
	w.coded("status", c.Status)
	w.raw("}")
}

func (w *Writer) monitor(m *Monitor) {
	w.raw("{")
	w.number("monitor", m.Monitor)
	w.word("kind", m.Kind)
	w.text("device", m.Device)
	w.number("call", m.Call)
	w.moment("from", m.From)
	w.moment("to", m.To)
	w.raw("}")
}

// added appends what the session's messages add up to.
func (w *Writer) added(s *Session) {
	w.both("messages", s.Messages, s.Sides)
	w.both("bytes", s.Bytes, s.Sides)
	h := &s.Heartbeat
	w.object("heartbeat")
	w.int("count", h.Count)
	w.int("unanswered", h.Unanswered)
	w.int("refused", h.Refused)
	w.seconds("interval_s", h.Interval)
	w.seconds("worst_gap_s", h.WorstGap)
	w.millis("worst_answer_ms", h.WorstAnswer)
	w.raw("}")
	w.outcomes("requests", s.Outcomes)
	w.int("failures", s.Failures)
	w.object("holes")
	w.int("count", s.Holes)
	w.number("bytes", s.HoleBytes)
	w.raw("}")
	w.moment("first", s.First)
	w.moment("last", s.Last)
}

// both appends a number of each side.
func (w *Writer) both(k string, n [2]int64, known bool) {
	w.key(k)
	if !known {
		w.null()
		return
	}
	w.raw("{")
	w.int("client", n[0])
	w.int("server", n[1])
	w.raw("}")
}
