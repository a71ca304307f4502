package capture

import (
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"math"
)

// FileFormat is a format that Writer writes.
type FileFormat uint8

// The formats.
const (
	Pcapng FileFormat = iota
	Pcap              // with times in nanoseconds; for packets of one link type
)

// ErrWriter is the cause of errors of a Writer that its caller could have
// avoided: an interface that was not added, a second link type in a pcap file.
var ErrWriter = errors.New("cannot be written")

// WriterOptions are the choices of NewWriter.
type WriterOptions struct {
	Format FileFormat
	// Application and Comment go into the section header of a pcapng file.
	Application, Comment string
	// Interfaces are where the packets come from, by Packet.Interface. A pcap
	// file has the first one only. More can be added later.
	Interfaces []Interface
}

// Writer writes packets to a file. It collects whole records and writes them
// when some 64 KiB are there and at Flush, so that the file can be read while
// it is written. It is made for one goroutine.
//
// The pcapng writer of gopacket would do, but takes its times apart from
// time.Time, knows no comments of packets, and does not tell how many bytes it
// has written, which rotation by size needs.
type Writer struct {
	w       io.Writer
	format  FileFormat
	buf     []byte
	links   []LinkType // of the interfaces
	written int64
	pending int
}

// flushSize is how many bytes a Writer collects.
const flushSize = 64 << 10

// NewWriter begins a file. The header is written with the first packets or by
// Flush.
func NewWriter(w io.Writer, o WriterOptions) (*Writer, error) {
	f := &Writer{w: w, format: o.Format, buf: make([]byte, 0, flushSize+4096)}
	if o.Format == Pcapng {
		f.section(o)
	}
	for _, i := range o.Interfaces {
		if _, err := f.AddInterface(i); err != nil {
			return nil, err
		}
	}
	return f, nil
}

// section appends a section header block.
func (f *Writer) section(o WriterOptions) {
	at := f.begin(blockSection)
	f.u32(byteOrderMark)
	f.u16(1) // version 1.0
	f.u16(0)
	f.u64(math.MaxUint64) // length of the section: not told
	f.text(optionComment, o.Comment)
	f.text(optionApplication, o.Application)
	f.u32(optionEnd)
	f.end(at)
}

// Options that Writer writes besides those that are read.
const (
	optionComment     = 1
	optionApplication = 4
	optionStatRecv    = 4
)

// AddInterface adds an interface and returns its number.
func (f *Writer) AddInterface(i Interface) (int, error) {
	snap := uint32(min(max(i.SnapLen, 0), math.MaxInt32))
	if f.format == Pcap {
		if len(f.links) == 0 {
			f.pcapHeader(i.Link, snap)
		} else if f.links[0] != i.Link {
			return 0, fmt.Errorf("link type %d in a pcap file of link type %d: %w", i.Link, f.links[0], ErrWriter)
		}
	} else {
		at := f.begin(blockInterface)
		f.u16(uint16(i.Link))
		f.u16(0)
		f.u32(snap)
		f.text(optionName, i.Name)
		f.u16(optionResolution)
		f.u16(1)
		f.u32(9) // 10^-9 s, and 3 bytes of padding
		f.u32(optionEnd)
		f.end(at)
	}
	f.links = append(f.links, i.Link)
	return len(f.links) - 1, nil
}

func (f *Writer) pcapHeader(link LinkType, snap uint32) {
	if snap == 0 {
		snap = maxRecord
	}
	f.u32(pcapNano)
	f.u16(2)
	f.u16(4)
	f.u64(0) // time zone and accuracy, which nobody uses
	f.u32(snap)
	f.u32(uint32(link))
}

// Write adds a packet with comments, which a pcap file has no room for. The
// packet's bytes are copied.
func (f *Writer) Write(p *Packet, comments ...string) error {
	if f.format == Pcap {
		return f.writePcap(p)
	}
	if int(p.Interface) >= len(f.links) {
		return fmt.Errorf("a packet of interface %d of %d: %w", p.Interface, len(f.links), ErrWriter)
	}
	at := f.begin(blockEnhanced)
	f.u32(uint32(p.Interface))
	f.time(p.Time)
	f.u32(uint32(len(p.Data)))
	f.u32(uint32(max(p.Length, len(p.Data))))
	f.padded(p.Data)
	if len(comments) > 0 {
		for _, c := range comments {
			f.text(optionComment, c)
		}
		f.u32(optionEnd)
	}
	f.end(at)
	f.pending++
	return f.full()
}

func (f *Writer) writePcap(p *Packet) error {
	if len(f.links) == 0 || p.Link != f.links[0] {
		return fmt.Errorf("a packet of link type %d in a pcap file of another: %w", p.Link, ErrWriter)
	}
	at := min(max(p.Time, 0), math.MaxUint32*1e9)
	f.u32(uint32(at / 1e9))
	f.u32(uint32(at % 1e9))
	f.u32(uint32(len(p.Data)))
	f.u32(uint32(max(p.Length, len(p.Data))))
	f.buf = append(f.buf, p.Data...)
	f.pending++
	return f.full()
}

// WriteStatistics adds the counts of an interface, at a time in nanoseconds
// since 1970, to a pcapng file; a pcap file has no room for them.
func (f *Writer) WriteStatistics(iface int, at, received, dropped int64) error {
	if f.format == Pcap {
		return nil
	}
	block := f.begin(blockStatistics)
	f.u32(uint32(iface))
	f.time(at)
	for _, o := range []struct {
		code  uint16
		value int64
	}{{optionStatRecv, received}, {optionIfDrop, dropped}} {
		f.u16(o.code)
		f.u16(8)
		f.u64(uint64(o.value))
	}
	f.u32(optionEnd)
	f.end(block)
	return f.full()
}

// Size is how many bytes the file has, those not written yet included.
func (f *Writer) Size() int64 { return f.written + int64(len(f.buf)) }

// Written is how many bytes were written without an error: whole records. A
// file whose disk ran full can be cut to it.
func (f *Writer) Written() int64 { return f.written }

// Pending is how many packets wait to be written.
func (f *Writer) Pending() int { return f.pending }

// Flush writes what was collected. After an error that is lost; the Writer may
// be used on when the file has been cut to Written bytes, unless those are 0 and
// the header is lost too.
func (f *Writer) Flush() error {
	if len(f.buf) == 0 {
		return nil
	}
	n, err := f.w.Write(f.buf)
	if err == nil && n < len(f.buf) {
		err = io.ErrShortWrite
	}
	if err == nil {
		f.written += int64(len(f.buf))
	}
	f.buf, f.pending = f.buf[:0], 0
	return err
}

// full flushes when enough was collected.
func (f *Writer) full() error {
	if len(f.buf) < flushSize {
		return nil
	}
	return f.Flush()
}

// begin begins a block and returns where it is.
func (f *Writer) begin(kind uint32) int {
	at := len(f.buf)
	f.u32(kind)
	f.u32(0)
	return at
}

// end sets both lengths of the block that begins at at.
func (f *Writer) end(at int) {
	size := uint32(len(f.buf) - at + 4)
	binary.LittleEndian.PutUint32(f.buf[at+4:], size)
	f.u32(size)
}

func (f *Writer) u16(v uint16) { f.buf = binary.LittleEndian.AppendUint16(f.buf, v) }
func (f *Writer) u32(v uint32) { f.buf = binary.LittleEndian.AppendUint32(f.buf, v) }
func (f *Writer) u64(v uint64) { f.buf = binary.LittleEndian.AppendUint64(f.buf, v) }

// time writes nanoseconds since 1970, upper half first.
func (f *Writer) time(at int64) {
	at = max(at, 0)
	f.u32(uint32(at >> 32))
	f.u32(uint32(at))
}

// text writes an option; an empty one is left out.
func (f *Writer) text(code uint16, v string) {
	if v == "" {
		return
	}
	v = v[:min(len(v), math.MaxUint16)]
	f.u16(code)
	f.u16(uint16(len(v)))
	f.padded([]byte(v))
}

func (f *Writer) padded(b []byte) {
	f.buf = append(f.buf, b...)
	f.buf = append(f.buf, 0, 0, 0)
	f.buf = f.buf[:len(f.buf)-3+(4-len(b)%4)%4]
}
