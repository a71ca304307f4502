package traffic

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"net"
	"net/netip"
	"sync"

	"ctiscope/decode"
	"ctiscope/decode/schema"
	"ctiscope/traffic/wire"
)

// ServerOptions say how a Server behaves.
type ServerOptions struct {
	Site  *Site
	Clock Clock // RealClock when nil
	Log   *Log  // where to note what is sent; may be nil
	// MaxVersion is the newest protocol version that the server accepts; 0
	// means schema.CCE().Versions().Max.
	MaxVersion int
	Seed       uint64
	// Rich gives calls more data: all call variables and many named variables,
	// as sites with much integration have them.
	Rich bool
	// Think is called before the server writes what a request or an event
	// brought about; it may move a simulated clock. May be nil.
	Think func()
	// Shown gives the address that messages name for a client's; nil means the
	// address itself.
	Shown func(netip.AddrPort) netip.AddrPort
}

// Server is a CTI Server. Its methods may be called by several goroutines.
type Server struct {
	opts ServerOptions
	rng  *rand.Rand

	mu       sync.Mutex
	changed  *sync.Cond
	handled  int64      // requests dealt with and connections seen to end
	sessions []*session // in the order of connecting
	desks    map[*Agent]*desk
	calls    map[uint32]*Call
	nextCall uint32
	nextID   uint32 // of sessions and monitors
	nextKey  int64  // of RouterCallKeyCallID
	conns    map[net.Conn]bool
	closed   bool
	done     sync.WaitGroup
}

// NewServer returns a server; Serve makes it listen.
func NewServer(o ServerOptions) *Server {
	if o.Clock == nil {
		o.Clock = RealClock{}
	}
	if o.MaxVersion == 0 {
		o.MaxVersion = schema.CCE().Versions().Max
	}
	s := &Server{
		opts: o, rng: rand.New(rand.NewPCG(o.Seed, 0x5e)),
		desks: make(map[*Agent]*desk), calls: make(map[uint32]*Call), conns: make(map[net.Conn]bool),
		nextCall: 16777000, nextID: 1, nextKey: 200,
	}
	s.changed = sync.NewCond(&s.mu)
	for _, a := range o.Site.Agents {
		s.desks[a] = &desk{agent: a, state: stateLogout, since: o.Clock.Now().Unix()}
	}
	return s
}

// Serve accepts connections until the listener is closed or the server is, and
// serves each in a goroutine of its own.
func (s *Server) Serve(l net.Listener) error {
	for {
		conn, err := l.Accept()
		if err != nil {
			if errors.Is(err, net.ErrClosed) {
				return nil
			}
			return fmt.Errorf("cti server: %w", err)
		}
		s.ServeConn(conn)
	}
}

// ServeConn serves one connection in a goroutine of its own. Both ends of it
// must have addresses with ports.
func (s *Server) ServeConn(conn net.Conn) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.closed {
		conn.Close()
		return
	}
	s.conns[conn] = true
	s.done.Add(1)
	go func() {
		defer s.done.Done()
		s.serve(conn)
	}()
}

// Close ends all connections and waits until they are gone.
func (s *Server) Close() {
	s.mu.Lock()
	s.closed = true
	for c := range s.conns {
		c.Close()
	}
	s.mu.Unlock()
	s.done.Wait()
}

// addrPort is the address of one end of a connection.
func addrPort(a net.Addr) netip.AddrPort {
	if t, ok := a.(*net.TCPAddr); ok {
		p := t.AddrPort()
		return netip.AddrPortFrom(p.Addr().Unmap(), p.Port())
	}
	return netip.AddrPort{}
}

func (s *Server) serve(conn net.Conn) {
	sess := &session{server: s, conn: conn, client: addrPort(conn.RemoteAddr()), local: addrPort(conn.LocalAddr()), knows: make(map[*Call]bool)}
	s.do(func() { s.sessions = append(s.sessions, sess) })
	r := bufio.NewReader(conn)
	var frame []byte
	var m decode.Message
	d := decode.CCE().Decoder(0)
	for {
		var err error
		if frame, err = readFrame(r, frame); err != nil {
			break
		}
		s.mu.Lock()
		if sess.version == 0 {
			d.Version = openVersion(frame)
			sess.version = d.Version
		}
		d.Decode(&m, frame)
		s.handle(sess, &m)
		s.flush()
		s.handled++
		s.changed.Broadcast()
		s.mu.Unlock()
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.drop(sess)
	s.flush()
	delete(s.conns, conn)
	conn.Close()
	s.handled++
	s.changed.Broadcast()
}

// readFrame reads one message into buf, which it returns grown if need be.
func readFrame(r *bufio.Reader, buf []byte) ([]byte, error) {
	head, err := r.Peek(schema.HeaderSize)
	if err != nil {
		return buf, err
	}
	length, _, _ := decode.ParseHeader(head)
	if length > schema.MaxMessageLength {
		return buf, fmt.Errorf("message of %d bytes", length)
	}
	n := schema.HeaderSize + int(length)
	if cap(buf) < n {
		buf = make([]byte, n)
	}
	_, err = io.ReadFull(r, buf[:n])
	return buf[:n], err
}

// openVersion returns the VersionNumber of an OPEN_REQ, which stands at the
// same place in all versions; the oldest version for anything else.
func openVersion(frame []byte) int {
	if len(frame) >= 16 && frame[7] == 3 {
		return int(frame[14])<<8 | int(frame[15])
	}
	return schema.CCE().Versions().Min
}

// Handled returns how many requests were dealt with, and connections seen to
// end, so far; WaitHandled waits until there were n.
func (s *Server) Handled() int64 {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.handled
}

// WaitHandled waits until the server has dealt with n requests and ends of
// connections, counted from its start, and has written all that they brought
// about.
func (s *Server) WaitHandled(n int64) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for s.handled < n {
		s.changed.Wait()
	}
}

// waitSessions waits until no more than n sessions are left.
func (s *Server) waitSessions(n int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for len(s.sessions) > n {
		s.changed.Wait()
	}
}

// do runs f with the server's lock and writes what f brought about.
func (s *Server) do(f func()) {
	s.mu.Lock()
	defer s.mu.Unlock()
	f()
	s.flush()
}

// session is one client's connection.
type session struct {
	server        *Server
	conn          net.Conn
	client, local netip.AddrPort
	id            uint32
	version       int
	open          bool
	left          bool  // after a CLOSE_REQ
	status        int64 // of that
	services      int64
	callMask      uint32
	stateMask     uint32
	clientID      string
	signature     string
	monitor       uint32
	agent         *Agent // of a Client Events session
	knows         map[*Call]bool
	teams         map[*Team]uint32 // teams watched, with their monitors
	out           []byte           // not yet written
	said          []Sent           // what out holds
	written       int64            // bytes
}

// send puts a message after those that wait to be written.
func (ss *session) send(name string, values ...decode.Setting) {
	m, ok := encode(name, ss.version, values)
	if !ok {
		return
	}
	ss.out = append(ss.out, m.Frame...)
	ss.said = append(ss.said, m)
}

// flush writes what waits, one write a session. The lock is held while writing:
// a client that does not read stops the server, as it would a real one.
func (s *Server) flush() {
	thought := s.opts.Think == nil
	for _, ss := range s.sessions {
		if len(ss.out) == 0 {
			continue
		}
		if !thought {
			s.opts.Think()
			thought = true
		}
		n, err := ss.conn.Write(ss.out) // an error shows when reading, too
		ss.written += int64(n)
		for _, m := range ss.said {
			if err == nil {
				s.opts.Log.add(ss.client, ss.local, wire.FromServer, m)
			}
		}
		ss.out, ss.said = ss.out[:0], ss.said[:0]
	}
}

// shown is the address of a session's client as messages show it.
func (s *Server) shown(ss *session) netip.AddrPort {
	if s.opts.Shown == nil {
		return ss.client
	}
	return s.opts.Shown(ss.client)
}

func (s *Server) now() int64 { return s.opts.Clock.Now().Unix() }

// id returns a number that no session and no monitor has had.
func (s *Server) id() uint32 {
	s.nextID++
	return s.nextID
}
