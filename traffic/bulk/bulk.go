// Package bulk makes large captures of plausible traffic: sessions that replay
// what a laboratory of package traffic recorded, with identifications that go
// on, among as much other traffic as is asked for.
//
// It is for measuring, so it is fast and its memory does not grow: messages are
// recorded once and patched. One seed always gives the same packets.
package bulk

import (
	"fmt"
	"math/rand/v2"
	"net/netip"
	"time"

	"ctiscope/traffic"
	"ctiscope/traffic/wire"
)

// Options say what to make. The zero value of each is fit for use.
type Options struct {
	Seed     uint64
	Version  int     // protocol version; 0 means 15
	Sessions int     // 0 means 400
	Share    float64 // of the bytes that are CTI; 0 means 1
	Churn    float64 // share of replays after which a session closes and opens anew
	Start    time.Time
	// PacketGap is the mean time between packets; 0 means 150 microseconds.
	PacketGap time.Duration
}

// Generator makes packets.
type Generator struct {
	opts      Options
	rng       *rand.Rand
	sink      countingSink
	now       int64
	scripts   []script
	followers []*script // the longest scripts
	sessions  []*session
	opened    int
	others    *others
	cti       int64 // bytes of CTI packets
	messages  int64
}

// countingSink counts the bytes that it hands on.
type countingSink struct {
	wire.Sink
	bytes int64
}

func (s *countingSink) Packet(t int64, data []byte) {
	s.bytes += int64(len(data))
	s.Sink.Packet(t, data)
}

// New records the scripts that the sessions replay; packets go to sink.
func New(o Options, sink wire.Sink) (*Generator, error) {
	if o.Version == 0 {
		o.Version = 15
	}
	if o.Sessions == 0 {
		o.Sessions = 400
	}
	if o.Share == 0 {
		o.Share = 1
	}
	if o.Start.IsZero() {
		o.Start = time.Date(2025, 7, 21, 8, 0, 0, 0, time.UTC)
	}
	if o.PacketGap == 0 {
		o.PacketGap = 150 * time.Microsecond
	}
	g := &Generator{opts: o, rng: rand.New(rand.NewPCG(o.Seed, 0xb0)), now: o.Start.UnixNano(), sink: countingSink{Sink: sink}}
	if err := g.record(); err != nil {
		return nil, fmt.Errorf("record scripts: %w", err)
	}
	for i := range o.Sessions {
		g.sessions = append(g.sessions, g.newSession(i))
	}
	g.others = newOthers(g.rng)
	return g, nil
}

// record plays a day in laboratories of other seeds and keeps what each client
// and the server said.
func (g *Generator) record() error {
	for k := range uint64(3) {
		lab, err := traffic.NewLab(traffic.LabOptions{Seed: g.opts.Seed*3 + k, Version: g.opts.Version, Rich: true})
		if err != nil {
			return err
		}
		err = lab.Day()
		lab.Close()
		if err != nil {
			return err
		}
		for _, c := range lab.Log.Conversations() {
			if s := newScript(c); len(s.turns) > 0 {
				g.scripts = append(g.scripts, s)
			}
		}
	}
	longest := 0
	for i := range g.scripts {
		longest = max(longest, len(g.scripts[i].turns))
	}
	for i := range g.scripts {
		if s := &g.scripts[i]; len(s.turns) > longest*3/4 {
			g.followers = append(g.followers, s)
		}
	}
	if len(g.scripts) == 0 {
		return fmt.Errorf("version %d: nothing was said", g.opts.Version)
	}
	return nil
}

// Messages returns how many CTI messages were sent.
func (g *Generator) Messages() int64 { return g.messages }

// Now returns the time of the capture.
func (g *Generator) Now() time.Time { return time.Unix(0, g.now).UTC() }

// Step makes the next few packets: first every session opens, then they talk,
// and other traffic goes on beside them.
func (g *Generator) Step() {
	g.now += int64(g.rng.ExpFloat64() * float64(g.opts.PacketGap))
	if float64(g.cti) > g.opts.Share*float64(g.sink.bytes) {
		g.others.packet(g.now, &g.sink)
		return
	}
	before := g.sink.bytes
	if g.opened < len(g.sessions) {
		g.sessions[g.opened].open(g)
		g.opened++
	} else {
		g.sessions[g.rng.IntN(len(g.sessions))].turn(g)
	}
	g.cti += g.sink.bytes - before
}

// Finish closes all sessions.
func (g *Generator) Finish() {
	for _, s := range g.sessions[:g.opened] {
		g.now += int64(g.opts.PacketGap)
		s.close(g)
	}
}

// host is a made-up host of a network 10.x.
func host(network byte, n int, port uint16) wire.Host {
	return wire.Host{
		Addr: netip.AddrPortFrom(netip.AddrFrom4([4]byte{10, network, byte(n >> 8), byte(n)}), port),
		MAC:  wire.MAC{0x02, 0, network, 0, byte(n >> 8), byte(n)},
		TTL:  64,
	}
}
