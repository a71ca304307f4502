package text

import (
	"io"
	"unicode/utf8"
)

// Plain passes text on with the lines and marks of tables in ASCII, for terminals
// and locales without UTF-8. A character may be split between two writes.
type Plain struct {
	To   io.Writer
	kept []byte // the beginning of a character
	out  []byte
}

// Write writes all of b or returns the error of the writer below.
func (p *Plain) Write(b []byte) (int, error) {
	in := b
	if len(p.kept) > 0 {
		in = append(p.kept, b...)
	}
	p.out = p.out[:0]
	for len(in) > 0 && (utf8.FullRune(in) || len(in) >= utf8.UTFMax) {
		r, size := utf8.DecodeRune(in)
		if c := drawn(r); c != 0 {
			p.out = append(p.out, c)
		} else {
			p.out = append(p.out, in[:size]...)
		}
		in = in[size:]
	}
	p.kept = append([]byte(nil), in...)
	if _, err := p.To.Write(p.out); err != nil {
		return 0, err
	}
	return len(b), nil
}

// drawn is the ASCII character for one that tables are drawn with, 0 for others.
func drawn(r rune) byte {
	switch {
	case r == '─' || r == '━' || r == '═':
		return '-'
	case r == '│' || r == '┃' || r == '║':
		return '|'
	case r >= 0x2500 && r <= 0x257f:
		return '+'
	case r == '…':
		return '~'
	case r == '→' || r == '›' || r == '▸':
		return '>'
	case r == '←':
		return '<'
	case r == '·' || r == '•':
		return '*'
	}
	return 0
}
