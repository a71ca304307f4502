package schema

import (
	"bytes"
	"flag"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

var update = flag.Bool("update", false, "rewrite the golden files")

func TestMessages(t *testing.T) {
	all := CCE().Messages()
	require.Len(t, all, 244)
	withLayout := 0
	for i, m := range all {
		if i > 0 {
			require.Less(t, all[i-1].Number, m.Number)
		}
		require.Same(t, m, CCE().Lookup(m.Number))
		require.Same(t, m, CCE().ByName(m.Name), m.Name)
		require.NotEmpty(t, m.Purpose, m.Name)
		if m.HasLayout {
			withLayout++
			continue
		}
		require.Empty(t, m.Fixed, m.Name)
		require.Empty(t, m.Floating, m.Name)
	}
	require.Equal(t, 163, withLayout)
}

func TestLookupUnknown(t *testing.T) {
	for _, number := range []uint32{0, 66, 239, 285, 1 << 16, 1<<32 - 1} {
		require.Nil(t, CCE().Lookup(number), "%d", number)
	}
	require.Nil(t, CCE().ByName(""))
	require.Nil(t, CCE().ByName("open_req"))
	for _, tag := range []uint16{0, 314, 1<<16 - 1} {
		require.Nil(t, CCE().LookupTag(tag), "%d", tag)
	}
	require.Nil(t, CCE().TableByName("agentState"))
}

func TestFixedFields(t *testing.T) {
	for _, m := range CCE().Messages() {
		for i, f := range m.Fixed {
			require.Equal(t, f.Type.Size(), f.Size, "%s %s", m.Name, f.Name)
			require.NotZero(t, f.Size, "%s %s", m.Name, f.Name)
			require.Equal(t, NoIndex, f.Index, "%s %s", m.Name, f.Name)
			require.Zero(t, f.Tag, "%s %s", m.Name, f.Name)
			require.False(t, f.Repeats(), "%s %s", m.Name, f.Name)
			requireSpan(t, m, f)
			for _, g := range m.Fixed[i+1:] {
				if f.Name == g.Name {
					require.Less(t, f.Until, g.Since, "%s has two fields %s in one version", m.Name, f.Name)
				}
			}
		}
	}
}

func requireSpan(t *testing.T, m *Message, f *Field) {
	t.Helper()
	require.LessOrEqual(t, f.Since, uint8(CCE().Versions().Max), "%s %s", m.Name, f.Name)
	if f.Until != 0 {
		require.LessOrEqual(t, f.Since, f.Until, "%s %s", m.Name, f.Name)
	}
	if f.Since != 0 {
		require.GreaterOrEqual(t, f.Since, m.Since, "%s %s: a field cannot be older than its message", m.Name, f.Name)
	}
}

func TestFloatingFields(t *testing.T) {
	var untaggedSeen []string
	for _, m := range CCE().Messages() {
		seen := map[uint16]string{}
		for i, f := range m.Floating {
			require.Equal(t, i, f.Index, "%s %s", m.Name, f.Name)
			require.NotZero(t, f.Size, "%s %s", m.Name, f.Name)
			require.NotZero(t, f.Type, "%s %s", m.Name, f.Name)
			requireSpan(t, m, f)
			if size := f.Type.Size(); size != 0 && !f.Array {
				require.Equal(t, size, f.Size, "%s %s", m.Name, f.Name)
			}
			if f.Array {
				require.Zero(t, f.Size%f.Type.Size(), "%s %s", m.Name, f.Name)
			}
			if f.Tag == 0 {
				untaggedSeen = append(untaggedSeen, f.Name)
				continue
			}
			require.Empty(t, seen[f.Tag], "%s: %s has the tag of another field", m.Name, f.Name)
			seen[f.Tag] = f.Name
			tag := CCE().LookupTag(f.Tag)
			require.NotNil(t, tag, "%s %s", m.Name, f.Name)
			require.Contains(t, append([]string{tag.Field.Name}, tag.Also...), f.Name, "%s", m.Name)
		}
	}
	slices.Sort(untaggedSeen)
	require.Equal(t, []string{"TotalAnswersSuggestion", "UniqueInstanceID"}, untaggedSeen)
}

func TestCountFields(t *testing.T) {
	for _, m := range CCE().Messages() {
		for _, f := range m.Floating {
			if f.Count == "" {
				continue
			}
			named := func(g *Field) bool { return g.Name == f.Count }
			require.True(t, slices.ContainsFunc(m.Fixed, named) || slices.ContainsFunc(m.Floating, named),
				"%s: %s is counted by %s, which the message does not have", m.Name, f.Name, f.Count)
		}
	}
}

func TestSecrets(t *testing.T) {
	secrets := map[string]bool{}
	for _, m := range CCE().Messages() {
		for _, f := range append(slices.Clone(m.Fixed), m.Floating...) {
			if f.Secret {
				secrets[f.Name] = true
			}
			require.Equal(t, strings.Contains(f.Name, "Password") || f.Name == "AuthorizationCode", f.Secret, "%s %s", m.Name, f.Name)
		}
	}
	require.Equal(t, map[string]bool{"ClientPassword": true, "AgentPassword": true, "AuthorizationCode": true}, secrets)
	require.True(t, CCE().LookupTag(2).Field.Secret)
}

func TestAlsoTags(t *testing.T) {
	for _, m := range CCE().Messages() {
		for _, tag := range m.AlsoTags {
			require.NotNil(t, CCE().LookupTag(tag), "%s %d", m.Name, tag)
		}
	}
}

func TestTags(t *testing.T) {
	all := CCE().Tags()
	require.Len(t, all, 283)
	names := map[string]bool{}
	for i, tag := range all {
		if i > 0 {
			require.Less(t, all[i-1].Number, tag.Number)
		}
		require.Same(t, tag, CCE().LookupTag(tag.Number))
		require.Equal(t, tag.Number, tag.Field.Tag)
		require.Equal(t, NoIndex, tag.Field.Index)
		require.NotZero(t, tag.Field.Type)
		require.NotEmpty(t, tag.Field.Name)
		if tag.Field.Name == "AgentID" {
			continue // 5, and 194 in its long form
		}
		require.False(t, names[tag.Field.Name], tag.Field.Name)
		names[tag.Field.Name] = true
	}
}

func TestTagNames(t *testing.T) {
	for _, c := range []struct {
		tag      uint16
		name     string
		kind     Type
		reserved bool
	}{
		{1, "ClientID", String, false},
		{54, "Tag_54", Unspec, true},
		{99, "SCRIPT_SELECTOR_TAG", Unspec, false},
		{194, "AgentID", String, false},
		{256, "Tag_256", Unspec, true},
	} {
		tag := CCE().LookupTag(c.tag)
		require.Equal(t, c.name, tag.Field.Name)
		require.Equal(t, c.kind, tag.Field.Type)
		require.Equal(t, c.reserved, tag.Reserved())
	}
}

func TestAlternatives(t *testing.T) {
	partial := map[string][]int{}
	for _, m := range CCE().Messages() {
		for i := range m.Alternatives {
			a := &m.Alternatives[i]
			require.LessOrEqual(t, a.From, a.To, m.Name)
			sum := 0
			for _, f := range a.Fields {
				sum += f.Size
			}
			require.LessOrEqual(t, sum, a.Size, m.Name)
			require.NotEmpty(t, a.Fields, m.Name)
			if sum < a.Size && !slices.Contains(partial[m.Name], a.Size) {
				partial[m.Name] = append(partial[m.Name], a.Size)
			}
			for v := int(a.From); v <= int(a.To); v++ {
				require.NotEqual(t, a.Size, m.FixedSize(v), "%s, version %d", m.Name, v)
			}
		}
	}
	require.Equal(t, map[string][]int{
		"QUERY_AGENT_STATISTICS_CONF":       {176, 336, 352},
		"QUERY_SKILL_GROUP_STATISTICS_CONF": {584},
	}, partial)
}

func TestAlternativeLayouts(t *testing.T) {
	for _, c := range []struct {
		message       string
		version, size int
		tail          string // last fields
		without       string
	}{
		{"FAILURE_CONF", 24, 10, "InvokeID FailureCode PeripheralErrorCode", "Status"},
		{"OPEN_REQ", 9, 44, "AgentStateMask ConfigMsgMask Reserved1 Reserved2 Reserved3", ""},
		{"OPEN_CONF", 23, 32, "AgentState DepartmentID SessionType", ""},
		{"OPEN_CONF", 23, 26, "PeripheralType AgentState", "DepartmentID"},
		{"CLEAR_CONNECTION_REQ", 15, 16, "ConnectionDeviceIDType RequestingDeviceIDType", ""},
		{"CALL_DATA_UPDATE_EVENT", 8, 32, "NewConnectionCallID CalledPartyDisposition", "CampaignID"},
		{"AGENT_STATE_EVENT", 9, 52, "MaxTaskLimit ICMAgentID", "AgentAvailabilityStatus"},
		{"AGENT_STATE_EVENT", 9, 34, "EventReasonCode", "MRDID"},
		{"AGENT_STATE_EVENT", 20, 58, "AgentAvailabilityStatus NumFltSkillGroups", "DepartmentID"},
		{"QUERY_AGENT_STATE_CONF", 10, 26, "MaxTaskLimit ICMAgentID", "AgentAvailabilityStatus"},
		{"CALL_ATTRIBUTE_CHANGE_EVENT", 15, 22, "ConnectionDeviceIDType CallTypeID ServiceNumber", "ConnectionCallID"},
		{"CALL_ATTRIBUTE_CHANGE_EVENT", 15, 24, "ConnectionDeviceIDType ConnectionCallID CallTypeID ServiceNumber", ""},
		{"CONFIG_REQUEST_EVENT", 24, 8, "ConfigInformation PeripheralID", "ConfigMsgMask"},
	} {
		t.Run(fmt.Sprintf("%s %d at %d", c.message, c.size, c.version), func(t *testing.T) {
			m := CCE().ByName(c.message)
			i := slices.IndexFunc(m.Alternatives, func(a Alternative) bool {
				return a.Size == c.size && int(a.From) <= c.version && c.version <= int(a.To)
			})
			require.GreaterOrEqual(t, i, 0)
			var names []string
			for _, f := range m.Alternatives[i].Fields {
				names = append(names, f.Name)
			}
			if c.without != "" {
				require.NotContains(t, names, c.without)
			}
			tail := strings.Fields(c.tail)
			require.Equal(t, tail, names[len(names)-len(tail):])
		})
	}
}

// Where a layout only leaves out or adds fields, a field is the same pointer
// in all of them, so that printers and filters may compare pointers.
func TestAlternativesShareFields(t *testing.T) {
	m := CCE().ByName("AGENT_STATE_EVENT")
	for _, a := range m.Alternatives {
		for _, f := range a.Fields {
			require.True(t, slices.Contains(m.Fixed, f), f.Name)
		}
	}
}

func TestAnswers(t *testing.T) {
	var unpaired []string
	answered := map[uint32]bool{}
	for _, m := range CCE().Messages() {
		confirms := strings.HasSuffix(m.Name, "_CONF") || strings.HasSuffix(m.Name, "_RESP") || strings.HasSuffix(m.Name, "_RESP_MSG")
		if m.Answers == 0 {
			if confirms {
				unpaired = append(unpaired, m.Name)
			}
			continue
		}
		require.True(t, confirms, m.Name)
		req := CCE().Lookup(m.Answers)
		require.NotNil(t, req, m.Name)
		require.Contains(t, req.Name, "_REQ", m.Name)
		require.NotEqual(t, req.From, m.From, m.Name)
		require.False(t, answered[m.Answers], "two confirmations of %s", req.Name)
		answered[m.Answers] = true
		if m.HasLayout && req.HasLayout {
			require.True(t, m.HasInvokeID() && req.HasInvokeID(), m.Name)
		}
	}
	require.Equal(t, []string{"FAILURE_CONF", "CONTROL_FAILURE_CONF", "FAILURE_RESP"}, unpaired)

	var unanswered []string
	for _, m := range CCE().Messages() {
		if (strings.HasSuffix(m.Name, "_REQ") || strings.HasSuffix(m.Name, "_REQ_MSG")) && !answered[m.Number] {
			unanswered = append(unanswered, m.Name)
		}
	}
	require.Empty(t, unanswered)
}

func TestSides(t *testing.T) {
	var unknown []string
	for _, m := range CCE().Messages() {
		if m.From == Unknown {
			unknown = append(unknown, m.Name)
		}
	}
	require.Equal(t, []string{"ROUTE_END_EVENT", "AGENT_TASKS_REQUEST_EVENT", "DESKTOP_CONNECTED_IND"}, unknown)
}

// TestLayouts compares every layout and tag with testdata/layouts.txt, so that
// a change of the tables shows as a change of that file; -update rewrites it.
func TestLayouts(t *testing.T) {
	var b bytes.Buffer
	for _, m := range CCE().Messages() {
		fmt.Fprintf(&b, "%d %s from %s", m.Number, m.Name, m.From)
		if !m.HasLayout {
			b.WriteString(" unlisted")
		}
		writeSpan(&b, m.Since, 0)
		b.WriteByte('\n')
		for _, f := range m.Fixed {
			writeField(&b, f)
		}
		for _, f := range m.Floating {
			writeField(&b, f)
		}
	}
	for _, tag := range CCE().Tags() {
		fmt.Fprintf(&b, "%s\n", tag.Const)
		writeField(&b, &tag.Field)
	}
	requireGolden(t, "testdata/layouts.txt", b.Bytes())
}

func writeField(b *bytes.Buffer, f *Field) {
	fmt.Fprintf(b, "\t%s %s %d", f.Name, f.Type, f.Size)
	if f.Tag != 0 {
		fmt.Fprintf(b, " tag %d", f.Tag)
	}
	if f.Values != nil {
		fmt.Fprintf(b, " values %s", f.Values.Name)
	}
	writeSpan(b, f.Since, f.Until)
	for _, flag := range []struct {
		set  bool
		name string
	}{
		{f.Optional, "optional"}, {f.Array, "array"}, {f.Secret, "secret"},
		{f.Count != "", "count " + f.Count}, {f.Group != "", "group " + f.Group},
	} {
		if flag.set {
			b.WriteString(" " + flag.name)
		}
	}
	b.WriteByte('\n')
}

func writeSpan(b *bytes.Buffer, since, until uint8) {
	if since != 0 {
		fmt.Fprintf(b, " since %d", since)
	}
	if until != 0 {
		fmt.Fprintf(b, " until %d", until)
	}
}

func requireGolden(t *testing.T, name string, got []byte) {
	t.Helper()
	if *update {
		require.NoError(t, os.WriteFile(name, got, 0o644))
	}
	want, err := os.ReadFile(name)
	require.NoError(t, err)
	require.Equal(t, string(want), string(got))
}

func TestTypes(t *testing.T) {
	require.Equal(t, "USHORT", UShort.String())
	require.Equal(t, 12, TaskID.Size())
	require.Equal(t, "no type", Type(0).String())
	require.Equal(t, "no type", Type(200).String())
	require.Zero(t, Type(200).Size())
	require.Equal(t, "unknown", Unknown.String())
	require.Equal(t, "server", Server.String())
}

func TestFieldIn(t *testing.T) {
	for _, c := range []struct {
		since, until uint8
		version      int
		in           bool
	}{
		{0, 0, 5, true}, {9, 0, 8, false}, {9, 0, 9, true}, {0, 8, 8, true}, {0, 8, 9, false},
	} {
		f := Field{Since: c.since, Until: c.until}
		require.Equal(t, c.in, f.In(c.version), "%+v", c)
	}
}

func TestLookupsDoNotAllocate(t *testing.T) {
	eventCauses, services := CCE().TableByName("EventCause"), CCE().TableByName("CTIServiceMask")
	n := testing.AllocsPerRun(100, func() {
		if CCE().Lookup(30) == nil || CCE().LookupTag(5) == nil || CCE().ByName("OPEN_REQ") == nil {
			t.Fatal("not found")
		}
		eventCauses.Lookup(1055, 0)
		eventCauses.Words(1055, 0)
		services.Bit(4)
		PeripheralError(20124)
		EventReason(50002, PlatformCCE)
		CCE().TableByName("StatusCode").Code(16, 0)
		CCE().TableByName("ControlFailureCode").Code(70, 0)
		Practice("E_CTI_TIMEOUT")
	})
	require.Zero(t, n)
}

func BenchmarkLookup(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		for number := uint32(0); number < 300; number++ {
			CCE().Lookup(number)
		}
	}
}

func BenchmarkTableLookup(b *testing.B) {
	for _, c := range []struct {
		name  string
		table *Table
		value uint32
	}{
		{"dense", agentState, 5}, {"sparse", eventCause, 1055}, {"absent", eventCause, 500},
	} {
		b.Run(c.name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				c.table.Lookup(c.value, 0)
			}
		})
	}
}

// TestTroubleIsMarked checks that what a name tells of trouble the traits tell too.
func TestTroubleIsMarked(t *testing.T) {
	for _, m := range CCE().Messages() {
		told := strings.Contains(m.Name, "FAILURE") || strings.Contains(m.Name, "FAILED") || strings.Contains(m.Name, "ABORT")
		require.Equal(t, told, m.Is(Failure) || m.Is(Trouble), m.Name)
	}
}

// TestKinds checks that every field has the kind that its type and its table ask for.
func TestKinds(t *testing.T) {
	kinds := map[Kind]int{}
	for _, m := range CCE().Messages() {
		for _, f := range append(slices.Clone(m.Fixed), m.Floating...) {
			kinds[f.Kind]++
			switch {
			case f.Array:
				require.Equal(t, ListKind, f.Kind, f.Name)
			case f.Values != nil:
				require.Equal(t, f.Values.Mask, f.Kind == MaskKind, f.Name)
				require.Contains(t, []Kind{MaskKind, EnumKind}, f.Kind, f.Name)
			case f.Type == String:
				require.Equal(t, TextKind, f.Kind, f.Name)
			}
			require.Equal(t, f.Name == "PeripheralErrorCode", f.Codes == PeripheralCodes, f.Name)
			require.Equal(t, f.Name == "EventReasonCode", f.Codes == ReasonCodes, f.Name)
		}
	}
	for k := RawKind; k <= ListKind; k++ {
		require.NotZero(t, kinds[k], "no field has the kind %d", k)
	}
}
