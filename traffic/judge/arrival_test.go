package judge

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
	"ctiscope/traffic/damage"
)

// drip gives a file in pieces, as a slow pipe does: packet by packet, or cut
// anywhere.
type drip struct {
	file []byte
	rng  *rand.Rand
}

func (d *drip) Read(b []byte) (int, error) {
	if len(d.file) == 0 {
		return 0, io.EOF
	}
	n := 1 + d.rng.IntN(200)
	n = copy(b, d.file[:min(n, len(d.file))])
	d.file = d.file[n:]
	return n, nil
}

// told runs a capture and returns all that is printed and counted of it.
func told(t *testing.T, r io.Reader) string {
	t.Helper()
	src, err := capture.Open([]string{"-"}, capture.Options{Stdin: r})
	require.NoError(t, err)
	defer src.Close()
	var text bytes.Buffer
	print := pipeline.NewPrint(&text, 0, func() pipeline.Formatter { return output.NewJSON(output.Options{Events: true}) })
	result, err := pipeline.Run(context.Background(), src, pipeline.Options{Workers: 1, Taps: []pipeline.Tap{print}})
	require.NoError(t, err)
	return fmt.Sprintf("%s%+v\n%+v", text.String(), result.Reassembly, result.Session)
}

// TestSamePacketsGiveTheSameHoweverTheyArrive reads damaged captures from a file
// and from a slow pipe.
func TestSamePacketsGiveTheSameHoweverTheyArrive(t *testing.T) {
	for seed := range rounds(60, 2000) {
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
		if rng.IntN(2) == 0 {
			name += loss(d, rng)
		}
		if rng.IntN(3) == 0 { // found by content
			for i := range d.Packets {
				movePort(d, i, 5555)
			}
			name += " on another port"
		}
		if rng.IntN(3) == 0 { // repeats that lie
			for i := range d.Packets {
				if p := &d.Packets[i]; len(p.Segment.Payload) > 20 && rng.IntN(40) == 0 {
					p.Segment.Payload = bytes.Clone(p.Segment.Payload)
					p.Segment.Payload[rng.IntN(20)] ^= 1
				}
			}
			name += " lies"
		}
		file := d.File(true)
		want := told(t, bytes.NewReader(file))
		got := told(t, &drip{file, rng})
		if want != got {
			require.Fail(t, "differs", "%s: %s", name, firstDifference(want, got))
		}
	}
}

func firstDifference(a, b string) string {
	i := 0
	for i < min(len(a), len(b)) && a[i] == b[i] {
		i++
	}
	return fmt.Sprintf("%q\nand\n%q", a[max(0, i-300):min(len(a), i+200)], b[max(0, i-300):min(len(b), i+200)])
}
