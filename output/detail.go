package output

import (
	"math/bits"

	"ctiscope/text"

	"ctiscope/decode"
	"ctiscope/decode/schema"
	"ctiscope/session"
)

// Detail prints each message as a tree of all its fields: name, value in words,
// the number behind it, the guide's type, and where the bytes lie. Offsets
// count from the start of the message's header.
type Detail struct {
	opts    Options
	paint   paint
	clock   text.Clock
	plans   *plans
	summary summary
	gather  gather
	value   []byte // the value at hand
	said    []byte // the problem at hand, in words
	// notes holds, for each field of the message, 1 + its last problem.
	notes []int
}

// NewDetail returns a formatter for one worker.
func NewDetail(opts Options) *Detail {
	l := newPlans()
	return &Detail{opts: opts, paint: paint(opts.Color), clock: text.NewClock(opts.Zone), plans: l, summary: newSummary(l, opts)}
}

// Append implements Formatter.
func (d *Detail) Append(dst []byte, r *session.Record) []byte {
	if !d.opts.wants(r) {
		return dst
	}
	if r.Kind != session.Message {
		start := len(dst)
		return text.Fold(append(d.appendEvent(dst, r), "\n\n"...), start, d.opts.Width, foldIndent)
	}
	start := len(dst)
	dst = d.appendHead(dst, r)
	m := r.Message
	plan := d.plans.of(m)
	dst = d.appendProblems(dst, m)
	dst = d.appendHeader(dst, m)
	dst = d.appendFields(dst, m, plan)
	dst = d.appendUndecoded(dst, m)
	return text.Fold(append(dst, '\n'), start, d.opts.Width, foldIndent)
}

// appendHead appends the line above the tree: what, when, who, how known.
func (d *Detail) appendHead(dst []byte, r *session.Record) []byte {
	m := r.Message
	mean := d.plans.of(m).meaning
	dst = d.paint.on(dst, mean)
	dst = m.AppendName(dst)
	dst = d.paint.off(dst, mean)
	d.value = d.summary.append(d.value[:0], r)
	if len(d.value) > 0 {
		dst = append(append(dst, ": "...), d.value...)
	}
	dst = append(dst, '\n')
	dst = d.paint.on(dst, quiet)
	dst = append(dst, "  "...)
	dst = appendMoment(dst, &d.clock, r)
	dst = text.AppendInt(append(dst, "  frame "...), r.Mark.Number)
	dst = text.AppendInt(append(dst, "  session "...), sessionID(r))
	dst = text.AppendInt(append(dst, "  version "...), int64(m.Version))
	dst = append(append(dst, " ("...), r.VersionSource.String()...)
	dst = append(dst, ")\n  "...)
	src, dest := ends(r)
	dst = append(append(append(dst, src...), " > "...), dest...)
	dst = append(append(dst, "  from "...), r.From.String()...)
	if r.Info != nil && r.Info.ClientID != "" {
		dst = text.AppendWord(append(dst, "  client "...), []byte(r.Info.ClientID))
	}
	return append(d.paint.off(dst, quiet), '\n')
}

func (d *Detail) appendEvent(dst []byte, r *session.Record) []byte {
	mean := meaningOfKind(r.Kind)
	dst = append(d.paint.on(dst, mean), r.Kind.String()...)
	before := len(dst)
	if dst = appendEventSummary(append(dst, ": "...), r); len(dst) == before+2 {
		dst = dst[:before]
	}
	dst = append(d.paint.off(dst, mean), "\n  "...)
	dst = d.paint.on(dst, quiet)
	dst = appendMoment(dst, &d.clock, r)
	dst = text.AppendInt(append(dst, "  frame "...), r.Mark.Number)
	dst = text.AppendInt(append(dst, "  session "...), sessionID(r))
	src, dest := ends(r)
	dst = append(append(append(append(dst, "\n  "...), src...), " > "...), dest...)
	return d.paint.off(dst, quiet)
}

// appendProblems appends what is wrong with the message as a whole, and notes
// which fields have a problem of their own.
func (d *Detail) appendProblems(dst []byte, m *decode.Message) []byte {
	d.notes = append(d.notes[:0], make([]int, len(m.Fields))...)
	for i := range m.Problems {
		p := &m.Problems[i]
		if p.Field < 0 || p.Field >= len(m.Fields) {
			dst = append(d.appendNote(append(dst, "  "...), m, p), '\n')
		} else {
			d.notes[p.Field] = i + 1
		}
	}
	return dst
}

// appendNote appends a problem in words.
func (d *Detail) appendNote(dst []byte, m *decode.Message, p *decode.Problem) []byte {
	mean := problemMeaning(p)
	dst = append(d.paint.on(dst, mean), '!')
	dst = append(append(dst, p.Code.Severity().String()...), ' ')
	dst = append(append(dst, p.Code.String()...), ": "...)
	d.said = p.AppendText(d.said[:0], m)
	return d.paint.off(text.AppendClean(dst, d.said), mean)
}

// appendHeader appends the two fields of the header.
func (d *Detail) appendHeader(dst []byte, m *decode.Message) []byte {
	if len(m.Frame) < schema.HeaderSize {
		return dst
	}
	d.value = text.AppendInt(d.value[:0], int64(m.Length))
	dst = d.appendRow(dst, row{name: "MessageLength", kind: "UINT", data: m.Frame[:4]})
	d.value = m.AppendName(d.value[:0])
	d.value = append(text.AppendDecimal(append(d.value, " ("...), m.Type), ')')
	return d.appendRow(dst, row{name: "MessageType", kind: "UINT", off: 4, data: m.Frame[4:8]})
}

// appendFields appends the fields in wire order, those of a group below the
// group's name, object by object.
func (d *Detail) appendFields(dst []byte, m *decode.Message, plan *messagePlan) []byte {
	g := &d.gather
	g.plan(m, plan, d.plans)
	at := 0
	for i := range m.Fields {
		p := g.links[i].plan
		if i < g.from {
			p = d.plans.fixedPlan(plan, &m.Fields[i], &at)
		}
		switch {
		case p.group == "":
			dst = d.appendField(dst, m, i, p, "")
		case g.links[i].first:
			dst = d.appendGroup(dst, m, i, p.def.Group)
		}
	}
	return dst
}

func (d *Detail) appendGroup(dst []byte, m *decode.Message, first int, name string) []byte {
	g := &d.gather
	for n := range g.rows(first) {
		dst = text.AppendBlanks(dst, placeWidth)
		if d.opts.Hex {
			dst = text.AppendBlanks(dst, hexWidth)
		}
		dst = d.paint.on(dst, fieldName)
		dst = append(append(dst, name...), '[')
		dst = append(text.AppendInt(dst, int64(n)), ']')
		dst = append(d.paint.off(dst, fieldName), '\n')
		for _, i := range g.row(n) {
			dst = d.appendField(dst, m, i, g.links[i].plan, "  ")
		}
	}
	return dst
}

func (d *Detail) appendField(dst []byte, m *decode.Message, i int, p *fieldPlan, indent string) []byte {
	f := &m.Fields[i]
	d.value = d.appendValue(d.value[:0], m, f, p)
	r := row{
		indent: indent, name: f.Name(), kind: typeName(f), tag: f.Tag,
		off: int(f.Off), data: m.Data(f), hidden: d.hides(m, f),
	}
	r.dump = !r.hidden && len(r.data) > longData && (f.Odd || p.kind == schema.RawKind)
	if d.notes[i] > 0 {
		r.note = &m.Problems[d.notes[i]-1]
		r.message = m
	}
	if p.kind == schema.MaskKind && !f.Odd && !r.hidden && bits.OnesCount32(m.Uint(f)) > manyBits {
		return d.appendBitRows(d.appendRow(dst, r), m.Uint(f), p.values.table)
	}
	return d.appendRow(dst, r)
}

func (d *Detail) hides(m *decode.Message, f *decode.Field) bool { return d.summary.hides(m, f) }

// typeName returns the guide's type of the field, such as "USHORT" or
// "STRING[64]".
func typeName(f *decode.Field) string {
	if f.Def == nil {
		return "no type"
	}
	name := f.Def.Type.String()
	if f.Def.Array {
		return name + " array"
	}
	if f.Def.Type.Size() == 0 && f.Def.Size > 0 {
		return name + "[" + text.Decimal(uint32(f.Def.Size)) + "]"
	}
	return name
}

// appendUndecoded appends the bytes that no field covers.
func (d *Detail) appendUndecoded(dst []byte, m *decode.Message) []byte {
	u := m.Undecoded
	if u.Len <= 0 || u.Off < 0 || u.Off+u.Len > len(m.Frame) {
		return dst
	}
	data := m.Frame[u.Off : u.Off+u.Len]
	hidden := !d.opts.ShowSecrets // nothing tells where in them a password stands
	if d.value = d.value[:0]; hidden {
		d.value = append(d.value, mask...)
	} else {
		d.value = appendData(d.value, data)
	}
	return d.appendRow(dst, row{name: "Undecoded", kind: "bytes", off: u.Off, data: data, hidden: hidden, dump: u.Len > longData && !hidden})
}
