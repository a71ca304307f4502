package reassembly_test

import (
	"fmt"
	"math/rand/v2"
	"net/netip"
	"os"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"ctiscope/capture"
	"ctiscope/capture/capturetest"
	"ctiscope/network"
	"ctiscope/reassembly"
)

// lane is a pair of endpoints on which one connection follows another.
type lane struct {
	client, server netip.AddrPort
	r              *rand.Rand
	queue          []capturetest.Segment // still to be sent of the connection
	texts          []string              // what each connection says, both directions
	left           int
	pause          int
}

// connect queues the segments of a whole connection.
func (l *lane) connect() {
	seq := [2]uint32{l.r.Uint32(), l.r.Uint32()}
	text := [2]string{}
	add := func(d int, flags byte, data string) {
		s := capturetest.Segment{Src: l.client, Dst: l.server, Flags: flags | capturetest.ACK, Seq: seq[d], Ack: seq[1-d],
			Data: []byte(data), ID: uint16(l.r.Uint32() | 1)}
		if d == 1 {
			s.Src, s.Dst = s.Dst, s.Src
		}
		seq[d] += uint32(len(data))
		text[d] += data
		if flags&(capturetest.SYN|capturetest.FIN) != 0 {
			seq[d]++
		}
		l.queue = append(l.queue, s)
	}
	add(0, capturetest.SYN, "")
	l.queue[len(l.queue)-1].Flags, l.queue[len(l.queue)-1].Ack = capturetest.SYN, 0
	add(1, capturetest.SYN, "")
	add(0, 0, "")
	add(0, 0, "*****")
	for i := range 3 + l.r.IntN(20) {
		d := l.r.IntN(2)
		add(d, 0, fmt.Sprintf("%d-%d-%x.", len(l.texts), i, l.r.Uint32()))
		if l.r.IntN(2) == 0 {
			add(1-d, 0, "")
		}
	}
	if d := l.r.IntN(2); l.r.IntN(3) == 0 {
		add(d, capturetest.RST, "")
	} else {
		add(d, capturetest.FIN, "")
		add(1-d, capturetest.FIN, "")
		add(d, 0, "")
	}
	l.texts = append(l.texts, text[0]+"|"+text[1])
}

// traffic is some lanes' connections, packet by packet. Between two connections
// of a lane others send at least as many packets as damage moves one.
func traffic(r *rand.Rand, lanes []*lane) (list []capturetest.Segment) {
	for {
		var ready []*lane
		for _, l := range lanes {
			if len(l.queue) > 0 || l.left > 0 {
				ready = append(ready, l)
			}
		}
		if len(ready) == 0 {
			return list
		}
		l := ready[r.IntN(len(ready))]
		if l.pause > 0 {
			l.pause--
			list = append(list, capturetest.Segment{Src: l.client, Dst: netip.AddrPortFrom(l.server.Addr(), 80), Flags: capturetest.ACK, Data: []byte("GET")})
			continue
		}
		if len(l.queue) == 0 {
			l.left--
			l.connect()
		}
		list = append(list, l.queue[0])
		if l.queue = l.queue[1:]; len(l.queue) == 0 {
			l.pause = 30
		}
	}
}

const reach = 8 // by how many places harmless moves a packet

// harmless repeats packets and changes their order by a little.
func harmless(r *rand.Rand, list []capturetest.Segment) []capturetest.Segment {
	type placed struct {
		capturetest.Segment
		at int
	}
	var out []placed
	for i, s := range list {
		out = append(out, placed{s, 10 * i})
		if r.IntN(5) == 0 {
			out[len(out)-1].at += r.IntN(10 * reach)
		}
		if r.IntN(10) == 0 {
			s.TTL = 33
			out = append(out, placed{s, 10*i + r.IntN(10*reach)})
		}
	}
	slices.SortStableFunc(out, func(x, y placed) int { return x.at - y.at })
	list = nil
	for _, p := range out {
		list = append(list, p.Segment)
	}
	return list
}

// says runs packets through an Assembler, in Blocks, and returns what each
// connection said.
func says(t *testing.T, list []capturetest.Segment, block int) (texts []string, n reassembly.Counters) {
	type both [2]string
	conns := map[*reassembly.Conn]*both{}
	a := newAssembler(reassembly.Options{Recognizer: star}, func(e *reassembly.Event) {
		if e.Kind == reassembly.Open {
			conns[e.Conn] = &both{}
		}
		d := e.Dir
		if e.Conn.A.Port < 50000 {
			d = d.Reverse()
		}
		switch e.Kind {
		case reassembly.Data:
			conns[e.Conn][d] += string(e.Bytes)
		case reassembly.Hole:
			conns[e.Conn][d] += fmt.Sprintf("(%d missing)", e.Gap.Bytes)
		case reassembly.Close:
			c := conns[e.Conn]
			texts = append(texts, c[0]+"|"+c[1])
			delete(conns, e.Conn)
		}
	})
	d := network.NewDecoder(network.Options{})
	for first := 0; first < len(list); first += block {
		b := capture.NewBlock(nil)
		for i := first; i < min(first+block, len(list)); i++ {
			data := list[i].Frame()
			b.Packets = append(b.Packets, capture.Packet{Data: data, Length: len(data), Link: capture.LinkEthernet,
				Number: int64(i + 1), Time: 1700000000e9 + int64(i)*millisecond})
		}
		a.Block(b)
		var s network.Segment
		for i := range b.Packets {
			require.Equal(t, network.TCP, d.Decode(&b.Packets[i], &s))
			a.Segment(&s, b)
		}
		last := b.Packets[len(b.Packets)-1]
		a.Advance(reassembly.Mark{Number: last.Number, Time: last.Time})
		for i := range b.Packets {
			clear(b.Packets[i].Data) // as a source does that uses its memory again
		}
	}
	a.Close()
	require.Empty(t, conns)
	return texts, a.Counters()
}

// TestHarmlessDamage: packets that are repeated or in another order lose and
// change nothing, over several connections of the same endpoints, on CTI ports
// and on others.
func TestHarmlessDamage(t *testing.T) {
	seeds := uint64(40)
	if os.Getenv("CTISCOPE_LONG") != "" {
		seeds = 4000
	}
	for _, c := range []struct {
		name  string
		port  uint16
		block int
	}{{"CTI port", 42027, 50}, {"other port", 9999, 1 << 20}} {
		t.Run(c.name, func(t *testing.T) {
			for seed := range seeds {
				r := rand.New(rand.NewPCG(seed, 2))
				var lanes []*lane
				for i := range 4 {
					lanes = append(lanes, &lane{r: r, left: 3, client: netip.AddrPortFrom(netip.MustParseAddr("10.0.0.1"), uint16(50000+i)),
						server: netip.AddrPortFrom(netip.MustParseAddr("10.0.0.2"), c.port)})
				}
				list := traffic(r, lanes)
				var want []string
				for _, l := range lanes {
					want = append(want, l.texts...)
				}
				got, n := says(t, harmless(r, list), c.block)
				require.ElementsMatch(t, want, got, "seed %d", seed)
				require.Zero(t, n.Conflicts)
				require.Zero(t, n.Late)
			}
		})
	}
}
