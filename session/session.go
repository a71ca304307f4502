package session

import (
	"ctiscope/decode"
	"ctiscope/decode/schema"
	"ctiscope/reassembly"
)

// session is the state of one connection.
type session struct {
	info    Info
	conn    *reassembly.Conn
	codec   *decode.Codec
	decoder decode.Decoder
	source  VersionSource
	guess   decode.Guess
	seen    int // messages that the guess was made from
	streams [2]decode.Stream
	// requests are those of each direction; asked is the ID of the last one.
	requests [2]requests
	asked    int64
	// carried tells which directions had data, holed in which some was lost;
	// lossFrom is the time of the last byte before the last hole of each.
	carried  [2]bool
	holed    [2]bool
	lossFrom [2]int64
	// ignoresConf tells that the server sends no confirmations to most requests.
	ignoresConf bool
	// votes counts the messages that tell A to be the client, less those that
	// tell B to be.
	votes int
	// opaque tells that the connection speaks TLS, or something else that is
	// not to be decoded.
	opaque bool
	held   held
	// waiting is 1 + the session's place in Follower.waiting.
	waiting int
}

func newSession(f *Follower, c *reassembly.Conn) *session {
	codec := f.options.Codec
	s := &session{conn: c, codec: codec, guess: codec.Guess()}
	s.info = Info{
		ID: c.ID, Codec: codec, A: c.A, B: c.B,
		Sides: c.ClientKnown, ClientIsA: true,
		AString: c.A.String(), BString: c.B.String(),
	}
	version := f.options.Version
	s.source = Option
	if version <= 0 {
		version, s.source = s.guess.Version(), Guess
	}
	s.decoder = codec.Decoder(version)
	for dir := range s.streams {
		s.streams[dir].Init(codec, &f.pool, s.judge(reassembly.Direction(dir)), c.Start)
	}
	return s
}

// judge grades what a stream finds when it searches, with what is known of the
// session by then.
func (s *session) judge(dir reassembly.Direction) decode.Judge {
	return func(frame []byte) int {
		if s.source == Guess {
			return s.guess.Grade(frame, s.info.from(dir))
		}
		return s.codec.Grade(frame, s.decoder.Version, s.info.from(dir))
	}
}

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

// vote lets a message tell who is the client, where packets did not.
func (s *session) vote(dir reassembly.Direction, side schema.Side) {
	if s.conn.ClientKnown || side == schema.Unknown {
		return
	}
	if (side == schema.Client) == (dir == reassembly.AtoB) {
		s.votes++
	} else {
		s.votes--
	}
	if s.votes != 0 {
		s.info.Sides, s.info.ClientIsA = true, s.votes > 0
	}
}

// setVersion takes the version of an OPEN_REQ, or a better guess.
func (s *session) setVersion(version int, source VersionSource) {
	s.source = source
	if s.decoder.Version != version {
		s.decoder.Reset(version)
	}
}
