package text

import (
	"encoding/binary"
	"unicode"
	"unicode/utf8"
)

const hexDigits = "0123456789abcdef"

// plain tells for each byte whether it stands for itself inside quotes.
var plain = func() (t [256]bool) {
	for c := ' '; c < 0x7f; c++ {
		t[c] = c != '"' && c != '\\'
	}
	return t
}()

// isPlain tells whether every byte of s stands for itself inside quotes. It
// looks at eight bytes at a time, since nearly all strings are plain.
func isPlain[T []byte | string](s T) bool {
	const (
		ones = 0x0101010101010101
		high = 0x8080808080808080
	)
	i := 0
	var word [8]byte
	for ; i+8 <= len(s); i += 8 {
		copy(word[:], s[i:i+8])
		x := binary.LittleEndian.Uint64(word[:])
		quote := x ^ ones*'"'
		slash := x ^ ones*'\\'
		// A byte's high bit comes up where it is below ' ', a quote, a
		// backslash, or above '~'. A borrow can only add false alarms.
		odd := (x - ones*' ') | (quote - ones) | (slash - ones) | (x + ones) | x
		if odd&high != 0 && !tablePlain(s[i:i+8]) {
			return false
		}
	}
	return tablePlain(s[i:])
}

func tablePlain[T []byte | string](s T) bool {
	for i := 0; i < len(s); i++ {
		if !plain[s[i]] {
			return false
		}
	}
	return true
}

// AppendJSON appends s as a JSON string. Bytes that are not valid UTF-8 are
// read as Windows-1252, and what a terminal could take for a command or could
// use to show the text in another order is escaped.
func AppendJSON[T []byte | string](dst []byte, s T) []byte {
	dst = append(dst, '"')
	if isPlain(s) {
		dst = append(dst, s...)
	} else {
		dst = appendEscaped(dst, s)
	}
	return append(dst, '"')
}

func appendEscaped[T []byte | string](dst []byte, s T) []byte {
	for i := 0; i < len(s); {
		c := s[i]
		if plain[c] {
			dst = append(dst, c)
			i++
			continue
		}
		r, n := nextRune(s, i)
		i += n
		switch {
		case r == '"' || r == '\\':
			dst = append(dst, '\\', byte(r))
		case r == '\n':
			dst = append(dst, `\n`...)
		case r == '\r':
			dst = append(dst, `\r`...)
		case r == '\t':
			dst = append(dst, `\t`...)
		case unicode.IsGraphic(r):
			dst = utf8.AppendRune(dst, r)
		default:
			dst = appendUnicodeEscape(dst, r)
		}
	}
	return dst
}

// nextRune reads the character at s[i]: by UTF-8, or by Windows-1252 where
// that does not fit.
func nextRune[T []byte | string](s T, i int) (r rune, size int) {
	if s[i] < utf8.RuneSelf {
		return rune(s[i]), 1
	}
	var b [utf8.UTFMax]byte
	n := copy(b[:], s[i:])
	if r, size = utf8.DecodeRune(b[:n]); r == utf8.RuneError && size == 1 {
		return windows1252(s[i]), 1
	}
	return r, size
}

// appendUnicodeEscape appends \u202e and the like, in two halves above U+FFFF.
func appendUnicodeEscape(dst []byte, r rune) []byte {
	if r > 0xffff {
		r -= 0x10000
		dst = appendUnicodeEscape(dst, 0xd800+r>>10)
		r = 0xdc00 + r&0x3ff
	}
	return append(dst, '\\', 'u', hexDigits[r>>12&15], hexDigits[r>>8&15], hexDigits[r>>4&15], hexDigits[r&15])
}

// windows1252 maps the upper half of Windows-1252. The five codes that it
// leaves open stand for the control characters of the same number.
func windows1252(c byte) rune {
	if c >= 0x80 && c < 0xa0 {
		return c1Letters[c-0x80]
	}
	return rune(c)
}

var c1Letters = [32]rune{
	0x20ac, 0x81, 0x201a, 0x0192, 0x201e, 0x2026, 0x2020, 0x2021,
	0x02c6, 0x2030, 0x0160, 0x2039, 0x0152, 0x8d, 0x017d, 0x8f,
	0x90, 0x2018, 0x2019, 0x201c, 0x201d, 0x2022, 0x2013, 0x2014,
	0x02dc, 0x2122, 0x0161, 0x203a, 0x0153, 0x9d, 0x017e, 0x0178,
}

// AppendHex appends bytes as lower-case hex.
func AppendHex(dst, b []byte) []byte {
	for _, c := range b {
		dst = append(dst, hexDigits[c>>4], hexDigits[c&15])
	}
	return dst
}
