package main

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"

	"ctiscope/traffic/hostile"
)

// costs measures what hostile and odd input costs, beside plain messages:
// processor time per byte, and the largest resident memory.
func (b *bench) costs(mib int) error {
	fmt.Printf("%-20s %8s %10s %10s %8s %10s  %s\n", "kind", "MiB", "CPU", "ns/byte", "x plain", "peak RSS", "what it is")
	plain := 0.0
	for _, k := range hostile.Kinds() {
		size := max(int64(mib)<<20, k.Full)
		file, err := b.hostile(k.Name, size>>20)
		if err != nil {
			return err
		}
		m := measure(b.ours("stats", "--workers", "1", file))
		info, err := os.Stat(file)
		if err != nil {
			return err
		}
		os.Remove(file) // some are large
		if code := exitCode(m.err); code != 0 && code != 1 {
			return fmt.Errorf("%s: %w", k.Name, m.err)
		}
		each := m.cpu / float64(info.Size()) * 1e9
		if plain == 0 {
			plain = each
		}
		fmt.Printf("%-20s %8.1f %9.3fs %10.2f %8.1f %6.1f MiB  %s\n", k.Name, float64(info.Size())/(1<<20), m.cpu, each, each/plain, float64(m.rss)/(1<<20), k.What)
	}
	return nil
}

// hostile makes a capture of a kind.
func (b *bench) hostile(kind string, mib int64) (string, error) {
	file := filepath.Join(b.dir, kind+".pcap")
	cmd := exec.Command(b.ctigen, "-o", file, fmt.Sprintf("--mib=%d", mib), "--kind="+kind)
	cmd.Stderr = os.Stderr
	if err := cmd.Run(); err != nil {
		return "", fmt.Errorf("make %s: %w", file, err)
	}
	return file, nil
}
