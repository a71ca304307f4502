package capture_test

import (
	"bytes"
	"encoding/binary"
	"io"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/google/gopacket/pcapgo"
	"github.com/stretchr/testify/require"

	"ctiscope/capture"
	"ctiscope/capture/capturetest"
)

func TestPcap(t *testing.T) {
	want := frames(300)
	cases := []struct {
		name  string
		order capturetest.ByteOrder
		nano  bool
	}{
		{"microseconds", binary.LittleEndian, false},
		{"microseconds big-endian", binary.BigEndian, false},
		{"nanoseconds", binary.LittleEndian, true},
		{"nanoseconds big-endian", binary.BigEndian, true},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			file := capturetest.PcapOrder(c.order, c.nano, capture.LinkEthernet, want...)
			got, err := read(t, file)
			require.NoError(t, err)
			digits := uint8(6)
			if c.nano {
				digits = 9
			}
			requireFrames(t, want, got, digits)
			requireLikeGopacket(t, file, got)
		})
	}
}

// requireLikeGopacket reads a pcap file with pcapgo and compares.
func requireLikeGopacket(t *testing.T, file []byte, got []capture.Packet) {
	r, err := pcapgo.NewReader(bytes.NewReader(file))
	require.NoError(t, err)
	for _, p := range got {
		data, info, err := r.ReadPacketData()
		require.NoError(t, err)
		require.Equal(t, data, p.Data)
		require.Equal(t, info.Timestamp.UnixNano(), p.Time)
		require.Equal(t, info.Length, p.Length)
		require.EqualValues(t, r.LinkType(), p.Link)
	}
	_, _, err = r.ReadPacketData()
	require.ErrorIs(t, err, io.EOF)
}

func TestPcapHeader(t *testing.T) {
	f := frames(1)[0]
	file := func(change func(b []byte)) []byte {
		b := capturetest.PcapOrder(binary.LittleEndian, false, capture.LinkEthernet, f)
		change(b)
		return b
	}
	cases := []struct {
		name string
		file []byte
		link capture.LinkType
		snap int
	}{
		{"frame check sequence told", file(func(b []byte) { b[23] = 0x44 }), capture.LinkEthernet, 262144},
		{"raw IP of BSD", file(func(b []byte) { b[20] = 12 }), capture.LinkRaw, 262144},
		{"raw IP of OpenBSD", file(func(b []byte) { b[20] = 14 }), capture.LinkRaw, 262144},
		{"no snap length", file(func(b []byte) { copy(b[16:], "\x00\x00\x00\x00") }), capture.LinkEthernet, 0},
		{"old version, lengths swapped", file(func(b []byte) { b[6] = 3; copy(b[32:], b[36:40]); b[36] = 60; b[37] = 0 }),
			capture.LinkEthernet, 262144},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			src := openBytes(t, c.file)
			got, err := collect(t, src)
			require.NoError(t, err)
			require.Len(t, got, 1)
			require.Equal(t, f.Data, got[0].Data)
			require.Equal(t, c.link, got[0].Link)
			require.Equal(t, []capture.Interface{{File: "standard input", Link: c.link, SnapLen: c.snap}}, src.Interfaces())
		})
	}
}

func TestPcapModified(t *testing.T) {
	want := frames(20)
	plain := capturetest.PcapOrder(binary.BigEndian, false, capture.LinkEthernet, want...)
	file := append([]byte{0xa1, 0xb2, 0xcd, 0x34}, plain[4:24]...)
	for at := 24; at < len(plain); {
		end := at + 16 + int(binary.BigEndian.Uint32(plain[at+8:]))
		file = append(file, plain[at:at+16]...)
		file = append(file, 0, 0, 0, 2, 0, 8, 0, 0) // interface, protocol, direction
		file = append(file, plain[at+16:end]...)
		at = end
	}
	got, err := read(t, file)
	require.NoError(t, err)
	requireFrames(t, want, got, 6)
}

func TestPcapLengths(t *testing.T) {
	want := []capturetest.Frame{
		{Data: make([]byte, 60), Time: start, Length: 1514},
		{Data: []byte{}, Time: start, Length: 60},
		{Data: make([]byte, 256<<10), Time: start}, // larger than a Block's buffer
		{Data: make([]byte, 1), Time: start, Length: 1},
	}
	got, err := read(t, capturetest.Pcap(capture.LinkEthernet, want...))
	require.NoError(t, err)
	requireFrames(t, want, got, 9)
}

// TestPcapCut cuts a file at every byte.
func TestPcapCut(t *testing.T) {
	want := frames(6)
	file := capturetest.Pcap(capture.LinkEthernet, want...)
	whole, at := 0, int64(24)
	for n := 4; n < len(file); n++ {
		if whole < len(want) && int64(n) == at+16+int64(len(want[whole].Data)) {
			at = int64(n)
			whole++
		}
		got, err := read(t, file[:n])
		requireFrames(t, want[:whole], got, 9)
		if n >= 24 && int64(n) == at {
			require.NoError(t, err)
			continue
		}
		from := at
		if n < 24 {
			from = 0
		}
		var cut *capture.CutError
		require.ErrorAs(t, err, &cut)
		require.Equal(t, capture.CutError{
			File: "standard input", Packets: int64(whole), Offset: from, Left: int64(n) - from,
		}, *cut)
	}
}

func TestPcapJoined(t *testing.T) {
	a, b := frames(10), frames(12)
	file := append(capturetest.PcapOrder(binary.LittleEndian, false, capture.LinkEthernet, a...),
		capturetest.PcapOrder(binary.BigEndian, true, capture.LinkRaw, b...)...)
	got, err := read(t, file)
	require.NoError(t, err)
	requireFrames(t, a, got[:10], 6)
	requireFrames(t, b, got[10:], 9)
	require.Equal(t, capture.LinkRaw, got[10].Link)
	require.EqualValues(t, 1, got[10].Interface)
}

func TestPcapDamage(t *testing.T) {
	want := frames(400)
	file := capturetest.Pcap(capture.LinkEthernet, want...)
	at := func(k int) int { // where record k is
		n := 24
		for _, f := range want[:k] {
			n += 16 + len(f.Data)
		}
		return n
	}
	cases := []struct {
		name   string
		damage func(b []byte) []byte
		lost   []int // records that cannot be read
	}{
		{"length overwritten", func(b []byte) []byte { copy(b[at(100)+8:], "\xde\xad\xbe\xef"); return b }, []int{100}},
		{"header overwritten", func(b []byte) []byte { copy(b[at(100):], "GET / HTTP/1.1\r\n"); return b }, []int{100}},
		{"zeros instead of a record", func(b []byte) []byte { clear(b[at(100):at(101)]); return b }, []int{100}},
		{"several records overwritten", func(b []byte) []byte {
			copy(b[at(100):at(103)], bytes.Repeat([]byte{0xff}, 5000))
			return b
		}, []int{100, 101, 102}},
		{"one before the last", func(b []byte) []byte { copy(b[at(398)+8:], "\xde\xad\xbe\xef"); return b }, []int{398}},
		{"at the beginning", func(b []byte) []byte { copy(b[at(0):], "\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff"); return b }, []int{0}},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			src := openBytes(t, c.damage(bytes.Clone(file)))
			got, err := collect(t, src)
			require.NoError(t, err)
			left := append(append([]capturetest.Frame{}, want[:c.lost[0]]...), want[c.lost[len(c.lost)-1]+1:]...)
			requireFrames(t, left, got, 9)
			require.Len(t, warnings(src), 1)
			require.Contains(t, warnings(src)[0], "is damaged after packet")
		})
	}
}

func TestPcapLost(t *testing.T) {
	want := frames(10)
	cases := []struct {
		name string
		tail []byte
	}{
		{"text", bytes.Repeat([]byte("not a packet "), 1000)},
		{"zeros", make([]byte, 100000)},
		{"more than is searched", bytes.Repeat([]byte{0xff}, 17<<20)},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			file := capturetest.Pcap(capture.LinkEthernet, want...)
			got, err := read(t, append(file, c.tail...))
			requireFrames(t, want, got, 9)
			var damage *capture.DamageError
			require.ErrorAs(t, err, &damage)
			require.EqualValues(t, 10, damage.Packet)
			require.EqualValues(t, len(file), damage.Offset)
		})
	}
}

// TestPcapBytesMissing takes bytes out of the middle: what lies before and well
// behind is read, and nothing that is no packet.
func TestPcapBytesMissing(t *testing.T) {
	want := frames(300)
	file := capturetest.Pcap(capture.LinkEthernet, want...)
	known := map[string]bool{}
	for _, f := range want {
		known[string(f.Data)] = true
	}
	for seed := range uint64(200) {
		rng := rand.New(rand.NewPCG(seed, 0))
		at, n := 24+rng.IntN(len(file)/2), 1+rng.IntN(3000)
		src := openBytes(t, slices.Delete(bytes.Clone(file), at, at+n))
		got, err := collect(t, src)
		require.NoError(t, err)
		odd := 0
		for _, p := range got {
			if !known[string(p.Data)] {
				odd++
			}
		}
		require.LessOrEqual(t, odd, 1, "the packet that the bytes are missing from, seed %d", seed)
		require.GreaterOrEqual(t, len(got), len(want)-n/60-8, "seed %d", seed)
	}
}

// TestPcapClock reads on when the clock of the machine was set.
func TestPcapClock(t *testing.T) {
	want := frames(20)
	for i := range want[:7] {
		want[i].Time = int64(i+1) * 1e9 // since the machine was started
	}
	src := openBytes(t, capturetest.Pcap(capture.LinkEthernet, want...))
	got, err := collect(t, src)
	require.NoError(t, err)
	requireFrames(t, want, got, 9)
	require.Empty(t, warnings(src))
}

// TestPcapHostile is damage in which every fourth byte looks like a record whose
// followers must be looked at far ahead, and in the end make no sense. A search
// that moved the bytes for each of them would take minutes.
func TestPcapHostile(t *testing.T) {
	const size = 200000 // also the time in seconds and its fraction
	one := capturetest.Frame{Data: []byte{1}, Time: size*1e9 + 1}
	file := capturetest.Pcap(capture.LinkEthernet, one)
	file = append(file, bytes.Repeat([]byte{0xff}, 16)...)
	for range 16 {
		file = append(file, bytes.Repeat(binary.LittleEndian.AppendUint32(nil, size), 2*size/4)...)
		file = append(file, bytes.Repeat([]byte{0xff}, 2*size)...)
	}
	got, err := read(t, file)
	var damage *capture.DamageError
	require.ErrorAs(t, err, &damage)
	requireFrames(t, []capturetest.Frame{one}, got, 9)
}
