package output

import (
	"bytes"
	"strings"

	"ctiscope/text"

	"ctiscope/reassembly"
	"ctiscope/session"
)

// Table prints a table of messages for reading on a terminal. It fits the
// terminal's width: from wideTable columns on one line a message where
// possible, below it with the summary under the message's name. Where the
// output is no terminal, nothing is cut, and the summary runs to its end.
//
// Unlike the other formatters it allocates memory for each row, in constant
// amount.
type Table struct {
	opts    Options
	paint   paint
	clock   text.Clock
	plans   *plans
	summary summary
	shape   shape
	grid    *text.Grid
	scratch []byte
	lines   []string
	cells   []string
}

// wideTable is the least width for one line a message.
const wideTable = 150

// shape says how a table uses its width.
type shape struct {
	columns []text.Column
	// stacked puts InvokeID and summary under the message's name.
	stacked bool
	// open lets the summary run past the table: it is no column of the grid.
	open bool
	date bool // times with their date
	// coarse cuts times to milliseconds.
	coarse bool
	// mostLines bounds the lines of a cell, 0 for no bound.
	mostLines int
}

// The places of a table's columns.
const (
	timeColumn = iota
	sessionColumn
	routeColumn
	messageColumn
	invokeColumn
	summaryColumn
)

// shapeFor returns the shape of a table on a terminal of that width.
func shapeFor(width int) shape {
	columns := []text.Column{
		{Title: "time", Width: 15},
		{Title: "ses", Width: 4, Right: true},
		{Title: "client, server", Width: 21},
		{Title: "message", Width: 30},
		{Title: "invoke", Width: 8, Right: true},
		{Title: "summary"},
	}
	if width == 0 {
		columns[timeColumn].Width = 29
		columns[invokeColumn].Width = 10
		columns[routeColumn].Width = 58
		columns[messageColumn].Width = 35
		return shape{columns: columns, open: true, date: true}
	}
	s := shape{columns: columns, mostLines: 4}
	if width < wideTable {
		s.stacked = true
		s.columns = columns[:messageColumn+1]
		s.columns[messageColumn].Title = "message, InvokeID, summary"
		s.columns[routeColumn].Width = min(21+max(width-100, 0)/2, 34)
	} else {
		s.columns[routeColumn].Width = 34
	}
	if s.coarse = width < 100; s.coarse {
		s.columns[timeColumn].Width = 12
		s.mostLines = 6
	}
	rest := width - (len(s.columns)-1)*text.ColumnLine
	for _, c := range s.columns[:len(s.columns)-1] {
		rest -= c.Width + text.ColumnFrame
	}
	s.columns[len(s.columns)-1].Width = max(rest-text.ColumnFrame, 20)
	return s
}

// NewTable returns a formatter for one worker.
func NewTable(opts Options) *Table {
	l := newPlans()
	t := &Table{
		opts: opts, paint: paint(opts.Color), clock: text.NewClock(opts.Zone), plans: l,
		summary: newSummary(l, opts), shape: shapeFor(opts.Width),
	}
	columns := t.shape.columns
	if t.shape.open {
		columns = columns[:summaryColumn]
	}
	g, err := text.NewGrid(columns)
	if err != nil {
		panic("output: " + err.Error()) // the columns are ours, not the input's
	}
	t.grid = g
	t.cells = make([]string, len(columns))
	return t
}

// AppendHeader appends what stands above the rows. It is written once.
func (t *Table) AppendHeader(dst []byte) []byte {
	if !t.shape.open {
		return append(dst, t.grid.Head...)
	}
	title, line, _ := bytes.Cut(t.grid.Head, []byte("\n"))
	dst = append(append(dst, title...), "│ "...)
	dst = append(append(dst, t.shape.columns[summaryColumn].Title...), '\n')
	dst = append(dst, bytes.TrimSuffix(line, []byte("\n"))...)
	return append(dst, "┼─────────\n"...)
}

// Append implements Formatter.
func (t *Table) Append(dst []byte, r *session.Record) []byte {
	if !t.opts.wants(r) {
		return dst
	}
	t.scratch = t.clock.AppendClock(t.scratch[:0], r.Mark.Time, digits(r), t.shape.date)
	if t.shape.coarse {
		t.scratch = t.scratch[:t.shape.columns[timeColumn].Width]
	}
	t.set(timeColumn, string(t.scratch), quiet, 0)
	t.set(sessionColumn, string(text.AppendInt(t.scratch[:0], sessionID(r))), otherMeaning, 0)
	t.set(routeColumn, t.route(r), otherMeaning, min(t.shape.mostLines, 2))
	name, invoke, summary, mean := t.describe(r)
	if t.shape.stacked {
		t.stack(name, invoke, summary, mean)
	} else {
		t.set(messageColumn, name, mean, 0)
		t.set(invokeColumn, invoke, otherMeaning, 0)
	}
	if t.shape.open {
		return t.appendOpen(dst, summary, mean)
	}
	if !t.shape.stacked {
		t.set(summaryColumn, summary, summaryMeaning(r, mean), t.shape.mostLines)
	}
	return t.appendRow(dst)
}

// set fills a cell with text that is broken into lines as wide as the column.
func (t *Table) set(column int, cell string, mean meaning, most int) {
	t.lines = text.AppendWrapped(t.lines[:0], cell, t.shape.columns[column].Width, most)
	t.color(mean)
	t.cells[column] = strings.Join(t.lines, "\n")
}

// color colours each line by itself, since the lines of different cells come
// to stand side by side.
func (t *Table) color(mean meaning) {
	if !t.paint || mean == otherMeaning {
		return
	}
	for i, l := range t.lines {
		t.lines[i] = colors[mean] + l + resetColor
	}
}

// stack fills the one cell of name, InvokeID and summary.
func (t *Table) stack(name, invoke, summary string, mean meaning) {
	width := t.shape.columns[messageColumn].Width
	t.lines = text.AppendWrapped(t.lines[:0], name, width, 0)
	t.color(mean)
	last := &t.lines[len(t.lines)-1]
	switch {
	case invoke == "":
	case text.Width(*last)+1+len(invoke) <= width:
		*last += " " + invoke
	default:
		t.lines = append(t.lines, invoke)
	}
	if summary != "" {
		t.lines = text.AppendWrapped(t.lines, summary, width, t.shape.mostLines)
	}
	t.cells[messageColumn] = strings.Join(t.lines, "\n")
}

// route says who speaks to whom: the client on the left by its name if known,
// the server on the right, and an arrow in the direction of travel.
func (t *Table) route(r *session.Record) string {
	src, dest := ends(r)
	if r.Info == nil || !r.Info.Sides {
		return src + " → " + dest
	}
	client, server, arrow := src, dest, " → "
	if r.Info.ClientIsA == (r.Dir == reassembly.BtoA) {
		client, server, arrow = dest, src, " ← "
	}
	if id := r.Info.ClientID; id != "" {
		id = string(text.AppendClean(t.scratch[:0], id))
		if t.shape.open {
			return id + " " + client + arrow + server
		}
		client = id
	}
	return client + arrow + server
}

// describe returns the message's name, InvokeID and summary, and its colour.
func (t *Table) describe(r *session.Record) (name, invoke, summary string, mean meaning) {
	if r.Kind != session.Message {
		t.scratch = appendEventSummary(t.scratch[:0], r)
		return r.Kind.String(), "", string(t.scratch), meaningOfKind(r.Kind)
	}
	m := r.Message
	if id, ok := m.InvokeID(); ok {
		invoke = text.Decimal(id)
	}
	t.scratch = t.summary.append(t.scratch[:0], r)
	t.scratch = bytes.TrimPrefix(appendMarks(false, t.scratch, m), []byte(" "))
	return m.Name(), invoke, string(t.scratch), t.plans.of(m).meaning
}

// summaryMeaning colours the whole line of what is about the capture.
func summaryMeaning(r *session.Record, mean meaning) meaning {
	if r.Kind == session.Message {
		return otherMeaning
	}
	return mean
}

func (t *Table) appendRow(dst []byte) []byte {
	out, err := t.grid.Append(dst, t.cells)
	if err != nil {
		// It cannot fail by what the cells hold, and a row must not be lost.
		return append(append(dst, strings.Join(t.cells, " ")...), '\n')
	}
	return out
}

// appendOpen appends a row whose summary stands outside of the grid, at the
// end of the row's first line.
func (t *Table) appendOpen(dst []byte, summary string, mean meaning) []byte {
	start := len(dst)
	dst = t.appendRow(dst)
	t.scratch = append(t.scratch[:0], dst[start:]...)
	first, rest, _ := bytes.Cut(t.scratch, []byte("\n"))
	dst = append(append(dst[:start], first...), "│ "...)
	dst = append(append(dst, summary...), '\n')
	return append(dst, rest...)
}
