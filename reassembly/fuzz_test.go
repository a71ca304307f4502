package reassembly_test

import (
	"fmt"
	"math/rand/v2"
	"os"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"ctiscope/network"
	"ctiscope/reassembly"
)

// choices turns bytes into decisions, so that a fuzzer can steer them.
type choices []byte

func (c *choices) upTo(n int) int {
	if len(*c) == 0 || n <= 1 {
		return 0
	}
	v := int((*c)[0])
	*c = (*c)[1:]
	if n > 256 && len(*c) > 0 {
		v = v<<8 | int((*c)[0])
		*c = (*c)[1:]
	}
	return v % n
}

// claim is what the reference knows of one byte of a stream: the packet that
// first held it, and the byte unless the snap length cut it off.
type claim struct {
	packet int64
	value  byte
	cut    bool
}

// stream is the plain reference: all bytes of a direction by their offset from
// the first.
type stream struct {
	claims map[int64]claim
	fin    int64 // -1 when none was captured
	acked  int64
}

// take claims what nobody has claimed before.
func (r *stream) take(off int64, s *network.Segment) {
	for i := range int64(s.Length) {
		if _, ok := r.claims[off+i]; ok {
			continue
		}
		c := claim{packet: s.Number, cut: i >= int64(len(s.Payload))}
		if !c.cut {
			c.value = s.Payload[i]
		}
		r.claims[off+i] = c
	}
	if s.Flags&fin != 0 && r.fin < 0 {
		r.fin = off + int64(s.Length)
	}
}

// end is where the stream ends, as far as the capture tells.
func (r *stream) end() int64 {
	end := int64(0)
	for off := range r.claims {
		end = max(end, off+1)
	}
	switch {
	case r.fin >= 0:
		return max(end, r.fin)
	case r.acked > end+1:
		return r.acked
	}
	return end
}

// wanted writes the stream down: bytes with their packets, and holes.
func (r *stream) wanted() []string {
	var lines []string
	hole, cut := 0, 0
	flush := func() {
		if cut > 0 {
			lines = append(lines, fmt.Sprintf("snapped %d", cut))
		}
		if hole > 0 {
			lines = append(lines, fmt.Sprintf("lost %d", hole))
		}
		hole, cut = 0, 0
	}
	for off := range r.end() {
		c, ok := r.claims[off]
		switch {
		case !ok && cut > 0:
			flush()
			hole++
		case !ok:
			hole++
		case c.cut && hole > 0:
			flush()
			cut++
		case c.cut:
			cut++
		default:
			flush()
			lines = append(lines, fmt.Sprintf("%d@%d", c.value, c.packet))
		}
	}
	flush()
	return lines
}

// recorder writes down what an Assembler says of one connection.
type recorder struct {
	lines  [2][]string
	cut    [2]int64 // snapped bytes that were said last, to be joined
	closed int
}

func (r *recorder) event(e *reassembly.Event) {
	if e.Kind == reassembly.Refused {
		return
	}
	if e.Kind == reassembly.Close {
		r.closed++
		r.flush(reassembly.AtoB)
		r.flush(reassembly.BtoA)
		return
	}
	l := &r.lines[e.Dir]
	if e.Kind == reassembly.Hole && e.Gap.Cause == reassembly.Snapped {
		r.cut[e.Dir] += e.Gap.Bytes
		return
	}
	if e.Kind == reassembly.Data || e.Kind == reassembly.Hole {
		r.flush(e.Dir)
	}
	switch e.Kind {
	case reassembly.Data:
		for _, b := range e.Bytes {
			*l = append(*l, fmt.Sprintf("%d@%d", b, e.Mark.Number))
		}
	case reassembly.Hole:
		*l = append(*l, fmt.Sprintf("%s %d", e.Gap.Cause, e.Gap.Bytes))
	}
}

func (r *recorder) flush(d reassembly.Direction) {
	if r.cut[d] > 0 {
		r.lines[d] = append(r.lines[d], fmt.Sprintf("snapped %d", r.cut[d]))
		r.cut[d] = 0
	}
}

// conversationOf makes the segments of a connection, handshake first. It
// returns the initial sequence numbers and where the streams end.
func conversationOf(c *choices) (segments []network.Segment, isn [2]uint32) {
	ends := [2]network.Endpoint{endpoint(1, 50000), endpoint(2, 42027)}
	for d := range isn {
		isn[d] = [...]uint32{0, 1000, 0xffffffff, 0xffffff00, 0x7fffffc0}[c.upTo(5)]
	}
	sent := [2]uint32{1, 1}
	add := func(d int, flags network.Flags, size int) {
		s := network.Segment{Src: ends[d], Dst: ends[1-d], Flags: flags | ack, Seq: isn[d] + sent[d], Ack: isn[1-d] + sent[1-d]}
		for i := range size {
			s.Payload = append(s.Payload, byte(int(sent[d])+i)^byte(d<<7))
		}
		s.Length = size
		sent[d] += uint32(size)
		segments = append(segments, s)
	}
	segments = append(segments,
		network.Segment{Src: ends[0], Dst: ends[1], Flags: syn, Seq: isn[0]},
		network.Segment{Src: ends[1], Dst: ends[0], Flags: syn | ack, Seq: isn[1], Ack: isn[0] + 1})
	add(0, 0, 0)
	for range 4 + c.upTo(24) {
		add(c.upTo(2), 0, 1+c.upTo(40))
		if c.upTo(3) == 0 {
			add(c.upTo(2), 0, 0)
		}
	}
	if c.upTo(2) == 0 {
		add(0, fin, c.upTo(2)*7)
		sent[0]++
		add(1, fin, c.upTo(2)*9)
		sent[1]++
		add(0, 0, 0)
	}
	return segments, isn
}

const afterHandshake = 3

// damage changes a conversation: segments swapped, repeated, dropped, cut by
// the snap length, and sent again in other pieces.
func damage(c *choices, segments []network.Segment) []network.Segment {
	list := append([]network.Segment{}, segments...)
	insert := func(s network.Segment) {
		i := afterHandshake + c.upTo(len(list)-afterHandshake)
		list = append(list[:i], append([]network.Segment{s}, list[i:]...)...)
	}
	for range c.upTo(30) {
		i := afterHandshake + c.upTo(len(list)-afterHandshake)
		switch s := list[i]; c.upTo(6) {
		case 0:
			j := min(i+1+c.upTo(6), len(list)-1)
			list[i], list[j] = list[j], list[i]
		case 1:
			insert(s)
		case 2:
			if len(list) > afterHandshake+2 {
				list = append(list[:i], list[i+1:]...)
			}
		case 3: // other pieces
			if n := len(s.Payload); n > 2 {
				from := c.upTo(n)
				s.Payload = s.Payload[from:]
				s.Seq += uint32(from)
				s.Length -= from
				s.Flags &^= fin
				insert(s)
			}
		case 4: // other content
			if len(s.Payload) > 0 {
				s.Payload = append([]byte{}, s.Payload...)
				s.Payload[c.upTo(len(s.Payload))] ^= 0x55
				insert(s)
			}
		case 5:
			list[i].Payload = s.Payload[:min(len(s.Payload), c.upTo(20))]
		}
	}
	return list
}

// compare runs segments through an Assembler that waits for ever, and through
// the reference.
func compare(t *testing.T, data []byte) {
	c := choices(data)
	clean, isn := conversationOf(&c)
	list := damage(&c, clean)
	r := &recorder{}
	a := newAssembler(reassembly.Options{Wait: time.Hour, AckedWait: time.Hour, AckedSegments: 1 << 30}, r.event)
	ref := [2]*stream{{claims: map[int64]claim{}, fin: -1}, {claims: map[int64]claim{}, fin: -1}}
	for i := range list {
		s := list[i]
		s.Number, s.Time = int64(i+1), int64(1+i)*millisecond
		d := 0
		if s.Src.Port == 42027 {
			d = 1
		}
		if s.Flags&syn == 0 {
			ref[d].take(int64(int32(s.Seq-isn[d]-1)), &s)
		}
		if s.Flags&ack != 0 {
			ref[1-d].acked = max(ref[1-d].acked, int64(int32(s.Ack-isn[1-d]-1)))
		}
		s.Payload = append([]byte{}, s.Payload...)
		s.Owned = i%2 == 0
		a.Segment(&s, nil)
	}
	a.Close()
	require.Equal(t, 1, r.closed)
	for d := range ref {
		require.Equal(t, ref[d].wanted(), r.lines[d], "direction %d", d)
	}
	require.EqualValues(t, 9223372036854775807, a.Floor())
}

func randomChoices(seed uint64) []byte { return randomBytes(seed, 300) }

func randomBytes(seed uint64, n int) []byte {
	r := rand.New(rand.NewPCG(seed, 1))
	data := make([]byte, n)
	for i := range data {
		data[i] = byte(r.Uint32())
	}
	return data
}

func FuzzReassembly(f *testing.F) {
	for seed := range uint64(20) {
		f.Add(randomChoices(seed))
	}
	f.Fuzz(compare)
}

// TestReference is the fuzz target with seeds instead of a fuzzer.
func TestReference(t *testing.T) {
	n := uint64(2000)
	if os.Getenv("CTISCOPE_LONG") != "" {
		n = 200_000
	}
	for seed := range n {
		compare(t, randomChoices(seed))
		if t.Failed() {
			t.Fatalf("seed %d", seed)
		}
	}
}
