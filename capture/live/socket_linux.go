package live

import (
	"encoding/binary"
	"errors"
	"fmt"
	"net"
	"unsafe"

	netbpf "golang.org/x/net/bpf"
	"golang.org/x/sys/unix"

	"ctiscope/capture"
	"ctiscope/capture/bpf"
)

var (
	errDown    = errors.New("the interface is down")
	errNoSuch  = errors.New("there is no such interface")
	errChanged = errors.New("the interface came back as another kind")
)

// socket is a packet socket with its ring.
type socket struct {
	settings
	fd    int
	index int // of the interface in the system, 0 for all
	link  capture.LinkType
	// whole is true if packets come with their link header.
	whole    bool
	loopback bool
	// own is the filter that runs here, because the kernel does not take it; nil
	// if the kernel filters.
	own  []netbpf.RawInstruction
	ring []byte
}

// openDevice opens an interface. The socket receives nothing until it is bound
// at the end, so that no packet passes by the filter.
func openDevice(s settings) (device, error) {
	k := &socket{settings: s, fd: -1}
	if err := k.find(); err != nil {
		return nil, err
	}
	kind := unix.SOCK_RAW
	if !k.whole {
		kind = unix.SOCK_DGRAM
	}
	fd, err := unix.Socket(unix.AF_PACKET, kind|unix.SOCK_CLOEXEC|unix.SOCK_NONBLOCK, 0)
	if errors.Is(err, unix.EPERM) || errors.Is(err, unix.EACCES) {
		return nil, &PermissionError{Interface: s.name, Err: err, hint: capabilityHint()}
	}
	if err != nil {
		return nil, &InterfaceError{Interface: s.name, Err: fmt.Errorf("packet socket: %w", err)}
	}
	k.fd = fd
	for _, step := range []func() error{k.attach, k.mapRing, k.bind} {
		if err := step(); err != nil {
			_ = k.close()
			return nil, err
		}
	}
	return newRingReader(k), nil
}

// find looks the interface up.
func (k *socket) find() error {
	if k.name == Any {
		k.link, k.whole = capture.LinkLinuxSLL2, false
		return nil
	}
	i, err := net.InterfaceByName(k.name)
	if err != nil {
		return &InterfaceError{Interface: k.name, Err: errNoSuch, hint: "ctiscope interfaces lists what there is"}
	}
	if i.Flags&net.FlagUp == 0 {
		return &InterfaceError{Interface: k.name, Err: errDown, hint: upHint(k.name)}
	}
	kinds, err := hardware()
	if err != nil {
		return err
	}
	k.index, k.loopback = i.Index, i.Flags&net.FlagLoopback != 0
	k.link, k.whole = linkOf(kinds[i.Index])
	return nil
}

// attach compiles the filter and gives it to the kernel.
func (k *socket) attach() error {
	if k.Filter == nil {
		if k.SnapLen <= 0 {
			return nil
		}
		return k.setFilter([]netbpf.RawInstruction{{Op: 6, K: uint32(k.SnapLen)}}) // return k
	}
	target := bpf.Target{Link: k.link, SnapLen: k.SnapLen, Kernel: true}
	prog, err := k.Filter(target)
	if errors.Is(err, bpf.ErrTooLong) {
		return k.filterHere(target, err)
	}
	if err != nil {
		return err
	}
	err = k.setFilter(prog)
	if errors.Is(err, unix.ENOMEM) || errors.Is(err, unix.EINVAL) { // net.core.optmem_max bounds it too
		return k.filterHere(target, err)
	}
	return err
}

// filterHere lets the kernel give all packets, and compiles a filter for what
// it gives.
func (k *socket) filterHere(target bpf.Target, why error) error {
	target.Unlimited = true
	prog, err := k.Filter(target)
	if err != nil {
		return err
	}
	k.own = prog
	k.Notice(Notice{k.name, fmt.Sprintf("the filter runs in ctiscope, as the system does not take it (%d instructions); "+
		"all packets are copied for it, and more may be dropped (%v)", len(prog), why)})
	return k.setFilter([]netbpf.RawInstruction{{Op: 6, K: 262144}})
}

func (k *socket) setFilter(prog []netbpf.RawInstruction) error {
	list := make([]unix.SockFilter, len(prog))
	for i, p := range prog {
		list[i] = unix.SockFilter{Code: p.Op, Jt: p.Jt, Jf: p.Jf, K: p.K}
	}
	f := unix.SockFprog{Len: uint16(len(list)), Filter: unsafe.SliceData(list)}
	if err := unix.SetsockoptSockFprog(k.fd, unix.SOL_SOCKET, unix.SO_ATTACH_FILTER, &f); err != nil {
		return &InterfaceError{Interface: k.name, Err: fmt.Errorf("attach a filter of %d instructions: %w", len(list), err)}
	}
	return nil
}

// Sizes of the ring. A block takes the largest packet that the kernel puts
// together (64 KiB), and is handed over when it is full or at the flush time.
const (
	ringBlock  = 256 << 10
	ringFrame  = 2048 // only the kernel's arithmetic needs it
	ringLeast  = 2    // blocks
	retireUnit = 1e6  // the flush time is told in milliseconds
)

// mapRing makes the ring. Where memory is short it makes a smaller one.
func (k *socket) mapRing() error {
	if err := unix.SetsockoptInt(k.fd, unix.SOL_PACKET, unix.PACKET_VERSION, unix.TPACKET_V3); err != nil {
		return &InterfaceError{Interface: k.name, Err: fmt.Errorf("packet ring version 3: %w", err)}
	}
	for blocks := max(k.Ring/ringBlock, ringLeast); ; blocks /= 2 {
		request := unix.TpacketReq3{Block_size: ringBlock, Block_nr: uint32(blocks), Frame_size: ringFrame,
			Frame_nr: uint32(blocks * (ringBlock / ringFrame)), Retire_blk_tov: uint32(max(k.Flush/retireUnit, 1))}
		err := unix.SetsockoptTpacketReq3(k.fd, unix.SOL_PACKET, unix.PACKET_RX_RING, &request)
		if err == nil {
			return k.mapMemory(blocks * ringBlock)
		}
		if !errors.Is(err, unix.ENOMEM) || blocks/2 < ringLeast {
			return &InterfaceError{Interface: k.name, Err: fmt.Errorf("packet ring of %d bytes: %w", blocks*ringBlock, err)}
		}
		k.Notice(Notice{k.name, fmt.Sprintf("no memory for a ring of %d bytes, trying half", blocks*ringBlock)})
	}
}

func (k *socket) mapMemory(size int) (err error) {
	k.ring, err = unix.Mmap(k.fd, 0, size, unix.PROT_READ|unix.PROT_WRITE, unix.MAP_SHARED)
	if err != nil {
		return &InterfaceError{Interface: k.name, Err: fmt.Errorf("map a packet ring of %d bytes: %w", size, err)}
	}
	return nil
}

// bind begins to receive.
func (k *socket) bind() error {
	if k.loopback {
		// Of the two copies of a packet on a loopback interface the outgoing
		// one is left out; kernels before 4.20 need the check in the reader.
		_ = unix.SetsockoptInt(k.fd, unix.SOL_PACKET, unix.PACKET_IGNORE_OUTGOING, 1)
	}
	address := unix.SockaddrLinklayer{Protocol: networkOrder(unix.ETH_P_ALL), Ifindex: k.index}
	if err := unix.Bind(k.fd, &address); err != nil {
		return &InterfaceError{Interface: k.name, Err: fmt.Errorf("bind: %w", err)}
	}
	if k.Promiscuous && k.index != 0 && !k.loopback {
		m := unix.PacketMreq{Ifindex: int32(k.index), Type: unix.PACKET_MR_PROMISC}
		if err := unix.SetsockoptPacketMreq(k.fd, unix.SOL_PACKET, unix.PACKET_ADD_MEMBERSHIP, &m); err != nil {
			return &InterfaceError{Interface: k.name, Err: fmt.Errorf("promiscuous mode: %w", err)}
		}
	}
	return nil
}

// networkOrder is n as the kernel's socket addresses have it.
func networkOrder(n uint16) uint16 {
	var b [2]byte
	binary.BigEndian.PutUint16(b[:], n)
	return binary.NativeEndian.Uint16(b[:])
}

// close gives the ring and the socket back.
func (k *socket) close() error {
	var err error
	if k.ring != nil {
		err = unix.Munmap(k.ring)
		k.ring = nil
	}
	if k.fd >= 0 {
		if e := unix.Close(k.fd); err == nil {
			err = e
		}
		k.fd = -1
	}
	return err
}
