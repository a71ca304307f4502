package judge

import (
	"fmt"
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/require"

	"ctiscope/traffic"
	"ctiscope/traffic/damage"
	"ctiscope/traffic/expect"
	"ctiscope/traffic/random"
	"ctiscope/traffic/wire"
)

// clean is a capture with nothing wrong, and what it holds.
type clean struct {
	version int
	packets wire.Tape
	sent    *damage.Messages
}

// day records a plausible day.
func day(t testing.TB, version int, seed uint64) *clean {
	l, err := traffic.NewLab(traffic.LabOptions{Seed: seed, Version: version, IPv6: seed%3 == 1})
	require.NoError(t, err)
	defer l.Close()
	require.NoError(t, l.Day())
	return &clean{version, l.Packets(), damage.Place(l.Expect())}
}

// dice makes a random capture.
func dice(version int, seed uint64) *clean {
	c := random.New(random.Options{Seed: seed, Version: version, Messages: 120})
	return &clean{version, c.Packets, damage.Place(c.Expect)}
}

func parse(t testing.TB, c *clean) *damage.Capture {
	d, err := damage.Parse(c.packets)
	require.NoError(t, err)
	return d
}

// lossless damages a capture in a way that seed chooses, and names it.
func lossless(c *damage.Capture, rng *rand.Rand) string {
	name := ""
	ways := []struct {
		name string
		do   func()
	}{
		{"resegment", func() { c.Resegment(rng) }},
		{"retransmit", func() { c.Retransmit(rng, 0.05, 12) }},
		{"repeat", func() { c.Repeat(rng, 0.1, 12) }},
		{"swap", func() { c.Swap(rng, 0.1, 12) }},
		{"delay", func() { c.Delay(rng, 0.05, 500*wire.Millisecond) }},
		{"mirror", func() { c.Mirror(rng, []float64{0.1, 1}[rng.IntN(2)]) }},
	}
	for _, w := range ways {
		if rng.IntN(3) == 0 {
			w.do()
			name += " " + w.name
		}
	}
	if rng.IntN(3) == 0 {
		tunnels := make([]string, 1+rng.IntN(2))
		all := []string{"vlan", "qinq", "vxlan", "geneve", "gre", "gre ip", "erspan1", "erspan2", "erspan3", "erspan3sub", "ipip", "mpls", "pppoe", "fragments"}
		for i := range tunnels {
			tunnels[i] = all[rng.IntN(len(all))]
		}
		// A second wrapping goes around frames; those that need the bare IP
		// packet come first.
		if len(tunnels) == 2 && bare[tunnels[1]] {
			tunnels = tunnels[:1]
		}
		c.Tunnel(rng, []float64{1, 0.3}[rng.IntN(2)], tunnels...)
		name += fmt.Sprint(" ", tunnels)
	}
	return name
}

// bare are the wrappings that cannot go around another.
var bare = map[string]bool{"gre ip": true, "ipip": true, "mpls": true, "pppoe": true, "fragments": true}

// TestDamageThatLosesNothing expects the clean capture's messages, frame and
// time aside, and no hole.
func TestDamageThatLosesNothing(t *testing.T) {
	for seed := range rounds(60, 3000) {
		rng := damage.Rand(seed)
		version := 5 + rng.IntN(21)
		var c *clean
		if seed%2 == 0 {
			c = day(t, version, seed)
		} else {
			c = dice(version, seed)
		}
		d := parse(t, c)
		name := fmt.Sprintf("seed %d version %d:%s", seed, version, lossless(d, rng))
		t.Run(name, func(t *testing.T) {
			got, err := Decode(d.File(true), Options{})
			require.NoError(t, err)
			truth := d.Truth()
			require.Empty(t, Compare(truth.Whole(c.sent), got.Messages).String())
			require.Len(t, got.Messages, len(c.sent.All))
			for _, e := range got.Events {
				require.NotContains(t, []string{"gap", "resync"}, e.Event, "frame %d", e.Frame)
			}
		})
	}
}

// holes returns the sizes of the gaps that the tool told, by stream.
func holes(events []*expect.Printed) map[stream][]int64 {
	all := make(map[stream][]int64)
	for _, e := range events {
		if e.Event == "gap" {
			k := stream{e.Session, e.From}
			all[k] = append(all[k], e.Bytes)
		}
	}
	return all
}
