package main

import (
	"context"
	"errors"
	"path/filepath"
	"strings"
	"sync"
	"time"

	"github.com/spf13/cobra"

	"ctiscope/capture"
	"ctiscope/capture/live"
	"ctiscope/internal/metrics"
	"ctiscope/internal/privilege"
	"ctiscope/pipeline"
)

// liveOptions are the options of `ctiscope live`.
type liveOptions struct {
	decodeOptions
	capture  capturing
	duration time.Duration
	status   time.Duration
	writing  writing
	user     string
	metrics  string
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
	completeFlags(cmd)
	markRun(cmd)
	return cmd
}

// liveRun is a capture that runs.
type liveRun struct {
	*app
	options *liveOptions
	job     *job
	source  *live.Source
	keeper  *keeper
	counts  *metrics.Tap
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
	r := &liveRun{app: a, options: o, job: j, keeper: newKeeper(o.input.count), counts: new(metrics.Tap)}
	j.start = time.Now()
	if r.source, err = live.Open(captureCtx, r.sourceOptions()); err != nil {
		return err
	}
	defer r.source.Close()
	// Close waits for the capturing goroutines, and these for the keeper.
	defer r.keeper.release()
	stop, err := r.prepare()
	if err != nil {
		return err
	}
	defer stop()
	result, err := r.watch(ctx)
	r.source.Stop()
	j.recorded, err = r.keeper.close(err)
	return a.finish(ctx, r.source, j, result, err)
}

// prepare does what is to be done between opening the interfaces and decoding.
// The function that it returns undoes it.
func (r *liveRun) prepare() (stop func(), err error) {
	stop, err = r.serveMetrics()
	if err != nil {
		return nil, err
	}
	if err := r.giveUpRights(); err != nil {
		stop()
		return nil, err
	}
	if err := r.keeper.start(r.app, &r.options.writing, r.source, r.options.running.quiet); err != nil {
		stop()
		return nil, err
	}
	r.remark("capturing on %s", strings.Join(r.options.capture.interfaces, ", "))
	return stop, nil
}

// watch decodes, or only keeps, what the source brings, and reports on the way.
func (r *liveRun) watch(ctx context.Context) (*pipeline.Result, error) {
	r.job.options.Taps = append(r.job.options.Taps, r.counts)
	ended, end := context.WithCancel(context.Background())
	var reporter sync.WaitGroup
	reporter.Go(func() { r.reportStatus(ended) })
	defer reporter.Wait()
	defer end()
	source := capture.Limit(r.source, r.options.input.count)
	if r.options.writing.only {
		r.job.verb = ""
		r.job.matched = func(result *pipeline.Result) int64 { return result.Packets }
		return keepOnly(source)
	}
	// The source ends with the context, after what it has received; the run
	// must not end before that.
	return r.work(context.WithoutCancel(ctx), source, r.job)
}

// remark tells something that --quiet silences.
func (r *liveRun) remark(format string, args ...any) {
	if !r.options.running.quiet {
		r.note(format, args...)
	}
}

// giveUpRights drops what was needed to open the interfaces.
func (r *liveRun) giveUpRights() error {
	var folders []string
	if w := string(r.options.writing.path); w != "" && w != "-" {
		folders = []string{filepath.Dir(w)}
	}
	id, err := privilege.Choose(r.options.user, folders...)
	if err != nil {
		return err
	}
	switch err := privilege.Drop(id); {
	case errors.Is(err, privilege.ErrThreads):
		r.remark("warning: %v; build with CGO_ENABLED=0", err)
	case err != nil:
		return err
	case id.Stays && id.UID == 0:
		r.remark("staying %s", id)
	case !id.Stays:
		r.remark("going on as %s", id)
	}
	return nil
}

// sourceOptions returns those of the live source.
func (r *liveRun) sourceOptions() live.Options {
	c := &r.options.capture
	return live.Options{
		Interfaces:  c.interfaces,
		Filter:      c.filter(r.job.options.Reassembly.Ports),
		SnapLen:     c.snapLen,
		Promiscuous: !c.selfOnly,
		Ring:        int(c.ring),
		Queue:       int(c.queue),
		Idle:        idle,
		Tap:         r.keeper.tap,
		Notice:      func(n live.Notice) { r.remark("%s", n) },
	}
}
