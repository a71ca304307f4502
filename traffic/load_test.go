package traffic

import (
	"net"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"ctiscope/decode/schema"
	"ctiscope/traffic/wire"
)

func TestLoad(t *testing.T) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	log := NewLog()
	server := NewServer(ServerOptions{Site: NewSite(1, 40), Log: log})
	go server.Serve(listener)
	defer server.Close()
	defer listener.Close()
	begin := time.Now()
	require.NoError(t, Load(LoadOptions{
		Server: server, Dial: func() (net.Conn, error) { return net.Dial("tcp", listener.Addr().String()) },
		Desks: 40, Followers: 2, Calls: 5, Version: schema.CCE().Versions().Max, Log: log,
	}))
	n := 0
	for _, c := range log.Conversations() {
		n += len(c.Sent(wire.FromClient)) + len(c.Sent(wire.FromServer))
	}
	t.Logf("%d messages, %.0f a second", n, float64(n)/time.Since(begin).Seconds())
	require.Len(t, log.Conversations(), 42)
	require.Greater(t, n, 40*5*40)
}
