package capture

import (
	"regexp"
	"strings"
)

// Texts in which packets are printed. IOS and ASA can write captures themselves.
var textKinds = []struct {
	begins *regexp.Regexp
	signature
}{
	{regexp.MustCompile(`(?i)^\s*(<!doctype html|<html)`), signature{name: "an HTML page"}},
	{regexp.MustCompile(`^\s*\[?\s*\{\s*"_index"`), signature{name: "the JSON of tshark", how: "ask for the capture that it was made of: tshark's JSON cannot be turned back"}},
	{regexp.MustCompile(`(?im)^\s*\d+: .*(\.\d+|:\d+) > .*\n(\s*0x0000\b.*\n?)+`), signature{name: "a packet dump of ASA", how: "copy /pcap capture:NAME tftp: on the ASA writes a pcap file"}},
	{regexp.MustCompile(`(?m)^[0-9A-F]{8}: +([0-9A-F]{8} ?){1,4}`), signature{name: "a packet dump of IOS", how: "monitor capture NAME export tftp: on the router writes a pcap file"}},
	{regexp.MustCompile(`(?m)^\s*0x0000:?\s+([0-9a-f]{2,4}\s)+`), signature{name: "a hex dump of packets", how: byText2pcap}},
	{regexp.MustCompile(`(?m)^[0-9a-fA-F]{3,8}:?\s+([0-9a-fA-F]{2}\s+){4,}`), signature{name: "a hex dump of packets", how: byText2pcap}},
	{regexp.MustCompile(`T O S H I B A`), signature{name: "a Toshiba router trace", how: byEditcap}},
	{regexp.MustCompile(`(?m)^l2-(tx|rx) `), signature{name: "a CoSine trace", how: byEditcap}},
	{regexp.MustCompile(`\(i\) len=\d+:`), signature{name: "a NetScreen snoop trace", how: byEditcap}},
}

// textKind says what a text is that begins with b.
func textKind(b string) signature {
	b = strings.TrimPrefix(b, "\ufeff")
	for _, k := range textKinds {
		if k.begins.MatchString(b) {
			return k.signature
		}
	}
	return signature{name: "a text file"}
}
