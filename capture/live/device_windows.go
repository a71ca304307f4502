package live

import (
	"errors"
	"fmt"
	"runtime"
	"sync/atomic"
	"syscall"
	"time"
	"unsafe"

	netbpf "golang.org/x/net/bpf"

	"ctiscope/capture"
	"ctiscope/capture/bpf"
)

var errNoSuch = errors.New("there is no such interface")

// pcapDevice is an interface opened with Npcap.
type pcapDevice struct {
	settings
	*npcap
	handle  uintptr
	link    capture.LinkType
	nano    bool
	dropped atomic.Uint64
	missed  atomic.Uint64
}

// openDevice opens an interface. Npcap empties its buffer when a filter is set,
// so that no packet passes by the filter.
func openDevice(s settings) (device, error) {
	n, err := loadNpcap()
	if err != nil {
		return nil, err
	}
	if s.name == Any {
		return nil, &InterfaceError{Interface: s.name, Err: errors.New("Npcap cannot capture on all interfaces at once"),
			hint: "name the interfaces; ctiscope interfaces lists them"}
	}
	path, err := devicePath(n, s.name)
	if err != nil {
		return nil, &InterfaceError{Interface: s.name, Err: err, hint: "ctiscope interfaces lists what there is"}
	}
	d := &pcapDevice{settings: s, npcap: n}
	if err := d.open(path); err != nil {
		_ = d.close()
		return nil, err
	}
	return d, nil
}

// open activates the device and sets the filter.
func (d *pcapDevice) open(path string) error {
	var message [errorSize]byte
	name, err := syscall.BytePtrFromString(path)
	if err != nil {
		return &InterfaceError{Interface: d.name, Err: err}
	}
	d.handle, _, _ = syscall.SyscallN(d.create, uintptr(unsafe.Pointer(name)), uintptr(unsafe.Pointer(&message[0])))
	if d.handle == 0 {
		return &InterfaceError{Interface: d.name, Err: errors.New(text(&message[0]))}
	}
	snap, promiscuous := 262144, 0
	if d.SnapLen > 0 {
		snap = d.SnapLen
	}
	if d.Promiscuous {
		promiscuous = 1
	}
	for _, step := range []struct {
		what     string
		function uintptr
		value    int
	}{
		{"snap length", d.setSnapLen, snap}, {"promiscuous mode", d.setPromisc, promiscuous},
		{"timeout", d.setTimeout, int(max(d.Flush/time.Millisecond, 1))}, {"buffer", d.setBuffer, d.Ring},
	} {
		if err := d.set(step.function, d.handle, step.value); err != nil {
			return &InterfaceError{Interface: d.name, Err: fmt.Errorf("%s: %w", step.what, err)}
		}
	}
	if d.setNano != 0 && d.getNano != 0 {
		_ = d.set(d.setNano, d.handle, 1) // where it is not known, times have microseconds
	}
	if err := d.start(); err != nil {
		return err
	}
	return d.compile()
}

// start activates the handle.
func (d *pcapDevice) start() error {
	r, _, _ := syscall.SyscallN(d.activate, d.handle)
	if code := int32(r); code < 0 {
		err := fmt.Errorf("%w (error %d)", d.failure(d.handle), code)
		switch code {
		case pcapPermissionDenied, pcapPromiscuousDenied:
			return &PermissionError{Interface: d.name, Err: err,
				hint: "run as administrator, or install Npcap without the restriction to administrators"}
		case pcapNotUp:
			return &InterfaceError{Interface: d.name, Err: errors.New("the interface is down")}
		case pcapNoSuchDevice:
			return &InterfaceError{Interface: d.name, Err: errNoSuch}
		default:
			return &InterfaceError{Interface: d.name, Err: err}
		}
	}
	if d.getNano != 0 {
		precision, _, _ := syscall.SyscallN(d.getNano, d.handle)
		d.nano = int32(precision) == 1
	}
	return nil
}

// compile sets the filter that is asked for.
func (d *pcapDevice) compile() error {
	kind, _, _ := syscall.SyscallN(d.datalink, d.handle)
	switch link := capture.LinkType(kind); link {
	case capture.LinkEthernet, capture.LinkNull, capture.LinkPPP:
		d.link = link
	case 12: // DLT_RAW
		d.link = capture.LinkRaw
	default:
		return &InterfaceError{Interface: d.name, Err: fmt.Errorf("data link type %d is not supported", int32(kind))}
	}
	if d.Filter == nil {
		return nil
	}
	prog, err := d.Filter(bpf.Target{Link: d.link, SnapLen: d.SnapLen})
	if err != nil {
		return err
	}
	program := pcapProgram{length: uint32(len(prog)), instructions: unsafe.Pointer(unsafe.SliceData(prog))}
	r, _, _ := syscall.SyscallN(d.setFilter, d.handle, uintptr(unsafe.Pointer(&program)))
	runtime.KeepAlive(prog)
	if int32(r) != 0 {
		return &InterfaceError{Interface: d.name, Err: fmt.Errorf("filter of %d instructions: %w", len(prog), d.failure(d.handle))}
	}
	return nil
}

// The layout of an instruction is that of the library's struct bpf_insn.
var _ [8]byte = [unsafe.Sizeof(netbpf.RawInstruction{})]byte{}

func (d *pcapDevice) info() capture.Interface {
	return capture.Interface{Name: d.name, Link: d.link, SnapLen: max(d.SnapLen, 0)}
}

// gather is how many bytes of packets go into a Block.
const gather = 256 << 10

// run collects packets into Blocks. The library returns nothing after the
// flush time; what it still holds at the end is taken too.
func (d *pcapDevice) run(stop <-chan struct{}, to sink) error {
	var b *capture.Block
	var since, end time.Time
	flush := func() {
		if b != nil {
			b.Buf = b.Buf[:cap(b.Buf)]
			to.deliver(b)
			b = nil
		}
	}
	defer flush()
	for {
		var header *pcapHeader
		var data *byte
		r, _, _ := syscall.SyscallN(d.next, d.handle, uintptr(unsafe.Pointer(&header)), uintptr(unsafe.Pointer(&data)))
		switch int32(r) {
		case 1:
			if b != nil && len(b.Buf)+int(header.captured) > cap(b.Buf) {
				flush()
			}
			if b == nil {
				b, since = d.pool.get(max(gather, int(header.captured))), time.Now()
				b.Buf = b.Buf[:0]
			}
			d.add(b, header, data)
		case 0:
			d.count()
			flush()
			to.drained(time.Now())
		default:
			return &InterfaceError{Interface: d.name, Err: d.failure(d.handle)}
		}
		select {
		case <-stop:
			if end.IsZero() {
				end = time.Now().Add(2 * d.Flush)
			}
			if int32(r) == 0 || time.Now().After(end) {
				return nil
			}
		default:
		}
		if b != nil && time.Since(since) >= d.Flush {
			d.count()
			flush()
		}
	}
}

// add copies a packet into the Block.
func (d *pcapDevice) add(b *capture.Block, h *pcapHeader, data *byte) {
	at := len(b.Buf)
	b.Buf = append(b.Buf, unsafe.Slice(data, h.captured)...)
	p := capture.Packet{Data: b.Buf[at:len(b.Buf):len(b.Buf)], Length: int(h.length), Link: d.link, Digits: 6, Interface: d.ordinal}
	fraction := int64(h.fraction) * 1000
	if d.nano {
		fraction, p.Digits = int64(h.fraction), 9
	}
	p.Time = int64(h.seconds)*1e9 + fraction
	b.Packets = append(b.Packets, p)
}

// count reads the driver's counts. It runs in the goroutine that reads, since
// the library is not made for several.
func (d *pcapDevice) count() {
	var st pcapStats
	if r, _, _ := syscall.SyscallN(d.stats, d.handle, uintptr(unsafe.Pointer(&st))); int32(r) == 0 {
		d.dropped.Store(uint64(st.dropped))
		d.missed.Store(uint64(st.missed))
	}
}

func (d *pcapDevice) losses() (dropped, frozen, missed uint64) {
	return d.dropped.Load(), 0, d.missed.Load()
}

func (d *pcapDevice) close() error {
	if d.handle != 0 {
		_, _, _ = syscall.SyscallN(d.npcap.close, d.handle)
		d.handle = 0
	}
	return nil
}
