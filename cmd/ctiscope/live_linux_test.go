package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"ctiscope/account"
	"ctiscope/decode/schema"
	"ctiscope/traffic"
	"ctiscope/traffic/expect"
	"ctiscope/traffic/judge"
)

// notes is what a process says on stderr, to be read while it runs.
type notes struct {
	mu   sync.Mutex
	text bytes.Buffer
}

func (n *notes) Write(b []byte) (int, error) {
	n.mu.Lock()
	defer n.mu.Unlock()
	return n.text.Write(b)
}

func (n *notes) String() string {
	n.mu.Lock()
	defer n.mu.Unlock()
	return n.text.String()
}

// wait waits until the process has said something.
func (n *notes) wait(t *testing.T, text string) {
	t.Helper()
	require.Eventually(t, func() bool { return strings.Contains(n.String(), text) }, 20*time.Second, 5*time.Millisecond,
		"not said: %s", text)
}

// startLive starts a capture on the loopback and waits until it runs.
func startLive(t *testing.T, args ...string) (cmd *exec.Cmd, stdout *reader, said *notes) {
	t.Helper()
	if os.Geteuid() != 0 {
		t.Skip("not root: no capture on the loopback")
	}
	cmd, _ = command(t, append([]string{"live", "-i", "lo"}, args...)...)
	said = new(notes)
	cmd.Stderr = said
	pipe, err := cmd.StdoutPipe()
	require.NoError(t, err)
	require.NoError(t, cmd.Start())
	said.wait(t, "capturing on lo")
	return cmd, &reader{bufio.NewReader(pipe), pipe}, said
}

// reader is the reading end of a process's stdout.
type reader struct {
	*bufio.Reader
	io.Closer
}

// lab is a CTI Server on the loopback.
type lab struct {
	address, port string
	log           *traffic.Log
	site          *traffic.Site
}

func newTestLab(t *testing.T) *lab {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	l := &lab{address: listener.Addr().String(), log: traffic.NewLog(), site: traffic.NewSite(1, 8)}
	_, l.port, err = net.SplitHostPort(l.address)
	require.NoError(t, err)
	server := traffic.NewServer(traffic.ServerOptions{Site: l.site, Log: l.log})
	served := make(chan error, 1)
	go func() { served <- server.Serve(listener) }()
	t.Cleanup(func() {
		require.NoError(t, listener.Close())
		require.NoError(t, <-served)
		server.Close()
	})
	return l
}

// talk opens a session, sends so many heartbeats and closes it.
func (l *lab) talk(t *testing.T, number, heartbeats int) {
	t.Helper()
	client, err := traffic.Dial(l.address, traffic.ClientOptions{
		ClientID: fmt.Sprintf("desk-%d", number), Password: "secret", Version: schema.CCE().Versions().Max, Services: 1 << 4, Log: l.log,
	})
	require.NoError(t, err)
	for range heartbeats {
		require.NoError(t, client.Heartbeat())
	}
	require.NoError(t, client.Close())
}

// TestLive captures what clients and a server say on the loopback: what is
// printed is what was sent, also what is read again from the file that was
// kept.
func TestLive(t *testing.T) {
	t.Parallel()
	l := newTestLab(t)
	kept := filepath.Join(t.TempDir(), "kept.pcapng")
	cmd, stdout, said := startLive(t, "-o", "json", "--show-secrets", "--port", l.port, "--write", kept, "--metrics", "127.0.0.1:0")
	for i := range 20 {
		l.talk(t, i, 5)
	}
	// A server notes what it sent after sending it: the last note may come after
	// the client has gone.
	const each = 2 + 1 + 2*5 + 2 // open, a system event, heartbeats, close
	require.Eventually(t, func() bool { return len(l.log.Expect()) == 20*each }, 10*time.Second, 5*time.Millisecond)
	want := l.log.Expect()
	var printed bytes.Buffer
	for range want {
		line, err := stdout.ReadString('\n')
		require.NoError(t, err)
		printed.WriteString(line)
	}
	// Asked more than once: the ends of the last connections may be on their
	// way still.
	counted := fmt.Sprintf("%d messages, 0 holes; dropped: 0 by the system", len(want))
	for range 100 {
		require.NoError(t, cmd.Process.Signal(syscall.SIGUSR1))
		if time.Sleep(50 * time.Millisecond); strings.Contains(said.String(), counted) {
			break
		}
	}
	require.Contains(t, said.String(), counted)
	compareMetrics(t, said.String(), want)
	require.NoError(t, cmd.Process.Signal(os.Interrupt))
	rest, err := io.ReadAll(stdout)
	require.NoError(t, err)
	require.Empty(t, rest)
	require.Equal(t, statusInterrupted, status(t, cmd), said)
	require.Contains(t, said.String(), fmt.Sprintf("20 sessions, %d messages; %d printed", len(want), len(want)))
	require.Contains(t, said.String(), "kept in 1 file")

	compared := judge.Compare(want, parsed(t, printed.String()))
	require.Empty(t, compared.Missing)
	require.Empty(t, compared.Unexpected)
	require.Empty(t, compared.Different)

	var again, stderr bytes.Buffer
	code := run([]string{"decode", "-q", "-o", "json", "--show-secrets", "--port", l.port, kept}, nil, &again, &stderr)
	require.Equal(t, statusOK, code, stderr.String())
	require.Equal(t, printed.String(), again.String())
}

// compareMetrics asks for the metrics at the address that stderr tells.
func compareMetrics(t *testing.T, said string, want []expect.Message) {
	t.Helper()
	_, rest, _ := strings.Cut(said, "metrics at ")
	address, _, _ := strings.Cut(rest, "\n")
	answer, err := http.Get(address)
	require.NoError(t, err)
	defer answer.Body.Close()
	body, err := io.ReadAll(answer.Body)
	require.NoError(t, err)
	types := make(map[string]int)
	for i := range want {
		types[want[i].Name]++
	}
	for name, n := range types {
		require.Contains(t, string(body), fmt.Sprintf("ctiscope_messages_total{type=%q} %d\n", name, n))
	}
	for _, line := range []string{
		"ctiscope_sessions_total 20", "ctiscope_sessions_open 0", `ctiscope_lost_packets_total{place="kernel"} 0`,
		`ctiscope_lost_packets_total{place="files"} 0`, `ctiscope_lost_bytes_total{place="lost"} 0`,
	} {
		require.Contains(t, string(body), line+"\n")
	}
}

// parsed reads the JSON lines of messages.
func parsed(t *testing.T, text string) []*expect.Printed {
	t.Helper()
	var list []*expect.Printed
	for line := range strings.Lines(text) {
		m, err := expect.Parse([]byte(line))
		require.NoError(t, err)
		list = append(list, m)
	}
	return list
}

// TestLiveClosedPipe ends a capture as `| head` does.
func TestLiveClosedPipe(t *testing.T) {
	t.Parallel()
	l := newTestLab(t)
	cmd, stdout, said := startLive(t, "--port", l.port)
	l.talk(t, 1, 1)
	_, err := stdout.ReadString('\n')
	require.NoError(t, err)
	require.NoError(t, stdout.Close())
	l.talk(t, 2, 1)
	require.Equal(t, statusOK, status(t, cmd), said)
	require.NotContains(t, said.String(), "pipe")
}

// TestLiveEnds ends captures by time, by packets and by printed messages.
func TestLiveEnds(t *testing.T) {
	t.Parallel()
	for _, args := range [][]string{{"--count", "8"}, {"--limit", "3"}, {"--duration", "1s"}} {
		t.Run(args[0], func(t *testing.T) {
			t.Parallel()
			l := newTestLab(t)
			cmd, stdout, said := startLive(t, append(args, "-o", "json", "--port", l.port)...)
			l.talk(t, 1, 2)
			out, err := io.ReadAll(stdout)
			require.NoError(t, err)
			require.Equal(t, statusOK, status(t, cmd), said)
			if args[0] == "--limit" {
				require.Equal(t, 3, bytes.Count(out, []byte("\n")))
			}
			if args[0] == "--count" {
				require.Contains(t, said.String(), "8 packets")
			}
		})
	}
}

// TestLiveWriteOnly keeps packets and prints nothing.
func TestLiveWriteOnly(t *testing.T) {
	t.Parallel()
	l := newTestLab(t)
	dir := t.TempDir()
	cmd, stdout, said := startLive(t, "--port", l.port, "--write-only", "--write", filepath.Join(dir, "kept.pcapng"),
		"--rotate-packets", "10", "--keep", "2")
	l.talk(t, 1, 30)
	said.wait(t, "removed")
	require.NoError(t, cmd.Process.Signal(os.Interrupt))
	out, err := io.ReadAll(stdout)
	require.NoError(t, err)
	require.Empty(t, out)
	require.Equal(t, statusInterrupted, status(t, cmd), said)
	files, err := filepath.Glob(filepath.Join(dir, "kept_*.pcapng"))
	require.NoError(t, err)
	require.Len(t, files, 2)
}

// TestLiveSlowOutput leaves the output unread: packets are dropped in the
// program, which says so, and never by the kernel.
func TestLiveSlowOutput(t *testing.T) {
	t.Parallel()
	l := newTestLab(t)
	cmd, stdout, said := startLive(t, "-o", "json", "--port", l.port, "--queue", "64KiB", "--summary", "json")
	deadline := time.Now().Add(20 * time.Second)
	for i := 0; !strings.Contains(said.String(), "dropped because the output is too slow"); i++ {
		require.True(t, time.Now().Before(deadline), "nothing is dropped: %s", said)
		l.talk(t, i, 1000)
	}
	require.NoError(t, cmd.Process.Signal(os.Interrupt))
	out, err := io.ReadAll(stdout)
	require.NoError(t, err)
	require.Equal(t, statusInterrupted, status(t, cmd), said)
	for line := range strings.Lines(string(out)) {
		_, err := expect.Parse([]byte(line))
		require.NoError(t, err, "what is printed is whole")
	}
	text := said.String()
	var a account.Account
	require.NoError(t, json.Unmarshal([]byte(text[strings.Index(text, "{"):]), &a), text)
	require.NotZero(t, a.Live.QueueDropped)
	require.Zero(t, a.Interfaces[0].Dropped, "dropped by the kernel")
	require.Less(t, a.Messages, int64(len(l.log.Expect())))
}
