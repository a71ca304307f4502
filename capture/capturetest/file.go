package capturetest

import (
	"bytes"
	"encoding/binary"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"

	"ctiscope/capture"
)

// Frame is one packet of a capture.
type Frame struct {
	Data []byte
	Time int64 // nanoseconds since 1970-01-01 00:00 UTC
	// Length is the length on the wire; len(Data) when it is smaller.
	Length int
}

// Pcap returns a pcap file with times in nanoseconds.
func Pcap(link capture.LinkType, frames ...Frame) []byte {
	return PcapOrder(binary.LittleEndian, true, link, frames...)
}

// ByteOrder is the order of a file's numbers.
type ByteOrder interface {
	binary.ByteOrder
	binary.AppendByteOrder
}

// PcapOrder returns a pcap file in a byte order, with times in nanoseconds or
// microseconds.
func PcapOrder(order ByteOrder, nano bool, link capture.LinkType, frames ...Frame) []byte {
	magic, unit := uint32(0xa1b2c3d4), int64(1000)
	if nano {
		magic, unit = 0xa1b23c4d, 1
	}
	b := order.AppendUint32(nil, magic)
	b = order.AppendUint16(b, 2)
	b = order.AppendUint16(b, 4)
	b = append(b, make([]byte, 8)...)
	b = order.AppendUint32(b, 262144)
	b = order.AppendUint32(b, uint32(link))
	for _, f := range frames {
		b = order.AppendUint32(b, uint32(f.Time/1e9))
		b = order.AppendUint32(b, uint32(f.Time%1e9/unit))
		b = order.AppendUint32(b, uint32(len(f.Data)))
		b = order.AppendUint32(b, uint32(max(f.Length, len(f.Data))))
		b = append(b, f.Data...)
	}
	return b
}

// File writes a file into a folder of the test and returns its path.
func File(t testing.TB, name string, content []byte) string {
	path := filepath.Join(t.TempDir(), name)
	require.NoError(t, os.WriteFile(path, content, 0o600))
	return path
}

// Pcapng returns a pcapng file with one interface.
func Pcapng(link capture.LinkType, frames ...Frame) []byte {
	var b bytes.Buffer
	w, err := capture.NewWriter(&b, capture.WriterOptions{
		Interfaces: []capture.Interface{{Name: "test0", Link: link, SnapLen: 262144}},
	})
	for i := 0; err == nil && i < len(frames); i++ {
		f := frames[i]
		err = w.Write(&capture.Packet{Data: f.Data, Time: f.Time, Length: f.Length, Link: link})
	}
	if err == nil {
		err = w.Flush()
	}
	if err != nil {
		panic(err) // a bytes.Buffer never fails
	}
	return b.Bytes()
}
