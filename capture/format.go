package capture

import "fmt"

// format takes packets out of the bytes of a file. The bytes come in runs;
// what parse leaves over stands at the beginning of the next run.
type format interface {
	// parse appends the packets that lie whole in b to blk, at most
	// maxPackets, and returns how many bytes it is done with. need is how many
	// bytes must follow those for parse to get any further; 0 means that the
	// Block is full. eof tells that nothing comes after b. An error is final.
	parse(b []byte, eof bool, blk *Block) (used, need int, err error)
}

const (
	// maxPackets is how many packets a Block holds at most.
	maxPackets = 8192
	// maxRecord is the longest packet that tcpdump and Wireshark write; a
	// longer one is taken for damage unless the file's own snap length allows
	// it.
	maxRecord = 256 << 10
	// maxSnap is the longest snap length that is believed.
	maxSnap = 16 << 20
	// maxHunt is how many bytes are searched for the next packet after damage.
	maxHunt = 16 << 20
)

// recordLimit is the longest packet expected in a file of this snap length.
func recordLimit(snap uint32) int {
	if snap > maxRecord && snap <= maxSnap {
		return int(snap)
	}
	return maxRecord
}

// linkType cuts a file's link type down to the number: the upper bits tell the
// length of the frame check sequence. 12 and 14 are how BSD systems write raw
// IP.
func linkType(n uint32) LinkType {
	switch l := LinkType(n); l {
	case 12, 14:
		return LinkRaw
	default:
		return l
	}
}

// journal is what a format tells about the file besides packets.
type journal struct {
	file string
	// offset is where the bytes that parse was given begin in the file.
	offset int64
	// order is the file's place among those of the run, from 0.
	order int32
	// notes tells that what is no packet is handed on, too.
	notes bool
	// count is the number of packets so far.
	count int64
	// hunting is the offset at which damage was found, -1 when there is none.
	hunting int64
	what    string

	*account
}

func newJournal(file string, a *account) *journal {
	return &journal{file: file, hunting: -1, account: a}
}

// damage begins the search for the next whole packet after offset at.
func (j *journal) damage(at int64, what string, args ...any) {
	j.hunting = at
	j.what = fmt.Sprintf(what, args...)
}

// lost is the error of a search that found nothing.
func (j *journal) lost() error {
	return &DamageError{File: j.file, Packet: j.count, Offset: j.hunting, What: j.what}
}

// found ends a search at offset at.
func (j *journal) found(at int64) {
	j.warnings.add("%s is damaged after packet %d, at offset %d: %s; %s skipped",
		j.file, j.count, j.hunting, j.what, byteCount(at-j.hunting))
	j.hunting = -1
}
