package reassembly

import (
	"math/bits"

	"ctiscope/capture"
	"ctiscope/network"
)

// lookBack remembers, within fixed memory, what may later turn out to belong to
// a session on other than CTI ports.
type lookBack struct {
	// ports are those of the sessions that are followed on other ports, and of
	// the candidates.
	ports PortSet
	uses  map[uint16]int32 // how many of them have a port
	// syns are the last SYNs, each at the place that its hash says.
	syns []synEntry
	// candidates is a ring, made when it is needed first; at is the oldest.
	candidates []candidate
	at, limit  int
}

// synEntry is a SYN, or a SYN with ACK, that was seen.
type synEntry struct {
	client, server network.Endpoint
	isn            [2]uint32
	known          [2]bool
	mark           [2]Mark // of the first that came
	again          [2]uint8
}

func (l *lookBack) init(o *Options) {
	l.uses = map[uint16]int32{}
	l.limit = o.Candidates
	if o.Recognizer != nil {
		l.syns = make([]synEntry, 1<<bits.Len(uint(o.LookBack-1)))
	}
}

// use counts a port up or down.
func (l *lookBack) use(port uint16, n int32) {
	l.uses[port] += n
	if l.uses[port] > 0 {
		l.ports.Add(port)
		return
	}
	delete(l.uses, port)
	l.ports.Remove(port)
}

// follow notes that a flow on other than CTI ports is followed, or, with -1, no
// longer.
func (l *lookBack) follow(f *flow, n int32) {
	l.use(f.a.Port, n)
	l.use(f.b.Port, n)
}

// fixed is the seed of the places of SYNs: which of them are overwritten must
// not differ from run to run.
var fixed = seed{0x9e3779b97f4a7c15, 0xd6e8feb86659fd93}

func (l *lookBack) place(a, b *network.Endpoint) *synEntry {
	return &l.syns[fixed.pair(a, b)&uint32(len(l.syns)-1)]
}

// syn remembers a SYN.
func (l *lookBack) syn(s *network.Segment) {
	e := l.place(&s.Src, &s.Dst)
	if s.Flags&network.ACK != 0 {
		if e.client != s.Dst || e.server != s.Src || e.isn[0] != s.Ack-1 {
			*e = synEntry{client: s.Dst, server: s.Src, isn: [2]uint32{s.Ack - 1}, known: [2]bool{true}}
		}
		e.note(BtoA, s)
		return
	}
	if e.client != s.Src || e.server != s.Dst || e.isn[0] != s.Seq {
		*e = synEntry{client: s.Src, server: s.Dst}
	}
	e.note(AtoB, s)
}

// note remembers the SYN of a side, which may have come before.
func (e *synEntry) note(d Direction, s *network.Segment) {
	switch {
	case e.mark[d] == (Mark{}) || e.isn[d] != s.Seq:
		e.mark[d], e.again[d] = markOf(s), 0
	case e.again[d] < maxAgain:
		e.again[d]++
	}
	e.isn[d], e.known[d] = s.Seq, true
}

// opening returns the SYN of the connection of s, nil when it is not remembered.
// A SYN that lies far from s is that of an earlier connection.
func (l *lookBack) opening(s *network.Segment) *synEntry {
	e := l.place(&s.Src, &s.Dst)
	side := AtoB
	switch {
	case !e.known[AtoB]:
		return nil
	case e.client == s.Src && e.server == s.Dst:
	case e.client == s.Dst && e.server == s.Src:
		side = BtoA
	default:
		return nil
	}
	other := side.Reverse()
	if e.known[side] && s.Seq-e.isn[side]-1 >= near ||
		e.known[other] && s.Flags&network.ACK != 0 && s.Ack-e.isn[other]-1 >= near {
		return nil
	}
	return e
}

// other takes a segment on other than CTI ports.
func (a *Assembler) other(s *network.Segment, b *capture.Block) {
	l := &a.look
	if l.ports.Has(s.Dst.Port) && l.ports.Has(s.Src.Port) {
		if f, d := a.table.find(&s.Src, &s.Dst); f != nil {
			a.follow(f, d, s, b)
			return
		}
		if len(s.Payload) > 0 && a.candidate(s, b) {
			return // it, or what it was the last part of, was told of
		}
	}
	a.notFollowed(s)
	if a.opts.Recognizer == nil {
		return
	}
	if s.Flags&network.SYN != 0 {
		l.syn(s)
	}
	if len(s.Payload) == 0 {
		return
	}
	v := a.opts.Recognizer.Glance(s.Payload)
	a.passed.add(s, v == TLS)
	switch {
	case v >= Known:
		a.discover(s, b, v, nil)
	case a.neighbor(s):
		a.counters.Neighbors++
	case v == More:
		a.recall(s)
	}
}

// neighbor tells whether a segment is of a protocol that looks alike.
func (a *Assembler) neighbor(s *network.Segment) bool {
	if p := s.Payload; len(p) < 8 || p[0]|p[1]|p[4]|p[5] != 0 {
		return false
	}
	n, ok := a.opts.Recognizer.(Neighbors)
	return ok && n.Neighbor(s)
}

// callerOnly tells whether the port that makes a connection CTI's is that of the
// side which asked for it: such a port was picked by chance, and content decides.
func (a *Assembler) callerOnly(s *network.Segment) bool {
	l := &a.look
	from, to := a.ports.Has(s.Src.Port), a.ports.Has(s.Dst.Port)
	if from == to || l.syns == nil {
		return false
	}
	if s.Flags&network.SYN != 0 {
		return from == (s.Flags&network.ACK == 0)
	}
	e := l.opening(s)
	return e != nil && a.ports.Has(e.client.Port)
}

// discover begins to follow a connection that s showed to be CTI. before are
// segments that came earlier.
func (a *Assembler) discover(s *network.Segment, b *capture.Block, v Verdict, before []network.Segment) {
	c := &Conn{A: s.Src, B: s.Dst, Opened: markOf(s), Verdict: v}
	e := a.look.opening(s)
	if e != nil {
		c.A, c.B, c.ClientKnown, c.Start = e.client, e.server, true, true
	}
	f := a.open(c)
	f.state = open
	for i := range f.half {
		if e != nil && e.known[i] {
			a.bytes.adopt(f, Direction(i), e.isn[i])
		}
	}
	if e != nil {
		a.handshakeOf(f, e)
	}
	a.replay(s, b, before, e)
	if f, d := a.table.find(&s.Src, &s.Dst); f != nil {
		a.follow(f, d, s, b)
	}
}

// replay takes the segments that came before s on its connection, which was
// found to be CTI by s: those that were kept, and those still at hand.
func (a *Assembler) replay(s *network.Segment, b *capture.Block, kept []network.Segment, e *synEntry) {
	again := func(o network.Segment, b *capture.Block) {
		if f, d := a.table.find(&o.Src, &o.Dst); f != nil {
			a.follow(f, d, &o, b)
		}
	}
	done := int64(0)
	a.bytes.earlier(s, discoverBack, func(o *network.Segment, b *capture.Block) bool {
		for len(kept) > 0 && kept[0].Number <= o.Number {
			done = kept[0].Number
			again(kept[0], nil)
			kept = kept[1:]
		}
		if o.Flags&(network.SYN|network.RST) == 0 && o.Number != done && e.sameStreams(o, s) {
			again(*o, b)
		}
		return true
	})
	for i := range kept {
		again(kept[i], nil)
	}
}

// sameStreams tells whether o, which came before s and has the same endpoints,
// belongs to the same connection rather than to an earlier one: its sequence
// numbers lie near, and not before the beginning if that is known.
func (e *synEntry) sameStreams(o, s *network.Segment) bool {
	seq, ack := o.Seq, o.Ack
	if o.Src != s.Src {
		seq, ack = ack, seq
	}
	if isAck := o.Flags&s.Flags&network.ACK != 0; !isNear(seq, s.Seq) || isAck && !isNear(ack, s.Ack) {
		return false
	}
	if e == nil {
		return true
	}
	side := AtoB
	if o.Src == e.server {
		side = BtoA
	}
	return !e.known[side] || int32(o.Seq-e.isn[side]) > 0
}

// isNear tells whether two sequence numbers may belong to one stream within a
// short time.
func isNear(x, y uint32) bool { return x-y+near <= 2*near }
