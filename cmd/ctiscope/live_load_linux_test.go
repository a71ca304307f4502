package main

import (
	"bytes"
	"io"
	"net"
	"os"
	"syscall"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"ctiscope/decode/schema"
	"ctiscope/traffic"
	"ctiscope/traffic/expect"
	"ctiscope/traffic/judge"
	"ctiscope/traffic/wire"
)

// TestLiveLoad captures 100 sessions that talk as fast as they can. What is
// printed is what was sent, for every client. With CTISCOPE_LONG the load is
// larger; the rate and the losses are logged (docs/performance.md).
func TestLiveLoad(t *testing.T) {
	const followers, desks = 2, 98
	calls := 2
	if os.Getenv("CTISCOPE_LONG") != "" {
		calls = 30
	}
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	_, port, err := net.SplitHostPort(listener.Addr().String())
	require.NoError(t, err)
	log := traffic.NewLog()
	server := traffic.NewServer(traffic.ServerOptions{Site: traffic.NewSite(1, desks), Log: log})
	go server.Serve(listener)
	defer server.Close()
	defer listener.Close()

	cmd, stdout, said := startLive(t, "-o", "json", "--show-secrets", "--port", port)
	printed := make(chan []byte)
	go func() {
		all, _ := io.ReadAll(stdout)
		printed <- all
	}()
	begin := time.Now()
	require.NoError(t, traffic.Load(traffic.LoadOptions{
		Server: server, Dial: func() (net.Conn, error) { return net.Dial("tcp", listener.Addr().String()) },
		Desks: desks, Followers: followers, Calls: calls, Version: schema.CCE().Versions().Max, Log: log,
	}))
	spent := time.Since(begin)
	time.Sleep(500 * time.Millisecond) // what is on its way through the ring
	require.NoError(t, cmd.Process.Signal(syscall.SIGTERM))
	text := <-printed
	require.Equal(t, statusInterrupted, status(t, cmd), said)

	total := compareConversations(t, log, text)
	t.Logf("%d messages in %.2f s: %.0f a second\n%s", total, spent.Seconds(), float64(total)/spent.Seconds(), said)
}

// compareConversations compares what was printed of each client's connection
// with what was sent on it, and returns how many messages that was.
func compareConversations(t *testing.T, log *traffic.Log, text []byte) (total int) {
	t.Helper()
	byClient := make(map[string][]*expect.Printed)
	for line := range bytes.Lines(text) {
		m, err := expect.Parse(line)
		require.NoError(t, err)
		client := m.Src
		if m.From == "server" {
			client = m.Dst
		}
		byClient[client] = append(byClient[client], m)
	}
	for _, c := range log.Conversations() {
		got := byClient[c.Client.String()]
		require.NotEmpty(t, got, c.Client)
		compared := judge.Compare(c.Expect(got[0].Session), got)
		require.Empty(t, compared.String(), c.Client)
		total += len(c.Sent(wire.FromClient)) + len(c.Sent(wire.FromServer))
	}
	return total
}
