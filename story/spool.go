package story

import (
	"bufio"
	"cmp"
	"container/heap"
	"encoding/binary"
	"errors"
	"io"
	"os"
	"slices"
)

// ErrSpool tells that the finished things do not fit into the temporary file.
var ErrSpool = errors.New("what waits to be told does not fit into the temporary file")

// key is the place of a thing among those that are told: kind first.
type key [4]int64

func (k key) compare(o key) int { return slices.Compare(k[:], o[:]) }

// spool keeps finished things until all are there, and gives them in order: in
// memory while they are few, else in sorted runs in a temporary file that is
// unlinked where the system allows.
type spool struct {
	dir    string
	memory int
	limit  int64

	bytes []byte
	items []spooled
	file  *os.File
	size  int64
	runs  []run
}

type spooled struct {
	key        key
	begin, end int
}

type run struct{ from, to int64 }

// add keeps a thing.
func (s *spool) add(k key, b []byte) error {
	if len(s.bytes)+len(b)+48*len(s.items) > s.memory && len(s.items) > 0 {
		if err := s.spill(); err != nil {
			return err
		}
	}
	begin := len(s.bytes)
	s.bytes = append(s.bytes, b...)
	s.items = append(s.items, spooled{k, begin, len(s.bytes)})
	return nil
}

func (s *spool) sort() {
	slices.SortStableFunc(s.items, func(a, b spooled) int { return a.key.compare(b.key) })
}

// spill writes what is in memory as a run.
func (s *spool) spill() (err error) {
	s.sort()
	if s.file == nil {
		if s.file, err = os.CreateTemp(s.dir, "ctiscope-story-*"); err != nil {
			return err
		}
		// Where an open file cannot be unlinked, close does it.
		_ = os.Remove(s.file.Name())
	}
	from := s.size
	w := bufio.NewWriterSize(s.file, 1<<16)
	var head [6 * binary.MaxVarintLen64]byte
	for i := range s.items {
		it := &s.items[i]
		h := head[:0]
		for _, n := range it.key {
			h = binary.AppendVarint(h, n)
		}
		h = binary.AppendUvarint(h, uint64(it.end-it.begin))
		s.size += int64(len(h) + it.end - it.begin)
		// A bufio.Writer keeps its error for Flush.
		_, _ = w.Write(h)
		_, _ = w.Write(s.bytes[it.begin:it.end])
	}
	if s.size > s.limit {
		return ErrSpool
	}
	s.runs = append(s.runs, run{from, s.size})
	s.bytes, s.items = s.bytes[:0], s.items[:0]
	return w.Flush()
}

// each gives all things in order.
func (s *spool) each(f func(k key, b []byte) error) error {
	s.sort()
	merge := make(sources, 0, len(s.runs)+1)
	for i, r := range s.runs {
		src := &source{rank: i, r: bufio.NewReaderSize(io.NewSectionReader(s.file, r.from, r.to-r.from), 1<<14)}
		if err := merge.start(src); err != nil {
			return err
		}
	}
	if err := merge.start(&source{rank: len(s.runs), spool: s}); err != nil {
		return err
	}
	heap.Init(&merge)
	for len(merge) > 0 {
		src := merge[0]
		if err := f(src.key, src.bytes); err != nil {
			return err
		}
		switch err := src.next(); err {
		case nil:
			heap.Fix(&merge, 0)
		case io.EOF:
			heap.Pop(&merge)
		default:
			return err
		}
	}
	return nil
}

// close lets go of the file.
func (s *spool) close() {
	s.bytes, s.items = nil, nil
	if s.file != nil {
		_ = s.file.Close()
		_ = os.Remove(s.file.Name())
		s.file = nil
	}
}

// source gives the things of one run, or of the memory.
type source struct {
	rank  int // of equals the earlier run first
	key   key
	bytes []byte
	r     *bufio.Reader
	spool *spool // of the memory
	at    int
}

func (s *source) next() (err error) {
	if s.spool != nil {
		if s.at == len(s.spool.items) {
			return io.EOF
		}
		it := &s.spool.items[s.at]
		s.key, s.bytes = it.key, s.spool.bytes[it.begin:it.end]
		s.at++
		return nil
	}
	for i := range s.key {
		if s.key[i], err = binary.ReadVarint(s.r); err != nil {
			return err
		}
	}
	n, err := binary.ReadUvarint(s.r)
	if err != nil {
		return err
	}
	s.bytes = slices.Grow(s.bytes[:0], int(n))[:n]
	_, err = io.ReadFull(s.r, s.bytes)
	return err
}

// sources is a heap.
type sources []*source

func (m *sources) start(s *source) error {
	switch err := s.next(); err {
	case nil:
		*m = append(*m, s)
	case io.EOF:
	default:
		return err
	}
	return nil
}

func (m sources) Len() int { return len(m) }
func (m sources) Less(i, j int) bool {
	return cmp.Or(m[i].key.compare(m[j].key), cmp.Compare(m[i].rank, m[j].rank)) < 0
}
func (m sources) Swap(i, j int) { m[i], m[j] = m[j], m[i] }
func (m *sources) Push(x any)   { *m = append(*m, x.(*source)) }
func (m *sources) Pop() any {
	last := len(*m) - 1
	s := (*m)[last]
	*m = (*m)[:last]
	return s
}
