package filter

import (
	"errors"
	"fmt"
	"strings"
	"time"
)

// Moment is a point in time as a user writes it. It may stand for itself or
// hang on the beginning of the capture, which is not known when the command
// line is read.
type Moment struct {
	kind  momentKind
	at    time.Time     // of an absolute one
	clock time.Duration // of a clock time, since midnight; of a relative one, since the first packet
	zone  *time.Location
}

type momentKind uint8

const (
	noMoment momentKind = iota
	absolute
	clock
	relative
)

// errMoment lists what a moment may look like.
var errMoment = errors.New("want 2025-07-20T08:26:40Z, 2025-07-20 08:26:40, 2025-07-20, 08:26:40 or +90s")

// ParseMoment reads a moment:
//
//	2025-07-20T08:26:40.5Z, 2025-07-20T08:26:40+02:00   RFC 3339
//	2025-07-20T08:26:40, 2025-07-20 08:26, 2025-07-20   date and time in zone
//	08:26:40.5, 08:26                                   clock time, in zone, of the day of the capture's first packet
//	+90s, +1h30m                                        that long after the capture's first packet
//
// An empty text is no limit.
func ParseMoment(text string, zone *time.Location) (Moment, error) {
	if text == "" {
		return Moment{}, nil
	}
	if after, ok := strings.CutPrefix(text, "+"); ok {
		d, err := time.ParseDuration(after)
		if err != nil || d < 0 {
			return Moment{}, fmt.Errorf("%q is no time: %w", text, errMoment)
		}
		return Moment{kind: relative, clock: d}, nil
	}
	if t, err := time.Parse(time.RFC3339Nano, text); err == nil {
		return Moment{kind: absolute, at: t}, nil
	}
	for _, form := range [...]string{"2006-01-02T15:04:05", "2006-01-02 15:04:05", "2006-01-02T15:04", "2006-01-02 15:04", "2006-01-02"} {
		if t, err := time.ParseInLocation(form, text, zone); err == nil {
			return Moment{kind: absolute, at: t}, nil
		}
	}
	for _, form := range [...]string{"15:04:05", "15:04"} {
		if t, err := time.Parse(form, text); err == nil {
			since := t.Sub(time.Date(t.Year(), t.Month(), t.Day(), 0, 0, 0, 0, time.UTC))
			return Moment{kind: clock, clock: since, zone: zone}, nil
		}
	}
	return Moment{}, fmt.Errorf("%q is no time: %w", text, errMoment)
}

// NeedsStart tells whether the moment hangs on the capture's first packet.
func (m Moment) NeedsStart() bool { return m.kind == clock || m.kind == relative }

// Resolve returns the moment in a capture whose first packet has the time
// start, the zero time for a Moment that is no limit. Clock times are those of
// the day on which the capture starts, by the wall clock of the zone.
func (m Moment) Resolve(start time.Time) time.Time {
	switch m.kind {
	case absolute:
		return m.at
	case relative:
		return start.Add(m.clock)
	case clock:
		day := start.In(m.zone)
		c := m.clock
		return time.Date(day.Year(), day.Month(), day.Day(),
			int(c/time.Hour), int(c/time.Minute%60), int(c/time.Second%60), int(c%time.Second), m.zone)
	}
	return time.Time{}
}
