package judge

import (
	"bytes"
	"context"
	"testing"

	"github.com/stretchr/testify/require"

	"ctiscope/capture"
	"ctiscope/output"
	"ctiscope/pipeline"
	"ctiscope/traffic/hostile"
	"ctiscope/traffic/wire"
)

// TestHostileTrafficGivesTheSameForAnyNumberOfWorkers keeps little memory, so that
// much is given up: what, depends on the capture alone.
func TestHostileTrafficGivesTheSameForAnyNumberOfWorkers(t *testing.T) {
	evicted := int64(0)
	for _, k := range hostile.Kinds() {
		var file bytes.Buffer
		pcap := wire.NewPcap(&file, false)
		k.Write(pcap, 3, 400_000)
		require.NoError(t, pcap.Flush())
		var want []byte
		for _, workers := range []int{1, 2, 4} {
			var text bytes.Buffer
			o := pipeline.Options{Workers: workers, Taps: []pipeline.Tap{pipeline.NewPrint(&text, 0, func() pipeline.Formatter {
				return output.NewJSON(output.Options{Events: true})
			})}}
			o.Session.Buffer = 64 * 2000
			src, err := capture.Open([]string{"-"}, capture.Options{Stdin: bytes.NewReader(file.Bytes())})
			require.NoError(t, err)
			r, err := pipeline.Run(context.Background(), src, o)
			require.NoError(t, err)
			evicted += r.Session.EvictedStreams
			if want == nil {
				want = bytes.Clone(text.Bytes())
			}
			require.Equal(t, len(want), text.Len(), k.Name)
			require.True(t, bytes.Equal(want, text.Bytes()), k.Name)
		}
	}
	require.Positive(t, evicted)
}
