package live

import (
	"errors"
	"fmt"
	"path/filepath"
	"sync"
	"syscall"
	"unsafe"

	"golang.org/x/sys/windows"
)

// npcap is wpcap.dll, which Npcap installs. It is loaded from the system's own
// folders only, so that no file beside a capture can take its place.
type npcap struct {
	findAll, freeAll, create, setSnapLen, setPromisc, setTimeout, setBuffer, activate,
	setNano, getNano, geterr, datalink, setFilter, next, stats, close uintptr
}

// loadNpcap loads the library once.
var loadNpcap = sync.OnceValues(func() (*npcap, error) {
	library, err := loadLibrary()
	if err != nil {
		return nil, &DriverError{Err: err}
	}
	n := &npcap{}
	for _, f := range []struct {
		name     string
		to       *uintptr
		optional bool
	}{
		{"pcap_findalldevs", &n.findAll, false}, {"pcap_freealldevs", &n.freeAll, false},
		{"pcap_create", &n.create, false}, {"pcap_set_snaplen", &n.setSnapLen, false},
		{"pcap_set_promisc", &n.setPromisc, false}, {"pcap_set_timeout", &n.setTimeout, false},
		{"pcap_set_buffer_size", &n.setBuffer, false}, {"pcap_activate", &n.activate, false},
		{"pcap_geterr", &n.geterr, false}, {"pcap_datalink", &n.datalink, false},
		{"pcap_setfilter", &n.setFilter, false}, {"pcap_next_ex", &n.next, false},
		{"pcap_stats", &n.stats, false}, {"pcap_close", &n.close, false},
		{"pcap_set_tstamp_precision", &n.setNano, true}, {"pcap_get_tstamp_precision", &n.getNano, true},
	} {
		address, err := windows.GetProcAddress(library, f.name)
		if err != nil && !f.optional {
			return nil, &DriverError{Err: fmt.Errorf("%s is missing in it: %w", f.name, err)}
		}
		*f.to = address
	}
	return n, nil
})

func loadLibrary() (windows.Handle, error) {
	system, err := windows.GetSystemDirectory()
	if err != nil {
		return 0, err
	}
	// The altered search path finds Packet.dll beside wpcap.dll.
	library, err := windows.LoadLibraryEx(filepath.Join(system, "Npcap", "wpcap.dll"), 0, windows.LOAD_WITH_ALTERED_SEARCH_PATH)
	if err == nil {
		return library, nil
	}
	if library, other := windows.LoadLibraryEx(filepath.Join(system, "wpcap.dll"), 0, windows.LOAD_WITH_ALTERED_SEARCH_PATH); other == nil {
		return library, nil
	}
	return 0, err
}

// errorSize is the size of libpcap's buffers for messages.
const errorSize = 256

// Structures of libpcap, as they are laid out on Windows: long has 32 bits.
type (
	pcapIf struct {
		next              *pcapIf
		name, description *byte
		addresses         unsafe.Pointer
		flags             uint32
	}
	pcapHeader struct {
		seconds, fraction int32
		captured, length  uint32
	}
	pcapProgram struct {
		length       uint32
		instructions unsafe.Pointer
	}
	pcapStats struct {
		received, dropped, missed uint32
		more                      [16]uint32 // newer versions have more counts
	}
)

// Flags of pcapIf, and results of pcap_activate.
const (
	pcapIfLoopback = 1
	pcapIfUp       = 2
	pcapIfRunning  = 4

	pcapNoSuchDevice      = -5
	pcapPermissionDenied  = -8
	pcapNotUp             = -9
	pcapPromiscuousDenied = -11
)

// text reads a string of the library.
func text(p *byte) string {
	if p == nil {
		return ""
	}
	return windows.BytePtrToString(p)
}

// devices calls each with every device; what it is given lives until then.
func (n *npcap) devices(each func(*pcapIf)) error {
	var first *pcapIf
	var message [errorSize]byte
	result, _, _ := syscall.SyscallN(n.findAll, uintptr(unsafe.Pointer(&first)), uintptr(unsafe.Pointer(&message[0])))
	if int32(result) != 0 {
		return fmt.Errorf("list interfaces: %s", text(&message[0]))
	}
	defer func() { _, _, _ = syscall.SyscallN(n.freeAll, uintptr(unsafe.Pointer(first))) }()
	for d := first; d != nil; d = d.next {
		each(d)
	}
	return nil
}

// failure is the library's last error on a handle.
func (n *npcap) failure(handle uintptr) error {
	var message *byte
	// The result is a pointer into the library's memory, which the collector
	// does not move.
	r, _, _ := syscall.SyscallN(n.geterr, handle)
	*(*uintptr)(unsafe.Pointer(&message)) = r
	return errors.New(text(message))
}

// set calls one of the functions that take a number and return 0.
func (n *npcap) set(function, handle uintptr, value int) error {
	if r, _, _ := syscall.SyscallN(function, handle, uintptr(value)); int32(r) != 0 {
		return fmt.Errorf("error %d", int32(r))
	}
	return nil
}
