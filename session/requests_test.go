package session_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"ctiscope/reassembly"
	"ctiscope/session"
)

// lives follows one session and tells what each Record is to a request.
type lives struct {
	feed
	said    []string
	unasked string // what the last answer was whose request is not known
}

func newLives(t *testing.T) *lives {
	l := &lives{feed: feed{t: t, conn: &reassembly.Conn{ID: 1, Start: true, ClientKnown: true}}}
	l.follower = session.NewFollower(session.Options{Version: 15}, l.take)
	l.feed.event(reassembly.Event{Kind: reassembly.Open})
	return l
}

func (l *lives) take(r *session.Record) {
	if r.Kind == session.RequestEvent && r.RequestID == 0 {
		l.unasked = strings.TrimSpace(r.Code + " " + r.Why)
		return
	}
	switch {
	case r.Kind == session.RequestEvent:
		l.said = append(l.said, strings.TrimSpace(fmt.Sprintf("%d of packet %d %s %s", r.RequestID, r.Request.Mark.Number, r.Code, r.Why)))
		require.Equal(l.t, r.RequestID, r.Request.ID)
	case r.Kind == session.Message && r.Request.ID != 0:
		require.Equal(l.t, r.RequestID, r.Request.ID)
		l.said = append(l.said, fmt.Sprintf("%s answers %d", r.Message.Name(), r.RequestID))
	case r.Kind == session.Message && r.Reused != 0:
		l.said = append(l.said, fmt.Sprintf("%s is %d, has the id of %d", r.Message.Name(), r.RequestID, r.Reused))
	case r.Kind == session.Message:
		l.said = append(l.said, fmt.Sprintf("%s %d", r.Message.Name(), r.RequestID))
	}
}

// at sends a message so many seconds after the beginning of the capture.
func (l *lives) at(seconds float64, dir reassembly.Direction, name string, id int64) {
	l.number++
	l.follower.Event(&reassembly.Event{
		Kind: reassembly.Data, Dir: dir, Conn: l.conn, Bytes: msg(l.t, name, 15, invoke(id)),
		Mark: reassembly.Mark{Number: l.number, Time: int64(seconds * 1e9)},
	})
}

func TestRequestsHaveNumbersThatAnswersCarry(t *testing.T) {
	l := newLives(t)
	l.at(1, toServer, "QUERY_AGENT_STATE_REQ", 7)
	l.at(1, toServer, "HEARTBEAT_REQ", 8)
	l.at(2, toClient, "HEARTBEAT_CONF", 8)
	l.at(2, toClient, "QUERY_AGENT_STATE_CONF", 7)
	l.at(3, toClient, "QUERY_AGENT_STATE_CONF", 7) // a further part
	l.at(3, toClient, "QUERY_AGENT_STATE_CONF", 9) // nobody asked
	l.at(4, toServer, "SET_AGENT_STATE_REQ", 8)
	l.at(5, toClient, "CONTROL_FAILURE_CONF", 8)
	require.Equal(t, []string{
		"QUERY_AGENT_STATE_REQ 1", "HEARTBEAT_REQ 2", "HEARTBEAT_CONF answers 2", "QUERY_AGENT_STATE_CONF answers 1",
		"QUERY_AGENT_STATE_CONF 1", "QUERY_AGENT_STATE_CONF 0",
		"SET_AGENT_STATE_REQ 3", "CONTROL_FAILURE_CONF answers 3",
	}, l.said)
	require.EqualValues(t, 3, l.follower.Counters.Requests)
	require.EqualValues(t, 3, l.follower.Counters.Paired)
	require.EqualValues(t, 1, l.follower.Counters.Refused)
}

// An answer goes to the oldest request that is within its limit, else to the
// newest; the limit is that of the request.
func TestAnswerOfAnInvokeIDUsedTwice(t *testing.T) {
	for _, c := range []struct {
		request       string
		second, reply float64
		want          int64
	}{
		{"HEARTBEAT_REQ", 1, 5, 1},
		{"HEARTBEAT_REQ", 1, 5.1, 2},
		{"HEARTBEAT_REQ", 1, 9, 2},
		{"CLOSE_REQ", 1, 5.1, 2},
		{"QUERY_AGENT_STATE_REQ", 1, 20, 1},
		{"QUERY_AGENT_STATE_REQ", 1, 20.1, 2},
		{"OPEN_REQ", 1, 60, 1},
		{"OPEN_REQ", 1, 60.1, 2},
	} {
		l := newLives(t)
		l.at(0, toServer, c.request, 7)
		l.at(c.second, toServer, c.request, 7)
		l.at(c.reply, toClient, "FAILURE_CONF", 7)
		require.Equal(t, []string{c.request + " 1", c.request + " is 2, has the id of 1", fmt.Sprintf("FAILURE_CONF answers %d", c.want)}, l.said)
		require.EqualValues(t, 1, l.follower.Counters.Reused)
	}
}

func TestOldestOpenRequestIsEvictedAndTold(t *testing.T) {
	l := newLives(t)
	l.at(0, toClient, "HEARTBEAT_CONF", 1)
	l.said = nil
	for id := int64(1); id <= 65; id++ {
		l.at(1, toServer, "QUERY_AGENT_STATE_REQ", 100+id)
	}
	require.EqualValues(t, 1, l.follower.Counters.Unknown)
	l.at(2, toClient, "QUERY_AGENT_STATE_CONF", 101)
	l.at(2, toClient, "QUERY_AGENT_STATE_CONF", 102)
	require.Equal(t, []string{
		"QUERY_AGENT_STATE_REQ 64", "1 of packet 3 unknown evicted", "QUERY_AGENT_STATE_REQ 65",
		"QUERY_AGENT_STATE_CONF 0", "QUERY_AGENT_STATE_CONF answers 2",
	}, l.said[63:])
	require.EqualValues(t, 1, l.follower.Counters.Evicted)
}

func TestRequestsDoNotAllocate(t *testing.T) {
	conn := &reassembly.Conn{ID: 1, Start: true, ClientKnown: true}
	f := session.NewFollower(session.Options{Version: 15}, func(*session.Record) {})
	var now reassembly.Mark
	var ask, answer []byte
	for id := range int64(80) {
		ask = append(ask, msg(t, "QUERY_AGENT_STATE_REQ", 15, invoke(id))...)
		answer = append(answer, msg(t, "QUERY_AGENT_STATE_CONF", 15, invoke(id))...)
	}
	events := []reassembly.Event{
		{Kind: reassembly.Data, Conn: conn, Dir: toServer, Bytes: ask},
		{Kind: reassembly.Data, Conn: conn, Dir: toClient, Bytes: answer},
	}
	turn := func() {
		now.Number, now.Time = now.Number+1, now.Time+1e9
		for i := range events {
			events[i].Mark = now
			f.Event(&events[i])
		}
	}
	turn()
	require.Zero(t, testing.AllocsPerRun(50, turn))
	require.Positive(t, f.Counters.Evicted)
}

func (l *lives) end(seconds float64, cause reassembly.CloseCause) {
	l.follower.Event(&reassembly.Event{Kind: reassembly.Close, Conn: l.conn, Cause: cause, Mark: reassembly.Mark{Number: l.number + 1, Time: int64(seconds * 1e9)}})
}

func (l *lives) lost(from, to float64, dir reassembly.Direction) {
	l.number++
	m := reassembly.Mark{Number: l.number, Time: int64(to * 1e9)}
	l.follower.Event(&reassembly.Event{Kind: reassembly.Hole, Conn: l.conn, Dir: dir, Mark: m,
		Gap: reassembly.Gap{Bytes: 20, From: reassembly.Mark{Number: 1, Time: int64(from * 1e9)}, To: m}})
}

func TestEndOfARequestThatNobodyAnswered(t *testing.T) {
	for name, c := range map[string]struct {
		happens func(l *lives)
		want    string
	}{
		"limit passed":        {func(l *lives) { l.end(31, reassembly.EndOfCapture) }, "unanswered"},
		"capture ends":        {func(l *lives) { l.end(30, reassembly.EndOfCapture) }, "unknown after-capture"},
		"session ends":        {func(l *lives) { l.end(12, reassembly.Reset) }, "unanswered session-ended"},
		"forgotten":           {func(l *lives) { l.end(12, reassembly.Forgotten) }, "unknown evicted"},
		"hole after it":       {func(l *lives) { l.lost(9, 12, toClient); l.end(40, reassembly.Fin) }, "unknown hole"},
		"hole after limit":    {func(l *lives) { l.lost(31, 33, toClient); l.end(40, reassembly.Fin) }, "unanswered"},
		"hole before it":      {func(l *lives) { l.lost(1, 9, toClient); l.end(40, reassembly.Fin) }, "unknown hole"}, // the stream is still lost
		"hole of the request": {func(l *lives) { l.lost(9, 12, toServer); l.end(40, reassembly.Fin) }, "unanswered"},
	} {
		l := newLives(t)
		l.at(0, toClient, "HEARTBEAT_CONF", 1)
		l.at(10, toServer, "SET_AGENT_STATE_REQ", 7)
		c.happens(l)
		require.Equal(t, []string{"HEARTBEAT_CONF 0", "SET_AGENT_STATE_REQ 1", "1 of packet 3 " + c.want}, l.said, name)
		require.EqualValues(t, 1, l.follower.Counters.Unanswered+l.follower.Counters.Unknown)
	}
}

func TestEndOfARequestToASideThatWasNotCaptured(t *testing.T) {
	l := newLives(t)
	l.at(10, toServer, "SET_AGENT_STATE_REQ", 7)
	l.end(40, reassembly.Fin)
	require.Equal(t, []string{"SET_AGENT_STATE_REQ 1", "1 of packet 2 unknown one-direction"}, l.said)
}

func TestEndOfARequestWithoutConfirmations(t *testing.T) {
	l := newLives(t)
	l.at(0, toServer, "OPEN_REQ", 1)
	l.number++
	l.follower.Event(&reassembly.Event{Kind: reassembly.Data, Dir: toClient, Conn: l.conn, Mark: reassembly.Mark{Number: l.number, Time: 1},
		Bytes: msg(t, "OPEN_CONF", 15, invoke(1), num("ServicesGranted", 0x00200000))})
	l.at(10, toServer, "SET_AGENT_STATE_REQ", 7)
	l.at(10, toServer, "HEARTBEAT_REQ", 8)
	l.end(40, reassembly.Fin)
	require.Equal(t, []string{"2 of packet 4 unknown ignore-conf", "3 of packet 5 unanswered"}, l.said[4:])
}

func TestAnswerThatNobodyAskedFor(t *testing.T) {
	for name, c := range map[string]struct {
		happens func(l *lives)
		want    string
	}{
		"whole":              {func(l *lives) { l.at(1, toServer, "HEARTBEAT_REQ", 1) }, "orphan"},
		"begun in mid":       {func(l *lives) { l.conn.Start = false; l.at(1, toServer, "HEARTBEAT_REQ", 1) }, "unknown before-capture"},
		"one direction":      {func(*lives) {}, "unknown one-direction"},
		"hole of the asking": {func(l *lives) { l.at(1, toServer, "HEARTBEAT_REQ", 1); l.lost(1, 2, toServer) }, "unknown hole"},
		"hole of the answer": {func(l *lives) {
			l.at(1, toServer, "HEARTBEAT_REQ", 1)
			l.lost(1, 2, toClient)
			l.at(2, toClient, "HEARTBEAT_CONF", 1)
		}, "orphan"},
		"evicted": {func(l *lives) {
			for id := range int64(65) {
				l.at(1, toServer, "QUERY_AGENT_STATE_REQ", id)
			}
		}, "unknown evicted"},
		"answered ones forgotten": {func(l *lives) {
			for id := range int64(17) {
				l.at(1, toServer, "HEARTBEAT_REQ", id)
				l.at(1, toClient, "HEARTBEAT_CONF", id)
			}
		}, "unknown evicted"},
		"answered ones forgotten long ago": {func(l *lives) {
			for id := range int64(17) {
				l.at(-900+30*float64(id), toServer, "HEARTBEAT_REQ", id)
				l.at(-900+30*float64(id), toClient, "HEARTBEAT_CONF", id)
			}
		}, "orphan"},
	} {
		l := newLives(t)
		c.happens(l)
		l.at(3, toClient, "SNAPSHOT_DEVICE_CONF", 999)
		require.Empty(t, l.unasked, "its request may still come")
		l.end(4, reassembly.Fin)
		require.Equal(t, c.want, l.unasked, name)
	}
}

// A request that waited behind a hole comes after its answer.
func TestAnswerOvertakesItsRequest(t *testing.T) {
	l := newLives(t)
	l.at(0, toServer, "HEARTBEAT_REQ", 1)
	l.at(0, toClient, "HEARTBEAT_CONF", 1)
	l.number = 10
	l.at(1, toClient, "HEARTBEAT_CONF", 7)
	l.number = 5
	l.at(0.9, toServer, "HEARTBEAT_REQ", 7)
	l.number = 20
	l.at(2, toServer, "HEARTBEAT_REQ", 7) // used again
	l.at(2, toClient, "HEARTBEAT_CONF", 7)
	l.end(40, reassembly.Fin)
	require.Equal(t, []string{"HEARTBEAT_CONF 0", "2 of packet 6 answered", "HEARTBEAT_REQ 2", "HEARTBEAT_REQ 3", "HEARTBEAT_CONF answers 3"}, l.said[2:])
	require.EqualValues(t, 3, l.follower.Counters.Paired)
	require.Empty(t, l.unasked)
}

func TestAnswersWithoutRequestAreBounded(t *testing.T) {
	l := newLives(t)
	l.at(0, toServer, "HEARTBEAT_REQ", 1)
	for id := range int64(65) {
		l.at(1, toClient, "SNAPSHOT_DEVICE_CONF", 100+id)
	}
	require.Equal(t, "orphan", l.unasked)
}
