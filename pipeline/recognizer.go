package pipeline

import (
	"ctiscope/decode"
	"ctiscope/network"
	"ctiscope/reassembly"
	"ctiscope/session"
)

// recognizer tells CTI from other traffic on ports that are not CTI's.
type recognizer struct{ codec *decode.Codec }

// Glance judges a segment by itself.
func (r recognizer) Glance(payload []byte) reassembly.Verdict {
	switch r.codec.Recognize(payload) {
	case decode.IsCTI:
		return reassembly.Known
	case decode.MaybeCTI:
		return reassembly.More
	}
	if session.LooksTLS(payload) {
		return reassembly.TLS
	}
	return reassembly.No
}

// Neighbor names the VRU interface by its opening message, or by its port.
func (r recognizer) Neighbor(s *network.Segment) bool {
	atPort := s.Src.Port == decode.VRUPort || s.Dst.Port == decode.VRUPort
	return decode.OpensVRU(s.Payload) || atPort && decode.LooksVRU(s.Payload)
}

// Trial judges a connection by its first bytes.
func (r recognizer) Trial() reassembly.Trial { return &trial{recognizer: r} }

// trialBytes is how much of a direction is judged together: more than the
// smallest messages that tell.
const trialBytes = 128

// trial keeps the first bytes of both directions.
type trial struct {
	recognizer
	bytes [2][trialBytes]byte
	n     [2]int
}

// Feed judges all that came of a direction.
func (t *trial) Feed(d reassembly.Direction, b []byte) reassembly.Verdict {
	kept := &t.bytes[d]
	t.n[d] += copy(kept[t.n[d]:], b)
	return t.Glance(kept[:t.n[d]])
}

// setProtocol fills in what follows from the protocol of a run.
func (o *Options) setProtocol() {
	if o.Session.Codec == nil {
		o.Session.Codec = decode.CCE()
	}
	if o.Reassembly.Ports == nil {
		o.Reassembly.Ports = reassembly.NewPortSet(o.Session.Codec.Protocol().Ports(0)...)
	}
	if o.Reassembly.Recognizer == nil {
		o.Reassembly.Recognizer = recognizer{o.Session.Codec}
	}
	if o.Trace {
		o.Network.Trace, o.Reassembly.Trace, o.Session.Trace = true, true, true
	}
}
