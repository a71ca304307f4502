package output

import (
	"testing"
	"time"

	"ctiscope/decode"
	"ctiscope/decode/schema"
	"ctiscope/reassembly"
	"ctiscope/session"
)

// story is a short session as an engineer could meet it: an agent signs in and
// is called, a request fails, and the capture has a hole.
func story(t testing.TB) []*session.Record {
	list := []*session.Record{
		{Kind: session.StartEvent},
		record(t, "OPEN_REQ", 15, num("InvokeID", 1), num("VersionNumber", 15), num("IdleTimeout", 120), num("PeripheralID", 5000),
			num("ServicesRequested", 0x15), num("CallMsgMask", 0x3ffff), num("AgentStateMask", 0x3ff),
			str("ClientID", "desk-10017"), str("ClientPassword", "geheim"), str("AgentExtension", "3001")),
		answering(record(t, "OPEN_CONF", 15, num("InvokeID", 1), num("ServicesGranted", 0x15), num("MonitorID", 1),
			num("ICMCentralControllerTime", start.Unix()), num("PeripheralOnline", 1), num("PeripheralType", 17),
			str("AgentExtension", "3001"), str("AgentInstrument", "3001")), "OPEN_REQ", 1234*time.Microsecond),
		record(t, "SET_AGENT_STATE_REQ", 15, num("InvokeID", 2), num("PeripheralID", 5000), num("AgentState", 0),
			str("AgentInstrument", "3001"), str("AgentID", "10017"), str("AgentPassword", "geheim")),
		answering(record(t, "CONTROL_FAILURE_CONF", 15, num("InvokeID", 2), num("FailureCode", 259), num("PeripheralErrorCode", 10112)),
			"SET_AGENT_STATE_REQ", 80*time.Millisecond),
		notReady(t),
		record(t, "BEGIN_CALL_EVENT", 15, num("MonitorID", 1), num("PeripheralID", 5000), num("PeripheralType", 17), num("NumCTIClients", 1),
			num("CallType", 1), num("ConnectionCallID", 16777217), num("CalledPartyDisposition", schema.None16),
			str("ConnectionDeviceID", "3001"), str("ANI", "0791234567"), str("DNIS", "8000"), str("DialedNumber", "8000"),
			str("CTIClientSignature", "desk-10017"), num("CTIClientTimestamp", start.Unix())),
		delivered(t),
		gap(),
		record(t, "HEARTBEAT_REQ", 15, num("InvokeID", 3)),
		answering(record(t, "HEARTBEAT_CONF", 15, num("InvokeID", 3)), "HEARTBEAT_REQ", 312*time.Microsecond),
		record(t, "CALL_CONNECTION_CLEARED_EVENT", 15, num("ConnectionCallID", 16777217), num("LocalConnectionState", 0), num("EventCause", 28),
			str("ConnectionDeviceID", "3001"), str("ReleasingDeviceID", "3001")),
		record(t, "CALL_DATA_UPDATE_EVENT", 15, num("NumNamedVariables", 2), num("NumNamedArrays", 1), num("ConnectionCallID", 16777217),
			num("NewConnectionCallID", 16777217), num("CallType", 1), num("CalledPartyDisposition", 13), str("ANI", "0791234567"),
			str("CallVariable1", "gold customer"), str("CallVariable7", "Grüezi\x1b[2J"), variable("user.account", "4711-0815"),
			variable("user.language", "de"), element("user.menu", 1, "sales")),
		record(t, "USER_MESSAGE_REQ", 15, num("InvokeID", 4), num("PeripheralID", schema.None32), num("Distribution", 2), str("Text", "please take line two, the customer of the bank waits since ten minutes\x07")),
		record(t, "HEARTBEAT_REQ", 15, num("InvokeID", 5), decode.Setting{Tag: 55, Bytes: []byte("x")}, str("AgentID", "1001")),
		decoded([]byte{0, 0, 0, 6, 0, 0, 1, 0x2c, 1, 2, 3, 4, 5, 255}, 15),
		{Kind: session.FindingEvent, Code: "tls", Text: `client hello on a plain port, server name "cti.example"`},
		{Kind: session.EndEvent, Cause: reassembly.Reset},
	}
	at := start
	for i, r := range list {
		if r.Info == nil {
			r.Info = newInfo()
			r.Dir = reassembly.BtoA
		}
		at = at.Add(time.Duration(i*i) * 1733 * time.Microsecond)
		if r.Request.Type != 0 {
			r.Request.Mark.Time += at.UnixNano() - r.Mark.Time
		}
		r.Mark = reassembly.Mark{Number: int64(10 + i), Time: at.UnixNano(), Digits: 6}
		if i < 2 {
			r.Info.ClientID = ""
		}
	}
	return list
}
