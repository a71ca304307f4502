package output

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"ctiscope/session"
	"ctiscope/statistics"
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

func collect(records []*session.Record, workers int) *statistics.Collector {
	list := make([]*statistics.Collector, workers)
	for i := range list {
		list[i] = statistics.New()
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
	golden(t, "stats.json", AppendStatisticsJSON(nil, s.Report(nil)))
	checkJSON(t, AppendStatisticsJSON(nil, s.Report(nil)))
	golden(t, "stats.txt", AppendStatistics(nil, s.Report(nil), 0))
	golden(t, "stats_100.txt", AppendStatistics(nil, s.Report(nil), 100))
}

func TestStatsAreTheSameForAnyNumberOfWorkers(t *testing.T) {
	records := office(t, 9)
	want := collect(records, 1)
	for _, workers := range []int{2, 3, 8} {
		got := collect(records, workers)
		require.Equal(t, string(AppendStatisticsJSON(nil, want.Report(nil))), string(AppendStatisticsJSON(nil, got.Report(nil))))
		require.Equal(t, string(AppendStatistics(nil, want.Report(time.UTC), 80)), string(AppendStatistics(nil, got.Report(time.UTC), 80)))
	}
}

func TestStatsOfNothing(t *testing.T) {
	s := collect(nil, 2)
	checkJSON(t, AppendStatisticsJSON(nil, s.Report(nil)))
	require.Contains(t, string(AppendStatisticsJSON(nil, s.Report(nil))), `"first":null`)
	require.Equal(t, "0 messages, 0 bytes\n", string(AppendStatistics(nil, s.Report(nil), 80)))
}

// Sessions beyond the limit, unknown numbers and odd codes go together.
func TestStatsAreBounded(t *testing.T) {
	s := statistics.New()
	r := record(t, "HEARTBEAT_REQ", 15)
	for _, id := range []int64{statistics.MaxSessions, statistics.MaxSessions + 1, 1 << 40} {
		r.Info.ID = id
		s.Add(r)
	}
	for _, number := range []byte{0xfe, 0xff} {
		s.Add(decoded([]byte{0, 0, 0, 0, number, 0, 0, 0}, 15))
	}
	for code := range int64(3) {
		s.Add(record(t, "FAILURE_CONF", 15, num("Status", 1<<30+code)))
		s.Add(record(t, "CONTROL_FAILURE_CONF", 15, num("FailureCode", 1), num("PeripheralErrorCode", 1<<30+code)))
	}
	all := s.Report(nil)
	require.Len(t, all.Sessions, 2)
	require.Equal(t, int64(2), all.MoreSessions.Messages)
	last := all.Types[len(all.Types)-1]
	require.Equal(t, "UNKNOWN", last.Name)
	require.Equal(t, int64(2), last.Messages)
	require.Len(t, all.Failures, 2)
	require.Len(t, all.PeripheralErrors, 1)
	require.Nil(t, all.PeripheralErrors[0].Code)
	require.Equal(t, int64(3), all.PeripheralErrors[0].Count)
	require.Contains(t, string(AppendStatistics(nil, all, 0)), "sessions after the first 10000: 2 messages")
}

func TestStatsAllocateNothing(t *testing.T) {
	s := statistics.New()
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

func BenchmarkStats(b *testing.B) {
	s := statistics.New()
	r := delivered(b)
	s.Add(r)
	b.SetBytes(int64(len(r.Message.Frame)))
	b.ReportAllocs()
	for b.Loop() {
		s.Add(r)
	}
}
