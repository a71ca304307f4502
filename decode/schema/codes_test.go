package schema

import (
	"testing"

	"github.com/stretchr/testify/require"
)

func TestCodeTablesAreSorted(t *testing.T) {
	for _, rows := range [][]Code{peripheralErrors, cmErrors} {
		for i, c := range rows {
			require.NotEmpty(t, c.Text, "%d", c.Value)
			if i > 0 {
				require.Less(t, rows[i-1].Value, c.Value)
			}
			got, ok := PeripheralError(c.Value)
			require.True(t, ok, "%d", c.Value)
			require.Equal(t, c.Const, got.Const)
			require.Equal(t, c.Value != NullUInt, got.Layer != "", "%d", c.Value)
		}
	}
	for i, r := range eventReasons {
		require.NotEmpty(t, r.Text)
		got, ok := EventReason(r.Value, r.Platform)
		require.True(t, ok, "%v %d", r.Platform, r.Value)
		require.Equal(t, r, got)
		if i > 0 && eventReasons[i-1].Platform == r.Platform {
			require.Less(t, eventReasons[i-1].Value, r.Value)
		}
	}
	for i, a := range practices {
		if i > 0 {
			require.Less(t, practices[i-1].Const, a.Const)
		}
		got, ok := Practice(a.Const)
		require.True(t, ok, a.Const)
		require.Equal(t, a, got)
	}
	require.Len(t, PeripheralErrors(), 204)
	require.Len(t, cmErrors, 126)
	require.Len(t, EventReasons(), 55)
	require.Len(t, practices, 37)
}

func TestPeripheralError(t *testing.T) {
	for _, c := range []struct {
		name     string
		code     uint32
		constant string
		layer    string
		cti      uint32
		derived  bool
		doubt    bool
		ok       bool
	}{
		{"telephony driver", 10104, "PERERR_TELDRIVE_AGENTCANTGOUNVAILABLE", "TELDRIVE", 0, false, false, true},
		{"no constant known", 12004, "", "JTAPPLAY", 0, false, true, true},
		{"Unified CM", 20124, "PERERR_CM_CONFERENCE_ALREADY_PRESENT", "CM", 0x8CCC007C, false, false, true},
		{"derived from Unified CM", 20024, "CTIERR_ACCESS_TO_DEVICE_DENIED", "CM", 0x8CCC0018, true, false, true},
		{"general error of Unified CM", 24095, "PERERR_CM_GENERAL", "CM", 0, false, false, true},
		{"Unified CCX", 88005, "CCX_AGENT_DEVICE_BUSY", "CCX", 0, false, false, true},
		{"unknown to the peripheral", NullUInt, "PERERR_UNKNOWN", "", 0, false, false, true},
		{"layer only", 13001, "", "GW_E", 0, false, false, false},
		{"assumed layer only", 11001, "", "JTCLIENT", 0, false, true, false},
		{"nothing known", 63, "", "", 0, false, false, false},
		{"zero", 0, "", "", 0, false, false, false},
	} {
		t.Run(c.name, func(t *testing.T) {
			got, ok := PeripheralError(c.code)
			require.Equal(t, c.ok, ok)
			require.Equal(t, c.ok, got.Text != "")
			require.Equal(t, Code{Value: c.code, Const: c.constant, Layer: c.layer, Text: got.Text,
				Derived: c.derived, Doubt: c.doubt}, got)
			require.Equal(t, c.cti, got.CTIError())
			require.Equal(t, c.layer != "", LayerText(got.Layer) != "")
		})
	}
}

func TestEventReason(t *testing.T) {
	for _, c := range []struct {
		name     string
		code     uint32
		platform Platform
		text     string
	}{
		{"CCE", 32767, PlatformCCE, "Agent did not answer a routed call; it was sent elsewhere."},
		{"CCX differs", 32767, PlatformCCX, "Agent logged in again on a second device."},
		{"any is CCE", 50002, AnyPlatform, "Client failed: desktop closed, heartbeats missed, or desktop server failed."},
		{"Avaya is CCE", 50003, PlatformAvaya, "Unified CM reported the agent's phone out of service."},
		{"not of CCX", 50003, PlatformCCX, ""},
		{"set by the administrator", 7, PlatformCCE, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			got, ok := EventReason(c.code, c.platform)
			require.Equal(t, c.text, got.Text)
			require.Equal(t, c.text != "", ok)
			require.Equal(t, c.code, got.Value)
		})
	}
}

func TestFailureWords(t *testing.T) {
	c, ok := CCE().TableByName("StatusCode").Code(16, 0)
	require.True(t, ok)
	require.Equal(t, Code{Value: 16, Const: "E_CTI_TIMEOUT", Text: "no reply in time, or client idle past IdleTimeout"}, c)
	c, ok = CCE().TableByName("StatusCode").Code(7, 0)
	require.True(t, ok)
	require.Equal(t, "invalid peripheral id", c.Text)
	c, ok = CCE().TableByName("StatusCode").Code(9999, 0)
	require.False(t, ok)
	require.Equal(t, Code{Value: 9999}, c)
	c, ok = CCE().TableByName("ControlFailureCode").Code(70, 0)
	require.True(t, ok)
	require.Equal(t, "CF_GENERIC_UNSPECIFIED_REJECTION", c.Const)
}

// Every advice belongs to a constant that the tool can meet.
func TestPracticeConstants(t *testing.T) {
	known := map[string]bool{"E_CTI_NO_SERVER_FOR_REQUEST": true} // in the guide's text only
	for _, table := range []*Table{statusCode, controlFailureCode} {
		for _, v := range table.Values {
			known[v.Name] = true
		}
	}
	for _, c := range peripheralErrors {
		known[c.Const] = true
	}
	for _, a := range practices {
		require.True(t, known[a.Const], a.Const)
		require.NotEmpty(t, a.CheckNext, a.Const)
		require.NotEmpty(t, a.Sources, a.Const)
	}
	_, ok := Practice("E_CTI_NO_SUCH_CODE")
	require.False(t, ok)
}

func TestPlatformOf(t *testing.T) {
	require.Equal(t, PlatformCCX, PlatformOf(21))
	require.Equal(t, PlatformCCE, PlatformOf(17))
	require.Equal(t, PlatformAvaya, PlatformOf(5))
	require.Equal(t, AnyPlatform, PlatformOf(NullUShort))
	require.Equal(t, "CCX", PlatformCCX.String())
	require.Equal(t, "any", AnyPlatform.String())
}

func TestHistory(t *testing.T) {
	all := CCE().History()
	require.Len(t, all, 219)
	gone := map[string]bool{ // named by the list of changes, without a number anywhere
		"AGENT_UPDATED_EVENT": true, "QUEUE_UPDATED_EVENT": true,
	}
	for i, c := range all {
		require.NotEmpty(t, c.Text)
		require.NotEqual(t, "no kind", c.Kind.String())
		if i > 0 {
			require.GreaterOrEqual(t, all[i-1].Version, c.Version)
		}
		require.Less(t, c.From, c.Version)
		for _, name := range c.Messages {
			require.True(t, gone[name] || CCE().ByName(name) != nil, name)
		}
	}
	require.EqualValues(t, CCE().Versions().Max, all[0].Version)
	require.EqualValues(t, CCE().Versions().Min, all[len(all)-1].Version)
}

func TestCorrectionsNameMessages(t *testing.T) {
	require.Len(t, CCE().Corrections(), 29)
	for _, c := range CCE().Corrections() {
		require.NotEmpty(t, c.Evidence, c.Item)
		if c.Message != "" {
			require.True(t, CCE().ByName(c.Message) != nil || c.Message == "CALL_TERMINATION_EVENT", c.Message)
		}
	}
}

func TestUncertaintiesNameFields(t *testing.T) {
	notInLayout := map[string]bool{
		"CALL_DEQUEUED_EVENT DeQueueType":                        true,
		"QUERY_AGENT_STATISTICS_CONF CallsInQueue":               true,
		"QUERY_AGENT_STATISTICS_CONF OldestCallInQueue":          true,
		"CALL_SERVICE_INITIATED_EVENT COCCallConnectionDeviceID": true,
	}
	for _, u := range CCE().Uncertainties() {
		m := CCE().ByName(u.Message)
		require.NotNil(t, m, u.Message)
		if u.Earliest != 0 {
			require.LessOrEqual(t, u.Earliest, u.Latest, u.Message)
		}
		names := map[string]*Field{}
		for _, fields := range [][]*Field{m.Fixed, m.Floating} {
			for _, f := range fields {
				names[f.Name] = f
			}
		}
		for _, name := range u.Fields {
			require.True(t, names[name] != nil || notInLayout[u.Message+" "+name], "%s %s", u.Message, name)
			if f := names[name]; f != nil && f.Since != 0 && u.Latest != 0 {
				require.True(t, f.Since >= u.Earliest && f.Since <= u.Latest, "%s %s", u.Message, name)
			}
		}
	}
}
