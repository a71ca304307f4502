package traffic

import (
	"fmt"

	"ctiscope/decode"
)

// Arrive lets a caller dial a service: the call reaches its route point and
// waits for an agent.
func (s *Server) Arrive(caller Caller, sv *Service) *Call {
	var c *Call
	s.do(func() {
		c = s.newCall(callACD, caller, sv.DialedNumber)
		c.service, c.queuedAt = sv, s.now()
		c.vars = [10]string{sv.Name, caller.Account, "", caller.Name}
		c.ecc = []decode.Setting{named("user.cc.language", "en-US"), named("user.customer.account", caller.Account)}
		if s.rng.IntN(3) == 0 {
			c.ecc = append(c.ecc, element("user.history", 0, sv.Name), element("user.history", 1, "menu-"+caller.Entered))
		}
		if s.opts.Rich {
			c.enrich(caller)
		}
		if s.rng.IntN(4) == 0 {
			c.uui = fmt.Appendf(nil, "\x04%s", caller.Account)
		}
		c.join(&party{device: caller.ANI, kind: deviceExternal, state: connQueued})
		s.queued(c)
	})
	return c
}

// enrich sets the variables of a site with much integration.
func (c *Call) enrich(caller Caller) {
	c.vars[4], c.vars[5] = "queue-"+c.service.Name, "https://crm.example.com/a/"+caller.Account
	c.vars[6], c.vars[7], c.vars[8] = "gold", "callback=no;survey=yes", "en-US"
	c.vars[9] = "case CS-" + caller.Account
	for _, kv := range [][2]string{
		{"user.customer.name", caller.Name}, {"user.customer.segment", "private household, since 2011"},
		{"user.ivr.path", "welcome>language>menu>" + caller.Entered + ">" + c.service.Name}, {"user.ivr.seconds", "74"},
		{"user.crm.url", "https://crm.example.com/accounts/" + caller.Account + "/open?tab=history"},
		{"user.customer.address", "12 Example Street, Springfield"}, {"user.contact.reason", "invoice of last month, second call this week"},
		{"user.offer.code", "SPRING-2025-B"}, {"user.consent", "recording=yes;marketing=no;survey=asked"},
		{"user.media.id", "11111110" + caller.Account + "0000000000000000"}, {"user.last.agent", "10019"},
	} {
		c.ecc = append(c.ecc, named(kv[0], kv[1]))
	}
}

// Offer sends a waiting call to an agent, whose phone then rings. ok is false
// when the agent is not available.
func (s *Server) Offer(c *Call, a *Agent) (ok bool) {
	s.do(func() {
		d := s.desks[a]
		if d.state != stateAvailable || len(c.parties) != 1 {
			return
		}
		ok, c.offered = true, d
		s.precall(c, a)
		s.setState(d, stateReserved, reasonNone)
		s.dequeued(c, causeNone)
		c.parties[0].state = connConnect
		p := c.join(&party{device: a.Extension, kind: deviceAgent, state: connAlerting, desk: d})
		c.vars[2] = fmt.Sprint(s.now() - c.queuedAt) // seconds in the queue
		s.delivered(c, c.parties[0], p, causeNewCall)
		s.updated(c, p.device)
	})
	return ok
}

// NoAnswer lets a call that rings at an agent go back to its queue.
func (s *Server) NoAnswer(c *Call) {
	s.do(func() {
		d := c.offered
		p := c.partyOf(d.agent.Extension)
		if p == nil || p.state != connAlerting {
			return
		}
		s.tell(c, "CALL_DIVERTED_EVENT", p.device, num("ServiceNumber", c.service.Number), num("ServiceID", c.service.ID),
			num("DivertingDeviceType", p.kind), num("CalledDeviceType", deviceRoute), num("LocalConnectionState", connNull),
			num("EventCause", causeNotAnswer), text("DivertingDeviceID", p.device), text("CalledDeviceID", c.service.RoutePoint))
		c.leave(p)
		s.precallAbort(c, d.agent)
		s.end(c, p.device, d)
		s.setState(d, stateNotReady, reasonNotAnswered)
		s.queued(c)
	})
}

// HangUp lets the caller, or whoever is outside, end the call.
func (s *Server) HangUp(c *Call) {
	s.do(func() {
		for _, p := range c.parties {
			if p.desk == nil {
				if len(c.parties) == 1 {
					c.outcome = abandoned
					s.dequeued(c, causeCancelled)
				}
				s.cleared(c, p, causeNone)
				return
			}
		}
	})
}

// Pickup lets whoever is outside answer a call that an agent made.
func (s *Server) Pickup(c *Call) {
	s.do(func() {
		if len(c.parties) == 2 && c.parties[1].desk == nil && c.parties[1].state == connAlerting {
			s.answered(c, c.parties[0], c.parties[1])
		}
	})
}

// answered connects a call.
func (s *Server) answered(c *Call, from, by *party) {
	from.state, by.state = connConnect, connConnect
	s.established(c, from, by, causeNewCall)
	for _, p := range [2]*party{from, by} {
		if p.desk != nil && p.desk.state != stateTalking {
			s.setState(p.desk, stateTalking, reasonNone)
		}
	}
}

// connection finds the call and the party that a request names with fields of
// a prefix, such as Held.
func (s *Server) connection(m *decode.Message, prefix string) (*Call, *party) {
	c := s.calls[uint32(number(m, prefix+"ConnectionCallID"))]
	if c == nil {
		return nil, nil
	}
	return c, c.partyOf(word(m, prefix+"ConnectionDeviceID"))
}

func (s *Server) answerCall(ss *session, m *decode.Message) {
	c, p := s.connection(m, "")
	if p == nil || p.state != connAlerting {
		s.fail(ss, m, failNoAnswer, errNotIncoming)
		return
	}
	ss.send("ANSWER_CALL_CONF", invoke(m))
	s.answered(c, c.parties[0], p)
}

func (s *Server) clearConnection(ss *session, m *decode.Message) {
	c, p := s.connection(m, "")
	if p == nil {
		s.fail(ss, m, failNoClear, errNoCallsOnLine)
		return
	}
	ss.send("CLEAR_CONNECTION_CONF", invoke(m))
	s.cleared(c, p, causeNone)
}

func (s *Server) holdCall(ss *session, m *decode.Message) {
	c, p := s.connection(m, "")
	if p == nil || p.desk == nil || p.state != connConnect {
		s.fail(ss, m, failNoActive, errNotTalking)
		return
	}
	ss.send("HOLD_CALL_CONF", invoke(m))
	s.held(c, p)
	s.setState(p.desk, stateHold, reasonNone)
}

func (s *Server) held(c *Call, p *party) {
	p.state = connHold
	s.rtp(c, p, false)
	s.tell(c, "CALL_HELD_EVENT", p.device, num("HoldingDeviceType", p.kind), num("LocalConnectionState", connHold),
		num("EventCause", causeNone), text("HoldingDeviceID", p.device))
}

func (s *Server) retrieveCall(ss *session, m *decode.Message) {
	c, p := s.connection(m, "Held")
	if p == nil || p.desk == nil || p.state != connHold {
		s.fail(ss, m, failNoHeld, errNone)
		return
	}
	ss.send("RETRIEVE_CALL_CONF", invoke(m))
	p.state = connConnect
	s.tell(c, "CALL_RETRIEVED_EVENT", p.device, num("RetrievingDeviceType", p.kind), num("LocalConnectionState", connConnect),
		num("EventCause", causeNone), text("RetrievingDeviceID", p.device))
	s.rtp(c, p, true)
	s.setState(p.desk, stateTalking, reasonNone)
}

// makeCall answers MAKE_CALL_REQ: a call to another agent, or to the outside.
func (s *Server) makeCall(ss *session, m *decode.Message) {
	a := s.opts.Site.agent("", word(m, "AgentInstrument"))
	dialed := word(m, "DialedNumber")
	switch {
	case a == nil || dialed == "":
		s.fail(ss, m, failDestination, errNone)
		return
	case len(s.desks[a].calls) > 0:
		s.fail(ss, m, failObjectState, errNone)
		return
	}
	s.place(ss, m, "MAKE_CALL_CONF", a, dialed)
}

// place makes a call from an agent and confirms it.
func (s *Server) place(ss *session, m *decode.Message, conf string, a *Agent, dialed string) *Call {
	kind, line := callOut, lineOutbound
	to := &party{device: dialed, kind: deviceExternal, state: connAlerting}
	if b := s.opts.Site.agent("", dialed); b != nil {
		kind, line = callInside, lineInside
		to.kind, to.desk = deviceAgent, s.desks[b]
	}
	if conf == "CONSULTATION_CALL_CONF" {
		kind = callConsult
	}
	c := s.newCall(kind, Caller{ANI: a.Extension}, dialed)
	for i := range 3 {
		c.vars[i] = word(m, variableNames[i])
	}
	from := c.join(&party{device: a.Extension, kind: deviceAgent, state: connInitiate, desk: s.desks[a]})
	ss.send(conf, invoke(m), num("NewConnectionCallID", int64(c.id)), num("NewConnectionDeviceIDType", 0),
		num("LineHandle", 0), num("LineType", line), text("NewConnectionDeviceID", a.Extension))
	s.initiated(c, from, line)
	c.join(to)
	s.originated(c, from, to, line)
	if to.kind == deviceExternal {
		s.tell(c, "CALL_REACHED_NETWORK_EVENT", from.device, num("LineHandle", 0), num("LineType", line),
			num("TrunkUsedDeviceType", deviceTrunk), num("CalledDeviceType", deviceExternal), num("LocalConnectionState", connConnect),
			num("EventCause", causeNone), text("TrunkUsedDeviceID", "2"), text("CalledDeviceID", dialed), num("TrunkGroupNumber", 2))
	}
	s.delivered(c, from, to, causeNewCall)
	return c
}

func (s *Server) initiated(c *Call, p *party, line int64) {
	s.tell(c, "CALL_SERVICE_INITIATED_EVENT", p.device, join([]decode.Setting{num("LineHandle", 0), num("LineType", line),
		num("CallingDeviceType", p.kind), num("LocalConnectionState", connInitiate), num("EventCause", causeNone),
		text("CallingDeviceID", p.device), c.reference()}, c.routing())...)
}

func (s *Server) originated(c *Call, from, to *party, line int64) {
	s.tell(c, "CALL_ORIGINATED_EVENT", from.device, join([]decode.Setting{num("LineHandle", 0), num("LineType", line),
		num("CallingDeviceType", from.kind), num("CalledDeviceType", to.kind), num("LocalConnectionState", connInitiate),
		num("EventCause", causeNone), text("CallingDeviceID", from.device), text("CalledDeviceID", to.device)}, c.routing())...)
}

// consultCall holds the active call and makes another.
func (s *Server) consultCall(ss *session, m *decode.Message) {
	c, p := s.connection(m, "Active")
	if p == nil || p.state != connConnect || p.desk == nil {
		s.fail(ss, m, failNoActive, errNotTalking)
		return
	}
	s.held(c, p)
	s.place(ss, m, "CONSULTATION_CALL_CONF", p.desk.agent, word(m, "DialedNumber"))
}

// pair finds the two calls of a transfer or conference request.
func (s *Server) pair(ss *session, m *decode.Message) (held, active *Call, p, q *party) {
	held, p = s.connection(m, "Held")
	active, q = s.connection(m, "Active")
	if p == nil || q == nil || p.desk == nil || p.state != connHold || q.state != connConnect || len(active.parties) != 2 {
		s.fail(ss, m, failObjectState, errNotTalking)
		return nil, nil, nil, nil
	}
	return held, active, p, q
}

// absorb moves the other party of the consultation into the first call.
func (s *Server) absorb(into, from *Call, controller *party) *party {
	from.leave(controller)
	other := from.parties[0]
	from.leave(other)
	p := into.join(&party{device: other.device, kind: other.kind, state: other.state, desk: other.desk, rtp: other.rtp})
	into.vars[9] = "consult-" + fmt.Sprint(from.id)
	return p
}

func (s *Server) transferCall(ss *session, m *decode.Message) {
	held, active, p, q := s.pair(ss, m)
	if held == nil {
		return
	}
	to := s.absorb(held, active, q)
	s.rtp(active, q, false)
	held.leave(p)
	ss.send("TRANSFER_CALL_CONF", join([]decode.Setting{invoke(m), num("NewConnectionCallID", int64(held.id)), num("NewConnectionDeviceIDType", 0),
		num("LineHandle", 0), num("LineType", lineACD), text("NewConnectionDeviceID", to.device)}, connected(held))...)
	s.tellMerged(held, active, "CALL_TRANSFERRED_EVENT", p.device, []decode.Setting{
		num("TransferringDeviceType", p.kind), num("TransferredDeviceType", to.kind), num("EventCause", causeTransfer),
		text("TransferringDeviceID", p.device), text("TransferredDeviceID", to.device)})
	s.end(active, p.device, nil)
	s.end(held, p.device, p.desk)
	s.updated(held, to.device)
	s.afterCall(held, p)
}

func (s *Server) conferenceCall(ss *session, m *decode.Message) {
	held, active, p, q := s.pair(ss, m)
	if held == nil {
		return
	}
	to := s.absorb(held, active, q)
	p.state, held.kind = connConnect, callConference
	ss.send("CONFERENCE_CALL_CONF", join([]decode.Setting{invoke(m), num("NewConnectionCallID", int64(held.id)), num("NewConnectionDeviceIDType", 0),
		num("LineHandle", 0), num("LineType", lineACD), text("NewConnectionDeviceID", p.device)}, connected(held))...)
	s.tellMerged(held, active, "CALL_CONFERENCED_EVENT", p.device, []decode.Setting{
		num("ControllerDeviceType", p.kind), num("AddedPartyDeviceType", to.kind), num("EventCause", causeConference),
		text("ControllerDeviceID", p.device), text("AddedPartyDeviceID", to.device)})
	s.end(active, p.device, nil)
	s.updated(held, p.device)
	if p.desk.state != stateTalking {
		s.setState(p.desk, stateTalking, reasonNone)
	}
}

// tellMerged sends the event of two calls that became one.
func (s *Server) tellMerged(c, other *Call, name, device string, values []decode.Setting) {
	for _, ss := range s.sessions {
		if !ss.hears(c) {
			continue
		}
		s.begin(ss, c, device)
		if ss.wants(name) {
			head := []decode.Setting{num("MonitorID", int64(ss.monitor)), num("PeripheralID", PeripheralID),
				num("PeripheralType", peripheralType), num("LocalConnectionState", connConnect)}
			ss.send(name, join(head, conn("Primary", c, device), conn("Secondary", other, device), c.lineAndGroup(), values, connected(c))...)
		}
	}
}
