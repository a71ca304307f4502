package schema

import (
	"math/bits"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestTables(t *testing.T) {
	all := CCE().Tables()
	require.Len(t, all, 78)
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
	require.Equal(t, []string{"ARMStatus", "AgentCallDirection", "AgentGreetingEventCode", "BitRate", "CCXStatus",
		"ForwardType", "InvocationType", "PayloadType", "PayloadTypeCCX", "ServiceLevelType", "TaskState"}, unused)
}

func TestTableLookup(t *testing.T) {
	for _, table := range CCE().Tables() {
		known := map[uint32]string{}
		for _, v := range table.Values {
			known[v.Value] = v.Name
		}
		for _, v := range table.Values {
			for _, number := range []uint32{v.Value - 1, v.Value, v.Value + 1} {
				name, ok := table.Lookup(number)
				require.Equal(t, known[number], name, "%s %d", table.Name, number)
				require.Equal(t, known[number] != "", ok, "%s %d", table.Name, number)
				require.Equal(t, ok, table.row(number) != nil, "%s %d", table.Name, number)
				require.Equal(t, ok, table.Words(number) != "", "%s %d", table.Name, number)
			}
		}
		for _, number := range []uint32{1 << 30, 1<<32 - 2} {
			name, _ := table.Lookup(number)
			require.Equal(t, known[number], name, "%s %d", table.Name, number)
		}
	}
	empty := &Table{}
	_, ok := empty.Lookup(0)
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
		require.Equal(t, c.words, CCE().TableByName(c.table).Words(c.value), "%s %d", c.table, c.value)
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
