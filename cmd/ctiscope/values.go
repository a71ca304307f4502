package main

import (
	"fmt"
	"math"
	"strconv"
	"strings"

	"ctiscope/text"

	"github.com/spf13/cobra"
)

// choice is an option that takes one of a few words, in any case.
type choice struct {
	name    string // what help calls the value
	words   []string
	current string
	// short holds other writings of words.
	short map[string]string
	// refuse says what is wrong with any other word; nil names the words.
	refuse func(word string) error
}

func newChoice(name, initial string, words ...string) *choice {
	return &choice{name: name, words: words, current: initial}
}

// String returns the word chosen.
func (c *choice) String() string { return c.current }

// Type returns what help calls the value.
func (c *choice) Type() string { return c.name }

// Set chooses a word.
func (c *choice) Set(word string) error {
	known := strings.ToLower(word)
	if long := c.short[known]; long != "" {
		known = long
	}
	switch {
	case oneOf(known, c.words...):
		c.current = known
		return nil
	case c.refuse != nil:
		return c.refuse(word)
	}
	return fmt.Errorf("want %s", orList(c.words))
}

// complete offers the words to the shell.
func (c *choice) complete(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective) {
	return c.words, cobra.ShellCompDirectiveNoFileComp
}

// byteSize is an option that takes a number of bytes, such as 64MiB.
type byteSize int64

// units of byteSize, largest first; the plain letters count as binary ones.
var units = []struct {
	name  string
	bytes int64
}{
	{"GiB", 1 << 30}, {"MiB", 1 << 20}, {"KiB", 1 << 10},
	{"GB", 1e9}, {"MB", 1e6}, {"KB", 1e3},
	{"G", 1 << 30}, {"M", 1 << 20}, {"K", 1 << 10},
	{"B", 1},
}

// String returns the size in the largest unit that divides it.
func (s *byteSize) String() string { return text.Size(int64(*s)) }

// Type returns what help calls the value.
func (s *byteSize) Type() string { return "SIZE" }

// Set reads a size; upper and lower case are the same.
func (s *byteSize) Set(word string) error {
	digits, unit := strings.ToUpper(strings.TrimSpace(word)), int64(1)
	for _, u := range units {
		if before, ok := strings.CutSuffix(digits, strings.ToUpper(u.name)); ok {
			digits, unit = strings.TrimSpace(before), u.bytes
			break
		}
	}
	n, err := strconv.ParseInt(digits, 10, 64)
	if err != nil || n < 0 || n > math.MaxInt64/unit {
		return fmt.Errorf("want a size such as 65536, 64KiB or 8MiB")
	}
	*s = byteSize(n * unit)
	return nil
}
