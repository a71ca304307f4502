package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"runtime/debug"
	"strings"
	"syscall"
	"unicode"

	"ctiscope/filter"
)

// The exit statuses, which help and man pages explain (see statusHelp).
const (
	statusOK          = 0
	statusNoMatch     = 1
	statusError       = 2
	statusFound       = 3
	statusCut         = 4
	statusInterrupted = 130
)

// statusHelp explains the exit statuses. Where several apply, the first of 130,
// 2, 3, 4 and 1 is given (docs/cli.md, which keeps 5 for a result withheld).
var statusHelp = []struct {
	status int
	text   string
}{
	{statusOK, "messages were printed; also for a capture without packets"},
	{statusNoMatch, "nothing matched"},
	{statusError, "wrong usage, input that cannot be read, output that cannot be written"},
	{statusFound, "malformed messages were found and --strict was given"},
	{statusCut, "the input is cut short; everything before the cut was printed"},
	{statusInterrupted, "interrupted (SIGINT, SIGTERM, SIGHUP)"},
}

// app is one run of the program: what the process gives to it.
type app struct {
	stdin          io.Reader
	stdout, stderr io.Writer
	getenv         func(string) string
	// failed is why help could not be printed: cobra's help functions return
	// no error.
	failed error
}

// run runs the command line and returns the exit status.
func run(args []string, stdin io.Reader, stdout, stderr io.Writer) int {
	// Without this a closed pipe on stdout kills the process before it can
	// close its files; with it the write fails with EPIPE.
	signal.Ignore(syscall.SIGPIPE)
	ends := []os.Signal{os.Interrupt, syscall.SIGTERM}
	if !signal.Ignored(syscall.SIGHUP) { // nohup keeps a run going
		ends = append(ends, syscall.SIGHUP)
	}
	ctx, stop := signal.NotifyContext(context.Background(), ends...)
	defer stop()
	// The first signal ends the run in an orderly way, a second one at once.
	context.AfterFunc(ctx, stop)
	a := &app{stdin: stdin, stdout: stdout, stderr: stderr, getenv: os.Getenv}
	a.keepSmall()
	return a.run(ctx, args)
}

// keepSmall makes the garbage collector keep the process near what is in use:
// there is next to no garbage, so that collecting it more often costs nothing.
func (a *app) keepSmall() {
	if a.getenv("GOGC") == "" {
		debug.SetGCPercent(25)
	}
}

func (a *app) run(ctx context.Context, args []string) int {
	root := newRoot(a)
	if isCompletion(args) {
		describePlainly(root)
	}
	root.SetArgs(args)
	root.SetIn(a.stdin)
	root.SetOut(a.stdout)
	root.SetErr(a.stderr)
	err := root.ExecuteContext(ctx)
	if err == nil {
		err = a.failed
	}
	return a.report(err)
}

// exit is the error of a run that ended with a status other than 0 and has
// already said why.
type exit struct{ status int }

// Error names the status; nobody prints it.
func (e exit) Error() string { return fmt.Sprintf("exit status %d", e.status) }

// hinted is an error with advice.
type hinted struct {
	err  error
	hint string
}

// Error returns the error's text without the advice.
func (h *hinted) Error() string { return h.err.Error() }

// Unwrap returns the error.
func (h *hinted) Unwrap() error { return h.err }

// Hint returns the advice, in one or more lines.
func (h *hinted) Hint() string { return h.hint }

// withHint adds advice to an error.
func withHint(err error, format string, args ...any) error {
	return &hinted{err, fmt.Sprintf(format, args...)}
}

// report prints an error, with hints, and returns the exit status.
func (a *app) report(err error) int {
	var e exit
	switch {
	case err == nil, isClosedPipe(err):
		return statusOK
	case errors.As(err, &e):
		return e.status
	}
	a.complain(err)
	return statusError
}

// complain prints an error and its hints; joined errors get a line each.
func (a *app) complain(err error) {
	if joined, ok := err.(interface{ Unwrap() []error }); ok {
		for _, one := range joined.Unwrap() {
			a.complain(one)
		}
		return
	}
	a.note("%v", err)
	a.hint(hintFor(err))
}

// hint prints advice, of one or more lines.
func (a *app) hint(text string) {
	for line := range strings.Lines(text) {
		a.note("hint: %s", strings.TrimRight(line, "\n"))
	}
}

// note prints something that the user should know.
func (a *app) note(format string, args ...any) {
	text := strings.ReplaceAll(fmt.Sprintf(format, args...), "\n", `\n`)
	fmt.Fprintln(a.stderr, "ctiscope: "+strings.Map(printable, text))
}

// printable replaces what could steer a terminal or forge a line: names of files
// and interfaces come from anywhere.
func printable(r rune) rune {
	if unicode.IsControl(r) || unicode.Is(unicode.Bidi_Control, r) {
		return unicode.ReplacementChar
	}
	return r
}

// hintFor finds the advice that goes with an error.
func hintFor(err error) string {
	var h interface {
		error
		Hint() string
	}
	if errors.As(err, &h) {
		return h.Hint()
	}
	var unknown *filter.UnknownNameError
	if errors.As(err, &unknown) && len(unknown.Nearest) > 0 {
		return "did you mean " + orList(unknown.Nearest) + "?"
	}
	return ""
}
