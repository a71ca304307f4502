package output

import (
	"ctiscope/decode"
	"ctiscope/session"
	"ctiscope/text"
)

// Text prints one line a message for grep and awk. Single spaces part the
// columns; nothing is cut:
//
//	1 time        2025-07-20T08:26:40.001942Z
//	2 session     #3
//	3 sender      10.9.0.5:42027
//	4             >
//	5 receiver    10.1.0.12:50003
//	6 client      desk-10017, the name in OPEN_REQ with _ for spaces; - before it is known
//	7 message     AGENT_STATE_EVENT, or gap, resync, session_start, ...
//	8 InvokeID    17, - for messages without
//	9 and on      the summary, and each problem as !over_length(Text)
type Text struct {
	opts    Options
	paint   paint
	clock   text.Clock
	plans   *plans
	summary summary
}

// NewText returns a formatter for one worker.
func NewText(opts Options) *Text {
	l := newPlans()
	return &Text{opts: opts, paint: paint(opts.Color), clock: text.NewClock(opts.Zone), plans: l, summary: newSummary(l, opts)}
}

// Append implements Formatter.
func (t *Text) Append(dst []byte, r *session.Record) []byte {
	if !t.opts.wants(r) {
		return dst
	}
	dst = t.paint.on(dst, quiet)
	dst = appendMoment(dst, &t.clock, r)
	dst = append(dst, " #"...)
	dst = text.AppendInt(dst, sessionID(r))
	dst = t.paint.off(dst, quiet)
	dst = appendRoute(append(dst, ' '), r)
	if r.Kind == session.Message {
		dst = t.appendMessage(dst, r)
	} else {
		dst = t.appendEvent(dst, r)
	}
	return append(dst, '\n')
}

// appendRoute appends the columns from sender to client name.
func appendRoute(dst []byte, r *session.Record) []byte {
	if r.Info == nil {
		return append(dst, "- > - - "...)
	}
	src, dest := ends(r)
	dst = append(append(dst, src...), " > "...)
	dst = append(append(dst, dest...), ' ')
	return append(text.AppendColumn(dst, r.Info.ClientID), ' ')
}

func (t *Text) appendMessage(dst []byte, r *session.Record) []byte {
	m := r.Message
	plan := t.plans.of(m)
	dst = t.paint.on(dst, plan.meaning)
	dst = m.AppendName(dst)
	dst = append(t.paint.off(dst, plan.meaning), ' ')
	dst = appendInvokeID(dst, m)
	before := len(dst)
	dst = append(dst, ' ')
	if dst = t.summary.append(dst, r); len(dst) == before+1 {
		dst = dst[:before]
	}
	return appendMarks(t.paint, dst, m)
}

func appendInvokeID(dst []byte, m *decode.Message) []byte {
	if id, ok := m.InvokeID(); ok {
		return text.AppendDecimal(dst, id)
	}
	return append(dst, '-')
}

// appendMarks appends a mark for each problem, such as !over_length(Text), up
// to a number that a person would read.
func appendMarks(p paint, dst []byte, m *decode.Message) []byte {
	const most = 8
	for i := range m.Problems {
		dst = append(dst, ' ')
		if i == most {
			return text.AppendInt(append(dst, "!and_more:"...), int64(len(m.Problems)-most))
		}
		dst = appendMark(p, dst, m, &m.Problems[i])
	}
	return dst
}

func appendMark(paint paint, dst []byte, m *decode.Message, p *decode.Problem) []byte {
	mean := problemMeaning(p)
	dst = paint.on(dst, mean)
	dst = append(append(dst, '!'), p.Code.String()...)
	if p.Field >= 0 && p.Field < len(m.Fields) {
		dst = m.Fields[p.Field].AppendName(append(dst, '('))
		dst = append(dst, ')')
	}
	return paint.off(dst, mean)
}

func problemMeaning(p *decode.Problem) meaning {
	switch p.Code.Severity() {
	case decode.Note:
		return quiet
	case decode.Warning:
		return trouble
	}
	return strongTrouble
}

func (t *Text) appendEvent(dst []byte, r *session.Record) []byte {
	mean := meaningOfKind(r.Kind)
	dst = t.paint.on(dst, mean)
	dst = append(dst, r.Kind.String()...)
	dst = append(dst, " -"...)
	before := len(dst)
	dst = append(dst, ' ')
	if dst = appendEventSummary(dst, r); len(dst) == before+1 {
		dst = dst[:before]
	}
	return t.paint.off(dst, mean)
}
