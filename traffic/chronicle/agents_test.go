package chronicle

import (
	"testing"

	"ctiscope/decode"

	"github.com/stretchr/testify/require"
)

// state are the fields of a change of an agent's state.
func state(agent string, to, reason int64, more ...decode.Setting) []decode.Setting {
	return append([]decode.Setting{Num("PeripheralID", 5000), Num("PeripheralType", 17), Num("AgentState", to), Num("EventReasonCode", reason),
		Num("MRDID", 1), Num("ICMAgentID", 5077), Num("SkillGroupNumber", 0xffffffff), Str("AgentID", agent), Str("AgentInstrument", "3001")}, more...)
}

func TestAgents(t *testing.T) {
	t.Parallel()
	s := NewScene()
	both := []*Line{opened(s, desk(1), 15, "a"), opened(s, desk(2), 12, "b")}
	say := func(seconds float64, to, reason int64, more ...decode.Setting) {
		tell(s, seconds, both, "AGENT_STATE_EVENT", state("77", to, reason, more...))
	}
	ask := func(seconds float64, to int64) {
		s.At(seconds)
		both[0].Client("SET_AGENT_STATE_REQ", Num("InvokeID", int64(seconds*10)), Num("PeripheralID", 5000), Num("AgentState", to), Str("AgentID", "77"))
		both[0].Server("SET_AGENT_STATE_CONF", Num("InvokeID", int64(seconds*10)))
	}
	say(1, 1, 0)
	ask(2, 0)
	say(3, 0, 0, Num("NumFltSkillGroups", 1), Num("FltSkillGroupNumber", 4), Num("FltSkillGroupID", 44), Num("FltSkillGroupPriority", 0), Num("FltSkillGroupState", 2))
	say(3.5, 2, 7)
	say(3.7, 2, 7) // of another skill group: the same entry
	say(20, 4, 0, Num("StateDuration", 5))
	ask(25, 2)
	say(60, 2, 0)
	say(70, 1, 20001)

	story := Tell(s.Capture())
	require.Empty(t, Difference([]Object{{
		"agent": "77", "peripheral": 5000, "mrd": 1, "icm_agent": 5077, "extension": nil, "instrument": "3001", "sessions": []any{1, 2},
		"skill_groups": []any{Object{"number": 4, "id": 44}}, "sign_ins": 1, "sign_outs": 1, "forced_sign_outs": 1, "state": Object{"value": 1},
	}}, story.Agents))
	require.Empty(t, Difference([]Object{
		{"state": Object{"value": 1}, "time": at(1), "until": at(3), "seconds": 2, "asked": nil, "forced": false, "reason": nil},
		{"state": Object{"value": 0, "name": "AGENT_STATE_LOGIN"}, "until": at(3.5), "asked": Object{"time": at(2), "session": 1},
			"skill_groups": []any{Object{"number": 4, "id": 44, "state": Object{"value": 2}}}},
		{"state": Object{"value": 2}, "reason": Object{"value": 7}, "time": at(3.5), "until": at(20), "asked": nil},
		{"state": Object{"value": 4}, "since": at(15), "until": at(60), "seconds": 45},
		{"state": Object{"value": 2}, "asked": Object{"time": at(25)}, "seconds": 10}, // asked for while talking
		{"state": Object{"value": 1}, "forced": true, "reason": Object{"value": 20001}, "until": nil, "unknown": []any{"until", "seconds"}},
	}, story.AgentStates))
	require.Empty(t, Difference([]Object{{"states": []any{
		Object{"state": Object{"value": 0}, "count": 1, "seconds": 0.5}, Object{"state": Object{"value": 1}, "count": 2, "seconds": 2},
		Object{"state": Object{"value": 2}, "count": 2, "seconds": 26.5}, Object{"state": Object{"value": 4}, "count": 1, "seconds": 45},
	}}}, story.Agents))
}

func TestUserMessages(t *testing.T) {
	t.Parallel()
	s := NewScene()
	a, b := opened(s, desk(1), 15, "a"), opened(s, desk(2), 15, "b")
	send := func(seconds float64, id, to int64, text string, more ...decode.Setting) {
		s.At(seconds)
		a.Client("USER_MESSAGE_REQ", append([]decode.Setting{Num("InvokeID", id), Num("PeripheralID", 5000), Num("Distribution", to), Str("Text", text)}, more...)...)
	}
	send(1, 2, 0, "hello", Str("ClientID", "b"))
	b.Server("USER_MESSAGE_EVENT", Num("Distribution", 0), Str("ClientID", "a"), Str("Text", "hello"))
	a.Server("USER_MESSAGE_CONF", Num("InvokeID", 2))
	send(2, 3, 0, "lost", Str("ClientID", "b"))
	a.Server("USER_MESSAGE_CONF", Num("InvokeID", 3))
	send(3, 4, 2, "team")
	a.Server("FAILURE_CONF", Num("InvokeID", 4), Num("Status", 14))
	s.At(5)
	b.Server("USER_MESSAGE_EVENT", Num("Distribution", 3), Str("ClientID", "other"), Str("Text", "all"))
	s.At(30)
	send(31, 5, 0, "late")
	require.Empty(t, Difference([]Object{
		{"session": 1, "from_client": "a", "text": "hello", "outcome": "confirmed", "delivered": "yes", "deliveries": []any{Object{"session": 2}},
			"recipient": Object{"client_id": "b", "agent": nil}, "broken": []any{}, "unknown": []any{}},
		{"text": "lost", "outcome": "confirmed", "delivered": "no", "deliveries": []any{}},
		{"text": "team", "outcome": "refused", "delivered": "no", "status": Object{"value": 14}, "broken": []any{"agent"}},
		{"text": "all", "session": nil, "from_client": "other", "deliveries": []any{Object{"session": 2, "time": at(5)}}},
		{"text": "late", "outcome": "unknown", "delivered": "unknown", "broken": []any{"client-id"}, "unknown": []any{"status", "answer_ms"}},
	}, Tell(s.Capture()).UserMessages))
}
