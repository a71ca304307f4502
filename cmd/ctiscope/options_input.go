package main

import (
	"errors"
	"fmt"
)

// input holds the options that say which packets are read.
type input struct {
	files []string
	count int64
}

func (i *input) group() group {
	g := newGroup("Input")
	g.flags.StringArrayVarP(&i.files, "read", "r", nil, "read this `FILE`, as if it stood among the arguments")
	i.countFlag(g)
	return g
}

// countFlag adds --count, which live has too.
func (i *input) countFlag(g group) {
	g.flags.Int64VarP(&i.count, "count", "c", 0, "stop after `N` packets")
}

// check refuses what cannot be meant.
func (i *input) check() error {
	if i.count < 0 {
		return fmt.Errorf("--count %d: want a number of 0 or more", i.count)
	}
	return nil
}

// paths returns the captures that the command line names.
func (i *input) paths(command string, args []string) ([]string, error) {
	all := append(append([]string(nil), i.files...), args...)
	if len(all) == 0 {
		return nil, withHint(errors.New(command+" needs a capture file"), "%s capture.pcapng; - reads standard input", command)
	}
	return all, i.check()
}
