package bpf

import (
	"slices"

	netbpf "golang.org/x/net/bpf"

	"ctiscope/capture"
)

// Traffic says what the filter of Ports lets through besides plain packets.
type Traffic struct {
	// Fragments lets pass the later fragments of TCP packets, which have no
	// ports.
	Fragments bool
	// VLAN looks behind one and two VLAN tags. A tag that a Linux kernel keeps
	// beside the packet is skipped in any case.
	VLAN bool
	// Tunnels lets pass whatever is in VXLAN, GENEVE, GRE (and with it
	// ERSPAN), IP in IP, MPLS and PPPoE, without looking inside.
	Tunnels bool
}

// DefaultFilter compiles a filter for TCP from or to one of the ports, over
// IPv4 and IPv6, in packets as a capture file has them. See Target.Ports.
func DefaultFilter(ports []uint16, link capture.LinkType, also Traffic) ([]netbpf.RawInstruction, error) {
	return Target{Link: link}.Ports(ports, also)
}

// Ports compiles a filter for TCP from or to one of the ports, over IPv4 and
// IPv6. Behind an IPv6 header it looks past one extension header. Without
// ports it lets all TCP pass.
//
// Neighbouring ports cost as much as one, others two instructions each and
// direction; more than a thousand scattered ports give ErrTooLong.
func (t Target) Ports(ports []uint16, also Traffic) ([]netbpf.RawInstruction, error) {
	p := portFilter{ranges: portRanges(ports), also: also}
	return t.program(func(s *scope) (*cond, error) { return p.frame(s), nil })
}

// portRange is the ports from low to high.
type portRange struct{ low, high uint16 }

// portRanges sorts ports and joins neighbours.
func portRanges(ports []uint16) []portRange {
	list := slices.Clone(ports)
	slices.Sort(list)
	var ranges []portRange
	for _, p := range list {
		if n := len(ranges); n > 0 && uint32(p) <= uint32(ranges[n-1].high)+1 {
			ranges[n-1].high = p
			continue
		}
		ranges = append(ranges, portRange{p, p})
	}
	return ranges
}

type portFilter struct {
	ranges []portRange
	also   Traffic
}

// slotTCP is the place in the scratch memory that holds where the TCP header
// begins.
const slotTCP = 0

// The UDP ports of tunnels.
const (
	portVXLAN      = 4789
	portLinuxVXLAN = 8472 // Linux's default, older than the assignment
	portGENEVE     = 6081
)

// frame looks behind up to two VLAN tags. Since one thing excludes the other,
// whatever fails fails for good, and all ways to a TCP header lead to the same
// comparisons of its ports.
func (p portFilter) frame(s *scope) *cond {
	if !p.also.VLAN || !s.tagged() {
		return p.network(s, never)
	}
	// Tags in the packet are looked for whatever is beside it.
	if s.cooked() && s.tag == tagInPacket {
		front := *s
		front.tag = tagInFront
		return choose(tagInFront.is(), p.frame(&front), p.behindTags(s))
	}
	return p.behindTags(s)
}

// behindTags is the condition on a packet with up to two tags.
func (p portFilter) behindTags(s *scope) *cond {
	once := *s
	first, _ := once.vlan(nil)
	twice := once
	second, _ := twice.vlan(nil)
	return p.network(s, and(first, p.network(&once, and(second, p.network(&twice, never)))))
}

// network is the condition on the network layer's packet; other is that on
// packets that are not IP.
func (p portFilter) network(s *scope, other *cond) *cond {
	if p.also.Tunnels && s.tagged() {
		other = or(s.carries(etherMPLS), s.carries(etherMPLSAll), s.carries(etherPPPoES), other)
	}
	return choose(s.carries(etherIPv4), p.packet4(s), choose(s.carries(etherIPv6), p.packet6(s), other))
}

// packet4 is the condition on an IPv4 packet.
func (p portFilter) packet4(s *scope) *cond {
	protocol := octet(s.base + 9)
	later := compare(half(s.base+6), jumpBits, 0x1fff)
	// A = base + length of the header
	begin := code{ins(opLoadXHeader, s.base), ins(opMoveToA, 0), ins(opALU|aluAdd, s.base), ins(opStore, slotTCP)}
	tcp := choose(later, constant(p.also.Fragments), after(begin, p.ports()))
	if !p.also.Tunnels {
		return and(equal(protocol, protoTCP), tcp)
	}
	udp := choose(later, constant(p.also.Fragments), tunnelPort(s.behindHeader(opLoadHalfX, 2)))
	return choose(equal(protocol, protoTCP), tcp,
		choose(equal(protocol, protoUDP), udp, anyOf(protocol, protoGRE, protoIPIP, protoIPv6)))
}

func tunnelPort(v value) *cond { return anyOf(v, portVXLAN, portLinuxVXLAN, portGENEVE) }

// packet6 is the condition on an IPv6 packet.
func (p portFilter) packet6(s *scope) *cond {
	next, first := octet(s.base+6), s.base+40
	direct := p.transport6(next, first)
	fragment := choose(compare(half(first+2), jumpBits, 0xfff8),
		and(constant(p.also.Fragments), p.fragmentOf(octet(first))),
		p.transport6(octet(first), first+8))
	// The header behind another is 8 bytes and 8 times its second byte on.
	behind := code{ins(opLoadByte, first+1), ins(opALU|aluAdd, 1), ins(opALU|aluLsh, 3), ins(opALU|aluAdd, first),
		ins(opStore, slotTCP)}
	tcp := after(behind, p.ports())
	extension := and(equal(octet(first), protoTCP), tcp)
	return choose(equal(next, protoFragment), fragment,
		choose(anyOf(next, 0, protoRouting, protoDestOpts), extension, direct))
}

// fragmentOf holds for the protocols whose later fragments are let pass.
func (p portFilter) fragmentOf(protocol value) *cond {
	if p.also.Tunnels {
		return anyOf(protocol, protoTCP, protoUDP, protoGRE, protoIPIP, protoIPv6)
	}
	return equal(protocol, protoTCP)
}

// transport6 is the condition on what begins at a fixed place in an IPv6
// packet.
func (p portFilter) transport6(protocol value, at uint32) *cond {
	tcp := after(code{ins(opLoadImm, at), ins(opStore, slotTCP)}, p.ports())
	if !p.also.Tunnels {
		return and(equal(protocol, protoTCP), tcp)
	}
	return choose(equal(protocol, protoTCP), tcp,
		choose(equal(protocol, protoUDP), tunnelPort(half(at+2)), anyOf(protocol, protoGRE, protoIPIP, protoIPv6)))
}

// ports compares both ports of the TCP header at slotTCP. All ways to a TCP
// header share this code.
func (p portFilter) ports() *cond {
	if len(p.ranges) == 0 {
		return always
	}
	at := func(offset uint32) value {
		return value{x: code{ins(opLoadXMem, slotTCP)}, a: code{ins(opLoadHalfX, offset)}}
	}
	return or(within(at(0), p.ranges), within(at(2), p.ranges))
}

// within holds if v lies in one of the sorted ranges; it halves them until few
// are left.
func within(v value, ranges []portRange) *cond {
	if half := len(ranges) / 2; len(ranges) > 8 {
		return choose(compare(v, jumpAtLeast, uint32(ranges[half].low)), within(v, ranges[half:]), within(v, ranges[:half]))
	}
	list := make([]*cond, len(ranges))
	for i, r := range ranges {
		if r.low == r.high {
			list[i] = equal(v, uint32(r.low))
			continue
		}
		list[i] = and(compare(v, jumpAtLeast, uint32(r.low)), not(compare(v, jumpMore, uint32(r.high))))
	}
	return or(list...)
}
