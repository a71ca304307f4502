package schema

import (
	"testing"

	"github.com/stretchr/testify/require"
)

type sizeSpan struct{ from, to, size int }

// fixedSizes are the sizes in bytes of fixed parts that differ between versions.
var fixedSizes = map[string][]sizeSpan{
	"FAILURE_CONF":                      {{5, 25, 8}},
	"OPEN_CONF":                         {{5, 5, 22}, {6, 18, 26}, {19, 23, 30}, {24, 25, 32}},
	"CALL_DELIVERED_EVENT":              {{5, 6, 40}, {7, 9, 50}, {10, 25, 54}},
	"CALL_TRANSLATION_ROUTE_EVENT":      {{5, 5, 0}, {6, 25, 4}},
	"BEGIN_CALL_EVENT":                  {{5, 5, 20}, {6, 7, 24}, {8, 25, 26}},
	"CALL_DATA_UPDATE_EVENT":            {{5, 5, 26}, {6, 7, 30}, {8, 25, 40}},
	"SET_CALL_DATA_REQ":                 {{5, 5, 14}, {6, 7, 18}, {8, 25, 30}},
	"AGENT_STATE_EVENT":                 {{5, 5, 28}, {6, 7, 30}, {8, 8, 34}, {9, 9, 56}, {10, 18, 58}, {19, 25, 62}},
	"SYSTEM_EVENT":                      {{5, 5, 20}, {6, 9, 24}, {10, 25, 26}},
	"CALL_REACHED_NETWORK_EVENT":        {{5, 6, 24}, {7, 25, 28}},
	"QUERY_AGENT_STATE_REQ":             {{5, 8, 8}, {9, 25, 16}},
	"QUERY_AGENT_STATE_CONF":            {{5, 8, 8}, {9, 18, 30}, {19, 25, 34}},
	"SET_AGENT_STATE_REQ":               {{5, 5, 14}, {6, 9, 16}, {10, 11, 17}, {12, 25, 21}},
	"CLEAR_CONNECTION_REQ":              {{5, 25, 14}},
	"CONFERENCE_CALL_REQ":               {{5, 5, 36}, {6, 25, 40}},
	"CONSULTATION_CALL_REQ":             {{5, 5, 32}, {6, 25, 36}},
	"MAKE_CALL_REQ":                     {{5, 5, 24}, {6, 13, 28}, {14, 25, 32}},
	"MAKE_PREDICTIVE_CALL_REQ":          {{5, 5, 38}, {6, 25, 42}},
	"TRANSFER_CALL_REQ":                 {{5, 5, 36}, {6, 25, 40}},
	"QUERY_DEVICE_INFO_CONF":            {{5, 5, 14}, {6, 25, 40}},
	"SNAPSHOT_CALL_CONF":                {{5, 5, 10}, {6, 7, 14}, {8, 25, 16}},
	"SNAPSHOT_DEVICE_REQ":               {{5, 9, 8}, {10, 25, 10}},
	"CALL_DEQUEUED_EVENT":               {{5, 9, 32}, {10, 25, 34}},
	"SEND_DTMF_SIGNAL_REQ":              {{5, 8, 18}, {9, 25, 20}},
	"AGENT_PRE_CALL_EVENT":              {{6, 8, 26}, {9, 19, 30}, {20, 25, 34}},
	"AGENT_PRE_CALL_ABORT_EVENT":        {{6, 8, 4}, {9, 25, 8}},
	"QUERY_AGENT_STATISTICS_CONF":       {{6, 7, 168}, {8, 8, 328}, {9, 25, 344}},
	"QUERY_SKILL_GROUP_STATISTICS_CONF": {{6, 7, 184}, {8, 8, 588}, {9, 25, 596}},
	"AGENT_TEAM_CONFIG_EVENT":           {{8, 18, 12}, {19, 25, 16}},
	"CONFIG_REQUEST_KEY_EVENT":          {{10, 10, 0}, {11, 25, 4}},
	"CONFIG_REQUEST_EVENT":              {{10, 10, 4}, {11, 23, 8}, {24, 25, 12}},
	"CALL_ATTRIBUTE_CHANGE_EVENT":       {{13, 25, 20}},
}

// sizeChecks are sizes that a source shows at one version.
var sizeChecks = []struct {
	message       string
	version, size int
	source        string
}{
	{"FAILURE_CONF", 9, 8, "edition v9 maximum 16"},
	{"FAILURE_CONF", 15, 8, "edition v15 maximum 16"},
	{"FAILURE_CONF", 17, 8, "edition v17 maximum 16"},
	{"FAILURE_CONF", 20, 8, "Haskell v20"},
	{"OPEN_CONF", 15, 26, "edition v15"},
	{"OPEN_CONF", 14, 26, "C++ v14"},
	{"OPEN_CONF", 20, 30, "Haskell v20"},
	{"OPEN_CONF", 24, 32, "Go v24"},
	{"CALL_DELIVERED_EVENT", 14, 54, "C++ v14"},
	{"CALL_DELIVERED_EVENT", 15, 54, "edition v15, Java v15"},
	{"CALL_CONNECTION_CLEARED_EVENT", 9, 22, "edition v9 maximum 162"},
	{"CALL_FAILED_EVENT", 14, 24, "edition v14 maximum 230"},
	{"CALL_DIVERTED_EVENT", 14, 32, "edition v14 maximum 238"},
	{"CALL_SERVICE_INITIATED_EVENT", 9, 44, "edition v9 maximum 184"},
	{"CALL_QUEUED_EVENT", 9, 40, "edition v9 maximum 698"},
	{"CALL_QUEUED_EVENT", 14, 40, "edition v14 maximum 698"},
	{"CALL_TRANSLATION_ROUTE_EVENT", 15, 4, "edition v15"},
	{"BEGIN_CALL_EVENT", 14, 26, "edition v14, C++ v14"},
	{"BEGIN_CALL_EVENT", 15, 26, "Java v15"},
	{"END_CALL_EVENT", 9, 16, "edition v9 maximum 90"},
	{"CALL_DATA_UPDATE_EVENT", 14, 40, "edition v14, C++ v14"},
	{"SET_CALL_DATA_REQ", 14, 30, "edition v14"},
	{"AGENT_STATE_EVENT", 13, 58, "C++ v13"},
	{"AGENT_STATE_EVENT", 14, 58, "C++ v14"},
	{"AGENT_STATE_EVENT", 15, 58, "Java v15"},
	{"AGENT_STATE_EVENT", 20, 62, "Haskell v20"},
	{"AGENT_STATE_EVENT", 24, 62, "Go v24"},
	{"SYSTEM_EVENT", 14, 26, "C++ v14"},
	{"SYSTEM_EVENT", 15, 26, "Java v15"},
	{"CLIENT_EVENT_REPORT_REQ", 14, 6, "edition v14 maximum 401"},
	{"CALL_REACHED_NETWORK_EVENT", 15, 28, "edition v15 maximum 246"},
	{"QUERY_AGENT_STATE_REQ", 14, 16, "edition v14 maximum 122"},
	{"QUERY_AGENT_STATE_REQ", 15, 16, "Java v15"},
	{"QUERY_AGENT_STATE_CONF", 14, 30, "edition v14"},
	{"QUERY_AGENT_STATE_CONF", 15, 30, "edition v15, Java v15"},
	{"QUERY_AGENT_STATE_CONF", 20, 34, "Haskell v20"},
	{"SET_AGENT_STATE_REQ", 9, 16, "edition v9 maximum 398"},
	{"SET_AGENT_STATE_REQ", 15, 21, "edition v15, Java v15"},
	{"SET_AGENT_STATE_REQ", 17, 21, "edition v17"},
	{"CLEAR_CALL_REQ", 9, 14, "edition v9 maximum 154"},
	{"CONSULTATION_CALL_CONF", 9, 14, "edition v9 maximum 88"},
	{"MAKE_CALL_REQ", 9, 28, "edition v9 (end of the table)"},
	{"TRANSFER_CALL_CONF", 9, 16, "edition v9 maximum 1306"},
	{"QUERY_DEVICE_INFO_REQ", 9, 10, "edition v9 maximum 84"},
	{"QUERY_DEVICE_INFO_REQ", 15, 10, "edition v15 maximum 84"},
	{"SNAPSHOT_DEVICE_REQ", 9, 8, "edition v9 maximum 82"},
	{"SNAPSHOT_DEVICE_REQ", 15, 10, "edition v15"},
	{"SNAPSHOT_DEVICE_CONF", 9, 6, "edition v9 maximum 1294"},
	{"CALL_DEQUEUED_EVENT", 14, 34, "edition v14"},
	{"SEND_DTMF_SIGNAL_REQ", 9, 20, "edition v9"},
	{"MONITOR_START_REQ", 9, 24, "edition v9 maximum 164"},
	{"AGENT_PRE_CALL_EVENT", 14, 30, "edition v14, C++ v14"},
	{"AGENT_PRE_CALL_EVENT", 15, 30, "edition v15, Java v15"},
	{"AGENT_PRE_CALL_EVENT", 17, 30, "edition v17"},
	{"AGENT_PRE_CALL_ABORT_EVENT", 9, 8, "edition v9"},
	{"AGENT_PRE_CALL_ABORT_EVENT", 17, 8, "edition v17"},
	{"USER_MESSAGE_EVENT", 9, 6, "edition v9 maximum 337"},
	{"QUERY_AGENT_STATISTICS_CONF", 8, 328, "stale maximum 434 of editions v9, v14, v15"},
	{"RTP_STARTED_EVENT", 9, 34, "edition v9 maximum 224"},
	{"RTP_STARTED_EVENT", 17, 34, "edition v17"},
	{"SUPERVISOR_ASSIST_CONF", 9, 14, "edition v9 maximum 88"},
	{"EMERGENCY_CALL_CONF", 9, 14, "edition v9 maximum 88"},
	{"EMERGENCY_CALL_EVENT", 9, 14, "edition v9"},
	{"SUPERVISE_CALL_CONF", 9, 10, "edition v9 maximum 84"},
	{"AGENT_TEAM_CONFIG_EVENT", 9, 12, "edition v9 maximum 1812"},
	{"AGENT_TEAM_CONFIG_EVENT", 15, 12, "edition v15, Java v15"},
	{"AGENT_DESK_SETTINGS_REQ", 9, 8, "edition v9 maximum 30"},
	{"AGENT_DESK_SETTINGS_CONF", 15, 64, "edition v15"},
	{"LIST_AGENT_TEAM_CONF", 9, 10, "edition v9 maximum 402"},
	{"BAD_CALL_REQ", 15, 14, "edition v15 maximum 102"},
	{"SET_DEVICE_ATTRIBUTES_REQ", 14, 30, "edition v14 maximum 104"},
	{"START_RECORDING_REQ", 14, 34, "edition v14"},
	{"CONFIG_REQUEST_KEY_EVENT", 15, 4, "Java v15"},
	{"CONFIG_KEY_EVENT", 15, 4, "Java v15"},
	{"CONFIG_REQUEST_EVENT", 15, 8, "Java v15"},
	{"CONFIG_BEGIN_EVENT", 15, 6, "Java v15"},
	{"CONFIG_END_EVENT", 15, 4, "Java v15"},
	{"CONFIG_SKILL_GROUP_EVENT", 15, 2, "Java v15"},
	{"CONFIG_AGENT_EVENT", 15, 2, "Java v15"},
	{"AGENT_GREETING_CONTROL_REQ", 15, 10, "edition v15"},
}

func TestFixedSizes(t *testing.T) {
	for name, spans := range fixedSizes {
		t.Run(name, func(t *testing.T) {
			m := CCE().ByName(name)
			require.NotNil(t, m)
			for _, s := range spans {
				for v := s.from; v <= s.to; v++ {
					require.Equal(t, s.size, m.FixedSize(v), "version %d", v)
				}
			}
		})
	}
}

// Messages that are not in fixedSizes have one size in every version.
func TestFixedSizesOfOthers(t *testing.T) {
	for _, m := range CCE().Messages() {
		if fixedSizes[m.Name] != nil || m.Name == "OPEN_REQ" {
			continue
		}
		for v := CCE().Versions().Min; v < CCE().Versions().Max; v++ {
			require.Equal(t, m.FixedSize(v), m.FixedSize(v+1), "%s, version %d", m.Name, v)
		}
	}
	require.Equal(t, 40, CCE().ByName("OPEN_REQ").FixedSize(9))
	require.Equal(t, 44, CCE().ByName("OPEN_REQ").FixedSize(10))
}

func TestFixedSizesSeen(t *testing.T) {
	for _, c := range sizeChecks {
		t.Run(c.message+" "+c.source, func(t *testing.T) {
			m := CCE().ByName(c.message)
			require.NotNil(t, m)
			require.Equal(t, c.size, m.FixedSize(c.version))
		})
	}
}
