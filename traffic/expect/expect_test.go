package expect_test

import (
	"bytes"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"ctiscope/decode"
	"ctiscope/decode/schema"
	"ctiscope/traffic/expect"
)

const line = `{"v":1,"time":"2025-07-20T08:26:40.001942Z","frame":17,"session":3,"src":"10.9.0.5:42027","dst":"10.1.0.12:50003",` +
	`"from":"server","version":15,"version_source":"open","type":109,"name":"USER_MESSAGE_EVENT","length":58,` +
	`"fields":{"ICMCentralControllerTime":"2025-07-20T08:26:39Z","Distribution":{"value":2,"name":"DISTRIBUTE_TO_TEAM"},` +
	`"ClientID":"desk-10017","Text":"please take line two"}}`

func userMessage() expect.Message {
	return expect.Message{Session: 3, From: "server", Type: 109, Name: "USER_MESSAGE_EVENT", Length: 58, Fields: []expect.Field{
		{"ICMCentralControllerTime", int64(1752999999)}, {"Distribution", int64(2)}, {"ClientID", "desk-10017"}, {"Text", "please take line two"},
	}}
}

func TestDiff(t *testing.T) {
	cases := []struct {
		name, old, new string // what to change in the line
		wrong          string // part of what Diff says, "" when all is right
	}{
		{"as it is", "", "", ""},
		{"other type", `"type":109`, `"type":110`, "want USER_MESSAGE_EVENT (109)"},
		{"other length", `"length":58`, `"length":59`, "of 58 bytes"},
		{"other side", `"from":"server"`, `"from":"client"`, "from client, want server"},
		{"side not known", `"from":"server"`, `"from":"unknown"`, ""},
		{"other time", `08:26:39Z`, `08:26:38Z`, "ICMCentralControllerTime is"},
		{"no time", `"2025-07-20T08:26:39Z"`, `null`, "ICMCentralControllerTime is"},
		{"other number", `"value":2`, `"value":3`, "Distribution is"},
		{"number as text", `{"value":2,"name":"DISTRIBUTE_TO_TEAM"}`, `"2"`, "Distribution is"},
		{"other text", `line two`, `line too`, "Text is"},
		{"field missing", `,"Text":"please take line two"`, ``, "Text comes 0 times"},
		{"field twice", `"please take line two"`, `["please take line two","x"]`, "Text comes 2 times"},
		{"field too much", `"ClientID"`, `"AgentID":"1","ClientID"`, "AgentID"},
		{"other order", `"ClientID":"desk-10017","Text":"please take line two"`, `"Text":"please take line two","ClientID":"desk-10017"`, "order of fields"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			require.Contains(t, line, c.old)
			p, err := expect.Parse([]byte(strings.Replace(line, c.old, c.new, 1)))
			require.NoError(t, err)
			want := userMessage()
			if d := expect.Diff(&want, p); c.wrong == "" {
				require.Empty(t, d)
			} else {
				require.Contains(t, d, c.wrong)
			}
		})
	}
}

func TestParseRefuses(t *testing.T) {
	for name, text := range map[string]string{
		"no JSON":       `{`,
		"other version": strings.Replace(line, `"v":1`, `"v":2`, 1),
		"no fields":     strings.Replace(line, `"fields"`, `"field"`, 1),
		"a key twice":   strings.Replace(line, `"Text"`, `"ClientID"`, 1),
	} {
		t.Run(name, func(t *testing.T) {
			_, err := expect.Parse([]byte(text))
			require.Error(t, err)
		})
	}
}

func TestParseTakesGroupsApart(t *testing.T) {
	p, err := expect.Parse([]byte(`{"v":1,"session":1,"from":"server","type":18,"name":"CALL_TRANSFERRED_EVENT","length":9,"fields":{"NumParties":2,
		"ConnectedParty":[{"ConnectedPartyCallID":7,"ConnectedPartyDeviceID":"3001"},{"ConnectedPartyCallID":8,"ConnectedPartyDeviceID":"3002"}]}}`))
	require.NoError(t, err)
	require.Equal(t, []expect.Field{{"NumParties", int64(2)}, {"ConnectedPartyCallID", int64(7)}, {"ConnectedPartyDeviceID", "3001"},
		{"ConnectedPartyCallID", int64(8)}, {"ConnectedPartyDeviceID", "3002"}}, p.Fields)
}

func TestParseEvent(t *testing.T) {
	p, err := expect.Parse([]byte(`{"v":1,"session":2,"event":"gap","from":"client","bytes":null,"cause":"lost"}`))
	require.NoError(t, err)
	require.Equal(t, "gap", p.Event)
	require.EqualValues(t, -1, p.Bytes)
	require.Equal(t, "lost", p.Cause)
}

func TestOf(t *testing.T) {
	def := schema.CCE().ByName("SET_AGENT_STATE_REQ")
	values := []decode.Setting{{Name: "InvokeID", Num: 7}, {Name: "AgentInstrument", Bytes: []byte("3001")}, {Tag: 200, Bytes: []byte{1, 2}}}
	frame, err := decode.CCE().AppendMessage(nil, def, 9, values)
	require.NoError(t, err)
	m := expect.Of(def, 9, values, frame)
	require.Equal(t, "client", m.From)
	require.Equal(t, len(frame)-8, m.Length)
	require.Equal(t, expect.Field{"InvokeID", int64(7)}, m.Fields[0])
	require.Equal(t, expect.Field{"AgentState", int64(0)}, m.Fields[2], "fields not named are 0")
	require.Contains(t, m.Fields, expect.Field{"AgentInstrument", "3001"})
	for _, f := range m.Fields {
		require.NotEqual(t, "ForcedFlag", f.Name, "version 9 has none")
	}
}

func TestReadWrite(t *testing.T) {
	index := 3
	m := userMessage()
	m.Fields = append(m.Fields, expect.Field{"NamedArray", expect.Named{Name: "user.a", Index: &index, Value: "<&>"}}, expect.Field{"Numbers", []any{int64(1), int64(-2)}})
	var file bytes.Buffer
	require.NoError(t, expect.Write(&file, []expect.Message{m, m}))
	require.Contains(t, file.String(), `["Distribution",2]`)
	all, err := expect.Read(&file)
	require.NoError(t, err)
	require.Len(t, all, 2)
	require.Equal(t, m.Fields[:4], all[0].Fields[:4])
	require.Equal(t, []any{int64(1), int64(-2)}, all[0].Fields[5].Value)
}
