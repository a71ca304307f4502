package traffic

import (
	"slices"

	"ctiscope/decode"
)

// handlers are the requests that the server answers with more than a refusal.
var handlers map[string]func(*Server, *session, *decode.Message)

func init() {
	handlers = map[string]func(*Server, *session, *decode.Message){
		"OPEN_REQ":                         (*Server).open,
		"HEARTBEAT_REQ":                    confirm("HEARTBEAT_CONF"),
		"CLOSE_REQ":                        (*Server).close,
		"SET_AGENT_STATE_REQ":              (*Server).setAgentState,
		"QUERY_AGENT_STATE_REQ":            (*Server).queryAgentState,
		"QUERY_AGENT_STATISTICS_REQ":       (*Server).queryAgentStatistics,
		"QUERY_SKILL_GROUP_STATISTICS_REQ": (*Server).queryGroupStatistics,
		"QUERY_DEVICE_INFO_REQ":            (*Server).queryDevice,
		"AGENT_DESK_SETTINGS_REQ":          (*Server).deskSettings,
		"REGISTER_VARIABLES_REQ":           confirm("REGISTER_VARIABLES_CONF"),
		"LIST_AGENT_TEAM_REQ":              (*Server).listTeams,
		"MONITOR_AGENT_TEAM_START_REQ":     (*Server).monitorTeam,
		"MONITOR_AGENT_TEAM_STOP_REQ":      (*Server).unmonitorTeam,
		"USER_MESSAGE_REQ":                 (*Server).userMessage,
		"ANSWER_CALL_REQ":                  (*Server).answerCall,
		"CLEAR_CONNECTION_REQ":             (*Server).clearConnection,
		"HOLD_CALL_REQ":                    (*Server).holdCall,
		"RETRIEVE_CALL_REQ":                (*Server).retrieveCall,
		"CONSULTATION_CALL_REQ":            (*Server).consultCall,
		"TRANSFER_CALL_REQ":                (*Server).transferCall,
		"CONFERENCE_CALL_REQ":              (*Server).conferenceCall,
		"MAKE_CALL_REQ":                    (*Server).makeCall,
		"SET_CALL_DATA_REQ":                (*Server).setCallData,
		"SNAPSHOT_CALL_REQ":                (*Server).snapshotCall,
		"SNAPSHOT_DEVICE_REQ":              (*Server).snapshotDevice,
		"SUPERVISE_CALL_REQ":               (*Server).superviseCall,
	}
}

// confirm answers a request with a confirmation that holds nothing but the
// InvokeID.
func confirm(conf string) func(*Server, *session, *decode.Message) {
	return func(_ *Server, ss *session, m *decode.Message) { ss.send(conf, invoke(m)) }
}

// close confirms that a client ends its session, for its own reason.
func (s *Server) close(ss *session, m *decode.Message) {
	ss.left, ss.status = true, number(m, "Status")
	ss.send("CLOSE_CONF", invoke(m))
}

// invoke is the InvokeID field of the answer to a request.
func invoke(m *decode.Message) decode.Setting { return num("InvokeID", number(m, "InvokeID")) }

// number returns a request's field, 0 when it has none of that name.
func number(m *decode.Message, name string) int64 {
	if f := m.Find(name); f != nil {
		return m.Int(f)
	}
	return 0
}

// word returns a request's STRING field, "" when it has none of that name.
func word(m *decode.Message, name string) string {
	if f := m.Find(name); f != nil {
		return string(m.Text(f))
	}
	return ""
}

// handle deals with one request.
func (s *Server) handle(ss *session, m *decode.Message) {
	h := handlers[m.Name()]
	switch {
	case !ss.open && m.Name() != "OPEN_REQ":
		s.refuse(ss, m, statusNotOpen)
	case h == nil:
		s.refuse(ss, m, statusNotAvailable)
	default:
		h(s, ss, m)
	}
}

// refuse answers with FAILURE_CONF.
func (s *Server) refuse(ss *session, m *decode.Message, status int64) {
	ss.send("FAILURE_CONF", invoke(m), num("Status", status))
}

// fail answers with CONTROL_FAILURE_CONF.
func (s *Server) fail(ss *session, m *decode.Message, code, peripheral int64) {
	ss.send("CONTROL_FAILURE_CONF", invoke(m), num("FailureCode", code), num("PeripheralErrorCode", peripheral))
}

// open answers OPEN_REQ.
func (s *Server) open(ss *session, m *decode.Message) {
	version := int(number(m, "VersionNumber"))
	if version > s.opts.MaxVersion {
		s.refuse(ss, m, statusBadVersion)
		return
	}
	ss.clientID, ss.services = word(m, "ClientID"), number(m, "ServicesRequested")
	ss.callMask, ss.stateMask = uint32(number(m, "CallMsgMask")), uint32(number(m, "AgentStateMask"))
	ss.signature = ss.clientID
	if sig := word(m, "ClientSignature"); sig != "" {
		ss.signature = sig
	}
	if ss.services&serviceClientEvents != 0 {
		if status := s.bind(ss, m); status != statusNone {
			s.refuse(ss, m, status)
			return
		}
	}
	ss.open, ss.id, ss.monitor = true, s.id(), s.id()
	s.confirmOpen(ss, m)
	s.tellOpened(ss)
	if ss.services&serviceAllEvents != 0 {
		s.systemEvent(ss, sysPeripheralOnline, PeripheralID, peripheralType, "")
		for _, d := range s.signedIn() {
			s.stateEvent(ss, d, d.reason)
		}
	}
}

// bind finds the agent whose events a Client Events session gets.
func (s *Server) bind(ss *session, m *decode.Message) int64 {
	id, device := word(m, "AgentID"), word(m, "AgentInstrument")
	if device == "" {
		device = word(m, "AgentExtension")
	}
	if id == "" && device == "" {
		return statusDataMissing
	}
	a := s.opts.Site.agent(id, device)
	if a == nil {
		return statusBadAgent
	}
	if slices.ContainsFunc(s.sessions, func(o *session) bool {
		return o.open && o.agent == a && o.clientID != ss.clientID
	}) {
		return statusDeviceInUse
	}
	ss.agent = a
	return statusNone
}

func (s *Server) confirmOpen(ss *session, m *decode.Message) {
	state := stateUnknown
	values := []decode.Setting{
		invoke(m), num("ServicesGranted", ss.services), num("MonitorID", int64(ss.monitor)), num("PGStatus", 0),
		num("ICMCentralControllerTime", s.now()), num("PeripheralOnline", 1), num("PeripheralType", peripheralType),
		num("DepartmentID", 0), num("SessionType", sessionActive),
	}
	if a := ss.agent; a != nil {
		if state = s.desks[a].state; state != stateLogout {
			values = append(values, text("AgentExtension", a.Extension), text("AgentID", a.ID), text("AgentInstrument", a.Instrument))
		}
		values = append(values, num("NumPeripherals", 0))
	} else {
		values = append(values, num("NumPeripherals", 1), num("FltPeripheralID", PeripheralID), num("MultilineAgentControl", 0))
	}
	ss.send("OPEN_CONF", append(values, num("AgentState", state))...)
}

// tellOpened and tellClosed tell the sessions that watch clients.
func (s *Server) tellOpened(ss *session) {
	s.watchers(ss, func(o *session) {
		o.send("CLIENT_SESSION_OPENED_EVENT", append([]decode.Setting{
			num("SessionID", int64(ss.id)), num("PeripheralID", PeripheralID), num("ServicesGranted", ss.services),
			num("CallMsgMask", int64(ss.callMask)), num("AgentStateMask", int64(ss.stateMask)), num("ClientPort", int64(s.shown(ss).Port())),
		}, s.identity(ss)...)...)
	})
}

func (s *Server) tellClosed(ss *session, status int64) {
	s.watchers(ss, func(o *session) {
		o.send("CLIENT_SESSION_CLOSED_EVENT", append([]decode.Setting{
			num("SessionID", int64(ss.id)), num("PeripheralID", PeripheralID), num("Status", status), num("ClientPort", int64(s.shown(ss).Port())),
		}, s.identity(ss)...)...)
	})
}

func (s *Server) watchers(but *session, f func(*session)) {
	for _, o := range s.sessions {
		if o.open && o != but && o.services&serviceClientMonitor != 0 {
			f(o)
		}
	}
}

// identity names a session's client.
func (s *Server) identity(ss *session) []decode.Setting {
	v := []decode.Setting{
		text("ClientAddress", s.shown(ss).Addr().String()), text("ClientID", ss.clientID), text("ClientSignature", ss.signature),
	}
	if a := ss.agent; a != nil {
		v = append(v, text("AgentExtension", a.Extension), text("AgentID", a.ID), text("AgentInstrument", a.Instrument))
	}
	return v
}

// drop forgets a session whose connection ended. An agent whose desktop is gone
// is signed out.
func (s *Server) drop(ss *session) {
	s.sessions = slices.DeleteFunc(s.sessions, func(o *session) bool { return o == ss })
	if !ss.open {
		return
	}
	if ss.left {
		s.tellClosed(ss, ss.status)
	} else {
		s.tellClosed(ss, statusDisconnected)
	}
	if ss.agent == nil {
		return
	}
	if d := s.desks[ss.agent]; d.state != stateLogout && !s.closed {
		s.setState(d, stateLogout, reasonClientFailed)
	}
}

// systemEvent sends a SYSTEM_EVENT to one session.
func (s *Server) systemEvent(ss *session, event, arg1, arg2 int64, note string) {
	values := []decode.Setting{
		num("PGStatus", 0), num("ICMCentralControllerTime", s.now()), num("SystemEventID", event),
		num("SystemEventArg1", arg1), num("SystemEventArg2", arg2), num("EventDeviceType", deviceNone),
	}
	if note != "" {
		values = append(values, text("Text", note))
	}
	ss.send("SYSTEM_EVENT", values...)
}

// SystemEvent tells every session of an event of the system, such as the
// change of the half hour; note may be empty.
func (s *Server) SystemEvent(event, arg1, arg2 int64, note string) {
	s.do(func() {
		for _, ss := range s.sessions {
			if ss.open {
				s.systemEvent(ss, event, arg1, arg2, note)
			}
		}
	})
}
