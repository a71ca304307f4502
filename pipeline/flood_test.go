package pipeline_test

import (
	"context"
	"encoding/binary"
	"fmt"
	"io"
	"net/netip"
	"os"
	"runtime"
	"testing"

	"github.com/stretchr/testify/require"

	"ctiscope/capture"
	"ctiscope/decode"
	"ctiscope/decode/schema"
	"ctiscope/pipeline"
	"ctiscope/session"
	"ctiscope/traffic/wire"
)

// floodSource makes packets while it is read: a session that works, and
// whatever flood sends beside it.
type floodSource struct {
	steps  int
	flood  func(n int, sink wire.Sink)
	work   func(n int, sink wire.Sink)
	number int64
	block  *capture.Block
	peak   uint64
}

func (s *floodSource) Packet(t int64, data []byte) {
	s.number++
	s.block.Packets = append(s.block.Packets, capture.Packet{
		Data: append([]byte(nil), data...), Time: s.number * 10_000, Number: s.number, Length: len(data), Link: capture.LinkEthernet, Digits: 6,
	})
}

func (s *floodSource) Next() (*capture.Block, error) {
	if s.steps == 0 {
		return nil, io.EOF
	}
	s.block = capture.NewBlock(nil)
	for range min(s.steps, 1000) {
		s.flood(s.steps, s)
		if s.steps%100 == 0 {
			s.work(s.steps, s)
		}
		s.steps--
	}
	if s.steps%50_000 == 0 {
		var m runtime.MemStats
		runtime.ReadMemStats(&m)
		s.peak = max(s.peak, m.HeapInuse+m.StackInuse)
	}
	return s.block, nil
}

func (s *floodSource) Interfaces() []capture.Interface { return nil }
func (s *floodSource) Close() error                    { return nil }

func endpoint(n int, port uint16) wire.Host {
	var ip [4]byte
	binary.BigEndian.PutUint32(ip[:], 10<<24|uint32(n))
	return wire.Host{Addr: netip.AddrPortFrom(netip.AddrFrom4(ip), port), TTL: 64}
}

// sender writes the segments of a flood.
type sender struct{ buf []byte }

func (f *sender) send(sink wire.Sink, src, dst wire.Host, seq uint32, flags uint8, payload []byte) {
	s := wire.Segment{Src: src, Dst: dst, Seq: seq, Flags: flags, Window: 1000, Payload: payload}
	f.buf = s.Append(f.buf[:0])
	sink.Packet(0, f.buf)
}

// countStage counts the messages of the session that works.
type countStage struct{ whole, other *int }

func (c countStage) Take(r *session.Record, _ *pipeline.Out) {
	if r.Kind != session.Message {
		return
	}
	if r.Info.ClientID == "worker" && len(r.Message.Problems) == 0 {
		*c.whole++
	} else {
		*c.other++
	}
}

func TestFloods(t *testing.T) {
	beat, err := decode.CCE().AppendMessage(nil, schema.CCE().ByName("HEARTBEAT_REQ"), 15, nil)
	require.NoError(t, err)
	open, err := decode.CCE().AppendMessage(nil, schema.CCE().ByName("OPEN_REQ"), 15, []decode.Setting{{Name: "VersionNumber", Num: 15}, {Name: "ClientID", Bytes: []byte("worker")}})
	require.NoError(t, err)
	server := endpoint(9, 42027)
	var f sender
	giant := make([]byte, 1400)
	binary.BigEndian.PutUint32(giant, 0xFFFFFFFF)
	floods := map[string]func(n int, sink wire.Sink){
		"SYN": func(n int, sink wire.Sink) {
			f.send(sink, endpoint(1000+n, uint16(n)), server, uint32(n), wire.SYN, nil)
		},
		"holes": func(n int, sink wire.Sink) {
			f.send(sink, endpoint(1000+n%500, 5000), server, uint32(2_000_000_000-n*3000), wire.ACK, giant[:700])
		},
		"connections with data": func(n int, sink wire.Sink) {
			f.send(sink, endpoint(1000+n, 5000), server, 7, wire.ACK|wire.PSH, beat[:9])
		},
		"connections on other ports": func(n int, sink wire.Sink) {
			f.send(sink, endpoint(1000+n, 5000), endpoint(10, 9999), 7, wire.ACK|wire.PSH, beat[:9])
		},
		"lengths of 4 GiB": func(n int, sink wire.Sink) {
			f.send(sink, endpoint(1000+n%500, 5000), server, uint32(-n*len(giant)), wire.ACK, giant)
		},
	}
	for name, flood := range floods {
		t.Run(name, func(t *testing.T) {
			whole, other := 0, 0
			conn := wire.NewConn(nil, endpoint(8, 50000), server, wire.Options{})
			steps := 200_000
			if os.Getenv("CTISCOPE_LONG") != "" {
				steps = 2_000_000
			}
			src := &floodSource{steps: steps, flood: flood}
			conn = wire.NewConn(src, endpoint(8, 50000), server, wire.Options{})
			begun := false
			src.work = func(n int, _ wire.Sink) {
				if !begun {
					conn.Open(0)
					conn.Send(0, wire.FromClient, open)
					begun = true
				}
				conn.Send(0, wire.FromClient, beat)
			}
			r, err := pipeline.Run(context.Background(), src, pipeline.Options{
				Workers: 1, Taps: []pipeline.Tap{pipeline.NewCounts(func() countStage { return countStage{&whole, &other} })},
			})
			require.NoError(t, err)
			require.Equal(t, steps/100+1, whole, fmt.Sprintf("%+v", r.Reassembly))
			require.Less(t, src.peak, uint64(200<<20))
			t.Logf("peak heap %d MiB, %d packets", src.peak>>20, r.Packets)
		})
	}
}
