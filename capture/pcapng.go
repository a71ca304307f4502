package capture

import (
	"encoding/binary"
	"fmt"
	"math/bits"
)

// The pcapng file format, draft-ietf-opsawg-pcapng: blocks of a type, a length,
// a body and the length again. A section header block sets the byte order.
const (
	blockInterface  = 1
	blockPacket     = 2 // obsolete
	blockSimple     = 3
	blockNames      = 4
	blockStatistics = 5
	blockEnhanced   = 6
	blockJournal    = 9
	blockSecrets    = 10
	blockCustom     = 0xbad
	blockCustomOwn  = 0x40000bad // not to be copied
	blockSection    = 0x0a0d0d0a // the same in both byte orders

	blockSysdig  = 0x204 // and others up to blockSysdigs: events of sysdig
	blockSysdigs = 0x221

	byteOrderMark = 0x1a2b3c4d
	blockFrame    = 12 // type and both lengths
	sectionSize   = 28 // the shortest section header
	maxBlock      = 16 << 20
	maxFound      = 1 << 20 // the largest block that a search takes for one
)

// pcapng reads a pcapng file.
type pcapng struct {
	*journal
	swapped bool // big-endian section
	ports   []port
	last    int64 // time of the last packet, for those that have none
	strange int64 // packets of interfaces that are not described
	at      int64 // where the block at hand begins in the file
}

// port is an interface of the present section.
type port struct {
	index   uint16 // in the source's list
	link    LinkType
	snap    int // 0: not limited
	clock   clock
	dropped int64 // as last told
}

// isPcapng tells whether b begins a pcapng file.
func isPcapng(b []byte) bool {
	return len(b) >= 12 && binary.LittleEndian.Uint32(b) == blockSection && isMark(b[8:])
}

func isMark(b []byte) bool {
	m := binary.LittleEndian.Uint32(b)
	return m == byteOrderMark || bits.ReverseBytes32(m) == byteOrderMark
}

func (f *pcapng) u32(b []byte) uint32 {
	v := binary.LittleEndian.Uint32(b)
	if f.swapped {
		v = bits.ReverseBytes32(v)
	}
	return v
}

func (f *pcapng) u16(b []byte) uint16 {
	v := binary.LittleEndian.Uint16(b)
	if f.swapped {
		v = bits.ReverseBytes16(v)
	}
	return v
}

// parse takes the packets of the whole blocks out of b.
func (f *pcapng) parse(b []byte, eof bool, blk *Block) (used, need int, err error) {
	for len(blk.Packets) < maxPackets && len(blk.Notes) < maxNotes {
		if f.hunting >= 0 {
			if used, need, err = f.hunt(b, used, eof); need > 0 || err != nil {
				return used, need, err
			}
		}
		rest := b[used:]
		if len(rest) < blockFrame {
			return used, blockFrame, nil
		}
		kind := f.kind(rest)
		total, ok := f.size(kind, rest)
		if !ok {
			f.damage(f.offset+int64(used), "a block that says type %#x and %d bytes", kind, f.u32(rest[4:]))
			continue
		}
		if total > len(rest) {
			return used, total, nil
		}
		if !f.closed(rest, total) {
			f.damage(f.offset+int64(used), "a block of %d bytes that ends saying %d", total, f.u32(rest[total-4:]))
			continue
		}
		body := rest[8 : total-4 : total-4]
		f.at = f.offset + int64(used)
		if kind == blockEnhanced {
			f.enhanced(blk, body)
		} else if err := f.block(kind, blk, body); err != nil {
			f.hunting, f.what = f.offset+int64(used), err.Error()
			return used, 0, f.lost()
		}
		used += total
	}
	return used, 0, nil
}

// kind is the type of the block at the beginning of b. A section header sets
// the byte order.
func (f *pcapng) kind(b []byte) uint32 {
	k := f.u32(b)
	if k == blockSection && isMark(b[8:]) {
		f.swapped = binary.LittleEndian.Uint32(b[8:]) != byteOrderMark
	}
	return k
}

// size is the length of a block, false when none has it. Some writers forget to
// round it up to a multiple of 4.
func (f *pcapng) size(kind uint32, b []byte) (int, bool) {
	n := f.u32(b[4:])
	if n < blockFrame || n > maxBlock {
		return 0, false
	}
	if kind == blockSection && (n < sectionSize || !isMark(b[8:])) {
		return 0, false
	}
	return int(n+3) &^ 3, true
}

// closed tells whether the length at the end of a block is that at its
// beginning.
func (f *pcapng) closed(b []byte, total int) bool {
	return (f.u32(b[total-4:])+3)&^3 == uint32(total)
}

// enhanced reads an enhanced packet block.
func (f *pcapng) enhanced(blk *Block, b []byte) {
	if len(b) < 20 {
		f.skipped("an enhanced packet block of %d bytes", len(b))
		return
	}
	at := uint64(f.u32(b[4:]))<<32 | uint64(f.u32(b[8:]))
	f.packet(blk, f.u32(b), at, b[12:])
}

// packet adds the packet whose lengths, captured and on the wire, and data
// stand in b.
func (f *pcapng) packet(blk *Block, iface uint32, at uint64, b []byte) {
	n, wire := int(f.u32(b)), int(f.u32(b[4:]))
	if uint64(iface) >= uint64(len(f.ports)) {
		f.strange++
		f.skipped("a packet of interface %d, which is not described", iface)
		return
	}
	if n > len(b)-8 {
		f.skipped("a packet of %d bytes in a block with room for %d", n, len(b)-8)
		return
	}
	p := &f.ports[iface]
	f.last = p.clock.nanoseconds(at)
	f.add(blk, p, b[8:8+n:8+n], wire, p.clock.digits)
}

// add adds a packet with the time of last.
func (f *pcapng) add(blk *Block, p *port, b []byte, wire int, digits uint8) {
	f.count++
	blk.Packets = append(blk.Packets, Packet{
		Data:      b,
		Time:      f.last,
		Number:    f.count,
		Length:    max(wire, len(b)),
		Link:      p.link,
		Digits:    digits,
		Interface: p.index,
		File:      f.order,
		Off:       f.at,
	})
}

// skipped warns of a packet that cannot be read in a file that can.
func (f *pcapng) skipped(what string, args ...any) {
	said := fmt.Sprintf(what, args...)
	f.warnings.addTo(f.file+said, fmt.Sprintf("%s: after packet %d: %s, skipped", f.file, f.count, said))
}

// hunt looks in b[from:] for the next place at which a block stands that is
// known and closed.
func (f *pcapng) hunt(b []byte, from int, eof bool) (used, need int, err error) {
	for i := from; i+blockFrame <= len(b); i++ {
		at := f.offset + int64(i)
		if at-f.hunting > maxHunt {
			return i, 0, f.lost()
		}
		if at == f.hunting || !f.known(b[i:]) {
			continue
		}
		total, ok := f.size(f.kind(b[i:]), b[i:])
		switch {
		case !ok, total > maxFound:
		case i+total > len(b):
			if !eof {
				return i, total, nil
			}
		case f.closed(b[i:], total):
			f.found(at)
			return i, 0, nil
		}
	}
	if eof {
		return len(b), 0, f.lost()
	}
	return max(from, len(b)-blockFrame+1), blockFrame, nil
}

// unreadable is the error of a file that could not be read at all though its blocks
// are whole; nil for one that could.
func (f *pcapng) unreadable() error {
	if f.count > 0 || f.strange == 0 {
		return nil
	}
	return &NoInterfaceError{File: f.file, Packets: f.strange}
}

// known tells whether b begins with the type of a block that the draft has.
func (f *pcapng) known(b []byte) bool {
	switch f.u32(b) {
	case blockInterface, blockPacket, blockSimple, blockNames, blockStatistics, blockEnhanced,
		blockJournal, blockSecrets, blockCustom, blockCustomOwn:
		return true
	case blockSection:
		return isMark(b[8:])
	}
	return false
}
