package reassembly_test

import (
	"math"
	"runtime"
	"testing"

	"github.com/stretchr/testify/require"

	"ctiscope/network"
	"ctiscope/reassembly"
)

// stranger is the i-th of many clients.
func stranger(i int) network.Endpoint {
	e := endpoint(0, uint16(1024+i%30000))
	e.Addr[13], e.Addr[14], e.Addr[15] = byte(i/30000), 9, byte(i>>4)
	return e
}

// beside is a session that goes on in the midst of a flood.
type beside struct {
	s          *script
	seq        [2]uint32
	bytes      [2]int
	opens, bad int
	events     int
}

func newBeside(o reassembly.Options) *beside {
	b := &beside{s: newScript(o), seq: [2]uint32{1, 1001}}
	b.s.asm = newAssembler(o, b.event)
	b.s.handshake()
	return b
}

func (b *beside) event(e *reassembly.Event) {
	b.events++
	if e.Conn.A != b.s.client {
		return
	}
	switch e.Kind {
	case reassembly.Open:
		b.opens++
	case reassembly.Data:
		b.bytes[e.Dir] += len(e.Bytes)
	default:
		b.bad++
	}
}

// talk sends a request and an answer.
func (b *beside) talk() {
	b.s.c(ack, b.seq[0], b.seq[1], "request")
	b.seq[0] += 7
	b.s.s(ack, b.seq[1], b.seq[0], "answer")
	b.seq[1] += 6
}

func heap() uint64 {
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return m.HeapAlloc
}

// flood runs n rounds of a flood with the session talking now and then, and
// checks that the session is whole and the memory bounded.
func flood(t *testing.T, o reassembly.Options, n int, round func(s *script, i int)) reassembly.Counters {
	before := heap()
	b := newBeside(o)
	talks := 0
	for i := range n {
		if i%997 == 0 && i < 20*997 || i%50_000 == 0 {
			b.talk()
			talks++
		}
		round(b.s, i)
	}
	b.talk()
	after := heap()
	require.Less(t, int64(after)-int64(before), int64(48<<20), "bytes of heap")
	require.Equal(t, [2]int{7 * (talks + 1), 6 * (talks + 1)}, b.bytes)
	require.Equal(t, 1, b.opens)
	require.Zero(t, b.bad)
	return b.s.asm.Counters()
}

func TestFloods(t *testing.T) {
	server := endpoint(2, 42027)
	send := func(s *script, seg network.Segment) {
		s.time -= millisecond
		s.time += 1000
		s.send(seg)
	}
	data := make([]byte, 400)
	cases := []struct {
		name  string
		n     int
		round func(s *script, i int)
		check func(t *testing.T, n reassembly.Counters)
	}{
		{"SYNs", 1_000_000, func(s *script, i int) {
			send(s, network.Segment{Src: stranger(i), Dst: server, Flags: syn, Seq: uint32(i) * 7919})
		}, func(t *testing.T, n reassembly.Counters) {
			require.EqualValues(t, 1_000_000+1-reassembly.DefaultConnections, n.EvictedConnections)
		}},
		{"connections that say one thing", 200_000, func(s *script, i int) {
			send(s, network.Segment{Src: stranger(i), Dst: server, Flags: ack, Seq: 1, Payload: data, Length: len(data), Owned: true})
		}, func(t *testing.T, n reassembly.Counters) {
			require.Positive(t, n.EvictedConnections)
		}},
		{"holes", 200_000, func(s *script, i int) {
			x := network.Segment{Src: stranger(i % 10_000), Dst: server, Flags: ack, Seq: 1 + uint32(i/10_000)*500, Payload: data, Length: len(data)}
			if i < 10_000 {
				x.Flags, x.Payload, x.Length = syn, nil, 0
			}
			send(s, x)
		}, func(t *testing.T, n reassembly.Counters) {
			require.Positive(t, n.Holes)
		}},
		{"sequence numbers at random", 200_000, func(s *script, i int) {
			send(s, network.Segment{Src: stranger(0), Dst: server, Flags: ack, Seq: uint32(i) * 2654435761, Payload: data[:4], Length: math.MaxInt32, Owned: true})
		}, func(*testing.T, reassembly.Counters) {}},
		{"a session on another port each", 100_000, func(s *script, i int) {
			x := network.Segment{Src: stranger(i), Dst: endpoint(2, 9999), Flags: ack, Seq: 1, Payload: []byte("*****"), Length: 5, Owned: true}
			send(s, x)
		}, func(t *testing.T, n reassembly.Counters) {
			require.EqualValues(t, 100_000, n.Recognized)
		}},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			c.check(t, flood(t, reassembly.Options{Recognizer: star}, c.n, c.round))
		})
	}
}

// TestEvictionOrder: of too many connections, those that matter least go first.
func TestEvictionOrder(t *testing.T) {
	s := newScript(reassembly.Options{Connections: 4})
	connection := func(port uint16, segments int) {
		s.client.Port = port
		s.handshake()
		for i := range segments {
			s.c(ack, 1+3*uint32(i), 1001, "abc")
		}
		if segments < 0 {
			s.c(fin|ack, 1, 1001, "")
			s.s(fin|ack, 1001, 2, "")
		}
	}
	connection(1, 50) // proven
	connection(2, 3)  // young
	connection(3, 0)  // empty
	connection(4, -1) // closed
	s.take()
	closed := func() (list []string) {
		for _, l := range s.take() {
			if l[:5] == "close" {
				list = append(list, l)
			}
		}
		return list
	}
	connection(5, 50)
	require.Empty(t, closed(), "the closed one")
	connection(6, 50)
	require.Equal(t, []string{"close 3 forgotten"}, closed())
	connection(7, 50)
	require.Equal(t, []string{"close 2 forgotten"}, closed())
	connection(8, 50)
	require.Equal(t, []string{"close 1 forgotten"}, closed())
	require.EqualValues(t, 3, s.asm.Counters().EvictedConnections)
}
