package traffic

import (
	"bufio"
	"errors"
	"fmt"
	"net"
	"slices"
	"sync"
	"time"

	"ctiscope/decode"
	"ctiscope/traffic/wire"
)

// Errors of a Client.
var (
	ErrRefused = errors.New("request was refused")
	ErrClosed  = errors.New("connection is closed")
	ErrTimeout = errors.New("no answer in time")
	ErrVersion = errors.New("the session's version has no such message")
)

// answerTimeout is how long a Client waits for an answer.
const answerTimeout = 30 * time.Second

// ClientOptions say what a client asks for when it opens its session.
type ClientOptions struct {
	ClientID  string
	Signature string // may be empty
	Password  string
	Version   int
	Services  int64
	Agent     *Agent // whose events a Client Events session gets
	// IdleTimeout in seconds; 0 means none.
	IdleTimeout int64
	Log         *Log // where to note what is sent; may be nil
	// OnEvent is called for each message that answers no request, before the
	// next is read; m is valid during the call. May be nil.
	OnEvent func(m *decode.Message)
}

// Client is a CTI client. Its methods may be called by several goroutines.
type Client struct {
	opts ClientOptions
	conn net.Conn
	// before and after are hooks of the Lab around each request.
	before, after func()

	mu      sync.Mutex
	changed *sync.Cond
	invoke  uint32
	waiting map[uint32]chan *Answer
	read    int64 // bytes
	failed  error // why reading ended
	line    line
}

// Answer is the server's answer to a request.
type Answer struct{ Message decode.Message }

// Name returns the name of the answer's message type.
func (a *Answer) Name() string { return a.Message.Name() }

// Refused tells whether the answer is a failure.
func (a *Answer) Refused() bool {
	return a.Name() == "FAILURE_CONF" || a.Name() == "CONTROL_FAILURE_CONF"
}

// Number returns a field of the answer.
func (a *Answer) Number(name string) int64 { return number(&a.Message, name) }

// NewClient begins a client on a connection; Open opens its session.
func NewClient(conn net.Conn, o ClientOptions) *Client {
	c := &Client{opts: o, conn: conn, waiting: make(map[uint32]chan *Answer)}
	c.changed = sync.NewCond(&c.mu)
	go c.receive()
	return c
}

// Dial connects to a server and opens a session.
func Dial(address string, o ClientOptions) (*Client, error) {
	conn, err := net.Dial("tcp", address)
	if err != nil {
		return nil, fmt.Errorf("cti client: %w", err)
	}
	c := NewClient(conn, o)
	if err := c.Open(); err != nil {
		c.Abort()
		return nil, err
	}
	return c, nil
}

// Open sends OPEN_REQ and waits for the answer.
func (c *Client) Open() error {
	o := &c.opts
	idle, peripheral := o.IdleTimeout, int64(none32)
	if idle == 0 {
		idle = none32
	}
	values := []decode.Setting{text("ClientID", o.ClientID), raw("ClientPassword", []byte(o.Password))}
	if o.Signature != "" {
		values = append(values, text("ClientSignature", o.Signature))
	}
	if a := o.Agent; a != nil {
		peripheral = PeripheralID
		values = append(values, text("AgentExtension", a.Extension), text("AgentID", a.ID), text("AgentInstrument", a.Instrument))
	}
	_, err := c.ask("OPEN_REQ", append(values, num("VersionNumber", int64(o.Version)), num("IdleTimeout", idle),
		num("PeripheralID", peripheral), num("ServicesRequested", o.Services), num("CallMsgMask", none32),
		num("AgentStateMask", 0x3fff), num("ConfigMsgMask", 0))...)
	return err
}

// Request sends a request with the next InvokeID and waits for its answer,
// which may be a refusal.
func (c *Client) Request(name string, values ...decode.Setting) (*Answer, error) {
	if since(name) > c.opts.Version {
		return nil, fmt.Errorf("%s: %w", name, ErrVersion)
	}
	if c.before != nil {
		c.before()
	}
	answer, err := c.send(name, values)
	if err != nil {
		return nil, err
	}
	t := time.NewTimer(answerTimeout)
	defer t.Stop()
	select {
	case a, ok := <-answer:
		if !ok {
			return nil, fmt.Errorf("%s: %w", name, ErrClosed)
		}
		if c.after != nil {
			c.after()
		}
		return a, nil
	case <-t.C:
		return nil, fmt.Errorf("%s: %w", name, ErrTimeout)
	}
}

// ask is Request for those who take a refusal as an error.
func (c *Client) ask(name string, values ...decode.Setting) (*Answer, error) {
	a, err := c.Request(name, values...)
	if err == nil && a.Refused() {
		code := a.Number("Status")
		if a.Name() == "CONTROL_FAILURE_CONF" {
			code = a.Number("FailureCode")
		}
		return a, fmt.Errorf("%s: %w: %s with code %d", name, ErrRefused, a.Name(), code)
	}
	return a, err
}

func (c *Client) send(name string, values []decode.Setting) (<-chan *Answer, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.failed != nil {
		return nil, fmt.Errorf("%s: %w", name, ErrClosed)
	}
	c.invoke++
	m, _ := encode(name, c.opts.Version, append([]decode.Setting{num("InvokeID", int64(c.invoke))}, values...))
	answer := make(chan *Answer, 1)
	c.waiting[c.invoke] = answer
	c.opts.Log.add(addrPort(c.conn.LocalAddr()), addrPort(c.conn.RemoteAddr()), wire.FromClient, m)
	if _, err := c.conn.Write(m.Frame); err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	return answer, nil
}

// receive reads until the connection ends.
func (c *Client) receive() {
	r := bufio.NewReader(c.conn)
	d := decode.CCE().Decoder(c.opts.Version)
	var m decode.Message
	var frame []byte
	for {
		var err error
		if frame, err = readFrame(r, frame); err != nil {
			c.fail(err)
			return
		}
		d.Decode(&m, frame)
		if id, ok := m.InvokeID(); ok {
			c.answered(id, &d, frame)
		} else if c.opts.OnEvent != nil {
			c.opts.OnEvent(&m)
		}
		c.mu.Lock()
		c.line.follow(c.opts.Agent, &m)
		c.read += int64(len(frame))
		c.changed.Broadcast()
		c.mu.Unlock()
	}
}

func (c *Client) answered(id uint32, d *decode.Decoder, frame []byte) {
	a := new(Answer)
	d.Decode(&a.Message, slices.Clone(frame))
	c.mu.Lock()
	defer c.mu.Unlock()
	if w := c.waiting[id]; w != nil {
		delete(c.waiting, id)
		w <- a
	}
}

func (c *Client) fail(err error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.failed = err
	for id, w := range c.waiting {
		delete(c.waiting, id)
		close(w)
	}
	c.changed.Broadcast()
}

// waitRead waits until n bytes have been read, or reading has ended.
func (c *Client) waitRead(n int64) {
	c.mu.Lock()
	defer c.mu.Unlock()
	for c.read < n && c.failed == nil {
		c.changed.Wait()
	}
}

// Heartbeat sends HEARTBEAT_REQ and waits for the answer.
func (c *Client) Heartbeat() error {
	_, err := c.ask("HEARTBEAT_REQ")
	return err
}

// Close ends the session in good order and resets the connection, as the guide
// advises clients.
func (c *Client) Close() error {
	_, err := c.ask("CLOSE_REQ", num("Status", statusNone))
	c.Abort()
	return err
}

// Abort resets the connection without a word.
func (c *Client) Abort() {
	if t, ok := c.conn.(interface{ SetLinger(int) error }); ok {
		t.SetLinger(0)
	}
	c.conn.Close()
}

// Hang ends the connection by FIN without closing the session.
func (c *Client) Hang() { c.conn.Close() }
