package capture_test

import (
	"bytes"
	"encoding/binary"
	"math"
	"math/big"
	"testing"

	"github.com/google/gopacket/layers"
	"github.com/google/gopacket/pcapgo"
	"github.com/stretchr/testify/require"

	"ctiscope/capture"
	"ctiscope/capture/capturetest"
)

// ng builds pcapng files block by block.
type ng struct {
	order capturetest.ByteOrder
	b     []byte
}

func (f *ng) block(kind uint32, body []byte) *ng {
	for len(body)%4 != 0 {
		body = append(body, 0)
	}
	size := uint32(len(body) + 12)
	f.b = f.order.AppendUint32(f.b, kind)
	f.b = f.order.AppendUint32(f.b, size)
	f.b = append(f.b, body...)
	f.b = f.order.AppendUint32(f.b, size)
	return f
}

func (f *ng) u(sizes string, values ...uint64) []byte {
	var b []byte
	for i, v := range values {
		switch sizes[i] {
		case '2':
			b = f.order.AppendUint16(b, uint16(v))
		case '4':
			b = f.order.AppendUint32(b, uint32(v))
		case '8':
			b = f.order.AppendUint64(b, v)
		}
	}
	return b
}

func (f *ng) section(order capturetest.ByteOrder) *ng {
	f.order = order
	return f.block(0x0a0d0d0a, f.u("4228", 0x1a2b3c4d, 1, 0, math.MaxUint64))
}

func (f *ng) option(code uint16, value []byte) []byte {
	b := append(f.u("22", uint64(code), uint64(len(value))), value...)
	for len(b)%4 != 0 {
		b = append(b, 0)
	}
	return b
}

func (f *ng) iface(link capture.LinkType, snap uint64, options ...[]byte) *ng {
	b := f.u("224", uint64(link), 0, snap)
	for _, o := range options {
		b = append(b, o...)
	}
	return f.block(1, append(b, 0, 0, 0, 0))
}

func (f *ng) packet(iface, at uint64, data []byte, wire int) *ng {
	b := f.u("44444", iface, at>>32, at&math.MaxUint32, uint64(len(data)), uint64(wire))
	return f.block(6, append(b, data...))
}

func TestPcapngLikeGopacket(t *testing.T) {
	want := frames(300)
	for _, order := range []capturetest.ByteOrder{binary.LittleEndian, binary.BigEndian} {
		t.Run(order.String(), func(t *testing.T) {
			f := (&ng{}).section(order)
			f.iface(capture.LinkEthernet, 0, f.option(2, []byte("eth0")), f.option(9, []byte{9}))
			for _, p := range want {
				f.packet(0, uint64(p.Time), p.Data, len(p.Data))
			}
			got, err := read(t, f.b)
			require.NoError(t, err)
			requireFrames(t, want, got, 9)
			r, err := pcapgo.NewNgReader(bytes.NewReader(f.b), pcapgo.NgReaderOptions{})
			require.NoError(t, err)
			for _, p := range got {
				data, info, err := r.ReadPacketData()
				require.NoError(t, err)
				require.Equal(t, data, p.Data)
				require.Equal(t, info.Timestamp.UnixNano(), p.Time)
				require.Equal(t, info.Length, p.Length)
			}
		})
	}
}

// TestPcapngOfGopacket reads what pcapgo writes.
func TestPcapngOfGopacket(t *testing.T) {
	want := frames(100)
	var b bytes.Buffer
	w, err := pcapgo.NewNgWriter(&b, layers.LinkTypeEthernet)
	require.NoError(t, err)
	for _, f := range want {
		require.NoError(t, w.WritePacket(captureInfo(f), f.Data))
	}
	require.NoError(t, w.Flush())
	got, err := read(t, b.Bytes())
	require.NoError(t, err)
	requireFrames(t, want, got, 9)
}

func TestPcapngSections(t *testing.T) {
	one, two := []byte{1, 1, 1}, []byte{2, 2, 2, 2}
	f := (&ng{}).section(binary.LittleEndian)
	f.block(0x12345678, []byte("unknown block"))
	f.iface(capture.LinkEthernet, 100, f.option(2, []byte("eth0")))
	f.iface(capture.LinkRaw, 200, f.option(3, []byte("described")), f.option(9, []byte{9}))
	f.packet(1, 5e9, one, 3).packet(0, 6e6, two, 60)
	f.block(3, append(f.u("4", 99), two...)) // simple, of the first interface
	obsolete := f.u("2244444", 1, 0, 0, 7_000_000_000-1<<32, 3, 3)
	binary.LittleEndian.PutUint32(obsolete[4:], 1) // 7e9 has 33 bits
	f.block(2, append(obsolete, one...))
	f.block(5, append(append(f.u("444", 0, 0, 0), f.option(5, f.u("8", 7))...), f.option(7, f.u("8", 2))...))
	f.block(5, append(f.u("444", 0, 0, 0), f.option(5, f.u("8", 10))...))
	f.section(binary.BigEndian)
	f.iface(capture.LinkLinuxSLL, 300, f.option(2, []byte("any")))
	f.packet(0, 8e6, one, 3)
	f.block(5, append(f.u("444", 0, 0, 0), f.option(5, f.u("8", 1))...))

	src := openBytes(t, f.b)
	got, err := collect(t, src)
	require.NoError(t, err)
	require.Equal(t, []string{"standard input: packets without a time, in the order of the file"}, warnings(src))
	in := "standard input"
	require.Equal(t, []capture.Interface{
		{Name: "eth0", File: in, Link: capture.LinkEthernet, SnapLen: 100, Dropped: 10},
		{Name: "described", File: in, Link: capture.LinkRaw, SnapLen: 200},
		{Name: "any", File: in, Link: capture.LinkLinuxSLL, SnapLen: 300, Dropped: 1},
	}, src.Interfaces())
	for i := range got {
		got[i].Off = 0
	}
	require.Equal(t, []capture.Packet{
		{Data: one, Time: 5e9, Number: 1, Length: 3, Link: capture.LinkRaw, Digits: 9, Interface: 1},
		{Data: two, Time: 6e9, Number: 2, Length: 60, Link: capture.LinkEthernet, Digits: 6},
		{Data: two, Time: 6e9, Number: 3, Length: 99, Link: capture.LinkEthernet, Digits: capture.NoTime},
		{Data: one, Time: 7e9, Number: 4, Length: 3, Link: capture.LinkRaw, Digits: 9, Interface: 1},
		{Data: one, Time: 8e9, Number: 5, Length: 3, Link: capture.LinkLinuxSLL, Digits: 6, Interface: 2},
	}, got)
}

func TestPcapngSimpleSnapped(t *testing.T) {
	f := (&ng{}).section(binary.LittleEndian).iface(capture.LinkEthernet, 2)
	f.block(3, append(f.u("4", 99), 1, 2, 3, 4))
	got, err := read(t, f.b)
	require.NoError(t, err)
	require.Equal(t, []byte{1, 2}, got[0].Data)
	require.Equal(t, 99, got[0].Length)
}

func TestPcapngClock(t *testing.T) {
	cases := []struct {
		name       string
		resolution []byte
		offset     int64
		at         uint64
		want       int64
		digits     uint8
	}{
		{"microseconds when not told", nil, 0, 1_500_000, 1.5e9, 6},
		{"seconds", []byte{0}, 0, 3, 3e9, 6},
		{"milliseconds", []byte{3}, 0, 1500, 1.5e9, 6},
		{"100 nanoseconds", []byte{7}, 0, 15_000_001, 1_500_000_100, 9},
		{"nanoseconds", []byte{9}, 0, 1_500_000_001, 1_500_000_001, 9},
		{"picoseconds", []byte{12}, 0, 1_500_000_001_999, 1_500_000_001, 9},
		{"10^-28 seconds", []byte{28}, 0, math.MaxUint64, 1, 9},
		{"10^-127 seconds", []byte{127}, 0, math.MaxUint64, 0, 9},
		{"2^-10 seconds", []byte{0x80 | 10}, 0, 1536, 1.5e9, 6},
		{"2^-19 seconds", []byte{0x80 | 19}, 0, 3 << 18, 1.5e9, 6},
		{"2^-30 seconds", []byte{0x80 | 30}, 0, 3 << 29, 1.5e9, 9},
		{"2^-63 seconds", []byte{0x80 | 63}, 0, 3 << 62, 1.5e9, 9},
		{"2^-64 seconds", []byte{0x80 | 64}, 0, 1 << 63, 0.5e9, 9},
		{"2^-80 seconds", []byte{0x80 | 80}, 0, 1 << 63, 7629, 9},
		{"2^-127 seconds", []byte{0xff}, 0, math.MaxUint64, 0, 9},
		{"2^0 seconds", []byte{0x80}, 0, 3, 3e9, 6},
		{"offset", []byte{9}, 1_700_000_000, 5, 1_700_000_000_000_000_005, 9},
		{"negative offset", []byte{6}, -1, 1_500_000, 0.5e9, 6},
		{"too late", []byte{0}, 0, math.MaxUint64, math.MaxInt64, 6},
		{"too late, binary", []byte{0x81}, 0, math.MaxUint64, math.MaxInt64, 6},
		{"too late with offset", []byte{0}, math.MaxInt64, math.MaxUint64, math.MaxInt64, 6},
		{"offset out of range", []byte{9}, math.MinInt64, 0, -4611686018 * 1e9, 9},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			f := (&ng{}).section(binary.BigEndian)
			var options [][]byte
			if c.resolution != nil {
				options = append(options, f.option(9, c.resolution))
			}
			if c.offset != 0 {
				options = append(options, f.option(14, f.u("8", uint64(c.offset))))
			}
			f.iface(capture.LinkEthernet, 0, options...).packet(0, c.at, []byte{1}, 1)
			got, err := read(t, f.b)
			require.NoError(t, err)
			require.Equal(t, c.want, got[0].Time)
			require.Equal(t, c.digits, got[0].Digits)
		})
	}
}

// TestPcapngClockExact compares with arithmetic without limits.
func TestPcapngClockExact(t *testing.T) {
	for resolution := range 256 {
		unit := new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(resolution&0x7f)), nil)
		if resolution >= 0x80 {
			unit.Lsh(big.NewInt(1), uint(resolution&0x7f))
		}
		f := (&ng{}).section(binary.LittleEndian)
		f.iface(capture.LinkEthernet, 0, f.option(9, []byte{byte(resolution)}))
		times := []uint64{0, 1, 999, 1 << 31, 1<<40 + 12345, 1<<62 + 1, math.MaxUint64}
		for _, at := range times {
			f.packet(0, at, nil, 0)
		}
		got, err := read(t, f.b)
		require.NoError(t, err)
		for i, at := range times {
			want := new(big.Int).SetUint64(at)
			want.Mul(want, big.NewInt(1e9)).Div(want, unit)
			if !want.IsInt64() {
				want.SetInt64(math.MaxInt64)
			}
			require.Equal(t, want.Int64(), got[i].Time, "resolution %#x, time %d", resolution, at)
		}
	}
}

func TestPcapngCut(t *testing.T) {
	want := frames(4)
	file := capturetest.Pcapng(capture.LinkEthernet, want...)
	ends := []int{}
	for at := 0; at < len(file); {
		at += int(binary.LittleEndian.Uint32(file[at+4:]))
		ends = append(ends, at)
	}
	require.Len(t, ends, 2+len(want))
	for n := 12; n < len(file); n++ {
		blocks, at := 0, 0
		for blocks < len(ends) && ends[blocks] <= n {
			at = ends[blocks]
			blocks++
		}
		whole := max(blocks-2, 0)
		got, err := read(t, file[:n])
		requireFrames(t, want[:whole], got, 9)
		if n == at {
			require.NoError(t, err)
			continue
		}
		var cut *capture.CutError
		require.ErrorAs(t, err, &cut)
		require.Equal(t, capture.CutError{
			File: "standard input", Packets: int64(whole), Offset: int64(at), Left: int64(n - at),
		}, *cut)
	}
}

func TestPcapngDamage(t *testing.T) {
	want := frames(100)
	file := capturetest.Pcapng(capture.LinkEthernet, want...)
	at := 0
	for range 2 + 50 { // where packet 51 is
		at += int(binary.LittleEndian.Uint32(file[at+4:]))
	}
	size := int(binary.LittleEndian.Uint32(file[at+4:]))
	without := append(append([]capturetest.Frame{}, want[:50]...), want[51:]...)
	cases := []struct {
		name   string
		damage func(b []byte) []byte
	}{
		{"length overwritten", func(b []byte) []byte { copy(b[at+4:], "\xff\xff\xff\xff"); return b }},
		{"length too small", func(b []byte) []byte { copy(b[at+4:], "\x01\x00\x00\x00"); return b }},
		{"length plausible but wrong", func(b []byte) []byte { b[at+4] ^= 0x10; return b }},
		{"end overwritten", func(b []byte) []byte { b[at+size-1] = 0x77; return b }},
		{"all overwritten", func(b []byte) []byte { clear(b[at : at+size]); return b }},
		{"bytes missing", func(b []byte) []byte { return append(b[:at+5], b[at+8:]...) }},
		{"unknown interface", func(b []byte) []byte { b[at+8] = 9; return b }},
		{"packet longer than its block", func(b []byte) []byte { b[at+22] = 1; return b }},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			src := openBytes(t, c.damage(bytes.Clone(file)))
			got, err := collect(t, src)
			require.NoError(t, err)
			requireFrames(t, without, got, 9)
			require.Len(t, warnings(src), 1)
			require.Contains(t, warnings(src)[0], "after packet 50")
			require.Contains(t, warnings(src)[0], "skipped")
		})
	}
}

func TestPcapngLost(t *testing.T) {
	want := frames(3)
	file := capturetest.Pcapng(capture.LinkEthernet, want...)
	section := (&ng{}).section(binary.LittleEndian).b
	section[12] = 2 // version 2.0
	cases := []struct {
		name, what string
		tail       []byte
	}{
		{"text", "a block that says type", bytes.Repeat([]byte("not a block "), 1000)},
		{"another version", "a section of pcapng version 2.0", section},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			got, err := read(t, append(bytes.Clone(file), c.tail...))
			requireFrames(t, want, got, 9)
			var damage *capture.DamageError
			require.ErrorAs(t, err, &damage)
			require.EqualValues(t, 3, damage.Packet)
			require.EqualValues(t, len(file), damage.Offset)
			require.Contains(t, damage.What, c.what)
		})
	}
}

func TestPcapngWarningsBounded(t *testing.T) {
	f := (&ng{}).section(binary.LittleEndian)
	f.iface(capture.LinkEthernet, 0)
	f.packet(0, 0, []byte{1}, 1)
	for i := range uint64(3000) {
		f.packet(1+i%100, 0, []byte{1}, 1)
	}
	src := openBytes(t, f.b)
	_, err := collect(t, src)
	require.NoError(t, err)
	require.Len(t, warnings(src), 21)
	require.Equal(t, "standard input: after packet 1: a packet of interface 1, which is not described, skipped (30 times)", warnings(src)[0])
	require.Equal(t, "2400 more warnings", warnings(src)[20])
}

// TestPcapngWithoutInterface cannot be read, and says so once.
func TestPcapngWithoutInterface(t *testing.T) {
	f := (&ng{}).section(binary.LittleEndian)
	for range 1000 {
		f.packet(3, 0, []byte{1}, 1)
	}
	src := openBytes(t, f.b)
	_, err := src.Next()
	var none *capture.NoInterfaceError
	require.ErrorAs(t, err, &none)
	require.EqualValues(t, 1000, none.Packets)
	require.Empty(t, warnings(src))
}

// TestPcapngFrameNumbers counts what Wireshark counts among the frames.
func TestPcapngFrameNumbers(t *testing.T) {
	f := (&ng{}).section(binary.LittleEndian)
	f.iface(capture.LinkEthernet, 0)
	f.block(0xbad, f.u("4", 32473)).packet(0, 1, []byte{1}, 1)
	f.block(9, []byte("__REALTIME_TIMESTAMP=1")).block(0x40000bad, f.u("4", 1)).block(0x204, make([]byte, 24))
	f.block(4, make([]byte, 4)).block(0x12345678, make([]byte, 4)).packet(0, 2, []byte{2}, 1)
	src := openBytes(t, f.b)
	b, err := src.Next()
	require.NoError(t, err)
	require.EqualValues(t, 2, b.Packets[0].Number)
	require.EqualValues(t, 6, b.Packets[1].Number)
}

// TestPacketsWithoutATime stand in the order of the file.
func TestPacketsWithoutATime(t *testing.T) {
	f := (&ng{}).section(binary.LittleEndian)
	f.iface(capture.LinkEthernet, 0)
	f.packet(0, 5, []byte{1}, 1)
	f.block(3, append(f.u("4", 1), 2, 0, 0, 0))
	b, err := openBytes(t, f.b).Next()
	require.NoError(t, err)
	require.EqualValues(t, 6, b.Packets[0].Digits)
	require.EqualValues(t, capture.NoTime, b.Packets[1].Digits)
	require.Equal(t, b.Packets[0].Time, b.Packets[1].Time)
}

// TestPcapngManyInterfaces describes more interfaces than can be told apart.
func TestPcapngManyInterfaces(t *testing.T) {
	f := (&ng{}).section(binary.LittleEndian)
	for range 70000 {
		f.iface(capture.LinkEthernet, 0)
	}
	f.packet(65535, 0, []byte{1}, 1).packet(65536, 0, []byte{1}, 1)
	f.section(binary.BigEndian).iface(capture.LinkRaw, 7).packet(0, 0, []byte{2}, 1)
	src := openBytes(t, f.b)
	got, err := collect(t, src)
	require.NoError(t, err)
	require.Len(t, got, 2)
	require.Equal(t, capture.LinkRaw, got[1].Link)
	require.Len(t, src.Interfaces(), 65536)
}
