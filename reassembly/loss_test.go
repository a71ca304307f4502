package reassembly_test

import (
	"fmt"
	"math/rand/v2"
	"net/netip"
	"os"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"ctiscope/capture/capturetest"
)

// TestLoss: of packets that were lost here and there, among them those of
// handshakes and ends, the data of all others comes out, once.
func TestLoss(t *testing.T) {
	seeds := uint64(30)
	if os.Getenv("CTISCOPE_LONG") != "" {
		seeds = 3000
	}
	for _, perMille := range []int{1, 10, 50, 200} {
		t.Run(fmt.Sprintf("%g %%", float64(perMille)/10), func(t *testing.T) {
			for seed := range seeds {
				r := rand.New(rand.NewPCG(seed, uint64(perMille)))
				var lanes []*lane
				for i := range 4 {
					lanes = append(lanes, &lane{r: r, left: 4, client: netip.AddrPortFrom(netip.MustParseAddr("10.0.0.1"), uint16(50000+i)),
						server: netip.AddrPortFrom(netip.MustParseAddr("10.0.0.2"), 42027)})
				}
				var kept []capturetest.Segment
				for _, s := range traffic(r, lanes) {
					if r.IntN(1000) < perMille {

						continue
					}
					kept = append(kept, s)
				}
				kept = harmless(r, kept)
				texts, n := says(t, kept, 64)
				require.Zero(t, n.Conflicts)
				all := strings.Join(texts, "\n")
				for _, s := range kept {
					if data := string(s.Data); len(data) > 5 {
						require.Equal(t, 1, strings.Count(all, data), "seed %d: %s", seed, data)
					}
				}
			}
		})
	}
}
