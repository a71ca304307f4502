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
	"ctiscope/traffic/bulk"
	"ctiscope/traffic/wire"
)

type nothing struct{}

func (nothing) Append(dst []byte, _ *session.Record) []byte { return dst }

// BenchmarkRun takes 16 MiB of capture through all stages.
func BenchmarkRun(b *testing.B) {
	stages := map[string]func() pipeline.Stage{
		"no output": func() pipeline.Stage { return nothing{} },
		"json":      func() pipeline.Stage { return output.NewJSON(output.Options{}) },
		"text":      func() pipeline.Stage { return output.NewText(output.Options{}) },
	}
	for _, share := range []float64{1, 0.01} {
		var file bytes.Buffer
		pcap := wire.NewPcap(&file, false)
		g, err := bulk.New(bulk.Options{Seed: 1, Share: share}, &bulk.Damage{Sink: pcap, Rand: rand.New(rand.NewPCG(1, 1))})
		require.NoError(b, err)
		for pcap.Size() < 16<<20 {
			g.Step()
		}
		require.NoError(b, pcap.Flush())
		for _, name := range []string{"no output", "json", "text"} {
			for _, workers := range []int{1, 2} {
				b.Run(fmt.Sprintf("cti %v/%s/workers %d", share, name, workers), func(b *testing.B) {
					b.SetBytes(int64(file.Len()))
					b.ReportAllocs()
					for b.Loop() {
						src, err := capture.Open([]string{"-"}, capture.Options{Stdin: bytes.NewReader(file.Bytes())})
						require.NoError(b, err)
						_, err = pipeline.Run(context.Background(), src, io.Discard, pipeline.Options{Workers: workers, NewStage: stages[name]})
						require.NoError(b, err)
					}
				})
			}
		}
	}
}
