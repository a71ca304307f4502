package live

import (
	"context"
	"errors"
	"testing"

	"github.com/stretchr/testify/require"
)

// TestNpcap lists and opens with Npcap, or is told where to get it.
func TestNpcap(t *testing.T) {
	list, err := Interfaces()
	require.NoError(t, err)
	_, missing := loadNpcap()
	if missing == nil {
		require.NotEmpty(t, list)
		_, err = Open(context.Background(), Options{Interfaces: []string{"no such interface"}})
		require.ErrorIs(t, err, errNoSuch)
		var hinted *InterfaceError
		require.True(t, errors.As(err, &hinted))
		require.NotEmpty(t, hinted.Hint())
		return
	}
	for _, i := range list {
		require.NotEmpty(t, i.Name)
		require.Contains(t, i.Problem, "Npcap")
		require.Contains(t, i.Hint, "https://npcap.com")
	}
	_, err = Open(context.Background(), Options{Interfaces: []string{"Ethernet"}})
	var driver *DriverError
	require.ErrorAs(t, err, &driver)
	require.Contains(t, driver.Hint(), "https://npcap.com")
}
