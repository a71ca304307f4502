package wire

import (
	"bytes"
	"io"
	"math/rand/v2"
	"net/netip"
	"testing"

	"github.com/google/gopacket"
	"github.com/google/gopacket/layers"
	"github.com/google/gopacket/pcapgo"
	"github.com/stretchr/testify/require"
)

func host(addr string, last byte) Host {
	return Host{Addr: netip.MustParseAddrPort(addr), MAC: MAC{0, 0x50, 0x56, 1, 2, last}, TTL: 128}
}

// reencode returns what gopacket makes of the frame when it writes it again
// with lengths and checksums of its own.
func reencode(t *testing.T, frame []byte) []byte {
	t.Helper()
	p := gopacket.NewPacket(frame, layers.LayerTypeEthernet, gopacket.Default)
	require.Nil(t, p.ErrorLayer())
	var all []gopacket.SerializableLayer
	for _, l := range p.Layers() {
		s, ok := l.(gopacket.SerializableLayer)
		require.True(t, ok, l.LayerType().String())
		switch l := l.(type) {
		case *layers.TCP:
			l.Checksum = 0
			require.NoError(t, l.SetNetworkLayerForChecksum(p.NetworkLayer()))
		case *layers.UDP:
			l.Checksum = 0
			require.NoError(t, l.SetNetworkLayerForChecksum(p.NetworkLayer()))
		}
		all = append(all, s)
	}
	buf := gopacket.NewSerializeBuffer()
	opts := gopacket.SerializeOptions{FixLengths: true, ComputeChecksums: true}
	require.NoError(t, gopacket.SerializeLayers(buf, opts, all...))
	// gopacket pads to 60 bytes.
	require.Equal(t, make([]byte, len(buf.Bytes())-min(len(buf.Bytes()), len(frame))), buf.Bytes()[min(len(buf.Bytes()), len(frame)):])
	return buf.Bytes()[:len(frame)]
}

func TestFramesAgainstGopacket(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 2))
	pairs := map[string][2]Host{
		"ipv4": {host("10.1.0.10:50001", 1), host("10.9.0.5:42027", 2)},
		"ipv6": {host("[2001:db8::10]:50001", 1), host("[2001:db8:9::5]:42027", 2)},
	}
	for name, p := range pairs {
		for _, vlan := range []uint16{0, 120} {
			t.Run(name, func(t *testing.T) {
				for size := range 70 {
					data := make([]byte, size*size)
					for i := range data {
						data[i] = byte(rng.Uint32())
					}
					if size%7 == 0 {
						clear(data)
					}
					s := Segment{Src: p[0], Dst: p[1], VLAN: vlan, ID: uint16(rng.Uint32()), Seq: rng.Uint32(),
						Ack: rng.Uint32(), Flags: ACK | PSH, Window: 64240, Payload: data, Pad: size%2 == 0}
					if size == 3 {
						s.Flags, s.Options, s.Payload = SYN, synOptions, nil
					}
					frame := s.Append([]byte("before"))[6:]
					require.Equal(t, reencode(t, frame), frame)

					d := Datagram{Src: p[0], Dst: p[1], ID: 7, VLAN: vlan, Payload: data}
					frame = d.Append(nil)
					require.Equal(t, reencode(t, frame), frame)
				}
			})
		}
	}
}

func TestConnBooks(t *testing.T) {
	client, server := host("10.1.0.10:50001", 1), host("10.9.0.5:42027", 2)
	var tape Tape
	c := NewConn(&tape, client, server, Options{
		MSS: 500, Latency: 200 * Microsecond, DelayedAck: 40 * Millisecond, ISN: [2]uint32{0xffffff00, 7},
	})
	rng := rand.New(rand.NewPCG(3, 4))
	now := c.Open(0)
	var sent [2][]byte
	for range 300 {
		d := Direction(rng.IntN(2))
		data := bytes.Repeat([]byte{byte(rng.Uint32())}, 1+rng.IntN(1800))
		sent[d] = append(sent[d], data...)
		now = c.Send(now+int64(rng.IntN(100*Millisecond)), d, data)
	}
	c.Finish(now, FromServer)

	var got [2][]byte
	next := [2]uint32{0xffffff00, 7}
	pure := 0
	for i, p := range tape {
		require.False(t, i > 0 && p.Time <= tape[i-1].Time)
		pkt := gopacket.NewPacket(p.Data, layers.LayerTypeEthernet, gopacket.Default)
		tcp := pkt.Layer(layers.LayerTypeTCP).(*layers.TCP)
		d := FromClient
		if tcp.SrcPort == 42027 {
			d = FromServer
		}
		require.Equal(t, next[d], tcp.Seq, "packet %d", i)
		if tcp.ACK {
			require.Equal(t, next[d.Reverse()], tcp.Ack)
		}
		next[d] += uint32(len(tcp.Payload))
		if tcp.SYN || tcp.FIN {
			next[d]++
		}
		if len(tcp.Payload) == 0 {
			pure++
		}
		require.LessOrEqual(t, len(tcp.Payload), 500)
		got[d] = append(got[d], tcp.Payload...)
	}
	require.Equal(t, sent, got)
	require.Greater(t, pure, 100, "acknowledgements of their own")
}

func TestPcapAgainstGopacket(t *testing.T) {
	for name, nano := range map[string]bool{"micro": false, "nano": true} {
		t.Run(name, func(t *testing.T) {
			var file bytes.Buffer
			w := NewPcap(&file, nano)
			w.Packet(1_753_000_000_123_456_789, []byte("abc"))
			w.Cut(1_753_000_001_000_000_001, []byte("defg"), 90)
			require.NoError(t, w.Flush())
			require.EqualValues(t, file.Len(), w.Size())
			require.EqualValues(t, 2, w.Count())
			r, err := pcapgo.NewReader(&file)
			require.NoError(t, err)
			data, ci, err := r.ReadPacketData()
			require.NoError(t, err)
			require.Equal(t, "abc", string(data))
			want := int64(1_753_000_000_123_456_000)
			if nano {
				want += 789
			}
			require.Equal(t, want, ci.Timestamp.UnixNano())
			_, ci, err = r.ReadPacketData()
			require.NoError(t, err)
			require.Equal(t, 4, ci.CaptureLength)
			require.Equal(t, 90, ci.Length)
			_, _, err = r.ReadPacketData()
			require.ErrorIs(t, err, io.EOF)
		})
	}
}

func TestARP(t *testing.T) {
	a, b := host("10.1.0.10:0", 1), host("10.1.0.1:0", 2)
	for name, reply := range map[string]bool{"request": false, "reply": true} {
		t.Run(name, func(t *testing.T) {
			p := gopacket.NewPacket(AppendARP(nil, a, b, reply), layers.LayerTypeEthernet, gopacket.Default)
			arp := p.Layer(layers.LayerTypeARP).(*layers.ARP)
			require.Equal(t, []byte{10, 1, 0, 10}, arp.SourceProtAddress)
			require.Equal(t, []byte{10, 1, 0, 1}, arp.DstProtAddress)
		})
	}
}

func BenchmarkConn(b *testing.B) {
	w := NewPcap(io.Discard, false)
	c := NewConn(w, host("10.1.0.10:50001", 1), host("10.9.0.5:42027", 2), Options{})
	data := bytes.Repeat([]byte("abc"), 140)
	b.SetBytes(int64(len(data)))
	b.ReportAllocs()
	for b.Loop() {
		c.Send(0, FromServer, data)
	}
}
