package reassembly_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"ctiscope/network"
	"ctiscope/reassembly"
)

// open sends a segment of a side whose window is open, as facts tells windows.
func (s *script) open(fromClient bool, flags network.Flags, seq, acked uint32, data string) {
	seg := network.Segment{Src: s.client, Dst: s.server, Seq: seq, Ack: acked, Flags: flags, Window: 9,
		Payload: []byte(data), Length: len(data), Owned: true}
	if !fromClient {
		seg.Src, seg.Dst = seg.Dst, seg.Src
	}
	s.send(seg)
}

// connected begins a connection and sends "abc" and "xyz".
func (s *script) connected() {
	s.open(true, syn, 0, 0, "")
	s.open(false, syn|ack, 1000, 1, "")
	s.open(true, ack, 1, 1001, "abc")
	s.open(false, ack, 1001, 4, "xyz")
}

// TestFactsOfTheConnectionOnly: what does not belong to a connection is no fact
// of it.
func TestFactsOfTheConnectionOnly(t *testing.T) {
	begin := []string{"> SYN 0 again 0 reply false @1", "< SYN 1000 again 0 reply true @2", "> acknowledged 3 @4"}
	for name, c := range map[string]struct {
		run  func(*script)
		want []string
	}{
		"a RST out of the window, then a real one": {func(s *script) {
			s.open(false, rst, 0x50000000, 0, "")
			s.open(false, rst, 1004, 0, "")
		}, []string{"< RST @6"}},
		"a FIN out of the window, then a real one": {func(s *script) {
			s.open(false, fin|ack, 0x50000000, 4, "")
			s.open(false, fin|ack, 1004, 4, "")
		}, []string{"< FIN @6"}},
		"an old FIN, repeated": {func(s *script) {
			s.open(false, fin|ack, 900, 4, "")
		}, nil},
		"a FIN whose side goes on, then its real one": {func(s *script) {
			s.open(false, fin|ack, 1004, 4, "")
			s.open(false, ack, 1004, 4, "more")
			s.open(false, fin|ack, 1008, 4, "")
		}, []string{"< FIN @5", "< FIN @7"}},
		"a RST whose side goes on, then its real one": {func(s *script) {
			s.open(false, rst, 1004, 0, "")
			s.open(false, ack, 1004, 4, "more")
			s.open(false, rst, 1008, 0, "")
		}, []string{"< RST @5", "< RST @7"}},
		"both sides reset": {func(s *script) {
			s.open(false, rst, 1004, 0, "")
			s.open(true, rst, 4, 0, "")
		}, []string{"< RST @5", "> RST @6"}},
		"the other side's RST out of the window": {func(s *script) {
			s.open(false, rst, 1004, 0, "")
			s.open(true, rst, 0x50000000, 0, "")
		}, []string{"< RST @5"}},
		"a FIN with data, before data that is missing": {func(s *script) {
			s.open(true, fin|ack, 7, 1004, "ghi")
			s.open(true, ack, 4, 1004, "def")
		}, []string{"< acknowledged 3 @5", "> FIN @5"}},
	} {
		t.Run(name, func(t *testing.T) {
			got := facts(func(s *script) { s.connected(); c.run(s) }, reassembly.Options{})
			require.Equal(t, append(begin[:3:3], c.want...), got)
		})
	}
	t.Run("an answer to another SYN refuses nothing", func(t *testing.T) {
		require.Equal(t, []string{"> SYN 0 again 0 reply false @1", "< SYN 1000 again 0 reply true @3"}, facts(func(s *script) {
			s.open(true, syn, 0, 0, "")
			s.open(false, rst|ack, 0, 777777, "")
			s.open(false, syn|ack, 1000, 1, "")
		}, reassembly.Options{}))
	})
	t.Run("a stray RST does not make a side seen", func(t *testing.T) {
		require.Equal(t, []string{"> SYN 0 again 0 reply false @1", "< never seen @2"}, facts(func(s *script) {
			s.open(true, syn, 0, 0, "")
			s.open(false, rst|ack, 0, 777777, "")
		}, reassembly.Options{}))
	})
}

// allPlaces writes down every Place.
type allPlaces struct{ lines []string }

func (p *allPlaces) Place(at *reassembly.Place) {
	line := fmt.Sprintf("%d: ", at.Mark.Number)
	if at.Conn == 0 {
		p.lines = append(p.lines, line+at.Fate.String())
		return
	}
	off := "?"
	if at.Known {
		off = fmt.Sprint(at.Off)
	}
	p.lines = append(p.lines, line+fmt.Sprintf("%d %s %s %s", at.Conn, [3]string{">", "<", "-"}[at.Dir], off, at.Fate))
}

func (p *allPlaces) Zero(int64, reassembly.Direction, uint32) {}

// TestPlacesWhenAPortIsUsedAgain: each segment is told once, with the connection
// that it is of; what turns out later is told again.
func TestPlacesWhenAPortIsUsedAgain(t *testing.T) {
	closed := func(s *script) {
		s.connected()
		s.open(true, fin|ack, 4, 1004, "")
		s.open(false, fin|ack, 1004, 5, "")
	}
	for name, c := range map[string]struct {
		before, run func(*script)
		port        uint16
		want        []string
	}{
		"a new SYN after FIN": {closed, func(s *script) {
			s.open(true, syn, 70000, 0, "")
			s.open(false, syn|ack, 90000, 70001, "")
			s.open(true, ack, 70001, 90001, "new")
		}, 0, []string{"7: 2 > 0 handshake", "8: 2 < 0 handshake", "9: 2 > 0 next"}},
		"its SYN not captured": {closed, func(s *script) {
			s.open(true, ack, 0x50000000, 0x60000000, "new")
		}, 0, []string{"7: 2 > ? waits"}},
		"the closed goes on": {closed, func(s *script) {
			s.open(true, ack, 4, 1005, "def")
		}, 0, []string{"7: 2 > 0 next"}},
		"found by content, its end, another": {func(s *script) {
			s.open(true, ack, 1, 1001, "*****")
			s.open(true, fin|ack, 6, 1001, "")
		}, func(s *script) {
			s.open(true, syn, 0x50000000, 0, "")
			s.open(true, ack, 0x50000001, 90001, "GET /")
		}, 5000, []string{"3: not followed", "4: not followed"}},
	} {
		t.Run(name, func(t *testing.T) {
			p := &allPlaces{}
			s := newScript(reassembly.Options{Recognizer: star, Placer: p})
			if c.port != 0 {
				s.server.Port = c.port
			}
			c.before(s)
			p.lines = nil
			c.run(s)
			s.asm.Close()
			require.Equal(t, c.want, p.lines)
		})
	}
}

// A connection that was forgotten for lack of room begins again with an ID of its
// own.
func TestPlacesAfterEviction(t *testing.T) {
	p := &allPlaces{}
	s := newScript(reassembly.Options{Connections: 1, Placer: p})
	s.connected()
	s.client.Port++
	s.open(true, syn, 5, 0, "")
	s.client.Port--
	s.open(true, ack, 4, 1004, "def")
	s.pass(int64(time.Second))
	s.open(true, ack, 7, 1004, "ghi")
	require.Equal(t, []string{"5: 2 > 0 handshake", "6: 3 > ? waits", "7: 3 > 3 next"}, p.lines[4:])
}
