package session

import (
	"ctiscope/decode"
	"ctiscope/decode/schema"
	"ctiscope/reassembly"
)

// frame takes the next message of a session.
func (f *Follower) frame(s *session, dir reassembly.Direction, fr *decode.Frame) {
	if version, ok := s.info.Codec.OpenVersion(fr.Number, fr.Bytes); ok {
		f.releaseHeld(s)
		s.inference.open(version)
	}
	def := s.protocol().Lookup(fr.Number)
	s.inference.vote(dir, def)
	order := f.order(s, reassembly.Mark(fr.Mark))
	switch {
	case s.inference.take(dir, fr, order):
		f.decode(s, dir, fr, def, order)
	case s.inference.free(fr.Mark):
		f.releaseHeld(s)
	}
}

// releaseHeld decodes what was held back with what is known by now.
func (f *Follower) releaseHeld(s *session) {
	h := s.inference.release()
	h.each(func(dir reassembly.Direction, fr decode.Frame, order int64) {
		f.decode(s, dir, &fr, s.protocol().Lookup(fr.Number), order)
	})
}

// decode decodes a message, whose definition may be nil, and hands it on in its
// order.
func (f *Follower) decode(s *session, dir reassembly.Direction, fr *decode.Frame, def *schema.Message, order int64) {
	m := &f.message
	life := f.pair(s, dir, fr, def)
	s.inference.decoder.DecodeFrame(m, fr, life.answered.Type != 0)
	from := s.info.from(dir)
	if m.Def != nil && from != schema.Unknown && m.Def.From != schema.Unknown && m.Def.From != from {
		m.Problems = append(m.Problems, decode.Problem{Code: decode.WrongSide, Field: -1, Offset: 4})
	}
	if m.Def.Is(schema.OpensSession) {
		s.takeClient(m)
	}
	if life.answered.Type != 0 && s.protocol().Lookup(life.answered.Type).Is(schema.OpensSession) {
		s.takeServices(m)
	}
	f.count(m)
	if !fr.Cut {
		if s.messages++; s.messages == 1 {
			f.countSession(s)
			s.streams[0].Trust()
			s.streams[1].Trust()
		}
	}
	s.records++
	r := &f.messageRecord // its parts for events are never set
	r.Mark, r.Info, r.Dir, r.From = reassembly.Mark(fr.Mark), &s.info, dir, from
	r.Message, r.VersionSource, r.Request = m, s.inference.source, life.answered
	r.RequestID, r.Reused = life.id, life.reused
	r.Off, r.Seq, r.Order = fr.Off, s.records, order
	if f.options.Trace {
		r.ledger = &s.ledgers[dir]
	}
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

// countSession counts a connection that has shown to be a session.
func (f *Follower) countSession(s *session) {
	f.Counters.Sessions++
	if !s.conn.Start {
		f.Counters.Midstream++
	}
	if s.conn.Verdict != reassembly.No {
		f.Counters.Recognized++
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
		c.Problems[code] += 1 + int64(m.Problems[i].More)
		bad = bad || code.Severity() == decode.Error
	}
	if bad {
		c.Errors++
	}
}

// takeServices notes whether the server was told not to send confirmations.
func (s *session) takeServices(m *decode.Message) {
	field, bit := s.protocol().Silence()
	if fd := m.Find(field); bit != 0 && fd != nil {
		s.ignoresConf = uint32(m.Uint(fd))&bit != 0
	}
}
