package decode

import (
	"testing"

	"github.com/stretchr/testify/require"

	"ctiscope/decode/schema"
	"ctiscope/decode/schema/schematest"
)

var small = NewCodec(schematest.Protocol())

// mood is a MOOD_EVENT, message 30 of the small protocol.
func mood(t *testing.T, version int) []byte {
	values := []Setting{{Name: "Mood", Num: 3}, {Name: "AgentExtension", Bytes: []byte("2001")}, {Name: "Score", Num: 9}}
	if version > 1 {
		values = append(values, Setting{Name: "StateDuration", Num: 77})
	}
	b, err := small.AppendMessage(nil, small.Protocol().Lookup(30), version, values)
	require.NoError(t, err)
	return b
}

// TestTwoProtocolsSideBySide reads and writes messages of one number that are
// different things in two protocols, in turn.
func TestTwoProtocolsSideBySide(t *testing.T) {
	require.Equal(t, []byte{0, 0, 0, 21, 0, 0, 0, 30, 0, 0, 0, 3, 0, 0, 0, 77, 4, 5, '2', '0', '0', '1', 0}, mood(t, 2)[:23],
		"the layout of the small protocol, one byte tags")
	require.Equal(t, []byte{5, 4, 0, 0, 0, 9}, mood(t, 2)[23:])
	cce, other := CCE().Decoder(15), small.Decoder(0)
	var m, o Message
	for range 3 {
		for version := 1; version <= 3; version++ {
			other.Reset(version)
			other.Decode(&o, mood(t, version))
			require.Same(t, small, o.Codec)
			require.Same(t, small.Protocol().ByName("MOOD_EVENT"), o.Def)
			require.Empty(t, o.Problems, "version %d", version)
			require.Equal(t, "very good", o.Find("Mood").Def.Values.Words(o.Uint(o.Find("Mood")), 0))
			require.Equal(t, version > 1, o.Find("StateDuration") != nil)
			require.EqualValues(t, 9, o.Uint(o.Find("Score")))
			require.Equal(t, "2001", string(o.Text(o.Find("AgentExtension"))))

			cce.Decode(&m, agentState(t, 15))
			require.Same(t, CCE(), m.Codec)
			require.Same(t, schema.CCE().ByName("AGENT_STATE_EVENT"), m.Def)
			require.Empty(t, m.Problems)
			require.Equal(t, "1001", string(m.Text(m.Find("AgentID"))))
			require.EqualValues(t, 5, m.Find("AgentID").Tag, "the tag of Score")
			require.NotSame(t, m.Find("AgentExtension").Def, o.Find("AgentExtension").Def)
		}
	}
	require.Zero(t, testing.AllocsPerRun(10, func() { other.Decode(&o, o.Frame) }))
}

// A message that only one protocol knows is unknown in the other, and so are
// tags; what one Decoder remembers is its own.
func TestProtocolsKeepApart(t *testing.T) {
	var m Message
	d := small.Decoder(3)
	d.Decode(&m, frame(107)) // USER_MESSAGE_REQ of CTI Server
	require.Equal(t, "UNKNOWN_107", m.Name())
	require.Equal(t, []string{"unknown_type"}, codesOf(&m))
	d.Decode(&m, frame(300, []byte{0, 5, 0, 4, 0, 0, 0, 1}))
	require.Equal(t, []string{"Score"}, namesOf(&m), "a run of tags of its own meaning")
	decodeAnswer(&d, &m, frame(300, []byte{0, 0, 0, 1}))
	require.Equal(t, []string{"InvokeID"}, namesOf(&m))
	require.Equal(t, schema.NoIndex, m.Fields[0].Def.Index)

	d = small.Decoder(2)
	d.Decode(&m, frame(5, []byte{0, 0, 0, 1}, []byte{5, 4, 0, 0, 0, 9}))
	require.Equal(t, []string{"InvokeID", "Score"}, namesOf(&m))
	require.Equal(t, []string{"foreign_tag"}, codesOf(&m))
	d = CCE().Decoder(15)
	d.Decode(&m, frame(5, []byte{0, 0, 0, 1}, []byte{5, 4, '1', '0', '0', 0}))
	require.Equal(t, []string{"InvokeID", "AgentID"}, namesOf(&m))
}

func TestMessageOfAnotherProtocol(t *testing.T) {
	for _, def := range []*schema.Message{nil, schema.CCE().Lookup(30), schema.CCE().Lookup(107)} {
		b, err := small.AppendMessage([]byte{1}, def, 2, nil)
		require.ErrorIs(t, err, ErrNoMessage)
		require.Equal(t, []byte{1}, b)
	}
	// The tag table of the small protocol knows AgentID in its long form only.
	b, err := small.AppendMessage(nil, small.Protocol().Lookup(5), 2, []Setting{{Name: "AgentID", Bytes: []byte("1")}})
	require.NoError(t, err)
	require.EqualValues(t, 194, b[12])
	b, err = CCE().AppendMessage(nil, schema.CCE().Lookup(5), 15, []Setting{{Name: "AgentID", Bytes: []byte("1")}})
	require.NoError(t, err)
	require.EqualValues(t, 5, b[12])
}

func TestVersionsOfAProtocol(t *testing.T) {
	open, err := small.AppendMessage(nil, small.Protocol().OpenRequest(), 1, []Setting{{Name: "PeripheralID", Num: 99}, {Name: "VersionNumber", Num: 2}})
	require.NoError(t, err)
	version, ok := small.OpenVersion(small.Protocol().OpenRequest().Number, open)
	require.True(t, ok)
	require.Equal(t, 2, version)
	version, ok = CCE().OpenVersion(CCE().Protocol().OpenRequest().Number, open)
	require.True(t, ok)
	require.Equal(t, 99, version, "CTI Server has the version elsewhere")
	_, ok = small.OpenVersion(small.Protocol().OpenRequest().Number, open[:19])
	require.False(t, ok)

	g := small.Guess()
	require.Equal(t, []int{1, 3}, []int{g.Oldest(), g.Version()})
	require.False(t, g.Settled())
	require.True(t, g.Add(mood(t, 2)))
	require.Equal(t, []int{2, 2}, []int{g.Oldest(), g.Version()})
	require.True(t, g.Settled())
	require.Positive(t, small.Grade(mood(t, 1), 0, schema.Server))
	require.Equal(t, Reject, small.Grade(mood(t, 1), 0, schema.Client))
	require.Equal(t, Reject, CCE().Grade(mood(t, 1), 0, schema.Server), "too short for an AGENT_STATE_EVENT")
}

func TestRecognizeOneProtocol(t *testing.T) {
	moods := append(mood(t, 1), mood(t, 1)...)
	require.Equal(t, IsCTI, small.Recognize(moods))
	require.Equal(t, NotCTI, CCE().Recognize(moods))
	states := append(agentState(t, 15), agentState(t, 15)...)
	require.Equal(t, IsCTI, CCE().Recognize(states))
	require.NotEqual(t, IsCTI, small.Recognize(states))
}

// A Stream searches for the messages of its own protocol.
func TestStreamOfAnotherProtocol(t *testing.T) {
	var pool Pool
	var s Stream
	s.Init(small, &pool, func(b []byte) int { return small.Grade(b, 0, schema.Server) }, false)
	want := mood(t, 1)
	s.Push(append(append([]byte("end of a message lost"), want...), want...), Mark{Number: 1})
	for range 2 {
		f, ok := s.Next()
		require.True(t, ok)
		require.Equal(t, want, f.Bytes)
	}
}

// decodeAnswer decodes a frame that is told to be an answer.
func decodeAnswer(d *Decoder, m *Message, frame []byte) {
	length, number, _ := ParseHeader(frame)
	d.DecodeFrame(m, &Frame{Bytes: frame, Length: length, Number: number}, true)
}
