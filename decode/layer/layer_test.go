package layer_test

import (
	"testing"

	"github.com/google/gopacket"
	"github.com/google/gopacket/layers"
	"github.com/stretchr/testify/require"

	"ctiscope/decode"
	"ctiscope/decode/layer"
	"ctiscope/decode/schema"
)

func message(t *testing.T, name string, version int, values ...decode.Setting) []byte {
	b, err := decode.CCE().AppendMessage(nil, schema.CCE().ByName(name), version, values)
	require.NoError(t, err)
	return b
}

func packet(t *testing.T, payload []byte) []byte {
	ip := &layers.IPv4{Version: 4, TTL: 64, Protocol: layers.IPProtocolTCP, SrcIP: []byte{10, 1, 0, 10}, DstIP: []byte{10, 9, 0, 5}}
	tcp := &layers.TCP{SrcPort: 50001, DstPort: 42027, PSH: true, ACK: true}
	require.NoError(t, tcp.SetNetworkLayerForChecksum(ip))
	buf := gopacket.NewSerializeBuffer()
	require.NoError(t, gopacket.SerializeLayers(buf, gopacket.SerializeOptions{FixLengths: true, ComputeChecksums: true},
		ip, tcp, gopacket.Payload(payload)))
	return buf.Bytes()
}

func TestMessagesOfASegment(t *testing.T) {
	layer.RegisterPort(42027)
	open := message(t, "OPEN_REQ", 20, decode.Setting{Name: "VersionNumber", Num: 20}, decode.Setting{Name: "ClientID", Bytes: []byte("desk")})
	beat := message(t, "HEARTBEAT_REQ", 20, decode.Setting{Name: "InvokeID", Num: 7})
	p := gopacket.NewPacket(packet(t, append(open, beat...)), layers.LayerTypeIPv4, gopacket.DecodeOptions{DecodeStreamsAsDatagrams: true})
	require.Nil(t, p.ErrorLayer())
	var names []string
	for _, l := range p.Layers() {
		if c, ok := l.(*layer.CTI); ok {
			names = append(names, c.Message.Name())
		}
	}
	require.Equal(t, []string{"OPEN_REQ", "HEARTBEAT_REQ"}, names)
}

func TestOtherBytes(t *testing.T) {
	var c layer.CTI
	require.ErrorIs(t, c.DecodeFromBytes([]byte("GET / HTTP/1.1\r\n"), gopacket.NilDecodeFeedback), layer.ErrNoMessage)
	require.ErrorIs(t, c.DecodeFromBytes(message(t, "CLOSE_REQ", 15)[:12], gopacket.NilDecodeFeedback), layer.ErrNoMessage)
}

func TestReuseDoesNotAllocate(t *testing.T) {
	var c layer.CTI
	beat := message(t, "HEARTBEAT_REQ", 20)
	require.NoError(t, c.DecodeFromBytes(beat, gopacket.NilDecodeFeedback))
	require.Zero(t, testing.AllocsPerRun(100, func() { _ = c.DecodeFromBytes(beat, gopacket.NilDecodeFeedback) }))
}
