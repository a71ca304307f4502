package main

import (
	"io"

	"ctiscope/capture"
)

// counting ends a source after so many packets.
type counting struct {
	capture.Source
	left int64
}

// stopper is a live source, which can be told to end.
type stopper interface{ Stop() }

// limited ends a source after the packets of --count; 0 means no limit.
func (i *input) limited(src capture.Source) capture.Source {
	if i.count == 0 {
		return src
	}
	return &counting{src, i.count}
}

// Next returns the next packets as long as the count lasts.
func (c *counting) Next() (*capture.Block, error) {
	if c.left == 0 {
		return nil, io.EOF
	}
	b, err := c.Source.Next()
	if err != nil {
		return b, err
	}
	if int64(len(b.Packets)) >= c.left {
		b.Packets = b.Packets[:c.left]
		if live, ok := c.Source.(stopper); ok {
			live.Stop()
		}
	}
	c.left -= int64(len(b.Packets))
	return b, nil
}
