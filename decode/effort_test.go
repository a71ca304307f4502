package decode

import (
	"encoding/binary"
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/require"

	"ctiscope/decode/schema"
)

// judged pushes bytes into a stream that searches, in segments of a size, and
// returns how many bytes its judge was given.
func judged(b []byte, segment int) (total int) {
	codec := CCE()
	var s Stream
	s.Init(codec, &Pool{}, func(frame []byte) int {
		total += len(frame)
		return codec.Grade(frame, 0, schema.Unknown)
	}, false)
	drain := func() {
		for {
			if _, ok := s.Next(); !ok {
				return
			}
			s.lose() // keeps it searching
		}
	}
	for at := 0; at < len(b); at += segment {
		s.Push(b[at:min(at+segment, len(b))], Mark{Number: int64(at)})
		drain()
	}
	s.Gap()
	drain()
	s.Close()
	return total
}

// ladder has the header of a long message at every fourteenth byte.
func ladder(n int) []byte {
	b := make([]byte, n)
	for off := 0; off+28 <= n; off += 14 {
		binary.BigEndian.PutUint32(b[off:], uint32(min(n-off-16, schema.MaxMessageLength)&^1))
		binary.BigEndian.PutUint32(b[off+4:], 107)
		b[off+11] = 1
	}
	return b
}

func integers(n int) []byte {
	r := rand.New(rand.NewPCG(1, 1))
	b := make([]byte, n)
	for off := 0; off+4 <= n; off += 4 {
		binary.BigEndian.PutUint32(b[off:], uint32(r.IntN(300)))
	}
	return b
}

// mostJudged is the bound that effort gives for so many bytes: what they earn,
// what is saved up, and the debts of a search that has begun.
func mostJudged(n int) int { return n*effortPerByte + 4*maxEffort }

func TestSearchIsBounded(t *testing.T) {
	for name, b := range map[string][]byte{"ladder": ladder(400_000), "integers": integers(400_000)} {
		for _, segment := range []int{1, 100, 1400, len(b)} {
			require.Less(t, judged(b, segment), mostJudged(len(b)), "%s in segments of %d", name, segment)
		}
	}
}

func FuzzSearchIsBounded(f *testing.F) {
	f.Add(ladder(5000), uint16(1))
	f.Add(integers(5000), uint16(100))
	f.Fuzz(func(t *testing.T, b []byte, segment uint16) {
		// Repeated, so that what is expensive shows.
		long := make([]byte, 0, 64<<10)
		for len(b) > 0 && len(long)+len(b) <= cap(long) {
			long = append(long, b...)
		}
		require.Less(t, judged(long, 1+int(segment)), mostJudged(len(long)))
	})
}

func BenchmarkSearchLadder(b *testing.B) {
	data := ladder(400_000)
	b.SetBytes(int64(len(data)))
	for b.Loop() {
		judged(data, 1400)
	}
}
