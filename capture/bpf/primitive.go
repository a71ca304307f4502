package bpf

import (
	"encoding/binary"

	"ctiscope/capture"
)

// direction says which of a packet's two addresses or ports is meant.
type direction uint8

const (
	dirEither direction = iota
	dirSource
	dirDest
	dirBoth
)

// ways combines the conditions on the source and on the destination.
func (d direction) ways(source, dest *cond) *cond {
	switch d {
	case dirSource:
		return source
	case dirDest:
		return dest
	case dirBoth:
		return and(source, dest)
	default:
		return or(source, dest)
	}
}

// protocol holds if an IPv4 packet is of that protocol.
func (s *scope) protocol4(number uint32) *cond {
	return and(s.carries(etherIPv4), equal(octet(s.base+9), number))
}

// protocol6 holds if an IPv6 packet is of that protocol, directly or behind a
// fragment header.
func (s *scope) protocol6(number uint32) *cond {
	next := octet(s.base + 6)
	fragment := and(equal(next, protoFragment), equal(octet(s.base+40), number))
	return and(s.carries(etherIPv6), or(equal(next, number), fragment))
}

// firstFragment holds if an IPv4 packet is whole or the first fragment.
func (s *scope) firstFragment() *cond {
	return not(compare(half(s.base+6), jumpBits, 0x1fff))
}

// behindHeader is the value of size bytes behind the IPv4 header.
func (s *scope) behindHeader(op uint16, offset uint32) value {
	return behind(op, s.base, offset)
}

// ports holds if a packet of one of the protocols has a port in the range.
func (s *scope) ports(protocols []uint32, d direction, low, high uint32) *cond {
	within := func(v value) *cond {
		if low == high {
			return equal(v, low)
		}
		return and(compare(v, jumpAtLeast, low), not(compare(v, jumpMore, high)))
	}
	six := and(s.carries(etherIPv6), anyOf(octet(s.base+6), protocols...),
		d.ways(within(half(s.base+40)), within(half(s.base+42))))
	four := and(s.carries(etherIPv4), anyOf(octet(s.base+9), protocols...), s.firstFragment(),
		d.ways(within(s.behindHeader(opLoadHalfX, 0)), within(s.behindHeader(opLoadHalfX, 2))))
	return or(six, four)
}

// host4 holds if an address of a packet of the ether type equals addr under
// mask.
func (s *scope) host4(ether uint32, d direction, addr, mask uint32) *cond {
	source, dest := s.base+12, s.base+16
	if ether != etherIPv4 {
		source, dest = s.base+14, s.base+24
	}
	is := func(at uint32) *cond {
		if mask == 0xffffffff {
			return equal(word(at), addr)
		}
		return equal(word(at).masked(mask), addr&mask)
	}
	return and(s.carries(ether), d.ways(is(source), is(dest)))
}

// host6 holds if an address of an IPv6 packet begins with the bits of addr.
func (s *scope) host6(d direction, addr [16]byte, bits int) *cond {
	is := func(at uint32) *cond {
		var list []*cond
		for i := uint32(0); i < 4 && bits > 32*int(i); i++ {
			want, v := binary.BigEndian.Uint32(addr[4*i:]), word(at+4*i)
			if rest := bits - 32*int(i); rest < 32 {
				mask := ^uint32(0) << (32 - rest)
				want, v = want&mask, v.masked(mask)
			}
			list = append(list, equal(v, want))
		}
		return and(list...)
	}
	return and(s.carries(etherIPv6), d.ways(is(s.base+8), is(s.base+24)))
}

// station holds if an Ethernet address of the frame is addr.
func (s *scope) station(d direction, addr [6]byte) *cond {
	origin, framed := s.frame()
	is := func(at uint32) *cond {
		return and(equal(word(at+2), binary.BigEndian.Uint32(addr[2:])),
			equal(half(at), uint32(binary.BigEndian.Uint16(addr[:]))))
	}
	return and(framed, d.ways(is(origin+6), is(origin)))
}

// outgoing holds if the capturing host sent the packet; nil if the packet does
// not tell.
func (s *scope) outgoing() *cond {
	switch {
	case s.target.Kernel:
		return equal(extension(extPacketType), packetOutgoing)
	case s.target.Link == capture.LinkLinuxSLL:
		return equal(half(0), packetOutgoing)
	case s.target.Link == capture.LinkLinuxSLL2:
		return equal(octet(10), packetOutgoing)
	default:
		return nil
	}
}

// capturedOn holds if the packet was captured on the interface; nil if the
// packet does not tell.
func (s *scope) capturedOn(index uint32) *cond {
	switch {
	case s.target.Kernel:
		return equal(extension(extInterface), index)
	case s.target.Link == capture.LinkLinuxSLL2:
		return equal(word(4), index)
	default:
		return nil
	}
}
