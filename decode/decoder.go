package decode

import (
	"encoding/binary"

	"ctiscope/decode/schema"
)

// Decoder turns frames of one CTI session into Messages.
//
// It remembers which fixed part fitted where that of the session's version did
// not, so one Decoder serves one session, both directions. It is made by
// Codec.Decoder; the zero value has no protocol and cannot decode. A Decoder may
// not be used by two goroutines at once.
type Decoder struct {
	// Version is the session's protocol version. Numbers outside those of the
	// protocol are kept and read like the nearest version of the guide.
	Version int

	codec *Codec
	// chosen holds, for each message number, 1 + the index of the layout that
	// fitted in place of the version's own; nil while all fit.
	chosen []uint8
	// otherWidth tells that tags have the width that the version should not
	// have, as was seen.
	otherWidth bool
}

// Decoder returns a Decoder of messages of a version; 0 is read like the oldest.
func (c *Codec) Decoder(version int) Decoder { return Decoder{Version: version, codec: c} }

// Reset makes the Decoder ready for another session of its protocol.
func (d *Decoder) Reset(version int) {
	d.Version, d.otherWidth = version, false
	clear(d.chosen)
}

// ParseHeader reads the header of a frame. ok is false when there are less
// than 8 bytes.
func ParseHeader(b []byte) (length, number uint32, ok bool) {
	if len(b) < schema.HeaderSize {
		return 0, 0, false
	}
	return binary.BigEndian.Uint32(b), binary.BigEndian.Uint32(b[4:]), true
}

// Decode decodes one frame, header included, into m. The frame is borrowed: m
// is valid as long as the frame's bytes are. A frame shorter than its header
// says is decoded as far as it goes. Decode never fails; what is wrong with
// the message is in m.Problems.
func (d *Decoder) Decode(m *Message, frame []byte) {
	length, number, _ := ParseHeader(frame)
	d.DecodeFrame(m, &Frame{Bytes: frame, Length: length, Number: number}, false)
}

// DecodeFrame is Decode for what a Stream found. answer tells that the first UINT
// of the body is the InvokeID of a request that was seen; only messages without a
// layout need that.
func (d *Decoder) DecodeFrame(m *Message, f *Frame, answer bool) {
	frame, length, number := f.Bytes, f.Length, f.Number
	m.Fields, m.Problems = m.Fields[:0], m.Problems[:0]
	m.NumFixed, m.Undecoded, m.Def, m.Version, m.Codec = 0, Range{}, nil, d.Version, d.codec
	m.guarded = true
	if len(frame) < schema.HeaderSize {
		m.Type, m.Length, m.Frame = 0, 0, frame
		m.problem(Truncated, -1, 0, schema.HeaderSize, len(frame))
		return
	}
	m.Type, m.Length = number, int(length)
	whole := len(frame) == schema.HeaderSize+int(length)
	if len(frame) > schema.HeaderSize+int(length) {
		frame, whole = frame[:schema.HeaderSize+int(length)], true
	}
	if len(frame) > schema.MaxMessageSize {
		frame, whole = frame[:schema.MaxMessageSize], false
	}
	m.Frame = frame
	if !whole {
		m.problem(Truncated, -1, len(frame), schema.HeaderSize+int(length), len(frame))
	}
	p := d.codec.lookup(number)
	switch {
	case p == nil:
		m.problem(UnknownType, -1, 4, 0, 0)
		m.undecoded(schema.HeaderSize)
		return
	case !p.def.HasLayout:
		m.Def = p.def
		m.problem(NoLayout, -1, 4, 0, 0)
		d.decodeUnlisted(m, whole, answer)
		m.guard()
		return
	}
	m.Def, m.guarded = p.def, p.secret
	if int(p.def.Since) > d.Version && d.Version > 0 {
		m.problem(LaterMessage, -1, 4, int(p.def.Since), d.Version)
	}
	if whole {
		d.decodeWhole(m, p)
	} else {
		d.decodeCut(m, p)
	}
	if m.guarded {
		m.guard()
	}
}

// decodeWhole decodes with the layout that is expected, and with others when
// that leaves the floating part in disorder.
func (d *Decoder) decodeWhole(m *Message, p *plan) {
	v := d.codec.versionIndex(d.Version)
	nominal := p.nominal[v]
	l := nominal
	if d.chosen != nil && d.chosen[p.def.Number] != 0 {
		l = d.chosen[p.def.Number] - 1
	}
	wide := d.codec.wideTags(d.Version) != d.otherWidth
	if !d.try(m, p, &p.layouts[l], wide) {
		l, wide = d.choose(m, p, l, wide)
	}
	if l != nominal {
		m.problem(OtherSize, -1, schema.HeaderSize, p.layouts[nominal].size, p.layouts[l].size)
	}
	if wide != d.codec.wideTags(d.Version) && len(m.Fields) > m.NumFixed {
		m.problem(OtherWidth, -1, schema.HeaderSize+p.layouts[l].size, 0, 0)
	}
	m.checkBools(p.layouts[l].bools)
	if counts := p.layouts[l].counts; len(counts) > 0 && m.NumFixed == len(p.layouts[l].fields) {
		m.checkCounts(counts)
	}
}

// choose is called when the expected layout l left problems in m: it decodes
// with the layout that fits best and remembers it.
func (d *Decoder) choose(m *Message, p *plan, l uint8, wide bool) (uint8, bool) {
	body := m.Frame[schema.HeaderSize:]
	best, bestWide, level := l, wide, p.fit(&p.layouts[l], body, wide)
	if level >= fitKnown {
		return l, wide // a tag of another message is likelier than another layout
	}
	for _, w := range [2]bool{wide, !wide} {
		if w != wide && (level > fitNone || len(body) == p.layouts[l].size) {
			break // the other width is for sessions where nothing fits at all
		}
		for _, i := range p.order[d.codec.versionIndex(d.Version)] {
			if f := p.fit(&p.layouts[i], body, w); f > level {
				best, bestWide, level = i, w, f
			}
		}
	}
	if best == l && bestWide == wide {
		return l, wide
	}
	d.remember(p, best, bestWide, level)
	d.try(m, p, &p.layouts[best], bestWide)
	return best, bestWide
}

func (d *Decoder) remember(p *plan, l uint8, wide bool, level fit) {
	if level < fitKnown {
		return
	}
	if d.chosen == nil {
		d.chosen = make([]uint8, len(d.codec.plans))
	}
	d.chosen[p.def.Number] = l + 1
	d.otherWidth = wide != d.codec.wideTags(d.Version)
}

// try decodes with one layout; it reports whether everything was in order, so
// that no other layout need be looked at.
func (d *Decoder) try(m *Message, p *plan, l *layout, wide bool) bool {
	keep := 0 // a later_message note is not undone
	for keep < len(m.Problems) && m.Problems[keep].Code == LaterMessage {
		keep++
	}
	m.Problems = m.Problems[:keep]
	m.Undecoded = Range{}
	if len(m.Frame) < schema.HeaderSize+l.size {
		m.setFixed(l, len(m.Frame))
		m.problem(ShortFixed, -1, len(m.Frame), l.size, m.Length)
		return false
	}
	m.Fields = append(m.Fields[:0], l.fields...)
	m.NumFixed = len(l.fields)
	clean := true
	if m.NumFixed > 0 {
		if f := &l.fields[m.NumFixed-1]; int(f.Off+f.Len) < schema.HeaderSize+l.size {
			clean = false
			m.Undecoded = Range{int(f.Off + f.Len), schema.HeaderSize + l.size - int(f.Off+f.Len)}
		}
	}
	return m.floating(p, schema.HeaderSize+l.size, wide) && clean
}

// setFixed sets the fields of l that lie whole in the first n bytes.
func (m *Message) setFixed(l *layout, n int) {
	m.Fields = m.Fields[:0]
	for i := range l.fields {
		f := &l.fields[i]
		if int(f.Off+f.Len) > n {
			m.undecoded(int(f.Off))
			break
		}
		m.Fields = append(m.Fields, *f)
	}
	m.NumFixed = len(m.Fields)
}

// undecoded marks the frame from off to its end.
func (m *Message) undecoded(off int) {
	if off < len(m.Frame) {
		m.Undecoded = Range{off, len(m.Frame) - off}
	}
}

func (m *Message) problem(c Code, field, off, need, have int) {
	if field >= m.NumFixed && m.folds(c, field, need, have) {
		return
	}
	m.Problems = append(m.Problems, Problem{Code: c, Field: field, Offset: off, Need: need, Have: have})
}

// maxFold is how many problems are looked through for an equal one.
const maxFold = 16

// folds counts a problem of a floating field with an equal one before it.
func (m *Message) folds(c Code, field, need, have int) bool {
	for i := range m.Problems[:min(len(m.Problems), maxFold)] {
		p := &m.Problems[i]
		if p.Code == c && p.Need == need && p.Have == have && p.Field >= m.NumFixed && m.Fields[p.Field].Tag == m.Fields[field].Tag {
			p.More++
			return true
		}
	}
	return false
}

func (m *Message) checkBools(bools []int) {
	for _, i := range bools {
		if i >= m.NumFixed {
			return
		}
		if v := m.Uint(&m.Fields[i]); v > 1 {
			m.problem(BadBool, i, int(m.Fields[i].Off), 0, int(v))
		}
	}
}

// checkCounts compares each count field with the repetitions found.
func (m *Message) checkCounts(counts []count) {
	for i := range counts {
		c := &counts[i]
		found := 0
		for _, k := range c.members {
			found = max(found, int(m.reps[k]))
		}
		f := &m.Fields[c.field]
		if n := int(m.Uint(f)); n != found {
			m.problem(CountMismatch, c.field, int(f.Off), n, found)
		}
	}
}

// decodeCut decodes what was captured of a message.
func (d *Decoder) decodeCut(m *Message, p *plan) {
	l := p.nominal[d.codec.versionIndex(d.Version)]
	if d.chosen != nil && d.chosen[p.def.Number] != 0 {
		l = d.chosen[p.def.Number] - 1
	}
	layout := &p.layouts[l]
	if len(m.Frame) < schema.HeaderSize+layout.size {
		m.setFixed(layout, len(m.Frame))
		return
	}
	m.Fields = append(m.Fields[:0], layout.fields...)
	m.NumFixed = len(layout.fields)
	m.floating(p, schema.HeaderSize+layout.size, d.codec.wideTags(d.Version) != d.otherWidth)
	// The floating part had to end somewhere: that is no problem of its own.
	if n := len(m.Problems); m.Problems[n-1].Code == BadFloating {
		m.Problems = m.Problems[:n-1]
	}
}
