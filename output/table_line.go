package output

import (
	"bytes"

	"ctiscope/capture"
	"ctiscope/text"
)

// appendRow appends the line, or the lines, of a row.
func (w *TableWriter) appendRow(dst []byte, r *heldRow) []byte {
	dst = w.appendTime(dst, r)
	dst = append(dst, " │ "...)
	start := len(dst)
	if r.session != 0 {
		dst = text.AppendInt(dst, r.session)
	}
	dst = text.AlignRight(dst, start, w.shape.session)
	dst = append(dst, " │ "...)
	start = len(dst)
	if wait := r.answerTime(); wait != noWait {
		dst = appendMilliseconds(dst, wait)
	}
	dst = text.AlignRight(dst, start, w.shape.wait)
	dst = append(dst, " │ "...)
	if w.shape.client > 0 {
		dst = append(w.appendClient(dst, r), " │ "...)
	}
	return w.appendMessage(dst, r)
}

func (w *TableWriter) appendTime(dst []byte, r *heldRow) []byte {
	dst = append(w.paint.on(dst, quiet), ' ')
	start := len(dst)
	if r.digits == capture.NoTime {
		dst = append(dst, '-')
	} else {
		dst = w.clock.AppendClock(dst, r.time, r.digits, false)
	}
	if w.shape.coarse && r.digits != capture.NoTime {
		dst = dst[:start+w.shape.time]
	}
	dst = text.AppendBlanks(dst, max(w.shape.time-(len(dst)-start), 0))
	return w.paint.off(dst, quiet)
}

func (h *heldRow) answerTime() int64 {
	if h.joined {
		return h.answer.wait
	}
	return h.wait
}

// appendMilliseconds appends a time span with three digits that count.
func appendMilliseconds(dst []byte, ns int64) []byte {
	if ns < 0 {
		dst = append(dst, '-')
		ns = -ns
	}
	us := (ns + 500) / 1000
	switch {
	case us < 1000:
		dst = append(dst, '0', '.')
		return append(dst, byte('0'+us/100), byte('0'+us/10%10), byte('0'+us%10))
	case us < 10_000:
		return append(text.AppendInt(dst, us/1000), '.', byte('0'+us/100%10), byte('0'+us/10%10))
	case us < 100_000:
		return append(text.AppendInt(dst, us/1000), '.', byte('0'+us/100%10))
	}
	return text.AppendInt(dst, us/1000)
}

// appendClient appends the client's name, its address where it has none.
func (w *TableWriter) appendClient(dst []byte, r *heldRow) []byte {
	w.said = w.said[:0]
	switch {
	case len(r.label) > 0:
		w.said = text.AppendClean(w.said, r.label)
	case r.sides:
		w.said = append(w.said, r.client...)
	}
	start := len(dst)
	dst = w.appendFitting(dst, w.said, w.shape.client)
	return text.AppendBlanks(dst, max(w.shape.client-text.WidthOf(dst[start:]), 0))
}

// appendMessage appends the last column: direction, name, what else the row tells,
// and the words.
func (w *TableWriter) appendMessage(dst []byte, r *heldRow) []byte {
	mean := r.colour()
	dst = w.paint.on(dst, mean)
	visible := len(dst)
	if r.kind != eventRow {
		dst = append(dst, r.arrow(), ' ')
	}
	dst = append(dst, r.name...)
	if w.shape.invoke && r.invoked {
		dst = text.AppendDecimal(append(dst, ' '), r.invoke)
	}
	dst = r.appendMore(dst)
	used := len(dst) - visible // names are ASCII
	if rest := w.shape.rest(); rest > 0 && used > rest {
		dst, used = append(dst[:visible+rest-1], "…"...), rest
	}
	if r.kind != eventRow {
		dst = w.paint.off(dst, mean)
	}
	if w.said = r.appendWords(w.said[:0]); len(w.said) > 0 {
		blanks := max(w.shape.name-used, 0) + 1
		dst = w.appendWords(text.AppendBlanks(dst, blanks), r, used+blanks)
	}
	if r.kind == eventRow {
		dst = w.paint.off(dst, mean)
	}
	return append(dst, '\n')
}

// colour is that of the gravest message in the row.
func (h *heldRow) colour() meaning {
	if h.joined && h.answer.refused {
		return failure
	}
	return h.meaning
}

func (h *heldRow) arrow() byte {
	switch {
	case !h.moves:
		return ' '
	case h.fromClient:
		return '>'
	}
	return '<'
}

// appendMore appends what else the row stands for: "+CONF" for the answer, "+3" for
// three more who were told.
func (h *heldRow) appendMore(dst []byte) []byte {
	if h.joined {
		dst = append(dst, " +"...)
		if stem, ok := bytes.CutSuffix(h.name, []byte("REQ")); ok && bytes.HasPrefix(h.answer.name, stem) {
			return append(dst, h.answer.name[len(stem):]...)
		}
		return append(dst, h.answer.name...)
	}
	if len(h.told) > 0 {
		return text.AppendInt(append(dst, " +"...), int64(len(h.told)))
	}
	return dst
}

// appendWords appends what the row says, first what matters first.
func (h *heldRow) appendWords(dst []byte) []byte {
	add := func(s []byte, gap string) {
		if len(s) == 0 {
			return
		}
		if len(dst) > 0 {
			dst = append(dst, gap...)
		}
		dst = append(dst, s...)
	}
	if h.joined && h.answer.refused {
		add([]byte("refused: "), "")
		dst = append(dst, h.answer.words...)
	}
	if !h.joined && h.refused {
		dst = append(append(append(dst, h.refusedName...), " refused: "...), h.words...)
		add(bytes.TrimPrefix(h.marks, []byte(" ")), " ")
		return dst
	}
	add(bytes.TrimPrefix(h.marks, []byte(" ")), " ")
	add(h.words, "; ")
	if h.joined {
		add(bytes.TrimPrefix(h.answer.marks, []byte(" ")), " ")
		if !h.answer.refused {
			add(h.answer.words, "; ")
		}
	}
	return dst
}

// appendWords appends the words into what is left of the width, or on several lines
// where they must not be cut.
func (w *TableWriter) appendWords(dst []byte, r *heldRow, used int) []byte {
	rest := w.shape.rest()
	if rest == 0 {
		return append(dst, w.said...)
	}
	if !w.opts.Wrap && r.colour() != failure {
		if rest-used < 2 {
			return bytes.TrimRight(dst, " ")
		}
		return w.appendFitting(dst, w.said, rest-used)
	}
	const indent = 2
	left, width := string(w.said), rest-used
	if width < 12 { // no room beside the name
		dst, width = w.appendNext(dst, indent), rest-indent
	}
	for !text.Fits([]byte(left), width) {
		var line string
		line, left = text.CutLine(left, width)
		dst = w.appendNext(append(dst, line...), indent)
		width = rest - indent
	}
	return append(dst, left...)
}

// appendNext begins another line of a row.
func (w *TableWriter) appendNext(dst []byte, indent int) []byte {
	return text.AppendBlanks(w.shape.appendBlank(append(bytes.TrimRight(dst, " "), '\n')), indent)
}
