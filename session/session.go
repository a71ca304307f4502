package session

import (
	"ctiscope/decode"
	"ctiscope/decode/schema"
	"ctiscope/reassembly"
)

// session is the state of one connection.
type session struct {
	info Info
	conn *reassembly.Conn
	// records counts those that were handed on.
	records uint32
	// messages counts those among them.
	messages int64
	// inference knows version and sides.
	inference inference
	streams   [2]decode.Stream
	ledgers   [2]ledger // with Options.Trace
	// transform stands before the streams; nil for none.
	transform Transform
	give      func(*reassembly.Event) // what the transform calls
	// requests are those of each direction; asked is the ID of the last one.
	requests [2]requests
	asked    int64
	// carried tells which directions had data, holed in which some was lost;
	// lossFrom is the time of the last byte before the last hole of each.
	carried  [2]bool
	holed    [2]bool
	lossFrom [2]int64
	// lossTo is the latest time up to which bytes of a direction were lost.
	lossTo [2]int64
	// late is the last stretch of a direction that was acknowledged before it
	// came, as offsets.
	late [2]struct{ from, to int64 }
	// ignoresConf tells that the server sends no confirmations to most requests.
	ignoresConf bool
	// opaque tells that the connection speaks TLS, or something else that is
	// not to be decoded.
	opaque bool
	// waiting is 1 + the session's place in Follower.waiting.
	waiting int
	// memory is what the session keeps, as its shard's account has it; before and
	// after are its neighbours there.
	shard, memory int
	before, after *session
}

func newSession(f *Follower, c *reassembly.Conn) *session {
	codec := f.options.Codec
	s := &session{conn: c, shard: Shard(c)}
	s.info = Info{
		ID: c.ID, Codec: codec, Opened: c.Opened, A: c.A, B: c.B,
		Sides: c.ClientKnown, ClientIsA: true,
		AString: c.A.String(), BString: c.B.String(),
	}
	s.inference.info, s.inference.decided = &s.info, c.ClientKnown
	s.inference.start(codec, f.options.Version)
	if f.options.Transform != nil {
		s.transform = f.options.Transform(c)
		s.give = func(ev *reassembly.Event) { f.take(s, ev) }
	}
	for dir := range s.streams {
		s.streams[dir].Init(codec, &f.pool, s.judge(reassembly.Direction(dir)), c.Start)
	}
	return s
}

// judge grades what a stream finds when it searches.
func (s *session) judge(dir reassembly.Direction) decode.Judge {
	return func(frame []byte) int { return s.inference.grade(dir, frame) }
}

// protocol is what the session speaks.
func (s *session) protocol() *schema.Protocol { return s.info.Codec.Protocol() }

// from tells who sends in a direction.
func (i *Info) from(dir reassembly.Direction) schema.Side {
	switch {
	case !i.Sides || dir == reassembly.NoDirection:
		return schema.Unknown
	case (dir == reassembly.AtoB) == i.ClientIsA:
		return schema.Client
	}
	return schema.Server
}

// Bind lets the session of a connection speak another protocol from here on. What
// is held, and what its streams keep, is read anew by the codec. It does nothing
// to a connection that no event came of yet, or that is closed.
func (f *Follower) Bind(c *reassembly.Conn, codec *decode.Codec) {
	s, _ := c.User.(*session)
	if s == nil || s.info.Codec == codec {
		return
	}
	h := s.inference.release()
	s.info.Codec = codec
	s.inference.start(codec, f.options.Version)
	for dir := range s.streams {
		s.streams[dir].Rebind(codec, s.judge(reassembly.Direction(dir)))
	}
	h.each(func(dir reassembly.Direction, fr decode.Frame, _ int64) { f.frame(s, dir, &fr) })
	f.await(s)
}
