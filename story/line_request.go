package story

import "ctiscope/decode/schema"

func (w *Writer) request(r *Request) {
	w.raw(`"request"`)
	w.int("session", r.Session)
	w.place(&r.Place)
	w.string("from", schema.Side(r.From).String())
	w.int("type", int64(r.Type))
	w.string("name", r.Name)
	w.int("invoke_id", int64(r.InvokeID))
	w.string("outcome", r.Outcome.String())
	w.answer(&r.Answer)
	w.int("answers", r.Answers)
	w.millis("answer_ms", r.Wait)
	w.refusal(&r.Failure)
	w.bool("reused", r.Reused)
	w.word("why", r.Why)
	w.strings("unknown", r.Unknown)
}

func (w *Writer) answer(a *Answer) {
	w.key("answer")
	if a.Type == 0 {
		w.null()
		return
	}
	w.raw("{")
	w.int("type", int64(a.Type))
	w.string("name", a.Name)
	w.moment("time", a.Moment)
	w.int("frame", a.Frame)
	w.raw("}")
}

func (w *Writer) refusal(f *Refusal) {
	w.key("failure")
	if !f.Set {
		w.null()
		return
	}
	w.raw("{")
	w.valueAndName(f.Coded)
	w.key("peripheral_error")
	if !f.Peripheral.Set {
		w.null()
	} else {
		w.raw("{")
		w.valueAndName(f.Peripheral)
		w.word("layer", f.PeripheralLayer)
		w.raw("}")
	}
	w.raw("}")
}

func (w *Writer) requestType(t *RequestType) {
	w.raw(`"request_type"`)
	w.int("type", int64(t.Type))
	w.string("name", t.Name)
	w.int("count", t.Count)
	w.outcomes("outcomes", t.Outcomes)
	w.millis("p50_ms", t.P50)
	w.millis("p95_ms", t.P95)
	w.millis("p99_ms", t.P99)
	w.millis("max_ms", t.Max)
	w.strings("unknown", nil)
}
