package wire

import (
	"bufio"
	"encoding/binary"
	"io"
	"slices"
)

// Packet is one packet kept in memory.
type Packet struct {
	Time int64 // nanoseconds since 1970-01-01 00:00 UTC
	Data []byte
}

// Tape is a Sink that keeps the packets.
type Tape []Packet

// Packet implements Sink.
func (t *Tape) Packet(when int64, data []byte) {
	*t = append(*t, Packet{when, slices.Clone(data)})
}

// Sort puts the packets in the order of time; packets of one time keep theirs.
func (t Tape) Sort() {
	slices.SortStableFunc(t, func(a, b Packet) int {
		switch {
		case a.Time < b.Time:
			return -1
		case a.Time > b.Time:
			return 1
		}
		return 0
	})
}

// SnapLen is the snap length that files written here declare.
const SnapLen = 262144

const (
	pcapMagic     = 0xa1b2c3d4
	pcapMagicNano = 0xa1b23c4d
	linkEthernet  = 1
)

// Pcap is a Sink that writes a pcap file, little endian, Ethernet.
type Pcap struct {
	w     *bufio.Writer
	unit  int64
	size  int64
	count int64
	err   error
	head  [16]byte // of the packet being written
}

// NewPcap writes the file header. nano chooses times in nanoseconds, else they
// are cut to microseconds.
func NewPcap(w io.Writer, nano bool) *Pcap {
	p := &Pcap{w: bufio.NewWriterSize(w, 1<<20), unit: Microsecond}
	magic := uint32(pcapMagic)
	if nano {
		p.unit, magic = 1, pcapMagicNano
	}
	var h [24]byte
	binary.LittleEndian.PutUint32(h[0:], magic)
	binary.LittleEndian.PutUint16(h[4:], 2)
	binary.LittleEndian.PutUint16(h[6:], 4)
	binary.LittleEndian.PutUint32(h[16:], SnapLen)
	binary.LittleEndian.PutUint32(h[20:], linkEthernet)
	p.write(h[:])
	return p
}

// Packet implements Sink. After the first error it does nothing.
func (p *Pcap) Packet(t int64, data []byte) { p.Cut(t, data, len(data)) }

// Cut writes a packet of which data is only the beginning: length is what it
// had on the wire.
func (p *Pcap) Cut(t int64, data []byte, length int) {
	h := p.head[:]
	binary.LittleEndian.PutUint32(h[0:], uint32(t/1e9))
	binary.LittleEndian.PutUint32(h[4:], uint32(t%1e9/p.unit))
	binary.LittleEndian.PutUint32(h[8:], uint32(len(data)))
	binary.LittleEndian.PutUint32(h[12:], uint32(length))
	p.write(h)
	p.write(data)
	p.count++
}

func (p *Pcap) write(b []byte) {
	if p.err == nil {
		_, p.err = p.w.Write(b)
		p.size += int64(len(b))
	}
}

// Size returns the bytes written so far, file header included.
func (p *Pcap) Size() int64 { return p.size }

// Count returns the number of packets written so far.
func (p *Pcap) Count() int64 { return p.count }

// Flush writes what is buffered and returns the first error of all.
func (p *Pcap) Flush() error {
	if p.err == nil {
		p.err = p.w.Flush()
	}
	return p.err
}
