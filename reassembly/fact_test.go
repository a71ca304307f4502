package reassembly_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"ctiscope/network"
	"ctiscope/reassembly"
)

// facts runs a script and returns what TCP headers told, one line each.
func facts(run func(*script), o reassembly.Options) (lines []string) {
	o.Facts = true
	s := newScript(o)
	s.asm = newAssembler(o, func(e *reassembly.Event) {
		arrow := [3]string{">", "<", "-"}[e.Dir]
		switch f := e.Fact; {
		case e.Kind == reassembly.Refused:
			lines = append(lines, arrow+" refused")
		case e.Kind != reassembly.FactEvent:
		case f.Kind == reassembly.SYN:
			lines = append(lines, fmt.Sprintf("%s SYN %d again %d reply %t @%d", arrow, f.Seq, f.Again, f.Reply, f.Mark.Number))
		case f.Kind == reassembly.Acked:
			lines = append(lines, fmt.Sprintf("%s acknowledged %d @%d", arrow, f.Off, f.Mark.Number))
		default:
			lines = append(lines, fmt.Sprintf("%s %s @%d", arrow, f.Kind, f.Mark.Number))
		}
	})
	run(s)
	s.asm.Close()
	return lines
}

func TestFacts(t *testing.T) {
	window := func(s *script, fromClient bool, seq, acked uint32, w uint16) {
		seg := network.Segment{Src: s.client, Dst: s.server, Seq: seq, Ack: acked, Flags: network.ACK, Window: w}
		if !fromClient {
			seg.Src, seg.Dst = seg.Dst, seg.Src
		}
		s.send(seg)
	}
	for name, c := range map[string]struct {
		run  func(*script)
		want []string
	}{
		"a whole connection": {func(s *script) {
			window := func(c bool, flags network.Flags, seq, acked uint32, data string) {
				seg := network.Segment{Src: s.client, Dst: s.server, Seq: seq, Ack: acked, Flags: flags, Window: 9, Payload: []byte(data), Length: len(data), Owned: true}
				if !c {
					seg.Src, seg.Dst = seg.Dst, seg.Src
				}
				s.send(seg)
			}
			window(true, network.SYN, 0, 0, "")
			window(false, network.SYN|network.ACK, 1000, 1, "")
			window(true, network.ACK, 1, 1001, "abc")
			window(false, network.ACK, 1001, 4, "xy")
			window(true, network.ACK|network.FIN, 4, 1003, "")
			window(false, network.ACK|network.FIN, 1003, 5, "")
		}, []string{"> SYN 0 again 0 reply false @1", "< SYN 1000 again 0 reply true @2",
			"> acknowledged 3 @4", "< acknowledged 2 @5", "> FIN @5", "> acknowledged 4 @6", "< FIN @6"}},
		"refused by the server": {func(s *script) {
			s.c(syn, 0, 0, "")
			s.s(rst|ack, 0, 1, "")
		}, []string{"> SYN 0 again 0 reply false @1", "< RST @2", "< refused"}},
		"never answered": {func(s *script) {
			s.c(syn, 7, 0, "")
			s.pass(int64(time.Second))
			s.c(syn, 7, 0, "")
			s.pass(int64(2 * time.Second))
			s.c(syn, 7, 0, "")
		}, []string{"> SYN 7 again 0 reply false @1", "> SYN 7 again 1 reply false @2", "> SYN 7 again 2 reply false @3",
			"- refused", "< never seen @3"}},
		"window closed and opened": {func(s *script) {
			window(s, true, 501, 9001, 100)
			window(s, false, 9001, 501, 0)
			window(s, false, 9001, 501, 0)
			window(s, true, 500, 9001, 100)
			window(s, false, 9001, 501, 5)
		}, []string{"< window closed @2", "< window opened @5"}},
		"one side only": {func(s *script) {
			window(s, true, 501, 9001, 100)
			window(s, true, 501, 9001, 100)
		}, []string{"< never seen @2"}},
		"a second RST is no news": {func(s *script) {
			window(s, true, 501, 9001, 1)
			s.s(rst, 9001, 0, "")
			s.s(rst, 9001, 0, "")
		}, []string{"< RST @2"}},
	} {
		t.Run(name, func(t *testing.T) { require.Equal(t, c.want, facts(c.run, reassembly.Options{})) })
	}
}

func TestFactsOfAHandshakeBeforeDiscovery(t *testing.T) {
	got := facts(func(s *script) {
		s.server.Port = 5000
		s.c(syn, 0, 0, "")
		s.c(syn, 0, 0, "")
		s.s(syn|ack, 1000, 1, "")
		s.c(ack, 1, 1001, "")
		s.c(ack, 1, 1001, "*****abc")
	}, reassembly.Options{Recognizer: star})
	require.Equal(t, []string{"> SYN 0 again 0 reply false @1", "> SYN 0 again 1 reply false @1", "< SYN 1000 again 0 reply true @3"}, got[:3])
}

func TestSYNFactsAreBounded(t *testing.T) {
	got := facts(func(s *script) {
		for range 1000 {
			s.c(syn, 0, 0, "")
		}
	}, reassembly.Options{})
	require.Less(t, len(got), 25)
}

// places notes the last Place of each packet.
type places struct {
	of    map[int64]reassembly.Place
	zeros map[string]uint32
}

func (p *places) Place(at *reassembly.Place) { p.of[at.Mark.Number] = *at }

func (p *places) Zero(conn int64, d reassembly.Direction, zero uint32) {
	p.zeros[fmt.Sprint(conn, " ", d)] = zero
}

func (p *places) line(number int64) string {
	at := p.of[number]
	if at.Conn == 0 {
		return at.Fate.String()
	}
	off := "?"
	if at.Known {
		off = fmt.Sprint(at.Off)
	}
	return fmt.Sprintf("%d %s %s %s", at.Conn, [3]string{">", "<", "-"}[at.Dir], off, at.Fate)
}

func placed(run func(*script), o reassembly.Options) (lines []string, p *places) {
	p = &places{map[int64]reassembly.Place{}, map[string]uint32{}}
	o.Placer = p
	s := newScript(o)
	run(s)
	s.asm.Close()
	for i := int64(1); i <= s.number; i++ {
		lines = append(lines, p.line(i))
	}
	return lines, p
}

func TestPlaceOfEverySegment(t *testing.T) {
	got, p := placed(func(s *script) {
		s.handshake()
		s.c(ack, 1, 1001, "abc")
		s.c(ack, 7, 1001, "ghi")
		s.c(ack, 4, 1001, "def")
		s.c(ack, 1, 1001, "abc")
		s.s(ack, 1001, 10, "")
		s.s(ack, 1001, 10, "xyz")
		s.client.Port++
		s.server.Port = 80
		s.c(ack, 1, 1, "GET /")
	}, reassembly.Options{Recognizer: star})
	require.Equal(t, []string{"1 > 0 handshake", "1 < 0 handshake", "1 > 0 no data", "1 > 0 next", "1 > 6 waits", "1 > 3 next",
		"1 > 0 again", "1 < 0 no data", "1 < 0 next", "not followed"}, got)
	require.Equal(t, map[string]uint32{"1 0": 1, "1 1": 1001}, p.zeros)
}

func TestPlaceOfAConnectionBegunInTheMiddle(t *testing.T) {
	got, p := placed(func(s *script) {
		s.c(ack, 504, 9001, "def")
		s.c(ack, 501, 9001, "abc")
		s.pass(int64(time.Second))
		s.c(ack, 507, 9001, "ghi")
	}, reassembly.Options{})
	require.Equal(t, []string{"1 > ? waits", "1 > ? waits", "1 > 6 next"}, got)
	require.Equal(t, map[string]uint32{"1 0": 501}, p.zeros, "the offsets of the first two follow from this")
}

func TestPlaceOfASessionFoundByContent(t *testing.T) {
	got, _ := placed(func(s *script) {
		s.server.Port = 5000
		s.handshake()
		s.c(ack, 1, 1001, "*****abc")
		s.s(ack, 1001, 9, "xyz")
	}, reassembly.Options{Recognizer: star})
	require.Equal(t, []string{"1 > 0 handshake", "1 < 0 handshake", "not followed", "1 > 0 next", "1 < 0 next"}, got)
}
