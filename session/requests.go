package session

import (
	"encoding/binary"
	"slices"

	"ctiscope/decode"
	"ctiscope/decode/schema"
	"ctiscope/reassembly"
)

// Bounds of what is remembered of one direction. The oldest open request is
// evicted first, which a RequestEvent tells; of answered ones, to which further
// answers may come (lists in parts, several recorders), the oldest is forgotten.
const (
	maxRequests = 64
	maxAnswered = 16
)

// Limits of time for an answer, in nanoseconds of capture time. The guide
// speaks of 10 to 15 s for call control and fixes no others.
const (
	answerLimit = 20e9
	openLimit   = 60e9 // a server may ask elsewhere whether the client may open
	promptLimit = 5e9
)

// limitOf returns how long an answer to a request may take.
func limitOf(def *schema.Message) int64 {
	switch {
	case def.Is(schema.OpensSession):
		return openLimit
	case def.Is(schema.Heartbeat), def.Is(schema.Prompt):
		return promptLimit
	}
	return answerLimit
}

// requests remembers the requests of one direction: those that are open, in no
// order (most sessions have one or two at a time), and the last that were
// answered, as a ring.
type requests struct {
	open     []request
	answered []request
	next     int // place of the ring that is written next
	// early are answers that came before their request, if there is one: the
	// request may still wait behind a hole of its direction.
	early []earlyAnswer
	gone  bool // an open one, or an answered one not long ago, was forgotten
}

type request struct {
	invokeID uint32
	def      *schema.Message
	late     bool  // it had been acknowledged when it came
	hole     bool  // its answer may be in bytes that were lost
	answered int64 // time of its first answer
	Request        // Type is 0 in a free place
}

// earlyAnswer is an answer whose request is not known.
type earlyAnswer struct {
	invokeID uint32
	def      *schema.Message
	mark     reassembly.Mark
}

// maxEarly is how many answers without request are remembered of a direction.
const maxEarly = 64

// overtaken returns the answer, taken out of the early ones, that came before a
// request although it was sent after it.
func (q *requests) overtaken(r *request) (a earlyAnswer, ok bool) {
	for i := range q.early {
		if a = q.early[i]; a.invokeID == r.invokeID && (r.late || a.mark.Time >= r.Mark.Time) && a.def.CanAnswer(r.def) {
			q.early = slices.Delete(q.early, i, i+1)
			return a, true
		}
	}
	return earlyAnswer{}, false
}

// add remembers a request. It returns the open one that had the same InvokeID
// and the one that had to go; their Type is 0 where there is none.
func (q *requests) add(r request) (reused Request, evicted request) {
	free, oldest := -1, 0
	for i := range q.open {
		have := &q.open[i]
		switch {
		case have.Type == 0:
			free = i
			continue
		case have.invokeID == r.invokeID && have.ID > reused.ID:
			reused = have.Request
		}
		if have.ID < q.open[oldest].ID {
			oldest = i
		}
	}
	switch {
	case free >= 0:
		q.open[free] = r
	case len(q.open) < maxRequests:
		q.open = append(q.open, r)
	default:
		evicted, q.gone = q.open[oldest], true
		q.open[oldest] = r
	}
	return reused, evicted
}

// take closes the request that an answer means: of those with its InvokeID that
// it suits the oldest that is not over its limit, else the newest.
func (q *requests) take(invokeID uint32, answer *schema.Message, now decode.Mark) (found Request) {
	var place *request
	for i := range q.open {
		r := &q.open[i]
		if r.Type != 0 && r.invokeID == invokeID && answer.CanAnswer(r.def) && (place == nil || r.before(place, now)) {
			place = r
		}
	}
	if place == nil {
		return Request{}
	}
	found, place.answered = place.Request, now.Time
	q.keep(*place)
	place.Type = 0
	return found
}

// before tells whether an answer means r rather than o.
func (r *request) before(o *request, now decode.Mark) bool {
	mine, its := r.inTime(now), o.inTime(now)
	if mine != its {
		return mine
	}
	return (r.ID < o.ID) == mine
}

func (r *request) inTime(now decode.Mark) bool { return now.Time-r.Mark.Time <= limitOf(r.def) }

// keep remembers an answered request, in place of the oldest such.
func (q *requests) keep(r request) {
	if len(q.answered) < maxAnswered {
		q.answered = append(q.answered, r)
		return
	}
	q.gone = q.gone || r.answered-q.answered[q.next].answered <= answerLimit
	q.answered[q.next] = r
	q.next = (q.next + 1) % maxAnswered
}

// again returns the newest answered request that a further answer suits.
func (q *requests) again(invokeID uint32, answer *schema.Message) (found Request) {
	for i := range q.answered {
		r := &q.answered[i]
		if r.invokeID == invokeID && r.ID > found.ID && answer.CanAnswer(r.def) {
			found = r.Request
		}
	}
	return found
}

// pair remembers a request, or finds the one that a message answers.
func (f *Follower) pair(s *session, dir reassembly.Direction, fr *decode.Frame, def *schema.Message) (l life) {
	if def == nil || def.Traits&(schema.Request|schema.Answer) == 0 {
		return l
	}
	invokeID, ok := firstUint(fr.Bytes)
	switch {
	case !ok:
	case def.Is(schema.Request):
		l.id, l.reused = f.ask(s, dir, request{invokeID: invokeID, def: def, late: s.isLate(dir, fr), Request: Request{Type: def.Number, Mark: reassembly.Mark(fr.Mark)}})
	default:
		l = f.answer(s.requests[dir.Reverse()].take(invokeID, def, fr.Mark), def)
		if l.id == 0 {
			l.id = s.requests[dir.Reverse()].again(invokeID, def).ID
		}
		if l.id == 0 && def.Traits&schema.Request == 0 {
			f.unasked(s, dir, earlyAnswer{invokeID, def, reassembly.Mark(fr.Mark)})
		}
	}
	return l
}

// life is what a message is in the life of a request.
type life struct {
	id, reused int64
	answered   Request
}

// ask begins the life of a request, and tells which one was evicted for it.
func (f *Follower) ask(s *session, dir reassembly.Direction, r request) (id, reused int64) {
	s.asked++
	r.ID = s.asked
	// A loss that was told already may hold the answer to a request that waited
	// itself behind a hole.
	r.hole = r.Mark.Time <= s.lossTo[dir.Reverse()]
	f.Counters.Requests++
	if a, ok := s.requests[dir].overtaken(&r); ok {
		f.overtaken(s, dir, r, a)
		return r.ID, 0
	}
	older, evicted := s.requests[dir].add(r)
	if older.Type != 0 {
		f.Counters.Reused++
	}
	if evicted.Type != 0 {
		f.Counters.Evicted++
		f.endRequest(s, dir, evicted, r.Mark, "evicted")
	}
	return r.ID, older.ID
}

// answer ends the wait of a request, if there is one.
func (f *Follower) answer(answered Request, def *schema.Message) life {
	if answered.Type != 0 {
		f.Counters.Paired++
		if def.Is(schema.Failure) {
			f.Counters.Refused++
		}
	}
	return life{id: answered.ID, answered: answered}
}

// firstUint returns the first UINT of a frame's body.
func firstUint(frame []byte) (uint32, bool) {
	if len(frame) < schema.HeaderSize+4 {
		return 0, false
	}
	return binary.BigEndian.Uint32(frame[schema.HeaderSize:]), true
}

// isLate tells whether the end of a frame was acknowledged before it came.
func (s *session) isLate(dir reassembly.Direction, fr *decode.Frame) bool {
	end := fr.Off + int64(len(fr.Bytes))
	return s.late[dir].from < end && end <= s.late[dir].to
}
