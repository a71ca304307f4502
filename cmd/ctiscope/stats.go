package main

import (
	"time"

	"github.com/spf13/cobra"

	"ctiscope/capture"
	"ctiscope/filter"
	"ctiscope/output"
	"ctiscope/pipeline"
	"ctiscope/session"
	"ctiscope/statistics"
)

// statsOptions are the options of `ctiscope stats`.
type statsOptions struct {
	input     input
	printing  printing
	format    *choice
	selection selection
	protocol  protocol
	bounds    bounds
	running   running
}

func newStats(a *app) *cobra.Command {
	o := &statsOptions{format: newFormat(formatTable, formatJSON)}
	cmd := &cobra.Command{
		Use:   "stats FILE...",
		Short: "Count messages, failures and problems of capture files",
		Long: `Decode every message of capture files and print what they add up to: messages and bytes by type, sender
and session, how long requests waited for their answers, failures by code with what they mean, problems,
holes, protocol versions.`,
		Example: `  ctiscope stats capture.pcapng                     tables
  ctiscope stats -o json *.pcap.gz | jq .failures   one object for a program
  ctiscope stats -s 3 --since 14:00 capture.pcap    one session from two o'clock on`,
		RunE: func(cmd *cobra.Command, args []string) error {
			paths, err := o.input.paths(cmd.CommandPath(), args)
			if err != nil {
				return err
			}
			return a.stats(cmd, o, paths)
		},
	}
	out := newGroup("Output")
	formatFlag(out, o.format, "table, or json (one object, docs/json.md)")
	o.printing.place(out)
	addGroups(cmd, o.input.group(), out, o.selection.group(), o.protocol.group(), o.running.progressFlag(o.running.group()), o.bounds.group())
	completeFlags(cmd)
	markRun(cmd)
	return cmd
}

func (a *app) stats(cmd *cobra.Command, o *statsOptions, paths []string) error {
	ctx := cmd.Context()
	j, counted, zone, err := o.job(a)
	if err != nil {
		return err
	}
	src, err := a.open(ctx, paths)
	if err != nil {
		return err
	}
	defer src.Close()
	stop := a.progress(j, src)
	result, err := a.work(ctx, capture.Limit(src, o.input.count), j)
	stop()
	if result != nil {
		if printErr := a.printStats(o, zone, counted); printErr != nil {
			return printErr
		}
	}
	return a.finish(ctx, src, j, result, err)
}

// job reads the options into what is to be run.
func (o *statsOptions) job(a *app) (*job, *counts, *time.Location, error) {
	zone, err := o.printing.location()
	if err != nil {
		return nil, nil, nil, err
	}
	if err := o.printing.resolve(a); err != nil {
		return nil, nil, nil, err
	}
	c := new(counts)
	j := &job{running: &o.running, verb: "counted", silent: true, matched: c.messages}
	if j.selector, err = o.selection.parse(zone, true); err != nil {
		return nil, nil, nil, err
	}
	j.tap = c.tap
	return j, c, zone, j.configure(&o.protocol, &o.bounds)
}

// counts are the counts of all workers.
type counts struct{ of *pipeline.Counts[*counter] }

func (c *counts) tap(f *filter.Filter) pipeline.Tap {
	c.of = pipeline.NewCounts(func() *counter { return &counter{filter: f, stats: statistics.New()} })
	return c.of
}

// counter counts what a filter lets through, in one worker.
type counter struct {
	filter   *filter.Filter
	stats    *statistics.Collector
	messages int64
}

// Take counts a record that matches.
func (c *counter) Take(r *session.Record, _ *pipeline.Out) {
	if !c.filter.Match(r) {
		return
	}
	if r.Kind == session.Message {
		c.messages++
	}
	c.stats.Add(r)
}

// messages returns how many messages were counted.
func (c *counts) messages(*pipeline.Result) (n int64) {
	for _, s := range c.of.Stages {
		n += s.messages
	}
	return n
}

// printStats prints what the workers counted together.
func (a *app) printStats(o *statsOptions, zone *time.Location, c *counts) error {
	all := statistics.New()
	for _, s := range c.of.Stages {
		all.Merge(s.stats)
	}
	report := all.Report(zone)
	if o.format.current == formatJSON {
		return a.print(string(output.AppendStatisticsJSON(nil, report)))
	}
	_, err := a.drawing().Write(output.AppendStatistics(nil, report, o.printing.width))
	return err
}
