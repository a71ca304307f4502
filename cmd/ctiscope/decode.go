package main

import (
	"github.com/spf13/cobra"

	"ctiscope/capture"
	"ctiscope/filter"
	"ctiscope/output"
	"ctiscope/pipeline"
)

// decodeOptions are the options of `ctiscope decode`.
type decodeOptions struct {
	input     input
	printing  printing
	selection selection
	protocol  protocol
	bounds    bounds
	running   running
}

func newDecode(a *app) *cobra.Command {
	o := &decodeOptions{}
	cmd := &cobra.Command{
		Use:   "decode FILE...",
		Short: "Print every CTI message of capture files",
		Long: `Print every message of every CTI session in capture files: pcap and pcapng, also as .gz and .zst,
"-" for standard input. Several files, or a pattern in quotes, are merged by time.

CTI is recognised on its usual ports, and on any other port by its content. The protocol version of a
session comes from its OPEN_REQ, else from --protocol-version, else from what fits. At the end stderr
tells what was read, what is missing and what was wrong.`,
		Example: `  ctiscope decode capture.pcapng                         a line for each message
  ctiscope decode -o detail -x capture.pcap              all fields, with their bytes
  ctiscope decode -o json 'pg1a/*.pcap.gz' | jq .name    many files, in order of time
  ctiscope decode -t 'AGENT_STATE*' -s 3 capture.pcap    agent states of session 3
  ctiscope decode --since 14:01 --until 14:02 -e capture.pcap
                                                         one minute, with holes and findings
  tcpdump -i eth0 -w - port 42027 | ctiscope decode -    from a pipe`,
		RunE: func(cmd *cobra.Command, args []string) error {
			paths, err := o.input.paths(cmd.CommandPath(), args)
			if err != nil {
				return err
			}
			return a.decode(cmd, o, paths)
		},
	}
	addGroups(cmd,
		o.input.group(),
		o.printing.group(),
		o.selection.limitFlag(o.selection.group()),
		o.protocol.group(),
		o.running.progressFlag(o.running.group()),
		o.bounds.group(),
	)
	completeFlags(cmd)
	markRun(cmd)
	return cmd
}

func (a *app) decode(cmd *cobra.Command, o *decodeOptions, paths []string) error {
	j, err := o.job(a)
	if err != nil {
		return err
	}
	src, err := a.open(cmd.Context(), paths)
	if err != nil {
		return err
	}
	defer src.Close()
	ctx := cmd.Context()
	stop := a.progress(j, src)
	result, err := a.work(ctx, capture.Limit(src, o.input.count), j)
	stop()
	return a.finish(ctx, src, j, result, err)
}

// job reads the options into what is to be run.
func (o *decodeOptions) job(a *app) (*job, error) {
	zone, err := o.printing.location()
	if err != nil {
		return nil, err
	}
	if err := o.printing.resolve(a); err != nil {
		return nil, err
	}
	j := &job{running: &o.running, verb: "printed"}
	if o.printing.events {
		j.verb = "printed, events included"
	}
	if j.selector, err = o.selection.parse(zone, o.printing.events); err != nil {
		return nil, err
	}
	opts, format := o.printing.options(a, zone), o.printing.format.current
	j.tap = func(f *filter.Filter) pipeline.Tap {
		out := a.stdout
		if format == formatTable {
			out = a.drawing()
		}
		p := pipeline.NewPrint(out, o.selection.limit, func() pipeline.Formatter { return &printer{f, formatter(format, opts)} })
		if format == formatTable {
			p.Arrange(output.NewTableWriter(opts))
		}
		j.matched = func(*pipeline.Result) int64 { return p.Records }
		return p
	}
	return j, j.configure(&o.protocol, &o.bounds)
}

// formatter makes the printer for a format.
func formatter(format string, opts output.Options) pipeline.Formatter {
	switch format {
	case formatJSON:
		return output.NewJSON(opts)
	case formatTable:
		return output.NewTable(opts)
	case formatDetail:
		return output.NewDetail(opts)
	}
	return output.NewText(opts)
}
