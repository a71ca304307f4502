package main

import (
	"io"
	"time"

	"github.com/schollz/progressbar/v3"

	"ctiscope/capture"
)

// progressFrom is the size of input from which a bar is worth its place.
const progressFrom = 64 << 20

// progresser is a capture.Source that knows how far it has come, in bytes of
// the files; total is 0 where nobody knows it.
type progresser interface{ Progress() (read, total int64) }

// progress shows a bar, where one is wanted, until the function that it
// returns is called.
func (a *app) progress(j *job, src capture.Source) (stop func()) {
	p, ok := src.(progresser)
	if !ok || !a.wantsProgress(j, p) {
		return func() {}
	}
	return showProgress(a.stderr, p)
}

// wantsProgress decides whether to show a bar: for large input, on a terminal,
// and not among output on the same terminal.
func (a *app) wantsProgress(j *job, p progresser) bool {
	if j.running.bar.current == "never" || !isTerminal(a.stderr) || isTerminal(a.stdout) && !j.silent {
		return false
	}
	_, total := p.Progress()
	return total >= progressFrom
}

// showProgress draws a bar until the function that it returns is called, which
// wipes it away.
func showProgress(w io.Writer, p progresser) (stop func()) {
	_, total := p.Progress()
	bar := progressbar.NewOptions64(total,
		progressbar.OptionSetWriter(w),
		progressbar.OptionShowBytes(true),
		progressbar.OptionSetWidth(30),
		progressbar.OptionClearOnFinish(),
		progressbar.OptionThrottle(100*time.Millisecond),
	)
	end, ended := make(chan struct{}), make(chan struct{})
	go func() {
		defer close(ended)
		tick := time.NewTicker(200 * time.Millisecond)
		defer tick.Stop()
		for {
			select {
			case <-end:
				// A bar that cannot be drawn harms nobody.
				_ = bar.Finish()
				return
			case <-tick.C:
				read, _ := p.Progress()
				_ = bar.Set64(min(read, total-1))
			}
		}
	}()
	return func() {
		close(end)
		<-ended
	}
}
