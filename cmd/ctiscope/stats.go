package main

import (
	"time"

	"github.com/spf13/cobra"

	"ctiscope/filter"
	"ctiscope/output"
	"ctiscope/pipeline"
	"ctiscope/session"
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
	completeChoices(cmd)
	o.selection.complete(cmd)
	markRun(cmd)
	return cmd
}

func (a *app) stats(cmd *cobra.Command, o *statsOptions, paths []string) error {
	ctx := cmd.Context()
	j, zone, err := o.job(a)
	if err != nil {
		return err
	}
	src, err := a.open(ctx, paths)
	if err != nil {
		return err
	}
	defer src.Close()
	stop := a.progress(j, src)
	result, err := a.work(ctx, o.input.limited(src), j)
	stop()
	if result != nil {
		if printErr := a.printStats(o, zone, result); printErr != nil {
			return printErr
		}
	}
	return a.finish(ctx, src, j, result, err)
}

// job reads the options into what is to be run.
func (o *statsOptions) job(a *app) (*job, *time.Location, error) {
	zone, err := o.printing.location()
	if err != nil {
		return nil, nil, err
	}
	if err := o.printing.resolve(a); err != nil {
		return nil, nil, err
	}
	j := &job{running: &o.running, verb: "counted", silent: true, matched: counted}
	if j.selector, err = o.selection.parse(zone, true); err != nil {
		return nil, nil, err
	}
	j.newStage = func(f *filter.Filter) pipeline.Stage { return &counter{filter: f, stats: output.NewStats()} }
	return j, zone, j.configure(&o.protocol, &o.bounds)
}

// counter is a Stage that counts what a filter lets through.
type counter struct {
	filter   *filter.Filter
	stats    *output.Stats
	messages int64
}

// Append counts a record that matches.
func (c *counter) Append(dst []byte, r *session.Record) []byte {
	if !c.filter.Match(r) {
		return dst
	}
	if r.Kind == session.Message {
		c.messages++
	}
	return c.stats.Append(dst, r)
}

// counted returns how many messages were counted.
func counted(r *pipeline.Result) int64 {
	n := int64(0)
	for _, s := range r.Stages {
		n += s.(*counter).messages
	}
	return n
}

// printStats prints what the workers counted together.
func (a *app) printStats(o *statsOptions, zone *time.Location, r *pipeline.Result) error {
	all := output.NewStats()
	for _, s := range r.Stages {
		all.Merge(s.(*counter).stats)
	}
	if o.format.current == formatJSON {
		return a.print(string(all.AppendJSON(nil, zone)))
	}
	return a.print(string(all.AppendTables(nil, zone, o.printing.width)))
}
