package bpf

// levels are the binary operators by how tightly they bind, the loosest first.
// tcpdump's grammar gives ^ and % no rank; they rank as | and / here, as in C.
var levels = [][]string{{"|", "^"}, {"&"}, {"<<", ">>"}, {"+", "-"}, {"*", "/", "%"}}

var operators = map[string]uint16{
	"|": aluOr, "^": aluXor, "&": aluAnd, "<<": aluLsh, ">>": aluRsh,
	"+": aluAdd, "-": aluSub, "*": aluMul, "/": aluDiv, "%": aluMod,
}

// sum reads an arithmetic expression of operators of the level and tighter.
func (p *parser) sum(level int) (*arith, error) {
	if level == len(levels) {
		return p.operand()
	}
	left, err := p.sum(level + 1)
	if err != nil {
		return nil, err
	}
	for {
		op := p.peek()
		if op.kind != tokenSymbol || !contains(levels[level], op.text) {
			return left, nil
		}
		p.next()
		right, err := p.sum(level + 1)
		if err != nil {
			return nil, err
		}
		if left, err = p.binary(op, left, right); err != nil {
			return nil, err
		}
	}
}

func contains(list []string, text string) bool {
	for _, s := range list {
		if s == text {
			return true
		}
	}
	return false
}

// binary combines two operands; numbers are worked out at once.
func (p *parser) binary(t token, left, right *arith) (*arith, error) {
	op := operators[t.text]
	if right.kind == arithNumber {
		switch {
		case (op == aluDiv || op == aluMod) && right.n == 0:
			return nil, p.fail(t, "division by zero")
		case (op == aluLsh || op == aluRsh) && right.n > 31:
			return nil, p.fail(t, "a shift is at most 31 bits")
		case left.kind == arithNumber:
			return &arith{kind: arithNumber, n: calculate(op, left.n, right.n)}, nil
		}
	}
	return &arith{kind: arithBinary, op: op, a: left, b: right}, nil
}

// calculate applies an operator; the caller has excluded division by zero.
func calculate(op uint16, a, b uint32) uint32 {
	switch op {
	case aluAdd:
		return a + b
	case aluSub:
		return a - b
	case aluMul:
		return a * b
	case aluDiv:
		return a / b
	case aluMod:
		return a % b
	case aluOr:
		return a | b
	case aluAnd:
		return a & b
	case aluXor:
		return a ^ b
	case aluLsh:
		return a << b
	case aluRsh:
		return a >> b
	default: // aluNeg
		return -a
	}
}

// operand reads a number, len, proto[...], a negation or parentheses.
func (p *parser) operand() (*arith, error) {
	if err := p.enter(); err != nil {
		return nil, err
	}
	defer func() { p.depth-- }()
	t := p.next()
	switch {
	case t.kind == tokenNumber:
		return &arith{kind: arithNumber, n: t.number}, nil
	case t.is("len"):
		return &arith{kind: arithLength}, nil
	case t.is("-"):
		e, err := p.operand()
		if err != nil {
			return nil, err
		}
		if e.kind == arithNumber {
			return &arith{kind: arithNumber, n: -e.n}, nil
		}
		return &arith{kind: arithNegate, a: e}, nil
	case t.is("("):
		e, err := p.sum(0)
		if err != nil {
			return nil, err
		}
		if !p.accept(")") {
			return nil, p.unclosed(t)
		}
		return e, nil
	case t.kind == tokenKeyword && p.peek().is("["):
		return p.header(t)
	default:
		return nil, p.fail(t, "expected a number, len, or bytes of a header as in tcp[13]")
	}
}

// header reads the brackets of proto[index:size].
func (p *parser) header(t token) (*arith, error) {
	open := p.next()
	index, err := p.sum(0)
	if err != nil {
		return nil, err
	}
	size := uint32(1)
	if p.accept(":") {
		n := p.next()
		if n.kind != tokenNumber || n.number != 1 && n.number != 2 && n.number != 4 {
			return nil, p.fail(n, "the size is 1, 2 or 4")
		}
		size = n.number
	}
	if !p.accept("]") {
		return nil, p.unclosed(open)
	}
	from, guard, reason := p.scope.header(t.text)
	if reason != "" {
		return nil, p.fail(t, reason)
	}
	from.size = size
	if index.kind == arithNumber && index.n > maxSnapLen {
		return nil, p.fail(open, "no packet is that long")
	}
	return &arith{kind: arithLoad, a: index, load: from, guard: guard}, nil
}

// header tells where the header of a protocol begins, and under which
// condition it is there. For tcp and the like that is IPv4 only, as with
// tcpdump.
func (s *scope) header(pro string) (from loadFrom, guard *cond, reason string) {
	from.base = s.base
	switch pro {
	case "ether":
		if s.cooked() && !s.inTunnel() {
			return from, nil, "packets of this interface have no link header here"
		}
		origin, framed := s.frame()
		return loadFrom{base: origin}, framed, ""
	case "ip":
		return from, s.carries(etherIPv4), ""
	case "arp":
		return from, s.carries(etherARP), ""
	case "rarp":
		return from, s.carries(etherRARP), ""
	case "ip6":
		return from, s.carries(etherIPv6), ""
	case "icmp6":
		from.base += 40
		return from, and(s.carries(etherIPv6), equal(octet(s.base+6), protoICMPv6)), ""
	case "tcp", "udp", "sctp", "icmp", "igmp", "igrp", "pim", "vrrp", "carp":
		from.behindHeader = true
		return from, and(s.protocol4(headerProtocols[pro]), s.firstFragment()), ""
	default:
		return from, nil, "bytes of this cannot be addressed"
	}
}
