// Package record keeps captured packets in pcapng files, for days: files
// rotate by size, time and count, the oldest are removed, and a disk that runs
// full neither ends the capture nor harms what was written.
//
// # Files
//
// Without rotation there is one file of the given name. With it, the names are
//
//	dump_00001_20260101T120000Z.pcapng    number, and when it was begun (UTC)
//
// Each file is complete by itself, with the section header and all interfaces,
// and holds whole blocks only whenever it is looked at, so that Wireshark can
// read it while it grows. A file that is closed ends with the counts of its
// interfaces.
//
// A file that exists is never written over unless that is asked for; in
// rotation the next free number is taken. Files that an earlier run left are
// never removed.
//
// # A full disk
//
// When a write fails the file is cut back to the last whole block, packets are
// counted instead of written, and once a second it is tried again. The first
// packet that is written after that carries a comment that says how many are
// missing. It is told once when this begins, and once when writing has gone well
// for ten seconds.
//
// The package imports capture and nothing else of the project.
package record

import (
	"errors"
	"fmt"
	"io/fs"
	"sync"
	"time"

	"ctiscope/capture"
)

// DefaultQueue is how many bytes of packets wait to be written at most.
const DefaultQueue = 64 << 20

// Options are the choices of Start.
type Options struct {
	// Path names the file; with rotation, number and time are put before its
	// extension. "-" is standard output, which does not rotate.
	Path string
	// MaxSize, MaxAge and MaxPackets end a file, 0 for no limit. A file is not
	// larger than MaxSize unless a single packet is. A file that has no packet
	// yet does not end.
	MaxSize    int64
	MaxAge     time.Duration
	MaxPackets int64
	// Keep is how many files of this run are kept, the one that is written
	// included; 0 keeps all.
	Keep int
	// Overwrite replaces a file that exists.
	Overwrite bool
	// Application and Comment are written into each file.
	Application, Comment string
	// Interfaces tells where packets come from; it may tell more later.
	Interfaces func() []capture.Interface
	// Queue is how many bytes wait to be written at most, 0 for DefaultQueue.
	Queue int
	// Notice, if set, is told what happens to the files. It runs in the
	// writing goroutine.
	Notice func(Notice)

	retry, calm time.Duration // for tests
}

func (o *Options) rotates() bool {
	return o.Path != stdout && (o.MaxSize > 0 || o.MaxAge > 0 || o.MaxPackets > 0)
}

// Notice is something that happened to the files.
type Notice struct {
	Kind NoticeKind
	File string
	Err  error // of Failed: why
	// Broken tells of Failed that the output is a pipe: nothing more can be
	// written.
	Broken bool
	// Lost is, of Resumed, how many packets were not written.
	Lost int64
}

// NoticeKind is what happened.
type NoticeKind uint8

// The kinds of notices.
const (
	Opened   NoticeKind = iota // a file was begun
	Closed                     // a file is complete
	Removed                    // an old file was removed
	Failed                     // packets cannot be written any more; capture goes on
	Resumed                    // packets are written again
	Vanished                   // a file that was written is no longer there; others removed it
)

// String says it in words.
func (n Notice) String() string {
	switch n.Kind {
	case Opened:
		return "writing " + n.File
	case Closed:
		return "finished " + n.File
	case Removed:
		return "removed " + n.File
	case Vanished:
		return n.File + " is gone: something else removed it, and the packets in it"
	case Failed:
		return fmt.Sprintf("packets cannot be written: %v; capture goes on, nothing already written is harmed", n.Err)
	default:
		return fmt.Sprintf("packets are written again to %s; %d were not written", n.File, n.Lost)
	}
}

// Stats are the counts of a Recorder.
type Stats struct {
	Packets int64 // written, whether or not their file still exists
	Bytes   int64 // of files
	Files   int64 // begun
	Removed int64 // files
	// Unwritten counts the packets that a failure, as a full disk, kept from
	// the files; QueueDropped those that came faster than they could be
	// written.
	Unwritten, QueueDropped int64
	// Failing is true while packets cannot be written.
	Failing bool
	File    string // the one that is written; empty between files
}

// ExistsError is a file that is not written over.
type ExistsError struct{ Path string }

func (e *ExistsError) Error() string { return e.Path + " exists already" }

// Is makes the error match fs.ErrExist.
func (e *ExistsError) Is(target error) bool { return target == fs.ErrExist }

// Hint says what to do.
func (e *ExistsError) Hint() string {
	return "choose another name, or allow it to be written over (--overwrite)"
}

// Recorder writes packets in a goroutine of its own. Its methods may be called
// from any goroutine.
type Recorder struct {
	options Options
	files   *files
	done    chan struct{}
	failure error         // once done is closed
	wake    chan struct{} // has room for one

	mu      sync.Mutex
	queue   []*capture.Block
	queued  int // bytes
	dropped int64
	closing bool
	stats   Stats // as of the last Block
}

// Start begins the first file.
func Start(o Options) (*Recorder, error) {
	if o.Path == "" {
		return nil, errors.New("record: no file given")
	}
	if o.Queue <= 0 {
		o.Queue = DefaultQueue
	}
	if o.Notice == nil {
		o.Notice = func(Notice) {}
	}
	if o.Interfaces == nil {
		o.Interfaces = func() []capture.Interface { return nil }
	}
	if o.retry == 0 {
		o.retry, o.calm = time.Second, 10*time.Second
	}
	r := &Recorder{options: o, done: make(chan struct{}), wake: make(chan struct{}, 1)}
	r.files = newFiles(&r.options)
	if err := r.files.begin(); err != nil {
		return nil, err
	}
	r.publish()
	go r.run()
	return r, nil
}

// Write queues a Block. It retains the Block and never waits; what the queue
// has no room for is counted and not written.
func (r *Recorder) Write(b *capture.Block) {
	size := weight(b)
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.closing || r.queued+size > r.options.Queue && len(r.queue) > 0 {
		r.dropped += int64(len(b.Packets))
		return
	}
	b.Retain()
	r.queue = append(r.queue, b)
	r.queued += size
	r.signal()
}

// weight is about the memory that a Block keeps from being used again.
func weight(b *capture.Block) int {
	if n := cap(b.Buf); n > 0 {
		return n
	}
	n := 0
	for i := range b.Packets {
		n += len(b.Packets[i].Data)
	}
	return n
}

func (r *Recorder) signal() {
	select {
	case r.wake <- struct{}{}:
	default:
	}
}

// Stats returns the counts so far.
func (r *Recorder) Stats() Stats {
	r.mu.Lock()
	defer r.mu.Unlock()
	st := r.stats
	st.QueueDropped = r.dropped
	return st
}

// Close writes what is queued and completes the file. It returns the error
// that kept packets from being written, if that has not passed.
func (r *Recorder) Close() error {
	r.mu.Lock()
	r.closing = true
	r.signal()
	r.mu.Unlock()
	<-r.done
	return r.failure
}

// run writes Blocks as they come, and ends files that have become too old.
func (r *Recorder) run() {
	defer close(r.done)
	var tick <-chan time.Time
	if age := r.options.MaxAge; age > 0 {
		t := time.NewTicker(max(min(age/4, time.Second), 5*time.Millisecond))
		defer t.Stop()
		tick = t.C
	}
	for {
		b, closing := r.next()
		switch {
		case b != nil:
			r.files.write(b)
			b.Release()
		case closing:
			r.failure = r.files.finish()
			r.publish()
			return
		default:
			select {
			case <-r.wake:
			case <-tick:
				r.files.expire()
			}
		}
		r.publish()
	}
}

// next takes a Block out of the queue.
func (r *Recorder) next() (b *capture.Block, closing bool) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if len(r.queue) == 0 {
		r.queue = nil
		return nil, r.closing
	}
	b = r.queue[0]
	r.queue[0] = nil
	r.queue = r.queue[1:]
	r.queued -= weight(b)
	return b, false
}

// publish makes the counts visible to Stats.
func (r *Recorder) publish() {
	r.mu.Lock()
	r.stats = r.files.counts()
	r.mu.Unlock()
}
