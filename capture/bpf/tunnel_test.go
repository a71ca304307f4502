package bpf

import (
	"encoding/binary"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"ctiscope/capture"
)

// tunnels wrap an Ethernet frame; the header's network number is 77.
func tunnels(inner []byte) map[string][]byte {
	vxlan := append([]byte{8, 0, 0, 0, 0, 0, 77, 0}, inner...)
	geneve := func(options int, protocol uint16, rest []byte) []byte {
		b := []byte{byte(options), 0, byte(protocol >> 8), byte(protocol), 0, 0, 77, 0}
		return slices.Concat(b, make([]byte, 4*options), rest)
	}
	list := map[string][]byte{}
	wrap := func(name string, port uint16, payload []byte) {
		udp := slices.Concat(binary.BigEndian.AppendUint16([]byte{0x99, 0x99}, port), []byte{0, 0, 0, 0}, payload)
		list[name+" 4"] = ether(etherIPv4, packet4(protoUDP, "10.9.0.1", "10.9.0.2", 0, 0, udp))
		list[name+" 4 with options"] = ether(etherIPv4, packet4(protoUDP, "10.9.0.1", "10.9.0.2", 0, 12, udp))
		list[name+" 6"] = ether(etherIPv6, packet6(protoUDP, "2001:db8::91", "2001:db8::92", udp))
	}
	wrap("vxlan", portVXLAN, vxlan)
	wrap("geneve", portGENEVE, geneve(0, etherBridging, inner))
	wrap("geneve with options", portGENEVE, geneve(8, etherBridging, inner))
	return list
}

func ether(protocol uint16, body []byte) []byte {
	b := []byte{0, 0x1b, 0x54, 7, 7, 7, 0, 0x1b, 0x54, 8, 8, 8}
	return append(binary.BigEndian.AppendUint16(b, protocol), body...)
}

// TestTunnels holds what is right of a tunnel's word, on a packet in the
// tunnel, against the same on the packet alone.
func TestTunnels(t *testing.T) {
	packets := corpus(capture.LinkEthernet)
	for _, expr := range slices.Concat(portable, onEthernet) {
		if expr == "" || strings.Contains(expr, "len") || strings.Contains(expr, "less") || strings.Contains(expr, "greater") {
			continue // lengths are those of the whole packet
		}
		plain, err := Compile(expr, capture.LinkEthernet, 0)
		if err != nil {
			continue
		}
		programs := map[string]code{}
		for _, word := range []string{"vxlan", "geneve", "vxlan 77", "geneve 77"} {
			prog, err := Compile(word+" and ("+expr+")", capture.LinkEthernet, 0)
			require.NoError(t, err, expr)
			programs[word] = prog
		}
		for i, p := range packets {
			if i%7 != 0 || p.Length > len(p.Data) {
				continue
			}
			want := Run(plain, &p) != 0
			for name, b := range tunnels(p.Data) {
				word, _, _ := strings.Cut(name, " ")
				outer := Packet{Data: b, Length: len(b)}
				require.Equal(t, want, Run(programs[word], &outer) != 0, "%s, packet %d, %s", expr, i, name)
				require.Equal(t, want, Run(programs[word+" 77"], &outer) != 0, "%s, packet %d, %s", expr, i, name)
			}
		}
	}
}

// TestGeneveWithoutEthernet reads packets that lie in the tunnel without an
// Ethernet header.
func TestGeneveWithoutEthernet(t *testing.T) {
	inner := packet4(protoTCP, "10.0.0.1", "10.0.0.2", 0, 4, segment(5000, 42027, 2, 3))
	payload := slices.Concat([]byte{1, 0, 8, 0, 0, 0, 5, 0, 9, 9, 9, 9}, inner)
	udp := slices.Concat([]byte{0x99, 0x99, 0x17, 0xc1, 0, 0, 0, 0}, payload)
	b := ether(etherIPv4, packet4(protoUDP, "10.9.0.1", "10.9.0.2", 0, 0, udp))
	for expr, want := range map[string]bool{
		"geneve and tcp port 42027": true, "geneve 5 and dst host 10.0.0.2": true, "geneve and tcp[tcpflags] = tcp-syn": true,
		"geneve 6": false, "geneve and udp": false, "geneve and host 10.9.0.1": false, "geneve and ether multicast": false,
		"geneve and ether[0] = 0": false, "not geneve": false, "vxlan": false, "geneve and tcp[(2+0):2] = 42027": true,
		"tcp port 42027 or (geneve and tcp port 42027)": true,
	} {
		prog, err := Compile(expr, capture.LinkEthernet, 0)
		require.NoError(t, err, expr)
		require.Equal(t, want, Run(prog, &Packet{Data: b, Length: len(b)}) != 0, expr)
	}
}

// TestGeneveAsTcpdump holds the verdicts against tcpdump's, which knows geneve
// but, before libpcap 1.10.5, not vxlan.
func TestGeneveAsTcpdump(t *testing.T) {
	needTcpdump(t)
	for _, expr := range []string{"geneve", "geneve 77", "geneve 5", "geneve and tcp port 42027", "geneve and ip6", "geneve and vlan and tcp"} {
		ours, err := Compile(expr, capture.LinkEthernet, 0)
		require.NoError(t, err)
		theirs := tcpdump(t, capture.LinkEthernet, expr)
		for _, p := range corpus(capture.LinkEthernet) {
			for name, b := range tunnels(p.Data) {
				outer := Packet{Data: b, Length: len(b)}
				require.Equal(t, Run(theirs, &outer) != 0, Run(ours, &outer) != 0, "%s, %s", expr, name)
			}
		}
	}
}

func TestTunnelsOutside(t *testing.T) {
	for _, expr := range []string{"vxlan or tcp", "not geneve and tcp port 42027", "(vxlan and tcp) or udp"} {
		_, err := Compile(expr, capture.LinkEthernet, 0)
		require.ErrorIs(t, err, ErrOutside, expr)
	}
	for _, expr := range []string{"vxlan and geneve", "vxlan 0x1000000"} {
		_, err := Compile(expr, capture.LinkEthernet, 0)
		var wrong *Error
		require.ErrorAs(t, err, &wrong, expr)
	}
}

// TestServices looks names up as tcpdump does.
func TestServices(t *testing.T) {
	for name, number := range map[string]string{"tcp port http": "tcp port 80", "udp port domain": "udp port 53", "portrange http-https": "portrange 80-443"} {
		want, err := Compile(number, capture.LinkEthernet, 0)
		require.NoError(t, err)
		got, err := Compile(name, capture.LinkEthernet, 0)
		require.NoError(t, err)
		require.Equal(t, want, got, name)
	}
}

// TestUnlimited compiles what the system does not take.
func TestUnlimited(t *testing.T) {
	hosts := make([]string, 3000)
	for i := range hosts {
		hosts[i] = "host 10.1." + string(rune('0'+i%10)) + "." + []string{"1", "2", "3"}[i%3]
	}
	expr := "tcp[(ip[0]&1):2] = 1 or " + strings.Repeat("ip[8] + ip[9] = 4711 or ", 2000) + strings.Join(hosts, " or ")
	_, err := Compile(expr, capture.LinkEthernet, 0)
	require.ErrorIs(t, err, ErrTooLong)
	prog, err := Target{Link: capture.LinkEthernet, Unlimited: true}.Compile(expr)
	require.NoError(t, err)
	b := ether(etherIPv4, packet4(protoTCP, "10.1.3.1", "10.9.0.2", 0, 0, segment(1, 2, 0, 0)))
	require.NotZero(t, Run(prog, &Packet{Data: b, Length: len(b)}))
}
