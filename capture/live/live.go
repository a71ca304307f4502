// Package live captures packets from network interfaces.
//
// On Linux it reads an AF_PACKET socket with a memory-mapped ring (TPACKET
// v3), on macOS a BPF device, and on Windows Npcap, which is loaded when it is
// first needed; nothing needs cgo.
//
// # What is lost, and where
//
// A goroutine for each interface copies packets out of the system's buffer
// into memory of its own and gives the buffer back at once, whatever the
// reader of the Source does. The copies wait in a queue of bounded size. A
// reader that is too slow for too long, as one that writes to a stopped pipe,
// makes the queue drop its oldest packets, never the kernel. Stats counts both.
//
// # Several interfaces
//
// Packets of several interfaces are merged by time. Since the system hands
// packets over with a delay, they are held back for twice the flush time.
//
// The package imports capture and bpf and nothing else of the project.
package live

import (
	"context"
	"fmt"
	"io"
	"slices"
	"sync"
	"time"

	netbpf "golang.org/x/net/bpf"

	"ctiscope/capture"
	"ctiscope/capture/bpf"
)

// Any is the name that stands for all interfaces of a Linux system, those to
// come included. Its packets have the link type LinkLinuxSLL2.
const Any = "any"

// Defaults of Options.
const (
	DefaultRing  = 64 << 20
	DefaultQueue = 128 << 20
	DefaultFlush = 50 * time.Millisecond
)

// Options are the choices of Open.
type Options struct {
	// Interfaces are the names of the interfaces, at least one; Any stands
	// alone.
	Interfaces []string
	// Filter compiles the filter that the system applies, for packets of the
	// target; nil captures everything. One that the system does not take, as
	// bpf.ErrTooLong tells, is compiled again with Target.Unlimited and run
	// here, with a Notice (Linux).
	Filter func(bpf.Target) ([]netbpf.RawInstruction, error)
	// SnapLen is how many bytes of a packet are captured, 0 for all.
	SnapLen int
	// Promiscuous captures what is not addressed to this host, as a mirror
	// port needs it.
	Promiscuous bool
	// Ring is the size in bytes of the system's buffer for each interface, 0
	// for DefaultRing.
	Ring int
	// Queue is how many bytes of packets wait for Next at most, 0 for
	// DefaultQueue.
	Queue int
	// Flush is how long the system may keep a packet to hand over several at
	// once, 0 for DefaultFlush.
	Flush time.Duration
	// Idle makes Next return an empty Block when there was nothing for that
	// long, so that its caller can do what is due; 0 makes Next wait.
	Idle time.Duration
	// Tap, if set, sees every Block before it is queued, those included that
	// the queue drops later. It runs in a capturing goroutine and must be
	// quick; to keep the Block it must Retain it.
	Tap func(*capture.Block)
	// Notice, if set, is told about interfaces that go and come back. It runs
	// in a capturing goroutine and must be quick.
	Notice func(Notice)
}

// Notice is a change of an interface during capture.
type Notice struct {
	Interface string
	Text      string
}

func (n Notice) String() string { return n.Interface + ": " + n.Text }

// Stats are the counts of a Source since it was opened.
type Stats struct {
	// Received counts the packets that were taken from the system, and their
	// bytes.
	Received, Bytes uint64
	// KernelDropped counts the packets that the system dropped because its
	// buffer was full.
	KernelDropped uint64
	// Frozen counts how often the buffer ran full (Linux).
	Frozen uint64
	// InterfaceDropped counts what the network adapter dropped, where the
	// system tells (Windows).
	InterfaceDropped uint64
	// QueueDropped counts the packets that were dropped because Next was not
	// called often enough.
	QueueDropped uint64
	// Queued is how many bytes of memory wait for Next, QueueLimit their
	// limit.
	Queued, QueueLimit int
	// Stalled is for how long packets have waited while Next was not called.
	Stalled time.Duration
}

// device is an opened interface; each system has its own.
type device interface {
	// run gives Blocks of packets, with all fields but Number set, to the sink
	// until stop is closed. It then delivers what the system still holds and
	// returns.
	run(stop <-chan struct{}, to sink) error
	info() capture.Interface
	// losses are counted since the device was opened.
	losses() (dropped, frozen, missed uint64)
	close() error
}

// sink takes what a device captures.
type sink interface {
	deliver(*capture.Block)
	// drained tells that everything was delivered that the system had handed
	// over by then.
	drained(by time.Time)
}

// settings are what opening a device needs to know.
type settings struct {
	Options
	name    string
	ordinal uint16 // of the packets' Interface
	pool    *pool
}

// Source captures packets until it is stopped. It implements capture.Source.
//
// Next is for one goroutine; the other methods may be called from any.
type Source struct {
	options  Options
	devices  []device
	queue    *queue
	merge    *merger // nil for one interface
	stop     chan struct{}
	stopped  sync.Once
	closed   sync.Once
	running  sync.WaitGroup
	finished chan struct{} // closed when nothing will be queued any more
	number   int64

	mu       sync.Mutex
	received uint64
	bytes    uint64
	err      error // why an interface ended
	final    *Stats
	dropped  []int64 // by interface, once closed
}

var _ capture.Source = (*Source)(nil)

// Open begins to capture. No packet that the filter rejects is ever captured.
// When ctx ends, the Source stops as by Stop.
//
// Rights that are missing give a *PermissionError, an interface that cannot be
// captured an *InterfaceError; both carry a hint.
func Open(ctx context.Context, o Options) (*Source, error) {
	if err := o.complete(); err != nil {
		return nil, err
	}
	s := &Source{options: o, queue: newQueue(o.Queue), stop: make(chan struct{}), finished: make(chan struct{})}
	pool := newPool()
	for i, name := range o.Interfaces {
		d, err := openDevice(settings{Options: o, name: name, ordinal: uint16(i), pool: pool})
		if err != nil {
			s.closeDevices()
			return nil, err
		}
		s.devices = append(s.devices, d)
	}
	s.start(ctx)
	return s, nil
}

// complete checks the options and fills in defaults.
func (o *Options) complete() error {
	if len(o.Interfaces) == 0 {
		return fmt.Errorf("capture: no interface given")
	}
	for i, name := range o.Interfaces {
		if name == Any && len(o.Interfaces) > 1 {
			return fmt.Errorf("capture: %s stands for all interfaces, give it alone", Any)
		}
		if slices.Contains(o.Interfaces[:i], name) {
			return fmt.Errorf("capture: interface %s is given twice", name)
		}
	}
	if o.Ring <= 0 {
		o.Ring = DefaultRing
	}
	if o.Queue <= 0 {
		o.Queue = DefaultQueue
	}
	if o.Flush <= 0 {
		o.Flush = DefaultFlush
	}
	if o.Notice == nil {
		o.Notice = func(Notice) {}
	}
	return nil
}

// mergeSlack is how much later than the flush time the system may hand packets
// over.
const mergeSlack = 30 * time.Millisecond

// hundredYears is for ever: a device that has ended holds nothing up.
const hundredYears = 100 * 365 * 24 * time.Hour

// direct puts the Blocks of the only interface into the queue.
type direct struct{ *Source }

func (d direct) deliver(b *capture.Block) { d.enqueue(b) }
func (direct) drained(time.Time)          {}

// start runs a goroutine for each interface, and one that ends the capture
// with ctx.
func (s *Source) start(ctx context.Context) {
	if len(s.devices) > 1 {
		s.merge = newMerger(len(s.devices), s.options.Flush+mergeSlack, s.enqueue)
	}
	for i, d := range s.devices {
		var to sink = direct{s}
		if s.merge != nil {
			to = s.merge.lane(i)
		}
		s.running.Go(func() {
			if err := d.run(s.stop, to); err != nil {
				s.fail(err)
			}
			to.drained(time.Now().Add(hundredYears))
		})
	}
	var flushed sync.WaitGroup
	if s.merge != nil {
		flushed.Add(1)
		done := make(chan struct{})
		go func() { s.running.Wait(); close(done) }()
		go func() { defer flushed.Done(); s.merge.run(done, s.options.Flush/2) }()
	}
	go func() {
		s.running.Wait()
		flushed.Wait()
		s.queue.end()
		close(s.finished)
	}()
	go func() {
		select {
		case <-ctx.Done():
			s.Stop()
		case <-s.finished:
		}
	}()
}

// fail notes why an interface ended; the others go on.
func (s *Source) fail(err error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.err == nil {
		s.err = err
	}
}

// enqueue numbers and counts packets and puts them into the queue. One
// goroutine calls it: that of the only interface, or the merger's.
func (s *Source) enqueue(b *capture.Block) {
	bytes := 0
	for i := range b.Packets {
		s.number++
		b.Packets[i].Number, b.Packets[i].Off = s.number, -1
		bytes += len(b.Packets[i].Data)
	}
	s.mu.Lock()
	s.received += uint64(len(b.Packets))
	s.bytes += uint64(bytes)
	s.mu.Unlock()
	if s.options.Tap != nil {
		s.options.Tap(b)
	}
	s.queue.put(b)
}

// Next returns the next packets. It waits for them; after Stop it returns what
// is left and then io.EOF. With Options.Idle it returns an empty Block when
// nothing came for that long.
//
// An interface that fails while others go on is told by an error once
// everything ends; see Options.Notice for what passes.
func (s *Source) Next() (*capture.Block, error) {
	b, ended := s.queue.take(s.options.Idle)
	switch {
	case b != nil:
		return b, nil
	case !ended:
		return capture.NewBlock(nil), nil
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.err != nil {
		return nil, s.err
	}
	return nil, io.EOF
}

// Interfaces returns the captured interfaces, in the order of Options.
func (s *Source) Interfaces() []capture.Interface {
	list := make([]capture.Interface, len(s.devices))
	s.mu.Lock()
	dropped := s.dropped
	s.mu.Unlock()
	for i, d := range s.devices {
		list[i] = d.info()
		if dropped != nil {
			list[i].Dropped = dropped[i]
			continue
		}
		n, _, missed := d.losses()
		list[i].Dropped = int64(n + missed)
	}
	return list
}

// Stats returns the counts so far.
func (s *Source) Stats() Stats {
	s.mu.Lock()
	if s.final != nil {
		defer s.mu.Unlock()
		return *s.final
	}
	st := Stats{Received: s.received, Bytes: s.bytes}
	s.mu.Unlock()
	for _, d := range s.devices {
		dropped, frozen, missed := d.losses()
		st.KernelDropped += dropped
		st.Frozen += frozen
		st.InterfaceDropped += missed
	}
	st.QueueDropped, st.Queued, st.Stalled = s.queue.counts()
	st.QueueLimit = s.options.Queue
	return st
}

// Stop ends the capture: packets that the system has received until now still
// come out of Next, which then returns io.EOF.
func (s *Source) Stop() { s.stopped.Do(func() { close(s.stop) }) }

// Close stops the capture, waits for it to end and gives everything back.
// Packets that wait for Next are dropped, without being counted as lost.
func (s *Source) Close() error {
	s.Stop()
	<-s.finished
	var err error
	s.closed.Do(func() {
		final := s.Stats()
		var dropped []int64
		for _, i := range s.Interfaces() {
			dropped = append(dropped, i.Dropped)
		}
		s.mu.Lock()
		s.final, s.dropped = &final, dropped
		s.mu.Unlock()
		err = s.closeDevices()
		s.queue.discard()
	})
	return err
}

func (s *Source) closeDevices() error {
	var first error
	for _, d := range s.devices {
		if err := d.close(); err != nil && first == nil {
			first = err
		}
	}
	return first
}
