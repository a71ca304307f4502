package output

import (
	"testing"

	"github.com/stretchr/testify/require"

	"ctiscope/decode"
)

// TestStrangersInRecords puts tags of other messages into the records in which
// they stand: also arrays, and those that begin each record.
func TestStrangersInRecords(t *testing.T) {
	cases := []struct {
		name   string
		fields []decode.Setting
		want   string
	}{
		{"an array", []decode.Setting{num("RecordType", 0), list("FltEnabledServices", 1, 2), str("LoginID", "1"), num("RecordType", 1), str("LoginID", "2")},
			`"Record":[{"RecordType":{"value":0,"name":"CONFIG_RECORD_ADD"},"FltEnabledServices":[{"value":1,"name":"AGENT_ANSWERS"},` +
				`{"value":2,"name":"AGENT_CALL_TRANSCRIPTION"}],"LoginID":"1"},{"RecordType":{"value":1,"name":"CONFIG_RECORD_CHANGE"},"LoginID":"2"}]`},
		{"at the beginning of each", []decode.Setting{tagged(999, "a"), num("RecordType", 0), str("LoginID", "1"), tagged(999, "b"), num("RecordType", 1), str("LoginID", "2")},
			`"Record":[{"Tag_999":"********","RecordType":{"value":0,"name":"CONFIG_RECORD_ADD"},"LoginID":"1"},` +
				`{"Tag_999":"********","RecordType":{"value":1,"name":"CONFIG_RECORD_CHANGE"},"LoginID":"2"}]`},
		{"twice in one", []decode.Setting{num("RecordType", 0), tagged(999, "a"), tagged(998, "x"), tagged(999, "b"), str("LoginID", "1"), num("RecordType", 1), str("LoginID", "2")},
			`"Record":[{"RecordType":{"value":0,"name":"CONFIG_RECORD_ADD"},"Tag_999":["********","********"],"Tag_998":"********","LoginID":"1"},` +
				`{"RecordType":{"value":1,"name":"CONFIG_RECORD_CHANGE"},"LoginID":"2"}]`},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			r := record(t, "CONFIG_AGENT_EVENT", 24, append([]decode.Setting{num("NumRecords", 2)}, c.fields...)...)
			require.Contains(t, fields(t, r), c.want)
		})
	}
}

// TestStrangersForgotten prints the same whatever was printed before.
func TestStrangersForgotten(t *testing.T) {
	l := newPlans()
	for round := range 2 {
		for tag := range uint16(3000) {
			r := record(t, "CONFIG_AGENT_EVENT", 24, num("NumRecords", 1), num("RecordType", 0), tagged(5000+tag, "a"), str("LoginID", "1"))
			var g gather
			g.plan(r.Message, l.of(r.Message), l)
			require.True(t, g.links[r.Message.NumFixed+1].plan.adopted, "%d, %d", round, tag)
		}
	}
	require.LessOrEqual(t, len(l.adopted), maxAdopted)
}
