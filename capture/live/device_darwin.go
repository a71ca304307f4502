package live

import (
	"encoding/binary"
	"errors"
	"fmt"
	"net"
	"sync/atomic"
	"syscall"
	"time"

	netbpf "golang.org/x/net/bpf"
	"golang.org/x/sys/unix"

	"ctiscope/capture"
	"ctiscope/capture/bpf"
)

var errNoSuch = errors.New("there is no such interface")

// bpfDevice is an opened /dev/bpf.
type bpfDevice struct {
	settings
	fd      int
	size    int // of the buffer
	link    capture.LinkType
	dropped atomic.Uint64
}

// openDevice opens an interface. A filter that drops everything stands until
// the interface's link type is known; setting the next one empties the buffer.
func openDevice(s settings) (device, error) {
	if s.name == Any {
		return nil, &InterfaceError{Interface: s.name, Err: errors.New("macOS cannot capture on all interfaces at once"),
			hint: "name the interfaces; ctiscope interfaces lists them"}
	}
	if _, err := net.InterfaceByName(s.name); err != nil {
		return nil, &InterfaceError{Interface: s.name, Err: errNoSuch, hint: "ctiscope interfaces lists what there is"}
	}
	fd, err := openBPF()
	if errors.Is(err, unix.EACCES) || errors.Is(err, unix.EPERM) {
		return nil, &PermissionError{Interface: s.name, Err: err, hint: permissionHint}
	}
	if err != nil {
		return nil, &InterfaceError{Interface: s.name, Err: err}
	}
	d := &bpfDevice{settings: s, fd: fd}
	if err := d.prepare(); err != nil {
		_ = d.close()
		return nil, err
	}
	return d, nil
}

const permissionHint = "run with sudo, or give yourself the BPF devices once: " +
	"install ChmodBPF with Wireshark, or sudo chown $USER /dev/bpf*"

// openBPF opens the first BPF device that is free.
func openBPF() (int, error) {
	const most = 256
	for i := range most {
		fd, err := unix.Open(fmt.Sprintf("/dev/bpf%d", i), unix.O_RDONLY|unix.O_CLOEXEC, 0)
		if !errors.Is(err, unix.EBUSY) {
			return fd, err
		}
	}
	return -1, unix.EBUSY
}

// prepare attaches the device to the interface.
func (d *bpfDevice) prepare() error {
	fail := func(what string, err error) error {
		return &InterfaceError{Interface: d.name, Err: fmt.Errorf("%s: %w", what, err)}
	}
	if size, err := syscall.SetBpfBuflen(d.fd, min(d.Ring, 4<<20)); err == nil { // the kernel may grant less
		d.size = size
	}
	if err := d.setFilter([]netbpf.RawInstruction{{Op: 6}}); err != nil {
		return fail("filter", err)
	}
	if err := syscall.SetBpfInterface(d.fd, d.name); err != nil {
		return fail("attach", err)
	}
	size, err := syscall.BpfBuflen(d.fd)
	if err != nil {
		return fail("size of the buffer", err)
	}
	d.size = size
	timeout := syscall.NsecToTimeval(int64(d.Flush))
	if err := syscall.SetBpfTimeout(d.fd, &timeout); err != nil {
		return fail("timeout", err)
	}
	kind, err := syscall.BpfDatalink(d.fd)
	if err != nil {
		return fail("link type", err)
	}
	if d.link, err = linkOf(kind); err != nil {
		return fail("link type", err)
	}
	if err := d.compile(); err != nil {
		return err
	}
	if d.Promiscuous {
		if err := syscall.SetBpfPromisc(d.fd, 1); err != nil {
			return fail("promiscuous mode", err)
		}
	}
	return nil
}

// compile sets the filter that is asked for.
func (d *bpfDevice) compile() error {
	snap := d.SnapLen
	if snap <= 0 {
		snap = 262144
	}
	prog := []netbpf.RawInstruction{{Op: 6, K: uint32(snap)}}
	if d.Filter != nil {
		var err error
		if prog, err = d.Filter(bpf.Target{Link: d.link, SnapLen: d.SnapLen}); err != nil {
			return err
		}
	}
	if err := d.setFilter(prog); err != nil {
		return &InterfaceError{Interface: d.name, Err: fmt.Errorf("filter of %d instructions: %w", len(prog), err)}
	}
	return nil
}

func (d *bpfDevice) setFilter(prog []netbpf.RawInstruction) error {
	list := make([]syscall.BpfInsn, len(prog))
	for i, p := range prog {
		list[i] = syscall.BpfInsn{Code: p.Op, Jt: p.Jt, Jf: p.Jf, K: p.K}
	}
	return syscall.SetBpf(d.fd, list)
}

// linkOf translates a data link type of the system.
func linkOf(kind int) (capture.LinkType, error) {
	const dltRaw = 12
	switch kind {
	case dltRaw:
		return capture.LinkRaw, nil
	case int(capture.LinkEthernet), int(capture.LinkNull), int(capture.LinkLoop), int(capture.LinkPPP):
		return capture.LinkType(kind), nil
	default:
		return 0, fmt.Errorf("data link type %d is not supported", kind)
	}
}

func (d *bpfDevice) info() capture.Interface {
	return capture.Interface{Name: d.name, Link: d.link, SnapLen: max(d.SnapLen, 0)}
}

// run reads buffers of packets; a read ends when the buffer is full or after
// the flush time. The last read takes what came before the end.
func (d *bpfDevice) run(stop <-chan struct{}, to sink) error {
	for last := false; ; {
		select {
		case <-stop:
			if last {
				return nil
			}
			last = true
		default:
		}
		b := d.pool.get(d.size)
		n, err := unix.Read(d.fd, b.Buf)
		d.count()
		switch {
		case errors.Is(err, unix.EINTR):
		case err != nil:
			b.Release()
			return &InterfaceError{Interface: d.name, Err: fmt.Errorf("read: %w", err)}
		default:
			d.parse(b, b.Buf[:n])
		}
		now := time.Now()
		if len(b.Packets) == 0 {
			b.Release()
		} else {
			to.deliver(b)
		}
		if n < d.size/2 { // it came for the time, not because the buffer was full
			to.drained(now)
		}
	}
}

// count reads what the kernel dropped.
func (d *bpfDevice) count() {
	if st, err := syscall.BpfStats(d.fd); err == nil {
		d.dropped.Store(uint64(st.Drop))
	}
}

// Offsets in struct bpf_hdr.
const (
	headerUsec    = 4
	headerCaplen  = 8
	headerDatalen = 12
	headerLength  = 16
	headerSize    = 18
	wordSize      = 4
)

// parse appends the packets of a buffer.
func (d *bpfDevice) parse(b *capture.Block, buf []byte) {
	for len(buf) >= headerSize {
		begin := int(binary.NativeEndian.Uint16(buf[headerLength:]))
		size := int(binary.NativeEndian.Uint32(buf[headerCaplen:]))
		end := begin + size
		if begin < headerSize || size < 0 || end > len(buf) {
			return
		}
		at := time.Unix(int64(binary.NativeEndian.Uint32(buf)), int64(binary.NativeEndian.Uint32(buf[headerUsec:]))*1000)
		b.Packets = append(b.Packets, capture.Packet{
			Data: buf[begin:end:end], Time: at.UnixNano(), Length: int(binary.NativeEndian.Uint32(buf[headerDatalen:])),
			Link: d.link, Digits: 6, Interface: d.ordinal,
		})
		buf = buf[min((end+wordSize-1)&^(wordSize-1), len(buf)):]
	}
}

func (d *bpfDevice) losses() (dropped, frozen, missed uint64) { return d.dropped.Load(), 0, 0 }

func (d *bpfDevice) close() error {
	if d.fd < 0 {
		return nil
	}
	err := unix.Close(d.fd)
	d.fd = -1
	return err
}
