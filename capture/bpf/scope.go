package bpf

import (
	"fmt"

	"ctiscope/capture"
)

// Ether types.
const (
	etherIPv4    = 0x0800
	etherARP     = 0x0806
	etherRARP    = 0x8035
	etherIPv6    = 0x86dd
	etherVLAN    = 0x8100
	etherQinQ    = 0x88a8
	etherOldQinQ = 0x9100
	etherMPLS    = 0x8847
	etherMPLSAll = 0x8848
	etherPPPoED  = 0x8863
	etherPPPoES  = 0x8864
)

// Numbers of protocols above IP.
const (
	protoICMP     = 1
	protoIGMP     = 2
	protoIPIP     = 4
	protoTCP      = 6
	protoUDP      = 17
	protoIPv6     = 41
	protoRouting  = 43
	protoFragment = 44
	protoGRE      = 47
	protoICMPv6   = 58
	protoDestOpts = 60
	protoSCTP     = 132
)

// protoField says how a packet tells the protocol of its network layer.
type protoField uint8

const (
	fieldEtherType protoField = iota // 2 bytes at typeAt
	fieldKernel                      // asked of the kernel
	fieldVersion                     // by the IP version in the first byte
	fieldIPv4                        // always IPv4
	fieldIPv6
	fieldFamily // 4 bytes at typeAt, an address family in either byte order
	fieldPPP    // 2 bytes at typeAt, a PPP protocol number
	fieldMPLS   // by the IP version, if the label before is the last
)

// scope is where the parts of a packet are. The words vlan, mpls and pppoes
// move it on, for everything to their right.
type scope struct {
	target Target
	field  protoField
	typeAt uint32 // of the protocol field
	base   uint32 // of the network layer's header
	// tag is where the VLAN tag that comes next is.
	tag tagPlace
	// usedVLAN is set once the condition has looked for a VLAN tag.
	usedVLAN bool
	// framed holds if a tunnel's packet has an Ethernet header; nil outside.
	framed *cond
}

// tagPlace is where a packet's VLAN tag is.
type tagPlace uint8

const (
	tagInPacket tagPlace = iota
	// tagBeside: the kernel keeps the outermost tag beside the packet.
	tagBeside
	// tagInFront: the packet is seen without its link header, and the tags are
	// part of that. So it is with tagged packets that this host sends.
	tagInFront
)

// is holds for packets whose tag is there.
func (p tagPlace) is() *cond {
	if p == tagBeside {
		return equal(extension(extVLANPresent), 1)
	}
	return and(equal(extension(extPacketType), packetOutgoing),
		anyOf(extension(extProtocol), etherVLAN, etherQinQ, etherOldQinQ))
}

// linkHeader is the place of a packet's link header for a program that sees
// the packet without it; that of Ethernet has 14 bytes.
const linkHeader = 0xffe00000

// newScope returns the scope of a packet's beginning.
func newScope(t Target, tag tagPlace) (*scope, error) {
	s := &scope{target: t, tag: tag}
	place := func(f protoField, typeAt, base uint32) { s.field, s.typeAt, s.base = f, typeAt, base }
	switch t.Link {
	case capture.LinkEthernet:
		place(fieldEtherType, 12, 14)
	case capture.LinkLinuxSLL:
		place(fieldEtherType, 14, 16)
	case capture.LinkLinuxSLL2:
		place(fieldEtherType, 0, 20)
	case capture.LinkRaw:
		place(fieldVersion, 0, 0)
	case capture.LinkIPv4:
		place(fieldIPv4, 0, 0)
	case capture.LinkIPv6:
		place(fieldIPv6, 0, 0)
	case capture.LinkNull, capture.LinkLoop:
		place(fieldFamily, 0, 4)
	case capture.LinkPPP, capture.LinkPPPHDLC:
		place(fieldPPP, 2, 4)
	case capture.LinkPPPEther:
		place(fieldPPP, 6, 8)
	default:
		return nil, fmt.Errorf("capture filter: link type %d is not supported", t.Link)
	}
	if s.cooked() {
		place(fieldKernel, 0, 0)
	}
	return s, nil
}

// cooked is true if the program sees no link header.
func (s *scope) cooked() bool {
	return s.target.Kernel && (s.target.Link == capture.LinkLinuxSLL || s.target.Link == capture.LinkLinuxSLL2)
}

// ethernet is true if the packet begins with an Ethernet header.
func (s *scope) ethernet() bool { return s.inTunnel() || s.target.Link == capture.LinkEthernet }

// tagged is true if a VLAN tag or the like can come next.
func (s *scope) tagged() bool { return s.field == fieldEtherType || s.field == fieldKernel }

// carries holds if the network layer's protocol is the ether type.
func (s *scope) carries(ether uint32) *cond {
	switch s.field {
	case fieldEtherType:
		return equal(half(s.typeAt), ether)
	case fieldKernel:
		return equal(extension(extProtocol), ether)
	case fieldVersion:
		return s.version(ether)
	case fieldMPLS:
		return and(equal(octet(s.base-2).masked(1), 1), s.version(ether))
	case fieldIPv4:
		return constant(ether == etherIPv4)
	case fieldIPv6:
		return constant(ether == etherIPv6)
	case fieldPPP:
		return s.pppCarries(ether)
	default:
		return s.familyIs(ether)
	}
}

func constant(holds bool) *cond {
	if holds {
		return always
	}
	return never
}

// version tells IPv4 from IPv6 by the first 4 bits.
func (s *scope) version(ether uint32) *cond {
	switch ether {
	case etherIPv4:
		return equal(octet(s.base).masked(0xf0), 0x40)
	case etherIPv6:
		return equal(octet(s.base).masked(0xf0), 0x60)
	default:
		return never
	}
}

func (s *scope) pppCarries(ether uint32) *cond {
	numbers := map[uint32]uint32{etherIPv4: 0x21, etherIPv6: 0x57, etherMPLS: 0x281, etherMPLSAll: 0x283}
	n, ok := numbers[ether]
	if !ok {
		return never
	}
	return equal(half(s.typeAt), n)
}

// familyIs compares an address family. AF_INET6 is 10 on Linux, 24 on NetBSD
// and OpenBSD, 28 on FreeBSD, 30 on macOS and 23 on Windows; a file does not
// tell where it was written, nor in which byte order.
func (s *scope) familyIs(ether uint32) *cond {
	var families []uint32
	switch ether {
	case etherIPv4:
		families = []uint32{2}
	case etherIPv6:
		families = []uint32{10, 23, 24, 28, 30}
	}
	var both []uint32
	for _, f := range families {
		both = append(both, f<<24, f)
	}
	return anyOf(word(s.typeAt), both...)
}

// vlan holds if a VLAN tag comes next, with that identifier if given. What is
// right of it lies behind the tag.
func (s *scope) vlan(id *uint32) (*cond, string) {
	if !s.tagged() {
		return nil, "VLAN tags are not known on this link type, or at this place"
	}
	s.usedVLAN = true
	if s.tag == tagBeside {
		s.tag = tagInPacket
		if id == nil {
			return always, ""
		}
		return equal(extension(extVLANTag).masked(0xfff), *id), ""
	}
	tci := s.base
	if s.tag == tagInFront {
		tci = max(s.typeAt+2, linkHeader+14)
	}
	c := or(s.carries(etherVLAN), s.carries(etherQinQ), s.carries(etherOldQinQ))
	if id != nil {
		c = and(c, equal(half(tci).masked(0xfff), *id))
	}
	s.field, s.typeAt = fieldEtherType, tci+2
	if s.tag != tagInFront {
		s.base += 4
	}
	return c, ""
}

// mpls holds if an MPLS label comes next, with that number if given.
func (s *scope) mpls(label *uint32) (*cond, string) {
	var c *cond
	switch {
	case s.field == fieldMPLS:
		c = equal(octet(s.base-2).masked(1), 0) // the label before is not the last
	case s.tagged() || s.field == fieldPPP:
		c = s.carries(etherMPLS)
	default:
		return nil, "MPLS is not known on this link type"
	}
	if label != nil {
		c = and(c, equal(word(s.base).masked(0xfffff000), *label<<12))
	}
	s.field = fieldMPLS
	s.base += 4
	return c, ""
}

// pppoes holds if a PPPoE session header comes next, of that session if given.
func (s *scope) pppoes(session *uint32) (*cond, string) {
	if !s.tagged() {
		return nil, "PPPoE is not known on this link type, or at this place"
	}
	c := s.carries(etherPPPoES)
	if session != nil {
		c = and(c, equal(word(s.base).masked(0xffff), *session))
	}
	s.field, s.typeAt = fieldPPP, s.base+6
	s.base += 8
	return c, ""
}
