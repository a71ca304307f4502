package story_test

import (
	"fmt"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"ctiscope/story"
	"ctiscope/traffic/damage"
)

// callKeys are the keys whose null says that there was none.
var callKeys = []string{"began", "queued", "dequeued", "originated", "offered", "alerted", "answered", "held", "cleared", "ended", "answered_agent"}

// absent are the moments that calls are told not to have had; calls by number, those
// whose number others had left out.
func absent(t *testing.T, text string) (calls map[any]bool, found map[string]bool) {
	calls, found = make(map[any]bool), make(map[string]bool)
	again := make(map[any]int)
	list := linesOf(t, text, "call")
	for _, l := range list {
		again[fmt.Sprint(l["peripheral"], l["connection_call_id"])]++
	}
	for _, l := range list {
		if again[fmt.Sprint(l["peripheral"], l["connection_call_id"])] > 1 || len(l["ids"].([]any)) > 1 {
			continue
		}
		calls[l["id"]] = true
		for _, key := range callKeys {
			if l[key] == nil && !l.unknown(key) {
				found[fmt.Sprint(l["id"], " ", key)] = true
			}
		}
	}
	return calls, found
}

// What is lost makes nothing missing of a call that was there.
func TestDamageTakesNothingFromCalls(t *testing.T) {
	t.Parallel()
	for _, name := range []string{"day-v15.pcap", "day-v24.pcap"} {
		tape := tapeOf(t, filepath.Join("..", "testdata", "pcap", name))
		parse := func() *damage.Capture {
			c, err := damage.Parse(tape)
			require.NoError(t, err)
			return c
		}
		tellCalls := func(c *damage.Capture) string {
			return tell(t, c.File(true), 2, story.Options{Kinds: story.Calls})
		}
		whole, want := absent(t, tellCalls(parse()))
		require.NotEmpty(t, whole)
		for seed := range uint64(12) {
			c, rng := parse(), damage.Rand(seed)
			switch seed % 4 {
			case 0:
				c.Drop(rng, 0.03)
			case 1:
				c.DropBursts(rng, 0.01, 6)
			case 2:
				c.Late(rng.IntN(len(c.Packets)))
			case 3:
				c.Early(rng.IntN(len(c.Packets)))
			}
			_, got := absent(t, tellCalls(c))
			for v := range got {
				id, _, _ := cut(v)
				assert.True(t, !whole[id] || want[v], "%s, seed %d: %s", name, seed, v)
			}
		}
	}
}

func cut(s string) (before, after string, ok bool) {
	for i := range s {
		if s[i] == ' ' {
			return s[:i], s[i+1:], true
		}
	}
	return s, "", false
}

func TestTicket(t *testing.T) {
	t.Parallel()
	file := sample(t, "cases", "ticket.pcap")
	text := tell(t, file, 3, story.Options{Kinds: all})
	require.Equal(t, text, tell(t, file, 1, story.Options{Kinds: all}))
	require.Len(t, linesOf(t, text, "session"), 4)
	require.NotEmpty(t, linesOf(t, text, "call"))
	require.NotEmpty(t, linesOf(t, text, "user_message"))
	require.NotEmpty(t, linesOf(t, text, "agent"))
}

func TestEventsOfACall(t *testing.T) {
	s := newScene(t, 15)
	s.open(1)
	connection := []any{"PeripheralID", 5000, "ConnectionCallID", 77, "ConnectionDeviceID", "L77.1"}
	with := func(more ...any) []any { return append(append([]any{}, connection...), more...) }
	s.say(2, "BEGIN_CALL_EVENT", connection...)
	s.say(3, "CALL_DELIVERED_EVENT", with("LocalConnectionState", 2, "AlertingDeviceID", "3001", "EventCause", 22)...)
	s.say(4, "ANSWER_CALL_REQ", with("InvokeID", 9)...)
	s.say(4.1, "ANSWER_CALL_CONF", "InvokeID", 9)
	s.say(5, "CALL_ESTABLISHED_EVENT", with("AnsweringDeviceID", "3001")...)
	s.say(5, "CALL_DELIVERED_EVENT", "PeripheralID", 5000, "ConnectionCallID", 78, "ConnectionDeviceID", "L78.1")
	var told []string
	for _, l := range s.lines("call_event") {
		told = append(told, fmt.Sprint(l["call"], " ", l["name"], " ", l["from"], " ", l.get("connection.id"), " ", l["device"]))
	}
	require.Equal(t, []string{
		"1 BEGIN_CALL_EVENT server L77.1 <nil>", "1 CALL_DELIVERED_EVENT server L77.1 3001", "1 ANSWER_CALL_REQ client L77.1 <nil>",
		"1 CALL_ESTABLISHED_EVENT server L77.1 3001", "2 CALL_DELIVERED_EVENT server L78.1 <nil>",
	}, told)
}
