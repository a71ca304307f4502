package traffic

import "ctiscope/decode"

func (s *Server) listTeams(ss *session, m *decode.Message) {
	values := []decode.Setting{invoke(m), num("SegmentNumber", 1), num("More", 0)}
	n := int64(0)
	for _, t := range s.opts.Site.Teams {
		if t.Supervisor.ICMID == number(m, "SupervisorID") {
			values = append(values, num("TeamID", t.ID))
			n++
		}
	}
	ss.send("LIST_AGENT_TEAM_CONF", append(values, num("NumberOfAgentTeams", n))...)
}

func (s *Server) monitorTeam(ss *session, m *decode.Message) {
	if ss.services&serviceSupervisor == 0 {
		s.refuse(ss, m, statusNotAvailable)
		return
	}
	for _, t := range s.opts.Site.Teams {
		if t.ID != number(m, "TeamID") {
			continue
		}
		if ss.teams == nil {
			ss.teams = make(map[*Team]uint32)
		}
		ss.teams[t] = s.id()
		ss.send("MONITOR_AGENT_TEAM_START_CONF", invoke(m), num("MonitorID", int64(ss.teams[t])))
		s.teamConfig(ss, t)
		for _, a := range t.Members {
			if d := s.desks[a]; d.state != stateLogout {
				s.stateEvent(ss, d, d.reason)
			}
		}
		return
	}
	s.refuse(ss, m, statusNoTeam)
}

func (s *Server) unmonitorTeam(ss *session, m *decode.Message) {
	for t, id := range ss.teams {
		if int64(id) == number(m, "MonitorID") {
			delete(ss.teams, t)
			ss.send("MONITOR_AGENT_TEAM_STOP_CONF", invoke(m))
			return
		}
	}
	s.refuse(ss, m, constant("StatusCode", "E_CTI_INVALID_MONITORID"))
}

// teamConfig tells who is in a team.
func (s *Server) teamConfig(ss *session, t *Team) {
	values := []decode.Setting{
		num("PeripheralID", PeripheralID), num("TeamID", t.ID), num("NumberOfAgents", int64(1+len(t.Members))),
		num("ConfigOperation", configAdd), num("DepartmentID", 0), text("AgentTeamName", t.Name),
	}
	add := func(a *Agent, flags int64) {
		d := s.desks[a]
		values = append(values, text("AtcAgentID", a.ID), num("AgentFlags", flags),
			num("AtcAgentState", d.state), num("AtcStateDuration", s.now()-d.since))
	}
	add(t.Supervisor, flagPrimary)
	for _, a := range t.Members {
		add(a, 0)
	}
	ss.send("AGENT_TEAM_CONFIG_EVENT", values...)
}

// userMessage answers USER_MESSAGE_REQ and delivers its text.
func (s *Server) userMessage(ss *session, m *decode.Message) {
	distribution := number(m, "Distribution")
	to, status := s.recipients(ss, m, distribution)
	if len(to) == 0 {
		s.refuse(ss, m, status)
		return
	}
	ss.send("USER_MESSAGE_CONF", invoke(m))
	for _, o := range to {
		o.send("USER_MESSAGE_EVENT", num("ICMCentralControllerTime", s.now()), num("Distribution", distribution),
			text("ClientID", ss.clientID), text("Text", word(m, "Text")))
	}
}

// recipients are the sessions that a user message goes to, and the status of
// the refusal when there are none.
func (s *Server) recipients(ss *session, m *decode.Message, distribution int64) ([]*session, int64) {
	var match func(*session) bool
	status := statusNoClient
	switch distribution {
	case toClient:
		id, agent := word(m, "ClientID"), word(m, "AgentID")
		match = func(o *session) bool {
			return o.clientID == id && id != "" || o.agent != nil && o.agent.ID == agent
		}
	case toSupervisor:
		status = statusNoSupervisor
		match = func(o *session) bool { return ss.agent != nil && o.agent == ss.agent.Team.Supervisor }
	case toTeam:
		status = statusNoTeam
		match = func(o *session) bool {
			return o != ss && ss.agent != nil && o.agent != nil && o.agent.Team == ss.agent.Team
		}
	default:
		match = func(o *session) bool { return o != ss }
	}
	var to []*session
	for _, o := range s.sessions {
		if o.open && match(o) {
			to = append(to, o)
		}
	}
	return to, status
}
