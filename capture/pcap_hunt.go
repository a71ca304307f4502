package capture

// How the reading of a pcap file goes on after damage. The format has no marks
// to find a record by, so a place counts as a record when the headers of
// chainLength records follow each other from there and all make sense.
const (
	chainLength = 3
	// maxStray is how many seconds a found record may lie away from the first
	// of the file.
	maxStray = 366 * 24 * 3600
)

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
// empty packet, or a fraction of more than a second. It is taken for damage
// when it is all zero or what follows makes no sense either.
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

// sensible judges a record's header by itself.
func (f *pcap) sensible(h []byte) bool {
	if n, wire := f.u32(h[8:]), f.u32(h[12:]); int64(n) > int64(f.limit) || n > wire || wire == 0 || wire > maxSnap {
		return false
	}
	sec, frac := int64(f.u32(h)), int64(f.u32(h[4:]))
	if frac >= f.second {
		return false
	}
	if f.count == 0 {
		return sec > 0
	}
	return sec-f.first < maxStray && f.first-sec < maxStray
}

// hunt looks in b[from:] for the next place at which records stand and returns
// where it is, or how far was searched and how many bytes must follow there.
func (f *pcap) hunt(b []byte, from int, eof bool) (used, need int, err error) {
	for i := from; i < len(b); i++ {
		if f.offset+int64(i)-f.hunting > maxHunt {
			return i, 0, f.lost()
		}
		need, ok := f.chain(b[i:])
		if need > 0 {
			if !eof {
				return i, need, nil
			}
			continue
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
// many bytes it needs to tell. The last may be cut short.
func (f *pcap) chain(b []byte) (need int, ok bool) {
	at := 0
	for range chainLength {
		if len(b)-at < recordHeader {
			return at + f.header, false
		}
		if !f.sensible(b[at:]) {
			return 0, false
		}
		at += f.header + int(f.u32(b[at+8:]))
	}
	return 0, true
}
