package chronicle

// Story is what a capture tells, line by line in the order of output.
type Story struct {
	Sessions, Requests, RequestTypes []Object
	Calls                            []Object
	Agents, AgentStates              []Object
	UserMessages                     []Object
}

// teller is one reading of a capture.
type teller struct {
	*Capture
	sessions map[int]*session
	order    []*session
	requests []*request
	answered map[*Message]*request // by answer
	asked    map[*Message]*request // by request

	calls    []*call
	owner    map[handle]*call    // which call a connection was given to last
	holder   map[[2]uint32]*call // by peripheral and number: which call got it last
	count    int                 // of numbers given
	active   map[*Message]*call  // by request: the call that it consults from, or watches
	consults []*consult
	phones   map[phone]string // whose agent's a device is

	timelines []*timeline // in the order of their first states
}

// Tell reads a capture from its beginning to its end.
func Tell(c *Capture) *Story {
	t := &teller{Capture: c, sessions: make(map[int]*session)}
	t.gatherSessions()
	t.gatherRequests()
	t.walk()
	agents, states := t.agentLines()
	return &Story{
		Sessions: t.sessionLines(), Requests: t.requestLines(), RequestTypes: t.requestTypeLines(),
		Calls: t.callLines(), Agents: agents, AgentStates: states, UserMessages: t.userMessageLines(),
	}
}

// walk follows calls and agents from message to message.
func (t *teller) walk() {
	t.owner, t.holder = make(map[handle]*call), make(map[[2]uint32]*call)
	t.active, t.phones = make(map[*Message]*call), make(map[phone]string)
	for _, m := range t.Messages {
		switch {
		case m.is("CONSULTATION_CALL_REQ"):
			t.consultAsked(m)
		case m.is("MONITOR_START_REQ"):
			t.watched(m)
		case m.is("CONSULTATION_CALL_CONF"):
			t.consultConfirmed(m)
		case len(m.parts()) > 0:
			t.callEvent(m)
		}
		t.agentEvent(m)
		t.followPhones(m)
	}
}
