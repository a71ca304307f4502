package decode

import (
	"math/bits"

	"ctiscope/decode/schema"
)

// Guess infers the protocol version of a session from what fits. Each message
// narrows the versions that explain all that was seen. It is made by Codec.Guess.
type Guess struct {
	codec    *Codec
	excluded uint32 // bit i: version i does not explain what was seen
}

// Guess returns a Guess that knows nothing yet.
func (c *Codec) Guess() Guess { return Guess{codec: c} }

func (g *Guess) candidates() uint32 { return g.codec.all &^ g.excluded }

// Version returns the newest version that explains what was seen.
func (g *Guess) Version() int { return bits.Len32(g.candidates()) - 1 }

// Oldest returns the oldest version that explains what was seen.
func (g *Guess) Oldest() int { return bits.TrailingZeros32(g.candidates()) }

// Settled tells whether what was seen shows the width of tags, which decides
// how every floating part is read.
func (g *Guess) Settled() bool {
	c, wide := g.candidates(), g.codec.wide
	return c&wide == 0 || c&^wide == 0
}

// Add narrows the guess by a message. It reports whether the message reads the
// same at all versions that are left, so that later messages cannot change how
// it is to be decoded.
func (g *Guess) Add(frame []byte) (certain bool) {
	length, number, ok := ParseHeader(frame)
	p := g.codec.lookup(number)
	if !ok || p == nil || !p.def.HasLayout || len(frame) != schema.HeaderSize+int(length) {
		return true
	}
	body := frame[schema.HeaderSize:]
	best, fits := p.fitting(body, g.candidates())
	if best < fitKnown {
		return true
	}
	if best == fitPerfect {
		fits = narrow(fits, p.def.Since)
		fits = narrow(fits, p.latestField(body, fits))
	}
	g.excluded = ^fits
	return p.readsSame(body, fits)
}

// narrow leaves the versions from since on, unless none would be left.
func narrow(versions uint32, since uint8) uint32 {
	if n := versions &^ (1<<since - 1); n != 0 {
		return n
	}
	return versions
}

// fitting returns the best fit that any of the versions gives, and which do.
func (p *plan) fitting(body []byte, versions uint32) (best fit, fits uint32) {
	var known [2][256]fit // of each layout, by width of tags; 1 more than the fit
	// Of layouts that fit perfectly the smallest is believed: bytes that can be
	// read as floating fields of the message are hardly ever a fixed field.
	smallest := 0
	for v := versions; v != 0; v &= v - 1 {
		version := bits.TrailingZeros32(v)
		l, w := p.nominal[p.codec.versionIndex(version)], 0
		if p.codec.wideTags(version) {
			w = 1
		}
		if known[w][l] == 0 {
			known[w][l] = 1 + p.fit(&p.layouts[l], body, w == 1)
		}
		size := p.layouts[l].size
		switch f := known[w][l] - 1; {
		case f > best, f == best && f == fitPerfect && size < smallest:
			best, fits, smallest = f, 1<<version, size
		case f == best && (f < fitPerfect || size == smallest):
			fits |= 1 << version
		}
	}
	return best, fits
}

// latestField returns the latest `since` of the message's floating fields, read
// at the newest of the versions.
func (p *plan) latestField(body []byte, versions uint32) (since uint8) {
	version := bits.Len32(versions) - 1
	wide := p.codec.wideTags(version)
	for off := p.layouts[p.nominal[p.codec.versionIndex(version)]].size; off < len(body); {
		tag, n, data, ok := nextTag(body, off, wide)
		if !ok {
			break
		}
		if int(tag) < len(p.floating) && p.floating[tag] != 0 {
			since = max(since, p.def.Floating[p.floating[tag]-1].Since)
		}
		off = data + n
	}
	return since
}

// readsSame tells whether the versions give a body the same fields.
func (p *plan) readsSame(body []byte, versions uint32) bool {
	first := p.nominal[bits.TrailingZeros32(versions)-p.codec.versions.Min]
	for v := versions; v != 0; v &= v - 1 {
		if p.nominal[bits.TrailingZeros32(v)-p.codec.versions.Min] != first {
			return false
		}
	}
	bothWidths := versions&p.codec.wide != 0 && versions&^p.codec.wide != 0
	return !bothWidths || len(body) == p.layouts[first].size
}

// Grade is Grade for a session of which only the Guess is known.
func (g *Guess) Grade(frame []byte, side schema.Side) int {
	c := g.codec
	versions := c.all
	if g.Settled() {
		if versions = c.wide; g.candidates()&c.wide == 0 {
			versions = c.all &^ c.wide
		}
	}
	return c.gradeOf(frame, versions, side)
}
