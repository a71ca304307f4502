package live

import (
	"net"
	"net/netip"

	"ctiscope/capture"
)

// Interface is a network interface of this system.
type Interface struct {
	// Name is what Options.Interfaces takes.
	Name string
	// Description is the name that people know, where it differs (Windows).
	Description string
	Addresses   []netip.Prefix
	Up          bool // switched on
	Running     bool // with a link
	Loopback    bool
	Link        capture.LinkType
	// Problem is why the interface cannot be captured by this process, Hint
	// what to do about it; both are empty if it can.
	Problem, Hint string
}

// prefixes converts the addresses of an interface.
func prefixes(i net.Interface) []netip.Prefix {
	addrs, err := i.Addrs()
	if err != nil {
		return nil // an interface that has just gone
	}
	var list []netip.Prefix
	for _, a := range addrs {
		if p, err := netip.ParsePrefix(a.String()); err == nil {
			list = append(list, p)
		}
	}
	return list
}
