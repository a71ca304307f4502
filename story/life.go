package story

import (
	"slices"

	"ctiscope/decode"
	"ctiscope/decode/schema"
	"ctiscope/reassembly"
	"ctiscope/session"
)

// life is a request to which further answers may come.
type life struct {
	Request
	id   int64
	dir  uint8
	what role
	// peripheral is that of a question for an agent's state.
	peripheral Number
}

// ring are the requests of one direction that were answered: as many as session
// remembers, so that no further answer comes to one that was given.
type ring struct {
	lives []life
	next  int
}

const maxAnswered = 16

// life takes what a message is to the requests.
func (s *stage) life(t *track, r *session.Record) {
	m := r.Message
	switch {
	case m.Def.Is(schema.Request) && r.RequestID != 0:
		s.ask(t, r)
	case r.RequestID != 0 && r.Request.Type != 0:
		s.answer(t, r)
	case r.RequestID != 0:
		t.further(r)
	case m.Def.Is(schema.Answer) && !m.Def.Is(schema.Request):
		t.noteUnasked(r)
	}
}

// fill says what a message is as the subject of a request's line.
func (q *Request) fill(t *track, r *session.Record) {
	q.Place, q.Off, q.From = placeOf(r.Mark, t.ID), r.Off, uint8(r.From)
	q.Type, q.Name = r.Message.Type, r.Message.Name()
	if len(r.Message.Frame) >= schema.HeaderSize+4 {
		q.InvokeID = invokeID(r.Message.Frame)
	}
}

func invokeID(frame []byte) uint32 {
	b := frame[schema.HeaderSize:]
	return uint32(b[0])<<24 | uint32(b[1])<<16 | uint32(b[2])<<8 | uint32(b[3])
}

// ask begins the life of a request.
func (s *stage) ask(t *track, r *session.Record) {
	at := -1
	for i := range t.lives { // an answer that overtook it was told already
		if t.lives[i].id == r.RequestID {
			at = i
		}
	}
	overtaken := at >= 0
	if !overtaken {
		t.lives = append(t.lives, life{id: r.RequestID})
		at = len(t.lives) - 1
	}
	l := &t.lives[at]
	l.dir, l.what = uint8(r.Dir), s.roles.of(r.Message.Codec.Protocol(), r.Message.Type)
	l.fill(t, r)
	l.Reused = r.Reused != 0
	if l.what == queryAgentStateReq {
		l.peripheral = numberOf(r.Message, "PeripheralID")
	}
	if overtaken {
		t.joinUnasked(l)
		l.Wait = span(l.Moment, l.Answer.Moment)
		if l.what == userMessageReq {
			s.posted(t, l)
		}
		s.settle(t, at)
	}
}

// answer ends the wait of a request.
func (s *stage) answer(t *track, r *session.Record) {
	for i := range t.lives {
		l := &t.lives[i]
		if l.id != r.RequestID {
			continue
		}
		l.Outcome = Answered
		l.Answer = Answer{r.Message.Type, r.Message.Name(), momentOf(r.Mark), r.Mark.Number}
		if r.Message.Def.Is(schema.Failure) {
			l.Outcome, l.Failure = Refused, refusalOf(r.Message)
		}
		l.Wait = span(l.Moment, l.Answer.Moment)
		if s.kinds&(Agents|Calls) != 0 {
			s.agentAnswer(t, l, r)
		}
		if l.what == userMessageReq {
			s.posted(t, l)
		}
		s.settle(t, i)
		return
	}
}

// settle takes an answered request out of the open ones. The one that makes room
// for it is given.
func (s *stage) settle(t *track, i int) {
	l := &t.lives[i]
	l.Answers++
	if !l.Wait.Set {
		l.Unknown = unknownWait
	}
	ring := &t.done[l.dir]
	if len(ring.lives) < maxAnswered {
		ring.lives = append(ring.lives, *l)
	} else {
		s.giveLife(t, &ring.lives[ring.next])
		ring.lives[ring.next] = *l
		ring.next = (ring.next + 1) % maxAnswered
	}
	t.lives = slices.Delete(t.lives, i, i+1)
}

// further counts one more answer.
func (t *track) further(r *session.Record) {
	ring := &t.done[r.Dir.Reverse()]
	for i := range ring.lives {
		if ring.lives[i].id == r.RequestID {
			ring.lives[i].Answers++
		}
	}
}

// What is not known of requests.
var (
	unknownWait   = []string{"answer_ms"}
	unknownAnswer = []string{"answer", "answer_ms", "failure"}
)

// noteUnasked remembers an answer whose request is not known, until session tells
// what it is.
func (t *track) noteUnasked(r *session.Record) {
	if len(r.Message.Frame) < schema.HeaderSize+4 {
		return
	}
	var q Request
	q.fill(t, r)
	if r.Message.Def.Is(schema.Failure) {
		q.failed, q.Failure = true, refusalOf(r.Message)
	}
	t.unasked = append(t.unasked, q)
}

// joinUnasked takes the answer of a request that came after it.
func (t *track) joinUnasked(l *life) {
	for i := range t.unasked {
		q := &t.unasked[i]
		if q.Type != l.Answer.Type || q.Frame != l.Answer.Frame || q.InvokeID != l.InvokeID {
			continue
		}
		l.Outcome, l.Answer.Name = Answered, q.Name
		if q.failed {
			l.Outcome, l.Failure = Refused, q.Failure
		}
		t.unasked = slices.Delete(t.unasked, i, i+1)
		return
	}
}

// told takes what session tells of a request without a message that says so.
func (s *stage) told(t *track, r *session.Record) {
	switch {
	case r.RequestID == 0:
		s.toldUnasked(t, r)
	case r.Code == session.AnsweredRequest:
		l := life{id: r.RequestID}
		l.Outcome = Answered
		l.Answer = Answer{Type: r.Answer.Type, Moment: momentOf(r.Answer.Mark), Frame: r.Answer.Mark.Number}
		t.lives = append(t.lives, l)
	default:
		s.toldEnd(t, r)
	}
}

// toldUnasked gives an answer that nobody is known to have asked for.
func (s *stage) toldUnasked(t *track, r *session.Record) {
	for i := range t.unasked {
		q := &t.unasked[i]
		if q.Type != r.Answer.Type || q.Frame != r.Answer.Mark.Number {
			continue
		}
		q.Outcome = Orphan
		if r.Code != session.OrphanAnswer {
			q.Outcome, q.Why = Unknown, r.Why
		}
		t.Outcomes[q.Outcome]++
		s.giveRequest(q)
		t.unasked = slices.Delete(t.unasked, i, i+1)
		return
	}
}

// toldEnd gives a request that stayed open.
func (s *stage) toldEnd(t *track, r *session.Record) {
	for i := range t.lives {
		l := &t.lives[i]
		if l.id != r.RequestID {
			continue
		}
		l.Why = r.Why
		switch {
		case r.Code == session.UnansweredRequest && t.tailLost(l):
			l.Outcome, l.Why, l.Unknown = Unknown, "hole", unknownAnswer
		case r.Code == session.UnansweredRequest:
			l.Outcome = Unanswered
		default:
			l.Outcome, l.Unknown = Unknown, unknownAnswer
		}
		if l.what == userMessageReq {
			s.posted(t, l)
		}
		s.giveLife(t, l)
		t.lives = slices.Delete(t.lives, i, i+1)
		return
	}
}

// longestLimit is the longest time that any answer may take.
const longestLimit = 60e9

// tailLost tells whether the answer to a request may be in what the asking side
// acknowledged and the capture does not have: no hole shows it where nothing
// follows.
func (t *track) tailLost(l *life) bool {
	d := &t.dirs[reassembly.Direction(l.dir).Reverse()]
	return d.tailLost() && (!d.last.timed() || !l.timed() || d.last.Time <= l.Time+longestLimit)
}

// giveLife gives a request whose outcome is known.
func (s *stage) giveLife(t *track, l *life) {
	t.Outcomes[l.Outcome]++
	switch l.what {
	case heartbeatReq:
		t.heartbeat(l)
	case openReq:
		t.opening(l)
	}
	s.giveRequest(&l.Request)
}

// giveAll gives what is left at a session's end.
func (s *stage) giveAll(t *track) {
	for d := range t.done {
		for i := range t.done[d].lives {
			s.giveLife(t, &t.done[d].lives[i])
		}
	}
}

// heartbeat adds what became of a heartbeat.
func (t *track) heartbeat(l *life) {
	h := &t.Heartbeat
	switch l.Outcome {
	case Unanswered:
		h.Unanswered++
	case Refused:
		h.Refused++
	case Unknown:
		t.unknownBeat = true
	}
	if l.Outcome == Answered || l.Outcome == Refused {
		t.unknownBeat = t.unknownBeat || !l.Wait.Set
		if l.Wait.Set && (!h.WorstAnswer.Set || l.Wait.N > h.WorstAnswer.N) {
			h.WorstAnswer = l.Wait
		}
	}
}

// opening notes what became of the first request to open.
func (t *track) opening(l *life) {
	if o := &t.Opened; o.Set() && o.Frame == l.Frame {
		o.Outcome, o.Answer = l.Outcome, l.Wait
		if l.Outcome == Refused && l.Answer.Name == "FAILURE_CONF" {
			o.Status = l.Failure.Coded
		}
	}
}

// refusalOf returns why a failure tells that something was refused.
func refusalOf(m *decode.Message) (f Refusal) {
	f.Coded = codedOf(m, m.FailureCode())
	if code := m.PeripheralError(); code != 0 && code != schema.None32 {
		c, _ := schema.PeripheralError(code)
		f.Peripheral, f.PeripheralLayer = Coded{true, int64(code), c.Const}, c.Layer
	}
	return f
}
