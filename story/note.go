package story

import (
	"ctiscope/decode"
	"ctiscope/session"
)

// note takes what a message tells of its session.
func (t *track) note(r *session.Record, what role) {
	switch what {
	case openReq:
		t.openReq(r)
	case openConf:
		t.openConf(r)
	case closeReq:
		t.sign(&t.closing, r, "close")
	case stopping:
		t.sign(&t.maintenance, r, "maintenance")
	case failureConf:
		if r.Request.Type != 0 && t.isOpening(r) {
			t.sign(&t.refusal, r, "refused")
		}
	case failureEvent:
		t.failureEvent(r)
	case standbyActive:
		if !t.Activated.Set() {
			t.Activated = momentOf(r.Mark)
		}
	default:
		t.monitor(r, what)
	}
}

// isOpening tells whether a message answers a request to open.
func (t *track) isOpening(r *session.Record) bool {
	open := r.Message.Codec.Protocol().OpenRequest()
	return open != nil && r.Request.Type == open.Number
}

// sign notes the first sign of the session's end.
func (t *track) sign(c *Closing, r *session.Record, how string) {
	if c.Set() {
		return
	}
	*c = Closing{Place: placeOf(r.Mark, t.ID), By: r.From.String(), How: how, Status: statusOf(r.Message)}
}

// statusOf returns the status of a message; codes of refusals too.
func statusOf(m *decode.Message) Coded {
	if f := find(m, "Status"); f != nil {
		return codedOf(m, f)
	}
	return codedOf(m, m.FailureCode())
}

// maintenanceStatus is the Status of a server that goes out of service on purpose
// (E_CTI_SERVER_MAINTENANCE_MODE); see the table of status codes.
const maintenanceStatus = 110

func (t *track) failureEvent(r *session.Record) {
	if s := statusOf(r.Message); s.Set && s.Value == maintenanceStatus {
		t.sign(&t.maintenance, r, "maintenance")
		return
	}
	t.failure = Closing{}
	t.sign(&t.failure, r, "failure_event")
}

// openReq takes the first request to open.
func (t *track) openReq(r *session.Record) {
	if t.Opened.Set() {
		return
	}
	m := r.Message
	t.Opened = Opening{Place: placeOf(r.Mark, t.ID), Outcome: Unknown}
	t.ClientID, t.Signature = textOf(m, "ClientID"), textOf(m, "ClientSignature")
	t.Peripheral, t.IdleTimeout = knownNumber(m, "PeripheralID"), knownNumber(m, "IdleTimeout")
	t.CallMask, t.AgentMask = maskOf(m, "CallMsgMask"), maskOf(m, "AgentStateMask")
	t.ServicesAsked = maskOf(m, "ServicesRequested")
	t.Agent.fill(identityOf(m))
}

func identityOf(m *decode.Message) Identity {
	return Identity{textOf(m, "AgentID"), textOf(m, "AgentExtension"), textOf(m, "AgentInstrument")}
}

// fill takes what is not known yet.
func (i *Identity) fill(o Identity) {
	for _, p := range [...][2]*Text{{&i.ID, &o.ID}, {&i.Extension, &o.Extension}, {&i.Instrument, &o.Instrument}} {
		if !p[0].Set {
			*p[0] = *p[1]
		}
	}
}

func (t *track) openConf(r *session.Record) {
	m := r.Message
	if n := knownNumber(m, "MonitorID"); n.Set && n.N != 0 {
		t.addMonitor(Monitor{Monitor: n, Kind: "open", From: momentOf(r.Mark)})
	}
	if t.confirmed {
		return
	}
	t.confirmed = true
	t.ServicesGranted = maskOf(m, "ServicesGranted")
	if f := find(m, "SessionType"); f != nil && m.Version >= 24 {
		t.SessionType = codedOf(m, f)
	}
	t.Agent.fill(identityOf(m))
}

// maxMonitors is how many monitors of a session are told.
const maxMonitors = 4096

func (t *track) addMonitor(m Monitor) {
	if len(t.Monitors) == maxMonitors {
		t.manyMonitors = true
		return
	}
	t.Monitors = append(t.Monitors, m)
}

// stop is a request to end a monitor.
type stop struct {
	id      int64 // RequestID
	monitor int64
}

// monitor takes what begins or ends a monitor.
func (t *track) monitor(r *session.Record, what role) {
	switch what {
	case deviceMonitorReq, sessionMonitorReq, teamMonitorReq:
		t.askMonitor(r, what)
	case monitorConf:
		t.startMonitor(r)
	case monitorStopReq:
		if n := numberOf(r.Message, "MonitorID"); n.Set && r.RequestID != 0 {
			t.stops = append(t.stops, stop{r.RequestID, n.N})
		}
		if len(t.stops) > maxStops {
			t.stops = t.stops[1:]
		}
	case monitorStopConf:
		t.stopMonitor(r)
	case callCleared:
		t.endOfCall(r)
	}
}

// maxStops is how many requests to end a monitor are remembered: more than
// session keeps open.
const maxStops = 64

// askMonitor notes what is to be monitored. Such a monitor has no number before
// its confirmation, and is not told without.
func (t *track) askMonitor(r *session.Record, what role) {
	m := r.Message
	k := Monitor{asked: r.RequestID, peripheral: -1}
	switch what {
	case sessionMonitorReq:
		k.Kind = "session"
	case teamMonitorReq:
		k.Kind = "team"
	default:
		k.Kind = "device"
		k.Device = textOf(m, "MonitoredDeviceID")
		if call := knownNumber(m, "ConnectionCallID"); call.Set && call.N != 0 && !k.Device.Set {
			k.Kind, k.Call, k.peripheral = "call", call, numberOf(m, "PeripheralID").N
		}
	}
	t.addMonitor(k)
}

func (t *track) startMonitor(r *session.Record) {
	n := numberOf(r.Message, "MonitorID")
	for i := range t.Monitors {
		k := &t.Monitors[i]
		if k.asked != 0 && k.asked == r.RequestID && !k.From.Set() {
			k.Monitor, k.From = n, momentOf(r.Mark)
			return
		}
	}
	t.addMonitor(Monitor{Monitor: n, From: momentOf(r.Mark)}) // what it monitors was not seen
}

func (t *track) stopMonitor(r *session.Record) {
	for i, s := range t.stops {
		if s.id != r.RequestID || r.RequestID == 0 {
			continue
		}
		for j := range t.Monitors {
			if k := &t.Monitors[j]; k.Monitor.Set && k.Monitor.N == s.monitor && k.From.Set() && !k.To.Set() {
				k.To = momentOf(r.Mark)
			}
		}
		t.stops = append(t.stops[:i], t.stops[i+1:]...)
		return
	}
}

// endOfCall ends the monitors of a call.
func (t *track) endOfCall(r *session.Record) {
	for i := range t.Monitors {
		k := &t.Monitors[i]
		if !k.Call.Set || k.To.Set() || !k.From.Set() {
			continue
		}
		m := r.Message
		if numberOf(m, "ConnectionCallID") == k.Call && numberOf(m, "PeripheralID").N == k.peripheral {
			k.To = momentOf(r.Mark)
		}
	}
}
