package hostile_test

import (
	"crypto/sha256"
	"hash"
	"testing"

	"github.com/stretchr/testify/require"

	"ctiscope/traffic/hostile"
)

// digest is a Sink that remembers what it saw by a hash.
type digest struct {
	hash.Hash
	bytes int64
	times []int64
}

func (d *digest) Packet(t int64, data []byte) {
	d.Write(data)
	d.bytes += int64(len(data)) + 16
	d.times = append(d.times, t)
}

// TestKinds has every kind write what was asked for, the same for one seed.
func TestKinds(t *testing.T) {
	seen := make(map[string]string)
	for _, k := range hostile.Kinds() {
		named, ok := hostile.Named(k.Name)
		require.True(t, ok)
		require.Equal(t, k.What, named.What)
		var sums []string
		for range 2 {
			d := &digest{Hash: sha256.New()}
			k.Write(d, 7, 300_000)
			require.GreaterOrEqual(t, d.bytes, int64(300_000), k.Name)
			require.Less(t, d.bytes, int64(6_000_000), k.Name)
			require.IsIncreasing(t, d.times, k.Name)
			sums = append(sums, string(d.Sum(nil)))
		}
		require.Equal(t, sums[0], sums[1], k.Name)
		require.NotContains(t, seen, sums[0], "%s is the same as %s", k.Name, seen[sums[0]])
		seen[sums[0]] = k.Name
	}
	_, ok := hostile.Named("harmless")
	require.False(t, ok)
}
