package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"github.com/spf13/cobra"

	"ctiscope/account"
	"ctiscope/capture"
	"ctiscope/capture/record"
	"ctiscope/filter"
	"ctiscope/output"
	"ctiscope/pipeline"
	"ctiscope/session"
)

// running holds the options of a run as a whole.
type running struct {
	workers int
	strict  bool
	quiet   bool
	summary *choice
	bar     *choice
}

func (r *running) group() group {
	r.summary = newChoice("FORMAT", "text", "text", "json")
	g := newGroup("Run")
	g.flags.IntVar(&r.workers, "workers", 0, "decode with `N` goroutines (default: one for each CPU, at most 4); the output is the same for any number")
	g.flags.BoolVar(&r.strict, "strict", false, "exit with status 3 when messages with errors are found: malformed ones, and those that the capture holds in part")
	g.flags.BoolVarP(&r.quiet, "quiet", "q", false, "no account of the run and no warnings on stderr")
	g.flags.Var(r.summary, "summary", "the account on stderr as text or json (one object)")
	return g
}

// progressFlag adds --progress for commands that read files.
func (r *running) progressFlag(g group) group {
	r.bar = newChoice("WHEN", "auto", "auto", "never")
	g.flags.Var(r.bar, "progress", "progress bar on stderr: auto shows one for large files on a terminal")
	return g
}

// check refuses what no run can be made of.
func (r *running) check() error {
	if r.workers < 0 || r.workers > maxWorkers {
		return fmt.Errorf("--workers %d: want 0 to %d", r.workers, maxWorkers)
	}
	return nil
}

// maxWorkers bounds --workers; more than CPUs gains nothing.
const maxWorkers = 1024

// job is one run of the pipeline as the command line asks for it.
type job struct {
	selector *selector
	options  pipeline.Options
	// tap makes the use that the filter applies to.
	tap     func(*filter.Filter) pipeline.Tap
	running *running
	// start is when the capture begins; zero for one whose first packet tells.
	start time.Time
	// nothing is what to say when nothing was selected; else the selection tells.
	nothing string
	// silent tells that nothing is printed before the end.
	silent bool
	// recorded is what was kept in files, nil if nothing was to be.
	recorded *record.Stats
	// verb is what becomes of selected messages: "printed" or "counted".
	verb string
	// matched returns how many records were selected, when the run is over.
	matched func(*pipeline.Result) int64
}

// configure enters the options that all runs share.
func (j *job) configure(p *protocol, b *bounds) error {
	if err := j.running.check(); err != nil {
		return err
	}
	j.options.Workers = j.running.workers
	if err := b.apply(&j.options); err != nil {
		return err
	}
	return p.apply(&j.options)
}

// printer prints what a filter lets through.
type printer struct {
	filter *filter.Filter
	next   pipeline.Formatter
}

// Append prints a record that matches.
func (p *printer) Append(dst []byte, r *session.Record) []byte {
	if !p.filter.Match(r) {
		return dst
	}
	return p.next.Append(dst, r)
}

// work runs a job over a source.
func (a *app) work(ctx context.Context, src capture.Source, j *job) (*pipeline.Result, error) {
	source, start := src, j.start
	if start.IsZero() && j.selector.needsStart() {
		if whole, first, ok := capture.Peek(src); ok {
			source, start = whole, time.Unix(0, first)
		} else {
			source = whole
		}
	}
	f, err := j.selector.filter(start)
	if err != nil {
		return nil, err
	}
	j.options.Taps = append(j.options.Taps, j.tap(f))
	return pipeline.Run(ctx, source, j.options)
}

// finish tells what is to be told after a run and returns the exit status.
func (a *app) finish(ctx context.Context, src capture.Source, j *job, result *pipeline.Result, err error) error {
	if result == nil || isClosedOutput(err) {
		return err
	}
	end := ending{interrupted: ctx.Err() != nil}
	for _, one := range separate(err) {
		var cut *capture.CutError
		switch {
		case end.interrupted && errors.Is(one, context.Canceled):
			continue
		case errors.As(one, &cut):
			end.cut = true
		default:
			end.failed = true
		}
		a.complain(one)
	}
	if !j.running.quiet && a.awaitPager(ctx) {
		a.tell(account.New(account.Run{Source: src, Result: result, Selected: j.matched(result), Recorded: j.recorded}), j)
	}
	end.empty = j.matched(result) == 0 && result.Packets > 0
	if end.empty && !end.interrupted && !j.running.quiet && j.running.summary.current == "text" {
		for _, why := range j.explain(result) {
			a.hint(why)
		}
	}
	end.malformed = j.running.strict && result.Session.Errors > 0
	return end.status()
}

// tell tells on stderr what a run did.
func (a *app) tell(c *account.Account, j *job) {
	if j.running.summary.current == "json" {
		line, err := json.Marshal(c)
		if err != nil { // a struct of numbers and strings
			panic(err)
		}
		fmt.Fprintf(a.stderr, "%s\n", line)
		return
	}
	for _, warning := range c.Warnings {
		a.note("warning: %s", warning)
	}
	for _, line := range output.AccountLines(c, j.verb) {
		a.note("%s", line)
	}
}

// ending is what there is to say with an exit status.
type ending struct{ failed, interrupted, cut, malformed, empty bool }

// status returns the status as an error; where several apply, the gravest.
func (e ending) status() error {
	switch {
	case e.interrupted:
		return exit{statusInterrupted}
	case e.failed:
		return exit{statusError}
	case e.malformed:
		return exit{statusFound}
	case e.cut:
		return exit{statusCut}
	case e.empty:
		return exit{statusNoMatch}
	}
	return nil
}

// separate takes joined errors apart.
func separate(err error) []error {
	if err == nil {
		return nil
	}
	joined, ok := err.(interface{ Unwrap() []error })
	if !ok {
		return []error{err}
	}
	var list []error
	for _, one := range joined.Unwrap() {
		list = append(list, separate(one)...)
	}
	return list
}

// markRun marks a command as one that can end with every exit status.
func markRun(cmd *cobra.Command) {
	cmd.Annotations = map[string]string{statusKey: "all"}
}
