package traffic

import "ctiscope/decode"

// setCallData answers SET_CALL_DATA_REQ.
func (s *Server) setCallData(ss *session, m *decode.Message) {
	c, p := s.connection(m, "")
	if c == nil || p == nil {
		s.refuse(ss, m, statusBadCall)
		return
	}
	for i, name := range variableNames {
		if v := word(m, name); v != "" {
			c.vars[i] = v
		}
	}
	for i := range m.Fields {
		f := &m.Fields[i]
		if f.Name() != "NamedVariable" {
			continue
		}
		_, key, value := m.NamedVariable(f)
		c.set(string(key), string(value))
	}
	ss.send("SET_CALL_DATA_CONF", invoke(m))
	s.updated(c, p.device)
}

// set sets a named variable.
func (c *Call) set(key, value string) {
	for i := range c.ecc {
		if c.ecc[i].Key == key {
			// A message that was sent keeps its own value.
			c.ecc = append([]decode.Setting(nil), c.ecc...)
			c.ecc[i].Bytes = []byte(value)
			return
		}
	}
	c.ecc = append([]decode.Setting{named(key, value)}, c.ecc...)
}

func (s *Server) snapshotCall(ss *session, m *decode.Message) {
	c, _ := s.connection(m, "")
	if c == nil {
		s.refuse(ss, m, statusBadCall)
		return
	}
	values := join([]decode.Setting{invoke(m), num("CallType", c.kind), num("NumCTIClients", 1), num("NumCallDevices", int64(len(c.parties))),
		num("CalledPartyDisposition", c.outcome)}, c.numbers(), c.key()[:2], c.variables(), c.extended(),
		[]decode.Setting{text("CTIClientSignature", ss.signature), num("CTIClientTimestamp", s.now())})
	for _, p := range c.parties {
		values = append(values, num("CallConnectionCallID", int64(c.id)), num("CallConnectionDeviceIDType", 0),
			text("CallConnectionDeviceID", p.device), num("CallDeviceType", p.kind), text("CallDeviceID", p.device),
			num("CallDeviceConnectionState", p.state))
	}
	ss.send("SNAPSHOT_CALL_CONF", append(values, c.reference())...)
}

func (s *Server) snapshotDevice(ss *session, m *decode.Message) {
	a := s.opts.Site.agent("", word(m, "AgentInstrument"))
	if a == nil {
		s.fail(ss, m, failDestination, errNone)
		return
	}
	d := s.desks[a]
	values := []decode.Setting{invoke(m), num("NumCalls", int64(len(d.calls)))}
	for _, c := range d.calls {
		values = append(values, num("CallConnectionCallID", int64(c.id)), num("CallConnectionDeviceIDType", 0),
			text("CallConnectionDeviceID", a.Extension), num("CallState", c.partyOf(a.Extension).state), num("SilentMonitorStatus", 0))
	}
	ss.send("SNAPSHOT_DEVICE_CONF", values...)
}

// superviseCall answers SUPERVISE_CALL_REQ: a supervisor joins an agent's call.
func (s *Server) superviseCall(ss *session, m *decode.Message) {
	c := s.calls[uint32(number(m, "AgentConnectionCallID"))]
	a := s.opts.Site.agent("", word(m, "SupervisorInstrument"))
	switch {
	case ss.services&serviceSupervisor == 0:
		s.refuse(ss, m, statusNotAvailable)
		return
	case c == nil || a == nil || c.partyOf(word(m, "AgentConnectionDeviceID")) == nil || number(m, "SupervisoryAction") != supervisorBarge:
		s.fail(ss, m, failNoActive, errNone)
		return
	}
	p := c.join(&party{device: a.Extension, kind: deviceAgent, state: connConnect, desk: s.desks[a]})
	c.kind = callConference
	ss.send("SUPERVISE_CALL_CONF", invoke(m), num("ConnectionCallID", int64(c.id)), num("ConnectionDeviceIDType", 0),
		text("ConnectionDeviceID", p.device))
	s.established(c, c.parties[0], p, constant("EventCause", "CEC_SUPERVISOR_BARGE_IN"))
	s.setState(p.desk, stateTalking, reasonNone)
}
