package reassembly_test

import (
	"bytes"
	"fmt"
	"math"
	"os"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"ctiscope/network"
	"ctiscope/reassembly"
)

// byteAt is the byte that an honest stream has at a sequence number. Some bytes
// in a row tell where they belong.
func byteAt(seq uint32) byte {
	x := uint64(seq+1) * 0x9e3779b97f4a7c15
	return byte(x>>56 ^ x>>24)
}

// watch holds what an Assembler says against what it may say, whatever it is
// given.
type watch struct {
	t     *testing.T
	floor int64
	// now is the packet that is being looked at.
	now   int64
	conns map[*reassembly.Conn]*watched
	sent  map[int64]network.Segment
	last  int64 // ID
	bytes int64
	holes int64
}

type watched struct {
	closed bool
	next   [2]int64 // sequence number of the next byte; -1 when not known
}

func (w *watch) event(e *reassembly.Event) {
	t := w.t
	c := w.conns[e.Conn]
	if e.Kind == reassembly.Open {
		require.Nil(t, c)
		require.Equal(t, w.last+1, e.Conn.ID)
		w.last++
		c = &watched{next: [2]int64{-1, -1}}
		w.conns[e.Conn] = c
	}
	require.NotNil(t, c)
	require.False(t, c.closed)
	if e.Conn.A.Port == 42027 || e.Conn.B.Port == 42027 { // elsewhere Floor does not promise it
		require.GreaterOrEqual(t, e.Mark.Number, min(w.floor, w.now))
	}
	require.LessOrEqual(t, e.Mark.Number, w.now)
	if e.Kind == reassembly.Close {
		c.closed = true
	}
	if e.Kind != reassembly.Data && e.Kind != reassembly.Hole {
		return
	}
	next := &c.next[e.Dir]
	switch e.Kind {
	case reassembly.Data:
		require.NotEmpty(t, e.Bytes)
		w.data(next, e)
	case reassembly.Hole:
		w.holes++
		require.NotZero(t, e.Gap.Bytes)
		require.GreaterOrEqual(t, e.Gap.Bytes, int64(-1))
		if e.Gap.Bytes < 0 || *next < 0 {
			*next = -1
			return
		}
		*next = (*next + e.Gap.Bytes) & math.MaxUint32
	}
}

// data checks that bytes are those of their packet and go on where the stream
// stands.
func (w *watch) data(next *int64, e *reassembly.Event) {
	w.bytes += int64(len(e.Bytes))
	from := w.sent[e.Mark.Number]
	i := bytes.Index(from.Payload, e.Bytes)
	require.GreaterOrEqual(w.t, i, 0)
	if *next < 0 && len(e.Bytes) < 6 {
		return // too few to tell where in their packet they stand
	}
	if *next < 0 {
		*next = int64(from.Seq + uint32(i))
		if from.Flags&syn != 0 {
			*next = (*next + 1) & math.MaxUint32
		}
	}
	for _, b := range e.Bytes {
		require.Equal(w.t, byteAt(uint32(*next)), b)
		*next = (*next + 1) & math.MaxUint32
	}
}

// bases are where the streams of the hostile conversations begin.
var bases = [...]uint32{100, 0xfffffff0, 0x80000000, 100 + 9<<20, 0x40000000}

// hostileSegment makes a segment of one of few connections that may be
// anything.
func hostileSegment(c *choices) network.Segment {
	ends := [2]network.Endpoint{endpoint(1, uint16(50000+c.upTo(3))), endpoint(2, 42027)}
	if c.upTo(4) == 0 {
		ends[1].Port = 9999
	}
	if c.upTo(2) == 0 {
		ends[0], ends[1] = ends[1], ends[0]
	}
	flags := [...]network.Flags{ack, ack, ack, ack, ack, ack, ack | fin, syn, syn | ack, rst, rst | ack, 0}[c.upTo(12)]
	base := bases[max(0, c.upTo(20)-15)]
	s := network.Segment{Src: ends[0], Dst: ends[1], Flags: flags, Seq: base + uint32(c.upTo(300)), Ack: base + uint32(c.upTo(300))}
	if n := c.upTo(24); n > 4 {
		s.Payload = make([]byte, n)
		for i := range s.Payload {
			seq := s.Seq + uint32(i)
			if flags&syn != 0 {
				seq++
			}
			s.Payload[i] = byteAt(seq)
		}
		s.Length = len(s.Payload)
	}
	return s
}

// byFirst judges data by its first byte.
var byFirst glance = recognizebyFirst

func recognizebyFirst(p []byte) int { return max(0, int(p[0]%8)-5) }

// hostile runs an Assembler with tight limits on arbitrary segments: what it
// says has to be consistent.
func hostile(t *testing.T, data []byte) {
	c := choices(data)
	w := &watch{t: t, floor: math.MaxInt64, conns: map[*reassembly.Conn]*watched{}, sent: map[int64]network.Segment{}}
	o := reassembly.Options{
		Connections: 2 + c.upTo(2), DirectionBytes: 400, TotalBytes: 700, WaitSegments: 16 + c.upTo(100), AckedSegments: 16,
		Recognizer: byFirst, Candidates: 2, LookBack: 3,
		Wait: time.Duration(1+c.upTo(2000)) * time.Millisecond, AckedWait: 50 * time.Millisecond,
	}
	a := newAssembler(o, w.event)
	now := int64(1)
	for len(c) > 0 {
		s := hostileSegment(&c)
		w.now++
		if c.upTo(10) == 0 {
			now += int64(c.upTo(256)) * 100 * millisecond
		}
		now += millisecond
		s.Number, s.Time, s.Owned = w.now, now, true
		w.sent[s.Number] = s
		a.Segment(&s, nil)
		w.floor = a.Floor()
	}
	a.Close()
	for _, c := range w.conns {
		require.True(t, c.closed)
	}
	n := a.Counters()
	require.Equal(t, w.bytes, n.DataBytes)
	require.Equal(t, w.holes, n.Holes)
	require.Equal(t, w.last, n.Connections)
	require.EqualValues(t, math.MaxInt64, a.Floor())
	require.Zero(t, a.Buffered())
}

func FuzzHostile(f *testing.F) {
	for seed := range uint64(10) {
		f.Add(randomBytes(seed, 2000))
	}
	f.Fuzz(hostile)
}

func TestHostile(t *testing.T) {
	n := uint64(300)
	if os.Getenv("CTISCOPE_LONG") != "" {
		n = 50_000
	}
	for seed := range n {
		t.Run(fmt.Sprint(seed), func(t *testing.T) { hostile(t, randomBytes(seed, 3000)) })
	}
}
