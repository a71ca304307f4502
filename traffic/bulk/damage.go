package bulk

import (
	"math/rand/v2"

	"ctiscope/traffic/wire"
)

// Damage is a Sink that does to a stream of packets what mirror ports do, and
// hands it on. The zero rates do nothing.
type Damage struct {
	Sink wire.Sink
	Rand *rand.Rand
	// Drop, Repeat and Swap are the shares of packets that are lost, come
	// twice, or come behind the next one.
	Drop, Repeat, Swap float64

	kept []byte
	held bool
}

// Packet implements wire.Sink.
func (d *Damage) Packet(t int64, data []byte) {
	if d.Rand.Float64() < d.Drop {
		return
	}
	if !d.held && d.Rand.Float64() < d.Swap {
		d.kept, d.held = append(d.kept[:0], data...), true
		return
	}
	d.Sink.Packet(t, data)
	if d.Rand.Float64() < d.Repeat {
		d.Sink.Packet(t, data)
	}
	if d.held {
		d.held = false
		d.Sink.Packet(t, d.kept)
	}
}
