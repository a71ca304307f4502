package capture_test

import (
	"bytes"
	"compress/gzip"
	"context"
	"encoding/binary"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"ctiscope/capture"
)

// samples returns the captures of testdata.
func samples(t *testing.T) []string {
	t.Helper()
	names, err := filepath.Glob("../testdata/pcap/*.pcap*")
	require.NoError(t, err)
	require.NotEmpty(t, names)
	return names
}

// inputs opens names as Inputs.
func inputs(t *testing.T, o capture.Options, names ...string) []capture.Input {
	t.Helper()
	list, err := capture.Inputs(names, o)
	require.NoError(t, err)
	for _, in := range list {
		t.Cleanup(func() { in.Close() })
	}
	return list
}

// all reads an Input once; a file cut short is no failure here.
func all(t *testing.T, in capture.Input) []capture.Packet {
	t.Helper()
	src, err := in.Open(context.Background())
	require.NoError(t, err)
	defer src.Close()
	list, err := collect(t, src)
	if cut := (*capture.CutError)(nil); err != nil {
		require.ErrorAs(t, err, &cut)
	}
	return list
}

// requireRecords requires each packet to be found again at its place.
func requireRecords(t *testing.T, r io.ReaderAt, list []capture.Packet) {
	t.Helper()
	require.NotEmpty(t, list)
	var magic [4]byte
	_, err := r.ReadAt(magic[:], 0)
	require.NoError(t, err)
	header := int64(16)
	if binary.LittleEndian.Uint32(magic[:]) == 0x0a0d0d0a {
		header = 28
	}
	for _, p := range list {
		got := make([]byte, len(p.Data))
		_, err := r.ReadAt(got, p.Off+header)
		require.NoError(t, err)
		require.Equal(t, p.Data, got, "packet %d", p.Number)
	}
}

func TestPacketsAreFoundAgain(t *testing.T) {
	for _, name := range samples(t) {
		in := inputs(t, capture.Options{}, name)[0]
		list := all(t, in)
		r, err := in.ReaderAt(context.Background())
		require.NoError(t, err)
		requireRecords(t, r, list)
		require.Equal(t, list, all(t, in), name)
	}
}

func TestPipeIsOpenedAgain(t *testing.T) {
	for _, name := range samples(t) {
		file, err := os.ReadFile(name)
		require.NoError(t, err)
		for _, first := range []bool{true, false} {
			dir := t.TempDir()
			in := inputs(t, capture.Options{Stdin: io.MultiReader(bytes.NewReader(file)), SpoolDir: dir}, "-")[0]
			var list []capture.Packet
			if first {
				list = all(t, in)
			}
			r, err := in.ReaderAt(context.Background())
			require.NoError(t, err)
			if list == nil {
				list = all(t, in)
			}
			requireRecords(t, r, list)
			require.Equal(t, list, all(t, in), name)
			left, err := os.ReadDir(dir)
			require.NoError(t, err)
			require.Empty(t, left, "nobody else finds the copy")
		}
	}
}

func TestPlacesOfMergedPackets(t *testing.T) {
	names := samples(t)
	src, err := capture.Open(names, capture.Options{})
	require.NoError(t, err)
	defer src.Close()
	list, _ := collect(t, src)
	of := map[int32][]capture.Packet{}
	for _, p := range list {
		of[p.File] = append(of[p.File], p)
	}
	require.Len(t, of, len(names))
	for i, in := range inputs(t, capture.Options{}, names...) {
		r, err := in.ReaderAt(context.Background())
		require.NoError(t, err)
		requireRecords(t, r, of[int32(i)])
	}
}

func TestSpoolIsBounded(t *testing.T) {
	file, err := os.ReadFile("../testdata/pcap/day-v15.pcap")
	require.NoError(t, err)
	in := inputs(t, capture.Options{Stdin: bytes.NewReader(file), SpoolBytes: 10_000}, "-")[0]
	require.Len(t, all(t, in), 1043, "the first reading has all")
	_, err = in.Open(context.Background())
	limit := (*capture.SpoolError)(nil)
	require.ErrorAs(t, err, &limit)
	require.Contains(t, err.Error(), "standard input has more than 10")

	var bomb bytes.Buffer
	z := gzip.NewWriter(&bomb)
	_, _ = z.Write(file)
	_, _ = io.CopyN(z, zeros{}, 8<<20)
	require.NoError(t, z.Close())
	path := filepath.Join(t.TempDir(), "bomb.gz")
	require.NoError(t, os.WriteFile(path, bomb.Bytes(), 0o600))
	in = inputs(t, capture.Options{SpoolBytes: 1 << 20}, path)[0]
	_, err = in.ReaderAt(context.Background())
	require.ErrorAs(t, err, &limit)
}

type zeros struct{}

func (zeros) Read(b []byte) (int, error) { clear(b); return len(b), nil }

func TestFileThatChangesIsTold(t *testing.T) {
	file, err := os.ReadFile("../testdata/pcap/day-v15.pcap")
	require.NoError(t, err)
	path := filepath.Join(t.TempDir(), "a.pcap")
	require.NoError(t, os.WriteFile(path, file, 0o600))
	in := inputs(t, capture.Options{}, path)[0]
	all(t, in)
	require.NoError(t, os.Chtimes(path, time.Now(), time.Now().Add(time.Hour)))
	_, err = in.Open(context.Background())
	changed := (*capture.ChangedError)(nil)
	require.ErrorAs(t, err, &changed)
	_, err = in.ReaderAt(context.Background())
	require.ErrorAs(t, err, &changed)
}

func TestOpenEndsWithItsContext(t *testing.T) {
	r, w := io.Pipe()
	go func() {
		_, _ = io.Copy(w, strings.NewReader("\xd4\xc3\xb2\xa1\x02\x00\x04\x00\x00\x00\x00\x00\x00\x00\x00\x00\xff\xff\x00\x00\x01\x00\x00\x00"))
	}()
	defer r.Close()
	ctx, cancel := context.WithCancel(context.Background())
	in := inputs(t, capture.Options{Stdin: r}, "-")[0]
	opened := make(chan error)
	go func() {
		src, err := in.Open(ctx)
		if err == nil {
			_ = src.Close()
		}
		opened <- err
	}()
	time.Sleep(20 * time.Millisecond)
	cancel()
	w.Close()
	<-opened
}

// TestNotes reads a file with all that is no packet, in both byte orders.
func TestNotes(t *testing.T) {
	f := &ng{}
	for _, order := range []binary.ByteOrder{binary.LittleEndian, binary.BigEndian} {
		if order == binary.LittleEndian {
			f.section(binary.LittleEndian)
		} else {
			f.section(binary.BigEndian)
		}
		f.iface(capture.LinkEthernet, 100, f.option(2, []byte("eth0")))
		f.block(4, []byte("names"))
		f.packet(0, 5e6, []byte{1}, 1)
		f.block(10, f.u("44", 0x544c534b, 4))
		f.packet(0, 6e6, []byte{2}, 1).packet(0, 7e6, []byte{3}, 1)
		f.block(0xbad, []byte("custom"))
		f.block(0x12345678, []byte("unknown"))
	}
	f.block(5, append(f.u("444", 0, 0, 0), f.option(5, f.u("8", 10))...))
	want := []uint32{0x0a0d0d0a, 1, 4, 0, 10, 0, 0, 0xbad, 0x12345678, 0x0a0d0d0a, 1, 4, 0, 10, 0, 0, 0xbad, 0x12345678, 5}
	require.Equal(t, want, order(t, capture.Options{Stdin: bytes.NewReader(f.b), Notes: true}, f.b, "-"))
	require.Equal(t, make([]uint32, 6), order(t, capture.Options{Stdin: bytes.NewReader(f.b)}, f.b, "-"))

	path := filepath.Join(t.TempDir(), "notes.pcapng")
	require.NoError(t, os.WriteFile(path, f.b, 0o600))
	merged := order(t, capture.Options{Notes: true}, f.b, path, "../testdata/pcap/day-v15.pcap")
	packets := 0
	var notes []uint32
	for _, k := range merged {
		if k == 0 {
			packets++
		} else {
			notes = append(notes, k)
		}
	}
	require.Equal(t, 1043+6, packets)
	require.Len(t, notes, len(want)-6)
}

// order returns what comes, in order: 0 for a packet, else the kind of a note.
// Each note's body must stand at its place in the file.
func order(t *testing.T, o capture.Options, file []byte, names ...string) (kinds []uint32) {
	t.Helper()
	src, err := capture.Open(names, o)
	require.NoError(t, err)
	defer src.Close()
	for {
		blk, err := src.Next()
		if err == io.EOF {
			return kinds
		}
		require.NoError(t, err)
		notes := blk.Notes
		for i := range len(blk.Packets) + 1 {
			for len(notes) > 0 && notes[0].Before == i {
				require.Zero(t, notes[0].File)
				require.Equal(t, file[notes[0].Off+8:][:len(notes[0].Body)], notes[0].Body)
				kinds = append(kinds, notes[0].Kind)
				notes = notes[1:]
			}
			if i < len(blk.Packets) {
				kinds = append(kinds, 0)
			}
		}
		require.Empty(t, notes)
		blk.Release()
	}
}
