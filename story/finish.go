package story

import (
	"strconv"

	"ctiscope/reassembly"
	"ctiscope/session"
)

// end gives a session at its end, if it carried a message.
func (s *stage) end(t *track, r *session.Record) {
	s.giveAll(t)
	if t.dirs[0].messages+t.dirs[1].messages == 0 {
		return
	}
	e := ending{track: t, r: r, over: r.Cause != reassembly.EndOfCapture && r.Cause != reassembly.Forgotten}
	e.tcp = e.tcpEnd()
	e.sides()
	e.open()
	e.close()
	e.monitors()
	e.counts()
	s.giveSession(t)
}

// ending fills in what is known of a session at its end only.
type ending struct {
	*track
	r   *session.Record
	tcp Closing // what ended TCP
	// over tells that TCP ended.
	over           bool
	client, server reassembly.Direction
}

// unknown names keys that the capture cannot tell.
func (e *ending) unknown(paths ...string) { e.Unknown = append(e.Unknown, paths...) }

// sides tells who is who.
func (e *ending) sides() {
	i := e.r.Info
	if !e.Began.Set() {
		e.Began = placeOf(i.Opened, e.ID)
	}
	e.client, e.server = reassembly.AtoB, reassembly.BtoA
	if !i.Sides {
		e.unknown("client", "server", "side", "messages", "bytes")
		return
	}
	client, server, port := i.AString, i.BString, i.B.Port
	if !i.ClientIsA {
		e.client, e.server = e.server, e.client
		client, server, port = server, client, i.A.Port
	}
	e.Sides, e.Client, e.Server, e.Side = true, Text{true, client}, Text{true, server}, sideOf(port)
	e.Messages = [2]int64{e.dirs[e.client].messages, e.dirs[e.server].messages}
	e.Bytes = [2]int64{e.dirs[e.client].bytes, e.dirs[e.server].bytes}
}

// sideOf tells which side of a duplex pair listens at a port, plain or secured, of
// instance 0 to 24.
func sideOf(port uint16) Text {
	const step, instances = 40, 25
	for _, p := range [...]struct {
		first uint16
		side  string
	}{{42027, "A"}, {42030, "A"}, {43027, "B"}, {43030, "B"}} {
		if n := int(port) - int(p.first); n >= 0 && n%step == 0 && n/step < instances {
			return Text{true, p.side}
		}
	}
	return Text{}
}

// clientWhole tells whether all that the client sent was seen.
func (e *ending) clientWhole() bool { return e.Sides && e.whole(e.client) && e.carried[e.client] }

// serverWhole is the same of the server.
func (e *ending) serverWhole() bool { return e.Sides && e.whole(e.server) && e.carried[e.server] }

// open tells how the session was opened.
func (e *ending) open() {
	if !e.Connected.Set() {
		e.unknown("connected")
	}
	noRequest := !e.Opened.Set()
	if noRequest && !e.clientWhole() {
		e.unknown("opened", "client_id", "signature", "peripheral", "idle_timeout_s", "call_mask", "agent_mask", "services_asked")
	}
	if o := &e.Opened; o.Set() {
		switch {
		case o.Outcome == Unknown:
			e.unknown("opened.answer_ms", "opened.status")
		case !o.Answer.Set && o.Outcome != Unanswered:
			e.unknown("opened.answer_ms")
		}
	}
	answerKnown := e.confirmed || e.Opened.Set() && (e.Opened.Outcome == Refused || e.Opened.Outcome == Unanswered) || noRequest && e.clientWhole()
	if !answerKnown {
		e.unknown("services_granted", "session_type")
	}
	if !e.Agent.Set() && (!answerKnown || noRequest && !e.clientWhole()) {
		e.unknown("agent")
	}
	e.activation()
}

// standbyVersion is the first version that has standby sessions.
const standbyVersion = 24

// active is the SessionType of a session that does not wait.
const active = 1

func (e *ending) activation() {
	switch {
	case e.Activated.Set(), e.Version < standbyVersion && e.VersionSource != session.Guess.String():
	case e.SessionType.Set && e.SessionType.Value == active:
	case e.serverWhole() && e.over:
	default:
		e.unknown("activated")
	}
}

// afterFailure is how soon TCP ends after a FAILURE_EVENT that ends a session, and
// how long before the end of TCP a loss may hide what ended it.
const afterFailure = 10e9

// close finds the first sign of the session's end.
func (e *ending) close() {
	tcp := e.tcp
	best := &Closing{}
	take := func(c *Closing) {
		if c.Set() && (!best.Set() || c.Frame < best.Frame) {
			best = c
		}
	}
	take(&e.closing)
	take(&e.maintenance)
	if !e.confirmed {
		take(&e.refusal)
	}
	if f := &e.failure; f.Set() && tcp.Set() && tcp.Time-f.Time <= afterFailure {
		take(f)
	}
	if best.Set() {
		e.Closed = *best
		return
	}
	if !tcp.Set() {
		e.unknown("closed")
		return
	}
	e.Closed = tcp
	if e.hidden(tcp) {
		e.Closed.By, e.Closed.How = "", ""
		e.unknown("closed.by", "closed.how", "closed.status")
	}
}

// tcpEnd is what ended TCP, if anything did.
func (e *ending) tcpEnd() (c Closing) {
	if e.r.Cause == reassembly.Replaced && !e.fin.Set() {
		return Closing{Place: placeOf(e.r.Mark, e.ID), By: "unknown", How: "replaced"}
	}
	if e.fin.Set() {
		c = e.fin
	}
	if e.r.Cause == reassembly.Reset && e.rst.Set() && (!c.Set() || e.rst.Frame < c.Frame) {
		c = e.rst
	}
	if !c.Set() && e.over { // no facts were asked for
		c = Closing{Place: placeOf(e.r.Mark, e.ID), By: e.r.From.String(), How: "fin"}
		if e.r.Cause == reassembly.Reset {
			c.How = "reset"
		}
	}
	return c
}

// hidden tells whether a message that ended the session may have been lost.
func (e *ending) hidden(tcp Closing) bool {
	if !e.carried[0] || !e.carried[1] || e.dirs[0].tailLost() || e.dirs[1].tailLost() {
		return true
	}
	return e.lostAt.Set() && (!e.lostAt.timed() || tcp.Time-e.lostAt.Time <= afterFailure)
}

// monitors ends the monitors, and leaves out those that were never confirmed.
func (e *ending) monitors() {
	kept := e.Monitors[:0]
	for _, k := range e.Monitors {
		if k.From.Set() {
			kept = append(kept, k)
		}
	}
	e.Monitors = kept
	for i := range e.Monitors {
		k, path := &e.Monitors[i], "monitors["+strconv.Itoa(i)+"]"
		if k.Kind == "" {
			e.unknown(path+".kind", path+".device", path+".call")
		}
		if k.To.Set() {
			continue
		}
		// A call may end in ways that this session does not tell.
		if e.Closed.Set() && !e.holed[e.server] && (k.Kind == "open" || !e.holed[e.client]) && k.Kind != "" && k.Kind != "call" {
			k.To = e.Closed.Moment
		} else {
			e.unknown(path + ".to")
		}
	}
	if e.manyMonitors {
		e.unknown("monitors")
	}
}

// counts fills in what was added up.
func (e *ending) counts() {
	h := &e.Heartbeat
	h.Interval = e.beats.interval()
	if e.unknownBeat {
		h.WorstAnswer = Number{}
		e.unknown("heartbeat.worst_answer_ms")
	}
	d := &e.dirs[e.client]
	switch {
	case !e.clientWhole(), !e.Closed.timed(), d.timeless:
		e.unknown("heartbeat.worst_gap_s")
	case d.messages > 0:
		h.WorstGap = number(max(d.worst, e.Closed.Time-d.last.Time))
	}
	if h.Count == 0 && !e.clientWhole() {
		e.unknown("heartbeat.interval_s")
	}
	e.HoleBytes = number(e.holeSum)
	if e.unsized {
		e.HoleBytes = Number{}
		e.unknown("holes.bytes")
	}
}
