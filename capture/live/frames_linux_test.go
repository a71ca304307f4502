package live

import (
	"encoding/binary"
	"testing"

	"github.com/stretchr/testify/require"
	"golang.org/x/sys/unix"

	"ctiscope/capture"
)

// testFrame is a packet as the kernel writes it into a block.
type testFrame struct {
	data     []byte
	length   int
	kind     byte // PACKET_HOST ...
	index    int32
	protocol uint16
	hardware uint16
	tagged   bool
	tpid     uint16 // 0: not told
	tci      uint16
}

// ringBytes lays frames out as a block of the ring.
func ringBytes(frames ...testFrame) []byte {
	order := binary.NativeEndian
	buf := make([]byte, blockHeader)
	order.PutUint32(buf[blockCount:], uint32(len(frames)))
	order.PutUint32(buf[blockFirst:], blockHeader)
	for _, f := range frames {
		const mac = 96
		size := (mac + len(f.data) + 15) &^ 15
		raw := make([]byte, size)
		order.PutUint32(raw[frameNext:], uint32(size))
		order.PutUint32(raw[frameSec:], 1_700_000_000)
		order.PutUint32(raw[frameNsec:], 123_456_789)
		order.PutUint32(raw[frameSnap:], uint32(len(f.data)))
		order.PutUint32(raw[frameLen:], uint32(f.length))
		order.PutUint16(raw[frameMAC:], mac)
		status := uint32(unix.TP_STATUS_USER)
		if f.tagged {
			status |= unix.TP_STATUS_VLAN_VALID
			order.PutUint32(raw[frameTCI:], uint32(f.tci))
		}
		if f.tpid != 0 {
			status |= unix.TP_STATUS_VLAN_TPID_VALID
			order.PutUint16(raw[frameTPID:], f.tpid)
		}
		order.PutUint32(raw[frameStatus:], status)
		address := raw[frameAddress:]
		binary.BigEndian.PutUint16(address[addressProtocol:], f.protocol)
		order.PutUint32(address[addressIndex:], uint32(f.index))
		order.PutUint16(address[addressHardware:], f.hardware)
		address[addressType], address[addressLength] = f.kind, 6
		copy(address[addressBytes:], []byte{2, 0, 0, 0, 0, 2})
		copy(raw[mac:], f.data)
		buf = append(buf, raw...)
	}
	order.PutUint32(buf[blockLength:], uint32(len(buf)))
	return buf
}

func parsed(f frames, buf []byte) []capture.Packet {
	b := capture.NewBlock(nil)
	b.Buf = buf
	f.parse(b)
	return b.Packets
}

func TestFrames(t *testing.T) {
	plain, tagged := tcpFrame(42027, "x"), tcpFrame(42027, "x", 7)
	bare := append(append([]byte{}, tagged[:12]...), tagged[16:]...)
	cases := []struct {
		name  string
		link  capture.LinkType
		frame testFrame
		want  []byte
		size  int
	}{
		{"plain", capture.LinkEthernet, testFrame{data: plain, length: len(plain)}, plain, len(plain)},
		{"cut", capture.LinkEthernet, testFrame{data: plain[:20], length: len(plain)}, plain[:20], len(plain)},
		{"tag", capture.LinkEthernet, testFrame{data: bare, length: len(bare), tagged: true, tci: 7}, tagged, len(tagged)},
		{"tag with its type", capture.LinkEthernet, testFrame{data: bare, length: len(bare), tagged: true, tpid: 0x8100, tci: 7}, tagged, len(tagged)},
		{"tag, cut", capture.LinkEthernet, testFrame{data: bare[:30], length: len(bare), tagged: true, tci: 7}, tagged[:34], len(tagged)},
		{"tag, cut in the addresses", capture.LinkEthernet, testFrame{data: bare[:8], length: len(bare), tagged: true, tci: 7}, bare[:8], len(bare)},
		{"empty", capture.LinkEthernet, testFrame{tagged: true}, []byte{}, 0},
		{"raw", capture.LinkRaw, testFrame{data: plain[14:], length: len(plain) - 14}, plain[14:], len(plain) - 14},
		{"cooked", capture.LinkLinuxSLL2, testFrame{data: plain[14:], length: len(plain) - 14, protocol: 0x800, index: 3, hardware: 1},
			append([]byte{8, 0, 0, 0, 0, 0, 0, 3, 0, 1, 0, 6, 2, 0, 0, 0, 0, 2, 0, 0}, plain[14:]...), len(plain) + 6},
		{"cooked, tag", capture.LinkLinuxSLL2, testFrame{data: plain[14:], length: len(plain) - 14, protocol: 0x800, tagged: true, tpid: 0x88a8, tci: 7},
			append([]byte{0x88, 0xa8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 6, 2, 0, 0, 0, 0, 2, 0, 0, 0, 7, 8, 0}, plain[14:]...), len(plain) + 10},
		{"cooked, sent with a tag that an old kernel left off", capture.LinkLinuxSLL2,
			testFrame{data: plain[14:], length: len(plain) - 14, protocol: 0x8100, kind: unix.PACKET_OUTGOING},
			append([]byte{8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 4, 6, 2, 0, 0, 0, 0, 2, 0, 0}, plain[14:]...), len(plain) + 6},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			got := parsed(frames{link: c.link, index: 5}, ringBytes(c.frame, c.frame))
			require.Len(t, got, 2)
			for _, p := range got {
				require.Equal(t, c.want, p.Data)
				require.Equal(t, c.size, p.Length)
				require.EqualValues(t, 1_700_000_000_123_456_789, p.Time)
				require.EqualValues(t, 5, p.Interface)
				require.Equal(t, c.link, p.Link)
			}
		})
	}
}

func TestFramesLoopbackOnce(t *testing.T) {
	data := tcpFrame(42027, "x")
	block := ringBytes(testFrame{data: data, kind: unix.PACKET_OUTGOING, index: 1}, testFrame{data: data, index: 1},
		testFrame{data: data, kind: unix.PACKET_OUTGOING, index: 2})
	require.Len(t, parsed(frames{link: capture.LinkEthernet, loopback: 1}, block), 2)
	require.Len(t, parsed(frames{link: capture.LinkEthernet}, block), 3)
}

// FuzzFrames damages a block; nothing may be read outside it.
func FuzzFrames(f *testing.F) {
	frame := testFrame{data: tcpFrame(42027, "x"), tagged: true, tci: 7, protocol: 0x8100, kind: unix.PACKET_OUTGOING}
	f.Add(ringBytes(frame, frame), true)
	f.Add(ringBytes(testFrame{}), false)
	f.Fuzz(func(t *testing.T, buf []byte, cooked bool) {
		link := capture.LinkEthernet
		if cooked {
			link = capture.LinkLinuxSLL2
		}
		if len(buf) >= blockHeader {
			count := binary.NativeEndian.Uint32(buf[blockCount:])
			binary.NativeEndian.PutUint32(buf[blockCount:], count%1000)
		}
		for _, p := range parsed(frames{link: link}, buf) {
			require.LessOrEqual(t, len(p.Data), p.Length)
		}
	})
}

func TestFramesAllocate(t *testing.T) {
	block := benchBlock()
	b := capture.NewBlock(nil)
	b.Buf = block
	f := frames{link: capture.LinkEthernet}
	require.Zero(t, testing.AllocsPerRun(10, func() {
		b.Packets = b.Packets[:0]
		f.parse(b)
	}))
}

func benchBlock() []byte {
	list := make([]testFrame, 700)
	for i := range list {
		list[i] = testFrame{data: make([]byte, 200), length: 200}
	}
	return ringBytes(list...)
}

// BenchmarkRingBlock compares reading packets where the kernel put them with
// copying a block first. The copy lets the kernel have the block back at once.
func BenchmarkRingBlock(b *testing.B) {
	ring := benchBlock()
	f := frames{link: capture.LinkEthernet}
	b.Run("in-place", func(b *testing.B) {
		block := capture.NewBlock(nil)
		block.Buf = ring
		b.SetBytes(int64(len(ring)))
		b.ReportAllocs()
		for b.Loop() {
			block.Packets = block.Packets[:0]
			f.parse(block)
		}
		b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/700, "ns/packet")
	})
	b.Run("copied", func(b *testing.B) {
		p := newPool()
		b.SetBytes(int64(len(ring)))
		b.ReportAllocs()
		for b.Loop() {
			block := p.get(len(ring))
			copy(block.Buf, ring)
			f.parse(block)
			block.Release()
		}
		b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/700, "ns/packet")
	})
}
