package chronicle

import (
	"fmt"
	"sort"
)

// session is a session with all that was said in it.
type session struct {
	*Session
	messages []*Message
	requests []*request
}

// gatherSessions sorts the messages by session.
func (t *teller) gatherSessions() {
	for _, s := range t.Sessions {
		own := &session{Session: s}
		t.sessions[s.Number] = own
		t.order = append(t.order, own)
	}
	for _, m := range t.Messages {
		s := t.sessions[m.Session]
		s.messages = append(s.messages, m)
	}
}

// open is the first OPEN_REQ and what came of it, nil where there is none.
func (s *session) open() *request {
	for _, r := range s.requests {
		if r.is("OPEN_REQ") {
			return r
		}
	}
	return nil
}

// granted is the OPEN_CONF, nil where there is none.
func (s *session) granted() *Message {
	if r := s.open(); r != nil && r.answer != nil && !r.answer.isRefusal() {
		return r.answer
	}
	return nil
}

// has tells whether the server granted a service.
func (s *session) has(service uint32) bool {
	m := s.granted()
	return m != nil && m.number("ServicesGranted")&service != 0
}

// Services, bits of CTIServiceMask.
const (
	clientEvents      = 0x1
	allEvents         = 0x10
	peripheralMonitor = 0x20
	ignoreConf        = 0x200000
)

// silenced tells whether the server was asked to send no confirmations.
func (s *session) silenced() bool { return s.has(ignoreConf) }

// end is the first sign of the session's end, 0 while there is none.
func (s *session) end() int64 {
	if c := s.closed(); c != nil {
		return c.time
	}
	return 0
}

// sign is the first sign of a session's end.
type sign struct {
	time, frame int64
	by, how     string
	status      any
}

// closed finds the first sign of the end, nil where there is none.
func (s *session) closed() *sign {
	for _, m := range s.messages {
		if how := s.closing(m); how != "" {
			return &sign{m.Time, m.Frame, m.from(), how, m.value("Status")}
		}
	}
	if e := s.End; e != nil {
		by := "client"
		if e.FromServer {
			by = "server"
		}
		return &sign{e.Time, e.Frame, by, e.How, nil}
	}
	return nil
}

// closing tells how a message ends its session, "" where it does not.
func (s *session) closing(m *Message) string {
	open := s.open()
	switch {
	case m.is("CLOSE_REQ"):
		return "close"
	case m.is("FAILURE_CONF") && open != nil && open.answer == m:
		return "refused"
	case m.Type == 281, m.is("FAILURE_EVENT") && m.number("Status") == 110:
		return "maintenance"
	case m.is("FAILURE_EVENT") && s.End != nil && s.End.Time-m.Time <= 10*second:
		return "failure_event"
	}
	return ""
}

// sessionLines are the lines of the sessions that said something.
func (t *teller) sessionLines() []Object {
	var lines []Object
	for _, s := range t.order {
		if len(s.messages) > 0 {
			lines = append(lines, t.sessionLine(s))
		}
	}
	return lines
}

func (t *teller) sessionLine(s *session) Object {
	u := unknowns{}
	first, last := s.messages[0], s.messages[len(s.messages)-1]
	line := Object{
		"v": 1, "kind": "session", "session": s.Number, "client": s.Client.String(), "server": s.Server.String(),
		"version": s.Version, "version_source": "open", "side": side(s.Server.Port()),
		"time": moment(s.SYN), "frame": s.SYNFrame, "connected": moment(s.SYN),
		"first": moment(first.Time), "last": moment(last.Time),
		"holes": Object{"count": 0, "bytes": 0}, "requests": t.outcomes(s.requests),
	}
	t.tellOpen(line, u, s)
	s.tellEnd(line, u)
	s.countMessages(line)
	line["heartbeat"] = t.heartbeat(u, s)
	line["monitors"] = t.monitors(u, s)
	line["unknown"] = u.list()
	return line
}

// side is the side of a server port: "A", "B" or null.
func side(port uint16) any {
	for instance := range uint16(25) {
		switch port - 40*instance {
		case 42027, 42030:
			return "A"
		case 43027, 43030:
			return "B"
		}
	}
	return nil
}

// tellOpen fills in what OPEN_REQ and its answer say.
func (t *teller) tellOpen(line Object, u unknowns, s *session) {
	open := s.open()
	outcome, _ := t.outcome(open)
	opened := Object{"time": moment(open.Time), "frame": open.Frame, "outcome": outcome, "answer_ms": nil, "status": nil}
	switch outcome {
	case "answered":
		opened["outcome"] = "granted"
	case "refused":
		opened["status"] = open.answer.value("Status")
	case "unknown":
		u.add("opened.answer_ms", "opened.status", "services_granted")
		if s.Version >= 24 {
			u.add("session_type")
		}
	}
	if open.answer != nil {
		opened["answer_ms"] = millis(open.answer.Time - open.Time)
	}
	line["opened"] = opened
	line["client_id"], line["signature"] = orNull(open.text("ClientID")), orNull(open.text("ClientSignature"))
	line["peripheral"], line["idle_timeout_s"] = open.numberOrNull("PeripheralID"), open.numberOrNull("IdleTimeout")
	line["call_mask"], line["agent_mask"] = open.value("CallMsgMask"), open.value("AgentStateMask")
	line["services_asked"] = open.value("ServicesRequested")
	line["agent"], line["services_granted"], line["session_type"] = s.agentObject(), nil, nil
	if line["agent"] == nil && outcome == "unknown" {
		u.add("agent")
	}
	if conf := s.granted(); conf != nil {
		line["services_granted"] = conf.value("ServicesGranted")
		line["session_type"] = conf.value("SessionType")
	}
}

// agentText is what OPEN_REQ, else OPEN_CONF says of the agent.
func (s *session) agentText(field string) string {
	if v := s.open().text(field); v != "" {
		return v
	}
	if conf := s.granted(); conf != nil {
		return conf.text(field)
	}
	return ""
}

func (s *session) agentObject() any {
	id, extension, instrument := s.agentText("AgentID"), s.agentText("AgentExtension"), s.agentText("AgentInstrument")
	if id+extension+instrument == "" {
		return nil
	}
	return Object{"id": orNull(id), "extension": orNull(extension), "instrument": orNull(instrument)}
}

// standby tells whether the session was opened with a server that stands by.
func (s *session) standby() bool {
	conf := s.granted()
	return conf != nil && conf.number("SessionType") == 2
}

// activated is when a server that stood by became active, 0 for never.
func (s *session) activated() int64 {
	for _, m := range s.messages {
		if m.Type == 277 {
			return m.Time
		}
	}
	return 0
}

// tellEnd fills in how the session went on and ended.
func (s *session) tellEnd(line Object, u unknowns) {
	line["closed"], line["activated"] = nil, momentOrNull(s.activated())
	c := s.closed()
	if c == nil {
		u.add("closed")
		if s.standby() && s.activated() == 0 {
			u.add("activated")
		}
		return
	}
	line["closed"] = Object{"time": moment(c.time), "frame": c.frame, "by": c.by, "how": c.how, "status": c.status}
}

func (s *session) countMessages(line Object) {
	messages, bytes := Object{"client": 0, "server": 0}, Object{"client": 0, "server": 0}
	failures := 0
	for _, m := range s.messages {
		messages[m.from()] = messages[m.from()].(int) + 1
		bytes[m.from()] = bytes[m.from()].(int) + len(m.Message.Frame)
		if m.is("FAILURE_CONF", "CONTROL_FAILURE_CONF", "FAILURE_EVENT") {
			failures++
		}
	}
	line["messages"], line["bytes"], line["failures"] = messages, bytes, failures
}

// heartbeat tells how the client kept the session alive.
func (t *teller) heartbeat(u unknowns, s *session) Object {
	count, unanswered, refused := 0, 0, 0
	var worst any
	for _, r := range s.requests {
		if !r.is("HEARTBEAT_REQ") {
			continue
		}
		count++
		switch outcome, _ := t.outcome(r); outcome {
		case "unanswered":
			unanswered++
		case "refused":
			refused++
		case "unknown":
			u.add("heartbeat.worst_answer_ms")
		}
		if r.answer != nil {
			ms := millis(r.answer.Time - r.Time)
			if w, ok := worst.(float64); !ok || ms > w {
				worst = ms
			}
		}
	}
	if u["heartbeat.worst_answer_ms"] {
		worst = nil
	}
	return Object{
		"count": count, "unanswered": unanswered, "refused": refused,
		"interval_s": s.interval(), "worst_gap_s": s.worstGap(u), "worst_answer_ms": worst,
	}
}

// interval is the lower median of the last 101 times between heartbeats with
// nothing else between.
func (s *session) interval() any {
	var times []int64
	var before *Message
	for _, m := range s.messages {
		if m.FromServer {
			continue
		}
		if m.is("HEARTBEAT_REQ") && before != nil && before.is("HEARTBEAT_REQ") {
			times = append(times, m.Time-before.Time)
		}
		before = m
	}
	if len(times) == 0 {
		return nil
	}
	times = times[max(len(times)-101, 0):]
	sort.Slice(times, func(i, j int) bool { return times[i] < times[j] })
	return seconds(times[(len(times)-1)/2])
}

// worstGap is the longest time without a message of the client.
func (s *session) worstGap(u unknowns) any {
	var last, worst int64
	for _, m := range s.messages {
		if !m.FromServer {
			if last != 0 {
				worst = max(worst, m.Time-last)
			}
			last = m.Time
		}
	}
	if last == 0 {
		return nil
	}
	if s.end() == 0 {
		u.add("heartbeat.worst_gap_s")
		return nil
	}
	return seconds(max(worst, s.end()-last))
}

// monitorKinds are the requests that begin monitors, with those that end them.
var monitorKinds = map[string][2]string{
	"MONITOR_START_REQ":            {"", "MONITOR_STOP_REQ"},
	"SESSION_MONITOR_START_REQ":    {"session", "SESSION_MONITOR_STOP_REQ"},
	"MONITOR_AGENT_TEAM_START_REQ": {"team", "MONITOR_AGENT_TEAM_STOP_REQ"},
}

// monitors tells of the session's monitors, in the order of their beginnings.
func (t *teller) monitors(u unknowns, s *session) []any {
	list := []any{}
	if conf := s.granted(); conf != nil && conf.number("MonitorID") != 0 {
		list = append(list, t.monitor(s, u, len(list), conf, nil, "open", "MONITOR_STOP_REQ"))
	}
	for _, m := range s.messages {
		r := t.answered[m]
		if r == nil || r.answer != m || m.isRefusal() {
			continue
		}
		kind, ok := monitorKinds[r.Def.Name]
		if !ok {
			continue
		}
		if kind[0] == "" {
			kind[0] = "device"
			if r.text("MonitoredDeviceID") == "" {
				kind[0] = "call"
			}
		}
		list = append(list, t.monitor(s, u, len(list), m, r, kind[0], kind[1]))
	}
	return list
}

// monitor is one monitor, from its confirmation to its end.
func (t *teller) monitor(s *session, u unknowns, i int, conf *Message, r *request, kind, stop string) Object {
	id := conf.number("MonitorID")
	o := Object{"monitor": int64(id), "kind": kind, "device": nil, "call": nil, "from": moment(conf.Time), "to": nil}
	switch kind {
	case "device":
		o["device"] = orNull(r.text("MonitoredDeviceID"))
	case "call":
		o["call"] = r.numberOrNull("ConnectionCallID")
	}
	for _, r := range s.requests {
		if r.is(stop) && r.number("MonitorID") == id && r.answer != nil && !r.answer.isRefusal() && r.answer.Time > conf.Time {
			o["to"] = moment(r.answer.Time)
			return o
		}
	}
	end := s.end()
	if kind == "call" {
		if c := t.active[r.Message]; c != nil && t.end(c) != 0 && (end == 0 || t.end(c) < end) {
			end = t.end(c)
		}
	}
	if o["to"] = momentOrNull(end); o["to"] == nil {
		u.add(fmt.Sprintf("monitors[%d].to", i))
	}
	return o
}
