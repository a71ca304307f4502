package bpf

import (
	"net"
	"net/netip"
	"strconv"
	"strings"
)

// subject reads the address, port or protocol that q qualifies.
func (p *parser) subject(q qualifier) (*cond, error) {
	t := p.peek()
	if !q.set {
		return nil, p.fail(t, "say what this is: host, net, port or proto before it")
	}
	if t.kind == tokenKeyword && q.kind == "proto" { // proto tcp, for tcpdump's proto \tcp
		t.kind = tokenName
	}
	switch t.kind {
	case tokenEnd:
		return nil, p.fail(t, q.needs())
	case tokenKeyword, tokenSymbol:
		return nil, p.fail(t, q.needs())
	}
	switch q.kind {
	case "port", "portrange":
		return p.portSubject(q)
	case "proto":
		return p.protoSubject(q, t)
	default:
		return p.addressSubject(q)
	}
}

// needs says what is missing behind the qualifier.
func (q qualifier) needs() string {
	switch q.kind {
	case "port":
		return "expected a port number"
	case "portrange":
		return "expected two port numbers, as in portrange 42027-42030"
	case "proto":
		return "expected the name or number of a protocol"
	default:
		return "expected an address"
	}
}

// portSubject reads a port or a range of ports.
func (p *parser) portSubject(q qualifier) (*cond, error) {
	t := p.next()
	protocols := []uint32{protoSCTP, protoTCP, protoUDP}
	switch q.pro {
	case "":
	case "tcp", "udp", "sctp":
		protocols = []uint32{headerProtocols[q.pro]}
	default:
		return nil, p.fail(q.word, "ports belong to tcp, udp and sctp")
	}
	var low, high uint32
	var reason string
	first, second, isRange := strings.Cut(t.text, "-")
	switch {
	case t.kind == tokenNumber:
		low, high = t.number, t.number
	case t.kind != tokenName:
		return nil, p.fail(t, q.needs())
	case q.kind == "portrange" && isRange:
		if low, reason = port(first); reason == "" {
			high, reason = port(second)
		}
	default:
		low, reason = port(t.text)
		high = low
	}
	if reason != "" {
		return nil, p.fail(t, reason)
	}
	if low > 65535 || high > 65535 {
		return nil, p.fail(t, "a port is at most 65535")
	}
	if low > high {
		low, high = high, low
	}
	return p.scope.ports(protocols, q.dir, low, high), nil
}

// port reads a number or the name of a service. The library's own list stands
// in where the system has none.
func port(text string) (uint32, string) {
	if text == "" {
		return 0, "expected a port number"
	}
	if !numeric(text) {
		return service(text)
	}
	n, err := strconv.ParseUint(text, 0, 16)
	if err != nil {
		return 0, "a port is a number of at most 65535"
	}
	return uint32(n), ""
}

// service looks the name of a service up, as tcpdump does.
func service(name string) (uint32, string) {
	for _, protocol := range []string{"tcp", "udp"} {
		if n, err := net.LookupPort(protocol, name); err == nil {
			return uint32(n), ""
		}
	}
	return 0, "this system knows no such service; give the port's number"
}

// protoSubject reads the protocol behind proto.
func (p *parser) protoSubject(q qualifier, t token) (*cond, error) {
	p.next()
	names := protocolNames
	if q.pro == "ether" {
		names = etherNames
	}
	number, known := names[strings.ToLower(t.text)]
	if t.kind == tokenNumber {
		number, known = t.number, true
	}
	if !known {
		return nil, p.fail(t, "unknown protocol; give its number")
	}
	if q.pro == "ether" {
		if number <= 1500 || number > 0xffff {
			return nil, p.fail(t, "an ether type lies between 1501 and 65535")
		}
		return p.scope.carries(number), nil
	}
	if number > 255 {
		return nil, p.fail(t, "the number of an IP protocol is at most 255")
	}
	switch q.pro {
	case "":
		return or(p.scope.protocol4(number), p.scope.protocol6(number)), nil
	case "ip":
		return p.scope.protocol4(number), nil
	case "ip6":
		return p.scope.protocol6(number), nil
	default:
		return nil, p.fail(q.word, "proto can follow ip, ip6 and ether")
	}
}

// addressSubject reads the address behind host, net, src or dst.
func (p *parser) addressSubject(q qualifier) (*cond, error) {
	t := p.next()
	if q.pro == "ether" || t.kind == tokenMAC {
		return p.stationSubject(q, t)
	}
	switch t.kind {
	case tokenIPv6:
		return p.subject6(q, t)
	case tokenNumber, tokenIPv4:
		return p.subject4(q, t)
	default:
		return nil, p.fail(t, "names of hosts and nets are not looked up; give the address")
	}
}

func (p *parser) stationSubject(q qualifier, t token) (*cond, error) {
	addr, ok := parseMAC(t.text)
	switch {
	case !ok || t.kind != tokenMAC:
		return nil, p.fail(t, "expected an Ethernet address, as 00:1b:54:aa:bb:cc")
	case q.pro != "ether" || q.kind == "net":
		return nil, p.fail(t, "an Ethernet address needs ether host, ether src or ether dst before it")
	case !p.scope.ethernet():
		return nil, p.fail(t, "packets of this link type have no Ethernet address")
	}
	return p.scope.station(q.dir, addr), nil
}

// subject4 reads an IPv4 address or net; a short one stands for all addresses
// that begin with it.
func (p *parser) subject4(q qualifier, t token) (*cond, error) {
	addr, mask, ok := short4(t, q.kind == "net")
	if !ok {
		return nil, p.fail(t, "not an IPv4 address")
	}
	switch {
	case p.accept("/"):
		n := p.next()
		if n.kind != tokenNumber || n.number > 32 {
			return nil, p.fail(n, "expected the length of the prefix, at most 32")
		}
		mask = ^uint32(0) << (32 - n.number)
	case p.accept("mask"):
		n := p.next()
		m, full, ok := short4(n, false)
		if n.kind != tokenIPv4 || !ok || full != 0xffffffff {
			return nil, p.fail(n, "expected a mask, as 255.255.0.0")
		}
		mask = m
	}
	if addr&^mask != 0 {
		return nil, p.fail(t, "bits outside the net's mask are set")
	}
	s := p.scope
	switch q.pro {
	case "":
		return or(s.host4(etherIPv4, q.dir, addr, mask), s.host4(etherARP, q.dir, addr, mask),
			s.host4(etherRARP, q.dir, addr, mask)), nil
	case "ip":
		return s.host4(etherIPv4, q.dir, addr, mask), nil
	case "arp":
		return s.host4(etherARP, q.dir, addr, mask), nil
	case "rarp":
		return s.host4(etherRARP, q.dir, addr, mask), nil
	default:
		return nil, p.fail(q.word, "an IPv4 address can follow ip, arp and rarp")
	}
}

// short4 reads one to four numbers with dots, and the mask for as many.
func short4(t token, isNet bool) (addr, mask uint32, ok bool) {
	if t.kind == tokenNumber {
		addr, mask = t.number, 0xffffffff
		for isNet && addr != 0 && addr&0xff000000 == 0 {
			addr, mask = addr<<8, mask<<8
		}
		return addr, mask, true
	}
	parts := strings.Split(t.text, ".")
	for _, part := range parts {
		n, err := strconv.ParseUint(part, 10, 8)
		if err != nil {
			return 0, 0, false
		}
		addr = addr<<8 | uint32(n)
	}
	shift := 32 - 8*len(parts)
	return addr << shift, 0xffffffff << shift, true
}

// subject6 reads an IPv6 address, perhaps with the length of a prefix.
func (p *parser) subject6(q qualifier, t token) (*cond, error) {
	addr, err := netip.ParseAddr(t.text)
	if err != nil {
		return nil, p.fail(t, "not an IPv6 address")
	}
	if q.pro != "" && q.pro != "ip6" {
		return nil, p.fail(q.word, "an IPv6 address can follow ip6")
	}
	bits := 128
	if p.accept("/") {
		n := p.next()
		if n.kind != tokenNumber || n.number > 128 {
			return nil, p.fail(n, "expected the length of the prefix, at most 128")
		}
		bits = int(n.number)
	}
	if masked, _ := addr.Prefix(bits); masked.Addr() != addr {
		return nil, p.fail(t, "bits outside the net's prefix are set")
	}
	return p.scope.host6(q.dir, addr.As16(), bits), nil
}
