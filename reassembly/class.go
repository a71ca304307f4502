package reassembly

// class orders connections by how soon they may be forgotten.
type class uint8

const (
	ended  class = iota // closed
	empty               // no data yet
	young               // little data
	proven              // at least provenSegments segments with data
	classes
)

// provenSegments is how many segments with data make a connection worth
// keeping above others: a flood of connections that say one thing each cannot
// drive out a session that rests.
const provenSegments = 12

// flowList is a list of flows in the order in which they were queued.
type flowList struct{ head, tail *flow }

func (l *flowList) push(f *flow, now int64) {
	f.queued, f.prev, f.next = now, l.tail, nil
	if l.tail != nil {
		l.tail.next = f
	} else {
		l.head = f
	}
	l.tail = f
}

func (l *flowList) remove(f *flow) {
	if f.prev != nil {
		f.prev.next = f.next
	} else {
		l.head = f.next
	}
	if f.next != nil {
		f.next.prev = f.prev
	} else {
		l.tail = f.prev
	}
	f.prev, f.next = nil, nil
}

// classify moves a flow to another class.
func (a *Assembler) classify(f *flow, c class) {
	a.lists[f.class].remove(f)
	f.class = c
	a.lists[c].push(f, a.clock.now.Time)
}

// carried notes that a flow carried data.
func (a *Assembler) carried(f *flow) {
	if f.count == provenSegments {
		return
	}
	f.count++
	switch f.count {
	case 1:
		a.classify(f, young)
	case provenSegments:
		a.classify(f, proven)
	}
}

// idlest returns the flow of the lowest class that has waited longest at the
// head of its list without a segment: second chance rather than an exact
// order, which would cost every segment.
func (a *Assembler) idlest() *flow {
	for c := range a.lists {
		l := &a.lists[c]
		for l.head != nil {
			f := l.head
			if f.seen <= f.queued || l.head == l.tail {
				return f
			}
			l.remove(f)
			l.push(f, a.clock.now.Time)
		}
	}
	return nil
}

// makeRoom forgets a connection when there are too many.
func (a *Assembler) makeRoom() {
	if a.table.used < a.opts.Connections {
		return
	}
	f := a.idlest()
	if f.state != closed {
		a.counters.EvictedConnections++
	}
	a.forget(f, Forgotten)
}

// timeWait is how long a closed connection is kept.
const timeWait = int64(120e9)

// expire forgets connections that have been idle for too long.
func (a *Assembler) expire() {
	limits := [classes]int64{ended: timeWait, empty: int64(a.opts.HalfOpen), young: int64(a.opts.Idle), proven: int64(a.opts.Idle)}
	for c, limit := range limits {
		l := &a.lists[c]
		for l.head != nil && a.clock.now.Time-l.head.queued >= limit {
			f := l.head
			switch {
			case c == int(empty) && f.state != asked && a.clock.now.Time-f.seen < int64(a.opts.Idle), a.clock.now.Time-f.seen < limit:
				l.remove(f)
				l.push(f, a.clock.now.Time)
				continue
			case f.state != closed:
				a.counters.IdleConnections++
			}
			a.forget(f, Forgotten)
		}
	}
}
