package story

import (
	"ctiscope/decode"
	"ctiscope/decode/schema"
	"ctiscope/reassembly"
	"ctiscope/session"
)

// told is what a message tells of an agent's state: the fact that a stage gives of
// it.
type told struct {
	Place
	// Event tells AGENT_STATE_EVENT from what only begins a time line.
	Event                 bool
	Line                  Line
	ICM                   Number
	Extension, Instrument Text
	State, Reason, Next   Coded
	Forced                bool
	Duration              Number // seconds
	Groups                []SkillGroup
}

func (t *told) code(c *coder) {
	c.place(&t.Place)
	c.bool(&t.Event)
	t.Line.code(c)
	c.number(&t.ICM)
	c.text(&t.Extension)
	c.text(&t.Instrument)
	c.coded(&t.State)
	c.coded(&t.Reason)
	c.coded(&t.Next)
	c.bool(&t.Forced)
	c.number(&t.Duration)
	c.groups(&t.Groups)
}

// ask is a request for a state: the fact of it. Refused is given once it is.
type ask struct {
	Place
	ID         int64 // RequestID
	Peripheral Number
	State      int64
	Agent      Text // of the request, else of the session
	Instrument Text
	Refused    bool
}

func (a *ask) code(c *coder) {
	c.place(&a.Place)
	c.int(&a.ID)
	c.number(&a.Peripheral)
	c.int(&a.State)
	c.text(&a.Agent)
	c.text(&a.Instrument)
	c.bool(&a.Refused)
}

// team is what AGENT_TEAM_CONFIG_EVENT tells of one agent.
type team struct {
	Peripheral Number
	Team       int64
	Agent      string
}

func (t *team) code(c *coder) {
	c.number(&t.Peripheral)
	c.int(&t.Team)
	c.string(&t.Agent)
}

// loss is a hole of what the server of a session sent.
type loss struct {
	Session  int64
	From, To int64
}

func (l *loss) code(c *coder) {
	c.int(&l.Session)
	c.int(&l.From)
	c.int(&l.To)
}

// agentMessage gives what a message tells of agents.
func (s *stage) agentMessage(t *track, r *session.Record, what role) {
	m := r.Message
	switch what {
	case agentStateEvent:
		s.tell(t, r, numberOf(m, "PeripheralID"), textOf(m, "AgentID"), numberOf(m, "MRDID"))
	case openConf:
		granted := numberOf(m, "ServicesGranted")
		if t.Agent.ID.Set && granted.N&clientEvents != 0 && r.Request.Type != 0 {
			mrd := Number{}
			if m.Version >= firstMRD {
				mrd = number(1)
			}
			s.tell(t, r, t.Peripheral, t.Agent.ID, mrd)
		}
	case setAgentStateReq:
		s.askState(t, r)
	case teamConfigEvent:
		s.teams(r)
	}
}

// clientEvents is CTI_SERVICE_CLIENT_EVENTS; firstMRD the first version whose
// messages tell kinds of media apart.
const (
	clientEvents = 1
	firstMRD     = 9
)

func (s *stage) begin(kind byte) { s.coder.b = append(s.out.Begin(), kind) }
func (s *stage) give()           { s.out.End(s.coder.b) }

// tell gives a state of an agent.
func (s *stage) tell(t *track, r *session.Record, peripheral Number, agent Text, mrd Number) {
	m := r.Message
	f := find(m, "AgentState")
	if f == nil {
		return
	}
	d := &s.state
	*d = told{Place: placeOf(r.Mark, t.ID), Groups: d.Groups[:0]}
	d.Event = m.Def.Name == "AGENT_STATE_EVENT"
	d.Line = Line{agent.String, peripheral, mrd}
	if n := numberOf(m, "ICMAgentID"); n.Set && n.N >= 0 {
		d.ICM = n
	}
	d.Extension, d.Instrument = textOf(m, "AgentExtension"), textOf(m, "AgentInstrument")
	d.State = codedOf(m, f)
	if d.Event {
		d.reason(m)
	}
	if n := find(m, "NextAgentState"); n != nil {
		d.Next = codedOf(m, n)
	}
	d.Duration = knownNumber(m, "StateDuration")
	d.Groups = groupsOf(d.Groups, m)
	s.begin(agentFact)
	d.code(&s.coder)
	s.give()
}

// reason takes why the agent has a state.
func (d *told) reason(m *decode.Message) {
	n := numberOf(m, "EventReasonCode")
	if !n.Set || n.N == 0 {
		return
	}
	platform := schema.AnyPlatform
	if f := find(m, "PeripheralType"); f != nil {
		platform = schema.PlatformOf(m.Uint(f))
	}
	text, _ := schema.EventReason(uint32(n.N), platform)
	d.Reason = Coded{true, n.N, text.Text}
	d.Forced = isForced(d.State.Value, n.N, platform)
}

// groupsOf appends the skill groups of a message: those of its list, else of its
// fixed part.
func groupsOf(dst []SkillGroup, m *decode.Message) []SkillGroup {
	for i := m.NumFixed; i < len(m.Fields); i++ {
		f := &m.Fields[i]
		if f.Def == nil || f.Odd {
			continue
		}
		last := len(dst) - 1
		switch name := f.Def.Name; {
		case name == "FltSkillGroupNumber" || name == "SkillGroupNumber":
			dst = append(dst, SkillGroup{Number: int64(m.Uint(f))})
		case last < 0:
		case name == "FltSkillGroupID" || name == "SkillGroupID":
			if u := m.Uint(f); u != schema.None32 {
				dst[last].ID = number(int64(u))
			}
		case name == "FltSkillGroupState" || name == "SkillGroupState":
			dst[last].State = codedOf(m, f)
		}
	}
	if len(dst) == 0 {
		if n := numberOf(m, "SkillGroupNumber"); n.Set {
			g := SkillGroup{Number: n.N, ID: knownNumber(m, "SkillGroupID")}
			g.State = codedOf(m, find(m, "SkillGroupState"))
			dst = append(dst, g)
		}
	}
	kept := dst[:0]
	for _, g := range dst {
		if g.Number != schema.None32 {
			kept = append(kept, g)
		}
	}
	return kept
}

// askState gives a request for a state.
func (s *stage) askState(t *track, r *session.Record) {
	m := r.Message
	state := numberOf(m, "AgentState")
	if !state.Set || r.RequestID == 0 {
		return
	}
	a := ask{Place: placeOf(r.Mark, t.ID), ID: r.RequestID, Peripheral: numberOf(m, "PeripheralID"), State: state.N}
	a.Agent, a.Instrument = textOf(m, "AgentID"), textOf(m, "AgentInstrument")
	if !a.Agent.Set {
		a.Agent = t.Agent.ID
	}
	if len(t.asks) == maxStops {
		t.asks = t.asks[1:]
	}
	t.asks = append(t.asks, a)
	s.giveAsk(&a)
}

func (s *stage) giveAsk(a *ask) {
	s.begin(askFact)
	a.code(&s.coder)
	s.give()
}

// agentAnswer gives what an answer tells of an agent.
func (s *stage) agentAnswer(t *track, l *life, r *session.Record) {
	switch {
	case l.what == setAgentStateReq:
		for i := range t.asks {
			if a := t.asks[i]; a.ID == l.id {
				t.asks = append(t.asks[:i], t.asks[i+1:]...)
				if a.Refused = l.Outcome == Refused; a.Refused {
					s.giveAsk(&a)
				}
				break
			}
		}
	case l.what == queryAgentStateReq && l.Outcome == Answered:
		s.tell(t, r, l.peripheral, textOf(r.Message, "AgentID"), numberOf(r.Message, "MRDID"))
	}
}

// teams gives the members of a team.
func (s *stage) teams(r *session.Record) {
	m := r.Message
	id := knownNumber(m, "TeamID")
	for i := m.NumFixed; id.Set && i < len(m.Fields); i++ {
		if f := &m.Fields[i]; f.Def != nil && !f.Odd && f.Def.Name == "AtcAgentID" && len(m.Text(f)) > 0 {
			one := team{numberOf(m, "PeripheralID"), id.N, string(m.Text(f))}
			s.begin(teamFact)
			one.code(&s.coder)
			s.give()
		}
	}
}

// giveLoss gives a hole of the server's direction.
func (s *stage) giveLoss(t *track, r *session.Record) {
	if r.Dir > reassembly.BtoA || r.From == schema.Client {
		return
	}
	l := loss{t.ID, r.Mark.Time, r.Mark.Time}
	if d := &t.dirs[r.Dir]; d.last.timed() {
		l.From = d.last.Time
	}
	s.begin(lossFact)
	l.code(&s.coder)
	s.give()
}
