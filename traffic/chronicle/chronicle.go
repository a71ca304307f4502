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
}

// Tell reads a capture from its beginning to its end.
func Tell(c *Capture) *Story {
	t := &teller{Capture: c, sessions: make(map[int]*session)}
	t.gatherSessions()
	t.gatherRequests()
	return &Story{
		Sessions: t.sessionLines(), Requests: t.requestLines(), RequestTypes: t.requestTypeLines(),
	}
}
