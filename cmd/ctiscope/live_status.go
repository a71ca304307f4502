package main

import (
	"context"
	"fmt"
	"os"
	"os/signal"
	"time"

	"ctiscope/capture/live"
	"ctiscope/capture/record"
	"ctiscope/metrics"
)

// reportStatus tells on stderr how the capture goes, at every signal that asks
// for it and every --status-interval, until ctx is done. Losses are told when
// they happen.
func (r *liveRun) reportStatus(ctx context.Context) {
	asked := make(chan os.Signal, 1)
	if len(statusSignals) > 0 {
		signal.Notify(asked, statusSignals...)
		defer signal.Stop(asked)
	}
	var tick <-chan time.Time
	if r.options.status > 0 {
		ticker := time.NewTicker(r.options.status)
		defer ticker.Stop()
		tick = ticker.C
	}
	look := time.NewTicker(lossLook)
	defer look.Stop()
	var told losses
	for {
		select {
		case <-ctx.Done():
			return
		case now := <-look.C:
			if text := told.news(r.source.Stats(), now); text != "" {
				r.remark("%s", text)
			}
		case <-asked:
			r.status()
		case <-tick:
			r.status()
		}
	}
}

// status tells how the capture goes.
func (r *liveRun) status() {
	text := statusText(r.source.Stats(), r.tallies)
	if r.keeper.recorder != nil {
		text += "; " + recordText(r.keeper.recorder.Stats())
	}
	r.note("status: %s", text)
}

// lossLook is how often losses are looked for, lossQuiet how long nothing is
// said after they were told.
const (
	lossLook  = time.Second
	lossQuiet = 10 * time.Second
)

// losses are those that the user has been told about.
type losses struct {
	queue, system uint64
	when          time.Time
}

// news says what was lost since the last time, "" for nothing or too soon.
func (l *losses) news(s live.Stats, now time.Time) string {
	queue, system := s.QueueDropped, s.KernelDropped+s.InterfaceDropped
	if queue == l.queue && system == l.system || now.Sub(l.when) < lossQuiet {
		return ""
	}
	text := counts(
		count{int64(queue - l.queue), "packet dropped because the output is too slow", "packets dropped because the output is too slow"},
		count{int64(system - l.system), "packet dropped by the system", "packets dropped by the system"},
	)
	*l = losses{queue, system, now}
	return text
}

func statusText(s live.Stats, t *tallies) string {
	messages, gaps := t.totals()
	return fmt.Sprintf("%d packets, %d bytes, %d messages, %d holes; dropped: %d by the system, %d by the interface, "+
		"%d because the output was too slow; %s of %s waiting for output",
		s.Received, s.Bytes, messages, gaps,
		s.KernelDropped, s.InterfaceDropped, s.QueueDropped, roundSize(int64(s.Queued)), sizeText(int64(s.QueueLimit)))
}

// snapshot gathers what --metrics tells.
func (r *liveRun) snapshot() metrics.Snapshot {
	<-r.keeper.ready
	st := r.source.Stats()
	s := metrics.Snapshot{
		Packets: st.Received, Bytes: st.Bytes, QueueBytes: st.Queued,
		LostPackets: map[string]uint64{
			"kernel": st.KernelDropped, "interface": st.InterfaceDropped, "queue": st.QueueDropped,
		},
	}
	if r.keeper.recorder != nil {
		written := r.keeper.recorder.Stats()
		s.LostPackets["files"] = uint64(written.Unwritten + written.QueueDropped)
	}
	r.tallies.fill(&s)
	return s
}

// serveMetrics listens for Prometheus, if that is asked for.
func (r *liveRun) serveMetrics() (stop func(), err error) {
	if r.options.metrics == "" {
		return func() {}, nil
	}
	server, err := metrics.Listen(r.options.metrics, version, r.snapshot)
	if err != nil {
		return nil, err
	}
	r.remark("metrics at http://%s/metrics", server.Addr())
	if !server.Loopback() {
		r.remark("warning: other hosts can read the metrics")
	}
	// Who is still asking when the run ends gets no answer.
	return func() { _ = server.Close() }, nil
}

// recordText says what was kept in files.
func recordText(s record.Stats) string {
	text := fmt.Sprintf("%s kept in %s", count{s.Packets, "packet", "packets"}, count{s.Files, "file", "files"})
	if more := counts(count{s.Removed, "file removed", "files removed"}, count{s.Unwritten, "packet not written", "packets not written"},
		count{s.QueueDropped, "too fast to be written", ""}); more != "" {
		text += ", " + more
	}
	return text
}

// roundSize prints a size of bytes for people.
func roundSize(n int64) string {
	for _, u := range units[:3] {
		if n >= u.bytes {
			return fmt.Sprintf("%.1f%s", float64(n)/float64(u.bytes), u.name)
		}
	}
	return fmt.Sprintf("%dB", n)
}
