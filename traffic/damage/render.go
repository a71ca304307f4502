package damage

import (
	"bytes"
	"math/rand/v2"

	"ctiscope/capture/capturetest"
	"ctiscope/traffic/wire"
)

// Wrap puts a frame into another; it returns one frame, or several when it cuts
// the packet.
type Wrap func(frame []byte) [][]byte

// Wraps are the ways of wrapping that Tunnel chooses from, by name.
var Wraps = map[string]Wrap{
	"vlan":  one(func(f []byte) []byte { return capturetest.VLAN(f, 77) }),
	"qinq":  one(func(f []byte) []byte { return capturetest.Tag(capturetest.VLAN(f, 77), 0x88a8, 9) }),
	"vxlan": one(func(f []byte) []byte { return capturetest.Ethernet(capturetest.VXLAN(42, f)) }),
	"geneve": one(func(f []byte) []byte {
		return capturetest.Ethernet(capturetest.Geneve(42, []byte{0, 1, 2, 1, 0, 0, 0, 7}, f))
	}),
	"gre": one(func(f []byte) []byte {
		return capturetest.Ethernet(capturetest.GRE(0x6558, capturetest.GREFlags{Key: true}, f))
	}),
	"gre ip": one(func(f []byte) []byte {
		t, ip := packet(f)
		return capturetest.Ethernet(capturetest.GRE(t, capturetest.GREFlags{Checksum: true, Sequence: true}, ip))
	}),
	"erspan1":    one(func(f []byte) []byte { return capturetest.Ethernet(capturetest.ERSPAN1(f)) }),
	"erspan2":    one(func(f []byte) []byte { return capturetest.Ethernet(capturetest.ERSPAN2(5, f)) }),
	"erspan3":    one(func(f []byte) []byte { return capturetest.Ethernet(capturetest.ERSPAN3(5, false, f)) }),
	"erspan3sub": one(func(f []byte) []byte { return capturetest.Ethernet(capturetest.ERSPAN3(5, true, f)) }),
	"ipip":       one(func(f []byte) []byte { _, ip := packet(f); return capturetest.Ethernet(capturetest.IPIP(ip)) }),
	"mpls":       one(func(f []byte) []byte { _, ip := packet(f); return capturetest.MPLS([]uint32{100, 200}, ip) }),
	"pppoe":      one(func(f []byte) []byte { _, ip := packet(f); return capturetest.PPPoE(3, ip) }),
	"fragments":  fragments,
}

func one(f func([]byte) []byte) Wrap { return func(b []byte) [][]byte { return [][]byte{f(b)} } }

// packet returns the EtherType and the IP packet of a frame without its padding.
func packet(frame []byte) (uint16, []byte) {
	at := 12
	for frame[at] == 0x81 && frame[at+1] == 0x00 {
		at += 4
	}
	t, ip := uint16(frame[at])<<8|uint16(frame[at+1]), frame[at+2:]
	size := int(ip[2])<<8 | int(ip[3])
	if ip[0]>>4 == 6 {
		size = 40 + (int(ip[4])<<8 | int(ip[5]))
	}
	return t, ip[:size]
}

// fragments cuts the IP packet into pieces; a small one stays whole.
func fragments(frame []byte) [][]byte {
	_, ip := packet(frame)
	id := uint32(ip[4])<<8 | uint32(ip[5])
	if ip[0]>>4 == 6 {
		id = uint32(ip[56])<<24 | uint32(ip[57])<<16 | uint32(ip[44])<<8 | uint32(ip[45]) // checksum and sequence number
	}
	if len(ip) < 120 {
		return [][]byte{frame}
	}
	var out [][]byte
	for _, part := range capturetest.Fragments(ip, id, 64+8*(int(id)%16)) {
		out = append(out, capturetest.Ethernet(part))
	}
	return out
}

// Tunnel wraps a share of the packets, each in all the named ways, the first
// innermost.
func (c *Capture) Tunnel(rng *rand.Rand, rate float64, names ...string) {
	for i := range c.Packets {
		if c.Packets[i].Stream < 0 || rng.Float64() >= rate {
			continue
		}
		for _, name := range names {
			c.Packets[i].wraps = append(c.Packets[i].wraps[:len(c.Packets[i].wraps):len(c.Packets[i].wraps)], Wraps[name])
		}
	}
}

// frames builds what was captured of a packet, with the lengths on the wire.
func (p *Packet) frames() (frames [][]byte, lengths []int) {
	if p.Stream < 0 {
		return [][]byte{p.other}, []int{len(p.other)}
	}
	frames = [][]byte{p.Segment.Append(nil)}
	for _, w := range p.wraps {
		var next [][]byte
		for _, f := range frames {
			next = append(next, w(f)...)
		}
		frames = next
	}
	missing := len(p.Segment.Payload) - p.captured()
	for i := range frames {
		lengths = append(lengths, len(frames[i]))
		if missing > 0 { // of fragments the headers stay
			frames[i] = frames[i][:max(len(frames[i])-missing, min(len(frames[i]), 60))]
		}
	}
	return frames, lengths
}

// Tape returns the damaged packets as they would be captured.
func (c *Capture) Tape() wire.Tape {
	var tape wire.Tape
	for i := range c.Packets {
		frames, _ := c.Packets[i].frames()
		for _, f := range frames {
			tape.Packet(c.Packets[i].Time, f)
		}
	}
	return tape
}

// File returns the damaged capture as a pcap file, with times in nanoseconds or
// microseconds.
func (c *Capture) File(nano bool) []byte {
	var file bytes.Buffer
	w := wire.NewPcap(&file, nano)
	for i := range c.Packets {
		frames, lengths := c.Packets[i].frames()
		for k, f := range frames {
			w.Cut(c.Packets[i].Time, f, lengths[k])
		}
	}
	// A bytes.Buffer takes everything.
	_ = w.Flush()
	return file.Bytes()
}
