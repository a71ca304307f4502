package filter

import (
	"fmt"
	"strings"
	"time"
	"unicode"
)

// ParseZone returns the time zone of a name of the IANA data base, in any case, of UTC
// or of local time.
func ParseZone(name string) (*time.Location, error) {
	switch strings.ToLower(name) {
	case "utc", "z":
		return time.UTC, nil
	case "local", "":
		return time.Local, nil
	}
	for _, writing := range [...]string{name, capitals(name, false), capitals(name, true), strings.ToUpper(name), "Etc/" + strings.ToUpper(strings.TrimPrefix(strings.ToLower(name), "etc/"))} {
		if zone, err := time.LoadLocation(writing); err == nil && writing != "Local" {
			return zone, nil
		}
	}
	return nil, fmt.Errorf("unknown time zone %q", name)
}

// capitals writes a name as the data base does: each word with a capital letter, but,
// if small, for the short ones in the middle, as in America/Port-au-Prince.
func capitals(name string, small bool) string {
	var b strings.Builder
	word := 0
	letters := []rune(strings.ToLower(name))
	for i, r := range letters {
		if !unicode.IsLetter(r) {
			word = 0
			b.WriteRune(r)
			continue
		}
		if word == 0 && !(small && i > 0 && letters[i-1] != '/' && wordLength(letters[i:]) <= 3) {
			r = unicode.ToUpper(r)
		}
		word++
		b.WriteRune(r)
	}
	return b.String()
}

func wordLength(letters []rune) int {
	for i, r := range letters {
		if !unicode.IsLetter(r) {
			return i
		}
	}
	return len(letters)
}
