package statistics

import (
	"cmp"
	"slices"
	"time"

	"ctiscope/text"

	"ctiscope/decode"
	"ctiscope/decode/schema"
	"ctiscope/session"
)

// report is what Collector counted, sorted and with names. Its JSON is a public
// interface, as that of the messages is.
type Report struct {
	V        int     `json:"v"`
	Messages int64   `json:"messages"`
	Bytes    int64   `json:"bytes"` // headers included
	First    *string `json:"first"` // time of the first message, null without messages
	Last     *string `json:"last"`

	From     map[string]Tally `json:"from"` // by sender: client, server, unknown
	Types    []Type           `json:"types"`
	Sessions []Session        `json:"sessions"`
	// MoreSessions counts what came from sessions beyond the first 10,000.
	MoreSessions     *Tally            `json:"more_sessions,omitempty"`
	Failures         []Failure         `json:"failures"`
	PeripheralErrors []PeripheralError `json:"peripheral_errors"`
	Problems         []Problem         `json:"problems"`
	Versions         []Version         `json:"versions"`
	Gaps             Gaps              `json:"gaps"`
	Resyncs          Resyncs           `json:"resyncs"`

	// Span is the time from First to Last.
	Span time.Duration `json:"-"`
}

type Type struct {
	// Type is null for all numbers above those of the guide together.
	Type *uint32 `json:"type"`
	Name string  `json:"name"`
	Tally
	From map[string]Tally `json:"from"`
	// Answers tells how long requests waited for this type, null if none did.
	Answers *Answers `json:"answers"`
}

type Answers struct {
	Count  int64   `json:"count"`
	MeanMs float64 `json:"mean_ms"`
	MaxMs  float64 `json:"max_ms"`
}

type Session struct {
	Session       int64   `json:"session"`
	ClientID      *string `json:"client_id"` // null when OPEN_REQ was not seen
	Client        string  `json:"client"`
	Server        string  `json:"server"`
	Version       int     `json:"version"`
	VersionSource string  `json:"version_source"`
	First         string  `json:"first"`
	Last          string  `json:"last"`
	Tally
	From         map[string]Tally `json:"from"`
	Failures     int64            `json:"failures"`
	Problems     int64            `json:"problems"`
	Gaps         int64            `json:"gaps"`
	MissingBytes int64            `json:"missing_bytes"`
}

type Failure struct {
	Type uint32 `json:"type"`
	Name string `json:"name"`
	// Code is null for all codes together that are too high to be real.
	Code    *uint32 `json:"code"`
	Const   *string `json:"const"`
	Text    string  `json:"text"`
	Request *string `json:"request"` // name of the request that failed, null when not known
	Count   int64   `json:"count"`
}

type PeripheralError struct {
	Code  *uint32 `json:"code"` // null for all together that are in no table
	Const *string `json:"const"`
	Layer *string `json:"layer"`
	Text  string  `json:"text"`
	Count int64   `json:"count"`
}

type Problem struct {
	Severity string `json:"severity"`
	Code     string `json:"code"`
	Count    int64  `json:"count"`
}

type Version struct {
	Version       *int   `json:"version"` // null for all above those of the guide
	VersionSource string `json:"version_source"`
	Messages      int64  `json:"messages"`
}

type Gaps struct {
	Count int64 `json:"count"`
	Bytes int64 `json:"bytes"`
}

type Resyncs struct {
	Count   int64 `json:"count"`
	Skipped int64 `json:"skipped"`
}

// Report sorts what was counted and names it. Times are written in zone; nil means
// UTC.
func (s *Collector) Report(zone *time.Location) *Report {
	c := text.NewClock(zone)
	all := sum(s.sides)
	r := &Report{
		V: 1, Messages: all.Messages, Bytes: all.Bytes, From: bySide(s.sides),
		Types: s.typeReports(), Sessions: s.sessionReports(&c),
		Failures: s.failureReports(), PeripheralErrors: s.peripheralReports(),
		Problems: s.problemReports(), Versions: s.versionReports(),
		Gaps: Gaps{s.gaps, s.gapBytes}, Resyncs: Resyncs{s.resyncs, s.skipped},
	}
	if s.first != 0 {
		first, last := s.time(&c, s.first), s.time(&c, s.last)
		r.First, r.Last = &first, &last
		r.Span = time.Duration(s.last - s.first)
	}
	if more := sum(s.more.sides); more.Messages > 0 {
		r.MoreSessions = &more
	}
	return r
}

func (s *Collector) time(c *text.Clock, ns int64) string {
	return string(c.AppendTime(nil, ns, s.digits))
}

func bySide(sides [numSides]Tally) map[string]Tally {
	m := make(map[string]Tally, numSides)
	for i, t := range sides {
		if t.Messages > 0 {
			m[schema.Side(i).String()] = t
		}
	}
	return m
}

// byName returns the protocols in an order that does not depend on which one
// came first.
func (s *Collector) byName() []*protocolTally {
	return slices.SortedStableFunc(slices.Values(s.protocols), func(a, b *protocolTally) int {
		return cmp.Compare(a.protocol.Name(), b.protocol.Name())
	})
}

func (s *Collector) typeReports() []Type {
	list := []Type{}
	for _, p := range s.byName() {
		for i := range p.types {
			if p.types[i].all().Messages > 0 {
				number := uint32(i)
				t := newType(&p.types[i], p.protocol.MessageName(number))
				t.Type = &number
				list = append(list, t)
			}
		}
	}
	slices.SortStableFunc(list, func(a, b Type) int { return cmp.Compare(b.Messages, a.Messages) })
	if s.others.all().Messages > 0 {
		list = append(list, newType(&s.others, "UNKNOWN"))
	}
	return list
}

func newType(t *typeTally, name string) Type {
	r := Type{Name: name, Tally: t.all(), From: bySide(t.sides)}
	if t.answered > 0 {
		r.Answers = &Answers{
			Count:  t.answered,
			MeanMs: milliseconds(t.wait / t.answered),
			MaxMs:  milliseconds(t.longest),
		}
	}
	return r
}

// milliseconds rounds to microseconds, so that the JSON number is short.
func milliseconds(ns int64) float64 { return float64(ns/1000) / 1000 }

func (s *Collector) sessionReports(c *text.Clock) []Session {
	list := []Session{}
	for i := range s.sessions {
		t := &s.sessions[i]
		all := sum(t.sides)
		if all.Messages == 0 && t.gaps == 0 {
			continue
		}
		r := Session{
			Session: int64(i + 1), Client: t.client, Server: t.server,
			Version: t.version, VersionSource: t.source.String(), Tally: all, From: bySide(t.sides),
			Failures: t.failures, Problems: t.problems, Gaps: t.gaps, MissingBytes: t.gapBytes,
		}
		if t.name != "" {
			name := readable(t.name)
			r.ClientID = &name
		}
		if t.first != 0 {
			r.First, r.Last = s.time(c, t.first), s.time(c, t.last)
		}
		list = append(list, r)
	}
	return list
}

// readable makes text from the wire fit for printing.
func readable(s string) string { return string(text.AppendClean(nil, s)) }

func (s *Collector) failureReports() []Failure {
	keys := make([]failureKey, 0, len(s.failures))
	for k := range s.failures {
		keys = append(keys, k)
	}
	slices.SortFunc(keys, func(a, b failureKey) int {
		return cmp.Or(cmp.Compare(s.failures[b], s.failures[a]), cmp.Compare(a.number, b.number),
			cmp.Compare(a.code, b.code), cmp.Compare(a.request, b.request), cmp.Compare(a.version, b.version),
			cmp.Compare(a.protocol.Name(), b.protocol.Name()), cmp.Compare(tableName(a.table), tableName(b.table)))
	})
	list := []Failure{}
	for _, k := range keys {
		list = append(list, newFailure(k, s.failures[k]))
	}
	return list
}

// tableName returns the name of a table, which may be none.
func tableName(t *schema.Table) string {
	if t == nil {
		return ""
	}
	return t.Name
}

func newFailure(k failureKey, count int64) Failure {
	r := Failure{Type: k.number, Name: k.protocol.MessageName(k.number), Count: count, Text: "not in the guide"}
	if k.request != 0 {
		name := k.protocol.MessageName(k.request)
		r.Request = &name
	}
	if k.code > maxCode {
		return r
	}
	r.Code = &k.code
	if k.table == nil {
		return r
	}
	c, ok := k.table.Code(k.code, k.version)
	if !ok {
		return r
	}
	r.Const, r.Text = &c.Const, c.Text
	if advice, ok := schema.Practice(c.Const); ok {
		r.Text = advice.Text
	}
	return r
}

func (s *Collector) peripheralReports() []PeripheralError {
	codes := make([]uint32, 0, len(s.peripheral))
	for code := range s.peripheral {
		codes = append(codes, code)
	}
	slices.SortFunc(codes, func(a, b uint32) int {
		return cmp.Or(cmp.Compare(s.peripheral[b], s.peripheral[a]), cmp.Compare(a, b))
	})
	list := []PeripheralError{}
	for _, code := range codes {
		r := PeripheralError{Count: s.peripheral[code], Text: "in no table"}
		if c, ok := schema.PeripheralError(code); ok {
			r.Code, r.Text = &code, c.Text
			if c.Const != "" {
				r.Const = &c.Const
			}
			if layer := schema.LayerText(c.Layer); layer != "" {
				r.Layer = &layer
			}
		}
		list = append(list, r)
	}
	return list
}

func (s *Collector) problemReports() []Problem {
	list := []Problem{}
	for i, n := range s.problems {
		if n > 0 {
			c := decode.Code(i)
			list = append(list, Problem{c.Severity().String(), c.String(), n})
		}
	}
	slices.SortStableFunc(list, func(a, b Problem) int { return cmp.Compare(b.Count, a.Count) })
	return list
}

func (s *Collector) versionReports() []Version {
	list := []Version{}
	for _, p := range s.byName() {
		for v := range p.versions {
			for source, n := range p.versions[v] {
				if n == 0 {
					continue
				}
				r := Version{VersionSource: session.VersionSource(source).String(), Messages: n}
				if v <= p.protocol.Versions().Max {
					r.Version = &v
				}
				list = append(list, r)
			}
		}
	}
	return list
}
