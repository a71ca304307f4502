package bpf

import "strings"

var refused = words(refusedWords)

// primitive reads a condition that begins with a keyword.
func (p *parser) primitive() (*cond, error) {
	t := p.peek()
	p.last = qualifier{}
	switch t.text {
	case "less", "greater", "ifindex":
		return p.withNumber()
	case "inbound", "outbound":
		p.next()
		c := p.scope.outgoing()
		if c == nil {
			return nil, p.fail(t, "packets of this link type do not tell the direction")
		}
		if t.text == "inbound" {
			c = not(c)
		}
		return c, nil
	case "vlan", "mpls", "pppoes", "pppoed", "geneve", "vxlan":
		return p.encapsulation()
	case "gateway", "protochain", "byte", "mask":
		return nil, p.fail(t, "not supported")
	}
	if refused[t.text] {
		return nil, p.fail(t, "not supported: no CTI traffic has it")
	}
	return p.qualified()
}

// withNumber reads less, greater and ifindex.
func (p *parser) withNumber() (*cond, error) {
	t := p.next()
	n := p.next()
	if n.kind != tokenNumber {
		return nil, p.fail(n, t.text+" needs a number")
	}
	switch t.text {
	case "less":
		return not(compare(length(), jumpMore, n.number)), nil
	case "greater":
		return compare(length(), jumpAtLeast, n.number), nil
	}
	c := p.scope.capturedOn(n.number)
	if c == nil {
		return nil, p.fail(t, "packets of this link type do not tell the interface")
	}
	return c, nil
}

// encapsulation reads vlan, mpls, pppoes, geneve and vxlan with their number, and
// pppoed.
func (p *parser) encapsulation() (*cond, error) {
	t := p.next()
	if t.text == "pppoed" {
		return p.scope.carries(etherPPPoED), nil
	}
	limits := map[string]uint32{"vlan": 0xfff, "mpls": 0xfffff, "pppoes": 0xffff,
		"geneve": 0xffffff, "vxlan": 0xffffff}
	var number *uint32
	if n, taken, err := p.optionalNumber(); err != nil {
		return nil, err
	} else if taken.text != "" {
		if n > limits[t.text] {
			return nil, p.fail(taken, "this number is too large for "+t.text)
		}
		number = &n
	}
	step := map[string]func(*uint32) (*cond, string){
		"vlan": p.scope.vlan, "mpls": p.scope.mpls, "pppoes": p.scope.pppoes,
		"geneve": p.scope.geneve, "vxlan": p.scope.vxlan,
	}[t.text]
	c, reason := step(number)
	if reason != "" {
		return nil, p.fail(t, reason)
	}
	return c, nil
}

// optionalNumber reads a number, perhaps in parentheses; without one, the
// token is empty.
func (p *parser) optionalNumber() (uint32, token, error) {
	i := 0
	for p.ahead(i).is("(") {
		i++
	}
	t := p.ahead(i)
	if t.kind != tokenNumber {
		return 0, token{}, nil
	}
	t.text = p.expr[t.offset:p.ahead(i+1).offset]
	t.text = strings.TrimSpace(t.text)
	for range i {
		p.next()
	}
	p.next()
	for range i {
		if !p.accept(")") {
			return 0, t, p.fail(p.peek(), "expected )")
		}
	}
	return t.number, t, nil
}

// qualified reads a protocol, a direction and a kind, and what they qualify.
func (p *parser) qualified() (*cond, error) {
	q := qualifier{set: true, word: p.peek()}
	if _, ok := headerProtocols[p.peek().text]; ok || networkWord(p.peek().text) {
		q.pro = p.next().text
	}
	if p.peek().is("broadcast") || p.peek().is("multicast") {
		return p.groupAddress(q.pro)
	}
	directed := p.direction(&q)
	switch t := p.peek(); {
	case t.is("host"), t.is("net"), t.is("port"), t.is("portrange"):
		q.kind = p.next().text
	case t.is("proto") && !directed:
		q.kind = p.next().text
	case t.is("proto"):
		return nil, p.fail(t, "proto has no direction")
	case t.is("protochain"), t.is("gateway"):
		return nil, p.fail(t, "not supported")
	case !directed && q.pro != "":
		return p.scope.proto(p, q)
	case !directed:
		return nil, p.fail(t, "a condition cannot begin with this")
	}
	return p.bare(q)
}

func networkWord(w string) bool {
	return w == "ether" || w == "ip" || w == "ip6" || w == "arp" || w == "rarp"
}

// direction reads src, dst, src or dst, src and dst.
func (p *parser) direction(q *qualifier) bool {
	var other string
	switch {
	case p.accept("src"):
		q.dir, other = dirSource, "dst"
	case p.accept("dst"):
		q.dir, other = dirDest, "src"
	default:
		return false
	}
	if p.ahead(1).is(other) {
		switch {
		case p.peek().is("or"):
			q.dir = dirEither
			p.at += 2
		case p.peek().is("and"):
			q.dir = dirBoth
			p.at += 2
		}
	}
	return true
}

// proto is a protocol word that stands alone.
func (s *scope) proto(p *parser, q qualifier) (*cond, error) {
	switch q.pro {
	case "ip":
		return s.carries(etherIPv4), nil
	case "ip6":
		return s.carries(etherIPv6), nil
	case "arp":
		return s.carries(etherARP), nil
	case "rarp":
		return s.carries(etherRARP), nil
	case "ether":
		return nil, p.fail(p.peek(), "ether needs host, src, dst, proto, broadcast or multicast")
	case "icmp", "igmp", "igrp", "vrrp", "carp":
		return s.protocol4(headerProtocols[q.pro]), nil
	case "icmp6":
		return s.protocol6(protoICMPv6), nil
	default:
		number := headerProtocols[q.pro]
		return or(s.protocol4(number), s.protocol6(number)), nil
	}
}

// groupAddress reads broadcast or multicast.
func (p *parser) groupAddress(pro string) (*cond, error) {
	t, s := p.next(), p.scope
	switch {
	case (pro == "" || pro == "ether") && (!s.ethernet()):
		return nil, p.fail(t, "packets of this link type have no Ethernet address")
	case (pro == "" || pro == "ether") && t.text == "broadcast":
		return p.scope.station(dirDest, [6]byte{255, 255, 255, 255, 255, 255}), nil
	case pro == "" || pro == "ether":
		origin, framed := s.frame()
		return and(framed, compare(octet(origin), jumpBits, 1)), nil
	case pro == "ip" && t.text == "multicast":
		return and(s.carries(etherIPv4), compare(octet(s.base+16), jumpAtLeast, 224)), nil
	case pro == "ip6" && t.text == "multicast":
		return and(s.carries(etherIPv6), equal(octet(s.base+24), 255)), nil
	case pro == "ip":
		return nil, p.fail(t, "the netmask is not known here; give the address, as in dst host 10.0.0.255")
	default:
		return nil, p.fail(t, "only ether, ip and ip6 have this")
	}
}
