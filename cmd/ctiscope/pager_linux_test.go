package main

import (
	"fmt"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"golang.org/x/sys/unix"
)

// pseudoTerminal opens a pair: what is written to the terminal is read from the
// master.
func pseudoTerminal(t *testing.T) (master, terminal *os.File) {
	t.Helper()
	fd, err := unix.Open("/dev/ptmx", unix.O_RDWR|unix.O_NOCTTY|unix.O_NONBLOCK, 0)
	if err != nil {
		t.Skipf("no pseudo terminal can be had here: %v", err)
	}
	master = os.NewFile(uintptr(fd), "ptmx")
	t.Cleanup(func() { master.Close() })
	require.NoError(t, unix.IoctlSetPointerInt(fd, unix.TIOCSPTLCK, 0))
	n, err := unix.IoctlGetInt(fd, unix.TIOCGPTN)
	require.NoError(t, err)
	terminal, err = os.OpenFile(fmt.Sprintf("/dev/pts/%d", n), os.O_RDWR|unix.O_NOCTTY, 0)
	require.NoError(t, err)
	t.Cleanup(func() { terminal.Close() })
	return master, terminal
}

// lines sets whether the terminal gives whole lines.
func lines(t *testing.T, terminal *os.File, whole bool) {
	t.Helper()
	state, err := unix.IoctlGetTermios(int(terminal.Fd()), unix.TCGETS)
	require.NoError(t, err)
	if state.Lflag &^= unix.ICANON; whole {
		state.Lflag |= unix.ICANON
	}
	require.NoError(t, unix.IoctlSetTermios(int(terminal.Fd()), unix.TCSETS, state))
}

// TestPager tells the account when the pager has given the terminal back, and at
// once where there is none.
func TestPager(t *testing.T) {
	for _, pager := range []bool{true, false} {
		master, terminal := pseudoTerminal(t)
		lines(t, terminal, !pager)
		cmd, _ := command(t, "decode", "-o", "text", "-n", "1", "../../testdata/pcap/day-v15.pcap")
		cmd.Stderr = terminal
		stdout, err := cmd.StdoutPipe()
		require.NoError(t, err)
		require.NoError(t, cmd.Start())
		begun := time.Now()
		b := make([]byte, 4096)
		n, err := stdout.Read(b)
		require.NoError(t, err)
		require.Contains(t, string(b[:n]), "OPEN_REQ")
		_, err = stdout.Read(b) // the end, though the process goes on
		require.Error(t, err)
		if pager {
			time.Sleep(300 * time.Millisecond)
			require.NoError(t, master.SetReadDeadline(time.Now().Add(50*time.Millisecond)))
			_, err = master.Read(b)
			require.ErrorIs(t, err, os.ErrDeadlineExceeded)
			lines(t, terminal, true)
		}
		require.NoError(t, cmd.Wait())
		require.NoError(t, master.SetReadDeadline(time.Now().Add(10*time.Second)))
		n, err = master.Read(b)
		require.NoError(t, err)
		require.True(t, strings.Contains(string(b[:n]), "packets"), "%s after %s", b[:n], time.Since(begun))
	}
}
