package reassembly

import (
	"ctiscope/capture"
	"ctiscope/network"
)

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

	said    Fact             // the last one
	found   Place            // of the segment at hand, with Options.Placer
	placed  [1]capture.Piece // of the segment at hand, with Options.Trace
	history history
	decoder *network.Decoder // of earlier
	past    network.Segment
}

func (q *sequencer) send(e Event) {
	q.event = e
	q.event.Now = q.clock.reached()
	q.emit(&q.event)
}

// place returns where the payload of a segment lies, until the next call.
func (q *sequencer) place(s *network.Segment) []capture.Piece {
	if s.Owned {
		return s.Pieces
	}
	q.placed[0] = capture.Piece{Packet: s.Number, File: s.File, At: s.At, Len: uint32(len(s.Payload)), Off: s.Off}
	return q.placed[:]
}
