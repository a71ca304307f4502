package traffic

import (
	"bytes"
	"fmt"
	"testing"

	"github.com/google/gopacket"
	"github.com/google/gopacket/layers"
	"github.com/stretchr/testify/require"

	"ctiscope/decode"
	"ctiscope/traffic/wire"
)

func play(t *testing.T, o LabOptions) *Lab {
	t.Helper()
	l, err := NewLab(o)
	require.NoError(t, err)
	t.Cleanup(l.Close)
	require.NoError(t, l.Day())
	return l
}

// streams puts payloads together by source and destination; the recorder
// neither loses nor reorders any.
func streams(t *testing.T, packets wire.Tape) map[string][]byte {
	t.Helper()
	all := make(map[string][]byte)
	for i, p := range packets {
		require.False(t, i > 0 && p.Time < packets[i-1].Time)
		pkt := gopacket.NewPacket(p.Data, layers.LayerTypeEthernet, gopacket.Default)
		tcp, ok := pkt.Layer(layers.LayerTypeTCP).(*layers.TCP)
		require.True(t, ok)
		n := pkt.NetworkLayer().NetworkFlow()
		key := fmt.Sprintf("%s:%d>%s:%d", n.Src(), tcp.SrcPort, n.Dst(), tcp.DstPort)
		all[key] = append(all[key], tcp.Payload...)
	}
	return all
}

func TestDayIsOnRecord(t *testing.T) {
	for v := 5; v <= 25; v++ {
		t.Run(fmt.Sprint("version ", v), func(t *testing.T) {
			l := play(t, LabOptions{Seed: uint64(v), Version: v, IPv6: v%2 == 0})
			found := streams(t, l.Packets())
			convs := l.Log.Conversations()
			require.Len(t, found, 2*len(convs))
			for _, c := range convs {
				client := l.rec.address(c.Client).String()
				server := "10.9.0.5:42027"
				if v%2 == 0 {
					server = "2001:db8:9::5:42027"
					ap := l.rec.address(c.Client)
					client = fmt.Sprintf("%s:%d", ap.Addr(), ap.Port())
				}
				for d, key := range [2]string{client + ">" + server, server + ">" + client} {
					var want []byte
					for _, m := range c.Sent(wire.Direction(d)) {
						want = append(want, m.Frame...)
					}
					require.Equal(t, want, found[key], key)
				}
			}
		})
	}
}

// TestDayIsLegal decodes what was sent: a plausible session has nothing to
// complain about.
func TestDayIsLegal(t *testing.T) {
	for _, v := range []int{5, 6, 9, 15, 19, 20, 24, 25} {
		l := play(t, LabOptions{Seed: 3, Version: v})
		names := make(map[string]int)
		d := decode.CCE().Decoder(v)
		var m decode.Message
		for _, c := range l.Log.Conversations() {
			for dir := range wire.Direction(2) {
				for _, s := range c.Sent(dir) {
					d.Decode(&m, s.Frame)
					require.Empty(t, m.Problems, "%s at version %d: %v", m.Name(), v, m.Problems)
					names[m.Name()]++
				}
			}
		}
		for _, name := range []string{"OPEN_REQ", "OPEN_CONF", "HEARTBEAT_REQ", "SET_AGENT_STATE_REQ", "AGENT_STATE_EVENT", "BEGIN_CALL_EVENT",
			"CALL_QUEUED_EVENT", "CALL_DEQUEUED_EVENT", "CALL_DELIVERED_EVENT", "CALL_ESTABLISHED_EVENT", "CALL_HELD_EVENT",
			"CALL_TRANSFERRED_EVENT", "CALL_CONFERENCED_EVENT", "CALL_DATA_UPDATE_EVENT", "CALL_CLEARED_EVENT", "END_CALL_EVENT",
			"MAKE_CALL_CONF", "FAILURE_CONF", "CONTROL_FAILURE_CONF", "SYSTEM_EVENT", "CLOSE_CONF", "CLIENT_SESSION_OPENED_EVENT"} {
			require.NotZero(t, names[name], "%s at version %d", name, v)
		}
		if v >= 6 {
			require.NotZero(t, names["USER_MESSAGE_EVENT"])
			require.NotZero(t, names["AGENT_PRE_CALL_EVENT"])
		}
		if v >= 8 {
			require.NotZero(t, names["AGENT_TEAM_CONFIG_EVENT"])
		}
	}
}

func TestSameSeedSameBytes(t *testing.T) {
	var files [2]bytes.Buffer
	for i := range files {
		l := play(t, LabOptions{Seed: 42, Version: 15})
		w := wire.NewPcap(&files[i], false)
		for _, p := range l.Packets() {
			w.Packet(p.Time, p.Data)
		}
		require.NoError(t, w.Flush())
	}
	require.True(t, bytes.Equal(files[0].Bytes(), files[1].Bytes()))
}
