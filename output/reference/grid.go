package reference

import (
	"strings"
	"unicode/utf8"
)

// grid is rows of short texts under a head. The last column may be long.
type grid struct {
	head []string
	// right marks the columns of numbers, which stand flush right.
	right []bool
	rows  [][]string
}

// minLast is the least width that the last column is wrapped to.
const minLast = 24

// text lays the grid out for people: columns two blanks apart, empty columns
// left out, the last one wrapped so that lines fit into width. A width of 0
// means no limit.
func (g grid) text(width int) string {
	g = g.withoutEmpty()
	if len(g.rows) == 0 {
		return ""
	}
	widths := g.widths()
	indent := 0
	for _, w := range widths[:len(widths)-1] {
		indent += w + 2
	}
	last := 0
	if width > 0 {
		last = max(width-indent, minLast)
	}
	var b strings.Builder
	g.line(&b, g.head, widths, nil)
	for _, row := range g.rows {
		parts := wrap(row[len(row)-1], last)
		g.line(&b, row, widths, parts)
		for _, more := range parts[min(1, len(parts)):] {
			b.WriteString(strings.Repeat(" ", indent) + more + "\n")
		}
	}
	return b.String()
}

// line writes one row; parts, when given, is its last cell after wrapping.
func (g grid) line(b *strings.Builder, row []string, widths []int, parts []string) {
	var line strings.Builder
	for i, cell := range row {
		if i == len(row)-1 && len(parts) > 0 {
			cell = parts[0]
		}
		pad := strings.Repeat(" ", max(0, widths[i]-utf8.RuneCountInString(cell)))
		if i < len(g.right) && g.right[i] {
			line.WriteString(pad + cell)
		} else {
			line.WriteString(cell + pad)
		}
		line.WriteString("  ")
	}
	b.WriteString(strings.TrimRight(line.String(), " ") + "\n")
}

func (g grid) widths() []int {
	widths := make([]int, len(g.head))
	for _, row := range append([][]string{g.head}, g.rows...) {
		for i, cell := range row {
			widths[i] = max(widths[i], utf8.RuneCountInString(cell))
		}
	}
	return widths
}

// withoutEmpty drops the columns that have no text but their head.
func (g grid) withoutEmpty() grid {
	used := make([]bool, len(g.head))
	for _, row := range g.rows {
		for i, cell := range row {
			used[i] = used[i] || cell != ""
		}
	}
	keep := func(row []string) []string {
		var kept []string
		for i, cell := range row {
			if used[i] {
				kept = append(kept, cell)
			}
		}
		return kept
	}
	out := grid{head: keep(g.head)}
	for i := range used {
		if used[i] {
			out.right = append(out.right, i < len(g.right) && g.right[i])
		}
	}
	for _, row := range g.rows {
		out.rows = append(out.rows, keep(row))
	}
	return out
}

// wrap breaks a text between words into lines of at most width letters; 0
// means one line. A word that is longer stands alone.
func wrap(text string, width int) []string {
	if width <= 0 || utf8.RuneCountInString(text) <= width {
		return []string{text}
	}
	var lines []string
	line, n := "", 0
	for _, word := range strings.Fields(text) {
		letters := utf8.RuneCountInString(word)
		switch {
		case n == 0:
			line, n = word, letters
		case n+1+letters <= width:
			line, n = line+" "+word, n+1+letters
		default:
			lines = append(lines, line)
			line, n = word, letters
		}
	}
	return append(lines, line)
}

// markdown writes the grid as a Markdown table without its empty columns.
func (g grid) markdown() string {
	g = g.withoutEmpty()
	if len(g.rows) == 0 {
		return ""
	}
	var b strings.Builder
	row := func(cells []string) { b.WriteString("| " + strings.Join(cells, " | ") + " |\n") }
	row(g.head)
	rules := make([]string, len(g.head))
	for i := range rules {
		rules[i] = "---"
		if g.right[i] {
			rules[i] = "---:"
		}
	}
	row(rules)
	for _, cells := range g.rows {
		row(cells)
	}
	return b.String()
}

// escape makes a text safe in a Markdown table: no bar ends a cell, nothing is
// read as HTML or emphasis.
func escape(text string) string {
	return strings.NewReplacer("|", `\|`, "<", "&lt;", ">", "&gt;", "*", `\*`, "_", `\_`, "\n", " ").Replace(text)
}
