package text

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestFold(t *testing.T) {
	cases := []struct {
		name, lines   string
		width, indent int
		want          string
	}{
		{"fits", "one two\nthree\n", 20, 2, "one two\nthree\n"},
		{"no width", strings.Repeat("x ", 50), 0, 2, strings.Repeat("x ", 50)},
		{"folds", "  the first line is too long for it\nshort\n", 20, 2, "  the first line is\n    too long for it\nshort\n"},
		{"no blank", strings.Repeat("x", 30), 20, 2, strings.Repeat("x", 20) + "\n  " + strings.Repeat("x", 10)},
		{"without end", "one two three four five six", 20, 1, "one two three four\n five six"},
		{"wide letters", "面面面面面面面面面面面面", 20, 0, "面面面面面面面面面面\n面面"},
		{"colours take no room", "\x1b[31mone two three four\x1b[0m", 20, 0, "\x1b[31mone two three four\x1b[0m"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			require.Equal(t, "> "+c.want, string(Fold([]byte("> "+c.lines), 2, c.width, c.indent)))
		})
	}
}
