package output

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// grouped writes a number with commas between thousands.
func grouped(n int64) string {
	s := strconv.FormatInt(n, 10)
	start := 0
	if n < 0 {
		start = 1
	}
	for i := len(s) - 3; i > start; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return s
}

// nonzero writes a number, and nothing for 0.
func nonzero(n int64) string {
	if n == 0 {
		return ""
	}
	return grouped(n)
}

func count(t tally) string { return nonzero(t.Messages) }

func fixed(ms float64) string { return strconv.FormatFloat(ms, 'f', 3, 64) }

// bytesText writes a number of bytes in the unit that suits it.
func bytesText(n int64) string {
	const kib = 1 << 10
	switch {
	case n < 10*kib:
		return grouped(n) + " bytes"
	case n < 10*kib*kib:
		return fmt.Sprintf("%.1f KiB", float64(n)/kib)
	case n < 10*kib*kib*kib:
		return fmt.Sprintf("%.1f MiB", float64(n)/(kib*kib))
	}
	return fmt.Sprintf("%.1f GiB", float64(n)/(kib*kib*kib))
}

func joinLines(lines []string) string { return strings.Join(lines, "\n") }

// busiest returns the sessions with the most messages, in the order of their
// numbers where these are equal.
func busiest(all []sessionReport) []sessionReport {
	list := slices.Clone(all)
	slices.SortStableFunc(list, func(a, b sessionReport) int { return cmp.Compare(b.Messages, a.Messages) })
	return list[:min(len(list), mostSessions)]
}
