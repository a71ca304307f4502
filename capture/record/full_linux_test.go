package record

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"golang.org/x/sys/unix"
)

// onSmallDisk runs the calling test in a second process whose mounts are its
// own, with a tmpfs of a megabyte, and returns its path there; empty in the
// first process, when the second has passed.
func onSmallDisk(t *testing.T) string {
	t.Helper()
	const variable = "CTISCOPE_TEST_DISK"
	if dir := os.Getenv(variable); dir != "" {
		if err := unix.Mount("", "/", "", unix.MS_REC|unix.MS_PRIVATE, ""); err != nil {
			t.Skipf("mounts cannot be made private here: %v", err)
		}
		if err := unix.Mount("ctiscope", dir, "tmpfs", 0, "size=1m"); err != nil {
			t.Skipf("no tmpfs can be mounted here: %v", err)
		}
		return dir
	}
	dir := t.TempDir()
	c := exec.Command(os.Args[0], "-test.run=^"+t.Name()+"$", "-test.v", "-test.timeout=60s")
	c.Env = append(os.Environ(), variable+"="+dir)
	c.SysProcAttr = &syscall.SysProcAttr{Cloneflags: syscall.CLONE_NEWNS}
	if os.Geteuid() != 0 {
		c.SysProcAttr.Cloneflags |= syscall.CLONE_NEWUSER
		c.SysProcAttr.UidMappings = []syscall.SysProcIDMap{{ContainerID: 0, HostID: os.Geteuid(), Size: 1}}
		c.SysProcAttr.GidMappings = []syscall.SysProcIDMap{{ContainerID: 0, HostID: os.Getegid(), Size: 1}}
	}
	out, err := c.CombinedOutput()
	if err != nil && len(out) == 0 {
		t.Skipf("a mount namespace may not be made here: %v", err)
	}
	require.NoError(t, err, "%s", out)
	if strings.Contains(string(out), "--- SKIP") {
		t.Skipf("%s", out)
	}
	return ""
}

// TestRealDiskFull fills a real file system and makes room on it.
func TestRealDiskFull(t *testing.T) {
	dir := onSmallDisk(t)
	if dir == "" {
		return
	}
	ballast := filepath.Join(dir, "ballast")
	require.NoError(t, os.WriteFile(ballast, make([]byte, 500<<10), 0o600))
	var told notices
	path := filepath.Join(dir, "dump.pcapng")
	r := start(t, Options{Path: path, Notice: told.add, retry: 20 * time.Millisecond})
	const before = 1000 // packets of 1 kB into half a megabyte
	for i := range before / 10 {
		write(r, block(10*i, 10, 1000))
	}
	require.Eventually(t, func() bool { st := r.Stats(); return st.Packets+st.Unwritten == before }, 10*time.Second, time.Millisecond)
	require.Len(t, told.of(Failed), 1)
	require.ErrorIs(t, told.of(Failed)[0].Err, unix.ENOSPC)
	kept := numbers(t, path)
	require.Equal(t, upTo(len(kept)), kept, "what was written is sound while the disk is full")
	require.Greater(t, len(kept), 300)
	require.EqualValues(t, len(kept), r.Stats().Packets)

	require.NoError(t, os.Remove(ballast))
	time.Sleep(50 * time.Millisecond)
	write(r, block(before, 10, 1000))
	require.NoError(t, r.Close())
	all := numbers(t, path)
	require.Equal(t, kept, all[:len(kept)])
	require.Equal(t, before+9, all[len(all)-1])
	require.Len(t, told.of(Resumed), 1)
	require.EqualValues(t, before+10, int64(len(all))+r.Stats().Unwritten)
}

// TestRealDiskFullWithRotation keeps less than the disk holds, beside something
// that fills it.
func TestRealDiskFullWithRotation(t *testing.T) {
	dir := onSmallDisk(t)
	if dir == "" {
		return
	}
	r := start(t, Options{Path: filepath.Join(dir, "dump.pcapng"), MaxSize: 200 << 10, Keep: 3, retry: time.Millisecond})
	for i := range 300 { // 3 MB through a megabyte
		write(r, block(10*i, 10, 1000))
	}
	require.NoError(t, r.Close())
	st := r.Stats()
	require.Zero(t, st.Unwritten)
	require.EqualValues(t, 3000, st.Packets)
	files := glob(t, dir)
	require.Len(t, files, 3)
	got := numbers(t, files...)
	require.Equal(t, upTo(3000)[3000-len(got):], got)
}

// TestNamedPipe writes to a pipe whose reader goes away.
func TestNamedPipe(t *testing.T) {
	path := filepath.Join(t.TempDir(), "pipe")
	require.NoError(t, unix.Mkfifo(path, 0o600))
	reader, err := os.OpenFile(path, os.O_RDWR, 0) // does not wait for the other side
	require.NoError(t, err)
	r := start(t, Options{Path: path})
	write(r, block(0, 3, 60))
	require.Eventually(t, func() bool { return r.Stats().Packets == 3 }, 5*time.Second, time.Millisecond)
	content := make([]byte, 64<<10)
	n, err := reader.Read(content)
	require.NoError(t, err)
	copied := filepath.Join(t.TempDir(), "copy.pcapng")
	require.NoError(t, os.WriteFile(copied, content[:n], 0o600))
	require.Equal(t, upTo(3), numbers(t, copied))

	require.NoError(t, reader.Close())
	for i := range 3 {
		write(r, block(3+i, 1, 60))
	}
	err = r.Close()
	require.ErrorIs(t, err, unix.EPIPE)
	require.EqualValues(t, 3, r.Stats().Unwritten)
	require.EqualValues(t, 1, r.Stats().Files)
}

// TestWhatWasThereStays: a device, a link and a named pipe are never removed, and a
// pipe that nobody reads is told at once.
func TestWhatWasThereStays(t *testing.T) {
	dir := t.TempDir()
	full := filepath.Join(dir, "full")
	require.NoError(t, os.Symlink("/dev/full", full))
	for _, path := range []string{full, filepath.Join(dir, "fifo")} {
		if path != full {
			require.NoError(t, syscall.Mkfifo(path, 0o600))
		}
		begun := time.Now()
		_, err := Start(Options{Path: path})
		require.Error(t, err)
		require.Less(t, time.Since(begun), 5*time.Second)
		_, err = os.Lstat(path)
		require.NoError(t, err, "it is still there")
	}
	none := (*ReaderError)(nil)
	_, err := Start(Options{Path: filepath.Join(dir, "fifo")})
	require.ErrorAs(t, err, &none)
	require.NotEmpty(t, none.Hint())
}
