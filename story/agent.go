package story

import "ctiscope/decode/schema"

// Agent is what one agent did in one kind of media, added up.
type Agent struct {
	Place
	Line
	ICM                       Number
	Extension, Instrument     Text
	Groups                    []SkillGroup
	Teams, Sessions           []int64
	State                     Coded
	SignIns, SignOuts, Forced int64
	States                    []StateSum
	Unknown                   []string
}

// Line says whose time line, and of which media.
type Line struct {
	Agent      string
	Peripheral Number
	MRD        Number
}

// SkillGroup is a skill group of an agent.
type SkillGroup struct {
	Number int64
	ID     Number
	State  Coded // in an AgentState only
}

// StateSum is how often an agent was in a state, and how long as far as known.
type StateSum struct {
	State       Coded
	Count, Time int64
}

// AgentState is one entry of a time line.
type AgentState struct {
	Place
	Line
	Since  Moment
	State  Coded
	Reason Coded // with the text of the reason for a name
	Next   Coded
	Groups []SkillGroup
	Until  Moment
	Time   Number // nanoseconds
	Forced bool
	Asked  Place
	// Unknown names what the capture cannot tell.
	Unknown []string
}

func (l *Line) code(c *coder) {
	c.string(&l.Agent)
	c.number(&l.Peripheral)
	c.number(&l.MRD)
}

func (c *coder) groups(v *[]SkillGroup) {
	l := list(c, v)
	for i := range l {
		c.int(&l[i].Number)
		c.number(&l[i].ID)
		c.coded(&l[i].State)
	}
}

func (c *coder) ints(v *[]int64) {
	l := list(c, v)
	for i := range l {
		c.int(&l[i])
	}
}

func (a *Agent) code(c *coder) {
	c.place(&a.Place)
	a.Line.code(c)
	c.number(&a.ICM)
	c.text(&a.Extension)
	c.text(&a.Instrument)
	c.groups(&a.Groups)
	c.ints(&a.Teams)
	c.ints(&a.Sessions)
	c.coded(&a.State)
	c.int(&a.SignIns)
	c.int(&a.SignOuts)
	c.int(&a.Forced)
	sums := list(c, &a.States)
	for i := range sums {
		c.coded(&sums[i].State)
		c.int(&sums[i].Count)
		c.int(&sums[i].Time)
	}
	c.strings(&a.Unknown)
}

func (a *AgentState) code(c *coder) {
	c.place(&a.Place)
	a.Line.code(c)
	c.moment(&a.Since)
	c.coded(&a.State)
	c.coded(&a.Reason)
	c.coded(&a.Next)
	c.groups(&a.Groups)
	c.moment(&a.Until)
	c.number(&a.Time)
	c.bool(&a.Forced)
	c.place(&a.Asked)
	c.strings(&a.Unknown)
}

// The states of agents that the rules speak of; see the table AgentState.
const (
	stateLogin        = 0
	stateLogout       = 1
	stateNotReady     = 2
	stateTalking      = 4
	stateWorkNotReady = 5
	stateWorkReady    = 6
	stateReserved     = 8
	stateUnknown      = 9
	stateHold         = 10
)

// pends tells whether a change that is asked for in a state waits for its end.
func pends(state int64) bool {
	switch state {
	case stateReserved, stateTalking, stateHold, stateWorkNotReady, stateWorkReady:
		return true
	}
	return false
}

// isForced tells whether a reason is one that the agent did not ask for; products
// have numbers of their own. 20002 is how CCE writes a normal sign-out.
func isForced(state, reason int64, p schema.Platform) bool {
	if state != stateNotReady && state != stateLogout {
		return false
	}
	if p == schema.PlatformCCX {
		switch reason {
		case 22, 33, 255, 32750, 32759, 32763, 32765:
			return true
		}
		return false
	}
	switch reason {
	case 255, 999, 20001, 32767, 50001, 50002, 50003, 50004, 50010, 50020, 50030, 50040, 50041, 50042, 65533, 65534:
		return true
	}
	return false
}
