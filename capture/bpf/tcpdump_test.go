package bpf

import (
	"bufio"
	"crypto/sha256"
	"encoding/binary"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	netbpf "golang.org/x/net/bpf"

	"ctiscope/capture"
)

var update = flag.Bool("update", false, "write testdata/verdicts.txt anew, from tcpdump")

const verdictsFile = "testdata/verdicts.txt"

// portable expressions mean the same on every link type.
var portable = []string{
	"", "ip", "ip6", "tcp", "udp", "sctp", "icmp", "icmp6", "igmp", "ah", "esp", "pim", "vrrp", "igrp",
	"host 10.0.0.1", "src host 10.0.0.1", "dst host 10.0.0.1", "src or dst host 10.1.2.3", "src and dst host 10.0.0.1",
	"dst or src 10.0.0.2", "src 10.0.0.2", "ip host 10.0.0.1", "ip src host 10.0.0.1 and ip dst host 10.0.0.2",
	"host 10.0.0.1 or 10.0.0.2", "host 10.0.0.1 or (10.0.0.2 or 10.1.2.3)", "host 10.0.0.1 and not 10.0.0.2",
	"host 10.1", "host 10", "net 10", "net 10.0.0", "net 192.168", "net 192.168.0.0/16", "src net 192.168.8.0/21",
	"dst net 10.0.0.0 mask 255.255.255.0", "ip net 10.0.0.0/30", "not net 10.0.0.0/8", "net 0.0.0.0/0",
	"host 2001:db8::1", "src host 2001:db8::1", "dst 2001:db8::2", "net 2001:db8::/32", "net 2001:db8::/48",
	"src net fe80::/10", "ip6 host 2001:db8:0:7::9", "ip6 net 2001:db8:0:0::/64", "net ::/0", "src and dst net 2001:db8::/33",
	"port 80", "src port 80", "dst port 42027", "tcp port 42027", "udp port 53", "tcp src port 443", "sctp port 80",
	"port 80 or 443", "port 80 or port 443 or port 42027", "tcp port (42027 or 43027 or 42030)", "src and dst port 80",
	"port 80 and not src port 443", "not port 80", "! port 80", "not (tcp port 80 or udp port 53)", "tcp port 0x50",
	"portrange 42000-43000", "tcp portrange 42027-42030", "src portrange 80-443", "udp dst portrange 53-80", "portrange 443-80",
	"portrange 1000-65535 and host 10.0.0.1", "portrange 80", "port 042033",
	"tcp port 42027 and (host 10.0.0.1 or host 2001:db8::1)", "tcp and port 42027 or udp and port 53",
	"(tcp and port 42027) or (udp and port 53)", "tcp or udp and port 53", "ip and tcp and not port 80",
	"proto 6", "proto \\tcp", "ip proto 6", "ip proto \\udp", "ip6 proto 6", "ip6 proto \\udp", "ip proto 47", "ip proto \\icmp",
	"less 60", "greater 80", "len > 60", "len <= 60", "len = 74", "len != 74", "length >= 60 and len < 90",
	"tcp[13] & 2 != 0", "tcp[tcpflags] & tcp-syn != 0", "tcp[tcpflags] & (tcp-syn|tcp-fin) != 0", "tcp[13] = 2", "tcp[13] == 18",
	"tcp[tcpflags] & (tcp-syn|tcp-ack) == (tcp-syn|tcp-ack)", "tcp[0:2] = 42027", "tcp[2:2] > 1024", "not tcp[13] = 2",
	"ip[0] & 0xf != 5", "ip[0] & 0x0f > 5 and tcp", "ip[6:2] & 0x1fff != 0", "ip[6] & 0x20 != 0 or ip[6:2] & 0x1fff > 0", "ip[9] = 6",
	"ip[2:2] > 60", "ip[12:4] = 0x0a000001", "ip[12:4] = ip[16:4]", "ip[12:4] > ip[16:4]", "tcp[0:2] < tcp[2:2]",
	"tcp port 80 and ip[2:2] - ((ip[0] & 0xf) << 2) - ((tcp[12] & 0xf0) >> 2) != 0", "ip[2:2] - 20 > 40", "ip[2:2] * 2 / 3 > 40", "ip[8] % 10 = 4",
	"udp[4:2] = 0", "udp[0:2] + udp[2:2] > 1000", "icmp[icmptype] = icmp-echo", "icmp[0] = 8 or icmp[icmptype] == icmp-echoreply",
	"icmp6[icmp6type] = icmp6-neighborsolicit", "icmp6[0] != 128", "ip6[6] = 6", "ip6[40:2] = 42027 and ip6[6] = 6",
	"tcp[ip[8] - 51] = 2", "ip[ip[0] & 0xf] = 0", "ip[tcp[12] >> 4] != 3", "1 + 2 * 3 = 7", "(1 + 2) * 3 = 9", "10 > len", "-1 = 0xffffffff",
	"-len = 0xffffffb6", "len = 60 + 14", "60 + 14 = len", "ip[0] >> 4 = 4", "ip[0] ^ 0x45 = 0", "2 << 3 = 16", "len / 10 > 6", "len & 1 = 0",
	"ip multicast", "ip6 multicast", "ip or ip6", "not ip", "not ip and not ip6", "not not ip", "ip and not (not tcp)", "((tcp))",
	"tcp && port 80 || udp && !port 53", "tcp[(13)] & (2) != (0)", "port (80)", "dst host 10.0.0.1 and (tcp[13] & 7 != 0)",
	"tcp port 80 or tcp port 443 or tcp port 42027 or tcp port 43027 or tcp port 42030 or udp port 53 or udp port 1024",
}

// onEthernet are expressions that need an Ethernet header or what may follow
// one.
var onEthernet = []string{
	"arp", "rarp", "arp host 10.0.0.1", "rarp src host 10.0.0.1", "arp net 10.0.0.0/8", "arp[6:2] = 1",
	"ether host 00:1b:54:01:02:03", "ether src 0:1b:54:9:9:9", "ether dst 00-1b-54-01-02-03", "ether host 001b.5401.0203",
	"ether dst host 001b54010203", "ether src or dst 00:1b:54:01:02:03", "ether broadcast", "ether multicast", "broadcast", "multicast",
	"ether proto 0x800", "ether proto \\ip", "ether proto \\arp", "ether proto 0x8847", "ether[0] & 1 = 0", "link[12:2] = 0x800",
	"ether[6:4] = 0x1b54", "not ether host 00:1b:54:01:02:03", "tcp and ether dst 00:1b:54:01:02:03",
	"vlan", "vlan 5", "vlan 100", "not vlan", "vlan and ip", "vlan and tcp port 42027", "vlan 5 and host 10.0.0.1", "vlan and vlan",
	"vlan and vlan 6", "vlan 5 and vlan 6 and tcp", "vlan or ip", "vlan 5 or tcp", "vlan and (tcp port 42027 or udp)",
	"tcp port 42027 or (vlan and tcp port 42027)", "vlan and arp", "vlan and ip6 and tcp", "vlan and tcp[13] & 2 != 0",
	"not vlan and ip", "not (vlan 5) and ip", "vlan and not ip", "vlan and ether[12:2] = 0x8100", "port 80 or vlan or port 80",
	"mpls", "mpls 1", "mpls and ip", "mpls 1 and mpls 2", "mpls and mpls and tcp port 42027", "mpls and tcp", "mpls 2 and host 10.0.0.1",
	"mpls and ip6", "not mpls", "mpls and port 80",
	"pppoed", "pppoes", "pppoes 7", "pppoes and ip", "pppoes 6 and tcp port 42027", "pppoes and ip6 and udp", "not pppoes",
	"vlan and pppoes and ip", "vlan and mpls and ip", "pppoes and host 10.0.0.1",
}

type suite struct {
	name  string
	link  capture.LinkType
	exprs []string
}

var suites = []suite{
	{"ethernet", capture.LinkEthernet, append(append([]string{}, portable...), onEthernet...)},
	{"raw", capture.LinkRaw, portable},
	{"sll", capture.LinkLinuxSLL, append([]string{"inbound", "outbound", "arp", "link[14:2] = 0x800"}, portable...)},
	{"sll2", capture.LinkLinuxSLL2, append([]string{"inbound", "outbound", "ifindex 1", "arp"}, portable...)},
	{"null", capture.LinkNull, portable},
	{"ppp", capture.LinkPPP, portable},
}

// TestVerdicts holds the compiler against the verdicts that tcpdump's programs
// gave when the file was written.
func TestVerdicts(t *testing.T) {
	if *update {
		writeVerdicts(t)
	}
	stored := readVerdicts(t)
	for _, s := range suites {
		t.Run(s.name, func(t *testing.T) {
			packets := corpus(s.link)
			for _, expr := range s.exprs {
				want, ok := stored[s.name+"\t"+expr]
				require.True(t, ok, "no verdict stored for %q", expr)
				prog, err := Compile(expr, s.link, 0)
				require.NoError(t, err, expr)
				require.Equal(t, want, verdicts(prog, packets), expr)
			}
		})
	}
}

// TestTcpdump holds the compiler against the tcpdump of this machine, on every
// eighth expression, or on all with CTISCOPE_LONG set.
func TestTcpdump(t *testing.T) {
	needTcpdump(t)
	for _, s := range suites {
		t.Run(s.name, func(t *testing.T) {
			t.Parallel()
			packets := corpus(s.link)
			for i, expr := range s.exprs {
				if i%8 != 0 && os.Getenv("CTISCOPE_LONG") == "" {
					continue // TestVerdicts has them all
				}
				ours, err := Compile(expr, s.link, 0)
				require.NoError(t, err, expr)
				plain, optimized := tcpdump(t, s.link, expr, "-O"), tcpdump(t, s.link, expr)
				for i := range packets {
					requireSame(t, &packets[i], expr, ours, plain, optimized)
				}
			}
		})
	}
}

// requireSame compares verdicts. A packet that was cut short is rejected where
// a program loads what is missing, and tcpdump's own optimizer changes the
// order of loads; there, one of its two verdicts must be ours.
func requireSame(t *testing.T, p *Packet, expr string, ours, plain, optimized []netbpf.RawInstruction) {
	have, want, other := Run(ours, p), Run(plain, p), Run(optimized, p)
	if have == want || cut(p) && have == other {
		return
	}
	require.Equal(t, want, have, "%q on a packet of %d bytes: %x", expr, p.Length, p.Data)
}

// cut tells whether the corpus holds only the beginning of a packet.
func cut(p *Packet) bool { return p.Length > len(p.Data)+2 }

func needTcpdump(t *testing.T) {
	if _, err := exec.LookPath("tcpdump"); err != nil {
		t.Skip("tcpdump is not installed: its programs cannot be compared here; TestVerdicts holds what it said")
	}
}

// tcpdump returns the program that tcpdump compiles.
func tcpdump(t *testing.T, link capture.LinkType, expr string, options ...string) []netbpf.RawInstruction {
	t.Helper()
	file := filepath.Join(t.TempDir(), "empty.pcap")
	header := binary.LittleEndian.AppendUint32(nil, 0xa1b2c3d4)
	header = append(header, 2, 0, 4, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 4, 0)
	header = binary.LittleEndian.AppendUint32(header, uint32(link))
	require.NoError(t, os.WriteFile(file, header, 0o600))
	out, err := exec.Command("tcpdump", append(options, "-r", file, "-ddd", "--", expr)...).Output()
	require.NoError(t, err, "tcpdump refuses %q", expr)
	return parseDecimal(t, string(out))
}

// parseDecimal reads a program as tcpdump -ddd writes it.
func parseDecimal(t *testing.T, text string) (prog []netbpf.RawInstruction) {
	t.Helper()
	lines := strings.Split(strings.TrimSpace(text), "\n")
	for _, line := range lines[1:] {
		var i netbpf.RawInstruction
		_, err := fmt.Sscan(line, &i.Op, &i.Jt, &i.Jf, &i.K)
		require.NoError(t, err)
		prog = append(prog, i)
	}
	return prog
}

// verdicts is how many packets match and a hash over which; packets that were
// cut short are left out.
func verdicts(prog []netbpf.RawInstruction, packets []Packet) string {
	bits := make([]byte, (len(packets)+7)/8)
	matches := 0
	for i := range packets {
		if !cut(&packets[i]) && Run(prog, &packets[i]) != 0 {
			bits[i/8] |= 1 << (i % 8)
			matches++
		}
	}
	sum := sha256.Sum256(bits)
	return fmt.Sprintf("%d %x", matches, sum[:8])
}

func writeVerdicts(t *testing.T) {
	needTcpdump(t)
	var b strings.Builder
	for _, s := range suites {
		packets := corpus(s.link)
		for _, expr := range s.exprs {
			fmt.Fprintf(&b, "%s\t%s\t%s\n", s.name, expr, verdicts(tcpdump(t, s.link, expr), packets))
		}
	}
	require.NoError(t, os.WriteFile(verdictsFile, []byte(b.String()), 0o644))
}

func readVerdicts(t *testing.T) map[string]string {
	file, err := os.Open(verdictsFile)
	require.NoError(t, err)
	defer file.Close()
	stored := map[string]string{}
	lines := bufio.NewScanner(file)
	lines.Buffer(nil, 1<<20)
	for lines.Scan() {
		cut := strings.LastIndexByte(lines.Text(), '\t')
		stored[lines.Text()[:cut]] = lines.Text()[cut+1:]
	}
	require.NoError(t, lines.Err())
	return stored
}
