package capture

import (
	"encoding/binary"
	"math/bits"
)

// The pcap file format, draft-ietf-opsawg-pcap: a header of 24 bytes, then
// records of a header and the packet, all in the byte order of the writer.
const (
	pcapMicro    = 0xa1b2c3d4
	pcapNano     = 0xa1b23c4d
	pcapModified = 0xa1b2cd34 // A. Kuznetzov's, with 8 more bytes a record

	pcapHeader   = 24
	recordHeader = 16
)

// pcap reads a pcap file.
type pcap struct {
	*journal
	swapped bool // big-endian
	begun   bool
	old     bool // version 2.3 or before: the two lengths may be swapped
	scale   int64
	header  int // bytes of a record header
	limit   int // longest packet expected
	link    LinkType
	digits  uint8
	iface   uint16
	second  int64 // fractions in a second
	last    int64 // seconds of the record before
}

// isPcap tells whether b begins a pcap file.
func isPcap(b []byte) bool {
	if len(b) < 4 {
		return false
	}
	switch m := binary.LittleEndian.Uint32(b); m {
	case pcapMicro, pcapNano, pcapModified:
		return true
	default:
		m = bits.ReverseBytes32(m)
		return m == pcapMicro || m == pcapNano || m == pcapModified
	}
}

func (f *pcap) u32(b []byte) uint32 {
	v := binary.LittleEndian.Uint32(b)
	if f.swapped {
		v = bits.ReverseBytes32(v)
	}
	return v
}

// begin reads the file's header.
func (f *pcap) begin(b []byte) {
	f.begun, f.swapped = true, false
	magic := f.u32(b)
	if magic>>16 != pcapMicro>>16 {
		f.swapped = true
		magic = f.u32(b)
	}
	f.scale, f.second, f.digits, f.header = 1000, 1e6, 6, recordHeader
	switch magic {
	case pcapNano:
		f.scale, f.second, f.digits = 1, 1e9, 9
	case pcapModified:
		f.header += 8
	}
	major, minor := f.u32(b[4:])&0xffff, f.u32(b[4:])>>16
	if f.swapped {
		major, minor = minor, major
	}
	f.old = major == 2 && minor <= 3
	snap := f.u32(b[16:])
	f.limit = recordLimit(snap)
	f.link = linkType(f.u32(b[20:]))
	f.look(b[pcapHeader:])
	f.iface, _ = f.interfaces.add(Interface{File: f.file, Link: f.link, SnapLen: int(snap)}, 0)
}

// parse takes the whole records out of b.
func (f *pcap) parse(b []byte, eof bool, blk *Block) (used, need int, err error) {
	if !f.begun {
		if len(b) < pcapHeader {
			return 0, pcapHeader, nil
		}
		f.begin(b)
		used = pcapHeader
	}
	for {
		if f.hunting >= 0 {
			used, need, err = f.hunt(b, used, eof)
			if need > 0 || err != nil {
				return used, need, err
			}
		}
		var ok bool
		if used, need, ok = f.records(b, used, blk); ok {
			return used, need, nil
		}
	}
}

// records reads records from b[used:] until the bytes end (need > 0), the Block
// is full or another file begins (need 0), or a record is damaged (not ok).
func (f *pcap) records(b []byte, used int, blk *Block) (_, need int, ok bool) {
	pkts, size := blk.Packets, f.header
	defer func() { blk.Packets = pkts }()
	for len(pkts) < maxPackets {
		if len(b)-used < size {
			return used, size, true
		}
		h := b[used : used+recordHeader]
		n, wire := int(f.u32(h[8:])), int(f.u32(h[12:]))
		if n > wire {
			if f.old {
				n, wire = wire, n
			}
			wire = max(n, wire)
		}
		if n > f.limit {
			f.damage(f.offset+int64(used), "a packet header that says %d bytes", n)
			return used, 0, false
		}
		end := used + size + n
		if end > len(b) {
			return used, size + n, true
		}
		sec, frac := int64(f.u32(h)), int64(f.u32(h[4:]))
		if wire == 0 || frac >= f.second || f.strays(sec) {
			if isPcap(h) {
				return used, f.another(len(b) - used), true
			}
			if !f.believable(b[used:], end-used) {
				f.damage(f.offset+int64(used), "no packet header")
				return used, 0, false
			}
			if frac >= f.second {
				f.refine(frac)
			}
		}
		f.last = sec
		f.count++
		pkts = append(pkts, Packet{
			Data:      b[used+size : end : end],
			Time:      sec*1e9 + frac*f.scale,
			Number:    f.count,
			Length:    wire,
			Link:      f.link,
			Digits:    f.digits,
			Interface: f.iface,
			File:      f.order,
			Off:       f.offset + int64(used),
		})
		used = end
	}
	return used, 0, true
}
