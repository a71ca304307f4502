package pipeline_test

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"math/rand/v2"
	"net/netip"
	"os"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"ctiscope/capture"
	"ctiscope/output"
	"ctiscope/pipeline"
	"ctiscope/statistics"
	"ctiscope/traffic/damage"
	"ctiscope/traffic/random"
	"ctiscope/traffic/wire"
)

// tapeSource gives the packets of a tape in blocks of a few, so that a small
// capture takes many rounds.
type tapeSource struct {
	rng    *rand.Rand
	tape   wire.Tape
	number int64
	most   int // packets of a block
}

func (s *tapeSource) Next() (*capture.Block, error) {
	if len(s.tape) == 0 {
		return nil, io.EOF
	}
	b := capture.NewBlock(nil)
	n := min(1+s.rng.IntN(s.most), len(s.tape))
	for _, p := range s.tape[:n] {
		s.number++
		b.Packets = append(b.Packets, capture.Packet{
			Data: p.Data, Length: len(p.Data), Time: p.Time, Number: s.number, Link: capture.LinkEthernet, Digits: 9,
		})
	}
	s.tape = s.tape[n:]
	return b, nil
}

func (s *tapeSource) Interfaces() []capture.Interface { return nil }
func (s *tapeSource) Close() error                    { return nil }

// toPort puts every second server at a port that is no CTI port.
func toPort(d *damage.Capture, port uint16) {
	for i := range d.Packets {
		p := &d.Packets[i]
		server := &p.Segment.Dst
		if server.Addr.Port() > 50000 {
			server = &p.Segment.Src
		}
		if server.Addr.Port() == 43027 {
			server.Addr = netip.AddrPortFrom(server.Addr.Addr(), port)
		}
	}
}

// damaged makes a random capture whose packets are lost, late, sent again and
// swapped.
func damaged(t *testing.T, seed uint64) wire.Tape {
	rng := damage.Rand(seed)
	c := random.New(random.Options{Seed: seed, Version: 5 + rng.IntN(21), Sessions: 6, NoOpen: rng.IntN(2) == 0})
	d, err := damage.Parse(c.Packets)
	require.NoError(t, err)
	for _, way := range []func(){
		func() { toPort(d, 9999) },
		func() { d.Resegment(rng) },
		func() { d.Retransmit(rng, 0.05, 12) },
		func() { d.Drop(rng, 0.05) },
		func() { d.Swap(rng, 0.1, 12) },
		func() { d.Late(rng.IntN(len(d.Packets) / 2)) },
	} {
		if rng.IntN(2) == 0 {
			way()
		}
	}
	return d.Tape()
}

// runTape runs a capture in small blocks: it returns what was printed, told and
// counted.
func runTape(t *testing.T, seed uint64, tape wire.Tape, workers int) (text string, facts *factTap, stats string) {
	rng := rand.New(rand.NewPCG(seed, 1))
	src := &tapeSource{rng: rng, tape: tape, most: 1 + rng.IntN(40)}
	o := pipeline.Options{Workers: workers}
	if rng.IntN(2) == 0 {
		o.Reassembly.Wait = 50 * time.Millisecond
	}
	var out bytes.Buffer
	facts = &factTap{keep: true, every: true}
	counts := pipeline.NewCounts(func() statStage { return statStage{statistics.New()} })
	o.Taps = []pipeline.Tap{facts, lines(&out, 0), counts}
	r, err := pipeline.Run(context.Background(), src, o)
	require.NoError(t, err)
	require.Equal(t, r.Packets, facts.reached.Number)
	all := statistics.New()
	for _, s := range counts.Stages {
		all.Merge(s.stats)
	}
	return out.String(), facts, string(output.AppendStatisticsJSON(nil, all.Report(nil)))
}

// TestOrderOfDamagedCaptures: what holes and unknown versions hold back comes in
// its place, and what sinks are told of progress is true.
func TestOrderOfDamagedCaptures(t *testing.T) {
	seeds := uint64(60)
	if os.Getenv("CTISCOPE_LONG") != "" {
		seeds = 2000
	}
	told := 0
	for seed := range seeds {
		tape := damaged(t, seed)
		text, want, stats := runTape(t, seed, tape, 1)
		require.Empty(t, want.wrong, "seed %d", seed)
		told += len(want.told)
		for _, workers := range []int{2, 4} {
			name := fmt.Sprintf("seed %d, %d workers", seed, workers)
			gotText, got, gotStats := runTape(t, seed, tape, workers)
			require.Empty(t, got.wrong, name)
			require.Equal(t, want.told, got.told, name)
			require.Equal(t, want.marks, got.marks, name)
			require.Equal(t, text, gotText, name)
			require.JSONEq(t, stats, gotStats, name)
		}
	}
	require.Greater(t, told, 5000)
}
