package decode

import (
	"encoding/binary"
	"testing"

	"github.com/stretchr/testify/require"

	"ctiscope/decode/schema"
)

// frame is a message of raw bytes.
func frame(number uint32, body ...[]byte) []byte {
	b := make([]byte, 8)
	for _, part := range body {
		b = append(b, part...)
	}
	binary.BigEndian.PutUint32(b, uint32(len(b)-8))
	binary.BigEndian.PutUint32(b[4:], number)
	return b
}

func codesOf(m *Message) (out []string) {
	for _, p := range m.Problems {
		out = append(out, p.Code.String())
	}
	return out
}

func namesOf(m *Message) (out []string) {
	for i := range m.Fields {
		out = append(out, m.Fields[i].Name())
	}
	return out
}

// agentState is an AGENT_STATE_EVENT with the fixed part of one version and the
// tags of another.
func agentState(t *testing.T, layoutVersion int) []byte {
	b, err := CCE().AppendMessage(nil, schema.CCE().ByName("AGENT_STATE_EVENT"), layoutVersion, []Setting{
		{Name: "AgentState", Num: 3}, {Name: "AgentID", Bytes: []byte("1001")}, {Name: "AgentExtension", Bytes: []byte("2001")},
	})
	require.NoError(t, err)
	return b
}

func TestLayoutOfAnotherVersion(t *testing.T) {
	older := agentState(t, 18) // 58 bytes, the session says 19: 62
	d := CCE().Decoder(19)
	var m Message
	for range 2 { // the second time it is remembered
		d.Decode(&m, older)
		require.Equal(t, []string{"other_size"}, codesOf(&m))
		require.Equal(t, 62, m.Problems[0].Need)
		require.Equal(t, 58, m.Problems[0].Have)
		require.Equal(t, "1001", string(m.Text(m.Find("AgentID"))))
		require.Nil(t, m.Find("DepartmentID"))
	}
	d.Decode(&m, agentState(t, 19))
	require.NotNil(t, m.Find("DepartmentID"))
	require.Empty(t, m.Problems)
}

func TestTagsOfTheOtherWidth(t *testing.T) {
	d := CCE().Decoder(20)
	var m Message
	d.Decode(&m, agentState(t, 19)) // the same fixed part, tags of one byte
	require.Equal(t, []string{"other_width"}, codesOf(&m))
	require.Equal(t, "2001", string(m.Text(m.Find("AgentExtension"))))
}

func TestFailureConfOfTenBytes(t *testing.T) {
	d := CCE().Decoder(24)
	var m Message
	d.Decode(&m, frame(1, []byte{0, 0, 0, 7, 0, 36, 0, 0, 0x27, 0x11}))
	require.Equal(t, []string{"InvokeID", "FailureCode", "PeripheralErrorCode"}, namesOf(&m))
	require.Equal(t, []string{"other_size"}, codesOf(&m))
}

func TestUnusualTags(t *testing.T) {
	heartbeat := []byte{0, 0, 0, 9}
	tests := map[string]struct {
		floating []byte
		names    []string
		codes    []string
	}{
		"tag of another message": {[]byte{8, 4, '4', '0', '8', 0}, []string{"InvokeID", "ANI"}, []string{"foreign_tag"}},
		"reserved tag":           {[]byte{54, 1, 'x'}, []string{"InvokeID", "Tag_54"}, []string{"reserved_tag"}},
		"tag of no table":        {[]byte{0, 1, 'x'}, []string{"InvokeID", "Tag_0"}, []string{"unknown_tag"}},
		"tag without data":       {[]byte{8}, []string{"InvokeID"}, []string{"bad_floating"}},
		"length past the end":    {[]byte{8, 9, 'x'}, []string{"InvokeID"}, []string{"bad_floating"}},
		"number of odd size":     {[]byte{63, 3, 1, 2, 3}, []string{"InvokeID", "SkillGroupID"}, []string{"foreign_tag", "bad_size"}},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			d := CCE().Decoder(15)
			var m Message
			d.Decode(&m, frame(5, heartbeat, tt.floating))
			require.Equal(t, tt.names, namesOf(&m))
			require.Equal(t, tt.codes, codesOf(&m))
			checkMessage(t, &m)
		})
	}
}

func TestOverLength(t *testing.T) {
	long := make([]byte, 200)
	for i := range long {
		long[i] = 'x'
	}
	b, err := CCE().AppendMessage(nil, schema.CCE().ByName("USER_MESSAGE_EVENT"), 20, []Setting{{Name: "ClientID", Bytes: long}})
	require.NoError(t, err)
	d := CCE().Decoder(20)
	var m Message
	d.Decode(&m, b)
	require.Equal(t, []string{"over_length"}, codesOf(&m))
	require.Equal(t, "STRING of 201 bytes, the guide allows 64", string(m.Problems[0].AppendText(nil, &m)))
}

func TestMessageWithoutLayout(t *testing.T) {
	var number uint32
	for _, def := range schema.CCE().Messages() {
		if !def.HasLayout && def.Answers != 0 {
			number = def.Number
			break
		}
	}
	require.NotZero(t, number)
	b := frame(number, []byte{0, 0, 0, 7}, []byte{0xde, 0xad, 0xbe}, []byte{5, 5, '1', '0', '0', '1', 0}, []byte{63, 4, 0, 0, 0, 1})
	d := CCE().Decoder(15)
	var m Message
	d.Decode(&m, b)
	require.Equal(t, []string{"AgentID", "SkillGroupID"}, namesOf(&m))
	require.Equal(t, Range{8, 7}, m.Undecoded)
	decodeAnswer(&d, &m, b)
	require.Equal(t, []string{"InvokeID", "AgentID", "SkillGroupID"}, namesOf(&m))
	require.Equal(t, Range{12, 3}, m.Undecoded)
	require.Equal(t, []string{"no_layout"}, codesOf(&m))
}

func TestUnknownType(t *testing.T) {
	d := CCE().Decoder(15)
	var m Message
	d.Decode(&m, frame(999, []byte{1, 2, 3}))
	require.Equal(t, "UNKNOWN_999", m.Name())
	require.Equal(t, Range{8, 3}, m.Undecoded)
	require.Equal(t, []string{"unknown_type"}, codesOf(&m))
}

func TestGuess(t *testing.T) {
	tests := map[string]struct {
		layouts []int // versions whose AGENT_STATE_EVENT is seen
		oldest  int
		newest  int
	}{
		"one byte tags, no department": {[]int{15}, 10, 18},
		"one byte tags, department":    {[]int{19}, 19, 19},
		"two byte tags":                {[]int{22}, 20, 25},
		"version 9":                    {[]int{9}, 9, 9},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			g := CCE().Guess()
			require.False(t, g.Settled())
			for _, v := range tt.layouts {
				require.True(t, g.Add(agentState(t, v)))
			}
			require.True(t, g.Settled())
			require.Equal(t, tt.newest, g.Version())
			require.LessOrEqual(t, g.Oldest(), tt.oldest)
		})
	}
}

func TestEncodeErrors(t *testing.T) {
	def := schema.CCE().ByName("USER_MESSAGE_REQ")
	tests := map[string]struct {
		value Setting
		err   error
	}{
		"no such field":   {Setting{Name: "Nonsense"}, ErrNoField},
		"too large":       {Setting{Name: "Distribution", Num: 70000}, ErrValueRange},
		"too long":        {Setting{Name: "Text", Bytes: make([]byte, 300)}, ErrValueRange},
		"tag of two byte": {Setting{Name: "FltEnabledServices", Tag: 309, Num: 1}, ErrNoField},
		"nameless":        {Setting{}, ErrNoField},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			dst := []byte{1}
			out, err := CCE().AppendMessage(dst, def, 15, []Setting{tt.value})
			require.ErrorIs(t, err, tt.err)
			require.Equal(t, dst, out)
		})
	}
	_, err := CCE().AppendMessage(nil, schema.CCE().ByName("ROUTE_REQUEST_EVENT"), 15, nil)
	require.ErrorIs(t, err, ErrNoLayout)
}
