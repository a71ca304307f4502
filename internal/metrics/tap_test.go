package metrics

import (
	"testing"

	"github.com/stretchr/testify/require"

	"ctiscope/decode"
	"ctiscope/decode/schema"
	"ctiscope/reassembly"
	"ctiscope/session"
)

// message encodes and decodes a message of version 24.
func message(t testing.TB, name string, values ...decode.Setting) *decode.Message {
	t.Helper()
	frame, err := decode.CCE().AppendMessage(nil, schema.CCE().ByName(name), 24, values)
	require.NoError(t, err)
	d := decode.CCE().Decoder(24)
	m := new(decode.Message)
	d.Decode(m, frame)
	return m
}

func TestTap(t *testing.T) {
	var all Tap
	first, second := all.add(), all.add()
	records := []*session.Record{
		{Kind: session.StartEvent},
		{Kind: session.Message, Message: message(t, "HEARTBEAT_REQ")},
		{Kind: session.Message, Message: message(t, "FAILURE_CONF", decode.Setting{Name: "Status", Num: 10})},
		{Kind: session.Message, Message: message(t, "FAILURE_EVENT", decode.Setting{Name: "Status", Num: 99999})},
		{Kind: session.Message, Message: message(t, "CONTROL_FAILURE_CONF", decode.Setting{Name: "FailureCode", Num: 22})},
		{Kind: session.Message, Message: &decode.Message{Codec: decode.CCE(), Type: 70000}},
		{Kind: session.GapEvent, Gap: reassembly.Gap{Bytes: 100, Cause: reassembly.Lost}},
		{Kind: session.GapEvent, Gap: reassembly.Gap{Bytes: -1, Cause: reassembly.Evicted}},
		{Kind: session.EndEvent},
		{Kind: session.StartEvent},
	}
	for _, r := range records {
		first.Take(r, nil)
		second.Take(r, nil)
	}
	messages, gaps := all.Totals()
	require.Equal(t, int64(10), messages)
	require.Equal(t, int64(4), gaps)
	var s Snapshot
	all.Fill(&s)
	require.Equal(t, map[string]uint64{
		"HEARTBEAT_REQ": 2, "FAILURE_CONF": 2, "FAILURE_EVENT": 2, "CONTROL_FAILURE_CONF": 2, "UNKNOWN": 2,
	}, s.Messages)
	require.ElementsMatch(t, []Failure{
		{Type: "FAILURE_CONF", Code: "E_CTI_DEVICE_IN_USE", Count: 2},
		{Type: "FAILURE_EVENT", Code: otherCode, Count: 2},
		{Type: "CONTROL_FAILURE_CONF", Code: "CF_INVALID_OBJECT_STATE", Count: 2},
	}, s.Failures)
	require.Equal(t, uint64(4), s.Sessions)
	require.Equal(t, 2, s.SessionsOpen)
	require.Equal(t, map[string]uint64{"lost": 200, "snapped": 0, "evicted": 0}, s.LostBytes)
}

func TestTapAllocatesNothing(t *testing.T) {
	tally := new(Tap).add()
	heartbeat := &session.Record{Kind: session.Message, Message: message(t, "HEARTBEAT_REQ")}
	failure := &session.Record{Kind: session.Message, Message: message(t, "FAILURE_CONF", decode.Setting{Name: "Status", Num: 10})}
	tally.Take(failure, nil)
	require.Zero(t, testing.AllocsPerRun(100, func() {
		tally.Take(heartbeat, nil)
		tally.Take(failure, nil)
	}))
}
