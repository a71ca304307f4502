package live

import (
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// TestLongFilter gives the system a filter that it does not take: the packets
// are the same, and it is told.
func TestLongFilter(t *testing.T) {
	if !inNamespace(t) {
		return
	}
	pair(t, "left", "right")
	var hosts []string
	for i := range 5000 {
		hosts = append(hosts, fmt.Sprintf("10.77.%d.%d", i/250, 1+i%250))
	}
	long := " or host " + strings.Join(hosts, " or ")
	notices := make(chan string, 10)
	for filter, want := range map[string][]string{"tcp port 42027" + long: {"1", "3"}, "(vlan 5 and tcp port 80)" + long: {"4"}} {
		s := open(t, Options{Interfaces: []string{"left"}, Filter: expression(filter), SnapLen: 60,
			Notice: func(n Notice) { notices <- n.String() }})
		require.Contains(t, await(t, notices), "the filter runs in ctiscope")
		wire := newInjector(t, "right")
		for _, f := range [][]byte{tcpFrame(42027, "1"), tcpFrame(80, "2"), tcpFrame(42027, "3", 5), tcpFrame(80, "4", 5)} {
			wire.send(t, f)
		}
		for i, p := range takeCount(t, s, len(want)) {
			require.Equal(t, want[i], string(p.Data[len(p.Data)-1:]))
		}
		requireQuiet(t, s)
	}
}
