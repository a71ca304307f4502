package network_test

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"strings"
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

// TestLayersBeginWithTheirHeader pins where each header begins: a tunnel at its
// own, not at what it wraps.
func TestLayersBeginWithTheirHeader(t *testing.T) {
	const ip = "Ethernet@0 IPv4@14 "
	want := map[string]string{
		"802.1ad":                       "Ethernet@0 tag@14 tag@18 IPv4@22 TCP@42",
		"VXLAN":                         ip + "UDP@34 VXLAN@42 Ethernet@50 IPv4@64 TCP@84",
		"VXLAN-GPE":                     ip + "UDP@34 VXLAN-GPE@42 IPv4@50 TCP@70",
		"GENEVE":                        ip + "UDP@34 GENEVE@42 Ethernet@50 IPv4@64 TCP@84",
		"GENEVE with options":           ip + "UDP@34 GENEVE@42 Ethernet@110 tag@124 IPv4@128 TCP@148",
		"GRE":                           ip + "GRE@34 IPv4@38 TCP@58",
		"GRE with all parts":            ip + "GRE@34 IPv6@50 TCP@90",
		"GRE of frames":                 ip + "GRE@34 Ethernet@42 IPv4@56 TCP@76",
		"ERSPAN I":                      ip + "ERSPAN I@34 Ethernet@38 IPv4@52 TCP@72",
		"ERSPAN II":                     ip + "ERSPAN II@34 Ethernet@50 tag@64 IPv4@68 TCP@88",
		"ERSPAN III":                    ip + "ERSPAN III@34 Ethernet@54 IPv4@68 TCP@88",
		"ERSPAN III with a sub-header":  ip + "ERSPAN III@34 Ethernet@62 IPv4@76 TCP@96",
		"IP in IP":                      ip + "IP in IP@34 IPv4@34 TCP@54",
		"6in4":                          ip + "6in4@34 IPv6@34 TCP@74",
		"EtherIP":                       ip + "EtherIP@34 Ethernet@36 IPv4@50 TCP@70",
		"GTP-U":                         ip + "UDP@34 GTP-U@42 IPv4@58 TCP@78",
		"MPLS":                          "link@0 MPLS@0 IPv4@4 TCP@24",
		"MPLS, IPv4":                    "Ethernet@0 MPLS@14 IPv4@26 TCP@46",
		"MPLS, frame with control word": "Ethernet@0 MPLS@14 Ethernet@22 IPv4@36 TCP@56",
		"MPLS, frame":                   "Ethernet@0 MPLS@14 Ethernet@18 IPv4@32 TCP@52",
		"MAC in MAC":                    "Ethernet@0 MAC in MAC@14 Ethernet@18 IPv4@32 TCP@52",
		"PPPoE":                         "Ethernet@0 tag@14 PPPoE@18 IPv6@26 TCP@66",
		"PPPoE without Ethernet":        "link@0 PPPoE@0 IPv4@8 TCP@28",
	}
	for _, c := range wrappings() {
		line, ok := want[c.name]
		if !ok {
			continue
		}
		delete(want, c.name)
		t.Run(c.name, func(t *testing.T) {
			d := newTracer(network.Options{Trace: true})
			var s network.Segment
			require.Equal(t, network.TCP, d.decode(t, &capture.Packet{Data: c.data, Length: len(c.data), Link: c.link, Number: 1}, &s))
			require.Equal(t, line, places(s))
		})
	}
	require.Empty(t, want, "of these there is no packet")
}

// places writes a segment's layers with their places; those of packets other
// than the first have the packet's number before them.
func places(s network.Segment) string {
	var list []string
	for _, l := range s.Layers {
		text := fmt.Sprintf("%v@%d", l.Kind, l.At)
		if l.Packet != 1 {
			text = fmt.Sprintf("%d:%s", l.Packet, text)
		}
		list = append(list, text)
	}
	return strings.Join(list, " ")
}

// TestIncompleteIsTraced gives up a packet after another came: its place is that
// of its own last fragment, or not known.
func TestIncompleteIsTraced(t *testing.T) {
	for _, on := range []bool{true, false} {
		d := network.NewDecoder(network.Options{Trace: on})
		var s network.Segment
		give := func(b []byte, number int64) network.Verdict {
			p := capture.Packet{Data: b, Length: len(b), Link: capture.LinkEthernet, Number: number, File: int32(number % 3), Off: number * 100}
			return d.Decode(&p, &s)
		}
		for i, part := range capturetest.Fragments(big(seg4, 3000).Packet(), 7, 1000)[:2] {
			b := capturetest.Ethernet(capturetest.VXLAN(1, capturetest.Ethernet(part)))
			require.Equal(t, network.Fragment, give(b, int64(i+1)))
		}
		require.Equal(t, network.TCP, give(capturetest.VLAN(seg6.Frame(), 1), 5))
		d.Finish()
		require.True(t, d.Incomplete(&s))
		require.EqualValues(t, 2, s.Number)
		if !on {
			require.EqualValues(t, -1, s.Off)
			continue
		}
		require.EqualValues(t, 2, s.File)
		require.EqualValues(t, 200, s.Off)
		require.Equal(t, "TCP@84", places(s))
	}
}

// TestLayersAreBounded keeps the TCP header of a frame with more tags than
// layers are noted.
func TestLayersAreBounded(t *testing.T) {
	frame := seg4.Frame()
	for range 1000 {
		frame = capturetest.VLAN(frame, 3)
	}
	d := newTracer(network.Options{Trace: true})
	var s network.Segment
	require.Equal(t, network.TCP, d.decode(t, &capture.Packet{Data: frame, Length: len(frame), Link: capture.LinkEthernet, Number: 1}, &s))
	require.Len(t, s.Layers, 128)
	require.Equal(t, network.Layer{Kind: network.TCPHeader, Packet: 1, At: 4034}, s.Layers[127])
	require.Equal(t, network.Layer{Kind: network.VLANTag, Packet: 1, At: 14}, s.Layers[1])
}
