package main

import (
	"errors"
	"fmt"
	"time"

	"ctiscope/decode/schema"
	"ctiscope/filter"
)

// selection holds the options that choose among the messages.
type selection struct {
	types, sessions []string
	from            *choice
	since, until    string
	limit           int64
}

func (s *selection) group() group {
	s.from = newChoice("SIDE", "", "client", "server")
	s.from.refuse = noSide
	g := newGroup("Selection")
	g.flags.StringSliceVarP(&s.types, "type", "t", nil, "only messages of these `TYPES`: names in any case, numbers, patterns such as 'AGENT_*', separated by commas")
	g.flags.StringSliceVarP(&s.sessions, "session", "s", nil, "only the sessions of these `NUMBERS`, such as 2,5-9")
	g.flags.VarP(s.from, "from", "f", "only what the client or the server sent")
	g.flags.StringVar(&s.since, "since", "", "only from this `TIME` on: RFC 3339, date and time in the zone of --tz, a clock time near the first packet, or +90s after it")
	g.flags.StringVar(&s.until, "until", "", "only up to this `TIME`, which is included, with its whole minute where it has no seconds, its day where it is a date; a clock time is the next one after --since")
	return g
}

// noSide refuses what is no side of a session: a filter, to who knows other
// tools.
func noSide(word string) error {
	return withHint(errors.New("want client or server"), "--bpf EXPRESSION filters packets (live); -Y is kept for the filter of messages to come: -t, -s, --since and --until choose them now")
}

// limitFlag adds --limit; counting commands have no use for it.
func (s *selection) limitFlag(g group) group {
	g.flags.Int64VarP(&s.limit, "limit", "n", 0, "stop after `N` printed records")
	return g
}

// selector is a selection that has been read. Its filter can be made as soon
// as the capture's beginning is known.
type selector struct {
	options      filter.Options
	since, until filter.Moment
	// written is the selection as it was written, zone that of --tz.
	written *selection
	zone    *time.Location
	// resolved is what the filter was made with.
	resolved filter.Options
}

// parse reads the options; zone is that of --tz.
func (s *selection) parse(zone *time.Location, events bool) (*selector, error) {
	if s.limit < 0 {
		return nil, fmt.Errorf("--limit %d: want a number of 0 or more", s.limit)
	}
	out := &selector{written: s, zone: zone, options: filter.Options{Events: events, From: side(s.from.current)}}
	var err error
	if out.options.Types, err = filter.ParseTypes(schema.CCE(), s.types); err != nil {
		return nil, err
	}
	if out.options.Sessions, err = filter.ParseSessions(s.sessions); err != nil {
		return nil, fmt.Errorf("--session: %w", err)
	}
	if out.since, err = filter.ParseMoment(s.since, zone); err != nil {
		return nil, fmt.Errorf("--since: %w", err)
	}
	if out.until, err = filter.ParseMoment(s.until, zone); err != nil {
		return nil, fmt.Errorf("--until: %w", err)
	}
	return out, nil
}

func side(word string) schema.Side {
	switch word {
	case "client":
		return schema.Client
	case "server":
		return schema.Server
	}
	return schema.Unknown
}

// needsStart tells whether the capture's first time has to be known.
func (s *selector) needsStart() bool { return s.since.NeedsStart() || s.until.NeedsStart() }

// filter makes the Filter for a capture that begins at start.
func (s *selector) filter(start time.Time) (*filter.Filter, error) {
	o := s.options
	o.Since, o.Until = filter.Interval(s.since, s.until, start)
	if !o.Since.IsZero() && !o.Until.IsZero() && o.Until.Before(o.Since) {
		return nil, fmt.Errorf("--until (%s) is before --since (%s)",
			o.Until.UTC().Format(time.RFC3339Nano), o.Since.UTC().Format(time.RFC3339Nano))
	}
	s.resolved = o
	return filter.New(o), nil
}
