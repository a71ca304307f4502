package reassembly

import "ctiscope/network"

// Verdict is what is said of the bytes of a connection on other than CTI ports.
type Verdict uint8

// The verdicts. Known+n stands for the Recognizer's protocol number n.
const (
	No   Verdict = iota // nothing that is looked for
	More                // too few bytes to tell
	TLS                 // cipher text: what is below it cannot be told
	Known
)

// Recognizer looks at the data of connections on other than CTI ports.
type Recognizer interface {
	// Glance judges the beginning of a segment by itself. It is called for every
	// segment of the capture, so it must be fast; More begins a trial.
	Glance(payload []byte) Verdict
	// Trial returns what judges a connection by more than one segment.
	Trial() Trial
}

// Neighbors is what a Recognizer may be, besides: it knows a protocol that looks
// alike.
type Neighbors interface {
	// Neighbor tells whether a segment that Glance does not know is of a protocol
	// with the same header. It is called only for what begins like one.
	Neighbor(s *network.Segment) bool
}

// Trial judges one connection. It keeps a bounded state.
type Trial interface {
	// Feed takes the bytes that come next in a direction; AtoB is that of the
	// segment which began the trial, and is fed first.
	Feed(d Direction, b []byte) Verdict
}
