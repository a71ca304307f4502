package traffic

import "ctiscope/decode"

// callBits maps a call event to its bit of CallMsgMask.
var callBits = map[string]uint32{}

func init() {
	events := map[string]string{
		"CALL_DELIVERED_EVENT": "CALL_DELIVERED_MASK", "CALL_QUEUED_EVENT": "CALL_QUEUED_MASK",
		"CALL_ESTABLISHED_EVENT": "CALL_ESTABLISHED_MASK", "CALL_HELD_EVENT": "CALL_HELD_MASK",
		"CALL_RETRIEVED_EVENT": "CALL_RETRIEVED_MASK", "CALL_CLEARED_EVENT": "CALL_CLEARED_MASK",
		"CALL_CONNECTION_CLEARED_EVENT": "CALL_CONNECTION_CLEARED_MASK", "CALL_ORIGINATED_EVENT": "CALL_ORIGINATED_MASK",
		"CALL_CONFERENCED_EVENT": "CALL_CONFERENCED_MASK", "CALL_TRANSFERRED_EVENT": "CALL_TRANSFERRED_MASK",
		"CALL_DIVERTED_EVENT": "CALL_DIVERTED_MASK", "CALL_SERVICE_INITIATED_EVENT": "CALL_SERVICE_INITIATED_MASK",
		"BEGIN_CALL_EVENT": "BEGIN_CALL_MASK", "END_CALL_EVENT": "END_CALL_MASK", "CALL_DATA_UPDATE_EVENT": "CALL_DATA_UPDATE_MASK",
		"CALL_REACHED_NETWORK_EVENT": "CALL_REACHED_NETWORK_MASK", "CALL_DEQUEUED_EVENT": "CALL_DEQUEUED_MASK",
		"AGENT_PRE_CALL_EVENT": "AGENT_PRE_CALL_MASK", "AGENT_PRE_CALL_ABORT_EVENT": "AGENT_PRE_CALL_ABORT_MASK",
		"RTP_STARTED_EVENT": "RTP_STARTED_MASK", "RTP_STOPPED_EVENT": "RTP_STOPPED_MASK",
	}
	for event, bit := range events {
		callBits[event] = uint32(constant("UnsolicitedCallEventMessageMask", bit))
	}
}

// wants tells whether a session gets events of that name.
func (ss *session) wants(name string) bool { return ss.callMask&callBits[name] != 0 }

// hears tells whether a session gets the events of a call: it follows
// everything, or its agent is or was a party.
func (ss *session) hears(c *Call) bool {
	if !ss.open {
		return false
	}
	if ss.services&serviceAllEvents != 0 || ss.knows[c] {
		return true
	}
	for _, p := range c.parties {
		if p.desk != nil && p.desk.agent == ss.agent {
			return true
		}
	}
	return false
}

// tell sends a call event to all who hear of the call, with BEGIN_CALL_EVENT
// first to those who hear of it for the first time.
func (s *Server) tell(c *Call, name, device string, values ...decode.Setting) {
	for _, ss := range s.sessions {
		if !ss.hears(c) {
			continue
		}
		s.begin(ss, c, device)
		if ss.wants(name) {
			ss.send(name, join(c.identity(ss, device), values)...)
		}
	}
}

// begin tells a session of a call that is new to it.
func (s *Server) begin(ss *session, c *Call, device string) {
	if ss.knows[c] {
		return
	}
	ss.knows[c] = true
	if !ss.wants("BEGIN_CALL_EVENT") {
		return
	}
	ss.send("BEGIN_CALL_EVENT", join(c.identity(ss, device),
		[]decode.Setting{num("NumCTIClients", 0), num("CallType", c.kind), num("CalledPartyDisposition", 0)},
		c.numbers(), c.key(), c.variables(), c.extended(), []decode.Setting{c.reference()})...)
}

// end tells every session that knows the call, or only that of one agent, that
// it is over for them.
func (s *Server) end(c *Call, device string, only *desk) {
	for _, ss := range s.sessions {
		if !ss.knows[c] || only != nil && ss.agent != only.agent {
			continue
		}
		delete(ss.knows, c)
		if ss.wants("END_CALL_EVENT") {
			ss.send("END_CALL_EVENT", c.identity(ss, device)...)
		}
	}
	if only == nil {
		delete(s.calls, c.id)
	}
}

// queued tells that a call waits for its skill group.
func (s *Server) queued(c *Call) {
	sv := c.service
	s.tell(c, "CALL_QUEUED_EVENT", sv.RoutePoint, num("ServiceNumber", sv.Number), num("ServiceID", sv.ID),
		num("QueueDeviceType", deviceRoute), num("CallingDeviceType", deviceExternal), num("CalledDeviceType", deviceRoute),
		num("LastRedirectDeviceType", deviceNone), num("NumQueued", 1), num("NumSkillGroups", 1),
		num("LocalConnectionState", connQueued), num("EventCause", causeNone),
		text("QueueDeviceID", sv.RoutePoint), text("CallingDeviceID", c.caller.ANI), text("CalledDeviceID", sv.DNIS),
		num("SkillGroupNumber", sv.Group.Number), num("SkillGroupID", sv.Group.ID), num("SkillGroupPriority", 0))
}

func (s *Server) dequeued(c *Call, cause int64) {
	sv := c.service
	s.tell(c, "CALL_DEQUEUED_EVENT", sv.RoutePoint, num("QueueDeviceType", deviceRoute), num("ServiceNumber", sv.Number),
		num("ServiceID", sv.ID), num("NumQueued", 0), num("NumSkillGroups", 1), num("LocalConnectionState", connNone), num("EventCause", cause),
		num("SkillGroupNumber", sv.Group.Number), num("SkillGroupID", sv.Group.ID), num("SkillGroupPriority", 0))
}

// precall announces a routed call to those who follow the agent.
func (s *Server) precall(c *Call, a *Agent) {
	for _, ss := range s.sessions {
		if !ss.open || ss.services&serviceAllEvents == 0 && ss.agent != a || !ss.wants("AGENT_PRE_CALL_EVENT") {
			continue
		}
		values := join([]decode.Setting{
			num("MonitorID", int64(ss.monitor)), num("MRDID", 1), num("AgentSkillTargetID", a.ICMID), text("AgentInstrument", a.Instrument),
			num("FltCallTypeID", c.service.CallTypeID), text("AgentID", a.ID),
		}, c.routing(), c.key(), without(c.numbers(), "DNIS"), c.variables(), c.extended())
		ss.send("AGENT_PRE_CALL_EVENT", values...)
	}
}

func (s *Server) precallAbort(c *Call, a *Agent) {
	for _, ss := range s.sessions {
		if ss.open && (ss.services&serviceAllEvents != 0 || ss.agent == a) && ss.wants("AGENT_PRE_CALL_ABORT_EVENT") {
			ss.send("AGENT_PRE_CALL_ABORT_EVENT", append(c.key(),
				num("MonitorID", int64(ss.monitor)), num("MRDID", 1), text("AgentInstrument", a.Instrument))...)
		}
	}
}

// delivered tells that a call rings at a party's device.
func (s *Server) delivered(c *Call, from, to *party, cause int64) {
	line, redirect := int64(lineACD), []decode.Setting{num("LastRedirectDeviceType", deviceNone)}
	called := text("CalledDeviceID", c.dialed)
	if c.service != nil {
		redirect = []decode.Setting{num("LastRedirectDeviceType", deviceRoute), text("LastRedirectDeviceID", c.service.RoutePoint),
			num("TrunkNumber", int64(c.id%24)), num("TrunkGroupNumber", 1)}
		called = text("CalledDeviceID", c.service.DNIS)
	} else {
		line = lineInside
	}
	s.tell(c, "CALL_DELIVERED_EVENT", to.device, join([]decode.Setting{
		num("LineHandle", 0), num("LineType", line), num("AlertingDeviceType", to.kind), num("CallingDeviceType", from.kind),
		num("CalledDeviceType", deviceRoute), num("LocalConnectionState", connAlerting), num("EventCause", cause),
		text("AlertingDeviceID", to.device), text("CallingDeviceID", from.device), called,
	}, redirect, c.routing(), c.numbers(), c.variables(), c.extended())...)
}

func (s *Server) established(c *Call, from, by *party, cause int64) {
	line := int64(lineACD)
	if c.service == nil {
		line = lineInside
	}
	s.tell(c, "CALL_ESTABLISHED_EVENT", by.device, join([]decode.Setting{
		num("LineHandle", 0), num("LineType", line), num("AnsweringDeviceType", by.kind), num("CallingDeviceType", from.kind),
		num("CalledDeviceType", deviceAgent), num("LastRedirectDeviceType", deviceNone), num("LocalConnectionState", connConnect),
		num("EventCause", cause), text("AnsweringDeviceID", by.device), text("CallingDeviceID", from.device), text("CalledDeviceID", by.device),
	}, c.routing())...)
	for _, p := range [2]*party{from, by} {
		s.rtp(c, p, true)
	}
}

// rtp tells that a party's voice streams start or stop.
func (s *Server) rtp(c *Call, p *party, start bool) {
	if p.desk == nil || p.rtp == start {
		return
	}
	p.rtp = start
	name, a := "RTP_STOPPED_EVENT", p.desk.agent
	var codec []decode.Setting
	if start {
		name = "RTP_STARTED_EVENT"
		codec = []decode.Setting{num("RTPType", 0), num("BitRate", 64), num("EchoCancellation", 0), num("PacketSize", 20), num("PayloadType", 4)}
	}
	for direction := range int64(2) {
		s.tellRTP(c, p, name, append(codec[:len(codec):len(codec)], num("ClientPort", 24576+int64(c.id%1000)*2), num("Direction", direction),
			text("ClientAddress", "10.1.0.1"+p.device[len(p.device)-2:]), text("AgentID", a.ID), text("AgentExtension", a.Extension),
			text("AgentInstrument", a.Instrument), text("SendingAddress", "10.9.0.20"), num("SendingPort", 16384+int64(c.id%1000)*2)))
	}
}

// tellRTP is tell without PeripheralType, which the RTP events lack.
func (s *Server) tellRTP(c *Call, p *party, name string, values []decode.Setting) {
	for _, ss := range s.sessions {
		if ss.hears(c) && ss.wants(name) {
			ss.send(name, join(without(c.identity(ss, p.device), "PeripheralType"), values)...)
		}
	}
}

// updated tells of the call's data.
func (s *Server) updated(c *Call, device string) {
	s.tell(c, "CALL_DATA_UPDATE_EVENT", device, join([]decode.Setting{
		num("NumCTIClients", 0), num("CallType", c.kind), num("NewConnectionDeviceIDType", 0), num("NewConnectionCallID", int64(c.id)),
		text("NewConnectionDeviceID", device), num("CalledPartyDisposition", c.outcome),
	}, c.numbers(), c.key(), c.variables(), c.extended(), []decode.Setting{c.reference()})...)
}

// cleared takes a party out of a call, and ends the call when nobody is left to
// talk to.
func (s *Server) cleared(c *Call, p *party, cause int64) {
	s.rtp(c, p, false)
	s.connectionCleared(c, p, cause)
	left := []*party{p}
	if len(c.parties) >= 2 {
		if p.desk != nil {
			s.end(c, p.device, p.desk)
		}
	} else {
		for len(c.parties) > 0 {
			q := c.parties[0]
			s.rtp(c, q, false)
			s.connectionCleared(c, q, cause)
			left = append(left, q)
		}
		c.outcome = handled
		s.tell(c, "CALL_CLEARED_EVENT", p.device, num("LocalConnectionState", connNull), num("EventCause", cause))
		s.end(c, p.device, nil)
	}
	for _, q := range left {
		s.afterCall(c, q)
	}
}

func (s *Server) connectionCleared(c *Call, p *party, cause int64) {
	s.tell(c, "CALL_CONNECTION_CLEARED_EVENT", p.device, num("ReleasingDeviceType", p.kind),
		num("LocalConnectionState", connNull), num("EventCause", cause), text("ReleasingDeviceID", p.device))
	c.leave(p)
}

// afterCall gives an agent the state that follows a call.
func (s *Server) afterCall(c *Call, p *party) {
	if p.desk == nil {
		return
	}
	next := stateNotReady
	if c.service != nil {
		next = stateWork
	}
	s.settle(p.desk, next)
}

// conn are fields that name another connection by a prefix, as Primary does in
// PrimaryCallID.
func conn(prefix string, c *Call, device string) []decode.Setting {
	return []decode.Setting{num(prefix+"DeviceIDType", 0), num(prefix+"CallID", int64(c.id)), text(prefix+"DeviceID", device)}
}

// connected lists a call's parties.
func connected(c *Call) []decode.Setting {
	v := []decode.Setting{num("NumParties", int64(len(c.parties)))}
	for _, p := range c.parties {
		v = append(v, num("ConnectedPartyCallID", int64(c.id)), num("ConnectedPartyDeviceIDType", 0), text("ConnectedPartyDeviceID", p.device))
	}
	return v
}

// lineAndGroup are a call's line and skill group as transfers and conferences name
// them.
func (c *Call) lineAndGroup() []decode.Setting {
	return append(without(without(c.routing(), "ServiceNumber"), "ServiceID"), num("LineHandle", 0), num("LineType", lineACD))
}
