package output

import (
	"strconv"

	"ctiscope/capture"
	"ctiscope/text"

	"ctiscope/decode"
	"ctiscope/reassembly"
	"ctiscope/session"
)

// JSON prints one object a line, one line a message or event. It is a public
// interface: keys, types and meanings do not change without a new "v".
type JSON struct {
	opts    Options
	clock   text.Clock // of the packets' times
	stamps  text.Clock // of the TIME fields, in UTC
	plans   *plans
	gather  gather
	scratch []byte
}

// NewJSON returns a formatter for one worker.
func NewJSON(opts Options) *JSON {
	return &JSON{opts: opts, clock: text.NewClock(opts.Zone), stamps: text.NewClock(nil), plans: newPlans()}
}

// Append implements Formatter.
func (j *JSON) Append(dst []byte, r *session.Record) []byte {
	if !j.opts.wants(r) {
		return dst
	}
	dst = append(dst, `{"v":1,"time":`...)
	dst = j.appendTime(dst, r.Mark.Time, digits(r))
	dst = append(dst, `,"frame":`...)
	dst = strconv.AppendInt(dst, r.Mark.Number, 10)
	dst = append(dst, `,"session":`...)
	dst = strconv.AppendInt(dst, sessionID(r), 10)
	if r.Kind != session.Message {
		dst = j.appendEvent(dst, r)
	} else {
		dst = j.appendMessage(dst, r)
	}
	return append(dst, "}\n"...)
}

// appendTime appends a time as a string; null for a packet without one.
func (j *JSON) appendTime(dst []byte, ns int64, digits uint8) []byte {
	if digits == capture.NoTime {
		return append(dst, "null"...)
	}
	return append(j.clock.AppendTime(append(dst, '"'), ns, digits), '"')
}

func (j *JSON) appendMessage(dst []byte, r *session.Record) []byte {
	m := r.Message
	plan := j.plans.of(m)
	dst = appendEnds(dst, r)
	dst = append(dst, `,"version":`...)
	dst = strconv.AppendInt(dst, int64(m.Version), 10)
	dst = append(dst, `,"version_source":"`...)
	dst = append(dst, r.VersionSource.String()...)
	dst = append(dst, `",`...)
	if plan.head != "" {
		dst = append(dst, plan.head...)
	} else {
		dst = append(dst, `"type":`...)
		dst = text.AppendDecimal(dst, m.Type)
		dst = append(dst, `,"name":"`...)
		dst = append(m.AppendName(dst), `","length":`...)
	}
	dst = strconv.AppendInt(dst, int64(m.Length), 10)
	dst = append(dst, `,"fields":`...)
	dst = j.appendFields(dst, m, plan)
	if len(m.Problems) > 0 {
		dst = j.appendProblems(dst, m)
	}
	return dst
}

// appendEnds appends who sent and who received.
func appendEnds(dst []byte, r *session.Record) []byte {
	src, dest := ends(r)
	dst = append(dst, `,"src":"`...)
	dst = append(dst, src...)
	dst = append(dst, `","dst":"`...)
	dst = append(dst, dest...)
	dst = append(dst, `","from":"`...)
	dst = append(dst, r.From.String()...)
	return append(dst, '"')
}

func (j *JSON) appendProblems(dst []byte, m *decode.Message) []byte {
	dst = append(dst, `,"problems":[`...)
	for i := range m.Problems {
		p := &m.Problems[i]
		if i > 0 {
			dst = append(dst, ',')
		}
		dst = append(dst, `{"severity":"`...)
		dst = append(dst, p.Code.Severity().String()...)
		dst = append(dst, `","code":"`...)
		dst = append(dst, p.Code.String()...)
		dst = append(dst, `","field":`...)
		if p.Field >= 0 && p.Field < len(m.Fields) {
			dst = append(dst, '"')
			dst = append(m.Fields[p.Field].AppendName(dst), '"')
		} else {
			dst = append(dst, "null"...)
		}
		dst = append(dst, `,"offset":`...)
		dst = strconv.AppendInt(dst, int64(p.Offset), 10)
		dst = append(dst, `,"text":`...)
		j.scratch = p.AppendText(j.scratch[:0], m)
		dst = append(text.AppendJSON(dst, j.scratch), '}')
	}
	return append(dst, ']')
}

// digits returns the precision of the Record's time.
func digits(r *session.Record) uint8 {
	if r.Mark.Timeless() {
		return capture.NoTime
	}
	if r.Info == nil {
		return 6
	}
	return r.Mark.Digits
}

// sessionID returns the session's number; 0 for an event of no session.
func sessionID(r *session.Record) int64 {
	if r.Info == nil {
		return 0
	}
	return r.Info.ID
}

// ends returns sender and receiver as printed.
func ends(r *session.Record) (src, dst string) {
	switch {
	case r.Info == nil:
		return "", ""
	case r.Dir != reassembly.BtoA:
		return r.Info.AString, r.Info.BString
	}
	return r.Info.BString, r.Info.AString
}
