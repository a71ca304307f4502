package judge

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"

	"ctiscope/traffic/damage"
	"ctiscope/traffic/expect"
)

// TestSnapLength cuts packets: what was captured whole is printed as ever, what
// was begun is decoded up to the cut with a problem, and the stream goes on
// behind it.
func TestSnapLength(t *testing.T) {
	for seed := range rounds(20, 500) {
		rng := damage.Rand(seed)
		version := 5 + rng.IntN(21)
		var c *clean
		if seed%2 == 0 {
			c = day(t, version, seed)
		} else {
			c = dice(version, seed)
		}
		d := parse(t, c)
		size := []int{8, 46, 96, 200, 1000}[rng.IntN(5)]
		d.Snap(size)
		t.Run(fmt.Sprintf("seed %d version %d payload %d", seed, version, size), func(t *testing.T) {
			got, err := Decode(d.File(true), Options{Version: version})
			require.NoError(t, err)
			truth := d.Truth()
			var whole, cut []*expect.Printed
			for _, p := range got.Messages {
				if p.HasProblem("truncated") {
					cut = append(cut, p)
				} else {
					whole = append(whole, p)
				}
			}
			require.Empty(t, Compare(truth.Whole(c.sent), whole).String())
			// Those that were cut are real ones, in their places.
			require.Empty(t, Compare(truth.Begun(c.sent, 8), got.Messages).Unexpected)
			// The message before tells where a cut one begins, but for one in
			// fifty at most: where that is the only one since the last cut, it
			// has just been found itself.
			known := truth.InStep(c.sent, 8)
			missing := Compare(known, got.Messages).Missing
			require.LessOrEqual(t, len(missing), 1+len(known)/50)
			if len(truth.Begun(c.sent, 9)) > len(truth.Whole(c.sent)) {
				require.NotEmpty(t, cut)
			}
		})
	}
}
