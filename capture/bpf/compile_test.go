package bpf

import (
	"errors"
	"fmt"
	"os/exec"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	netbpf "golang.org/x/net/bpf"

	"ctiscope/capture"
)

func TestRefused(t *testing.T) {
	cases := []struct {
		name, expr string
		offset     int
		word       string
	}{
		{"unknown word", "tcp prot 80", 4, "prot"},
		{"unknown word first", "foo and tcp", 0, "foo"},
		{"host name", "host ccm-a.example.com", 5, "ccm-a.example.com"},
		{"net name", "net loopback", 4, "loopback"},
		{"service name", "port nosuchservice", 5, "nosuchservice"},
		{"bare address", "10.0.0.1", 0, "10.0.0.1"},
		{"bare port after a protocol", "tcp and 80", 8, "80"},
		{"nothing after and", "tcp and ", 8, ""},
		{"nothing after port", "port", 4, ""},
		{"nothing in parentheses", "()", 1, ")"},
		{"open parenthesis", "(tcp and port 80", 0, "("},
		{"closed parenthesis too many", "tcp)", 3, ")"},
		{"operator first", "/ 3", 0, "/"},
		{"comparison missing", "tcp[13] & 2", 11, ""},
		{"comparison is a word", "len foo 3", 4, "foo"},
		{"size of five", "tcp[13:5] = 1", 7, "5"},
		{"bracket open", "tcp[13 = 1", 7, "="},
		{"port too large", "port 70000", 5, "70000"},
		{"range too large", "portrange 42027-70000", 10, "42027-70000"},
		{"range of one side", "portrange 42027-x", 10, "42027-x"},
		{"port of an address", "port 10.0.0.1", 5, "10.0.0.1"},
		{"port of ip", "ip port 80", 0, "ip"},
		{"proto has no direction", "src proto 6", 4, "proto"},
		{"proto unknown", "proto frob", 6, "frob"},
		{"proto too large", "ip proto 300", 9, "300"},
		{"ether type too small", "ether proto 0x100", 12, "0x100"},
		{"number too large", "len > 4294967296", 6, "4294967296"},
		{"bad octal", "port 08", 5, "08"},
		{"bad character", "tcp # port", 4, "#"},
		{"bad address", "host 10.0.0.256", 5, "10.0.0.256"},
		{"host bits in a net", "net 10.0.0.1/8", 4, "10.0.0.1"},
		{"prefix too long", "net 10.0.0.0/33", 13, "33"},
		{"prefix too long 6", "net 2001:db8::/129", 15, "129"},
		{"host bits in a net 6", "net 2001:db8::1/32", 4, "2001:db8::1"},
		{"tcp host", "tcp host 10.0.0.1", 0, "tcp"},
		{"arp with IPv6", "arp host 2001:db8::1", 0, "arp"},
		{"ether host without address", "ether host 10.0.0.1", 11, "10.0.0.1"},
		{"ether net", "ether net 0:1:2:3:4:5", 10, "0:1:2:3:4:5"},
		{"mac without ether", "host 00:1b:54:01:02:03", 5, "00:1b:54:01:02:03"},
		{"ip broadcast", "ip broadcast", 3, "broadcast"},
		{"tcp multicast", "tcp multicast", 4, "multicast"},
		{"gateway", "gateway 10.0.0.1", 0, "gateway"},
		{"protochain", "ip6 protochain 6", 4, "protochain"},
		{"802.11", "tcp and wlan host 0:1:2:3:4:5", 8, "wlan"},
		{"vlan too large", "vlan 4096", 5, "4096"},
		{"mpls too large", "mpls 0x100000", 5, "0x100000"},
		{"vlan after mpls", "mpls and vlan", 9, "vlan"},
		{"vlan after pppoes", "pppoes and vlan", 11, "vlan"},
		{"division by zero", "len / 0 = 1", 4, "/"},
		{"shift too far", "len << 32 = 1", 4, "<<"},
		{"index too large", "ip[0xffffffff] = 1", 2, "["},
		{"direction on ethernet", "inbound", 0, "inbound"},
		{"interface on ethernet", "ifindex 3", 0, "ifindex"},
		{"two conditions without and", "tcp port 80 udp", 12, "udp"},
		{"backslash alone", "proto \\ 6", 6, "\\"},
		{"not alone", "not", 3, ""},
		{"nested too deeply", strings.Repeat("(", 300) + "tcp" + strings.Repeat(")", 300), 200, "("},
		{"nots too deeply", strings.Repeat("!", 300) + "tcp", 200, "not"},
		{"arithmetic too deep", deepSum(20) + " = 1", 0, "len"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			_, err := Compile(c.expr, capture.LinkEthernet, 0)
			var wrong *Error
			require.ErrorAs(t, err, &wrong)
			require.Equal(t, c.offset, wrong.Offset, err)
			require.Equal(t, c.word, wrong.Word, err)
			require.NotEmpty(t, wrong.Reason)
		})
	}
}

// deepSum nests to the right, so that every level keeps a number in memory.
func deepSum(n int) string {
	return strings.Repeat("len + (", n) + "len" + strings.Repeat(")", n)
}

func TestNothingCanMatch(t *testing.T) {
	for _, expr := range []string{"ip and arp", "ip and ip6", "ip and vlan", "tcp port 80 and arp", "not ip and tcp[0] = 1"} {
		_, err := Compile(expr, capture.LinkEthernet, 0)
		require.ErrorIs(t, err, ErrNothing, expr)
	}
	_, err := Compile("ip6", capture.LinkIPv4, 0)
	require.ErrorIs(t, err, ErrNothing)
}

func TestTooLong(t *testing.T) {
	var b strings.Builder
	for i := range 2000 {
		fmt.Fprintf(&b, "len = %d or ip[len] = 7 or ", i)
	}
	_, err := Compile(b.String()+"tcp", capture.LinkEthernet, 0)
	require.ErrorIs(t, err, ErrTooLong)
}

func TestLinkTypeUnknown(t *testing.T) {
	_, err := Compile("tcp", capture.LinkType(147), 0)
	require.ErrorContains(t, err, "147")
}

func TestSnapLen(t *testing.T) {
	prog, err := Compile("tcp", capture.LinkRaw, 96)
	require.NoError(t, err)
	p := Packet{Data: packet4(6, "10.0.0.1", "10.0.0.2", 0, 0, segment(1, 2, 0, 100))}
	require.Equal(t, uint32(96), Run(prog, &p))
}

// TestProtocolChecks pins where we differ from tcpdump 4.99 on purpose: the
// protocol of every bracket is checked, tcpdump forgets that of a right
// operand.
func TestProtocolChecks(t *testing.T) {
	prog, err := Compile("ip[0] + tcp[12] > 0", capture.LinkRaw, 0)
	require.NoError(t, err)
	p := Packet{Data: packet4(17, "10.0.0.1", "10.0.0.2", 0, 0, datagram(1, 2, 100))}
	require.Zero(t, Run(prog, &p))
	p.Data[9] = protoTCP
	require.NotZero(t, Run(prog, &p))
}

// TestNullFamilies pins that a loopback packet is IPv6 by the family number of
// any system, in either byte order.
func TestNullFamilies(t *testing.T) {
	prog, err := Compile("ip6 and tcp", capture.LinkNull, 0)
	require.NoError(t, err)
	body := packet6(6, "2001:db8::1", "2001:db8::2", segment(1, 2, 0, 0))
	for _, family := range [][]byte{{30, 0, 0, 0}, {0, 0, 0, 30}, {0, 0, 0, 10}, {24, 0, 0, 0}, {0, 0, 0, 28}, {23, 0, 0, 0}} {
		p := Packet{Data: append(family, body...)}
		require.NotZero(t, Run(prog, &p), family)
	}
}

// TestOptimizerKeepsVerdicts compares every program with one that was not
// optimized.
func TestOptimizerKeepsVerdicts(t *testing.T) {
	packets := corpus(capture.LinkEthernet)
	for _, expr := range append(append([]string{}, portable...), onEthernet...) {
		s, err := newScope(Target{Link: capture.LinkEthernet}, tagInPacket)
		require.NoError(t, err)
		c, err := parse(expr, s)
		require.NoError(t, err)
		b := newBuilder()
		list := sorted(b.build(c, b.accept, b.reject))
		layout(list)
		plain := emit(list, maxSnapLen)
		optimized, ok := assemble(c, maxSnapLen)
		require.True(t, ok)
		require.LessOrEqual(t, len(optimized), len(plain), expr)
		for i := range packets {
			require.Equal(t, Run(plain, &packets[i]), Run(optimized, &packets[i]), "%q on %x", expr, packets[i].Data)
		}
	}
}

// TestMachine compares our interpreter with that of golang.org/x/net, and has
// that package check the programs.
func TestMachine(t *testing.T) {
	packets := corpus(capture.LinkEthernet)
	for _, expr := range append(append([]string{}, portable...), onEthernet...) {
		if strings.HasPrefix(expr, "-len") {
			continue // that machine does not negate
		}
		prog, err := Compile(expr, capture.LinkEthernet, 0)
		require.NoError(t, err)
		instructions, known := netbpf.Disassemble(prog)
		require.True(t, known, expr)
		vm, err := netbpf.NewVM(instructions)
		require.NoError(t, err, expr)
		for i := 0; i < len(packets); i += 3 {
			p := packets[i]
			p.Length = len(p.Data) // that machine knows no other
			want, err := vm.Run(p.Data)
			require.NoError(t, err)
			require.Equal(t, uint32(want), Run(prog, &p), "%q on %x", expr, p.Data)
		}
	}
}

func TestMachineUnsound(t *testing.T) {
	p := &Packet{Data: []byte{1, 2, 3, 4}, Length: 4}
	cases := map[string]code{
		"empty":              {},
		"no return":          {ins(opLoadByte, 0)},
		"jump past the end":  {ins(opJump, 0xffffffff)},
		"unknown":            {ins(0xffff, 0), ins(opReturn, 1)},
		"memory outside":     {ins(opLoadMem, 16), ins(opReturn, 1)},
		"division by zero":   {ins(opALU|aluDiv, 0), ins(opReturn, 1)},
		"load past the end":  {ins(opLoadWord, 1), ins(opReturn, 1)},
		"load far away":      {ins(opLoadXImm, 0xffffffff), ins(opLoadByteX, 0xffffffff), ins(opReturn, 1)},
		"unknown extension":  {ins(opLoadWord, extBase+500), ins(opReturn, 1)},
		"modulo of X, zero":  {ins(opALU|aluMod|operandX, 0), ins(opReturn, 1)},
		"condition past end": {{Op: opJump | jumpEqual, Jt: 9, Jf: 9}, ins(opReturn, 1)},
	}
	for name, prog := range cases {
		require.Zero(t, Run(prog, p), name)
	}
}

// TestVLANBeside runs programs for a Linux socket on tagged frames, with the
// outer tag in the frame and beside it, and compares them with tcpdump's live
// programs, which need the right to open an interface.
func TestVLANBeside(t *testing.T) {
	exprs := []string{
		"vlan", "vlan 5", "not vlan", "vlan and ip", "vlan and tcp port 42027", "vlan 5 and vlan 6", "vlan and vlan and tcp",
		"vlan and (tcp port 42027 or udp)", "tcp port 42027", "tcp port 42027 or (vlan and tcp port 42027)", "vlan and tcp[13] & 2 != 0",
		"vlan and arp", "vlan 100 and ip6", "not (vlan 5) and ip", "inbound", "outbound and tcp", "ifindex 3",
	}
	for _, expr := range exprs {
		theirs := tcpdumpLive(t, expr)
		ours, err := Target{Link: capture.LinkEthernet, Kernel: true}.Compile(expr)
		require.NoError(t, err)
		for i, p := range corpus(capture.LinkEthernet) {
			p.Beside.PacketType, p.Beside.Interface = uint8(i%5), uint32(i%4)
			for range 2 {
				require.Equal(t, Run(theirs, &p), Run(ours, &p), "%q on %+v", expr, p)
				takeTag(&p)
			}
		}
	}
}

// takeTag moves the outer VLAN tag beside the packet.
func takeTag(p *Packet) {
	if len(p.Data) < 18 {
		return
	}
	switch ether := uint16(p.Data[12])<<8 | uint16(p.Data[13]); ether {
	case etherVLAN, etherQinQ:
		p.Beside.HasVLAN, p.Beside.VLANTag = true, uint16(p.Data[14])<<8|uint16(p.Data[15])
		p.Data = append(append([]byte{}, p.Data[:12]...), p.Data[16:]...)
		p.Length -= 4
	}
}

func tcpdumpLive(t *testing.T, expr string) []netbpf.RawInstruction {
	t.Helper()
	needTcpdump(t)
	out, err := exec.Command("tcpdump", "-O", "-i", "lo", "-ddd", "--", expr).Output()
	var failed *exec.ExitError
	if errors.As(err, &failed) {
		t.Skipf("tcpdump may not open an interface: its live programs cannot be compared here: %s", failed.Stderr)
	}
	require.NoError(t, err)
	return parseDecimal(t, string(out))
}

// TestCooked compares programs for the any interface, which see no link
// header, with those for the same packets with an SLL2 header.
func TestCooked(t *testing.T) {
	exprs := append([]string{"inbound", "outbound", "ifindex 3", "arp", "vlan", "vlan 5 and tcp"}, portable...)
	for _, expr := range exprs {
		if strings.Contains(expr, "len") || strings.Contains(expr, "less") || strings.Contains(expr, "greater") {
			continue // the length differs by the header
		}
		whole, err := Compile(expr, capture.LinkLinuxSLL2, 0)
		require.NoError(t, err)
		cooked, err := Target{Link: capture.LinkLinuxSLL2, Kernel: true}.Compile(expr)
		require.NoError(t, err)
		for _, p := range corpus(capture.LinkLinuxSLL2) {
			if len(p.Data) < 20 {
				continue
			}
			bare := Packet{Data: p.Data[20:], Length: p.Length - 20}
			bare.Beside = Beside{Protocol: uint16(p.Data[0])<<8 | uint16(p.Data[1]), PacketType: p.Data[10], Interface: uint32(p.Data[7])}
			require.Equal(t, Run(whole, &p), Run(cooked, &bare), "%q on %x", expr, p.Data)
		}
	}
	_, err := Target{Link: capture.LinkLinuxSLL2, Kernel: true}.Compile("ether[0] = 1")
	var wrong *Error
	require.ErrorAs(t, err, &wrong)
}

func TestRunAllocates(t *testing.T) {
	prog, err := Compile("tcp port 42027 or vlan and tcp port 42027", capture.LinkEthernet, 0)
	require.NoError(t, err)
	packets := corpus(capture.LinkEthernet)
	require.Zero(t, testing.AllocsPerRun(10, func() {
		for i := range packets {
			Run(prog, &packets[i])
		}
	}))
}

// FuzzCompile looks for panics, and for programs that golang.org/x/net's
// checker does not take.
func FuzzCompile(f *testing.F) {
	for i := 0; i < len(portable); i += 5 {
		f.Add(portable[i])
	}
	for _, expr := range []string{"vlan 5 and vlan", "(mpls)", "pppoes (7) and tcp[tcp[12]>>2:4]=-1", "\\x:::ffff:1.2.3.4", "port 1 or (2 and not 3)"} {
		f.Add(expr)
	}
	packets := corpus(capture.LinkEthernet)[:60]
	f.Fuzz(func(t *testing.T, expr string) {
		for _, target := range []Target{{Link: capture.LinkEthernet}, {Link: capture.LinkEthernet, Kernel: true}, {Link: capture.LinkLinuxSLL2, Kernel: true}} {
			prog, err := target.Compile(expr)
			if err != nil {
				continue
			}
			if instructions, known := netbpf.Disassemble(prog); known && !target.Kernel && !strings.Contains(expr, "-") {
				_, err = netbpf.NewVM(instructions)
				require.NoError(t, err)
			}
			for i := range packets {
				Run(prog, &packets[i])
			}
		}
	})
}
