// Command ctigen writes captures of plausible CTI traffic of any size, for
// measuring ctiscope and for trying it out:
//
//	go run ./cmd/ctigen -o cti.pcap --mib 256
//	go run ./cmd/ctigen -o mixed.pcap --mib 256 --cti-share 0.01
//	go run ./cmd/ctigen -o - --mib 0 --loss 0.01 | ctiscope decode -
//	go run ./cmd/ctigen -o junk.pcap --mib 512 --kind junk
//
// One seed always gives the same file. All names and numbers in it are made up.
package main

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"strings"
	"syscall"
	"time"

	"ctiscope/traffic/bulk"
	"ctiscope/traffic/hostile"
	"ctiscope/traffic/wire"
)

func main() {
	if err := run(os.Args[1:], os.Stdout, os.Stderr); err != nil {
		if errors.Is(err, flag.ErrHelp) {
			return
		}
		fmt.Fprintln(os.Stderr, "ctigen:", err)
		os.Exit(1)
	}
}

// options are what the user can set.
type options struct {
	bulk.Options
	out      string
	mib      int64
	duration time.Duration
	damage   bulk.Damage
	kind     string
}

func parse(args []string, stderr io.Writer) (*options, error) {
	o := &options{}
	f := flag.NewFlagSet("ctigen", flag.ContinueOnError)
	f.SetOutput(stderr)
	f.StringVar(&o.out, "o", "", "file to write, - for standard output")
	f.Int64Var(&o.mib, "mib", 64, "size of the capture in MiB; 0 for no end")
	f.DurationVar(&o.duration, "duration", 0, "end after this time of the capture, such as 1h")
	f.Uint64Var(&o.Seed, "seed", 1, "what to base all choices on")
	f.IntVar(&o.Version, "version", 15, "protocol version, 5 to 25")
	f.IntVar(&o.Sessions, "sessions", 400, "number of CTI sessions")
	f.Float64Var(&o.Share, "cti-share", 1, "share of the bytes that are CTI, above 0 up to 1")
	f.Float64Var(&o.Churn, "churn", 0, "share of rounds after which a session closes and opens anew")
	f.DurationVar(&o.PacketGap, "gap", 0, "mean time between writes (default 150µs)")
	f.Float64Var(&o.damage.Drop, "loss", 0, "share of packets that are missing")
	f.Float64Var(&o.damage.Repeat, "repeat", 0, "share of packets that come twice")
	f.Float64Var(&o.damage.Swap, "swap", 0, "share of packets that come late")
	f.StringVar(&o.kind, "kind", "", "hostile or odd traffic instead: "+kindNames())
	if err := f.Parse(args); err != nil {
		return nil, err
	}
	_, known := hostile.Named(o.kind)
	switch {
	case o.kind != "" && !known:
		return nil, fmt.Errorf("--kind %s is none of %s", o.kind, kindNames())
	case o.kind != "" && o.mib == 0:
		return nil, errors.New("--kind needs a size: --mib")
	case o.out == "":
		return nil, errors.New("-o FILE says where to write")
	case o.Share <= 0 || o.Share > 1:
		return nil, fmt.Errorf("--cti-share %v is not above 0 and up to 1", o.Share)
	case o.Version < 5 || o.Version > 25:
		return nil, fmt.Errorf("--version %d is not 5 to 25", o.Version)
	case o.Sessions < 1 || o.Sessions > 1_000_000:
		return nil, fmt.Errorf("--sessions %d is not 1 to 1000000", o.Sessions)
	}
	return o, nil
}

// kindNames lists the kinds of hostile traffic.
func kindNames() string {
	var names []string
	for _, k := range hostile.Kinds() {
		names = append(names, k.Name)
	}
	return strings.Join(names, ", ")
}

func run(args []string, stdout, stderr io.Writer) error {
	o, err := parse(args, stderr)
	if err != nil {
		return err
	}
	w := stdout
	if o.out != "-" {
		file, err := os.Create(o.out)
		if err != nil {
			return err
		}
		defer file.Close()
		w = file
	}
	err = generate(o, w)
	if errors.Is(err, syscall.EPIPE) {
		return nil // the reader has seen enough
	}
	return err
}

// flushEvery is how many steps pass between looks at the output.
const flushEvery = 4096

func generate(o *options, w io.Writer) error {
	pcap := wire.NewPcap(w, false)
	if kind, ok := hostile.Named(o.kind); ok {
		kind.Write(pcap, o.Seed, o.mib<<20)
		return pcap.Flush()
	}
	o.damage.Sink, o.damage.Rand = pcap, rand.New(rand.NewPCG(o.Seed, 0xda))
	g, err := bulk.New(o.Options, &o.damage)
	if err != nil {
		return err
	}
	end := g.Now().Add(o.duration)
	for n := 1; o.mib == 0 || pcap.Size() < o.mib<<20; n++ {
		g.Step()
		if o.duration > 0 && g.Now().After(end) {
			break
		}
		if n%flushEvery == 0 {
			if err := pcap.Flush(); err != nil {
				return err
			}
		}
	}
	g.Finish()
	return pcap.Flush()
}
