// Package random makes captures of messages that are legal by layout and not
// plausible: every message that has a layout at a version, with field values
// drawn at random, as in the reference captures of testdata/vectors.
//
// Nothing is lost, reordered or cut in them; package damage does that. With
// Options.Hard the messages are as odd as senders are allowed, or known, to be:
// floating fields in any order, repeated, of other messages or unknown, strings
// without a null or with two, counts that do not match, types of later
// versions, values of every length.
//
// Messages are built here byte by byte and not with decode.AppendMessage, so
// that encoder and decoder cannot be wrong together. The package imports
// decode, decode/schema, traffic/expect and traffic/wire.
package random

import (
	"fmt"
	"math/rand/v2"
	"net/netip"

	"ctiscope/decode/schema"
	"ctiscope/traffic/expect"
	"ctiscope/traffic/wire"
)

// Options say what to make.
type Options struct {
	Seed    uint64
	Version int
	// Sessions is the number of connections, 4 when 0; Messages how many there
	// are in all beside the handshakes, 220 when 0.
	Sessions, Messages int
	Hard               bool
	// NoOpen leaves out OPEN_REQ and OPEN_CONF: what follows them begins at
	// once, and nothing but the bytes tells the version.
	NoOpen bool
}

// Capture is what was made.
type Capture struct {
	Packets wire.Tape
	Expect  []expect.Message
}

// generator makes one capture.
type generator struct {
	opts     Options
	rng      *rand.Rand
	sessions []*session
	types    []*schema.Message
	now      int64
	out      Capture
}

type session struct {
	conn    *wire.Conn
	pending [2][]byte // written together
}

// New makes a capture.
func New(o Options) *Capture {
	if o.Sessions == 0 {
		o.Sessions = 4
	}
	if o.Messages == 0 {
		o.Messages = 220
	}
	g := &generator{opts: o, rng: rand.New(rand.NewPCG(o.Seed, uint64(o.Version))), now: 1_753_000_000_000_000_000}
	for _, m := range schema.CCE().Messages() {
		if m.HasLayout && int(m.Since) <= o.Version && m.Number != 3 && m.Number != 4 && m.Number != 7 && m.Number != 8 {
			g.types = append(g.types, m)
		}
	}
	for i := range o.Sessions {
		g.begin(i)
	}
	for i := range o.Messages {
		g.step(i)
	}
	for i := range g.sessions {
		g.end(i)
	}
	return &g.out
}

// begin opens connection i. The server of every other one begins near the end
// of the sequence numbers.
func (g *generator) begin(i int) {
	isn := [2]uint32{g.rng.Uint32(), g.rng.Uint32()}
	if i%2 == 0 {
		isn[1] = 0xffffff00 - g.rng.Uint32N(1000)
	}
	server := netip.AddrPortFrom(netip.AddrFrom4([4]byte{10, 9, 0, 5}), 42027)
	if i%2 == 1 {
		server = netip.AddrPortFrom(netip.AddrFrom4([4]byte{10, 9, 0, 6}), 43027)
	}
	client := netip.AddrPortFrom(netip.AddrFrom4([4]byte{10, 1, byte(i / 240), byte(10 + i%240)}), uint16(50001+i))
	s := &session{conn: wire.NewConn(&g.out.Packets,
		wire.Host{Addr: client, MAC: wire.MAC{0, 0x50, 0x56, 1, 2, byte(i)}, TTL: 64},
		wire.Host{Addr: server, MAC: wire.MAC{0, 0x50, 0x56, 4, 5, 6}, TTL: 64},
		wire.Options{ISN: isn})}
	g.sessions = append(g.sessions, s)
	g.now = s.conn.Open(g.tick())
	if g.opts.NoOpen {
		return
	}
	// The handshake's messages in writes of their own.
	g.send(i, wire.FromClient, g.message(schema.CCE().Lookup(3)))
	g.flush(i, wire.FromClient)
	g.send(i, wire.FromServer, g.message(schema.CCE().Lookup(4)))
	g.flush(i, wire.FromServer)
}

// step sends a message of the next type on any session, or waits for more to
// send with it.
func (g *generator) step(i int) {
	def := g.types[(i*7919+int(g.opts.Seed%1_000_003))%len(g.types)]
	if i >= len(g.types) {
		def = g.types[g.rng.IntN(len(g.types))]
	}
	k, d := g.rng.IntN(len(g.sessions)), wire.FromServer
	if def.From == schema.Client || def.From == schema.Unknown && g.rng.IntN(2) == 0 {
		d = wire.FromClient
	}
	m := g.message(def)
	if g.opts.Hard && g.rng.IntN(40) == 0 {
		m = g.unknownMessage()
	}
	g.send(k, d, m)
	if g.rng.IntN(3) > 0 {
		g.flush(k, d)
	}
}

// end writes what waits and resets connection i.
func (g *generator) end(i int) {
	g.flush(i, wire.FromClient)
	g.flush(i, wire.FromServer)
	g.sessions[i].conn.Reset(g.tick(), wire.FromClient)
}

// send puts a message among those to be written next.
func (g *generator) send(i int, d wire.Direction, m built) {
	s := g.sessions[i]
	s.pending[d] = append(s.pending[d], m.frame...)
	m.expect.Session, m.expect.From = i+1, "client"
	if d == wire.FromServer {
		m.expect.From = "server"
	}
	g.out.Expect = append(g.out.Expect, m.expect)
}

func (g *generator) flush(i int, d wire.Direction) {
	s := g.sessions[i]
	if len(s.pending[d]) > 0 {
		g.now = s.conn.Send(g.tick(), d, s.pending[d])
		s.pending[d] = nil
	}
}

// tick lets some time pass.
func (g *generator) tick() int64 {
	g.now += 100*wire.Microsecond + g.rng.Int64N(3*wire.Millisecond)
	return g.now
}

// Name says what a capture is, for the name of a test.
func (o Options) Name() string { return fmt.Sprintf("version %d seed %d", o.Version, o.Seed) }
