package network

import (
	"cmp"
	"encoding/binary"
	"math"
	"slices"
	"time"

	"ctiscope/capture"
	"ctiscope/network/wrapping"
)

// Limits of what waits for missing fragments.
const (
	DefaultFragmentPackets = 4096
	DefaultFragmentBytes   = 8 << 20
	DefaultFragmentAge     = 2 * time.Second

	// settledAge is how long, in nanoseconds, further fragments of a packet
	// that was put together are taken for repeated ones. It is short, because
	// a busy tunnel uses the 65,536 identifications up within seconds.
	settledAge = int64(200 * time.Millisecond)

	// maxPieces is how many fragments an IP packet may have.
	maxPieces = 2048
	// maxPacket is the longest IP packet.
	maxPacket = 1<<16 - 1
	// pieceCost is counted for a fragment in memory besides its bytes.
	pieceCost = 96
)

// fragmentKey says which fragments belong together. protocol is that of an IPv4
// packet; in IPv6 only the first fragment's counts, and here it is 44.
type fragmentKey struct {
	src, dst Addr
	id       uint32
	protocol byte
}

// piece is a fragment: bytes of an IP packet's payload.
type piece struct {
	from int
	more bool // others follow
	next byte // protocol of the payload, right in the first fragment
	data
	places []capture.Piece // of the data, with Options.Trace
}

func (p *piece) to() int { return p.from + p.wire }

// partial is an IP packet of which fragments came.
type partial struct {
	key    fragmentKey
	pieces []piece // in order, none overlapping
	have   int     // bytes of the pieces on the wire
	total  int     // bytes of the whole, -1 until the last fragment came
	next   byte
	// begun is when the first fragment came, seen and number the last one.
	begun, seen int64
	number      int64
	digits      uint8
	depth       int // of tunnels that may follow
	state       state

	older, newer *partial
}

// state tells what further fragments are good for.
type state uint8

const (
	waiting state = iota // to complete the packet
	joined               // nothing: it is whole
	refused              // nothing: it cannot hold TCP
)

// fragments holds the partial packets.
type fragments struct {
	packets int // limits
	bytes   int
	age     int64

	parts          map[fragmentKey]*partial
	oldest, newest *partial
	held           int // bytes
	given          []*partial
	finished       bool // given has no limit any more
	// deadline is when the oldest becomes too old.
	deadline int64

	joined, incomplete, evicted, repeated int64
}

func newFragments(o Options) fragments {
	return fragments{
		packets:  cmp.Or(o.FragmentPackets, DefaultFragmentPackets),
		bytes:    cmp.Or(o.FragmentBytes, DefaultFragmentBytes),
		age:      int64(cmp.Or(o.FragmentAge, DefaultFragmentAge)),
		parts:    map[fragmentKey]*partial{},
		deadline: math.MaxInt64,
	}
}

// fragment6 reads an IPv6 fragment header (RFC 8200, 4.5), of which all 8 bytes
// are there.
func (w *walk) fragment6(v data) Verdict {
	b := v.b
	offset := binary.BigEndian.Uint16(b[2:])
	v = v.from(8)
	k := fragmentKey{w.s.Src.Addr, w.s.Dst.Addr, binary.BigEndian.Uint32(b[4:]), protoFragment}
	return w.fragment(k, piece{from: int(offset &^ 7), more: offset&1 != 0, next: b[0], data: v})
}

// fragment adds a fragment to its packet and goes on with the packet when it is
// whole.
func (w *walk) fragment(k fragmentKey, p piece) Verdict {
	f := &w.d.fragments
	if p.wire <= 0 || p.to() > maxPacket || p.more && p.wire%8 != 0 {
		return Malformed
	}
	if plainProtocol(k.protocol) {
		return NotTCP
	}
	part := f.find(k, w)
	if w.d.trace.on {
		p.places = w.place(p.b)
	}
	switch {
	case part.state == joined:
		f.repeated++
		return Fragment
	case part.state == refused:
		return NotTCP
	case p.from == 0 && !w.d.mayHoldTCP(p):
		f.settle(part, refused)
		return w.payload(k, p.next, p.data)
	case !f.add(part, p):
		return Malformed
	case part.have != part.total:
		f.bound(f.packets)
		return Fragment
	}
	f.joined++
	whole, next := w.whole(part), part.next
	f.settle(part, joined)
	w.s.Owned = true
	return w.payload(k, next, whole)
}

// payload reads what the payload of a packet put together holds.
func (w *walk) payload(k fragmentKey, next byte, v data) Verdict {
	if k.protocol == protoFragment {
		return w.extensions(next, v)
	}
	return w.protocol(next, v)
}

// mayHoldTCP tells whether the rest of a packet that begins with p is worth
// waiting for.
func (d *Decoder) mayHoldTCP(p piece) bool {
	if p.next == protoUDP && len(p.b) >= 8 {
		from, port := binary.BigEndian.Uint16(p.b), binary.BigEndian.Uint16(p.b[2:])
		return readPort(port) || d.vxlanPort(port) || from == portGTP || wrapping.KnownPort(port) || wrapping.KnownPort(from)
	}
	return !plainProtocol(p.next)
}

// find returns the packet of a fragment, a new one if there is none. A packet
// that was settled a while ago does not count: its number is used again.
func (f *fragments) find(k fragmentKey, w *walk) *partial {
	part := f.parts[k]
	if part != nil && part.state != waiting && w.time > addTime(part.seen, settledAge) {
		f.giveUp(part)
		part = nil
	}
	if part == nil {
		f.bound(f.packets - 1)
		part = f.begin(k, w.time, w.depth)
	}
	if part.state == waiting {
		part.seen, part.number, part.digits = w.time, w.number, w.digits
	}
	return part
}

// begin makes a packet.
func (f *fragments) begin(k fragmentKey, now int64, depth int) *partial {
	part := &partial{key: k, total: -1, begun: now, depth: depth, older: f.newest}
	if f.newest != nil {
		f.newest.newer = part
	} else {
		f.oldest = part
		f.deadline = addTime(now, f.age)
	}
	f.newest = part
	f.parts[k] = part
	f.held += pieceCost
	return part
}

// add adds the bytes of p that are not there yet: what came first stays. false
// means that p contradicts the other fragments.
func (f *fragments) add(part *partial, p piece) bool {
	end := 0
	if n := len(part.pieces); n > 0 {
		end = part.pieces[n-1].to()
	}
	if !p.more {
		if part.total >= 0 && part.total != p.to() || end > p.to() {
			return false
		}
		part.total = p.to()
	} else if part.total >= 0 && p.to() > part.total || len(part.pieces) >= maxPieces {
		return false
	}
	if p.from == 0 {
		part.next = p.next
	}
	i, _ := slices.BinarySearchFunc(part.pieces, p.from, func(q piece, from int) int { return cmp.Compare(q.to()-1, from) })
	for at, to := p.from, p.to(); at < to; i++ {
		if i == len(part.pieces) || part.pieces[i].from >= to {
			f.insert(part, i, p.cut(at, to))
			break
		}
		if q := part.pieces[i].from; at < q {
			f.insert(part, i, p.cut(at, q))
			i++
		}
		at = part.pieces[i].to()
	}
	return true
}

// cut returns a copy of the bytes from one offset to another.
func (p *piece) cut(from, to int) piece {
	at := min(from-p.from, len(p.b))
	b := p.b[at:min(to-p.from, len(p.b))]
	return piece{from: from, data: data{slices.Clone(b), to - from}, places: capture.CutPieces(nil, p.places, uint32(at), uint32(len(b)))}
}

func (f *fragments) insert(part *partial, i int, p piece) {
	part.pieces = slices.Insert(part.pieces, i, p)
	part.have += p.wire
	f.held += p.cost()
}

// cost is what a fragment takes in memory, about.
func (p *piece) cost() int { return len(p.b) + pieceCost + 32*len(p.places) }

// whole returns the bytes from the beginning up to the first that is missing;
// the length is that of all.
func (part *partial) whole() data {
	v := data{wire: max(part.total, 0)}
	if n := len(part.pieces); n > 0 {
		v.wire = max(v.wire, part.pieces[n-1].to())
	}
	v.b = make([]byte, 0, part.have)
	for _, p := range part.pieces {
		if p.from != len(v.b) {
			break
		}
		v.b = append(v.b, p.b...)
	}
	return v
}

// whole puts a packet together, and goes on from there.
func (w *walk) whole(part *partial) data {
	v := part.whole()
	t := &w.d.trace
	t.base, t.pieces = cap(v.b), nil
	if t.on {
		t.pieces = part.places(len(v.b))
	}
	return v
}

// places returns where the first n bytes lie.
func (part *partial) places(n int) (list []capture.Piece) {
	for i := range part.pieces {
		list = append(list, part.pieces[i].places...)
	}
	return capture.CutPieces(nil, list, 0, uint32(n))
}

// settle frees the bytes of a packet that needs no more fragments. It stays
// known for a while, so that repeated ones do not begin it again.
func (f *fragments) settle(part *partial, s state) {
	f.release(part)
	part.pieces, part.state = nil, s
}

// release takes the bytes of a packet off the account.
func (f *fragments) release(part *partial) {
	for i := range part.pieces {
		f.held -= part.pieces[i].cost()
	}
}

// bound gives up the oldest packets while there are more than n or they take
// too much memory.
func (f *fragments) bound(n int) {
	for f.oldest != nil && (len(f.parts) > n || f.held > f.bytes) {
		if f.oldest.state == waiting {
			f.evicted++
		}
		f.giveUp(f.oldest)
	}
}

// expire gives up the packets whose first fragment came too long ago.
func (f *fragments) expire(now int64) {
	for f.oldest != nil && now > addTime(f.oldest.begun, f.age) {
		f.giveUp(f.oldest)
	}
	f.deadline = math.MaxInt64
	if f.oldest != nil {
		f.deadline = addTime(f.oldest.begun, f.age)
	}
}

// maxGiven is how many packets that were given up wait to be asked for.
const maxGiven = 64

// giveUp forgets a packet. If it has a beginning, that is kept for Incomplete.
func (f *fragments) giveUp(part *partial) {
	delete(f.parts, part.key)
	if part.older != nil {
		part.older.newer = part.newer
	} else {
		f.oldest = part.newer
	}
	if part.newer != nil {
		part.newer.older = part.older
	} else {
		f.newest = part.older
	}
	part.older, part.newer = nil, nil
	f.held -= pieceCost
	if part.state != waiting {
		return
	}
	f.incomplete++
	f.release(part)
	if len(part.pieces) > 0 && part.pieces[0].from == 0 && (len(f.given) < maxGiven || f.finished) {
		f.given = append(f.given, part)
	}
}

// addTime adds without overflow; b is not negative.
func addTime(a, b int64) int64 {
	if a > math.MaxInt64-b {
		return math.MaxInt64
	}
	return a + b
}
