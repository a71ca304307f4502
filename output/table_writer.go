package output

import (
	"bytes"
	"hash/maphash"
	"time"

	"ctiscope/capture"
	"ctiscope/text"
)

// TableWriter makes rows of the facts of a Table, in the order of the capture, for
// reading on a terminal: one line a message where the terminal has room for what
// matters of it. The same event told to several clients is one row with "+n", a
// request and the answer that follows it are one row. For that rows wait for a
// second of the capture's time, and at most maxHeld of them. Text and JSON tell
// each message by itself.
type TableWriter struct {
	opts  Options
	paint paint
	clock text.Clock
	shape shape
	begun bool

	held   []*heldRow // from first on
	first  int
	free   []*heldRow
	serial uint64
	// events are the rows held that tell an event, by its hash, the oldest of a chain; last is the row
	// that the last message of a session went to, as long as it is held.
	events map[uint64]*heldRow
	last   map[int64]*heldRow

	date    [10]byte
	offset  string
	server  []byte           // of the first session
	known   map[int64]uint64 // sessions that were introduced, and how
	said    []byte           // the words of the row at hand
	scratch []byte
}

// heldRow is a row that waits.
type heldRow struct {
	tableRow
	serial uint64
	same   *heldRow // the next row that tells the same event
	bytes  []byte   // what tableRow borrows from
	answer tableRow
	reply  []byte // what answer borrows from
	joined bool   // answer is set
	told   []listener
}

// listener is one who was told an event.
type listener struct {
	session int64
	monitor uint32
}

const (
	holdTime = int64(time.Second)
	maxHeld  = 512
	// maxKnown bounds the sessions of which the writer knows that it introduced
	// them; beyond it they are introduced again.
	maxKnown = 1 << 16
	// maxSpare bounds the memory that a row keeps for the next one.
	maxSpare = 16 << 10
)

// NewTableWriter returns a writer of one table.
func NewTableWriter(opts Options) *TableWriter {
	return &TableWriter{
		opts: opts, paint: paint(opts.Color), clock: text.NewClock(opts.Zone),
		events: make(map[uint64]*heldRow), last: make(map[int64]*heldRow), known: make(map[int64]uint64),
	}
}

// Put takes a fact and appends the rows that need not wait any longer.
func (w *TableWriter) Put(dst, fact []byte) []byte {
	r := w.row(fact)
	switch {
	case w.opts.NoFold:
	case r.kind == answerRow && w.join(r):
		return dst
	case r.kind == eventOfServerRow && w.fold(r):
		return dst
	}
	w.hold(r)
	for w.waiting() > maxHeld {
		dst = w.release(dst)
	}
	return dst
}

// Reached appends the rows that have waited long enough at a time of the capture.
func (w *TableWriter) Reached(dst []byte, now int64) []byte {
	for w.waiting() > 0 && (w.opts.NoFold || now-w.held[w.first].time >= holdTime) {
		dst = w.release(dst)
	}
	return dst
}

// Close appends all rows that wait.
func (w *TableWriter) Close(dst []byte) []byte {
	for w.waiting() > 0 {
		dst = w.release(dst)
	}
	return dst
}

func (w *TableWriter) waiting() int { return len(w.held) - w.first }

// row returns a row of a fact.
func (w *TableWriter) row(fact []byte) *heldRow {
	var r *heldRow
	if n := len(w.free); n > 0 {
		r, w.free = w.free[n-1], w.free[:n-1]
	} else {
		r = new(heldRow)
	}
	r.bytes, r.told, r.joined, r.same = append(r.bytes[:0], fact...), r.told[:0], false, nil
	r.read(r.bytes)
	return r
}

func (w *TableWriter) recycle(r *heldRow) {
	if cap(r.bytes) <= maxSpare && cap(r.reply) <= maxSpare && cap(r.told) <= 64 {
		w.free = append(w.free, r)
	}
}

func (w *TableWriter) hold(r *heldRow) {
	w.serial++
	r.serial = w.serial
	w.held = append(w.held, r)
	if r.session != 0 {
		w.last[r.session] = r
	}
	if r.kind == eventOfServerRow {
		w.chain(r)
	}
}

// chain puts a row behind those that tell the same event.
func (w *TableWriter) chain(r *heldRow) {
	at := w.events[r.event]
	if at == nil {
		w.events[r.event] = r
		return
	}
	for at.same != nil {
		at = at.same
	}
	at.same = r
}

// join puts an answer into the row of its request, if no other message of the
// session came between.
func (w *TableWriter) join(r *heldRow) bool {
	to := w.last[r.session]
	if to == nil || to.kind != requestRow || to.session != r.session || to.request != r.request || to.joined || r.time-to.time > holdTime {
		return false
	}
	to.reply, r.bytes = r.bytes, to.reply
	to.answer.read(to.reply)
	to.joined = true
	w.recycle(r)
	return true
}

// fold adds who was told an event to the row that tells it. A session's messages
// keep their order: it is not told in a row above that of its last message.
func (w *TableWriter) fold(r *heldRow) bool {
	last := w.last[r.session]
	who := listener{r.session, r.monitor}
	for to := w.events[r.event]; to != nil; to = to.same {
		if r.time-to.time > holdTime || last != nil && to.serial < last.serial || to.tells(who) || !bytes.Equal(to.words, r.words) || !bytes.Equal(to.name, r.name) {
			continue
		}
		to.told = append(to.told, who)
		w.last[r.session] = to
		w.recycle(r)
		return true
	}
	return false
}

func (h *heldRow) tells(who listener) bool {
	if who == (listener{h.session, h.monitor}) {
		return true
	}
	for _, other := range h.told {
		if who == other {
			return true
		}
	}
	return false
}

// release appends the oldest row and forgets it.
func (w *TableWriter) release(dst []byte) []byte {
	r := w.held[w.first]
	if w.first++; w.first >= maxHeld || w.first == len(w.held) {
		w.held, w.first = w.held[:copy(w.held, w.held[w.first:])], 0
	}
	w.forget(r.session, r)
	for _, who := range r.told {
		w.forget(who.session, r)
	}
	if r.kind == eventOfServerRow {
		w.forgetEvent(r)
	}
	dst = w.draw(dst, r)
	w.recycle(r)
	return dst
}

func (w *TableWriter) forget(session int64, r *heldRow) {
	if w.last[session] == r {
		delete(w.last, session)
	}
}

// forgetEvent takes the row, the oldest of those that tell the event, out of them.
func (w *TableWriter) forgetEvent(r *heldRow) {
	if r.same == nil {
		delete(w.events, r.event)
		return
	}
	w.events[r.event] = r.same
}

// draw appends a row, and before it what has to be said once.
func (w *TableWriter) draw(dst []byte, r *heldRow) []byte {
	dst = w.begin(dst, r)
	dst = w.appendDate(dst, r)
	dst = w.introduce(dst, r)
	return w.appendRow(dst, r)
}

// begin appends what stands above all rows.
func (w *TableWriter) begin(dst []byte, r *heldRow) []byte {
	if w.begun {
		return dst
	}
	w.begun = true
	w.shape = shapeFor(w.opts.Width, r.digits)
	dst = w.paint.on(dst, quiet)
	dst = append(append(dst, " times in "...), zoneName(w.opts.Zone)...)
	if r.sides && len(r.server) > 0 {
		w.server = bytes.Clone(r.server)
		dst = append(append(dst, ", server "...), r.server...)
	}
	dst = append(w.paint.off(dst, quiet), '\n')
	return append(dst, w.shape.head()...)
}

func zoneName(zone *time.Location) string {
	if zone == nil {
		return "UTC"
	}
	return zone.String()
}

// appendDate appends a line where the date of the rows or the offset of the zone
// changes.
func (w *TableWriter) appendDate(dst []byte, r *heldRow) []byte {
	if r.digits == capture.NoTime {
		return dst
	}
	w.scratch = w.clock.AppendClock(w.scratch[:0], r.time, 6, true)
	date := w.scratch[:len(w.date)]
	offset := ""
	if w.opts.Zone != nil && w.opts.Zone != time.UTC {
		offset = time.Unix(0, r.time).In(w.opts.Zone).Format("MST -07:00")
	}
	if bytes.Equal(date, w.date[:]) && offset == w.offset {
		return dst
	}
	copy(w.date[:], date)
	w.offset = offset
	dst = append(w.paint.on(dst, quiet), ' ')
	dst = append(dst, date...)
	if offset != "" {
		dst = append(append(dst, "  "...), offset...)
	}
	return append(w.paint.off(dst, quiet), '\n')
}

// introduce appends a line about a session that was not seen before, or that more is
// known of.
func (w *TableWriter) introduce(dst []byte, r *heldRow) []byte {
	if r.session == 0 || r.kind == eventRow {
		return dst
	}
	how := maphash.Bytes(hashSeed, r.label)
	if r.sides {
		how ^= 1
	}
	if was, ok := w.known[r.session]; ok && was == how {
		return dst
	}
	if len(w.known) >= maxKnown {
		clear(w.known)
	}
	w.known[r.session] = how
	dst = text.AppendBlanks(dst, w.shape.time+1)
	dst = append(dst, " │ "...)
	at := len(dst)
	dst = text.AlignRight(text.AppendInt(dst, r.session), at, w.shape.session)
	dst = append(text.AppendBlanks(append(dst, " │"...), w.shape.wait+1), " │ "...)
	if w.shape.client > 0 {
		dst = append(text.AppendBlanks(dst, w.shape.client), " │ "...)
	}
	w.said = w.appendIntroduction(w.said[:0], r)
	dst = w.paint.on(dst, quiet)
	dst = w.appendFitting(dst, w.said, w.shape.rest())
	return append(w.paint.off(dst, quiet), '\n')
}

func (w *TableWriter) appendIntroduction(dst []byte, r *heldRow) []byte {
	if len(r.label) > 0 {
		dst = append(text.AppendClean(dst, r.label), ' ')
	}
	dst = append(dst, r.client...)
	switch {
	case !r.sides:
		dst = append(append(dst, " - "...), r.server...)
	case !bytes.Equal(r.server, w.server):
		dst = append(append(dst, " to server "...), r.server...)
	}
	return dst
}

// appendFitting appends text cut to a width, 0 for no limit.
func (w *TableWriter) appendFitting(dst, s []byte, width int) []byte {
	if width == 0 || text.Fits(s, width) {
		return append(dst, s...)
	}
	return append(append(dst, text.Cut(s, width-1)...), "…"...)
}
