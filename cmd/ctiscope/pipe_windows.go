package main

import (
	"errors"
	"syscall"

	"golang.org/x/sys/windows"
)

// isClosedPipe tells whether a write failed because the reader went away.
func isClosedPipe(err error) bool {
	return errors.Is(err, windows.ERROR_BROKEN_PIPE) || errors.Is(err, windows.ERROR_NO_DATA) || errors.Is(err, syscall.EPIPE)
}
