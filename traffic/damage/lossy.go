package damage

import (
	"math/rand/v2"
	"slices"
)

// Drop loses packets, each with the same chance. It returns how many.
func (c *Capture) Drop(rng *rand.Rand, rate float64) int {
	return c.remove(func(Packet) bool { return rng.Float64() < rate })
}

// DropBursts loses runs of packets: a run of up to size begins at each packet
// with a chance of rate.
func (c *Capture) DropBursts(rng *rand.Rand, rate float64, size int) int {
	left := 0
	return c.remove(func(Packet) bool {
		if left == 0 && rng.Float64() < rate {
			left = 1 + rng.IntN(size)
		}
		if left > 0 {
			left--
			return true
		}
		return false
	})
}

func (c *Capture) remove(lost func(Packet) bool) int {
	n := len(c.Packets)
	c.Packets = slices.DeleteFunc(c.Packets, lost)
	return n - len(c.Packets)
}

// Late starts the capture n packets later.
func (c *Capture) Late(n int) { c.Packets = c.Packets[min(n, len(c.Packets)):] }

// Early ends the capture n packets earlier.
func (c *Capture) Early(n int) { c.Packets = c.Packets[:max(0, len(c.Packets)-n)] }

// OneWay keeps one direction of every connection.
func (c *Capture) OneWay(fromServer bool) {
	c.remove(func(p Packet) bool { return p.Stream >= 0 && (p.Stream%2 == 1) != fromServer })
}

// Snap cuts packets to a snap length that leaves so many bytes of payload at
// most.
func (c *Capture) Snap(payload int) {
	for i := range c.Packets {
		if c.Packets[i].Stream >= 0 {
			c.Packets[i].snap = payload
		}
	}
}
