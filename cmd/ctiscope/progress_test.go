package main

import (
	"bytes"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// growing is a source that is read further each time it is looked at.
type growing struct{ read atomic.Int64 }

func (g *growing) Progress() (read, total int64) { return g.read.Add(progressFrom / 4), progressFrom }

// screen is what a bar is drawn on.
type screen struct {
	mu   sync.Mutex
	text bytes.Buffer
}

func (s *screen) Write(b []byte) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.text.Write(b)
}

func (s *screen) String() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.text.String()
}

func TestProgressBar(t *testing.T) {
	var s screen
	stop := showProgress(&s, new(growing))
	require.Eventually(t, func() bool { return bytes.Contains([]byte(s.String()), []byte("%")) }, 10*time.Second, 10*time.Millisecond)
	stop()
	// The last thing that the bar does is to blank its line.
	require.Regexp(t, `\r +\r$`, s.String())
	drawn := s.String()
	time.Sleep(300 * time.Millisecond)
	require.Equal(t, drawn, s.String(), "the bar goes on after its end")
}

func TestProgressOnlyOnTerminals(t *testing.T) {
	a := &app{stdout: new(bytes.Buffer), stderr: new(bytes.Buffer)}
	j := &job{running: &running{bar: newChoice("WHEN", "auto", "auto", "never")}, silent: true}
	require.False(t, a.wantsProgress(j, new(growing)))
}
