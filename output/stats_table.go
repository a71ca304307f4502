package output

import (
	"fmt"
	"strconv"
	"time"
)

// mostSessions is how many sessions the tables list, those with the most
// messages; the JSON has them all.
const mostSessions = 25

// AppendTables appends the statistics as tables for reading. width is that of
// the terminal, 0 for none.
func (s *Stats) AppendTables(dst []byte, zone *time.Location, width int) []byte {
	r := s.report(zone)
	dst = r.appendTotals(dst)
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

// section is one table of the statistics.
type section struct {
	title   string
	columns []column // their widths are found from the rows
	rows    [][]string
	below   string // a line under the table, if not empty
}

func (s *section) append(dst []byte, width int) []byte {
	dst = append(append(dst, s.title...), '\n')
	s.fit(width)
	g, err := newGrid(s.columns)
	if err != nil {
		panic("output: " + err.Error()) // the columns are ours, not the input's
	}
	dst = append(dst, g.head...)
	var lines []string
	for _, row := range s.rows {
		cells := make([]string, len(row))
		for i, text := range row {
			lines = appendWrapped(lines[:0], text, s.columns[i].width, 0)
			cells[i] = joinLines(lines)
		}
		if dst, err = g.append(dst, cells); err != nil {
			panic("output: " + err.Error()) // every row has the columns' number of cells
		}
	}
	if s.below != "" {
		dst = append(append(append(dst, ' '), s.below...), '\n')
	}
	return dst
}

// fit makes each column as wide as its widest cell, and the last one narrower
// if the table would not fit the width.
func (s *section) fit(width int) {
	total := 0
	for i := range s.columns {
		c := &s.columns[i]
		c.width = textWidth(c.title)
		for _, row := range s.rows {
			c.width = max(c.width, textWidth(row[i]))
		}
		total += c.width + columnFrame + columnLine
	}
	total -= columnLine
	last := &s.columns[len(s.columns)-1]
	if width > 0 && total > width {
		last.width = max(last.width-(total-width), min(last.width, 20))
	}
}

func (r *report) appendTotals(dst []byte) []byte {
	dst = fmt.Appendf(dst, "%s messages, %s", grouped(r.Messages), bytesText(r.Bytes))
	if r.First != nil {
		dst = fmt.Appendf(dst, ", from %s to %s (%s)", *r.First, *r.Last, r.span.Round(time.Millisecond))
	}
	dst = append(dst, '\n')
	for _, side := range []string{"client", "server", "unknown"} {
		if t, ok := r.From[side]; ok {
			dst = fmt.Appendf(dst, "  from %-8s %12s messages %14s\n", side+":", grouped(t.Messages), bytesText(t.Bytes))
		}
	}
	if r.Gaps.Count > 0 {
		dst = fmt.Appendf(dst, "  %s gaps, %s missing\n", grouped(r.Gaps.Count), bytesText(r.Gaps.Bytes))
	}
	if r.Resyncs.Count > 0 {
		dst = fmt.Appendf(dst, "  %s resyncs, %s passed over\n", grouped(r.Resyncs.Count), bytesText(r.Resyncs.Skipped))
	}
	return dst
}

func (r *report) typeSection() section {
	s := section{title: "Messages by type", columns: []column{
		{title: "message"}, {title: "type", right: true}, {title: "messages", right: true}, {title: "bytes", right: true},
		{title: "client", right: true}, {title: "server", right: true}, {title: "mean ms", right: true}, {title: "max ms", right: true},
	}}
	for _, t := range r.Types {
		row := []string{t.Name, "", grouped(t.Messages), grouped(t.Bytes), count(t.From["client"]), count(t.From["server"]), "", ""}
		if t.Type != nil {
			row[1] = decimal(*t.Type)
		}
		if t.Answers != nil {
			row[6], row[7] = fixed(t.Answers.MeanMs), fixed(t.Answers.MaxMs)
		}
		s.rows = append(s.rows, row)
	}
	return s
}

func (r *report) sessionSection() section {
	s := section{title: "Sessions", columns: []column{
		{title: "ses", right: true}, {title: "client"}, {title: "server"}, {title: "version"}, {title: "messages", right: true},
		{title: "bytes", right: true}, {title: "failures", right: true}, {title: "problems", right: true}, {title: "gaps", right: true}, {title: "name"},
	}}
	for _, t := range busiest(r.Sessions) {
		row := []string{
			strconv.FormatInt(t.Session, 10), t.Client, t.Server, strconv.Itoa(t.Version) + " " + t.VersionSource,
			grouped(t.Messages), grouped(t.Bytes), nonzero(t.Failures), nonzero(t.Problems), nonzero(t.Gaps), "",
		}
		if t.ClientID != nil {
			row[len(row)-1] = *t.ClientID
		}
		s.rows = append(s.rows, row)
	}
	more := int64(len(r.Sessions) - len(s.rows))
	if more > 0 {
		s.below = "and " + grouped(more) + " sessions with fewer messages"
	}
	if r.MoreSessions != nil {
		s.below += fmt.Sprintf(" (sessions after the first %d: %s messages)", maxSessions, grouped(r.MoreSessions.Messages))
	}
	return s
}

func (r *report) failureSection() section {
	s := section{title: "Failures", columns: []column{
		{title: "failures", right: true}, {title: "request"}, {title: "code", right: true}, {title: "name"}, {title: "in words"},
	}}
	for _, f := range r.Failures {
		row := []string{grouped(f.Count), f.Name, "", "", f.Text}
		if f.Request != nil {
			row[1] = *f.Request
		}
		if f.Code != nil {
			row[2] = decimal(*f.Code)
		}
		if f.Const != nil {
			row[3] = *f.Const
		}
		s.rows = append(s.rows, row)
	}
	return s
}

func (r *report) peripheralSection() section {
	s := section{title: "Peripheral errors", columns: []column{
		{title: "errors", right: true}, {title: "code", right: true}, {title: "layer"}, {title: "in words"},
	}}
	for _, p := range r.PeripheralErrors {
		row := []string{grouped(p.Count), "", "", p.Text}
		if p.Code != nil {
			row[1] = decimal(*p.Code)
		}
		if p.Layer != nil {
			row[2] = *p.Layer
		}
		s.rows = append(s.rows, row)
	}
	return s
}

func (r *report) problemSection() section {
	s := section{title: "Problems", columns: []column{{title: "problems", right: true}, {title: "severity"}, {title: "code"}}}
	for _, p := range r.Problems {
		s.rows = append(s.rows, []string{grouped(p.Count), p.Severity, p.Code})
	}
	return s
}

func (r *report) versionSection() section {
	s := section{title: "Protocol versions", columns: []column{{title: "messages", right: true}, {title: "version", right: true}, {title: "known by"}}}
	for _, v := range r.Versions {
		row := []string{grouped(v.Messages), "other", v.VersionSource}
		if v.Version != nil {
			row[1] = strconv.Itoa(*v.Version)
		}
		s.rows = append(s.rows, row)
	}
	return s
}
