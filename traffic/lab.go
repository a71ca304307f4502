package traffic

import (
	"fmt"
	"math"
	"math/rand/v2"
	"net"
	"net/netip"
	"time"

	"ctiscope/decode/schema"
	"ctiscope/traffic/expect"
	"ctiscope/traffic/wire"
)

// LabOptions say what a Lab records. The zero value of each is fit for use.
type LabOptions struct {
	Seed    uint64
	Version int // protocol version of the clients; 0 means the newest
	Agents  int // 0 means 8
	Start   time.Time
	IPv6    bool
	VLAN    uint16
	Port    uint16 // of the server; 0 means 42027
	MSS     int    // 0 means that of Ethernet
	Rich    bool   // calls with much data; see ServerOptions
}

// Lab is a Server with Clients that take turns: nothing happens while another
// thing is going on, so that one seed always gives the same packets. A Lab is
// used by one goroutine.
type Lab struct {
	Server *Server
	Clock  *SimClock
	Log    *Log
	Site   *Site

	opts     LabOptions
	rng      *rand.Rand
	rec      *recorder
	listener net.Listener
	clients  []*labClient
	expected int64 // requests and ends of connections that the server will see
}

type labClient struct {
	*Client
	server *recorded // the other end
	last   time.Time // of its latest request
	gone   bool
}

// heartbeatInterval is how long the lab's clients stay silent.
const heartbeatInterval = 30 * time.Second

// NewLab starts a server on the loopback. Close stops it.
func NewLab(o LabOptions) (*Lab, error) {
	if o.Version == 0 {
		o.Version = schema.CCE().Versions().Max
	}
	if o.Agents == 0 {
		o.Agents = 8
	}
	if o.Port == 0 {
		o.Port = 42027
	}
	if o.Start.IsZero() {
		o.Start = time.Date(2025, 7, 21, 8, 29, 55, 0, time.UTC)
	}
	l := &Lab{opts: o, Clock: NewSimClock(o.Start), Log: NewLog(), Site: NewSite(o.Seed, o.Agents), rng: rand.New(rand.NewPCG(o.Seed, 1))}
	l.rec = newRecorder(l.Clock, o)
	l.Server = NewServer(ServerOptions{
		Site: l.Site, Clock: l.Clock, Log: l.Log, Seed: o.Seed, Rich: o.Rich, Think: func() { l.pass(300, 2500) },
		Shown: func(a netip.AddrPort) netip.AddrPort { return l.rec.address(a) },
	})
	var err error
	if l.listener, err = net.Listen("tcp", "127.0.0.1:0"); err != nil {
		return nil, fmt.Errorf("lab: %w", err)
	}
	return l, nil
}

// pass lets some microseconds pass.
func (l *Lab) pass(least, most int) {
	l.Clock.Advance(time.Duration(least+l.rng.IntN(most-least)) * time.Microsecond)
}

// Connect makes a connection and opens a session; o.Log and, when 0, o.Version
// are set. A refused client's connection is reset, and the error returned.
func (l *Lab) Connect(o ClientOptions) (*Client, error) {
	if o.Version == 0 {
		o.Version = l.opts.Version
	}
	if o.IdleTimeout == 0 {
		o.IdleTimeout = 4 * int64(heartbeatInterval/time.Second)
	}
	o.Log = l.Log
	near, err := net.Dial("tcp", l.listener.Addr().String())
	if err != nil {
		return nil, fmt.Errorf("lab: %w", err)
	}
	far, err := l.listener.Accept()
	if err != nil {
		near.Close()
		return nil, fmt.Errorf("lab: %w", err)
	}
	a, b := l.rec.pair(near, far)
	l.pass(900, 5000)
	l.Server.ServeConn(b)
	c := &labClient{Client: NewClient(a, o), server: b.(*recorded)}
	c.before = func() {
		l.pass(100, 900)
		l.expected++
		c.last = l.Clock.Now()
	}
	c.after = l.Settle
	l.clients = append(l.clients, c)
	if err := c.Open(); err != nil {
		l.Leave(c.Client, (*Client).Abort)
		return nil, err
	}
	return c.Client, nil
}

// Leave ends a client's connection by one of its methods, such as Abort or
// Hang, and waits until the server has noticed.
func (l *Lab) Leave(c *Client, end func(*Client)) {
	l.pass(100, 900)
	for _, o := range l.clients {
		if o.Client == c {
			o.gone = true
		}
	}
	l.expected++
	end(c)
	l.Settle()
}

// Quit closes a client's session in good order.
func (l *Lab) Quit(c *Client) error {
	var err error
	_, err = c.ask("CLOSE_REQ", num("Status", statusNone))
	l.Leave(c, (*Client).Abort)
	return err
}

// Settle waits until the server has dealt with everything sent to it and the
// clients have read everything that it wrote.
func (l *Lab) Settle() {
	l.Server.WaitHandled(l.expected)
	for _, c := range l.clients {
		if !c.gone {
			c.waitRead(l.Server.writtenTo(c.conn))
		}
	}
}

// writtenTo returns how many bytes were written to the client with that end.
func (s *Server) writtenTo(client net.Conn) int64 {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, ss := range s.sessions {
		if ss.client == addrPort(client.LocalAddr()) {
			return ss.written
		}
	}
	return 0
}

// Wait lets time pass; clients that were silent for the heartbeat interval send
// heartbeats meanwhile.
func (l *Lab) Wait(d time.Duration) error {
	end := l.Clock.Now().Add(d)
	for {
		next, due := (*labClient)(nil), end
		for _, c := range l.clients {
			if at := c.last.Add(heartbeatInterval); !c.gone && at.Before(due) {
				next, due = c, at
			}
		}
		if now := l.Clock.Now(); due.After(now) {
			l.Clock.Advance(due.Sub(now))
		}
		if next == nil {
			return nil
		}
		if err := next.Heartbeat(); err != nil {
			return err
		}
	}
}

// Packets returns what was recorded, in the order of time.
func (l *Lab) Packets() wire.Tape {
	l.rec.mu.Lock()
	defer l.rec.mu.Unlock()
	for _, t := range l.rec.taps {
		t.wire.Idle(math.MaxInt64) // acknowledgements that still wait
	}
	tape := l.rec.tape
	tape.Sort()
	return tape
}

// Expect returns what a right decoder says of the packets.
func (l *Lab) Expect() []expect.Message { return l.Log.Expect() }

// Close ends all connections without recording that.
func (l *Lab) Close() {
	l.rec.mu.Lock()
	for _, c := range l.clients {
		c.server.tap.closed = true
	}
	l.rec.mu.Unlock()
	l.listener.Close()
	for _, c := range l.clients {
		c.conn.Close()
	}
	l.Server.Close()
}
