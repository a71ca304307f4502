package text

import (
	"strconv"
	"strings"
)

// Amount is a number with what it counts.
type Amount struct {
	n         int64
	one, many string
}

// Count returns an Amount: one is what it counts, for 1 and, where many is empty,
// for any number.
func Count(n int64, one, many string) Amount { return Amount{n, one, many} }

// Counts joins the counts that are not zero; "" when all are.
func Counts(list ...Amount) string {
	var parts []string
	for _, c := range list {
		if c.n == 0 {
			continue
		}
		parts = append(parts, c.String())
	}
	return strings.Join(parts, ", ")
}

// String returns "1 packet" or "2 packets".
func (c Amount) String() string {
	what := c.one
	if c.n != 1 && c.many != "" {
		what = c.many
	}
	return strconv.FormatInt(c.n, 10) + " " + what
}

// Titled puts a title before counts, unless there are none.
func Titled(title, text string) string {
	if text == "" {
		return ""
	}
	return title + ": " + text
}
