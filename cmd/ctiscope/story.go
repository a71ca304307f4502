package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/spf13/cobra"

	"ctiscope/capture"
	"ctiscope/filter"
	"ctiscope/output"
	"ctiscope/pipeline"
	"ctiscope/story"
)

// storyOptions are the options of the commands that tell the story.
type storyOptions struct {
	input    input
	printing printing
	format   *choice
	protocol protocol
	bounds   bounds
	running  running
	spool    string
}

// allKinds is what the story command tells.
const allKinds = story.Sessions | story.Requests | story.Calls | story.Agents | story.UserMessages

// storyView is one of those commands.
type storyView struct {
	use, short, long string
	aliases          []string
	kinds            story.Kinds
	one              string // what the first argument names: "agent" or "call"
}

var storyViews = []storyView{
	{use: "sessions FILE...", short: "Tell who was connected, from when to when, and how it ended", kinds: story.Sessions,
		long: "Tell of every CTI session who the client was, what it was granted, how it ended and what became\nof its requests."},
	{use: "requests FILE...", short: "Tell who asked what, and which answer came after how long", kinds: story.Requests,
		long: "Tell every request with its answer or why there is none, and what the requests of each type add up to."},
	{use: "calls FILE...", short: "Tell what became of each call", kinds: story.Calls,
		long: "Tell of each call who was on it, for how long it waited, rang and was talked on,\nhow it ended, and which calls belong to it."},
	{use: "call ID FILE...", short: "Tell one call, event by event", kinds: story.Calls | story.CallEvents, one: "call",
		long: "Tell one call and, in order, its events and the requests and confirmations that refer to it. ID is\nthe number that `ctiscope calls` gives it, PeripheralID.ConnectionCallID, or a ConnectionCallID."},
	{use: "agents FILE...", short: "Tell the states of all agents", kinds: story.Agents,
		long: "Tell of each agent, in each kind of media, what he was doing from when to when and why."},
	{use: "agent ID FILE...", short: "Tell the states of one agent", kinds: story.Agents, one: "agent",
		long: "Tell of the agent of that AgentID what he was doing from when to when and why."},
	{use: "user-messages FILE...", aliases: []string{"sent"}, short: "Tell the texts that clients sent each other, and who got them", kinds: story.UserMessages,
		long: "Tell the USER_MESSAGE_REQs and who got them."},
	{use: "story FILE...", short: "Tell all of these, one after the other", kinds: allKinds,
		long: "Tell sessions, requests, calls, agents and user messages, one after the other,\nfrom one pass over the files."},
}

// examples are those of its help.
func (v *storyView) examples() string {
	name, _, _ := strings.Cut(v.use, " ")
	if v.one != "" {
		name += map[string]string{"agent": " 10018", "call": " 5000.16777001"}[v.one]
	}
	return fmt.Sprintf(`  ctiscope %[1]s capture.pcapng
  ctiscope %[1]s -o json capture.pcapng | jq .
  ctiscope %[1]s -o csv pg1a.pcap pg1b.pcap > story.csv`, name)
}

func newStoryCommands(a *app) []*cobra.Command {
	list := make([]*cobra.Command, len(storyViews))
	for i := range storyViews {
		list[i] = newStoryCommand(a, &storyViews[i])
	}
	return list
}

func newStoryCommand(a *app, v *storyView) *cobra.Command {
	o := &storyOptions{format: newFormat(formatAuto, formatTable, formatText, formatJSON, formatCSV, formatMarkdown)}
	cmd := &cobra.Command{
		Use: v.use, Short: v.short, Aliases: v.aliases, Example: v.examples(),
		Long: v.long + `

What the capture cannot tell is called unknown, and never missing.`,
		RunE: func(cmd *cobra.Command, args []string) error {
			id := ""
			if v.one != "" && len(args) > 0 {
				id, args = args[0], args[1:]
			}
			paths, err := o.input.paths(cmd.CommandPath(), args)
			if err != nil {
				return err
			}
			return a.story(cmd.Context(), v, o, id, paths)
		},
	}
	out := newGroup("Output")
	formatFlag(out, o.format, "table, text, json (NDJSON, docs/json.md), csv or markdown; auto is table on a terminal and text elsewhere")
	o.printing.place(out)
	out.flags.StringVar(&o.spool, "spool", "", "`DIR` for a temporary file of what waits for its turn (default: the system's)")
	addGroups(cmd, o.input.group(), out, o.protocol.group(), o.running.progressFlag(o.running.group()), o.bounds.group())
	completeFlags(cmd)
	markRun(cmd)
	return cmd
}

// story runs one of the commands; id names one thing, or is empty.
func (a *app) story(ctx context.Context, v *storyView, o *storyOptions, id string, paths []string) error {
	zone, err := o.printing.location()
	if err != nil {
		return err
	}
	if err := o.printing.resolve(a); err != nil {
		return err
	}
	to := bufio.NewWriterSize(a.target(o.form(a)), 64<<10)
	view := output.NewView(to, o.form(a), o.printing.width)
	lines, told, writer := []byte(nil), int64(0), story.NewWriter(zone)
	add := func(line []byte) error {
		told++
		return written(view.Add(line))
	}
	chosen := &onlyOne{one: v.one, id: id, add: add}
	tap := story.New(story.Options{Kinds: v.kinds, SpoolDir: o.spool, Emit: func(thing story.Thing) error {
		lines = writer.AppendJSON(lines[:0], thing)
		if id != "" {
			return chosen.take(lines)
		}
		return add(lines)
	}})
	j := &job{running: &o.running, verb: "told", silent: true, selector: &selector{written: &selection{from: newChoice("", "")}, zone: zone}, tap: func(*filter.Filter) pipeline.Tap { return tap },
		matched: func(*pipeline.Result) int64 { return told }}
	if err := j.configure(&o.protocol, &o.bounds); err != nil {
		return err
	}
	j.options.Reassembly.Facts = true
	if id != "" {
		j.nothing = fmt.Sprintf("no %[1]s of this capture is %[2]s; `ctiscope %[1]ss` tells which there are", v.one, id)
	}
	src, err := a.open(ctx, paths)
	if err != nil {
		return err
	}
	defer src.Close()
	stop := a.progress(j, src)
	result, err := a.work(ctx, capture.Limit(src, o.input.count), j)
	stop()
	if err == nil {
		err = chosen.end()
	}
	if err == nil || !isClosedOutput(err) {
		err = errors.Join(err, written(view.Flush()), written(to.Flush()))
	}
	return a.finish(ctx, src, j, result, err)
}

// target is where a form is written.
func (a *app) target(form string) io.Writer {
	if form == formatTable {
		return a.drawing()
	}
	return a.stdout
}

// written marks an error of standard output.
func written(err error) error {
	if err == nil {
		return nil
	}
	return &pipeline.WriteError{Err: err}
}

// form settles the format.
func (o *storyOptions) form(a *app) string {
	if o.format.current != formatAuto {
		return o.format.current
	}
	if isTerminal(a.stdout) {
		return formatTable
	}
	return formatText
}
