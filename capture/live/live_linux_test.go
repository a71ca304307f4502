package live

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	netbpf "golang.org/x/net/bpf"

	"ctiscope/capture"
	"ctiscope/capture/bpf"
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

// open begins to capture; Next then waits 100 ms at most.
func open(t *testing.T, o Options) *Source {
	t.Helper()
	o.Flush, o.Idle = 20*time.Millisecond, 100*time.Millisecond
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
