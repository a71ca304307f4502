package capture_test

import (
	"bytes"
	"errors"
	"io"
	"math"
	"os/exec"
	"strings"
	"testing"

	"github.com/google/gopacket/pcapgo"
	"github.com/stretchr/testify/require"

	"ctiscope/capture"
	"ctiscope/capture/capturetest"
)

func packets(list []capturetest.Frame) []capture.Packet {
	var out []capture.Packet
	for _, f := range list {
		out = append(out, capture.Packet{Data: f.Data, Time: f.Time, Length: len(f.Data), Link: capture.LinkEthernet})
	}
	return out
}

func TestWriter(t *testing.T) {
	want := frames(500)
	want = append(want, capturetest.Frame{Data: []byte{1, 2, 3}, Time: start, Length: 0})
	for _, format := range []capture.FileFormat{capture.Pcap, capture.Pcapng} {
		var b bytes.Buffer
		iface := capture.Interface{Name: "eth0", Link: capture.LinkEthernet, SnapLen: 65535}
		w, err := capture.NewWriter(&b, capture.WriterOptions{
			Format: format, Application: "test", Comment: "a comment", Interfaces: []capture.Interface{iface},
		})
		require.NoError(t, err)
		for i, p := range packets(want) {
			var comments []string
			if i == 3 {
				comments = []string{"one", "twenty-two"}
			}
			require.NoError(t, w.Write(&p, comments...))
		}
		require.NoError(t, w.WriteStatistics(0, start, 501, 7))
		require.Equal(t, int64(b.Len()), w.Written())
		require.Greater(t, w.Size(), w.Written())
		require.Positive(t, w.Pending())
		// What is written so far is whole records.
		got, err := read(t, b.Bytes())
		require.NoError(t, err)
		require.Len(t, got, len(want)-w.Pending())

		require.NoError(t, w.Flush())
		require.Zero(t, w.Pending())
		require.EqualValues(t, b.Len(), w.Size())
		src := openBytes(t, b.Bytes())
		got, err = collect(t, src)
		require.NoError(t, err)
		requireFrames(t, want, got, 9)
		iface.File = "standard input"
		if format == capture.Pcap {
			iface.Name = ""
		} else {
			iface.Dropped = 7
		}
		require.Equal(t, []capture.Interface{iface}, src.Interfaces())
		if format == capture.Pcap {
			requireLikeGopacket(t, b.Bytes(), got)
		} else {
			requireLikeNg(t, b.Bytes(), got)
		}
	}
}

func requireLikeNg(t *testing.T, file []byte, got []capture.Packet) {
	r, err := pcapgo.NewNgReader(bytes.NewReader(file), pcapgo.NgReaderOptions{})
	require.NoError(t, err)
	require.Equal(t, "a comment", r.SectionInfo().Comment)
	require.Equal(t, "test", r.SectionInfo().Application)
	for _, p := range got {
		data, info, err := r.ReadPacketData()
		require.NoError(t, err)
		require.Equal(t, data, p.Data)
		require.Equal(t, info.Timestamp.UnixNano(), p.Time)
	}
	_, _, err = r.ReadPacketData()
	require.ErrorIs(t, err, io.EOF)
	stats, err := r.Interface(0)
	require.NoError(t, err)
	require.EqualValues(t, 501, stats.Statistics.PacketsReceived)
	require.EqualValues(t, 7, stats.Statistics.PacketsDropped)
}

// TestWriterTshark lets Wireshark read what is written.
func TestWriterTshark(t *testing.T) {
	tshark, err := exec.LookPath("tshark")
	if err != nil {
		t.Skip("tshark is not installed")
	}
	var b bytes.Buffer
	w, err := capture.NewWriter(&b, capture.WriterOptions{Application: "test", Comment: "c", Interfaces: []capture.Interface{
		{Name: "eth0", Link: capture.LinkEthernet}, {Name: "tun0", Link: capture.LinkRaw},
	}})
	require.NoError(t, err)
	one := packets(frames(1))[0]
	two := one
	two.Interface, two.Data, two.Length, two.Time = 1, one.Data[14:54], 999, start+1
	require.NoError(t, w.Write(&one, "look here"))
	require.NoError(t, w.Write(&two))
	require.NoError(t, w.WriteStatistics(1, start, 2, 1))
	require.NoError(t, w.Flush())
	path := capturetest.File(t, "c.pcapng", b.Bytes())
	out, err := exec.Command(tshark, "-r", path, "-T", "fields", "-E", "separator=,", "-e", "frame.number",
		"-e", "frame.interface_name", "-e", "frame.len", "-e", "frame.time_epoch", "-e", "tcp.dstport", "-e", "frame.comment").Output()
	require.NoError(t, err)
	require.Equal(t, "1,eth0,60,1700000000.123456789,42027,look here\n2,tun0,999,1700000000.123456790,42027,\n",
		strings.ReplaceAll(string(out), "\r", ""))
}

func TestWriterMisuse(t *testing.T) {
	ether := []capture.Interface{{Link: capture.LinkEthernet}}
	raw := capture.Packet{Link: capture.LinkRaw, Interface: 1}
	for _, format := range []capture.FileFormat{capture.Pcap, capture.Pcapng} {
		w, err := capture.NewWriter(io.Discard, capture.WriterOptions{Format: format, Interfaces: ether})
		require.NoError(t, err)
		require.ErrorIs(t, w.Write(&raw), capture.ErrWriter)
	}
	_, err := capture.NewWriter(io.Discard, capture.WriterOptions{Format: capture.Pcap,
		Interfaces: []capture.Interface{{Link: capture.LinkEthernet}, {Link: capture.LinkRaw}}})
	require.ErrorIs(t, err, capture.ErrWriter)
}

// full is a disk with little room.
type full struct {
	bytes.Buffer
	room int
}

var errFull = errors.New("no space left")

func (f *full) Write(b []byte) (int, error) {
	if f.Len()+len(b) > f.room {
		n, _ := f.Buffer.Write(b[:f.room-f.Len()])
		return n, errFull
	}
	return f.Buffer.Write(b)
}

// TestWriterFull keeps what was written before the disk was full, and goes on.
func TestWriterFull(t *testing.T) {
	disk := &full{room: 100 << 10}
	w, err := capture.NewWriter(disk, capture.WriterOptions{Interfaces: []capture.Interface{{Link: capture.LinkEthernet}}})
	require.NoError(t, err)
	list := packets(frames(400))
	for i := 0; err == nil; i++ {
		err = w.Write(&list[i])
	}
	require.ErrorIs(t, err, errFull)
	disk.Truncate(int(w.Written()))
	before, err := read(t, disk.Bytes())
	require.NoError(t, err)
	require.NotEmpty(t, before)
	disk.room = math.MaxInt
	require.NoError(t, w.Write(&list[0]))
	require.NoError(t, w.Flush())
	after, err := read(t, disk.Bytes())
	require.NoError(t, err)
	require.Len(t, after, len(before)+1)
}
