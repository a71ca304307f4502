package reference

import (
	"fmt"
	"slices"
	"strings"
)

// changes are the entries of the guide's list of changes that name a message,
// oldest first.
func (b *Book) changes(message string) []string {
	var lines []string
	for _, c := range slices.Backward(b.protocol.History()) {
		if !slices.Contains(c.Messages, message) {
			continue
		}
		when := fmt.Sprintf("version %d", c.Version)
		if c.From != 0 {
			when = b.versionRun(int(c.From), int(c.Version))
		}
		lines = append(lines, fmt.Sprintf("%s, %s: %s", when, c.Kind, c.Text))
	}
	return lines
}

// corrections are the places of a message where the tables differ from the
// guide.
func (b *Book) corrections(message string) []string {
	var lines []string
	for _, c := range b.protocol.Corrections() {
		if c.Message != message {
			continue
		}
		line := c.Item + ": "
		if c.Guide != "" {
			line += "the guide has " + c.Guide + "; "
		}
		line += "used is " + c.Use
		if c.Evidence != "" {
			line += ". Evidence: " + c.Evidence
		}
		line += ". Confidence: " + c.Confidence
		if c.Note != "" {
			line += ". " + c.Note
		}
		lines = append(lines, line+".")
	}
	return lines
}

// uncertainties tell how far first versions are known.
func (b *Book) uncertainties(message string) []string {
	var lines []string
	for _, u := range b.protocol.Uncertainties() {
		if u.Message != message {
			continue
		}
		what := "first version"
		if len(u.Fields) > 0 {
			what += " of " + strings.Join(u.Fields, ", ")
		}
		line := what + span(u.Earliest, u.Latest)
		for _, more := range []string{u.Evidence, u.Note} {
			if more != "" {
				line += "; " + more
			}
		}
		lines = append(lines, fmt.Sprintf("%s (confidence: %s)", line, u.Confidence))
	}
	return lines
}

// span says between which versions something lies; 0 is not known.
func span(earliest, latest uint8) string {
	switch {
	case earliest == 0 && latest == 0:
		return ": not known"
	case earliest == 0:
		return fmt.Sprintf(": %d or before", latest)
	case latest == 0:
		return fmt.Sprintf(": %d or later", earliest)
	case earliest == latest:
		return fmt.Sprintf(": %d", latest)
	}
	return fmt.Sprintf(": %d to %d", earliest, latest)
}
