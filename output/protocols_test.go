package output

import (
	"encoding/json"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"ctiscope/decode"
	"ctiscope/decode/schema"
	"ctiscope/decode/schema/schematest"
	"ctiscope/reassembly"
	"ctiscope/session"
	"ctiscope/statistics"
)

var small = decode.NewCodec(schematest.Protocol())

// smallRecord builds a message of the small protocol and makes a Record of it.
func smallRecord(t testing.TB, name string, version int, values ...decode.Setting) *session.Record {
	t.Helper()
	frame, err := small.AppendMessage(nil, small.Protocol().ByName(name), version, values)
	require.NoError(t, err)
	r := record(t, "HEARTBEAT_REQ", 15)
	d := small.Decoder(version)
	d.Decode(r.Message, frame)
	r.Info.Codec, r.From, r.Dir = small, schema.Server, reassembly.BtoA
	return r
}

// sideBySide are records of two protocols whose messages have the same numbers.
func sideBySide(t testing.TB) []*session.Record {
	refusal := smallRecord(t, "REFUSAL", 2, num("InvokeID", 8), num("Reason", 1))
	refusal.Request = session.Request{Type: 3, Mark: reassembly.Mark{Number: 12, Time: refusal.Mark.Time - int64(time.Millisecond)}}
	unknown := smallRecord(t, "HEARTBEAT_REQ", 2)
	unknown.Message.Frame[7] = 107 // USER_MESSAGE_REQ of CTI Server
	d := small.Decoder(2)
	d.Decode(unknown.Message, unknown.Message.Frame)
	return []*session.Record{
		notReady(t),
		smallRecord(t, "MOOD_EVENT", 2, num("Mood", 3), num("StateDuration", 77), str("AgentExtension", "2001"), num("Score", 9)),
		answering(record(t, "FAILURE_CONF", 15, num("InvokeID", 7), num("Status", 10)), "OPEN_REQ", time.Millisecond),
		refusal,
		record(t, "HEARTBEAT_REQ", 15, num("InvokeID", 9), tagged(5, "1001")),
		smallRecord(t, "HEARTBEAT_REQ", 3, num("InvokeID", 9), num("Score", 10)),
		unknown,
	}
}

// TestTwoProtocolsInOneRun prints them with one formatter, in turn and again,
// and as formatters do that see one protocol only.
func TestTwoProtocolsInOneRun(t *testing.T) {
	for name, newFormatter := range map[string]func() Formatter{
		"json":   func() Formatter { return NewJSON(Options{}) },
		"text":   func() Formatter { return NewText(Options{}) },
		"detail": func() Formatter { return NewDetail(Options{Hex: true}) },
		"table":  func() Formatter { return NewTable(Options{Width: 160}) },
	} {
		t.Run(name, func(t *testing.T) {
			both, records := newFormatter(), sideBySide(t)
			for range 3 {
				for _, r := range records {
					require.Equal(t, string(newFormatter().Append(nil, r)), string(both.Append(nil, r)))
				}
			}
		})
	}
}

func TestJSONOfAnotherProtocol(t *testing.T) {
	j, records := NewJSON(Options{}), sideBySide(t)
	require.Contains(t, line(t, j, records[0]), `"type":30,"name":"AGENT_STATE_EVENT"`)
	require.Contains(t, line(t, j, records[1]), `"version":2,"version_source":"open","type":30,"name":"MOOD_EVENT","length":21,`+
		`"fields":{"Mood":{"value":3,"name":"MOOD_VERY_GOOD"},"StateDuration":77,"AgentExtension":"2001","Score":9}}`)
	require.Contains(t, line(t, j, records[4]), `"fields":{"InvokeID":9,"AgentID":"1001"}`)
	require.Contains(t, line(t, j, records[5]), `"fields":{"InvokeID":9,"Score":10}`)
	require.Contains(t, line(t, j, records[6]), `"type":107,"name":"UNKNOWN_107"`)
}

func TestTextOfAnotherProtocol(t *testing.T) {
	f, records := NewText(Options{}), sideBySide(t)
	require.Contains(t, line(t, f, records[2]), "FAILURE_CONF 7 OPEN_REQ refused: E_CTI_DEVICE_IN_USE")
	require.Contains(t, line(t, f, records[3]), "REFUSAL 8 HELLO_REQ refused: R_TOO_LATE (the office is closed), after 1 ms")
	require.Contains(t, line(t, f, records[1]), " MOOD_EVENT -")
	d := line(t, NewDetail(Options{}), records[1])
	require.Contains(t, d, "MOOD_VERY_GOOD (3)")
	require.Contains(t, d, "UINT, tag 5")
}

// TestStatsOfTwoProtocols counts each protocol's messages apart, in whichever
// order and by however many workers they come.
func TestStatsOfTwoProtocols(t *testing.T) {
	one, first, second := statistics.New(), statistics.New(), statistics.New()
	for i, r := range sideBySide(t) {
		one.Add(r)
		if i%2 == 0 {
			second.Add(r)
		} else {
			first.Add(r)
		}
	}
	first.Merge(second)
	got := string(AppendStatisticsJSON(nil, one.Report(nil)))
	require.Equal(t, got, string(AppendStatisticsJSON(nil, first.Report(nil))))
	var back statistics.Report
	require.NoError(t, json.Unmarshal([]byte(got), &back))
	count := map[string]int64{}
	for _, typ := range back.Types {
		count[typ.Name] += typ.Messages
	}
	require.Equal(t, map[string]int64{
		"AGENT_STATE_EVENT": 1, "MOOD_EVENT": 1, "FAILURE_CONF": 1, "REFUSAL": 1, "HEARTBEAT_REQ": 2, "UNKNOWN_107": 1,
	}, count)
	failures := map[string]string{}
	for _, f := range back.Failures {
		failures[f.Name+" of "+*f.Request] = *f.Const
	}
	require.Equal(t, map[string]string{"FAILURE_CONF of OPEN_REQ": "E_CTI_DEVICE_IN_USE", "REFUSAL of HELLO_REQ": "R_TOO_LATE"}, failures)
	versions := 0
	for _, v := range back.Versions {
		versions += int(v.Messages)
	}
	require.Equal(t, 7, versions)
}
