package schema

import (
	"slices"
	"strings"
)

// replies are the endings of confirmations, with those of their requests.
var replies = [...]struct{ confirmation, request string }{
	{"_CONF", "_REQ"},
	{"_RESP", "_REQ"},
	{"_RESP_MSG", "_REQ_MSG"},
}

// answers returns the number of the request whose name has the same stem as
// the confirmation's, 0 if there is none.
func (p *Protocol) answers(name string) uint32 {
	for _, r := range replies {
		stem, ok := strings.CutSuffix(name, r.confirmation)
		if !ok {
			continue
		}
		if req := p.ByName(stem + r.request); req != nil {
			return req.Number
		}
	}
	return 0
}

// pair finds which messages are requests and which are answers to them.
func (l *loader) pair() {
	for _, m := range l.p.messages {
		if m.Answers == 0 {
			m.Answers = l.p.answers(m.Name)
		}
		req := l.p.Lookup(m.Answers)
		if m.Answers != 0 && req == nil {
			l.errorf("%s answers the message %d, which there is not", m.Name, m.Answers)
		} else if req != nil && !m.HasLayout {
			m.Traits |= Answer
			req.Traits |= Request
		}
	}
	for _, m := range l.p.messages {
		if !m.HasInvokeID() {
			continue
		}
		m.Traits &^= derived
		if m.Answers != 0 || m.Is(AnswersAny) {
			m.Traits |= Answer
		} else {
			m.Traits |= Request
		}
	}
}

// findOpen finds the message that opens a session. Its version has to be read
// before any version is known, so that it must stand at one place in all.
func (l *loader) findOpen() {
	for _, m := range l.p.messages {
		if !m.Is(OpensSession) {
			continue
		}
		if l.p.open != nil {
			l.errorf("%s and %s open a session", l.p.open.Name, m.Name)
		}
		l.p.open = m
		place, _ := m.fixedOffset(versionField, l.p.versions.Min)
		for v := l.p.versions.Min; v <= l.p.versions.Max; v++ {
			if at, ok := m.fixedOffset(versionField, v); !ok || at != place || !holdsUInt(m, versionField) {
				l.errorf("%s does not hold its %s at one place in every version", m.Name, versionField)
				break
			}
		}
	}
}

func holdsUInt(m *Message, name string) bool {
	return !slices.ContainsFunc(m.Fixed, func(f *Field) bool { return f.Name == name && (f.Type != UInt || f.Size != 4) })
}

// versionField is the field of the message that OpensSession with the
// session's version, a UINT.
const versionField = "VersionNumber"

// VersionOffset returns where the version stands in the message that opens a
// session, in bytes from the start of its body. ok is false for a protocol that
// has no such message.
func (p *Protocol) VersionOffset() (off int, ok bool) {
	if p.open == nil {
		return 0, false
	}
	return p.open.fixedOffset(versionField, p.versions.Min)
}

// findSilence finds the field and the bit of it with which a server tells that
// it sends no confirmations.
func (l *loader) findSilence() {
	for _, m := range l.p.messages {
		if l.p.open == nil || m.Answers != l.p.open.Number {
			continue
		}
		for _, f := range m.Fixed {
			if f.Values == nil || !f.Values.Mask {
				continue
			}
			for _, v := range f.Values.Values {
				if v.Silences {
					l.p.silence = silence{f.Name, v.Value}
				}
			}
		}
	}
}

// silence is where a server tells that it sends no confirmations.
type silence struct {
	field string
	bit   uint32
}

// Silence returns the field of the answer that opens a session, and the bit of
// it, with which a server tells that it answers nothing but requests about the
// session itself. bit is 0 for a protocol that has no such thing.
func (p *Protocol) Silence() (field string, bit uint32) { return p.silence.field, p.silence.bit }
