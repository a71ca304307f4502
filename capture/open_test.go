package capture_test

import (
	"bytes"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/klauspost/compress/gzip"
	"github.com/klauspost/compress/zstd"
	"github.com/stretchr/testify/require"

	"ctiscope/capture"
	"ctiscope/capture/capturetest"
)

// packed returns b as gzip or zstd; several parts become several members.
func packed(t testing.TB, how string, parts ...[]byte) []byte {
	var out bytes.Buffer
	for _, part := range parts {
		var w io.WriteCloser = gzip.NewWriter(&out)
		if how == "zstd" {
			z, err := zstd.NewWriter(&out)
			require.NoError(t, err)
			w = z
		}
		_, err := w.Write(part)
		require.NoError(t, err)
		require.NoError(t, w.Close())
	}
	return out.Bytes()
}

func TestOpenNotACapture(t *testing.T) {
	tar := make([]byte, 512)
	copy(tar, "file.pcap")
	copy(tar[257:], "ustar")
	etl := "\x00\x00\x01\x00\x00\x10\x00\x00" + strings.Repeat("\x00", 64) + "\x02\x00\x02\xc0" + strings.Repeat("\x00", 100)
	cases := []struct{ name, content, found string }{
		{"nothing.pcap", "", "empty (0 bytes)"},
		{"notes.txt", "call with TAC\n10:04 agent 1001 logged out\n", "a text file"},
		{"german.txt", "Anruf f\u00fcr Agent", "a text file"},
		{"cut.txt", "Anruf f\u00fc"[:8], "a text file"},
		{"page.pcap", "\n<!DOCTYPE html><html><body>Log in", "an HTML page"},
		{"program", "\x7fELF\x02\x01\x01\x00", "an ELF program"},
		{"program.exe", "MZ\x90\x00", "a Windows program"},
		{"old.cap", "GMBU\x00\x02", "a Microsoft Network Monitor 2 capture"},
		{"solaris.cap", "snoop\x00\x00\x00\x00\x00\x00\x02", "a snoop capture"},
		{"c.zip", "PK\x03\x04\x14\x00", "a zip archive"},
		{"c.xz", "\xfd7zXZ\x00\x00", "an xz file"},
		{"c.tar", string(tar), "a tar archive"},
		{"trace.bin", etl, "a Windows event trace (ETL)"},
		{"zero.pcap", strings.Repeat("\x00", 100), "nothing but zero bytes"},
		{"other.bin", "\x01\x02\x03\x04\x05\x06\x07\x08\x09", "of an unknown format (it begins with 01 02 03 04 05 06 07 08)"},
		{"short.pcap", "\xd4\xc3", "of an unknown format (it begins with d4 c3)"},
		{"text.pcap.gz", string(packed(t, "gzip", []byte("hello"))), "a gzip file that holds something else: a text file"},
		{"text.pcap.zst", string(packed(t, "zstd", []byte("hello"))), "a zstd file that holds something else: a text file"},
		{"twice.gz", string(packed(t, "gzip", packed(t, "gzip", []byte("x")))), "a gzip file that holds something else: another gzip file"},
		{"empty.gz", string(packed(t, "gzip", nil)), "a gzip file that holds something else: empty (0 bytes)"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			path := capturetest.File(t, c.name, []byte(c.content))
			_, err := capture.Open([]string{path}, capture.Options{})
			var format *capture.FormatError
			require.ErrorAs(t, err, &format)
			require.Equal(t, path, format.File)
			require.True(t, strings.HasPrefix(format.Found, c.found), format.Found)
		})
	}
}

func TestOpenMissing(t *testing.T) {
	dir := t.TempDir()
	var format *capture.FormatError
	_, err := capture.Open([]string{dir}, capture.Options{})
	require.ErrorAs(t, err, &format)
	require.Equal(t, "a directory", format.Found)

	for _, name := range []string{"missing.pcap", "*.pcap", "missing-[0-9].pcap"} {
		_, err = capture.Open([]string{filepath.Join(dir, name)}, capture.Options{})
		require.ErrorIs(t, err, fs.ErrNotExist, name)
		require.ErrorContains(t, err, name)
	}
	_, err = capture.Open([]string{filepath.Join(dir, "[")}, capture.Options{})
	require.ErrorIs(t, err, filepath.ErrBadPattern)
	_, err = capture.Open(nil, capture.Options{})
	require.Error(t, err)
}

// TestOpenSeveralBad names every file that is no capture.
func TestOpenSeveralBad(t *testing.T) {
	good := capturetest.File(t, "good.pcap", capturetest.Pcap(capture.LinkEthernet, frames(2)...))
	text := capturetest.File(t, "notes.txt", []byte("text"))
	_, err := capture.Open([]string{good, text, filepath.Dir(good), "missing"}, capture.Options{})
	require.ErrorIs(t, err, fs.ErrNotExist)
	require.ErrorContains(t, err, text+" is a text file")
	require.ErrorContains(t, err, filepath.Dir(good)+" is a directory")
}

// TestOpenHeaderOnly opens captures without packets.
func TestOpenHeaderOnly(t *testing.T) {
	for _, file := range [][]byte{capturetest.Pcap(capture.LinkEthernet), capturetest.Pcapng(capture.LinkEthernet)} {
		got, err := read(t, file)
		require.NoError(t, err)
		require.Empty(t, got)
		one, two := capturetest.File(t, "one", file), capturetest.File(t, "two", file)
		src, err := capture.Open([]string{one, two}, capture.Options{})
		require.NoError(t, err)
		got, err = collect(t, src)
		require.NoError(t, err)
		require.Empty(t, got)
	}
}

func TestOpenGlob(t *testing.T) {
	dir := t.TempDir()
	want := frames(3)
	for i, name := range []string{"c2.pcap", "c1.pcap", "c[3].pcap"} {
		file := capturetest.Pcap(capture.LinkEthernet, want[i])
		require.NoError(t, os.WriteFile(filepath.Join(dir, name), file, 0o600))
	}
	cases := []struct {
		name  string
		paths []string
		want  []capturetest.Frame
	}{
		{"pattern", []string{"c*.pcap"}, want},
		{"pattern that is a file's name", []string{"c[3].pcap"}, want[2:]},
		{"named twice", []string{"c?.pcap", "c1.pcap", "./c2.pcap"}, want[:2]},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			t.Chdir(dir)
			src, err := capture.Open(c.paths, capture.Options{})
			require.NoError(t, err)
			got, err := collect(t, src)
			require.NoError(t, err)
			requireFrames(t, c.want, got, 9)
		})
	}
}

func TestOpenPacked(t *testing.T) {
	want := frames(2000)
	file := capturetest.Pcap(capture.LinkEthernet, want...)
	cut := len(file) * 2 / 3
	for _, how := range []string{"gzip", "zstd"} {
		t.Run(how, func(t *testing.T) {
			got, err := read(t, packed(t, how, file))
			require.NoError(t, err)
			requireFrames(t, want, got, 9)
			got, err = read(t, packed(t, how, file[:10], file[10:cut], nil, file[cut:]))
			require.NoError(t, err)
			requireFrames(t, want, got, 9)
			got, err = read(t, packed(t, how, file, file))
			require.NoError(t, err)
			require.Len(t, got, 4000)
		})
	}
}

// TestOpenPackedTrailing reads compressed files with something after them.
func TestOpenPackedTrailing(t *testing.T) {
	want := frames(20)
	for _, how := range []string{"gzip", "zstd"} {
		for _, tail := range []string{strings.Repeat("\x00", 512), "garbage after the data"} {
			file := packed(t, how, capturetest.Pcap(capture.LinkEthernet, want...))
			src := openBytes(t, append(file, tail...))
			got, err := collect(t, src)
			require.NoError(t, err)
			requireFrames(t, want, got, 9)
			require.Len(t, warnings(src), 1)
			require.Contains(t, warnings(src)[0], how)
		}
	}
}

// TestOpenPackedCut cuts compressed files, and compresses files that are cut.
func TestOpenPackedCut(t *testing.T) {
	want := frames(2000)
	file := capturetest.Pcap(capture.LinkEthernet, want...)
	for _, how := range []string{"gzip", "zstd"} {
		t.Run(how, func(t *testing.T) {
			whole := packed(t, how, file)
			for _, n := range []int{4, 9, 11, 30, len(whole) / 2, len(whole) - 9, len(whole) - 1} {
				got, err := read(t, whole[:n])
				var cut *capture.CutError
				require.ErrorAs(t, err, &cut, "cut at %d", n)
				require.EqualValues(t, len(got), cut.Packets)
				requireFrames(t, want[:len(got)], got, 9)
			}
			got, err := read(t, packed(t, how, file[:len(file)-1]))
			var cut *capture.CutError
			require.ErrorAs(t, err, &cut)
			requireFrames(t, want[:1999], got, 9)
			require.Equal(t, int64(len(file)-1), cut.Offset+cut.Left)
		})
	}
}

func TestOpenPackedDamaged(t *testing.T) {
	want := frames(5000)
	file := capturetest.Pcap(capture.LinkEthernet, want...)
	for _, how := range []string{"gzip", "zstd"} {
		t.Run(how, func(t *testing.T) {
			whole := packed(t, how, file)
			copy(whole[len(whole)/2:], bytes.Repeat([]byte{0xaa}, 40))
			got, err := read(t, whole)
			var damage *capture.DamageError
			require.ErrorAs(t, err, &damage)
			require.NotNil(t, damage.Unwrap())
			require.Contains(t, err.Error(), how)
			require.Less(t, len(got), len(want))
		})
	}
}

// TestOpenPipe reads a capture that is still being written: packets come when
// they are there, not when a buffer is full.
func TestOpenPipe(t *testing.T) {
	want := frames(3)
	file := capturetest.Pcap(capture.LinkEthernet, want...)
	end := len(file) - len(want[2].Data) - 16
	r, w := io.Pipe()
	go w.Write(file[:end])
	src, err := capture.Open([]string{"-"}, capture.Options{Stdin: r})
	require.NoError(t, err)
	blk, err := src.Next()
	require.NoError(t, err)
	require.Len(t, blk.Packets, 2)
	blk.Release()
	go func() {
		for _, c := range file[end:] { // a byte at a time
			w.Write([]byte{c})
		}
		w.Close()
	}()
	blk, err = src.Next()
	require.NoError(t, err)
	require.Equal(t, want[2].Data, blk.Packets[0].Data)
	_, err = src.Next()
	require.ErrorIs(t, err, io.EOF)
}

type faulty struct{ r io.Reader }

func (f faulty) Read(b []byte) (int, error) {
	n, err := f.r.Read(b)
	if err == io.EOF {
		err = os.ErrDeadlineExceeded
	}
	return n, err
}

// TestOpenReadError is a disk or pipe that fails.
func TestOpenReadError(t *testing.T) {
	want := frames(10)
	file := capturetest.Pcap(capture.LinkEthernet, want...)
	src, err := capture.Open([]string{"-"}, capture.Options{Stdin: faulty{bytes.NewReader(file)}})
	require.NoError(t, err)
	got, err := collect(t, src)
	require.ErrorIs(t, err, os.ErrDeadlineExceeded)
	require.ErrorContains(t, err, "read standard input")
	requireFrames(t, want, got, 9)
}

func TestClose(t *testing.T) {
	path := capturetest.File(t, "c.pcap", capturetest.Pcap(capture.LinkEthernet, frames(9000)...))
	for _, paths := range [][]string{{path}, {path, capturetest.File(t, "d.pcap", capturetest.Pcap(1))}} {
		src, err := capture.Open(paths, capture.Options{})
		require.NoError(t, err)
		blk, err := src.Next()
		require.NoError(t, err)
		require.NoError(t, src.Close())
		require.NoError(t, src.Close())
		for err == nil {
			_, err = src.Next()
		}
		require.ErrorIs(t, err, fs.ErrClosed)
		blk.Release()
	}
}

func TestProgress(t *testing.T) {
	file := packed(t, "gzip", capturetest.Pcap(capture.LinkEthernet, frames(100)...))
	one, two := capturetest.File(t, "one.gz", file), capturetest.File(t, "two.gz", file)
	for _, paths := range [][]string{{one}, {one, two}} {
		src, err := capture.Open(paths, capture.Options{})
		require.NoError(t, err)
		progress := src.(interface{ Progress() (int64, int64) })
		_, total := progress.Progress()
		require.EqualValues(t, len(file)*len(paths), total)
		_, err = collect(t, src)
		require.NoError(t, err)
		read, total := progress.Progress()
		require.Equal(t, total, read)
	}
}

// TestAllocations pins that reading allocates nothing per packet.
func TestAllocations(t *testing.T) {
	pcap := capturetest.File(t, "c.pcap", capturetest.Pcap(capture.LinkEthernet, frames(8000)...))
	pcapng := capturetest.File(t, "c.pcapng", capturetest.Pcapng(capture.LinkEthernet, frames(8000)...))
	for _, paths := range [][]string{{pcap}, {pcapng}, {pcap, pcapng}} {
		n := testing.AllocsPerRun(5, func() {
			src, err := capture.Open(paths, capture.Options{})
			require.NoError(t, err)
			require.EqualValues(t, 8000*len(paths), readAll(t, src))
			require.NoError(t, src.Close())
		})
		require.Less(t, n, float64(300*len(paths)), "allocations for 8000 packets of %v", paths)
	}
}
