package output

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"strings"
	"testing"
	"time"

	"ctiscope/text"

	"github.com/stretchr/testify/require"

	"ctiscope/decode"
	"ctiscope/decode/schema"
	"ctiscope/reassembly"
	"ctiscope/session"
)

// fields returns the "fields" member of a message's JSON.
func fields(t *testing.T, r *session.Record) string {
	t.Helper()
	s := line(t, NewJSON(Options{}), r)
	checkJSON(t, []byte(s))
	_, s, ok := strings.Cut(s, `"fields":{`)
	require.True(t, ok)
	if before, _, ok := strings.Cut(s, `},"problems":`); ok {
		return before
	}
	return strings.TrimSuffix(s, "}}")
}

// checkJSON requires one valid object without a key twice in any object.
func checkJSON(t testing.TB, b []byte) {
	t.Helper()
	require.True(t, json.Valid(b), "%s", b)
	d := json.NewDecoder(bytes.NewReader(b))
	requireUnique(t, d, b)
	_, err := d.Token()
	require.ErrorIs(t, err, io.EOF)
}

func requireUnique(t testing.TB, d *json.Decoder, whole []byte) {
	t.Helper()
	token, err := d.Token()
	require.NoError(t, err)
	switch token {
	case json.Delim('['):
		for d.More() {
			requireUnique(t, d, whole)
		}
	case json.Delim('{'):
		seen := make(map[string]bool)
		for d.More() {
			key, err := d.Token()
			require.NoError(t, err)
			require.False(t, seen[key.(string)], "key %s twice in %s", key, whole)
			seen[key.(string)] = true
			requireUnique(t, d, whole)
		}
	default:
		return
	}
	_, err = d.Token()
	require.NoError(t, err)
}

func TestJSONOfContract(t *testing.T) {
	r := record(t, "USER_MESSAGE_EVENT", 15,
		num("ICMCentralControllerTime", time.Date(2025, 7, 20, 8, 26, 39, 0, time.UTC).Unix()), num("Distribution", 2),
		str("ClientID", "desk-10017"), str("Text", "please take line two"))
	require.Equal(t, `{"v":1,"time":"2025-07-20T08:26:40.001942Z","frame":17,"session":3,`+
		`"src":"10.9.0.5:42027","dst":"10.1.0.12:50003","from":"server",`+
		`"version":15,"version_source":"open","type":109,"name":"USER_MESSAGE_EVENT","length":42,`+
		`"fields":{"ICMCentralControllerTime":"2025-07-20T08:26:39Z",`+
		`"Distribution":{"value":2,"name":"DISTRIBUTE_TO_TEAM"},`+
		`"ClientID":"desk-10017","Text":"please take line two"}}`, line(t, NewJSON(Options{}), r))
}

func TestJSONValues(t *testing.T) {
	tests := []struct {
		name    string
		message string
		version int
		values  []decode.Setting
		want    string
	}{
		{"numbers keep their sign", "AGENT_PRE_CALL_ABORT_EVENT", 15,
			[]decode.Setting{num("MonitorID", schema.None32), num("MRDID", -5)},
			`"MonitorID":4294967295,"MRDID":-5`},
		{"BOOL and TIME", "OPEN_CONF", 9,
			[]decode.Setting{num("PeripheralOnline", 1), num("PeripheralType", 17)},
			`"InvokeID":0,"ServicesGranted":{"value":0,"names":[]},"MonitorID":0,"PGStatus":{"value":0,"names":[]},` +
				`"ICMCentralControllerTime":null,"PeripheralOnline":true,"PeripheralType":{"value":17,"name":"PT_ENTERPRISE_AGENT"},` +
				`"AgentState":{"value":0,"name":"AGENT_STATE_LOGIN"}`},
		{"number that is not in the table", "USER_MESSAGE_EVENT", 15,
			[]decode.Setting{num("ICMCentralControllerTime", schema.None32), num("Distribution", 700)},
			`"ICMCentralControllerTime":null,"Distribution":{"value":700,"name":null}`},
		{"mask with a bit without a name", "CHANGE_MONITOR_MASK_REQ", 15,
			[]decode.Setting{num("AgentStateMask", 0x80000003)},
			`"InvokeID":0,"MonitorID":0,"CallMsgMask":{"value":0,"names":[]},` +
				`"AgentStateMask":{"value":2147483651,"names":["AGENT_LOGIN_MASK","AGENT_LOGOUT_MASK","0x80000000"]}`},
		{"BOOL with words", "ACTIVE_MAINTENANCE_EVENT_MSG", 24,
			[]decode.Setting{num("MaintenanceModeStatus", 1)},
			`"MaintenanceModeStatus":{"value":1,"name":"MaintenanceModeContinue"}`},
		{"named variables are arrays", "REGISTER_VARIABLES_REQ", 15,
			[]decode.Setting{variable("user.x", "1"), element("user.y", 3, "two"), variable("user.z", "")},
			`"InvokeID":0,"CallVariableMask":{"value":0,"names":[]},"NumNamedVariables":0,"NumNamedArrays":0,` +
				`"NamedVariable":[{"name":"user.x","value":"1"},{"name":"user.z","value":""}],` +
				`"NamedArray":[{"name":"user.y","index":3,"value":"two"}]`},
		{"array of numbers", "SET_AGENT_SERVICE_DATA_REQ", 24,
			[]decode.Setting{list("FltEnabledServices", 1, 2, 77)},
			`"InvokeID":0,"RouterCallKeyDay":0,"RouterCallKeyCallID":0,"RouterCallKeySequenceNumber":0,"AgentSkillTargetID":0,` +
				`"FltEnabledServices":[{"value":1,"name":"AGENT_ANSWERS"},{"value":2,"name":"AGENT_CALL_TRANSCRIPTION"},{"value":77,"name":null}]`},
		{"empty array", "SET_AGENT_SERVICE_DATA_REQ", 24,
			[]decode.Setting{list("FltEnabledServices")},
			`"InvokeID":0,"RouterCallKeyDay":0,"RouterCallKeyCallID":0,"RouterCallKeySequenceNumber":0,"AgentSkillTargetID":0,` +
				`"FltEnabledServices":[]`},
		{"one field that repeats", "LIST_AGENT_TEAM_CONF", 15,
			[]decode.Setting{num("TeamID", 5)},
			`"InvokeID":0,"NumberOfAgentTeams":0,"SegmentNumber":0,"More":{"value":0,"name":"LAST"},"TeamID":[5]`},
		{"text repeated in fact, other fields between", "USER_MESSAGE_EVENT", 15,
			[]decode.Setting{str("Text", "a"), str("ClientID", "x"), str("Text", "b")},
			`"ICMCentralControllerTime":null,"Distribution":{"value":0,"name":"DISTRIBUTE_TO_CLIENT"},` +
				`"Text":["a","b"],"ClientID":"x"`},
		{"foreign tags under their own names", "HEARTBEAT_REQ", 15,
			[]decode.Setting{str("AgentID", "1001"), num("FltMaxTaskDuration", 600)},
			`"InvokeID":0,"AgentID":"1001","FltMaxTaskDuration":600`},
		{"two tags of one name", "END_CALL_EVENT", 15,
			[]decode.Setting{tagged(5, "1001"), num("TeamID", 4), tagged(194, "1002")},
			`"MonitorID":0,"PeripheralID":0,"PeripheralType":{"value":0,"name":null},` +
				`"ConnectionDeviceIDType":{"value":0,"name":"CONNECTION_ID_STATIC"},"ConnectionCallID":0,` +
				`"AgentID":["1001","1002"],"TeamID":4`},
		{"unknown tag", "HEARTBEAT_REQ", 24,
			[]decode.Setting{tagged(999, "ab"), tagged(999, "c"), tagged(998, "")},
			`"InvokeID":0,"Tag_999":["********","********"],"Tag_998":"********"`},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			require.Equal(t, test.want, fields(t, record(t, test.message, test.version, test.values...)))
		})
	}
}

func TestJSONStrings(t *testing.T) {
	for in, want := range map[string]string{
		"plain text, longer than eight": `"plain text, longer than eight"`,
		`a "quoted" back\slash`:         `"a \"quoted\" back\\slash"`,
		"tab\tline\r\nend":              `"tab\tline\r\nend"`,
		"\x1b[31mred\x07\x00x":          `"\u001b[31mred\u0007\u0000x"`,
		"trailing nulls\x00\x00":        `"trailing nulls"`,
		"Zürich 東京":                     `"Zürich 東京"`,
		"Z\xfcrich \x80 \x81":           `"Zürich € \u0081"`,
		"\u202eevil\u2028\u0085":        `"\u202eevil\u2028\u0085"`,
		"\U000e0041 \U0001f600":         `"\udb40\udc41 😀"`,
		"12345678\x7f":                  `"12345678\u007f"`,
		"":                              `""`,
	} {
		r := record(t, "USER_MESSAGE_EVENT", 15, str("Text", in))
		_, got, ok := strings.Cut(fields(t, r), `"Text":`)
		require.True(t, ok)
		require.Equal(t, want, got)
	}
}

func TestJSONGroups(t *testing.T) {
	party := func(id int64, device string) []decode.Setting {
		return []decode.Setting{num("ConnectedPartyCallID", id), num("ConnectedPartyDeviceIDType", 0), str("ConnectedPartyDeviceID", device)}
	}
	object := func(id int, device string) string {
		return fmt.Sprintf(`{"ConnectedPartyCallID":%d,"ConnectedPartyDeviceIDType":{"value":0,"name":"CONNECTION_ID_STATIC"},"ConnectedPartyDeviceID":%q}`, id, device)
	}
	head := `"InvokeID":0,"NewConnectionCallID":0,"NewConnectionDeviceIDType":{"value":0,"name":"CONNECTION_ID_STATIC"},` +
		`"NumParties":0,"LineHandle":0,"LineType":{"value":0,"name":"LINETYPE_INBOUND_ACD"}`
	one, two := party(1, "3001"), party(2, "3002")
	tests := []struct {
		name   string
		values []decode.Setting
		want   string
	}{
		{"none", nil, head},
		{"one object", one, head + `,"ConnectedParty":[` + object(1, "3001") + `]`},
		{"object by object", append(party(1, "3001"), two...), head + `,"ConnectedParty":[` + object(1, "3001") + `,` + object(2, "3002") + `]`},
		{"field by field", []decode.Setting{one[0], two[0], one[1], two[1], one[2], two[2]},
			head + `,"ConnectedParty":[` + object(1, "3001") + `,` + object(2, "3002") + `]`},
		{"another field between", append(append(party(1, "3001"), str("NewConnectionDeviceID", "9")), two...),
			head + `,"ConnectedParty":[` + object(1, "3001") + `,` + object(2, "3002") + `],"NewConnectionDeviceID":"9"`},
		{"a member missing", []decode.Setting{one[0], one[2], two[0], two[1], two[2]},
			head + `,"ConnectedParty":[{"ConnectedPartyCallID":1,"ConnectedPartyDeviceID":"3001"},` + object(2, "3002") + `]`},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			require.Equal(t, test.want, fields(t, record(t, "TRANSFER_CALL_CONF", 15, test.values...)))
		})
	}
}

func TestJSONRecordsWithLists(t *testing.T) {
	terminal := record(t, "CONFIG_TERMINAL_EVENT", 24, num("NumRecords", 2),
		num("RecordType", 0), str("TerminalDeviceName", "SEP1"), num("NumInstruments", 2), str("Instrument", "3001"), str("Instrument", "3002"),
		num("RecordType", 1), num("NumInstruments", 1), str("Instrument", "3003"))
	require.Equal(t, `"NumRecords":2,"Record":[`+
		`{"RecordType":{"value":0,"name":"CONFIG_RECORD_ADD"},"TerminalDeviceName":"SEP1","NumInstruments":2,"Instrument":["3001","3002"]},`+
		`{"RecordType":{"value":1,"name":"CONFIG_RECORD_CHANGE"},"NumInstruments":1,"Instrument":["3003"]}]`, fields(t, terminal))

	agents := record(t, "CONFIG_AGENT_EVENT", 24, num("NumRecords", 2),
		num("RecordType", 0), str("LoginID", "10017"), num("NumSkills", 2), list("FltSkillGroupNumber", 42, 43), list("FltSkillGroupPriority", 0, 1),
		num("RecordType", 0), str("LoginID", "10018"), num("NumSkills", 0))
	require.Equal(t, `"NumRecords":2,"Record":[`+
		`{"RecordType":{"value":0,"name":"CONFIG_RECORD_ADD"},"LoginID":"10017","NumSkills":2,"FltSkillGroupNumber":[42,43],"FltSkillGroupPriority":[0,1]},`+
		`{"RecordType":{"value":0,"name":"CONFIG_RECORD_ADD"},"LoginID":"10018","NumSkills":0}]`, fields(t, agents))
}

// A tag of the tag table may bear a name that the fixed part has already.
func TestJSONForeignTagWithNameOfFixedField(t *testing.T) {
	r := record(t, "SET_CALL_DATA_REQ", 15, num("InvokeID", 9), num("CampaignID", 4), num("QueryRuleID", 5))
	def := schema.CCE().ByName("SET_CALL_DATA_REQ")
	foreign := &schema.Field{Name: "CampaignID", Type: schema.UInt, Kind: schema.UnsignedKind, Size: 4, Tag: 4000, Index: schema.NoIndex}
	m := r.Message
	at := m.Find("QueryRuleID")
	m.Fields = append(m.Fields, decode.Field{Def: foreign, Tag: 4000, Off: at.Off, Len: 4, Foreign: true})
	require.Same(t, def, m.Def)
	require.Contains(t, fields(t, r), `"CampaignID":[4,5],"QueryRuleID":5`)
}

func TestJSONSecrets(t *testing.T) {
	r := record(t, "OPEN_REQ", 15, str("ClientID", "desk"), str("ClientPassword", "geheim"))
	require.Contains(t, fields(t, r), `"ClientPassword":"********"`)
	require.Contains(t, line(t, NewJSON(Options{ShowSecrets: true}), r), `"ClientPassword":"67656865696d"`)

	r = record(t, "SET_AGENT_STATE_REQ", 15, str("AgentID", "1"), str("AgentPassword", "geheim"))
	require.Contains(t, fields(t, r), `"AgentPassword":"********"`)
	require.Contains(t, line(t, NewJSON(Options{ShowSecrets: true}), r), `"AgentPassword":"geheim"`)

	// Out of its message a password is one still.
	r = record(t, "HEARTBEAT_REQ", 15, decode.Setting{Tag: 49, Bytes: []byte("geheim")})
	require.Contains(t, fields(t, r), `"AgentPassword":"********"`)
}

func TestJSONProblems(t *testing.T) {
	frame := encode(t, "HEARTBEAT_CONF", 24, tagged(999, "x"))
	s := line(t, NewJSON(Options{}), decoded(frame, 24))
	require.Contains(t, s, `"problems":[{"severity":"note","code":"unknown_tag","field":"Tag_999","offset":`)
	checkJSON(t, []byte(s))

	s = line(t, NewJSON(Options{}), decoded(frame[:10], 24))
	require.Contains(t, s, `"fields":{"Undecoded":"********"}`)
	require.Contains(t, s, `{"severity":"error","code":"truncated","field":null,"offset":10,"text":"the message has 17 bytes, captured were 10"}`)
	checkJSON(t, []byte(s))
}

func TestJSONUnknownMessage(t *testing.T) {
	r := decoded([]byte{0, 0, 0, 3, 0, 0, 1, 0x2c, 1, 2, 255}, 15)
	require.Contains(t, line(t, NewJSON(Options{}), r), `"type":300,"name":"UNKNOWN_300","length":3,"fields":{"Undecoded":"********"},"problems":[`)
}

func TestJSONTime(t *testing.T) {
	berlin, err := time.LoadLocation("Europe/Berlin")
	require.NoError(t, err)
	r := record(t, "HEARTBEAT_REQ", 15)
	for _, test := range []struct {
		name   string
		zone   *time.Location
		at     time.Time
		digits uint8
		want   string
	}{
		{"microseconds", nil, start, 6, "2025-07-20T08:26:40.001942Z"},
		{"nanoseconds", time.UTC, start.Add(7), 9, "2025-07-20T08:26:40.001942007Z"},
		{"other zone", berlin, start, 6, "2025-07-20T10:26:40.001942+02:00"},
		{"west", time.FixedZone("", -(3*3600 + 1800)), start, 6, "2025-07-20T04:56:40.001942-03:30"},
		{"before 1970", nil, time.Unix(-1, 5000), 6, "1969-12-31T23:59:59.000005Z"},
		{"midnight", nil, time.Unix(86400, 0), 6, "1970-01-02T00:00:00.000000Z"},
	} {
		t.Run(test.name, func(t *testing.T) {
			r.Mark.Time, r.Mark.Digits = test.at.UnixNano(), test.digits
			j := NewJSON(Options{Zone: test.zone})
			for range 2 { // also with what the clock remembers
				require.Contains(t, line(t, j, r), `"time":"`+test.want+`"`)
			}
		})
	}
}

func TestClockAgreesWithTime(t *testing.T) {
	zones := []*time.Location{nil, time.FixedZone("", 20700), time.FixedZone("", -36000)}
	if berlin, err := time.LoadLocation("Europe/Berlin"); err == nil {
		zones = append(zones, berlin)
	}
	for _, zone := range zones {
		c := text.NewClock(zone)
		in := zone
		if in == nil {
			in = time.UTC
		}
		for at := time.Date(1999, 12, 30, 0, 0, 0, 0, time.UTC); at.Year() < 2031; at = at.Add(37*time.Hour + 1234567891) {
			require.Equal(t, at.In(in).Format("2006-01-02T15:04:05.000000000Z07:00"), string(c.AppendTime(nil, at.UnixNano(), 9)))
			require.Equal(t, at.In(in).Format("15:04:05.000000"), string(c.AppendClock(nil, at.UnixNano(), 6, false)))
			require.Equal(t, at.In(in).Format("2006-01-02 15:04:05.000000"), string(c.AppendClock(nil, at.UnixNano(), 6, true)))
		}
	}
}

func TestJSONEvents(t *testing.T) {
	head := `{"v":1,"time":"2025-07-20T08:26:42.001942Z","frame":20,"session":3,"event":`
	ends := `"src":"10.9.0.5:42027","dst":"10.1.0.12:50003","from":"server"`
	event := func(kind session.Kind, change func(*session.Record)) *session.Record {
		r := gap()
		r.Kind = kind
		change(r)
		return r
	}
	tests := []struct {
		name string
		r    *session.Record
		want string
	}{
		{"gap", gap(), head + `"gap",` + ends + `,"bytes":1460,"cause":"lost","from_frame":18,"from_time":"2025-07-20T08:26:40.001942Z",` +
			`"to_frame":20,"to_time":"2025-07-20T08:26:42.001942Z","maybe_lost":182,"partial":true}`},
		{"gap at the beginning", event(session.GapEvent, func(r *session.Record) {
			r.Gap = reassembly.Gap{Bytes: -1, Cause: reassembly.Evicted, To: r.Gap.To}
			r.MaybeLost, r.Partial = 0, false
		}), head + `"gap",` + ends + `,"bytes":null,"cause":"evicted","from_frame":null,"from_time":null,` +
			`"to_frame":20,"to_time":"2025-07-20T08:26:42.001942Z","maybe_lost":0,"partial":false}`},
		{"resync", event(session.ResyncEvent, func(r *session.Record) { r.Skipped = 33 }),
			head + `"resync",` + ends + `,"skipped":33,"maybe_lost":182,"partial":true}`},
		{"start", event(session.StartEvent, func(r *session.Record) { r.Info.Sides, r.Info.ClientID = false, "" }),
			head + `"session_start",` + ends + `,"client":null,"server":null,"client_id":null}`},
		{"end", event(session.EndEvent, func(r *session.Record) { r.Cause = reassembly.Reset }),
			head + `"session_end",` + ends + `,"client":"10.1.0.12:50003","server":"10.9.0.5:42027","client_id":"desk-10017","cause":"reset"}`},
		{"finding", event(session.FindingEvent, func(r *session.Record) { r.Code, r.Text = "tls", `server name "x"` }),
			head + `"finding",` + ends + `,"code":"tls","text":"server name \"x\""}`},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			s := line(t, NewJSON(Options{Events: true}), test.r)
			require.Equal(t, test.want, s)
			checkJSON(t, []byte(s))
			require.Empty(t, NewJSON(Options{}).Append(nil, test.r))
		})
	}
}

// Fields by the thousand must take time in proportion: each has its own key or
// all have one.
func TestJSONManyFields(t *testing.T) {
	many := func(n int, tag func(i int) uint16) *session.Record {
		var values []decode.Setting
		for i := range n {
			values = append(values, tagged(tag(i), ""))
		}
		return record(t, "HEARTBEAT_REQ", 24, values...)
	}
	for name, r := range map[string]*session.Record{
		"one key":  many(3000, func(int) uint16 { return 999 }),
		"all keys": many(3000, func(i int) uint16 { return uint16(1000 + i) }),
	} {
		require.Len(t, r.Message.Fields, 3001, name)
		checkJSON(t, []byte(line(t, NewJSON(Options{}), r)))
	}
}

func TestJSONAllocatesNothing(t *testing.T) {
	j := NewJSON(Options{Events: true})
	var dst []byte
	for name, r := range map[string]*session.Record{
		"call": delivered(t), "agent": notReady(t), "gap": gap(),
		"conference": record(t, "TRANSFER_CALL_CONF", 15, num("NumParties", 2), num("ConnectedPartyCallID", 1), num("ConnectedPartyCallID", 2)),
	} {
		dst = j.Append(dst[:0], r)
		require.Zero(t, testing.AllocsPerRun(100, func() { dst = j.Append(dst[:0], r) }), name)
	}
}

func BenchmarkJSON(b *testing.B) {
	for name, r := range map[string]*session.Record{"CALL_DELIVERED_EVENT": delivered(b), "AGENT_STATE_EVENT": notReady(b), "HEARTBEAT_REQ": record(b, "HEARTBEAT_REQ", 15)} {
		b.Run(name, func(b *testing.B) {
			j := NewJSON(Options{})
			dst := j.Append(nil, r)
			b.SetBytes(int64(len(r.Message.Frame)))
			b.ReportAllocs()
			for b.Loop() {
				dst = j.Append(dst[:0], r)
			}
		})
	}
}
