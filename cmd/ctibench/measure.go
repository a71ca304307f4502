package main

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"time"
)

// measured is one run of a command.
type measured struct {
	seconds float64
	cpu     float64 // seconds of processor time, user and system
	rss     int64   // largest resident memory in bytes, 0 where the system does not tell
	err     error
}

// measure runs a command with its output thrown away by the system.
func measure(cmd []string) measured {
	null, err := os.OpenFile(os.DevNull, os.O_WRONLY, 0)
	if err != nil {
		return measured{err: err}
	}
	defer null.Close()
	c := exec.Command(cmd[0], cmd[1:]...)
	c.Stdout = null
	start := time.Now()
	err = c.Run()
	m := measured{seconds: time.Since(start).Seconds(), err: err}
	if c.ProcessState != nil {
		m.rss = peak(c.ProcessState)
		m.cpu = (c.ProcessState.UserTime() + c.ProcessState.SystemTime()).Seconds()
	}
	return m
}

// exitCode returns the exit status behind the error of a command; -1 when it
// did not run.
func exitCode(err error) int {
	var exit *exec.ExitError
	switch {
	case err == nil:
		return 0
	case errors.As(err, &exit):
		return exit.ExitCode()
	}
	return -1
}

func (b *bench) header() {
	fmt.Printf("%-34s %9s %9s %7s  %s\n", "comparison", "first", "second", "ratio", "goal")
}

// compare runs two commands in turn and prints the medians and their ratio.
func (b *bench) compare(name, goal string, first, second []string) {
	for _, cmd := range [][]string{first, second} {
		if _, err := exec.LookPath(cmd[0]); err != nil {
			fmt.Printf("%-34s left out: %s is not installed\n", name, filepath.Base(cmd[0]))
			return
		}
	}
	var a, z []float64
	for i := range b.runs + 1 {
		for _, side := range []struct {
			cmd  []string
			list *[]float64
		}{{first, &a}, {second, &z}} {
			m := measure(side.cmd)
			if m.err != nil {
				fmt.Printf("%-34s failed: %s: %v\n", name, filepath.Base(side.cmd[0]), m.err)
				return
			}
			if i > 0 { // the first run warms the caches
				*side.list = append(*side.list, m.seconds)
			}
		}
	}
	x, y := median(a), median(z)
	fmt.Printf("%-34s %8.3fs %8.3fs %7.2f  %s\n", name, x, y, x/y, goal)
}

func median(list []float64) float64 {
	slices.Sort(list)
	n := len(list)
	return (list[(n-1)/2] + list[n/2]) / 2
}
