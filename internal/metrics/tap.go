package metrics

import (
	"sync"
	"sync/atomic"

	"ctiscope/decode"
	"ctiscope/decode/schema"
	"ctiscope/pipeline"
	"ctiscope/reassembly"
	"ctiscope/session"
)

// tally counts the records of one worker while a run goes on; it may be read
// at any time.
type tally struct {
	opened, closed atomic.Int64 // sessions
	gaps           atomic.Int64
	gapBytes       [3]atomic.Int64 // by reassembly.GapCause

	mu        sync.Mutex
	protocols []*protocolTally // those met; only the worker itself adds to it
	failures  map[failure]int64
}

// protocolTally counts the messages of one protocol.
type protocolTally struct {
	protocol *schema.Protocol
	types    []atomic.Int64 // by number, those of no table at 0
}

func newProtocolTally(p *schema.Protocol) *protocolTally {
	t := &protocolTally{protocol: p, types: make([]atomic.Int64, 1)}
	if all := p.Messages(); len(all) > 0 {
		t.types = make([]atomic.Int64, all[len(all)-1].Number+1)
	}
	return t
}

// failure is a message that reports one, and its code; otherCode stands for
// codes of no table, so that senders cannot make up ever more of them.
type failure struct {
	message *schema.Message
	code    string
}

const otherCode = "other"

func newTally() *tally { return &tally{failures: make(map[failure]int64)} }

// of returns the counts of a protocol, to the worker.
func (t *tally) of(p *schema.Protocol) *protocolTally {
	for _, one := range t.protocols {
		if one.protocol == p {
			return one
		}
	}
	n := newProtocolTally(p)
	t.mu.Lock()
	t.protocols = append(t.protocols, n)
	t.mu.Unlock()
	return n
}

// Take counts a record.
func (t *tally) Take(r *session.Record, _ *pipeline.Out) {
	switch r.Kind {
	case session.Message:
		t.message(r.Message)
	case session.StartEvent:
		t.opened.Add(1)
	case session.EndEvent:
		t.closed.Add(1)
	case session.GapEvent:
		t.gaps.Add(1)
		t.gapBytes[r.Gap.Cause].Add(max(r.Gap.Bytes, 0))
	}
}

func (t *tally) message(m *decode.Message) {
	number := m.Type
	if m.Def == nil {
		number = 0
	}
	t.of(m.Codec.Protocol()).types[number].Add(1)
	if code, ok := codeOf(m); ok {
		t.mu.Lock()
		t.failures[failure{m.Def, code}]++
		t.mu.Unlock()
	}
}

// codeOf returns the name of the code of a message that tells of a failure.
func codeOf(m *decode.Message) (code string, ok bool) {
	if !m.Def.Is(schema.Failure) {
		return "", false
	}
	if f := m.FailureCode(); f != nil {
		if name, known := f.Def.Values.Lookup(m.Uint(f), m.Version); known {
			return name, true
		}
	}
	return otherCode, true
}

// Tap counts the records of a run while it goes on. It may be read at any time;
// its zero value is ready for use.
type Tap struct {
	mu   sync.Mutex
	list []*tally
}

// Sink returns nil: the counts stay with the workers.
func (t *Tap) Sink() pipeline.Sink { return nil }

// Stage makes the tally of another worker.
func (t *Tap) Stage() pipeline.Stage { return t.add() }

func (t *Tap) add() *tally {
	t.mu.Lock()
	defer t.mu.Unlock()
	n := newTally()
	t.list = append(t.list, n)
	return n
}

// each calls f for every worker's tally.
func (t *Tap) each(f func(*tally)) {
	t.mu.Lock()
	defer t.mu.Unlock()
	for _, one := range t.list {
		f(one)
	}
}

// Totals returns how many messages and holes were counted up to now.
func (t *Tap) Totals() (messages, gaps int64) {
	t.each(func(one *tally) {
		one.eachType(func(_ string, n int64) { messages += n })
		gaps += one.gaps.Load()
	})
	return messages, gaps
}

// Fill enters what was counted into a Snapshot.
func (t *Tap) Fill(s *Snapshot) {
	s.Messages, s.LostBytes = make(map[string]uint64), make(map[string]uint64)
	failures := make(map[failure]int64)
	t.each(func(one *tally) {
		one.eachType(func(name string, n int64) { s.Messages[name] += uint64(n) })
		s.Sessions += uint64(one.opened.Load())
		s.SessionsOpen += int(one.opened.Load() - one.closed.Load())
		for cause := range one.gapBytes {
			s.LostBytes[reassembly.GapCause(cause).String()] += uint64(one.gapBytes[cause].Load())
		}
		one.mu.Lock()
		for f, n := range one.failures {
			failures[f] += n
		}
		one.mu.Unlock()
	})
	for f, n := range failures {
		s.Failures = append(s.Failures, Failure{Type: f.message.Name, Code: f.code, Count: uint64(n)})
	}
}

// eachType calls f with the name and the count of each type of message that was
// seen; those of no table share one name.
func (t *tally) eachType(f func(name string, n int64)) {
	t.mu.Lock()
	defer t.mu.Unlock()
	for _, p := range t.protocols {
		for number := range p.types {
			n := p.types[number].Load()
			if n == 0 {
				continue
			}
			name := "UNKNOWN"
			if m := p.protocol.Lookup(uint32(number)); m != nil {
				name = m.Name
			}
			f(name, n)
		}
	}
}
