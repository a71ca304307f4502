package chronicle

import (
	"testing"

	"ctiscope/decode"

	"github.com/stretchr/testify/require"
)

// of are the fields of an event of a call on a peripheral of another maker, where
// every event can come.
func of(number int64, connection string, more ...decode.Setting) []decode.Setting {
	return append([]decode.Setting{Num("PeripheralID", 5000), Num("PeripheralType", 2), Num("ConnectionCallID", number),
		Str("ConnectionDeviceID", connection)}, more...)
}

// joining are the fields of an event of two calls.
func joining(first int64, a string, second int64, b string, more ...decode.Setting) []decode.Setting {
	return append([]decode.Setting{Num("PeripheralID", 5000), Num("PeripheralType", 2), Num("PrimaryCallID", first),
		Num("SecondaryCallID", second), Str("PrimaryDeviceID", a), Str("SecondaryDeviceID", b)}, more...)
}

// tell lets several sessions tell one event, the second 10 ms after the first.
func tell(s *Scene, seconds float64, lines []*Line, name string, fields []decode.Setting) {
	for i, l := range lines {
		s.At(seconds + 0.01*float64(i))
		l.Server(name, fields...)
	}
}

func TestCallOfTwoSessions(t *testing.T) {
	t.Parallel()
	s := NewScene()
	both := []*Line{opened(s, desk(1), 15, "a"), opened(s, desk(2), 12, "b")}
	say := func(seconds float64, name string, fields []decode.Setting) { tell(s, seconds, both, name, fields) }
	say(1, "AGENT_STATE_EVENT", []decode.Setting{Num("PeripheralID", 5000), Num("AgentState", 3), Str("AgentID", "77"), Str("AgentInstrument", "3001")})
	say(10, "BEGIN_CALL_EVENT", of(7, "c1", Num("CallType", 1), Num("NumNamedVariables", 1), Str("ANI", "555"), Str("CallVariable1", "x"), Named("user.a", "1")))
	say(11, "CALL_QUEUED_EVENT", of(7, "c1"))
	say(15, "CALL_DELIVERED_EVENT", of(7, "c2", Num("LocalConnectionState", 2), Str("AlertingDeviceID", "3001"), Num("EventCause", 0xffff)))
	say(18, "CALL_ESTABLISHED_EVENT", of(7, "c2", Num("LocalConnectionState", 3)))
	say(20, "CALL_HELD_EVENT", of(7, "c2", Str("HoldingDeviceID", "3001")))
	say(23, "CALL_RETRIEVED_EVENT", of(7, "c2"))
	say(24, "CALL_DATA_UPDATE_EVENT", of(7, "c1", Num("NewConnectionCallID", 0xffffffff), Num("CallType", 1), Str("CallVariable1", "y")))
	say(30, "CALL_CONNECTION_CLEARED_EVENT", of(7, "c2", Str("ReleasingDeviceID", "3001")))
	say(30.1, "CALL_CLEARED_EVENT", of(7, "c1", Num("EventCause", 0xffff)))
	say(30.2, "END_CALL_EVENT", of(7, "c1"))
	say(40, "BEGIN_CALL_EVENT", of(7, "c9"))

	calls := Tell(s.Capture()).Calls
	require.Empty(t, Difference([]Object{{
		"call": 1, "id": "5000.7", "contact": 1, "began": at(10), "queued": at(11), "dequeued": nil, "originated": nil, "offered": at(15),
		"alerted": at(15), "answered": at(18), "held": at(20), "cleared": at(30.1), "ended": at(30.2), "cause": nil,
		"queue_s": 4, "ring_s": 3, "holds": 1, "hold_s": 3, "answered_agent": at(18), "talk_s": 9.1, "ani": "555", "sessions": []any{1, 2},
		"devices":     []any{Object{"device": "3001", "agent": "77", "alerted": at(15), "answered": at(18), "left": at(30)}},
		"connections": []any{Object{"id": "c1"}, Object{"id": "c2"}},
		"variables": []any{
			Object{"name": "CallVariable1", "index": nil, "value": "x", "was": nil, "time": at(10)},
			Object{"name": "user.a", "value": "1", "was": nil},
			Object{"name": "CallVariable1", "value": "y", "was": "x", "time": at(24)},
			Object{"name": "user.a", "value": nil, "was": "1", "time": at(24)},
		},
		"first": at(10), "last": at(30.2), "links": []any{}, "unknown": []any{},
	}, {
		"call": 2, "id": "5000.7", "began": at(40), "sessions": []any{1, 2}, "hold_s": 0,
		"unknown": []any{"queued", "dequeued", "originated", "offered", "alerted", "answered", "held", "cleared", "ended", "cause", "answered_agent", "talk_s"},
	}}, calls))
}

func TestConsultationWithOneNumber(t *testing.T) {
	t.Parallel()
	s := NewScene()
	l := []*Line{opened(s, desk(1), 15, "a")}
	say := func(seconds float64, name string, fields []decode.Setting) { tell(s, seconds, l, name, fields) }
	say(1, "BEGIN_CALL_EVENT", of(7, "in", Num("NumNamedVariables", 0)))
	say(2, "CALL_DELIVERED_EVENT", of(7, "a1", Num("LocalConnectionState", 2), Str("AlertingDeviceID", "3001")))
	say(3, "CALL_ESTABLISHED_EVENT", of(7, "a1", Str("AnsweringDeviceID", "3001")))
	say(4, "CALL_HELD_EVENT", of(7, "a1"))
	s.At(4.5)
	l[0].Client("CONSULTATION_CALL_REQ", Num("InvokeID", 5), Num("PeripheralID", 5000), Num("ActiveConnectionCallID", 7), Str("ActiveConnectionDeviceID", "a1"), Str("DialedNumber", "3002"))
	l[0].Server("CONSULTATION_CALL_CONF", Num("InvokeID", 5), Num("NewConnectionCallID", 7), Str("NewConnectionDeviceID", "a2"))
	say(5, "BEGIN_CALL_EVENT", of(7, "a2")) // its own call, though the number is the same
	say(5.5, "CALL_ORIGINATED_EVENT", of(7, "a2", Str("CallingDeviceID", "3001")))
	say(6, "CALL_DELIVERED_EVENT", of(7, "b1", Num("LocalConnectionState", 2), Str("AlertingDeviceID", "3002"))) // of the one not yet answered
	say(7, "CALL_ESTABLISHED_EVENT", of(7, "b1", Str("AnsweringDeviceID", "3002")))
	say(10, "CALL_TRANSFERRED_EVENT", joining(7, "a1", 7, "a2", Num("NumParties", 1), Str("TransferringDeviceID", "3001"),
		Num("ConnectedPartyCallID", 7), Num("ConnectedPartyDeviceIDType", 0), Str("ConnectedPartyDeviceID", "b1")))
	say(10.1, "END_CALL_EVENT", of(7, "a2"))
	say(15, "CALL_CONNECTION_CLEARED_EVENT", of(7, "b1"))
	say(15.1, "CALL_CLEARED_EVENT", of(7, "in", Num("EventCause", 28)))
	say(15.2, "END_CALL_EVENT", of(7, "in"))
	calls := Tell(s.Capture()).Calls
	require.Empty(t, Difference([]Object{{
		"id": "5000.7", "contact": 1, "hold_s": 6, "cleared": at(15.1), "talk_s": 6.1, "cause": Object{"value": 28},
		"devices": []any{
			Object{"device": "3001", "alerted": at(2), "answered": at(3), "left": at(10)},
			Object{"device": "3002", "alerted": nil, "answered": nil, "left": at(15)},
		},
		"links": []any{Object{"how": "consult", "call": 2}, Object{"how": "transfer", "call": 2, "time": at(10)}}, "unknown": []any{},
	}, {
		"id": "5000.7/2", "contact": 1, "originated": at(5.5), "alerted": at(6), "answered": at(7), "cleared": nil, "ended": at(10.1), "talk_s": 3,
		"devices": []any{Object{"device": "3002", "answered": at(7), "left": nil}},
		"links":   []any{Object{"how": "consult", "call": 1}, Object{"how": "transfer", "call": 1}}, "unknown": []any{},
	}}, calls))
}

func TestRenumberedConferenceAndUnknown(t *testing.T) {
	t.Parallel()
	s := NewScene()
	l := []*Line{opened(s, desk(1), 15, "a")}
	say := func(seconds float64, name string, fields []decode.Setting) { tell(s, seconds, l, name, fields) }
	say(1, "BEGIN_CALL_EVENT", of(7, "in"))
	say(1.5, "CALL_SERVICE_INITIATED_EVENT", of(7, "in"))
	say(2, "CALL_DATA_UPDATE_EVENT", of(7, "in", Num("NewConnectionCallID", 9), Str("NewConnectionDeviceID", "in2")))
	say(3, "CALL_ESTABLISHED_EVENT", of(9, "in2"))
	say(4, "BEGIN_CALL_EVENT", of(11, "x"))
	say(5, "CALL_HELD_EVENT", of(11, "x")) // already under way
	say(6, "CALL_CONFERENCED_EVENT", joining(9, "in2", 11, "x", Num("ConnectedPartyCallID", 11), Num("ConnectedPartyDeviceIDType", 0), Str("ConnectedPartyDeviceID", "p")))
	calls := Tell(s.Capture()).Calls
	require.Empty(t, Difference([]Object{{
		"ids": []any{"5000.7", "5000.9"}, "connection_call_id": 7, "connections": []any{Object{"id": "in"}, Object{"id": "in2"}}, "answered": at(3),
		"devices": []any{Object{"device": nil, "agent": nil, "answered": at(3), "left": nil}},
		"links":   []any{Object{"how": "conference", "call": 2}}, "talk_s": 3, "unknown": []any{"cleared", "cause", "ended"},
	}, {
		"ids": []any{"5000.11"}, "connections": []any{Object{"id": "x"}, Object{"id": "p"}}, "holds": 1, "held": at(5),
		"devices": []any{Object{"device": nil, "answered": nil, "left": nil}}, "began": nil,
	}}, calls, "none"))
	require.Subset(t, calls[1]["unknown"], []any{"began", "answered", "hold_s", "talk_s", "queue_s", "ring_s", "devices[0].left"})
}

func TestMonitors(t *testing.T) {
	t.Parallel()
	s := NewScene()
	l := opened(s, desk(1), 15, "a")
	watch := func(seconds float64, id int64, fields ...decode.Setting) {
		s.At(seconds)
		l.Client("MONITOR_START_REQ", append(fields, Num("InvokeID", id), Num("PeripheralID", 5000))...)
		s.At(seconds + 0.5)
		l.Server("MONITOR_START_CONF", Num("InvokeID", id), Num("MonitorID", id))
	}
	tell(s, 1, []*Line{l}, "BEGIN_CALL_EVENT", of(7, "c"))
	tell(s, 1, []*Line{l}, "CALL_SERVICE_INITIATED_EVENT", of(7, "c"))
	watch(2, 20, Num("ConnectionCallID", 7), Str("ConnectionDeviceID", "c"))
	watch(3, 21, Str("MonitoredDeviceID", "3001"))
	watch(4, 22, Str("MonitoredDeviceID", "3002"))
	tell(s, 8, []*Line{l}, "CALL_CLEARED_EVENT", of(7, "c"))
	s.At(9)
	l.Client("MONITOR_STOP_REQ", Num("InvokeID", 3), Num("MonitorID", 21))
	s.At(9.5)
	l.Server("MONITOR_STOP_CONF", Num("InvokeID", 3))
	require.Empty(t, Difference([]Object{{"monitors": []any{
		Object{"monitor": 20, "kind": "call", "call": 7, "device": nil, "from": at(2.5), "to": at(8)},
		Object{"monitor": 21, "kind": "device", "call": nil, "device": "3001", "from": at(3.5), "to": at(9.5)},
		Object{"monitor": 22, "kind": "device", "device": "3002", "to": nil},
	}, "unknown": []any{"closed", "heartbeat.worst_gap_s", "monitors[2].to"}}}, Tell(s.Capture()).Sessions))
}

func TestCallThatCannotBeTold(t *testing.T) {
	t.Parallel()
	s := NewScene()
	l := []*Line{opened(s, desk(1), 15, "a")}
	tell(s, 1, l, "BEGIN_CALL_EVENT", of(7, "a"))
	tell(s, 1.5, l, "CALL_ORIGINATED_EVENT", of(7, "a", Str("CallingDeviceID", "3001")))
	tell(s, 2, l, "BEGIN_CALL_EVENT", of(7, "b"))
	tell(s, 2.5, l, "CALL_ORIGINATED_EVENT", of(7, "b", Str("CallingDeviceID", "3001")))
	tell(s, 3, l, "CALL_HELD_EVENT", of(7, "new")) // of either
	tell(s, 4, l, "CALL_ESTABLISHED_EVENT", of(7, "a"))
	tell(s, 5, l, "CALL_DELIVERED_EVENT", of(7, "c", Num("LocalConnectionState", 2))) // of the one not answered
	tell(s, 6, l, "CALL_CLEARED_EVENT", of(7, "a", Num("EventCause", 0xffff)))
	tell(s, 6.1, l, "CALL_CLEARED_EVENT", of(7, "b", Num("EventCause", 0xffff)))
	tell(s, 6.2, l, "END_CALL_EVENT", of(7, "a"))
	tell(s, 6.3, l, "END_CALL_EVENT", of(7, "b"))
	tell(s, 7, l, "CALL_CONNECTION_CLEARED_EVENT", of(7, "b")) // late: still of the call that has it
	calls := Tell(s.Capture()).Calls
	require.Empty(t, Difference([]Object{
		{"id": "5000.7", "holds": 0, "held": nil, "answered": at(4), "alerted": nil, "cleared": at(6), "last": at(6.2), "unknown": []any{"held", "hold_s", "talk_s"}},
		{"id": "5000.7/2", "holds": 0, "answered": nil, "alerted": at(5), "cleared": at(6.1), "last": at(7), "ring_s": 1.1, "unknown": []any{"held", "hold_s", "talk_s"}},
	}, calls))
}

func TestCallOnAnEnterpriseAgent(t *testing.T) {
	t.Parallel()
	s := NewScene()
	l := []*Line{opened(s, desk(1), 15, "a")}
	here := func(connection string, more ...decode.Setting) []decode.Setting {
		return append([]decode.Setting{Num("PeripheralID", 5000), Num("PeripheralType", 17), Num("ConnectionCallID", 7), Str("ConnectionDeviceID", connection)}, more...)
	}
	tell(s, 1, l, "BEGIN_CALL_EVENT", here("c"))
	tell(s, 2, l, "CALL_ESTABLISHED_EVENT", here("d", Num("EventCause", 50), Str("AnsweringDeviceID", "3001"))) // as it was before a restart
	tell(s, 3, l, "CALL_HELD_EVENT", here("d", Num("EventCause", 0xffff)))
	tell(s, 5, l, "CALL_RETRIEVED_EVENT", here("d", Num("EventCause", 0xffff)))
	tell(s, 8, l, "CALL_CLEARED_EVENT", here("c", Num("EventCause", 28)))
	tell(s, 8.1, l, "END_CALL_EVENT", here("c"))
	require.Empty(t, Difference([]Object{{
		"began": nil, "answered": nil, "held": at(3), "holds": 1, "cleared": at(8), "ended": at(8.1),
		"devices": []any{Object{"device": "3001", "alerted": nil, "answered": nil, "left": nil}},
		"unknown": []any{"began", "queued", "dequeued", "originated", "offered", "alerted", "answered", "answered_agent", "queue_s", "ring_s", "hold_s", "talk_s",
			"devices[0].alerted", "devices[0].answered"},
	}}, Tell(s.Capture()).Calls))
}

func TestNumbersUsedAgain(t *testing.T) {
	t.Parallel()
	s := NewScene()
	l := []*Line{opened(s, desk(1), 15, "a")}
	say := func(seconds float64, name string, number int64, k string, more ...decode.Setting) {
		tell(s, seconds, l, name, of(number, k, more...))
	}
	say(1, "BEGIN_CALL_EVENT", 7, "a")
	say(2, "CALL_CLEARED_EVENT", 7, "a")
	say(3, "END_CALL_EVENT", 7, "a")
	say(4, "CALL_CONNECTION_CLEARED_EVENT", 7, "z") // 1 s after its last event: the same call
	say(5, "BEGIN_CALL_EVENT", 7, "a")              // over: a new one, though the connection is the same
	say(6, "CALL_ORIGINATED_EVENT", 7, "a")
	say(7, "END_CALL_EVENT", 7, "a")
	say(70, "CALL_CONNECTION_CLEARED_EVENT", 7, "a") // 63 s after: begins another
	say(71, "BEGIN_CALL_EVENT", 0xffffffff, "x")     // no call
	say(72, "CALL_HELD_EVENT", 0, "")                // nor this
	say(73, "CALL_HELD_EVENT", 0, "y")               // this is one
	calls := Tell(s.Capture()).Calls
	require.Empty(t, Difference([]Object{
		{"cleared": at(2), "first": at(1), "last": at(4), "connections": []any{Object{"id": "a"}, Object{"id": "z"}}},
		{"began": at(5), "originated": at(6), "ended": at(7), "last": at(7), "id": "5000.7"},
		{"began": nil, "first": at(70), "last": at(70), "id": "5000.7"},
		{"id": "5000.0", "first": at(73)},
	}, calls))
}

func TestMonitorsOfOneSessionAreSessions(t *testing.T) {
	t.Parallel()
	s := NewScene()
	l := []*Line{opened(s, desk(1), 15, "a")}
	for _, monitor := range []int64{3, 4} {
		tell(s, 1, l, "BEGIN_CALL_EVENT", of(7, "a", Num("MonitorID", monitor)))
		tell(s, 2, l, "CALL_HELD_EVENT", of(7, "a", Num("MonitorID", monitor)))
		tell(s, 3, l, "CALL_RETRIEVED_EVENT", of(7, "a", Num("MonitorID", monitor)))
		tell(s, 4, l, "CALL_HELD_EVENT", of(7, "a", Num("MonitorID", monitor)))
	}
	tell(s, 6, l, "END_CALL_EVENT", of(7, "a", Num("MonitorID", 3)))
	tell(s, 7, l, "BEGIN_CALL_EVENT", of(7, "a", Num("MonitorID", 3))) // open for the other: still the same call
	require.Empty(t, Difference([]Object{{"holds": 2, "held": at(2), "sessions": []any{1}, "last": at(7)}}, Tell(s.Capture()).Calls))
}

func TestConsultationGivenLater(t *testing.T) {
	t.Parallel()
	s := NewScene()
	l := opened(s, desk(1), 15, "a")
	tell(s, 1, []*Line{l}, "BEGIN_CALL_EVENT", of(7, "a"))
	for i, wait := range []float64{9, 11} {
		n := int64(i + 1)
		s.At(20 * float64(n))
		l.Client("CONSULTATION_CALL_REQ", Num("InvokeID", 10+n), Num("PeripheralID", 5000), Num("ActiveConnectionCallID", 7), Str("ActiveConnectionDeviceID", "a"))
		l.Server("CONSULTATION_CALL_CONF", Num("InvokeID", 10+n), Num("NewConnectionCallID", 7+n), Str("NewConnectionDeviceID", "b"))
		tell(s, 20*float64(n)+wait, []*Line{l}, "BEGIN_CALL_EVENT", of(7+n, "b"))
	}
	require.Empty(t, Difference([]Object{
		{"contact": 1, "links": []any{Object{"how": "consult", "call": 2}}},
		{"contact": 1, "links": []any{Object{"how": "consult", "call": 1}}},
		{"contact": 3, "links": []any{}}, // 11 s are too many
	}, Tell(s.Capture()).Calls))
}
