package capture

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// Options are the choices of Open. The zero value is fit for use.
type Options struct {
	// Stdin is read for the path "-"; nil means os.Stdin.
	Stdin io.Reader
	// Notes hands on what stands between packets in pcapng files: Block.Notes. A
	// Block may then have notes and no packets.
	Notes bool
	// SpoolDir and SpoolBytes say where and how much Inputs keep of what cannot
	// be opened again; the defaults are the system's folder for temporary files
	// and DefaultSpool.
	SpoolDir   string
	SpoolBytes int64

	handles *handles                // of the files of a merge
	check   func(os.FileInfo) error // judges a file that was opened
}

var errNone = errors.New("no capture file named")

// standardInput is how messages name the path "-".
const standardInput = "standard input"

// Open opens captures: files, patterns as the shell has them ("*.pcap"), and
// "-" for standard input. gzip and zstd are unpacked on the way. The packets of
// several files come merged by time.
//
// What is not there or is no capture is told at once: the error holds a
// *FormatError, or an error of package fs, for every such file. Where some of
// several files are no captures, the others are read, and the error of the last
// Next holds these errors.
func Open(paths []string, opts Options) (Source, error) {
	names, err := expand(paths)
	if err != nil {
		return nil, err
	}
	if len(names) == 1 {
		a := &account{}
		s, err := openStream(names[0], 0, opts, 0, a)
		if err != nil {
			return nil, err
		}
		a.total.Store(s.size)
		return s, nil
	}
	list := make([]opener, len(names))
	for i, name := range names {
		list[i] = named{name, i, opts}
	}
	return openMerged(list)
}

// expand replaces patterns by the files that match them and leaves out what is
// named twice.
func expand(paths []string) ([]string, error) {
	var names []string
	var errs []error
	seen := map[string]bool{}
	for _, p := range paths {
		if p == "-" || !strings.ContainsAny(p, "*?[") {
			names = append(names, p)
			continue
		}
		if _, err := os.Lstat(p); err == nil { // a file whose name has such a character
			names = append(names, p)
			continue
		}
		found, err := filepath.Glob(p)
		switch {
		case err != nil:
			errs = append(errs, fmt.Errorf("pattern %s: %w", p, err))
		case len(found) == 0:
			errs = append(errs, fmt.Errorf("no file matches %s: %w", p, os.ErrNotExist))
		}
		names = append(names, found...)
	}
	names = slices.DeleteFunc(names, func(name string) bool {
		known := seen[filepath.Clean(name)]
		seen[filepath.Clean(name)] = true
		return known
	})
	if len(names) == 0 && len(errs) == 0 {
		errs = append(errs, errNone)
	}
	return names, errors.Join(errs...)
}

// openStream opens one file, the order-th of a run. buffer is how many bytes a
// Block holds, 0 for what suits the file.
func openStream(path string, order int, opts Options, buffer int, a *account) (*stream, error) {
	in, size, err := openInput(path, opts, a)
	if err != nil {
		return nil, err
	}
	switch {
	case buffer > 0:
	case size > 0:
		buffer = bufferSize
	default:
		buffer = pipeSize
	}
	s, err := newStream(in, size, buffer, a)
	if err == nil {
		s.log.order, s.log.notes = int32(order), opts.Notes
	}
	return s, err
}

// openInput opens a file or standard input. size is 0 for what cannot be read
// twice.
func openInput(path string, opts Options, a *account) (in *input, size int64, err error) {
	if path == "-" {
		r := opts.Stdin
		if r == nil {
			r = os.Stdin
		}
		return newInput(standardInput, r, a), 0, nil
	}
	file, err := os.Open(path)
	if err != nil {
		return nil, 0, err
	}
	info, err := file.Stat()
	if err == nil && info.IsDir() {
		err = &FormatError{File: path, Found: "a directory"}
	}
	if err == nil && opts.check != nil {
		err = opts.check(info)
	}
	if err != nil {
		file.Close()
		return nil, 0, err
	}
	if info.Mode().IsRegular() {
		size = info.Size()
	}
	var r io.ReadCloser = file
	if opts.handles != nil && size > 0 {
		r = opts.handles.add(path, file, info)
	}
	in = newInput(path, r, a)
	in.file, in.closer = file, append(in.closer, r)
	return in, size, nil
}

// newStream looks at the beginning of an input and finds its format. It closes
// the input when it returns an error. buffer is how many bytes a Block holds.
func newStream(in *input, size int64, buffer int, a *account) (*stream, error) {
	s := &stream{in: in, size: size, log: newJournal(in.name, a), pool: newPool(buffer)}
	s.blk = s.pool.get(0)
	if err := s.identify(); err != nil {
		in.Close()
		return nil, err
	}
	return s, nil
}

// identify reads the first bytes and sets the format, or returns what else the
// file is. A file that is cut or damaged before that gives its error by Next.
func (s *stream) identify() error {
	s.fill(headerSize)
	head := s.blk.Buf[:s.n]
	if packed := compression(head); packed != "" {
		s.in.unpack(packed, head)
		s.n, s.eof = 0, false
		s.fill(headerSize)
		head = s.blk.Buf[:s.n]
	}
	switch {
	case isPcap(head):
		s.src = &pcap{journal: s.log}
	case isPcapng(head):
		s.src = &pcapng{journal: s.log}
	case s.in.fault != nil:
		s.err = s.end()
	default:
		found, advice := sniff(s.in.name, head)
		if packed := compression(head); packed != "" {
			found, advice = fmt.Sprintf("another %s file", packed), "unpack it once more"
		}
		if s.in.packed != "" {
			found = fmt.Sprintf("a %s file that holds something else: %s", s.in.packed, found)
		}
		return &FormatError{File: s.in.name, Found: found, Advice: advice}
	}
	return nil
}

// headerSize is how many bytes are read to tell what a file is: enough for the
// file headers and for the names in sniff.
const headerSize = 28
