package capture

import (
	"bytes"
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"
)

// How other formats become pcap; %s stands for the file's name, quoted for a shell.
const (
	byEditcap   = "editcap -F pcapng %s ctiscope.pcapng"
	byText2pcap = "text2pcap %s ctiscope.pcapng"
	byEtl       = "pktmon etl2pcap %s --out ctiscope.pcapng, or etl2pcapng %s ctiscope.pcapng"
)

// signature is the beginning of a file that is mistaken for a capture, or of a capture
// in another format.
type signature struct {
	at    int
	magic string
	name  string
	// how is the command that makes a capture of it, or that unpacks it to standard
	// output; empty where there is none.
	how string
}

var signatures = []signature{
	{0, "snoop\x00\x00\x00", "a snoop capture", byEditcap},
	{0, "btsnoop\x00", "a Bluetooth capture (btsnoop)", ""},
	{0, "GMBU", "a Microsoft Network Monitor 2 capture", byEditcap},
	{0, "RTSS", "a Microsoft Network Monitor 1 capture", byEditcap},
	{0, "TRSNIFF data", "a Sniffer capture", byEditcap},
	{0, "XCP\x00", "a NetXRay or Windows Sniffer capture", byEditcap},
	{0, "\x7fver", "an OmniPeek capture", byEditcap},
	{0, "\x05VNF", "a Visual Networks capture", byEditcap},
	{0, "ObserverPktBuffe", "a Network Instruments Observer capture", byEditcap},
	{0, "iptrace 1.0", "an iptrace capture of AIX", byEditcap},
	{0, "iptrace 2.0", "an iptrace capture of AIX", byEditcap},
	{0, "\xac\x01\x00\x1c", "an Ixia capture", byEditcap},
	{0, "\xab\x01\x00\x1c", "an Ixia capture", byEditcap},
	{0, "\xaa\xaa\xaa\xaa", "a 5Views capture", byEditcap},
	{0, "\x00\x00\x02\x00\x12\x05\x00\x10", "a Tektronix K12 capture", byEditcap},
	{0, "V0208", "an Aethra capture", byEditcap},
	{0, "EyeSDN", "an EyeSDN trace", byEditcap},
	{0, "NetScaler", "a NetScaler trace", byEditcap},
	{2, "NetScaler", "a NetScaler trace", byEditcap},
	{0, "+---------+---------------+----------+", "a K12 text capture", byEditcap},
	{0, "Session Transcript", "a Catapult DCT2000 log", byEditcap},
	{0, "ETHERWATCH ", "a DBS Etherwatch trace of VMS", byEditcap},
	{0, "TCPIPtrace", "a TCPIPtrace of VMS", byEditcap},
	{0, "PRI-XMIT-", "an Ascend trace", byEditcap},
	{0, "#Format=4", "a Daintree capture", byEditcap},

	{0, "\xfd7zXZ\x00", "an xz file", "xz -dc %s"},
	{0, "BZh", "a bzip2 file", "bzip2 -dc %s"},
	{0, "\x04\x22\x4d\x18", "an lz4 file", "lz4 -dc %s"},
	{0, "\x02\x21\x4c\x18", "an lz4 file of the old format", "lz4 -dc %s"},
	{0, "LZIP", "an lzip file", "lzip -dc %s"},
	{0, "\x89LZO", "an lzop file", "lzop -dc %s"},
	{0, "\x1f\x9d", "a file of compress, .Z", "gzip -dc %s"},
	{0, "7z\xbc\xaf\x27\x1c", "a 7-Zip archive", "7z x -so %s"},
	{0, "PK\x03\x04", "a zip archive", "unzip -p %s"},
	{0, "Rar!\x1a\x07", "a RAR archive", "unrar p -inul %s"},
	{257, "ustar", "a tar archive", "tar -xOf %s"},

	{0, "\x7fELF", "an ELF program", ""},
	{0, "MZ", "a Windows program", ""},
	{0, "\xcf\xfa\xed\xfe", "a macOS program", ""},
	{0, "\xca\xfe\xba\xbe", "a Java class or macOS program", ""},
	{0, "%PDF", "a PDF document", ""},
	{0, "\x89PNG", "a PNG picture", ""},
	{0, "\xff\xd8\xff", "a JPEG picture", ""},
	{0, "SQLite format 3\x00", "an SQLite database", ""},
	{0, "\xff\xfe", "a UTF-16 text file", ""},
	{0, "\xfe\xff", "a UTF-16 text file", ""},
}

// sniff says in words what a file is that begins with b and is no capture, and what to
// do with it.
func sniff(name string, b []byte) (found, advice string) {
	if len(b) == 0 {
		return "empty (0 bytes)", ""
	}
	for _, s := range signatures {
		if len(b) >= s.at && bytes.HasPrefix(b[s.at:], []byte(s.magic)) {
			return s.name, s.advice(name)
		}
	}
	switch {
	case isText(b):
		s := textKind(string(b))
		return s.name, s.advice(name)
	case len(bytes.Trim(b, "\x00")) == 0:
		return "nothing but zero bytes", ""
	}
	for _, s := range looks {
		if s.fits(b) {
			return s.name, s.advice(name)
		}
	}
	return fmt.Sprintf("of an unknown format (it begins with % x)", b[:min(len(b), 8)]), ""
}

// advice names the command for the file; what is unpacked is read from the pipe.
func (s *signature) advice(name string) string {
	switch {
	case s.how == "":
		return ""
	case strings.Contains(s.how, "ctiscope.pcapng"), !strings.Contains(s.how, "%s"):
		return "convert it: " + strings.ReplaceAll(s.how, "%s", quoted(name))
	}
	return "read what is in it: " + strings.ReplaceAll(s.how, "%s", quoted(name)) + " | ctiscope decode -"
}

// quoted writes a file's name for a shell.
func quoted(name string) string {
	if name == standardInput {
		name = "FILE"
	}
	plain := strings.IndexFunc(name, func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsDigit(r) && !strings.ContainsRune("_-./:+,@%", r)
	}) < 0
	if plain && !strings.HasPrefix(name, "-") {
		return name
	}
	if strings.HasPrefix(name, "-") {
		name = "./" + name
	}
	return "'" + strings.ReplaceAll(name, "'", `'\''`) + "'"
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
