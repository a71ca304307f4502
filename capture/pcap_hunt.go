package capture

// How the reading of a pcap file goes on after damage. The format has no marks
// to find a record by, so a place counts as a record when the headers of
// chainLength records follow each other from there and all make sense.
const (
	chainLength = 3
	// maxStray is how many seconds a record may lie away from the one before
	// without being looked at twice.
	maxStray = 366 * 24 * 3600
	// maxStep is the same for the records of a chain.
	maxStep = 24 * 3600
)

// strays tells whether a time in seconds is far from that of the record before.
func (f *pcap) strays(sec int64) bool {
	return f.count > 0 && (sec-f.last > maxStray || f.last-sec > maxStray)
}

// another prepares for a further pcap file that was joined to this one, whose
// header stands where a record should. It returns how many bytes are needed for
// the header, 0 when they are there.
func (f *pcap) another(have int) int {
	f.begun = false
	if have < pcapHeader {
		return pcapHeader
	}
	return 0
}

// believable judges a record of size bytes whose header is odd but possible: an
// empty packet, a fraction of more than a second, a time far from the last. It
// is taken for damage when it is all zero or what follows makes no sense.
func (f *pcap) believable(b []byte, size int) bool {
	zero := true
	for _, c := range b[:recordHeader] {
		zero = zero && c == 0
	}
	if zero {
		return false
	}
	next := b[size:]
	return len(next) < recordHeader || f.sensible(next) || isPcap(next)
}

// sensible judges a record's header by itself, except for the time's seconds.
func (f *pcap) sensible(h []byte) bool {
	n, wire := f.u32(h[8:]), f.u32(h[12:])
	return int64(n) <= int64(f.limit) && n <= wire && wire > 0 && wire <= maxSnap && int64(f.u32(h[4:])) < most
}

// hunt looks in b[from:] for the next place at which records stand and returns
// where it is, or how far was searched and how many bytes must follow there.
func (f *pcap) hunt(b []byte, from int, eof bool) (used, need int, err error) {
	for i := from; i < len(b); i++ {
		if f.offset+int64(i)-f.hunting > maxHunt {
			return i, 0, f.lost()
		}
		need, ok := f.chain(b[i:], eof)
		if need > 0 {
			return i, need, nil
		}
		if ok {
			f.found(f.offset + int64(i))
			return i, 0, nil
		}
	}
	if eof {
		return len(b), 0, f.lost()
	}
	return len(b), recordHeader, nil
}

// chain tells whether chainLength records stand at the beginning of b, or how
// many bytes it needs to tell. The last may be cut short, and at the end of the
// file fewer are enough if they end with it.
func (f *pcap) chain(b []byte, eof bool) (need int, ok bool) {
	at, last := 0, f.last
	for k := range chainLength {
		switch {
		case len(b)-at >= recordHeader:
		case eof:
			return 0, len(b) == at && k > 0
		default:
			return at + f.header, false
		}
		if !f.sensible(b[at:]) {
			return 0, false
		}
		sec := int64(f.u32(b[at:]))
		if k == 0 && (sec == 0 || f.strays(sec)) || k > 0 && max(sec-last, last-sec) > maxStep {
			return 0, false
		}
		last = sec
		at += f.header + int(f.u32(b[at+8:]))
	}
	return 0, true
}
