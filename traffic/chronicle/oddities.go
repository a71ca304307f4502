package chronicle

import (
	"fmt"
	"net/netip"

	"ctiscope/decode"
)

// oddities brings in what happens seldom.
func (p *play) oddities() {
	p.after(20+20*p.rng.Float64(), p.strayAnswer)
	p.after(25+40*p.rng.Float64(), p.sameInvokeID)
	p.after(22+10*p.rng.Float64(), p.watch)
	p.after(50+100*p.rng.Float64(), p.warn)
	if p.low > 9 && p.chance(0.5) {
		p.after(5, p.standBy)
	}
}

// anyone picks a client that has a session, nil where it finds none.
func (p *play) anyone() *client {
	if c := p.clients[p.rng.IntN(len(p.clients))]; c.line != nil {
		return c
	}
	return nil
}

// strayAnswer lets a server answer what nobody asked.
func (p *play) strayAnswer() {
	if c := p.anyone(); c != nil {
		if p.chance(0.5) {
			c.line.Server("ANSWER_CALL_CONF", Num("InvokeID", 900_000))
		} else {
			c.line.Server("CONTROL_FAILURE_CONF", Num("InvokeID", 900_001), Num("FailureCode", 13))
		}
	}
	p.after(40+60*p.rng.Float64(), p.strayAnswer)
}

// sameInvokeID lets a client use one number for two requests.
func (p *play) sameInvokeID() {
	p.after(30+60*p.rng.Float64(), p.sameInvokeID)
	c := p.anyone()
	if c == nil {
		return
	}
	c.invoke++
	l, id := c.line, Num("InvokeID", c.invoke)
	l.Client("QUERY_AGENT_STATE_REQ", id, Num("PeripheralID", 5000), Num("MRDID", 1), Str("AgentInstrument", "3001"))
	c.pause()
	l.Client("ANSWER_CALL_REQ", id, Num("PeripheralID", 5000), Num("ConnectionCallID", 0xffffffff), Num("ConnectionDeviceIDType", connectionNone))
	c.pause()
	l.Server("ANSWER_CALL_CONF", id)
	if p.chance(0.5) {
		l.Server("ANSWER_CALL_CONF", id) // a further part
	}
	p.after(25*p.rng.Float64(), func() {
		if c.line == l {
			w := p.workers[0]
			l.Server("QUERY_AGENT_STATE_CONF", id, Num("AgentState", w.state), Num("MRDID", 1), Num("ICMAgentID", 5077), Num("NumSkillGroups", 0),
				Str("AgentID", w.id), Str("AgentExtension", w.extension), Str("AgentInstrument", w.instrument))
		}
	})
}

// watch sets a monitor and mostly takes it away again.
func (p *play) watch() {
	p.after(60+60*p.rng.Float64(), p.watch)
	c := p.anyone()
	if c == nil {
		return
	}
	c.invoke++
	l, id, monitor := c.line, Num("InvokeID", c.invoke), Num("MonitorID", 50+c.invoke)
	fields := []decode.Setting{id, Num("PeripheralID", 5000), Num("CallMsgMask", 0), Num("AgentStateMask", 0)}
	t := p.current()
	if t != nil && p.chance(0.4) {
		fields = append(fields, Num("ConnectionCallID", t.number), Str("ConnectionDeviceID", t.caller), Num("MonitoredDeviceType", 0xffff))
	} else {
		fields = append(fields, Num("ConnectionDeviceIDType", connectionNone), Str("MonitoredDeviceID", "3002"))
	}
	l.Client("MONITOR_START_REQ", fields...)
	c.pause()
	l.Server("MONITOR_START_CONF", id, monitor)
	p.after(50*p.rng.Float64(), func() {
		if c.line == l && p.chance(0.7) {
			c.ask("MONITOR_STOP_REQ", "MONITOR_STOP_CONF", monitor)
		}
	})
}

// current is a call that goes on, nil for none.
func (p *play) current() *talk {
	for _, t := range p.talks {
		if !t.over {
			return t
		}
	}
	return nil
}

// warn tells a client of a failure that ends nothing.
func (p *play) warn() {
	if c := p.anyone(); c != nil {
		c.line.Server("FAILURE_EVENT", Num("Status", 90))
		p.Wait(11_000_000_000) // no end of a session follows from it
	}
}

// standBy opens a session with a server that stands by, and mostly takes over or
// goes into maintenance.
func (p *play) standBy() {
	client := netip.MustParseAddrPort("10.1.1.1:50001")
	l := p.Connect(client, netip.MustParseAddrPort("10.9.0.6:43067"), 24+p.rng.IntN(2))
	l.Client("OPEN_REQ", Num("InvokeID", 1), Num("VersionNumber", int64(l.session.Version)), Num("IdleTimeout", 0xffffffff), Num("PeripheralID", 0xffffffff),
		Num("ServicesRequested", 0x02000010), Num("CallMsgMask", 0), Num("AgentStateMask", 0), Str("ClientID", "standby"), Str("ClientSignature", "spare"))
	p.pause()
	l.Server("OPEN_CONF", Num("InvokeID", 1), Num("ServicesGranted", 0x02200010), Num("PeripheralType", p.kind), Num("SessionType", 2))
	p.after(20, func() {
		l.Client("USER_MESSAGE_REQ", Num("InvokeID", 2), Num("PeripheralID", 0xffffffff), Num("Distribution", 1), Str("Text", fmt.Sprint("from standby ", l.Number())))
	})
	if p.chance(0.3) {
		return
	}
	p.after(60+60*p.rng.Float64(), func() { l.Server("STANDBY_ACTIVE_EVENT_MSG") })
	p.after(130+60*p.rng.Float64(), func() {
		l.Server("ACTIVE_MAINTENANCE_REQ_MSG", Num("InvokeID", 1))
		p.pause()
		if p.chance(0.7) {
			l.Client("ACTIVE_MAINTENANCE_RESP_MSG", Num("InvokeID", 1), Num("MaintenanceModeAccepted", 1))
			p.pause()
		}
		l.Client("STOPPING_REQUESTS_TO_THIS_SIDE_IND")
		p.pause()
		l.Reset(true)
	})
}

// repeat tells a new session of what parties did before it.
func (c *client) repeat(t *talk) {
	for _, k := range t.parties {
		if k.answered && c.mask&4 != 0 && c.worker == nil {
			c.hear("CALL_ESTABLISHED_EVENT", t.fields(k.connection, Num("LocalConnectionState", 3), Num("EventCause", 50), Str("AnsweringDeviceID", k.worker.extension))...)
		}
	}
}
