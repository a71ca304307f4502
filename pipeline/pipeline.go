// Package pipeline runs a capture through all stages: packets are read, put
// into streams, cut into messages, decoded and handed to the Taps: the uses of a
// run, such as printing and counting. What they give comes out in the order of the
// capture.
//
// Reading, network and reassembly run in the caller's goroutine; sessions are
// spread over workers, each with its own Stages. What comes out is the same, byte
// for byte, for any number of workers.
package pipeline

import (
	"ctiscope/network"
	"ctiscope/reassembly"
	"ctiscope/session"
)

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
	// Trace keeps what session.Record.Places tells: which packets hold the bytes.
	Trace bool
	// Taps are the uses of the run.
	Taps []Tap
}
