package output

import (
	"slices"
	"strings"
	"testing"
	"time"

	"ctiscope/text"

	"github.com/stretchr/testify/require"

	"ctiscope/decode"
	"ctiscope/decode/schema"
	"ctiscope/session"
)

func summarize(r *session.Record) string {
	s := newSummary(newPlans(), Options{})
	return string(s.append(nil, r))
}

func TestTemplatesNameFieldsOfTheirMessages(t *testing.T) {
	l := newPlans()
	var missing []string
	for name := range templates {
		def := schema.CCE().ByName(name)
		require.NotNil(t, def, "no message is called %s", name)
		plan := l.of(&decode.Message{Codec: decode.CCE(), Def: def})
		for field := range plan.wanted {
			if !hasField(def, field) {
				missing = append(missing, name+"."+field)
			}
		}
		for _, p := range plan.summary {
			require.True(t, p.show == variablesForm || p.show == wordsForm || len(p.fields) > 0)
		}
	}
	require.Empty(t, missing)
}

func hasField(def *schema.Message, name string) bool {
	named := func(f *schema.Field) bool { return f.Name == name }
	for _, a := range def.Alternatives {
		if slices.ContainsFunc(a.Fields, named) {
			return true
		}
	}
	return slices.ContainsFunc(def.Fixed, named) || slices.ContainsFunc(def.Floating, named)
}

func TestTemplatesUseKnownForms(t *testing.T) {
	for name, template := range templates {
		for _, text := range strings.FieldsFunc(template, func(r rune) bool { return r == ',' || r == ';' }) {
			if _, form, ok := strings.Cut(text, "%"); ok {
				_, known := forms[strings.TrimSpace(form)]
				require.True(t, known || schema.CCE().TableByName(strings.TrimSpace(form)) != nil, "%s: %s", name, form)
			}
		}
	}
}

// A message that holds more than an InvokeID has to be summed up.
func TestEveryMessageHasATemplate(t *testing.T) {
	for _, def := range schema.CCE().Messages() {
		bare := len(def.Floating) == 0 && (len(def.Fixed) == 0 || len(def.Fixed) == 1 && def.HasInvokeID())
		if def.HasLayout && !bare {
			require.Contains(t, templates, def.Name)
		}
	}
}

func TestSummaries(t *testing.T) {
	tests := []struct {
		name string
		r    *session.Record
		want string
	}{
		{"agent", notReady(t),
			"not ready, agent 10017 ext 3001, reason 50002 (Client failed: desktop closed, heartbeats missed, or desktop server failed), skill 42"},
		{"call", delivered(t),
			"call 16777217, 0791234567 -> 3001, dialed 8000, skill 42, state alerting, cause new call"},
		{"begin", record(t, "BEGIN_CALL_EVENT", 15, num("CallType", 1), num("ConnectionCallID", 5), num("CalledPartyDisposition", schema.None16),
			str("ConnectionDeviceID", "3001"), str("ANI", "0791234567"), str("DialedNumber", "8000"), num("RouterCallKeyDay", 152000), num("RouterCallKeyCallID", 77)),
			"call 5, acd in, 0791234567, dialed 8000, at 3001, router call 77 day 152000"},
		{"renamed call", record(t, "CALL_DATA_UPDATE_EVENT", 15, num("ConnectionCallID", 5), num("NewConnectionCallID", 6), num("CallType", 1),
			num("CalledPartyDisposition", schema.None16), str("CallVariable3", `say "hi"`), element("user.list", 2, "x")),
			`call 5, now call 6, acd in, CallVariable3="say \"hi\"", user.list[2]="x"`},
		{"same call", record(t, "CALL_DATA_UPDATE_EVENT", 15, num("ConnectionCallID", 5), num("NewConnectionCallID", 5), num("CallType", 1),
			num("CalledPartyDisposition", 14)),
			"call 5, acd in, disposition disconnect drop handled other"},
		{"open", record(t, "OPEN_REQ", 15, num("VersionNumber", 15), num("IdleTimeout", 120), num("PeripheralID", schema.None32),
			num("ServicesRequested", 0x80000014), str("ClientID", "desk 1"), str("ClientPassword", "geheim"), str("AgentExtension", "3001")),
			`client "desk 1", version 15, services client control + all events + debug, idle timeout 120 s, ext 3001`},
		{"opened", answering(record(t, "OPEN_CONF", 15, num("ServicesGranted", 16), num("PeripheralOnline", 1), num("PeripheralType", 17)),
			"OPEN_REQ", 1234567*time.Nanosecond),
			"services all events, PG normal, peripheral online, enterprise agent, after 1.234 ms"},
		{"refused open", answering(record(t, "FAILURE_CONF", 15, num("Status", 15)), "OPEN_REQ", 2*time.Second),
			"OPEN_REQ refused: E_CTI_CTI_SERVER_OFFLINE (Server stops serving; or it is standby and the client older than version 24), after 2 s"},
		{"refused login", answering(record(t, "CONTROL_FAILURE_CONF", 15, num("FailureCode", 70), num("PeripheralErrorCode", 10112)), "SET_AGENT_STATE_REQ", 80*time.Millisecond),
			"SET_AGENT_STATE_REQ refused: CF_GENERIC_UNSPECIFIED_REJECTION (Usual code when the peripheral refuses; the cause is in PeripheralErrorCode), " +
				"peripheral error 10112 PERERR_TELDRIVE_CANTLOGOUTFROMCURRENTSTATE from telephony driver layer of the PIM (Agent must be not ready before logging out), after 80 ms"},
		{"unknown refusal", record(t, "FAILURE_CONF", 15, num("Status", 999)), "Status 999 (not in the guide)"},
		{"user message", record(t, "USER_MESSAGE_REQ", 15, num("PeripheralID", schema.None32), num("Distribution", 1), str("Text", "please \x1b[2Jhelp\n")),
			`to supervisor, "please \x1b[2Jhelp\n"`},
		{"system event", record(t, "SYSTEM_EVENT", 15, num("SystemEventID", 10), num("SystemEventArg1", 5000), str("Text", "3001")),
			`instrument out of service, args 5000, "3001"`},
		{"make call", record(t, "MAKE_CALL_REQ", 15, str("AgentInstrument", "3001"), str("DialedNumber", "0791234567"), num("SkillGroupNumber", schema.None32)),
			"3001 -> 0791234567"},
		{"number without words", record(t, "REGISTER_SERVICE_REQ", 15, str("ServiceName", "router"), num("ServerMode", 77)),
			"service router, ServerMode 77"},
		{"heartbeat", record(t, "HEARTBEAT_REQ", 15, num("InvokeID", 4)), ""},
		{"heartbeat answered", answering(record(t, "HEARTBEAT_CONF", 15, num("InvokeID", 4)), "HEARTBEAT_REQ", 312*time.Microsecond), "after 0.312 ms"},
		{"configuration", record(t, "CONFIG_AGENT_EVENT", 15, num("NumRecords", 5), num("RecordType", 1), str("LoginID", "1"), num("RecordType", 1), str("LoginID", "2"),
			str("LoginID", "3"), str("LoginID", "4"), str("LoginID", "5")),
			"5 records change, agents 1, 2, 3 and 2 more"},
		{"no error", record(t, "SET_AGENT_SERVICE_DATA_CONF", 24, num("InvokeID", 3), num("Status", 0)), "E_CTI_NO_ERROR (no error)"},
		{"no error at a close", record(t, "CLOSE_REQ", 15, num("Status", 0)), "E_CTI_NO_ERROR (In CLOSE_REQ: the client ends the session on purpose)"},
		{"records of several kinds", record(t, "CONFIG_AGENT_SERVICE_EVENT", 24, num("NumRecords", 3), num("RecordType", 0), num("AgentSkillTargetID", 2),
			num("RecordType", 0), num("AgentSkillTargetID", 2), num("RecordType", 1), num("AgentSkillTargetID", 4)),
			"3 records (2 add, 1 change), skill targets 2, 2, 4"},
		{"AgentID under the tag of the other dialect", record(t, "QUERY_AGENT_STATISTICS_REQ", 15, num("PeripheralID", 5000), tagged(194, "1002")),
			"agent 1002, peripheral 5000"},
		{"without layout", decoded([]byte{0, 0, 0, 4, 0, 0, 0, 151, 1, 2, 3, 4}, 15), "4 bytes not decoded"},
		{"not in the guide", decoded([]byte{0, 0, 0, 1, 0, 0, 1, 0x2c, 1}, 15), "1 byte not decoded"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			require.Equal(t, test.want, summarize(test.r))
		})
	}
}

func TestDelay(t *testing.T) {
	for ns, want := range map[int64]string{
		0: "0 ms", 1_000: "0.001 ms", 12_345_678: "12.345 ms", 999_999_999: "999.999 ms",
		1_000_000_000: "1 s", 61_500_000_000: "61.5 s", -2_000_000: "-2 ms",
	} {
		require.Equal(t, want, string(text.AppendDelay(nil, ns)))
	}
}

// What the wire says must not reach a terminal as a command, wherever it shows.
func TestSummaryIsOneCleanLine(t *testing.T) {
	evil := "\x1b]0;x\x07\r\n\x9b31m\u202e\u2066"
	for _, def := range schema.CCE().Messages() {
		if !def.HasLayout {
			continue
		}
		var values []decode.Setting
		for _, f := range def.Floating {
			if f.Type == schema.String && f.Tag != 0 && f.In(24) {
				values = append(values, str(f.Name, evil))
			}
		}
		frame, err := decode.CCE().AppendMessage(nil, def, 24, values)
		require.NoError(t, err)
		requireClean(t, []byte(summarize(decoded(frame, 24))))
	}
}
