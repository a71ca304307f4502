package bpf

import (
	"encoding/binary"

	netbpf "golang.org/x/net/bpf"
)

// Packet is what a program looks at.
type Packet struct {
	Data []byte
	// Length is the packet's length on the wire, at least len(Data).
	Length int
	// Beside is what a Linux kernel keeps beside the packet; the zero value is
	// right for packets of a file.
	Beside Beside
}

// Beside is what a Linux kernel tells a program that asks for more than the
// packet's bytes.
type Beside struct {
	Protocol   uint16 // the ether type
	PacketType uint8  // 4 for a packet that this host sent
	Interface  uint32
	VLANTag    uint16 // the tag control information
	HasVLAN    bool
}

// Run runs a program and returns how many bytes of the packet it keeps, 0 for
// a packet that does not match. A program that is not sound matches nothing.
// It allocates nothing.
func Run(prog []netbpf.RawInstruction, p *Packet) uint32 {
	m := machine{packet: p}
	for pc := 0; pc < len(prog); pc++ {
		i := prog[pc]
		operand := i.K
		if i.Op&operandX != 0 {
			operand = m.x
		}
		ok := true
		switch {
		case i.Op == opReturn:
			return i.K
		case i.Op == opReturnA:
			return m.a
		case i.Op == opJump|jumpAlways:
			if i.K >= uint32(len(prog)) {
				return 0
			}
			pc += int(i.K)
		case i.Op&classMask == classJump:
			if compares(m.a, i.Op&operatorMask, operand) {
				pc += int(i.Jt)
			} else {
				pc += int(i.Jf)
			}
		case i.Op&classMask == classALU:
			ok = m.calculate(i.Op&operatorMask, operand)
		default:
			ok = m.move(i)
		}
		if !ok {
			return 0
		}
	}
	return 0
}

type machine struct {
	packet *Packet
	a, x   uint32
	memory [scratch]uint32
}

// calculate applies an ALU operator to A. A shift by a number in X uses its
// low 5 bits, as Linux does.
func (m *machine) calculate(op uint16, operand uint32) bool {
	if (op == aluDiv || op == aluMod) && operand == 0 {
		return false
	}
	if op == aluLsh || op == aluRsh {
		operand &= 31
	}
	m.a = calculate(op, m.a, operand)
	return true
}

// move runs an instruction that loads or stores.
func (m *machine) move(i netbpf.RawInstruction) (ok bool) {
	switch i.Op {
	case opLoadWord, opLoadHalf, opLoadByte:
		if i.K >= extBase {
			return m.ask(i.K)
		}
		m.a, ok = m.load(i.Op, uint64(i.K))
		return ok
	case opLoadWordX, opLoadHalfX, opLoadByteX:
		m.a, ok = m.load(i.Op-(opLoadWordX-opLoadWord), uint64(m.x)+uint64(i.K))
		return ok
	case opLoadXHeader:
		m.x, ok = m.load(opLoadByte, uint64(i.K))
		m.x = 4 * (m.x & 15)
		return ok
	case opLoadLength:
		m.a = uint32(m.packet.Length)
	case opLoadXLength:
		m.x = uint32(m.packet.Length)
	case opLoadImm:
		m.a = i.K
	case opLoadXImm:
		m.x = i.K
	case opMoveToX:
		m.x = m.a
	case opMoveToA:
		m.a = m.x
	case opLoadMem, opLoadXMem, opStore, opStoreX:
		return m.scratch(i)
	default:
		return false
	}
	return true
}

// scratch runs an instruction on the scratch memory.
func (m *machine) scratch(i netbpf.RawInstruction) bool {
	if i.K >= scratch {
		return false
	}
	switch i.Op {
	case opLoadMem:
		m.a = m.memory[i.K]
	case opLoadXMem:
		m.x = m.memory[i.K]
	case opStore:
		m.memory[i.K] = m.a
	default:
		m.memory[i.K] = m.x
	}
	return true
}

// load reads from the packet.
func (m *machine) load(op uint16, at uint64) (uint32, bool) {
	data := m.packet.Data
	size := loadSize(op)
	if at+size > uint64(len(data)) {
		return 0, false
	}
	data = data[at : at+size]
	switch op {
	case opLoadWord:
		return binary.BigEndian.Uint32(data), true
	case opLoadHalf:
		return uint32(binary.BigEndian.Uint16(data)), true
	default:
		return uint32(data[0]), true
	}
}

// loadSize is the number of bytes that a load reads.
func loadSize(op uint16) uint64 {
	switch op {
	case opLoadWord:
		return 4
	case opLoadHalf:
		return 2
	default:
		return 1
	}
}

// ask reads what is beside the packet.
func (m *machine) ask(place uint32) bool {
	b := &m.packet.Beside
	switch place {
	case extProtocol:
		m.a = uint32(b.Protocol)
	case extPacketType:
		m.a = uint32(b.PacketType)
	case extInterface:
		m.a = b.Interface
	case extVLANTag:
		m.a = uint32(b.VLANTag)
	case extVLANPresent:
		m.a = uint32(count(b.HasVLAN))
	default:
		return false
	}
	return true
}
