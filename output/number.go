package output

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"ctiscope/statistics"
	"ctiscope/text"
)

// nonzero writes a number, and nothing for 0.
func nonzero(n int64) string {
	if n == 0 {
		return ""
	}
	return text.Grouped(n)
}

func messages(t statistics.Tally) string { return nonzero(t.Messages) }

func fixed(ms float64) string { return strconv.FormatFloat(ms, 'f', 3, 64) }

func joinLines(lines []string) string { return strings.Join(lines, "\n") }

// busiest returns the sessions with the most messages, in the order of their
// numbers where these are equal.
func busiest(all []statistics.Session) []statistics.Session {
	list := slices.Clone(all)
	slices.SortStableFunc(list, func(a, b statistics.Session) int { return cmp.Compare(b.Messages, a.Messages) })
	return list[:min(len(list), mostSessions)]
}
