package damage

import (
	"math/rand/v2"
	"slices"

	"ctiscope/traffic/wire"
)

// near is how far in time packets are moved: what comes later is waited for
// only within bounds.
const near = 500 * wire.Millisecond

// Repeat repeats packets: a share of all comes again within the next few
// packets, as it was.
func (c *Capture) Repeat(rng *rand.Rand, rate float64, window int) {
	c.insert(rng, rate, window, func(p Packet) (Packet, bool) { return p, true })
}

// Retransmit sends bytes again in other segments than the first time: with
// what went before, or only the end.
func (c *Capture) Retransmit(rng *rand.Rand, rate float64, window int) {
	sent := c.streams()
	c.insert(rng, rate, window, func(p Packet) (Packet, bool) {
		if !p.data() {
			return p, false
		}
		back := min(p.Off, int64(rng.IntN(200)))
		data := sent[p.Stream][p.Off-back : p.Off+int64(len(p.Segment.Payload))]
		if rng.IntN(3) == 0 {
			data = data[:1+rng.IntN(len(data))]
		}
		p.Off -= back
		p.Segment.Seq -= uint32(back)
		p.Segment.Payload = data
		p.Segment.ID += uint16(1000 + rng.IntN(1000))
		return p, true
	})
}

// streams puts the payloads together; bytes that are missing are 0.
func (c *Capture) streams() [][]byte {
	all := make([][]byte, len(c.Streams))
	for i := range c.Packets {
		p := &c.Packets[i]
		if !p.data() || p.Off < 0 {
			continue
		}
		if need := int(p.Off) + len(p.Segment.Payload); len(all[p.Stream]) < need {
			all[p.Stream] = append(all[p.Stream], make([]byte, need-len(all[p.Stream]))...)
		}
		copy(all[p.Stream][p.Off:], p.Segment.Payload)
	}
	return all
}

// insert puts copies of packets, changed by f, behind the originals.
func (c *Capture) insert(rng *rand.Rand, rate float64, window int, f func(Packet) (Packet, bool)) {
	type copied struct {
		at int
		p  Packet
	}
	var copies []copied
	for i, p := range c.Packets {
		if p.Stream < 0 || rng.Float64() >= rate {
			continue
		}
		if q, ok := f(p); ok {
			copies = append(copies, copied{min(i+1+rng.IntN(window), c.reach(i)), q})
		}
	}
	slices.SortStableFunc(copies, func(a, b copied) int { return a.at - b.at })
	out := make([]Packet, 0, len(c.Packets)+len(copies))
	for i, p := range c.Packets {
		for len(copies) > 0 && copies[0].at == i {
			out = append(out, copies[0].p)
			copies = copies[1:]
		}
		out = append(out, p)
	}
	for _, k := range copies {
		out = append(out, k.p)
	}
	c.Packets = out
	c.retime()
}

// reach returns how far behind packet i a copy of it may come: half a second,
// and not past the packet that ends the connection, nor past the beginning of
// the next connection of the same addresses.
func (c *Capture) reach(i int) int {
	p := &c.Packets[i]
	for j := i + 1; j < len(c.Packets); j++ {
		q := &c.Packets[j]
		if q.Time-p.Time > near {
			return j
		}
		if q.Stream < 0 {
			continue
		}
		same := q.Stream/2 == p.Stream/2
		if same && q.Segment.Flags&wire.RST != 0 {
			return j
		}
		a, b := c.Streams[q.Stream], c.Streams[p.Stream]
		if !same && a.Client == b.Client && a.Server == b.Server {
			return j
		}
	}
	return len(c.Packets)
}

// retime makes the times rise with the order of packets: a packet that moved
// was captured when it passed.
func (c *Capture) retime() {
	for i := 1; i < len(c.Packets); i++ {
		c.Packets[i].Time = max(c.Packets[i].Time, c.Packets[i-1].Time)
	}
	for i := len(c.Packets) - 2; i >= 0; i-- {
		c.Packets[i].Time = min(c.Packets[i].Time, c.Packets[i+1].Time)
	}
}

// Mirror copies packets as a second mirror port sees them: with another VLAN,
// with a smaller TTL, or behind a router with other MAC addresses.
func (c *Capture) Mirror(rng *rand.Rand, rate float64) {
	kind := rng.IntN(4)
	c.insert(rng, rate, 3, func(p Packet) (Packet, bool) {
		s := &p.Segment
		if kind == 0 || kind == 3 {
			s.VLAN = 4094 - s.VLAN
		}
		if kind == 1 || kind == 3 {
			s.Src.TTL--
		}
		if kind == 2 || kind == 3 {
			s.Src.MAC[5] ^= 0x80
			s.Dst.MAC[5] ^= 0x40
		}
		return p, true
	})
}

// Swap moves packets ahead of others: a share of all comes up to window packets
// earlier than it was sent, and at most half a second, as a mirror port with
// several queues does.
func (c *Capture) Swap(rng *rand.Rand, rate float64, window int) {
	for i := 1; i < len(c.Packets); i++ {
		if rng.Float64() >= rate {
			continue
		}
		to := max(0, i-1-rng.IntN(window))
		// Not ahead of the beginning, nor the end ahead of what it ends.
		for ; to < i && (!c.mayPass(i, to) || c.Packets[i].Time-c.Packets[to].Time > near); to++ {
		}
		p := c.Packets[i]
		copy(c.Packets[to+1:i+1], c.Packets[to:i])
		c.Packets[to] = p
	}
	c.retime()
}

// mayPass tells whether packet i may come before all from to on: packets that
// open or end a connection keep their places within it.
func (c *Capture) mayPass(i, to int) bool {
	p := &c.Packets[i]
	if p.Stream < 0 {
		return true
	}
	marks := uint8(wire.SYN | wire.RST | wire.FIN)
	for j := to; j < i; j++ {
		q := &c.Packets[j]
		if q.Stream < 0 {
			continue
		}
		a, b := c.Streams[q.Stream], c.Streams[p.Stream]
		if a.Client == b.Client && a.Server == b.Server && (p.Segment.Flags|q.Segment.Flags)&marks != 0 {
			return false
		}
	}
	return true
}

// Delay lets packets be captured late: a share of all up to max nanoseconds
// after its time, in the order of the new times.
func (c *Capture) Delay(rng *rand.Rand, rate float64, most int64) {
	for i := range c.Packets {
		p := &c.Packets[i]
		if p.Stream < 0 || rng.Float64() >= rate || p.Segment.Flags&(wire.SYN|wire.RST|wire.FIN) != 0 {
			continue
		}
		until := p.Time + rng.Int64N(most)
		if j := c.end(i); j < len(c.Packets) {
			until = min(until, max(p.Time, c.Packets[j].Time-1))
		}
		p.Time = until
	}
	slices.SortStableFunc(c.Packets, func(a, b Packet) int {
		switch {
		case a.Time < b.Time:
			return -1
		case a.Time > b.Time:
			return 1
		}
		return 0
	})
}

// end returns the place of the packet that ends the connection of packet i.
func (c *Capture) end(i int) int {
	for j := i + 1; j < len(c.Packets); j++ {
		q := &c.Packets[j]
		if q.Stream >= 0 && q.Stream/2 == c.Packets[i].Stream/2 && q.Segment.Flags&(wire.RST|wire.FIN) != 0 {
			return j
		}
	}
	return len(c.Packets)
}

// Resegment cuts the streams differently: segments of sizes that rng chooses,
// from single bytes to several segments joined. Acknowledgements stay where
// they are.
func (c *Capture) Resegment(rng *rand.Rand) {
	sizes := [...]int{1, 3, 7, 8, 9, 100, 536, 1400}
	var out []Packet
	for i := 0; i < len(c.Packets); i++ {
		p := c.Packets[i]
		if !p.data() || p.Segment.Flags&(wire.SYN|wire.RST|wire.FIN) != 0 {
			out = append(out, p)
			continue
		}
		for i+1 < len(c.Packets) && rng.IntN(2) == 0 && p.follows(&c.Packets[i+1]) {
			i++
			p.Segment.Payload = slices.Concat(p.Segment.Payload, c.Packets[i].Segment.Payload)
			p.Time = c.Packets[i].Time
		}
		for data := p.Segment.Payload; len(data) > 0; {
			n := min(len(data), 1+rng.IntN(2*sizes[rng.IntN(len(sizes))]))
			q := p
			q.Segment.Payload, q.Segment.Flags = data[:n], wire.ACK
			if data = data[n:]; len(data) == 0 {
				q.Segment.Flags |= wire.PSH
			}
			q.Segment.ID += uint16(len(out))
			out = append(out, q)
			p.Off += int64(n)
			p.Segment.Seq += uint32(n)
		}
	}
	c.Packets = out
}

// follows tells whether the data of q come right after those of p, in a packet
// that may be joined with it.
func (p *Packet) follows(q *Packet) bool {
	return q.Stream == p.Stream && q.data() && q.Off == p.Off+int64(len(p.Segment.Payload)) &&
		q.Segment.Flags&(wire.SYN|wire.RST|wire.FIN) == 0 && len(p.Segment.Payload)+len(q.Segment.Payload) < 8000
}
