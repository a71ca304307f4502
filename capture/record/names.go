package record

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"syscall"
	"time"
)

// stdout is the path that stands for standard output.
const stdout = "-"

// names opens the files of a series, none twice.
type names struct {
	options *Options
	number  int
	used    bool   // the one file without rotation was begun
	made    string // the last file that was created, and did not exist before
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
		file, err := n.create(n.withNumber(now))
		if !errors.Is(err, fs.ErrExist) {
			return file, asError(err)
		}
	}
	return nil, &ExistsError{Path: n.withNumber(now)}
}

// create makes a file that does not exist.
func (n *names) create(name string) (*os.File, error) {
	file, err := os.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, permissions)
	if err == nil {
		n.made = name
	}
	return file, err
}

// asError keeps a nil *PathError from becoming an error.
func asError(err error) error {
	if err == nil {
		return nil
	}
	return fmt.Errorf("record: %w", err)
}

// withNumber is the name of the file that is begun at a time.
func (n *names) withNumber(now time.Time) string {
	extension := filepath.Ext(n.options.Path)
	base := strings.TrimSuffix(n.options.Path, extension)
	return fmt.Sprintf("%s_%05d_%sZ%s", base, n.number, now.UTC().Format("20060102T150405"), extension)
}

// single opens the one file of a series that does not rotate. What is no
// regular file, as a named pipe, is written to as it is.
func (n *names) single() (output, error) {
	path := n.options.Path
	if info, err := os.Stat(path); err == nil && !info.Mode().IsRegular() && !info.IsDir() {
		// Without a reader the opening of a named pipe would wait for one.
		file, err := os.OpenFile(path, os.O_WRONLY|syscall.O_NONBLOCK, 0)
		if errors.Is(err, noReader) {
			return nil, &ReaderError{Path: path}
		}
		if err != nil {
			return nil, asError(err)
		}
		return pipe{file, false}, nil
	}
	if n.used { // the first was given up after a failure
		path = n.next(path)
	}
	file, err := n.create(path)
	if errors.Is(err, fs.ErrExist) && n.options.Overwrite && !n.used {
		file, err = os.OpenFile(path, os.O_WRONLY|os.O_TRUNC, permissions)
	}
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

// remove deletes a file that could not even take its header, if it was made here:
// devices, pipes, links and files that were there before stay.
func (n *names) remove(name string) error {
	if name != n.made {
		return nil
	}
	n.used = n.used && name != n.options.Path
	return os.Remove(name)
}

// ReaderError tells that a named pipe has no reader.
type ReaderError struct{ Path string }

func (e *ReaderError) Error() string { return e.Path + " is a named pipe that nobody reads" }

// Hint tells what to do.
func (e *ReaderError) Hint() string { return "start its reader first" }

// wrote tells whether a file is one that this program wrote: a pcapng file that
// names it.
func (n *names) wrote(name string) bool {
	f, err := os.Open(name)
	if err != nil {
		return false
	}
	defer f.Close()
	head := make([]byte, 512)
	k, _ := io.ReadFull(f, head)
	program, _, _ := strings.Cut(n.options.Application, " ")
	return program != "" && k > 28 && string(head[:4]) == "\n\r\r\n" && bytes.Contains(head[:k], []byte(program))
}

// earlier returns the complete files of this pattern that earlier runs left, the
// oldest first.
func (n *names) earlier() []string {
	extension := filepath.Ext(n.options.Path)
	base := strings.TrimSuffix(n.options.Path, extension)
	form := regexp.MustCompile(`^_\d{5,}_(\d{8}T\d{6})Z$`)
	list, _ := os.ReadDir(filepath.Dir(n.options.Path))
	type found struct{ name, time string }
	var files []found
	for _, e := range list {
		name := filepath.Join(filepath.Dir(n.options.Path), e.Name())
		rest, ok := strings.CutPrefix(name, filepath.Clean(base))
		if !ok || !e.Type().IsRegular() || filepath.Ext(rest) != extension {
			continue
		}
		if m := form.FindStringSubmatch(strings.TrimSuffix(rest, extension)); m != nil && n.wrote(name) {
			files = append(files, found{name, m[1] + rest})
		}
	}
	slices.SortFunc(files, func(a, b found) int { return strings.Compare(a.time, b.time) })
	names := make([]string, len(files))
	for i := range files {
		names[i] = files[i].name
	}
	return names
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
