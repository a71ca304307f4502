package reassembly_test

import (
	"net/netip"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"ctiscope/capture"
	"ctiscope/capture/capturetest"
	"ctiscope/network"
	"ctiscope/reassembly"
)

// star recognises data that begins with five stars; fewer leave it in doubt.
var star glance = recognizestar

func recognizestar(p []byte) int {
	for i := range min(len(p), 5) {
		if p[i] != '*' {
			return 0
		}
	}
	if len(p) < 5 {
		return 1
	}
	return 2
}

func TestOtherPorts(t *testing.T) {
	const start, known = "open 1 10.0.0.1:50000 start", "open 1"
	cases := []struct {
		name string
		run  func(s *script)
		want []string
	}{
		{"never recognised", func(s *script) {
			s.handshake()
			s.c(ack, 1, 1001, "GET /")
		}, nil},
		{"recognised after the handshake", func(s *script) {
			s.handshake()
			s.c(ack, 1, 1001, "*****abc")
			s.s(ack, 1001, 9, "xyz")
		}, []string{start, "> *****abc @4", "< xyz @5"}},
		{"recognised from the server", func(s *script) {
			s.handshake()
			s.s(ack, 1001, 1, "*****xyz")
			s.c(ack, 1, 1009, "abc")
		}, []string{start, "< *****xyz @4", "> abc @5"}},
		{"the first segment after the second", func(s *script) {
			s.handshake()
			s.c(ack, 6, 1001, "*****def")
			s.c(ack, 1, 1001, "*****")
		}, []string{start, "> ***** @5", "> *****def @4"}},
		{"the first message was lost", func(s *script) {
			s.handshake()
			s.c(ack, 6, 1001, "*****def")
			s.asm.Close()
		}, []string{start, "> lost 5 @0-4", "> *****def @4", "close 1 end of capture"}},
		{"midstream", func(s *script) {
			s.c(ack, 501, 9001, "*****")
			s.c(ack, 506, 9001, "abc")
			s.pass(int64(time.Second))
		}, []string{known, "> ***** @1", "> abc @2"}},
		{"cut inside its first bytes", func(s *script) {
			s.handshake()
			s.c(ack, 1, 1001, "**")
			s.c(ack, 3, 1001, "*")
			s.s(ack, 1001, 4, "")
			s.c(ack, 4, 1001, "**abc")
		}, []string{start, "> ** @4", "> * @5", "> **abc @7"}},
		{"cut, and then something else", func(s *script) {
			s.handshake()
			s.c(ack, 1, 1001, "**")
			s.c(ack, 3, 1001, "abc")
			s.c(ack, 6, 1001, "**abc")
		}, nil},
		{"a new connection in its place", func(s *script) {
			s.handshake()
			s.c(ack, 1, 1001, "*****")
			s.c(fin|ack, 6, 1001, "")
			s.s(fin|ack, 1001, 7, "")
			s.c(syn, 5000, 0, "")
			s.s(syn|ack, 9000, 5001, "")
			s.c(ack, 5001, 9001, "GET /")
			s.c(ack, 5006, 9001, "*****")
		}, []string{start, "> ***** @4", "close 1 fin", "open 2 10.0.0.1:50000 start"}},
		{"a new connection in its place, without an end", func(s *script) {
			s.handshake()
			s.c(ack, 1, 1001, "*****")
			s.c(syn, 5000, 0, "")
			s.s(syn|ack, 9000, 5001, "")
			s.c(ack, 5001, 9001, "*****def")
		}, []string{start, "> ***** @4", "close 1 replaced by a new connection", "open 2 10.0.0.1:50000 start", "> *****def @7"}},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			s := newScript(reassembly.Options{Recognizer: star})
			s.server.Port = 9999
			c.run(s)
			require.Equal(t, c.want, s.take())
		})
	}
}

func TestNoRecognizer(t *testing.T) {
	s := newScript(reassembly.Options{})
	s.server.Port = 9999
	s.handshake()
	s.c(ack, 1, 1001, "*****")
	require.Empty(t, s.take())
}

func TestCandidatesAreBounded(t *testing.T) {
	s := newScript(reassembly.Options{Recognizer: star, Candidates: 10})
	s.server.Port = 9999
	for i := range uint16(30) {
		s.client.Port = 50000 + i
		s.c(ack, 1, 1, "**")
	}
	n := s.asm.Counters()
	require.EqualValues(t, 30, n.Candidates)
	require.EqualValues(t, 20, n.EvictedCandidates)
	s.c(ack, 3, 1, "***")
	require.Len(t, s.take(), 1, "the last is remembered")
	s.client.Port = 50000
	s.c(ack, 3, 1, "***")
	require.Empty(t, s.take(), "the first is not")
	s.client.Port = 50025
	s.pass(int64(time.Minute))
	s.take()
	s.c(ack, 3, 1, "***")
	require.Empty(t, s.take(), "nor any for long")
}

// blockOf makes a Block of packets.
func blockOf(segments ...capturetest.Segment) *capture.Block {
	b := capture.NewBlock(nil)
	for i, s := range segments {
		data := s.Frame()
		b.Packets = append(b.Packets, capture.Packet{Data: data, Length: len(data), Link: capture.LinkEthernet,
			Number: int64(i + 1), Time: int64(i+1) * millisecond, Digits: 9})
	}
	return b
}

// feed gives a Block to the Assembler as the pipeline does.
func (s *script) feed(b *capture.Block) {
	s.asm.Block(b)
	d := network.NewDecoder(network.Options{})
	var x network.Segment
	for i := range b.Packets {
		if d.Decode(&b.Packets[i], &x) == network.TCP {
			s.asm.Segment(&x, b)
		}
	}
}

// packet is a segment as capturetest makes them; the port tells the server.
func packet(port uint16, fromClient bool, flags uint8, seq uint32, data string) capturetest.Segment {
	s := capturetest.Segment{
		Src: netip.MustParseAddrPort("10.0.0.1:50000"), Dst: netip.AddrPortFrom(netip.MustParseAddr("10.0.0.2"), port),
		Flags: flags, Seq: seq, Ack: 1001, Data: []byte(data),
	}
	if !fromClient {
		s.Src, s.Dst, s.Ack = s.Dst, s.Src, 1
	}
	return s
}

// TestEarlierInTheBlock: what came before the segment that showed the
// connection to be CTI is found again.
func TestEarlierInTheBlock(t *testing.T) {
	const odd = 9999
	cases := []struct {
		name  string
		block *capture.Block
		want  []string
	}{
		{"the second segment came first", blockOf(
			packet(odd, true, capturetest.SYN, 0, ""),
			packet(odd, true, capturetest.ACK, 9, "def"),
			packet(odd, true, capturetest.ACK, 1, "*****abc"),
		), []string{"open 1 10.0.0.1:50000 start", "> *****abc @3", "> def @2"}},
		{"an answer came first", blockOf(
			packet(odd, true, capturetest.SYN, 0, ""),
			packet(odd, false, capturetest.SYN|capturetest.ACK, 1000, ""),
			packet(odd, false, capturetest.ACK, 1001, "xyz"),
			packet(odd, true, capturetest.ACK, 1, "*****abc"),
		), []string{"open 1 10.0.0.1:50000 start", "< xyz @3", "> *****abc @4"}},
		{"cut in three, the third first", blockOf(
			packet(odd, true, capturetest.SYN, 0, ""),
			packet(odd, true, capturetest.ACK, 6, "abc"),
			packet(odd, true, capturetest.ACK, 1, "**"),
			packet(odd, true, capturetest.ACK, 3, "***"),
		), []string{"open 1 10.0.0.1:50000 start", "> ** @3", "> *** @4", "> abc @2"}},
		{"an earlier connection's data", blockOf(
			packet(odd, true, capturetest.ACK, 0x50000000, "old"),
			packet(odd, true, capturetest.SYN, 0, ""),
			packet(odd, true, capturetest.ACK, 1, "*****abc"),
		), []string{"open 1 10.0.0.1:50000 start", "> *****abc @3"}},
		{"other connections", blockOf(
			packet(odd+1, true, capturetest.ACK, 6, "no"),
			packet(odd, true, capturetest.SYN, 0, ""),
			packet(odd, true, capturetest.ACK, 1, "*****abc"),
		), []string{"open 1 10.0.0.1:50000 start", "> *****abc @3"}},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			s := newScript(reassembly.Options{Recognizer: star})
			s.feed(c.block)
			require.Equal(t, c.want, s.take())
		})
	}
}

// TestConflictWithThePast: data that was handed on is compared with what is
// sent again as long as its packet is at hand.
func TestConflictWithThePast(t *testing.T) {
	cases := []struct {
		name      string
		again     capturetest.Segment
		conflicts int64
	}{
		{"the same", packet(42027, true, capturetest.ACK, 1, "abcdef"), 0},
		{"other bytes", packet(42027, true, capturetest.ACK, 1, "abcXef"), 1},
		{"other bytes in part of it", packet(42027, true, capturetest.ACK, 3, "Xd"), 1},
		{"other bytes and more", packet(42027, true, capturetest.ACK, 5, "XXghi"), 1},
		{"the same and more", packet(42027, true, capturetest.ACK, 5, "efghi"), 0},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			s := newScript(reassembly.Options{})
			c.again.ID = 9
			s.feed(blockOf(packet(42027, true, capturetest.SYN, 0, ""), packet(42027, true, capturetest.ACK, 1, "abcdef"), c.again))
			require.Equal(t, c.conflicts, s.asm.Counters().Conflicts)
			require.Equal(t, "abcdef", s.data[0].String()[:6])
		})
	}
}

func TestDigits(t *testing.T) {
	var got []uint8
	s := &script{}
	s.asm = newAssembler(reassembly.Options{}, func(e *reassembly.Event) { got = append(got, e.Mark.Digits) })
	s.feed(blockOf(packet(42027, true, capturetest.SYN, 0, "")))
	require.Equal(t, []uint8{9}, got)
}

func TestPorts(t *testing.T) {
	cases := []struct {
		name     string
		set      *reassembly.PortSet
		has, not []uint16
	}{
		{"some", reassembly.NewPortSet(42027, 43027, 42030), []uint16{42027, 43027, 42030}, []uint16{42028, 42067, 0, 65535}},
		{"the first and the last", reassembly.NewPortSet(1, 65535, 0), []uint16{0, 1, 65535}, []uint16{2, 63, 64, 65534}},
		{"none", reassembly.NewPortSet(), nil, []uint16{42027, 0}},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			for _, p := range c.has {
				require.True(t, c.set.Has(p), p)
			}
			for _, p := range c.not {
				require.False(t, c.set.Has(p), p)
			}
		})
	}
}
