package privilege

import (
	"testing"

	"github.com/stretchr/testify/require"
	"golang.org/x/sys/unix"
)

func TestLacks(t *testing.T) {
	const netRaw = "Name:\tx\nCapPrm:\t000001ffffffffff\nCapEff:\t0000000000002000\n"
	require.True(t, lacks(netRaw, unix.CAP_SETUID))
	require.False(t, lacks(netRaw, unix.CAP_NET_RAW))
	require.False(t, lacks("", unix.CAP_SETUID), "unknown")
}

func TestMapped(t *testing.T) {
	const rootless = "         0       1000          1\n"
	require.True(t, mapped(rootless, 0))
	require.False(t, mapped(rootless, 65534))
	require.True(t, mapped("0 0 4294967295\n", 65534))
	require.True(t, mapped(rootless+"1 100000 65536\n", 65534))
	require.False(t, mapped("0 100000 65536\n", 65536))
	require.True(t, mapped("", 65534), "unknown")
}
