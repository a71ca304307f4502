package output

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"ctiscope/decode"
	"ctiscope/session"
)

func TestTextColumns(t *testing.T) {
	r := record(t, "USER_MESSAGE_REQ", 15, num("InvokeID", 4), num("Distribution", 3), str("Text", "hello"))
	r.Info.ClientID = "desk 1\n"
	require.Equal(t, `2025-07-20T08:26:40.001942Z #3 10.1.0.12:50003 > 10.9.0.5:42027 desk_1\n USER_MESSAGE_REQ 4 to all, "hello"`,
		line(t, NewText(Options{}), r))

	r = record(t, "HEARTBEAT_REQ", 15, num("InvokeID", 4))
	r.Info.ClientID = ""
	require.Equal(t, `2025-07-20T08:26:40.001942Z #3 10.1.0.12:50003 > 10.9.0.5:42027 - HEARTBEAT_REQ 4`, line(t, NewText(Options{}), r))
}

// A long text is whole.
func TestTextCutsNothing(t *testing.T) {
	long := strings.Repeat("word ", 500)
	s := line(t, NewText(Options{Width: 80}), record(t, "USER_MESSAGE_REQ", 24, str("Text", long)))
	require.Contains(t, s, long)
}

func TestTextMarks(t *testing.T) {
	s := line(t, NewText(Options{}), record(t, "HEARTBEAT_REQ", 24, tagged(999, "x"), str("AgentID", "1")))
	require.True(t, strings.HasSuffix(s, " !unknown_tag(Tag_999) !foreign_tag(AgentID)"), s)

	var many []decode.Setting
	for i := range 100 {
		many = append(many, tagged(uint16(1000+i), ""))
	}
	s = line(t, NewText(Options{}), record(t, "HEARTBEAT_REQ", 24, many...))
	require.True(t, strings.HasSuffix(s, " !unknown_tag(Tag_1007) !and_more:92"), s)
}

func TestTextMasksSecrets(t *testing.T) {
	for _, r := range story(t) {
		require.NotContains(t, string(NewText(Options{Events: true}).Append(nil, r)), "geheim")
	}
	// A message without a layout shows whatever tags it has.
	r := record(t, "HEARTBEAT_REQ", 15, tagged(49, "geheim"))
	require.NotContains(t, line(t, NewText(Options{}), r), "geheim")
}

func TestTextColor(t *testing.T) {
	failed := record(t, "FAILURE_CONF", 15, num("Status", 15))
	require.Contains(t, line(t, NewText(Options{Color: true}), failed), "\x1b[1;31mFAILURE_CONF\x1b[0m")
	require.NotContains(t, line(t, NewText(Options{}), failed), "\x1b")
}

func TestTextAllocatesNothing(t *testing.T) {
	text := NewText(Options{Events: true, Color: true})
	var dst []byte
	for i, r := range story(t) {
		if r.Kind == session.Message && len(r.Message.Problems) > 0 {
			continue
		}
		dst = text.Append(dst[:0], r)
		require.Zero(t, testing.AllocsPerRun(100, func() { dst = text.Append(dst[:0], r) }), "record %d", i)
	}
}

func BenchmarkText(b *testing.B) {
	for name, r := range map[string]*session.Record{"CALL_DELIVERED_EVENT": delivered(b), "AGENT_STATE_EVENT": notReady(b), "HEARTBEAT_REQ": record(b, "HEARTBEAT_REQ", 15)} {
		b.Run(name, func(b *testing.B) {
			text := NewText(Options{})
			dst := text.Append(nil, r)
			b.SetBytes(int64(len(r.Message.Frame)))
			b.ReportAllocs()
			for b.Loop() {
				dst = text.Append(dst[:0], r)
			}
		})
	}
}
