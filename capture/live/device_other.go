//go:build !linux && !darwin && !windows

package live

import (
	"errors"
	"fmt"
	"net"
	"runtime"
)

var errSystem = errors.New("live capture is not supported on " + runtime.GOOS)

func openDevice(s settings) (device, error) {
	return nil, &InterfaceError{Interface: s.name, Err: errSystem, hint: "capture with the system's own tool and read the file"}
}

// Interfaces lists the interfaces.
func Interfaces() ([]Interface, error) {
	system, err := net.Interfaces()
	if err != nil {
		return nil, fmt.Errorf("list interfaces: %w", err)
	}
	var list []Interface
	for _, i := range system {
		list = append(list, Interface{Name: i.Name, Addresses: prefixes(i), Up: i.Flags&net.FlagUp != 0,
			Running: i.Flags&net.FlagRunning != 0, Loopback: i.Flags&net.FlagLoopback != 0, Problem: errSystem.Error()})
	}
	return list, nil
}
