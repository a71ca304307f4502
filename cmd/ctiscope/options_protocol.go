package main

import (
	"fmt"

	"ctiscope/decode"
	"ctiscope/pipeline"
	"ctiscope/reassembly"
)

// protocol holds the options that say how CTI is found and read.
type protocol struct {
	version  int
	instance int
	ports    []uint
	vxlan    []uint
}

// maxInstance is the largest instance number whose ports all exist; the
// product has 25.
const maxInstance = 511

func (p *protocol) group() group {
	g := newGroup("Protocol")
	g.flags.IntVar(&p.version, "protocol-version", 0, "the `VERSION` of sessions whose OPEN_REQ is not in the capture (default: what fits)")
	g.flags.IntVar(&p.instance, "instance", 0, "use the CTI ports of instance `N`: 42027, 43027, 42030, 43030, 44027 and 45027, plus 40 times N")
	g.flags.UintSliceVar(&p.ports, "port", nil, "further `PORTS` of CTI, such as 50000,50001; CTI on any other port is found by its content")
	g.flags.UintSliceVar(&p.vxlan, "vxlan-port", nil, "UDP `PORTS` of VXLAN besides 4789 and 8472")
	g.flags.Lookup("port").DefValue, g.flags.Lookup("vxlan-port").DefValue = "", ""
	return g
}

// apply enters the options into those of a run.
func (p *protocol) apply(o *pipeline.Options) error {
	codec := decode.CCE()
	if v := codec.Protocol().Versions(); p.version != 0 && !v.Has(p.version) {
		return fmt.Errorf("--protocol-version %d: want %d to %d", p.version, v.Min, v.Max)
	}
	if p.instance < 0 || p.instance > maxInstance {
		return fmt.Errorf("--instance %d: want 0 to %d", p.instance, maxInstance)
	}
	extra, err := portNumbers("--port", p.ports)
	if err != nil {
		return err
	}
	if o.Network.VXLANPorts, err = portNumbers("--vxlan-port", p.vxlan); err != nil {
		return err
	}
	o.Session.Codec, o.Session.Version = codec, p.version
	o.Reassembly.Ports = reassembly.NewPortSet(append(codec.Protocol().Ports(p.instance), extra...)...)
	return nil
}

func portNumbers(option string, list []uint) ([]uint16, error) {
	var ports []uint16
	for _, port := range list {
		if port == 0 || port > 65535 {
			return nil, fmt.Errorf("%s %d: want 1 to 65535", option, port)
		}
		ports = append(ports, uint16(port))
	}
	return ports, nil
}
