package pipeline

import (
	"ctiscope/decode"
	"ctiscope/reassembly"
)

// recognizer tells CTI from other traffic on ports that are not CTI's.
type recognizer struct{ codec *decode.Codec }

func (r recognizer) Recognize(payload []byte) int { return int(r.codec.Recognize(payload)) }

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
