package bpf

import (
	"net"
	"net/netip"
	"strconv"
	"strings"
)

type tokenKind uint8

const (
	tokenEnd     tokenKind = iota
	tokenSymbol            // an operator or a parenthesis
	tokenKeyword           // a word of the language
	tokenName              // another word, or one behind a backslash
	tokenNumber
	tokenIPv4 // two to four numbers with dots
	tokenIPv6
	tokenMAC
)

type token struct {
	kind   tokenKind
	text   string
	offset int
	number uint32
}

// is tells whether the token is that symbol or keyword.
func (t token) is(text string) bool {
	return (t.kind == tokenSymbol || t.kind == tokenKeyword) && t.text == text
}

// scan splits an expression into tokens; the last is a tokenEnd.
func scan(expr string) ([]token, error) {
	var list []token
	for at := 0; at < len(expr); {
		if strings.IndexByte(" \t\r\n", expr[at]) >= 0 {
			at++
			continue
		}
		t, size, reason := scanToken(expr[at:])
		t.offset = at
		if reason != "" {
			return nil, &Error{Expr: expr, Offset: at, Word: expr[at : at+size], Reason: reason}
		}
		list = append(list, t)
		at += size
	}
	return append(list, token{kind: tokenEnd, offset: len(expr)}), nil
}

// symbols are the operators, longer ones first.
var symbols = []struct{ text, means string }{
	{"&&", "and"}, {"||", "or"}, {">=", ">="}, {"<=", "<="}, {"!=", "!="}, {"==", "="}, {"<<", "<<"}, {">>", ">>"},
	{"!", "not"}, {"(", "("}, {")", ")"}, {"[", "["}, {"]", "]"}, {":", ":"}, {"<", "<"}, {">", ">"}, {"=", "="},
	{"+", "+"}, {"-", "-"}, {"*", "*"}, {"/", "/"}, {"%", "%"}, {"&", "&"}, {"|", "|"}, {"^", "^"},
}

// scanToken reads the token at the beginning of s, and returns its size.
func scanToken(s string) (t token, size int, reason string) {
	if t, ok := scanAddress(s); ok {
		return t, len(t.text), ""
	}
	for _, symbol := range symbols {
		if strings.HasPrefix(s, symbol.text) {
			return token{kind: tokenSymbol, text: symbol.means}, len(symbol.text), ""
		}
	}
	if s[0] == '\\' {
		end := 1 + run(s[1:], func(c byte) bool { return strings.IndexByte(" !()\n\t", c) < 0 })
		if end == 1 {
			return token{}, 1, "a backslash must be followed by a name"
		}
		return token{kind: tokenName, text: s[1:end]}, end, ""
	}
	end := run(s, func(c byte) bool { return alphanumeric(c) || strings.IndexByte("-_.", c) >= 0 })
	for end > 0 && (s[end-1] == '-' || s[end-1] == '_') {
		end--
	}
	if end == 0 || !alphanumeric(s[0]) {
		return token{}, 1, "this character is not part of the filter language"
	}
	t, reason = classify(s[:end])
	return t, end, reason
}

// classify tells what a word without colons is.
func classify(text string) (token, string) {
	t := token{kind: tokenName, text: text}
	value, named := namedNumbers[text]
	switch {
	case keywords[text]:
		t.kind = tokenKeyword
		t.text = synonym(text)
	case named:
		t.kind, t.number = tokenNumber, value
	case numeric(text):
		n, err := strconv.ParseUint(text, 0, 32)
		if err != nil {
			return t, "this is not a number of 32 bits"
		}
		t.kind, t.number = tokenNumber, uint32(n)
	case dotted(text):
		t.kind = tokenIPv4
	}
	return t, ""
}

// synonym returns the spelling that the parser knows.
func synonym(keyword string) string {
	switch keyword {
	case "length":
		return "len"
	case "link":
		return "ether"
	default:
		return keyword
	}
}

// scanAddress reads an Ethernet or an IPv6 address, with the longest run of
// characters that can be one. What is in brackets, as [0:2], is neither.
func scanAddress(s string) (token, bool) {
	end := run(s, func(c byte) bool { return hexadecimal(c) || strings.IndexByte(":.-", c) >= 0 })
	text := s[:end]
	if end < len(s) && (alphanumeric(s[end]) || s[end] == '_') {
		return token{}, false
	}
	if strings.Contains(text, ":") {
		if a, err := netip.ParseAddr(text); err == nil && a.Is6() {
			return token{kind: tokenIPv6, text: text}, true
		}
	}
	if _, ok := parseMAC(text); ok {
		return token{kind: tokenMAC, text: text}, true
	}
	return token{}, false
}

// parseMAC reads an Ethernet address: six numbers of one or two hexadecimal
// digits with the same separator, or twelve digits, perhaps in three groups.
func parseMAC(text string) (addr [6]byte, ok bool) {
	for _, separator := range []string{":", "-", "."} {
		parts := strings.Split(text, separator)
		if len(parts) != 6 {
			continue
		}
		for i, part := range parts {
			n, err := strconv.ParseUint(part, 16, 8)
			if err != nil || len(part) > 2 {
				return addr, false
			}
			addr[i] = byte(n)
		}
		return addr, true
	}
	if len(text) == 12 && run(text, hexadecimal) == 12 {
		text = text[:4] + "." + text[4:8] + "." + text[8:]
	}
	hardware, err := net.ParseMAC(text)
	if err != nil || len(hardware) != 6 || len(text) != 14 {
		return addr, false
	}
	return [6]byte(hardware), true
}

func run(s string, accept func(byte) bool) int {
	for i := range len(s) {
		if !accept(s[i]) {
			return i
		}
	}
	return len(s)
}

func alphanumeric(c byte) bool {
	return c >= '0' && c <= '9' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z'
}

func hexadecimal(c byte) bool {
	return c >= '0' && c <= '9' || c >= 'a' && c <= 'f' || c >= 'A' && c <= 'F'
}

func digit(c byte) bool { return c >= '0' && c <= '9' }

// numeric tells whether text is written as a number.
func numeric(text string) bool {
	if strings.HasPrefix(text, "0x") || strings.HasPrefix(text, "0X") {
		return len(text) > 2 && run(text[2:], hexadecimal) == len(text)-2
	}
	return run(text, digit) == len(text)
}

// dotted tells whether text is two to four decimal numbers with dots.
func dotted(text string) bool {
	parts := strings.Split(text, ".")
	if len(parts) < 2 || len(parts) > 4 {
		return false
	}
	for _, part := range parts {
		if part == "" || run(part, digit) != len(part) {
			return false
		}
	}
	return true
}
