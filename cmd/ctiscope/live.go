package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"strings"
	"sync"
	"time"

	"github.com/spf13/cobra"
	netbpf "golang.org/x/net/bpf"

	"ctiscope/bpf"
	"ctiscope/capture"
	"ctiscope/capture/live"
	"ctiscope/filter"
	"ctiscope/pipeline"
	"ctiscope/privilege"
)

// liveOptions are the options of `ctiscope live`.
type liveOptions struct {
	decodeOptions
	capture  capturing
	duration time.Duration
	count    int64
	status   time.Duration
	writing  writing
	user     string
}

// capturing holds the options that say what is captured.
type capturing struct {
	interfaces  []string
	expression  string
	tunnels     bool
	snapLen     int
	selfOnly    bool
	ring, queue byteSize
}

// idle is how often a run looks around when nothing comes.
const idle = 250 * time.Millisecond

func newLive(a *app) *cobra.Command {
	o := &liveOptions{}
	cmd := &cobra.Command{
		Use:   "live -i INTERFACE...",
		Short: "Print CTI messages as they pass on an interface",
		Long: `Capture on network interfaces and print every CTI message as it passes, with the options of decode.

The kernel hands over packets of the CTI ports only (--instance, --port), of fragments and VLANs too, and
with --tunnels of tunnels; --bpf filters otherwise, in tcpdump's language. When the output is too slow,
the oldest packets that wait are dropped and counted; the kernel's buffer is always emptied.`,
		Example: `  ctiscope live -i eth0                                 all CTI messages on eth0
  ctiscope live -i any -t '*FAIL*' -o json              failures, for another program
  ctiscope live -i eth0 --bpf 'tcp and host 10.1.2.3'   all TCP of a host, CTI found by content
  ctiscope live -i eth1 -i eth2 --tunnels --duration 1h mirror ports that wrap packets
  ctiscope live -i eth0 --write pg1a.pcapng --rotate-size 100MiB --keep 20
                                                        messages now, packets for later`,
		Args: noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return a.live(cmd.Context(), o)
		},
	}
	addGroups(cmd,
		o.capture.group(o),
		o.writing.group(),
		o.printing.group(),
		o.selection.limitFlag(o.selection.group()),
		o.protocol.group(),
		o.running.group(),
		o.bounds.group(),
	)
	completeChoices(cmd)
	o.selection.complete(cmd)
	_ = cmd.RegisterFlagCompletionFunc("interface", completeInterfaces)
	markRun(cmd)
	return cmd
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
	g.flags.Int64Var(&o.count, "count", 0, "stop after `N` captured packets")
	g.flags.DurationVar(&o.status, "status-interval", 0, "tell on stderr how it goes every `TIME`; SIGUSR1 asks for it at any time")
	g.flags.StringVar(&o.user, "user", "", "go on as this `USER` once the interfaces are open (default: root becomes who ran sudo, or the owner of the folder of --write, or nobody)")
	g.flags.Var(&c.ring, "ring", "the kernel's buffer for each interface")
	g.flags.Var(&c.queue, "queue", "packets that wait for slow output; beyond it the oldest are dropped")
	return g
}

// live captures until something ends it.
func (a *app) live(ctx context.Context, o *liveOptions) error {
	j, err := o.job(a)
	if err != nil {
		return err
	}
	if err := errors.Join(o.check(), o.writing.check()); err != nil {
		return err
	}
	captureCtx := ctx
	if o.duration > 0 {
		var stop context.CancelFunc
		captureCtx, stop = context.WithTimeout(ctx, o.duration)
		defer stop()
	}
	k := newKeeper()
	j.start = time.Now()
	src, err := live.Open(captureCtx, o.capture.options(a, j, o, k.tap))
	if err != nil {
		return err
	}
	defer src.Close()
	defer k.release()
	if err := a.giveUpRights(o); err != nil {
		return err
	}
	if err := k.start(a, &o.writing, src, o.running.quiet); err != nil {
		return err
	}
	if !o.running.quiet {
		a.note("capturing on %s", strings.Join(o.capture.interfaces, ", "))
	}
	result, err := a.watch(ctx, src, j, o, k)
	src.Stop()
	j.recorded, err = k.close(err)
	return a.finish(ctx, src, j, result, err)
}

// watch decodes, or only keeps, what a live source brings, and reports on the
// way.
func (a *app) watch(ctx context.Context, src *live.Source, j *job, o *liveOptions, k *keeper) (*pipeline.Result, error) {
	t := new(tally)
	next := j.newStage
	j.newStage = func(f *filter.Filter) pipeline.Stage { return &tallying{t, next(f)} }
	ended, end := context.WithCancel(context.Background())
	var reporter sync.WaitGroup
	reporter.Go(func() { a.reportStatus(ended, src, k, t, o.status) })
	defer reporter.Wait()
	defer end()
	source := limited(src, o.count)
	if o.writing.only {
		j.verb = ""
		j.matched = func(r *pipeline.Result) int64 { return r.Packets }
		return keepOnly(source)
	}
	// The source ends with the context, after what it has received; the run
	// must not end before that.
	return a.work(context.WithoutCancel(ctx), source, j)
}

// giveUpRights drops what was needed to open the interfaces.
func (a *app) giveUpRights(o *liveOptions) error {
	var folders []string
	if w := o.writing.path; w != "" && w != "-" {
		folders = []string{filepath.Dir(w)}
	}
	id, err := privilege.Choose(o.user, folders...)
	if err != nil {
		return err
	}
	switch err := privilege.Drop(id); {
	case errors.Is(err, privilege.ErrThreads):
		if !o.running.quiet {
			a.note("warning: %v; build with CGO_ENABLED=0", err)
		}
	case err != nil:
		return err
	case !id.Stays && !o.running.quiet:
		a.note("going on as %s", id)
	}
	return nil
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
	case o.count < 0:
		return fmt.Errorf("--count %d: want a number of 0 or more", o.count)
	case c.snapLen < 0:
		return fmt.Errorf("--snaplen %d: want a number of 0 or more", c.snapLen)
	case c.ring <= 0 || c.queue <= 0 || c.ring > maxBuffer || c.queue > 4*maxBuffer:
		return errors.New("--ring and --queue: want a size larger than 0, at most 1GiB and 4GiB")
	}
	return nil
}

// options returns those of the live source.
func (c *capturing) options(a *app, j *job, o *liveOptions, tap func(*capture.Block)) live.Options {
	return live.Options{
		Interfaces:  c.interfaces,
		Filter:      c.filter(j),
		SnapLen:     c.snapLen,
		Promiscuous: !c.selfOnly,
		Ring:        int(c.ring),
		Queue:       int(c.queue),
		Idle:        idle,
		Tap:         tap,
		Notice: func(n live.Notice) {
			if !o.running.quiet {
				a.note("%s", n)
			}
		},
	}
}

// filter returns what compiles the kernel's filter.
func (c *capturing) filter(j *job) func(bpf.Target) ([]netbpf.RawInstruction, error) {
	return func(t bpf.Target) ([]netbpf.RawInstruction, error) {
		if c.expression != "" {
			return t.Compile(c.expression)
		}
		var ports []uint16
		for port := 1; port < 1<<16; port++ {
			if j.options.Reassembly.Ports.Has(uint16(port)) {
				ports = append(ports, uint16(port))
			}
		}
		return t.Ports(ports, bpf.Traffic{Fragments: true, VLAN: true, Tunnels: c.tunnels})
	}
}

// stopper is a live source that can be told to end.
type stopper interface {
	capture.Source
	Stop()
}

// counting ends a source after so many packets.
type counting struct {
	stopper
	left int64
}

// limited limits a source to n packets; 0 means no limit.
func limited(src stopper, n int64) capture.Source {
	if n == 0 {
		return src
	}
	return &counting{src, n}
}

// Next returns the next packets as long as the count lasts.
func (c *counting) Next() (*capture.Block, error) {
	if c.left == 0 {
		return nil, io.EOF
	}
	b, err := c.stopper.Next()
	if err != nil {
		return b, err
	}
	if int64(len(b.Packets)) >= c.left {
		b.Packets = b.Packets[:c.left]
		c.stopper.Stop()
	}
	c.left -= int64(len(b.Packets))
	return b, nil
}
