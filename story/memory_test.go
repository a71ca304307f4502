package story

import (
	"fmt"
	"runtime"
	"testing"

	"github.com/stretchr/testify/require"
)

// TestMemoryOfOpenCalls holds many calls open, each with what a call usually has.
func TestMemoryOfOpenCalls(t *testing.T) {
	const open = 20_000
	heap := func() uint64 {
		runtime.GC()
		var m runtime.MemStats
		runtime.ReadMemStats(&m)
		return m.HeapAlloc
	}
	s := newSink(Options{Kinds: Calls, Limits: Limits{}.withDefaults(), Emit: func(Thing) error { return nil }})
	before := heap()
	for i := range int64(open) {
		e := callTold{What: beginCall, Peripheral: 5000, Type: 23, ANI: Text{true, "5551234"}, DNIS: Text{true, "800"}}
		e.Place = Place{Moment{6, i * 1e6}, i, 1}
		e.Parts = []part{{1000 + i, Coded{true, 0, "CONNECTION_ID_STATIC"}, fmt.Sprint("L", i)}}
		for v := range int64(6) {
			e.Variables = append(e.Variables, toldVariable{Name: fmt.Sprint("CallVariable", v), Value: "gold", Index: -1})
		}
		for session := range int64(3) {
			e.Session, e.Monitor = 1+session, 3
			for _, what := range []uint8{beginCall, delivered, established} {
				e.What, e.Type, e.All = what, uint32(what), int64(what)
				e.State, e.Device = Coded{true, 2, ""}, Text{true, "3001"}
				require.NoError(t, s.calls.event(&e))
			}
		}
	}
	each := (heap() - before) / open
	require.Less(t, each, uint64(8<<10))
	t.Logf("%d bytes an open call", each)
	runtime.KeepAlive(s)
}
