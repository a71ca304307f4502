//go:build !windows

package main

import (
	"os"
	"syscall"
)

// statusSignals ask a running capture how it goes.
var statusSignals = []os.Signal{syscall.SIGUSR1}
