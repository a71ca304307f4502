package damage

import (
	"cmp"
	"slices"

	"ctiscope/traffic/expect"
	"ctiscope/traffic/wire"
)

// Range is a run of bytes of a stream, from its offset on.
type Range struct{ Off, Len int64 }

// End returns the offset behind the range.
func (r Range) End() int64 { return r.Off + r.Len }

// Truth is what a damaged capture holds.
type Truth struct {
	// Sessions gives each connection of the clean capture its number in the
	// damaged one, from 1 in the order of first packets; 0 for one of which
	// nothing is left.
	Sessions []int
	// Kept are the bytes left of each stream, in order, runs that touch joined.
	Kept [][]Range
	// Syn tells of each stream whether its beginning is known.
	Syn []bool
	// Cut are the beginnings of packets that the snap length cut, by stream:
	// where the missing bytes are.
	Cut [][]Range
	// Start is where each stream begins for who reads the capture: 0 where its
	// handshake came before its data, else the offset of the first data that
	// were captured. Of bytes before it, which came later, nobody can know that
	// they belong to the stream.
	Start []int64
	size  []int64 // bytes of each stream in the clean capture
}

// Truth tells what is left of the streams.
func (c *Capture) Truth() *Truth {
	t := &Truth{
		Sessions: make([]int, len(c.Streams)/2), Kept: make([][]Range, len(c.Streams)),
		Syn: make([]bool, len(c.Streams)), Cut: make([][]Range, len(c.Streams)),
	}
	for _, s := range c.Streams {
		t.size = append(t.size, s.size)
		t.Start = append(t.Start, -1)
	}
	n := 0
	for i := range c.Packets {
		p := &c.Packets[i]
		if p.Stream < 0 {
			continue
		}
		// A RST of a connection that was never seen makes no session.
		if k := p.Stream / 2; t.Sessions[k] == 0 && p.Segment.Flags&wire.RST == 0 {
			n++
			t.Sessions[k] = n
		}
		if p.Segment.Flags&wire.SYN != 0 {
			t.Syn[p.Stream] = true
			t.begin(p.Stream, 0)
			if p.Segment.Flags&wire.ACK != 0 {
				t.Syn[p.Stream^1] = true // its acknowledgement tells
				t.begin(p.Stream^1, 0)
			}
		}
		if got := p.captured(); got > 0 {
			t.begin(p.Stream, p.Off)
			t.Kept[p.Stream] = append(t.Kept[p.Stream], Range{p.Off, int64(got)})
		}
		if got, all := p.captured(), len(p.Segment.Payload); got < all {
			t.Cut[p.Stream] = append(t.Cut[p.Stream], Range{p.Off + int64(got), int64(all - got)})
		}
	}
	for i := range t.Kept {
		t.Kept[i] = join(t.Kept[i])
	}
	return t
}

// begin notes the start of a stream, once.
func (t *Truth) begin(stream int, off int64) {
	if t.Start[stream] < 0 {
		t.Start[stream] = off
	}
}

// join sorts ranges and makes one of those that touch.
func join(ranges []Range) []Range {
	slices.SortFunc(ranges, func(a, b Range) int { return cmp.Compare(a.Off, b.Off) })
	out := ranges[:0]
	for _, r := range ranges {
		if n := len(out); n > 0 && r.Off <= out[n-1].End() {
			out[n-1].Len = max(out[n-1].End(), r.End()) - out[n-1].Off
			continue
		}
		out = append(out, r)
	}
	return out
}

// Has tells whether all bytes of a range are left.
func (t *Truth) Has(stream int, r Range) bool {
	for _, k := range t.Kept[stream] {
		if k.Off <= r.Off && r.End() <= k.End() {
			return true
		}
	}
	return false
}

// Holes returns the bytes missing between those that are left, and before them
// where the beginning of the stream is known.
func (t *Truth) Holes(stream int) []Range {
	var holes []Range
	at := int64(0)
	for i, k := range t.Kept[stream] {
		if k.Off > at && (i > 0 || t.Syn[stream]) {
			holes = append(holes, Range{at, k.Off - at})
		}
		at = k.End()
	}
	return holes
}

// Ends returns the bytes missing before and behind those that are left, empty
// ranges where there are none. Acknowledgements may tell of them or not.
func (t *Truth) Ends(stream int) (before, behind Range) {
	k := t.Kept[stream]
	if len(k) == 0 {
		return Range{}, Range{0, t.size[stream]}
	}
	last := k[len(k)-1].End()
	return Range{0, k[0].Off}, Range{last, t.size[stream] - last}
}

// Messages are the messages of a clean capture, in the order of each stream,
// with the stream numbered as in Capture.Streams.
type Messages struct {
	All    []expect.Message
	stream []int
	place  []Range
}

// Place finds the messages of a clean capture in its streams. Sessions of the
// expectation are numbered as connections of the capture, from 1, and each
// stream begins with its first message.
func Place(all []expect.Message) *Messages {
	m := &Messages{All: all}
	at := make(map[int]int64)
	for i := range all {
		stream := 2 * (all[i].Session - 1)
		if all[i].From == "server" {
			stream++
		}
		size := int64(8 + all[i].Length)
		m.stream = append(m.stream, stream)
		m.place = append(m.place, Range{at[stream], size})
		at[stream] += size
	}
	return m
}

// Whole returns the messages of which all bytes are left, with the sessions'
// new numbers.
func (t *Truth) Whole(m *Messages) []expect.Message {
	return t.pick(m, func(stream int, r Range) bool { return t.Has(stream, r) })
}

// Early returns those of the whole messages that lie before the start of their
// stream.
func (t *Truth) Early(m *Messages) []expect.Message {
	return t.pick(m, func(stream int, r Range) bool { return t.Has(stream, r) && r.Off < t.Start[stream] })
}

// Begun returns the messages of which at least the first n bytes are left.
func (t *Truth) Begun(m *Messages, n int64) []expect.Message {
	return t.pick(m, func(stream int, r Range) bool { return t.Has(stream, Range{r.Off, min(n, r.Len)}) })
}

// InStep returns those of the begun messages whose predecessor is whole, so
// that it tells where they begin.
func (t *Truth) InStep(m *Messages, n int64) []expect.Message {
	end := make(map[int]int64) // of the latest whole message, by stream
	return t.pick(m, func(stream int, r Range) bool {
		known := end[stream] == r.Off
		if t.Has(stream, r) {
			end[stream] = r.End()
		}
		return known && t.Has(stream, Range{r.Off, min(n, r.Len)})
	})
}

func (t *Truth) pick(m *Messages, match func(int, Range) bool) []expect.Message {
	var out []expect.Message
	for i, e := range m.All {
		if match(m.stream[i], m.place[i]) {
			e.Session = t.Sessions[e.Session-1]
			out = append(out, e)
		}
	}
	return out
}

// Where returns the stream of message i and its place there.
func (m *Messages) Where(i int) (stream int, place Range) { return m.stream[i], m.place[i] }
