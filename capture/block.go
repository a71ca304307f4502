package capture

import "sync/atomic"

// Block is a run of packets in order whose bytes share one buffer.
//
// A Block is counted: the receiver of Next owns one reference, Retain adds
// one, Release gives one back. At the last Release the buffer and the slice of
// packets go back to the source. Retain and Release may be called from any
// goroutine.
type Block struct {
	Packets []Packet
	// Notes are what stood between the packets, with Options.Notes.
	Notes []Note
	// Buf is the memory that the packets' Data point into; the source fills
	// it, others leave it alone.
	Buf  []byte
	refs atomic.Int32
	free func(*Block)
}

// Note is a part of a pcapng file that is no packet: a section header, an
// interface, names, secrets, statistics, or what this package does not know.
type Note struct {
	// Before is an index into Block.Packets: the note stands in front of that
	// packet, or behind the last.
	Before int
	// Kind is the block type of the pcapng format.
	Kind uint32
	// BigEndian is the byte order of the section.
	BigEndian bool
	// Body is the block without type and lengths, options included, in the
	// section's byte order. It lies in the Block's memory.
	Body []byte
	// File and Off are as in Packet.
	File int32
	Off  int64
}

// maxNotes is how many notes a Block holds at most.
const maxNotes = 8192

// empty tells whether there is nothing in the Block.
func (b *Block) empty() bool { return len(b.Packets) == 0 && len(b.Notes) == 0 }

// NewBlock returns a Block with one reference. free, which may be nil, is
// called at the last Release.
func NewBlock(free func(*Block)) *Block {
	b := &Block{free: free}
	b.refs.Store(1)
	return b
}

// Retain adds a reference.
func (b *Block) Retain() { b.refs.Add(1) }

// Reset gives a Block that came back through free a first reference again and
// empties its packets. Only the source calls it.
func (b *Block) Reset() {
	b.Packets, b.Notes = b.Packets[:0], b.Notes[:0]
	b.refs.Store(1)
}

// Release gives a reference back.
func (b *Block) Release() {
	switch n := b.refs.Add(-1); {
	case n > 0:
	case n < 0:
		panic("capture: Block released more often than retained")
	case b.free != nil:
		b.free(b)
	}
}
