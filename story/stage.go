package story

import (
	"ctiscope/decode/schema"
	"ctiscope/pipeline"
	"ctiscope/reassembly"
	"ctiscope/session"
)

// stage follows the sessions of one worker.
type stage struct {
	kinds    Kinds
	roles    roles
	sessions map[int64]*track
	last     *track // the session of the record before, most often this one's too
	coder    coder
	out      output
	state    told      // scratch
	call     callTold  // scratch
	refers   referTold // scratch
}

// output is what takes facts: a *pipeline.Out.
type output interface {
	Begin() []byte
	End([]byte)
}

func newStage(k Kinds) *stage { return &stage{kinds: k, sessions: make(map[int64]*track)} }

// Take looks at a record.
func (s *stage) Take(r *session.Record, out *pipeline.Out) {
	s.out = out
	s.take(r)
}

func (s *stage) take(r *session.Record) {
	t := s.track(r.Info.ID)
	if s.kinds&UserMessages != 0 && r.Kind != session.Message && r.Kind != session.RequestEvent && r.Kind != session.FindingEvent && r.Kind != session.StartEvent {
		s.presenceEvent(t, r)
	}
	if s.kinds&Calls != 0 {
		s.callEvent(t, r)
	}
	switch r.Kind {
	case session.Message:
		s.message(t, r)
	case session.GapEvent, session.ResyncEvent:
		if s.kinds&Agents != 0 {
			s.giveLoss(t, r)
		}
		t.lost(r)
	case session.TransportEvent:
		t.transport(r)
	case session.RequestEvent:
		s.told(t, r)
	case session.EndEvent:
		s.end(t, r)
		delete(s.sessions, r.Info.ID)
		s.last = nil
	}
}

// track returns what is followed of a session.
func (s *stage) track(id int64) *track {
	if s.last != nil && s.last.ID == id {
		return s.last
	}
	t := s.sessions[id]
	if t == nil {
		t = new(track)
		t.ID = id
		s.sessions[id] = t
	}
	s.last = t
	return t
}

// give writes a thing as a fact. The thing's code is called by its own type, so
// that nothing is allocated.
func (s *stage) giveRequest(r *Request) {
	if s.kinds&Requests == 0 {
		return
	}
	s.coder.b = append(s.out.Begin(), requestFact)
	r.code(&s.coder)
	s.out.End(s.coder.b)
}

func (s *stage) giveSession(t *track) {
	if s.kinds&Sessions == 0 {
		return
	}
	s.coder.b = append(s.out.Begin(), sessionFact)
	t.code(&s.coder)
	s.out.End(s.coder.b)
}

// message takes a message.
func (s *stage) message(t *track, r *session.Record) {
	m := r.Message
	what := s.roles.of(m.Codec.Protocol(), m.Type)
	t.count(r, what)
	if s.kinds&(Sessions|Agents|UserMessages|Calls) != 0 {
		t.note(r, what)
	}
	s.life(t, r)
	if s.kinds&(Agents|Calls) != 0 {
		s.agentMessage(t, r, what)
	}
	if s.kinds&UserMessages != 0 {
		s.post(t, r, what)
	}
	if s.kinds&Calls != 0 {
		s.callMessage(t, r)
		s.callRoles(t, r, what)
		if s.kinds&CallEvents != 0 {
			s.refer(t, r)
		}
	}
}

// track is what is followed of one session.
type track struct {
	Session
	start       bool // its SYN was seen
	carried     [2]bool
	holed       [2]bool
	lostAt      Moment // the end of the last hole
	dirs        [2]dirCount
	beats       *beats
	unsized     bool // a hole's size is not known
	unknownBeat bool
	holeSum     int64

	lives   []life // requests that are open
	done    [2]ring
	unasked []Request

	confirmed    bool    // OPEN_CONF was seen
	failure      Closing // the last FAILURE_EVENT
	maintenance  Closing // the first sign of one
	closing      Closing // the first CLOSE_REQ
	refusal      Closing // FAILURE_CONF to OPEN_REQ
	fin, rst     Closing // of TCP
	stops        []stop
	asks         []ask  // for states, that are not answered
	masks        []stop // of monitors that are asked for: RequestID and mask
	manyMonitors bool
}

// dirCount counts the messages of one direction.
type dirCount struct {
	messages, bytes int64
	last            Moment
	worst           int64
	timeless        bool
	end             int64 // of the last message, in the stream
	acked           int64 // what the other side had received, by its own word
}

// tailLost tells whether more was acknowledged than was seen; a FIN counts as one
// byte.
func (d *dirCount) tailLost() bool { return d.acked > d.end+1 }

// whole tells whether all that a direction sent up to the session's end, or the
// capture's, was seen.
func (t *track) whole(d reassembly.Direction) bool { return t.start && !t.holed[d] }

// count counts a message.
func (t *track) count(r *session.Record, what role) {
	m, d := r.Message, &t.dirs[r.Dir]
	at := momentOf(r.Mark)
	t.carried[r.Dir] = true
	d.messages++
	d.bytes += int64(len(m.Frame))
	d.end = max(d.end, r.Off+int64(len(m.Frame)))
	t.Version, t.VersionSource = int64(m.Version), r.VersionSource.String()
	if m.Def.Is(schema.Failure) {
		t.Failures++
	}
	if what == heartbeatReq {
		t.Heartbeat.Count++
		t.beat(d.last, at)
	} else if r.From != schema.Server && t.beats != nil && r.Dir == t.beats.dir {
		t.beats.pure = false
	}
	if !at.timed() {
		d.timeless = true
		return
	}
	if d.last.timed() {
		d.worst = max(d.worst, at.Time-d.last.Time)
	}
	d.last = at
	if !t.First.Set() || at.Time < t.First.Time {
		t.First = at
	}
	if !t.Last.Set() || at.Time > t.Last.Time {
		t.Last = at
	}
	if what == heartbeatReq && t.beats != nil {
		t.beats.dir = r.Dir
	}
}

// lost takes a hole.
func (t *track) lost(r *session.Record) {
	if r.Dir > reassembly.BtoA {
		return
	}
	t.holed[r.Dir] = true
	t.lostAt = momentOf(r.Mark)
	if t.beats != nil {
		t.beats.pure = false
	}
	if r.Kind == session.ResyncEvent {
		return
	}
	t.Holes++
	if r.Gap.Bytes < 0 {
		t.unsized = true
	} else {
		t.holeSum += r.Gap.Bytes
	}
}

// transport takes what TCP tells.
func (t *track) transport(r *session.Record) {
	c := Closing{Place: placeOf(r.Fact.Mark, t.ID), By: r.From.String()}
	switch r.Fact.Kind {
	case reassembly.SYN:
		t.start = true
		if !r.Fact.Reply && !t.Connected.Set() {
			t.Connected, t.Began = c.Moment, c.Place
		}
	case reassembly.Acked:
		if r.Dir <= reassembly.BtoA {
			t.dirs[r.Dir].acked = max(t.dirs[r.Dir].acked, r.Fact.Off)
		}
	case reassembly.FIN:
		if !t.fin.Set() {
			t.fin = c
			t.fin.How = "fin"
		}
	case reassembly.RST:
		if !t.rst.Set() {
			t.rst = c
			t.rst.How = "reset"
		}
	}
}
