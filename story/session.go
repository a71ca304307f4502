package story

// Session is one CTI session.
type Session struct {
	ID             int64
	Began          Place // the packet that began the connection, or showed it
	Client, Server Text
	Version        int64
	VersionSource  string
	Side           Text // "A" or "B"

	ClientID, Signature     Text
	Peripheral, IdleTimeout Number
	CallMask, AgentMask     Mask
	ServicesAsked           Mask
	Agent                   Identity
	ServicesGranted         Mask
	SessionType             Coded

	Connected Moment
	Opened    Opening
	Activated Moment
	Closed    Closing
	Monitors  []Monitor

	Sides           bool // which numbers are the client's is known
	Messages, Bytes [2]int64
	Heartbeat       Heartbeat
	Outcomes        [numOutcomes]int64
	Failures        int64
	Holes           int64
	HoleBytes       Number
	First, Last     Moment
	Unknown         []string
}

// Identity names an agent.
type Identity struct{ ID, Extension, Instrument Text }

// Set tells whether anything names one.
func (i *Identity) Set() bool { return i.ID.Set || i.Extension.Set || i.Instrument.Set }

// Opening is the first request to open a session.
type Opening struct {
	Place
	Outcome Outcome
	Answer  Number // nanoseconds
	Status  Coded
}

// Closing is the first sign of a session's end; How is empty where the capture
// cannot tell.
type Closing struct {
	Place
	By, How string
	Status  Coded
}

// Monitor is one monitor that a session had.
type Monitor struct {
	Monitor    Number
	Kind       string
	Device     Text
	Call       Number
	From, To   Moment
	asked      int64 // RequestID of what asked for it
	peripheral int64
}

// Heartbeat is how a session kept itself alive; times in nanoseconds.
type Heartbeat struct {
	Count, Unanswered, Refused      int64
	Interval, WorstGap, WorstAnswer Number
}

func (s *Session) code(c *coder) {
	c.int(&s.ID)
	c.place(&s.Began)
	c.text(&s.Client)
	c.text(&s.Server)
	c.int(&s.Version)
	c.string(&s.VersionSource)
	c.text(&s.Side)
	c.text(&s.ClientID)
	c.text(&s.Signature)
	c.number(&s.Peripheral)
	c.number(&s.IdleTimeout)
	c.mask(&s.CallMask)
	c.mask(&s.AgentMask)
	c.mask(&s.ServicesAsked)
	c.identity(&s.Agent)
	c.mask(&s.ServicesGranted)
	c.coded(&s.SessionType)
	c.moment(&s.Connected)
	s.Opened.code(c)
	c.moment(&s.Activated)
	s.Closed.code(c)
	monitors := list(c, &s.Monitors)
	for i := range monitors {
		monitors[i].code(c)
	}
	s.codeCounts(c)
	c.strings(&s.Unknown)
}

func (s *Session) codeCounts(c *coder) {
	c.bool(&s.Sides)
	for i := range s.Messages {
		c.int(&s.Messages[i])
		c.int(&s.Bytes[i])
	}
	h := &s.Heartbeat
	c.int(&h.Count)
	c.int(&h.Unanswered)
	c.int(&h.Refused)
	c.number(&h.Interval)
	c.number(&h.WorstGap)
	c.number(&h.WorstAnswer)
	for i := range s.Outcomes {
		c.int(&s.Outcomes[i])
	}
	c.int(&s.Failures)
	c.int(&s.Holes)
	c.number(&s.HoleBytes)
	c.moment(&s.First)
	c.moment(&s.Last)
}

func (c *coder) identity(v *Identity) {
	c.text(&v.ID)
	c.text(&v.Extension)
	c.text(&v.Instrument)
}

func (o *Opening) code(c *coder) {
	c.place(&o.Place)
	c.byte((*uint8)(&o.Outcome))
	c.number(&o.Answer)
	c.coded(&o.Status)
}

func (o *Closing) code(c *coder) {
	c.place(&o.Place)
	c.string(&o.By)
	c.string(&o.How)
	c.coded(&o.Status)
}

func (m *Monitor) code(c *coder) {
	c.number(&m.Monitor)
	c.string(&m.Kind)
	c.text(&m.Device)
	c.number(&m.Call)
	c.moment(&m.From)
	c.moment(&m.To)
}
