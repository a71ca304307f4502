package story

import (
	"cmp"
	"errors"
	"slices"

	"ctiscope/pipeline"
	"ctiscope/reassembly"
)

// The kinds of facts and of things in the spool, in the order in which things are
// told.
const (
	sessionFact byte = iota
	requestFact
	typeFact
	agentLine
	stateFact // told among the agents
	messageLine
	callLine
	callEventLine // told among the calls
	// The rest is used up by the sink.
	agentFact
	askFact
	teamFact
	lossFact
	messageFact
	deliveryFact
	replyFact
	presenceFact
	callFact
	consultFact
	watchFact
	referFact
)

// sink takes the facts of all workers in the order of the capture.
type sink struct {
	options Options
	spool   spool
	coder   coder
	types   map[uint32]*typeCount
	agents  agents
	posts   posts
	calls   calls
	names   map[string]string

	// Things are read into these, one after the other.
	session Session
	request Request
	call    Call
	event   CallEvent
	writing coder
}

type typeCount struct {
	RequestType
	waits waits
}

func newSink(o Options) *sink {
	s := &sink{options: o, types: make(map[uint32]*typeCount), names: make(map[string]string)}
	s.spool = spool{dir: o.SpoolDir, memory: o.Limits.Memory, limit: o.Limits.Spool}
	s.agents.start(s, o.Limits.Agents)
	s.posts.start(s)
	s.calls.start(s, o.Limits.Calls)
	return s
}

// Put takes a fact.
func (s *sink) Put(_ pipeline.Ref, b []byte) error {
	switch b[0] {
	case sessionFact:
		return s.putSession(b)
	case requestFact:
		return s.putRequest(b)
	}
	s.coder = coder{b: b[1:], reading: true, names: s.names}
	if b[0] >= callFact {
		return s.calls.put(b[0], &s.coder)
	}
	if b[0] >= messageFact {
		s.posts.put(b[0], &s.coder)
		return nil
	}
	if s.options.Kinds&Agents == 0 && b[0] != agentFact {
		return nil
	}
	if err := s.agents.put(b[0], &s.coder); err != nil {
		return err
	}
	if b[0] == agentFact && s.options.Kinds&Calls != 0 {
		s.calls.tellPhones(&s.agents.told)
	}
	return nil
}

func (s *sink) putSession(b []byte) error {
	t := &s.session
	if s.options.Live {
		return s.emit(b)
	}
	s.coder = coder{b: b[1:], reading: true}
	s.coder.int(&t.ID)
	return s.spool.add(key{int64(sessionFact), t.ID}, b)
}

func (s *sink) putRequest(b []byte) error {
	r := &s.request
	s.coder = coder{b: b[1:], reading: true}
	r.code(&s.coder)
	s.count(r)
	if s.options.Live {
		return s.options.Emit(r)
	}
	return s.spool.add(key{int64(requestFact), r.Frame, r.Session, r.Off}, b)
}

// count adds a request to those of its type.
func (s *sink) count(r *Request) {
	t := s.types[r.Type]
	if t == nil {
		t = &typeCount{RequestType: RequestType{Type: r.Type, Name: r.Name}}
		s.types[r.Type] = t
	}
	t.Count++
	t.Outcomes[r.Outcome%numOutcomes]++
	if r.Wait.Set {
		t.waits.add(r.Wait.N)
	}
}

// emit hands on a thing that is given as a fact.
func (s *sink) emit(b []byte) error {
	var t Thing
	switch b[0] {
	case sessionFact:
		s.session = Session{}
		t = &s.session
	case requestFact:
		t = &s.request
	case typeFact:
		t = new(RequestType)
	case agentLine:
		t = new(Agent)
	case stateFact:
		t = new(AgentState)
	case messageLine:
		t = new(UserMessage)
	case callLine:
		t = &s.call
	case callEventLine:
		t = &s.event
	default:
		return nil
	}
	s.coder = coder{b: b[1:], reading: true, names: s.names}
	t.code(&s.coder)
	if s.coder.bad {
		return errBroken
	}
	if call, ok := t.(*Call); ok {
		s.calls.complete(call)
	}
	return s.options.Emit(t)
}

// errBroken tells that the temporary file does not hold what was written.
var errBroken = errors.New("what waited to be told could not be read back")

// Reached lets messages to people go whose time is over.
func (s *sink) Reached(m reassembly.Mark) error { return s.posts.reached(m.Time) }

// Close tells all that waited.
func (s *sink) Close(cause error) error {
	defer s.spool.close()
	if cause != nil {
		return nil
	}
	if err := s.agents.finish(); err != nil {
		return err
	}
	if err := s.calls.close(); err != nil {
		return err
	}
	if err := s.posts.close(); err != nil {
		return err
	}
	if err := s.closeTypes(); err != nil {
		return err
	}
	return s.spool.each(func(_ key, b []byte) error { return s.emit(b) })
}

// closeTypes adds up the types of requests.
func (s *sink) closeTypes() error {
	all := make([]*typeCount, 0, len(s.types))
	for _, t := range s.types {
		all = append(all, t)
	}
	slices.SortFunc(all, func(a, b *typeCount) int { return cmp.Compare(a.Type, b.Type) })
	for _, t := range all {
		t.waits.fill(&t.RequestType)
		if err := s.finish(typeFact, key{int64(typeFact), int64(t.Type)}, &t.RequestType); err != nil {
			return err
		}
	}
	return nil
}

// finish takes a finished thing.
func (s *sink) finish(kind byte, k key, t Thing) error {
	if s.options.Live {
		if call, ok := t.(*Call); ok {
			s.calls.complete(call)
		}
		return s.options.Emit(t)
	}
	s.writing.b = append(s.writing.b[:0], kind)
	t.code(&s.writing)
	return s.spool.add(k, s.writing.b)
}
