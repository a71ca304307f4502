// Package hostile makes captures that cost a reader as much as bytes can: what
// an attacker sends, and what odd but honest traffic looks like. They are for
// measuring time and memory by kind of input, hostile beside plain.
//
// One seed always gives the same packets. It imports traffic/wire, and decode
// and its schema for the messages of kinds that hold some.
package hostile

import (
	"bytes"
	"encoding/binary"
	"math/rand/v2"
	"net/netip"
	"slices"

	"ctiscope/decode"
	"ctiscope/decode/schema"
	"ctiscope/traffic/wire"
)

// Kind is one kind of input.
type Kind struct {
	Name string
	What string // in words
	// Full is how many bytes show its full effect; 0 when any number does.
	Full int64
	make func(*maker)
}

// Kinds returns all kinds, in the order in which they are to be shown.
func Kinds() []Kind { return slices.Clone(kinds) }

// Named returns the kind of a name.
func Named(name string) (Kind, bool) {
	i := slices.IndexFunc(kinds, func(k Kind) bool { return k.Name == name })
	if i < 0 {
		return Kind{}, false
	}
	return kinds[i], true
}

// Write writes about so many bytes of packets of a kind to a sink.
func (k Kind) Write(sink wire.Sink, seed uint64, size int64) {
	m := &maker{sink: sink, rand: rand.New(rand.NewPCG(seed, 0x60)), left: size, time: start, port: 42027}
	k.make(m)
}

var kinds = []Kind{
	{"messages", "whole messages, a segment each: the plain case", 0, func(m *maker) { m.streams(mss, 1<<62, m.messages) }},
	{"headers", "a header at every eighth byte, each leading to the end of the run", 0, func(m *maker) { m.streams(mss, 1<<62, nestedHeaders) }},
	{"ladder", "long messages, one beginning at every fourteenth byte", 0, func(m *maker) { m.streams(mss, 1<<62, ladder) }},
	{"chains", "headers of messages with a small layout, in chains that never agree", 0, func(m *maker) { m.streams(mss, 1<<62, chains) }},
	{"integers", "arrays of small big-endian numbers", 0, func(m *maker) { m.streams(mss, 1<<62, integers) }},
	{"random", "random bytes", 0, func(m *maker) { m.streams(mss, 1<<62, random) }},
	{"zeros", "zeros", 0, func(m *maker) { m.streams(mss, 1<<62, func(_ *rand.Rand, b []byte) {}) }},
	{"headers-bytewise", "headers in segments of one byte", 0, func(m *maker) { m.streams(1, 1<<62, nestedHeaders) }},
	{"messages-bytewise", "whole messages in segments of one byte", 0, func(m *maker) { m.streams(1, 1<<62, m.messages) }},
	{"headers-elsewhere", "headers on port 5000", 0, func(m *maker) { m.port = 5000; m.streams(mss, 1<<62, nestedHeaders) }},
	{"integers-elsewhere", "small numbers on port 5000", 0, func(m *maker) { m.port = 5000; m.streams(mss, 1<<62, integers) }},
	{"holes", "every second segment is missing", 0, holes},
	{"half-messages", "connections that each leave half a message", 100 << 20, func(m *maker) { m.streams(mss, 6000, halfMessage) }},
	{"junk", "connections that each leave 31 KB of what is no message", 512 << 20, func(m *maker) { m.streams(mss, 31_000, chains) }},
	{"heartbeats", "connections with nine bytes of a heartbeat", 8 << 20, func(m *maker) { m.streams(9, 9, m.messages) }},
	{"connections", "SYNs that nobody answers", 16 << 20, connections},
	{"far", "segments far from their stream", 0, far},
	{"rewritten", "the same bytes again with other content", 0, rewritten},
	{"tags", "messages whose floating part is unknown tags", 0, func(m *maker) { m.streams(mss, 1<<62, m.unknownTags) }},
	{"fragments", "IP fragments whose packet never comes together", 0, fragments},
}

// mss is the size of most segments.
const mss = 116 * 12

// start is the time of the first packet: 2025-07-21 08:00 UTC.
const start = int64(1_753_084_800e9)

// maker writes the packets of one capture.
type maker struct {
	sink  wire.Sink
	rand  *rand.Rand
	left  int64
	time  int64
	port  uint16
	hosts int
	seg   wire.Segment
	buf   []byte
}

// packet writes the segment at hand.
func (m *maker) packet() {
	m.buf = m.seg.Append(m.buf[:0])
	m.emit(m.buf)
}

func (m *maker) emit(data []byte) {
	m.time += 10 * wire.Microsecond
	m.left -= int64(len(data)) + 16
	m.sink.Packet(m.time, data)
}

// connect begins a connection that was there before the capture.
func (m *maker) connect() {
	m.hosts++
	n := uint32(m.hosts)
	m.seg = wire.Segment{Window: 1000, Flags: wire.ACK | wire.PSH, Seq: m.rand.Uint32(), Ack: 1}
	m.seg.Src = wire.Host{Addr: netip.AddrPortFrom(ipv4(10<<24|1<<20|n>>14), 40000+uint16(n&(1<<14-1))), TTL: 64}
	m.seg.Dst = wire.Host{Addr: netip.AddrPortFrom(ipv4(10<<24|9), m.port), TTL: 64}
}

func ipv4(n uint32) netip.Addr {
	var b [4]byte
	binary.BigEndian.PutUint32(b[:], n)
	return netip.AddrFrom4(b)
}

// runLength is how many bytes are filled at a time.
const runLength = 12 * 5461

// streams writes connections of that length each, in segments of a size, with
// bytes that fill makes.
func (m *maker) streams(segment int, length int64, fill func(*rand.Rand, []byte)) {
	run := make([]byte, min(runLength, length))
	for m.left > 0 {
		m.connect()
		for sent := int64(0); sent < length && m.left > 0; sent += int64(len(run)) {
			clear(run)
			fill(m.rand, run)
			for rest := run; len(rest) > 0 && m.left > 0; {
				n := min(segment, len(rest))
				m.seg.Payload = rest[:n]
				m.packet()
				m.seg.Seq += uint32(n)
				rest = rest[n:]
			}
		}
	}
}

// nestedHeaders has the header of an AGENT_STATE_EVENT at every eighth byte; each
// leads as far as a message may.
func nestedHeaders(_ *rand.Rand, b []byte) {
	for off := 0; off+8 <= len(b); off += 8 {
		length := min(len(b)-off-8, schema.MaxMessageLength)
		binary.BigEndian.PutUint32(b[off:], uint32(length))
		binary.BigEndian.PutUint32(b[off+4:], 30)
	}
}

// ladder has, at every fourteenth byte, a whole header of a message whose body
// begins plausibly and that leads near the end of the run: each start has to be
// judged as a long message.
func ladder(_ *rand.Rand, b []byte) {
	for off := 0; off+28 <= len(b); off += 14 {
		length := min(len(b)-off-16, schema.MaxMessageLength) &^ 1
		binary.BigEndian.PutUint32(b[off:], uint32(length))
		binary.BigEndian.PutUint32(b[off+4:], 107)
		binary.BigEndian.PutUint32(b[off+8:], 1)
	}
}

// chains has short messages whose layout fits at first sight, and behind some
// of them none.
func chains(r *rand.Rand, b []byte) {
	for len(b) >= 14 {
		length := min(6+2*r.IntN(200), len(b)-8)
		binary.BigEndian.PutUint32(b, uint32(length))
		binary.BigEndian.PutUint32(b[4:], uint32(1+r.IntN(150)))
		b = b[14:]
	}
}

// integers are big-endian numbers below 300.
func integers(r *rand.Rand, b []byte) {
	for len(b) >= 4 {
		binary.BigEndian.PutUint32(b, uint32(r.IntN(300)))
		b = b[4:]
	}
}

func random(r *rand.Rand, b []byte) {
	for len(b) >= 8 {
		binary.NativeEndian.PutUint64(b, r.Uint64())
		b = b[8:]
	}
}

// halfMessage begins a message of the largest size and leaves the rest out.
func halfMessage(_ *rand.Rand, b []byte) {
	binary.BigEndian.PutUint32(b, schema.MaxMessageLength)
	binary.BigEndian.PutUint32(b[4:], 30)
}

// beat is a HEARTBEAT_REQ. All messages written here are a multiple of its
// length, so that runs of them end with a message.
var beat = []byte{0, 0, 0, 4, 0, 0, 0, 5, 0, 0, 0, 1}

// messages fills b with whole messages of version 15.
func (m *maker) messages(r *rand.Rand, b []byte) {
	for len(b) > 0 {
		frame := m.userMessage(1 + r.IntN(200))
		if len(frame) > len(b) {
			frame = beat
		}
		b = b[copy(b, frame):]
	}
}

// userMessage returns a USER_MESSAGE_REQ with a text of about that length.
func (m *maker) userMessage(length int) []byte {
	codec := decode.CCE()
	text := bytes.Repeat([]byte("text "), 1+length/5)
	var frame []byte
	for range 2 {
		var err error
		frame, err = codec.AppendMessage(frame[:0], codec.Protocol().ByName("USER_MESSAGE_REQ"), 15,
			[]decode.Setting{{Name: "ClientID", Bytes: []byte("desk")}, {Name: "Text", Bytes: text[:length]}})
		if err != nil { // the layout is the schema's own
			panic(err)
		}
		length += (len(beat) - len(frame)%len(beat)) % len(beat)
		text = append(text, "filling text"...)
	}
	return frame
}

// unknownTags fills b with messages whose floating part is one tag of zero over
// and over.
func (m *maker) unknownTags(_ *rand.Rand, b []byte) {
	codec := decode.CCE()
	def := codec.Protocol().ByName("AGENT_STATE_EVENT")
	for len(b) > 0 {
		n := min(len(b), schema.MaxMessageSize)
		if n >= schema.HeaderSize+def.FixedSize(15) {
			binary.BigEndian.PutUint32(b, uint32(n-schema.HeaderSize))
			binary.BigEndian.PutUint32(b[4:], def.Number)
		}
		b = b[n:]
	}
}

// holes leaves every second segment out.
func holes(m *maker) {
	run := make([]byte, mss)
	for m.left > 0 {
		m.connect()
		for range 2000 {
			m.messages(m.rand, run)
			m.seg.Payload = run
			m.packet()
			m.seg.Seq += 2 * mss
		}
	}
}

// connections asks for connections.
func connections(m *maker) {
	for m.left > 0 {
		m.connect()
		m.seg.Flags, m.seg.Ack = wire.SYN, 0
		m.packet()
	}
}

// far jumps about in the sequence numbers.
func far(m *maker) {
	run := make([]byte, mss)
	nestedHeaders(m.rand, run)
	for m.left > 0 {
		m.connect()
		m.seg.Payload = run
		for range 500 {
			m.packet()
			m.seg.Seq -= 3 * mss
		}
	}
}

// rewritten sends every byte three times, each time another one, cut otherwise.
func rewritten(m *maker) {
	run := make([]byte, mss)
	m.connect()
	for m.left > 0 {
		m.messages(m.rand, run)
		m.seg.Payload = run
		m.packet()
		random(m.rand, run)
		m.seg.Seq -= mss / 2
		m.packet()
		m.seg.Seq += mss / 4
		m.packet()
		m.seg.Seq += mss + mss/4
	}
}

// fragments sends the first fragment of IP packets, each once.
func fragments(m *maker) {
	run := make([]byte, mss)
	m.connect()
	for m.left > 0 {
		m.seg.ID = uint16(m.rand.Uint32())
		m.seg.Src.Addr = netip.AddrPortFrom(ipv4(m.rand.Uint32()), 40000)
		m.seg.Payload = run
		frame := m.seg.Append(m.buf[:0])
		frame[14+6] |= 0x20 // more fragments
		m.emit(frame)
	}
}
