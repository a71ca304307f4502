package live

import (
	"encoding/binary"
	"io"
	"net"
	"os"
	"os/exec"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"golang.org/x/sys/unix"

	"ctiscope/capture"
)

// TestAny captures on all interfaces: with cooked headers, tags put back,
// nothing twice on the loopback interface, and interfaces that come later.
func TestAny(t *testing.T) {
	if !inNamespace(t) {
		return
	}
	s := open(t, Options{Interfaces: []string{Any}, Filter: ports(42027)})
	pair(t, "left", "right")
	frame := tcpFrame(42027, "tagged", 7)
	newInjector(t, "right").send(t, frame)
	got := takeCount(t, s, 2) // leaves right, arrives at left
	types := map[byte]bool{}
	for _, p := range got {
		require.Equal(t, capture.LinkLinuxSLL2, p.Link)
		require.EqualValues(t, etherVLAN, binary.BigEndian.Uint16(p.Data))
		i, err := net.InterfaceByIndex(int(binary.BigEndian.Uint32(p.Data[4:])))
		require.NoError(t, err)
		require.Equal(t, map[byte]string{unix.PACKET_OUTGOING: "right", unix.PACKET_OTHERHOST: "left"}[p.Data[10]], i.Name)
		require.EqualValues(t, unix.ARPHRD_ETHER, binary.BigEndian.Uint16(p.Data[8:]))
		require.Equal(t, frame[14:], p.Data[20:]) // tag, ether type, packet
		types[p.Data[10]] = true
	}
	require.Len(t, types, 2)
	require.Equal(t, "HELO", exchange(t, "127.0.0.1:42027", "HELO"))
	var data int
	for end := time.Now().Add(300 * time.Millisecond); time.Now().Before(end); {
		b, err := s.Next()
		require.NoError(t, err)
		for _, p := range keep(b) {
			if strings.HasSuffix(string(p.Data), "HELO") {
				data++
			}
		}
	}
	require.Equal(t, 2, data, "one there and one back")
}

// TestAnyVLANFilter has the kernel apply filters on tags where it shows packets
// without link header: those that arrive have the tag beside them, those that
// are sent have it in a header that is not shown.
func TestAnyVLANFilter(t *testing.T) {
	if !inNamespace(t) {
		return
	}
	pair(t, "left", "right")
	wire := newInjector(t, "right")
	for filter, want := range map[string]int{
		"vlan": 4, "vlan 7": 2, "vlan 7 and tcp port 42027": 2, "vlan 8 and tcp port 42027": 0, "vlan and tcp port 80": 2,
		"tcp port 42027": 3, // the tag of a packet that arrives is not in sight, as with tcpdump
	} {
		s := open(t, Options{Interfaces: []string{Any}, Filter: expression(filter)})
		wire.send(t, tcpFrame(42027, "tagged", 7), tcpFrame(80, "tagged", 9), tcpFrame(42027, "plain"))
		var got []taken
		if want > 0 {
			got = takeCount(t, s, want)
		}
		requireQuiet(t, s)
		for _, p := range got {
			require.Equal(t, capture.LinkLinuxSLL2, p.Link)
		}
	}
}

// exchange has a server echo text over TCP, and returns what came back.
func exchange(t *testing.T, address, text string) string {
	t.Helper()
	l, err := net.Listen("tcp", address)
	require.NoError(t, err)
	defer l.Close()
	go func() {
		c, err := l.Accept()
		if err != nil {
			return
		}
		defer c.Close()
		_, _ = io.CopyN(c, c, int64(len(text)))
	}()
	c, err := net.Dial("tcp", l.Addr().String())
	require.NoError(t, err)
	defer c.Close()
	_, err = c.Write([]byte(text))
	require.NoError(t, err)
	back := make([]byte, len(text))
	_, err = io.ReadFull(c, back)
	require.NoError(t, err)
	return string(back)
}

func TestLoopback(t *testing.T) {
	if !inNamespace(t) {
		return
	}
	s := open(t, Options{Interfaces: []string{"lo"}, Filter: ports(42027), Promiscuous: true})
	text := strings.Repeat("0123456789abcdef", 64<<10) // a megabyte, in packets of up to 64 KiB
	require.Equal(t, text, exchange(t, "[::1]:42027", text))
	s.Stop()
	there, back := streams(t, s)
	require.Len(t, there, 1)
	require.Len(t, back, 1)
	require.True(t, text == there[0], "what was sent differs from what was captured")
	require.True(t, text == back[0], "what came back differs from what was captured")
	require.Zero(t, s.Stats().KernelDropped)
}

// TestRawIP captures on a tun interface, whose packets have no link header.
func TestRawIP(t *testing.T) {
	if !inNamespace(t) {
		return
	}
	if out, err := exec.Command("ip", "tuntap", "add", "tun9", "mode", "tun").CombinedOutput(); err != nil {
		t.Skipf("no tun interface can be made here: %s", out)
	}
	tun, err := os.OpenFile("/dev/net/tun", os.O_RDWR, 0)
	require.NoError(t, err)
	defer tun.Close()
	request, err := unix.NewIfreq("tun9")
	require.NoError(t, err)
	request.SetUint16(unix.IFF_TUN | unix.IFF_NO_PI)
	require.NoError(t, unix.IoctlIfreq(int(tun.Fd()), unix.TUNSETIFF, request))
	run(t, "ip", "link", "set", "tun9", "up")
	s := open(t, Options{Interfaces: []string{"tun9"}, Filter: ports(42027)})
	packet := tcpFrame(42027, "raw")[14:]
	_, err = tun.Write(packet)
	require.NoError(t, err)
	p := takeCount(t, s, 1)[0]
	require.Equal(t, capture.LinkRaw, p.Link)
	require.Equal(t, packet, p.Data)
}
