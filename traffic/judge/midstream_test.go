package judge

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"

	"ctiscope/decode/schema"
	"ctiscope/traffic/damage"
	"ctiscope/traffic/random"
)

// TestMidstream starts captures without OPEN_REQ: nothing but the bytes tells
// the version. The messages have to be right, field by field; versions that
// have the same layouts for all that was sent need not be told apart.
func TestMidstream(t *testing.T) {
	cases := []struct {
		name   string
		damage func(c *damage.Capture, seed uint64)
	}{
		{"from the first message on", func(c *damage.Capture, seed uint64) {
			if seed%2 == 1 {
				c.Resegment(damage.Rand(seed))
			}
		}},
		{"from anywhere on", func(c *damage.Capture, seed uint64) {
			rng := damage.Rand(seed)
			c.Resegment(rng)
			c.Late(rng.IntN(len(c.Packets) / 4))
		}},
		{"out of order", func(c *damage.Capture, seed uint64) {
			rng := damage.Rand(seed)
			c.Resegment(rng)
			c.Retransmit(rng, 0.05, 8)
			c.Swap(rng, 0.05, 8)
		}},
		{"with holes", func(c *damage.Capture, seed uint64) {
			rng := damage.Rand(seed)
			c.Resegment(rng)
			c.Drop(rng, 0.02)
		}},
	}
	for _, k := range cases {
		t.Run(k.name, func(t *testing.T) {
			var wrong []string
			for v := schema.CCE().Versions().Min; v <= schema.CCE().Versions().Max; v++ {
				for seed := range rounds(2, 50) {
					c := random.New(random.Options{Seed: seed, Version: v, NoOpen: true})
					d, err := damage.Parse(c.Packets)
					require.NoError(t, err)
					d.Late(3 * 4) // the handshakes
					k.damage(d, seed)
					got, err := Decode(d.File(true), Options{})
					require.NoError(t, err)
					if s := compareAll(d, damage.Place(c.Expect), got); s != "" {
						wrong = append(wrong, fmt.Sprintf("version %d seed %d: %s", v, seed, s))
					}
				}
			}
			require.Empty(t, wrong)
		})
	}
}
