package record

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"runtime"
	"sort"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"ctiscope/capture"
)

var eth0 = capture.Interface{Name: "eth0", Link: capture.LinkEthernet, SnapLen: 65535, Dropped: 3}

func interfaces(list ...capture.Interface) func() []capture.Interface {
	return func() []capture.Interface { return list }
}

// block is a Block of n packets of size bytes whose data begin with numbers
// from first on.
func block(first, n, size int) *capture.Block {
	b := capture.NewBlock(nil)
	b.Buf = make([]byte, n*size)
	for i := range n {
		data := b.Buf[i*size : (i+1)*size]
		copy(data, fmt.Sprintf("%08d", first+i))
		b.Packets = append(b.Packets, capture.Packet{Data: data, Length: size, Time: int64(first+i+1) * 1e9,
			Link: capture.LinkEthernet, Digits: 9})
	}
	return b
}

// notices collects what a Recorder tells.
type notices struct {
	mu   sync.Mutex
	list []Notice
}

func (n *notices) add(x Notice) {
	n.mu.Lock()
	defer n.mu.Unlock()
	n.list = append(n.list, x)
}

func (n *notices) of(kind NoticeKind) []Notice {
	n.mu.Lock()
	defer n.mu.Unlock()
	var list []Notice
	for _, x := range n.list {
		if x.Kind == kind {
			list = append(list, x)
		}
	}
	return list
}

func start(t *testing.T, o Options) *Recorder {
	t.Helper()
	if o.Interfaces == nil {
		o.Interfaces = interfaces(eth0)
	}
	r, err := Start(o)
	require.NoError(t, err)
	return r
}

func write(r *Recorder, b *capture.Block) {
	r.Write(b)
	b.Release()
}

// numbers reads back the numbers of the packets in files, and requires each
// file to be sound.
func numbers(t *testing.T, paths ...string) []int {
	t.Helper()
	var list []int
	for _, path := range paths {
		s, err := capture.Open([]string{path}, capture.Options{})
		require.NoError(t, err)
		for {
			b, err := s.Next()
			if errors.Is(err, io.EOF) {
				break
			}
			require.NoError(t, err, path)
			for _, p := range b.Packets {
				var n int
				_, err := fmt.Sscanf(string(p.Data[:8]), "%d", &n)
				require.NoError(t, err)
				require.Equal(t, int64(n+1)*1e9, p.Time)
				list = append(list, n)
			}
			b.Release()
		}
		require.NoError(t, s.Close())
	}
	return list
}

func upTo(n int) []int {
	list := make([]int, n)
	for i := range list {
		list[i] = i
	}
	return list
}

func glob(t *testing.T, dir string) []string {
	t.Helper()
	list, err := filepath.Glob(filepath.Join(dir, "*"))
	require.NoError(t, err)
	sort.Strings(list)
	return list
}

func TestOneFile(t *testing.T) {
	path := filepath.Join(t.TempDir(), "dump.pcapng")
	r := start(t, Options{Path: path, Application: "ctiscope test", Comment: "filter: tcp"})
	write(r, block(0, 10, 100))
	write(r, block(10, 1, 9001))
	require.NoError(t, r.Close())
	require.Equal(t, upTo(11), numbers(t, path))
	st := r.Stats()
	info, err := os.Stat(path)
	require.NoError(t, err)
	require.Equal(t, Stats{Packets: 11, Bytes: info.Size(), Files: 1}, st)
	if runtime.GOOS != "windows" {
		require.Equal(t, fs.FileMode(permissions), info.Mode().Perm())
	}
	raw, err := os.ReadFile(path)
	require.NoError(t, err)
	for _, text := range []string{"ctiscope test", "filter: tcp", "eth0"} {
		require.Contains(t, string(raw), text)
	}
}

// TestReadableWhileWritten reads the file after every Block.
func TestReadableWhileWritten(t *testing.T) {
	path := filepath.Join(t.TempDir(), "dump.pcapng")
	r := start(t, Options{Path: path})
	defer r.Close()
	require.Empty(t, numbers(t, path))
	for i := range 5 {
		write(r, block(3*i, 3, 70))
		require.Eventually(t, func() bool { return r.Stats().Packets == int64(3*i+3) }, 5*time.Second, time.Millisecond)
		require.Equal(t, upTo(3*i+3), numbers(t, path))
		require.Equal(t, path, r.Stats().File)
	}
}

func TestRotation(t *testing.T) {
	cases := map[string]struct {
		options Options
		files   int
	}{
		"by size":           {Options{MaxSize: 4000}, 4}, // 25 packets of 152 bytes in each
		"by count":          {Options{MaxPackets: 30}, 4},
		"by size and count": {Options{MaxSize: 4000, MaxPackets: 10}, 10},
		"one packet a file": {Options{MaxSize: 1}, 100},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			c.options.Path = filepath.Join(dir, "dump.pcapng")
			var told notices
			c.options.Notice = told.add
			r := start(t, c.options)
			for i := range 20 {
				write(r, block(5*i, 5, 120))
			}
			require.NoError(t, r.Close())
			files := glob(t, dir)
			require.Equal(t, upTo(100), numbers(t, files...))
			require.Len(t, files, c.files)
			form := regexp.MustCompile(`[/\\]dump_\d{5}_\d{8}T\d{6}Z\.pcapng$`)
			for _, f := range files {
				require.Regexp(t, form, f)
				info, err := os.Stat(f)
				require.NoError(t, err)
				if c.options.MaxSize > 1 {
					require.LessOrEqual(t, info.Size(), c.options.MaxSize)
				}
			}
			require.Len(t, told.of(Opened), c.files)
			require.Len(t, told.of(Closed), c.files)
			require.EqualValues(t, c.files, r.Stats().Files)
		})
	}
}

// TestRotationByAge pins that a file ends in time when no packet comes, and
// that no file is made for nothing.
func TestRotationByAge(t *testing.T) {
	dir := t.TempDir()
	var told notices
	r := start(t, Options{Path: filepath.Join(dir, "dump.pcapng"), MaxAge: 40 * time.Millisecond, Notice: told.add})
	time.Sleep(100 * time.Millisecond)
	require.Empty(t, told.of(Closed), "an empty file does not end")
	write(r, block(0, 1, 60))
	require.Eventually(t, func() bool { return len(told.of(Closed)) == 1 }, 5*time.Second, time.Millisecond)
	require.Equal(t, []int{0}, numbers(t, glob(t, dir)...))
	require.Empty(t, r.Stats().File)
	time.Sleep(60 * time.Millisecond)
	require.Len(t, glob(t, dir), 1)
	write(r, block(1, 1, 60))
	require.NoError(t, r.Close())
	require.Equal(t, upTo(2), numbers(t, glob(t, dir)...))
	require.Len(t, glob(t, dir), 2)
}

func TestKeep(t *testing.T) {
	dir := t.TempDir()
	foreign := filepath.Join(dir, "dump_00001_20200101T000000Z.pcapng")
	require.NoError(t, os.WriteFile(foreign, []byte("of an earlier run"), 0o600))
	r := start(t, Options{Path: filepath.Join(dir, "dump.pcapng"), MaxPackets: 10, Keep: 3})
	for i := range 10 {
		write(r, block(10*i, 10, 60))
	}
	require.NoError(t, r.Close())
	files := glob(t, dir)
	require.Equal(t, foreign, files[0])
	require.Equal(t, upTo(100)[70:], numbers(t, files[1:]...))
	require.EqualValues(t, 7, r.Stats().Removed)
	require.EqualValues(t, 100, r.Stats().Packets)
}

// TestKeepCountsEarlierRuns: files that an earlier run left under the same name
// count, the oldest go first.
func TestKeepCountsEarlierRuns(t *testing.T) {
	dir := t.TempDir()
	o := Options{Path: filepath.Join(dir, "dump.pcapng"), MaxPackets: 10, Keep: 3, Application: "ctiscope test"}
	for range 2 {
		r := start(t, o)
		for i := range 2 {
			write(r, block(10*i, 10, 60))
		}
		require.NoError(t, r.Close())
	}
	require.Len(t, glob(t, dir), 3)
}

// TestFilesThatVanishAreTold removes a file while it is written, and one that was
// kept.
func TestFilesThatVanishAreTold(t *testing.T) {
	dir := t.TempDir()
	var told notices
	r := start(t, Options{Path: filepath.Join(dir, "dump.pcapng"), MaxPackets: 10, Keep: 2, Notice: told.add})
	write(r, block(0, 10, 60))
	require.Eventually(t, func() bool { return r.Stats().Packets == 10 }, 5*time.Second, time.Millisecond)
	require.NoError(t, os.Remove(glob(t, dir)[0]))
	write(r, block(10, 10, 60))
	require.NoError(t, r.Close())
	require.Len(t, told.of(Vanished), 1)
}

func TestExistingFile(t *testing.T) {
	path := filepath.Join(t.TempDir(), "dump.pcapng")
	require.NoError(t, os.WriteFile(path, []byte("of somebody else"), 0o600))
	_, err := Start(Options{Path: path})
	require.ErrorIs(t, err, fs.ErrExist)
	var exists *ExistsError
	require.ErrorAs(t, err, &exists)
	require.NotEmpty(t, exists.Hint())
	content, err := os.ReadFile(path)
	require.NoError(t, err)
	require.Equal(t, "of somebody else", string(content))

	r := start(t, Options{Path: path, Overwrite: true})
	write(r, block(0, 1, 60))
	require.NoError(t, r.Close())
	require.Equal(t, []int{0}, numbers(t, path))
}

// TestExistingNumber lets rotation meet files of the names it would take.
func TestExistingNumber(t *testing.T) {
	dir := t.TempDir()
	now := time.Now()
	for n := 1; n < 4; n++ {
		for second := range 30 {
			name := fmt.Sprintf("dump_%05d_%sZ.pcapng", n, now.Add(time.Duration(second)*time.Second).UTC().Format("20060102T150405"))
			require.NoError(t, os.WriteFile(filepath.Join(dir, name), []byte("x"), 0o600))
		}
	}
	r := start(t, Options{Path: filepath.Join(dir, "dump.pcapng"), MaxPackets: 10})
	write(r, block(0, 1, 60))
	require.NoError(t, r.Close())
	list, err := filepath.Glob(filepath.Join(dir, "dump_00004_*"))
	require.NoError(t, err)
	require.Equal(t, []int{0}, numbers(t, list...))
}

func TestStartErrors(t *testing.T) {
	for name, path := range map[string]string{
		"no path":      "",
		"no folder":    filepath.Join(t.TempDir(), "nothing", "dump.pcapng"),
		"is a folder":  t.TempDir(),
		"in no folder": "/dev/null/dump.pcapng",
	} {
		_, err := Start(Options{Path: path})
		require.Error(t, err, name)
	}
}

// TestMoreInterfaces has packets of interfaces that appear during capture.
func TestMoreInterfaces(t *testing.T) {
	path := filepath.Join(t.TempDir(), "dump.pcapng")
	list := []capture.Interface{eth0}
	r := start(t, Options{Path: path, Interfaces: func() []capture.Interface { return list }})
	write(r, block(0, 1, 60))
	require.Eventually(t, func() bool { return r.Stats().Packets == 1 }, 5*time.Second, time.Millisecond)
	list = append(list, capture.Interface{Name: "tun0", Link: capture.LinkRaw})
	b := block(1, 2, 60)
	b.Packets[1].Interface, b.Packets[1].Link = 1, capture.LinkRaw
	write(r, b)
	require.NoError(t, r.Close())
	require.Equal(t, upTo(3), numbers(t, path))
	s, err := capture.Open([]string{path}, capture.Options{})
	require.NoError(t, err)
	defer s.Close()
	_, err = s.Next()
	require.NoError(t, err)
	require.Equal(t, []string{"eth0", "tun0"}, []string{s.Interfaces()[0].Name, s.Interfaces()[1].Name})
}

// TestQueueIsBounded stops the writing and counts what has no room.
func TestQueueIsBounded(t *testing.T) {
	dir := t.TempDir()
	hold, begun := make(chan struct{}), make(chan struct{}, 10)
	first := true
	r := start(t, Options{Path: filepath.Join(dir, "dump.pcapng"), MaxPackets: 10, Queue: 100_000, Notice: func(n Notice) {
		if n.Kind == Opened && !first {
			begun <- struct{}{}
			<-hold
		}
		first = false
	}})
	write(r, block(0, 11, 1000))
	<-begun // the writing stands
	for i := range 100 {
		write(r, block(11+10*i, 10, 1000))
	}
	dropped := r.Stats().QueueDropped
	require.EqualValues(t, 1000-100, dropped)
	close(hold)
	require.NoError(t, r.Close())
	require.EqualValues(t, 11+1000-dropped, r.Stats().Packets)
	require.Equal(t, upTo(111), numbers(t, glob(t, dir)...))
}

func TestWriteAfterClose(t *testing.T) {
	path := filepath.Join(t.TempDir(), "dump.pcapng")
	r := start(t, Options{Path: path})
	require.NoError(t, r.Close())
	write(r, block(0, 5, 60))
	require.EqualValues(t, 5, r.Stats().QueueDropped)
	require.NoError(t, r.Close())
}

// TestBlocksComeBack pins that every Block is released.
func TestBlocksComeBack(t *testing.T) {
	var mu sync.Mutex
	back := 0
	r := start(t, Options{Path: filepath.Join(t.TempDir(), "dump.pcapng")})
	for range 50 {
		b := capture.NewBlock(func(*capture.Block) { mu.Lock(); back++; mu.Unlock() })
		b.Packets = append(b.Packets, capture.Packet{Data: make([]byte, 60), Link: capture.LinkEthernet})
		write(r, b)
	}
	require.NoError(t, r.Close())
	mu.Lock()
	defer mu.Unlock()
	require.Equal(t, 50, back)
}

func BenchmarkWrite(b *testing.B) {
	r, err := Start(Options{Path: filepath.Join(b.TempDir(), "dump.pcapng"), Interfaces: interfaces(eth0), MaxSize: 64 << 20, Keep: 2, Queue: 1 << 40})
	require.NoError(b, err)
	block := block(0, 1000, 300)
	b.SetBytes(1000 * 300)
	b.ReportAllocs()
	for b.Loop() {
		r.files.write(block)
	}
	require.NoError(b, r.Close())
}
