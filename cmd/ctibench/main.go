// Command ctibench measures ctiscope as a whole process: against tcpdump and
// tshark where they are installed, with one worker and with two, and over the
// size of the input. It makes its input itself, with ctigen, so that anybody
// can repeat the figures of docs/performance.md:
//
//	go run ./cmd/ctibench
//	go run ./cmd/ctibench -soak 1h
//	go run ./cmd/ctibench -costs 16
//
// With -soak it runs ctiscope over damaged traffic of that length and prints its
// memory over time; with -costs, what hostile and odd input costs beside plain
// messages. Else it prints, for each comparison, the medians, the ratio of the medians and the
// goal. It only measures: whether a goal is met is for its reader to see.
package main

import (
	"flag"
	"fmt"
	"os"
)

func main() {
	if err := run(os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, "ctibench:", err)
		os.Exit(1)
	}
}

// options are what the user can set.
type options struct {
	mib    int // size of the captures
	runs   int
	dir    string // for binaries and captures
	tshark int    // size of the capture that tshark reads, in MiB
}

func run(args []string) error {
	var o options
	flags := flag.NewFlagSet("ctibench", flag.ContinueOnError)
	flags.IntVar(&o.mib, "mib", 256, "size of the captures in MiB")
	flags.IntVar(&o.runs, "runs", 5, "counted runs of each command, after one that is not counted")
	flags.StringVar(&o.dir, "dir", "", "folder for programs and captures, kept; default: a temporary one, removed")
	flags.IntVar(&o.tshark, "tshark", 32, "size in MiB of the capture for tshark -T json, which is slow; 0 leaves it out")
	soak := flags.Duration("soak", 0, "run over damaged traffic of this length instead, such as 1h, and print the memory")
	costs := flags.Int("costs", 0, "measure hostile and odd input of this many MiB a kind instead, such as 16")
	if err := flags.Parse(args); err != nil {
		return err
	}
	if o.runs < 1 {
		return fmt.Errorf("-runs %d: at least one run is needed", o.runs)
	}
	if o.dir == "" {
		dir, err := os.MkdirTemp("", "ctibench")
		if err != nil {
			return err
		}
		defer os.RemoveAll(dir)
		o.dir = dir
	}
	b, err := newBench(o)
	if err != nil {
		return err
	}
	if *soak > 0 {
		return b.soak(*soak)
	}
	if *costs > 0 {
		return b.costs(*costs)
	}
	return b.all()
}
