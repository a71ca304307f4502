package chronicle

import (
	"math"
	"sort"

	"ctiscope/decode/schema"
)

// second is in the unit of times.
const second = 1_000_000_000

// request is a request with what came of it, or an answer that nobody asked for.
type request struct {
	*Message
	session *session
	orphan  bool
	answer  *Message
	answers int
	reused  bool
}

// limit is how long a request waits for its answer.
func (m *Message) limit() int64 {
	switch {
	case m.is("OPEN_REQ"):
		return 60 * second
	case m.Type == 278, m.is("CLOSE_REQ", "HEARTBEAT_REQ"):
		return 5 * second
	}
	return 20 * second
}

// gatherRequests pairs requests and answers, session by session.
func (t *teller) gatherRequests() {
	t.answered, t.asked = make(map[*Message]*request), make(map[*Message]*request)
	for _, m := range t.Messages {
		s := t.sessions[m.Session]
		switch {
		case m.isRequest():
			r := &request{Message: m, session: s, reused: s.waiting(m)}
			t.requests, s.requests = append(t.requests, r), append(s.requests, r)
			t.asked[m] = r
		case m.isAnswer():
			t.take(s, m)
		}
	}
}

// waiting tells whether a request of the same side with the same InvokeID has
// no answer yet.
func (s *session) waiting(m *Message) bool {
	for _, r := range s.requests {
		if !r.orphan && r.answer == nil && r.FromServer == m.FromServer && r.invokeID() == m.invokeID() {
			return true
		}
	}
	return false
}

func (m *Message) invokeID() uint32 { return m.number("InvokeID") }

// take gives an answer to its request.
func (t *teller) take(s *session, m *Message) {
	r := s.requestOf(m)
	if r == nil {
		o := &request{Message: m, session: s, orphan: true}
		t.requests, s.requests = append(t.requests, o), append(s.requests, o)
		return
	}
	if r.answers++; r.answers == 1 {
		r.answer = m
	}
	t.answered[m] = r
}

// requestOf finds the request of an answer: of those without one the oldest
// within its limit, else the newest; else the newest that has one already.
func (s *session) requestOf(m *Message) *request {
	var newest, answered *request
	for _, r := range s.requests {
		if r.orphan || r.invokeID() != m.invokeID() || !m.suits(r.Message) {
			continue
		}
		switch {
		case r.answer != nil:
			answered = r
		case m.Time-r.Time <= r.limit():
			return r
		default:
			newest = r
		}
	}
	if newest != nil {
		return newest
	}
	return answered
}

// outcome tells what came of a request, and why there is no answer.
func (t *teller) outcome(r *request) (outcome string, why any) {
	switch {
	case r.orphan:
		return "orphan", nil
	case r.answer != nil && r.answer.isRefusal():
		return "refused", nil
	case r.answer != nil:
		return "answered", nil
	case r.session.silenced() && !r.FromServer && !r.is("OPEN_REQ", "CLOSE_REQ", "HEARTBEAT_REQ"):
		return "unknown", "ignore-conf"
	}
	limit := r.Time + r.limit()
	if end := r.session.End; end != nil && end.Time < limit {
		return "unanswered", "session-ended"
	}
	if limit <= t.Last {
		return "unanswered", nil
	}
	return "unknown", "after-capture"
}

// requestLines are the lines of the requests and of the answers without one.
func (t *teller) requestLines() []Object {
	var lines []Object
	for _, r := range t.requests {
		lines = append(lines, t.requestLine(r))
	}
	return lines
}

func (t *teller) requestLine(r *request) Object {
	outcome, why := t.outcome(r)
	u := unknowns{}
	line := Object{
		"v": 1, "kind": "request", "session": r.Session, "time": moment(r.Time), "frame": r.Frame,
		"from": r.from(), "type": r.Type, "name": r.Def.Name, "invoke_id": r.invokeID(),
		"outcome": outcome, "answer": nil, "answers": r.answers, "answer_ms": nil,
		"failure": failureObject(r.refusal()), "reused": r.reused, "why": why,
	}
	if a := r.answer; a != nil {
		line["answer"] = Object{"type": a.Type, "name": a.Def.Name, "time": moment(a.Time), "frame": a.Frame}
		line["answer_ms"] = millis(a.Time - r.Time)
	}
	if outcome == "unknown" {
		u.add("answer", "answer_ms", "failure")
	}
	line["unknown"] = u.list()
	return line
}

// refusal is the message that refuses, nil where there is none.
func (r *request) refusal() *Message {
	switch {
	case r.orphan && r.isRefusal():
		return r.Message
	case r.answer != nil && r.answer.isRefusal():
		return r.answer
	}
	return nil
}

func failureObject(m *Message) any {
	if m == nil {
		return nil
	}
	f := m.FailureCode()
	v := m.Value(f)
	return Object{"value": v.Num, "name": orNull(v.Name()), "peripheral_error": peripheralError(m.number("PeripheralErrorCode"))}
}

func peripheralError(n uint32) any {
	if n == 0 {
		return nil
	}
	code, _ := schema.PeripheralError(n)
	return Object{"value": int64(n), "name": orNull(code.Const), "layer": orNull(code.Layer)}
}

// outcomes counts requests by outcome.
func (t *teller) outcomes(list []*request) Object {
	counts := map[string]int{}
	for _, r := range list {
		outcome, _ := t.outcome(r)
		counts[outcome]++
	}
	o := Object{}
	for _, name := range []string{"answered", "refused", "unanswered", "unknown", "orphan"} {
		o[name] = counts[name]
	}
	return o
}

// requestTypeLines are the lines of the types, by number.
func (t *teller) requestTypeLines() []Object {
	types := map[uint32][]*request{}
	for _, r := range t.requests {
		types[r.Type] = append(types[r.Type], r)
	}
	var numbers []uint32
	for n := range types {
		numbers = append(numbers, n)
	}
	sort.Slice(numbers, func(i, j int) bool { return numbers[i] < numbers[j] })
	var lines []Object
	for _, n := range numbers {
		lines = append(lines, t.requestTypeLine(types[n]))
	}
	return lines
}

func (t *teller) requestTypeLine(list []*request) Object {
	var times []float64
	for _, r := range list {
		if r.answer != nil {
			times = append(times, millis(r.answer.Time-r.Time))
		}
	}
	sort.Float64s(times)
	return Object{
		"v": 1, "kind": "request_type", "type": list[0].Type, "name": list[0].Def.Name,
		"count": len(list), "outcomes": t.outcomes(list),
		"p50_ms": nearestRank(times, 0.5), "p95_ms": nearestRank(times, 0.95),
		"p99_ms": nearestRank(times, 0.99), "max_ms": nearestRank(times, 1), "unknown": []any{},
	}
}

// nearestRank returns the least of the sorted numbers that at least this part
// of them does not exceed.
func nearestRank(sorted []float64, part float64) any {
	if len(sorted) == 0 {
		return nil
	}
	return sorted[max(int(math.Ceil(part*float64(len(sorted))-1e-9)), 1)-1]
}
