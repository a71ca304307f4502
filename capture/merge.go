package capture

import (
	"cmp"
	"container/heap"
	"errors"
	"io"
	"io/fs"
	"os"
	"sync"
)

// peekSize is how many bytes are read for a file's first packet, to know when
// its turn comes.
const peekSize = 8 << 10

// merged reads several captures in the order of their packets' times: at every
// step the file whose next packet is the earliest gives that packet, the one
// named first when there are several.
//
// A file is open only from its first packet to its last, so that thousands of
// files that follow each other take no more memory than one.
type merged struct {
	account
	files  handles
	turns  turns // the files that have packets left
	count  int64
	errs   []error // of files that ended early
	free   chan *mixture
	mu     sync.Mutex // guards open and closed
	open   map[*stream]bool
	closed bool
}

// turn is the place of a file in the order of the next packets.
type turn struct {
	file  opener
	order int
	time  int64 // of the next packet
	s     *stream
	blk   *Block // nil when the file is not open yet or the Block is used up
	next  int    // in blk.Packets
	note  int    // in blk.Notes
	// lent tells that the mixture being made holds a reference to blk.
	lent bool
}

// mixture is a Block whose packets lie in the buffers of others.
type mixture struct {
	Block
	parts []*Block
}

// opener opens one of the captures that are merged.
type opener interface {
	// again tells that it can be opened more than once.
	again() bool
	// stream opens it; buffer is as in openStream.
	stream(h *handles, buffer int, a *account) (*stream, error)
}

// named is a capture that is opened by its name, the order-th of a run.
type named struct {
	path  string
	order int
	opts  Options
}

func (n named) again() bool {
	info, err := os.Stat(n.path)
	return err == nil && n.path != "-" && info.Mode().IsRegular()
}

func (n named) stream(h *handles, buffer int, a *account) (*stream, error) {
	n.opts.handles = h
	return openStream(n.path, n.order, n.opts, buffer, a)
}

func openMerged(list []opener) (*merged, error) {
	m := &merged{open: map[*stream]bool{}, free: make(chan *mixture, maxFree)}
	var total int64
	sized, bad, fatal := true, 0, false
	for i, file := range list {
		size, err := m.peek(file, i)
		if err != nil {
			m.errs = append(m.errs, err)
			bad++
			var format *FormatError
			fatal = fatal || !errors.As(err, &format)
		}
		total += size
		sized = sized && size > 0
	}
	if bad == len(list) || fatal {
		m.Close()
		return nil, errors.Join(m.errs...)
	}
	if sized {
		m.total.Store(total)
	}
	heap.Init(&m.turns)
	return m, nil
}

// peek finds the time of a file's first packet. A file that can be read again
// is closed until its turn comes.
func (m *merged) peek(file opener, order int) (size int64, err error) {
	a, buffer := &m.account, 0
	again := file.again()
	if again {
		a, buffer = &account{}, peekSize
	}
	s, err := file.stream(&m.files, buffer, a)
	if err != nil {
		return 0, err
	}
	t := &turn{file: file, order: order, s: s}
	m.admit(s)
	if !m.refill(t) {
		return s.size, nil
	}
	if again {
		t.seek()
		m.shut(t)
	}
	m.turns = append(m.turns, t)
	return s.size, nil
}

// seek reads up to a file's first packet to know when the file's turn comes. One
// that has none comes first of all: it need not stay open. What ends it is told
// in its turn.
func (t *turn) seek() {
	blk := t.blk
	t.blk = nil
	for len(blk.Packets) == 0 {
		blk.Release()
		var err error
		if blk, err = t.s.Next(); err != nil {
			return
		}
	}
	t.time = blk.Packets[0].Time
	blk.Release()
}

// refill gets a file's next Block. false means that there is none.
func (m *merged) refill(t *turn) bool {
	blk, err := t.s.Next()
	if err != nil {
		if err != io.EOF {
			m.errs = append(m.errs, err)
		}
		m.shut(t)
		return false
	}
	t.blk, t.next, t.note, t.lent = blk, 0, 0, false
	if len(blk.Packets) > 0 { // else it has notes, and comes when the one before it came
		t.time = blk.Packets[0].Time
	}
	return true
}

// renew gives the first file in turn a new Block, or takes it out.
func (m *merged) renew() {
	t := m.turns[0]
	if t.s == nil {
		s, err := t.file.stream(&m.files, 0, &m.account)
		if err != nil {
			m.errs = append(m.errs, err)
			heap.Pop(&m.turns)
			return
		}
		t.s = s
		m.admit(s)
	}
	if m.refill(t) {
		heap.Fix(&m.turns, 0)
		return
	}
	heap.Pop(&m.turns)
}

// Next returns the next packets in order.
func (m *merged) Next() (*Block, error) {
	// The file in turn is either not open yet or its last Block was used up;
	// either way the order of the others stays as it is.
	for len(m.turns) > 0 && m.turns[0].blk == nil {
		m.renew()
	}
	if len(m.turns) == 0 {
		return nil, m.end()
	}
	if t := m.turns[0]; t.next == 0 && m.run(t, maxPackets) == len(t.blk.Packets) {
		return m.whole(t), nil
	}
	return m.mix(), nil
}

// end is the error after the last packet.
func (m *merged) end() error {
	m.mu.Lock()
	defer m.mu.Unlock()
	switch {
	case m.closed:
		return fs.ErrClosed
	case len(m.errs) == 0:
		return io.EOF
	case len(m.errs) == 1:
		return m.errs[0]
	}
	return errors.Join(m.errs...)
}

// run returns how many packets, at most limit, the file in turn gives before
// another's turn comes.
func (m *merged) run(t *turn, limit int) int {
	second := m.turns.second()
	if second == nil {
		return min(limit, len(t.blk.Packets)-t.next)
	}
	rest := t.blk.Packets[t.next:]
	rest = rest[:min(limit, len(rest))]
	for i := range rest {
		if rest[i].Time > second.time || rest[i].Time == second.time && second.order < t.order {
			return i
		}
	}
	return len(rest)
}

// whole hands out a file's Block as it is.
func (m *merged) whole(t *turn) *Block {
	blk := t.blk
	t.blk = nil
	for i := range blk.Packets {
		m.count++
		blk.Packets[i].Number = m.count
	}
	return blk
}

// mix makes a Block of the next packets until it is full or the packets of one
// file's Block are used up.
func (m *merged) mix() *Block {
	out := m.mixture()
	for len(out.Packets) < maxPackets {
		t := m.turns[0]
		if t.blk == nil || len(t.blk.Packets) == 0 {
			break // not open yet, or notes alone
		}
		n := m.run(t, maxPackets-len(out.Packets))
		out.take(t, n)
		for _, p := range t.blk.Packets[t.next : t.next+n] {
			m.count++
			p.Number = m.count
			out.Packets = append(out.Packets, p)
		}
		if !t.lent {
			t.blk.Retain()
			out.parts = append(out.parts, t.blk)
			t.lent = true
		}
		t.next += n
		if t.next == len(t.blk.Packets) {
			t.blk.Release()
			t.blk = nil
			break
		}
		t.time = t.blk.Packets[t.next].Time
		heap.Fix(&m.turns, 0)
	}
	for _, t := range m.turns {
		t.lent = false
	}
	return &out.Block
}

// take takes the notes along that stand in front of the next n packets of a file,
// and with the last packet those behind it. Notes are in order, so it goes on
// where it was.
func (x *mixture) take(t *turn, n int) {
	to := t.next + n
	for ; t.note < len(t.blk.Notes); t.note++ {
		note := t.blk.Notes[t.note]
		if note.Before >= to && to < len(t.blk.Packets) {
			return
		}
		note.Before += len(x.Packets) - t.next
		x.Notes = append(x.Notes, note)
	}
}

// mixture returns an empty mixture with one reference.
func (m *merged) mixture() *mixture {
	select {
	case x := <-m.free:
		x.Reset()
		return x
	default:
	}
	x := &mixture{}
	x.refs.Store(1)
	x.Block.free = func(*Block) {
		for _, part := range x.parts {
			part.Release()
		}
		x.parts = x.parts[:0]
		select {
		case m.free <- x:
		default:
		}
	}
	return x
}

func (m *merged) admit(s *stream) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.open[s] = true
	if m.closed {
		s.Close()
	}
}

func (m *merged) shut(t *turn) {
	t.s.Close()
	m.mu.Lock()
	defer m.mu.Unlock()
	delete(m.open, t.s)
	t.s = nil
}

// Interfaces returns the interfaces of the files opened so far.
func (m *merged) Interfaces() []Interface { return m.interfaces.all() }

// Warnings returns what was read in spite of damage.
func (m *merged) Warnings() []string { return m.warnings.all() }

// Progress returns how many bytes of the files were read and how many they
// have, 0 when that is not known.
func (m *merged) Progress() (read, total int64) { return m.read.Load(), m.total.Load() }

// Close closes the files that are open.
func (m *merged) Close() error {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.closed = true
	var err error
	for s := range m.open {
		err = errors.Join(err, s.Close())
	}
	clear(m.open)
	return err
}

// turns is a heap of files by the time of the next packet.
type turns []*turn

func (t turns) Len() int      { return len(t) }
func (t turns) Swap(i, j int) { t[i], t[j] = t[j], t[i] }
func (t turns) Less(i, j int) bool {
	return cmp.Or(cmp.Compare(t[i].time, t[j].time), cmp.Compare(t[i].order, t[j].order)) < 0
}

// Push and Pop are for package heap.
func (t *turns) Push(x any) { *t = append(*t, x.(*turn)) }

func (t *turns) Pop() any {
	old := *t
	last := old[len(old)-1]
	old[len(old)-1] = nil
	*t = old[:len(old)-1]
	return last
}

// second returns the file whose turn comes after the first, nil if there is
// none.
func (t turns) second() *turn {
	switch {
	case len(t) < 2:
		return nil
	case len(t) == 2 || t.Less(1, 2):
		return t[1]
	}
	return t[2]
}
