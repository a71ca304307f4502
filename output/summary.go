package output

import (
	"strings"

	"ctiscope/text"

	"ctiscope/decode"
	"ctiscope/decode/schema"
	"ctiscope/reassembly"
	"ctiscope/session"
)

// phrase is one phrase of a template, ready for use.
type phrase struct {
	gap    string // what parts it from the phrase before
	words  string
	show   form
	fields []uint8       // places in summary.found, the first choice first
	table  *schema.Table // of tableForm, statusForm and controlForm
}

// form is how a phrase shows its field.
type form uint8

const (
	plainForm form = iota
	textForm
	secondsForm
	recordsForm
	kindsForm
	agentsForm
	teamsForm
	nonzeroForm
	flagForm
	onlineForm
	pgForm
	someForm
	differsForm
	statusForm
	controlForm
	peripheralForm
	reasonForm
	variablesForm
	tableForm
	wordsForm // nothing but words
)

var forms = map[string]form{
	"text": textForm, "seconds": secondsForm, "records": recordsForm, "kinds": kindsForm, "agents": agentsForm, "teams": teamsForm, "nonzero": nonzeroForm,
	"flag": flagForm, "online": onlineForm, "pg": pgForm, "some": someForm, "differs": differsForm,
	"status": statusForm, "control": controlForm, "peripheral": peripheralForm, "reason": reasonForm,
}

// codeTables are the tables of the forms that show a code.
var codeTables = map[form]string{statusForm: "StatusCode", controlForm: "ControlFailureCode"}

// maxWanted bounds the different fields that one template can name.
const maxWanted = 32

// phrases makes the template of a message ready and marks the fields that it
// names. A failure without a template shows its code. Names that the message does not have are skipped; a test sees to
// it that there are none.
func (plan *messagePlan) phrases(protocol *schema.Protocol) []phrase {
	template := templates[plan.def.Name]
	if f := plan.def.CodeField; template == "" && f != nil {
		return []phrase{{show: statusForm, fields: []uint8{plan.want(f.Name)}, table: f.Values}}
	}
	var list []phrase
	for gap := ""; template != ""; {
		end := strings.IndexAny(template, ",;")
		if end < 0 {
			end = len(template)
		}
		if text := strings.TrimSpace(template[:end]); text != "" {
			p := plan.phrase(protocol, text)
			p.gap = gap
			list = append(list, p)
		}
		if end == len(template) {
			break
		}
		if gap = ", "; template[end] == ',' {
			gap = " "
		}
		template = template[end+1:]
	}
	return list
}

func (plan *messagePlan) phrase(protocol *schema.Protocol, text string) phrase {
	if text[0] == '\'' {
		return phrase{words: strings.Trim(text, "'"), show: wordsForm}
	}
	at := strings.LastIndexByte(text, ' ') + 1
	names, how, _ := strings.Cut(text[at:], "%")
	p := phrase{words: text[:at], show: forms[how]}
	if p.table = protocol.TableByName(how); p.table != nil {
		p.show = tableForm
	} else {
		p.table = protocol.TableByName(codeTables[p.show])
	}
	if names == "*variables" {
		p.show = variablesForm
		return p
	}
	for _, name := range strings.Split(names, "|") {
		p.fields = append(p.fields, plan.want(name))
	}
	return p
}

// want returns the place in summary.found of the field of that name.
func (plan *messagePlan) want(name string) uint8 {
	if n, ok := plan.wanted[name]; ok {
		return n
	}
	n := uint8(len(plan.wanted) + 1)
	if n >= maxWanted {
		panic("output: template of " + plan.def.Name + " names too many fields")
	}
	if plan.wanted == nil {
		plan.wanted = make(map[string]uint8)
	}
	plan.wanted[name] = n
	for i := range plan.fixed {
		if plan.fixed[i].def.Name == name {
			plan.fixed[i].want = n
		}
	}
	for i := range plan.floating {
		if plan.floating[i].def.Name == name {
			plan.floating[i].want = n
		}
	}
	return n
}

// summary writes what a person wants to know of a message in one line.
type summary struct {
	plans   *plans
	secrets bool
	stamps  text.Clock
	key     []byte // the name of a numbered variable
	// found holds, for each field that the template names, 1 + its first place
	// among the message's fields, 0 where it is absent.
	found [maxWanted]uint16
}

func newSummary(l *plans, opts Options) summary {
	return summary{plans: l, secrets: opts.ShowSecrets, stamps: text.NewClock(nil)}
}

// append appends the summary of a message, which may be nothing.
func (s *summary) append(dst []byte, r *session.Record) []byte {
	m := r.Message
	if s.plans.of(m).meaning == failure && r.Request.Type != 0 {
		dst = append(m.Codec.Protocol().AppendMessageName(dst, r.Request.Type), " refused: "...)
	}
	start := len(dst)
	dst = s.appendBody(dst, m)
	if ns, ok := waited(r); ok {
		dst = appendComma(dst, start)
		dst = text.AppendDelay(append(dst, "after "...), ns)
	}
	return dst
}

// appendBody appends what the message itself says.
func (s *summary) appendBody(dst []byte, m *decode.Message) []byte {
	plan := s.plans.of(m)
	start := len(dst)
	if plan.summary != nil {
		s.find(m, plan)
		dst = s.appendPhrases(dst, start, m, plan)
	} else if m.Def == nil || !m.Def.HasLayout {
		dst = s.appendFields(dst, start, m)
	}
	if m.Undecoded.Len > 0 {
		dst = appendComma(dst, start)
		dst = text.AppendCount(dst, int64(m.Undecoded.Len), "byte")
		dst = append(dst, " not decoded"...)
	}
	return dst
}

// find looks up the fields that the template names.
func (s *summary) find(m *decode.Message, plan *messagePlan) {
	s.found = [maxWanted]uint16{}
	at := 0
	for i := range min(m.NumFixed, maxFields) {
		f := &m.Fields[i]
		if at < len(plan.fixed) && plan.fixed[at].def == f.Def {
			s.note(plan.fixed[at].want, i)
			at++
			continue
		}
		s.noteStray(plan, s.plans.fixedPlan(plan, f, &at), i)
	}
	for i := m.NumFixed; i < min(len(m.Fields), maxFields); i++ {
		s.noteStray(plan, s.plans.floatingPlan(plan, &m.Fields[i]), i)
	}
}

// note notes that field i is the one wanted, if it is the first such.
func (s *summary) note(want uint8, i int) {
	if want != 0 && s.found[want] == 0 {
		s.found[want] = uint16(i + 1)
	}
}

// noteStray notes a field, one that is not in the layout by its name.
func (s *summary) noteStray(plan *messagePlan, p *fieldPlan, i int) {
	if p.stray {
		s.note(plan.wanted[p.def.Name], i)
		return
	}
	s.note(p.want, i)
}

// maxFields is the most fields that found can tell apart, more than a message
// of the largest size can hold.
const maxFields = schema.MaxMessageSize

func (s *summary) appendPhrases(dst []byte, start int, m *decode.Message, plan *messagePlan) []byte {
	said := false // whether the phrase before was printed
	for i := range plan.summary {
		p := &plan.summary[i]
		if !s.has(p) {
			said = false
			continue
		}
		before := len(dst)
		switch {
		case before == start:
		case said:
			dst = append(dst, p.gap...)
		default:
			dst = append(dst, ", "...)
		}
		dst = append(dst, p.words...)
		words := len(dst)
		dst = s.appendPhrase(dst, m, plan, p)
		if said = len(dst) > words || p.show == wordsForm; !said {
			dst = dst[:before]
		}
	}
	return dst
}

// has tells whether the message has any field that the phrase shows.
func (s *summary) has(p *phrase) bool {
	for _, place := range p.fields {
		if s.found[place] != 0 {
			return true
		}
	}
	return len(p.fields) == 0
}

// appendComma parts what follows from what was appended since start, if
// anything was.
func appendComma(dst []byte, start int) []byte {
	if len(dst) > start {
		return append(dst, ", "...)
	}
	return dst
}

// appendFields appends the first fields of a message that has no template.
func (s *summary) appendFields(dst []byte, start int, m *decode.Message) []byte {
	const most = 6
	shown := 0
	for i := range m.Fields {
		f := &m.Fields[i]
		if i == 0 && isInvokeID(m) {
			continue
		}
		if shown == most {
			dst = append(appendComma(dst, start), "and "...)
			return text.AppendCount(dst, int64(len(m.Fields)-i), "field")
		}
		dst = appendComma(dst, start)
		dst = append(f.AppendName(dst), ' ')
		dst = s.appendValue(dst, m, f)
		shown++
	}
	return dst
}

func isInvokeID(m *decode.Message) bool {
	_, ok := m.InvokeID()
	return ok
}

// appendEventSummary says an event about the capture in a line.
func appendEventSummary(dst []byte, r *session.Record) []byte {
	switch r.Kind {
	case session.GapEvent:
		return appendGapSummary(dst, r)
	case session.ResyncEvent:
		dst = text.AppendCount(dst, r.Skipped, "byte")
		if r.Tail {
			dst = append(dst, " led to no further message"...)
		} else {
			dst = append(dst, " passed over to find the next message"...)
		}
		return appendLossSummary(dst, r)
	case session.EndEvent:
		return append(dst, r.Cause.String()...)
	case session.FindingEvent:
		dst = text.AppendClean(dst, r.Code)
		return text.AppendClean(append(dst, ": "...), r.Text)
	}
	return dst
}

func appendGapSummary(dst []byte, r *session.Record) []byte {
	if r.Gap.Bytes < 0 {
		dst = append(dst, "unknown number of bytes"...)
	} else {
		dst = text.AppendCount(dst, r.Gap.Bytes, "byte")
	}
	switch r.Gap.Cause {
	case reassembly.Snapped:
		dst = append(dst, " cut by the snap length"...)
	case reassembly.Evicted:
		dst = append(dst, " given up for lack of memory"...)
	default:
		dst = append(dst, " not captured"...)
	}
	if r.Gap.From.Number != 0 {
		dst = text.AppendInt(append(dst, ", after frame "...), r.Gap.From.Number)
	}
	if r.Gap.To.Number != 0 {
		dst = text.AppendInt(append(dst, ", before frame "...), r.Gap.To.Number)
	}
	if r.Gap.From.Number != 0 && r.Gap.To.Number != 0 && !r.Gap.From.Timeless() && !r.Gap.To.Timeless() {
		dst = text.AppendDelay(append(dst, ", within "...), r.Gap.To.Time-r.Gap.From.Time)
	}
	return appendLossSummary(dst, r)
}

func appendLossSummary(dst []byte, r *session.Record) []byte {
	if r.MaybeLost > 0 {
		dst = append(dst, ", up to "...)
		dst = append(text.AppendCount(dst, r.MaybeLost, "message"), " lost"...)
	}
	if r.Partial {
		dst = append(dst, ", a message cut off before it"...)
	}
	return dst
}
