package capture_test

import (
	"bytes"
	"io"
	"net/netip"
	"testing"
	"time"

	"github.com/google/gopacket"
	"github.com/stretchr/testify/require"

	"ctiscope/capture"
	"ctiscope/capture/capturetest"
)

const start = int64(1700000000_123456789)

// frames returns n frames of different lengths, 1.5 ms apart.
func frames(n int) []capturetest.Frame {
	list := make([]capturetest.Frame, n)
	for i := range list {
		seg := capturetest.Segment{
			Src: netip.MustParseAddrPort("10.0.0.1:50000"), Dst: netip.MustParseAddrPort("10.0.0.2:42027"),
			Seq: uint32(i), Flags: capturetest.ACK, Data: bytes.Repeat([]byte{byte(i)}, i*37%1400),
		}
		list[i] = capturetest.Frame{Data: seg.Frame(), Time: start + int64(i)*1500000}
	}
	return list
}

// collect reads a source to its end and returns copies of its packets and the
// error, nil for io.EOF.
func collect(t testing.TB, src capture.Source) ([]capture.Packet, error) {
	t.Helper()
	var list []capture.Packet
	for {
		blk, err := src.Next()
		if err != nil {
			_, again := src.Next()
			require.Equal(t, err, again, "the error stays")
			require.NoError(t, src.Close())
			if err == io.EOF {
				err = nil
			}
			return list, err
		}
		require.NotEmpty(t, blk.Packets)
		for _, p := range blk.Packets {
			p.Data = bytes.Clone(p.Data)
			list = append(list, p)
			require.EqualValues(t, len(list), p.Number)
			require.GreaterOrEqual(t, p.Length, len(p.Data))
			require.Less(t, int(p.Interface), len(src.Interfaces()))
		}
		blk.Release()
	}
}

// read reads bytes as standard input.
func read(t testing.TB, file []byte) ([]capture.Packet, error) {
	t.Helper()
	src := openBytes(t, file)
	return collect(t, src)
}

func openBytes(t testing.TB, file []byte) capture.Source {
	t.Helper()
	src, err := capture.Open([]string{"-"}, capture.Options{Stdin: bytes.NewReader(file)})
	require.NoError(t, err)
	return src
}

// requireFrames compares packets with the frames they were made of, whose times
// are cut to a number of digits.
func requireFrames(t testing.TB, want []capturetest.Frame, got []capture.Packet, digits uint8) {
	t.Helper()
	require.Len(t, got, len(want))
	unit := int64(1)
	if digits == 6 {
		unit = 1000
	}
	for i, p := range got {
		require.Equal(t, want[i].Data, p.Data, "packet %d", i+1)
		require.Equal(t, want[i].Time/unit*unit, p.Time, "packet %d", i+1)
		require.Equal(t, max(want[i].Length, len(want[i].Data)), p.Length, "packet %d", i+1)
		require.Equal(t, digits, p.Digits)
	}
}

func warnings(src capture.Source) []string {
	return src.(interface{ Warnings() []string }).Warnings()
}

// captureInfo is what pcapgo wants to know of a frame.
func captureInfo(f capturetest.Frame) gopacket.CaptureInfo {
	return gopacket.CaptureInfo{
		Timestamp: time.Unix(0, f.Time).UTC(), CaptureLength: len(f.Data), Length: max(f.Length, len(f.Data)),
	}
}
