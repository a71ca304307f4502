package reassembly_test

import (
	"math"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"ctiscope/capture"
	"ctiscope/network"
	"ctiscope/reassembly"
)

// others sends so many segments of another session.
func (s *script) others(n int) {
	client := s.client
	s.client.Port = 60000
	for range n {
		s.c(ack, 1, 1, "")
		s.time -= millisecond
	}
	s.client = client
	s.lines = s.lines[:0]
}

func TestHoles(t *testing.T) {
	const late = 5 * time.Second
	cases := []struct {
		name string
		run  func(s *script)
		want []string
	}{
		{"a hole nobody acknowledged is waited for", func(s *script) {
			s.c(ack, 4, 1001, "def")
			s.pass(int64(29 * time.Second))
		}, nil},
		{"but not for ever", func(s *script) {
			s.c(ack, 4, 1001, "def")
			s.pass(int64(31 * time.Second))
		}, []string{"> lost 3 @0-4", "> def @4"}},
		{"nor for any number of segments", func(s *script) {
			s.c(ack, 4, 1001, "def")
			s.others(9000)
			s.c(ack, 7, 1001, "ghi")
		}, []string{"> ghi @9005"}},
		{"an acknowledged hole is waited for shortly", func(s *script) {
			s.c(ack, 4, 1001, "def")
			s.s(ack, 1001, 7, "")
			s.pass(int64(1900 * time.Millisecond))
		}, nil},
		{"and then given up", func(s *script) {
			s.c(ack, 4, 1001, "def")
			s.s(ack, 1001, 7, "")
			s.pass(int64(2100 * time.Millisecond))
		}, []string{"> lost 3 @0-4", "> def @4"}},
		{"acknowledged before the data behind it came", func(s *script) {
			s.s(ack, 1001, 4, "")
			s.c(ack, 4, 1001, "def")
			s.pass(int64(2100 * time.Millisecond))
		}, []string{"> lost 3 @0-5", "> def @5"}},
		{"acknowledged in part only", func(s *script) {
			s.c(ack, 4, 1001, "def")
			s.s(ack, 1001, 3, "")
			s.pass(int64(late))
		}, nil},
		{"data after its acknowledgement is no hole", func(s *script) {
			s.s(ack, 1001, 7, "")
			s.c(ack, 4, 1001, "def")
			s.c(ack, 1, 1001, "abc")
			s.pass(int64(late))
		}, []string{"> abc @6", "> def @5"}},
		{"two holes", func(s *script) {
			s.c(ack, 1, 1001, "abc")
			s.c(ack, 7, 1001, "ghi")
			s.c(ack, 13, 1001, "mno")
			s.s(ack, 1001, 16, "")
			s.pass(int64(late))
		}, []string{"> abc @4", "> lost 3 @4-5", "> ghi @5", "> lost 3 @5-6", "> mno @6"}},
		{"data that comes after its hole was given up", func(s *script) {
			s.c(ack, 4, 1001, "def")
			s.pass(int64(31 * time.Second))
			s.c(ack, 1, 1001, "abc")
			s.c(ack, 7, 1001, "ghi")
		}, []string{"> lost 3 @0-4", "> def @4", "> ghi @6"}},
		{"the directions are separate", func(s *script) {
			s.c(ack, 4, 1001, "def")
			s.s(ack, 1001, 1, "xyz")
		}, []string{"< xyz @5"}},
		{"before a fin", func(s *script) {
			s.c(ack, 1, 1001, "abc")
			s.c(fin|ack, 7, 1001, "ghi")
			s.s(fin|ack, 1001, 11, "")
			s.pass(int64(late))
		}, []string{"> abc @4", "> lost 3 @4-5", "> ghi @5", "close 1 fin"}},
		{"a fin without the data before it", func(s *script) {
			s.c(ack, 1, 1001, "abc")
			s.c(fin|ack, 7, 1001, "")
			s.s(fin|ack, 1001, 8, "")
			s.asm.Close()
		}, []string{"> abc @4", "> lost 3 @4-0", "close 1 end of capture"}},
		{"an acknowledged fin is no hole", func(s *script) {
			s.c(ack, 1, 1001, "abc")
			s.s(fin|ack, 1001, 5, "")
			s.asm.Close()
		}, []string{"> abc @4", "close 1 end of capture"}},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			s := newScript(reassembly.Options{})
			s.handshake()
			s.take()
			c.run(s)
			require.Equal(t, c.want, s.take())
		})
	}
}

func TestHoleCounts(t *testing.T) {
	s := newScript(reassembly.Options{})
	s.handshake()
	s.c(ack, 4, 1001, "def")
	s.pass(int64(31 * time.Second))
	s.c(ack, 1, 1001, "abc")
	n := s.asm.Counters()
	require.EqualValues(t, 1, n.Holes)
	require.EqualValues(t, 3, n.MissingBytes)
	require.EqualValues(t, 1, n.Late)
	require.EqualValues(t, 3, n.LateBytes)
	require.EqualValues(t, 0, n.Retransmissions)
	s.c(ack, 4, 1001, "def")
	require.EqualValues(t, 1, s.asm.Counters().Retransmissions)
}

func TestHoleGivenUpByCount(t *testing.T) {
	cases := []struct {
		name         string
		acknowledged bool
		few, more    int
	}{
		{"not acknowledged", false, 8100, 200},
		{"acknowledged", true, 1000, 100},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			s := newScript(reassembly.Options{Wait: time.Hour, AckedWait: time.Hour})
			s.handshake()
			s.c(ack, 4, 1001, "def")
			if c.acknowledged {
				s.s(ack, 1001, 7, "")
			}
			require.EqualValues(t, 4, s.asm.Floor())
			s.others(c.few)
			require.Empty(t, s.data[0].String())
			s.others(c.more)
			require.Equal(t, "___def", s.data[0].String())
			require.EqualValues(t, math.MaxInt64, s.asm.Floor())
		})
	}
}

func TestDirectionBytes(t *testing.T) {
	s := newScript(reassembly.Options{DirectionBytes: 2000})
	s.handshake()
	s.take()
	for i := range uint32(40) {
		s.c(ack, 2+2*i, 1001, "x")
	}
	n := s.asm.Counters()
	require.Positive(t, n.Holes)
	require.Less(t, n.Holes, int64(40))
	require.Equal(t, "> lost 1 @0-4", s.take()[0])
	s.asm.Close()
	require.EqualValues(t, 40, s.asm.Counters().Holes)
	require.EqualValues(t, 40, s.asm.Counters().DataBytes)
}

func TestTotalBytes(t *testing.T) {
	s := newScript(reassembly.Options{TotalBytes: 2000})
	for i := range uint16(30) {
		s.client.Port = 50000 + i
		s.handshake()
		s.c(ack, 4, 1001, "def")
	}
	n := s.asm.Counters()
	require.Positive(t, n.EvictedHoles)
	require.Contains(t, s.lines, "> evicted 3 @0-4", "the one that waited longest")
	require.NotContains(t, s.lines, "> evicted 3 @0-120")
}

func TestSnapped(t *testing.T) {
	s := newScript(reassembly.Options{})
	s.handshake()
	s.take()
	cut := func(seq uint32, data string, length int) {
		s.send(network.Segment{Src: s.client, Dst: s.server, Seq: seq, Ack: 1001, Flags: ack, Payload: []byte(data), Length: length, Owned: true})
	}
	cut(1, "abc", 10)
	cut(21, "uv", 5)
	cut(11, "", 10)
	cut(26, "z", 1)
	require.Equal(t, []string{
		"> abc @4", "> snapped 7 @4-0",
		"> snapped 10 @6-0",
		"> uv @5", "> snapped 3 @5-0", "> z @7",
	}, s.take())
	n := s.asm.Counters()
	require.EqualValues(t, 3, n.Snapped)
	require.EqualValues(t, 20, n.SnappedBytes)
}

// TestFarSequence: a sequence number out of any window neither kills a stream
// nor takes memory, and yet a stream that really went on there is followed.
func TestFarSequence(t *testing.T) {
	const jump = 100 << 20
	cases := []struct {
		name string
		run  func(s *script)
		want []string
	}{
		{"forged, the stream goes on", func(s *script) {
			s.c(ack, 1, 1001, "abc")
			s.c(ack, 1+jump, 1001, "evil")
			s.c(ack, 4, 1001, "def")
			s.c(ack, 7, 1001, "ghi")
			s.pass(int64(time.Minute))
			s.c(ack, 10, 1001, "jkl")
		}, []string{"> abc @4", "> def @6", "> ghi @7", "> jkl @8"}},
		{"forged far behind", func(s *script) {
			s.c(ack, 1, 1001, "abc")
			s.c(ack, math.MaxUint32-jump, 1001, "evil")
			s.c(ack, 4, 1001, "def")
			s.c(ack, 7, 1001, "ghi")
			s.pass(int64(time.Minute))
			s.c(ack, 10, 1001, "jkl")
		}, []string{"> abc @4", "> def @6", "> ghi @7", "> jkl @8"}},
		{"forged, then silence", func(s *script) {
			s.c(ack, 1, 1001, "abc")
			s.c(ack, 1+jump, 1001, "evil")
			s.pass(int64(time.Minute))
			s.c(ack, 4, 1001, "def")
		}, []string{"> abc @4", "> def @6"}},
		{"an outage, two segments", func(s *script) {
			s.c(ack, 1, 1001, "abc")
			s.c(ack, 1+jump, 1001, "def")
			s.c(ack, 4+jump, 1001, "ghi")
			s.pass(int64(time.Minute))
		}, []string{"> abc @4", "> lost 104857597 @4-5", "> def @5", "> ghi @6"}},
		{"an outage, acknowledged", func(s *script) {
			s.c(ack, 1, 1001, "abc")
			s.c(ack, 1+jump, 1001, "def")
			s.s(ack, 1001, 4+jump, "")
			s.pass(int64(time.Minute))
		}, []string{"> abc @4", "> lost 104857597 @4-5", "> def @5"}},
		{"another stream whose beginning was not captured", func(s *script) {
			s.c(ack, 1, 1001, "abc")
			s.c(ack, 3<<30, 1001, "def")
			s.c(ack, 3<<30+3, 1001, "ghi")
			s.pass(int64(time.Minute))
		}, []string{"> abc @4", "> lost -1 @4-5", "> def @5", "> ghi @6"}},
		{"an acknowledgement of what was never sent", func(s *script) {
			s.c(ack, 1, 1001, "abc")
			s.s(ack, 1001, 4+jump, "")
			s.asm.Close()
		}, []string{"> abc @4", "close 1 end of capture"}},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			s := newScript(reassembly.Options{})
			s.handshake()
			s.take()
			c.run(s)
			require.Equal(t, c.want, s.take())
		})
	}
}

func TestWrap(t *testing.T) {
	s := newScript(reassembly.Options{})
	start := uint32(math.MaxUint32 - 4)
	s.c(syn, start-1, 0, "")
	s.s(syn|ack, 1000, start, "")
	s.take()
	s.c(ack, start+6, 1001, "ghi")
	s.c(ack, start, 1001, "abcdef")
	s.s(ack, 1001, start+9, "")
	s.c(ack, start+9, 1001, "jkl")
	s.c(ack, start, 1001, "abcdef")
	require.Equal(t, []string{"> abcdef @4", "> ghi @3", "> jkl @6"}, s.take())
	require.EqualValues(t, 1, s.asm.Counters().Retransmissions)
}

// TestBlocks: data in order lies in the Block, data that waited has been
// copied.
func TestBlocks(t *testing.T) {
	block, buf := capture.NewBlock(nil), []byte("abcdef")
	var got []*capture.Block
	var data [][]byte
	a := newAssembler(reassembly.Options{}, func(e *reassembly.Event) {
		if e.Kind == reassembly.Data {
			got, data = append(got, e.Block), append(data, e.Bytes)
		}
	})
	send := func(flags network.Flags, seq uint32, payload []byte) {
		a.Segment(&network.Segment{Src: endpoint(1, 50000), Dst: endpoint(2, 42027), Flags: flags, Seq: seq,
			Payload: payload, Length: len(payload), Number: 1, Time: 1}, block)
	}
	send(syn, 0, nil)
	send(ack, 1, buf[0:2])
	send(ack, 5, buf[4:6])
	send(ack, 3, buf[2:4])
	copy(buf, "XXXXXX")
	require.Equal(t, []*capture.Block{block, block, nil}, got)
	require.Equal(t, [][]byte{[]byte("XX"), []byte("XX"), []byte("ef")}, data)
}

// TestWrongTime: one packet whose time is wrong ends nothing that waits or
// rests; a real pause does.
func TestWrongTime(t *testing.T) {
	const day = int64(24 * time.Hour)
	cases := []struct {
		name string
		run  func(s *script)
		want []string
	}{
		{"one packet from the future", func(s *script) {
			s.time += 10 * day
			s.s(ack, 1001, 1, "x")
			s.time -= 10 * day
			s.s(ack, 1002, 1, "y")
			s.s(ack, 1003, 1, "z")
		}, []string{"< x @5", "< y @6", "< z @7"}},
		{"now and then one", func(s *script) {
			for i := range uint32(4) {
				s.time += 10 * day
				s.s(ack, 1001+2*i, 1, "x")
				s.time -= 10 * day
				s.s(ack, 1002+2*i, 1, "y")
			}
		}, []string{"< x @5", "< y @6", "< x @7", "< y @8", "< x @9", "< y @10", "< x @11", "< y @12"}},
		{"one packet from the past", func(s *script) {
			s.time -= 10 * day
			s.s(ack, 1001, 1, "x")
			s.time += 10 * day
			s.s(ack, 1002, 1, "y")
		}, []string{"< x @5", "< y @6"}},
		{"a pause", func(s *script) {
			s.time += int64(time.Minute)
			s.s(ack, 1001, 1, "x")
			s.s(ack, 1002, 1, "y")
		}, []string{"< x @5", "> lost 3 @0-4", "> def @4", "< y @6"}},
		{"few packets, far apart", func(s *script) {
			for i := range uint32(3) {
				s.time += int64(time.Minute)
				s.s(ack, 1001+i, 1, "x")
			}
		}, []string{"< x @5", "> lost 3 @0-4", "> def @4", "< x @6", "< x @7"}},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			s := newScript(reassembly.Options{})
			s.handshake()
			s.c(ack, 4, 1001, "def")
			s.take()
			c.run(s)
			require.Equal(t, c.want, s.take())
		})
	}
}
