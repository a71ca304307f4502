package session

import (
	"slices"

	"ctiscope/decode/schema"
	"ctiscope/reassembly"
)

// Codes of a RequestEvent, and of an answer whose request is not known.
const (
	// UnansweredRequest: the limit or the session's end passed, and the capture
	// saw the answering side whole. Why tells "session-ended" where that was
	// before the limit.
	UnansweredRequest = "unanswered"
	// UnknownRequest: the capture cannot tell. Why tells the reason: "hole",
	// "one-direction", "ignore-conf", "after-capture" or "evicted".
	// An answer's Why tells "before-capture", "one-direction", "hole" or "evicted".
	UnknownRequest = "unknown"
	// AnsweredRequest: the answer was handed on before its request, which waited
	// behind a hole.
	AnsweredRequest = "answered"
	// OrphanAnswer: the session was seen from its beginning, with all that the
	// asking side sent, and there is no request.
	OrphanAnswer = "orphan"
)

// loss marks the open requests whose answer may be in bytes of a direction that
// were lost between two times.
func (s *session) loss(dir reassembly.Direction, from, to int64) {
	s.lossTo[dir] = max(s.lossTo[dir], to)
	open := s.requests[dir.Reverse()].open
	for i := range open {
		r := &open[i]
		r.hole = r.hole || r.Mark.Time <= to && from <= r.Mark.Time+limitOf(r.def)
	}
}

// endRequests tells what became of the requests that are open at a session's
// end, in the order in which they were sent.
func (f *Follower) endRequests(s *session, ev *reassembly.Event) {
	f.ending = f.ending[:0]
	for dir := range s.requests {
		for _, r := range s.requests[dir].open {
			if r.Type != 0 {
				f.ending = append(f.ending, ending{r, reassembly.Direction(dir)})
			}
		}
	}
	for dir := range s.requests {
		for _, a := range s.requests[dir].early {
			f.unaskedFor(s, reassembly.Direction(dir).Reverse(), a)
		}
	}
	slices.SortFunc(f.ending, func(a, b ending) int { return int(a.ID - b.ID) })
	why := "session-ended"
	switch ev.Cause {
	case reassembly.EndOfCapture:
		why = "after-capture"
	case reassembly.Forgotten:
		why = "evicted"
	}
	for i := range f.ending {
		f.endRequest(s, f.ending[i].dir, f.ending[i].request, ev.Mark, why)
	}
}

type ending struct {
	request
	dir reassembly.Direction
}

// endRequest tells what became of a request that nobody waits for any more; why
// is what holds when nothing else can be told.
func (f *Follower) endRequest(s *session, dir reassembly.Direction, r request, mark reassembly.Mark, why string) {
	code := UnknownRequest
	switch {
	case !s.carried[dir.Reverse()]:
		why = "one-direction"
	case s.ignoresConf && r.def.Traits&(schema.OpensSession|schema.Heartbeat|schema.Prompt) == 0:
		why = "ignore-conf"
	case r.hole:
		why = "hole"
	case mark.Time > r.Mark.Time+limitOf(r.def):
		code, why = UnansweredRequest, ""
	case why == "session-ended":
		code = UnansweredRequest
	}
	if code == UnansweredRequest {
		f.Counters.Unanswered++
	} else {
		f.Counters.Unknown++
	}
	e := f.fill(s, dir, RequestEvent, mark)
	e.Request, e.RequestID, e.Code, e.Why = r.Request, r.ID, code, why
	f.emit(e)
}

// overtaken tells that a request was answered by what came before it.
func (f *Follower) overtaken(s *session, dir reassembly.Direction, r request, a earlyAnswer) {
	f.answer(r.Request, a.def)
	r.answered = a.mark.Time
	s.requests[dir].keep(r)
	e := f.fill(s, dir, RequestEvent, r.Mark)
	e.Request, e.RequestID, e.Code, e.Answer = r.Request, r.ID, AnsweredRequest, Request{Type: a.def.Number, Mark: a.mark}
	f.emit(e)
}

// unasked remembers an answer whose request is not known, for the case that the
// request still comes.
func (f *Follower) unasked(s *session, dir reassembly.Direction, a earlyAnswer) {
	q := &s.requests[dir.Reverse()]
	if len(q.early) == maxEarly {
		f.unaskedFor(s, dir, q.early[0])
		q.early = slices.Delete(q.early, 0, 1)
	}
	q.early = append(q.early, a)
}

// unaskedFor tells what an answer is whose request did not come: that of a
// direction.
func (f *Follower) unaskedFor(s *session, dir reassembly.Direction, a earlyAnswer) {
	asking := dir.Reverse()
	code, why := UnknownRequest, ""
	switch {
	case !s.conn.Start:
		why = "before-capture"
	case !s.carried[asking]:
		why = "one-direction"
	case s.holed[asking]:
		why = "hole"
	case s.requests[asking].gone:
		why = "evicted"
	default:
		code = OrphanAnswer
	}
	e := f.fill(s, dir, RequestEvent, f.now)
	e.Code, e.Why, e.Answer = code, why, Request{Type: a.def.Number, Mark: a.mark}
	f.emit(e)
}
