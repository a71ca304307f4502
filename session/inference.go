package session

import (
	"ctiscope/decode"
	"ctiscope/decode/schema"
	"ctiscope/reassembly"
)

// inference is what the messages of a session tell of its version and its two
// sides, and the frames that wait until they tell enough. Every frame passes
// through it once, when it comes.
type inference struct {
	info *Info
	// decoder has the version as known by now; source tells how it is known.
	decoder decode.Decoder
	source  VersionSource
	guess   decode.Guess
	seen    int // messages that the guess was made from
	held    held
	// votes counts the messages that tell A to be the client, less those that
	// tell B to be; decided is set when packets told it.
	votes   int
	decided bool
}

// enoughSeen is how many messages a guess is made from: later ones hardly ever
// change it.
const enoughSeen = 2000

// start begins with a codec. version is what the user said, 0 for nothing.
func (n *inference) start(c *decode.Codec, version int) {
	n.guess, n.seen, n.source = c.Guess(), 0, Option
	if version <= 0 {
		version, n.source = n.guess.Version(), Guess
	}
	n.decoder = c.Decoder(version)
}

// open takes the version of the message that opens a session.
func (n *inference) open(version int) { n.set(version, Open) }

// set takes a version that is known, or a better guess.
func (n *inference) set(version int, source VersionSource) {
	n.source = source
	if n.decoder.Version != version {
		n.decoder.Reset(version)
	}
}

// vote lets a message tell who is the client, where packets did not.
func (n *inference) vote(dir reassembly.Direction, def *schema.Message) {
	if n.decided || def == nil || def.From == schema.Unknown {
		return
	}
	if (def.From == schema.Client) == (dir == reassembly.AtoB) {
		n.votes++
	} else {
		n.votes--
	}
	if n.votes != 0 {
		n.info.Sides, n.info.ClientIsA = true, n.votes > 0
	}
}

// take learns from a frame. It tells whether the frame is to be decoded now; else
// it is held, and free tells when all that is held may go.
func (n *inference) take(dir reassembly.Direction, fr *decode.Frame, order int64) (now bool) {
	if n.source != Guess {
		return true
	}
	if fr.Cut || n.seen > enoughSeen {
		if len(n.held.frames) == 0 {
			return true
		}
		n.held.add(dir, fr, order)
		return false
	}
	n.seen++
	before := n.guess.Version()
	certain := n.guess.Add(fr.Bytes)
	if v := n.guess.Version(); v != before {
		n.set(v, Guess)
	}
	if n.held.over || len(n.held.frames) == 0 && certain && n.guess.Settled() {
		return true
	}
	n.held.add(dir, fr, order)
	return false
}

// free tells whether the frames held can be decoded: the version is settled for
// all of them, or a limit is reached.
func (n *inference) free(now decode.Mark) bool {
	settled := n.guess.Settled()
	if settled {
		n.held.each(func(_ reassembly.Direction, fr decode.Frame, _ int64) {
			settled = (fr.Cut || n.guess.Add(fr.Bytes)) && settled
		})
		n.set(n.guess.Version(), Guess)
	}
	if n.held.full(now) {
		n.held.over, settled = true, true
	}
	return settled
}

// release takes the frames out that are held.
func (n *inference) release() held {
	h := n.held
	n.held = held{over: h.over}
	return h
}

// grade judges what a stream finds when it searches, with what is known by now.
func (n *inference) grade(dir reassembly.Direction, frame []byte) int {
	if n.source == Guess {
		return n.guess.Grade(frame, n.info.from(dir))
	}
	return n.info.Codec.Grade(frame, n.decoder.Version, n.info.from(dir))
}
