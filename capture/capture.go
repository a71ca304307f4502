// Package capture reads captured packets: pcap and pcapng files, compressed or
// not, standard input, several files merged by time, and live interfaces.
//
// A Source hands out packets in Blocks. The bytes of a Block's packets lie in
// one buffer that belongs to the Block and is used again after the last
// Release, so that reading a file of any size copies nothing and allocates
// next to nothing.
//
// The package knows link types by number only and looks into no packet. It
// imports no other package of the project.
package capture

import "io"

// LinkType is a LINKTYPE_ value of the pcap file formats.
type LinkType uint16

// The link types that package network reads.
const (
	LinkNull      LinkType = 0
	LinkEthernet  LinkType = 1
	LinkPPP       LinkType = 9
	LinkPPPHDLC   LinkType = 50
	LinkPPPEther  LinkType = 51
	LinkRaw       LinkType = 101
	LinkLoop      LinkType = 108
	LinkLinuxSLL  LinkType = 113
	LinkIPv4      LinkType = 228
	LinkIPv6      LinkType = 229
	LinkLinuxSLL2 LinkType = 276
)

// NoTime is the Digits of a packet without a time.
const NoTime = 0xff

// Packet is one captured packet.
type Packet struct {
	// Data is what was captured, link-layer header first. It belongs to the
	// Block and is valid until the Block is released for the last time.
	Data []byte
	// Time is in nanoseconds since 1970-01-01 00:00 UTC.
	Time int64
	// Number counts the packets of a source from 1, as Wireshark does; of
	// merged sources, the packets of the merged order.
	Number int64
	// Length is the packet's length on the wire, at least len(Data).
	Length int
	Link   LinkType
	// Digits is the number of digits of a second that the capture recorded: 6
	// or 9; NoTime for a packet without a time, whose Time is that of the packet
	// before it.
	Digits uint8
	// Interface is an index into Source.Interfaces.
	Interface uint16
	// File counts the inputs of a run from 0, in the order in which they were
	// given; Off is where the packet's record begins in it, uncompressed.
	// Live packets have -1 as Off.
	File int32
	Off  int64
}

// Interface is where packets were captured, as far as the source tells.
type Interface struct {
	Name    string // as in the file or the system; may be empty
	File    string // the file that names it; empty for a live interface
	Link    LinkType
	SnapLen int // 0 when unknown
	// Dropped counts the packets that the kernel or the interface dropped, as
	// far as the source reports it.
	Dropped int64
}

// Source yields packets in order.
type Source interface {
	// Next returns the next packets, at least one, and io.EOF after the last.
	// The caller owns one reference to the Block and must Release it. An
	// error other than io.EOF comes after everything that could be read was
	// returned; a file that ends inside a packet gives a *CutError.
	Next() (*Block, error)
	// Interfaces returns what is known by now of where the packets come from.
	Interfaces() []Interface
	io.Closer
}
