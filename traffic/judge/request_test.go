package judge

import (
	"bytes"
	"context"
	"fmt"
	"sort"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"ctiscope/capture"
	"ctiscope/pipeline"
	"ctiscope/session"
	"ctiscope/traffic/damage"
)

// lives is a Stage that notes what became of requests: by client, time and
// InvokeID of the request, and by those of answers whose request is not known.
type lives struct {
	answered, unanswered, orphans map[string]bool
	asked                         map[[2]int64]string // by session and RequestID
	overtaken                     int
}

func newLives() *lives {
	return &lives{map[string]bool{}, map[string]bool{}, map[string]bool{}, map[[2]int64]string{}, 0}
}

func (l *lives) Take(r *session.Record, _ *pipeline.Out) {
	id := [2]int64{r.Info.ID, r.RequestID}
	switch {
	case r.Kind == session.RequestEvent && r.Code == session.UnansweredRequest:
		l.unanswered[l.asked[id]] = true
	case r.Kind == session.RequestEvent && r.Code == session.OrphanAnswer:
		l.orphans[fmt.Sprintf("%s %d %d", r.Info.AString, r.Answer.Mark.Time, r.Answer.Type)] = true
	case r.Kind == session.RequestEvent && r.Code == session.AnsweredRequest:
		l.answered[fmt.Sprint(id)] = true
		l.overtaken++
	case r.Kind != session.Message:
	case r.Request.Type != 0:
		l.answered[l.asked[id]] = true
	case r.RequestID != 0 && l.asked[id] == "":
		l.asked[id] = key(r)
	}
}

// key names a message as no other is named.
func key(r *session.Record) string {
	client := r.Info.AString
	if strings.HasPrefix(client, "10.9.") {
		client = r.Info.BString
	}
	invoke, _ := r.Message.InvokeID()
	return fmt.Sprintf("%s %d %d %s %d", client, r.Mark.Time, invoke, r.Message.Name(), r.Dir)
}

// liveOf runs a capture file.
func livesOf(t *testing.T, file []byte, version int) *lives {
	t.Helper()
	src, err := capture.Open([]string{"-"}, capture.Options{Stdin: bytes.NewReader(file)})
	require.NoError(t, err)
	defer src.Close()
	counts := pipeline.NewCounts(newLives)
	o := pipeline.Options{Workers: 1, Taps: []pipeline.Tap{counts}}
	o.Session.Version = version
	_, err = pipeline.Run(context.Background(), src, o)
	require.NoError(t, err)
	return counts.Stages[0]
}

func keys(m map[string]bool) (list []string) {
	for k := range m {
		list = append(list, k)
	}
	sort.Strings(list)
	return list
}

// lostTails returns the clients to whom the last bytes of a server are missing in
// a capture, and nothing in it shows that they were sent.
func lostTails(d *damage.Capture) map[string]bool {
	truth, list := d.Truth(), map[string]bool{}
	for i, s := range d.Streams {
		if _, behind := truth.Ends(i); s.FromServer && behind.Len > 0 {
			list[s.Client.String()] = true
		}
	}
	return list
}

// TestDamageMakesNoRequestUnanswered loses bytes in every way: what was answered
// is never told to be unanswered, and what answered never to be an orphan.
func TestDamageMakesNoRequestUnanswered(t *testing.T) {
	unknown, answered, overtaken := 0, 0, 0
	for seed := range rounds(60, 3000) {
		rng := damage.Rand(seed)
		version := 5 + rng.IntN(21)
		c := day(t, version, seed)
		truth := livesOf(t, parse(t, c).File(true), version)
		require.NotEmpty(t, truth.answered)
		d := parse(t, c)
		name := loss(d, rng)
		got := livesOf(t, d.File(true), version)
		tails := lostTails(d)
		for k := range got.unanswered {
			require.False(t, truth.answered[k] && !tails[strings.Fields(k)[0]], "seed %d%s: %s", seed, name, k)
		}
		for k := range got.orphans {
			require.True(t, truth.orphans[k], "seed %d%s: orphan %s of %v", seed, name, k, keys(truth.orphans))
		}
		answered += len(got.answered)
		overtaken += got.overtaken
		unknown += len(truth.answered) - len(got.answered)
	}
	require.Greater(t, answered, 1000)
	require.Greater(t, unknown, 100, "the damage hid some")
	require.Positive(t, overtaken)
}
