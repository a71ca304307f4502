// Package damage takes clean captures and damages them as networks and mirror
// ports do, by seed, and tells what is left.
//
// A Capture is taken apart with Parse. Its methods change it: those of
// lossless.go keep every byte of every stream, so that a right tool prints the
// same messages; those of lossy.go take bytes away. Truth then says which bytes
// of which stream are left, which messages are whole, and where the holes are;
// Tape and File build the damaged capture.
//
//	c, err := damage.Parse(packets)
//	rng := damage.Rand(seed)
//	c.Drop(rng, 0.01)
//	c.Swap(rng, 0.05, 8)
//	file, whole := c.File(true), c.Truth().Whole(messages)
//
// It is for tests. Parse reads packets with gopacket, so that nothing here
// depends on what is tested.
package damage

import (
	"fmt"
	"math/rand/v2"
	"net/netip"
	"slices"

	"github.com/google/gopacket"
	"github.com/google/gopacket/layers"

	"ctiscope/traffic/wire"
)

// Packet is one packet of a Capture.
type Packet struct {
	Time int64 // nanoseconds since 1970
	// Stream is the index of the packet's stream in Capture.Streams, -1 for
	// one that is no TCP and passes as it is.
	Stream int
	// Off is the place of the payload in the stream, in bytes.
	Off     int64
	Segment wire.Segment
	other   []byte // a packet that is no TCP
	snap    int    // bytes of payload that were captured; -1 for all
	wraps   []Wrap
}

// Stream is one direction of a connection.
type Stream struct {
	Conn           int // index, in the order of the clean capture
	FromServer     bool
	Client, Server netip.AddrPort
	first          uint32 // sequence number of offset 0
	last           int64  // latest offset, for unwrapping
	size           int64  // bytes of the clean stream
}

// Capture is a capture taken apart.
type Capture struct {
	Packets []Packet
	Streams []*Stream // 2*Conn for the client's, 2*Conn+1 for the server's
}

// Rand returns a source of random numbers.
func Rand(seed uint64) *rand.Rand { return rand.New(rand.NewPCG(seed, 0xda3a9e)) }

// flow names a direction of a 4-tuple.
type flow struct{ src, dst netip.AddrPort }

// Parse takes packets apart: Ethernet frames with IPv4 or IPv6, with at most
// one VLAN tag. Other packets are kept as they are.
func Parse(packets wire.Tape) (*Capture, error) {
	c := &Capture{}
	known := make(map[flow]*Stream)
	for i, p := range packets {
		pkt := gopacket.NewPacket(p.Data, layers.LayerTypeEthernet, gopacket.DecodeOptions{NoCopy: true})
		tcp, ok := pkt.Layer(layers.LayerTypeTCP).(*layers.TCP)
		if !ok {
			c.Packets = append(c.Packets, Packet{Time: p.Time, Stream: -1, other: p.Data, snap: -1})
			continue
		}
		seg, err := segment(pkt, tcp)
		if err != nil {
			return nil, fmt.Errorf("packet %d: %w", i+1, err)
		}
		s := c.stream(known, &seg)
		c.Packets = append(c.Packets, Packet{Time: p.Time, Stream: 2*s.Conn + side(s), Off: s.offset(&seg), Segment: seg, snap: -1})
	}
	return c, nil
}

func side(s *Stream) int {
	if s.FromServer {
		return 1
	}
	return 0
}

// stream finds the stream of a segment; a SYN with a new sequence number on a
// used 4-tuple begins a new connection.
func (c *Capture) stream(known map[flow]*Stream, seg *wire.Segment) *Stream {
	f := flow{seg.Src.Addr, seg.Dst.Addr}
	s := known[f]
	opening := seg.Flags&(wire.SYN|wire.ACK) == wire.SYN
	if s != nil && !(opening && seg.Seq+1 != s.first) {
		if seg.Flags&wire.SYN != 0 {
			s.first = seg.Seq + 1
		}
		return s
	}
	client, server := seg.Src.Addr, seg.Dst.Addr
	if !opening && client.Port() < server.Port() {
		client, server = server, client
	}
	for i := range 2 {
		c.Streams = append(c.Streams, &Stream{Conn: len(c.Streams) / 2, FromServer: i == 1, Client: client, Server: server})
	}
	pair := c.Streams[len(c.Streams)-2:]
	known[flow{client, server}], known[flow{server, client}] = pair[0], pair[1]
	s = known[f]
	s.first = seg.Seq
	if seg.Flags&wire.SYN != 0 {
		s.first++
	}
	// Without a handshake the acknowledgement tells where the other begins.
	if other := known[flow{f.dst, f.src}]; seg.Flags&wire.ACK != 0 {
		other.first = seg.Ack
	}
	return s
}

// offset returns the place of a segment's payload in the stream.
func (s *Stream) offset(seg *wire.Segment) int64 {
	if seg.Flags&wire.SYN != 0 {
		return 0
	}
	off := s.last + int64(int32(seg.Seq-s.first-uint32(s.last)))
	s.last = max(s.last, off)
	s.size = max(s.size, off+int64(len(seg.Payload)))
	return off
}

// segment reads the layers back into what wire builds.
func segment(pkt gopacket.Packet, tcp *layers.TCP) (wire.Segment, error) {
	s := wire.Segment{Seq: tcp.Seq, Ack: tcp.Ack, Window: tcp.Window, Payload: tcp.Payload}
	eth, ok := pkt.Layer(layers.LayerTypeEthernet).(*layers.Ethernet)
	if !ok {
		return s, fmt.Errorf("no Ethernet")
	}
	copy(s.Src.MAC[:], eth.SrcMAC)
	copy(s.Dst.MAC[:], eth.DstMAC)
	if tag, ok := pkt.Layer(layers.LayerTypeDot1Q).(*layers.Dot1Q); ok {
		s.VLAN = tag.VLANIdentifier
	}
	var ttl uint8
	switch ip := pkt.NetworkLayer().(type) {
	case *layers.IPv4:
		ttl, s.ID = ip.TTL, ip.Id
	case *layers.IPv6:
		ttl = ip.HopLimit
	}
	src, _ := netip.AddrFromSlice(pkt.NetworkLayer().NetworkFlow().Src().Raw())
	dst, _ := netip.AddrFromSlice(pkt.NetworkLayer().NetworkFlow().Dst().Raw())
	s.Src.Addr, s.Dst.Addr = netip.AddrPortFrom(src, uint16(tcp.SrcPort)), netip.AddrPortFrom(dst, uint16(tcp.DstPort))
	s.Src.TTL, s.Dst.TTL = ttl, ttl
	for i, on := range [...]bool{tcp.FIN, tcp.SYN, tcp.RST, tcp.PSH, tcp.ACK} {
		if on {
			s.Flags |= 1 << i
		}
	}
	s.Options = slices.Clone(tcp.Contents[20:])
	return s, nil
}

// captured returns how much of the payload was captured.
func (p *Packet) captured() int {
	if p.snap >= 0 {
		return min(p.snap, len(p.Segment.Payload))
	}
	return len(p.Segment.Payload)
}

// data tells whether a packet carries bytes of a stream.
func (p *Packet) data() bool { return p.Stream >= 0 && len(p.Segment.Payload) > 0 }
