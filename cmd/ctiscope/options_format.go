package main

import (
	"fmt"
	"strings"
)

// The formats of -o; each command offers those that suit it, by the same words.
const (
	formatAuto     = "auto" // table on a terminal and text elsewhere
	formatTable    = "table"
	formatText     = "text"
	formatDetail   = "detail"
	formatJSON     = "json"
	formatMarkdown = "markdown"
	formatCSV      = "csv"
)

// newFormat returns the value of -o; the first format is chosen unless told
// otherwise.
func newFormat(formats ...string) *choice {
	c := newChoice("FORMAT", formats[0], formats...)
	c.short = map[string]string{"md": formatMarkdown}
	return c
}

// formatFlag adds -o to a group; usage says what the formats are.
func formatFlag(g group, c *choice, usage string) { g.flags.VarP(c, "output", "o", usage) }

// packetFile is an option that names a file to put packets into. It refuses
// bare digits: -w once stood for the number of workers, and an old script would
// leave a file of that name behind.
type packetFile string

// String returns the name.
func (f *packetFile) String() string { return string(*f) }

// Type returns what help calls the value.
func (f *packetFile) Type() string { return "FILE" }

// Set takes the name.
func (f *packetFile) Set(name string) error {
	if name != "" && strings.Trim(name, "0123456789") == "" {
		return fmt.Errorf("want a file for packets; to decode with %s goroutines say --workers %s, for a file of that name ./%s", name, name, name)
	}
	*f = packetFile(name)
	return nil
}
