package story_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"ctiscope/traffic/wire"
)

func TestSessionThatIsClosedInGoodOrder(t *testing.T) {
	s := newScene(t, 15)
	s.open(1, "AgentID", "10017", "CallMsgMask", 0xffffffff)
	s.say(31, "HEARTBEAT_REQ", "InvokeID", 2)
	s.say(31.004, "HEARTBEAT_CONF", "InvokeID", 2)
	s.say(61, "HEARTBEAT_REQ", "InvokeID", 3)
	s.say(61.001, "HEARTBEAT_CONF", "InvokeID", 3)
	s.say(70, "CLOSE_REQ", "InvokeID", 4, "Status", 15)
	s.say(70.001, "CLOSE_CONF", "InvokeID", 4)
	s.conn.Finish(at(70.5), wire.FromClient)
	l := s.session()
	require.Empty(t, l["unknown"])
	for path, want := range map[string]any{
		"client": "10.1.0.3:50003", "server": "10.9.0.5:42027", "side": "A", "version": 15., "version_source": "open",
		"client_id": "desk-1", "peripheral": 5000., "idle_timeout_s": 120., "call_mask": nil, "agent.id": "10017",
		"connected": "2026-01-01T00:00:00.000000000Z", "opened.outcome": "granted", "opened.answer_ms": 2., "session_type": nil,
		"closed.how": "close", "closed.by": "client", "closed.status.name": "E_CTI_CTI_SERVER_OFFLINE",
		"heartbeat.count": 2., "heartbeat.interval_s": 30., "heartbeat.worst_gap_s": 30., "heartbeat.worst_answer_ms": 4.,
		"requests.answered": 4., "failures": 0., "messages.client": 4., "holes.count": 0.,
	} {
		require.Equal(t, want, l.get(path), path)
	}
	monitors := l["monitors"].([]any)
	require.Len(t, monitors, 1)
	require.Equal(t, "2026-01-01T00:01:10.000000000Z", monitors[0].(map[string]any)["to"])
}

func TestHowASessionEnds(t *testing.T) {
	for name, c := range map[string]struct {
		happens func(s *scene)
		how, by any
	}{
		"fin of the server": {func(s *scene) { s.conn.Finish(at(10), wire.FromServer) }, "fin", "server"},
		"reset":             {func(s *scene) { s.conn.Reset(at(10), wire.FromClient) }, "reset", "client"},
		"failure":           {func(s *scene) { s.say(9, "FAILURE_EVENT", "Status", 15); s.conn.Reset(at(10), wire.FromServer) }, "failure_event", "server"},
		"failure long ago":  {func(s *scene) { s.say(9, "FAILURE_EVENT", "Status", 15); s.conn.Reset(at(20), wire.FromServer) }, "reset", "server"},
		"maintenance":       {func(s *scene) { s.say(9, "FAILURE_EVENT", "Status", 110) }, "maintenance", "server"},
		"stopping":          {func(s *scene) { s.say(9, "STOPPING_REQUESTS_TO_THIS_SIDE_IND") }, "maintenance", "client"},
		"still open":        {func(*scene) {}, nil, nil},
		"close was lost": {func(s *scene) {
			s.say(8, "CLOSE_REQ", "InvokeID", 4)
			s.lose()
			s.conn.Finish(at(9), wire.FromClient)
		}, nil, nil},
		"close was lost long ago": {func(s *scene) {
			s.say(8, "HEARTBEAT_REQ", "InvokeID", 4)
			s.lose()
			s.say(9, "HEARTBEAT_REQ", "InvokeID", 5)
			s.conn.Finish(at(40), wire.FromClient)
		}, "fin", "client"},
	} {
		s := newScene(t, 24)
		s.open(1)
		c.happens(s)
		l := s.session()
		require.Equal(t, c.how, l.get("closed.how"), name)
		require.Equal(t, c.by, l.get("closed.by"), name)
		require.Equal(t, c.how == nil, l.unknown("closed") || l.unknown("closed.how"), name)
	}
}

func TestSessionThatWasRefused(t *testing.T) {
	s := newScene(t, 15)
	s.say(1, "OPEN_REQ", "InvokeID", 1, "VersionNumber", 15, "ClientID", "desk-1", "PeripheralID", -1)
	s.say(1.5, "FAILURE_CONF", "InvokeID", 1, "Status", 107)
	s.conn.Reset(at(2), wire.FromServer)
	l := s.session()
	require.Empty(t, l["unknown"])
	require.Equal(t, "refused", l.get("opened.outcome"))
	require.Equal(t, 107., l.get("opened.status.value"))
	require.Equal(t, "refused", l.get("closed.how"))
	require.Nil(t, l["peripheral"])
	require.Nil(t, l["services_granted"])
}

func TestStandbySession(t *testing.T) {
	s := newScene(t, 24)
	s.say(1, "OPEN_REQ", "InvokeID", 1, "VersionNumber", 24, "ClientID", "desk-1")
	s.say(1.5, "OPEN_CONF", "InvokeID", 1, "SessionType", 2)
	require.True(t, s.session().unknown("activated"))
	s.say(9, "STANDBY_ACTIVE_EVENT_MSG")
	require.Equal(t, "2026-01-01T00:00:09.000000000Z", s.session()["activated"])
}

func TestMonitors(t *testing.T) {
	s := newScene(t, 15)
	s.open(1)
	s.say(2, "MONITOR_START_REQ", "InvokeID", 2, "PeripheralID", 5000, "MonitoredDeviceID", "3001")
	s.say(2.1, "MONITOR_START_CONF", "InvokeID", 2, "MonitorID", 7)
	s.say(3, "MONITOR_START_REQ", "InvokeID", 3, "PeripheralID", 5000, "ConnectionCallID", 99, "ConnectionDeviceID", "x")
	s.say(3.1, "MONITOR_START_CONF", "InvokeID", 3, "MonitorID", 8)
	s.say(4, "MONITOR_START_REQ", "InvokeID", 4, "PeripheralID", 5000, "MonitoredDeviceID", "3009")
	s.say(4.1, "FAILURE_CONF", "InvokeID", 4, "Status", 12)
	s.say(5, "MONITOR_STOP_REQ", "InvokeID", 5, "MonitorID", 7)
	s.say(5.1, "MONITOR_STOP_CONF", "InvokeID", 5)
	s.say(6, "CALL_CLEARED_EVENT", "PeripheralID", 5000, "ConnectionCallID", 99, "MonitorID", 8)
	l := s.session()
	var told []string
	for _, m := range l["monitors"].([]any) {
		k := line(m.(map[string]any))
		to, _ := k["to"].(string)
		told = append(told, k["kind"].(string)+" "+to)
	}
	require.Equal(t, []string{"open ", "device 2026-01-01T00:00:05.100000000Z", "call 2026-01-01T00:00:06.000000000Z"}, told)
	require.True(t, l.unknown("monitors[0].to"))
	require.False(t, l.unknown("monitors[1].to"))
}
