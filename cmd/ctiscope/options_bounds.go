package main

import (
	"errors"
	"time"

	"ctiscope/network"
	"ctiscope/pipeline"
	"ctiscope/reassembly"
	"ctiscope/session"
)

// bounds holds the limits that keep memory small whatever the input is. They
// are named here only.
type bounds struct {
	connections, candidates int
	direction, total        byteSize
	wait, ackedWait         time.Duration
	idle, halfOpen          time.Duration
	depth                   int

	fragmentPackets int
	fragmentBytes   byteSize
	fragmentWait    time.Duration
}

func (b *bounds) group() group {
	b.direction, b.total = reassembly.DefaultDirectionBytes, reassembly.DefaultTotalBytes+session.DefaultBuffer
	b.fragmentBytes = network.DefaultFragmentBytes
	g := newGroup("Limits of memory (the account counts what is dropped because of them)")
	g.flags.Var(&b.direction, "max-buffer", "bytes that wait behind a hole in one direction of a connection")
	g.flags.Var(&b.total, "max-buffer-total", "bytes that wait in all: half for what waits behind holes, half for unfinished messages, what is searched for one, and messages whose version is not known yet")
	g.flags.IntVar(&b.connections, "max-connections", reassembly.DefaultConnections, "remember at most `N` CTI connections; beyond it one idle for long is forgotten")
	g.flags.IntVar(&b.candidates, "max-candidates", reassembly.DefaultCandidates, "remember at most `N` connections on other ports that may still turn out to be CTI")
	g.flags.DurationVar(&b.wait, "hole-wait", reassembly.DefaultWait, "wait for missing bytes for this `TIME` of the capture")
	g.flags.DurationVar(&b.ackedWait, "hole-wait-acked", reassembly.DefaultAckedWait, "the same `TIME` for bytes that their receiver has acknowledged")
	g.flags.DurationVar(&b.idle, "idle", reassembly.DefaultIdle, "forget a connection after this `TIME` without a packet")
	g.flags.DurationVar(&b.halfOpen, "half-open", reassembly.DefaultHalfOpen, "forget a connection attempt without an answer after this `TIME`")
	g.flags.IntVar(&b.depth, "tunnel-depth", network.DefaultDepth, "look into at most `N` nested tunnels")
	g.flags.IntVar(&b.fragmentPackets, "max-fragments", network.DefaultFragmentPackets, "keep at most `N` IP packets whose fragments are not all there")
	g.flags.Var(&b.fragmentBytes, "max-fragment-bytes", "bytes of such IP packets in all")
	g.flags.DurationVar(&b.fragmentWait, "fragment-wait", network.DefaultFragmentAge, "wait for missing fragments for this `TIME` of the capture")
	return g
}

// apply enters the limits into the options of a run.
func (b *bounds) apply(o *pipeline.Options) error {
	for _, n := range []int64{int64(b.direction), int64(b.total), int64(b.connections), int64(b.candidates),
		int64(b.wait), int64(b.ackedWait), int64(b.idle), int64(b.halfOpen), int64(b.depth),
		int64(b.fragmentPackets), int64(b.fragmentBytes), int64(b.fragmentWait)} {
		if n <= 0 {
			return errors.New("a limit has to be larger than 0")
		}
	}
	if max(b.direction, b.total, b.fragmentBytes) > maxBuffer {
		return errors.New("--max-buffer, --max-buffer-total, --max-fragment-bytes: want at most 1GiB")
	}
	o.Reassembly.DirectionBytes, o.Reassembly.TotalBytes = int(b.direction), int(b.total/2)
	o.Session.Buffer = int(b.total / 2)
	o.Reassembly.Connections, o.Reassembly.Candidates = b.connections, b.candidates
	o.Reassembly.Wait, o.Reassembly.AckedWait = b.wait, b.ackedWait
	o.Reassembly.Idle, o.Reassembly.HalfOpen = b.idle, b.halfOpen
	o.Network.Depth = b.depth
	o.Network.FragmentPackets, o.Network.FragmentBytes = b.fragmentPackets, int(b.fragmentBytes)
	o.Network.FragmentAge = b.fragmentWait
	return nil
}

// maxBuffer bounds the sizes; more would not be "bounded memory".
const maxBuffer = 1 << 30
