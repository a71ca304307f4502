package reference

import (
	"fmt"
	"strings"
)

// page is what is to be read about one thing, before it is laid out as text or
// as Markdown.
type page struct {
	title    string
	lines    []string // paragraphs below the title
	sections []section
}

// section is a part of a page: a title, which may be empty, a sentence about
// the whole, and a list of sentences or a grid.
type section struct {
	title string
	about string
	lines []string
	grid  grid
}

func (s section) empty() bool { return len(s.lines) == 0 && len(s.grid.rows) == 0 }

// add appends a section unless it is empty.
func (p *page) add(s section) {
	if !s.empty() {
		p.sections = append(p.sections, s)
	}
}

// linef appends a paragraph.
func (p *page) linef(format string, args ...any) {
	p.lines = append(p.lines, fmt.Sprintf(format, args...))
}

// text lays the page out for a terminal of that width; 0 means no limit.
func (p page) text(width int) string {
	var b strings.Builder
	b.WriteString(p.title + "\n")
	for _, line := range p.lines {
		paragraph(&b, "  ", "  ", line, width)
	}
	for _, s := range p.sections {
		b.WriteString("\n")
		if s.title != "" {
			b.WriteString(s.title + "\n")
		}
		if s.about != "" {
			paragraph(&b, "  ", "  ", s.about, width)
		}
		for _, line := range s.lines {
			paragraph(&b, "  - ", "    ", line, width)
		}
		for line := range strings.Lines(s.grid.text(max(0, width-2))) {
			b.WriteString("  " + line)
		}
	}
	return b.String()
}

func paragraph(b *strings.Builder, first, other, text string, width int) {
	if width > 0 {
		width = max(width-len(other), minLast)
	}
	prefix := first
	for _, line := range wrap(text, width) {
		b.WriteString(prefix + line + "\n")
		prefix = other
	}
}

// markdown lays the page out under a heading of that level.
func (p page) markdown(level int) string {
	var b strings.Builder
	b.WriteString(strings.Repeat("#", level) + " " + p.title + "\n")
	for _, line := range p.lines {
		b.WriteString("\n" + escape(line) + "\n")
	}
	for _, s := range p.sections {
		if s.title != "" {
			b.WriteString("\n**" + s.title + "**\n")
		}
		if s.about != "" {
			b.WriteString("\n" + escape(s.about) + "\n")
		}
		if len(s.lines) > 0 {
			b.WriteString("\n")
		}
		for _, line := range s.lines {
			b.WriteString("- " + escape(line) + "\n")
		}
		if len(s.grid.rows) > 0 {
			b.WriteString("\n" + s.grid.escaped().markdown())
		}
	}
	return b.String()
}

func (g grid) escaped() grid {
	out := grid{head: g.head, right: g.right}
	for _, row := range g.rows {
		cells := make([]string, len(row))
		for i, cell := range row {
			cells[i] = escape(cell)
		}
		out.rows = append(out.rows, cells)
	}
	return out
}
