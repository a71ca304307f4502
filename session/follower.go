package session

import (
	"fmt"
	"math"

	"ctiscope/decode"
	"ctiscope/decode/schema"
	"ctiscope/reassembly"
)

// Options say how sessions are read.
type Options struct {
	// Codec is that of the protocol which sessions speak; nil means decode.CCE.
	Codec *decode.Codec
	// Version is the protocol version of sessions whose OPEN_REQ is not in the
	// capture; 0 lets the messages tell.
	Version int
	// Buffer is how many bytes all sessions may keep of what is not decoded yet,
	// over all Followers of a run; 0 means DefaultBuffer. What is dropped to stay
	// within it is told by a GapEvent.
	Buffer int
	// Trace keeps what Record.Places tells.
	Trace bool
	// Transform gives what stands before the messages of a connection, nil for
	// nothing. nil asks for no connection.
	Transform func(*reassembly.Conn) Transform
}

// Counters count what a Follower saw.
type Counters struct {
	Messages       int64
	MessageBytes   int64 // headers included
	Errors         int64 // messages with a problem of severity error
	Problems       [decode.NumCodes]int64
	Gaps           int64
	GapBytes       int64
	Resyncs        int64
	SkippedBytes   int64 // to find the next message
	Unfinished     int64 // messages that were begun and not finished when their session ended
	TLS            int64 // connections that speak TLS
	Neighbors      int64 // connections of a protocol that looks alike
	Sessions       int64 // connections with a whole message: CTI sessions
	Midstream      int64 // of these, those whose beginning was not captured
	Recognized     int64 // of these, those found by content
	Requests       int64
	Paired         int64 // requests whose answer was seen, refusals included
	Refused        int64 // of these by a message that tells of a failure
	Reused         int64 // requests whose InvokeID an open one had
	EvictedStreams int64 // directions that had to give up what was kept of them
	EvictedBytes   int64
	Evicted        int64 // requests forgotten while they were open, for lack of room
	Unanswered     int64 // requests without answer where the capture would have shown it
	Unknown        int64 // requests of which the capture cannot tell
}

// Add adds the counts of another Follower.
func (c *Counters) Add(o *Counters) {
	c.Messages += o.Messages
	c.MessageBytes += o.MessageBytes
	c.Errors += o.Errors
	for i := range c.Problems {
		c.Problems[i] += o.Problems[i]
	}
	c.Gaps += o.Gaps
	c.GapBytes += o.GapBytes
	c.Resyncs += o.Resyncs
	c.SkippedBytes += o.SkippedBytes
	c.Unfinished += o.Unfinished
	c.TLS += o.TLS
	c.Neighbors += o.Neighbors
	c.Sessions += o.Sessions
	c.Midstream += o.Midstream
	c.Recognized += o.Recognized
	c.Requests += o.Requests
	c.Paired += o.Paired
	c.Refused += o.Refused
	c.Reused += o.Reused
	c.Evicted += o.Evicted
	c.EvictedStreams += o.EvictedStreams
	c.EvictedBytes += o.EvictedBytes
	c.Unanswered += o.Unanswered
	c.Unknown += o.Unknown
}

// Follower follows the sessions whose Events it is given. It serves one
// goroutine; the events of one connection must all go to the same Follower.
type Follower struct {
	// Counters may be read between calls.
	Counters Counters

	options Options
	emit    func(*Record)
	pool    decode.Pool
	message decode.Message
	// One Record serves all messages, another all events.
	messageRecord, eventRecord Record

	accounts [shards]account
	reached  reassembly.Instant // by the event at hand; zero while what was held goes
	now      reassembly.Mark    // of the event at hand
	ending   []ending           // used again by endRequests
	waiting  []*session         // those with something that waits
}

// NewFollower returns a Follower that hands each Record to emit.
func NewFollower(o Options, emit func(*Record)) *Follower {
	if o.Codec == nil {
		o.Codec = decode.CCE()
	}
	if o.Buffer <= 0 {
		o.Buffer = DefaultBuffer
	}
	return &Follower{options: o, emit: emit}
}

// Event takes the next event of a connection.
func (f *Follower) Event(ev *reassembly.Event) {
	s, _ := ev.Conn.User.(*session)
	if s == nil {
		s = newSession(f, ev.Conn)
		ev.Conn.User = s
		f.event(s, ev, StartEvent)
	}
	if s.transform != nil {
		s.transform.Take(ev, s.give)
		return
	}
	f.take(s, ev)
}

// take takes an event as it concerns the messages.
func (f *Follower) take(s *session, ev *reassembly.Event) {
	f.now, f.reached = ev.Mark, reassembly.Instant{}
	// What was held for too long goes now, as it would have gone by Tick: when
	// that is called depends on how the packets arrive.
	if s.inference.held.frames != nil && s.inference.held.full(decode.Mark{Number: ev.Now.Number, Time: ev.Now.Time}) {
		f.releaseHeld(s)
	}
	f.reached = ev.Now
	switch ev.Kind {
	case reassembly.Data:
		f.data(s, ev)
	case reassembly.Hole:
		f.gap(s, ev)
	case reassembly.Conflict:
		f.finding(s, ev, "overlap_conflict", "bytes were sent twice with different content; the first were kept")
	case reassembly.Refused:
		f.finding(s, ev, "refused", "the connection was refused or never answered")
	case reassembly.Close:
		f.close(s, ev)
		f.accounts[s.shard].close(s)
		ev.Conn.User = nil
		return
	case reassembly.FactEvent:
		r := f.fill(s, ev.Dir, TransportEvent, ev.Mark)
		r.Fact = ev.Fact
		f.emit(r)
		return
	}
	if f.options.Trace {
		s.forget()
	}
	f.settle(s)
	if s.inference.held.frames != nil || s.streams[0].Lost() || s.streams[1].Lost() || s.waiting > 0 {
		f.await(s)
	}
}

// data feeds bytes to a stream and handles the messages that come out.
func (f *Follower) data(s *session, ev *reassembly.Event) {
	if s.opaque {
		return
	}
	if !s.carried[ev.Dir] && !s.conn.Start { // what was sent before is not known
		s.loss(ev.Dir, math.MinInt64, ev.Mark.Time)
	}
	s.carried[ev.Dir] = true
	stream := &s.streams[ev.Dir]
	if stream.Begins() && decode.OpensVRU(ev.Bytes) {
		s.opaque = true
		f.Counters.Neighbors++
		f.finding(s, ev, "not_cti", decode.VRUInterface+": it shares the header, and is not decoded")
		return
	}
	if stream.Begins() && LooksTLS(ev.Bytes) {
		s.opaque = true
		f.Counters.TLS++
		f.finding(s, ev, "tls", tlsText(ev.Bytes))
		return
	}
	if f.options.Trace {
		s.ledgers[ev.Dir].add(ev)
	}
	if ev.Acked {
		s.late[ev.Dir].from, s.late[ev.Dir].to = ev.Off, ev.Off+int64(len(ev.Bytes))
	}
	stream.At(ev.Off)
	stream.Push(ev.Bytes, decode.Mark(ev.Mark))
	f.drain(s, ev.Dir)
}

// drain handles the frames that a stream has found.
func (f *Follower) drain(s *session, dir reassembly.Direction) {
	for {
		fr, ok := s.streams[dir].Next()
		if !ok {
			return
		}
		if fr.Skipped > 0 {
			f.resync(s, dir, fr)
		}
		f.frame(s, dir, &fr)
	}
}

// gap tells a stream of a hole and hands on what was cut by it.
func (f *Follower) gap(s *session, ev *reassembly.Event) {
	f.Counters.Gaps++
	f.Counters.GapBytes += max(ev.Gap.Bytes, 0)
	if s.opaque {
		return
	}
	stream := &s.streams[ev.Dir]
	stream.Gap()
	f.drain(s, ev.Dir)
	cut, partial := stream.Resume(ev.Gap.Bytes, ev.Gap.Cause == reassembly.Snapped)
	if ev.Gap.Cause == reassembly.Snapped && cut.Bytes != nil {
		f.frame(s, ev.Dir, &cut)
		partial = false
	}
	s.lossFrom[ev.Dir], s.holed[ev.Dir] = ev.Gap.From.Time, true
	s.loss(ev.Dir, ev.Gap.From.Time, ev.Mark.Time)
	r := f.fill(s, ev.Dir, GapEvent, ev.Mark)
	r.Gap, r.Partial = ev.Gap, partial
	r.MaybeLost = possiblyLost(ev.Gap.Bytes)
	f.emit(r)
}

// possiblyLost returns how many of the smallest messages fit into so many
// bytes; -1 when their number is not known.
func possiblyLost(bytes int64) int64 {
	const smallest = schema.HeaderSize + 4
	if bytes < 0 {
		return -1
	}
	return (bytes + smallest - 1) / smallest
}

// close ends a session: what waits is decided with what is known.
func (f *Follower) close(s *session, ev *reassembly.Event) {
	for dir := range s.streams {
		if s.streams[dir].Lost() {
			s.loss(reassembly.Direction(dir), s.lossFrom[dir], ev.Mark.Time)
		}
		s.streams[dir].Gap()
		f.drain(s, reassembly.Direction(dir))
	}
	f.releaseHeld(s)
	for dir := range s.streams {
		f.tail(s, reassembly.Direction(dir), ev.Mark)
		s.streams[dir].Close()
	}
	f.endRequests(s, ev)
	r := f.fill(s, ev.Dir, EndEvent, ev.Mark)
	r.Cause = ev.Cause
	f.emit(r)
	f.await(s)
}

// tail tells what of a direction led to no further message.
func (f *Follower) tail(s *session, dir reassembly.Direction, mark reassembly.Mark) {
	if s.messages == 0 || s.opaque { // nothing shows that it is CTI
		return
	}
	passed, begun := s.streams[dir].Tail()
	if passed > 0 {
		f.Counters.Resyncs++
		f.Counters.SkippedBytes += passed
		r := f.fill(s, dir, ResyncEvent, mark)
		r.Skipped, r.MaybeLost, r.Tail = passed, possiblyLost(passed), true
		f.emit(r)
	}
	if begun.Bytes == nil {
		return
	}
	f.Counters.Unfinished++
	r := f.fill(s, dir, FindingEvent, mark)
	r.Code, r.Text = "unfinished", s.unfinishedText(&begun)
	f.emit(r)
}

// unfinishedText says what is known of a message that was begun.
func (s *session) unfinishedText(fr *decode.Frame) string {
	if len(fr.Bytes) < schema.HeaderSize {
		return fmt.Sprintf("a message was begun, %d bytes of it came", len(fr.Bytes))
	}
	name := s.protocol().MessageName(fr.Number)
	return fmt.Sprintf("%s of %d bytes was begun, %d bytes of it came", name, schema.HeaderSize+int64(fr.Length), len(fr.Bytes))
}

func (f *Follower) resync(s *session, dir reassembly.Direction, fr decode.Frame) {
	f.Counters.Resyncs++
	f.Counters.SkippedBytes += fr.Skipped
	s.loss(dir, s.lossFrom[dir], fr.Mark.Time)
	s.holed[dir] = true
	r := f.fill(s, dir, ResyncEvent, reassembly.Mark(fr.Mark))
	r.Skipped, r.MaybeLost = fr.Skipped, possiblyLost(fr.Skipped)
	f.emit(r)
}

func (f *Follower) event(s *session, ev *reassembly.Event, k Kind) {
	f.emit(f.fill(s, ev.Dir, k, ev.Mark))
}

func (f *Follower) finding(s *session, ev *reassembly.Event, code, text string) {
	r := f.fill(s, ev.Dir, FindingEvent, ev.Mark)
	r.Code, r.Text = code, text
	f.emit(r)
}

// fill makes the Record of an event ready.
func (f *Follower) fill(s *session, dir reassembly.Direction, k Kind, mark reassembly.Mark) *Record {
	s.records++
	f.eventRecord = Record{Order: f.order(s, mark), Seq: s.records, Kind: k, Off: -1, Mark: mark, Info: &s.info, Dir: dir, From: s.info.from(dir)}
	return &f.eventRecord
}

// order returns the place of a Record with a mark in the order of the capture. What
// a search finds late is not waited for (see Tick); what a session that is found
// by content sent before comes when it is found.
func (f *Follower) order(s *session, mark reassembly.Mark) int64 {
	n := max(mark.Number, s.info.Opened.Number)
	if f.reached.Number > 0 && tooOld(decode.Mark(mark), decode.Mark{Number: f.reached.Number, Time: f.reached.Time}) {
		n = max(n, f.reached.Number)
	}
	return n
}

// await keeps the list of sessions that wait up to date.
func (f *Follower) await(s *session) {
	_, waits := s.oldest()
	switch {
	case waits && s.waiting == 0:
		f.waiting = append(f.waiting, s)
		s.waiting = len(f.waiting)
	case !waits && s.waiting > 0:
		last := f.waiting[len(f.waiting)-1]
		f.waiting[s.waiting-1] = last
		last.waiting = s.waiting
		f.waiting = f.waiting[:len(f.waiting)-1]
		s.waiting = 0
	}
}

// oldest returns the mark of the oldest thing that waits in a session.
func (s *session) oldest() (m decode.Mark, ok bool) {
	m.Number = math.MaxInt64
	if held := s.inference.held.frames; len(held) > 0 {
		m, ok = held[0].fr.Mark, true
	}
	for i := range s.streams {
		if o, waits := s.streams[i].Oldest(); waits && o.Number < m.Number {
			m, ok = o, true
		}
	}
	return m, ok
}

// Tick tells the place that the capture has reached, so that nothing waits too
// long. It returns the smallest packet number that a later Record may carry,
// math.MaxInt64 when nothing waits.
func (f *Follower) Tick(now reassembly.Mark) (floor int64) {
	floor, f.reached = math.MaxInt64, reassembly.Instant{}
	for i := len(f.waiting) - 1; i >= 0; i-- {
		s := f.waiting[i]
		if s.inference.held.full(decode.Mark(now)) {
			f.releaseHeld(s)
			f.settle(s)
			f.await(s)
		}
		if m, ok := s.oldest(); ok && !tooOld(m, decode.Mark(now)) {
			floor = min(floor, m.Number)
		}
	}
	return floor
}
