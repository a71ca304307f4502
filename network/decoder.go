package network

import (
	"cmp"
	"encoding/binary"
	"time"

	"ctiscope/capture"
	"ctiscope/network/wrapping"
)

// Verdict is what a packet turned out to be.
type Verdict uint8

// The verdicts.
const (
	// TCP is a whole TCP header; the Segment is filled in. The data may be cut
	// by the snap length.
	TCP Verdict = iota
	// NotIP is a packet of another network protocol: ARP, spanning tree.
	NotIP
	// NotTCP is an IP packet of another protocol: UDP, ICMP.
	NotTCP
	// Fragment is a part of an IP packet whose other parts are still to come.
	Fragment
	// Snapped is a packet that was cut before the end of its headers.
	Snapped
	// Malformed is a packet whose headers contradict themselves.
	Malformed
	// Unknown is a packet of a link type, an EtherType, an IP protocol or a
	// tunnel that may hold TCP in a way that this package cannot read.
	// Counters names it.
	Unknown

	verdicts
)

// String returns the verdict in words.
func (v Verdict) String() string {
	return [...]string{"TCP", "not IP", "not TCP", "fragment", "cut by the snap length", "malformed",
		"wrapped in something unknown"}[v]
}

// DefaultDepth is how many tunnels may be nested.
const DefaultDepth = 8

// Options are the limits of a Decoder. A zero field takes the default.
type Options struct {
	// Depth is how many tunnels may be nested.
	Depth int
	// FragmentPackets is how many IP packets may wait for missing fragments,
	// FragmentBytes how much memory they may take, FragmentAge how long they
	// may wait, by the time of the capture.
	FragmentPackets, FragmentBytes int
	FragmentAge                    time.Duration
	// VXLANPorts are UDP ports of VXLAN besides 4789 and 8472.
	VXLANPorts []uint16
	// Trace tells the Pieces and Layers of segments.
	Trace bool
}

// Decoder finds TCP segments. It keeps fragments and counts, so it serves one
// goroutine at a time.
type Decoder struct {
	depth      int
	vxlanPorts []uint16
	walk       walk
	trace      trace
	fragments  fragments
	verdicts   [verdicts]int64
	tunnels    [tunnels]int64
	wrapped    [wrapping.Kinds]int64
	unknown    map[unknownKey]int64
}

// NewDecoder returns a Decoder.
func NewDecoder(o Options) *Decoder {
	return &Decoder{
		depth:      cmp.Or(o.Depth, DefaultDepth),
		vxlanPorts: o.VXLANPorts,
		fragments:  newFragments(o),
		unknown:    map[unknownKey]int64{},
		trace:      trace{on: o.Trace},
	}
}

// Decode looks for the TCP segment in p. It fills in s when the verdict is TCP;
// otherwise the content of s means nothing.
func (d *Decoder) Decode(p *capture.Packet, s *Segment) Verdict {
	if p.Time > d.fragments.deadline {
		d.fragments.expire(p.Time)
	}
	var v Verdict
	if b := p.Data; p.Link == capture.LinkEthernet && isPlain(b) && !d.trace.on {
		v = plain(b, p.Length, s)
		s.At, s.File, s.Off = uint32(cap(b))-s.At, p.File, p.Off
	} else {
		v = d.walkThrough(p, s)
	}
	s.Time, s.Number, s.Digits = p.Time, p.Number, p.Digits
	d.verdicts[v]++
	return v
}

// walkThrough is the long way.
func (d *Decoder) walkThrough(p *capture.Packet, s *Segment) Verdict {
	s.Owned = false
	w := &d.walk
	*w = walk{d: d, s: s, depth: d.depth, time: p.Time, number: p.Number, digits: p.Digits, traced: d.trace.on}
	d.trace.base = cap(p.Data)
	if d.trace.on {
		d.trace.begin(p)
	}
	v := data{p.Data, max(p.Length, len(p.Data))}
	if p.Link != capture.LinkEthernet {
		w.layer(LinkHeader, v)
	}
	verdict := w.link(p.Link, v)
	if verdict == TCP {
		s.At, s.File, s.Off = uint32(d.trace.base)-s.At, p.File, p.Off
		w.located(s)
	}
	return verdict
}

// Incomplete returns, one a call, the TCP segments of IP packets that were given
// up because fragments are missing: the data that came before the first that is
// missing, as if the rest had been cut by the snap length. false means that
// there are none at the moment. It is worth a call after every Decode.
//
// File and Off are those of the last fragment that came, as far as
// Options.Trace keeps them, else 0 and -1. Layers begin with the header inside
// the IP packet: of those outside nothing is kept.
func (d *Decoder) Incomplete(s *Segment) bool {
	f := &d.fragments
	for len(f.given) > 0 {
		part := f.given[0]
		f.given[0] = nil
		f.given = f.given[1:]
		w := &d.walk
		*w = walk{d: d, s: s, depth: part.depth, time: part.seen, number: part.number, digits: part.digits, traced: d.trace.on}
		s.Src.Addr, s.Dst.Addr, s.IPID, s.Owned = part.key.src, part.key.dst, uint16(part.key.id), true
		if part.key.protocol == protoFragment {
			s.IPID = 0
		}
		s.File, s.Off = part.place()
		d.trace.layers = d.trace.layers[:0]
		v := w.payload(part.key, part.next, w.whole(part))
		s.Time, s.Number, s.Digits = part.seen, part.number, part.digits
		if v == TCP {
			s.At = uint32(d.trace.base) - s.At
			w.located(s)
			return true
		}
	}
	return false
}

// Finish gives up all IP packets that still wait for fragments: the capture is
// at its end. Incomplete has what is left of them.
func (d *Decoder) Finish() {
	f := &d.fragments
	f.finished = true
	for f.oldest != nil {
		f.giveUp(f.oldest)
	}
}

// Offsets in an Ethernet frame with IPv4 without options.
const (
	plainIP  = 14
	plainTCP = plainIP + 20
)

// isPlain tells whether b holds Ethernet, IPv4 without options and without
// fragments, and TCP: nearly every packet of nearly every capture.
func isPlain(b []byte) bool {
	return len(b) >= plainTCP+20 &&
		b[12] == 0x08 && b[13] == 0x00 && // EtherType IPv4
		b[14] == 0x45 && // version 4, 5 words of header
		b[23] == protoTCP &&
		b[20]&0x3f|b[21] == 0 // neither more fragments nor an offset
}

// plain is the short way for a frame for which isPlain holds. It gives what the
// way through walk gives, as a test makes sure.
func plain(b []byte, wire int, s *Segment) Verdict {
	total := int(binary.BigEndian.Uint16(b[plainIP+2:]))
	if total == 0 {
		total = max(wire, len(b)) - plainIP
	}
	end := min(plainIP+total, len(b))
	if end < plainTCP+20 {
		return Malformed
	}
	s.Src.Addr.setIPv4(b[plainIP+12:])
	s.Dst.Addr.setIPv4(b[plainIP+16:])
	s.IPID = binary.BigEndian.Uint16(b[plainIP+4:])
	s.Owned = false
	return s.tcp(b[plainTCP:end], total-20)
}

// setIPv4 sets the first four bytes of b as an IPv4-mapped address.
func (a *Addr) setIPv4(b []byte) {
	binary.LittleEndian.PutUint64(a[:8], 0)
	binary.LittleEndian.PutUint64(a[8:], uint64(binary.LittleEndian.Uint32(b))<<32|0xffff0000)
}

func (a *Addr) is4() bool { return a.Netip().Is4() }

// tcp fills in what the TCP header at the beginning of b says, at least 20
// bytes; wire is the length of header and data on the wire.
func (s *Segment) tcp(b []byte, wire int) Verdict {
	_ = b[19]
	header := int(b[12]>>4) * 4
	if header < 20 || header > wire {
		return Malformed
	}
	s.Src.Port = binary.BigEndian.Uint16(b)
	s.Dst.Port = binary.BigEndian.Uint16(b[2:])
	s.Seq = binary.BigEndian.Uint32(b[4:])
	s.Ack = binary.BigEndian.Uint32(b[8:])
	s.Flags = Flags(b[13]) & (FIN | SYN | RST | PSH | ACK)
	s.Window = binary.BigEndian.Uint16(b[14:])
	s.Checksum = binary.BigEndian.Uint16(b[16:])
	at := min(header, len(b))
	s.Payload = b[at:len(b):len(b)]
	s.At = uint32(cap(b) - at) // what the caller makes an offset of
	s.Length = wire - header
	return TCP
}
