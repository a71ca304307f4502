package story_test

import (
	"bytes"
	"encoding/json"
	"net/netip"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"ctiscope/decode"
	"ctiscope/decode/schema"
	"ctiscope/story"
	"ctiscope/traffic/wire"
)

// scene is a conversation made message by message; times are seconds after its
// beginning.
type scene struct {
	t       *testing.T
	tape    wire.Tape
	conn    *wire.Conn
	version int
}

const second = int64(1e9)

// beginning is 2026-01-01 00:00 UTC.
const beginning = 1767225600 * second

func newScene(t *testing.T, version int) *scene {
	s := &scene{t: t, version: version}
	s.connect(0, 50003)
	return s
}

func at(seconds float64) int64 { return beginning + int64(seconds*1e9) }

func (s *scene) connect(when float64, port uint16) {
	client := wire.Host{Addr: netip.AddrPortFrom(netip.MustParseAddr("10.1.0.3"), port), TTL: 64}
	server := wire.Host{Addr: netip.MustParseAddrPort("10.9.0.5:42027"), TTL: 64}
	s.conn = wire.NewConn(&s.tape, client, server, wire.Options{})
	s.conn.Open(at(when))
}

// say sends a message; settings are field, value, field, value...
func (s *scene) say(when float64, name string, settings ...any) {
	def := schema.CCE().ByName(name)
	require.NotNil(s.t, def, name)
	dir := wire.FromServer
	if def.From == schema.Client {
		dir = wire.FromClient
	}
	var list []decode.Setting
	for i := 0; i < len(settings); i += 2 {
		set := decode.Setting{Name: settings[i].(string)}
		switch v := settings[i+1].(type) {
		case int:
			set.Num = int64(v)
		case string:
			set.Bytes = []byte(v)
		}
		list = append(list, set)
	}
	frame, err := decode.CCE().AppendMessage(nil, def, s.version, list)
	require.NoError(s.t, err)
	s.conn.Send(at(when), dir, frame)
}

// open opens a session.
func (s *scene) open(when float64, settings ...any) {
	s.say(when, "OPEN_REQ", append([]any{"InvokeID", 1, "VersionNumber", s.version, "IdleTimeout", 120, "PeripheralID", 5000, "ServicesRequested", 7, "ClientID", "desk-1"}, settings...)...)
	s.say(when+0.002, "OPEN_CONF", "InvokeID", 1, "ServicesGranted", 7, "MonitorID", 3)
}

// lose takes the packet away that was sent last.
func (s *scene) lose() { s.tape = s.tape[:len(s.tape)-1] }

func (s *scene) file() []byte {
	s.tape.Sort()
	var file bytes.Buffer
	w := wire.NewPcap(&file, true)
	for _, p := range s.tape {
		w.Packet(p.Time, p.Data)
	}
	require.NoError(s.t, w.Flush())
	return file.Bytes()
}

// line is one line of the story, read again.
type line map[string]any

// lines tells the scene and returns the lines of a kind.
func (s *scene) lines(kind string) []line {
	return linesOf(s.t, tell(s.t, s.file(), 1, story.Options{Kinds: all}), kind)
}

func linesOf(t testing.TB, text, kind string) (list []line) {
	for one := range strings.Lines(text) {
		var l line
		require.NoError(t, json.Unmarshal([]byte(one), &l), one)
		if l["kind"] == kind {
			list = append(list, l)
		}
	}
	return list
}

// get returns what is at a path such as "heartbeat.count".
func (l line) get(path string) any {
	var v any = map[string]any(l)
	for _, key := range strings.Split(path, ".") {
		m, ok := v.(map[string]any)
		if !ok {
			return nil
		}
		v = m[key]
	}
	return v
}

// unknown tells whether a path is named as unknown.
func (l line) unknown(path string) bool {
	for _, u := range l["unknown"].([]any) {
		if u == path {
			return true
		}
	}
	return false
}

func (s *scene) session() line {
	list := s.lines("session")
	require.Len(s.t, list, 1)
	return list[0]
}
