package bpf

import netbpf "golang.org/x/net/bpf"

// The operation codes of classic BPF.
const (
	opLoadWord    = 0x20 // A = 4 bytes at k
	opLoadHalf    = 0x28
	opLoadByte    = 0x30
	opLoadWordX   = 0x40 // A = 4 bytes at X+k
	opLoadHalfX   = 0x48
	opLoadByteX   = 0x50
	opLoadLength  = 0x80
	opLoadImm     = 0x00
	opLoadMem     = 0x60
	opLoadXImm    = 0x01
	opLoadXMem    = 0x61
	opLoadXLength = 0x81
	opLoadXHeader = 0xb1 // X = 4 * (byte at k & 15)
	opStore       = 0x02
	opStoreX      = 0x03
	opALU         = 0x04
	opJump        = 0x05
	opReturn      = 0x06
	opReturnA     = 0x16
	opMoveToX     = 0x07
	opMoveToA     = 0x87
	operandX      = 0x08 // in an ALU or jump code: the operand is X, not k
	classMask     = 0x07
	classLoadX    = 0x01
	classALU      = 0x04
	classJump     = 0x05
	operatorMask  = 0xf0
)

// The operators of ALU instructions.
const (
	aluAdd = 0x00
	aluSub = 0x10
	aluMul = 0x20
	aluDiv = 0x30
	aluOr  = 0x40
	aluAnd = 0x50
	aluLsh = 0x60
	aluRsh = 0x70
	aluNeg = 0x80
	aluMod = 0x90
	aluXor = 0xa0
)

// The operators of jumps.
const (
	jumpAlways  = 0x00
	jumpEqual   = 0x10
	jumpMore    = 0x20
	jumpAtLeast = 0x30
	jumpBits    = 0x40 // A & operand != 0
)

// Places at which a Linux socket filter reads what is beside the packet.
const (
	extBase        = 0xfffff000
	extProtocol    = extBase + 0  // the ether type
	extPacketType  = extBase + 4  // PACKET_HOST ... PACKET_OUTGOING
	extInterface   = extBase + 8  // the interface's index
	extVLANTag     = extBase + 44 // the tag control information
	extVLANPresent = extBase + 48
)

// packetOutgoing is Linux's packet type of a packet that this host sent.
const packetOutgoing = 4

type code = []netbpf.RawInstruction

func ins(op uint16, k uint32) netbpf.RawInstruction {
	return netbpf.RawInstruction{Op: op, K: k}
}

// value is code that brings something into A.
type value struct {
	x code // sets X, leaves A alone; may be empty
	a code // sets A, may use X
	// spoilsX is true if a changes X.
	spoilsX bool
}

func word(offset uint32) value     { return load(opLoadWord, offset) }
func half(offset uint32) value     { return load(opLoadHalf, offset) }
func octet(offset uint32) value    { return load(opLoadByte, offset) }
func extension(place uint32) value { return value{a: code{ins(opLoadWord, place)}} }
func length() value                { return value{a: code{ins(opLoadLength, 0)}} }

// masked is v & mask.
func (v value) masked(mask uint32) value {
	a := append(code{}, v.a...)
	v.a = append(a, ins(opALU|aluAnd, mask))
	return v
}

// key identifies what the value computes.
func (v value) key() string {
	b := make([]byte, 0, 8*(len(v.x)+len(v.a))+1)
	b = appendKey(b, v.x)
	b = append(b, '|')
	return string(appendKey(b, v.a))
}

func appendKey(b []byte, c code) []byte {
	for _, i := range c {
		b = append(b, byte(i.Op>>8), byte(i.Op), byte(i.K>>24), byte(i.K>>16), byte(i.K>>8), byte(i.K))
	}
	return b
}
