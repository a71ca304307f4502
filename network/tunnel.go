package network

import (
	"encoding/binary"

	"ctiscope/network/wrapping"
)

// tunnel is a kind of wrapping that the package reads.
type tunnel uint8

const (
	vxlan tunnel = iota
	vxlanGPE
	geneve
	gre
	erspan1
	erspan2
	erspan3
	ipip
	sixInFour
	etherIP
	mpls
	pppoe
	macInMAC
	gtp

	tunnels
)

// String returns the tunnel's usual name.
func (t tunnel) String() string {
	return [...]string{"VXLAN", "VXLAN-GPE", "GENEVE", "GRE", "ERSPAN I", "ERSPAN II", "ERSPAN III",
		"IP in IP", "6in4", "EtherIP", "MPLS", "PPPoE", "MAC in MAC", "GTP-U"}[t]
}

// UDP ports of tunnels.
const (
	portVXLAN      = 4789
	portVXLANLinux = 8472
	portVXLANGPE   = 4790
	portGeneve     = 6081
	portGTP        = 2152
	portMPLS       = 6635
)

// readPort tells whether datagrams to a UDP port are looked into.
func readPort(port uint16) bool {
	switch port {
	case portVXLAN, portVXLANLinux, portVXLANGPE, portGeneve, portGTP, portMPLS:
		return true
	}
	return false
}

// knownPort tells whether a UDP port is that of a tunnel which is known by name
// only.
func knownPort(port uint16) bool {
	switch port {
	case 4341, 4500, 4754, 51820:
		return true
	}
	return false
}

func (d *Decoder) vxlanPort(port uint16) bool {
	for _, p := range d.vxlanPorts {
		if p == port {
			return true
		}
	}
	return false
}

// udp reads a UDP datagram as far as it is a tunnel.
func (w *walk) udp(v data) Verdict {
	if len(v.b) < 8 {
		return v.short(8)
	}
	w.layer(UDP, v)
	from, port := binary.BigEndian.Uint16(v.b), binary.BigEndian.Uint16(v.b[2:])
	v = v.from(8)
	switch port {
	case portVXLAN, portVXLANLinux:
		return w.vxlan(v)
	case portVXLANGPE:
		return w.vxlanGPE(v)
	case portGeneve:
		return w.geneve(v)
	case portGTP:
		return w.gtp(v)
	case portMPLS:
		return w.mpls(v)
	}
	switch {
	case w.d.vxlanPort(port):
		return w.vxlan(v)
	case from == portGTP: // the other way
		return w.gtp(v)
	case wrapping.KnownPort(port):
		return w.foreign(wrapping.Port, portKind, uint32(port), v, NotTCP)
	case wrapping.KnownPort(from):
		return w.foreign(wrapping.Port, portKind, uint32(from), v, NotTCP)
	case knownPort(port):
		return w.unknown(portKind, uint32(port))
	case knownPort(from):
		return w.unknown(portKind, uint32(from))
	}
	return NotTCP
}

// vxlan reads RFC 7348: 8 bytes, then an Ethernet frame.
func (w *walk) vxlan(v data) Verdict {
	if len(v.b) < 8 {
		return v.short(8)
	}
	if v.b[0]&0x08 == 0 { // the network identifier is not valid: something else
		return NotTCP
	}
	return w.unwrap(vxlan, v, 8, (*walk).ethernet)
}

// vxlanGPE reads draft-ietf-nvo3-vxlan-gpe: as VXLAN, with a next protocol.
func (w *walk) vxlanGPE(v data) Verdict {
	if len(v.b) < 8 {
		return v.short(8)
	}
	switch v.b[3] {
	case 1, 2:
		return w.unwrap(vxlanGPE, v, 8, (*walk).ip)
	case 3:
		return w.unwrap(vxlanGPE, v, 8, (*walk).ethernet)
	}
	return w.unknown(portKind, portVXLANGPE)
}

// geneve reads RFC 8926: 8 bytes, options, and what the EtherType says.
func (w *walk) geneve(v data) Verdict {
	if len(v.b) < 8 {
		return v.short(8)
	}
	header := 8 + int(v.b[0]&0x3f)*4
	if v.b[0]>>6 != 0 { // another version: something else
		return NotTCP
	}
	if len(v.b) < header {
		return v.short(header)
	}
	return w.unwrapType(geneve, binary.BigEndian.Uint16(v.b[2:]), v, header)
}

// gtp reads user data of GTP version 1 (3GPP TS 29.281), which is IP.
func (w *walk) gtp(v data) Verdict {
	const userData, version1 = 255, 0x30
	b := v.b
	if len(b) < 8 {
		return v.short(8)
	}
	if b[0]&0xf0 != version1 || b[1] != userData {
		return NotTCP
	}
	header := 8
	if b[0]&0x07 != 0 {
		header = 12
	}
	extended := b[0]&0x04 != 0
	for extended {
		if len(b) <= header {
			return v.short(header + 1)
		}
		size := int(b[header]) * 4
		if b[header-1] == 0 {
			break
		}
		if size == 0 {
			return Malformed
		}
		header += size
	}
	if len(b) < header {
		return v.short(header)
	}
	return w.unwrap(gtp, v, header, (*walk).ip)
}

// GRE flags and protocols.
const (
	greChecksum = 0x8000
	greRouting  = 0x4000
	greKey      = 0x2000
	greSequence = 0x1000
	greVersion  = 0x0007

	greERSPAN  = 0x88be // types I and II
	greERSPAN3 = 0x22eb
	greNHRP    = 0x2001
)

// gre reads RFC 2784 and 2890.
func (w *walk) gre(v data) Verdict {
	if len(v.b) < 4 {
		return v.short(4)
	}
	flags, proto := binary.BigEndian.Uint16(v.b), binary.BigEndian.Uint16(v.b[2:])
	if flags&(greVersion|greRouting) != 0 { // version 1 is PPTP
		return w.unknown(greKind, uint32(flags&(greVersion|greRouting)))
	}
	header := 4
	for _, part := range [...]uint16{greChecksum, greKey, greSequence} {
		if flags&part != 0 {
			header += 4
		}
	}
	if len(v.b) < header {
		return v.short(header)
	}
	switch {
	case proto == greERSPAN && flags&greSequence == 0:
		return w.unwrap(erspan1, v, header, (*walk).ethernet)
	case proto == greERSPAN:
		return w.erspan2(v, header)
	case proto == greERSPAN3:
		return w.erspan3(v, header)
	case v.wire == header, proto == greNHRP: // keepalive, routing
		return NotTCP
	}
	return w.unwrapType(gre, proto, v, header)
}

// erspan2 reads draft-foschiano-erspan, type II: after the GRE header 8 bytes,
// then a frame.
func (w *walk) erspan2(v data, header int) Verdict {
	header += 8
	if len(v.b) < header {
		return v.short(header)
	}
	return w.unwrap(erspan2, v, header, (*walk).ethernet)
}

// erspan3 reads draft-foschiano-erspan, type III: after the GRE header 12 bytes,
// perhaps 8 more, then a frame or an IP packet.
func (w *walk) erspan3(v data, header int) Verdict {
	own := v.from(header).b
	header += 12
	if len(own) < 12 {
		return v.short(header)
	}
	frame := own[10] >> 2 & 0x1f
	if own[11]&1 != 0 {
		header += 8
	}
	if len(v.b) < header {
		return v.short(header)
	}
	if frame == 2 {
		return w.unwrap(erspan3, v, header, (*walk).ip)
	}
	return w.unwrap(erspan3, v, header, (*walk).ethernet)
}

// etherIP reads RFC 3378: 2 bytes, then a frame.
func (w *walk) etherIP(v data) Verdict {
	if len(v.b) < 2 {
		return v.short(2)
	}
	return w.unwrap(etherIP, v, 2, (*walk).ethernet)
}
