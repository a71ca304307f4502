package main

import (
	"context"
	"fmt"
	"os"
	"os/signal"
	"sync/atomic"
	"time"

	"ctiscope/capture/live"
	"ctiscope/capture/record"
	"ctiscope/pipeline"
	"ctiscope/session"
)

// tally counts records while a run goes on; it may be read at any time.
type tally struct{ messages, gaps atomic.Int64 }

// tallying is a Stage that counts what passes on its way to the next one.
type tallying struct {
	tally *tally
	next  pipeline.Stage
}

// Append counts a record and hands it on.
func (t *tallying) Append(dst []byte, r *session.Record) []byte {
	switch r.Kind {
	case session.Message:
		t.tally.messages.Add(1)
	case session.GapEvent:
		t.tally.gaps.Add(1)
	}
	return t.next.Append(dst, r)
}

// reportStatus tells on stderr how a capture goes, at every signal that asks
// for it and every interval (0 means none), until ctx is done.
func (a *app) reportStatus(ctx context.Context, src *live.Source, k *keeper, t *tally, interval time.Duration) {
	asked := make(chan os.Signal, 1)
	if len(statusSignals) > 0 {
		signal.Notify(asked, statusSignals...)
		defer signal.Stop(asked)
	}
	var tick <-chan time.Time
	if interval > 0 {
		ticker := time.NewTicker(interval)
		defer ticker.Stop()
		tick = ticker.C
	}
	for {
		select {
		case <-ctx.Done():
			return
		case <-asked:
		case <-tick:
		}
		text := statusText(src.Stats(), t)
		if k.recorder != nil {
			text += "; " + recordText(k.recorder.Stats())
		}
		a.note("status: %s", text)
	}
}

func statusText(s live.Stats, t *tally) string {
	return fmt.Sprintf("%d packets, %d bytes, %d messages, %d holes; dropped: %d by the system, %d by the interface, "+
		"%d because the output was too slow; %s of %s waiting for output",
		s.Received, s.Bytes, t.messages.Load(), t.gaps.Load(),
		s.KernelDropped, s.InterfaceDropped, s.QueueDropped, roundSize(int64(s.Queued)), sizeText(int64(s.QueueLimit)))
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
