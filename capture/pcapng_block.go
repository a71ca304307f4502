package capture

import (
	"fmt"
	"math"
	"math/bits"
)

// Options of pcapng blocks. optionEnd ends a list.
const (
	optionEnd = 0

	optionName        = 2 // of an interface
	optionDescription = 3
	optionResolution  = 9
	optionOffset      = 14

	optionIfDrop = 5 // of interface statistics
	optionOSDrop = 7
)

// block reads any block but an enhanced packet. An error means that nothing
// after it can be read.
func (f *pcapng) block(kind uint32, blk *Block, b []byte) error {
	if f.notes && kind != blockSimple && kind != blockPacket {
		blk.Notes = append(blk.Notes, Note{Before: len(blk.Packets), Kind: kind, BigEndian: f.swapped, Body: b, File: f.order, Off: f.at})
	}
	switch kind {
	case blockSection:
		f.ports = f.ports[:0]
		if major := f.u16(b[4:]); major != 1 {
			return fmt.Errorf("a section of pcapng version %d.%d", major, f.u16(b[6:]))
		}
	case blockInterface:
		f.describe(b)
	case blockStatistics:
		f.statistics(b)
	case blockSimple:
		f.simple(blk, b)
	case blockPacket:
		f.obsolete(blk, b)
	default:
		if isFrame(kind) {
			f.count++
		}
	}
	return nil
}

// isFrame tells whether Wireshark counts a block among the frames though it holds no
// packet: custom blocks, journal entries, events of sysdig.
func isFrame(kind uint32) bool {
	switch kind {
	case blockJournal, blockCustom, blockCustomOwn:
		return true
	case blockSysdig, 0x208, 0x20b, 0x210, 0x216, 0x217, blockSysdigs:
		return true
	}
	return false
}

// describe reads an interface description block.
func (f *pcapng) describe(b []byte) {
	if len(b) < 8 || len(f.ports) == maxInterfaces {
		f.skipped("an interface that cannot be read or is one too many")
		return
	}
	p := port{link: linkType(uint32(f.u16(b))), snap: int(f.u32(b[4:])), clock: newClock(6, 0)}
	var name, description string
	resolution, offset := byte(6), int64(0)
	f.options(b[8:], func(code uint16, v []byte) {
		switch {
		case code == optionName:
			name = string(v)
		case code == optionDescription:
			description = string(v)
		case code == optionResolution && len(v) >= 1:
			resolution = v[0]
		case code == optionOffset && len(v) >= 8:
			offset = int64(f.u64(v))
		}
	})
	if name == "" {
		name = description
	}
	p.clock = newClock(resolution, offset)
	var ok bool
	p.index, ok = f.interfaces.add(Interface{Name: name, File: f.file, Link: p.link, SnapLen: p.snap}, len(f.ports))
	if !ok {
		f.warnings.add("%s: more than %d interfaces, further ones are taken for the last", f.file, maxInterfaces)
	}
	f.ports = append(f.ports, p)
}

// statistics reads an interface statistics block. Its counts run from the
// beginning of the capture; of several, the last holds.
func (f *pcapng) statistics(b []byte) {
	if len(b) < 12 || uint64(f.u32(b)) >= uint64(len(f.ports)) {
		f.skipped("statistics of an interface that is not described")
		return
	}
	p := &f.ports[f.u32(b)]
	var dropped int64
	f.options(b[12:], func(code uint16, v []byte) {
		if (code == optionIfDrop || code == optionOSDrop) && len(v) >= 8 {
			dropped += int64(min(f.u64(v), math.MaxInt32<<16))
		}
	})
	if dropped > p.dropped {
		f.interfaces.dropped(p.index, dropped-p.dropped)
		p.dropped = dropped
	}
}

// simple reads a simple packet block: a packet of the first interface without
// a time; in the order it stands with the packet before it.
func (f *pcapng) simple(blk *Block, b []byte) {
	if len(b) < 4 || len(f.ports) == 0 {
		f.skipped("a simple packet of an interface that is not described")
		return
	}
	p := &f.ports[0]
	wire := int(f.u32(b))
	n := min(wire, len(b)-4)
	if p.snap > 0 {
		n = min(n, p.snap)
	}
	f.warnings.addTo(f.file+"time", f.file+": packets without a time, in the order of the file")
	f.add(blk, p, b[4:4+n:4+n], wire, NoTime)
}

// obsolete reads a packet block.
func (f *pcapng) obsolete(blk *Block, b []byte) {
	if len(b) < 20 {
		f.skipped("a packet block of %d bytes", len(b))
		return
	}
	iface := uint32(f.u16(b))
	at := uint64(f.u32(b[4:]))<<32 | uint64(f.u32(b[8:]))
	f.packet(blk, iface, at, b[12:])
}

// options calls option for every option in b: a code, a length and a value
// that is padded to a multiple of 4. A list that is cut ends there.
func (f *pcapng) options(b []byte, option func(code uint16, value []byte)) {
	for len(b) >= 4 {
		code, n := f.u16(b), int(f.u16(b[2:]))
		b = b[4:]
		if code == optionEnd || n > len(b) {
			return
		}
		option(code, b[:n])
		b = b[min((n+3)&^3, len(b)):]
	}
}

func (f *pcapng) u64(b []byte) uint64 {
	first, second := uint64(f.u32(b)), uint64(f.u32(b[4:]))
	if f.swapped {
		return first<<32 | second
	}
	return second<<32 | first
}

// clock turns the times of an interface into nanoseconds.
type clock struct {
	multiply uint64 // nanoseconds in a unit; 0 when the unit is another fraction
	divide   uint64 // units in a nanosecond; 0 when more than 64 bits hold
	shift    uint   // the unit is 2^-shift seconds, when neither is set
	binary   bool
	offset   int64 // nanoseconds
	digits   uint8
}

// maxOffset is the largest if_tsoffset, in seconds, that is believed: some 146
// years, far from the end of what a Packet's time can hold.
const maxOffset = math.MaxInt64 / 2_000_000_000

// newClock reads the options if_tsresol and if_tsoffset, the latter in seconds.
func newClock(resolution byte, offset int64) clock {
	c := clock{digits: 9, offset: max(min(offset, maxOffset), -maxOffset) * 1e9}
	power := uint(resolution & 0x7f)
	switch {
	case resolution&0x80 != 0:
		c.binary, c.shift = true, power
		if power < 20 { // coarser than a microsecond
			c.digits = 6
		}
	case power <= 9:
		c.multiply = pow10(9 - power)
		if power <= 6 {
			c.digits = 6
		}
	case power-9 <= 19:
		c.divide = pow10(power - 9)
	}
	return c
}

func pow10(n uint) uint64 {
	v := uint64(1)
	for range n {
		v *= 10
	}
	return v
}

// nanoseconds turns a time into nanoseconds since 1970; one out of range gives
// the last that can be told.
func (c *clock) nanoseconds(at uint64) int64 {
	var ns uint64
	switch {
	case c.multiply > 0:
		high, low := bits.Mul64(at, c.multiply)
		ns = low
		if high > 0 {
			ns = math.MaxUint64
		}
	case c.divide > 0:
		ns = at / c.divide
	case c.binary:
		ns = c.fraction(at)
	}
	return addTime(int64(min(ns, math.MaxInt64)), c.offset)
}

// fraction multiplies a time in units of 2^-shift seconds by 1e9.
func (c *clock) fraction(at uint64) uint64 {
	high, low := bits.Mul64(at, 1e9)
	switch {
	case c.shift >= 64:
		return high >> (c.shift - 64)
	case high>>c.shift != 0:
		return math.MaxUint64
	}
	return high<<(64-c.shift) | low>>c.shift
}

func addTime(a, b int64) int64 {
	if b > 0 && a > math.MaxInt64-b {
		return math.MaxInt64
	}
	return a + b // a is not negative
}
