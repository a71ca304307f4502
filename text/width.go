package text

import (
	"unicode/utf8"

	"github.com/clipperhouse/displaywidth"
)

// measure is how terminals of today lay text out: by grapheme cluster, arrows and the
// like one column wide whatever the locale says; colours take none.
var measure = displaywidth.Options{ControlSequences: true}

// Width returns how many columns of a terminal s takes.
func Width(s string) int { return measure.String(s) }

// WidthOf is Width of bytes.
func WidthOf(s []byte) int {
	if isASCII(s) {
		return len(s)
	}
	return measure.Bytes(s)
}

// isASCII tells whether every byte is a character that takes one column.
func isASCII(s []byte) bool {
	for _, c := range s {
		if c < ' ' || c >= 0x7f {
			return false
		}
	}
	return true
}

// Fits tells whether s takes at most width columns.
func Fits(s []byte, width int) bool {
	switch {
	case len(s) <= width && isASCII(s):
		return true
	case len(s) > width && isASCII(s[:width+1]):
		return false
	}
	return measure.Bytes(s) <= width
}

// Cut returns the beginning of s that takes at most width columns.
func Cut(s []byte, width int) []byte {
	if width < len(s) && isASCII(s[:width+1]) {
		return s[:width]
	}
	used, end := 0, 0
	for g := measure.BytesGraphemes(s); g.Next(); {
		if used += g.Width(); used > width {
			break
		}
		end += len(g.Value())
	}
	return s[:end]
}

// AppendWrapped breaks text into lines of at most width columns, at blanks
// where there are any, and appends them. After most lines the rest is cut, and
// an ellipsis tells so; 0 means all.
func AppendWrapped(lines []string, text string, width, most int) []string {
	for n := 1; ; n++ {
		if Width(text) <= width {
			return append(lines, text)
		}
		if n == most {
			return append(lines, string(Cut([]byte(text), width-1))+"…")
		}
		head, rest := CutLine(text, width)
		lines = append(lines, head)
		text = rest
	}
}

// CutLine takes a line of at most width columns off text that is wider, at the last
// blank if there is one after its first quarter, else behind a _ or colon there. The line holds one character at least.
func CutLine(text string, width int) (line, rest string) {
	end := len(Cut([]byte(text), width))
	if end == 0 {
		_, end = utf8.DecodeRuneInString(text)
	}
	line, rest = text[:end], text[end:]
	if rest == "" {
		return line, rest
	}
	if rest[0] == ' ' {
		return line, rest[1:]
	}
	for i := len(line) - 1; i > len(line)/4; i-- {
		if line[i] == ' ' {
			return line[:i], line[i+1:] + rest
		}
	}
	for i := len(line) - 1; i > len(line)/4; i-- {
		if line[i] == '_' || line[i] == ':' {
			return line[:i+1], line[i+1:] + rest
		}
	}
	return line, rest
}
