package live

import (
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	netbpf "golang.org/x/net/bpf"
	"golang.org/x/sys/unix"

	"ctiscope/bpf"
	"ctiscope/capture"
)

// expression makes a filter of tcpdump's language.
func expression(text string) func(bpf.Target) ([]netbpf.RawInstruction, error) {
	return func(target bpf.Target) ([]netbpf.RawInstruction, error) { return target.Compile(text) }
}

func ports(list ...uint16) func(bpf.Target) ([]netbpf.RawInstruction, error) {
	return func(target bpf.Target) ([]netbpf.RawInstruction, error) {
		return target.Ports(list, bpf.Traffic{VLAN: true, Fragments: true})
	}
}

// open begins to capture; Next then waits 150 ms at most.
func open(t *testing.T, o Options) *Source {
	t.Helper()
	o.Flush, o.Idle = 20*time.Millisecond, 150*time.Millisecond
	s, err := Open(context.Background(), o)
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, s.Close()) })
	return s
}

func TestCaptureFrames(t *testing.T) {
	if !inNamespace(t) {
		return
	}
	pair(t, "left", "right")
	s := open(t, Options{Interfaces: []string{"left"}, Filter: ports(42027)})
	wire := newInjector(t, "right")
	before := time.Now()
	frames := [][]byte{
		tcpFrame(42027, "plain"),
		tcpFrame(80, "another port"),
		tcpFrame(42027, "one tag", 100),
		tcpFrame(42027, "priority", 0xa005),
		tcpFrame(42027, "two tags", 5, 6),
		tcpFrame(42027, strings.Repeat("x", 1400)),
	}
	wire.send(t, frames...)
	got := takeCount(t, s, 5)
	for i, want := range [][]byte{frames[0], frames[2], frames[3], frames[4], frames[5]} {
		p := got[i]
		require.Equal(t, want, p.Data)
		require.Equal(t, len(want), p.Length)
		require.Equal(t, int64(i+1), p.Number)
		require.Equal(t, capture.LinkEthernet, p.Link)
		require.EqualValues(t, 9, p.Digits)
		require.WithinRange(t, time.Unix(0, p.Time), before.Add(-time.Second), time.Now().Add(time.Second))
	}
	requireQuiet(t, s)
	st := s.Stats()
	require.EqualValues(t, 5, st.Received)
	require.Zero(t, st.KernelDropped+st.QueueDropped)
	require.Equal(t, []capture.Interface{{Name: "left", Link: capture.LinkEthernet}}, s.Interfaces())
}

// TestVLANFilter has the kernel apply filters that look at the tag, which it
// keeps beside the packet.
func TestVLANFilter(t *testing.T) {
	if !inNamespace(t) {
		return
	}
	pair(t, "left", "right")
	wire := newInjector(t, "right")
	frames := map[string][]byte{
		"plain": tcpFrame(42027, "-"), "five": tcpFrame(42027, "-", 5), "six": tcpFrame(42027, "-", 6),
		"five six": tcpFrame(42027, "-", 5, 6), "port 80": tcpFrame(80, "-"), "five port 80": tcpFrame(80, "-", 5),
	}
	order := []string{"plain", "five", "six", "five six", "port 80", "five port 80"}
	cases := []struct {
		filter string
		want   []string
	}{
		{"", order},
		{"vlan", []string{"five", "six", "five six", "five port 80"}},
		{"vlan 5", []string{"five", "five six", "five port 80"}},
		{"not vlan", []string{"plain", "port 80"}},
		{"vlan and vlan 6", []string{"five six"}},
		{"vlan 5 and tcp port 42027", []string{"five"}},
		{"tcp port 42027", []string{"plain", "five", "six"}}, // as tcpdump on Linux: the tag is not in sight
		{"tcp port 80 or (vlan and tcp port 80)", []string{"port 80", "five port 80"}},
	}
	for _, c := range cases {
		s := open(t, Options{Interfaces: []string{"left"}, Filter: expression(c.filter)})
		for _, name := range order {
			wire.send(t, frames[name])
		}
		got := takeCount(t, s, len(c.want))
		for i, name := range c.want {
			require.Equal(t, frames[name], got[i].Data, "%q: %s", c.filter, name)
		}
		requireQuiet(t, s)
	}
}

func TestSnapLen(t *testing.T) {
	if !inNamespace(t) {
		return
	}
	pair(t, "left", "right")
	for name, filter := range map[string]func(bpf.Target) ([]netbpf.RawInstruction, error){"filter": ports(42027), "no filter": nil} {
		s := open(t, Options{Interfaces: []string{"left"}, Filter: filter, SnapLen: 96})
		frame := tcpFrame(42027, strings.Repeat("x", 500))
		newInjector(t, "right").send(t, frame)
		p := takeCount(t, s, 1)[0]
		require.Equal(t, frame[:96], p.Data, name)
		require.Equal(t, len(frame), p.Length, name)
		require.Equal(t, 96, s.Interfaces()[0].SnapLen)
	}
}

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
	var there, back []byte
	for {
		b, err := s.Next()
		if errors.Is(err, io.EOF) {
			break
		}
		require.NoError(t, err)
		for _, p := range keep(b) {
			require.Equal(t, p.Length, len(p.Data))
			tcp := p.Data[14+40:]
			payload := tcp[4*(tcp[12]>>4):]
			if binary.BigEndian.Uint16(tcp[2:]) == 42027 {
				there = append(there, payload...)
			} else {
				back = append(back, payload...)
			}
		}
	}
	require.Equal(t, text, string(there))
	require.Equal(t, text, string(back))
	require.Zero(t, s.Stats().KernelDropped)
}

// TestSeveralInterfaces merges by time.
func TestSeveralInterfaces(t *testing.T) {
	if !inNamespace(t) {
		return
	}
	pair(t, "a0", "a1")
	pair(t, "b0", "b1")
	s := open(t, Options{Interfaces: []string{"a0", "b0"}})
	wires := []*injector{newInjector(t, "a1"), newInjector(t, "b1")}
	const count = 2000
	for i := range count {
		wires[i*7%5%2].send(t, tcpFrame(42027, fmt.Sprint(i)))
		if i%500 == 0 {
			time.Sleep(30 * time.Millisecond)
		}
	}
	for i, p := range takeCount(t, s, count) {
		require.Equal(t, fmt.Sprint(i), string(p.Data[54:]))
		require.EqualValues(t, i+1, p.Number)
		require.EqualValues(t, i*7%5%2, p.Interface)
	}
}

// TestPromptness pins that a single packet comes through at once: within the
// flush time and some for a busy machine.
func TestPromptness(t *testing.T) {
	if !inNamespace(t) {
		return
	}
	pair(t, "left", "right")
	s := open(t, Options{Interfaces: []string{"left"}})
	wire := newInjector(t, "right")
	for range 5 {
		sent := time.Now()
		wire.send(t, tcpFrame(42027, "x"))
		p := takeCount(t, s, 1)[0]
		require.Less(t, p.at.Sub(sent), 2*time.Second)
		t.Logf("figure: one packet came through after %v", p.at.Sub(sent).Round(time.Millisecond))
	}
}

// TestSlowReader stops reading: the queue drops the oldest packets, the kernel
// none.
func TestSlowReader(t *testing.T) {
	if !inNamespace(t) {
		return
	}
	pair(t, "left", "right")
	var tapped sync.Map
	s := open(t, Options{Interfaces: []string{"left"}, Queue: 1 << 20, Ring: 2 << 20,
		Tap: func(b *capture.Block) {
			for _, p := range b.Packets {
				tapped.Store(p.Number, true)
			}
		}})
	wire := newInjector(t, "right")
	frame := tcpFrame(42027, strings.Repeat("x", 1000))
	const count = 20000 // 20 MB through a ring of 2 MiB
	for i := range count {
		wire.send(t, frame)
		if i%100 == 99 {
			time.Sleep(time.Millisecond)
		}
	}
	s.Stop()
	var last taken
	n := 0
	for {
		b, err := s.Next()
		if errors.Is(err, io.EOF) {
			break
		}
		require.NoError(t, err)
		for _, p := range keep(b) {
			last = p
			n++
		}
	}
	st := s.Stats()
	require.Zero(t, st.KernelDropped, "%+v", st)
	require.EqualValues(t, count, st.Received)
	require.EqualValues(t, count, st.QueueDropped+uint64(n))
	require.NotZero(t, st.QueueDropped)
	require.EqualValues(t, count, last.Number, "the newest are kept")
	for i := range int64(count) {
		_, ok := tapped.Load(i + 1)
		require.True(t, ok, "packet %d did not pass the tap", i+1)
	}
}

// TestKernelDrops fills a ring that nobody empties fast enough: the loss is
// counted.
func TestKernelDrops(t *testing.T) {
	if !inNamespace(t) {
		return
	}
	pair(t, "left", "right")
	hold := make(chan struct{})
	s := open(t, Options{Interfaces: []string{"left"}, Ring: 1 << 19, Tap: func(*capture.Block) { <-hold }})
	wire := newInjector(t, "right")
	frame := tcpFrame(42027, strings.Repeat("x", 1000))
	const count = 3000
	for range count {
		wire.send(t, frame)
	}
	close(hold)
	s.Stop()
	n := 0
	for {
		b, err := s.Next()
		if errors.Is(err, io.EOF) {
			break
		}
		require.NoError(t, err)
		n += len(keep(b))
	}
	st := s.Stats()
	require.NotZero(t, st.KernelDropped)
	require.NotZero(t, st.Frozen)
	require.EqualValues(t, count, st.KernelDropped+uint64(n))
	require.EqualValues(t, st.KernelDropped, s.Interfaces()[0].Dropped)
	require.NoError(t, s.Close())
	require.Equal(t, st, s.Stats(), "counts stay after Close")
}

// TestStop pins that what was sent before comes out, and nothing after.
func TestStop(t *testing.T) {
	if !inNamespace(t) {
		return
	}
	pair(t, "left", "right")
	ctx, cancel := context.WithCancel(context.Background())
	s, err := Open(ctx, Options{Interfaces: []string{"left"}})
	require.NoError(t, err)
	wire := newInjector(t, "right")
	wire.send(t, tcpFrame(42027, "before"))
	cancel()
	require.Equal(t, "before", string(takeCount(t, s, 1)[0].Data[54:]))
	_, err = s.Next()
	require.ErrorIs(t, err, io.EOF)
	_, err = s.Next()
	require.ErrorIs(t, err, io.EOF)
	require.NoError(t, s.Close())
	require.NoError(t, s.Close())
	_, err = s.Next()
	require.ErrorIs(t, err, io.EOF)
}

// TestCloseWakesNext pins that a Next that waits returns.
func TestCloseWakesNext(t *testing.T) {
	if !inNamespace(t) {
		return
	}
	s, err := Open(context.Background(), Options{Interfaces: []string{"lo"}})
	require.NoError(t, err)
	done := make(chan error)
	go func() {
		_, err := s.Next()
		done <- err
	}()
	time.Sleep(20 * time.Millisecond)
	require.NoError(t, s.Close())
	require.ErrorIs(t, <-done, io.EOF)
}

// TestInterfaceComesBack takes an interface down, up, away, and makes it anew.
func TestInterfaceComesBack(t *testing.T) {
	if !inNamespace(t) {
		return
	}
	pair(t, "left", "right")
	notices := make(chan string, 10)
	s := open(t, Options{Interfaces: []string{"left"}, Notice: func(n Notice) { notices <- n.String() }})
	newInjector(t, "right").send(t, tcpFrame(42027, "1"))
	require.Equal(t, "1", string(takeCount(t, s, 1)[0].Data[54:]))

	run(t, "ip", "link", "set", "left", "down")
	require.Contains(t, await(t, notices), "down")
	run(t, "ip", "link", "set", "left", "up")
	require.Contains(t, await(t, notices), "up again")
	newInjector(t, "right").send(t, tcpFrame(42027, "2"))
	require.Equal(t, "2", string(takeCount(t, s, 1)[0].Data[54:]))

	run(t, "ip", "link", "del", "left")
	require.Contains(t, await(t, notices), "down")
	pair(t, "left", "right")
	require.Contains(t, await(t, notices), "up again")
	newInjector(t, "right").send(t, tcpFrame(42027, "3"))
	require.Equal(t, "3", string(takeCount(t, s, 1)[0].Data[54:]))
}

func await(t *testing.T, notices <-chan string) string {
	t.Helper()
	select {
	case n := <-notices:
		return n
	case <-time.After(10 * time.Second):
		require.Fail(t, "no notice came")
		return ""
	}
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

func TestOpenErrors(t *testing.T) {
	if !inNamespace(t) {
		return
	}
	run(t, "ip", "link", "add", "left", "type", "veth", "peer", "name", "right")
	cases := []struct {
		name       string
		interfaces []string
		err        error
	}{
		{"none given", nil, nil},
		{"unknown", []string{"eth77"}, errNoSuch},
		{"down", []string{"left"}, errDown},
		{"any and another", []string{Any, "lo"}, nil},
		{"twice", []string{"lo", "lo"}, nil},
		{"second unknown", []string{"lo", "eth77"}, errNoSuch},
	}
	for _, c := range cases {
		_, err := Open(context.Background(), Options{Interfaces: c.interfaces})
		require.Error(t, err, c.name)
		if c.err != nil {
			require.ErrorIs(t, err, c.err, c.name)
			var hinted *InterfaceError
			require.ErrorAs(t, err, &hinted)
			require.NotEmpty(t, hinted.Hint(), c.name)
		}
	}
	_, err := Open(context.Background(), Options{Interfaces: []string{"lo"}, Filter: expression("host example.com")})
	var wrong *bpf.Error
	require.ErrorAs(t, err, &wrong)
}

func TestInterfaces(t *testing.T) {
	if !inNamespace(t) {
		return
	}
	run(t, "ip", "link", "add", "left", "type", "veth", "peer", "name", "right")
	list, err := Interfaces()
	require.NoError(t, err)
	by := map[string]Interface{}
	for _, i := range list {
		by[i.Name] = i
	}
	require.Equal(t, Any, list[0].Name)
	require.True(t, by["lo"].Loopback && by["lo"].Up)
	require.Empty(t, by["lo"].Problem)
	require.Equal(t, "127.0.0.1/8", by["lo"].Addresses[0].String())
	require.False(t, by["left"].Up)
	require.Contains(t, by["left"].Problem, "down")
	require.Contains(t, by["left"].Hint, "ip link set left up")
}

// TestWithoutRights runs as a user without any capability.
func TestWithoutRights(t *testing.T) {
	if os.Getenv("CTISCOPE_TEST_UNPRIVILEGED") == "" {
		asNobody(t, nil)
		return
	}
	_, err := Open(context.Background(), Options{Interfaces: []string{"lo"}})
	var denied *PermissionError
	require.ErrorAs(t, err, &denied)
	require.ErrorIs(t, err, unix.EPERM)
	path, _ := os.Executable()
	require.Contains(t, denied.Hint(), "sudo setcap cap_net_raw,cap_net_admin=eip "+path)
	list, err := Interfaces()
	require.NoError(t, err)
	require.Equal(t, "not permitted", list[0].Problem)
	require.Contains(t, list[0].Hint, "setcap")
}

// TestCapabilitiesAreEnough captures as a user with cap_net_raw alone.
func TestCapabilitiesAreEnough(t *testing.T) {
	if os.Getenv("CTISCOPE_TEST_UNPRIVILEGED") == "" {
		asNobody(t, []string{"--ambient-caps", "+net_raw", "--inh-caps", "+net_raw"})
		return
	}
	require.NotZero(t, os.Getuid())
	s := open(t, Options{Interfaces: []string{"lo"}, Promiscuous: true, Filter: ports(42029)})
	require.Equal(t, "HELO", exchange(t, "127.0.0.1:42029", "HELO"))
	b, err := s.Next()
	require.NoError(t, err)
	require.NotEmpty(t, keep(b))
	any := open(t, Options{Interfaces: []string{Any}})
	require.NotNil(t, any)
}

// asNobody runs the calling test again as the user nobody, by setpriv.
func asNobody(t *testing.T, capabilities []string) {
	t.Helper()
	if os.Geteuid() != 0 {
		t.Skip("not root: another user cannot be taken on here")
	}
	if _, err := exec.LookPath("setpriv"); err != nil {
		t.Skip("setpriv (util-linux) is not installed: another user cannot be taken on here")
	}
	// The test's program lies in a folder that only root may enter.
	dir, err := os.MkdirTemp("/var/tmp", "ctiscope")
	require.NoError(t, err)
	t.Cleanup(func() { os.RemoveAll(dir) })
	require.NoError(t, os.Chmod(dir, 0o755))
	program := filepath.Join(dir, "live.test")
	content, err := os.ReadFile(os.Args[0])
	require.NoError(t, err)
	require.NoError(t, os.WriteFile(program, content, 0o755))
	args := append([]string{"--reuid", "65534", "--regid", "65534", "--clear-groups"}, capabilities...)
	c := exec.Command("setpriv", append(args, program, "-test.run=^"+t.Name()+"$", "-test.v")...)
	c.Env, c.Dir = append(os.Environ(), "CTISCOPE_TEST_UNPRIVILEGED=1"), dir
	out, err := c.CombinedOutput()
	require.NoError(t, err, "%s", out)
	require.Contains(t, string(out), "--- PASS")
}
