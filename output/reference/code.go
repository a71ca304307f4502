package reference

import (
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"ctiscope/decode/schema"
)

// Codes returns the words for the error numbers of peripherals and for the
// reasons of agent states; those of FAILURE_CONF and CONTROL_FAILURE_CONF are
// tables of values.
func (b *Book) Codes(width int) string {
	p := page{title: "Numbers that the guide's tables of values do not hold"}
	errors := grid{head: []string{"CODE", "CONSTANT", "LAYER", "TEXT"}, right: []bool{true, false, false, false}}
	for _, c := range schema.PeripheralErrors() {
		known, _ := schema.PeripheralError(c.Value)
		errors.rows = append(errors.rows, []string{strconv.FormatUint(uint64(c.Value), 10), c.Const, known.Layer, c.Text})
	}
	reasons := grid{head: []string{"CODE", "PLATFORM", "STATE", "TEXT"}, right: []bool{true, false, false, false}}
	for _, r := range schema.EventReasons() {
		reasons.rows = append(reasons.rows, []string{strconv.FormatUint(uint64(r.Value), 10), r.Platform.String(), r.State, r.Text})
	}
	p.add(section{title: "PeripheralErrorCode", grid: errors})
	p.add(section{title: "EventReasonCode", grid: reasons})
	p.add(section{title: "Doubts", lines: schema.CodeDoubts()})
	return p.text(width)
}

// meaning is one reading of a number.
type meaning struct {
	V         int    `json:"v"`
	Code      uint32 `json:"code"`
	Field     string `json:"field"` // the field that may hold it
	Const     string `json:"const,omitempty"`
	Platform  string `json:"platform,omitempty"`
	Layer     string `json:"layer,omitempty"`
	Text      string `json:"text,omitempty"`
	Practice  string `json:"practice,omitempty"`
	CheckNext string `json:"check_next,omitempty"`
	Doubt     bool   `json:"doubt,omitempty"`
}

// meanings returns everything that a number may mean as a code.
func (b *Book) meanings(code uint32) []meaning {
	var found []meaning
	add := func(m meaning) {
		m.V, m.Code = jsonVersion, code
		if a, ok := schema.Practice(m.Const); ok && m.Const != "" {
			m.Practice, m.CheckNext = a.Text, a.CheckNext
		}
		found = append(found, m)
	}
	for _, f := range b.codeFields() {
		if c, ok := f.Values.Code(code, 0); ok {
			add(meaning{Field: f.Name, Const: c.Const, Text: c.Text, Doubt: c.Doubt})
		}
	}
	if c, ok := schema.PeripheralError(code); ok || c.Layer != "" {
		layer := strings.Trim(c.Layer+": "+schema.LayerText(c.Layer), ": ")
		add(meaning{Field: "PeripheralErrorCode", Const: c.Const, Layer: layer, Text: c.Text, Doubt: c.Doubt})
	}
	for _, r := range schema.EventReasons() {
		if r.Value == code {
			add(meaning{Field: "EventReasonCode", Platform: r.Platform.String(), Text: joined(r.State, r.Text), Doubt: r.Doubt})
		}
	}
	return found
}

// codeFields returns the fields that tell why something failed, one for each
// table of codes.
func (b *Book) codeFields() []*schema.Field {
	var found []*schema.Field
	for _, m := range b.protocol.Messages() {
		f := m.CodeField
		if f != nil && !slices.ContainsFunc(found, func(other *schema.Field) bool { return other.Values == f.Values }) {
			found = append(found, f)
		}
	}
	return found
}

func joined(parts ...string) string {
	var kept []string
	for _, p := range parts {
		if p != "" {
			kept = append(kept, p)
		}
	}
	return strings.Join(kept, ": ")
}

// Code returns everything that a number may mean as a status, failure, error
// or reason code, and what to check next where that is known. It returns ""
// for a number that is in no table.
func (b *Book) Code(code uint32, width int) string {
	found := b.meanings(code)
	if len(found) == 0 {
		return ""
	}
	p := page{title: fmt.Sprintf("Code %d", code)}
	for _, m := range found {
		s := section{title: "As " + m.Field}
		for _, fact := range []struct{ label, text string }{
			{"", m.Const}, {"platform", m.Platform}, {"layer", m.Layer}, {"", m.Text},
			{"", m.Practice}, {"check next", m.CheckNext},
		} {
			if fact.text != "" {
				s.lines = append(s.lines, joined(fact.label, fact.text))
			}
		}
		if m.Doubt {
			s.lines = append(s.lines, "the sources are weak or contradict each other")
		}
		p.add(s)
	}
	return p.text(width)
}

// CodeJSON returns one line of JSON for everything that a number may mean;
// none for a number that is in no table.
func (b *Book) CodeJSON(code uint32) ([][]byte, error) {
	var lines [][]byte
	for _, m := range b.meanings(code) {
		line, err := json.Marshal(m)
		if err != nil {
			return nil, err
		}
		lines = append(lines, line)
	}
	return lines, nil
}
