package chronicle

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"
)

// TestRandom holds what is true of every story, and that every kind of thing
// comes up in some scene.
func TestRandom(t *testing.T) {
	t.Parallel()
	seen := map[string]int{}
	for seed := range uint64(18) {
		scene := Random(Options{Seed: seed})
		story := Tell(scene.Capture())
		require.Equal(t, story, Tell(scene.Capture()), "the same twice")
		require.Equal(t, scene.Pcap(), Random(Options{Seed: seed}).Pcap(), "the same seed")
		if p := newPlay(Options{Seed: seed}); !p.lags {
			told := 0
			for _, talk := range p.talks {
				if talk.told {
					told++
				}
			}
			require.Len(t, story.Calls, told, "the calls of the center")
		}
		requests := 0
		for _, s := range story.Sessions {
			for outcome, n := range s["requests"].(Object) {
				requests += n.(int)
				seen[outcome] += n.(int)
			}
		}
		require.Len(t, story.Requests, requests)
		for _, c := range story.Calls {
			for _, l := range c["links"].([]any) {
				other := l.(Object)["call"].(int)
				require.Equal(t, c["contact"], story.Calls[other-1]["contact"])
				seen[l.(Object)["how"].(string)]++
			}
			seen["variables"] += len(c["variables"].([]any))
			seen["holds"] += c["holds"].(int)
			seen["renumbered"] += len(c["ids"].([]string)) - 1
			seen[fmt.Sprintf("sessions %d", min(len(c["sessions"].([]int)), 3))]++
			if c["cleared"] != nil && c["answered"] != nil {
				seen["finished"]++
			}
		}
		for _, m := range story.UserMessages {
			seen["message "+m["delivered"].(string)]++
		}
		for _, a := range story.AgentStates {
			if a["asked"] != nil {
				seen["asked"]++
			}
			if a["forced"].(bool) {
				seen["forced"]++
			}
		}
	}
	for _, want := range []string{"answered", "refused", "unanswered", "unknown", "consult", "transfer", "conference", "variables", "holds", "renumbered",
		"sessions 1", "sessions 2", "sessions 3", "finished", "message yes", "message no", "asked", "forced"} {
		require.NotZero(t, seen[want], want)
	}
}
