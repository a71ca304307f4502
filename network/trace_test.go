package network_test

import (
	"bytes"
	"math/rand/v2"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"ctiscope/capture"
	"ctiscope/capture/capturetest"
	"ctiscope/network"
)

// tracer decodes packets and looks each segment's payload up again.
type tracer struct {
	*network.Decoder
	packets map[int64][]byte
	found   int // segments of several pieces
}

func newTracer(o network.Options) *tracer {
	return &tracer{Decoder: network.NewDecoder(o), packets: map[int64][]byte{}}
}

func (d *tracer) decode(t *testing.T, p *capture.Packet, s *network.Segment) network.Verdict {
	p.File, p.Off = int32(p.Number%3), p.Number*100
	d.packets[p.Number] = bytes.Clone(p.Data)
	v := d.Decode(p, s)
	if v == network.TCP {
		d.check(t, s)
	}
	return v
}

func (d *tracer) incomplete(t *testing.T, s *network.Segment) bool {
	ok := d.Incomplete(s)
	if ok {
		d.check(t, s)
	}
	return ok
}

// check requires the payload to stand where the segment says.
func (d *tracer) check(t *testing.T, s *network.Segment) {
	t.Helper()
	for _, l := range s.Layers {
		require.LessOrEqual(t, int(l.At), len(d.packets[l.Packet]))
	}
	if !s.Owned {
		require.Equal(t, s.Payload, d.packets[s.Number][s.At:][:len(s.Payload)])
		require.Equal(t, s.Number*100, s.Off)
		require.Empty(t, s.Pieces)
		return
	}
	var got []byte
	for _, p := range s.Pieces {
		require.Equal(t, p.Packet*100, p.Off)
		require.Equal(t, int32(p.Packet%3), p.File)
		require.Positive(t, p.Len)
		got = append(got, d.packets[p.Packet][p.At:][:p.Len]...)
	}
	require.True(t, bytes.Equal(s.Payload, got), "%x, pieces give %x", s.Payload, got)
	if len(s.Pieces) > 1 {
		d.found++
	}
}

func TestWrappersAreTraced(t *testing.T) {
	for _, c := range wrappings() {
		d := newTracer(network.Options{Trace: true})
		var s network.Segment
		v := d.decode(t, &capture.Packet{Data: c.data, Length: len(c.data), Link: c.link, Number: 1}, &s)
		require.Equal(t, network.TCP, v)
		require.NotEmpty(t, s.Layers)
		last := s.Layers[len(s.Layers)-1]
		require.Equal(t, network.TCPHeader, last.Kind)
		require.LessOrEqual(t, last.At+20, s.At)
		for i := range s.Layers[1:] {
			require.LessOrEqual(t, s.Layers[i].At, s.Layers[i+1].At)
			require.NotEmpty(t, s.Layers[i].Kind.String())
		}
	}
}

// TestFragmentsAreTraced cuts packets once or twice, repeats and reorders the
// parts, leaves some out, and lets parts overlap.
func TestFragmentsAreTraced(t *testing.T) {
	found := 0
	for seed := range uint64(300) {
		rng := rand.New(rand.NewPCG(seed, 1))
		want := big([]capturetest.Segment{seg4, seg6}[seed%2], 600+rng.IntN(5000))
		want.ID = uint16(seed)
		parts := capturetest.Fragments(want.Packet(), uint32(seed), 8*(20+rng.IntN(150)))
		if rng.IntN(2) == 0 { // the same data, cut otherwise
			parts = append(parts, capturetest.Fragments(want.Packet(), uint32(seed), 8*(20+rng.IntN(150)))...)
		}
		if rng.IntN(2) == 0 {
			var outer [][]byte
			for i, p := range parts {
				outer = append(outer, capturetest.Fragments(capturetest.VXLAN(1, capturetest.Ethernet(p)), uint32(1000+i), 8*(10+rng.IntN(100)))...)
			}
			parts = outer
		}
		rng.Shuffle(len(parts), func(i, k int) {
			if max(i-k, k-i) < 4 {
				parts[i], parts[k] = parts[k], parts[i]
			}
		})
		d := newTracer(network.Options{Trace: true})
		var s network.Segment
		for i, p := range parts {
			if rng.IntN(20) == 0 {
				continue
			}
			d.decode(t, &capture.Packet{Data: bytes.Clone(p), Length: len(p), Link: capture.LinkRaw, Number: int64(i + 1), Time: int64(i) * int64(time.Millisecond)}, &s)
		}
		d.Finish()
		for d.incomplete(t, &s) {
		}
		found += d.found
	}
	require.Greater(t, found, 200)
}
