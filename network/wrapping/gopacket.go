package wrapping

import (
	"github.com/google/gopacket"
	"github.com/google/gopacket/layers"
)

// ofGopacket tells whether gopacket has a decoder for a link type that has no
// unwrapper here.
func ofGopacket(link uint32) bool {
	return link < uint32(len(layers.LinkTypeMetadata)) && layers.LinkTypeMetadata[link].Name != "UnknownLinkType" && hasIP[link]
}

// hasIP are the link types that gopacket decodes down to LLC or IP and that have no
// unwrapper here.
var hasIP = map[uint32]bool{uint32(layers.LinkTypeFDDI): true}

// byGopacket has gopacket decode a frame up to the first IP or LLC header.
func byGopacket(link uint32, b []byte) (Inside, error) {
	if !ofGopacket(link) {
		return Inside{}, ErrForeign
	}
	p := gopacket.NewPacket(b, layers.LinkType(link), gopacket.DecodeOptions{Lazy: true, NoCopy: true})
	for _, want := range [...]struct {
		layer gopacket.LayerType
		what  What
	}{{layers.LayerTypeLLC, LLC}, {layers.LayerTypeIPv4, IP}, {layers.LayerTypeIPv6, IP}} {
		if l := p.Layer(want.layer); l != nil {
			return Inside{Kind: Other, What: want.what, Header: cap(b) - cap(l.LayerContents())}, nil
		}
	}
	if p.Metadata().Truncated {
		return Inside{}, ErrShort
	}
	return Inside{}, ErrNothing
}
