package filter

import (
	"slices"
	"testing"
	"time"
	_ "time/tzdata"

	"github.com/stretchr/testify/require"
)

// TestZones loads every zone of zones.txt. The list is made with
//
//	unzip -Z1 $(go env GOROOT)/lib/time/zoneinfo.zip | grep -v -e '/$' -e '^Factory$' | LC_ALL=C sort >filter/zones.txt
func TestZones(t *testing.T) {
	list := Zones()
	require.Greater(t, len(list), 500)
	require.True(t, slices.IsSorted(list))
	require.Contains(t, list, "Europe/Berlin")
	for _, name := range list {
		_, err := time.LoadLocation(name)
		require.NoError(t, err)
	}
}
