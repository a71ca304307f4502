package traffic

import (
	"fmt"

	"ctiscope/decode"
)

// line is what a desktop knows of its agent's calls, from events alone.
type line struct{ ringing, active, held uint32 }

// follow takes note of an event.
func (l *line) follow(a *Agent, m *decode.Message) {
	if a == nil || m.Def == nil {
		return
	}
	id := uint32(number(m, "ConnectionCallID"))
	own := func(field string) bool { return word(m, field) == a.Extension }
	switch m.Name() {
	case "CALL_DELIVERED_EVENT":
		if own("AlertingDeviceID") {
			l.ringing = id
		}
	case "CALL_ESTABLISHED_EVENT":
		if own("AnsweringDeviceID") || own("CallingDeviceID") {
			l.forget(id)
			l.active = id
		}
	case "CALL_HELD_EVENT":
		if own("HoldingDeviceID") {
			l.active, l.held = 0, id
		}
	case "CALL_RETRIEVED_EVENT":
		if own("RetrievingDeviceID") {
			l.active, l.held = id, 0
		}
	case "CALL_CONNECTION_CLEARED_EVENT":
		if own("ReleasingDeviceID") {
			l.forget(id)
		}
	case "END_CALL_EVENT":
		l.forget(id)
	case "CALL_TRANSFERRED_EVENT", "CALL_CONFERENCED_EVENT":
		l.merge(a, m)
	}
}

// merge follows two calls that become one.
func (l *line) merge(a *Agent, m *decode.Message) {
	first, second := uint32(number(m, "PrimaryCallID")), uint32(number(m, "SecondaryCallID"))
	party := l.active == first || l.active == second
	l.forget(first)
	l.forget(second)
	if party && word(m, "TransferringDeviceID") != a.Extension {
		l.active = first
	}
}

func (l *line) forget(id uint32) {
	for _, p := range [...]*uint32{&l.ringing, &l.active, &l.held} {
		if *p == id {
			*p = 0
		}
	}
}

// Desk is a client with an agent in front of it.
type Desk struct {
	*Client
	Agent *Agent
}

func (d *Desk) calls() line {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.line
}

// do sends a request that must not be refused.
func (d *Desk) do(name string, values ...decode.Setting) error {
	_, err := d.ask(name, values...)
	if err != nil {
		return fmt.Errorf("desk of %s: %w", d.Agent.ID, err)
	}
	return nil
}

// setState asks for an agent state.
func (d *Desk) setState(state, reason int64, values ...decode.Setting) error {
	return d.do("SET_AGENT_STATE_REQ", append([]decode.Setting{
		num("PeripheralID", PeripheralID), num("AgentState", state), num("AgentWorkMode", 0), num("NumSkillGroups", 0),
		num("EventReasonCode", reason), num("ForcedFlag", 0), num("AgentServiceReq", 0),
		text("AgentInstrument", d.Agent.Instrument), text("AgentID", d.Agent.ID)}, values...)...)
}

// Login signs the agent in.
func (d *Desk) Login(password string) error {
	return d.setState(stateLogin, reasonNone, text("AgentPassword", password))
}

// Ready makes the agent available for calls.
func (d *Desk) Ready() error { return d.setState(stateAvailable, reasonNone) }

// NotReady makes the agent unavailable, for one of the site's reasons.
func (d *Desk) NotReady(reason int64) error { return d.setState(stateNotReady, reason) }

// Logout signs the agent out.
func (d *Desk) Logout() error { return d.setState(stateLogout, reasonEndOfDay) }

// connection are the fields that name a call of this desk, with a prefix.
func (d *Desk) connection(prefix string, call uint32) []decode.Setting {
	return []decode.Setting{num(prefix+"ConnectionCallID", int64(call)), num(prefix+"ConnectionDeviceIDType", 0),
		text(prefix+"ConnectionDeviceID", d.Agent.Extension)}
}

// onCall sends a request about one call.
func (d *Desk) onCall(name, prefix string, call uint32, values ...decode.Setting) error {
	return d.do(name, join([]decode.Setting{num("PeripheralID", PeripheralID)}, d.connection(prefix, call),
		[]decode.Setting{text("AgentInstrument", d.Agent.Instrument)}, values)...)
}

// Answer takes the call that rings.
func (d *Desk) Answer() error { return d.onCall("ANSWER_CALL_REQ", "", d.calls().ringing) }

// Hold puts the active call on hold.
func (d *Desk) Hold() error { return d.onCall("HOLD_CALL_REQ", "", d.calls().active) }

// Retrieve takes the held call back.
func (d *Desk) Retrieve() error { return d.onCall("RETRIEVE_CALL_REQ", "Held", d.calls().held) }

// HangUp leaves the active call.
func (d *Desk) HangUp() error { return d.onCall("CLEAR_CONNECTION_REQ", "", d.calls().active) }

// placement are the fields of requests that make a call.
func placement() []decode.Setting {
	return []decode.Setting{num("CallPlacementType", 0), num("CallMannerType", 0), num("AlertRings", 0), num("CallOption", 0),
		num("FacilityType", 0), num("AnsweringMachine", 0), num("Priority", 0), num("PostRoute", 0)}
}

// Consult holds the active call and dials a number.
func (d *Desk) Consult(dialed string) error {
	return d.onCall("CONSULTATION_CALL_REQ", "Active", d.calls().active,
		append(placement(), num("ConsultType", consultTransfer), text("DialedNumber", dialed))...)
}

// Transfer connects the held call with the one consulted.
func (d *Desk) Transfer() error { return d.merge("TRANSFER_CALL_REQ") }

// Conference makes one call of the held call and the one consulted.
func (d *Desk) Conference() error { return d.merge("CONFERENCE_CALL_REQ") }

func (d *Desk) merge(name string) error {
	l := d.calls()
	return d.onCall(name, "Active", l.active, append(placement(), d.connection("Held", l.held)...)...)
}

// Call dials a number.
func (d *Desk) Call(dialed string) error {
	return d.do("MAKE_CALL_REQ", append(placement(), num("PeripheralID", PeripheralID), num("SkillGroupNumber", d.Agent.Group.Number),
		text("AgentInstrument", d.Agent.Instrument), text("DialedNumber", dialed), text("CallVariable1", "callback"))...)
}

// SetData sets the call's variables: call variable 5 and a named variable.
func (d *Desk) SetData(wrapup, key, value string) error {
	return d.do("SET_CALL_DATA_REQ", join([]decode.Setting{num("PeripheralID", PeripheralID), num("CallType", callACD)},
		d.connection("", d.calls().active), []decode.Setting{num("NumNamedVariables", 1), text("CallVariable5", wrapup), named(key, value)})...)
}

// Say sends a user message; to is the client that a message to one client goes
// to.
func (d *Desk) Say(distribution int64, to, words string) error {
	values := []decode.Setting{num("PeripheralID", PeripheralID), num("Distribution", distribution), text("Text", words)}
	if to != "" {
		values = append(values, text("ClientID", to))
	}
	return d.do("USER_MESSAGE_REQ", values...)
}
