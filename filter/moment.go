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
	kind momentKind
	// at is an absolute moment; of a wall one, its date and time as if in UTC; of a
	// clock one, the time since midnight, of a relative one since the first packet, as
	// if after the zero time.
	at   time.Time
	zone *time.Location
	// span is how long the moment lasts as it was written: a minute, a day; 0 for one
	// with seconds.
	span time.Duration
}

type momentKind uint8

const (
	noMoment momentKind = iota
	absolute
	wall
	clock
	relative
)

// errMoment lists what a moment may look like.
var errMoment = errors.New("want 2025-07-20T08:26:40Z, 2025-07-20 08:26:40, 2025-07-20, 08:26:40 or +90s")

// wallForms are the ways to write a date, with how long the moment then lasts.
var wallForms = [...]struct {
	form string
	span time.Duration
}{
	{"2006-01-02T15:04:05", 0}, {"2006-01-02 15:04:05", 0},
	{"2006-01-02T15:04", time.Minute}, {"2006-01-02 15:04", time.Minute},
	{"2006-01-02", 24 * time.Hour},
}

// ParseMoment reads a moment:
//
//	2025-07-20T08:26:40.5Z, 2025-07-20T08:26:40+02:00   RFC 3339
//	2025-07-20T08:26:40, 2025-07-20 08:26, 2025-07-20   date and time in zone
//	08:26:40.5, 08:26                                   clock time, in zone, near the capture's first packet
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
		return Moment{kind: relative, at: time.Time{}.Add(d)}, nil
	}
	if t, err := time.Parse(time.RFC3339Nano, strings.ToUpper(text)); err == nil {
		return Moment{kind: absolute, at: t}, nil
	}
	for _, f := range wallForms {
		if t, err := time.Parse(f.form, text); err == nil {
			return Moment{kind: wall, at: t, zone: zone, span: f.span}, nil
		}
	}
	if t, err := time.Parse("15:04:05", text); err == nil {
		return clockMoment(t, 0, zone), nil
	}
	if t, err := time.Parse("15:04", text); err == nil {
		return clockMoment(t, time.Minute, zone), nil
	}
	return Moment{}, fmt.Errorf("%q is no time: %w", text, errMoment)
}

func clockMoment(t time.Time, span time.Duration, zone *time.Location) Moment {
	return Moment{kind: clock, at: time.Time{}.Add(t.Sub(t.Truncate(24 * time.Hour))), span: span, zone: zone}
}

// NeedsStart tells whether the moment hangs on the capture's first packet.
func (m Moment) NeedsStart() bool { return m.kind == clock || m.kind == relative }

// Interval returns what two moments select in a capture whose first packet has the time
// start: from the first to the end of the second. Zero times are no limit.
//
// Of a local time that comes twice, when clocks go back, since takes the earlier and
// until the later; one that is left out is the moment at which they go forward. An end
// without seconds includes its minute, one without a time its day. A clock time of since
// is the one nearest to the first packet; that of until the first one after since, or
// after the first packet.
func Interval(since, until Moment, start time.Time) (from, to time.Time) {
	from = since.begin(start)
	after := start
	if from.After(start) {
		after = from
	}
	return from, until.end(start, after)
}

// begin returns the moment as a beginning.
func (m Moment) begin(start time.Time) time.Time {
	switch m.kind {
	case absolute:
		return m.at
	case wall:
		early, _ := m.instants(m.at)
		return early
	case relative:
		return start.Add(m.sinceZero())
	case clock:
		return m.nearest(start)
	}
	return time.Time{}
}

// end returns the moment as an end; a clock time is the next one after a time.
func (m Moment) end(start, after time.Time) time.Time {
	switch m.kind {
	case absolute:
		return m.at
	case wall:
		_, late := m.instants(m.last(m.at))
		return late
	case relative:
		return start.Add(m.sinceZero())
	case clock:
		for day := range 3 {
			_, late := m.instants(m.last(m.on(after, day-1)))
			if !late.Before(after) {
				return late
			}
		}
	}
	return time.Time{}
}

func (m Moment) sinceZero() time.Duration { return m.at.Sub(time.Time{}) }

// last returns the last nanosecond that the moment names.
func (m Moment) last(at time.Time) time.Time {
	if m.span == 0 {
		return at
	}
	return at.Add(m.span - 1)
}

// on returns the clock time on a day near another time, as if in UTC.
func (m Moment) on(near time.Time, days int) time.Time {
	day := near.In(m.zone)
	return time.Date(day.Year(), day.Month(), day.Day()+days, 0, 0, 0, 0, time.UTC).Add(m.sinceZero())
}

// nearest returns the clock time that is nearest to the first packet.
func (m Moment) nearest(start time.Time) (best time.Time) {
	for day := -1; day <= 1; day++ {
		t, _ := m.instants(m.on(start, day))
		if best.IsZero() || start.Sub(t).Abs() < start.Sub(best).Abs() {
			best = t
		}
	}
	return best
}

// instants returns the earliest and the latest instant at which clocks of the zone show
// a local time, which is given as if in UTC.
func (m Moment) instants(local time.Time) (early, late time.Time) {
	before, after := local.Add(-offset(local.Add(-24*time.Hour), m.zone)), local.Add(-offset(local.Add(24*time.Hour), m.zone))
	if after.Before(before) {
		before, after = after, before
	}
	early, late = before.In(m.zone), after.In(m.zone)
	shows := func(t time.Time) bool { return t.Add(offset(t, m.zone)).UTC().Equal(local) }
	switch first, second := shows(early), shows(late); {
	case first && second:
	case first:
		late = early
	case second:
		early = late
	default: // clocks went from before it to after it
		early = change(early, late, m.zone)
		late = early
	}
	return early, late
}

// offset returns what clocks of a zone are ahead of UTC at a time.
func offset(t time.Time, zone *time.Location) time.Duration {
	_, seconds := t.In(zone).Zone()
	return time.Duration(seconds) * time.Second
}

// change returns the instant between two at which the zone's offset changes.
func change(from, to time.Time, zone *time.Location) time.Time {
	for to.Sub(from) > time.Second {
		middle := from.Add(to.Sub(from) / 2)
		if offset(middle, zone) == offset(from, zone) {
			from = middle
		} else {
			to = middle
		}
	}
	return to.Truncate(time.Second)
}
