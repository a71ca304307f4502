package judge

import (
	"fmt"
	"os"
	"testing"

	"github.com/stretchr/testify/require"

	"ctiscope/decode/schema"
	"ctiscope/traffic/random"
)

// long tells whether the long run was asked for.
func long() bool { return os.Getenv("CTISCOPE_LONG") != "" }

// rounds returns how many seeds to try.
func rounds(short, whole int) uint64 {
	if long() {
		return uint64(whole)
	}
	return uint64(short)
}

// TestRandom decodes random messages of every type at every version, as the
// reference captures hold them and odder.
func TestRandom(t *testing.T) {
	for v := schema.CCE().Versions().Min; v <= schema.CCE().Versions().Max; v++ {
		for _, hard := range []bool{false, true} {
			t.Run(fmt.Sprintf("version %d hard %v", v, hard), func(t *testing.T) {
				for seed := range rounds(2, 40) {
					c := random.New(random.Options{Seed: seed, Version: v, Hard: hard})
					got, err := Decode(Pcap(c.Packets), Options{})
					require.NoError(t, err)
					require.Empty(t, Compare(c.Expect, got.Messages).String(), "seed %d", seed)
				}
			})
		}
	}
}
