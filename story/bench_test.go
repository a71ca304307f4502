package story_test

import (
	"bytes"
	"context"
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/require"

	"ctiscope/capture"
	"ctiscope/pipeline"
	"ctiscope/session"
	"ctiscope/statistics"
	"ctiscope/story"
	"ctiscope/traffic/bulk"
	"ctiscope/traffic/wire"
)

type statStage struct{ stats *statistics.Collector }

func (s statStage) Take(r *session.Record, _ *pipeline.Out) { s.stats.Add(r) }

// BenchmarkStory tells of 16 MiB of capture, beside what `stats` does.
func BenchmarkStory(b *testing.B) {
	var file bytes.Buffer
	pcap := wire.NewPcap(&file, false)
	g, err := bulk.New(bulk.Options{Seed: 1, Share: 1}, &bulk.Damage{Sink: pcap, Rand: rand.New(rand.NewPCG(1, 1))})
	require.NoError(b, err)
	for pcap.Size() < 16<<20 {
		g.Step()
	}
	require.NoError(b, pcap.Flush())
	of := func(k story.Kinds) func() pipeline.Tap {
		return func() pipeline.Tap {
			return story.New(story.Options{Kinds: k, Emit: func(story.Thing) error { return nil }})
		}
	}
	for _, c := range []struct {
		name string
		tap  func() pipeline.Tap
	}{
		{"stats", func() pipeline.Tap {
			return pipeline.NewCounts(func() statStage { return statStage{statistics.New()} })
		}},
		{"sessions", of(story.Sessions)}, {"requests", of(story.Requests)}, {"agents", of(story.Agents)}, {"calls", of(story.Calls)},
	} {
		b.Run(c.name, func(b *testing.B) {
			b.SetBytes(int64(file.Len()))
			b.ReportAllocs()
			for b.Loop() {
				src, err := capture.Open([]string{"-"}, capture.Options{Stdin: bytes.NewReader(file.Bytes())})
				require.NoError(b, err)
				o := pipeline.Options{Workers: 2, Taps: []pipeline.Tap{c.tap()}}
				o.Reassembly.Facts = true
				_, err = pipeline.Run(context.Background(), src, o)
				require.NoError(b, err)
			}
		})
	}
}
