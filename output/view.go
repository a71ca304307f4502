package output

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"

	"ctiscope/text"
)

// The forms of a View.
const (
	ViewJSON     = "json"
	ViewCSV      = "csv"
	ViewMarkdown = "markdown"
	ViewTable    = "table"
	ViewText     = "text"
)

// viewRows is how many rows of a table are held: its columns are as wide as they
// need, and a table that goes on repeats its titles.
const viewRows = 1000

// View writes the lines of the story, objects of JSON with a "kind", in one of
// the forms, in the order in which they come. It belongs to one goroutine.
type View struct {
	to    io.Writer
	form  string
	width int
	kind  string
	rows  [][]string
	keys  []string // of the kind's objects, for csv
	some  bool     // something was written
}

// NewView returns a View that writes to a writer. width is that of the terminal,
// 0 for none.
func NewView(to io.Writer, form string, width int) *View {
	return &View{to: to, form: form, width: width}
}

// Add takes a line, with its end. The line is not kept.
func (v *View) Add(line []byte) error {
	if v.form == ViewJSON {
		_, err := v.to.Write(line)
		return err
	}
	o, err := parseObject(line)
	if err != nil {
		return err
	}
	kind, _ := o.values["kind"].(string)
	if kind != v.kind || len(v.rows) == viewRows {
		if err := v.Flush(); err != nil {
			return err
		}
	}
	v.kind = kind
	if v.form == ViewCSV {
		return v.addCSV(o)
	}
	row := make([]string, len(viewColumns[kind]))
	for i, c := range viewColumns[kind] {
		row[i] = o.cell(c.path)
	}
	v.rows = append(v.rows, row)
	return nil
}

// Flush writes what is held.
func (v *View) Flush() error {
	if len(v.rows) == 0 {
		v.keys = nil
		return nil
	}
	var out []byte
	if v.some {
		out = append(out, '\n')
	}
	v.some = true
	s := section{title: viewTitles[v.kind], rows: v.rows}
	for _, c := range viewColumns[v.kind] {
		s.columns = append(s.columns, text.Column{Title: c.title, Right: c.right})
	}
	switch v.form {
	case ViewMarkdown:
		out = s.appendMarkdown(out)
	case ViewText:
		out = s.appendText(out)
	default:
		s.shortTimes()
		out = s.append(out, v.width)
	}
	v.rows, v.keys = nil, nil
	_, err := v.to.Write(out)
	return err
}

// addCSV writes a row; objects and lists are JSON in their cell.
func (v *View) addCSV(o object) error {
	w := csv.NewWriter(v.to)
	if v.keys == nil {
		if v.some {
			fmt.Fprintln(v.to)
		}
		v.keys, v.some = o.keys, true
		if err := w.Write(o.keys); err != nil {
			return err
		}
	}
	row := make([]string, len(v.keys))
	for i, k := range v.keys {
		row[i] = o.plain(k)
	}
	if err := w.Write(row); err != nil {
		return err
	}
	w.Flush()
	return w.Error()
}

// object is a line that has been read.
type object struct {
	keys    []string
	raw     map[string]json.RawMessage
	values  map[string]any
	unknown []string
}

func parseObject(line []byte) (object, error) {
	o := object{raw: map[string]json.RawMessage{}, values: map[string]any{}}
	if err := json.Unmarshal(line, &o.raw); err != nil {
		return o, err
	}
	d := json.NewDecoder(bytes.NewReader(line))
	d.UseNumber()
	if err := d.Decode(&o.values); err != nil {
		return o, err
	}
	o.keys = keysInOrder(line)
	list, _ := o.values["unknown"].([]any)
	for _, one := range list {
		if s, ok := one.(string); ok {
			o.unknown = append(o.unknown, s)
		}
	}
	return o, nil
}

// keysInOrder returns the keys of an object as they stand in it.
func keysInOrder(line []byte) (keys []string) {
	d := json.NewDecoder(bytes.NewReader(line))
	_, _ = d.Token()
	for d.More() {
		key, _ := d.Token()
		keys = append(keys, fmt.Sprint(key))
		var skipped json.RawMessage
		if d.Decode(&skipped) != nil {
			break
		}
	}
	return keys
}

// plain is a value for csv: text without quotes, anything else as in JSON, nothing
// for null; "unknown" for what is not known.
func (o object) plain(key string) string {
	switch v := o.values[key].(type) {
	case nil:
		if o.isUnknown(key) {
			return "unknown"
		}
		return ""
	case string:
		return cleanText(v)
	}
	return string(o.raw[key])
}

// cell is what a path names, for people: "failure.name", or "devices[].agent" for
// those of all elements.
func (o object) cell(path string) string {
	var value any = o.values
	for key := range strings.SplitSeq(path, ".") {
		name, each := strings.CutSuffix(key, "[]")
		m, ok := value.(map[string]any)
		if !ok {
			break
		}
		value = m[name]
		if each {
			_, rest, _ := strings.Cut(path, "[].")
			return eachOf(value, rest)
		}
	}
	if value == nil && o.isUnknown(path) {
		return "unknown"
	}
	return said(value)
}

// isUnknown tells whether a path, or what it lies in, is named as unknown.
func (o object) isUnknown(path string) bool {
	for _, u := range o.unknown {
		if u == path || strings.HasPrefix(path, u+".") {
			return true
		}
	}
	return false
}

// eachOf joins what the elements of a list say under a key.
func eachOf(list any, key string) string {
	elements, _ := list.([]any)
	var words []string
	for _, e := range elements {
		m, _ := e.(map[string]any)
		if s := said(m[key]); s != "" && !slices.Contains(words, s) {
			words = append(words, s)
		}
	}
	return strings.Join(words, ", ")
}

// said writes a value for people.
func said(value any) string {
	switch v := value.(type) {
	case nil:
		return ""
	case string:
		return cleanText(v)
	case bool:
		if v {
			return "yes"
		}
		return ""
	case json.Number:
		return shortNumber(v.String())
	case map[string]any:
		if name := said(v["name"]); name != "" {
			return name
		}
		return said(v["value"])
	case []any:
		words := make([]string, len(v))
		for i := range v {
			words[i] = said(v[i])
		}
		return strings.Join(words, ", ")
	}
	return ""
}

// shortNumber keeps three digits of a fraction.
func shortNumber(s string) string {
	whole, fraction, _ := strings.Cut(s, ".")
	if len(fraction) <= 3 || strings.ContainsAny(s, "eE") {
		return s
	}
	return strings.TrimRight(strings.TrimRight(whole+"."+fraction[:3], "0"), ".")
}

func cleanText(s string) string { return string(text.AppendClean(nil, s)) }

// shortTimes leaves the date out of times where all have the same one, and says it
// in the title; of a second the thousandths are kept.
func (s *section) shortTimes() {
	var date string
	for _, row := range s.rows {
		for _, cell := range row {
			if day, _, ok := splitTime(cell); ok && date == "" {
				date = day
			} else if ok && day != date {
				return
			}
		}
	}
	if date == "" {
		return
	}
	s.title += ", " + date
	for _, row := range s.rows {
		for i, cell := range row {
			if _, clock, ok := splitTime(cell); ok {
				row[i] = clock
			}
		}
	}
}

// splitTime splits a time of JSON into date and clock.
func splitTime(cell string) (date, clock string, ok bool) {
	if len(cell) < 20 || cell[4] != '-' || cell[10] != 'T' || cell[13] != ':' {
		return "", "", false
	}
	if _, err := strconv.Atoi(cell[:4]); err != nil {
		return "", "", false
	}
	clock = strings.TrimSuffix(cell[11:], "Z")
	if len(clock) > 12 {
		clock = clock[:12]
	}
	return cell[:10], clock, true
}

// appendMarkdown appends the rows as a table of Markdown.
func (s *section) appendMarkdown(dst []byte) []byte {
	dst = append(append(dst, s.title...), "\n\n"...)
	line := func(cell func(i int) string) {
		for i := range s.columns {
			dst = append(append(append(dst, "| "...), cell(i)...), ' ')
		}
		dst = append(dst, "|\n"...)
	}
	line(func(i int) string { return s.columns[i].Title })
	line(func(i int) string {
		if s.columns[i].Right {
			return "---:"
		}
		return "---"
	})
	escape := strings.NewReplacer("|", `\|`, "<", "&lt;", "*", `\*`, "_", `\_`, "`", "\\`", "[", `\[`)
	for _, row := range s.rows {
		line(func(i int) string { return escape.Replace(row[i]) })
	}
	return dst
}

// appendText appends a line for each row: what is there, by title.
func (s *section) appendText(dst []byte) []byte {
	for _, row := range s.rows {
		first := true
		for i, cell := range row {
			if cell == "" {
				continue
			}
			if !first {
				dst = append(dst, "  "...)
			}
			if !first {
				dst = append(append(dst, s.columns[i].Title...), ' ')
			}
			first = false
			dst = append(dst, cell...)
		}
		dst = append(dst, '\n')
	}
	return dst
}
