package judge

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"ctiscope/traffic/expect"
)

// TestVectors is the project's main acceptance: every message of the reference
// captures, field by field.
func TestVectors(t *testing.T) {
	files, err := filepath.Glob("../../testdata/vectors/*.pcap")
	require.NoError(t, err)
	require.NotEmpty(t, files)
	for _, file := range files {
		t.Run(filepath.Base(file), func(t *testing.T) {
			content, err := os.ReadFile(file)
			require.NoError(t, err)
			f, err := os.Open(strings.TrimSuffix(file, ".pcap") + ".expect.jsonl")
			require.NoError(t, err)
			defer f.Close()
			want, err := expect.Read(f)
			require.NoError(t, err)
			require.NotEmpty(t, want)
			for _, workers := range []int{1, 3} {
				got, err := Decode(content, Options{Workers: workers})
				require.NoError(t, err)
				require.Empty(t, Compare(want, got.Messages).String())
			}
		})
	}
}
