package chronicle

import (
	"net/netip"
	"testing"

	"github.com/stretchr/testify/require"
)

var (
	serverA = netip.MustParseAddrPort("10.9.0.5:42027")
	serverB = netip.MustParseAddrPort("10.9.0.6:43067")
)

func desk(n byte) netip.AddrPort {
	return netip.AddrPortFrom(netip.AddrFrom4([4]byte{10, 1, 0, n}), 50000)
}

// at is the time so many seconds after the start of scenes.
func at(seconds float64) string {
	return moment(Start.UnixNano() + int64(seconds*1e6+0.5)*1000)
}

// opened is a line whose session is open, with a call mask.
func opened(s *Scene, client netip.AddrPort, version int, id string) *Line {
	l := s.Connect(client, serverA, version)
	l.Client("OPEN_REQ", Num("InvokeID", 1), Num("VersionNumber", int64(version)), Num("IdleTimeout", 240),
		Num("PeripheralID", 0xffffffff), Num("ServicesRequested", 0x10), Num("CallMsgMask", 0x0fffffff), Num("AgentStateMask", 0x3fff), Str("ClientID", id))
	l.Server("OPEN_CONF", Num("InvokeID", 1), Num("ServicesGranted", 0x10), Num("PeripheralType", 17), Num("SessionType", 1))
	return l
}

func TestSessions(t *testing.T) {
	t.Parallel()
	s := NewScene()
	l := opened(s, desk(1), 24, "desk-1")
	for i := range 3 {
		s.At(10 * float64(i+1))
		l.Client("HEARTBEAT_REQ", Num("InvokeID", int64(i+2)))
		s.At(10*float64(i+1) + 0.25)
		l.Server("HEARTBEAT_CONF", Num("InvokeID", int64(i+2)))
	}
	s.At(31)
	l.Client("CLOSE_REQ", Num("InvokeID", 5), Num("Status", 0))
	s.At(32)
	l.Server("CLOSE_CONF", Num("InvokeID", 5))
	s.At(33)
	l.Reset(false)
	s.At(40)
	r := s.Connect(desk(2), serverB, 9)
	r.Client("OPEN_REQ", Num("InvokeID", 1), Num("VersionNumber", 9), Num("IdleTimeout", 0xffffffff), Num("PeripheralID", 5000), Str("ClientID", "x"), Str("AgentID", "7"))
	s.At(40.5)
	r.Server("FAILURE_CONF", Num("InvokeID", 1), Num("Status", 92))
	open := opened(s, desk(3), 20, "desk-3")
	s.At(50)
	open.Server("SYSTEM_EVENT", Num("SystemEventID", 1))

	lines := Tell(s.Capture()).Sessions
	require.Len(t, lines, 3)
	require.Empty(t, Difference([]Object{{
		"kind": "session", "session": 1, "client": "10.1.0.1:50000", "server": "10.9.0.5:42027", "side": "A", "connected": at(0), "frame": 1,
		"version": 24, "client_id": "desk-1", "signature": nil, "peripheral": nil, "idle_timeout_s": 240, "agent": nil, "activated": nil,
		"session_type": Object{"value": 1, "name": "Active"}, "monitors": []any{}, "failures": 0, "unknown": []any{},
		"services_granted": Object{"value": 16, "names": []any{"CTI_SERVICE_ALL_EVENTS"}},
		"closed":           Object{"time": at(31), "by": "client", "how": "close", "status": Object{"value": 0, "name": "E_CTI_NO_ERROR"}},
		"messages":         Object{"client": 5, "server": 5}, "requests": Object{"answered": 5, "refused": 0, "unanswered": 0, "unknown": 0, "orphan": 0},
		"heartbeat": Object{"count": 3, "unanswered": 0, "refused": 0, "interval_s": 10, "worst_answer_ms": 250},
		"last":      at(32),
	}}, lines[:1]))
	require.Empty(t, Difference([]Object{{
		"side": "B", "agent": Object{"id": "7", "extension": nil, "instrument": nil}, "idle_timeout_s": nil, "peripheral": 5000, "services_granted": nil,
		"session_type": nil, "closed": Object{"how": "refused", "by": "server", "status": Object{"value": 92}},
		"opened": Object{"outcome": "refused", "status": Object{"value": 92}}, "failures": 1, "unknown": []any{},
	}}, lines[1:2]))
	require.Empty(t, Difference([]Object{{"closed": nil, "unknown": []any{"closed", "heartbeat.worst_gap_s"}}}, lines[2:]))
}

func TestRequests(t *testing.T) {
	t.Parallel()
	s := NewScene()
	l := opened(s, desk(1), 15, "desk-1")
	ask := func(seconds float64, name string, id int64) { s.At(seconds); l.Client(name, Num("InvokeID", id)) }
	ask(1, "HEARTBEAT_REQ", 7)    // never answered, its limit passes
	ask(2, "RELEASE_CALL_REQ", 7) // the same id while it is in use
	s.At(3)
	l.Server("RELEASE_CALL_CONF", Num("InvokeID", 7))
	ask(4, "ANSWER_CALL_REQ", 8)
	s.At(30) // late: still its answer
	l.Server("CONTROL_FAILURE_CONF", Num("InvokeID", 8), Num("FailureCode", 12), Num("PeripheralErrorCode", 13036))
	l.Server("RELEASE_CALL_CONF", Num("InvokeID", 99))
	l.Server("RELEASE_CALL_CONF", Num("InvokeID", 7)) // a second part
	ask(40, "RELEASE_CALL_REQ", 10)
	s.At(45)
	l.Finish(true)
	other := opened(s, desk(2), 15, "desk-2")
	s.At(50)
	other.Client("RELEASE_CALL_REQ", Num("InvokeID", 2))

	story := Tell(s.Capture())
	require.Empty(t, Difference([]Object{
		{"name": "OPEN_REQ", "outcome": "answered", "answer": Object{"name": "OPEN_CONF"}, "answers": 1},
		{"name": "HEARTBEAT_REQ", "outcome": "unanswered", "why": nil, "reused": false, "answer": nil, "answers": 0},
		{"name": "RELEASE_CALL_REQ", "outcome": "answered", "reused": true, "answer_ms": 1000, "answers": 2, "answer": Object{"time": at(3)}},
		{"name": "ANSWER_CALL_REQ", "outcome": "refused", "answer_ms": 26000, "failure": Object{"value": 12,
			"peripheral_error": Object{"value": 13036, "name": "PERERR_GW_E_JTAPIOBJ_PERFORMANSWERCALL_NO_TERMINAL_CONNECTION", "layer": "GW_E"}}},
		{"name": "RELEASE_CALL_CONF", "outcome": "orphan", "from": "server", "invoke_id": 99},
		{"name": "RELEASE_CALL_REQ", "outcome": "unanswered", "why": "session-ended"},
		{"name": "OPEN_REQ", "session": 2},
		{"name": "RELEASE_CALL_REQ", "outcome": "unknown", "why": "after-capture", "unknown": []any{"answer", "answer_ms", "failure"}},
	}, story.Requests))
	require.Empty(t, Difference([]Object{
		{"name": "OPEN_REQ", "count": 2, "outcomes": Object{"answered": 2}},
		{"name": "HEARTBEAT_REQ", "count": 1, "p50_ms": nil},
		{"name": "RELEASE_CALL_REQ", "count": 3, "outcomes": Object{"answered": 1, "unanswered": 1, "unknown": 1}, "p50_ms": 1000, "max_ms": 1000},
		{"name": "RELEASE_CALL_CONF", "outcomes": Object{"orphan": 1}},
		{"name": "ANSWER_CALL_REQ", "outcomes": Object{"refused": 1}, "p99_ms": 26000},
	}, story.RequestTypes))
}

func TestDifference(t *testing.T) {
	t.Parallel()
	a := []Object{{"kind": "call", "call": 1, "unknown": []any{"a", "b"}, "list": []any{1, Object{"x": nil}}}}
	require.Empty(t, Difference(a, []Object{{"kind": "call", "call": 1.0000001, "unknown": []any{"b", "a"}, "list": []any{1, Object{"x": nil}}, "more": 1}}))
	require.Equal(t, "line 1 (kind call, call 1): list[1].x is 2, want null",
		Difference(a, []Object{{"kind": "call", "call": 1, "unknown": []any{"b", "a"}, "list": []any{1, Object{"x": 2}}}}))
	require.Contains(t, Difference(a, nil), "line 1 is missing")
	require.Contains(t, Difference(nil, a), "line 1 is too many")
	require.Contains(t, Difference(a, []Object{{"kind": "call", "call": 1, "unknown": []any{"a", "b", "c"}, "list": a[0]["list"]}}), "c is told to be unknown")
	require.Contains(t, Difference(a, []Object{{"kind": "call", "call": 1, "unknown": []any{"a"}, "list": a[0]["list"]}}), "b is not told")
	require.Contains(t, Difference(a, []Object{{"kind": "call"}}), "call is not there, want 1")
	require.Empty(t, Difference(a, []Object{{"kind": "call"}}, "call", "unknown", "list"))
}
