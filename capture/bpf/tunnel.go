package bpf

import "errors"

// ErrOutside is an expression in which something to the right of geneve or
// vxlan is looked at in packets that are in no such tunnel.
var ErrOutside = errors.New("capture filter: geneve and vxlan move what stands to their right into the tunnel; " +
	"put alternatives to their left, as in: tcp port 42027 or (vxlan and tcp port 42027)")

// Offsets with one of these marks count from a place that the program works out
// for each packet and keeps in the scratch memory: where in a tunnel the inner
// packet begins differs by the length of the headers in front.
const (
	markMask = 0xf0000000
	// markFrame: from where the inner Ethernet header begins or, if there is
	// none, 14 bytes before the inner IP header.
	markFrame = 0x40000000
	// markType: from 12 bytes before the inner ether type.
	markType = 0x50000000
)

// The places in the scratch memory that the marks stand for. Arithmetic uses
// those from 0 on.
const (
	slotFrame = scratch - 1
	slotType  = scratch - 2
)

const (
	udpHeader     = 8
	tunnelHeader  = 8 // of VXLAN, and of GENEVE without options
	etherHeader   = 14
	etherTypeAt   = 12
	etherBridging = 0x6558
)

// relative splits an offset with a mark.
func relative(offset uint32) (slot, rest uint32, marked bool) {
	switch offset & markMask {
	case markFrame:
		return slotFrame, offset &^ markMask, true
	case markType:
		return slotType, offset &^ markMask, true
	}
	return 0, offset, false
}

// load reads at an offset, which may have a mark.
func load(op uint16, offset uint32) value {
	slot, rest, marked := relative(offset)
	if !marked {
		return value{a: code{ins(op, offset)}}
	}
	return value{x: code{ins(opLoadXMem, slot)}, a: code{ins(indexed(op), rest)}}
}

// indexed is the load that adds X to its offset.
func indexed(op uint16) uint16 { return op + opLoadWordX - opLoadWord }

// behind reads behind the IPv4 header at base; op adds X.
func behind(op uint16, base, offset uint32) value {
	_, rest, marked := relative(base)
	if !marked {
		return value{x: pastHeader(base), a: code{ins(op, base+offset)}}
	}
	return value{a: append(pastHeader(base), ins(op, rest+offset)), spoilsX: true}
}

// pastHeader sets X to the length of the IPv4 header at base; in a tunnel the
// mark's place is added, and A is lost.
func pastHeader(base uint32) code {
	slot, rest, marked := relative(base)
	if !marked {
		return code{ins(opLoadXHeader, base)}
	}
	return code{ins(opLoadXMem, slot), ins(opLoadByteX, rest), ins(opALU|aluAnd, 0xf), ins(opALU|aluLsh, 2),
		ins(opALU|aluAdd|operandX, 0), ins(opMoveToX, 0)}
}

// outer is one way in which the UDP header of a tunnel is reached.
type outer struct {
	is     *cond // a UDP datagram to the tunnel's port
	load   func(op uint16, offset uint32) value
	begins code // brings the place of the UDP header into A
}

// outers are the ways of IPv4 and IPv6.
func (s *scope) outers(port uint32) []outer {
	four := outer{
		load:   s.behindHeader,
		begins: code{ins(opLoadXHeader, s.base), ins(opMoveToA, 0), ins(opALU|aluAdd, s.base)},
	}
	four.is = and(s.protocol4(protoUDP), s.firstFragment(), equal(four.load(opLoadHalfX, 2), port))
	udp := s.base + 40
	six := outer{
		load:   func(op uint16, offset uint32) value { return load(op-opLoadWordX+opLoadWord, udp+offset) },
		begins: code{ins(opLoadImm, udp)},
	}
	six.is = and(s.carries(etherIPv6), equal(octet(s.base+6), protoUDP), equal(half(udp+2), port))
	return []outer{four, six}
}

// network holds if the tunnel's number is id; nil is any.
func (o outer) network(id *uint32) *cond {
	if id == nil {
		return always
	}
	return equal(o.load(opLoadWordX, udpHeader+4).masked(0xffffff00), *id<<8)
}

// vxlan holds for a VXLAN packet, of that network if given. What is right of it
// lies in the tunnel.
func (s *scope) vxlan(id *uint32) (*cond, string) {
	if s.inTunnel() {
		return nil, "a tunnel in a tunnel is not supported"
	}
	var ways []*cond
	for _, o := range s.outers(portVXLAN) {
		at := append(append(code{}, o.begins...), ins(opALU|aluAdd, udpHeader+tunnelHeader),
			ins(opStore, slotFrame), ins(opStore, slotType))
		valid := compare(o.load(opLoadByteX, udpHeader), jumpBits, 0x08)
		ways = append(ways, and(o.is, valid, o.network(id), after(at, always)))
	}
	s.enter(always)
	return or(ways...), ""
}

// geneve holds for a GENEVE packet, of that network if given. What is right of
// it lies in the tunnel: an Ethernet frame, or a packet by its ether type.
func (s *scope) geneve(id *uint32) (*cond, string) {
	if s.inTunnel() {
		return nil, "a tunnel in a tunnel is not supported"
	}
	var ways []*cond
	for _, o := range s.outers(portGENEVE) {
		first := o.load(opLoadByteX, udpHeader)
		// A = the place of the UDP header + the length of the options
		options := append(append(code{}, o.begins...), ins(opStore, slotType))
		options = append(append(append(options, first.x...), first.a...), ins(opALU|aluAnd, 0x3f), ins(opALU|aluLsh, 2),
			ins(opLoadXMem, slotType), ins(opALU|aluAdd|operandX, 0))
		frame := append(append(code{}, options...), ins(opALU|aluAdd, udpHeader+tunnelHeader),
			ins(opStore, slotFrame), ins(opStore, slotType))
		packet := append(append(code{}, options...), ins(opALU|aluAdd, udpHeader+tunnelHeader-etherHeader),
			ins(opStore, slotFrame), ins(opLoadMem, slotType), ins(opALU|aluSub, etherTypeAt-udpHeader-2), ins(opStore, slotType))
		bridged := equal(o.load(opLoadHalfX, udpHeader+2), etherBridging)
		ways = append(ways, and(o.is, not(compare(first, jumpBits, 0xc0)), o.network(id),
			choose(bridged, after(frame, always), after(packet, always))))
	}
	// Both places are the same if there is an Ethernet header.
	same := value{a: code{ins(opLoadXMem, slotFrame), ins(opLoadMem, slotType), ins(opALU|aluSub|operandX, 0)}, spoilsX: true}
	s.enter(equal(same, 0))
	return or(ways...), ""
}

// inTunnel is true to the right of geneve and vxlan.
func (s *scope) inTunnel() bool { return s.framed != nil }

// enter moves the scope into the tunnel; framed holds if there is an Ethernet
// header.
func (s *scope) enter(framed *cond) {
	s.framed, s.tag = framed, tagInPacket
	s.field, s.typeAt, s.base = fieldEtherType, markType|etherTypeAt, markFrame|etherHeader
}

// frame is where the Ethernet header begins, and the condition that there is
// one.
func (s *scope) frame() (origin uint32, is *cond) {
	if s.inTunnel() {
		return markFrame, s.framed
	}
	return 0, always
}

// settled reports true if no way through the program reads a place of the
// scratch memory that it has not written. Linux refuses others.
func settled(prog code) bool {
	written := make([]uint32, len(prog)+1) // by all ways to an instruction
	for i := range written {
		written[i] = 1<<scratch - 1
	}
	written[0] = 0
	for i, in := range prog {
		now := written[i]
		switch {
		case in.Op == opStore:
			now |= 1 << in.K
		case in.Op == opLoadMem || in.Op == opLoadXMem:
			if now&(1<<in.K) == 0 {
				return false
			}
		}
		switch {
		case in.Op == opReturn || in.Op == opReturnA:
		case in.Op == opJump|jumpAlways:
			written[i+1+int(in.K)] &= now
		case in.Op&classMask == classJump:
			written[i+1+int(in.Jt)] &= now
			written[i+1+int(in.Jf)] &= now
		default:
			written[i+1] &= now
		}
	}
	return true
}
