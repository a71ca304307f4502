package bpf

import (
	"slices"

	netbpf "golang.org/x/net/bpf"
)

// assemble writes the program that returns keep for a packet on which c holds
// and 0 for others. It reports false if c holds on no packet.
func assemble(c *cond, keep uint32) (code, bool) {
	b := newBuilder()
	root := optimize(b.build(c, b.accept, b.reject))
	list := sorted(root)
	matches := slices.Contains(list, b.accept)
	shareLoads(list)
	list = spreadReturns(list)
	layout(list)
	return emit(list, keep), matches
}

// How much of a node's load is needed.
const (
	loadAll  = iota
	loadA    // X holds what it shall
	loadNone // A too
)

// registers is what A and X are known to hold; empty is unknown.
type registers struct {
	a, x  string
	known bool // some way into the node has been seen
}

// shareLoads leaves out loads of what is in the register on every way to the
// node.
func shareLoads(list []*node) {
	in := make([]registers, len(list))
	for i, n := range list {
		if n.kind != nodeTest {
			if n.kind == nodeDo {
				in[n.t.order].meet(registers{})
			}
			continue
		}
		now, key, x := in[i], n.load.key(), string(appendKey(nil, n.load.x))
		switch {
		case now.a == key:
			n.loadAt = loadNone
		case x != "" && now.x == x:
			n.loadAt = loadA
		}
		out := registers{a: key, x: now.x}
		if x != "" && n.loadAt != loadNone {
			out.x = x
		}
		if n.load.spoilsX && n.loadAt != loadNone {
			out.x = ""
		}
		if n.jump&operandX != 0 {
			out = registers{} // the operand is in X by the load; nothing to share
		}
		in[n.t.order].meet(out)
		in[n.f.order].meet(out)
	}
}

func (r *registers) meet(other registers) {
	if !r.known {
		*r = other
		r.known = true
		return
	}
	if r.a != other.a {
		r.a = ""
	}
	if r.x != other.x {
		r.x = ""
	}
}

// needed returns the load instructions that are left.
func (n *node) needed() (x, a code) {
	switch n.loadAt {
	case loadAll:
		return n.load.x, n.load.a
	case loadA:
		return nil, n.load.a
	default:
		return nil, nil
	}
}

// size is the number of instructions of n.
func (n *node) size(next *node) int {
	switch n.kind {
	case nodeDo:
		if n.t == next {
			return len(n.do)
		}
		return len(n.do) + 1
	case nodeTest:
		x, a := n.needed()
		return len(x) + len(a) + 1 + count(n.farT) + count(n.farF)
	default:
		return 1
	}
}

func count(b bool) int {
	if b {
		return 1
	}
	return 0
}

// maxSkip is how many instructions a conditional jump can skip.
const maxSkip = 255

// spreadReturns puts more returns into a long program, so that tests find one
// near enough for a conditional jump.
func spreadReturns(list []*node) []*node {
	const every = 100 // instructions
	var long []*node
	total, since := 0, 0
	for i, n := range list {
		long = append(long, n)
		size := n.size(following(list, i))
		total, since = total+size, since+size
		if since >= every && n.kind == nodeTest {
			long = append(long, &node{kind: nodeAccept}, &node{kind: nodeReject})
			since = 0
		}
	}
	if total <= maxSkip {
		return list
	}
	var nearest [2]*node // accept, reject
	near := func(n *node) *node {
		if n.kind < nodeAccept {
			return n
		}
		return nearest[n.kind-nodeAccept]
	}
	for _, n := range slices.Backward(long) {
		switch n.kind {
		case nodeTest:
			n.t, n.f = near(n.t), near(n.f)
		case nodeDo:
			n.t = near(n.t)
		default:
			nearest[n.kind-nodeAccept] = n
		}
	}
	return long
}

// layout places the nodes one after the other and finds the branches that are
// longer than a conditional jump can be.
func layout(list []*node) {
	for changed := true; changed; {
		changed = false
		at := 0
		for i, n := range list {
			n.position = at
			at += n.size(following(list, i))
		}
		for i, n := range list {
			if n.kind != nodeTest {
				continue
			}
			end := n.position + n.size(following(list, i))
			jump := end - count(n.farT) - count(n.farF)
			if !n.farT && n.t.position-jump > maxSkip {
				n.farT, changed = true, true
			}
			if !n.farF && n.f.position-jump > maxSkip {
				n.farF, changed = true, true
			}
		}
	}
}

func following(list []*node, i int) *node {
	if i+1 < len(list) {
		return list[i+1]
	}
	return nil
}

// emit writes the instructions of nodes that layout has placed.
func emit(list []*node, keep uint32) code {
	var out code
	for i, n := range list {
		switch n.kind {
		case nodeAccept:
			out = append(out, ins(opReturn, keep))
		case nodeReject:
			out = append(out, ins(opReturn, 0))
		case nodeDo:
			out = append(out, n.do...)
			if n.t != following(list, i) {
				out = append(out, ins(opJump|jumpAlways, uint32(n.t.position-len(out)-1)))
			}
		default:
			out = n.emitTest(out)
		}
	}
	return out
}

func (n *node) emitTest(out code) code {
	x, a := n.needed()
	out = append(out, x...)
	out = append(out, a...)
	end := len(out) + 1 // the instruction behind the jump
	jump := netbpf.RawInstruction{Op: opJump | n.jump, K: n.k}
	jump.Jt, jump.Jf = uint8(n.t.position-end), uint8(n.f.position-end)
	if n.farT {
		jump.Jt = 0
	}
	if n.farF {
		jump.Jf = uint8(count(n.farT))
	}
	out = append(out, jump)
	if n.farT {
		out = append(out, ins(opJump|jumpAlways, uint32(n.t.position-len(out)-1)))
	}
	if n.farF {
		out = append(out, ins(opJump|jumpAlways, uint32(n.f.position-len(out)-1)))
	}
	return out
}
