package story_test

import (
	"fmt"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"ctiscope/capture"
	"ctiscope/story"
	"ctiscope/traffic/damage"
	"ctiscope/traffic/wire"
)

func TestOutcomesOfRequests(t *testing.T) {
	s := newScene(t, 15)
	s.open(1)
	s.say(2, "QUERY_AGENT_STATE_REQ", "InvokeID", 2)
	s.say(2.0015, "QUERY_AGENT_STATE_CONF", "InvokeID", 2)
	s.say(2.5, "QUERY_AGENT_STATE_CONF", "InvokeID", 2)
	s.say(3, "ANSWER_CALL_REQ", "InvokeID", 3)
	s.say(3.25, "CONTROL_FAILURE_CONF", "InvokeID", 3, "FailureCode", 28, "PeripheralErrorCode", 20010)
	s.say(4, "HOLD_CALL_REQ", "InvokeID", 4)
	s.say(5, "HOLD_CALL_REQ", "InvokeID", 4)
	s.say(6, "SNAPSHOT_CALL_CONF", "InvokeID", 77)
	s.say(30, "RETRIEVE_CALL_REQ", "InvokeID", 5)
	s.conn.Reset(at(40), wire.FromClient)
	var told []string
	list := s.lines("request")
	for _, l := range list {
		told = append(told, fmt.Sprint(l["name"], " ", l["outcome"], " ", l["why"], " ", l["answers"], " ", l["answer_ms"], " ", l["reused"]))
		require.Empty(t, l["unknown"])
	}
	require.Equal(t, []string{
		"OPEN_REQ answered <nil> 1 2 false",
		"QUERY_AGENT_STATE_REQ answered <nil> 2 1.5 false",
		"ANSWER_CALL_REQ refused <nil> 1 250 false",
		"HOLD_CALL_REQ unanswered <nil> 0 <nil> false",
		"HOLD_CALL_REQ unanswered <nil> 0 <nil> true",
		"SNAPSHOT_CALL_CONF orphan <nil> 0 <nil> false",
		"RETRIEVE_CALL_REQ unanswered session-ended 0 <nil> false",
	}, told)
	require.Equal(t, 28., list[2].get("failure.value"))
	require.Equal(t, "CM", list[2].get("failure.peripheral_error.layer"))
	require.Equal(t, 1., s.session().get("requests.orphan"))
	types := s.lines("request_type")
	require.Len(t, types, 6)
	require.Equal(t, 2., types[3].get("outcomes.unanswered"))
}

func TestRequestWhoseAnswerIsInAHole(t *testing.T) {
	s := newScene(t, 15)
	s.open(1)
	s.say(2, "QUERY_AGENT_STATE_REQ", "InvokeID", 2)
	s.say(2.1, "QUERY_AGENT_STATE_CONF", "InvokeID", 2)
	s.lose()
	s.say(3, "HEARTBEAT_REQ", "InvokeID", 3)
	s.say(3.1, "HEARTBEAT_CONF", "InvokeID", 3)
	s.conn.Finish(at(100), wire.FromClient)
	l := s.lines("request")[1]
	require.Equal(t, "unknown", l["outcome"])
	require.Equal(t, "hole", l["why"])
	require.True(t, l.unknown("answer"))
	require.Equal(t, 1., s.session().get("holes.count"))
}

func tapeOf(t *testing.T, path string) (tape wire.Tape) {
	src, err := capture.Open([]string{path}, capture.Options{})
	require.NoError(t, err)
	defer src.Close()
	for {
		b, err := src.Next()
		if err != nil {
			return tape
		}
		for i := range b.Packets {
			p := &b.Packets[i]
			tape.Packet(p.Time, p.Data)
		}
		b.Release()
	}
}

// verdicts are the requests that are called unanswered or orphaned, by what does
// not change when packets are lost.
func verdicts(t *testing.T, text string) map[string]bool {
	clients := make(map[any]any)
	for _, l := range linesOf(t, text, "session") {
		clients[l["session"]] = l["client"]
	}
	found := make(map[string]bool)
	for _, l := range linesOf(t, text, "request") {
		if o := l["outcome"]; o == "unanswered" || o == "orphan" {
			found[fmt.Sprint(o, " ", clients[l["session"]], " ", l["name"], " ", l["invoke_id"])] = true
		}
	}
	return found
}

// What is lost makes nothing unanswered or orphaned that was not.
func TestDamageMakesNothingMissing(t *testing.T) {
	t.Parallel()
	for _, name := range []string{"day-v15.pcap", "day-v24.pcap", "day-v09.pcap"} {
		tape := tapeOf(t, filepath.Join("..", "testdata", "pcap", name))
		parse := func() *damage.Capture {
			c, err := damage.Parse(tape)
			require.NoError(t, err)
			return c
		}
		want := verdicts(t, tell(t, parse().File(true), 1, story.Options{Kinds: all}))
		for seed := range uint64(15) {
			c, rng := parse(), damage.Rand(seed)
			switch seed % 5 {
			case 0:
				c.Drop(rng, 0.02)
			case 1:
				c.DropBursts(rng, 0.01, 5)
			case 2:
				c.Late(rng.IntN(len(c.Packets)))
				c.Drop(rng, 0.01)
			case 3:
				c.OneWay(seed%2 == 0)
			case 4:
				c.Early(rng.IntN(len(c.Packets)))
				c.Swap(rng, 0.05, 8)
			}
			file := c.File(true)
			got := tell(t, file, 1, story.Options{Kinds: all})
			require.Equal(t, got, tell(t, file, 3, story.Options{Kinds: all}))
			for v := range verdicts(t, got) {
				assert.True(t, want[v], "%s, seed %d: %s", name, seed, v)
			}
		}
	}
}
