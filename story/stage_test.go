package story

import (
	"testing"

	"github.com/stretchr/testify/require"

	"ctiscope/decode"
	"ctiscope/decode/schema"
	"ctiscope/network"
	"ctiscope/reassembly"
	"ctiscope/session"
)

// discard is memory that a stage's facts are written to again and again.
type discard struct{ b []byte }

func (d *discard) Begin() []byte { return d.b[:0] }
func (d *discard) End(b []byte)  { d.b = b }

// TestRequestsOfAStageDoNotAllocate asks and answers in a session that goes on.
func TestRequestsOfAStageDoNotAllocate(t *testing.T) {
	s := newStage(Sessions | Requests)
	s.out = new(discard)
	f := session.NewFollower(session.Options{Version: 15}, func(r *session.Record) { s.take(r) })
	conn := &reassembly.Conn{ID: 1, A: network.Endpoint{Port: 50003}, B: network.Endpoint{Port: 42027}, ClientKnown: true, Start: true}
	message := func(name string) []byte {
		frame, err := decode.CCE().AppendMessage(nil, schema.CCE().ByName(name), 15, []decode.Setting{{Name: "InvokeID", Num: 7}})
		require.NoError(t, err)
		return frame
	}
	events := []reassembly.Event{
		{Kind: reassembly.Data, Conn: conn, Bytes: message("QUERY_AGENT_STATE_REQ")},
		{Kind: reassembly.Data, Conn: conn, Dir: reassembly.BtoA, Bytes: message("QUERY_AGENT_STATE_CONF")},
		{Kind: reassembly.Data, Conn: conn, Bytes: message("HEARTBEAT_REQ")},
		{Kind: reassembly.Data, Conn: conn, Dir: reassembly.BtoA, Bytes: message("HEARTBEAT_CONF")},
	}
	now := reassembly.Mark{Digits: 6}
	turn := func() {
		for i := range events {
			now.Number, now.Time = now.Number+1, now.Time+1e9
			events[i].Mark = now
			f.Event(&events[i])
		}
	}
	for range 200 {
		turn()
	}
	require.Zero(t, testing.AllocsPerRun(200, turn))
}

// TestCallEventsOfAStageDoNotAllocate tells of one call again and again.
func TestCallEventsOfAStageDoNotAllocate(t *testing.T) {
	s := newStage(Calls)
	s.out = new(discard)
	f := session.NewFollower(session.Options{Version: 15}, func(r *session.Record) { s.take(r) })
	conn := &reassembly.Conn{ID: 1, A: network.Endpoint{Port: 50003}, B: network.Endpoint{Port: 42027}, ClientKnown: true, Start: true}
	frame, err := decode.CCE().AppendMessage(nil, schema.CCE().ByName("CALL_DELIVERED_EVENT"), 15, []decode.Setting{
		{Name: "PeripheralID", Num: 5000}, {Name: "ConnectionCallID", Num: 77}, {Name: "ConnectionDeviceID", Bytes: []byte("L77.1")},
		{Name: "AlertingDeviceID", Bytes: []byte("3001")}, {Name: "CallVariable1", Bytes: []byte("gold")},
	})
	require.NoError(t, err)
	event := reassembly.Event{Kind: reassembly.Data, Conn: conn, Dir: reassembly.BtoA, Bytes: frame, Mark: reassembly.Mark{Digits: 6}}
	turn := func() {
		event.Mark.Number++
		f.Event(&event)
	}
	for range 100 {
		turn()
	}
	require.Zero(t, testing.AllocsPerRun(200, turn))
}

func TestWaits(t *testing.T) {
	var few, many waits
	for n := range int64(4096) {
		few.add(n * 1e6)
	}
	var ty RequestType
	few.fill(&ty)
	require.Equal(t, []Number{number(2047e6), number(3891e6), number(4055e6), number(4095e6)}, []Number{ty.P50, ty.P95, ty.P99, ty.Max})
	for n := range int64(100_000) {
		many.add(n * 1e5)
	}
	many.fill(&ty)
	require.InEpsilon(t, 5e9, ty.P50.N, 0.01)
	require.InEpsilon(t, 9.9e9, ty.P99.N, 0.01)
	require.Equal(t, number(99_999e5), ty.Max)
	for n := int64(1); n < 1<<58; n = n*5/4 + 1 {
		require.InEpsilon(t, n, middle(stepOf(n)), 0.005)
	}
	(&waits{}).fill(&ty)
	require.False(t, ty.P50.Set || ty.Max.Set)
}

func TestSideOf(t *testing.T) {
	for port, side := range map[uint16]string{42027: "A", 42030: "A", 43027: "B", 43030: "B", 42067: "A", 42987: "A", 44027: "", 42028: "", 43990: "B", 5000: ""} {
		require.Equal(t, side, sideOf(port).String, port)
	}
}

func FuzzRead(f *testing.F) {
	c := coder{}
	(&Session{Monitors: []Monitor{{Kind: "open"}}, Unknown: []string{"closed"}}).code(&c)
	f.Add(c.b)
	f.Fuzz(func(t *testing.T, b []byte) {
		w := NewWriter(nil)
		for _, thing := range []Thing{new(Session), new(Request), new(RequestType), new(Agent), new(AgentState), new(UserMessage), new(CallEvent)} {
			thing.code(&coder{b: b, reading: true})
			require.NotEmpty(t, w.AppendJSON(nil, thing))
		}
	})
}
