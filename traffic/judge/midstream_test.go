package judge

import (
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"ctiscope/decode/schema"
	"ctiscope/traffic/damage"
	"ctiscope/traffic/random"
)

// TestMidstream starts captures without OPEN_REQ: nothing but the bytes tells
// the version. The messages have to be right, field by field; versions that
// have the same layouts for all that was sent need not be told apart.
//
// A few captures may differ: a connection can carry so little that two versions
// explain all of it.
func TestMidstream(t *testing.T) {
	var wrong []string
	total := 0
	for v := schema.MinVersion; v <= schema.MaxVersion; v++ {
		for seed := range rounds(2, 100) {
			c := random.New(random.Options{Seed: seed, Version: v, NoOpen: true})
			sent := damage.Place(c.Expect)
			d, err := damage.Parse(c.Packets)
			require.NoError(t, err)
			rng := damage.Rand(seed)
			d.Late(3 * 4) // the handshakes
			if seed%2 == 1 {
				d.Resegment(rng)
			}
			if seed%4 >= 2 {
				d.Late(rng.IntN(len(d.Packets) / 8))
			}
			got, err := Decode(d.File(true), Options{})
			require.NoError(t, err)
			if s := Compare(d.Truth().Whole(sent), got.Messages).String(); s != "" {
				wrong = append(wrong, fmt.Sprintf("version %d seed %d: %s", v, seed, s))
			}
			total++
		}
	}
	t.Logf("%d of %d captures differ", len(wrong), total)
	require.LessOrEqual(t, len(wrong), 1+total/15, strings.Join(wrong, "\n"))
}
