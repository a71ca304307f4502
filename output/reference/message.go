package reference

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"ctiscope/decode/schema"
)

// messagePage gathers all about a message but its tables of values.
func (b *Book) messagePage(m *schema.Message) page {
	p := page{title: named(m)}
	p.linef("%s", heading(m))
	if m.Purpose != "" {
		p.linef("%s", m.Purpose)
	}
	if m.Note != "" {
		p.linef("Note: %s.", strings.TrimSuffix(m.Note, "."))
	}
	p.lines = append(p.lines, b.pairing(m)...)
	if !m.HasLayout {
		p.linef("The guide names this message and gives no layout: known tags are decoded, the rest is shown as hex.")
	}
	p.add(section{title: "Fixed part", about: b.sizeText(m) + ".", grid: b.fixedGrid(m)})
	p.add(section{title: "Floating part, in any order", grid: floatingGrid(m)})
	p.add(section{title: "Other fixed parts that are tried", lines: b.alternatives(m)})
	p.add(section{title: "Also seen with", lines: b.alsoTags(m)})
	p.add(section{title: "Changes", lines: b.changes(m.Name)})
	p.add(section{title: "Where the guide is corrected", lines: b.corrections(m.Name)})
	p.add(section{title: "Doubts", lines: slices.Concat(m.Doubts, b.uncertainties(m.Name))})
	return p
}

// heading says sender, service and first version in one line.
func heading(m *schema.Message) string {
	text := "From the " + m.From.String()
	if m.From == schema.Unknown {
		text = "Sender not told by the guide"
	}
	if m.Service != "" {
		text += "; " + m.Service
	}
	if m.Since > 0 {
		text += fmt.Sprintf("; since version %d", m.Since)
	}
	return text + "."
}

// pairing tells which request a confirmation answers, and the reverse.
func (b *Book) pairing(m *schema.Message) []string {
	if req := b.protocol.Lookup(m.Answers); m.Answers != 0 && req != nil {
		return []string{"Answers " + named(req) + "."}
	}
	var names []string
	for _, conf := range b.answersTo(m) {
		names = append(names, named(conf))
	}
	if len(names) == 0 {
		return nil
	}
	return []string{"Answered by " + strings.Join(names, ", ") + ", or by a failure."}
}

func (b *Book) sizeText(m *schema.Message) string {
	runs := b.fixedSizes(m)
	if len(runs) == 1 {
		return byteCount(runs[0].size)
	}
	parts := make([]string, len(runs))
	for i, r := range runs {
		parts[i] = fmt.Sprintf("%s at %s", byteCount(r.size), b.versionRun(r.from, r.to))
	}
	return strings.Join(parts, ", ")
}

func byteCount(n int) string {
	if n == 1 {
		return "1 byte"
	}
	return fmt.Sprintf("%d bytes", n)
}

// fixedGrid lists the fixed part with the offsets of the newest version,
// counted from the start of the message's header.
func (b *Book) fixedGrid(m *schema.Message) grid {
	g := grid{
		head:  []string{"OFFSET", "SIZE", "TYPE", "FIELD", "VERSIONS", "VALUES AND NOTES"},
		right: []bool{true, true, false, false, false, false},
	}
	offset := schema.HeaderSize
	for _, f := range m.Fixed {
		place := ""
		if f.In(b.protocol.Versions().Max) {
			place = strconv.Itoa(offset)
			offset += f.Size
		}
		g.rows = append(g.rows, []string{place, strconv.Itoa(f.Size), f.Type.String(), f.Name, fieldVersions(f), remarks(f)})
	}
	return g
}

func floatingGrid(m *schema.Message) grid {
	g := grid{
		head:  []string{"TAG", "MAX", "TYPE", "FIELD", "VERSIONS", "VALUES AND NOTES"},
		right: []bool{true, true, false, false, false, false},
	}
	for _, f := range m.Floating {
		tag := "?"
		if f.Tag != 0 {
			tag = strconv.Itoa(int(f.Tag))
		}
		g.rows = append(g.rows, []string{tag, number(f.Size), f.Type.String(), f.Name, fieldVersions(f), remarks(f)})
	}
	return g
}

// number prints a size; 0 stands for one that no source tells.
func number(n int) string {
	if n == 0 {
		return ""
	}
	return strconv.Itoa(n)
}

func fieldVersions(f *schema.Field) string {
	switch {
	case f.Since == 0 && f.Until == 0:
		return ""
	case f.Until == 0:
		return fmt.Sprintf("%d on", f.Since)
	case f.Since == 0:
		return fmt.Sprintf("to %d", f.Until)
	}
	return fmt.Sprintf("%d to %d", f.Since, f.Until)
}

// remarks joins what else there is to say of a field.
func remarks(f *schema.Field) string {
	var parts []string
	if f.Values != nil {
		parts = append(parts, tableKind(f.Values)+" "+f.Values.Name)
	}
	switch {
	case f.Array:
		parts = append(parts, "array of "+f.Type.String())
	case f.Group != "" && f.Count != "":
		parts = append(parts, fmt.Sprintf("group %s, %s times", f.Group, f.Count))
	case f.Group != "":
		parts = append(parts, "group "+f.Group)
	case f.Count != "":
		parts = append(parts, f.Count+" times")
	}
	if f.Optional {
		parts = append(parts, "optional")
	}
	if f.Secret {
		parts = append(parts, "masked in output")
	}
	if f.Note != "" {
		parts = append(parts, f.Note)
	}
	return strings.Join(parts, "; ")
}

func (b *Book) alternatives(m *schema.Message) []string {
	var lines []string
	for _, a := range m.Alternatives {
		known := 0
		for _, f := range a.Fields {
			known += f.Size
		}
		line := fmt.Sprintf("%s at %s: %s", byteCount(a.Size), b.versionRun(int(a.From), int(a.To)),
			strings.Join(fieldNames(a.Fields), ", "))
		if known < a.Size {
			line += fmt.Sprintf(", %s that no source explains", byteCount(a.Size-known))
		}
		lines = append(lines, line)
	}
	return lines
}

func fieldNames(fields []*schema.Field) []string {
	names := make([]string, len(fields))
	for i, f := range fields {
		names[i] = f.Name
	}
	return names
}

func (b *Book) alsoTags(m *schema.Message) []string {
	var lines []string
	for _, number := range m.AlsoTags {
		line := fmt.Sprintf("tag %d", number)
		if t := b.protocol.LookupTag(number); t != nil {
			line += ": " + t.Field.Name
		}
		lines = append(lines, line)
	}
	return lines
}
