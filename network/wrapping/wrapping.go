// Package wrapping knows the wrappings of packets that are rare on the way to TCP:
// link types other than Ethernet and its kin, tags and tunnels of single vendors,
// wireless frames. Each is taken off by a function of its own in a small file, or by
// one of gopacket's decoders; what they have in common is that they say where what is
// inside begins, and of which kind it is. Package network asks it for what it does not
// know itself, and goes on inside.
//
// Nothing is copied: what is inside lies in the bytes that were given. A fault of a
// decoder, gopacket's included, becomes an error. The package imports gopacket and
// nothing of the project.
package wrapping

import "errors"

// What says what is inside a wrapping.
type What uint8

// The kinds of content.
const (
	Frame What = iota // an Ethernet frame
	Type              // what Inside.Number says, an EtherType
	LLC               // an IEEE 802.2 header
	IP                // IPv4 or IPv6, as the first four bits say
	PPP               // a PPP protocol number, after FF 03 or without
	HDLC              // PPP or Cisco's HDLC
	Link              // a frame of the link type Inside.Number
)

// Inside is what was found in a wrapping.
type Inside struct {
	// Kind is the wrapping.
	Kind Kind
	What What
	// Number is the EtherType of Type, the link type of Link.
	Number uint32
	// Header is how many bytes of what was given stand before the content, Trailer
	// how many behind it on the wire.
	Header, Trailer int
}

// The errors tell why nothing was found.
var (
	// ErrForeign tells that the package does not know the number, or that the bytes
	// are something else which uses it.
	ErrForeign = errors.New("no known wrapping")
	// ErrNothing tells that the wrapping is known and holds no IP packet: control
	// traffic, management frames.
	ErrNothing = errors.New("no packet inside")
	// ErrShort tells that the bytes end within the wrapping.
	ErrShort = errors.New("too short")
	// ErrBad tells that the wrapping is not made as it should be.
	ErrBad = errors.New("wrong header")
)

// NamedError tells that the content cannot be read, and what it is: encrypted, a
// fragment.
type NamedError struct{ Name string }

// Error returns the name.
func (e *NamedError) Error() string { return e.Name }

// unread returns a NamedError.
func unread(name string) error { return &NamedError{name} }

// Number says what a number is a number of.
type Number uint8

// The numbers by which wrappings are known.
const (
	LinkType Number = iota // LINKTYPE_ of tcpdump.org
	EtherType
	Protocol // of IP
	Port     // of UDP, either side
)

// unwrapper finds what is inside b.
type unwrapper func(b []byte) (Inside, error)

// Known tells whether a number is that of a wrapping of this package.
func Known(of Number, number uint32) bool {
	_, ok := tables[of][number]
	return ok || of == LinkType && ofGopacket(number)
}

// KnownPort is Known for UDP ports, quick enough to be asked of every datagram.
func KnownPort(port uint16) bool { return portSet[port>>6]&(1<<(port&63)) != 0 }

// portSet holds the ports.
var portSet = func() (set [1024]uint64) {
	for port := range ports {
		set[port>>6] |= 1 << (port & 63)
	}
	return set
}()

// Unwrap finds what is inside b, which begins behind what holds the number: the
// frame of a link type, what follows an EtherType, an IP header, a UDP header.
func Unwrap(of Number, number uint32, b []byte) (in Inside, err error) {
	defer func() {
		if recover() != nil { // a decoder relied on bytes that are not there
			in, err = Inside{}, ErrBad
		}
	}()
	if f, ok := tables[of][number]; ok {
		return f(b)
	}
	if of == LinkType {
		return byGopacket(number, b)
	}
	return Inside{}, ErrForeign
}

// tables are the wrappings by number.
var tables = [...]map[uint32]unwrapper{
	LinkType:  linkTypes,
	EtherType: etherTypes,
	Protocol:  {115: l2tpv3},
	Port:      ports,
}

// has returns ErrShort unless b has n bytes.
func has(b []byte, n int) error {
	if len(b) < n {
		return ErrShort
	}
	return nil
}
