package network_test

import (
	"bytes"
	"math/rand/v2"
	"net/netip"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"ctiscope/capture"
	"ctiscope/capture/capturetest"
	"ctiscope/network"
)

// big returns a segment with n bytes of data.
func big(base capturetest.Segment, n int) capturetest.Segment {
	base.Data = make([]byte, n)
	for i := range base.Data {
		base.Data[i] = byte(i * 7)
	}
	return base
}

// feeder decodes packets one after the other, a millisecond apart.
type feeder struct {
	d    *network.Decoder
	s    network.Segment
	link capture.LinkType
	n    int64
}

func newFeeder(o network.Options) *feeder {
	return &feeder{d: network.NewDecoder(o), link: capture.LinkRaw}
}

func (f *feeder) feed(b []byte) network.Verdict { return f.snapped(b, len(b)) }

func (f *feeder) snapped(b []byte, wire int) network.Verdict {
	f.n++
	p := capture.Packet{Data: slices.Clone(b), Length: wire, Link: f.link, Number: f.n, Time: f.n * int64(time.Millisecond)}
	v := f.d.Decode(&p, &f.s)
	for i := range p.Data { // what is kept must be a copy
		if v != network.TCP || f.s.Owned {
			p.Data[i] = 0xee
		}
	}
	return v
}

func TestFragments(t *testing.T) {
	for _, base := range []capturetest.Segment{seg4, seg6} {
		want := big(base, 5000)
		parts := capturetest.Fragments(want.Packet(), uint32(want.ID), 1024)
		require.Len(t, parts, 5)
		for _, order := range [][]int{{0, 1, 2, 3, 4}, {4, 3, 2, 1, 0}, {2, 0, 4, 1, 3}, {0, 0, 1, 2, 2, 3, 4}} {
			f := newFeeder(network.Options{})
			for _, i := range order[:len(order)-1] {
				require.Equal(t, network.Fragment, f.feed(parts[i]))
			}
			require.Equal(t, network.TCP, f.feed(parts[order[len(order)-1]]))
			requireSegment(t, want, f.s)
			require.True(t, f.s.Owned)
			require.EqualValues(t, len(order), f.s.Number)
			require.EqualValues(t, 1, f.d.Counters().Joined)
		}
	}
}

// TestFragmentsRepeated gives every fragment twice, as a mirror port does.
func TestFragmentsRepeated(t *testing.T) {
	f := newFeeder(network.Options{})
	want := big(seg4, 3000)
	var got []network.Verdict
	for _, part := range capturetest.Fragments(want.Packet(), 5, 1480) {
		got = append(got, f.feed(part), f.feed(part))
	}
	require.Equal(t, []network.Verdict{network.Fragment, network.Fragment, network.Fragment, network.Fragment,
		network.TCP, network.Fragment}, got)
	f.d.Finish()
	require.False(t, f.d.Incomplete(&f.s))
	c := f.d.Counters()
	require.Equal(t, [3]int64{1, 1, 0}, [3]int64{c.Joined, c.Repeated, c.Incomplete})
}

// TestFragmentsInTunnels cuts the outer packet, the inner one, and both.
func TestFragmentsInTunnels(t *testing.T) {
	want := big(seg6, 4000)
	frag := func(ip []byte) [][]byte { return capturetest.Fragments(ip, 77, 800) }
	vxlan := func(ip []byte) []byte { return capturetest.VXLAN(1, capturetest.Ethernet(ip)) }
	want.ID = 0
	var inner, both [][]byte
	for _, part := range frag(want.Packet()) {
		inner = append(inner, vxlan(part))
		both = append(both, capturetest.Fragments(vxlan(part), uint32(100+len(inner)), 400)...)
	}
	for name, parts := range map[string][][]byte{"outer": frag(vxlan(want.Packet())), "inner": inner, "both": both} {
		t.Run(name, func(t *testing.T) {
			f := newFeeder(network.Options{})
			for _, part := range parts[:len(parts)-1] {
				require.Equal(t, network.Fragment, f.feed(part))
			}
			require.Equal(t, network.TCP, f.feed(parts[len(parts)-1]))
			requireSegment(t, want, f.s)
			require.True(t, f.s.Owned)
		})
	}
}

// TestFragmentsIdentification keeps apart packets that differ in one part of
// what identifies them.
func TestFragmentsIdentification(t *testing.T) {
	a, b := big(seg4, 2000), big(seg4, 2000)
	other := b
	other.Dst = netip.MustParseAddrPort("10.9.9.9:42027")
	pa, pb := capturetest.Fragments(a.Packet(), 1, 1000), capturetest.Fragments(b.Packet(), 2, 1000)
	po := capturetest.Fragments(other.Packet(), 1, 1000)
	f := newFeeder(network.Options{})
	for i := range pa {
		last := i == len(pa)-1
		for k, part := range [][]byte{pa[i], pb[i], po[i]} {
			v := f.feed(part)
			if !last {
				require.Equal(t, network.Fragment, v)
				continue
			}
			require.Equal(t, network.TCP, v)
			require.Equal(t, []uint16{1, 2, 1}[k], f.s.IPID)
		}
	}
	require.EqualValues(t, 3, f.d.Counters().Joined)
}

// TestFragmentsOtherProtocols wait for nothing that cannot be TCP.
func TestFragmentsOtherProtocols(t *testing.T) {
	f := newFeeder(network.Options{})
	for _, part := range capturetest.Fragments(capturetest.Wrap(1, make([]byte, 3000)), 1, 1000) {
		require.Equal(t, network.NotTCP, f.feed(part))
	}
	udp := capturetest.Fragments(capturetest.UDP(5060, 5060, make([]byte, 3000)), 2, 1000)
	for _, i := range []int{1, 0, 2, 3} {
		want := network.NotTCP
		if i == 1 {
			want = network.Fragment // the port is not known yet
		}
		require.Equal(t, want, f.feed(udp[i]))
	}
	for _, part := range capturetest.Fragments(capturetest.UDP(9, 4341, make([]byte, 3000)), 3, 1000)[:1] {
		require.Equal(t, network.Unknown, f.feed(part))
	}
	require.Zero(t, f.d.Counters().Joined)
}

func TestFragmentsMalformed(t *testing.T) {
	ip := func(from int, more bool, n int) []byte {
		return capturetest.IPv4(capturetest.IPv4Header{Src: seg4.Src.Addr(), Dst: seg4.Dst.Addr(), Protocol: 6,
			ID: 1, Fragment: from, More: more}, make([]byte, n))
	}
	cases := []struct {
		name  string
		parts [][]byte
	}{
		{"ping of death", [][]byte{ip(65528, false, 8)}},
		{"length no multiple of 8", [][]byte{ip(0, true, 13)}},
		{"empty", [][]byte{ip(8, true, 0)}},
		{"two ends", [][]byte{ip(800, false, 10), ip(808, false, 10)}},
		{"end before what came", [][]byte{ip(800, true, 80), ip(400, false, 80)}},
		{"beyond the end", [][]byte{ip(800, false, 80), ip(880, true, 80)}},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			f := newFeeder(network.Options{})
			last := len(c.parts) - 1
			for _, part := range c.parts[:last] {
				require.Equal(t, network.Fragment, f.feed(part))
			}
			require.Equal(t, network.Malformed, f.feed(c.parts[last]))
		})
	}
}

// TestFragmentsOverlap compares with a plain way to put fragments together, in
// which every byte keeps the value that came first.
func TestFragmentsOverlap(t *testing.T) {
	for seed := range uint64(300) {
		rng := rand.New(rand.NewPCG(seed, 0))
		size := 60 + rng.IntN(400)
		want := make([]byte, size)
		have := make([]bool, size)
		f := newFeeder(network.Options{})
		v := network.Fragment
		for step := 0; v != network.TCP; step++ {
			require.Less(t, step, 10000)
			from := rng.IntN(size/8+1) * 8
			n := min((1+rng.IntN(12))*8, size-from)
			if n <= 0 || n == size {
				continue
			}
			body := bytes.Repeat([]byte{byte(step)}, n)
			for i := range body { // a TCP header that is right wherever it comes from
				if at := from + i; at < 20 {
					body[i] = []byte{0, 1, 0, 2, 0, 0, 0, 0, 0, 0, 0, 0, 0x50, 0, 0, 0, 0, 0, 0, 0}[at]
				}
				if !have[from+i] {
					have[from+i], want[from+i] = true, body[i]
				}
			}
			v = f.feed(capturetest.IPv4(capturetest.IPv4Header{Src: seg4.Src.Addr(), Dst: seg4.Dst.Addr(), Protocol: 6,
				ID: 1, Fragment: from, More: from+n < size}, body))
			if v != network.TCP {
				require.Equal(t, network.Fragment, v)
				require.Contains(t, have, false)
			}
		}
		require.NotContains(t, have, false)
		require.Equal(t, want[20:], f.s.Payload)
	}
}

// TestFragmentsIncomplete gives up packets that lack a fragment and returns
// what can be used of them.
func TestFragmentsIncomplete(t *testing.T) {
	want := big(seg4, 5000)
	parts := capturetest.Fragments(want.Packet(), uint32(want.ID), 1000)
	cases := []struct {
		name    string
		missing int
		data    int // bytes of data that can be used
		length  int
	}{
		{"first", 0, -1, 0},
		{"third", 2, 2000 - 32, 5000},
		{"last", 5, 5000 - 32, 5000 - 32},
	}
	require.Len(t, parts, 6)
	for _, c := range cases {
		for _, how := range []string{"end", "age"} {
			t.Run(c.name+" by "+how, func(t *testing.T) {
				f := newFeeder(network.Options{FragmentAge: time.Second})
				for i, part := range parts {
					if i != c.missing {
						require.Equal(t, network.Fragment, f.feed(part))
					}
				}
				require.False(t, f.d.Incomplete(&f.s))
				last := f.n
				if how == "end" {
					f.d.Finish()
				} else {
					f.n += 1000
					require.Equal(t, network.TCP, f.feed(seg4.Packet()))
				}
				require.Equal(t, c.data >= 0, f.d.Incomplete(&f.s))
				if c.data >= 0 {
					require.Equal(t, want.Data[:c.data], f.s.Payload)
					require.Equal(t, c.length, f.s.Length)
					require.Equal(t, want.Src.String(), f.s.Src.String())
					require.Equal(t, want.Seq, f.s.Seq)
					require.Equal(t, last, f.s.Number)
					require.True(t, f.s.Owned)
				}
				require.False(t, f.d.Incomplete(&f.s))
				require.EqualValues(t, 1, f.d.Counters().Incomplete)
			})
		}
	}
}

// TestFragmentsSnapped puts fragments together that were cut by the snap length.
func TestFragmentsSnapped(t *testing.T) {
	want := big(seg4, 5000)
	f := newFeeder(network.Options{})
	var v network.Verdict
	for _, part := range capturetest.Fragments(want.Packet(), uint32(want.ID), 1000) {
		v = f.snapped(part[:min(500, len(part))], len(part))
	}
	require.Equal(t, network.TCP, v)
	require.Equal(t, want.Data[:480-32], f.s.Payload)
	require.Equal(t, 5000, f.s.Length)
}

// TestFragmentsBounded floods with fragments of packets that are never whole.
func TestFragmentsBounded(t *testing.T) {
	o := network.Options{FragmentPackets: 100, FragmentBytes: 50000, FragmentAge: time.Hour}
	f := newFeeder(o)
	part := func(id int, from, n int) []byte {
		return capturetest.IPv4(capturetest.IPv4Header{Src: seg4.Src.Addr(), Dst: seg4.Dst.Addr(), Protocol: 6,
			ID: uint16(id), Fragment: from, More: true}, make([]byte, n))
	}
	for id := range 500 { // too many packets
		require.Equal(t, network.Fragment, f.feed(part(id, 8, 8)))
	}
	require.EqualValues(t, 400, f.d.Counters().Evicted)
	f = newFeeder(o)
	for id := range 500 { // too many bytes
		require.Equal(t, network.Fragment, f.feed(part(id, 8, 1400)))
	}
	require.GreaterOrEqual(t, f.d.Counters().Evicted, int64(500-50000/1400))
	f = newFeeder(o)
	for i := range 500 { // one packet in small pieces
		v := f.feed(part(1, 16+i*16, 8))
		require.Contains(t, []network.Verdict{network.Fragment, network.Malformed}, v)
	}
	require.Positive(t, f.d.Counters().Evicted)

	// A packet whose fragments follow each other is whole in the flood.
	want := big(seg4, 3000)
	var v network.Verdict
	for i, p := range capturetest.Fragments(want.Packet(), 9999, 1000) {
		f.feed(part(i, 8, 8))
		v = f.feed(p)
	}
	require.Equal(t, network.TCP, v)
}

// TestFragmentsReused uses an identification again for another packet.
func TestFragmentsReused(t *testing.T) {
	f := newFeeder(network.Options{})
	for range 3 {
		var v network.Verdict
		for _, part := range capturetest.Fragments(big(seg4, 3000).Packet(), 1, 1000) {
			v = f.feed(part)
		}
		require.Equal(t, network.TCP, v)
		f.n += 300
	}
	require.EqualValues(t, 3, f.d.Counters().Joined)
	require.Zero(t, f.d.Counters().Repeated)
}
