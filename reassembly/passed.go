package reassembly

import (
	"cmp"
	"slices"

	"ctiscope/network"
)

// PortCount is what was seen of a TCP port that is not followed.
type PortCount struct {
	Port uint16 `json:"port"`
	// Segments counts those with data; of the two ports of a segment the lower
	// one counts, since a server's mostly is.
	Segments int64 `json:"segments"`
	// TLS tells that some of them look like TLS.
	TLS bool `json:"tls"`
}

// passed counts the segments with data that are not followed, by port. It takes
// its memory, 264 KiB, with the first one.
type passed struct {
	segments []uint32
	tls      []uint64 // a bit for each port
}

// add counts a segment; what has run full stays so.
func (p *passed) add(s *network.Segment, tls bool) {
	if p.segments == nil {
		p.segments, p.tls = make([]uint32, 1<<16), make([]uint64, 1<<10)
	}
	port := min(s.Src.Port, s.Dst.Port)
	if p.segments[port]+1 != 0 {
		p.segments[port]++
	}
	if tls {
		p.tls[port/64] |= 1 << (port % 64)
	}
}

// Busiest returns up to n ports that are not followed, those with most segments
// first.
func (a *Assembler) Busiest(n int) []PortCount {
	var list []PortCount
	for port, segments := range a.passed.segments {
		if segments > 0 {
			tls := a.passed.tls[port/64]&(1<<(port%64)) != 0
			list = append(list, PortCount{uint16(port), int64(segments), tls})
		}
	}
	slices.SortStableFunc(list, func(x, y PortCount) int { return cmp.Compare(y.Segments, x.Segments) })
	return list[:min(n, len(list))]
}
