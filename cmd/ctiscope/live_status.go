package main

import (
	"context"
	"fmt"
	"os"
	"os/signal"
	"time"

	"ctiscope/account"
	"ctiscope/capture/live"
	"ctiscope/internal/metrics"
	"ctiscope/output"
	"ctiscope/text"
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
			if news := told.news(r.source.Stats(), now); news != "" {
				r.remark("%s", news)
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
	said := statusText(r.source.Stats(), r.counts)
	if r.keeper.recorder != nil {
		said += "; " + output.RecordedText(account.NewRecorded(r.keeper.recorder.Stats()))
	}
	r.note("status: %s", said)
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
	news := text.Counts(
		text.Count(int64(queue-l.queue), "packet dropped because the output is too slow", "packets dropped because the output is too slow"),
		text.Count(int64(system-l.system), "packet dropped by the system", "packets dropped by the system"),
	)
	*l = losses{queue, system, now}
	return news
}

// stallShown is from when on a status says that nothing is taken.
const stallShown = 2 * time.Second

func statusText(s live.Stats, t *metrics.Tap) string {
	messages, gaps := t.Totals()
	said := fmt.Sprintf("%d packets, %d bytes, %d messages, %d holes; dropped: %d by the system, %d by the interface, "+
		"%d because the output was too slow; %s of %s waiting for output",
		s.Received, s.Bytes, messages, gaps,
		s.KernelDropped, s.InterfaceDropped, s.QueueDropped, text.RoundSize(int64(s.Queued)), text.Size(int64(s.QueueLimit)))
	if s.Stalled >= stallShown {
		said += fmt.Sprintf("; the output has stood still for %s", s.Stalled.Round(time.Second))
	}
	return said
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
	r.counts.Fill(&s)
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
