package bulk

import (
	"math/rand/v2"

	"ctiscope/traffic/wire"
)

// others is traffic that is not CTI: web, TLS and SIP over TCP, media and names
// over UDP, ARP.
type others struct {
	rng  *rand.Rand
	junk []byte // payload is cut out of it
	next [numFlows]uint32
	id   uint16
	buf  []byte
}

const (
	numFlows = 20000
	junkSize = 1 << 16
)

// kinds of TCP traffic: port, largest payload, how it begins.
var kinds = [...]struct {
	port  uint16
	size  int
	begin string
}{
	{443, 1460, "\x17\x03\x03\x05\xb0"},
	{80, 1460, "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n"},
	{5060, 900, "INVITE sip:2001@10.9.0.20 SIP/2.0\r\nVia: SIP/2.0/TCP 10.9.0.21\r\n"},
	{1433, 1200, "\x04\x01\x02\x00\x00\x35\x01\x00"},
	{445, 1460, "\x00\x00\x01\x40\xfeSMB"},
	{42028, 300, "CTIOS"},
}

func newOthers(rng *rand.Rand) *others {
	o := &others{rng: rng, junk: make([]byte, junkSize)}
	for i := range o.junk {
		o.junk[i] = byte(rng.Uint32())
	}
	return o
}

// packet makes one packet.
func (o *others) packet(t int64, sink wire.Sink) {
	o.id++
	switch k := o.rng.IntN(100); {
	case k < 70:
		o.tcp(o.rng.IntN(numFlows))
	case k < 95:
		o.udp(40000+uint16(o.rng.IntN(2000))*2, 24576+uint16(o.rng.IntN(4000))*2, 172)
	case k < 99:
		o.udp(53, 50000+uint16(o.rng.IntN(10000)), 40+o.rng.IntN(200))
	default:
		o.buf = wire.AppendARP(o.buf[:0], host(7, o.rng.IntN(500), 0), host(7, o.rng.IntN(500), 0), o.rng.IntN(2) == 0)
	}
	sink.Packet(t, o.buf)
}

func (o *others) payload(n int) []byte {
	return o.junk[o.rng.IntN(junkSize-n):][:n]
}

func (o *others) tcp(flow int) {
	k := &kinds[flow%len(kinds)]
	s := wire.Segment{
		Src: host(7, flow%5000, uint16(10000+flow%30000)), Dst: host(8, flow%200, k.port),
		ID: o.id, Seq: o.next[flow], Ack: uint32(flow), Flags: wire.ACK, Window: 501,
	}
	if o.rng.IntN(3) > 0 {
		s.Payload = o.payload(1 + o.rng.IntN(k.size))
		s.Flags |= wire.PSH
		if o.rng.IntN(2) == 0 {
			n := copy(o.junk, k.begin) // the beginning of a message of that protocol
			s.Payload = o.junk[:max(n, len(s.Payload))]
			s.Src, s.Dst = s.Dst, s.Src
		}
	}
	o.next[flow] += uint32(len(s.Payload))
	o.buf = s.Append(o.buf[:0])
}

func (o *others) udp(from, to uint16, size int) {
	d := wire.Datagram{Src: host(7, o.rng.IntN(5000), from), Dst: host(8, o.rng.IntN(200), to), ID: o.id, Payload: o.payload(size)}
	o.buf = d.Append(o.buf[:0])
}
