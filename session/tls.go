package session

import (
	"encoding/binary"
	"fmt"
)

// LooksTLS tells whether a connection's first bytes are a TLS record: content
// type, version 3.0 to 3.4, a length that TLS allows.
func LooksTLS(b []byte) bool {
	return len(b) >= 5 && b[0] >= 20 && b[0] <= 23 && b[1] == 3 && b[2] <= 4 &&
		int(b[3])<<8|int(b[4]) <= 1<<14+2048 && b[3]|b[4] != 0
}

// tlsText says in words what a TLS record shows: of a ClientHello its version
// and the server's name.
func tlsText(b []byte) string {
	version, name, ok := clientHello(b)
	switch {
	case !ok:
		return "TLS: the content is encrypted and not decoded"
	case name == "":
		return fmt.Sprintf("TLS: ClientHello, %s; the content is encrypted and not decoded", tlsVersion(version))
	}
	return fmt.Sprintf("TLS: ClientHello, %s, server name %q; the content is encrypted and not decoded", tlsVersion(version), name)
}

func tlsVersion(v uint16) string {
	switch {
	case v == 0x0300:
		return "SSL 3.0"
	case v > 0x0300 && v <= 0x0304:
		return fmt.Sprintf("TLS 1.%d", v-0x0301)
	}
	return fmt.Sprintf("version 0x%04x", v)
}

// clientHello reads the highest version offered and the server name (RFC 8446
// section 4.1.2, RFC 6066 section 3). The record may be cut anywhere.
func clientHello(b []byte) (version uint16, name string, ok bool) {
	if len(b) < 11 || b[0] != 22 || b[5] != 1 {
		return 0, "", false
	}
	version = binary.BigEndian.Uint16(b[9:])
	r := hello(b[11:])
	r.skip(32)
	r.skip(r.number(1)) // session id
	r.skip(r.number(2)) // cipher suites
	r.skip(r.number(1)) // compression methods
	r.number(2)         // length of the extensions
	for len(r) >= 4 {
		kind, n := r.number(2), r.number(2)
		ext := r.take(n)
		switch {
		case kind == 0 && len(ext) > 5: // server_name: list length, type, name
			e := hello(ext[3:])
			name = string(e.take(e.number(2)))
		case kind == 43 && len(ext) > 2: // supported_versions
			for e := hello(ext[1:]); len(e) >= 2; {
				if v := uint16(e.number(2)); v&0x0f0f != 0x0a0a && v > version { // 0x?a?a are fillers (RFC 8701)
					version = v
				}
			}
		}
	}
	return version, name, true
}

// hello is the unread rest of a ClientHello; reading past its end gives zeros.
type hello []byte

func (h *hello) take(n int) []byte {
	n = min(n, len(*h))
	b := (*h)[:n]
	*h = (*h)[n:]
	return b
}

func (h *hello) skip(n int) { h.take(n) }

func (h *hello) number(size int) (n int) {
	for _, c := range h.take(size) {
		n = n<<8 | int(c)
	}
	return n
}
