package output

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"ctiscope/session"
)

// office is the story told by several sessions, with their own numbers.
func office(t testing.TB, sessions int) []*session.Record {
	var all []*session.Record
	for id := 1; id <= sessions; id++ {
		for _, r := range story(t) {
			r.Info.ID = int64(id)
			r.Mark.Time += int64(id) * int64(time.Second)
			r.Request.Mark.Time += int64(id) * int64(time.Second)
			all = append(all, r)
		}
	}
	return all
}

func collect(records []*session.Record, workers int) *Stats {
	list := make([]*Stats, workers)
	for i := range list {
		list[i] = NewStats()
	}
	for _, r := range records {
		list[int(r.Info.ID)%workers].Add(r)
	}
	for _, s := range list[1:] {
		list[0].Merge(s)
	}
	return list[0]
}

func TestStatsTranscripts(t *testing.T) {
	s := collect(office(t, 3), 1)
	golden(t, "stats.json", s.AppendJSON(nil, nil))
	checkJSON(t, s.AppendJSON(nil, nil))
	golden(t, "stats.txt", s.AppendTables(nil, nil, 0))
	golden(t, "stats_100.txt", s.AppendTables(nil, nil, 100))
}

func TestStatsAreTheSameForAnyNumberOfWorkers(t *testing.T) {
	records := office(t, 9)
	want := collect(records, 1)
	for _, workers := range []int{2, 3, 8} {
		got := collect(records, workers)
		require.Equal(t, string(want.AppendJSON(nil, nil)), string(got.AppendJSON(nil, nil)))
		require.Equal(t, string(want.AppendTables(nil, time.UTC, 80)), string(got.AppendTables(nil, time.UTC, 80)))
	}
}

func TestStatsOfNothing(t *testing.T) {
	s := collect(nil, 2)
	checkJSON(t, s.AppendJSON(nil, nil))
	require.Contains(t, string(s.AppendJSON(nil, nil)), `"first":null`)
	require.Equal(t, "0 messages, 0 bytes\n", string(s.AppendTables(nil, nil, 80)))
}

// Sessions beyond the limit, unknown numbers and odd codes go together.
func TestStatsAreBounded(t *testing.T) {
	s := NewStats()
	r := record(t, "HEARTBEAT_REQ", 15)
	for _, id := range []int64{maxSessions, maxSessions + 1, 1 << 40} {
		r.Info.ID = id
		s.Add(r)
	}
	require.Len(t, s.sessions, maxSessions)
	require.Equal(t, int64(2), sum(s.more.sides).Messages)
	for _, number := range []byte{0xfe, 0xff} {
		s.Add(decoded([]byte{0, 0, 0, 0, number, 0, 0, 0}, 15))
	}
	require.Equal(t, int64(2), s.others.all().Messages)
	for code := range int64(3) {
		s.Add(record(t, "FAILURE_CONF", 15, num("Status", 1<<30+code)))
		s.Add(record(t, "CONTROL_FAILURE_CONF", 15, num("FailureCode", 1), num("PeripheralErrorCode", 1<<30+code)))
	}
	require.Len(t, s.failures, 2)
	require.Equal(t, map[uint32]int64{0: 3}, s.peripheral)
	text := string(s.AppendTables(nil, nil, 0))
	require.Contains(t, text, "sessions after the first 10000: 2 messages")
}

func TestStatsAllocateNothing(t *testing.T) {
	s := NewStats()
	records := story(t)
	for _, r := range records {
		s.Add(r)
	}
	require.Zero(t, testing.AllocsPerRun(100, func() {
		for _, r := range records {
			s.Add(r)
		}
	}))
}

func TestNumbers(t *testing.T) {
	for n, want := range map[int64]string{0: "0", 999: "999", 1000: "1,000", 1234567: "1,234,567", -1000: "-1,000"} {
		require.Equal(t, want, grouped(n))
	}
	for n, want := range map[int64]string{0: "0 bytes", 10239: "10,239 bytes", 10240: "10.0 KiB", 256 << 20: "256.0 MiB", 20 << 30: "20.0 GiB"} {
		require.Equal(t, want, bytesText(n))
	}
}

func BenchmarkStats(b *testing.B) {
	s := NewStats()
	r := delivered(b)
	s.Add(r)
	b.SetBytes(int64(len(r.Message.Frame)))
	b.ReportAllocs()
	for b.Loop() {
		s.Add(r)
	}
}
