package bulk_test

import (
	"bytes"
	"context"
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/require"

	"ctiscope/capture"
	"ctiscope/pipeline"
	"ctiscope/session"
	"ctiscope/traffic/bulk"
	"ctiscope/traffic/wire"
)

type noStage struct{}

func (noStage) Take(*session.Record, *pipeline.Out) {}

// generate makes a capture of about so many bytes.
func generate(t *testing.T, o bulk.Options, size int64, drop float64) ([]byte, *bulk.Generator) {
	var out bytes.Buffer
	pcap := wire.NewPcap(&out, false)
	damage := &bulk.Damage{Sink: pcap, Rand: rand.New(rand.NewPCG(o.Seed, 1)), Drop: drop}
	g, err := bulk.New(o, damage)
	require.NoError(t, err)
	for pcap.Size() < size {
		g.Step()
	}
	g.Finish()
	require.NoError(t, pcap.Flush())
	return out.Bytes(), g
}

func decodeAll(t *testing.T, file []byte) *pipeline.Result {
	src, err := capture.Open([]string{"-"}, capture.Options{Stdin: bytes.NewReader(file)})
	require.NoError(t, err)
	defer src.Close()
	r, err := pipeline.Run(context.Background(), src, pipeline.Options{Taps: []pipeline.Tap{pipeline.NewCounts(func() noStage { return noStage{} })}})
	require.NoError(t, err)
	return r
}

func TestEveryMessageIsFound(t *testing.T) {
	for _, share := range []float64{1, 0.05} {
		for _, version := range []int{9, 15, 24} {
			file, g := generate(t, bulk.Options{Seed: 1, Version: version, Sessions: 20, Share: share}, 2<<20, 0)
			r := decodeAll(t, file)
			require.Equal(t, g.Messages(), r.Session.Messages)
			require.Zero(t, r.Session.Errors)
			require.Zero(t, r.Session.Resyncs)
			require.EqualValues(t, 20, r.Reassembly.Connections)
			if share == 1 {
				require.Greater(t, r.Session.Paired*10, r.Session.Requests*9)
			}
		}
	}
}

func TestSameSeedSameBytes(t *testing.T) {
	a, _ := generate(t, bulk.Options{Seed: 3, Sessions: 5}, 200<<10, 0.01)
	b, _ := generate(t, bulk.Options{Seed: 3, Sessions: 5}, 200<<10, 0.01)
	require.Equal(t, a, b)
}

func TestDamageIsNoticed(t *testing.T) {
	file, g := generate(t, bulk.Options{Seed: 2, Sessions: 20}, 2<<20, 0.02)
	r := decodeAll(t, file)
	require.Less(t, r.Session.Messages, g.Messages())
	require.Greater(t, r.Session.Messages, g.Messages()*8/10)
	require.NotZero(t, r.Session.Gaps)
}
