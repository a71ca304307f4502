package main

import (
	"fmt"
	"io"
	"os"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"golang.org/x/sys/unix"
)

// terminal opens a pseudo terminal of so many columns: what ctiscope is given,
// and what a person would see and type.
func terminal(t *testing.T, columns uint16) (given, person *os.File) {
	t.Helper()
	person, err := os.OpenFile("/dev/ptmx", os.O_RDWR|unix.O_NOCTTY, 0)
	if err != nil {
		t.Skip("no pseudo terminals here: ", err)
	}
	fd := int(person.Fd())
	require.NoError(t, unix.IoctlSetPointerInt(fd, unix.TIOCSPTLCK, 0))
	number, err := unix.IoctlGetInt(fd, unix.TIOCGPTN)
	require.NoError(t, err)
	given, err = os.OpenFile(fmt.Sprintf("/dev/pts/%d", number), os.O_RDWR|unix.O_NOCTTY, 0)
	require.NoError(t, err)
	require.NoError(t, unix.IoctlSetWinsize(int(given.Fd()), unix.TIOCSWINSZ, &unix.Winsize{Row: 50, Col: columns}))
	return given, person
}

// seen runs ctiscope with a terminal as stdin and stdout and returns what it
// shows there.
func seen(t *testing.T, columns uint16, env []string, args ...string) (shown, stderr string, code int) {
	t.Helper()
	given, person := terminal(t, columns)
	cmd, errors := command(t, args...)
	cmd.Env = append(cmd.Env, env...)
	cmd.Stdin, cmd.Stdout = given, given
	require.NoError(t, cmd.Start())
	require.NoError(t, given.Close())
	// When the last one who has the terminal open goes, reading fails.
	out, _ := io.ReadAll(person)
	code = status(t, cmd)
	require.NoError(t, person.Close())
	return strings.ReplaceAll(string(out), "\r\n", "\n"), errors.String(), code
}

func TestTerminal(t *testing.T) {
	t.Parallel()
	inColor := []string{"NO_COLOR=", "TERM=xterm"}
	t.Run("table that fits", func(t *testing.T) {
		for _, columns := range []uint16{80, 120, 200} {
			shown, _, code := seen(t, columns, nil, "decode", sample)
			require.Equal(t, statusOK, code)
			require.Contains(t, shown, "│")
			require.NotContains(t, shown, "\x1b")
			for line := range strings.Lines(shown) {
				require.LessOrEqual(t, len([]rune(strings.TrimSuffix(line, "\n"))), int(columns), line)
			}
		}
	})
	t.Run("colours", func(t *testing.T) {
		shown, _, _ := seen(t, 120, inColor, "decode", sample)
		require.Contains(t, shown, "\x1b[")
		shown, _, _ = seen(t, 120, inColor, "decode", "--color", "never", sample)
		require.NotContains(t, shown, "\x1b")
		shown, _, _ = seen(t, 120, []string{"NO_COLOR=", "TERM=dumb"}, "decode", sample)
		require.NotContains(t, shown, "\x1b")
	})
	t.Run("text on request", func(t *testing.T) {
		shown, _, _ := seen(t, 80, nil, "decode", "-o", "text", "-n", "1", sample)
		require.NotContains(t, shown, "│")
		require.Equal(t, 1, strings.Count(shown, "\n"))
	})
	t.Run("no capture from a terminal", func(t *testing.T) {
		shown, stderr, code := seen(t, 80, nil, "decode", "-")
		require.Equal(t, statusError, code)
		require.Empty(t, shown)
		require.Contains(t, stderr, "standard input is a terminal")
		require.Contains(t, stderr, "hint: ")
	})
	t.Run("reference wrapped", func(t *testing.T) {
		shown, _, _ := seen(t, 100, nil, "messages", "OPEN_REQ")
		for line := range strings.Lines(shown) {
			require.LessOrEqual(t, len(line)-1, 100)
		}
	})
}
