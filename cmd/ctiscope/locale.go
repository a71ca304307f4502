package main

import (
	"io"
	"strings"

	"ctiscope/text"
)

// drawing is standard output for what is drawn with lines: in ASCII where the
// locale says that there is no UTF-8. A locale that is not set says nothing.
func (a *app) drawing() io.Writer {
	if a.asciiOnly() {
		return &text.Plain{To: a.stdout}
	}
	return a.stdout
}

// asciiOnly reads the locale as the C library does.
func (a *app) asciiOnly() bool {
	for _, name := range []string{"LC_ALL", "LC_CTYPE", "LANG"} {
		if locale := a.getenv(name); locale != "" {
			charset := strings.ToLower(strings.ReplaceAll(locale, "-", ""))
			return !strings.Contains(charset, "utf8")
		}
	}
	return false
}
