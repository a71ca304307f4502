package live

import (
	"fmt"
	"net"

	"golang.org/x/sys/unix"

	"ctiscope/capture"
)

// Interfaces lists the interfaces.
func Interfaces() ([]Interface, error) {
	system, err := net.Interfaces()
	if err != nil {
		return nil, fmt.Errorf("list interfaces: %w", err)
	}
	var problem, hint string
	if fd, err := openBPF(); err != nil {
		problem, hint = err.Error(), permissionHint
	} else {
		_ = unix.Close(fd)
	}
	var list []Interface
	for _, i := range system {
		entry := Interface{Name: i.Name, Addresses: prefixes(i), Link: capture.LinkEthernet,
			Up: i.Flags&net.FlagUp != 0, Running: i.Flags&net.FlagRunning != 0, Loopback: i.Flags&net.FlagLoopback != 0,
			Problem: problem, Hint: hint}
		if len(i.HardwareAddr) == 0 { // lo0, utun and the like
			entry.Link = capture.LinkNull
		}
		list = append(list, entry)
	}
	return list, nil
}
