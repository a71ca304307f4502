package output

import "encoding/binary"

// tableFact is what a row of the table is made of. It passes from the workers to the
// TableWriter as flat bytes; a fact that was read borrows from them.
type tableFact struct {
	time    int64
	session int64 // 0 for none
	// request is the number of a request in its session, and of those that answer it.
	request int64
	// event is a hash of what an event tells, monitor what differs between those
	// who are told.
	event   uint64
	monitor uint32
	// wait is how long the request waited for this answer; noWait for none.
	wait   int64
	invoke uint32

	kind    rowKind
	meaning meaning
	digits  uint8

	sides      bool // client and server are known as such
	moves      bool // the message goes from one side to the other
	fromClient bool
	invoked    bool // invoke holds an InvokeID
	refused    bool // it answers that the request failed

	client, server string // the two ends; A and B unless sides
	label          string // the client's own name
	refusedName    string // of the request that failed
	name           []byte
	words          []byte
	marks          []byte
}

// rowKind is what a record is to the rows around it.
type rowKind uint8

const (
	plainRow rowKind = iota
	requestRow
	answerRow
	eventOfServerRow
	eventRow // about the capture
)

// noWait is the wait of what answers nothing.
const noWait = -1 << 63

// The bits of a fact's flags.
const (
	sidesBit = 1 << iota
	movesBit
	fromClientBit
	invokedBit
	refusedBit
)

func (f *tableFact) flags() (flags byte) {
	for i, set := range [...]bool{f.sides, f.moves, f.fromClient, f.invoked, f.refused} {
		if set {
			flags |= 1 << i
		}
	}
	return flags
}

// append appends the fact.
func (f *tableFact) append(dst []byte) []byte {
	dst = append(dst, byte(f.kind), byte(f.meaning), f.digits, f.flags())
	dst = binary.LittleEndian.AppendUint64(dst, uint64(f.time))
	dst = binary.LittleEndian.AppendUint64(dst, uint64(f.session))
	dst = binary.LittleEndian.AppendUint64(dst, uint64(f.request))
	dst = binary.LittleEndian.AppendUint64(dst, f.event)
	dst = binary.LittleEndian.AppendUint64(dst, uint64(f.wait))
	dst = binary.LittleEndian.AppendUint32(dst, f.monitor)
	dst = binary.LittleEndian.AppendUint32(dst, f.invoke)
	for _, s := range [...]string{f.client, f.server, f.label, f.refusedName} {
		dst = append(binary.AppendUvarint(dst, uint64(len(s))), s...)
	}
	for _, b := range [...][]byte{f.name, f.words, f.marks} {
		dst = append(binary.AppendUvarint(dst, uint64(len(b))), b...)
	}
	return dst
}

// tableRow is a fact as it was read; its bytes are borrowed.
type tableRow struct {
	tableFact
	client, server, label, refusedName []byte
}

// read takes a fact apart.
func (f *tableRow) read(b []byte) {
	flags := b[3]
	f.kind, f.meaning, f.digits = rowKind(b[0]), meaning(b[1]), b[2]
	f.sides, f.moves, f.fromClient = flags&sidesBit != 0, flags&movesBit != 0, flags&fromClientBit != 0
	f.invoked, f.refused = flags&invokedBit != 0, flags&refusedBit != 0
	f.time = int64(binary.LittleEndian.Uint64(b[4:]))
	f.session = int64(binary.LittleEndian.Uint64(b[12:]))
	f.request = int64(binary.LittleEndian.Uint64(b[20:]))
	f.event = binary.LittleEndian.Uint64(b[28:])
	f.wait = int64(binary.LittleEndian.Uint64(b[36:]))
	f.monitor = binary.LittleEndian.Uint32(b[44:])
	f.invoke = binary.LittleEndian.Uint32(b[48:])
	b = b[52:]
	for _, to := range [...]*[]byte{&f.client, &f.server, &f.label, &f.refusedName, &f.name, &f.words, &f.marks} {
		n, size := binary.Uvarint(b)
		*to, b = b[size:size+int(n)], b[size+int(n):]
	}
}
