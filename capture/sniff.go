package capture

import (
	"bytes"
	"fmt"
	"path/filepath"
	"strings"
	"unicode"
	"unicode/utf8"
)

// signatures are the beginnings of files that are mistaken for captures, and of
// captures in other formats.
var signatures = []struct{ magic, name string }{
	{"snoop\x00\x00\x00", "a snoop capture (editcap -F pcapng turns it into pcapng)"},
	{"GMBU", "a Microsoft Network Monitor capture (editcap -F pcapng turns it into pcapng)"},
	{"RTSS", "a Microsoft Network Monitor 1 capture (editcap -F pcapng turns it into pcapng)"},
	{"TRSNIFF data", "a Sniffer capture (editcap -F pcapng turns it into pcapng)"},
	{"XCP\x00", "a NetXRay capture (editcap -F pcapng turns it into pcapng)"},
	{"\xac\x01\x00\x1c", "an Ixia capture (editcap -F pcapng turns it into pcapng)"},
	{"\xab\x01\x00\x1c", "an Ixia capture (editcap -F pcapng turns it into pcapng)"},
	{"\xfd7zXZ\x00", "an xz file (unpack it first)"},
	{"BZh", "a bzip2 file (unpack it first)"},
	{"\x04\x22\x4d\x18", "an lz4 file (unpack it first)"},
	{"\x1f\x9d", "a file of compress, .Z (unpack it first)"},
	{"7z\xbc\xaf\x27\x1c", "a 7-Zip archive (unpack it first)"},
	{"PK\x03\x04", "a zip archive (unpack it first)"},
	{"Rar!\x1a\x07", "a RAR archive (unpack it first)"},
	{"\x7fELF", "an ELF program"},
	{"MZ", "a Windows program"},
	{"\xcf\xfa\xed\xfe", "a macOS program"},
	{"\xca\xfe\xba\xbe", "a Java class or macOS program"},
	{"%PDF", "a PDF document"},
	{"\x89PNG", "a PNG picture"},
	{"\xff\xd8\xff", "a JPEG picture"},
	{"SQLite format 3\x00", "an SQLite database"},
	{"\xff\xfe", "a UTF-16 text file"},
	{"\xfe\xff", "a UTF-16 text file"},
}

// sniff says in words what a file is that begins with b and is no capture.
func sniff(name string, b []byte) string {
	if len(b) == 0 {
		return "empty (0 bytes)"
	}
	for _, s := range signatures {
		if bytes.HasPrefix(b, []byte(s.magic)) {
			return s.name
		}
	}
	switch {
	case len(b) > 262 && string(b[257:262]) == "ustar":
		return "a tar archive (unpack it first)"
	case isText(b):
		return textKind(b)
	case len(bytes.Trim(b, "\x00")) == 0:
		return "nothing but zero bytes"
	case strings.EqualFold(filepath.Ext(name), ".etl"):
		return "a Windows event trace (pktmon etl2pcap or etl2pcapng turns it into pcapng)"
	}
	return fmt.Sprintf("of an unknown format (it begins with % x)", b[:min(len(b), 8)])
}

func textKind(b []byte) string {
	start := strings.ToLower(string(b[:min(len(b), 64)]))
	start = strings.TrimSpace(strings.TrimPrefix(start, "\ufeff"))
	if strings.HasPrefix(start, "<!doctype html") || strings.HasPrefix(start, "<html") {
		return "an HTML page"
	}
	return "a text file"
}

// isText tells whether b is text in UTF-8, perhaps cut inside a character.
func isText(b []byte) bool {
	for len(b) > 0 {
		r, n := utf8.DecodeRune(b)
		if r == utf8.RuneError && n == 1 {
			return !utf8.FullRune(b)
		}
		if unicode.IsControl(r) && !strings.ContainsRune("\t\n\r\f\x1b", r) {
			return false
		}
		b = b[n:]
	}
	return true
}
