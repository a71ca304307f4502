package live

import (
	"errors"
	"fmt"
	"net"
	"net/netip"
	"strings"
	"unsafe"

	"golang.org/x/sys/windows"

	"ctiscope/capture"
)

// devicePrefix is what Npcap puts before an adapter's GUID.
const devicePrefix = `\Device\NPF_`

// Interfaces lists the interfaces. Names are those that Windows shows, as
// "Ethernet 2"; Npcap's own names serve as well.
func Interfaces() ([]Interface, error) {
	n, err := loadNpcap()
	if err != nil {
		return withoutNpcap(err)
	}
	names, err := friendlyNames()
	if err != nil {
		return nil, err
	}
	var list []Interface
	err = n.devices(func(d *pcapIf) {
		path := text(d.name)
		entry := Interface{Name: path, Description: text(d.description), Link: capture.LinkEthernet,
			Up: d.flags&pcapIfUp != 0, Running: d.flags&pcapIfRunning != 0, Loopback: d.flags&pcapIfLoopback != 0}
		if name, ok := names[strings.ToUpper(strings.TrimPrefix(path, devicePrefix))]; ok {
			entry.Name = name
			entry.Addresses = addressesOf(name)
		} else if strings.EqualFold(path, devicePrefix+"Loopback") {
			entry.Name, entry.Link = "loopback", capture.LinkNull
			entry.Addresses = []netip.Prefix{netip.MustParsePrefix("127.0.0.1/8"), netip.MustParsePrefix("::1/128")}
		}
		list = append(list, entry)
	})
	return list, err
}

// withoutNpcap lists what Windows itself tells.
func withoutNpcap(cause error) ([]Interface, error) {
	var hint string
	var driver *DriverError
	if errors.As(cause, &driver) {
		hint = driver.Hint()
	}
	system, err := net.Interfaces()
	if err != nil {
		return nil, fmt.Errorf("list interfaces: %w", err)
	}
	var list []Interface
	for _, i := range system {
		list = append(list, Interface{Name: i.Name, Addresses: prefixes(i), Link: capture.LinkEthernet,
			Up: i.Flags&net.FlagUp != 0, Running: i.Flags&net.FlagRunning != 0, Loopback: i.Flags&net.FlagLoopback != 0,
			Problem: cause.Error(), Hint: hint})
	}
	return list, nil
}

func addressesOf(name string) []netip.Prefix {
	i, err := net.InterfaceByName(name)
	if err != nil {
		return nil
	}
	return prefixes(*i)
}

// friendlyNames maps the GUIDs of adapters, in capitals, to the names that
// Windows shows.
func friendlyNames() (map[string]string, error) {
	size := uint32(16 << 10)
	for range 4 {
		buf := make([]byte, size)
		first := (*windows.IpAdapterAddresses)(unsafe.Pointer(&buf[0]))
		err := windows.GetAdaptersAddresses(windows.AF_UNSPEC, windows.GAA_FLAG_INCLUDE_PREFIX, 0, first, &size)
		if errors.Is(err, windows.ERROR_BUFFER_OVERFLOW) {
			continue
		}
		if err != nil {
			return nil, fmt.Errorf("list interfaces: %w", err)
		}
		names := map[string]string{}
		for a := first; a != nil; a = a.Next {
			names[strings.ToUpper(text(a.AdapterName))] = windows.UTF16PtrToString(a.FriendlyName)
		}
		return names, nil
	}
	return nil, fmt.Errorf("list interfaces: %w", windows.ERROR_BUFFER_OVERFLOW)
}

// devicePath returns Npcap's name of an interface.
func devicePath(n *npcap, name string) (string, error) {
	names, err := friendlyNames()
	if err != nil {
		return "", err
	}
	var found string
	err = n.devices(func(d *pcapIf) {
		path := text(d.name)
		shown := names[strings.ToUpper(strings.TrimPrefix(path, devicePrefix))]
		switch {
		case strings.EqualFold(name, path), strings.EqualFold(name, shown), strings.EqualFold(name, text(d.description)),
			strings.EqualFold(name, "loopback") && strings.EqualFold(path, devicePrefix+"Loopback"):
			found = path
		}
	})
	if err == nil && found == "" {
		err = errNoSuch
	}
	return found, err
}
