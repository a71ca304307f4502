package reassembly

import (
	"ctiscope/capture"
	"ctiscope/network"
)

// How much of a candidate is remembered, and for how long.
const (
	candidateBytes = 64
	candidateParts = 4
	candidateNanos = int64(10e9)
)

// candidate is a connection on other than CTI ports of which one direction's
// first bytes were seen, too few to tell what they are.
type candidate struct {
	src, dst network.Endpoint
	time     int64
	next     uint32 // sequence number
	parts    [candidateParts]network.Segment
	nParts   int // 0 when the place is free
	bytes    [candidateBytes]byte
	nBytes   int
	trial    Trial
}

// recall makes a candidate of the connection of s.
func (a *Assembler) recall(s *network.Segment) {
	l := &a.look
	if len(s.Payload) > candidateBytes || len(s.Payload) != s.Length {
		return
	}
	a.counters.Candidates++
	if l.candidates == nil {
		l.candidates = make([]candidate, l.limit)
	}
	c := &l.candidates[l.at]
	l.at = (l.at + 1) % len(l.candidates)
	if c.nParts > 0 {
		a.counters.EvictedCandidates++
		l.forget(c)
	}
	c.src, c.dst, c.time, c.nParts, c.nBytes = s.Src, s.Dst, a.clock.now.Time, 0, 0
	c.add(s)
	c.trial = a.opts.Recognizer.Trial()
	c.trial.Feed(AtoB, s.Payload)
	l.use(s.Src.Port, 1)
	l.use(s.Dst.Port, 1)
}

// add keeps a segment, for which there must be room.
func (c *candidate) add(s *network.Segment) {
	part := &c.parts[c.nParts]
	*part = *s
	part.Payload, part.Layers = nil, nil
	if !s.Owned { // as it will be when it is used
		part.Pieces = []capture.Piece{{Packet: s.Number, File: s.File, At: s.At, Len: uint32(len(s.Payload)), Off: s.Off}}
	}
	c.nParts++
	c.nBytes += copy(c.bytes[c.nBytes:], s.Payload)
	c.next = s.Seq + uint32(s.Length)
}

// segments returns what was kept, in memory of its own.
func (c *candidate) segments() []network.Segment {
	list := append([]network.Segment(nil), c.parts[:c.nParts]...)
	data := append([]byte(nil), c.bytes[:c.nBytes]...)
	for i := range list {
		n := list[i].Length
		list[i].Payload, list[i].Owned = data[:n:n], true
		data = data[n:]
	}
	return list
}

// forget drops a candidate.
func (l *lookBack) forget(c *candidate) {
	l.use(c.src.Port, -1)
	l.use(c.dst.Port, -1)
	c.nParts, c.trial = 0, nil
}

// candidate takes a segment that may go on where a candidate's bytes end, and
// tells whether it did.
func (a *Assembler) candidate(s *network.Segment, b *capture.Block) bool {
	l := &a.look
	for i := range l.candidates {
		c := &l.candidates[i]
		if c.nParts > 0 && c.next == s.Seq && c.src == s.Src && c.dst == s.Dst {
			return a.goOn(c, s, b)
		}
	}
	return false
}

// goOn takes the segment that follows a candidate's bytes.
func (a *Assembler) goOn(c *candidate, s *network.Segment, b *capture.Block) bool {
	v := No
	if a.clock.now.Time-c.time < candidateNanos {
		v = c.trial.Feed(AtoB, s.Payload)
	}
	switch {
	case v >= Known:
		before := c.segments()
		a.look.forget(c)
		a.discover(s, b, v, before)
		return true
	case v == More && c.nParts < candidateParts && c.nBytes+s.Length <= candidateBytes && len(s.Payload) == s.Length:
		a.notFollowed(s) // yet
		c.add(s)
		return true
	}
	a.look.forget(c)
	return false
}
