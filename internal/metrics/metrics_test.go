package metrics

import (
	"io"
	"net"
	"net/http"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/stretchr/testify/require"
)

func example() Snapshot {
	return Snapshot{
		Packets: 12, Bytes: 3400,
		Messages:     map[string]uint64{"HEARTBEAT_REQ": 7, "OPEN_REQ": 1},
		Failures:     []Failure{{"FAILURE_CONF", "E_CTI_INVALID_VERSION", 2}, {"FAILURE_CONF", "77", 1}, {"FAILURE_CONF", "77", 4}},
		SessionsOpen: 3, Sessions: 9,
		LostPackets: map[string]uint64{"kernel": 5, "queue": 6},
		LostBytes:   map[string]uint64{"reassembly": 700},
		QueueBytes:  4096,
	}
}

func TestCollector(t *testing.T) {
	want := `
# HELP ctiscope_build_info The version that runs.
# TYPE ctiscope_build_info gauge
ctiscope_build_info{version="v1.2.3"} 1
# HELP ctiscope_captured_bytes_total Bytes of the packets that were read.
# TYPE ctiscope_captured_bytes_total counter
ctiscope_captured_bytes_total 3400
# HELP ctiscope_failures_total CTI messages that report a failure.
# TYPE ctiscope_failures_total counter
ctiscope_failures_total{code="77",type="FAILURE_CONF"} 5
ctiscope_failures_total{code="E_CTI_INVALID_VERSION",type="FAILURE_CONF"} 2
# HELP ctiscope_lost_bytes_total Bytes missing in streams, by place.
# TYPE ctiscope_lost_bytes_total counter
ctiscope_lost_bytes_total{place="reassembly"} 700
# HELP ctiscope_lost_packets_total Packets that were lost, by place.
# TYPE ctiscope_lost_packets_total counter
ctiscope_lost_packets_total{place="kernel"} 5
ctiscope_lost_packets_total{place="queue"} 6
# HELP ctiscope_messages_total Decoded CTI messages.
# TYPE ctiscope_messages_total counter
ctiscope_messages_total{type="HEARTBEAT_REQ"} 7
ctiscope_messages_total{type="OPEN_REQ"} 1
# HELP ctiscope_packets_total Packets that were read.
# TYPE ctiscope_packets_total counter
ctiscope_packets_total 12
# HELP ctiscope_queue_bytes Memory of packets that wait to be decoded.
# TYPE ctiscope_queue_bytes gauge
ctiscope_queue_bytes 4096
# HELP ctiscope_sessions_open CTI sessions that are open.
# TYPE ctiscope_sessions_open gauge
ctiscope_sessions_open 3
# HELP ctiscope_sessions_total CTI sessions that were seen.
# TYPE ctiscope_sessions_total counter
ctiscope_sessions_total 9
`
	s, err := Listen("127.0.0.1:0", "v1.2.3", example)
	require.NoError(t, err)
	defer s.Close()
	_, body := get(t, "http://"+s.Addr().String()+"/metrics")
	var ours strings.Builder
	for line := range strings.Lines(body) {
		if strings.Contains(line, "ctiscope_") {
			ours.WriteString(line)
		}
	}
	require.Equal(t, strings.TrimPrefix(want, "\n"), ours.String())
}

func TestServer(t *testing.T) {
	var asked atomic.Int64
	s, err := Listen("127.0.0.1:0", "dev", func() Snapshot { asked.Add(1); return example() })
	require.NoError(t, err)
	require.True(t, s.Loopback())
	base := "http://" + s.Addr().String()
	status, body := get(t, base+"/metrics")
	require.Equal(t, http.StatusOK, status)
	require.Contains(t, body, "\nctiscope_packets_total 12\n")
	require.Contains(t, body, "\ngo_goroutines ")
	status, body = get(t, base+"/")
	require.Equal(t, http.StatusOK, status)
	require.Contains(t, body, "/metrics")
	status, _ = get(t, base+"/other")
	require.Equal(t, http.StatusNotFound, status)
	var all sync.WaitGroup
	for range 8 {
		all.Go(func() {
			if resp, err := http.Get(base + "/metrics"); err == nil {
				_, _ = io.Copy(io.Discard, resp.Body)
				_ = resp.Body.Close()
			}
		})
	}
	all.Wait()
	require.NoError(t, s.Close())
	require.Positive(t, asked.Load())
	_, err = http.Get(base + "/metrics")
	require.Error(t, err)
}

func get(t *testing.T, url string) (status int, body string) {
	t.Helper()
	resp, err := http.Get(url)
	require.NoError(t, err)
	defer resp.Body.Close()
	b, err := io.ReadAll(resp.Body)
	require.NoError(t, err)
	return resp.StatusCode, string(b)
}

func TestAddress(t *testing.T) {
	for address, want := range map[string]string{
		"9188": "127.0.0.1:9188", ":9188": "127.0.0.1:9188", "0.0.0.0:9188": "0.0.0.0:9188",
		"[::1]:9188": "[::1]:9188", "localhost:9188": "localhost:9188",
	} {
		got, err := loopback(address)
		require.NoError(t, err)
		require.Equal(t, want, got)
	}
	for _, address := range []string{"", "host", "99999", "1.2.3.4", "[::1"} {
		_, err := loopback(address)
		require.ErrorIs(t, err, ErrAddress, address)
	}
}

// TestListenFamily asks for all addresses of IPv4, and gets none of IPv6.
func TestListenFamily(t *testing.T) {
	s, err := Listen("0.0.0.0:0", "dev", example)
	require.NoError(t, err)
	defer s.Close()
	_, port, err := net.SplitHostPort(s.Addr().String())
	require.NoError(t, err)
	c, err := net.Dial("tcp4", "127.0.0.1:"+port)
	require.NoError(t, err)
	c.Close()
	if c, err := net.Dial("tcp6", "[::1]:"+port); err == nil {
		c.Close()
		require.Fail(t, "IPv6 answers too")
	}
}

func TestListenErrors(t *testing.T) {
	s, err := Listen("127.0.0.1:0", "dev", example)
	require.NoError(t, err)
	defer s.Close()
	_, err = Listen(s.Addr().String(), "dev", example)
	require.Error(t, err)
	_, err = Listen("nonsense", "dev", example)
	require.ErrorIs(t, err, ErrAddress)
}
