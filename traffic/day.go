package traffic

import (
	"errors"
	"fmt"
	"time"

	"ctiscope/decode"
)

// day is a short day at a site, on record in a Lab.
type day struct {
	*Lab
	desks      []*Desk
	supervisor *Desk
	all, tape  *Client
}

// Day plays a short day at the lab's site: clients that follow everything, a
// supervisor and three agents sign in, take calls with all that can happen to
// them, write to each other, are refused now and then, and leave. A site of at
// least five agents is needed.
func (l *Lab) Day() error {
	d := &day{Lab: l}
	steps := []struct {
		name string
		do   func() error
	}{
		{"begin", d.begin},
		{"sign in", d.signIn},
		{"inbound call", d.inbound},
		{"call not answered", d.notAnswered},
		{"transfer", d.transfer},
		{"messages", d.messages},
		{"conference", d.conference},
		{"outbound call", d.outbound},
		{"queries", d.queries},
		{"refusals", d.refusals},
		{"abandoned call", d.abandoned},
		{"supervised call", d.supervised},
		{"lost client", d.lostClient},
		{"end", d.end},
	}
	for _, s := range steps {
		if err := s.do(); err != nil {
			return fmt.Errorf("%s: %w", s.name, err)
		}
		if err := l.Wait(time.Duration(2+l.rng.IntN(20)) * time.Second); err != nil {
			return fmt.Errorf("after %s: %w", s.name, err)
		}
	}
	return nil
}

// first returns the first error.
func first(errs ...error) error {
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
}

// try calls the steps one after the other until one fails.
func try(steps ...func() error) error {
	for _, s := range steps {
		if err := s(); err != nil {
			return err
		}
	}
	return nil
}

// later waits so many seconds at most, at least one.
func (d *day) later(seconds int) func() error {
	return func() error { return d.Wait(time.Second + time.Duration(d.rng.IntN(seconds*1000))*time.Millisecond) }
}

// begin connects the clients that follow everything.
func (d *day) begin() error {
	var err error
	if d.all, err = d.Connect(ClientOptions{ClientID: "webdesk-1", Signature: "web desktops A", Password: "web#desk", Services: AllServices}); err != nil {
		return err
	}
	if err := d.later(3)(); err != nil {
		return err
	}
	d.tape, err = d.Connect(ClientOptions{ClientID: "recorder-1", Services: ListenServices})
	if err != nil {
		return err
	}
	_, err = d.tape.ask("REGISTER_VARIABLES_REQ", num("CallVariableMask", 0x3ff), num("NumNamedVariables", 1), named("user.customer.account", ""))
	if errors.Is(err, ErrVersion) {
		return nil // the request came with version 6
	}
	return err
}

// signIn opens the desktops of the first team.
func (d *day) signIn() error {
	team := d.Site.Teams[0]
	open := func(a *Agent, services int64) (*Desk, error) {
		c, err := d.Connect(ClientOptions{ClientID: a.Login(), Password: a.Password, Services: services, Agent: a})
		if err != nil {
			return nil, err
		}
		desk := &Desk{Client: c, Agent: a}
		return desk, try(d.later(3), func() error { return desk.Login(a.Password) }, d.later(5))
	}
	var err error
	if d.supervisor, err = open(team.Supervisor, SupervisorServices); err != nil {
		return err
	}
	if err := d.watchTeam(); err != nil {
		return err
	}
	for _, a := range team.Members[:3] {
		desk, err := open(a, AgentServices)
		if err != nil {
			return err
		}
		if err := desk.Ready(); err != nil {
			return err
		}
		d.desks = append(d.desks, desk)
	}
	return nil
}

// watchTeam makes the supervisor follow the team, which came with version 8.
func (d *day) watchTeam() error {
	if d.opts.Version < 8 {
		return nil
	}
	list, err := d.supervisor.ask("LIST_AGENT_TEAM_REQ", num("SupervisorID", d.supervisor.Agent.ICMID))
	if err != nil {
		return err
	}
	for i := range list.Message.Fields {
		if f := &list.Message.Fields[i]; f.Name() == "TeamID" {
			_, err := d.supervisor.ask("MONITOR_AGENT_TEAM_START_REQ", num("TeamID", int64(list.Message.Uint(f))))
			return err
		}
	}
	return errors.New("the supervisor has no team")
}

// bring lets a call arrive, wait and ring at a desk.
func (d *day) bring(to *Desk) (*Call, error) {
	c := d.Server.Arrive(NewCaller(d.rng), d.Site.Services[d.rng.IntN(len(d.Site.Services))])
	d.Settle()
	if err := d.later(20)(); err != nil {
		return nil, err
	}
	if !d.Server.Offer(c, to.Agent) {
		return nil, fmt.Errorf("agent %s is not available", to.Agent.ID)
	}
	d.Settle()
	return c, d.later(4)()
}

// inbound is a call that one agent answers, holds, retrieves and ends.
func (d *day) inbound() error {
	k := d.desks[0]
	if _, err := d.bring(k); err != nil {
		return err
	}
	return try(k.Answer, d.later(40), func() error { return d.note(k, "address change") }, d.later(20),
		k.Hold, d.later(15), k.Retrieve, d.later(30), k.HangUp, d.later(12), k.Ready)
}

// note sets call data, with a named variable where the version has them.
func (d *day) note(k *Desk, words string) error {
	return k.SetData(words, "user.case.id", fmt.Sprintf("CS-%06d", d.rng.IntN(1_000_000)))
}

// notAnswered is a call that goes from one agent to another.
func (d *day) notAnswered() error {
	k, next := d.desks[1], d.desks[2]
	c, err := d.bring(k)
	if err != nil {
		return err
	}
	d.Server.NoAnswer(c)
	d.Settle()
	if err := try(d.later(3), func() error {
		if !d.Server.Offer(c, next.Agent) {
			return errors.New("the next agent is not available")
		}
		d.Settle()
		return nil
	}, d.later(2), next.Answer, d.later(60), next.HangUp, d.later(5), next.Ready); err != nil {
		return err
	}
	return k.Ready()
}

// consult is a call with a consultation of another desk, which answers.
func (d *day) consult(k, other *Desk) error {
	if _, err := d.bring(k); err != nil {
		return err
	}
	return try(k.Answer, d.later(40), func() error { return k.Consult(other.Agent.Extension) }, d.later(3), other.Answer, d.later(20))
}

func (d *day) transfer() error {
	k, other := d.desks[0], d.desks[1]
	if err := d.consult(k, other); err != nil {
		return err
	}
	return try(k.Transfer, d.later(3), k.Ready, d.later(60), func() error { return d.note(other, "transferred") },
		other.HangUp, d.later(5), other.Ready)
}

func (d *day) conference() error {
	k, other := d.desks[1], d.desks[2]
	if err := d.consult(k, other); err != nil {
		return err
	}
	return try(k.Conference, d.later(50), other.HangUp, d.later(3), other.Ready, d.later(30), k.HangUp, d.later(8), k.Ready)
}

// messages are words between clients: to one, the supervisor, the team and all.
func (d *day) messages() error {
	if d.opts.Version < 6 {
		return nil // they came with version 6
	}
	k := d.desks[2]
	return try(
		func() error { return k.Say(toSupervisor, "", "Customer asks for a manager, may I transfer?") }, d.later(6),
		func() error {
			return d.supervisor.Say(toClient, k.Agent.Login(), "Yes, to "+d.supervisor.Agent.Extension+" please")
		}, d.later(6),
		func() error { return d.supervisor.Say(toTeam, "", "please take line two") }, d.later(4),
		func() error { return d.supervisor.Say(toAll, "", "Fire drill at 11:00, sign out when it rings") })
}

// outbound is a call to the outside, and one to a colleague.
func (d *day) outbound() error {
	k := d.desks[0]
	if err := try(func() error { return k.NotReady(reasonLunch) }, d.later(5), func() error { return k.Call("92125550142") }, d.later(6)); err != nil {
		return err
	}
	c := d.Server.callAt(k.Agent)
	if c == nil {
		return errors.New("the agent's call is not known")
	}
	d.Server.Pickup(c)
	d.Settle()
	if err := d.later(30)(); err != nil {
		return err
	}
	d.Server.HangUp(c)
	d.Settle()
	return try(d.later(5), k.Ready)
}

// callAt returns the latest call that an agent is a party of, or nil.
func (s *Server) callAt(a *Agent) *Call {
	s.mu.Lock()
	defer s.mu.Unlock()
	if calls := s.desks[a].calls; len(calls) > 0 {
		return calls[len(calls)-1]
	}
	return nil
}

// queries are questions of all kinds.
func (d *day) queries() error {
	a, k := d.desks[1].Agent, d.desks[1]
	who := []decode.Setting{text("AgentExtension", a.Extension), text("AgentID", a.ID), text("AgentInstrument", a.Instrument)}
	ask := func(c *Client, name string, values ...decode.Setting) error {
		_, err := c.ask(name, values...)
		if errors.Is(err, ErrVersion) {
			return nil
		}
		return first(err, d.later(2)())
	}
	p := num("PeripheralID", PeripheralID)
	if err := first(
		ask(k.Client, "QUERY_AGENT_STATE_REQ", append([]decode.Setting{p, num("MRDID", 1), num("ICMAgentID", a.ICMID)}, who...)...),
		ask(k.Client, "QUERY_AGENT_STATISTICS_REQ", append([]decode.Setting{p}, who...)...),
		ask(d.all, "QUERY_SKILL_GROUP_STATISTICS_REQ", p, num("SkillGroupNumber", a.Group.Number), num("SkillGroupID", a.Group.ID)),
		ask(d.all, "QUERY_DEVICE_INFO_REQ", p, text("AgentInstrument", a.Instrument)),
		ask(d.supervisor.Client, "AGENT_DESK_SETTINGS_REQ", p, text("AgentID", a.ID)),
	); err != nil {
		return err
	}
	c, err := d.bring(k)
	if err != nil {
		return err
	}
	if err := first(k.Answer(), d.later(5)(),
		ask(k.Client, "SNAPSHOT_CALL_REQ", append([]decode.Setting{p}, k.connection("", c.ID())...)...),
		ask(k.Client, "SNAPSHOT_DEVICE_REQ", p, num("SnapshotDeviceType", deviceAgent), text("AgentInstrument", a.Instrument)),
	); err != nil {
		return err
	}
	d.Server.HangUp(c)
	d.Settle()
	d.Server.SystemEvent(sysHalfHour, 0, 0, "")
	d.Settle()
	return try(d.later(5), k.Ready)
}

// refused makes sure that a request is refused.
func refused(_ *Answer, err error) error {
	switch {
	case err == nil:
		return errors.New("the request should have been refused")
	case errors.Is(err, ErrRefused):
		return nil
	}
	return err
}

// refusals are requests that cannot be met.
func (d *day) refusals() error {
	k := d.desks[2]
	p := num("PeripheralID", PeripheralID)
	stale := append(k.connection("", 16776998), p, text("AgentInstrument", k.Agent.Instrument))
	stranger := d.Site.Teams[0].Members[3]
	login := []decode.Setting{p, num("AgentState", stateLogin), text("AgentInstrument", stranger.Instrument), text("AgentID", stranger.ID),
		text("AgentPassword", "forgotten")}
	if err := first(
		refused(k.ask("ANSWER_CALL_REQ", stale...)), d.later(3)(),
		refused(k.ask("CLEAR_CONNECTION_REQ", stale...)), d.later(3)(),
		refused(d.all.ask("SET_AGENT_STATE_REQ", login...)), d.later(3)(),
		refused(k.ask("CLIENT_EVENT_REPORT_REQ", num("State", 0), text("Text", "printer ready"))), d.later(2)(),
	); err != nil {
		return err
	}
	d.Server.SystemEvent(sysOutOfService, PeripheralID, 0, stranger.Instrument)
	d.Settle()
	if err := d.later(30)(); err != nil {
		return err
	}
	d.Server.SystemEvent(sysBackInService, PeripheralID, 0, stranger.Instrument)
	d.Settle()
	// A second desktop for a phone that is taken.
	_, err := d.Connect(ClientOptions{ClientID: "desk-copy", Services: AgentServices, Agent: k.Agent})
	return refused(nil, err)
}

// abandoned is a caller who does not wait.
func (d *day) abandoned() error {
	c := d.Server.Arrive(NewCaller(d.rng), d.Site.Services[1])
	d.Settle()
	if err := d.later(90)(); err != nil {
		return err
	}
	d.Server.HangUp(c)
	d.Settle()
	return nil
}

// supervised is a call that the supervisor joins.
func (d *day) supervised() error {
	k, s := d.desks[0], d.supervisor
	c, err := d.bring(k)
	if err != nil {
		return err
	}
	if err := try(k.Answer, d.later(20)); err != nil {
		return err
	}
	if d.opts.Version >= 8 {
		_, err := s.ask("SUPERVISE_CALL_REQ", num("PeripheralID", PeripheralID), num("AgentConnectionCallID", int64(c.ID())),
			num("SupervisorConnectionCallID", none32), num("SupervisorConnectionDeviceIDType", none16), num("SupervisoryAction", supervisorBarge),
			text("AgentConnectionDeviceID", k.Agent.Extension), text("SupervisorConnectionDeviceID", s.Agent.Extension),
			text("AgentExtension", k.Agent.Extension), text("AgentID", k.Agent.ID), text("AgentInstrument", k.Agent.Instrument),
			text("SupervisorInstrument", s.Agent.Instrument))
		if err := first(err, d.later(30)(), s.HangUp()); err != nil {
			return err
		}
	}
	d.Server.HangUp(c)
	d.Settle()
	return try(d.later(4), k.Ready)
}

// lostClient is a desktop that vanishes and comes back.
func (d *day) lostClient() error {
	k := d.desks[1]
	d.Leave(k.Client, (*Client).Abort)
	if err := d.later(8)(); err != nil {
		return err
	}
	c, err := d.Connect(ClientOptions{ClientID: k.Agent.Login(), Password: k.Agent.Password, Services: AgentServices, Agent: k.Agent})
	if err != nil {
		return err
	}
	d.desks[1] = &Desk{Client: c, Agent: k.Agent}
	return try(d.later(2), func() error { return d.desks[1].Login(k.Agent.Password) }, d.later(3), d.desks[1].Ready)
}

// end signs everybody out.
func (d *day) end() error {
	for _, k := range append(d.desks, d.supervisor) {
		if err := try(k.Logout, d.later(2), func() error { return d.Quit(k.Client) }, d.later(5)); err != nil {
			return err
		}
	}
	if err := d.Quit(d.all); err != nil {
		return err
	}
	d.Leave(d.tape, (*Client).Hang)
	return nil
}
