package chronicle

import (
	"fmt"
	"math/rand/v2"
	"net/netip"
	"slices"
	"sort"
	"time"

	"ctiscope/decode"
)

// Options say what Random makes.
type Options struct {
	Seed uint64
	// Minutes is how long the scene lasts, 6 when 0; Agents how many there are, 5
	// when 0.
	Minutes, Agents int
}

// play is a scene that goes on by itself: a small center where agents sign in,
// calls come and are held, transferred and joined, and clients lose patience.
type play struct {
	*Scene
	rng      *rand.Rand
	plans    []plan
	order    int
	until    float64
	kind     int64 // PeripheralType
	low      int   // oldest version of a client
	lags     bool  // whether some sessions are told late
	clients  []*client
	workers  []*worker
	talks    []*talk
	numbers  int64
	free     []int64 // numbers of calls that are over
	messages int
}

// plan is something that will happen.
type plan struct {
	at    float64
	order int
	do    func()
}

// Random makes a scene by chance. With every third seed some sessions are told
// everything a little later than others. Sessions follow each other's calls at versions
// 10 to 25, or all of them at 9, so that the same event has the same fields in
// all of them.
func Random(o Options) *Scene { return newPlay(o).Scene }

// newPlay plays a scene to its end.
func newPlay(o Options) *play {
	p := &play{Scene: NewScene(), rng: rand.New(rand.NewPCG(o.Seed, 1)), kind: 2, low: 10, numbers: 100}
	minutes, agents := 6, 5
	if o.Minutes > 0 {
		minutes = o.Minutes
	}
	if o.Agents > 0 {
		agents = o.Agents
	}
	p.until = 60 * float64(minutes)
	p.lags = o.Seed%3 == 2
	if o.Seed%5 == 4 {
		p.low = 9
	}
	if p.chance(0.4) {
		p.kind = 17
	}
	p.cast(agents)
	p.run()
	return p
}

// cast brings in clients, agents and callers.
func (p *play) cast(agents int) {
	for i := range 1 + p.rng.IntN(3) {
		c := p.newClient(fmt.Sprintf("all-%d", i+1), nil)
		p.after(float64(i)+p.rng.Float64(), c.open)
	}
	for i := range agents {
		w := &worker{id: fmt.Sprint(7001 + i), extension: fmt.Sprint(3001 + i), instrument: fmt.Sprint(3001 + i), state: stateLogout}
		p.workers = append(p.workers, w)
		c := p.newClient("desk-"+w.id, w)
		p.after(3+10*p.rng.Float64(), c.open)
		p.after(15+10*p.rng.Float64(), func() { p.signIn(c) })
	}
	p.after(28, p.callComes)
	p.after(30, p.somebodyWrites)
	p.after(60, p.somebodyLeaves)
	p.oddities()
}

func (p *play) chance(part float64) bool { return p.rng.Float64() < part }

// after plans something for so many seconds from now.
func (p *play) after(seconds float64, do func()) {
	p.order++
	p.plans = append(p.plans, plan{p.Time() + seconds, p.order, do})
	sort.Slice(p.plans, func(i, j int) bool {
		a, b := p.plans[i], p.plans[j]
		return a.at < b.at || a.at == b.at && a.order < b.order
	})
}

// run lets happen what is planned, to the end.
func (p *play) run() {
	for len(p.plans) > 0 && p.plans[0].at < p.until {
		next := p.plans[0]
		p.plans = p.plans[1:]
		p.At(next.at)
		next.do()
	}
}

// pause lets some milliseconds pass.
func (p *play) pause() { p.Wait(time.Duration(300+p.rng.IntN(4000)) * time.Microsecond) }

// client is one program, over all of its sessions.
type client struct {
	*play
	id      string
	host    byte
	port    uint16
	version int
	mask    int64
	line    *Line // nil while there is none
	worker  *worker
	invoke  int64
	lag     float64 // how far its events are behind those of others, in seconds
}

// hear lets the server tell the client of an event, as late as it tells this
// client everything.
func (c *client) hear(name string, fields ...decode.Setting) {
	l := c.line
	if c.lag == 0 {
		l.Server(name, fields...)
		c.pause()
		return
	}
	fields = slices.Clone(fields)
	c.after(c.lag, func() {
		if c.line == l {
			l.Server(name, fields...)
		}
	})
}

// worker is an agent.
type worker struct {
	id, extension, instrument string
	state                     int64
	busy                      bool
}

func (p *play) newClient(id string, w *worker) *client {
	c := &client{play: p, id: id, host: byte(len(p.clients) + 10), port: 50000, worker: w, mask: 0x0fffffff}
	c.version = 9
	if p.low > 9 {
		c.version = p.low + p.rng.IntN(26-p.low)
	}
	if w == nil && p.chance(0.2) {
		c.mask &^= []int64{0x1, 0x8, 0x40, 0x20, 0x2}[p.rng.IntN(5)]
	}
	if p.lags && p.chance(0.4) {
		c.lag = 0.02 + 0.4*p.rng.Float64()
	}
	p.clients = append(p.clients, c)
	return c
}

// open opens a session; the server refuses some.
func (c *client) open() {
	if c.line != nil {
		return
	}
	c.port, c.invoke = c.port+1, 1
	l := c.Connect(netip.AddrPortFrom(netip.AddrFrom4([4]byte{10, 1, 0, c.host}), c.port), netip.MustParseAddrPort("10.9.0.5:42027"), c.version)
	services, peripheral := int64(0x10), int64(0xffffffff)
	fields := []decode.Setting{Str("ClientID", c.id)}
	if c.worker != nil {
		services, peripheral = 0x5, 5000
		fields = append(fields, Str("AgentExtension", c.worker.extension), Str("AgentID", c.worker.id))
	}
	fields = append(fields, Num("InvokeID", 1), Num("VersionNumber", int64(c.version)), Num("IdleTimeout", 80), Num("PeripheralID", peripheral),
		Num("ServicesRequested", services), Num("CallMsgMask", c.mask), Num("AgentStateMask", 0x3fff))
	l.Client("OPEN_REQ", fields...)
	c.pause()
	if c.chance(0.07) {
		l.Server("FAILURE_CONF", Num("InvokeID", 1), Num("Status", 15))
		c.pause()
		l.Finish(c.chance(0.5))
		c.after(5+10*c.rng.Float64(), c.open)
		return
	}
	conf := []decode.Setting{Num("InvokeID", 1), Num("ServicesGranted", services), Num("PeripheralOnline", 1), Num("PeripheralType", c.kind), Num("SessionType", 1), Num("AgentState", stateUnknown)}
	if c.worker != nil {
		conf = append(conf, Num("MonitorID", 1), Num("AgentState", c.worker.state), Str("AgentExtension", c.worker.extension), Str("AgentID", c.worker.id), Str("AgentInstrument", c.worker.instrument))
	}
	l.Server("OPEN_CONF", conf...)
	c.line = l
	c.meetCalls()
	c.after(5+10*c.rng.Float64(), func() { c.beat(l) })
}

// meetCalls tells a session of the calls that are there already.
func (c *client) meetCalls() {
	for _, t := range c.talks {
		if k := c.stake(t); k != "" && !t.over {
			c.beginCall(t, k)
			if c.chance(0.3) {
				c.repeat(t)
			}
		}
	}
}

// stake is the connection with which a client has to do with a call, "" for none.
func (c *client) stake(t *talk) string {
	if c.worker == nil {
		return t.caller
	}
	for _, k := range t.parties {
		if k.worker == c.worker {
			return k.connection
		}
	}
	return ""
}

// ask sends a request and lets the server answer, mostly.
func (c *client) ask(name string, answer string, fields ...decode.Setting) (granted bool) {
	if c.line == nil {
		return true
	}
	c.invoke++
	id, l := c.invoke, c.line
	l.Client(name, append(fields, Num("InvokeID", id))...)
	reply := func() { l.Server(answer, Num("InvokeID", id)) }
	switch n := c.rng.IntN(40); {
	case n == 0: // no answer
	case n == 1:
		c.after(30*c.rng.Float64(), func() {
			if c.line == l {
				reply()
			}
		})
	case n < 5 && name != "HEARTBEAT_REQ" && name != "CLOSE_REQ":
		c.pause()
		l.Server("CONTROL_FAILURE_CONF", Num("InvokeID", id), Num("FailureCode", 12), Num("PeripheralErrorCode", 13036))
		return false
	default:
		c.pause()
		reply()
	}
	return true
}

// beat keeps a session alive.
func (c *client) beat(l *Line) {
	if c.line == l {
		c.ask("HEARTBEAT_REQ", "HEARTBEAT_CONF")
		c.after(19+2*c.rng.Float64(), func() { c.beat(l) })
	}
}

// leave ends the session in one of several ways.
func (c *client) leave() {
	if c.line == nil {
		return
	}
	l := c.line
	switch c.rng.IntN(4) {
	case 0:
		l.Reset(true)
	case 1:
		l.Server("FAILURE_EVENT", Num("Status", 16))
		c.pause()
		l.Finish(true)
	case 2:
		l.Finish(false)
	default:
		c.ask("CLOSE_REQ", "CLOSE_CONF", Num("Status", 0))
		c.pause()
		l.Reset(false)
	}
	c.line = nil
}

// somebodyLeaves ends a session now and then; it comes back soon.
func (p *play) somebodyLeaves() {
	c := p.clients[p.rng.IntN(len(p.clients))]
	c.leave()
	p.after(1+15*p.rng.Float64(), c.open)
	p.after(20+60*p.rng.Float64(), p.somebodyLeaves)
}

// somebodyWrites sends a message to people.
func (p *play) somebodyWrites() {
	p.after(10+30*p.rng.Float64(), p.somebodyWrites)
	from, to := p.clients[p.rng.IntN(len(p.clients))], p.clients[p.rng.IntN(len(p.clients))]
	if from.line == nil || from == to {
		return
	}
	p.messages++
	text := fmt.Sprintf("message %d", p.messages)
	fields := []decode.Setting{Num("PeripheralID", 5000), Num("Distribution", 0), Str("Text", text), Str("ClientID", to.id)}
	if p.chance(0.2) {
		fields = fields[:3]
	}
	early := p.chance(0.3)
	deliver := func() {
		if to.line != nil && p.chance(0.9) && len(fields) == 4 {
			to.line.Server("USER_MESSAGE_EVENT", Num("Distribution", 0), Str("ClientID", from.id), Str("Text", text))
		}
	}
	granted := from.ask("USER_MESSAGE_REQ", "USER_MESSAGE_CONF", fields...)
	if granted && early {
		deliver()
	} else if granted {
		p.after(p.rng.Float64(), deliver)
	}
}

// signIn signs an agent in.
func (p *play) signIn(c *client) {
	w := c.worker
	if c.line == nil || w.state != stateLogout {
		p.after(10, func() { p.signIn(c) })
		return
	}
	c.ask("SET_AGENT_STATE_REQ", "SET_AGENT_STATE_CONF", Num("PeripheralID", 5000), Num("AgentState", stateLogin), Str("AgentID", w.id), Str("AgentInstrument", w.instrument))
	p.pause()
	p.turn(w, stateLogin, 0)
	p.pause()
	p.turn(w, stateNotReady, []int64{0, 50020, 7}[p.rng.IntN(3)])
	p.after(1+3*p.rng.Float64(), func() { p.goReady(c) })
}

// goReady makes an agent available, who goes home some time.
func (p *play) goReady(c *client) {
	if c.line != nil {
		c.ask("SET_AGENT_STATE_REQ", "SET_AGENT_STATE_CONF", Num("PeripheralID", 5000), Num("AgentState", 3), Str("AgentInstrument", c.worker.instrument))
	}
	p.pause()
	p.turn(c.worker, 3, 0)
	p.after(60+120*p.rng.Float64(), func() { p.goHome(c) })
}

func (p *play) goHome(c *client) {
	if c.worker.busy {
		p.after(10, func() { p.goHome(c) })
		return
	}
	p.turn(c.worker, stateLogout, []int64{20001, 20002, 1}[p.rng.IntN(3)])
	p.after(10+20*p.rng.Float64(), func() { p.signIn(c) })
}

// turn tells of an agent's new state.
func (p *play) turn(w *worker, state, reason int64) {
	w.state = state
	groups := []decode.Setting{Num("NumFltSkillGroups", 0)}
	if state != stateLogout {
		groups = []decode.Setting{Num("NumFltSkillGroups", 1), Num("FltSkillGroupNumber", 4), Num("FltSkillGroupID", 5004), Num("FltSkillGroupPriority", 0), Num("FltSkillGroupState", state)}
	}
	fields := append([]decode.Setting{Num("PeripheralID", 5000), Num("PeripheralType", p.kind), Num("SkillGroupState", state), Num("AgentState", state),
		Num("EventReasonCode", reason), Num("SkillGroupNumber", 0xffffffff), Num("SkillGroupID", 0xffffffff), Num("MRDID", 1), Num("ICMAgentID", 5077),
		Str("AgentID", w.id), Str("AgentExtension", w.extension), Str("AgentInstrument", w.instrument)}, groups...)
	for _, c := range p.clients {
		if c.line != nil && (c.worker == nil || c.worker == w) {
			monitor := int64(0)
			if c.worker != nil {
				monitor = 1
			}
			c.hear("AGENT_STATE_EVENT", append(fields, Num("MonitorID", monitor))...)
		}
	}
}

// idle finds an agent who can take a call.
func (p *play) idle() *client {
	start := p.rng.IntN(len(p.clients))
	for i := range p.clients {
		c := p.clients[(start+i)%len(p.clients)]
		if c.worker != nil && c.worker.state == 3 && !c.worker.busy {
			return c
		}
	}
	return nil
}
