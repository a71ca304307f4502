package story

import (
	"strconv"
	"time"

	"ctiscope/capture"
	"ctiscope/text"
)

// Writer writes things as lines of JSON, a public interface. It serves one
// goroutine.
type Writer struct {
	clock text.Clock
	dst   []byte
}

// NewWriter returns a Writer of times in a zone; nil means UTC.
func NewWriter(zone *time.Location) *Writer { return &Writer{clock: text.NewClock(zone)} }

// AppendJSON appends the line of a thing.
func (w *Writer) AppendJSON(dst []byte, t Thing) []byte {
	w.dst = append(dst, `{"v":1,"kind":`...)
	switch t := t.(type) {
	case *Session:
		w.session(t)
	case *Request:
		w.request(t)
	case *RequestType:
		w.requestType(t)
	case *Agent:
		w.agent(t)
	case *AgentState:
		w.agentState(t)
	case *UserMessage:
		w.userMessage(t)
	case *Call:
		w.call(t)
	case *CallEvent:
		w.callEvent(t)
	}
	dst, w.dst = append(w.dst, "}\n"...), nil
	return dst
}

// raw appends what is JSON already.
func (w *Writer) raw(s string) { w.dst = append(w.dst, s...) }

func (w *Writer) null() { w.raw("null") }

// key appends a key and what stands around it.
func (w *Writer) key(k string) {
	if c := w.dst[len(w.dst)-1]; c != '{' && c != '[' {
		w.raw(",")
	}
	w.raw(`"` + k + `":`)
}

func (w *Writer) int(k string, n int64) {
	w.key(k)
	w.dst = strconv.AppendInt(w.dst, n, 10)
}

func (w *Writer) string(k, s string) {
	w.key(k)
	w.dst = text.AppendJSON(w.dst, s)
}

func (w *Writer) bool(k string, b bool) {
	w.key(k)
	w.dst = strconv.AppendBool(w.dst, b)
}

// word appends a text of ours; the empty one is null.
func (w *Writer) word(k, s string) { w.text(k, Text{s != "", s}) }

func (w *Writer) text(k string, t Text) {
	if !t.Set {
		w.key(k)
		w.null()
		return
	}
	w.string(k, t.String)
}

func (w *Writer) number(k string, n Number) {
	if !n.Set {
		w.key(k)
		w.null()
		return
	}
	w.int(k, n.N)
}

// span appends nanoseconds as a number of units, with as many digits as it takes.
func (w *Writer) span(k string, n Number, unit time.Duration) {
	w.key(k)
	if !n.Set {
		w.null()
		return
	}
	w.dst = appendUnits(w.dst, n.N, int64(unit))
}

func (w *Writer) seconds(k string, n Number) { w.span(k, n, time.Second) }
func (w *Writer) millis(k string, n Number)  { w.span(k, n, time.Millisecond) }

// appendUnits appends ns/unit without rounding; unit is a power of ten.
func appendUnits(dst []byte, ns, unit int64) []byte {
	if ns < 0 {
		dst, ns = append(dst, '-'), -ns
	}
	dst = strconv.AppendInt(dst, ns/unit, 10)
	rest := ns % unit
	if rest == 0 {
		return dst
	}
	dst = append(dst, '.')
	for ; rest != 0; rest %= unit {
		unit /= 10
		dst = append(dst, byte('0'+rest/unit))
	}
	return dst
}

func (w *Writer) moment(k string, m Moment) {
	w.key(k)
	if !m.Set() || m.Digits == capture.NoTime {
		w.null()
		return
	}
	w.raw(`"`)
	w.dst = append(w.clock.AppendTime(w.dst, m.Time, m.Digits), '"')
}

func (w *Writer) place(p *Place) {
	w.moment("time", p.Moment)
	w.int("frame", p.Frame)
}

func (w *Writer) coded(k string, c Coded) {
	w.key(k)
	if !c.Set {
		w.null()
		return
	}
	w.raw("{")
	w.valueAndName(c)
	w.raw("}")
}

func (w *Writer) valueAndName(c Coded) {
	w.int("value", c.Value)
	w.word("name", c.Name)
}

// mask appends a mask; all its bits together are none.
func (w *Writer) mask(k string, m Mask) {
	w.key(k)
	if !m.Set {
		w.null()
		return
	}
	w.raw("{")
	w.int("value", int64(m.Value))
	w.strings("names", m.Names)
	w.raw("}")
}

func (w *Writer) strings(k string, list []string) {
	w.key(k)
	w.raw("[")
	for i, s := range list {
		if i > 0 {
			w.raw(",")
		}
		w.dst = text.AppendJSON(w.dst, s)
	}
	w.raw("]")
}

// object begins an object under a key.
func (w *Writer) object(k string) {
	w.key(k)
	w.raw("{")
}

// outcomes appends how many requests ended how.
func (w *Writer) outcomes(k string, n [numOutcomes]int64) {
	w.object(k)
	for _, o := range [...]Outcome{Answered, Refused, Unanswered, Unknown, Orphan} {
		w.int(o.String(), n[o])
	}
	w.raw("}")
}
