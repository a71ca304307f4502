package filter

import (
	"fmt"
	"strconv"
	"strings"
)

// ParseSessions reads session numbers and runs of them, such as "3" and "5-9".
func ParseSessions(list []string) ([]Span, error) {
	var spans []Span
	for _, item := range list {
		s, err := parseSpan(strings.TrimSpace(item))
		if err != nil {
			return nil, err
		}
		spans = append(spans, s)
	}
	return spans, nil
}

func parseSpan(item string) (Span, error) {
	first, last, isRun := strings.Cut(item, "-")
	if !isRun {
		last = first
	}
	a, errA := strconv.ParseInt(first, 10, 64)
	b, errB := strconv.ParseInt(last, 10, 64)
	if errA != nil || errB != nil || a < 1 || b < a {
		return Span{}, fmt.Errorf("%q is no session number (from 1) and no run such as 2-5", item)
	}
	return Span{First: a, Last: b}, nil
}
