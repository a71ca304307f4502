package decode

// effort bounds what a stream spends on searching, by the bytes that it was
// given, so that no bytes cost more than a fixed multiple of plain ones. What
// damaged traffic needs is far below; where it is used up, by bytes made or
// bound to look like headers everywhere, the search rests until more bytes have
// come, and some messages between them may stay unfound.
type effort struct {
	left int // units: a byte judged, or looked through eight at a time
	rest int // no search before so many bytes are kept; 0 when not resting
}

const (
	// effortPerByte is earned by each byte pushed.
	effortPerByte = 48
	// maxEffort is the most that is saved up: enough for the first searches
	// through a full buffer.
	maxEffort = 1 << 20
	// stepEffort is what a look at a header costs.
	stepEffort = 16
)

// earn is called for bytes pushed.
func (e *effort) earn(n int) { e.left = min(e.left+min(n, maxSearch)*effortPerByte, maxEffort) }

// spend is called for work done; it tells whether there is some left.
func (e *effort) spend(n int) bool {
	e.left -= n
	return e.left > 0
}

// resting tells whether the search waits for more than the bytes kept, so that
// each is looked through a few times only.
func (e *effort) resting(kept int) bool {
	if e.left > 0 {
		e.rest = 0
		return false
	}
	if kept < e.rest {
		return true
	}
	e.rest = kept + kept/4 + 1
	return false
}
