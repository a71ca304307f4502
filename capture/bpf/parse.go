package bpf

// maxNesting bounds the depth of parentheses and of not.
const maxNesting = 200

// parser reads an expression from left to right and builds its condition as it
// goes, since vlan, mpls and pppoes change the meaning of what follows.
type parser struct {
	expr   string
	tokens []token
	at     int
	scope  *scope
	last   qualifier // what a bare address or port after and, or means
	depth  int
}

// qualifier is what stands before an address, a port or a protocol.
type qualifier struct {
	set  bool // false: a bare word means nothing
	pro  string
	dir  direction
	kind string // host, net, port, portrange, proto or empty
	// word is the token that began it, for messages.
	word token
}

// parse builds the condition of expr.
func parse(expr string, s *scope) (*cond, error) {
	tokens, err := scan(expr)
	if err != nil {
		return nil, err
	}
	p := &parser{expr: expr, tokens: tokens, scope: s}
	if p.peek().kind == tokenEnd {
		return always, nil
	}
	c, err := p.expression()
	if err != nil {
		return nil, err
	}
	if t := p.peek(); t.kind != tokenEnd {
		return nil, p.fail(t, "expected and, or, or the end of the expression")
	}
	return c, nil
}

func (p *parser) peek() token { return p.tokens[p.at] }

// ahead is the token i places after the next.
func (p *parser) ahead(i int) token {
	return p.tokens[min(p.at+i, len(p.tokens)-1)]
}

func (p *parser) next() token {
	t := p.tokens[p.at]
	if t.kind != tokenEnd {
		p.at++
	}
	return t
}

// accept takes the next token if it is that symbol or keyword.
func (p *parser) accept(text string) bool {
	if !p.peek().is(text) {
		return false
	}
	p.at++
	return true
}

func (p *parser) fail(t token, reason string) error {
	return &Error{Expr: p.expr, Offset: t.offset, Word: t.text, Reason: reason}
}

// enter counts a level of nesting; the caller leaves it by p.depth--.
func (p *parser) enter() error {
	if p.depth++; p.depth > maxNesting {
		return p.fail(p.peek(), "nested too deeply")
	}
	return nil
}

// expression is a chain of terms with and, or; both bind to the left.
func (p *parser) expression() (*cond, error) {
	sum, err := p.term()
	for err == nil {
		var both func(...*cond) *cond
		switch {
		case p.accept("and"):
			both = and
		case p.accept("or"):
			both = or
		default:
			return sum, nil
		}
		var c *cond
		if p.bareNext() {
			c, err = p.bare(p.last)
		} else {
			c, err = p.term()
		}
		if err == nil {
			sum = both(sum, c)
		}
	}
	return nil, err
}

// bareNext tells whether a bare address, port or name comes next, as after or
// in "port 80 or 443" and "host 10.0.0.1 or (10.0.0.2 or 10.0.0.3)".
func (p *parser) bareNext() bool {
	i := 0
	for p.ahead(i).is("(") || p.ahead(i).is("not") {
		i++
	}
	switch p.ahead(i).kind {
	case tokenName, tokenIPv4, tokenIPv6, tokenMAC:
		return true
	case tokenNumber:
		for i++; p.ahead(i).is(")"); i++ {
		}
		return !arithmetic(p.ahead(i))
	default:
		return false
	}
}

// term is a primitive, a relation, or an expression in parentheses, perhaps
// with not before it.
func (p *parser) term() (*cond, error) {
	if err := p.enter(); err != nil {
		return nil, err
	}
	defer func() { p.depth-- }()
	t := p.peek()
	switch {
	case p.accept("not"):
		c, err := p.term()
		if err != nil {
			return nil, err
		}
		return not(c), nil
	case t.is("(") && !p.arithmeticParen():
		return p.group()
	case t.kind == tokenNumber, t.is("("), t.is("-"), t.is("len"):
		return p.relation()
	case t.kind == tokenKeyword && p.ahead(1).is("["):
		return p.relation()
	case t.kind == tokenKeyword:
		return p.primitive()
	case t.kind == tokenEnd:
		return nil, p.fail(t, "something is missing")
	case t.kind == tokenSymbol:
		return nil, p.fail(t, "a condition cannot begin with this")
	case t.kind == tokenName:
		return nil, p.fail(t, "unknown word")
	default:
		return nil, p.fail(t, "say what this is, as in host "+t.text)
	}
}

// group is an expression in parentheses.
func (p *parser) group() (*cond, error) {
	open, before := p.next(), p.last
	c, err := p.expression()
	if err != nil {
		return nil, err
	}
	if !p.accept(")") {
		return nil, p.unclosed(open)
	}
	p.last = before
	return c, nil
}

func (p *parser) unclosed(open token) error {
	if p.peek().kind == tokenEnd {
		return p.fail(open, "this parenthesis is not closed")
	}
	return p.fail(p.peek(), "expected )")
}

// arithmeticParen tells whether the parenthesis that comes next belongs to an
// arithmetic expression, by what stands behind its end.
func (p *parser) arithmeticParen() bool {
	depth := 0
	for i := p.at; i < len(p.tokens); i++ {
		switch t := p.tokens[i]; {
		case t.is("("):
			depth++
		case t.is(")"):
			if depth--; depth == 0 {
				return arithmetic(p.tokens[i+1])
			}
		}
	}
	return false
}

// arithmetic tells whether t continues an arithmetic expression.
func arithmetic(t token) bool {
	if t.kind != tokenSymbol {
		return false
	}
	switch t.text {
	case "(", ")", "[", "]", ":":
		return false
	default:
		return true
	}
}

// bare is an address, port or protocol with the qualifier of something before
// it, perhaps with not, or several in parentheses.
func (p *parser) bare(q qualifier) (*cond, error) {
	if err := p.enter(); err != nil {
		return nil, err
	}
	defer func() { p.depth-- }()
	p.last = q
	if p.accept("not") {
		c, err := p.bare(q)
		if err != nil {
			return nil, err
		}
		return not(c), nil
	}
	if !p.peek().is("(") {
		return p.subject(q)
	}
	open := p.next()
	sum, err := p.bare(q)
	for err == nil {
		both := or
		switch {
		case p.accept("and"):
			both = and
		case p.accept("or"):
		case p.accept(")"):
			return sum, nil
		default:
			return nil, p.unclosed(open)
		}
		var c *cond
		if c, err = p.bare(q); err == nil {
			sum = both(sum, c)
		}
	}
	return nil, err
}
