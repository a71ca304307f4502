package live

import (
	"encoding/binary"
	"errors"
	"fmt"
	"net"
	"sync"
	"sync/atomic"
	"time"
	"unsafe"

	netbpf "golang.org/x/net/bpf"
	"golang.org/x/sys/unix"

	"ctiscope/capture"
)

// ringReader empties the ring of a socket.
type ringReader struct {
	*socket
	frames frames
	at     int // the block that comes next
	blocks int

	mu      sync.Mutex // guards what follows, and reading the kernel's counts
	dropped uint64
	frozen  uint64
	gone    bool // closed: the counts are final
}

func newRingReader(k *socket) *ringReader {
	r := &ringReader{socket: k, blocks: len(k.ring) / ringBlock}
	r.frames = frames{link: k.link, index: k.ordinal, own: k.own}
	switch {
	case k.loopback:
		r.frames.loopback = int32(k.index)
	case k.name == Any:
		if lo, err := net.InterfaceByName("lo"); err == nil {
			r.frames.loopback = int32(lo.Index)
		}
	}
	return r
}

func (r *ringReader) info() capture.Interface {
	return capture.Interface{Name: r.name, Link: r.link, SnapLen: max(r.SnapLen, 0)}
}

// run empties the ring until stop is closed.
func (r *ringReader) run(stop <-chan struct{}, to sink) error {
	wait := int(max(r.Flush/time.Millisecond, 1))
	down := downWatch{socket: r.socket}
	for {
		select {
		case <-stop:
			return r.finish(to)
		default:
		}
		if begun := time.Now(); r.drain(to) {
			to.drained(begun)
		}
		fds := []unix.PollFd{{Fd: int32(r.fd), Events: unix.POLLIN}}
		if _, err := unix.Poll(fds, wait); err != nil && !errors.Is(err, unix.EINTR) {
			return &InterfaceError{Interface: r.name, Err: fmt.Errorf("poll: %w", err)}
		}
		if fds[0].Revents&(unix.POLLERR|unix.POLLHUP|unix.POLLNVAL) != 0 {
			if err := down.broken(); err != nil {
				return err
			}
		}
		if err := down.check(); err != nil {
			return err
		}
	}
}

// finish delivers what was received before the end. The kernel hands over the
// block that it is filling after the flush time.
func (r *ringReader) finish(to sink) error {
	err := r.setFilter([]netbpf.RawInstruction{{Op: 6}}) // nothing more
	end := time.Now().Add(r.Flush + 2*mergeSlack)
	for {
		r.drain(to)
		left := time.Until(end)
		if left <= 0 || err != nil {
			return nil
		}
		fds := []unix.PollFd{{Fd: int32(r.fd), Events: unix.POLLIN}}
		if _, err := unix.Poll(fds, int(left/time.Millisecond)+1); err != nil && !errors.Is(err, unix.EINTR) {
			return nil
		}
	}
}

// drain takes the blocks that the kernel has handed over, at most the whole
// ring. It reports true if there are no more.
func (r *ringReader) drain(to sink) (empty bool) {
	for range r.blocks {
		block := r.ring[r.at*ringBlock:][:ringBlock]
		status := (*uint32)(unsafe.Pointer(&block[blockStatus]))
		if atomic.LoadUint32(status)&unix.TP_STATUS_USER == 0 {
			return true
		}
		b := r.copy(block)
		atomic.StoreUint32(status, unix.TP_STATUS_KERNEL)
		r.at = (r.at + 1) % r.blocks
		r.frames.parse(b)
		if len(b.Packets) == 0 {
			b.Release()
			continue
		}
		to.deliver(b)
	}
	return false
}

// copy takes the used part of a block out of the ring.
func (r *ringReader) copy(block []byte) *capture.Block {
	size := min(int(binary.NativeEndian.Uint32(block[blockLength:])), len(block))
	b := r.pool.get(size)
	copy(b.Buf, block)
	return b
}

func (r *ringReader) losses() (dropped, frozen, missed uint64) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if !r.gone {
		// The kernel counts from the last time it was asked.
		if st, err := unix.GetsockoptTpacketStatsV3(r.fd, unix.SOL_PACKET, unix.PACKET_STATISTICS); err == nil {
			r.dropped += uint64(st.Drops)
			r.frozen += uint64(st.Freeze_q_cnt)
		}
	}
	return r.dropped, r.frozen, 0
}

func (r *ringReader) close() error {
	r.losses()
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.gone {
		return nil
	}
	r.gone = true
	return r.socket.close()
}

// downWatch follows an interface that goes down, away and comes back.
type downWatch struct {
	*socket
	isDown bool
	gone   bool      // told that the interface was deleted
	next   time.Time // when to look again
}

// lookEvery is how often a missing interface is looked for.
const lookEvery = time.Second

// broken reads the socket's error.
func (d *downWatch) broken() error {
	code, err := unix.GetsockoptInt(d.fd, unix.SOL_SOCKET, unix.SO_ERROR)
	if err != nil {
		return &InterfaceError{Interface: d.name, Err: err}
	}
	switch unix.Errno(code) {
	case 0:
		return nil
	case unix.ENETDOWN, unix.ENODEV, unix.ENXIO:
		if !d.isDown {
			d.isDown, d.next = true, time.Now().Add(lookEvery)
			if !d.tellDeleted() {
				d.Notice(Notice{d.name, "went down; capture goes on when it comes back"})
			}
		}
		return nil
	default:
		return &InterfaceError{Interface: d.name, Err: unix.Errno(code)}
	}
}

// tellDeleted reports true if there is no interface of the name any more, and
// says so once.
func (d *downWatch) tellDeleted() bool {
	if _, err := net.InterfaceByName(d.name); err == nil {
		return false
	}
	if !d.gone {
		d.gone = true
		d.Notice(Notice{d.name, "was deleted; capture goes on when an interface of that name is up"})
	}
	return true
}

// check binds the socket again once an interface of the name is up.
func (d *downWatch) check() error {
	if !d.isDown || time.Now().Before(d.next) {
		return nil
	}
	d.next = time.Now().Add(lookEvery)
	if d.tellDeleted() {
		return nil
	}
	i, err := net.InterfaceByName(d.name)
	if err != nil || i.Flags&net.FlagUp == 0 {
		return nil
	}
	kinds, err := hardware()
	if err != nil {
		return nil
	}
	if link, whole := linkOf(kinds[i.Index]); link != d.link || whole != d.whole {
		return &InterfaceError{Interface: d.name, Err: errChanged}
	}
	if i.Index != d.index {
		d.index = i.Index
		if err := d.bind(); err != nil { // it went again
			d.index = -1
			return nil
		}
	}
	d.isDown, d.gone = false, false
	d.Notice(Notice{d.name, "is up again"})
	return nil
}
