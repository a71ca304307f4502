package text

import (
	"unicode"
	"unicode/utf8"
)

// AppendClean appends text from the wire for people: what is not printable is
// shown as \x1b or \u202e, and bytes that are not valid UTF-8 are read as
// Windows-1252, so that nothing in it can command a terminal or break a line.
func AppendClean[T []byte | string](dst []byte, s T) []byte {
	if isPlain(s) {
		return append(dst, s...)
	}
	for i := 0; i < len(s); {
		r, n := nextRune(s, i)
		i += n
		dst = appendCleanRune(dst, r)
	}
	return dst
}

func appendCleanRune(dst []byte, r rune) []byte {
	switch {
	case r == '\\': // else an escape could be text, and text an escape
		return append(dst, `\\`...)
	case unicode.IsPrint(r):
		return utf8.AppendRune(dst, r)
	case r == '\n':
		return append(dst, `\n`...)
	case r == '\r':
		return append(dst, `\r`...)
	case r == '\t':
		return append(dst, `\t`...)
	case r < 0x100:
		return append(dst, '\\', 'x', hexDigits[r>>4], hexDigits[r&15])
	case r > 0xffff:
		dst = append(dst, '\\', 'U')
		for shift := 28; shift >= 0; shift -= 4 {
			dst = append(dst, hexDigits[r>>shift&15])
		}
		return dst
	}
	return appendUnicodeEscape(dst, r)
}

// AppendWord appends text that should read as one word: in quotes if it is not
// one.
func AppendWord(dst, s []byte) []byte {
	if isWord(s) {
		return append(dst, s...)
	}
	return AppendInQuotes(dst, s)
}

func isWord[T []byte | string](s T) bool {
	for i := 0; i < len(s); i++ {
		if !plain[s[i]] || s[i] == ' ' {
			return false
		}
	}
	return len(s) > 0
}

// AppendInQuotes appends text in quotes. Quotes within are escaped, so that the
// end is plain.
func AppendInQuotes(dst, s []byte) []byte {
	dst = append(dst, '"')
	if isPlain(s) {
		dst = append(dst, s...)
		return append(dst, '"')
	}
	for i := 0; i < len(s); {
		r, n := nextRune(s, i)
		i += n
		if r == '"' {
			dst = append(dst, '\\')
		}
		dst = appendCleanRune(dst, r)
	}
	return append(dst, '"')
}

// AppendColumn appends text that must stay one column between single spaces;
// a space becomes an underscore, and no text at all a dash.
func AppendColumn(dst []byte, s string) []byte {
	if s == "" {
		return append(dst, '-')
	}
	if isWord(s) {
		return append(dst, s...)
	}
	start := len(dst)
	dst = AppendClean(dst, s)
	for i := start; i < len(dst); i++ {
		if dst[i] == ' ' {
			dst[i] = '_'
		}
	}
	return dst
}
