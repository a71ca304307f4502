package bpf

// node is a step of the program's decision graph, which has no cycles.
type node struct {
	kind nodeKind
	load value
	key  int // of load.key(), numbered by the builder
	jump uint16
	k    uint32
	do   code
	t, f *node // of nodeDo only t

	// Set by optimize, facts and reached, and by assemble, the others.
	facts    facts
	reached  bool // facts have been set once
	order    int
	loadAt   int // how much of the load is still to be done here: loadAll, loadA or loadNone
	farT     bool
	farF     bool
	position int
}

type nodeKind uint8

const (
	nodeTest nodeKind = iota
	nodeDo
	nodeAccept
	nodeReject
)

// builder turns a condition into a graph. Equal tests with equal successors
// are one node.
type builder struct {
	accept, reject *node
	keys           map[string]int
	tests          map[testKey]*node
	dos            map[doKey]*node
}

type testKey struct {
	key  int
	jump uint16
	k    uint32
	t, f *node
}

type doKey struct {
	code string
	t    *node
}

func newBuilder() *builder {
	return &builder{
		accept: &node{kind: nodeAccept},
		reject: &node{kind: nodeReject},
		keys:   map[string]int{},
		tests:  map[testKey]*node{},
		dos:    map[doKey]*node{},
	}
}

// build returns the node at which to begin so that t is reached if c holds and
// f if not.
func (b *builder) build(c *cond, t, f *node) *node {
	switch c.kind {
	case condTrue:
		return t
	case condFalse:
		return f
	case condTest:
		return b.test(c, t, f)
	case condAnd:
		return b.build(c.a, b.build(c.b, t, f), f)
	case condOr:
		return b.build(c.a, t, b.build(c.b, t, f))
	case condNot:
		return b.build(c.a, f, t)
	case condIf:
		return b.build(c.a, b.build(c.b, t, f), b.build(c.c, t, f))
	default: // condDo
		return b.straight(c.do, b.build(c.b, t, f))
	}
}

func (b *builder) test(c *cond, t, f *node) *node {
	text := c.load.key()
	number, ok := b.keys[text]
	if !ok {
		number = len(b.keys)
		b.keys[text] = number
	}
	key := testKey{number, c.jump, c.k, t, f}
	if n := b.tests[key]; n != nil {
		return n
	}
	n := &node{kind: nodeTest, load: c.load, key: number, jump: c.jump, k: c.k, t: t, f: f}
	b.tests[key] = n
	return n
}

func (b *builder) straight(do code, t *node) *node {
	key := doKey{string(appendKey(nil, do)), t}
	if n := b.dos[key]; n != nil {
		return n
	}
	n := &node{kind: nodeDo, do: do, t: t}
	b.dos[key] = n
	return n
}

// sorted returns the nodes that can be reached from root, each before its
// successors.
func sorted(root *node) []*node {
	var list []*node
	seen := map[*node]bool{}
	var visit func(*node)
	visit = func(n *node) {
		if n == nil || seen[n] {
			return
		}
		seen[n] = true
		visit(n.t)
		visit(n.f)
		list = append(list, n)
	}
	visit(root)
	for i, j := 0, len(list)-1; i < j; i, j = i+1, j-1 {
		list[i], list[j] = list[j], list[i]
	}
	for i, n := range list {
		n.order = i
	}
	return list
}
