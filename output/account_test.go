package output

import (
	"testing"

	"github.com/stretchr/testify/require"

	"ctiscope/account"
	"ctiscope/network"
	"ctiscope/reassembly"
)

func TestAccountLines(t *testing.T) {
	c := &account.Account{
		Packets: 101, Bytes: 20000, First: "2025-07-20T08:26:40Z", Last: "2025-07-20T08:26:41Z", Stopped: true,
		Network:       account.Network{TCP: 90, NotIP: 1, NotTCP: 2, Snapped: 1, Malformed: 3, Unknown: 4, Incomplete: 1},
		TunnelCounts:  []network.Count{{Name: "VXLAN", Packets: 40}, {Name: "GRE", Packets: 2}},
		UnknownCounts: []network.Count{{Name: "EtherType 0x88e5", Packets: 4}},
		TCP: reassembly.Counters{
			Neighbors: 3, Refused: 1, Duplicates: 5, Retransmissions: 1, OutOfOrder: 7,
			EvictedHoles: 1, IdleConnections: 2,
		},
		Sessions: 3, Recognized: 1, Midstream: 2, Silent: 4, TLS: 1, Neighbors: 2, NotCTI: 5, Messages: 1, Selected: 1, Malformed: 1, UnknownTypes: 1, UnknownTags: 2,
		Gaps: 1, GapBytes: 1460, Resyncs: 2, SkippedBytes: 30,
		Problems:   map[string]int64{"over_length": 3, "bad_size": 1},
		Interfaces: []account.Interface{{Name: "eth0", Dropped: 9}, {Name: "eth1"}},
		Live:       &account.Live{QueueDropped: 2},
	}
	require.Equal(t, []string{
		"101 packets, 20000 bytes, 2025-07-20T08:26:40Z to 2025-07-20T08:26:41Z, not read to the end",
		"passed over: 1 not IP, 2 not TCP, 5 not CTI, 3 of these GED-125 (VRU interface), 1 cut by the snap length before its data, 3 with wrong headers, " +
			"4 wrapped in something unknown, 1 IP packet with fragments missing",
		"unknown wrappings: 4 in EtherType 0x88e5",
		"tunnels: 40 in VXLAN, 2 in GRE",
		"3 sessions (1 found by content, 2 without beginning), 1 message; 1 printed, 1 with errors, 1 connection refused; " +
			"4 connections on CTI ports without a message (1 TLS, not decoded, 2 GED-125 (VRU interface))",
		"missing: 1 hole of 1460 bytes, 2 resyncs over 30 bytes",
		"1 message of unknown type, 2 unknown tags",
		"problems: 1 bad_size, 3 over_length",
		"TCP: 5 duplicates, 1 retransmission, 7 out of order",
		"given up to keep within limits: 1 hole, 2 idle connections",
		"packets dropped: 9 by the system at eth0, 2 because the output was too slow",
	}, AccountLines(c, "printed"))
}

func TestAccountOfNothing(t *testing.T) {
	require.Equal(t, []string{"no packets"}, AccountLines(&account.Account{}, "printed"))
	kept := &account.Account{Recorded: &account.Recorded{Packets: 1, Files: 2, Unwritten: 3}}
	require.Equal(t, []string{"no packets", "1 packet kept in 2 files, 3 packets not written"}, AccountLines(kept, "printed"))
	require.Equal(t, []string{"1 packet, 60 bytes, A to B"}, AccountLines(&account.Account{Packets: 1, Bytes: 60, First: "A", Last: "B"}, ""))
	require.Equal(t, []string{"1 packet, 60 bytes, A to B", "0 sessions, 0 messages; 0 counted"},
		AccountLines(&account.Account{Packets: 1, Bytes: 60, First: "A", Last: "B"}, "counted"))
}
