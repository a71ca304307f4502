package decode

import (
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/require"

	"ctiscope/decode/schema"
)

// delivered is a CALL_DELIVERED_EVENT of usual size: two dozen fields, three
// call variables, two ECC variables.
func delivered(tb testing.TB, version int) []byte {
	frame, err := CCE().AppendMessage(nil, schema.CCE().ByName("CALL_DELIVERED_EVENT"), version, []Setting{
		{Name: "MonitorID", Num: 1}, {Name: "PeripheralID", Num: 5000}, {Name: "PeripheralType", Num: 17},
		{Name: "ConnectionCallID", Num: 16777311}, {Name: "LineHandle", Num: 1}, {Name: "NumNamedVariables", Num: 2},
		{Name: "ConnectionDeviceID", Bytes: []byte("2001")}, {Name: "AlertingDeviceID", Bytes: []byte("2001")},
		{Name: "CallingDeviceID", Bytes: []byte("4085550142")}, {Name: "CalledDeviceID", Bytes: []byte("8005550100")},
		{Name: "ANI", Bytes: []byte("4085550142")}, {Name: "DNIS", Bytes: []byte("7700")}, {Name: "DialedNumber", Bytes: []byte("8005550100")},
		{Name: "CallVariable1", Bytes: []byte("gold")}, {Name: "CallVariable2", Bytes: []byte("en-US")}, {Name: "CallVariable3", Bytes: []byte("order 4711")},
		{Name: "NamedVariable", Key: "user.account", Bytes: []byte("00012345")}, {Name: "NamedVariable", Key: "user.segment", Bytes: []byte("gold")},
	})
	require.NoError(tb, err)
	return frame
}

func BenchmarkDecodeCallDelivered(b *testing.B) {
	frame := delivered(b, 15)
	d := CCE().Decoder(15)
	var m Message
	b.SetBytes(int64(len(frame)))
	b.ReportAllocs()
	for b.Loop() {
		d.Decode(&m, frame)
	}
	require.Empty(b, m.Problems)
}

func TestDecodeDoesNotAllocate(t *testing.T) {
	r := rand.New(rand.NewPCG(5, 6))
	var m Message
	d := CCE().Decoder(0)
	eachLayout(t, func(t *testing.T, def *schema.Message, version int) {
		if version != 15 && version != 25 {
			return
		}
		frame, err := CCE().AppendMessage(nil, def, version, randomValues(r, def, version))
		require.NoError(t, err)
		d.Reset(version)
		d.Decode(&m, frame)
		require.Zero(t, testing.AllocsPerRun(10, func() { d.Decode(&m, frame) }), def.Name)
	})
}

// BenchmarkSearch looks for a header in bytes that hold none.
func BenchmarkSearch(b *testing.B) {
	r := rand.New(rand.NewPCG(7, 8))
	for _, kind := range []string{"random", "zeros"} {
		junk := make([]byte, maxSearch)
		for i := range junk {
			if kind == "random" {
				junk[i] = byte(r.UintN(256))
			}
		}
		b.Run(kind, func(b *testing.B) {
			b.SetBytes(int64(len(junk)))
			b.ReportAllocs()
			for b.Loop() {
				if nextHeader(junk, 0) >= 0 {
					b.Fatal("found a header")
				}
			}
		})
	}
}

func BenchmarkStream(b *testing.B) {
	frame := delivered(b, 15)
	segment := append(append([]byte{}, frame...), frame...)
	var pool Pool
	var s Stream
	s.Init(CCE(), &pool, func([]byte) int { return 3 }, true)
	b.SetBytes(int64(len(segment)))
	b.ReportAllocs()
	for b.Loop() {
		s.Push(segment, Mark{})
		for {
			if _, ok := s.Next(); !ok {
				break
			}
		}
	}
}
