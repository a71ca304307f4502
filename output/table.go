package output

import (
	"hash/maphash"

	"ctiscope/decode"
	"ctiscope/decode/schema"
	"ctiscope/reassembly"
	"ctiscope/session"
)

// Table turns records into facts for a TableWriter, which makes the rows of a table
// of them. A fact holds all that a row shows, in words, and what tells which rows
// belong together: the same event told to several clients, a request and its answer.
type Table struct {
	opts    Options
	plans   *plans
	summary summary
	fact    tableFact
	hash    maphash.Hash
}

// hashSeed is shared by the workers: the same event has the same hash in all.
var hashSeed = maphash.MakeSeed()

// NewTable returns a formatter for one worker.
func NewTable(opts Options) *Table {
	l := newPlans()
	t := &Table{opts: opts, plans: l, summary: newSummary(l, opts)}
	t.hash.SetSeed(hashSeed)
	return t
}

// Append appends the fact of a record.
func (t *Table) Append(dst []byte, r *session.Record) []byte {
	if !t.opts.wants(r) {
		return dst
	}
	f := &t.fact
	*f = tableFact{
		time: r.Mark.Time, digits: digits(r), session: sessionID(r), wait: noWait,
		name: f.name[:0], words: f.words[:0], marks: f.marks[:0],
	}
	t.describeSession(r)
	if r.Kind == session.Message {
		t.describe(r)
	} else {
		f.kind, f.meaning = eventRow, meaningOfKind(r.Kind)
		f.name = append(f.name, r.Kind.String()...)
		if r.Kind == session.StartEvent { // no line introduces the session yet
			f.words = append(append(append(f.words, f.client...), " - "...), f.server...)
		} else {
			f.words = appendEventSummary(f.words, r)
		}
	}
	return f.append(dst)
}

// describeSession notes who speaks to whom.
func (t *Table) describeSession(r *session.Record) {
	f, info := &t.fact, r.Info
	if info == nil {
		return
	}
	f.client, f.server, f.label = info.AString, info.BString, info.ClientID
	f.sides = info.Sides
	if f.sides && !info.ClientIsA {
		f.client, f.server = info.BString, info.AString
	}
	if r.Dir != reassembly.NoDirection {
		f.fromClient = (r.Dir == reassembly.AtoB) == (info.ClientIsA || !info.Sides)
		f.moves = true
	}
}

// describe notes what a message says.
func (t *Table) describe(r *session.Record) {
	f, m := &t.fact, r.Message
	plan := t.plans.of(m)
	f.meaning = plan.meaning
	f.name = m.AppendName(f.name)
	if id, ok := m.InvokeID(); ok {
		f.invoke, f.invoked = id, true
	}
	f.request = r.RequestID
	switch {
	case r.Request.Type != 0:
		f.kind = answerRow
		if ns, ok := waited(r); ok {
			f.wait = ns
		}
		f.refused = plan.meaning == failure
	case m.Def.Is(schema.Request) && r.RequestID != 0:
		f.kind = requestRow
	case m.Def != nil && m.Def.From == schema.Server && !f.invoked && len(m.Problems) == 0:
		f.kind = eventOfServerRow
		f.event, f.monitor = t.hashOf(m)
	}
	if f.refused {
		f.refusedName = m.Codec.Protocol().MessageName(r.Request.Type)
	}
	f.words = t.summary.appendBody(f.words, m)
	f.marks = appendMarks(false, f.marks, m)
}

// hashOf returns a number that two messages share when they differ in nothing but
// what differs between clients, and the number of the monitor.
func (t *Table) hashOf(m *decode.Message) (event uint64, monitor uint32) {
	t.hash.Reset()
	from := 0
	for i := range m.Fields {
		f := &m.Fields[i]
		if f.Def == nil || !f.Def.PerClient {
			continue
		}
		_, _ = t.hash.Write(m.Frame[from:f.Off])
		from = int(f.Off) + int(f.Len)
		monitor = monitor*31 + m.Uint(f)
	}
	_, _ = t.hash.Write(m.Frame[from:])
	return t.hash.Sum64(), monitor
}
