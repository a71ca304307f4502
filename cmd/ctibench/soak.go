package main

import (
	"fmt"
	"io"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"time"
)

// soak runs ctiscope over damaged traffic of a long time and prints its
// resident memory as the time of the capture goes by. Nothing is kept on disk:
// ctigen writes into a pipe.
func (b *bench) soak(length time.Duration) error {
	const gap = 2 * time.Millisecond // mean time between writes: a busy site
	gen := exec.Command(b.ctigen, "-o", "-", "--mib=0", "--duration="+length.String(), "--gap="+gap.String(),
		"--sessions=1000", "--cti-share=0.5", "--churn=0.2", "--loss=0.01", "--repeat=0.01", "--swap=0.02")
	scope := exec.Command(b.ctiscope, "decode", "-o", "text", "-")
	gen.Stderr, scope.Stderr = os.Stderr, os.Stderr
	feed, err := gen.StdoutPipe()
	if err != nil {
		return err
	}
	in, err := scope.StdinPipe()
	if err != nil {
		return err
	}
	for _, c := range []*exec.Cmd{gen, scope} {
		if err := c.Start(); err != nil {
			return err
		}
	}
	fmt.Printf("%s of damaged traffic, 1000 sessions that come and go\n%14s %12s\n", length, "capture bytes", "RSS")
	m := &meter{pid: scope.Process.Pid, every: 64 << 20}
	_, err = io.Copy(in, io.TeeReader(feed, m))
	in.Close()
	if werr := scope.Wait(); err == nil {
		err = werr
	}
	gen.Wait()
	m.conclude()
	return err
}

// meter prints a process's memory as bytes go by.
type meter struct {
	pid     int
	bytes   int64
	every   int64
	samples []int64
}

func (m *meter) Write(b []byte) (int, error) {
	before := m.bytes / m.every
	m.bytes += int64(len(b))
	if m.bytes/m.every > before {
		if rss := resident(m.pid); rss > 0 {
			m.samples = append(m.samples, rss)
			fmt.Printf("%10d MiB %8.1f MiB\n", m.bytes>>20, float64(rss)/(1<<20))
		}
	}
	return len(b), nil
}

// conclude compares the second half with the first.
func (m *meter) conclude() {
	n := len(m.samples)
	if n < 4 {
		fmt.Println("too few samples to compare: take a longer time, and a system with /proc")
		return
	}
	fmt.Printf("largest in the first half %.1f MiB, in the second %.1f MiB\n",
		largest(m.samples[:n/2]), largest(m.samples[n/2:]))
}

func largest(samples []int64) float64 {
	top := int64(0)
	for _, s := range samples {
		top = max(top, s)
	}
	return float64(top) / (1 << 20)
}

// resident returns the resident memory of a process in bytes, 0 where the
// system has no /proc.
func resident(pid int) int64 {
	status, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", pid))
	if err != nil {
		return 0
	}
	for line := range strings.Lines(string(status)) {
		if rest, ok := strings.CutPrefix(line, "VmRSS:"); ok {
			kib, _ := strconv.ParseInt(strings.Fields(rest)[0], 10, 64)
			return kib << 10
		}
	}
	return 0
}
