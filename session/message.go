package session

import (
	"ctiscope/decode"
	"ctiscope/decode/schema"
	"ctiscope/reassembly"
)

// frame takes the next message of a session.
func (f *Follower) frame(s *session, dir reassembly.Direction, fr decode.Frame) {
	if version, ok := s.codec.OpenVersion(fr.Bytes); ok {
		f.releaseHeld(s)
		s.setVersion(version, Open)
	}
	if s.source != Guess || !f.learn(s, dir, fr) {
		f.decode(s, dir, fr)
	}
}

// learn lets a message of a session without OPEN_REQ tell the version. It
// reports whether it took the message, to be decoded when more is known.
func (f *Follower) learn(s *session, dir reassembly.Direction, fr decode.Frame) (took bool) {
	_, number, _ := decode.ParseHeader(fr.Bytes)
	if def := s.codec.Protocol().Lookup(number); def != nil {
		s.vote(dir, def.From)
	}
	if fr.Cut || s.seen > enoughSeen {
		return len(s.held.frames) > 0 && f.hold(s, dir, fr)
	}
	s.seen++
	before := s.guess.Version()
	certain := s.guess.Add(fr.Bytes)
	if v := s.guess.Version(); v != before {
		s.setVersion(v, Guess)
	}
	if s.held.over || (len(s.held.frames) == 0 && certain && s.guess.Settled()) {
		return false
	}
	return f.hold(s, dir, fr)
}

// enoughSeen is how many messages a guess is made from: later ones hardly ever
// change it.
const enoughSeen = 2000

// hold keeps a message back, and lets all go when the version is settled for
// all of them or the limits are reached.
func (f *Follower) hold(s *session, dir reassembly.Direction, fr decode.Frame) bool {
	s.held.add(dir, fr)
	settled := s.guess.Settled()
	if settled {
		s.held.each(func(_ reassembly.Direction, fr decode.Frame) {
			settled = (fr.Cut || s.guess.Add(fr.Bytes)) && settled
		})
		s.setVersion(s.guess.Version(), Guess)
	}
	if s.held.full(fr.Mark) {
		s.held.over, settled = true, true
	}
	if settled {
		f.releaseHeld(s)
	}
	return true
}

// releaseHeld decodes what was held back with what is known by now.
func (f *Follower) releaseHeld(s *session) {
	h := s.held
	s.held = held{over: h.over}
	h.each(func(dir reassembly.Direction, fr decode.Frame) { f.decode(s, dir, fr) })
}

// decode decodes a message and hands it on.
func (f *Follower) decode(s *session, dir reassembly.Direction, fr decode.Frame) {
	m := &f.message
	life := f.pair(s, dir, fr)
	if life.answered.Type != 0 {
		s.decoder.DecodeAnswer(m, fr.Bytes)
	} else {
		s.decoder.Decode(m, fr.Bytes)
	}
	if m.Def != nil {
		s.vote(dir, m.Def.From)
		from := s.info.from(dir)
		if from != schema.Unknown && m.Def.From != schema.Unknown && m.Def.From != from {
			m.Problems = append(m.Problems, decode.Problem{Code: decode.WrongSide, Field: -1, Offset: 4})
		}
	}
	if m.Def.Is(schema.OpensSession) {
		s.takeClient(m)
	}
	if life.answered.Type != 0 && s.codec.Protocol().Lookup(life.answered.Type).Is(schema.OpensSession) {
		s.takeServices(m)
	}
	f.count(m)
	r := &f.messageRecord // its parts for events are never set
	r.Mark, r.Info, r.Dir, r.From = reassembly.Mark(fr.Mark), &s.info, dir, s.info.from(dir)
	r.Message, r.VersionSource, r.Request = m, s.source, life.answered
	r.RequestID, r.Reused, r.Code, r.Why = life.id, life.reused, life.code, life.why
	f.emit(r)
}

// takeClient takes the client's name from its OPEN_REQ.
func (s *session) takeClient(m *decode.Message) {
	for _, name := range [...]string{"ClientID", "AgentID", "AgentExtension", "AgentInstrument"} {
		if fd := m.Find(name); fd != nil && fd.Type() == schema.String && !m.Conceals(fd) {
			if text := m.Text(fd); len(text) > 0 {
				s.info.ClientID = string(text)
				return
			}
		}
	}
}

func (f *Follower) count(m *decode.Message) {
	c := &f.Counters
	c.Messages++
	c.MessageBytes += int64(len(m.Frame))
	if len(m.Problems) == 0 {
		return
	}
	bad := false
	for i := range m.Problems {
		code := m.Problems[i].Code
		c.Problems[code]++
		bad = bad || code.Severity() == decode.Error
	}
	if bad {
		c.Errors++
	}
}

// takeServices notes whether the server was told not to send confirmations.
func (s *session) takeServices(m *decode.Message) {
	field, bit := s.codec.Protocol().Silence()
	if fd := m.Find(field); bit != 0 && fd != nil {
		s.ignoresConf = uint32(m.Uint(fd))&bit != 0
	}
}
