package text

import (
	"testing"

	"github.com/stretchr/testify/require"
)

func TestNumbers(t *testing.T) {
	for n, want := range map[int64]string{0: "0", 999: "999", 1000: "1,000", 1234567: "1,234,567", -1000: "-1,000"} {
		require.Equal(t, want, Grouped(n))
	}
	for n, want := range map[int64]string{0: "0 bytes", 10239: "10,239 bytes", 10240: "10.0 KiB", 256 << 20: "256.0 MiB", 20 << 30: "20.0 GiB"} {
		require.Equal(t, want, Bytes(n))
	}
}
