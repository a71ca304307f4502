package output

import (
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"time"

	"ctiscope/statistics"
	"ctiscope/text"
)

// mostSessions is how many sessions the tables list, those with the most
// messages; the JSON has them all.
const mostSessions = 25

// statistic is a Report to be drawn.
type statistic struct{ *statistics.Report }

// AppendStatistics appends a Report as tables for reading. width is that of the
// terminal, 0 for none.
func AppendStatistics(dst []byte, report *statistics.Report, width int) []byte {
	r := statistic{report}
	start := len(dst)
	dst = text.Fold(r.appendTotals(dst), start, width, 2)
	for _, part := range []section{
		r.typeSection(), r.sessionSection(), r.failureSection(), r.peripheralSection(),
		r.problemSection(), r.versionSection(),
	} {
		if len(part.rows) > 0 {
			dst = part.append(append(dst, '\n'), width)
		}
	}
	return dst
}

// AppendStatisticsJSON appends a Report as one object on a line.
func AppendStatisticsJSON(dst []byte, report *statistics.Report) []byte {
	b, err := json.Marshal(report)
	if err != nil {
		panic("output: " + err.Error()) // numbers and strings only
	}
	return append(append(dst, b...), '\n')
}

// section is one table of the statistics.
type section struct {
	title   string
	columns []text.Column // their widths are found from the rows
	rows    [][]string
	below   string // a line under the table, if not empty
}

func (s *section) append(dst []byte, width int) []byte {
	s.fit(width)
	head := len(dst)
	dst = text.Fold(append(append(dst, s.title...), '\n'), head, width, 2)
	g, err := text.NewGrid(s.columns)
	if err != nil {
		panic("output: " + err.Error()) // the columns are ours, not the input's
	}
	dst = append(dst, g.Head...)
	var lines []string
	for _, row := range s.rows {
		cells := make([]string, len(row))
		for i, cell := range row {
			lines = text.AppendWrapped(lines[:0], cell, s.columns[i].Width, 0)
			cells[i] = joinLines(lines)
		}
		if dst, err = g.Append(dst, cells); err != nil {
			panic("output: " + err.Error()) // every row has the columns' number of cells
		}
	}
	if s.below != "" {
		start := len(dst)
		dst = text.Fold(append(append(append(dst, ' '), s.below...), '\n'), start, width, 0)
	}
	return dst
}

// fit makes each column as wide as its widest cell. If the table would not fit
// the width, a column that says the same in each row goes into the title, titles
// are shortened, and columns of words get narrower, the widest first.
func (s *section) fit(width int) {
	total := s.measure()
	if width <= 0 || total <= width {
		return
	}
	s.hoist()
	if total = s.measure(); total > width {
		for i := range s.columns {
			if short := shortTitles[s.columns[i].Title]; short != "" {
				s.columns[i].Title = short
			}
		}
		total = s.measure()
	}
	for total > width {
		widest := s.widest()
		if widest == nil {
			return
		}
		widest.Width--
		total--
	}
}

// shortTitles stand in where the titles take too much room.
var shortTitles = map[string]string{
	"version": "v", "messages": "msgs", "failures": "fail", "problems": "prob", "mean ms": "mean", "max ms": "max", "count": "n",
}

// measure makes each column as wide as its widest cell, and returns the width of
// the table.
func (s *section) measure() int {
	total := -text.ColumnLine
	for i := range s.columns {
		c := &s.columns[i]
		c.Width = text.Width(c.Title)
		for _, row := range s.rows {
			c.Width = max(c.Width, text.Width(row[i]))
		}
		total += c.Width + text.ColumnFrame + text.ColumnLine
	}
	return total
}

// hoist takes columns of words that say the same in each of several rows out of the
// table, and says it in the title.
func (s *section) hoist() {
	for i := len(s.columns) - 1; i > 0 && len(s.rows) > 1; i-- {
		same := !s.columns[i].Right && s.rows[0][i] != ""
		for _, row := range s.rows {
			same = same && row[i] == s.rows[0][i]
		}
		if !same {
			continue
		}
		s.title += ", " + s.columns[i].Title + " " + s.rows[0][i]
		s.columns = slices.Delete(slices.Clone(s.columns), i, i+1)
		for n := range s.rows {
			s.rows[n] = slices.Delete(s.rows[n], i, i+1)
		}
	}
}

// leastColumn is how narrow a column of words may get.
const leastColumn = 8

// widest returns the column of words that has most room to give, the last one
// where two have as much; nil if none has any.
func (s *section) widest() *text.Column {
	var found *text.Column
	for i := range s.columns {
		c := &s.columns[i]
		if !c.Right && c.Width > max(leastColumn, text.Width(c.Title)) && (found == nil || c.Width >= found.Width) {
			found = c
		}
	}
	return found
}

func (r statistic) appendTotals(dst []byte) []byte {
	dst = fmt.Appendf(dst, "%s messages, %s", text.Grouped(r.Messages), text.Bytes(r.Bytes))
	if r.First != nil {
		dst = fmt.Appendf(dst, ", from %s to %s (%s)", *r.First, *r.Last, r.Span.Round(time.Millisecond))
	}
	dst = append(dst, '\n')
	for _, side := range []string{"client", "server", "unknown"} {
		if t, ok := r.From[side]; ok {
			dst = fmt.Appendf(dst, "  from %-8s %12s messages %14s\n", side+":", text.Grouped(t.Messages), text.Bytes(t.Bytes))
		}
	}
	if r.Gaps.Count > 0 {
		dst = fmt.Appendf(dst, "  %s gaps, %s missing\n", text.Grouped(r.Gaps.Count), text.Bytes(r.Gaps.Bytes))
	}
	if r.Resyncs.Count > 0 {
		dst = fmt.Appendf(dst, "  %s resyncs, %s passed over\n", text.Grouped(r.Resyncs.Count), text.Bytes(r.Resyncs.Skipped))
	}
	return dst
}

func (r statistic) typeSection() section {
	s := section{title: "Messages by type", columns: []text.Column{
		{Title: "message"}, {Title: "type", Right: true}, {Title: "messages", Right: true}, {Title: "bytes", Right: true},
		{Title: "client", Right: true}, {Title: "server", Right: true}, {Title: "mean ms", Right: true}, {Title: "max ms", Right: true},
	}}
	for _, t := range r.Types {
		row := []string{t.Name, "", text.Grouped(t.Messages), text.Grouped(t.Bytes), messages(t.From["client"]), messages(t.From["server"]), "", ""}
		if t.Type != nil {
			row[1] = text.Decimal(*t.Type)
		}
		if t.Answers != nil {
			row[6], row[7] = fixed(t.Answers.MeanMs), fixed(t.Answers.MaxMs)
		}
		s.rows = append(s.rows, row)
	}
	return s
}

func (r statistic) sessionSection() section {
	s := section{title: "Sessions", columns: []text.Column{
		{Title: "ses", Right: true}, {Title: "client"}, {Title: "server"}, {Title: "version"}, {Title: "messages", Right: true},
		{Title: "bytes", Right: true}, {Title: "failures", Right: true}, {Title: "problems", Right: true}, {Title: "gaps", Right: true}, {Title: "name"},
	}}
	for _, t := range busiest(r.Sessions) {
		row := []string{
			strconv.FormatInt(t.Session, 10), t.Client, t.Server, strconv.Itoa(t.Version) + " " + t.VersionSource,
			text.Grouped(t.Messages), text.Grouped(t.Bytes), nonzero(t.Failures), nonzero(t.Problems), nonzero(t.Gaps), "",
		}
		if t.ClientID != nil {
			row[len(row)-1] = *t.ClientID
		}
		s.rows = append(s.rows, row)
	}
	more := int64(len(r.Sessions) - len(s.rows))
	if more > 0 {
		s.below = "and " + text.Grouped(more) + " sessions with fewer messages"
	}
	if r.MoreSessions != nil {
		s.below += fmt.Sprintf(" (sessions after the first %d: %s messages)", statistics.MaxSessions, text.Grouped(r.MoreSessions.Messages))
	}
	return s
}

func (r statistic) failureSection() section {
	s := section{title: "Failures", columns: []text.Column{
		{Title: "failures", Right: true}, {Title: "request"}, {Title: "code", Right: true}, {Title: "name"}, {Title: "in words"},
	}}
	for _, f := range r.Failures {
		row := []string{text.Grouped(f.Count), f.Name, "", "", f.Text}
		if f.Request != nil {
			row[1] = *f.Request
		}
		if f.Code != nil {
			row[2] = text.Decimal(*f.Code)
		}
		if f.Const != nil {
			row[3] = *f.Const
		}
		s.rows = append(s.rows, row)
	}
	return s
}

func (r statistic) peripheralSection() section {
	s := section{title: "Peripheral errors", columns: []text.Column{
		{Title: "errors", Right: true}, {Title: "code", Right: true}, {Title: "layer"}, {Title: "in words"},
	}}
	for _, p := range r.PeripheralErrors {
		row := []string{text.Grouped(p.Count), "", "", p.Text}
		if p.Code != nil {
			row[1] = text.Decimal(*p.Code)
		}
		if p.Layer != nil {
			row[2] = *p.Layer
		}
		s.rows = append(s.rows, row)
	}
	return s
}

func (r statistic) problemSection() section {
	s := section{title: "Problems", columns: []text.Column{{Title: "problems", Right: true}, {Title: "severity"}, {Title: "code"}}}
	for _, p := range r.Problems {
		s.rows = append(s.rows, []string{text.Grouped(p.Count), p.Severity, p.Code})
	}
	return s
}

func (r statistic) versionSection() section {
	s := section{title: "Protocol versions", columns: []text.Column{{Title: "messages", Right: true}, {Title: "version", Right: true}, {Title: "known by"}}}
	for _, v := range r.Versions {
		row := []string{text.Grouped(v.Messages), "other", v.VersionSource}
		if v.Version != nil {
			row[1] = strconv.Itoa(*v.Version)
		}
		s.rows = append(s.rows, row)
	}
	return s
}
