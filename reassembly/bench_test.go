package reassembly_test

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"

	"ctiscope/capture"
	"ctiscope/network"
	"ctiscope/reassembly"
)

// conversation is a connection that goes on for ever: two segments from the
// server and an acknowledgement.
type conversation struct {
	client, server network.Endpoint
	seq            uint32
	turn           int
}

func (c *conversation) next(s *network.Segment, payload []byte) {
	s.Number++
	s.Time += 10_000
	s.IPID++
	c.turn++
	if c.turn%3 == 0 {
		s.Src, s.Dst, s.Seq, s.Ack = c.client, c.server, 1, c.seq
		s.Payload, s.Length, s.Flags = nil, 0, network.ACK
		return
	}
	s.Src, s.Dst, s.Seq, s.Ack = c.server, c.client, c.seq, 1
	s.Payload, s.Length, s.Flags = payload, len(payload), network.ACK|network.PSH
	c.seq += uint32(len(payload))
}

func conversations(n int) []conversation {
	list := make([]conversation, n)
	for i := range list {
		list[i].client = endpoint(byte(i), uint16(20000+i))
		list[i].server = endpoint(200, 42027)
	}
	return list
}

func BenchmarkInOrder(b *testing.B) {
	for _, n := range []int{1, 100, 10_000} {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			var bytes int64
			a := newAssembler(reassembly.Options{}, func(e *reassembly.Event) { bytes += int64(len(e.Bytes)) })
			list, payload, block := conversations(n), make([]byte, 470), capture.NewBlock(nil)
			var s network.Segment
			for i := range 100 * n {
				list[i%n].next(&s, payload)
				a.Segment(&s, block)
			}
			i := 0
			b.SetBytes(470 * 2 / 3)
			b.ReportAllocs()
			for b.Loop() {
				list[i].next(&s, payload)
				a.Segment(&s, block)
				if i++; i == n {
					i = 0
				}
			}
		})
	}
}

// never recognises nothing.
type never struct{}

// Trial is never begun.
func (never) Trial() reassembly.Trial { return nil }

func (never) Glance(p []byte) reassembly.Verdict {
	if len(p) >= 8 && p[0] == 0 && p[1] == 0 {
		return 1
	}
	return 0
}

func BenchmarkOther(b *testing.B) {
	for _, c := range []struct {
		name     string
		sessions int
	}{{"alone", 0}, {"beside 100 sessions", 100}} {
		b.Run(c.name, func(b *testing.B) {
			a := newAssembler(reassembly.Options{Recognizer: never{}}, func(*reassembly.Event) {})
			payload := []byte("GET / HTTP/1.1\r\nHost: example.org\r\n\r\n")
			list := conversations(max(c.sessions, 1))
			s := network.Segment{Time: 1}
			for i := range c.sessions {
				list[i].next(&s, payload)
				a.Segment(&s, nil)
			}
			s = network.Segment{Time: 1, Src: endpoint(1, 40000), Dst: endpoint(2, 80), Flags: network.ACK, Payload: payload, Length: len(payload)}
			b.ReportAllocs()
			for b.Loop() {
				s.Number++
				s.Time += 10_000
				a.Segment(&s, nil)
			}
		})
	}
}

func TestAllocations(t *testing.T) {
	a := newAssembler(reassembly.Options{Recognizer: never{}}, func(*reassembly.Event) {})
	list, payload, block := conversations(50), make([]byte, 470), capture.NewBlock(nil)
	var s network.Segment
	i := 0
	step := func() {
		list[i%len(list)].next(&s, payload)
		a.Segment(&s, block)
		i++
	}
	for range 1000 {
		step()
	}
	require.Zero(t, testing.AllocsPerRun(10_000, step), "in order")

	web := network.Segment{Time: 1, Src: endpoint(1, 40000), Dst: endpoint(2, 80), Flags: network.ACK, Payload: payload, Length: len(payload)}
	require.Zero(t, testing.AllocsPerRun(10_000, func() {
		web.Src.Port++
		web.Flags ^= network.SYN
		a.Segment(&web, block)
	}), "not CTI")
}
