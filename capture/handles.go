package capture

import (
	"io"
	"io/fs"
	"os"
	"slices"
	"sync"
)

// maxHandles is how many files of a merge are open at once. Others are closed
// between two reads and opened again where they were.
const maxHandles = 48

// handles keeps the number of open files small, however many are merged.
type handles struct {
	mu   sync.Mutex
	open []*handle // the longest unused first
}

// handle is a regular file that may be closed between two reads.
type handle struct {
	all    *handles
	path   string
	info   os.FileInfo
	file   *os.File // nil while it is closed
	pos    int64
	closed bool
}

// add takes a file that was just opened.
func (h *handles) add(path string, file *os.File, info os.FileInfo) *handle {
	h.mu.Lock()
	defer h.mu.Unlock()
	f := &handle{all: h, path: path, info: info}
	h.use(f, file)
	return f
}

// use notes that a file is open, and closes the one that was not used for longest
// when there are too many.
func (h *handles) use(f *handle, file *os.File) {
	f.file = file
	h.open = append(h.open, f)
	if len(h.open) > maxHandles {
		old := h.open[0]
		h.open = slices.Delete(h.open, 0, 1)
		_ = old.file.Close()
		old.file = nil
	}
}

// drop takes a file out of the list of open ones.
func (h *handles) drop(f *handle) {
	if i := slices.Index(h.open, f); i >= 0 {
		h.open = slices.Delete(h.open, i, i+1)
	}
}

// Read reads on where the last Read ended.
func (f *handle) Read(b []byte) (int, error) {
	h := f.all
	h.mu.Lock()
	defer h.mu.Unlock()
	if f.closed {
		return 0, fs.ErrClosed
	}
	if f.file == nil {
		if err := f.reopen(); err != nil {
			return 0, err
		}
	} else {
		h.drop(f)
		h.open = append(h.open, f)
	}
	n, err := f.file.Read(b)
	f.pos += int64(n)
	return n, err
}

func (f *handle) reopen() error {
	file, err := os.Open(f.path)
	if err != nil {
		return err
	}
	info, err := file.Stat()
	if err == nil && !os.SameFile(f.info, info) {
		err = &ChangedError{File: f.path}
	}
	if err == nil {
		_, err = file.Seek(f.pos, io.SeekStart)
	}
	if err != nil {
		_ = file.Close()
		return err
	}
	f.all.use(f, file)
	return nil
}

// Close closes the file for good.
func (f *handle) Close() error {
	f.all.mu.Lock()
	defer f.all.mu.Unlock()
	f.closed = true
	if f.file == nil {
		return nil
	}
	f.all.drop(f)
	err := f.file.Close()
	f.file = nil
	return err
}
