package decode

import (
	"math"

	"ctiscope/decode/schema"
)

// Mark is a caller's note of where bytes came from, such as a packet's number
// and time. Of several, the one with the largest Number counts.
type Mark struct {
	Number int64
	Time   int64
	Digits uint8 // of Time, as captured
}

// Frame is what Stream.Next finds.
type Frame struct {
	// Bytes is one message, header included. It is valid until the next call
	// to a method of the Stream.
	Bytes []byte
	// Length and Number are the header's: MessageLength and MessageType.
	Length, Number uint32
	// Off is where Bytes begins in the stream, by the count of At and Push.
	Off int64
	// Mark is that of the last byte to arrive of the frame and of all frames
	// before it: what overtook an earlier frame was not readable before.
	Mark Mark
	// Skipped is how many bytes were skipped to find the frame.
	Skipped int64
	// Cut tells that the frame lacks its end, which was not captured.
	Cut bool
}

// Stream cuts one direction of a connection into frames.
//
// Push hands in bytes, Gap tells that bytes are missing, End that no more will
// come; after each of them the caller takes frames with Next until there is
// none. While the stream is in step with the sender, a frame that lies whole in
// the pushed bytes is returned without a copy. After a gap, or where a
// connection's beginning is missing, the stream searches for the next frame:
// see search.go. It holds at most about 32 KiB.
type Stream struct {
	codec *Codec
	judge Judge
	pool  *Pool

	in     []byte // pushed and not yet looked at; borrowed until drained
	inMark Mark

	buf    []byte // bytes kept from earlier pushes; buf[:pos] is used up
	pos    int
	pieces []piece // marks of buf

	lost    bool   // searching
	scanned int    // in buf; no frame begins before
	sure    bool   // searching is over: no more bytes will come to this run
	weak    bool   // the last search had little to go by
	trusted bool   // the connection is known to be of the protocol
	start   bool   // nothing was ever lost or found: the connection's beginning
	skip    int64  // bytes to skip to the next known boundary
	skipped int64  // bytes skipped since the last frame
	effort  effort // of searching
	last    Mark   // of the last frame
	end     int64  // offset after the last byte pushed
}

// piece tells the mark of the bytes of buf up to end.
type piece struct {
	end  int
	mark Mark
}

// Pool keeps buffers of streams that have nothing to keep. It serves the
// streams of one goroutine.
type Pool struct{ free [][]byte }

func (p *Pool) get() []byte {
	if n := len(p.free); n > 0 {
		b := p.free[n-1]
		p.free = p.free[:n-1]
		return b
	}
	return make([]byte, 0, 2048)
}

func (p *Pool) put(b []byte) {
	if cap(b) <= 2*schema.MaxMessageSize && len(p.free) < 64 {
		p.free = append(p.free, b[:0])
	}
}

// Init makes a stream ready. synced tells that the first byte pushed will be
// the first of a message of the codec's protocol. judge grades what the search
// finds.
func (s *Stream) Init(c *Codec, pool *Pool, judge Judge, synced bool) {
	s.release()
	*s = Stream{codec: c, pool: pool, judge: judge, lost: !synced, start: true, pieces: s.pieces[:0]}
}

// Lost tells whether the stream is searching for a frame.
func (s *Stream) Lost() bool { return s.lost }

// Pending returns how many bytes are kept that belong to no frame yet.
func (s *Stream) Pending() int { return len(s.buf) - s.pos }

// Oldest returns the mark of the oldest byte that waits for a frame to be
// found; ok is false when none waits, or when only an unfinished frame does.
func (s *Stream) Oldest() (mark Mark, ok bool) {
	if !s.lost || s.Pending() == 0 {
		return Mark{}, false
	}
	return s.markOf(s.pos, s.pos+1), true
}

// At tells the offset of the byte that is pushed next. Without it the stream
// counts on, gaps of known size included.
func (s *Stream) At(off int64) { s.end = off }

// Base returns the offset of the first byte that is kept and belongs to no frame
// yet, that of the byte that is pushed next when none is.
func (s *Stream) Base() int64 { return s.end - int64(len(s.in)+len(s.buf)-s.pos) }

// Push hands in the next bytes. They are borrowed until Next has returned
// false, and may be used again then.
func (s *Stream) Push(b []byte, m Mark) {
	s.in, s.inMark = b, m
	s.end += int64(len(b))
	s.effort.earn(len(b))
	if s.skip > 0 {
		n := min(s.skip, int64(len(b)))
		s.skip -= n
		s.skipped += n
		s.in = b[n:]
	}
	if s.lost && len(s.in) > 0 {
		s.keep(len(s.in))
	}
}

// Next returns the next frame. When ok is false, everything that was handed in
// is used up or kept.
func (s *Stream) Next() (f Frame, ok bool) {
	for {
		if s.lost {
			if !s.search() {
				return Frame{}, false
			}
		}
		b, fromBuf := s.in, false
		if s.pos < len(s.buf) {
			s.fill()
			b, fromBuf = s.buf[s.pos:], true
		} else if len(s.in) == 0 {
			s.release()
			return Frame{}, false
		}
		length, number, whole := ParseHeader(b)
		if !plausiblePrefix(b) || (whole && !inStep(length, number)) {
			s.lose()
			continue
		}
		n := schema.HeaderSize + int(length)
		if !whole || len(b) < n {
			if !fromBuf {
				s.keep(len(s.in))
			}
			return Frame{}, false
		}
		if s.start && !s.trusted && number != s.codec.open && s.judge(b[:n]) < 0 {
			// The first message of a connection has to be one: other protocols
			// begin with bytes that could be a header.
			s.lose()
			continue
		}
		f = s.take(n, fromBuf)
		f.Length, f.Number = length, number
		return f, true
	}
}

// take returns the next n bytes as a frame.
func (s *Stream) take(n int, fromBuf bool) Frame {
	f := Frame{Skipped: s.skipped, Off: s.Base()}
	s.skipped, s.start = 0, false
	if fromBuf {
		f.Bytes, f.Mark = s.buf[s.pos:s.pos+n:s.pos+n], s.markOf(s.pos, s.pos+n)
		s.pos += n
	} else {
		f.Bytes, f.Mark = s.in[:n:n], s.inMark
		s.in = s.in[n:]
	}
	if f.Mark.Number < s.last.Number {
		f.Mark = s.last
	}
	s.last = f.Mark
	return f
}

// fill tops up an unfinished frame in buf with as many pushed bytes as it
// lacks, so that what follows need not be copied.
func (s *Stream) fill() {
	have := s.buf[s.pos:]
	if len(have) < schema.HeaderSize {
		s.keep(min(schema.HeaderSize-len(have), len(s.in)))
		have = s.buf[s.pos:]
	}
	if length, number, ok := ParseHeader(have); ok && inStep(length, number) {
		if n := schema.HeaderSize + int(length) - len(have); n > 0 {
			s.keep(min(n, len(s.in)))
		}
	}
}

// keep moves the next n pushed bytes to buf.
func (s *Stream) keep(n int) {
	if n == 0 {
		return
	}
	if s.buf == nil {
		s.buf = s.pool.get()
	}
	if s.pos == len(s.buf) {
		s.buf, s.pos, s.scanned, s.pieces = s.buf[:0], 0, 0, s.pieces[:0]
	}
	s.buf = append(s.buf, s.in[:n]...)
	s.in = s.in[n:]
	if k := len(s.pieces); k > 0 && s.pieces[k-1].mark == s.inMark {
		s.pieces[k-1].end = len(s.buf)
		return
	}
	s.pieces = append(s.pieces, piece{len(s.buf), s.inMark})
}

// markOf returns the latest mark of buf[from:to].
func (s *Stream) markOf(from, to int) Mark {
	var m Mark
	begin := 0
	for _, p := range s.pieces {
		if begin >= to {
			break
		}
		if p.end > from && p.mark.Number >= m.Number {
			m = p.mark
		}
		begin = p.end
	}
	return m
}

// release gives the buffer back when it is used up.
func (s *Stream) release() {
	if s.buf != nil && s.pos == len(s.buf) {
		s.pool.put(s.buf)
		s.buf, s.pos, s.scanned, s.pieces = nil, 0, 0, s.pieces[:0]
	}
}

// lose begins a search at the next byte.
func (s *Stream) lose() {
	s.lost, s.scanned = true, s.pos
	s.keep(len(s.in))
}

// Gap tells that bytes are missing after those pushed. What was found before the
// gap comes from Next, which the caller drains before it calls Resume.
func (s *Stream) Gap() { s.sure = true }

// Resume goes on after a gap of n bytes; n is negative when the number is not
// known. snapped tells that they were cut from
// the end of a segment. It returns the unfinished frame that the gap cut, if its
// header is there, and whether a message begun before the gap is lost.
func (s *Stream) Resume(n int64, snapped bool) (cut Frame, partial bool) {
	s.sure = false
	at := s.Base()
	s.end += max(n, 0)
	if s.skip > 0 { // inside a message that an earlier gap cut
		if n >= 0 && n <= s.skip {
			s.skip -= n
			return Frame{}, false
		}
		s.skip, s.lost = 0, true
		return Frame{}, false
	}
	have := s.buf[s.pos:]
	partial = !s.lost && len(have) > 0
	length, number, ok := ParseHeader(have)
	ok = ok && acceptable(length, number) && (!s.lost && !s.weak || snapped && s.leads(length, number))
	s.weak = false
	if !ok {
		s.drop()
		s.lost = true
		return Frame{}, partial
	}
	cut = Frame{Bytes: have, Length: length, Number: number, Off: at, Mark: s.markOf(s.pos, len(s.buf)), Cut: true}
	rest := int64(schema.HeaderSize) + int64(length) - int64(len(have))
	s.drop()
	if snapped { // what was captured is read, not skipped
		s.skipped -= int64(len(have))
	}
	s.lost = n < 0 || n > rest
	if !s.lost {
		s.skip = rest - n
	}
	return cut, partial
}

// leads tells whether a header that stands next, which nothing proves, is to be
// believed where the snap length cut the segment that it leads: most segments
// begin with a message, and behind every cut there may be no other sign.
func (s *Stream) leads(length, number uint32) bool {
	p := s.codec.lookup(number)
	return p != nil && int(length) >= p.minSize && plausiblePrefix(s.buf[s.pos:]) && (!s.lost || s.begins(0))
}

// drop skips everything in buf. The bytes stay readable until the next
// call, for the frame that Resume returns.
func (s *Stream) drop() {
	s.skipped += int64(len(s.buf) - s.pos)
	s.pos = len(s.buf)
	s.start = false
}

// plausiblePrefix tells whether b can be the beginning of a message: as much
// of the header as there is, with a length and number that can be.
func plausiblePrefix(b []byte) bool {
	switch n := len(b); {
	case n >= 8:
		return b[4] == 0 && b[5] == 0 && b[0] == 0 && b[1] == 0
	case n > 5 && (b[4] != 0 || b[5] != 0), n > 4 && b[4] != 0:
		return false
	case n > 2 && b[2] > schema.MaxMessageLength>>8:
		return false
	case n > 1:
		return b[0] == 0 && b[1] == 0
	case n > 0:
		return b[0] == 0
	}
	return true
}

// maxNumber is the largest MessageType that is taken for one where a message is
// searched: larger numbers than the guide's, so that later versions are shown by
// number, but not any garbage.
const maxNumber = schema.MaxNumber

// inStep tells whether a header is taken for one where the sender's last message
// ended. Any number is: a later version, or another server, may have it.
func inStep(length, number uint32) bool {
	return length <= schema.MaxMessageLength && number > 0 && number <= math.MaxUint16
}

// acceptable tells whether a header is taken for one where nothing but its look
// speaks for it.
func acceptable(length, number uint32) bool {
	return length <= schema.MaxMessageLength && number > 0 && number <= maxNumber
}

// Rebind lets the stream go on with another codec. What it keeps is looked
// through anew.
func (s *Stream) Rebind(c *Codec, judge Judge) {
	s.codec, s.judge, s.scanned = c, judge, s.pos
}

// Trust tells that the connection is known to be of the protocol: the first bytes
// of this direction are then taken for a message even if they look like none.
func (s *Stream) Trust() { s.trusted = true }

// Tail tells, after the last frame, what led to no further one: how many bytes were
// skipped, and the message that was begun and not finished, with what came of
// it; its Bytes are nil where there is none.
func (s *Stream) Tail() (passed int64, begun Frame) {
	have := s.buf[s.pos:]
	passed = s.skipped
	switch {
	case len(have) == 0:
	case s.lost:
		passed += int64(len(have))
	default:
		begun = Frame{Bytes: have, Off: s.Base(), Mark: s.markOf(s.pos, len(s.buf)), Cut: true}
		begun.Length, begun.Number, _ = ParseHeader(have)
	}
	return passed, begun
}

// Memory returns how many bytes the stream holds on to.
func (s *Stream) Memory() int { return cap(s.buf) }

// Evict gives up the n bytes that are kept and tells the first one's mark. partial
// tells that they begin a message; where its header is among them, its rest is
// skipped when it comes, else the next message is searched for.
func (s *Stream) Evict() (first Mark, n int64, partial bool) {
	have := s.buf[s.pos:]
	if n = int64(len(have)); n == 0 {
		return Mark{}, 0, false
	}
	first, partial = s.markOf(s.pos, s.pos+1), !s.lost
	length, number, ok := ParseHeader(have)
	if s.lost = s.lost || !ok || !inStep(length, number); !s.lost {
		s.skip = schema.HeaderSize + int64(length) - n
	}
	s.drop()
	s.release()
	return first, n, partial
}

// Begins tells whether no frame was found yet and none is begun.
func (s *Stream) Begins() bool { return s.start && s.Pending() == 0 }

// Close drops what is kept and gives the memory back.
func (s *Stream) Close() {
	s.pos = len(s.buf)
	s.in, s.skip, s.lost = nil, 0, false
	s.release()
}
