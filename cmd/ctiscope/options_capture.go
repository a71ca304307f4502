package main

import (
	"errors"
	"fmt"

	netbpf "golang.org/x/net/bpf"

	"ctiscope/capture/bpf"
	"ctiscope/capture/live"
	"ctiscope/reassembly"
)

// capturing holds the options that say what is captured.
type capturing struct {
	interfaces  []string
	expression  string
	tunnels     bool
	snapLen     int
	selfOnly    bool
	ring, queue byteSize
}

func (c *capturing) group(o *liveOptions) group {
	c.ring, c.queue = live.DefaultRing, live.DefaultQueue
	g := newGroup("Capture")
	g.flags.StringSliceVarP(&c.interfaces, "interface", "i", nil, "capture on these interfaces, by `NAMES`; any stands for all (Linux)")
	g.flags.StringVar(&c.expression, "bpf", "", "capture what this `EXPRESSION` of tcpdump's language matches, instead of the CTI ports")
	g.flags.BoolVar(&c.tunnels, "tunnels", false, "capture tunnels too, whatever is in them")
	g.flags.IntVar(&c.snapLen, "snaplen", 0, "capture at most `N` bytes of a packet (default: all)")
	g.flags.BoolVar(&c.selfOnly, "no-promiscuous", false, "leave packets alone that are not addressed to this host")
	g.flags.DurationVar(&o.duration, "duration", 0, "stop after this `TIME`, such as 90s or 8h")
	o.input.countFlag(g)
	g.flags.DurationVar(&o.status, "status-interval", 0, "tell on stderr how it goes every `TIME`; SIGUSR1 asks for it at any time")
	g.flags.StringVar(&o.metrics, "metrics", "", "serve counts to Prometheus at this `ADDRESS`, such as 9188 on the loopback or 0.0.0.0:9188")
	g.flags.StringVar(&o.user, "user", "", "go on as this `USER` once the interfaces are open (default: root becomes who ran sudo, or the owner of the folder of --write, or nobody)")
	g.flags.Var(&c.ring, "ring", "the kernel's buffer for each interface")
	g.flags.Var(&c.queue, "queue", "packets that wait for slow output; beyond it the oldest are dropped")
	return g
}

// check refuses what cannot be captured.
func (o *liveOptions) check() error {
	switch c := &o.capture; {
	case len(c.interfaces) == 0:
		return withHint(errors.New("live needs an interface"), "ctiscope live -i eth0; `ctiscope interfaces` lists them")
	case o.duration < 0:
		return fmt.Errorf("--duration %s: want a time such as 90s", o.duration)
	case o.status < 0:
		return fmt.Errorf("--status-interval %s: want a time such as 60s", o.status)
	case c.snapLen < 0:
		return fmt.Errorf("--snaplen %d: want a number of 0 or more", c.snapLen)
	case c.ring <= 0 || c.queue <= 0 || c.ring > maxBuffer || c.queue > 4*maxBuffer:
		return errors.New("--ring and --queue: want a size larger than 0, at most 1GiB and 4GiB")
	}
	return o.input.check()
}

// filter returns what compiles the kernel's filter for the ports of CTI.
func (c *capturing) filter(ports *reassembly.PortSet) func(bpf.Target) ([]netbpf.RawInstruction, error) {
	return func(t bpf.Target) ([]netbpf.RawInstruction, error) {
		if c.expression != "" {
			return t.Compile(c.expression)
		}
		var list []uint16
		for port := 1; port < 1<<16; port++ {
			if ports.Has(uint16(port)) {
				list = append(list, uint16(port))
			}
		}
		return t.Ports(list, bpf.Traffic{Fragments: true, VLAN: true, Tunnels: c.tunnels})
	}
}
