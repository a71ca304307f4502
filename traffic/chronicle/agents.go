package chronicle

import (
	"sort"
	"strconv"

	"ctiscope/decode"
	"ctiscope/decode/schema"
)

// timeline is what one agent did in one kind of media.
type timeline struct {
	peripheral            uint32
	agent                 string
	mrd                   any
	icm                   any
	extension, instrument string
	groups                []Object
	sessions              map[int]bool
	entries               []*entry
	position              map[int]int // by session: how many entries it has told, or passed
}

// entry is one state of a time line.
type entry struct {
	first  *Message
	since  int64
	state  uint32
	value  any
	reason uint32
	why    any
	next   any
	groups []Object
}

// agentEvent takes in a message that tells an agent's state.
func (t *teller) agentEvent(m *Message) {
	switch {
	case m.is("AGENT_STATE_EVENT"):
		if l := t.timeline(m, m.number("PeripheralID"), m.text("AgentID"), mrdOf(m)); l != nil {
			l.take(m)
		}
	case m.is("QUERY_AGENT_STATE_CONF") && t.answered[m] != nil:
		t.begin(m, t.answered[m].number("PeripheralID"), m.text("AgentID"), mrdOf(m))
	case m.is("OPEN_CONF"):
		s := t.sessions[m.Session]
		if agent := s.agentText("AgentID"); s.granted() == m && s.has(clientEvents) && agent != "" {
			t.begin(m, s.open().number("PeripheralID"), agent, s.voice())
		}
	}
}

// mrdOf is the kind of media that a message tells of, nil where its version does
// not say.
func mrdOf(m *Message) any {
	if f := m.Find("MRDID"); f != nil {
		return m.Int(f)
	}
	return nil
}

// voice is the kind of media of OPEN_CONF's state.
func (s *session) voice() any {
	if s.Version < 9 {
		return nil
	}
	return int64(1)
}

// timeline finds the time line of an agent, and makes it where there is none.
func (t *teller) timeline(m *Message, peripheral uint32, agent string, mrd any) *timeline {
	if agent == "" {
		agent = t.nameless(m, peripheral)
	}
	if agent == "" {
		return nil
	}
	l := t.known(peripheral, agent, mrd)
	if l == nil {
		l = &timeline{peripheral: peripheral, agent: agent, mrd: mrd, sessions: map[int]bool{}, position: map[int]int{}}
		t.timelines = append(t.timelines, l)
	}
	return l
}

func (t *teller) known(peripheral uint32, agent string, mrd any) *timeline {
	for _, l := range t.timelines {
		if l.peripheral == peripheral && l.agent == agent && l.mrd == mrd {
			return l
		}
	}
	return nil
}

// nameless finds the agent of a message without AgentID: its ICMAgentID, else
// the agent whose extension or instrument it names.
func (t *teller) nameless(m *Message, peripheral uint32) string {
	if f := m.Find("ICMAgentID"); f != nil && m.Int(f) > 0 {
		return strconv.FormatInt(m.Int(f), 10)
	}
	for i := len(t.timelines) - 1; i >= 0; i-- {
		l := t.timelines[i]
		ext, ins := m.text("AgentExtension"), m.text("AgentInstrument")
		if l.peripheral == peripheral && (ext != "" && l.extension == ext || ins != "" && l.instrument == ins) {
			return l.agent
		}
	}
	return ""
}

// begin begins a time line that has no entry yet.
func (t *teller) begin(m *Message, peripheral uint32, agent string, mrd any) {
	if l := t.timeline(m, peripheral, agent, mrd); l != nil {
		if len(l.entries) == 0 {
			l.add(m, 0)
		}
		l.note(m)
	}
}

// take gives an event to its entry, or makes one.
func (l *timeline) take(m *Message) {
	state, reason := m.number("AgentState"), m.number("EventReasonCode")
	s := m.Session
	fits := func(e *entry) bool { return e.state == state && e.reason == reason }
	at := -1
	for i := l.position[s]; i < len(l.entries) && at < 0; i++ {
		if fits(l.entries[i]) && m.Time-l.entries[i].first.Time <= 60*second {
			at = i
		}
	}
	switch last := len(l.entries) - 1; {
	case at >= 0:
	case l.position[s] > 0 && fits(l.entries[l.position[s]-1]):
		at = l.position[s] - 1
	case last >= 0 && fits(l.entries[last]):
		at = last
	default:
		l.add(m, reason)
		at = last + 1
	}
	l.position[s] = at + 1
	l.note(m)
	l.entries[at].takeGroups(m)
}

// add makes an entry of what a message tells.
func (l *timeline) add(m *Message, reason uint32) {
	e := &entry{first: m, since: m.Time, state: m.number("AgentState"), value: m.value("AgentState"), reason: reason, next: m.value("NextAgentState")}
	if d := m.number("StateDuration"); d != none {
		e.since -= int64(d) * second
	}
	if reason != 0 {
		r, _ := schema.EventReason(reason, m.platform())
		e.why = Object{"value": int64(reason), "text": orNull(r.Text)}
	}
	l.entries = append(l.entries, e)
}

// note notes what the message tells of the agent beside the state.
func (l *timeline) note(m *Message) {
	l.sessions[m.Session] = true
	if f := m.Find("ICMAgentID"); f != nil && m.Int(f) >= 0 {
		l.icm = m.Int(f)
	}
	if s := m.text("AgentExtension"); s != "" {
		l.extension = s
	}
	if s := m.text("AgentInstrument"); s != "" {
		l.instrument = s
	}
	m.eachGroup(func(number, id, _ any) { l.groups = appendNew(l.groups, Object{"number": number, "id": id}) })
}

func (e *entry) takeGroups(m *Message) {
	m.eachGroup(func(number, id, state any) {
		e.groups = appendNew(e.groups, Object{"number": number, "id": id, "state": state})
	})
}

func appendNew(list []Object, o Object) []Object {
	for _, old := range list {
		if text(old) == text(o) {
			return list
		}
	}
	return append(list, o)
}

// eachGroup goes through the skill groups of a message: the fixed fields where
// no list is there.
func (m *Message) eachGroup(visit func(number, id, state any)) {
	first, names := "FltSkillGroupNumber", []string{"FltSkillGroupID", "FltSkillGroupState"}
	if m.is("QUERY_AGENT_STATE_CONF") {
		first, names = "SkillGroupNumber", []string{"SkillGroupID", "SkillGroupState"}
	}
	rows := m.rows(first, names...)
	if len(rows) == 0 && m.is("AGENT_STATE_EVENT") {
		rows = []map[string]*decode.Field{{first: m.Find("SkillGroupNumber"), names[0]: m.Find("SkillGroupID"), names[1]: m.Find("SkillGroupState")}}
	}
	for _, row := range rows {
		if n := m.Uint(row[first]); n != none {
			visit(int64(n), m.idOrNull(row[names[0]]), m.valueOf(row[names[1]]))
		}
	}
}

func (m *Message) idOrNull(f *decode.Field) any {
	if f == nil || m.Uint(f) == none {
		return nil
	}
	return int64(m.Uint(f))
}

// forcedReasons are the reasons of sign-outs and pauses that the agent did not
// ask for, by product.
var forcedReasons = map[bool][]uint32{
	false: {255, 20001, 50003, 50010, 50030, 50040, 50042, 50041, 65533, 65534, 50001, 50002, 32767, 999, 50004, 50020},
	true:  {22, 33, 255, 32763, 32759, 32765, 32750},
}

func (e *entry) forced() bool {
	if e.state != stateNotReady && e.state != stateLogout {
		return false
	}
	for _, r := range forcedReasons[e.first.platform() == schema.PlatformCCX] {
		if r == e.reason {
			return true
		}
	}
	return false
}

// agentLines are the lines of the agents, and those of their states.
func (t *teller) agentLines() (agents, states []Object) {
	sort.SliceStable(t.timelines, func(i, j int) bool {
		return t.timelines[i].entries[0].first.Time < t.timelines[j].entries[0].first.Time
	})
	for _, l := range t.timelines {
		agents = append(agents, t.agentLine(l))
		for i := range l.entries {
			states = append(states, t.stateLine(l, i))
		}
	}
	return agents, states
}

func (t *teller) agentLine(l *timeline) Object {
	first := l.entries[0].first
	ins, outs, forced := l.signs()
	return Object{
		"v": 1, "kind": "agent", "time": moment(first.Time), "frame": first.Frame, "session": first.Session,
		"agent": l.agent, "peripheral": l.peripheral, "mrd": l.mrd, "icm_agent": l.icm, "extension": orNull(l.extension), "instrument": orNull(l.instrument),
		"skill_groups": listOf(l.groups), "teams": t.teamsOf(l), "sessions": sorted(l.sessions), "state": l.entries[len(l.entries)-1].value,
		"sign_ins": ins, "sign_outs": outs, "forced_sign_outs": forced, "states": l.states(), "unknown": []any{},
	}
}

func sorted(set map[int]bool) []int {
	list := []int{}
	for n := range set {
		list = append(list, n)
	}
	sort.Ints(list)
	return list
}

// teamsOf are the teams that were told to have the agent.
func (t *teller) teamsOf(l *timeline) []int {
	teams := map[int]bool{}
	for _, m := range t.Messages {
		if !m.is("AGENT_TEAM_CONFIG_EVENT") || m.number("PeripheralID") != l.peripheral {
			continue
		}
		for _, row := range m.rows("AtcAgentID") {
			if string(m.Text(row["AtcAgentID"])) == l.agent {
				teams[int(m.number("TeamID"))] = true
			}
		}
	}
	return sorted(teams)
}

// signs counts sign-ins, sign-outs, and those that were forced.
func (l *timeline) signs() (ins, outs, forced int) {
	for i, e := range l.entries {
		after := i > 0 && l.entries[i-1].state == stateLogout
		switch {
		case e.state == stateLogin, after && e.state != stateLogout && e.state != stateUnknown:
			ins++
		case e.state == stateLogout && i > 0:
			outs++
			if e.forced() {
				forced++
			}
		}
	}
	return ins, outs, forced
}

// states adds up the entries by state.
func (l *timeline) states() []any {
	count, sum, values := map[uint32]int{}, map[uint32]float64{}, map[uint32]any{}
	var numbers []int
	for i, e := range l.entries {
		if count[e.state]++; count[e.state] == 1 {
			numbers, values[e.state] = append(numbers, int(e.state)), e.value
		}
		if i+1 < len(l.entries) {
			sum[e.state] += seconds(l.entries[i+1].first.Time - e.since)
		}
	}
	sort.Ints(numbers)
	list := []any{}
	for _, n := range numbers {
		state := uint32(n)
		list = append(list, Object{"state": values[state], "count": count[state], "seconds": sum[state]})
	}
	return list
}

func (t *teller) stateLine(l *timeline, i int) Object {
	e := l.entries[i]
	u := unknowns{}
	line := Object{
		"v": 1, "kind": "agent_state", "agent": l.agent, "peripheral": l.peripheral, "mrd": l.mrd,
		"time": moment(e.first.Time), "frame": e.first.Frame, "session": e.first.Session, "since": moment(e.since), "state": e.value,
		"reason": e.why, "next": e.next, "skill_groups": listOf(e.groups), "until": nil, "seconds": nil, "forced": e.forced(), "asked": t.asker(l, i),
	}
	if i+1 < len(l.entries) {
		until := l.entries[i+1].first.Time
		line["until"], line["seconds"] = moment(until), seconds(until-e.since)
	} else {
		u.add("until", "seconds")
	}
	line["unknown"] = u.list()
	return line
}

// pending tells whether a change of state that is asked for in this one waits
// for its end.
func (e *entry) pending() bool {
	switch e.state {
	case stateReserved, stateTalking, stateHold, stateWorkNotReady, stateWorkReady:
		return true
	}
	return false
}

// asker is where the state was asked for.
func (t *teller) asker(l *timeline, i int) any {
	if l.mrd != nil && l.mrd != int64(1) {
		return nil
	}
	e, from := l.entries[i], l.entries[i].first.Time-10*second
	if i > 0 && l.entries[i-1].pending() {
		from = min(from, l.entries[i-1].first.Time)
	}
	var place1 any
	for _, r := range t.requests {
		if r.orphan || !r.is("SET_AGENT_STATE_REQ") || r.Time < from || r.Time > e.first.Time || r.answer != nil && r.answer.isRefusal() {
			continue
		}
		if r.number("AgentState") == e.state && r.number("PeripheralID") == l.peripheral && t.askedFor(r, l) {
			place1 = place(r.Message)
		}
	}
	return place1
}

// askedFor tells whether a request is for an agent: the one it names, else that
// of its session, else that of the instrument.
func (t *teller) askedFor(r *request, l *timeline) bool {
	if id := r.text("AgentID"); id != "" {
		return id == l.agent
	}
	if id := r.session.agentText("AgentID"); id != "" {
		return id == l.agent
	}
	return r.text("AgentInstrument") != "" && r.text("AgentInstrument") == l.instrument
}
