package capture

import (
	"encoding/binary"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestSniffNamesFormatsAndWhatToDo(t *testing.T) {
	erf := binary.LittleEndian.AppendUint64(nil, 1_700_000_000<<32)
	erf = append(erf, 2, 4, 0, 64, 0, 0, 0, 46)
	erf = append(append(erf, make([]byte, 48)...), erf...)
	view := append([]byte{60, 0, 60, 0, 0, 0xe9, 0x07, 7, 20, 8, 26, 40}, make([]byte, 60)...)
	etl := append([]byte{0, 0, 1, 0, 0, 16, 0, 0}, make([]byte, 64)...)
	etl = append(append(etl, 2, 0, 2, 0xc0), make([]byte, 100)...)
	tar := make([]byte, 512)
	copy(tar, "a.pcap")
	copy(tar[257:], "ustar")
	for _, c := range []struct{ content, found, advice string }{
		{string(erf), "an ERF capture of Endace", "editcap -F pcapng x.bin ctiscope.pcapng"},
		{string(view), "a CommView capture", "editcap"},
		{"\x01\x10\x4c\x00\x01\x05", "a LANalyzer capture", "editcap"},
		{string(etl), "a Windows event trace (ETL)", "pktmon etl2pcap x.bin --out ctiscope.pcapng"},
		{"\x7fver\x00\x00", "an OmniPeek capture", "editcap"},
		{"iptrace 2.0", "an iptrace capture of AIX", "editcap"},
		{"+---------+---------------+----------+\n", "a K12 text capture", "editcap"},
		{string(tar), "a tar archive", "tar -xOf x.bin | ctiscope decode -"},
		{"\x04\x22\x4d\x18", "an lz4 file", "lz4 -dc x.bin | ctiscope decode -"},
		{"PK\x03\x04", "a zip archive", "unzip -p x.bin | ctiscope decode -"},
		{"7z\xbc\xaf\x27\x1c", "a 7-Zip archive", "7z x -so x.bin | ctiscope decode -"},
		{"   1: 08:26:40.1 10.1.0.10.50001 > 10.9.0.5.42027: S 1:1(0)\n0x0000\t 4500 0028", "a packet dump of ASA", "copy /pcap"},
		{"0x0000:  4500 0028 0001\n0x0010:  0000", "a hex dump of packets", "text2pcap x.bin ctiscope.pcapng"},
		{"[\n  {\n    \"_index\": \"packets-2025\",", "the JSON of tshark", "cannot be turned back"},
		{"call with TAC\n", "a text file", ""},
		{"btsnoop\x00", "a Bluetooth capture (btsnoop)", ""},
		{"\x01\x02\x03\x04\x05\x06\x07\x08", "of an unknown format (it begins with 01 02 03 04 05 06 07 08)", ""},
	} {
		found, advice := sniff("x.bin", []byte(c.content))
		require.Equal(t, c.found, found)
		if c.advice == "" {
			require.Empty(t, advice, found)
		}
		require.Contains(t, advice, c.advice, found)
	}
}

func TestFileNamesAreQuotedForAShell(t *testing.T) {
	for name, want := range map[string]string{
		"day.pcap": "day.pcap", "my day.pcap": "'my day.pcap'", "it's": `'it'\''s'`, "$(rm)": "'$(rm)'", "-rf": "'./-rf'", "ü.cap": "ü.cap",
		standardInput: "FILE",
	} {
		require.Equal(t, want, quoted(name))
	}
}

// FuzzSniff never fails, whatever a file begins with.
func FuzzSniff(f *testing.F) {
	for _, s := range signatures {
		f.Add([]byte(strings.Repeat("x", s.at) + s.magic))
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		found, _ := sniff("x", b)
		require.NotEmpty(t, found)
	})
}
