package story

import (
	"slices"

	"ctiscope/reassembly"
)

// beats are the last times from heartbeat to heartbeat of a session.
type beats struct {
	dir   reassembly.Direction
	pure  bool // no other message of the client since the last heartbeat
	times [101]int64
	n     int
}

// beat takes a heartbeat; last is the client's message before it.
func (t *track) beat(last, at Moment) {
	b := t.beats
	if b == nil {
		t.beats = &beats{pure: true}
		return
	}
	if b.pure && last.timed() && at.timed() {
		b.times[b.n%len(b.times)] = at.Time - last.Time
		b.n++
	}
	b.pure = true
}

// interval is the lower median.
func (b *beats) interval() Number {
	if b == nil || b.n == 0 {
		return Number{}
	}
	times := b.times[:min(b.n, len(b.times))]
	slices.Sort(times)
	return number(max(times[(len(times)-1)/2], 0))
}
