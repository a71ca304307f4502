package main

import (
	"os"

	"golang.org/x/sys/windows"
)

// enableColor makes a Windows console understand colour sequences; false means
// that it is too old for them.
func enableColor(stream any) bool {
	f, ok := stream.(*os.File)
	if !ok {
		return false
	}
	console := windows.Handle(f.Fd())
	var mode uint32
	if windows.GetConsoleMode(console, &mode) != nil {
		return false
	}
	return windows.SetConsoleMode(console, mode|windows.ENABLE_VIRTUAL_TERMINAL_PROCESSING) == nil
}
