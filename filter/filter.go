// Package filter selects messages: by type, session, sender and time.
//
// A Filter is compiled once from Options and then judges records without
// allocating; it is read-only, so that all workers may share one. The package
// also reads the lists that users write for an option: message types, sessions
// and moments. It imports decode/schema and session.
package filter

import (
	"math"
	"time"

	"ctiscope/decode/schema"
	"ctiscope/session"
)

// Options say what to select. What is left at its zero value selects all.
type Options struct {
	// Types are message numbers. They choose among messages only; events
	// about the capture pass.
	Types []uint32
	// Sessions are runs of session numbers.
	Sessions []Span
	// From is the sender. A message of a sender that is not known matches
	// neither side.
	From schema.Side
	// Since and Until are the first and the last moment to select; the zero
	// time means no limit.
	Since, Until time.Time
	// Events lets records pass that are no messages, such as gaps.
	Events bool
}

// Span is a run of session numbers; both ends belong to it.
type Span struct{ First, Last int64 }

// numSmall bounds the message numbers that a Filter keeps as bits; the guide's
// end at 300, others are rare.
const numSmall = 512

// Filter is a compiled selection. Its zero value matches nothing; New makes
// one that matches.
type Filter struct {
	anyType  bool
	small    [numSmall / 64]uint64
	large    map[uint32]struct{}
	sessions []Span
	from     schema.Side
	since    int64 // nanoseconds since 1970, included
	until    int64 // included
	events   bool
}

// New compiles a selection.
func New(o Options) *Filter {
	f := &Filter{
		anyType:  len(o.Types) == 0,
		sessions: o.Sessions,
		from:     o.From,
		since:    math.MinInt64,
		until:    math.MaxInt64,
		events:   o.Events,
	}
	if !o.Since.IsZero() {
		f.since = o.Since.UnixNano()
	}
	if !o.Until.IsZero() {
		f.until = o.Until.UnixNano()
	}
	for _, t := range o.Types {
		f.addType(t)
	}
	return f
}

func (f *Filter) addType(t uint32) {
	if t < numSmall {
		f.small[t/64] |= 1 << (t % 64)
		return
	}
	if f.large == nil {
		f.large = make(map[uint32]struct{})
	}
	f.large[t] = struct{}{}
}

// Match tells whether the record is selected. It does not allocate and may be
// called from several goroutines.
func (f *Filter) Match(r *session.Record) bool {
	if r.Mark.Time < f.since || r.Mark.Time > f.until || r.Mark.Timeless() && (f.since != math.MinInt64 || f.until != math.MaxInt64) {
		return false
	}
	if len(f.sessions) > 0 && (r.Info == nil || !f.hasSession(r.Info.ID)) {
		return false
	}
	if r.Kind != session.Message {
		return f.events && (f.from == schema.Unknown || r.From == schema.Unknown || r.From == f.from)
	}
	if f.from != schema.Unknown && r.From != f.from {
		return false
	}
	return f.anyType || f.hasType(r.Message.Type)
}

func (f *Filter) hasType(t uint32) bool {
	if t < numSmall {
		return f.small[t/64]&(1<<(t%64)) != 0
	}
	_, ok := f.large[t]
	return ok
}

func (f *Filter) hasSession(id int64) bool {
	for _, s := range f.sessions {
		if id >= s.First && id <= s.Last {
			return true
		}
	}
	return false
}
