package main

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"ctiscope/account"
	"ctiscope/capture/live"
	"ctiscope/internal/metrics"
	"ctiscope/output"
)

func TestLossNews(t *testing.T) {
	var l losses
	start := time.Now()
	at := func(seconds int) time.Time { return start.Add(time.Duration(seconds) * time.Second) }
	require.Empty(t, l.news(live.Stats{}, at(0)))
	require.Equal(t, "1 packet dropped because the output is too slow", l.news(live.Stats{QueueDropped: 1}, at(1)))
	require.Empty(t, l.news(live.Stats{QueueDropped: 1}, at(60)), "nothing new")
	require.Equal(t, "4 packets dropped because the output is too slow, 3 packets dropped by the system",
		l.news(live.Stats{QueueDropped: 5, KernelDropped: 2, InterfaceDropped: 1}, at(61)))
	require.Empty(t, l.news(live.Stats{QueueDropped: 50, KernelDropped: 2, InterfaceDropped: 1}, at(62)), "too soon")
	require.Equal(t, "45 packets dropped because the output is too slow",
		l.news(live.Stats{QueueDropped: 50, KernelDropped: 2, InterfaceDropped: 1}, at(72)))
}

func TestStatusText(t *testing.T) {
	s := live.Stats{Received: 10, Bytes: 1000, KernelDropped: 1, InterfaceDropped: 2, QueueDropped: 3, Queued: 1 << 20, QueueLimit: 128 << 20}
	require.Equal(t, "10 packets, 1000 bytes, 0 messages, 0 holes; dropped: 1 by the system, 2 by the interface, "+
		"3 because the output was too slow; 1.0MiB of 128MiB waiting for output", statusText(s, new(metrics.Tap)))
	s.Stalled = 12400 * time.Millisecond
	require.Contains(t, statusText(s, new(metrics.Tap)), "; the output has stood still for 12s")
	require.Equal(t, "5 packets kept in 2 files, 1 file removed, 4 packets not written, 6 too fast to be written",
		output.RecordedText(&account.Recorded{Packets: 5, Files: 2, Removed: 1, Unwritten: 4, QueueDropped: 6}))
}
