package record

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"ctiscope/capture"
)

// disk is a disk of few bytes. Writes beyond are cut short, as those of a real
// one.
type disk struct {
	t        *testing.T
	dir      string
	room     int
	noCut    bool // files cannot be cut back
	closeErr error
	files    int
}

var errFull = errors.New("no space left on the pretended disk")

func (d *disk) open(time.Time) (output, error) {
	if d.room < 0 {
		return nil, errFull
	}
	d.files++
	f, err := os.Create(filepath.Join(d.dir, fmt.Sprintf("%05d", d.files)))
	require.NoError(d.t, err)
	return &diskFile{File: f, disk: d}, nil
}

type diskFile struct {
	*os.File
	disk *disk
}

func (f *diskFile) Write(b []byte) (int, error) {
	n := min(len(b), max(f.disk.room, 0))
	f.disk.room -= n
	written, err := f.File.Write(b[:n])
	require.NoError(f.disk.t, err)
	if n < len(b) {
		return written, errFull
	}
	return written, nil
}

func (f *diskFile) Truncate(size int64) error {
	if f.disk.noCut {
		return errFull
	}
	at, err := f.File.Seek(0, io.SeekEnd)
	require.NoError(f.disk.t, err)
	f.disk.room += int(at - size)
	return f.File.Truncate(size)
}

func (f *diskFile) Close() error { return errors.Join(f.File.Close(), f.disk.closeErr) }

// TestFullDiskAnywhere lets the disk run full after every number of bytes:
// what is in the files is sound and in order, what is not is counted, and with
// room again writing goes on.
func TestFullDiskAnywhere(t *testing.T) {
	for room := 0; room < 1500; room += 7 {
		dir := t.TempDir()
		d := &disk{t: t, dir: dir, room: room}
		var told notices
		o := &Options{Path: "dump", MaxPackets: 4, Interfaces: interfaces(eth0), Notice: told.add, retry: time.Nanosecond, calm: time.Hour}
		f := newFiles(o)
		f.open, f.remove = d.open, os.Remove
		err := f.begin()
		for i := range 5 {
			f.write(block(2*i, 2, 100))
		}
		lost := f.counts().Unwritten
		if err != nil || lost > 0 {
			require.Len(t, told.of(Failed), 1, "room %d: told once", room)
			require.ErrorIs(t, told.of(Failed)[0].Err, errFull)
			require.True(t, f.counts().Failing)
		}
		d.room += 10_000
		f.write(block(10, 1, 100))
		require.NoError(t, f.finish())
		got := numbers(t, glob(t, dir)...)
		require.IsIncreasing(t, got)
		require.Equal(t, 11, len(got)+int(lost), "room %d: %v", room, got)
		require.EqualValues(t, len(got), f.counts().Packets)
		require.Equal(t, lost, f.counts().Unwritten)
		require.False(t, f.counts().Failing)
		if lost > 0 {
			require.Len(t, told.of(Resumed), 1)
			require.Equal(t, lost, told.of(Resumed)[0].Lost)
			requireText(t, dir, "packets before this one are missing")
		}
	}
}

func requireText(t *testing.T, dir, text string) {
	t.Helper()
	var all []byte
	for _, path := range glob(t, dir) {
		b, err := os.ReadFile(path)
		require.NoError(t, err)
		all = append(all, b...)
	}
	require.Contains(t, string(all), text)
}

// TestFullDiskNewInterface has the disk run full while a further interface is
// described: the file is given up, since packets could refer to what is lost.
func TestFullDiskNewInterface(t *testing.T) {
	for room := 150; room < 500; room += 3 {
		dir := t.TempDir()
		d := &disk{t: t, dir: dir, room: room}
		list := []capture.Interface{eth0}
		o := &Options{Path: "dump", Interfaces: func() []capture.Interface { return list }, Notice: func(Notice) {}, retry: time.Nanosecond, calm: time.Hour}
		f := newFiles(o)
		f.open, f.remove = d.open, os.Remove
		if f.begin() != nil {
			continue
		}
		f.write(block(0, 1, 60))
		list = append(list, capture.Interface{Name: "tun0", Link: capture.LinkRaw})
		for i := 1; i < 4; i++ {
			b := block(i, 1, 60)
			b.Packets[0].Interface, b.Packets[0].Link = 1, capture.LinkRaw
			f.write(b)
			d.room += 200
		}
		d.room += 1000
		f.write(block(4, 1, 60))
		f.end()
		got := numbers(t, glob(t, dir)...)
		require.IsIncreasing(t, got)
		require.Equal(t, 5, len(got)+int(f.counts().Unwritten), "room %d", room)
	}
}

// TestFileThatCannotBeCut is left alone, and another is begun.
func TestFileThatCannotBeCut(t *testing.T) {
	dir := t.TempDir()
	d := &disk{t: t, dir: dir, room: 1000, noCut: true}
	o := &Options{Path: "dump", Interfaces: interfaces(eth0), Notice: func(Notice) {}, retry: time.Nanosecond, calm: time.Hour}
	f := newFiles(o)
	f.open, f.remove = d.open, os.Remove
	require.NoError(t, f.begin())
	f.write(block(0, 20, 100))
	d.room += 10_000
	f.write(block(20, 1, 100))
	f.end()
	require.Equal(t, []int{20}, numbers(t, glob(t, dir)[1:]...))
}

// TestCloseFails pins that a system which tells of a full disk only when the
// file is closed is heard.
func TestCloseFails(t *testing.T) {
	d := &disk{t: t, dir: t.TempDir(), room: 10_000, closeErr: errFull}
	var told notices
	o := &Options{Path: "dump", Interfaces: interfaces(eth0), Notice: told.add}
	f := newFiles(o)
	f.open, f.remove = d.open, os.Remove
	require.NoError(t, f.begin())
	f.write(block(0, 1, 100))
	require.ErrorIs(t, f.finish(), errFull)
	require.Len(t, told.of(Failed), 1)
}
