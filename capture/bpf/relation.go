package bpf

// arith is an arithmetic expression.
type arith struct {
	kind  arithKind
	n     uint32
	op    uint16 // of arithBinary
	a, b  *arith // operands; of arithLoad, a is the index
	load  loadFrom
	guard *cond // of arithLoad: holds if the packet has the protocol
}

type arithKind uint8

const (
	arithNumber arithKind = iota
	arithLength
	arithLoad
	arithBinary
	arithNegate
)

// loadFrom is where proto[index:size] reads.
type loadFrom struct {
	base         uint32
	behindHeader bool // behind the IPv4 header at base
	size         uint32
}

// scratch is the number of places in BPF's memory. Arithmetic leaves the last
// ones to tunnels.
const scratch = 16

// relation reads "E op E".
func (p *parser) relation() (*cond, error) {
	p.last = qualifier{}
	begin := p.peek()
	left, err := p.sum(0)
	if err != nil {
		return nil, err
	}
	op := p.next()
	jumps := map[string]struct {
		jump   uint16
		negate bool
	}{
		"=": {jumpEqual, false}, "!=": {jumpEqual, true}, ">": {jumpMore, false},
		"<=": {jumpMore, true}, ">=": {jumpAtLeast, false}, "<": {jumpAtLeast, true},
	}
	how, ok := jumps[op.text]
	if !ok || op.kind != tokenSymbol {
		return nil, p.fail(op, "expected a comparison: =, !=, <, <=, > or >=")
	}
	right, err := p.sum(0)
	if err != nil {
		return nil, err
	}
	c, fits := related(left, right, how.jump)
	if !fits {
		return nil, p.fail(begin, "this arithmetic is too deep for BPF's memory")
	}
	if how.negate {
		c = not(c)
	}
	return and(and(left.guards()...), and(right.guards()...), c), nil
}

// related compares two expressions.
func related(left, right *arith, jump uint16) (*cond, bool) {
	if right.kind == arithNumber {
		c, ok := left.code(0)
		v := value{a: c, spoilsX: setsX(c)}
		if left.kind == arithLoad && left.a.kind == arithNumber { // so that equal loads are shared
			v = left.load.at(left.a.n)
		}
		return compare(v, jump, right.n), ok
	}
	r, rightFits := right.code(0)
	l, leftFits := left.code(1)
	c := append(r, ins(opStore, 0))
	c = append(c, l...)
	c = append(c, ins(opLoadXMem, 0))
	return compare(value{a: c, spoilsX: true}, jump|operandX, 0), rightFits && leftFits
}

// setsX tells whether the code changes X.
func setsX(c code) bool {
	for _, i := range c {
		if i.Op&classMask == classLoadX || i.Op == opMoveToX {
			return true
		}
	}
	return false
}

// at is the value at a fixed index.
func (l loadFrom) at(index uint32) value {
	op := map[uint32]uint16{1: opLoadByte, 2: opLoadHalf, 4: opLoadWord}[l.size]
	if l.behindHeader {
		return behind(indexed(op), l.base, index)
	}
	return load(op, l.base+index)
}

// guards are the conditions under which the loads of e mean something.
func (e *arith) guards() []*cond {
	var list []*cond
	if e.a != nil {
		list = append(list, e.a.guards()...)
	}
	if e.b != nil {
		list = append(list, e.b.guards()...)
	}
	if e.guard != nil {
		list = append(list, e.guard)
	}
	return list
}

// code brings the expression's value into A. It may use the scratch memory
// from place free on, and X.
func (e *arith) code(free int) (code, bool) {
	if free >= slotType {
		return nil, false
	}
	switch e.kind {
	case arithNumber:
		return code{ins(opLoadImm, e.n)}, true
	case arithLength:
		return code{ins(opLoadLength, 0)}, true
	case arithNegate:
		c, ok := e.a.code(free)
		return append(c, ins(opALU|aluNeg, 0)), ok
	case arithLoad:
		return e.loadCode(free)
	}
	if e.b.kind == arithNumber {
		c, ok := e.a.code(free)
		return append(c, ins(opALU|e.op, e.b.n)), ok
	}
	left, leftFits := e.a.code(free)
	right, rightFits := e.b.code(free + 1)
	c := append(left, ins(opStore, uint32(free)))
	c = append(c, right...)
	return append(c, ins(opMoveToX, 0), ins(opLoadMem, uint32(free)), ins(opALU|e.op|operandX, 0)), leftFits && rightFits
}

// loadCode reads from the packet at a fixed or computed index.
func (e *arith) loadCode(free int) (code, bool) {
	if e.a.kind == arithNumber {
		v := e.load.at(e.a.n)
		return append(append(code{}, v.x...), v.a...), true
	}
	c, ok := e.a.code(free)
	slot, base, marked := relative(e.load.base)
	switch {
	case marked && e.load.behindHeader:
		c = append(append(append(c, ins(opStore, uint32(free))), pastHeader(e.load.base)...),
			ins(opLoadMem, uint32(free)), ins(opALU|aluAdd|operandX, 0))
	case marked:
		c = append(c, ins(opLoadXMem, slot), ins(opALU|aluAdd|operandX, 0))
	case e.load.behindHeader:
		c = append(c, ins(opLoadXHeader, base), ins(opALU|aluAdd|operandX, 0))
	}
	op := map[uint32]uint16{1: opLoadByteX, 2: opLoadHalfX, 4: opLoadWordX}[e.load.size]
	return append(c, ins(opMoveToX, 0), ins(op, base)), ok
}
