package reassembly

import "ctiscope/network"

// sequencer puts the bytes of single directions in order: what is next goes on,
// later data waits, what does not come becomes a Hole. Connections, and which of
// them are followed, are the Assembler's.
type sequencer struct {
	opts     *Options
	emit     func(*Event)
	event    Event
	counters *Counters
	clock    *clock
	// ended is called for a flow that may have come to its end.
	ended func(*flow)

	waiting  pendingList
	buffered int // bytes that wait, with what it takes to remember them

	decoder *network.Decoder // of earlier
	past    network.Segment
}

func (q *sequencer) send(e Event) {
	q.event = e
	q.emit(&q.event)
}
