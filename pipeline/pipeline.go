// Package pipeline runs a capture through all stages: packets are read, put
// into streams, cut into messages, decoded and handed to a Stage for printing
// or counting, and the printed bytes come out in the order of the capture.
//
// Reading, network and reassembly run in the caller's goroutine; sessions are
// spread over workers, each with its own Stage. What comes out is the same,
// byte for byte, for any number of workers.
package pipeline

import (
	"ctiscope/network"
	"ctiscope/reassembly"
	"ctiscope/session"
)

// Stage is what becomes of the records of one worker. It is used by one
// goroutine at a time.
type Stage interface {
	// Append appends to dst what is to be printed for r and returns the
	// extended slice; a Stage that only counts returns dst as it is. r is
	// valid during the call only.
	Append(dst []byte, r *session.Record) []byte
}

// Options say how a Pipeline runs. The zero value of each part is its default;
// that of Reassembly.Ports are the ports of the first instance of a server of the
// protocol (Session.Codec).
type Options struct {
	// Workers is the number of goroutines that decode; 0 means one for each
	// CPU, at most 4.
	Workers    int
	Network    network.Options
	Reassembly reassembly.Options
	Session    session.Options
	// Limit ends the run after so many printed records; 0 means no limit.
	Limit int64
	// NewStage makes the Stage of one worker.
	NewStage func() Stage
}
