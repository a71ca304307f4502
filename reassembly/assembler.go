package reassembly

import (
	"math"

	"ctiscope/capture"
	"ctiscope/network"
)

// Assembler follows connections. It serves one goroutine.
type Assembler struct {
	opts     Options
	clock    clock
	counters Counters
	ports    PortSet
	table    table
	lists    [classes]flowList
	ids      int64
	// scanTick and scanTime are when scan is due, fullTime when all of it is.
	scanTick, scanTime, fullTime int64

	resets []*flow
	look   lookBack
	passed passed
	// bytes puts what the connections carry in order.
	bytes sequencer
}

// New returns an Assembler that hands what it finds to emit. The Event is valid
// during the call only; emit must not call the Assembler.
func New(opts Options, emit func(*Event)) *Assembler {
	a := &Assembler{opts: opts.withDefaults(), table: newTable()}
	a.bytes = sequencer{opts: &a.opts, emit: emit, counters: &a.counters, clock: &a.clock, ended: a.endIfDone}
	a.ports = *a.opts.Ports
	a.look.init(&a.opts)
	return a
}

// Counters returns the counts so far.
func (a *Assembler) Counters() Counters { return a.counters }

// Segment takes the next segment of the capture. b is the Block that its
// Payload lies in, which Block has told of; when b is nil, or the segment is Owned, the payload belongs
// to whoever receives it from here on.
func (a *Assembler) Segment(s *network.Segment, b *capture.Block) {
	a.counters.Segments++
	a.clock.now.Number = s.Number
	a.clock.tell(s.Time, s.Digits)
	if a.clock.now.Time >= a.scanTime || a.clock.ticks >= a.scanTick {
		a.scan()
	}
	a.clock.at = markOf(s)
	if !a.ports.Has(s.Dst.Port) && !a.ports.Has(s.Src.Port) {
		a.other(s, b)
		return
	}
	f, d := a.table.find(&s.Src, &s.Dst)
	if f == nil && a.callerOnly(s) {
		a.other(s, b)
		return
	}
	if f == nil {
		if f, d = a.meet(s, b); f == nil {
			a.notFollowed(s)
			return
		}
	}
	a.follow(f, d, s, b)
}

// Advance tells how far the capture has got without a segment: what has waited
// too long is given up. It is to be called for each packet that is no TCP
// segment, and now and then while a live source is silent. A leap of more than
// ten seconds takes effect with the next call or segment that confirms it.
func (a *Assembler) Advance(now Mark) {
	a.clock.now.Number = max(a.clock.now.Number, now.Number)
	a.clock.tell(now.Time, now.Digits)
	if a.clock.now.Time >= a.scanTime {
		a.scan()
	}
}

// Floor returns the smallest packet number that a later Event may carry
// because something waits; math.MaxInt64 when nothing does. Only when a
// connection on other than CTI ports is found may its first Events carry
// earlier ones: of the Block that is at hand, or of segments too short to hold
// a message.
func (a *Assembler) Floor() int64 {
	floor := int64(math.MaxInt64)
	for p := a.bytes.waiting.head; p != nil; p = p.next {
		floor = min(floor, p.oldest.Number)
	}
	for _, f := range a.resets {
		if f.state == closing {
			floor = min(floor, f.reset.mark.Number)
		}
	}
	return floor
}

// Close hands on all that waits and ends all connections, in the order of
// their IDs.
func (a *Assembler) Close() {
	a.clock.at = a.clock.now
	flows := make([]*flow, 0, a.table.used)
	for c := range a.lists {
		for f := a.lists[c].head; f != nil; f = f.next {
			flows = append(flows, f)
		}
	}
	sortByID(flows)
	for _, f := range flows {
		a.forget(f, EndOfCapture)
	}
	a.bytes.history.drop(len(a.bytes.history.blocks))
}

// How often scan looks for what has waited too long, and at how many directions
// at a time, so that it costs little however many wait. All are looked at every
// fullNanos; since none waits for long, that is not often for one.
const (
	scanSegments = 16
	scanNanos    = int64(20e6)
	scanWaiting  = 64
	fullNanos    = int64(500e6)
)

// Now returns the place that the capture has reached, as far as times are
// believed. Its time never goes back.
func (a *Assembler) Now() Mark { return a.clock.now }

// scan gives up what has waited too long.
func (a *Assembler) scan() {
	a.clock.at = a.clock.now
	a.scanTick, a.scanTime = a.clock.ticks+scanSegments, a.clock.now.Time+scanNanos
	n := scanWaiting
	if a.clock.now.Time >= a.fullTime {
		a.fullTime = a.clock.now.Time + fullNanos
		n, a.bytes.waiting.cursor = math.MaxInt, nil
	}
	a.bytes.review(n)
	a.endResets()
	a.expire()
}

// follow takes a segment of a connection that is followed.
func (a *Assembler) follow(f *flow, d Direction, s *network.Segment, b *capture.Block) {
	if a.opts.Placer == nil {
		a.take(f, d, s, b)
		return
	}
	a.placing(f, d, s)
	f, d = a.take(f, d, s, b)
	p := &a.bytes.found
	if p.Segment != s { // it began a connection anew, and was told of with that
		return
	}
	if f != nil {
		p.settle(&f.half[d])
	}
	a.tellPlace()
	if f != nil {
		a.bytes.zero(f, d)
		a.bytes.zero(f, d.Reverse())
	}
}

// take is follow; it returns the connection that the segment belongs to, which
// may be a new one, nil when there is no more to it.
func (a *Assembler) take(f *flow, d Direction, s *network.Segment, b *capture.Block) (*flow, Direction) {
	a.clock.ticks++
	a.counters.SessionSegments++
	f.seen = max(a.clock.now.Time, s.Time)
	if f.state != open || f.finSeen || f.syn != nil || f.doubted || s.Flags&(network.SYN|network.RST) != 0 {
		if f, d = a.controlled(f, d, s, b); f == nil {
			return nil, d
		}
	} else if a.opts.Facts {
		a.bytes.facts(f, d, s)
	}
	h := &f.half[d]
	if s.Flags&network.ACK != 0 {
		a.bytes.acknowledge(f, d.Reverse(), s)
	}
	length := max(s.Length, len(s.Payload))
	if length == 0 && s.Flags&(network.FIN|network.SYN) == 0 {
		a.bytes.bare(h, s)
		return f, d
	}
	seq := s.Seq
	if s.Flags&network.SYN != 0 {
		seq++
	}
	p := piece{data: s.Payload, length: length, mark: markOf(s), block: b, repeated: h.repeated(s, a.clock.now.Time)}
	if a.opts.Trace {
		p.places = a.bytes.place(s)
	}
	switch {
	case length == 0 && p.repeated:
		a.counters.Duplicates++
	case length > 0 && (h.fin == 0 || a.bytes.beforeFin(f, d, seq, length)):
		if s.Owned {
			p.block = nil
		}
		a.carried(f)
		a.bytes.data(f, d, seq, p)
	}
	if s.Flags&network.FIN != 0 {
		f.finSeen = true
		a.bytes.fin(f, d, seq+uint32(length), s)
	}
	if h.fin != 0 {
		a.endIfDone(f)
	}
	return f, d
}

// controlled is control; facts and the place are told of the connection that it
// finds. That is another one when its number is: the memory of a flow that was
// forgotten serves for the next.
func (a *Assembler) controlled(f *flow, d Direction, s *network.Segment, b *capture.Block) (*flow, Direction) {
	id := f.id
	f, d = a.control(f, d, s, b)
	if f == nil {
		return nil, d
	}
	if f.id != id && a.opts.Placer != nil {
		a.placing(f, d, s)
	}
	if a.opts.Facts {
		a.bytes.facts(f, d, s)
	}
	return f, d
}

// endIfDone ends a connection both of whose directions have come to their FIN.
func (a *Assembler) endIfDone(f *flow) {
	if f.state != closed && f.half[AtoB].done() && f.half[BtoA].done() {
		a.end(f, Fin, a.clock.at)
	}
}
