package schema

import (
	"math/bits"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestTables(t *testing.T) {
	all := CCE().Tables()
	require.Len(t, all, 83)
	for i, table := range all {
		t.Run(table.Name, func(t *testing.T) {
			if i > 0 {
				require.Less(t, all[i-1].Name, table.Name)
			}
			require.Same(t, table, CCE().TableByName(table.Name))
			require.NotEmpty(t, table.Values)
			for j, v := range table.Values {
				require.NotEmpty(t, v.Name)
				if j > 0 {
					require.Less(t, table.Values[j-1].Value, v.Value)
				}
				if table.Mask {
					require.Equal(t, 1, bits.OnesCount32(v.Value), v.Name)
				}
			}
		})
	}
}

func TestTablesOfFieldsAreListed(t *testing.T) {
	used := map[*Table]bool{}
	for _, m := range CCE().Messages() {
		for _, fields := range [][]*Field{m.Fixed, m.Floating} {
			for _, f := range fields {
				if f.Values == nil {
					continue
				}
				require.Same(t, f.Values, CCE().TableByName(f.Values.Name), "%s %s", m.Name, f.Name)
				require.Contains(t, []Type{Char, UChar, Short, UShort, Int, UInt, Bool}, f.Type, "%s %s", m.Name, f.Name)
				used[f.Values] = true
			}
		}
	}
	var unused []string
	for _, table := range CCE().Tables() {
		if !used[table] {
			unused = append(unused, table.Name)
		}
	}
	require.Equal(t, []string{"ARMStatus", "CCXStatus", "ForwardType", "PayloadTypeCCX", "TaskState"}, unused)
}

func TestTableLookup(t *testing.T) {
	for _, table := range CCE().Tables() {
		known := map[uint32]string{}
		for _, v := range table.Values {
			known[v.Value] = v.Name
		}
		for _, v := range table.Values {
			for _, number := range []uint32{v.Value - 1, v.Value, v.Value + 1} {
				name, ok := table.Lookup(number, 0)
				require.Equal(t, known[number], name, "%s %d", table.Name, number)
				require.Equal(t, known[number] != "", ok, "%s %d", table.Name, number)
				require.Equal(t, ok, table.row(number, 0) != nil, "%s %d", table.Name, number)
				require.Equal(t, ok, table.Words(number, 0) != "", "%s %d", table.Name, number)
			}
		}
		for _, number := range []uint32{1 << 30, 1<<32 - 2} {
			name, _ := table.Lookup(number, 0)
			require.Equal(t, known[number], name, "%s %d", table.Name, number)
		}
	}
	empty := &Table{}
	_, ok := empty.Lookup(0, 0)
	require.False(t, ok)
}

func TestWords(t *testing.T) {
	for _, c := range []struct {
		table string
		value uint32
		words string
	}{
		{"AgentState", 2, "not ready"},
		{"EventCause", 3, "busy"},
		{"EventCause", 1008, "busy"},
		{"StatusCode", 16, "timeout"},
		{"StatusCode", 95, "invalid config msg mask"},
		{"MessageDistribution", 2, "team"},
		{"MaintenanceModeAccepted", 1, "MaintenanceModeAccepted"},
		{"AgentState", 99, ""},
	} {
		require.Equal(t, c.words, CCE().TableByName(c.table).Words(c.value, 0), "%s %d", c.table, c.value)
	}
}

func TestBits(t *testing.T) {
	mask := CCE().TableByName("CTIServiceMask")
	require.Equal(t, "CTI_SERVICE_CLIENT_EVENTS", mask.Bit(0))
	require.Equal(t, "CTI_SERVICE_DEBUG", mask.Bit(31))
	require.Empty(t, mask.Bit(9))
	require.Empty(t, mask.Bit(-1))
	require.Empty(t, mask.Bit(32))
	require.Empty(t, CCE().TableByName("AgentState").Bit(0))
}

// TestNamesByVersion has the numbers whose name depends on the protocol version.
func TestNamesByVersion(t *testing.T) {
	for _, c := range []struct {
		table   string
		value   uint32
		version int
		want    string
	}{
		{"CallType", 27, 13, ""}, {"CallType", 27, 14, "CALLTYPE_NON_ACD"}, {"CallType", 27, 18, "CALLTYPE_NON_ACD"},
		{"CallType", 27, 19, "RESERVATION_PREVIEW"}, {"CallType", 27, 25, "RESERVATION_PREVIEW"}, {"CallType", 27, 0, "RESERVATION_PREVIEW"},
		{"CallType", 38, 14, "CALLTYPE_NON_ACD"},
		{"StatusCode", 2, 5, "E_CTI_INVALID_MESSAGE_TYPE"}, {"StatusCode", 2, 22, "E_CTI_INVALID_MESSAGE_TYPE"},
		{"StatusCode", 2, 23, "E_CTI_INVALID_MESSAGE_LENGTH"},
		{"PeripheralType", 1, 24, "PT_ASPECT"}, {"PeripheralType", 1, 25, ""}, {"PeripheralType", 16, 5, "PT_SYMPOSIUM"},
		{"PeripheralType", 23, 24, "PT_SIMPLIFIED_IPCC"}, {"PeripheralType", 17, 25, "PT_ENTERPRISE_AGENT"},
	} {
		table := CCE().TableByName(c.table)
		name, ok := table.Lookup(c.value, c.version)
		require.Equal(t, c.want, name, "%+v", c)
		require.Equal(t, c.want != "", ok)
		require.Equal(t, ok, table.Words(c.value, c.version) != "", "%+v", c)
		require.Equal(t, c.value != 17 && c.value != 38, table.Changes(c.value))
	}
}
