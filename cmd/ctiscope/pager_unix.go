//go:build linux || darwin

package main

import (
	"context"
	"io/fs"
	"os"
	"time"

	"golang.org/x/sys/unix"
)

// pagerStart is how long a pager may take to set the terminal up, pagerLook how
// often is looked whether it has given the terminal back.
const (
	pagerStart = 50 * time.Millisecond
	pagerLook  = 50 * time.Millisecond
)

// awaitPager waits while a pager that reads standard output has the terminal on
// which stderr is, so that what is told does not land on its screen. It ends
// standard output, for the pager to know; nothing may be printed after it. It
// reports false if the user ended the wait by a signal: there is nobody to tell.
func (a *app) awaitPager(ctx context.Context) bool {
	out, isFile := a.stdout.(*os.File)
	terminal, ok := a.stderr.(*os.File)
	if !isFile || !ok || !isTerminal(terminal) || !isPipe(out) || ctx.Err() != nil {
		return true
	}
	_ = out.Close()
	time.Sleep(pagerStart)
	for byKey(terminal) {
		select {
		case <-ctx.Done():
			return false
		case <-time.After(pagerLook):
		}
	}
	return true
}

func isPipe(f *os.File) bool {
	info, err := f.Stat()
	return err == nil && info.Mode()&fs.ModeNamedPipe != 0
}

// byKey tells whether the terminal gives a program every key at once, as pagers
// want it, in place of whole lines.
func byKey(terminal *os.File) bool {
	state, err := unix.IoctlGetTermios(int(terminal.Fd()), getTermios)
	return err == nil && state.Lflag&unix.ICANON == 0
}
