package main

import (
	"io"

	"ctiscope/capture"
)

// stopper is a live source that can be told to end.
type stopper interface {
	capture.Source
	Stop()
}

// counting ends a source after so many packets.
type counting struct {
	stopper
	left int64
}

// limited limits a source to n packets; 0 means no limit.
func limited(src stopper, n int64) capture.Source {
	if n == 0 {
		return src
	}
	return &counting{src, n}
}

// Next returns the next packets as long as the count lasts.
func (c *counting) Next() (*capture.Block, error) {
	if c.left == 0 {
		return nil, io.EOF
	}
	b, err := c.stopper.Next()
	if err != nil {
		return b, err
	}
	if int64(len(b.Packets)) >= c.left {
		b.Packets = b.Packets[:c.left]
		c.stopper.Stop()
	}
	c.left -= int64(len(b.Packets))
	return b, nil
}
