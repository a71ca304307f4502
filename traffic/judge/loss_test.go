package judge

import (
	"cmp"
	"fmt"
	"math/rand/v2"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"ctiscope/traffic/damage"
	"ctiscope/traffic/expect"
)

// loss damages a capture in a way that loses bytes, chosen by seed, and names
// it.
func loss(c *damage.Capture, rng *rand.Rand) string {
	name := ""
	if rng.IntN(2) == 0 {
		c.Resegment(rng)
		name += " resegment"
	}
	if rng.IntN(4) == 0 {
		c.Repeat(rng, 0.1, 8)
		name += " repeat"
	}
	rate := []float64{0.001, 0.01, 0.05, 0.2}[rng.IntN(4)]
	if rng.IntN(3) == 0 {
		n := c.DropBursts(rng, rate/3, 5)
		name += fmt.Sprintf(" drop %d in bursts", n)
	} else {
		n := c.Drop(rng, rate)
		name += fmt.Sprintf(" drop %d", n)
	}
	if rng.IntN(4) == 0 {
		c.Swap(rng, 0.05, 6)
		name += " swap"
	}
	if rng.IntN(4) == 0 {
		n := 1 + rng.IntN(len(c.Packets)/2)
		c.Late(n)
		name += fmt.Sprint(" late ", n)
	}
	if rng.IntN(6) == 0 {
		c.Early(1 + rng.IntN(len(c.Packets)/4))
		name += " early"
	}
	if rng.IntN(8) == 0 {
		c.OneWay(rng.IntN(2) == 0)
		name += " one way"
	}
	return name
}

// TestDamageThatLosesBytes expects every message whose bytes are all there, no
// other, and every hole. The version is told to the tool, since the OPEN_REQ
// that would is often lost; TestMidstream lets it find out.
func TestDamageThatLosesBytes(t *testing.T) {
	for seed := range rounds(80, 4000) {
		rng := damage.Rand(seed)
		version := 5 + rng.IntN(21)
		var c *clean
		if seed%2 == 0 {
			c = day(t, version, seed)
		} else {
			c = dice(version, seed)
		}
		d := parse(t, c)
		name := fmt.Sprintf("seed %d version %d:%s", seed, version, loss(d, rng))
		t.Run(name, func(t *testing.T) {
			got, err := Decode(d.File(true), Options{Version: version})
			require.NoError(t, err)
			require.Empty(t, compareAll(d, c.sent, got))
			require.Empty(t, compareHoles(d, d.Truth(), got.Events))
		})
	}
}

// compareAll says what is wrong with the messages of a damaged capture, ""
// when all is right.
func compareAll(d *damage.Capture, sent *damage.Messages, got *Verdict) string {
	truth := d.Truth()
	// What a search finds late is printed late.
	slices.SortStableFunc(got.Messages, func(a, b *expect.Printed) int { return cmp.Compare(a.Frame, b.Frame) })
	c := Compare(truth.Whole(sent), got.Messages)
	c.Unexpected = slices.DeleteFunc(c.Unexpected, func(p *expect.Printed) bool { return debris(d, truth, sent, p) })
	early := truth.Early(sent)
	c.Missing = slices.DeleteFunc(c.Missing, func(m *expect.Message) bool {
		return slices.ContainsFunc(early, func(e expect.Message) bool { return reflect.DeepEqual(e, *m) })
	})
	return c.String()
}

// debris tells whether a message that was never sent is excused: what is left
// between two holes holds no whole message, so that nothing tells that its
// bytes, which are legal by chance, are only pieces.
func debris(d *damage.Capture, truth *damage.Truth, sent *damage.Messages, p *expect.Printed) bool {
	last := d.Packets[p.Frame-1]
	for _, run := range truth.Kept[last.Stream] {
		if run.Off > last.Off || last.Off >= run.End() {
			continue
		}
		for i := range sent.All {
			if stream, place := sent.Where(i); stream == last.Stream && run.Off <= place.Off && place.End() <= run.End() {
				return false
			}
		}
		return true
	}
	return false
}

// compareHoles says which holes the tool did not tell, or told wrongly. Holes
// are told in the order of the packets behind them, which need not be that of
// the stream. What is missing at the ends of a stream may be told or not.
func compareHoles(d *damage.Capture, truth *damage.Truth, events []*expect.Printed) string {
	var b strings.Builder
	told := holes(events)
	for i, s := range d.Streams {
		k := stream{truth.Sessions[s.Conn], "client"}
		if s.FromServer {
			k.from = "server"
		}
		if k.session == 0 {
			continue
		}
		var want []int64
		for _, h := range truth.Holes(i) {
			want = append(want, h.Len)
		}
		got := told[k]
		slices.Sort(want)
		slices.Sort(got)
		if missing := without(want, got); len(missing) > 0 {
			fmt.Fprintf(&b, "session %d, %s: holes of %v bytes are not told, of %v there are\n", k.session, k.from, missing, want)
		}
		before, behind := truth.Ends(i)
		allowed := append(want, before.Len)
		if before.Len > 0 || truth.Start[i] > 0 || !truth.Syn[i] {
			allowed = append(allowed, -1) // how many is not known
		}
		extra := without(got, allowed)
		// A FIN that was lost takes a sequence number, too.
		if len(extra) > 1 || len(extra) == 1 && extra[0] > behind.Len+1 {
			fmt.Fprintf(&b, "session %d, %s: holes of %v bytes are told that are not there\n", k.session, k.from, extra)
		}
	}
	return b.String()
}

// without returns what is in a and not in b; a is sorted.
func without(a, b []int64) []int64 {
	slices.Sort(b)
	var rest []int64
	for _, n := range a {
		for len(b) > 0 && b[0] < n {
			b = b[1:]
		}
		if len(b) > 0 && b[0] == n {
			b = b[1:]
			continue
		}
		rest = append(rest, n)
	}
	return rest
}
