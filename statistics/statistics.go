// Package statistics counts what the records of a run add up to, and reports it as
// data: messages and bytes by type, sender and session, how long requests waited,
// failures by code, problems, versions, what is missing. Package output draws a
// Report.
//
// The package imports session, decode and decode/schema for the records, and text for
// the times in a Report.
package statistics

import (
	"ctiscope/decode"
	"ctiscope/decode/schema"
	"ctiscope/session"
)

// Collector counts Records. Each worker has one of its own; Merge joins them, and
// what comes out does not depend on how the sessions were spread. Counting
// allocates nothing but when a session, a kind of failure or a message number
// is met for the first time.
type Collector struct {
	first, last int64 // times of the first and the last message
	sides       [numSides]Tally
	protocols   []*protocolTally // those met, hardly ever more than one
	others      typeTally        // of message numbers above those of the guide
	// sessions holds the first MaxSessions sessions by number; more what came
	// from later ones.
	sessions []sessionTally
	more     sessionTally

	failures   map[failureKey]int64
	peripheral map[uint32]int64 // by PeripheralErrorCode
	problems   [decode.NumCodes]int64
	gaps       int64
	gapBytes   int64
	resyncs    int64
	skipped    int64

	digits uint8
}

const (
	numSides   = int(schema.Server) + 1
	numSources = int(session.Open) + 1
	// MaxSessions is how many sessions are told apart. Which ones depends on
	// their numbers only, so that it is the same for any number of workers.
	MaxSessions = 10_000
	// maxCode is the highest code of a failure that is told apart.
	maxCode = 511
)

// Tally counts messages and their bytes, headers included.
type Tally struct {
	Messages int64 `json:"messages"`
	Bytes    int64 `json:"bytes"`
}

func (t *Tally) add(bytes int64) {
	t.Messages++
	t.Bytes += bytes
}

func (t *Tally) merge(o Tally) {
	t.Messages += o.Messages
	t.Bytes += o.Bytes
}

// protocolTally counts the messages of one protocol.
type protocolTally struct {
	protocol *schema.Protocol
	types    []typeTally         // by number
	versions [][numSources]int64 // by version; the last is for those above
}

// of returns the counts of a protocol.
func (s *Collector) of(p *schema.Protocol) *protocolTally {
	for _, t := range s.protocols {
		if t.protocol == p {
			return t
		}
	}
	t := &protocolTally{protocol: p, versions: make([][numSources]int64, p.Versions().Max+2)}
	if all := p.Messages(); len(all) > 0 {
		t.types = make([]typeTally, all[len(all)-1].Number+1)
	}
	s.protocols = append(s.protocols, t)
	return t
}

func (t *protocolTally) merge(o *protocolTally) {
	for i := range o.types {
		t.types[i].merge(&o.types[i])
	}
	for i := range o.versions {
		for j, n := range o.versions[i] {
			t.versions[i][j] += n
		}
	}
}

// typeTally counts the messages of one type.
type typeTally struct {
	sides [numSides]Tally
	// answered counts those that answer a request which was seen, wait is how
	// long the requests waited for them in nanoseconds, all together and the
	// longest.
	answered, wait, longest int64
}

func (t *typeTally) merge(o *typeTally) {
	for i := range t.sides {
		t.sides[i].merge(o.sides[i])
	}
	t.answered += o.answered
	t.wait += o.wait
	t.longest = max(t.longest, o.longest)
}

func (t *typeTally) all() Tally { return sum(t.sides) }

func sum(sides [numSides]Tally) (all Tally) {
	for _, t := range sides {
		all.merge(t)
	}
	return all
}

// sessionTally counts what one session sent.
type sessionTally struct {
	client, server, name string // as known at the end
	version              int
	source               session.VersionSource
	first, last          int64
	sides                [numSides]Tally
	failures, problems   int64
	gaps, gapBytes       int64
	sessions             int64 // of Collector.more: highest number seen
}

// failureKey is a kind of failure.
type failureKey struct {
	protocol *schema.Protocol
	number   uint32        // of the message that tells of it
	table    *schema.Table // of code, nil where the message holds none
	version  int           // of a code whose name depends on it, else 0
	code     uint32        // maxCode+1 for all above maxCode
	request  uint32        // number of the request that failed, 0 when not known
}

// NewStats returns a collector for one worker.
func New() *Collector {
	return &Collector{failures: make(map[failureKey]int64), peripheral: make(map[uint32]int64)}
}

// Add counts a Record.
func (s *Collector) Add(r *session.Record) {
	t := s.session(r)
	switch {
	case r.Kind == session.Message && r.Message != nil:
		s.message(t, r)
	case r.Kind == session.GapEvent:
		missing := max(r.Gap.Bytes, 0)
		s.gaps++
		s.gapBytes += missing
		t.gaps++
		t.gapBytes += missing
	case r.Kind == session.ResyncEvent:
		s.resyncs++
		s.skipped += r.Skipped
	}
}

// session returns the counts of the Record's session, with what is known of it
// by now.
func (s *Collector) session(r *session.Record) *sessionTally {
	if r.Info == nil || r.Info.ID < 1 {
		return &s.more
	}
	if !r.Mark.Timeless() {
		s.digits = max(s.digits, r.Mark.Digits)
	}
	if r.Info.ID > MaxSessions {
		s.more.sessions = max(s.more.sessions, r.Info.ID-MaxSessions)
		return &s.more
	}
	for int64(len(s.sessions)) < r.Info.ID {
		s.sessions = append(s.sessions, sessionTally{})
	}
	t := &s.sessions[r.Info.ID-1]
	t.client, t.server = r.Info.AString, r.Info.BString
	if r.Info.Sides && !r.Info.ClientIsA {
		t.client, t.server = t.server, t.client
	}
	if r.Info.ClientID != "" {
		t.name = r.Info.ClientID
	}
	return t
}

func (s *Collector) message(t *sessionTally, r *session.Record) {
	m := r.Message
	bytes := int64(len(m.Frame))
	if !r.Mark.Timeless() {
		s.first, s.last = spanned(s.first, s.last, r.Mark.Time)
		t.first, t.last = spanned(t.first, t.last, r.Mark.Time)
	}
	t.version, t.source = m.Version, r.VersionSource
	s.sides[r.From].add(bytes)
	t.sides[r.From].add(bytes)
	protocol := s.of(m.Codec.Protocol())
	protocol.versions[min(max(m.Version, 0), len(protocol.versions)-1)][r.VersionSource]++

	typ := &s.others
	if uint64(m.Type) < uint64(len(protocol.types)) {
		typ = &protocol.types[m.Type]
	}
	typ.sides[r.From].add(bytes)
	if r.Request.Type != 0 && !r.Mark.Timeless() && !r.Request.Mark.Timeless() {
		wait := max(r.Mark.Time-r.Request.Mark.Time, 0)
		typ.answered++
		typ.wait += wait
		typ.longest = max(typ.longest, wait)
	}
	if len(m.Problems) > 0 {
		t.problems += int64(len(m.Problems))
		for i := range m.Problems {
			s.problems[m.Problems[i].Code]++
		}
	}
	if m.Def.Is(schema.Failure) {
		t.failures++
		s.failure(r)
	}
}

// spanned widens a span of time, which is empty when first is 0.
func spanned(first, last, at int64) (int64, int64) {
	if first == 0 || at < first {
		first = at
	}
	return first, max(last, at)
}

// failure counts a failure by its code.
func (s *Collector) failure(r *session.Record) {
	m := r.Message
	k := failureKey{protocol: m.Codec.Protocol(), number: m.Type}
	if k.protocol.Lookup(r.Request.Type) != nil {
		k.request = r.Request.Type
	}
	if f := m.FailureCode(); f != nil {
		k.table, k.code = f.Def.Values, min(m.Uint(f), maxCode+1)
		if f.Def.Values.Changes(k.code) {
			k.version = m.Version
		}
	}
	if code := m.PeripheralError(); code != 0 {
		s.peripheralError(code)
	}
	s.failures[k]++
}

// peripheralError counts a PeripheralErrorCode; those of no table go together
// as 0.
func (s *Collector) peripheralError(code uint32) {
	if _, ok := schema.PeripheralError(code); !ok {
		code = 0
	}
	s.peripheral[code]++
}

// Merge adds what another collector counted. o may not be used any more.
func (s *Collector) Merge(o *Collector) {
	s.span(o)
	for i := range s.sides {
		s.sides[i].merge(o.sides[i])
	}
	for _, p := range o.protocols {
		s.of(p.protocol).merge(p)
	}
	s.others.merge(&o.others)
	for int64(len(s.sessions)) < int64(len(o.sessions)) {
		s.sessions = append(s.sessions, sessionTally{})
	}
	for i := range o.sessions {
		s.sessions[i].merge(&o.sessions[i])
	}
	s.more.merge(&o.more)
	for k, n := range o.failures {
		s.failures[k] += n
	}
	for k, n := range o.peripheral {
		s.peripheral[k] += n
	}
	for i, n := range o.problems {
		s.problems[i] += n
	}
	s.gaps += o.gaps
	s.gapBytes += o.gapBytes
	s.resyncs += o.resyncs
	s.skipped += o.skipped
}

func (s *Collector) span(o *Collector) {
	if o.first != 0 {
		s.first, s.last = spanned(s.first, max(s.last, o.last), o.first)
	}
	s.digits = max(s.digits, o.digits)
}

// merge adds what another worker counted of a session. A session is followed
// by one worker, so at most one of the two knows its name.
func (t *sessionTally) merge(o *sessionTally) {
	if o.client != "" {
		t.client, t.server, t.name = o.client, o.server, o.name
	}
	if o.first != 0 {
		t.version, t.source = o.version, o.source
		t.first, t.last = spanned(t.first, max(t.last, o.last), o.first)
	}
	for i := range t.sides {
		t.sides[i].merge(o.sides[i])
	}
	t.failures += o.failures
	t.problems += o.problems
	t.gaps += o.gaps
	t.gapBytes += o.gapBytes
	t.sessions = max(t.sessions, o.sessions)
}
