package damage

import (
	"bytes"
	"io"
	"net/netip"
	"testing"

	"github.com/google/gopacket/pcapgo"
	"github.com/stretchr/testify/require"

	"ctiscope/traffic/expect"
	"ctiscope/traffic/wire"
)

// capture makes two conversations; the second uses the first one's addresses
// again.
func capture(t *testing.T) *Capture {
	t.Helper()
	var tape wire.Tape
	client := wire.Host{Addr: netip.MustParseAddrPort("10.1.0.10:50001"), TTL: 64}
	server := wire.Host{Addr: netip.MustParseAddrPort("10.9.0.5:42027"), TTL: 64}
	now := int64(1_753_000_000_000_000_000)
	for i := range uint32(2) {
		c := wire.NewConn(&tape, client, server, wire.Options{ISN: [2]uint32{0xfffffff0 + 77*i, 5 + i*1000}})
		now = c.Open(now)
		for k := range 20 {
			now = c.Send(now+wire.Millisecond, wire.Direction(k%2), bytes.Repeat([]byte{byte(k), byte(i)}, 50+k))
		}
		c.Reset(now, wire.FromClient)
		now += wire.Millisecond
	}
	c, err := Parse(tape)
	require.NoError(t, err)
	require.Equal(t, tape, c.Tape())
	return c
}

// bytesOf puts the payloads of what is left together.
func bytesOf(c *Capture, stream int) map[int64]byte {
	all := make(map[int64]byte)
	for _, p := range c.Packets {
		if p.Stream == stream {
			for i, b := range p.Segment.Payload[:p.captured()] {
				all[p.Off+int64(i)] = b
			}
		}
	}
	return all
}

func TestParse(t *testing.T) {
	c := capture(t)
	require.Len(t, c.Streams, 4)
	truth := c.Truth()
	require.Equal(t, []int{1, 2}, truth.Sessions)
	for i := range c.Streams {
		require.Equal(t, []Range{{0, 1180 + int64(i%2)*20}}, truth.Kept[i])
		require.Empty(t, truth.Holes(i))
	}
}

func TestLosslessKeepsEveryByte(t *testing.T) {
	ways := map[string]func(*Capture){
		"repeat":     func(c *Capture) { c.Repeat(Rand(1), 0.3, 5) },
		"retransmit": func(c *Capture) { c.Retransmit(Rand(2), 0.5, 5) },
		"swap":       func(c *Capture) { c.Swap(Rand(3), 0.4, 6) },
		"delay":      func(c *Capture) { c.Delay(Rand(4), 0.4, 3*wire.Millisecond) },
		"mirror":     func(c *Capture) { c.Mirror(Rand(5), 1) },
		"resegment":  func(c *Capture) { c.Resegment(Rand(6)) },
	}
	for name, do := range ways {
		t.Run(name, func(t *testing.T) {
			c, before := capture(t), capture(t)
			do(c)
			require.NotEqual(t, before.Tape(), c.Tape())
			for i := range c.Streams {
				require.Equal(t, bytesOf(before, i), bytesOf(c, i))
			}
			require.Equal(t, before.Truth().Kept, c.Truth().Kept)
			for i := 1; i < len(c.Packets); i++ {
				require.GreaterOrEqual(t, c.Packets[i].Time, c.Packets[i-1].Time)
			}
		})
	}
}

func TestLossyTellsWhatIsLeft(t *testing.T) {
	c := capture(t)
	lost := c.Packets[7]
	require.True(t, lost.data())
	c.Packets = append(c.Packets[:7:7], c.Packets[8:]...)
	truth := c.Truth()
	hole := Range{lost.Off, int64(len(lost.Segment.Payload))}
	require.Equal(t, []Range{hole}, truth.Holes(lost.Stream))
	require.False(t, truth.Has(lost.Stream, hole))
	require.True(t, truth.Has(lost.Stream, Range{0, hole.Off}))

	c = capture(t)
	c.Late(10)
	truth = c.Truth()
	require.False(t, truth.Syn[0])
	require.Empty(t, truth.Holes(0), "nobody knows what came before")
	before, behind := truth.Ends(0)
	require.NotZero(t, before.Len)
	require.Zero(t, behind.Len)

	c = capture(t)
	c.OneWay(true)
	require.Empty(t, c.Truth().Kept[0])
	require.Len(t, c.Truth().Kept[1], 1)

	c = capture(t)
	c.Snap(10)
	require.Equal(t, Range{0, 10}, c.Truth().Kept[0][0])
	require.NotEmpty(t, c.Truth().Holes(0))
}

func TestWhole(t *testing.T) {
	c := capture(t)
	var all []expect.Message
	for _, from := range []string{"client", "server"} {
		for range 5 {
			all = append(all, expect.Message{Session: 2, From: from, Length: 92})
		}
	}
	m := Place(all)
	require.Len(t, c.Truth().Whole(m), 10)
	for i, p := range c.Packets {
		if p.Stream == 2 && p.data() && p.Off > 0 {
			c.Packets = append(c.Packets[:i:i], c.Packets[i+1:]...)
			break
		}
	}
	require.Less(t, len(c.Truth().Whole(m)), 10)
	stream, place := m.Where(6)
	require.Equal(t, 3, stream)
	require.Equal(t, Range{100, 100}, place)
}

func TestFile(t *testing.T) {
	c := capture(t)
	c.Snap(20)
	r, err := pcapgo.NewReader(bytes.NewReader(c.File(true)))
	require.NoError(t, err)
	n := 0
	for {
		data, ci, err := r.ReadPacketData()
		if err == io.EOF {
			break
		}
		require.NoError(t, err)
		require.LessOrEqual(t, len(data), 14+20+32+20)
		require.GreaterOrEqual(t, ci.Length, len(data))
		require.Equal(t, c.Packets[n].Time, ci.Timestamp.UnixNano())
		n++
	}
	require.Equal(t, len(c.Packets), n)
}
