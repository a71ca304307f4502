package reassembly

import (
	"math"

	"ctiscope/capture"
	"ctiscope/network"
)

// Assembler follows connections. It serves one goroutine.
type Assembler struct {
	opts     Options
	emit     func(*Event)
	event    Event
	counters Counters

	ports PortSet
	table table
	lists [classes]flowList
	ids   int64
	// ticks counts the segments of sessions: the clock of what is bounded by
	// a number of segments.
	ticks int64
	// now is the place that the capture has reached. Its time never goes back.
	now Mark
	// leap is a time that is later than can be believed of a single packet; 0
	// when there is none.
	leap int64
	// scanTick and scanTime are when scan is due, fullTime when all of it is.
	scanTick, scanTime, fullTime int64

	waiting  pendingList
	buffered int // bytes that wait, with what it takes to remember them
	resets   []*flow
	look     lookBack

	decoder *network.Decoder // of earlier
	past    network.Segment
}

// New returns an Assembler that hands what it finds to emit. The Event is valid
// during the call only; emit must not call the Assembler.
func New(opts Options, emit func(*Event)) *Assembler {
	a := &Assembler{opts: opts.withDefaults(), emit: emit, table: newTable()}
	a.ports = *a.opts.Ports
	a.look.init(&a.opts)
	return a
}

// Counters returns the counts so far.
func (a *Assembler) Counters() Counters { return a.counters }

// Segment takes the next segment of the capture. b is the Block that its
// Payload lies in; when b is nil, or the segment is Owned, the payload belongs
// to whoever receives it from here on.
func (a *Assembler) Segment(s *network.Segment, b *capture.Block) {
	a.counters.Segments++
	a.now.Number = s.Number
	a.tell(s.Time, s.Digits)
	if a.now.Time >= a.scanTime || a.ticks >= a.scanTick {
		a.scan()
	}
	if !a.ports.Has(s.Dst.Port) && !a.ports.Has(s.Src.Port) {
		a.other(s, b)
		return
	}
	f, d := a.table.find(&s.Src, &s.Dst)
	if f == nil {
		if f, d = a.meet(s, b); f == nil {
			return
		}
	}
	a.follow(f, d, s, b)
}

// Advance tells how far the capture has got, whether or not there was a
// segment: what has waited too long is given up. It is to be called once for
// each Block, and now and then while a live source is silent. A leap of more
// than ten seconds takes effect with the next call or segment that confirms it.
func (a *Assembler) Advance(now Mark) {
	a.now.Number = max(a.now.Number, now.Number)
	a.tell(now.Time, now.Digits)
	if a.now.Time >= a.scanTime {
		a.scan()
	}
}

// maxLeap is by how much a single packet, or call of Advance, moves the time.
const maxLeap = int64(10e9)

// tell moves the time on. One packet with a wrong time must not end all that
// waits or rests: a leap counts when the next packet confirms it.
func (a *Assembler) tell(time int64, digits uint8) {
	before := a.now.Time
	switch ahead := time - a.now.Time; {
	case a.now.Time == 0:
		a.now.Time = time
	case ahead <= maxLeap:
		a.now.Time = max(a.now.Time, time)
		a.leap = 0
	case a.leap == 0 || time < a.leap-maxLeap:
		a.leap = time
	default:
		a.now.Time, a.leap = min(a.leap, time), max(a.leap, time)
	}
	if a.now.Time != before {
		a.now.Digits = digits
	}
}

// Floor returns the smallest packet number that a later Event may carry
// because something waits; math.MaxInt64 when nothing does. Only when a
// connection on other than CTI ports is found may its first Events carry
// earlier ones: of the Block that is at hand, or of segments too short to hold
// a message.
func (a *Assembler) Floor() int64 {
	floor := int64(math.MaxInt64)
	for p := a.waiting.head; p != nil; p = p.next {
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

// scan gives up what has waited too long.
func (a *Assembler) scan() {
	a.scanTick, a.scanTime = a.ticks+scanSegments, a.now.Time+scanNanos
	n := scanWaiting
	if a.now.Time >= a.fullTime {
		a.fullTime = a.now.Time + fullNanos
		n, a.waiting.cursor = math.MaxInt, nil
	}
	a.waiting.some(n, a.review)
	a.endResets()
	a.expire()
}

// follow takes a segment of a connection that is followed.
func (a *Assembler) follow(f *flow, d Direction, s *network.Segment, b *capture.Block) {
	a.ticks++
	a.counters.SessionSegments++
	f.seen = a.now.Time
	if f.state != open || f.finSeen || f.syn != nil || s.Flags&(network.SYN|network.RST) != 0 {
		if f, d = a.control(f, d, s, b); f == nil {
			return
		}
	}
	h := &f.half[d]
	if s.Flags&network.ACK != 0 {
		a.acknowledge(f, d.Reverse(), s)
	}
	length := max(s.Length, len(s.Payload))
	if length == 0 && s.Flags&(network.FIN|network.SYN) == 0 {
		a.bare(h, s)
		return
	}
	seq := s.Seq
	if s.Flags&network.SYN != 0 {
		seq++
	}
	p := piece{data: s.Payload, length: length, mark: markOf(s), block: b, repeated: h.repeated(s, a.now.Time)}
	switch {
	case length == 0 && p.repeated:
		a.counters.Duplicates++
	case length > 0 && (h.fin == 0 || a.beforeFin(h, seq, length)):
		if s.Owned {
			p.block = nil
		}
		a.data(f, d, seq, p)
	}
	if s.Flags&network.FIN != 0 {
		f.finSeen = true
		a.fin(h, seq+uint32(length), s.Number)
	}
	if h.fin != 0 {
		a.endIfDone(f)
	}
}

// bare takes a segment without data, SYN, FIN and RST.
func (a *Assembler) bare(h *half, s *network.Segment) {
	if h.origin == unknown {
		h.hintAt(s.Seq)
		return
	}
	switch {
	case s.Seq == uint32(h.next)-1 && h.fin == 0:
		a.counters.KeepAlives++
	case s.IPID != 0 && h.repeated(s, a.now.Time):
		// Without an identification a receiver's own duplicate
		// acknowledgements look the same.
		a.counters.Duplicates++
	}
}

// acknowledge notes that everything of direction d up to the acknowledgement
// number of s, a segment of the other direction, was received.
func (a *Assembler) acknowledge(f *flow, d Direction, s *network.Segment) {
	h, other := &f.half[d], &f.half[d.Reverse()]
	switch h.origin {
	case unknown:
		if other.isnKnown && s.Seq == other.isn+1 {
			// The last part of the handshake; the SYN itself was not captured.
			h.begin(s.Ack)
			return
		}
		h.hintAt(s.Ack)
		return
	case held:
		return
	}
	off := h.extended(s.Ack)
	if off <= h.acked {
		return
	}
	limit := h.next
	if h.pend != nil {
		limit = h.pend.end()
	}
	if off > limit+far {
		return
	}
	h.acked = off
	if h.pend != nil {
		h.pend.noteAck(h, a.instant())
	}
}

// fin notes where a direction ends, and by which packet.
func (a *Assembler) fin(h *half, seq uint32, number int64) {
	if h.origin == unknown {
		// Data between an acknowledgement and the FIN is still to come, or
		// lost.
		if h.hinted && seq-h.hint < near {
			h.begin(h.hint)
		} else {
			h.begin(seq)
		}
	}
	limit := h.next
	if h.pend != nil {
		limit = h.pend.end()
	}
	if off := h.extended(seq); h.fin == 0 && off >= h.next && off <= limit+near {
		h.fin, h.finAt = off, number
	}
}

// beforeFin tells whether data lies before the FIN that was seen. Data in the
// very place of the FIN, or beyond a FIN that was not reached, shows that the
// sender of the stream did not send it.
func (a *Assembler) beforeFin(h *half, seq uint32, length int) bool {
	off := h.extended(seq)
	switch {
	case off+int64(length) <= h.fin:
	case off == h.fin || !h.done():
		h.fin = 0
	default:
		a.counters.AfterClose++
		return false
	}
	return true
}

// endIfDone ends a connection both of whose directions have come to their FIN.
func (a *Assembler) endIfDone(f *flow) {
	if f.state != closed && f.half[AtoB].done() && f.half[BtoA].done() {
		a.end(f, Fin, a.now)
	}
}

func (a *Assembler) send(e Event) {
	a.event = e
	a.emit(&a.event)
}
