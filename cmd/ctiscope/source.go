package main

import (
	"context"
	"errors"
	"io/fs"

	"ctiscope/capture"
)

// open opens captures and adds advice to what goes wrong.
func (a *app) open(ctx context.Context, paths []string) (capture.Source, error) {
	for _, path := range paths {
		if path == "-" && isTerminal(a.stdin) {
			return nil, withHint(errors.New("standard input is a terminal, not a capture"),
				"pipe a capture in, as in: tcpdump -w - -i eth0 | ctiscope decode -")
		}
	}
	src, err := capture.Open(paths, capture.Options{Stdin: capture.Interruptible(ctx, a.stdin)})
	if err == nil {
		return src, nil
	}
	return nil, advise(err)
}

// advise adds a hint to an error of capture.Open; of joined errors, to each.
func advise(err error) error {
	if joined, ok := err.(interface{ Unwrap() []error }); ok {
		var list []error
		for _, one := range joined.Unwrap() {
			list = append(list, advise(one))
		}
		return errors.Join(list...)
	}
	switch {
	case errors.Is(err, fs.ErrNotExist):
		if near := nearFile(err); near != "" {
			return withHint(err, "%s", near)
		}
	case errors.Is(err, fs.ErrPermission):
		return withHint(err, "the file is there, its permissions keep you from reading it")
	}
	return err
}
