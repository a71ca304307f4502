//go:build !windows

package main

// enableColor prepares a terminal for colour sequences; only Windows needs it.
func enableColor(any) bool { return true }
