package record

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"
)

// stdout is the path that stands for standard output.
const stdout = "-"

// names opens the files of a series, none twice.
type names struct {
	options *Options
	number  int
	used    bool // the one file without rotation was begun
}

// permissions of new files: captures hold what people said and did.
const permissions = 0o600

// open creates the next file.
func (n *names) open(now time.Time) (output, error) {
	if n.options.Path == stdout {
		return pipe{os.Stdout, true}, nil
	}
	if !n.options.rotates() {
		return n.single()
	}
	const attempts = 10000
	for range attempts {
		n.number++
		file, err := os.OpenFile(n.numbered(now), os.O_WRONLY|os.O_CREATE|os.O_EXCL, permissions)
		if !errors.Is(err, fs.ErrExist) {
			return file, asError(err)
		}
	}
	return nil, &ExistsError{Path: n.numbered(now)}
}

// asError keeps a nil *PathError from becoming an error.
func asError(err error) error {
	if err == nil {
		return nil
	}
	return fmt.Errorf("record: %w", err)
}

// numbered is the name of the file that is begun at a time.
func (n *names) numbered(now time.Time) string {
	extension := filepath.Ext(n.options.Path)
	base := strings.TrimSuffix(n.options.Path, extension)
	return fmt.Sprintf("%s_%05d_%sZ%s", base, n.number, now.UTC().Format("20060102T150405"), extension)
}

// single opens the one file of a series that does not rotate. What is no
// regular file, as a named pipe, is written to as it is.
func (n *names) single() (output, error) {
	path := n.options.Path
	if info, err := os.Stat(path); err == nil && !info.Mode().IsRegular() && !info.IsDir() {
		file, err := os.OpenFile(path, os.O_WRONLY, 0)
		if err != nil {
			return nil, asError(err)
		}
		return pipe{file, false}, nil
	}
	flags := os.O_WRONLY | os.O_CREATE | os.O_EXCL
	switch {
	case n.used: // the first was given up after a failure
		path = n.next(path)
	case n.options.Overwrite:
		flags = os.O_WRONLY | os.O_CREATE | os.O_TRUNC
	}
	file, err := os.OpenFile(path, flags, permissions)
	if errors.Is(err, fs.ErrExist) {
		return nil, &ExistsError{Path: path}
	}
	if err != nil {
		return nil, asError(err)
	}
	n.used = true
	return file, nil
}

// next is a free name for the rest of a file that had to be given up.
func (n *names) next(path string) string {
	for {
		n.number++
		extension := filepath.Ext(path)
		name := fmt.Sprintf("%s_%05d%s", strings.TrimSuffix(path, extension), n.number+1, extension)
		if _, err := os.Lstat(name); errors.Is(err, fs.ErrNotExist) {
			return name
		}
	}
}

// remove deletes a file that could not even take its header.
func (n *names) remove(name string) error {
	if n.options.Path == stdout {
		return nil
	}
	n.used = n.used && name != n.options.Path
	return os.Remove(name)
}

// pipe is an output that cannot be cut back.
type pipe struct {
	*os.File
	keepOpen bool
}

// Close leaves standard output open.
func (p pipe) Close() error {
	if p.keepOpen {
		return nil
	}
	return p.File.Close()
}

var errPipe = errors.New("what was written to a pipe cannot be taken back")

// Truncate always fails.
func (pipe) Truncate(int64) error { return errPipe }

// Seek always fails.
func (pipe) Seek(int64, int) (int64, error) { return 0, errPipe }
