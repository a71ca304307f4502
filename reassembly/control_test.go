package reassembly_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"ctiscope/network"
	"ctiscope/reassembly"
)

func TestBeginnings(t *testing.T) {
	const known = "open 1 10.0.0.1:50000"
	cases := []struct {
		name string
		run  func(s *script)
		want []string
	}{
		{"syn lost", func(s *script) {
			s.s(syn|ack, 1000, 1, "")
			s.c(ack, 4, 1001, "def")
			s.c(ack, 1, 1001, "abc")
		}, []string{opened, "> abc @3", "> def @2"}},
		{"syn and ack swapped", func(s *script) {
			s.s(syn|ack, 1000, 1, "")
			s.c(syn, 0, 0, "")
			s.c(ack, 1, 1001, "abc")
		}, []string{opened, "> abc @3"}},
		{"syn+ack lost", func(s *script) {
			s.c(syn, 0, 0, "")
			s.c(ack, 1, 1001, "")
			s.s(ack, 1001, 1, "xyz")
		}, []string{opened, "< xyz @3"}},
		{"syn+ack and acknowledgement lost", func(s *script) {
			s.c(syn, 0, 0, "")
			s.s(ack, 1001, 4, "xyz")
			s.c(ack, 4, 1004, "def")
			s.c(ack, 1, 1001, "abc")
			s.pass(int64(time.Second))
		}, []string{opened, "> abc @4", "> def @3", "< lost -1 @0-2", "< xyz @2"}},
		{"syn with data", func(s *script) {
			s.c(syn, 0, 0, "abc")
			s.s(syn|ack, 1000, 4, "")
			s.c(ack, 4, 1001, "def")
		}, []string{opened, "> abc @1", "> def @3"}},
		{"syn twice", func(s *script) {
			s.c(syn, 0, 0, "")
			s.c(syn, 0, 0, "")
			s.s(syn|ack, 1000, 1, "")
			s.s(syn|ack, 1000, 1, "")
			s.c(ack, 1, 1001, "abc")
			s.c(syn, 0, 0, "")
			s.c(ack, 4, 1001, "def")
		}, []string{opened, "> abc @5", "> def @7"}},
		{"midstream, from the client", func(s *script) {
			s.c(ack, 501, 9001, "abc")
			s.c(ack, 504, 9001, "def")
			s.pass(int64(time.Second))
			s.c(ack, 507, 9001, "ghi")
		}, []string{known, "> abc @1", "> def @2", "> ghi @3"}},
		{"midstream, from the server", func(s *script) {
			s.s(ack, 9001, 501, "xyz")
			s.pass(int64(time.Second))
		}, []string{known, "< xyz @1"}},
		{"midstream, reordered", func(s *script) {
			s.c(ack, 504, 9001, "def")
			s.c(ack, 501, 9001, "abc")
			s.pass(int64(time.Second))
			s.c(ack, 498, 9001, "old")
		}, []string{known, "> abc @2", "> def @1"}},
		{"midstream, a hole", func(s *script) {
			s.c(ack, 501, 9001, "abc")
			s.c(ack, 507, 9001, "ghi")
			s.pass(int64(time.Second))
			s.asm.Close()
		}, []string{known, "> abc @1", "> lost 3 @1-2", "> ghi @2", "close 1 end of capture"}},
		{"acknowledgements only, then data", func(s *script) {
			s.c(ack, 501, 9001, "")
			s.s(ack, 9001, 501, "")
			s.c(ack, 501, 9001, "abc")
			s.s(ack, 9001, 504, "xyz")
			s.pass(int64(time.Second))
		}, []string{known, "> abc @3", "< xyz @4"}},
		{"syn after the first data", func(s *script) {
			s.c(ack, 4, 1001, "def")
			s.c(syn, 0, 0, "")
			s.c(ack, 1, 1001, "abc")
		}, []string{known, "> abc @3", "> def @1"}},
		{"neither side has a client's port", func(s *script) {
			s.client.Port = 43027
			s.c(ack, 1, 1, "")
		}, []string{"open 1"}},
		{"a rst of nothing", func(s *script) {
			s.c(rst|ack, 1, 1, "")
		}, nil},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			s := newScript(reassembly.Options{})
			c.run(s)
			require.Equal(t, c.want, s.take())
		})
	}
}

func TestReset(t *testing.T) {
	cases := []struct {
		name string
		run  func(s *script)
		want []string
	}{
		{"rst", func(s *script) {
			s.c(rst, 4, 0, "")
			s.pass(int64(2 * time.Second))
		}, []string{"close 1 reset"}},
		{"data that was sent before it", func(s *script) {
			s.s(rst, 1004, 0, "")
			s.s(ack, 1001, 4, "xyz")
			s.c(ack, 4, 1001, "def")
			s.pass(int64(2 * time.Second))
		}, []string{"< xyz @6", "> def @7", "close 1 reset"}},
		{"a hole before it", func(s *script) {
			s.s(ack, 1004, 4, "uvw")
			s.s(rst, 1007, 0, "")
			s.pass(int64(2 * time.Second))
		}, []string{"< lost 3 @0-5", "< uvw @5", "close 1 reset"}},
		{"out of the window", func(s *script) {
			s.c(rst, 0x50000000, 0, "")
			s.pass(int64(2 * time.Second))
			s.c(ack, 4, 1001, "def")
		}, []string{"> def @6"}},
		{"forged, the sender goes on", func(s *script) {
			s.c(rst, 4, 0, "")
			s.c(ack, 4, 1001, "def")
			s.pass(int64(2 * time.Second))
			s.c(ack, 7, 1001, "ghi")
		}, []string{"> def @6", "> ghi @7"}},
		{"forged, the sender goes on later", func(s *script) {
			s.c(rst, 4, 0, "")
			s.pass(int64(2 * time.Second))
			s.c(ack, 4, 1001, "def")
			s.s(ack, 1001, 7, "xyz")
		}, []string{"close 1 reset", "open 2 10.0.0.1:50000", "> def @6", "< xyz @7"}},
		{"old data after it", func(s *script) {
			s.c(rst, 4, 0, "")
			s.pass(int64(2 * time.Second))
			s.c(ack, 1, 1001, "abc")
			s.s(ack, 1001, 4, "")
		}, []string{"close 1 reset"}},
		{"the end of the capture soon after it", func(s *script) {
			s.c(rst, 4, 0, "")
			s.asm.Close()
		}, []string{"close 1 reset"}},
		{"a new connection soon after it", func(s *script) {
			s.c(rst, 4, 0, "")
			s.c(syn, 70000, 0, "")
		}, []string{"close 1 reset", "open 2 10.0.0.1:50000 start"}},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			s := newScript(reassembly.Options{})
			s.handshake()
			s.c(ack, 1, 1001, "abc")
			s.take()
			c.run(s)
			require.Equal(t, c.want, s.take())
		})
	}
}

func TestRefused(t *testing.T) {
	const start = "open 1 10.0.0.1:50000 start"
	cases := []struct {
		name string
		run  func(s *script)
		want []string
	}{
		{"answered with rst", func(s *script) {
			s.c(syn, 0, 0, "")
			s.s(rst|ack, 0, 1, "")
		}, []string{start, "refused", "close 1 reset"}},
		{"asked again", func(s *script) {
			s.c(syn, 0, 0, "")
			s.s(rst|ack, 0, 1, "")
			s.c(syn, 0, 0, "")
			s.s(rst|ack, 0, 1, "")
		}, []string{start, "refused", "close 1 reset"}},
		{"asked again and granted", func(s *script) {
			s.c(syn, 0, 0, "")
			s.s(rst|ack, 0, 1, "")
			s.c(syn, 0, 0, "")
			s.s(syn|ack, 1000, 1, "")
			s.c(ack, 1, 1001, "abc")
		}, []string{start, "refused", "close 1 reset", "open 2 10.0.0.1:50000 start", "> abc @5"}},
		{"a rst that answers something else", func(s *script) {
			s.c(syn, 0, 0, "")
			s.s(rst|ack, 0, 777777, "")
			s.s(syn|ack, 1000, 1, "")
		}, []string{start}},
		{"never answered", func(s *script) {
			s.c(syn, 0, 0, "")
			s.pass(int64(80 * time.Second))
		}, []string{start, "refused", "close 1 forgotten"}},
		{"the capture ended before an answer could come", func(s *script) {
			s.c(syn, 0, 0, "")
			s.asm.Close()
		}, []string{start, "close 1 end of capture"}},
		{"the client took it back", func(s *script) {
			s.c(syn, 0, 0, "")
			s.c(rst, 1, 0, "")
		}, []string{start, "close 1 reset"}},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			s := newScript(reassembly.Options{})
			c.run(s)
			require.Equal(t, c.want, s.take())
		})
	}
}

func TestReplaced(t *testing.T) {
	again := "open 2 10.0.0.1:50000 start"
	cases := []struct {
		name string
		run  func(s *script)
		want []string
	}{
		{"after fin", func(s *script) {
			s.c(fin|ack, 4, 1001, "")
			s.s(fin|ack, 1001, 5, "")
			s.c(syn, 70000, 0, "")
			s.c(ack, 70001, 1, "new")
		}, []string{"close 1 fin", again, "> new @8"}},
		{"after one fin", func(s *script) {
			s.c(fin|ack, 4, 1001, "")
			s.c(syn, 70000, 0, "")
			s.c(ack, 70001, 1, "new")
		}, []string{"close 1 replaced by a new connection", again, "> new @7"}},
		{"without an end, answered", func(s *script) {
			s.c(syn, 70000, 0, "")
			s.s(syn|ack, 90000, 70001, "")
			s.c(ack, 70001, 90001, "new")
			s.s(ack, 90001, 70004, "too")
		}, []string{"close 1 replaced by a new connection", again, "> new @7", "< too @8"}},
		{"without an end, the answer lost", func(s *script) {
			s.c(syn, 0x50000000, 0, "")
			s.c(ack, 0x50000001, 90001, "new")
			s.s(ack, 90001, 0x50000004, "too")
		}, []string{"close 1 replaced by a new connection", again, "> new @6", "< too @7"}},
		{"without an end, the syn lost", func(s *script) {
			s.s(syn|ack, 90000, 70001, "")
			s.c(ack, 70001, 90001, "")
			s.c(ack, 70001, 90001, "new")
		}, []string{"close 1 replaced by a new connection", again, "> new @7"}},
		{"an old syn kills nothing", func(s *script) {
			s.c(syn, 0x50000000, 0, "")
			s.c(ack, 4, 1001, "def")
			s.s(ack, 1001, 7, "xyz")
		}, []string{"> def @6", "< xyz @7"}},
		{"its own syn kills nothing", func(s *script) {
			s.c(syn, 0, 0, "")
			s.c(ack, 4, 1001, "def")
		}, []string{"> def @6"}},
		{"its own syn after the end", func(s *script) {
			s.c(fin|ack, 4, 1001, "")
			s.s(fin|ack, 1001, 5, "")
			s.c(syn, 0, 0, "")
		}, []string{"close 1 fin"}},
		{"what waited is handed on", func(s *script) {
			s.c(fin|ack, 7, 1001, "ghi")
			s.c(syn, 70000, 0, "")
		}, []string{"> lost 3 @4-5", "> ghi @5", "close 1 replaced by a new connection", again}},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			s := newScript(reassembly.Options{})
			s.handshake()
			s.c(ack, 1, 1001, "abc")
			s.take()
			c.run(s)
			require.Equal(t, c.want, s.take())
		})
	}
}

func TestForgedFin(t *testing.T) {
	s := newScript(reassembly.Options{})
	s.handshake()
	s.take()
	s.c(fin|ack, 1, 1001, "")
	s.c(ack, 1, 1001, "abc")
	s.c(fin|ack, 100, 1001, "")
	s.s(ack, 1001, 4, "")
	s.c(ack, 4, 1001, string(make([]byte, 200)))
	require.Len(t, s.take(), 2)
	s.c(fin|ack, 204, 1001, "")
	s.s(fin|ack, 1001, 205, "")
	require.Equal(t, []string{"close 1 fin"}, s.take())
}

func TestMirrorDuplicates(t *testing.T) {
	segment := network.Segment{Src: endpoint(1, 50000), Dst: endpoint(2, 42027), Seq: 1, Ack: 1001, Flags: ack,
		IPID: 77, Checksum: 0x1234, Payload: []byte("abc"), Length: 3, Owned: true}
	cases := []struct {
		name                        string
		change                      func(s *script, x *network.Segment)
		duplicates, retransmissions int64
	}{
		{"the same packet", func(*script, *network.Segment) {}, 1, 0},
		{"the same packet much later", func(s *script, _ *network.Segment) { s.pass(int64(time.Second)) }, 0, 1},
		{"another identification", func(_ *script, x *network.Segment) { x.IPID++ }, 0, 1},
		{"another checksum", func(_ *script, x *network.Segment) { x.Checksum++ }, 0, 1},
		{"another acknowledgement", func(_ *script, x *network.Segment) { x.Ack++ }, 0, 1},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			for _, waits := range []bool{false, true} {
				s := newScript(reassembly.Options{})
				s.handshake()
				x := segment
				if waits {
					x.Seq += 10
				}
				s.send(x)
				c.change(s, &x)
				s.send(x)
				n := s.asm.Counters()
				require.Equal(t, c.duplicates, n.Duplicates)
				require.Equal(t, c.retransmissions, n.Retransmissions)
			}
		})
	}
}
