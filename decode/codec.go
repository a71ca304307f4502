package decode

import (
	"encoding/binary"
	"sync"

	"ctiscope/decode/schema"
)

// Codec reads and writes the messages of one protocol: its plans are the
// protocol's messages made ready for that. It is read-only and may be shared by
// any number of goroutines; decoders, guesses and streams are made of it.
type Codec struct {
	protocol *schema.Protocol
	versions schema.Versions
	plans    []*plan    // by message number
	tagRules []sizeRule // by tag
	// all and wide are the protocol's versions, and those with two byte tags:
	// bit i stands for version i.
	all, wide uint32
	// open is the number of the message that opens a session, 0 for none, and
	// versionAt where in a frame it has the session's version.
	open      uint32
	versionAt int
	// invokeID describes the first UINT of a message without a layout that was
	// found to answer a request.
	invokeID schema.Field
}

// NewCodec makes the codec of a protocol.
func NewCodec(p *schema.Protocol) *Codec {
	c := &Codec{protocol: p, versions: p.Versions()}
	for v := c.versions.Min; v <= c.versions.Max; v++ {
		c.all |= 1 << v
		if c.versions.Wide(v) {
			c.wide |= 1 << v
		}
	}
	if at, ok := p.VersionOffset(); ok {
		c.open, c.versionAt = p.OpenRequest().Number, schema.HeaderSize+at
	}
	c.invokeID = schema.Field{Name: "InvokeID", Type: schema.UInt, Size: 4, Index: schema.NoIndex, Note: "inferred: it pairs with a request"}
	for _, t := range p.Tags() {
		for int(t.Number) >= len(c.tagRules) {
			c.tagRules = append(c.tagRules, sizeRule{unit: 1})
		}
		c.tagRules[t.Number] = newSizeRule(&t.Field)
	}
	all := p.Messages()
	if len(all) > 0 {
		c.plans = make([]*plan, all[len(all)-1].Number+1)
	}
	for _, def := range all {
		c.plans[def.Number] = c.newPlan(def)
	}
	return c
}

// CCE returns the codec of schema.CCE, which is made when it is first asked for
// and shared by all.
func CCE() *Codec { return cce() }

var cce = sync.OnceValue(func() *Codec { return NewCodec(schema.CCE()) })

// Protocol returns the protocol that the codec reads and writes.
func (c *Codec) Protocol() *schema.Protocol { return c.protocol }

// lookup returns the plan of a message number, or nil.
func (c *Codec) lookup(number uint32) *plan {
	if number < uint32(len(c.plans)) {
		return c.plans[number]
	}
	return nil
}

// versionIndex maps a protocol version to an index of plan tables; versions
// outside the guide's take the nearest.
func (c *Codec) versionIndex(version int) int { return c.versions.Nearest(version) - c.versions.Min }

// wideTags tells whether tags and lengths take two bytes each at a version.
func (c *Codec) wideTags(version int) bool { return c.versions.Wide(version) }

// OpenVersion returns the version that the message which opens a session
// names (VersionNumber of an OPEN_REQ), and which holds for its whole session.
// ok is false for other messages and for numbers that no version has.
func (c *Codec) OpenVersion(number uint32, frame []byte) (version int, ok bool) {
	if number != c.open || c.open == 0 || len(frame) < c.versionAt+4 {
		return 0, false
	}
	v := binary.BigEndian.Uint32(frame[c.versionAt:])
	return int(v), v > 0 && v <= 255
}
