package traffic

import (
	"strings"

	"ctiscope/decode"
	"ctiscope/decode/schema"
)

// desk is what the server knows of an agent.
type desk struct {
	agent  *Agent
	state  int64
	reason int64
	since  int64 // seconds since 1970
	pended int64 // state to take after the call; 0 for none
	login  uint32
	calls  []*Call // those that the agent is a party of
	after  int64   // reason that goes with pended
}

// signedIn returns the desks of all agents who are signed in, in the order of
// the site.
func (s *Server) signedIn() []*desk {
	var all []*desk
	for _, a := range s.opts.Site.Agents {
		if d := s.desks[a]; d.state != stateLogout {
			all = append(all, d)
		}
	}
	return all
}

// setState changes an agent's state and tells who wants to know.
func (s *Server) setState(d *desk, state, reason int64) {
	if d.state == stateLogout && state != stateLogout {
		d.login = s.id()
	}
	d.state, d.reason, d.since = state, reason, s.now()
	for _, ss := range s.sessions {
		if ss.follows(d.agent) {
			s.stateEvent(ss, d, reason)
		}
	}
}

// follows tells whether a session gets the agent's events.
func (ss *session) follows(a *Agent) bool {
	if !ss.open {
		return false
	}
	_, team := ss.teams[a.Team]
	return ss.services&serviceAllEvents != 0 || ss.agent == a || team
}

func (s *Server) stateEvent(ss *session, d *desk, reason int64) {
	if ss.services&serviceClientEvents == 0 && ss.stateMask&(1<<min(d.state, 31)) == 0 {
		return
	}
	a := d.agent
	monitor := ss.monitor
	if id, ok := ss.teams[a.Team]; ok && ss.agent != a {
		monitor = id
	}
	available := int64(0)
	if d.state == stateAvailable {
		available = 1
	}
	values := []decode.Setting{
		num("MonitorID", int64(monitor)), num("PeripheralID", PeripheralID), num("SessionID", int64(d.login)),
		num("PeripheralType", peripheralType), num("SkillGroupState", d.state), num("StateDuration", s.now()-d.since),
		num("SkillGroupNumber", a.Group.Number), num("SkillGroupID", a.Group.ID), num("SkillGroupPriority", 0),
		num("AgentState", d.state), num("EventReasonCode", reason), num("MRDID", 1), num("NumTasks", int64(len(d.calls))),
		num("AgentMode", 1), num("MaxTaskLimit", 1), num("ICMAgentID", a.ICMID), num("AgentAvailabilityStatus", available),
		num("NumFltSkillGroups", 1), num("DepartmentID", 0),
		text("CTIClientSignature", a.Login()), text("AgentID", a.ID), text("AgentExtension", a.Extension), text("AgentInstrument", a.Instrument),
	}
	if d.pended != 0 {
		values = append(values, num("NextAgentState", d.pended))
	}
	ss.send("AGENT_STATE_EVENT", append(values,
		num("FltSkillGroupNumber", a.Group.Number), num("FltSkillGroupID", a.Group.ID),
		num("FltSkillGroupPriority", 0), num("FltSkillGroupState", d.state))...)
}

// setAgentState answers SET_AGENT_STATE_REQ.
func (s *Server) setAgentState(ss *session, m *decode.Message) {
	a := s.opts.Site.agent(word(m, "AgentID"), word(m, "AgentInstrument"))
	if a == nil {
		s.fail(ss, m, failDestination, errNone)
		return
	}
	d, state, reason := s.desks[a], number(m, "AgentState"), number(m, "EventReasonCode")
	switch {
	case state == stateLogin:
		s.login(ss, m, d)
		return
	case d.state == stateLogout:
		s.refuse(ss, m, statusNotLoggedOn)
		return
	case len(d.calls) > 0:
		d.pended, d.after = state, reason
		ss.send("SET_AGENT_STATE_CONF", invoke(m))
		return
	}
	ss.send("SET_AGENT_STATE_CONF", invoke(m))
	s.setState(d, state, reason)
}

func (s *Server) login(ss *session, m *decode.Message, d *desk) {
	switch {
	case word(m, "AgentPassword") != d.agent.Password:
		s.fail(ss, m, failPassword, errNone)
	case d.state != stateLogout:
		s.fail(ss, m, failSignedOn, errAlreadyOn)
	default:
		ss.send("SET_AGENT_STATE_CONF", invoke(m))
		s.setState(d, stateLogin, reasonNone)
		s.setState(d, stateNotReady, reasonNone)
	}
}

// settle gives an agent without calls the state that was asked for during the
// call, or the one that follows it.
func (s *Server) settle(d *desk, next int64) {
	if len(d.calls) > 0 {
		return
	}
	reason := int64(reasonNone)
	if d.pended != 0 {
		next, reason = d.pended, d.after
		d.pended, d.after = 0, 0
	}
	if d.state != next {
		s.setState(d, next, reason)
	}
}

func (s *Server) queryAgentState(ss *session, m *decode.Message) {
	a := s.opts.Site.agent(word(m, "AgentID"), word(m, "AgentInstrument"))
	if a == nil {
		s.refuse(ss, m, statusBadAgent)
		return
	}
	d := s.desks[a]
	ss.send("QUERY_AGENT_STATE_CONF", invoke(m), num("AgentState", d.state), num("NumSkillGroups", 1), num("MRDID", 1),
		num("NumTasks", int64(len(d.calls))), num("AgentMode", 1), num("MaxTaskLimit", 1), num("ICMAgentID", a.ICMID),
		text("AgentID", a.ID), text("AgentExtension", a.Extension), text("AgentInstrument", a.Instrument),
		num("SkillGroupNumber", a.Group.Number), num("SkillGroupID", a.Group.ID), num("SkillGroupPriority", 0), num("SkillGroupState", d.state))
}

func (s *Server) queryAgentStatistics(ss *session, m *decode.Message) {
	a := s.opts.Site.agent(word(m, "AgentID"), word(m, "AgentInstrument"))
	if a == nil {
		s.refuse(ss, m, statusBadAgent)
		return
	}
	values := s.statistics("QUERY_AGENT_STATISTICS_CONF", m)
	ss.send("QUERY_AGENT_STATISTICS_CONF", append(values,
		text("AgentExtension", a.Extension), text("AgentID", a.ID), text("AgentInstrument", a.Instrument))...)
}

func (s *Server) queryGroupStatistics(ss *session, m *decode.Message) {
	wanted := number(m, "SkillGroupNumber")
	for _, g := range s.opts.Site.Groups {
		if g.Number == wanted {
			values := s.statistics("QUERY_SKILL_GROUP_STATISTICS_CONF", m)
			ss.send("QUERY_SKILL_GROUP_STATISTICS_CONF", append(values, num("SkillGroupNumber", g.Number), num("SkillGroupID", g.ID))...)
			return
		}
	}
	s.refuse(ss, m, statusBadSkillGroup)
}

// statistics makes up the counters of a shift for a confirmation.
func (s *Server) statistics(name string, m *decode.Message) []decode.Setting {
	values := []decode.Setting{invoke(m), num("PeripheralID", PeripheralID)}
	for _, f := range schema.CCE().ByName(name).Fixed {
		var n int64
		switch {
		case f.Name == "InvokeID", f.Name == "PeripheralID", strings.HasPrefix(f.Name, "SkillGroup"):
			continue
		case strings.Contains(f.Name, "Time"), strings.Contains(f.Name, "Longest"):
			n = s.rng.Int64N(14400)
		case strings.Contains(f.Name, "AutoOut"), strings.Contains(f.Name, "Preview"), strings.Contains(f.Name, "Reservation"):
			// The site has no outbound campaigns.
		default:
			n = s.rng.Int64N(40)
		}
		values = append(values, num(f.Name, n))
	}
	return values
}

func (s *Server) queryDevice(ss *session, m *decode.Message) {
	ss.send("QUERY_DEVICE_INFO_CONF", invoke(m), num("PeripheralType", peripheralType),
		num("TypeOfDevice", constant("TypeOfDevice", "DEVT_STATION")), num("ClassOfDevice", 1), num("NumLines", 2),
		num("MaxActiveCalls", 2), num("MaxHeldCalls", 2), num("MaxDevicesInConference", 16),
		num("MakeCallSetup", 4|8), num("TransferConferenceSetup", 1), num("CallEventsSupported", 0x7fff),
		num("CallControlSupported", 0xfff), num("OtherFeaturesSupported", 0),
		num("LineHandle", 0), num("LineType", lineACD), num("LineHandle", 1), num("LineType", lineInside))
}

func (s *Server) deskSettings(ss *session, m *decode.Message) {
	ss.send("AGENT_DESK_SETTINGS_CONF", invoke(m), num("PeripheralID", PeripheralID), num("DeskSettingsMask", 0x1f),
		num("WrapupDataIncomingMode", 1), num("WrapupDataOutgoingMode", 2), num("LogoutNonActivityTime", 1800),
		num("RingNoAnswerTime", 20), num("WorkModeTimer", 120), num("RingNoAnswerDN", none32),
		num("PlayZipTone", 0), num("ACDSharedLineUsage", 0))
}
