package main

import (
	"errors"
	"io"

	"ctiscope/pipeline"
)

// isClosedOutput tells whether a run ended because the reader of its messages went
// away, and for nothing else.
func isClosedOutput(err error) bool {
	var failed *pipeline.WriteError
	return errors.As(err, &failed) && isClosedPipe(failed)
}

// headed is a writer that puts a header before the first bytes.
type headed struct {
	w      io.Writer
	header []byte
}

func newOutput(w io.Writer, header []byte) io.Writer {
	if len(header) == 0 {
		return w
	}
	return &headed{w, header}
}

// Write writes the header, once, and b.
func (h *headed) Write(b []byte) (int, error) {
	if len(h.header) > 0 {
		if _, err := h.w.Write(h.header); err != nil {
			return 0, err
		}
		h.header = nil
	}
	return h.w.Write(b)
}
