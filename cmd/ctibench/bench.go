package main

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
)

// bench is a folder with the programs and the captures.
type bench struct {
	options
	ctiscope, ctigen string
}

// newBench builds the programs.
func newBench(o options) (*bench, error) {
	if err := os.MkdirAll(o.dir, 0o755); err != nil {
		return nil, err
	}
	b := &bench{options: o}
	for _, p := range []struct {
		name  string
		place *string
	}{{"ctiscope", &b.ctiscope}, {"ctigen", &b.ctigen}} {
		*p.place = filepath.Join(o.dir, p.name+exe())
		cmd := exec.Command("go", "build", "-trimpath", "-o", *p.place, "ctiscope/cmd/"+p.name)
		cmd.Env = append(os.Environ(), "CGO_ENABLED=0")
		cmd.Stderr = os.Stderr
		if err := cmd.Run(); err != nil {
			return nil, fmt.Errorf("build %s: %w", p.name, err)
		}
	}
	return b, nil
}

func exe() string {
	if runtime.GOOS == "windows" {
		return ".exe"
	}
	return ""
}

// capture makes a capture, or takes the one that an earlier call left in the
// folder.
func (b *bench) capture(mib int, args ...string) (string, error) {
	name := fmt.Sprintf("cti-%d", mib)
	for _, a := range args {
		name += a
	}
	file := filepath.Join(b.dir, name+".pcap")
	if _, err := os.Stat(file); err == nil {
		return file, nil
	}
	cmd := exec.Command(b.ctigen, append([]string{"-o", file, fmt.Sprintf("--mib=%d", mib), "--seed=1"}, args...)...)
	cmd.Stderr = os.Stderr
	if err := cmd.Run(); err != nil {
		return "", fmt.Errorf("make %s: %w", file, err)
	}
	return file, nil
}

// all does every comparison.
func (b *bench) all() error {
	fmt.Printf("%s/%s, %d CPUs, %s, captures of %d MiB, medians of %d runs in turn\n\n",
		runtime.GOOS, runtime.GOARCH, runtime.NumCPU(), runtime.Version(), b.mib, b.runs)
	cti, err := b.capture(b.mib)
	if err != nil {
		return err
	}
	mixed, err := b.capture(b.mib, "--cti-share=0.01")
	if err != nil {
		return err
	}
	b.header()
	b.againstTcpdump(cti, mixed)
	b.againstItself(cti)
	if err := b.againstTshark(); err != nil {
		return err
	}
	return b.memory()
}

func (b *bench) againstTcpdump(cti, mixed string) {
	b.compare("stats / tcpdump, all CTI", "at most 3", b.ours("stats", cti), tcpdump(cti))
	b.compare("json / tcpdump, all CTI", "at most 15", b.ours("decode", "-o", "json", cti), tcpdump(cti))
	b.compare("stats / tcpdump, 1 % CTI", "at most 2", b.ours("stats", mixed), tcpdump(mixed))
	b.compare("text / tcpdump, 1 % CTI", "at most 2", b.ours("decode", "-o", "text", mixed), tcpdump(mixed))
}

func (b *bench) againstItself(cti string) {
	b.compare("text / json", "at most 1", b.ours("decode", "-o", "text", cti), b.ours("decode", "-o", "json", cti))
	b.compare("one worker / two, stats", "at least 1.6", b.ours("stats", "--workers", "1", cti), b.ours("stats", "--workers", "2", cti))
	b.compare("one worker / two, json", "", b.ours("decode", "-o", "json", "--workers", "1", cti), b.ours("decode", "-o", "json", "--workers", "2", cti))
}

// againstTshark compares with what a user would pick instead. tshark has no
// dissector for CTI, so it does less; its time is linear in the size.
func (b *bench) againstTshark() error {
	if b.tshark == 0 {
		return nil
	}
	small, err := b.capture(b.tshark)
	if err != nil {
		return err
	}
	runs := b.runs
	defer func() { b.runs = runs }()
	b.runs = min(runs, 3)
	b.compare(fmt.Sprintf("tshark -T json / json, %d MiB", b.tshark), "at least 60", tshark(small), b.ours("decode", "-o", "json", small))
	return nil
}

// memory measures the largest resident memory over size and sessions.
func (b *bench) memory() error {
	fmt.Printf("\n%-34s %12s %10s\n", "memory", "peak RSS", "seconds")
	for _, c := range []struct {
		mib  int
		args []string
	}{
		{64, nil}, {b.mib, nil}, {1024, nil}, {b.mib, []string{"--sessions=10000"}},
	} {
		file, err := b.capture(c.mib, c.args...)
		if err != nil {
			return err
		}
		for _, cmd := range [][]string{b.ours("stats", file), b.ours("decode", "-o", "json", file)} {
			m := measure(cmd)
			fmt.Printf("%-34s %9.1f MiB %10.3f\n", fmt.Sprintf("%s, %d MiB %s", cmd[1], c.mib, strings.Join(c.args, " ")), float64(m.rss)/(1<<20), m.seconds)
		}
	}
	return nil
}

// ours is a call of ctiscope.
func (b *bench) ours(args ...string) []string {
	return append([]string{b.ctiscope, args[0], "--quiet"}, args[1:]...)
}

func tcpdump(file string) []string { return []string{"tcpdump", "-r", file, "-w", "/dev/null"} }

func tshark(file string) []string { return []string{"tshark", "-r", file, "-T", "json"} }
