package network

import (
	"cmp"
	"fmt"
	"slices"

	"ctiscope/network/wrapping"
)

// Counters are what a Decoder has seen, in packets unless a field says
// otherwise. Every packet is counted once among TCP to Unknown.
type Counters struct {
	Packets int64

	TCP, NotIP, NotTCP, Fragments, Snapped, Malformed, Unknown int64

	// Joined counts IP packets put together from fragments, Incomplete those
	// that were dropped because fragments are missing, Evicted those of them
	// that were dropped early because of limits.
	Joined, Incomplete, Evicted int64
	// Repeated counts fragments of an IP packet that was whole already.
	Repeated int64

	// Tunnels are the kinds of tunnels read, Unknowns what Unknown packets
	// are wrapped in, the most frequent first.
	Tunnels, Unknowns []Count
}

// Count is how many packets something was seen in.
type Count struct {
	Name    string
	Packets int64
}

// Counters returns the counts up to now.
func (d *Decoder) Counters() Counters {
	v := &d.verdicts
	c := Counters{
		TCP: v[TCP], NotIP: v[NotIP], NotTCP: v[NotTCP], Fragments: v[Fragment],
		Snapped: v[Snapped], Malformed: v[Malformed], Unknown: v[Unknown],
		Joined: d.fragments.joined, Incomplete: d.fragments.incomplete,
		Evicted: d.fragments.evicted, Repeated: d.fragments.repeated,
	}
	for _, n := range v {
		c.Packets += n
	}
	for t, n := range d.tunnels {
		if n > 0 {
			c.Tunnels = append(c.Tunnels, Count{tunnel(t).String(), n})
		}
	}
	for k, n := range d.wrapped {
		if n > 0 {
			c.Tunnels = append(c.Tunnels, Count{wrapping.Kind(k).String(), n})
		}
	}
	for k, n := range d.unknown {
		c.Unknowns = append(c.Unknowns, Count{k.String(), n})
	}
	frequent(c.Tunnels)
	frequent(c.Unknowns)
	return c
}

func frequent(list []Count) {
	slices.SortFunc(list, func(a, b Count) int {
		return cmp.Or(cmp.Compare(b.Packets, a.Packets), cmp.Compare(a.Name, b.Name))
	})
}

// maxUnknown is how many unknown wrappings are told apart.
const maxUnknown = 256

// unknownKind tells what an unknown number is a number of.
type unknownKind uint8

const (
	otherKind unknownKind = iota // beyond maxUnknown
	linkKind
	etherKind
	protocolKind
	portKind
	pppKind
	greKind
	mplsKind
	familyKind
	depthKind
	namedKind // name says it
)

type unknownKey struct {
	kind   unknownKind
	number uint32
	name   string // of namedKind
}

// unknown counts a packet that is wrapped in something unknown.
func (w *walk) unknown(kind unknownKind, number uint32) Verdict {
	return w.count(unknownKey{kind: kind, number: number})
}

func (w *walk) count(k unknownKey) Verdict {
	if _, ok := w.d.unknown[k]; !ok && len(w.d.unknown) >= maxUnknown {
		k = unknownKey{}
	}
	w.d.unknown[k]++
	return Unknown
}

// String names an unknown wrapping, by its number at least.
func (k unknownKey) String() string {
	if name := unknownNames[k]; name != "" {
		return fmt.Sprintf("%s (%s)", name, k.byNumber())
	}
	return k.byNumber()
}

func (k unknownKey) byNumber() string {
	switch k.kind {
	case linkKind:
		return fmt.Sprintf("link type %d", k.number)
	case etherKind:
		return fmt.Sprintf("EtherType %#04x", k.number)
	case protocolKind:
		return fmt.Sprintf("IP protocol %d", k.number)
	case portKind:
		return fmt.Sprintf("UDP port %d", k.number)
	case pppKind:
		return fmt.Sprintf("PPP protocol %#04x", k.number)
	case greKind:
		return fmt.Sprintf("GRE with flags %#04x", k.number)
	case mplsKind:
		return "MPLS with neither IP nor Ethernet in it"
	case familyKind:
		return fmt.Sprintf("address family %d", k.number)
	case namedKind:
		return k.name
	case depthKind:
		return "too many tunnels in one another"
	}
	return "others"
}
