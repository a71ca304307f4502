package bpf

// maxFacts bounds what is remembered at a node, and with it the time that a
// long expression takes. The first facts on a path (ether type, protocol) are
// the ones that decide most.
const maxFacts = 48

// maxRounds bounds how often the graph is gone through.
const maxRounds = 16

// fact is the known outcome of a test.
type fact struct {
	key  int
	jump uint16
	k    uint32
	held bool
}

type facts []fact

// with returns the facts that hold behind n's branch.
func (fs facts) with(n *node, held bool) facts {
	if n.kind != nodeTest || len(fs) >= maxFacts {
		return fs
	}
	next := fact{n.key, n.jump, n.k, held}
	for _, f := range fs {
		if f == next {
			return fs
		}
	}
	sum := make(facts, len(fs), len(fs)+1)
	copy(sum, fs)
	return append(sum, next)
}

// common keeps what both know.
func (fs facts) common(other facts) facts {
	var both facts
	for _, f := range fs {
		for _, o := range other {
			if f == o {
				both = append(both, f)
				break
			}
		}
	}
	return both
}

// decide tells the outcome of n's test if the facts imply it.
func (fs facts) decide(n *node) (held, known bool) {
	for _, f := range fs {
		if f.key != n.key {
			continue
		}
		if f.jump == n.jump && f.k == n.k {
			return f.held, true
		}
		if f.jump == jumpEqual && f.held && n.jump&operandX == 0 {
			return compares(f.k, n.jump, n.k), true
		}
	}
	return false, false
}

// compares evaluates a jump on numbers.
func compares(a uint32, jump uint16, k uint32) bool {
	switch jump &^ operandX {
	case jumpEqual:
		return a == k
	case jumpMore:
		return a > k
	case jumpAtLeast:
		return a >= k
	default:
		return a&k != 0
	}
}

// optimize leads every branch past the tests whose outcome is known on it. A
// test is skipped only where the same bytes were loaded before, so that a
// packet that is too short for a load is treated as before.
func optimize(root *node) *node {
	for range maxRounds {
		list := sorted(root)
		spread(list)
		changed := false
		for _, n := range list {
			if n.kind != nodeTest {
				continue
			}
			if t := follow(n.t, n.facts.with(n, true)); t != n.t {
				n.t, changed = t, true
			}
			if f := follow(n.f, n.facts.with(n, false)); f != n.f {
				n.f, changed = f, true
			}
		}
		if !changed {
			break
		}
	}
	return root
}

// spread works out what is known at each node whichever way led to it.
func spread(list []*node) {
	for _, n := range list {
		n.facts, n.reached = nil, false
	}
	for _, n := range list {
		switch n.kind {
		case nodeTest:
			n.t.learn(n.facts.with(n, true))
			n.f.learn(n.facts.with(n, false))
		case nodeDo:
			n.t.learn(n.facts)
		}
	}
}

func (n *node) learn(fs facts) {
	if !n.reached {
		n.facts, n.reached = fs, true
		return
	}
	n.facts = n.facts.common(fs)
}

// follow goes on from n while the facts decide its test.
func follow(n *node, fs facts) *node {
	for n.kind == nodeTest {
		held, known := fs.decide(n)
		if !known {
			return n
		}
		if held {
			n = n.t
		} else {
			n = n.f
		}
	}
	return n
}
