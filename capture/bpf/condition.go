package bpf

// cond is a condition on a packet: a test, or a combination of others. A nil
// *cond is never used.
type cond struct {
	kind    condKind
	load    value  // of a test: what is compared
	jump    uint16 // of a test: the operator, perhaps with operandX
	k       uint32
	do      code // of condDo
	a, b, c *cond
}

type condKind uint8

const (
	condFalse condKind = iota
	condTrue
	condTest
	condAnd
	condOr
	condNot
	condIf // if a then b else c
	condDo // run do, then b
)

var (
	always = &cond{kind: condTrue}
	never  = &cond{kind: condFalse}
)

func compare(v value, jump uint16, k uint32) *cond {
	return &cond{kind: condTest, load: v, jump: jump, k: k}
}

func equal(v value, k uint32) *cond { return compare(v, jumpEqual, k) }

func not(a *cond) *cond { return &cond{kind: condNot, a: a} }

func choose(a, b, c *cond) *cond { return &cond{kind: condIf, a: a, b: b, c: c} }

// after runs straight code before b is looked at. Tests in b may read the
// scratch memory that the code wrote; a place is written once on any path.
func after(do code, b *cond) *cond { return &cond{kind: condDo, do: do, b: b} }

// and holds if all of list hold; they are looked at in order.
func and(list ...*cond) *cond { return join(condAnd, condTrue, list) }

// or holds if any of list holds; they are looked at in order.
func or(list ...*cond) *cond { return join(condOr, condFalse, list) }

// join combines list; neutral is the kind that adds nothing to it.
func join(kind, neutral condKind, list []*cond) *cond {
	var sum *cond
	for _, c := range list {
		switch {
		case c.kind == neutral:
		case sum == nil:
			sum = c
		default:
			sum = &cond{kind: kind, a: sum, b: c}
		}
	}
	if sum == nil {
		return &cond{kind: neutral}
	}
	return sum
}

// anyOf holds if v is one of the numbers.
func anyOf(v value, numbers ...uint32) *cond {
	list := make([]*cond, len(numbers))
	for i, n := range numbers {
		list[i] = equal(v, n)
	}
	return or(list...)
}
