package live

import (
	"bufio"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"os/exec"
	"slices"
	"strings"
	"sync"
	"syscall"
	"testing"

	"github.com/stretchr/testify/require"
)

// peerVariable makes the test's program a TCP server in a network of its own.
const peerVariable = "CTISCOPE_TEST_PEER"

// TestMain runs the server of TestTCPBetweenHosts in its own process.
func TestMain(m *testing.M) {
	if os.Getenv(peerVariable) == "" {
		os.Exit(m.Run())
	}
	if err := servePeer(); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

// servePeer waits for its interface, which the parent announces by a line, and
// echoes what TCP clients send until its input ends.
func servePeer() error {
	input := bufio.NewReader(os.Stdin)
	if _, err := input.ReadString('\n'); err != nil {
		return err
	}
	for _, args := range []string{"addr add 10.42.0.2/24 dev right", "link set right up"} {
		if out, err := exec.Command("ip", strings.Fields(args)...).CombinedOutput(); err != nil {
			return fmt.Errorf("ip %s: %s", args, out)
		}
	}
	l, err := net.Listen("tcp", "10.42.0.2:42027")
	if err != nil {
		return err
	}
	go func() {
		for {
			c, err := l.Accept()
			if err != nil {
				return
			}
			go func() {
				defer c.Close()
				_, _ = io.Copy(c, c)
			}()
		}
	}()
	fmt.Println("ready")
	_, _ = io.Copy(io.Discard, input)
	return nil
}

// startPeer starts the server and moves the interface right to it.
func startPeer(t *testing.T) {
	t.Helper()
	c := exec.Command(os.Args[0])
	c.Env = append(os.Environ(), peerVariable+"=1")
	c.SysProcAttr = &syscall.SysProcAttr{Cloneflags: syscall.CLONE_NEWNET}
	c.Stderr = os.Stderr
	input, err := c.StdinPipe()
	require.NoError(t, err)
	output, err := c.StdoutPipe()
	require.NoError(t, err)
	require.NoError(t, c.Start())
	t.Cleanup(func() {
		_ = input.Close()
		require.NoError(t, c.Wait())
	})
	run(t, "ip", "link", "set", "right", "netns", fmt.Sprint(c.Process.Pid))
	_, err = fmt.Fprintln(input)
	require.NoError(t, err)
	line, err := bufio.NewReader(output).ReadString('\n')
	require.NoError(t, err)
	require.Equal(t, "ready\n", line)
}

// TestTCPBetweenHosts captures many TCP connections between two hosts, and
// puts their streams together: every byte was captured.
func TestTCPBetweenHosts(t *testing.T) {
	if !inNamespace(t) {
		return
	}
	run(t, "ip", "link", "add", "left", "type", "veth", "peer", "name", "right")
	run(t, "ip", "addr", "add", "10.42.0.1/24", "dev", "left")
	run(t, "ip", "link", "set", "left", "up")
	startPeer(t)
	s := open(t, Options{Interfaces: []string{"left"}, Filter: ports(42027)})
	const clients, size = 50, 100_000
	var all sync.WaitGroup
	want := make([]string, clients)
	for i := range clients {
		want[i] = strings.Repeat(fmt.Sprintf("client %02d ", i), size/10)
		all.Go(func() {
			if err := talk(want[i]); err != nil {
				t.Error(err)
			}
		})
	}
	all.Wait()
	s.Stop()
	there, back := streams(t, s)
	require.Zero(t, s.Stats().KernelDropped+s.Stats().QueueDropped)
	slices.Sort(want)
	slices.Sort(there)
	slices.Sort(back)
	require.True(t, slices.Equal(want, there), "what was sent differs from what was captured")
	require.True(t, slices.Equal(want, back), "what came back differs from what was captured")
}

// talk sends text to the server and reads it back.
func talk(text string) error {
	c, err := net.Dial("tcp", "10.42.0.2:42027")
	if err != nil {
		return err
	}
	defer c.Close()
	go func() { _, _ = io.WriteString(c, text) }()
	back := make([]byte, len(text))
	if _, err := io.ReadFull(c, back); err != nil {
		return err
	}
	if string(back) != text {
		return errors.New("the echo differs")
	}
	return nil
}

// streams puts the data of each connection and direction in its place by
// sequence number.
func streams(t *testing.T, s *Source) (there, back []string) {
	t.Helper()
	type stream struct {
		begin uint32
		data  []byte
	}
	list := map[[2]uint16]*stream{}
	for {
		b, err := s.Next()
		if errors.Is(err, io.EOF) {
			break
		}
		require.NoError(t, err)
		for _, p := range keep(b) {
			tcp := p.Data[14+40:]
			if ip := p.Data[14:]; ip[0]>>4 == 4 {
				tcp = ip[4*(ip[0]&15) : binary.BigEndian.Uint16(ip[2:])]
			}
			key := [2]uint16{binary.BigEndian.Uint16(tcp), binary.BigEndian.Uint16(tcp[2:])}
			sequence := binary.BigEndian.Uint32(tcp[4:])
			if tcp[13]&2 != 0 {
				list[key] = &stream{begin: sequence + 1}
				continue
			}
			x := list[key]
			require.NotNil(t, x, "a connection without its SYN")
			payload, at := tcp[4*(tcp[12]>>4):], int(sequence-x.begin)
			if need := at + len(payload); need > len(x.data) && len(payload) > 0 {
				x.data = append(x.data, make([]byte, need-len(x.data))...)
			}
			copy(x.data[min(at, len(x.data)):], payload)
		}
	}
	for key, x := range list {
		if key[1] == 42027 {
			there = append(there, string(x.data))
		} else {
			back = append(back, string(x.data))
		}
	}
	return there, back
}
