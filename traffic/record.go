package traffic

import (
	"fmt"
	"math/rand/v2"
	"net"
	"net/netip"
	"sync"

	"ctiscope/traffic/wire"
)

// recorder writes down what passes between clients and a server as packets
// between made-up hosts.
type recorder struct {
	mu    sync.Mutex
	rng   *rand.Rand
	clock *SimClock
	opts  LabOptions
	tape  wire.Tape
	taps  []*tap
	shown map[netip.AddrPort]netip.AddrPort // made-up address of each real client
}

func newRecorder(clock *SimClock, o LabOptions) *recorder {
	return &recorder{rng: rand.New(rand.NewPCG(o.Seed, 0x7a9e)), clock: clock, opts: o, shown: make(map[netip.AddrPort]netip.AddrPort)}
}

// MAC addresses of a virtual machine vendor, for the hosts of a capture.
func mac(n int) wire.MAC { return wire.MAC{0x00, 0x50, 0x56, 0x01, byte(n >> 8), byte(n)} }

// hosts makes up the two ends of connection n.
func (r *recorder) hosts(n int, port uint16) (client, server wire.Host) {
	c, s := fmt.Sprintf("10.1.0.%d", 10+n%200), "10.9.0.5"
	if r.opts.IPv6 {
		c, s = fmt.Sprintf("2001:db8:1::%x", 0x10+n), "2001:db8:9::5"
	}
	client = wire.Host{Addr: netip.AddrPortFrom(netip.MustParseAddr(c), uint16(49700+r.rng.IntN(9)+10*n)), MAC: mac(0x10 + n), TTL: 128}
	server = wire.Host{Addr: netip.AddrPortFrom(netip.MustParseAddr(s), port), MAC: mac(5), TTL: 128}
	return client, server
}

// pair records a connection: it wraps both ends of a real one and writes the
// handshake.
func (r *recorder) pair(client, server net.Conn) (a, b net.Conn) {
	r.mu.Lock()
	defer r.mu.Unlock()
	real := addrPort(client.LocalAddr())
	ca, sa := r.hosts(len(r.shown), r.opts.Port)
	r.shown[real] = ca.Addr
	w := wire.NewConn(&r.tape, ca, sa, wire.Options{
		VLAN: r.opts.VLAN, Latency: 180 * wire.Microsecond, DelayedAck: 40 * wire.Millisecond, Pad: true, MSS: r.opts.MSS,
		ISN: [2]uint32{r.rng.Uint32(), r.rng.Uint32()}, ID: [2]uint16{uint16(r.rng.Uint32()), uint16(r.rng.Uint32())},
	})
	t := &tap{recorder: r, wire: w}
	r.taps = append(r.taps, t)
	w.Open(r.clock.Now().UnixNano())
	return &recorded{Conn: client, tap: t, side: wire.FromClient}, &recorded{Conn: server, tap: t, side: wire.FromServer}
}

// address returns the made-up address of a real client.
func (r *recorder) address(real netip.AddrPort) netip.AddrPort {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.shown[real]
}

// tap is one recorded connection.
type tap struct {
	recorder *recorder
	wire     *wire.Conn
	closed   bool
}

// recorded is one end of a recorded connection.
type recorded struct {
	net.Conn
	tap   *tap
	side  wire.Direction
	reset bool // Close sends RST
}

// Write records the data, then sends them.
func (c *recorded) Write(b []byte) (int, error) {
	r := c.tap.recorder
	r.mu.Lock()
	if !c.tap.closed {
		c.tap.wire.Send(r.clock.Now().UnixNano(), c.side, b)
	}
	r.mu.Unlock()
	return c.Conn.Write(b)
}

// SetLinger implements what *net.TCPConn has; 0 means that Close sends RST.
func (c *recorded) SetLinger(seconds int) error {
	c.reset = seconds == 0
	return c.Conn.(*net.TCPConn).SetLinger(seconds)
}

// Close records the end of the connection, once for both ends.
func (c *recorded) Close() error {
	r := c.tap.recorder
	r.mu.Lock()
	if now := r.clock.Now().UnixNano(); !c.tap.closed {
		c.tap.closed = true
		if c.reset {
			c.tap.wire.Reset(now, c.side)
		} else {
			c.tap.wire.Finish(now, c.side)
		}
	}
	r.mu.Unlock()
	return c.Conn.Close()
}
