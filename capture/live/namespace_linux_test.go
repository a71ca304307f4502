package live

import (
	"encoding/binary"
	"net"
	"os"
	"os/exec"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"golang.org/x/sys/unix"

	"ctiscope/capture"
)

// inNamespace runs the calling test in a network namespace of its own, in a
// second process, and returns true in that process. In the first it returns
// false when the second has passed.
func inNamespace(t *testing.T) bool {
	t.Helper()
	const variable = "CTISCOPE_TEST_NAMESPACE"
	if os.Getenv(variable) == t.Name() {
		run(t, "ip", "link", "set", "lo", "up")
		return true
	}
	if _, err := exec.LookPath("ip"); err != nil {
		t.Skip("ip (iproute2) is not installed: no interfaces can be made for this test")
	}
	t.Parallel() // it mostly waits
	c := exec.Command(os.Args[0], "-test.run=^"+t.Name()+"$", "-test.v", "-test.timeout=120s")
	c.Env = append(os.Environ(), variable+"="+t.Name())
	c.SysProcAttr = &syscall.SysProcAttr{Cloneflags: syscall.CLONE_NEWNET}
	if os.Geteuid() != 0 { // root of a user namespace may make a network
		c.SysProcAttr.Cloneflags |= syscall.CLONE_NEWUSER
		c.SysProcAttr.UidMappings = []syscall.SysProcIDMap{{ContainerID: 0, HostID: os.Geteuid(), Size: 1}}
		c.SysProcAttr.GidMappings = []syscall.SysProcIDMap{{ContainerID: 0, HostID: os.Getegid(), Size: 1}}
	}
	out, err := c.CombinedOutput()
	if err != nil && len(out) == 0 {
		t.Skipf("a network namespace may not be made here: %v", err)
	}
	require.NoError(t, err, "in the namespace:\n%s", out)
	if strings.Contains(string(out), "--- SKIP") {
		t.Skipf("in the namespace:\n%s", out)
	}
	for _, line := range strings.Split(string(out), "\n") {
		if _, figure, ok := strings.Cut(line, "figure: "); ok {
			t.Log(figure)
		}
	}
	return false
}

func run(t *testing.T, name string, args ...string) {
	t.Helper()
	out, err := exec.Command(name, args...).CombinedOutput()
	require.NoError(t, err, "%s %v: %s", name, args, out)
}

// pair makes two connected interfaces and switches them on.
func pair(t *testing.T, a, b string) {
	t.Helper()
	run(t, "ip", "link", "add", a, "type", "veth", "peer", "name", b)
	for _, name := range []string{a, b} {
		// Without this the system itself sends neighbour discovery.
		_ = os.WriteFile("/proc/sys/net/ipv6/conf/"+name+"/disable_ipv6", []byte("1"), 0o644)
		run(t, "ip", "link", "set", name, "up")
	}
}

// injector sends frames as they are.
type injector struct {
	fd int
	to unix.SockaddrLinklayer
}

func newInjector(t *testing.T, name string) *injector {
	t.Helper()
	i, err := net.InterfaceByName(name)
	require.NoError(t, err)
	fd, err := unix.Socket(unix.AF_PACKET, unix.SOCK_RAW|unix.SOCK_CLOEXEC, 0)
	require.NoError(t, err)
	t.Cleanup(func() { unix.Close(fd) })
	return &injector{fd, unix.SockaddrLinklayer{Ifindex: i.Index, Halen: 6}}
}

func (i *injector) send(t *testing.T, frames ...[]byte) {
	t.Helper()
	for _, f := range frames {
		require.NoError(t, unix.Sendto(i.fd, f, 0, &i.to))
	}
}

// tcpFrame builds an Ethernet frame with a TCP segment over IPv4, behind VLAN
// tags if there are any.
func tcpFrame(port uint16, payload string, tags ...uint16) []byte {
	b := []byte{0x02, 0, 0, 0, 0, 1, 0x02, 0, 0, 0, 0, 2}
	for i, tci := range tags {
		ether := uint16(etherVLAN)
		if i == 0 && len(tags) > 1 {
			ether = 0x88a8
		}
		b = binary.BigEndian.AppendUint16(binary.BigEndian.AppendUint16(b, ether), tci)
	}
	b = binary.BigEndian.AppendUint16(b, 0x0800)
	ip := []byte{0x45, 0, 0, 0, 0, 0, 0x40, 0, 64, 6, 0, 0, 10, 0, 0, 1, 10, 0, 0, 2}
	binary.BigEndian.PutUint16(ip[2:], uint16(40+len(payload)))
	tcp := make([]byte, 20)
	binary.BigEndian.PutUint16(tcp, 5000)
	binary.BigEndian.PutUint16(tcp[2:], port)
	tcp[12], tcp[13] = 0x50, 0x18
	return append(append(append(b, ip...), tcp...), payload...)
}

// taken is a packet that was captured, with bytes of its own.
type taken struct {
	capture.Packet
	at time.Time // when Next returned it
}

// takeCount calls Next until n packets are there.
func takeCount(t *testing.T, s *Source, n int) []taken {
	t.Helper()
	var list []taken
	end := time.Now().Add(20 * time.Second)
	for len(list) < n {
		require.True(t, time.Now().Before(end), "only %d of %d packets came; %+v", len(list), n, s.Stats())
		b, err := s.Next()
		require.NoError(t, err)
		list = append(list, keep(b)...)
	}
	require.Len(t, list, n)
	return list
}

// keep copies the packets of a Block and releases it.
func keep(b *capture.Block) []taken {
	var list []taken
	for _, p := range b.Packets {
		p.Data = append([]byte{}, p.Data...)
		list = append(list, taken{p, time.Now()})
	}
	b.Release()
	return list
}

// requireQuiet checks that nothing more comes.
func requireQuiet(t *testing.T, s *Source) {
	t.Helper()
	for range 2 {
		b, err := s.Next()
		require.NoError(t, err)
		require.Empty(t, keep(b))
	}
}
