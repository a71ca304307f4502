package text

import "bytes"

// leastWidth is the narrowest that text is folded to.
const leastWidth = 20

// Fold folds the lines of dst from start on that are wider than width, at blanks;
// what goes to the next line is indented by indent columns and what the line
// itself is. A width of 0 folds nothing, one below 20 counts as 20.
func Fold(dst []byte, start, width, indent int) []byte {
	if width <= 0 {
		return dst
	}
	width = max(width, leastWidth)
	if !anyWider(dst[start:], width) {
		return dst
	}
	whole := bytes.Clone(dst[start:])
	dst = dst[:start]
	for line := range bytes.Lines(whole) {
		dst = appendFolded(dst, bytes.TrimSuffix(line, []byte("\n")), width, indent)
		if line[len(line)-1] == '\n' {
			dst = append(dst, '\n')
		}
	}
	return dst
}

// anyWider tells whether a line may be wider than width.
func anyWider(lines []byte, width int) bool {
	for line := range bytes.Lines(lines) {
		if !Fits(bytes.TrimSuffix(line, []byte("\n")), width) {
			return true
		}
	}
	return false
}

func appendFolded(dst, line []byte, width, indent int) []byte {
	if Fits(line, width) {
		return append(dst, line...)
	}
	blanks := len(line) - len(bytes.TrimLeft(line, " "))
	indent = min(blanks+indent, width/2)
	rest := string(line)
	for first := true; !Fits([]byte(rest), width); first = false {
		var taken string
		taken, rest = CutLine(rest, width)
		dst = append(append(dst, bytes.TrimRight([]byte(taken), " ")...), '\n')
		for rest != "" && rest[0] == ' ' {
			rest = rest[1:]
		}
		dst = AppendBlanks(dst, indent)
		if first {
			width -= indent
		}
	}
	return append(dst, rest...)
}
