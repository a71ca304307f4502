package session_test

import (
	"bytes"
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"ctiscope/decode"
	"ctiscope/decode/schema"
	"ctiscope/reassembly"
	"ctiscope/session"
)

// feed is one connection and what a Follower made of it.
type feed struct {
	t        *testing.T
	conn     *reassembly.Conn
	follower *session.Follower
	number   int64
	records  []string
	version  []string
}

func newFeed(t *testing.T, version int, conn reassembly.Conn) *feed {
	f := &feed{t: t, conn: &conn}
	f.conn.ID = 1
	f.follower = session.NewFollower(session.Options{Version: version}, f.record)
	f.event(reassembly.Event{Kind: reassembly.Open})
	return f
}

func (f *feed) record(r *session.Record) {
	line := fmt.Sprintf("%s %s", r.From, r.Kind)
	switch r.Kind {
	case session.Message:
		line = fmt.Sprintf("%s %s", r.From, r.Message.Name())
		if r.Request.Type != 0 {
			line += fmt.Sprintf(" answers %s after %d", schema.CCE().Lookup(r.Request.Type).Name, r.Mark.Number-r.Request.Mark.Number)
		}
		for _, p := range r.Message.Problems {
			line += " " + p.Code.String()
		}
		f.version = append(f.version, fmt.Sprintf("%d %s", r.Message.Version, r.VersionSource))
	case session.GapEvent:
		line += fmt.Sprintf(" %d %s partial=%t", r.Gap.Bytes, r.Gap.Cause, r.Partial)
	case session.ResyncEvent:
		line += fmt.Sprintf(" %d", r.Skipped)
	case session.FindingEvent:
		line += " " + r.Code + ": " + r.Text
	case session.EndEvent:
		line += " " + r.Cause.String()
	}
	f.records = append(f.records, line)
}

func (f *feed) event(ev reassembly.Event) {
	f.number++
	ev.Conn, ev.Mark = f.conn, reassembly.Mark{Number: f.number, Time: f.number * 1e6}
	f.follower.Event(&ev)
}

func (f *feed) data(dir reassembly.Direction, b ...[]byte) {
	var all []byte
	for _, p := range b {
		all = append(all, p...)
	}
	f.event(reassembly.Event{Kind: reassembly.Data, Dir: dir, Bytes: all})
}

func (f *feed) hole(dir reassembly.Direction, n int64, cause reassembly.GapCause) {
	f.event(reassembly.Event{Kind: reassembly.Hole, Dir: dir, Gap: reassembly.Gap{Bytes: n, Cause: cause}})
}

func (f *feed) want(lines ...string) {
	f.t.Helper()
	require.Equal(f.t, lines, f.records)
}

const (
	toServer = reassembly.AtoB
	toClient = reassembly.BtoA
)

func msg(t *testing.T, name string, version int, values ...decode.Setting) []byte {
	b, err := decode.CCE().AppendMessage(nil, schema.CCE().ByName(name), version, values)
	require.NoError(t, err)
	return b
}

func num(name string, n int64) decode.Setting { return decode.Setting{Name: name, Num: n} }
func text(name, value string) decode.Setting  { return decode.Setting{Name: name, Bytes: []byte(value)} }
func invoke(n int64) decode.Setting           { return num("InvokeID", n) }
func agent(t *testing.T, version int) []byte {
	return msg(t, "AGENT_STATE_EVENT", version, num("AgentState", 3), text("AgentID", "1001"), text("AgentExtension", "2001"))
}

func TestAnswersFindTheirRequests(t *testing.T) {
	f := newFeed(t, 0, reassembly.Conn{Start: true, ClientKnown: true})
	f.data(toServer, msg(t, "OPEN_REQ", 15, invoke(1), num("VersionNumber", 15), text("ClientID", "desk")))
	f.data(toClient, msg(t, "OPEN_CONF", 15, invoke(1)))
	f.data(toServer, msg(t, "SET_AGENT_STATE_REQ", 15, invoke(2)), msg(t, "HEARTBEAT_REQ", 15, invoke(3)), msg(t, "QUERY_AGENT_STATE_REQ", 15, invoke(4)))
	f.data(toClient, msg(t, "HEARTBEAT_CONF", 15, invoke(3)), msg(t, "CONTROL_FAILURE_CONF", 15, invoke(2)))
	f.data(toClient, msg(t, "HEARTBEAT_CONF", 15, invoke(4)), msg(t, "FAILURE_CONF", 15, invoke(4)), msg(t, "FAILURE_CONF", 15, invoke(4)))
	f.event(reassembly.Event{Kind: reassembly.Close, Cause: reassembly.Reset})
	f.want("client session_start",
		"client OPEN_REQ", "server OPEN_CONF answers OPEN_REQ after 1",
		"client SET_AGENT_STATE_REQ", "client HEARTBEAT_REQ", "client QUERY_AGENT_STATE_REQ",
		"server HEARTBEAT_CONF answers HEARTBEAT_REQ after 1", "server CONTROL_FAILURE_CONF answers SET_AGENT_STATE_REQ after 1",
		"server HEARTBEAT_CONF", "server FAILURE_CONF answers QUERY_AGENT_STATE_REQ after 2", "server FAILURE_CONF", "server request",
		"client session_end reset")
	require.Equal(t, "15 open", f.version[0])
	require.EqualValues(t, 4, f.follower.Counters.Paired)
}

func TestVersionIsCorrectedBackwards(t *testing.T) {
	f := newFeed(t, 0, reassembly.Conn{ClientKnown: true})
	f.data(toServer, msg(t, "HEARTBEAT_REQ", 15, invoke(1)))
	f.data(toClient, msg(t, "HEARTBEAT_CONF", 15, invoke(1)))
	require.Len(t, f.records, 1) // nothing tells yet
	f.data(toClient, agent(t, 15))
	f.want("client session_start", "client HEARTBEAT_REQ", "server HEARTBEAT_CONF answers HEARTBEAT_REQ after 1", "server AGENT_STATE_EVENT")
	require.Equal(t, []string{"18 guess", "18 guess", "18 guess"}, f.version)
}

func TestVersionIsNotWaitedForLong(t *testing.T) {
	f := newFeed(t, 0, reassembly.Conn{ClientKnown: true})
	f.data(toServer, msg(t, "HEARTBEAT_REQ", 15, invoke(1)))
	require.EqualValues(t, 2, f.follower.Tick(reassembly.Mark{Number: 2, Time: 3e6}))
	f.follower.Tick(reassembly.Mark{Number: 3, Time: 5e9})
	f.want("client session_start", "client HEARTBEAT_REQ")
}

func TestVersionByOption(t *testing.T) {
	f := newFeed(t, 24, reassembly.Conn{ClientKnown: true})
	f.data(toClient, agent(t, 24))
	f.want("client session_start", "server AGENT_STATE_EVENT")
	require.Equal(t, []string{"24 option"}, f.version)
}

func TestSidesFromMessages(t *testing.T) {
	f := newFeed(t, 0, reassembly.Conn{})
	f.data(toServer, agent(t, 15)) // B is the client after all
	f.data(toClient, msg(t, "HEARTBEAT_REQ", 15, invoke(1)))
	f.want("unknown session_start", "server AGENT_STATE_EVENT", "client HEARTBEAT_REQ")
}

func TestHoleInsideAMessage(t *testing.T) {
	f := newFeed(t, 0, reassembly.Conn{Start: true, ClientKnown: true})
	f.data(toServer, msg(t, "OPEN_REQ", 15, invoke(1), num("VersionNumber", 15)))
	b := agent(t, 15)
	f.data(toClient, b, b[:30])
	f.hole(toClient, 20, reassembly.Lost)
	f.data(toClient, b[50:], msg(t, "HEARTBEAT_CONF", 15, invoke(9)))
	f.want("client session_start", "client OPEN_REQ", "server AGENT_STATE_EVENT",
		"server gap 20 lost partial=true", fmt.Sprintf("server resync %d", len(b)-20), "server HEARTBEAT_CONF")
}

func TestSnapLength(t *testing.T) {
	f := newFeed(t, 0, reassembly.Conn{Start: true, ClientKnown: true})
	f.data(toServer, msg(t, "OPEN_REQ", 15, invoke(1), num("VersionNumber", 15)))
	b := agent(t, 15)
	f.data(toClient, b[:70])
	f.hole(toClient, int64(len(b)-70), reassembly.Snapped)
	f.data(toClient, b)
	f.want("client session_start", "client OPEN_REQ", "server AGENT_STATE_EVENT truncated",
		fmt.Sprintf("server gap %d snapped partial=false", len(b)-70), "server AGENT_STATE_EVENT")
}

func TestTLS(t *testing.T) {
	hello := []byte{22, 3, 1, 0, 0, 1, 0, 0, 0, 3, 3}
	hello = append(hello, make([]byte, 32)...) // random
	hello = append(hello, 0)                   // session id
	hello = append(hello, 0, 2, 0x13, 1, 1, 0) // cipher suites, compression
	ext := []byte{0, 0, 0, 13, 0, 11, 0, 0, 8} // server_name
	ext = append(ext, "cti.test"...)
	ext = append(ext, 0, 43, 0, 5, 4, 3, 4, 3, 3) // supported_versions
	hello = append(hello, 0, byte(len(ext)))
	hello = append(hello, ext...)
	hello[4] = byte(len(hello) - 5)
	f := newFeed(t, 0, reassembly.Conn{Start: true, ClientKnown: true})
	f.data(toServer, hello)
	f.data(toClient, []byte{22, 3, 3, 0, 50, 2, 0, 0}, agent(t, 15))
	f.want("client session_start", `client finding tls: TLS: ClientHello, TLS 1.3, server name "cti.test"; the content is encrypted and not decoded`)
	require.EqualValues(t, 1, f.follower.Counters.TLS)
	for n := range hello { // cut anywhere
		f := newFeed(t, 0, reassembly.Conn{Start: true, ClientKnown: true})
		f.data(toServer, hello[:n])
	}
}

func TestOtherProtocolGivesNoMessages(t *testing.T) {
	f := newFeed(t, 0, reassembly.Conn{Start: true, ClientKnown: true})
	for range 200 {
		f.data(toServer, []byte("GET / HTTP/1.1\r\nHost: cti.example\r\n\r\n"))
		f.data(toClient, make([]byte, 1000))
	}
	f.want("client session_start")
}

func TestWrongSideIsNoted(t *testing.T) {
	f := newFeed(t, 0, reassembly.Conn{Start: true, ClientKnown: true})
	f.data(toServer, msg(t, "OPEN_REQ", 15, invoke(1), num("VersionNumber", 15)))
	f.data(toClient, msg(t, "HEARTBEAT_REQ", 15, invoke(1)))
	f.want("client session_start", "client OPEN_REQ", "server HEARTBEAT_REQ wrong_side")
}

func TestMessagesDoNotAllocate(t *testing.T) {
	conn := &reassembly.Conn{ID: 1, Start: true, ClientKnown: true}
	n := 0
	f := session.NewFollower(session.Options{}, func(*session.Record) { n++ })
	open := reassembly.Event{Kind: reassembly.Data, Conn: conn, Bytes: msg(t, "OPEN_REQ", 15, invoke(1), num("VersionNumber", 15))}
	f.Event(&open)
	ev := reassembly.Event{Kind: reassembly.Data, Conn: conn, Dir: toClient, Bytes: append(agent(t, 15), msg(t, "HEARTBEAT_CONF", 15)...)}
	half := len(ev.Bytes) / 2
	first, second := ev, ev
	first.Bytes, second.Bytes = ev.Bytes[:half], ev.Bytes[half:]
	f.Event(&ev)
	require.Zero(t, testing.AllocsPerRun(100, func() { f.Event(&ev) }))
	require.Zero(t, testing.AllocsPerRun(100, func() { f.Event(&first); f.Event(&second) }), "split messages")
	require.Greater(t, n, 400)
}

// TestSessionsKeepWithinTheirBuffer begins a message in each of many sessions: all
// stay within the limit, and what is given up for it is told.
func TestSessionsKeepWithinTheirBuffer(t *testing.T) {
	const buffer = 1 << 20
	for name, piece := range map[string][]byte{
		"half messages": append([]byte{0, 0, 0x20, 0, 0, 0, 0, 30}, make([]byte, 4000)...),
		"junk":          bytes.Repeat([]byte{0, 0, 0, 4, 0, 0, 0, 5, 1}, 450),
	} {
		told, asked := int64(0), int64(0)
		f := session.NewFollower(session.Options{Version: 15, Buffer: buffer}, func(r *session.Record) {
			if r.Kind == session.GapEvent {
				require.Equal(t, reassembly.Evicted, r.Gap.Cause)
				told += r.Gap.Bytes
			}
		})
		var conns []*reassembly.Conn
		for id := range int64(1000) {
			c := &reassembly.Conn{ID: id + 1, Start: name != "junk", ClientKnown: true}
			f.Event(&reassembly.Event{Kind: reassembly.Data, Conn: c, Bytes: piece, Mark: reassembly.Mark{Number: id + 1}})
			conns, asked = append(conns, c), asked+int64(len(piece))
		}
		require.Positive(t, f.Counters.EvictedStreams, name)
		require.Equal(t, told, f.Counters.EvictedBytes, name)
		require.Less(t, asked-told, int64(buffer), name)
		for _, c := range conns {
			f.Event(&reassembly.Event{Kind: reassembly.Close, Conn: c})
		}
	}
}

// TestMessageGoesOnBehindWhatWasGivenUp: the rest of a message whose beginning was
// given up is passed over, and the next message is read.
func TestMessageGoesOnBehindWhatWasGivenUp(t *testing.T) {
	var said []string
	f := session.NewFollower(session.Options{Version: 15, Buffer: 64 * 64}, func(r *session.Record) {
		switch r.Kind {
		case session.GapEvent:
			said = append(said, fmt.Sprintf("%s %d partial %t", r.Gap.Cause, r.Gap.Bytes, r.Partial))
		case session.Message:
			said = append(said, r.Message.Name())
		}
	})
	c := &reassembly.Conn{ID: 1, Start: true, ClientKnown: true}
	long := msg(t, "USER_MESSAGE_REQ", 15, text("Text", strings.Repeat("x", 200)))
	push := func(b []byte) { f.Event(&reassembly.Event{Kind: reassembly.Data, Conn: c, Bytes: b}) }
	push(long[:100]) // more than its shard's 64 bytes
	push(long[100:])
	push(msg(t, "HEARTBEAT_REQ", 15))
	require.Equal(t, []string{"evicted 100 partial true", "HEARTBEAT_REQ"}, said)
}
