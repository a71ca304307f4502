package session

import (
	"ctiscope/reassembly"
)

// DefaultBuffer is how many bytes all sessions keep unless Options.Buffer says
// otherwise.
const DefaultBuffer = 32 << 20

// shards is into how many parts sessions are divided, by their number, to share
// the memory: what one session has to give up depends on those of its shard only,
// so that the same capture gives the same Records however sessions are spread
// over Followers. All sessions of a shard must go to the same Follower.
const shards = 64

// Shard returns the shard of a connection.
func Shard(c *reassembly.Conn) int { return int(c.ID % shards) }

// account is the memory of one shard: what its sessions keep of unfinished
// messages, of bytes that are searched, and of frames that are held.
type account struct {
	bytes      int
	head, tail *session // those that keep something, the longest untouched first
}

// measure returns how many bytes a session keeps.
func (s *session) measure() int {
	const frame = 96
	h := &s.inference.held
	return s.streams[0].Memory() + s.streams[1].Memory() + cap(h.bytes) + frame*cap(h.frames)
}

// settle brings the account of a session's shard up to date, and lets others give
// up what they keep when it is too much.
func (f *Follower) settle(s *session) {
	n := s.measure()
	if n == 0 && s.memory == 0 {
		return
	}
	a := &f.accounts[s.shard]
	a.bytes += n - s.memory
	a.unlink(s)
	if s.memory = n; n > 0 {
		a.append(s)
	}
	limit := f.options.Buffer / shards
	for a.bytes > limit && a.head != a.tail {
		f.evict(a, a.head)
	}
	if a.bytes > limit && a.head != nil && a.head.memory > limit {
		f.evict(a, a.head)
	}
}

// evict makes a session give up what it keeps. What it costs is told.
func (f *Follower) evict(a *account, s *session) {
	if len(s.inference.held.frames) > 0 {
		s.inference.held.over = true
		f.releaseHeld(s)
	}
	for d := range s.streams {
		dir := reassembly.Direction(d)
		mark, n, partial := s.streams[d].Evict()
		if n == 0 {
			continue
		}
		f.Counters.EvictedStreams++
		f.Counters.EvictedBytes += n
		s.lossFrom[d], s.holed[d] = mark.Time, true
		s.loss(dir, mark.Time, f.now.Time)
		r := f.fill(s, dir, GapEvent, f.now)
		r.Gap = reassembly.Gap{Bytes: n, Cause: reassembly.Evicted, From: reassembly.Mark(mark)}
		r.Partial, r.MaybeLost = partial, possiblyLost(n)
		f.Counters.Gaps++
		f.Counters.GapBytes += n
		f.emit(r)
	}
	a.unlink(s)
	a.bytes -= s.memory
	if s.memory = s.measure(); s.memory > 0 {
		a.bytes += s.memory
		a.append(s)
	}
	f.await(s)
}

// close takes a session that has ended out of its account.
func (a *account) close(s *session) {
	a.unlink(s)
	a.bytes -= s.memory
	s.memory = 0
}

func (a *account) append(s *session) {
	s.before, s.after = a.tail, nil
	if a.tail != nil {
		a.tail.after = s
	} else {
		a.head = s
	}
	a.tail = s
}

// unlink takes a session out of the list, if it is in it.
func (a *account) unlink(s *session) {
	if s.before == nil && a.head != s {
		return
	}
	if s.before != nil {
		s.before.after = s.after
	} else {
		a.head = s.after
	}
	if s.after != nil {
		s.after.before = s.before
	} else {
		a.tail = s.before
	}
	s.before, s.after = nil, nil
}
