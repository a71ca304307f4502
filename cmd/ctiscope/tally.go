package main

import (
	"slices"
	"sync"
	"sync/atomic"

	"ctiscope/decode"
	"ctiscope/decode/schema"
	"ctiscope/metrics"
	"ctiscope/pipeline"
	"ctiscope/reassembly"
	"ctiscope/session"
)

// tally counts the records of one worker while a run goes on; it may be read
// at any time.
type tally struct {
	types          []atomic.Int64 // messages by number, those of no table at 0
	opened, closed atomic.Int64   // sessions
	gaps           atomic.Int64
	gapBytes       [3]atomic.Int64 // by reassembly.GapCause

	mu       sync.Mutex
	failures map[failure]int64
}

// failure is a message that reports one, and its code; otherCode stands for
// codes of no table, so that senders cannot make up ever more of them.
type failure struct {
	message *schema.Message
	code    string
}

const otherCode = "other"

func newTally() *tally {
	all := schema.Messages()
	return &tally{types: make([]atomic.Int64, all[len(all)-1].Number+1), failures: make(map[failure]int64)}
}

// add counts a record.
func (t *tally) add(r *session.Record) {
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
	t.types[number].Add(1)
	if code, ok := failureCode(m); ok {
		t.mu.Lock()
		t.failures[failure{m.Def, code}]++
		t.mu.Unlock()
	}
}

// failureMessages are the messages that report a failure.
var failureMessages = []*schema.Message{
	schema.ByName("FAILURE_CONF"), schema.ByName("FAILURE_EVENT"), schema.ByName("CONTROL_FAILURE_CONF"),
}

// failureCode returns the code of a message that reports a failure: the field
// of its fixed part that the schema gives the table of status or failure codes.
func failureCode(m *decode.Message) (code string, ok bool) {
	if m.Def == nil || !slices.Contains(failureMessages, m.Def) {
		return "", false
	}
	for i := range m.Fields[:m.NumFixed] {
		f := &m.Fields[i]
		if f.Def == nil || f.Def.Values == nil || f.Odd {
			continue
		}
		if name, known := f.Def.Values.Lookup(m.Uint(f)); known {
			return name, true
		}
	}
	return otherCode, true
}

// tallies are those of all workers.
type tallies struct {
	mu   sync.Mutex
	list []*tally
}

// add makes the tally of another worker.
func (t *tallies) add() *tally {
	t.mu.Lock()
	defer t.mu.Unlock()
	n := newTally()
	t.list = append(t.list, n)
	return n
}

// each calls f for every worker's tally.
func (t *tallies) each(f func(*tally)) {
	t.mu.Lock()
	defer t.mu.Unlock()
	for _, one := range t.list {
		f(one)
	}
}

// totals returns how many messages and holes were counted up to now.
func (t *tallies) totals() (messages, gaps int64) {
	t.each(func(one *tally) {
		for i := range one.types {
			messages += one.types[i].Load()
		}
		gaps += one.gaps.Load()
	})
	return messages, gaps
}

// fill enters what was counted into a Snapshot.
func (t *tallies) fill(s *metrics.Snapshot) {
	s.Messages, s.LostBytes = make(map[string]uint64), make(map[string]uint64)
	failures := make(map[failure]int64)
	t.each(func(one *tally) {
		for number := range one.types {
			if n := one.types[number].Load(); n > 0 {
				s.Messages[typeName(uint32(number))] += uint64(n)
			}
		}
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
		s.Failures = append(s.Failures, metrics.Failure{Type: f.message.Name, Code: f.code, Count: uint64(n)})
	}
}

// typeName returns the name of a message for a metric; those of no table share
// one.
func typeName(number uint32) string {
	if m := schema.Lookup(number); m != nil {
		return m.Name
	}
	return "UNKNOWN"
}

// tallying is a Stage that counts what passes on its way to the next one.
type tallying struct {
	tally *tally
	next  pipeline.Stage
}

// Append counts a record and hands it on.
func (t *tallying) Append(dst []byte, r *session.Record) []byte {
	t.tally.add(r)
	return t.next.Append(dst, r)
}
