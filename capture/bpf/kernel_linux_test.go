package bpf

import (
	"errors"
	"testing"
	"unsafe"

	"github.com/stretchr/testify/require"
	netbpf "golang.org/x/net/bpf"
	"golang.org/x/sys/unix"

	"ctiscope/capture"
)

// kernelFilter runs programs in the Linux kernel: on a pair of datagram
// sockets, which needs no rights.
type kernelFilter struct{ send, receive int }

func newKernelFilter(t *testing.T) *kernelFilter {
	t.Helper()
	pair, err := unix.Socketpair(unix.AF_UNIX, unix.SOCK_DGRAM|unix.SOCK_CLOEXEC|unix.SOCK_NONBLOCK, 0)
	require.NoError(t, err)
	t.Cleanup(func() { unix.Close(pair[0]); unix.Close(pair[1]) })
	return &kernelFilter{pair[0], pair[1]}
}

func (k *kernelFilter) attach(prog []netbpf.RawInstruction) error {
	list := make([]unix.SockFilter, len(prog))
	for i, p := range prog {
		list[i] = unix.SockFilter{Code: p.Op, Jt: p.Jt, Jf: p.Jf, K: p.K}
	}
	f := unix.SockFprog{Len: uint16(len(list)), Filter: unsafe.SliceData(list)}
	return unix.SetsockoptSockFprog(k.receive, unix.SOL_SOCKET, unix.SO_ATTACH_FILTER, &f)
}

// run returns how many bytes of data the kernel keeps.
func (k *kernelFilter) run(t *testing.T, data []byte) uint32 {
	t.Helper()
	err := unix.Sendto(k.send, data, 0, nil)
	if errors.Is(err, unix.EPERM) {
		return 0
	}
	require.NoError(t, err)
	buf := make([]byte, 65536)
	n, err := unix.Read(k.receive, buf)
	if errors.Is(err, unix.EAGAIN) { // newer kernels tell the sender nothing
		return 0
	}
	require.NoError(t, err)
	return uint32(n)
}

// TestKernelVerdicts compares our interpreter with the kernel's.
func TestKernelVerdicts(t *testing.T) {
	k := newKernelFilter(t)
	packets := corpus(capture.LinkEthernet)
	for n, expr := range append(append([]string{}, portable...), onEthernet...) {
		prog, err := Compile(expr, capture.LinkEthernet, 60)
		require.NoError(t, err)
		require.NoError(t, k.attach(prog), expr)
		for i := n % 9; i < len(packets); i += 9 {
			p := packets[i]
			if len(p.Data) == 0 {
				continue
			}
			p.Length = len(p.Data)
			require.Equal(t, min(Run(prog, &p), uint32(len(p.Data))), k.run(t, p.Data), "%q on %x", expr, p.Data)
		}
	}
}

// TestKernelAccepts has the kernel check programs that use what is beside a
// packet.
func TestKernelAccepts(t *testing.T) {
	k := newKernelFilter(t)
	for _, link := range []capture.LinkType{capture.LinkEthernet, capture.LinkLinuxSLL2, capture.LinkRaw} {
		target := Target{Link: link, Kernel: true}
		exprs := append([]string{"inbound", "ifindex 7"}, portable...)
		if link != capture.LinkRaw {
			exprs = append(exprs, "vlan", "vlan 5 and vlan 6", "vlan and tcp port 42027", "not vlan 5 and ip", "vlan or mpls 3")
		}
		for _, expr := range exprs {
			prog, err := target.Compile(expr)
			require.NoError(t, err, expr)
			require.NoError(t, k.attach(prog), expr)
		}
		for _, also := range []Traffic{{}, {VLAN: true}, {true, true, true}} {
			prog, err := target.Ports(ctiPorts, also)
			require.NoError(t, err)
			require.NoError(t, k.attach(prog))
		}
	}
}

// TestKernelTakesTheLongest attaches a program of nearly MaxInstructions.
func TestKernelTakesTheLongest(t *testing.T) {
	var scattered []uint16
	for i := range 1400 {
		scattered = append(scattered, uint16(3*i))
	}
	prog, err := Target{Link: capture.LinkEthernet, Kernel: true}.Ports(scattered, Traffic{VLAN: true, Fragments: true})
	require.NoError(t, err)
	require.Greater(t, len(prog), 3000)
	require.NoError(t, newKernelFilter(t).attach(prog))
}
