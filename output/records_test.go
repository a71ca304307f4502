package output

import (
	"strings"
	"testing"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/stretchr/testify/require"

	"ctiscope/decode"
	"ctiscope/decode/schema"
	"ctiscope/network"
	"ctiscope/reassembly"
	"ctiscope/session"
)

// What the records of these tests have in common.
const (
	clientEnd = "10.1.0.12:50003"
	serverEnd = "10.9.0.5:42027"
)

var start = time.Date(2025, 7, 20, 8, 26, 40, 1942000, time.UTC)

func newInfo() *session.Info {
	return &session.Info{
		ID: 3, Codec: decode.CCE(), Sides: true, ClientIsA: true, ClientID: "desk-10017",
		A: network.Endpoint{Port: 50003}, B: network.Endpoint{Port: 42027},
		AString: clientEnd, BString: serverEnd,
	}
}

// requireClean requires valid UTF-8 without anything that is not printable.
func requireClean(t testing.TB, b []byte) {
	t.Helper()
	require.True(t, utf8.Valid(b), "%q", b)
	for _, r := range string(b) {
		require.True(t, unicode.IsPrint(r), "%U in %q", r, b)
	}
}

// encode builds the frame of a message.
func encode(t testing.TB, name string, version int, values ...decode.Setting) []byte {
	t.Helper()
	def := schema.CCE().ByName(name)
	require.NotNil(t, def, name)
	frame, err := decode.CCE().AppendMessage(nil, def, version, values)
	require.NoError(t, err)
	return frame
}

// decoded makes a Record of a frame as the pipeline does.
func decoded(frame []byte, version int) *session.Record {
	d := decode.CCE().Decoder(version)
	m := new(decode.Message)
	d.Decode(m, frame)
	r := &session.Record{
		Kind: session.Message, Info: newInfo(), Message: m, VersionSource: session.Open,
		Mark: reassembly.Mark{Number: 17, Time: start.UnixNano(), Digits: 6},
		From: schema.Server, Dir: reassembly.BtoA,
	}
	if m.Def != nil && m.Def.From == schema.Client {
		r.From, r.Dir = schema.Client, reassembly.AtoB
	}
	return r
}

// record builds a message of that name and values and makes a Record of it.
func record(t testing.TB, name string, version int, values ...decode.Setting) *session.Record {
	t.Helper()
	return decoded(encode(t, name, version, values...), version)
}

// answering sets the request that the Record's message answers.
func answering(r *session.Record, name string, delay time.Duration) *session.Record {
	r.Request = session.Request{
		Type: schema.CCE().ByName(name).Number,
		Mark: reassembly.Mark{Number: 12, Time: r.Mark.Time - int64(delay), Digits: 6},
	}
	return r
}

func num(name string, n int64) decode.Setting { return decode.Setting{Name: name, Num: n} }
func str(name, s string) decode.Setting       { return decode.Setting{Name: name, Bytes: []byte(s)} }
func tagged(tag uint16, s string) decode.Setting {
	return decode.Setting{Tag: tag, Bytes: []byte(s)}
}

func list(name string, n ...int64) decode.Setting { return decode.Setting{Name: name, Nums: n} }

func variable(key, value string) decode.Setting {
	return decode.Setting{Name: "NamedVariable", Key: key, Bytes: []byte(value)}
}

func element(key string, index uint8, value string) decode.Setting {
	return decode.Setting{Name: "NamedArray", Key: key, Index: index, Bytes: []byte(value)}
}

// delivered is a CALL_DELIVERED_EVENT of usual size.
func delivered(t testing.TB) *session.Record {
	return record(t, "CALL_DELIVERED_EVENT", 15,
		num("MonitorID", 0), num("PeripheralID", 5000), num("PeripheralType", 17),
		num("ConnectionDeviceIDType", 0), num("ConnectionCallID", 16777217),
		num("LineHandle", 1), num("LineType", 0), num("ServiceNumber", schema.None32), num("ServiceID", schema.None32),
		num("SkillGroupNumber", 42), num("SkillGroupID", 5042), num("SkillGroupPriority", 0),
		num("AlertingDeviceType", 76), num("CallingDeviceType", 75), num("CalledDeviceType", 0),
		num("LastRedirectDeviceType", schema.None16), num("LocalConnectionState", 2), num("EventCause", 22),
		num("NumNamedVariables", 1),
		str("ConnectionDeviceID", "3001"), str("AlertingDeviceID", "3001"), str("CallingDeviceID", "0791234567"),
		str("CalledDeviceID", "3001"), str("ANI", "0791234567"), str("DNIS", "8000"), str("DialedNumber", "8000"),
		str("CallVariable1", "gold customer"), str("CallVariable2", "4711"), variable("user.account", "4711-0815"))
}

// notReady is an AGENT_STATE_EVENT of an agent that lost the desktop.
func notReady(t testing.TB) *session.Record {
	return record(t, "AGENT_STATE_EVENT", 17,
		num("MonitorID", 0), num("PeripheralID", 5000), num("SessionID", 7), num("PeripheralType", 17),
		num("SkillGroupState", 2), num("StateDuration", 0), num("SkillGroupNumber", 42), num("SkillGroupID", 5042),
		num("AgentState", 2), num("EventReasonCode", 50002), num("MRDID", 1), num("ICMAgentID", 10017),
		num("NumFltSkillGroups", 2),
		str("CTIClientSignature", "desk-10017"), str("AgentID", "10017"), str("AgentExtension", "3001"),
		str("AgentInstrument", "3001"), num("Direction", 0),
		num("FltSkillGroupNumber", 42), num("FltSkillGroupID", 5042), num("FltSkillGroupState", 2),
		num("FltSkillGroupNumber", 43), num("FltSkillGroupID", 5043), num("FltSkillGroupState", 2))
}

// gap is a hole of 1460 bytes from the server.
func gap() *session.Record {
	return &session.Record{
		Kind: session.GapEvent, Info: newInfo(), From: schema.Server, Dir: reassembly.BtoA,
		Mark: reassembly.Mark{Number: 20, Time: start.Add(2 * time.Second).UnixNano(), Digits: 6},
		Gap: reassembly.Gap{Bytes: 1460,
			From: reassembly.Mark{Number: 18, Time: start.UnixNano(), Digits: 6},
			To:   reassembly.Mark{Number: 20, Time: start.Add(2 * time.Second).UnixNano(), Digits: 6}},
		MaybeLost: 182, Partial: true,
	}
}

// lines prints a Record and returns it without its line end.
// Formatter is what all printers are.
type Formatter interface {
	Append(dst []byte, r *session.Record) []byte
}

func line(t testing.TB, f Formatter, r *session.Record) string {
	t.Helper()
	s := string(f.Append(nil, r))
	require.True(t, strings.HasSuffix(s, "\n"))
	return strings.TrimSuffix(s, "\n")
}
