package network

// tunnel is a kind of wrapping that the package can read.
type tunnel uint8

const (
	tunnels tunnel = iota
)

// unknownKind tells what an unknown number is a number of.
type unknownKind uint8

const (
	linkKind unknownKind = iota
)

type unknownKey struct {
	kind   unknownKind
	number uint32
}

func (w *walk) unknown(kind unknownKind, number uint32) Verdict {
	w.d.unknown[unknownKey{kind, number}]++
	return Unknown
}
