package reassembly

import (
	"cmp"
	"slices"

	"ctiscope/capture"
	"ctiscope/network"
)

// meet begins to follow a connection on CTI ports by its first segment. A RST
// alone begins nothing.
func (a *Assembler) meet(s *network.Segment, b *capture.Block) (*flow, Direction) {
	if s.Flags&network.RST != 0 {
		a.counters.IgnoredRST++
		return nil, AtoB
	}
	c := &Conn{Opened: markOf(s)}
	d := a.sides(c, s)
	return a.open(c), d
}

// sides fills in the ends of a connection from one of its segments and returns
// the segment's direction.
func (a *Assembler) sides(c *Conn, s *network.Segment) Direction {
	from, to := a.ports.Has(s.Src.Port), a.ports.Has(s.Dst.Port)
	syn, ack := s.Flags&network.SYN != 0, s.Flags&network.ACK != 0
	c.ClientKnown = syn || from != to
	c.Start = syn
	if syn && ack || !syn && from && !to {
		c.A, c.B = s.Dst, s.Src
		return BtoA
	}
	c.A, c.B = s.Src, s.Dst
	return AtoB
}

// open begins to follow a connection.
func (a *Assembler) open(c *Conn) *flow {
	a.makeRoom()
	a.ids++
	c.ID = a.ids
	a.counters.Connections++
	if !c.Start {
		a.counters.Midstream++
	}
	f := a.table.add(c.A, c.B)
	f.conn, f.id, f.class, f.seen = c, c.ID, empty, max(a.clock.now.Time, a.clock.at.Time)
	f.clientKnown = c.ClientKnown
	f.odd = !a.ports.Has(c.A.Port) && !a.ports.Has(c.B.Port)
	if f.odd {
		a.look.follow(f, 1)
	}
	if c.Verdict != No {
		a.counters.Recognized++
	}
	a.lists[empty].push(f, a.clock.now.Time)
	a.bytes.send(Event{Kind: Open, Conn: c, Mark: a.clock.at})
	return f
}

// end hands on what waits and closes a connection. Its flow stays, to know what
// comes after the end.
func (a *Assembler) end(f *flow, cause CloseCause, mark Mark) {
	for d := range f.half {
		h := &f.half[d]
		for h.pend != nil {
			a.bytes.giveUp(h.pend, Lost, true)
		}
		a.bytes.tail(f, Direction(d))
		if h.last.Number > mark.Number {
			mark = h.last
		}
	}
	if f.state == closing {
		cause = Reset
	}
	c, d := f.conn, f.closer(cause)
	if f.state == asked && (cause == Reset || a.clock.now.Time-c.Opened.Time >= unanswered) {
		a.counters.Refused++
		a.bytes.send(Event{Kind: Refused, Dir: d, Conn: c, Mark: mark})
	}
	a.bytes.neverSeen(f)
	f.conn, f.syn, f.state = nil, nil, closed
	a.classify(f, ended)
	a.bytes.send(Event{Kind: Close, Dir: d, Conn: c, Mark: mark, Cause: cause})
}

// closer returns the direction of the side that ended a connection for this
// cause.
func (f *flow) closer(cause CloseCause) Direction {
	switch {
	case cause == Reset:
		return f.reset.dir
	case cause != Fin:
		return NoDirection
	case f.half[BtoA].finAt < f.half[AtoB].finAt:
		return BtoA
	}
	return AtoB
}

// unanswered is after which time a SYN counts as never answered.
const unanswered = int64(3e9)

// forget ends a connection, unless it has ended, and its flow with it.
func (a *Assembler) forget(f *flow, cause CloseCause) {
	if f.state != closed {
		a.end(f, cause, a.clock.now)
	}
	if f.odd {
		a.look.follow(f, -1)
	}
	if f.reset.queued {
		a.resets = slices.DeleteFunc(a.resets, func(o *flow) bool { return o == f })
	}
	a.lists[f.class].remove(f)
	a.table.remove(f)
}

func sortByID(flows []*flow) {
	id := func(f *flow) int64 {
		if f.conn == nil {
			return 0
		}
		return f.conn.ID
	}
	slices.SortStableFunc(flows, func(x, y *flow) int { return cmp.Compare(id(x), id(y)) })
}
