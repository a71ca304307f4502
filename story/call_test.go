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
