package story_test

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"ctiscope/story"
	"ctiscope/traffic/chronicle"
)

// TestAgainstTheChronicle tells random scenes twice: by the program, and by the
// plain reading of them.
func TestAgainstTheChronicle(t *testing.T) {
	t.Parallel()
	for seed := range uint64(8) {
		scene := chronicle.Random(chronicle.Options{Seed: seed, Minutes: 10})
		want, text := chronicle.Tell(scene.Capture()), tell(t, scene.Pcap(), 3, story.Options{Kinds: all})
		for kind, list := range map[string][]chronicle.Object{
			"session": want.Sessions, "request": want.Requests, "request_type": want.RequestTypes,
			"agent": want.Agents, "agent_state": want.AgentStates, "user_message": want.UserMessages, "call": want.Calls,
		} {
			assert.Empty(t, chronicle.Difference(kept(kind, again(t, list)), kept(kind, objects(t, text, kind))), "%s, seed %d", kind, seed)
		}
	}
}

func objects(t testing.TB, text, kind string) (list []chronicle.Object) {
	for _, l := range linesOf(t, text, kind) {
		list = append(list, chronicle.Object(l))
	}
	return list
}

// again returns objects as they are once written and read.
func again(t testing.TB, list []chronicle.Object) (read []chronicle.Object) {
	b, err := json.Marshal(list)
	require.NoError(t, err)
	require.NoError(t, json.Unmarshal(b, &read))
	return read
}

func kept(kind string, list []chronicle.Object) []chronicle.Object {
	if kind != "session" {
		return list
	}
	return withoutCalls(list)
}

// withoutCalls leaves out when monitors of calls ended, which follows from the
// calls.
func withoutCalls(list []chronicle.Object) []chronicle.Object {
	for _, l := range list {
		unknown := fmt.Sprint(l["unknown"])
		for i, m := range l["monitors"].([]any) {
			if m := m.(map[string]any); m["kind"] == "call" {
				delete(m, "to")
				unknown = strings.ReplaceAll(unknown, fmt.Sprintf("monitors[%d].to", i), "")
			}
		}
		words := strings.Fields(strings.Trim(unknown, "[]"))
		slices.Sort(words)
		l["unknown"] = strings.Join(words, " ")
	}
	return list
}
