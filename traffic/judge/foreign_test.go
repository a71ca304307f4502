package judge

import (
	"bytes"
	"encoding/binary"
	"math/rand/v2"
	"net/netip"
	"testing"

	"github.com/stretchr/testify/require"

	"ctiscope/traffic/damage"
	"ctiscope/traffic/wire"
)

// foreign are other protocols: what a client and a server say, in turn.
var foreign = map[string]func(rng *rand.Rand, fromClient bool, n int) []byte{
	"SMPP": func(rng *rand.Rand, fromClient bool, n int) []byte {
		commands := []uint32{0x02, 0x15, 0x04, 0x05, 0x15, 0x06, 0x09}
		body := make([]byte, []int{0, 17, 40, 120}[rng.IntN(4)])
		for i := range body {
			body[i] = "abc 0123456789\x00\x01"[rng.IntN(16)]
		}
		b := binary.BigEndian.AppendUint32(nil, uint32(16+len(body)))
		command := commands[rng.IntN(len(commands))]
		if !fromClient {
			command |= 0x80000000
		}
		b = binary.BigEndian.AppendUint32(b, command)
		b = binary.BigEndian.AppendUint32(b, 0)
		b = binary.BigEndian.AppendUint32(b, uint32(n))
		return append(b, body...)
	},
	"Skinny": func(rng *rand.Rand, _ bool, _ int) []byte {
		body := make([]byte, 4*rng.IntN(20))
		for i := 0; i < len(body); i += 4 {
			binary.LittleEndian.PutUint32(body[i:], uint32(rng.IntN(300)))
		}
		b := binary.LittleEndian.AppendUint32(nil, uint32(4+len(body)))
		b = binary.LittleEndian.AppendUint32(b, 0)
		b = binary.LittleEndian.AppendUint32(b, uint32(rng.IntN(0x130)))
		return append(b, body...)
	},
	"TLS": func(rng *rand.Rand, _ bool, n int) []byte {
		kind := byte(23)
		if n < 2 {
			kind = 22
		}
		body := make([]byte, 30+rng.IntN(1000))
		for i := range body {
			body[i] = byte(rng.Uint32())
		}
		return append([]byte{kind, 3, 3, byte(len(body) >> 8), byte(len(body))}, body...)
	},
	"HTTP": func(rng *rand.Rand, fromClient bool, _ int) []byte {
		if fromClient {
			return []byte("GET /a/b HTTP/1.1\r\nHost: example.org\r\nAccept: */*\r\n\r\n")
		}
		return append([]byte("HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n"), make([]byte, rng.IntN(1000))...)
	},
	"random": func(rng *rand.Rand, _ bool, _ int) []byte {
		b := make([]byte, 1+rng.IntN(1400))
		for i := range b {
			b[i] = byte(rng.Uint32())
		}
		return b
	},
}

// TestNothingIsInventedOfForeignProtocols puts other protocols on a CTI port, from
// their beginning and from the middle.
func TestNothingIsInventedOfForeignProtocols(t *testing.T) {
	for name, say := range foreign {
		for seed := range rounds(60, 3000) {
			rng := damage.Rand(seed)
			var file bytes.Buffer
			pcap := wire.NewPcap(&file, false)
			client := wire.Host{Addr: netip.MustParseAddrPort("10.1.0.9:50001"), TTL: 64}
			server := wire.Host{Addr: netip.MustParseAddrPort("10.9.0.5:42027"), TTL: 64}
			conn := wire.NewConn(pcap, client, server, wire.Options{})
			if seed%3 > 0 {
				conn.Open(0)
			}
			for n := range 30 {
				fromClient := n%2 == 0
				conn.Send(int64(n)*1e6, wire.Direction(n%2), say(rng, fromClient, n))
			}
			require.NoError(t, pcap.Flush())
			got, err := Decode(file.Bytes(), Options{})
			require.NoError(t, err)
			require.Empty(t, got.Messages, "%s, seed %d", name, seed)
			require.Zero(t, got.Result.Session.Sessions, "%s, seed %d", name, seed)
		}
	}
}
