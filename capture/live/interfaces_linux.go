package live

import (
	"encoding/binary"
	"errors"
	"fmt"
	"net"
	"os"
	"strings"
	"syscall"

	"golang.org/x/sys/unix"

	"ctiscope/capture"
)

// Interfaces lists the interfaces, Any first.
func Interfaces() ([]Interface, error) {
	system, err := net.Interfaces()
	if err != nil {
		return nil, fmt.Errorf("list interfaces: %w", err)
	}
	kinds, err := hardware()
	if err != nil {
		return nil, err
	}
	problem, hint := mayCapture()
	list := []Interface{{Name: Any, Description: "all interfaces", Up: true, Running: true,
		Link: capture.LinkLinuxSLL2, Problem: problem, Hint: hint}}
	for _, i := range system {
		link, _ := linkOf(kinds[i.Index])
		entry := Interface{Name: i.Name, Addresses: prefixes(i), Link: link,
			Up: i.Flags&net.FlagUp != 0, Running: i.Flags&net.FlagRunning != 0, Loopback: i.Flags&net.FlagLoopback != 0,
			Problem: problem, Hint: hint}
		if !entry.Up && problem == "" {
			entry.Problem, entry.Hint = errDown.Error(), upHint(i.Name)
		}
		list = append(list, entry)
	}
	return list, nil
}

// mayCapture tries to open a packet socket.
func mayCapture() (problem, hint string) {
	fd, err := unix.Socket(unix.AF_PACKET, unix.SOCK_RAW|unix.SOCK_CLOEXEC, 0)
	if err == nil {
		_ = unix.Close(fd)
		return "", ""
	}
	if errors.Is(err, unix.EPERM) || errors.Is(err, unix.EACCES) {
		return "not permitted", capabilityHint()
	}
	return err.Error(), ""
}

// capabilityHint is how to capture without root.
func capabilityHint() string {
	path, err := os.Executable()
	if err != nil {
		path = "/path/to/ctiscope"
	}
	return "run this once, then no root is needed: sudo setcap cap_net_raw,cap_net_admin=eip " + quoted(path)
}

// quoted is path as a shell takes it.
func quoted(path string) string {
	safe := func(c rune) bool {
		return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || strings.ContainsRune("/._-+:@", c)
	}
	if strings.IndexFunc(path, func(c rune) bool { return !safe(c) }) < 0 {
		return path
	}
	return "'" + strings.ReplaceAll(path, "'", `'\''`) + "'"
}

func upHint(name string) string { return "switch it on: sudo ip link set " + quoted(name) + " up" }

// hardware returns the ARPHRD_ types of the interfaces, by index.
func hardware() (map[int]uint16, error) {
	table, err := syscall.NetlinkRIB(syscall.RTM_GETLINK, syscall.AF_UNSPEC)
	if err != nil {
		return nil, fmt.Errorf("list interfaces: %w", err)
	}
	messages, err := syscall.ParseNetlinkMessage(table)
	if err != nil {
		return nil, fmt.Errorf("list interfaces: %w", err)
	}
	kinds := map[int]uint16{}
	for _, m := range messages {
		if m.Header.Type != syscall.RTM_NEWLINK || len(m.Data) < syscall.SizeofIfInfomsg {
			continue
		}
		kinds[int(int32(binary.NativeEndian.Uint32(m.Data[4:])))] = binary.NativeEndian.Uint16(m.Data[2:])
	}
	return kinds, nil
}

// arphrdRawIP is the type of interfaces of some modems; package unix lacks it.
const arphrdRawIP = 519

// linkOf returns the link type of an interface's packets, and whether they
// come with their link header. The header of kinds that are not known here is
// left off.
func linkOf(kind uint16) (link capture.LinkType, whole bool) {
	switch kind {
	case unix.ARPHRD_ETHER, unix.ARPHRD_LOOPBACK:
		return capture.LinkEthernet, true
	case unix.ARPHRD_NONE, arphrdRawIP:
		return capture.LinkRaw, true
	default:
		return capture.LinkLinuxSLL2, false
	}
}
