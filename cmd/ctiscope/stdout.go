package main

import (
	"errors"

	"ctiscope/pipeline"
)

// isClosedOutput tells whether a run ended because the reader of its messages went
// away, and for nothing else.
func isClosedOutput(err error) bool {
	var failed *pipeline.WriteError
	return errors.As(err, &failed) && isClosedPipe(failed)
}
