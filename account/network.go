package account

import (
	"ctiscope/network"
)

// Network is what became of the packets that brought no TCP segment.
type Network struct {
	TCP        int64            `json:"tcp"`
	NotIP      int64            `json:"not_ip"`
	NotTCP     int64            `json:"not_tcp"`
	Fragments  int64            `json:"fragments"`
	Snapped    int64            `json:"snapped"`
	Malformed  int64            `json:"malformed"`
	Unknown    int64            `json:"unknown"`
	Joined     int64            `json:"fragments_joined"`
	Incomplete int64            `json:"fragments_incomplete"`
	Evicted    int64            `json:"fragments_evicted"`
	Repeated   int64            `json:"fragments_repeated"`
	Tunnels    map[string]int64 `json:"tunnels"`
	Unknowns   map[string]int64 `json:"unknown_wrappings"`
}

func newNetwork(c network.Counters) Network {
	return Network{
		TCP: c.TCP, NotIP: c.NotIP, NotTCP: c.NotTCP, Fragments: c.Fragments,
		Snapped: c.Snapped, Malformed: c.Malformed, Unknown: c.Unknown,
		Joined: c.Joined, Incomplete: c.Incomplete, Evicted: c.Evicted, Repeated: c.Repeated,
		Tunnels: named(c.Tunnels), Unknowns: named(c.Unknowns),
	}
}

func named(list []network.Count) map[string]int64 {
	m := make(map[string]int64, len(list))
	for _, c := range list {
		m[c.Name] = c.Packets
	}
	return m
}
