package pipeline_test

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/require"

	"ctiscope/capture"
	"ctiscope/output"
	"ctiscope/pipeline"
	"ctiscope/session"
	"ctiscope/statistics"
	"ctiscope/traffic/bulk"
	"ctiscope/traffic/wire"
)

type nothing struct{}

func (nothing) Take(*session.Record, *pipeline.Out) {}

// bulkFile is 16 MiB of capture with a share of CTI.
func bulkFile(b *testing.B, share float64) []byte {
	var file bytes.Buffer
	pcap := wire.NewPcap(&file, false)
	g, err := bulk.New(bulk.Options{Seed: 1, Share: share}, &bulk.Damage{Sink: pcap, Rand: rand.New(rand.NewPCG(1, 1))})
	require.NoError(b, err)
	for pcap.Size() < 16<<20 {
		g.Step()
	}
	require.NoError(b, pcap.Flush())
	return file.Bytes()
}

// benchmark runs a use over a capture, again and again.
func benchmark(b *testing.B, file []byte, workers int, tap func() pipeline.Tap) {
	b.SetBytes(int64(len(file)))
	b.ReportAllocs()
	for b.Loop() {
		src, err := capture.Open([]string{"-"}, capture.Options{Stdin: bytes.NewReader(file)})
		require.NoError(b, err)
		_, err = pipeline.Run(context.Background(), src, pipeline.Options{Workers: workers, Taps: []pipeline.Tap{tap()}})
		require.NoError(b, err)
	}
}

func printing(f func() pipeline.Formatter) func() pipeline.Tap {
	return func() pipeline.Tap { return pipeline.NewPrint(io.Discard, 0, f) }
}

// BenchmarkRun takes 16 MiB of capture through all stages.
func BenchmarkRun(b *testing.B) {
	taps := map[string]func() pipeline.Tap{
		"no output": func() pipeline.Tap { return pipeline.NewCounts(func() nothing { return nothing{} }) },
		"json":      printing(func() pipeline.Formatter { return output.NewJSON(output.Options{}) }),
		"text":      printing(func() pipeline.Formatter { return output.NewText(output.Options{}) }),
	}
	for _, share := range []float64{1, 0.01} {
		file := bulkFile(b, share)
		for _, name := range []string{"no output", "json", "text"} {
			for _, workers := range []int{1, 2} {
				b.Run(fmt.Sprintf("cti %v/%s/workers %d", share, name, workers), func(b *testing.B) { benchmark(b, file, workers, taps[name]) })
			}
		}
	}
}

// BenchmarkFacts gives one fact of 64 bytes a message, beside what `stats` does.
func BenchmarkFacts(b *testing.B) {
	file := bulkFile(b, 1)
	taps := map[string]func() pipeline.Tap{
		"stats": func() pipeline.Tap {
			return pipeline.NewCounts(func() statStage { return statStage{statistics.New()} })
		},
		"facts": func() pipeline.Tap { return &factTap{} },
	}
	for _, name := range []string{"stats", "facts"} {
		for _, workers := range []int{1, 2} {
			b.Run(fmt.Sprintf("%s/workers %d", name, workers), func(b *testing.B) { benchmark(b, file, workers, taps[name]) })
		}
	}
}

type statStage struct{ stats *statistics.Collector }

func (s statStage) Take(r *session.Record, _ *pipeline.Out) { s.stats.Add(r) }
