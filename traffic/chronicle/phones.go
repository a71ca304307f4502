package chronicle

// phone is an extension or an instrument of a peripheral.
type phone struct {
	peripheral uint32
	id         string
}

// agentOf is the agent whose phone a device is, nil where none is known.
func (t *teller) agentOf(peripheral uint32, device string) any {
	return orNull(t.phones[phone{peripheral, device}])
}

// followPhones notes which agent has which phone.
func (t *teller) followPhones(m *Message) {
	peripheral, agent := m.number("PeripheralID"), m.text("AgentID")
	switch {
	case m.is("AGENT_STATE_EVENT"):
	case m.is("OPEN_CONF", "QUERY_AGENT_STATE_CONF") && t.answered[m] != nil:
		peripheral = t.answered[m].number("PeripheralID")
	default:
		return
	}
	if agent == "" {
		return
	}
	for _, id := range []string{m.text("AgentExtension"), m.text("AgentInstrument")} {
		p := phone{peripheral, id}
		if id == "" {
			continue
		}
		if m.number("AgentState") != stateLogout {
			t.phones[p] = agent
		} else if t.phones[p] == agent {
			delete(t.phones, p)
		}
	}
}

// States of agents.
const (
	stateLogin, stateLogout, stateNotReady, stateTalking = 0, 1, 2, 4
	stateWorkNotReady, stateWorkReady, stateReserved     = 5, 6, 8
	stateUnknown, stateHold                              = 9, 10
)
