package record

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"time"

	"ctiscope/capture"
)

// files is the series of files. It belongs to the writing goroutine.
type files struct {
	options *Options
	open    func(time.Time) (output, error)
	remove  func(name string) error
	out     output // nil between files
	writer  *capture.Writer
	written int64 // packets in this file
	born    time.Time
	known   int  // interfaces in this file
	adding  bool // blocks of further interfaces are being written

	closed   []string // complete files, the oldest first; with Keep those of earlier runs, too
	received []int64  // packets seen, by interface
	stats    Stats
	finished int64 // bytes of complete files

	failure error // the last, until writing has gone well for a while
	blocked bool  // the last attempt failed
	retryAt time.Time
	goodAt  time.Time // of the first success after a failure
	lost    int64     // packets since the failure was told
	gap     int64     // packets before the next that is written
	broken  bool      // the output is a pipe that failed: there is no other
}

// output is a file, or standard output.
type output interface {
	Name() string
	Write([]byte) (int, error)
	Truncate(size int64) error
	Seek(offset int64, whence int) (int64, error)
	Close() error
}

func newFiles(o *Options) *files {
	n := &names{options: o}
	f := &files{options: o, open: n.open, remove: n.remove}
	if o.rotates() && o.Keep > 0 {
		f.closed = n.earlier()
	}
	return f
}

// begin opens the next file and writes its header.
func (f *files) begin() error {
	f.prune(1)
	out, err := f.open(time.Now())
	if err != nil {
		return err
	}
	list := f.options.Interfaces()
	w, err := capture.NewWriter(out, capture.WriterOptions{
		Application: f.options.Application, Comment: f.options.Comment, Interfaces: list})
	if err == nil {
		err = w.Flush()
	}
	if err != nil {
		// A file without a header helps nobody.
		_ = out.Close()
		_ = f.remove(out.Name())
		return fmt.Errorf("write %s: %w", out.Name(), err)
	}
	f.out, f.writer, f.written, f.born, f.known, f.adding = out, w, 0, time.Now(), len(list), false
	f.stats.Files++
	f.options.Notice(Notice{Kind: Opened, File: out.Name()})
	return nil
}

// prune removes the oldest files so that room more can be begun.
func (f *files) prune(room int) {
	if f.options.Keep <= 0 {
		return
	}
	for len(f.closed)+room > f.options.Keep && len(f.closed) > 0 {
		name := f.closed[0]
		f.closed = f.closed[1:]
		err := os.Remove(name)
		switch {
		case err == nil:
			f.stats.Removed++
			f.options.Notice(Notice{Kind: Removed, File: name})
		case errors.Is(err, fs.ErrNotExist):
			f.options.Notice(Notice{Kind: Vanished, File: name})
		}
	}
}

// write writes the packets of a Block, and all of them before it returns.
func (f *files) write(b *capture.Block) {
	for i := range b.Packets {
		f.packet(&b.Packets[i])
	}
	if f.out != nil && f.writer.Pending() > 0 {
		f.flush()
	}
}

// packet writes a packet, into the next file if this one is full.
func (f *files) packet(p *capture.Packet) {
	for int(p.Interface) >= len(f.received) {
		f.received = append(f.received, 0)
	}
	f.received[p.Interface]++
	if f.broken || f.blocked && time.Now().Before(f.retryAt) {
		f.lose(1)
		return
	}
	if f.out != nil && f.full(p) {
		f.end()
	}
	if f.out == nil {
		if err := f.begin(); err != nil {
			f.fail(err, 1)
			return
		}
	}
	pending := int64(f.writer.Pending())
	err := f.describe(p.Interface)
	if err == nil {
		err = f.writer.Write(p, f.comments()...)
	}
	if err != nil {
		f.written -= pending
		f.fail(err, pending+1)
		return
	}
	f.written++
	if f.blocked { // find out at once whether it works again
		f.flush()
	}
}

// comments is what the packet after a loss says.
func (f *files) comments() []string {
	if f.gap == 0 {
		return nil
	}
	return []string{fmt.Sprintf("%d packets before this one are missing: they could not be written", f.gap)}
}

// describe adds interfaces that were not known when the file was begun. Their
// blocks are written at once, so that a failure cannot take them from packets
// that follow; if that fails, the file is given up.
func (f *files) describe(index uint16) error {
	if int(index) < f.known {
		return nil
	}
	f.adding = true
	list := f.options.Interfaces()
	for len(list) <= int(index) { // a source that tells too late
		list = append(list, capture.Interface{Link: capture.LinkEthernet})
	}
	for _, i := range list[f.known:] {
		if _, err := f.writer.AddInterface(i); err != nil {
			return err
		}
	}
	if err := f.writer.Flush(); err != nil {
		return err
	}
	f.known, f.adding = len(list), false
	return nil
}

// Sizes of pcapng blocks: a packet's block without its data, and the counts of
// an interface.
const (
	packetOverhead = 32
	statsSize      = 64
)

// full tells whether the packet belongs into the next file.
func (f *files) full(p *capture.Packet) bool {
	if f.written == 0 || !f.options.rotates() {
		return false
	}
	o := f.options
	size := f.writer.Size() + packetOverhead + int64(len(p.Data)+3) + int64(statsSize*f.known)
	return o.MaxSize > 0 && size > o.MaxSize || o.MaxPackets > 0 && f.written >= o.MaxPackets || f.old()
}

func (f *files) old() bool {
	return f.options.MaxAge > 0 && time.Since(f.born) >= f.options.MaxAge
}

// expire ends a file that is old, also when no packet comes.
func (f *files) expire() {
	if f.out != nil && f.written > 0 && f.options.rotates() && f.old() {
		f.end()
	}
}

// flush writes what the Writer has collected.
func (f *files) flush() {
	pending := int64(f.writer.Pending())
	if err := f.writer.Flush(); err != nil {
		f.written -= pending
		f.fail(err, pending)
		return
	}
	if f.blocked {
		f.blocked, f.gap, f.goodAt = false, 0, time.Now()
	}
	if f.failure != nil && time.Since(f.goodAt) >= f.options.calm {
		f.resumed()
	}
}

// resumed tells that writing goes well again. On a disk that is nearly full
// some packets find room and others not; that is one failure, told once.
func (f *files) resumed() {
	f.options.Notice(Notice{Kind: Resumed, File: f.name(), Lost: f.lost})
	f.failure, f.lost = nil, 0
}

// lose counts packets that are not written.
func (f *files) lose(n int64) {
	f.lost += n
	f.gap += n
	f.stats.Unwritten += n
}

// fail notes that n packets could not be written, and cuts the file back to
// whole blocks.
func (f *files) fail(err error, n int64) {
	f.lose(n)
	f.retryAt = time.Now().Add(f.options.retry)
	if f.failure == nil {
		_, isPipe := f.out.(pipe)
		f.options.Notice(Notice{Kind: Failed, File: f.name(), Err: err, Broken: isPipe})
	}
	f.failure, f.blocked = err, true
	f.cut()
}

// cut removes half-written blocks from the end of the file.
func (f *files) cut() {
	if f.out == nil {
		return
	}
	size := f.writer.Written()
	err := f.out.Truncate(size)
	if err == nil {
		_, err = f.out.Seek(size, io.SeekStart)
	}
	if _, isPipe := f.out.(pipe); isPipe {
		f.broken = true
	}
	if err != nil || f.adding {
		f.complete(size) // the next packet begins another
	}
}

// end completes the file.
func (f *files) end() {
	if f.out == nil {
		return
	}
	if f.writer.Pending() > 0 {
		f.flush()
	}
	if f.out == nil { // it was given up
		return
	}
	now := time.Now().UnixNano()
	list := f.options.Interfaces()
	for i := range min(f.known, len(list)) {
		var received int64
		if i < len(f.received) {
			received = f.received[i]
		}
		_ = f.writer.WriteStatistics(i, now, received, list[i].Dropped) // fails by Flush
	}
	if f.writer.Flush() != nil {
		f.cut() // the counts find no room, the packets stay
	}
	if f.out != nil {
		f.complete(f.writer.Written())
	}
}

// complete closes the file.
func (f *files) complete(size int64) {
	name := f.out.Name()
	_, isPipe := f.out.(pipe)
	err := f.out.Close()
	f.out = nil
	if err != nil { // some systems tell of a full disk only now
		f.fail(err, 0)
	}
	f.finished += size
	f.stats.Packets += f.written
	f.written = 0
	if f.options.rotates() {
		f.closed = append(f.closed, name)
	}
	f.options.Notice(Notice{Kind: Closed, File: name})
	if _, err := os.Lstat(name); !isPipe && errors.Is(err, fs.ErrNotExist) {
		f.options.Notice(Notice{Kind: Vanished, File: name})
	}
}

func (f *files) name() string {
	if f.out == nil {
		return f.options.Path
	}
	return f.out.Name()
}

// finish completes the last file. It returns the failure that has not passed.
func (f *files) finish() error {
	f.end()
	if f.blocked {
		return f.failure
	}
	if f.failure != nil {
		f.resumed()
	}
	return nil
}

// counts returns the counts as of now.
func (f *files) counts() Stats {
	st := f.stats
	st.Bytes = f.finished
	st.Failing = f.blocked
	if f.out != nil {
		st.Packets += f.written - int64(f.writer.Pending())
		st.Bytes += f.writer.Written()
		st.File = f.out.Name()
	}
	return st
}
