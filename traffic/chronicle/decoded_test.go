package chronicle_test

import (
	"testing"
	"time"

	"ctiscope/traffic/chronicle"
	"ctiscope/traffic/judge"

	"github.com/stretchr/testify/require"
)

// TestScenesAreCaptures reads the packets of scenes with the whole tool: the
// messages stand where the list of them says.
func TestScenesAreCaptures(t *testing.T) {
	t.Parallel()
	for seed := range uint64(6) {
		scene := chronicle.Random(chronicle.Options{Seed: seed, Minutes: 3})
		verdict, err := judge.Decode(scene.Pcap(), judge.Options{})
		require.NoError(t, err)
		list := scene.Capture().Messages
		require.Len(t, verdict.Messages, len(list))
		for i, got := range verdict.Messages {
			want := list[i]
			require.Equal(t, want.Def.Name, got.Name)
			require.Equal(t, want.Frame, got.Frame)
			require.Equal(t, want.Session, got.Session)
			require.Equal(t, want.FromServer, got.From == "server")
			require.Equal(t, time.Unix(0, want.Time).UTC().Format("2006-01-02T15:04:05.000000Z"), got.Time)
			require.Empty(t, got.Problems, "%s of seed %d", got.Name, seed)
		}
	}
}
