package text

import (
	"bytes"
	"testing"

	"github.com/stretchr/testify/require"
)

// TestPlain writes byte by byte, and whole.
func TestPlain(t *testing.T) {
	const in, want = "a ─┼─│ b… é \xff →", "a -+-| b~ é \xff >"
	for _, size := range []int{1, 2, 3, len(in)} {
		var b bytes.Buffer
		p := Plain{To: &b}
		for at := 0; at < len(in); at += size {
			part := in[at:min(at+size, len(in))]
			n, err := p.Write([]byte(part))
			require.NoError(t, err)
			require.Equal(t, len(part), n)
		}
		require.Equal(t, want, b.String(), "%d", size)
	}
}
