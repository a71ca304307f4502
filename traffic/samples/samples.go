// Package samples makes the captures of testdata/pcap from their recipes, so
// that everybody can see how they were made and make them again:
//
//	go test ./traffic/samples -update
//
// A recipe gives the same bytes each time; a test holds the files against it.
package samples

import (
	"bytes"
	"compress/gzip"
	"fmt"
	"slices"
	"time"

	"github.com/google/gopacket"
	"github.com/google/gopacket/layers"
	"github.com/google/gopacket/pcapgo"

	"ctiscope/traffic"
	"ctiscope/traffic/damage"
	"ctiscope/traffic/expect"
	"ctiscope/traffic/wire"
)

// Sample is one file of testdata/pcap.
type Sample struct {
	Name string // of the file
	// About says what the file holds, for its README.
	About string
	lab   traffic.LabOptions
	// damage changes the capture; nil leaves it as it is.
	damage func(*damage.Capture)
	// file writes the capture in another form than pcap with microseconds.
	file func(*damage.Capture) ([]byte, error)
	// cut is how many bytes the file's end lacks.
	cut int
}

// seed of all samples; others would do as well.
const seed = 2025

func day(version int) traffic.LabOptions {
	return traffic.LabOptions{Seed: seed, Version: version, Agents: 6}
}

// Samples are the recipes, in the order of names.
var Samples = []Sample{
	{Name: "cut.pcap", About: "version 15; the file ends inside a packet", lab: day(15), cut: 33},
	{Name: "day-v09.pcap", About: "a short day at protocol version 9", lab: day(9)},
	{Name: "day-v15.pcap", About: "the same at version 15", lab: day(15)},
	{Name: "day-v15.pcap.gz", About: "the same packets as day-v15.pcap, compressed", lab: day(15), file: compressed},
	{Name: "day-v15.pcapng", About: "the same packets as pcapng, times in nanoseconds", lab: day(15), file: pcapng},
	{Name: "day-v19.pcap", About: "version 19, port 43027 (side B)", lab: sideB(day(19))},
	{Name: "day-v24.pcap", About: "version 24: tags of two bytes", lab: day(24)},
	{Name: "ipv6.pcap", About: "version 24 over IPv6; ends before the sessions do", lab: traffic.LabOptions{Seed: seed, Version: 24, Agents: 6, IPv6: true},
		damage: func(c *damage.Capture) { c.Early(200) }},
	{Name: "lossy.pcap", About: "version 15 as a busy mirror port delivers it: 1 % of the packets lost, some twice, some out of order", lab: day(15), damage: mirror},
	{Name: "midstream.pcap", About: "version 15; begins in the middle of the sessions, and ends before they do", lab: day(15), damage: middle},
	{Name: "snaplen.pcap", About: "version 24; packets cut to 96 bytes of data", lab: day(24), damage: func(c *damage.Capture) { c.Snap(96) }},
	{Name: "vlan.pcap", About: "version 19 with 802.1Q tags", lab: traffic.LabOptions{Seed: seed, Version: 19, Agents: 6, VLAN: 120}},
	{Name: "vxlan.pcap", About: "version 15 from a virtual mirror port, in VXLAN; ends before the sessions do", lab: day(15), damage: tunnel},
}

func sideB(o traffic.LabOptions) traffic.LabOptions {
	o.Port = 43027
	return o
}

func mirror(c *damage.Capture) {
	rng := damage.Rand(seed)
	c.Repeat(rng, 0.02, 4)
	c.Drop(rng, 0.01)
	c.Swap(rng, 0.03, 4)
}

func middle(c *damage.Capture) {
	c.Late(250)
	c.Early(200)
}

func tunnel(c *damage.Capture) {
	c.Early(300)
	c.Tunnel(damage.Rand(seed), 1, "vxlan")
}

// Make returns a sample's bytes, and what a right decoder says of the clean
// capture that it is made from.
func (s *Sample) Make() (file []byte, capture *damage.Capture, sent []expect.Message, err error) {
	lab, err := traffic.NewLab(s.lab)
	if err != nil {
		return nil, nil, nil, err
	}
	defer lab.Close()
	if err := lab.Day(); err != nil {
		return nil, nil, nil, fmt.Errorf("%s: %w", s.Name, err)
	}
	if capture, err = damage.Parse(lab.Packets()); err != nil {
		return nil, nil, nil, err
	}
	if s.damage != nil {
		s.damage(capture)
	}
	write := s.file
	if write == nil {
		write = func(c *damage.Capture) ([]byte, error) { return c.File(false), nil }
	}
	if file, err = write(capture); err != nil {
		return nil, nil, nil, fmt.Errorf("%s: %w", s.Name, err)
	}
	return file[:len(file)-s.cut], capture, lab.Expect(), nil
}

func compressed(c *damage.Capture) ([]byte, error) {
	var out bytes.Buffer
	z := gzip.NewWriter(&out)
	if _, err := z.Write(c.File(false)); err != nil {
		return nil, err
	}
	err := z.Close()
	return out.Bytes(), err
}

// pcapng writes the capture with the names of a capturing host.
func pcapng(c *damage.Capture) ([]byte, error) {
	var out bytes.Buffer
	w, err := pcapgo.NewNgWriterInterface(&out, pcapgo.NgInterface{
		Name: "ens192", Description: "mirror of the PG's port", LinkType: layers.LinkTypeEthernet, SnapLength: wire.SnapLen,
		TimestampResolution: 9, OS: "Linux",
	}, pcapgo.NgWriterOptions{SectionInfo: pcapgo.NgSectionInfo{Hardware: "x86_64", OS: "Linux", Application: "ctiscope samples"}})
	if err != nil {
		return nil, err
	}
	for _, p := range c.Tape() {
		ci := gopacket.CaptureInfo{Timestamp: time.Unix(0, p.Time), CaptureLength: len(p.Data), Length: len(p.Data)}
		if err := w.WritePacket(ci, p.Data); err != nil {
			return nil, err
		}
	}
	err = w.Flush()
	return slices.Clone(out.Bytes()), err
}
