package story

import (
	"ctiscope/decode/schema"
	"ctiscope/reassembly"
	"ctiscope/session"
)

// reply is what became of a request to send a message: the fact of it.
type reply struct {
	Session, ID int64
	Outcome     Outcome
	Status      Coded
	Wait        Number
}

func (r *reply) code(c *coder) {
	c.int(&r.Session)
	c.int(&r.ID)
	c.byte((*uint8)(&r.Outcome))
	c.coded(&r.Status)
	c.number(&r.Wait)
}

// presence is news of whether a session listens: the fact of it.
type presence struct {
	Session int64
	What    uint8
	Moment  Moment
	Server  string
	Client  string
	Standby bool
}

// What a presence tells.
const (
	granted uint8 = iota
	activated
	left
	mayLeave // left, if TCP ends soon
	dropped  // TCP ended
	holed    // something of the server was lost
)

func (p *presence) code(c *coder) {
	c.int(&p.Session)
	c.byte(&p.What)
	c.moment(&p.Moment)
	c.string(&p.Server)
	c.string(&p.Client)
	c.bool(&p.Standby)
}

// serverOf names the server of a session, so far as known.
func serverOf(i *session.Info) string {
	if i.Sides && !i.ClientIsA {
		return i.AString
	}
	return i.BString
}

// post gives what a message tells of messages to people.
func (s *stage) post(t *track, r *session.Record, what role) {
	switch what {
	case userMessageReq:
		s.giveMessage(t, r)
	case userMessageEvent:
		s.giveDelivery(t, r)
	case openConf:
		if r.Request.Type != 0 {
			s.givePresence(t, r, granted)
		}
	case standbyActive:
		s.givePresence(t, r, activated)
	case closeReq, stopping:
		s.givePresence(t, r, left)
	case failureEvent:
		s.givePresence(t, r, mayLeave)
	}
}

// presenceEvent does the same for what is no message.
func (s *stage) presenceEvent(t *track, r *session.Record) {
	switch {
	case r.Kind == session.EndEvent:
		if r.Cause != reassembly.EndOfCapture {
			s.givePresence(t, r, dropped)
		}
	case r.Kind == session.TransportEvent:
		if r.Fact.Kind == reassembly.FIN || r.Fact.Kind == reassembly.RST {
			s.givePresence(t, r, dropped)
		}
	case r.From != schema.Client:
		s.givePresence(t, r, holed)
	}
}

func (s *stage) givePresence(t *track, r *session.Record, what uint8) {
	p := presence{Session: t.ID, What: what, Moment: momentOf(r.Mark)}
	if what == granted {
		p.Server, p.Client = serverOf(r.Info), t.ClientID.String
		f := find(r.Message, "SessionType")
		p.Standby = f != nil && r.Message.Version >= standbyVersion && r.Message.Uint(f) != active
	}
	s.begin(presenceFact)
	p.code(&s.coder)
	s.give()
}

// messageOf reads what request and event have in common.
func messageOf(t *track, r *session.Record) (u UserMessage) {
	m := r.Message
	u.Place, u.server = placeOf(r.Mark, t.ID), serverOf(r.Info)
	u.Distribution = codedOf(m, find(m, "Distribution"))
	u.Text = textOf(m, "Text")
	return u
}

func (s *stage) giveMessage(t *track, r *session.Record) {
	if r.RequestID == 0 {
		return
	}
	m := r.Message
	u := messageOf(t, r)
	u.Seen, u.id = true, r.RequestID
	u.InvokeID = invokeID(m.Frame)
	u.FromClient, u.FromAgent = t.ClientID, t.Agent.ID
	u.To, u.ToClient, u.CILClient = identityOf(m), textOf(m, "ClientID"), textOf(m, "CTIOSCILClientID")
	u.Peripheral = knownNumber(m, "PeripheralID")
	if !u.FromAgent.Set {
		u.FromAgent = u.To.ID
	}
	if !t.Opened.Set() && !t.whole(r.Dir) {
		u.Unknown = append(u.Unknown, "from_client")
		if !u.FromAgent.Set {
			u.Unknown = append(u.Unknown, "from_agent")
		}
	}
	u.rules(t)
	s.begin(messageFact)
	u.code(&s.coder)
	s.give()
}

// The services with which a client must say whom it means; see the table
// CTIServiceMask.
const (
	allEvents         = 0x10
	peripheralMonitor = 0x20
)

// To whom a message goes; see the table MessageDistribution.
const (
	toClient     = 0
	toSupervisor = 1
	toTeam       = 2
)

// rules finds the guide's rules that a request breaks.
func (u *UserMessage) rules(t *track) {
	u.BrokenKnown = true
	to := u.Distribution.Value
	if u.Distribution.Set && to == toClient && !u.ToClient.Set {
		u.Broken = append(u.Broken, "client-id")
	}
	if to != toSupervisor && to != toTeam || u.Peripheral.Set && u.To.Set() {
		return
	}
	switch {
	case !t.confirmed:
		u.BrokenKnown, u.Broken = false, nil
		u.Unknown = append(u.Unknown, "broken")
	case t.ServicesGranted.Value&(allEvents|peripheralMonitor) != 0:
		u.Broken = append(u.Broken, "agent")
	}
}

// giveDelivery gives an event. A message of which only events are seen looks like
// this.
func (s *stage) giveDelivery(t *track, r *session.Record) {
	u := messageOf(t, r)
	u.FromClient = textOf(r.Message, "ClientID")
	s.begin(deliveryFact)
	u.code(&s.coder)
	s.give()
}

// posted gives what became of a request.
func (s *stage) posted(t *track, l *life) {
	if s.kinds&UserMessages == 0 {
		return
	}
	p := reply{Session: t.ID, ID: l.id, Outcome: l.Outcome, Wait: l.Wait}
	if l.Outcome == Refused {
		p.Status = l.Failure.Coded
	}
	s.begin(replyFact)
	p.code(&s.coder)
	s.give()
}
