package random

import (
	"testing"

	"github.com/stretchr/testify/require"

	"ctiscope/decode/schema"
)

func TestAllTypesAtAllVersions(t *testing.T) {
	for v := schema.CCE().Versions().Min; v <= schema.CCE().Versions().Max; v++ {
		seen := make(map[uint32]bool)
		for _, m := range New(Options{Seed: 1, Version: v}).Expect {
			seen[m.Type] = true
		}
		for _, m := range schema.CCE().Messages() {
			if m.HasLayout && int(m.Since) <= v && m.Number != 7 && m.Number != 8 {
				require.True(t, seen[m.Number], "%s at version %d", m.Name, v)
			}
		}
	}
}

func TestSameSeedSameCapture(t *testing.T) {
	o := Options{Seed: 7, Version: 15, Hard: true}
	require.Equal(t, New(o), New(o))
}
