package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"ctiscope/decode"
)

// sample is a capture of some hundred messages.
var sample = filepath.Join("..", "..", "testdata", "vectors", "v15-plain.pcap")

// command prepares ctiscope as a process of its own.
func command(t *testing.T, args ...string) (cmd *exec.Cmd, stderr *bytes.Buffer) {
	t.Helper()
	stderr = new(bytes.Buffer)
	cmd = exec.Command("ctiscope", args...)
	cmd.Env = os.Environ()
	for key, value := range fixedEnv {
		cmd.Env = append(cmd.Env, key+"="+value)
	}
	cmd.Stderr = stderr
	return cmd, stderr
}

// status waits for a process and returns its exit status.
func status(t *testing.T, cmd *exec.Cmd) int {
	t.Helper()
	done := make(chan error, 1)
	go func() { done <- cmd.Wait() }()
	select {
	case err := <-done:
		var exit *exec.ExitError
		if err != nil && !errors.As(err, &exit) {
			require.NoError(t, err)
		}
		return cmd.ProcessState.ExitCode()
	case <-time.After(20 * time.Second):
		require.NoError(t, cmd.Process.Kill())
		require.Fail(t, "ctiscope does not end")
	}
	return 0
}

// TestInterrupt sends SIGINT while more packets may come from a pipe: what came
// is printed, the account is given, the status is 130.
func TestInterrupt(t *testing.T) {
	t.Parallel()
	if runtime.GOOS == "windows" {
		t.Skip("a process cannot be interrupted from here on Windows")
	}
	capture, err := os.ReadFile(sample)
	require.NoError(t, err)
	for _, signal := range []os.Signal{os.Interrupt, syscall.SIGTERM} {
		t.Run(signal.String(), func(t *testing.T) {
			cmd, stderr := command(t, "decode", "-o", "json", "-")
			stdin, err := cmd.StdinPipe()
			require.NoError(t, err)
			stdout, err := cmd.StdoutPipe()
			require.NoError(t, err)
			require.NoError(t, cmd.Start())
			_, err = stdin.Write(capture[:len(capture)/2])
			require.NoError(t, err)
			lines := bufio.NewReader(stdout)
			first, err := lines.ReadString('\n')
			require.NoError(t, err)
			require.Contains(t, first, `"name":"OPEN_REQ"`)
			require.NoError(t, cmd.Process.Signal(signal))
			rest, err := io.ReadAll(lines)
			require.NoError(t, err)
			require.Equal(t, statusInterrupted, status(t, cmd))
			require.Greater(t, strings.Count(string(rest), "\n"), 50)
			require.Contains(t, stderr.String(), "packets")
			require.NotContains(t, stderr.String(), "cut short")
			require.NotContains(t, stderr.String(), "canceled")
		})
	}
}

// TestClosedPipe closes the reading end as `| head` does: the run ends at once,
// quietly, with status 0.
func TestClosedPipe(t *testing.T) {
	t.Parallel()
	files := make([]string, 200)
	for i := range files {
		files[i] = sample
	}
	cmd, stderr := command(t, append([]string{"decode", "-o", "json"}, files...)...)
	stdout, err := cmd.StdoutPipe()
	require.NoError(t, err)
	require.NoError(t, cmd.Start())
	_, err = bufio.NewReader(stdout).ReadString('\n')
	require.NoError(t, err)
	require.NoError(t, stdout.Close())
	require.Equal(t, statusOK, status(t, cmd))
	require.Empty(t, stderr.String())
}

// TestDiskFull writes to a device that is always full.
func TestDiskFull(t *testing.T) {
	t.Parallel()
	full, err := os.OpenFile("/dev/full", os.O_WRONLY, 0)
	if err != nil {
		t.Skip("no /dev/full on this system")
	}
	defer full.Close()
	for _, args := range [][]string{{"decode", sample}, {"messages"}, {"messages", "OPEN_REQ"}, {"version"}, {"--help"}, {"man"}} {
		t.Run(args[0], func(t *testing.T) {
			cmd, stderr := command(t, args...)
			cmd.Stdout = full
			require.NoError(t, cmd.Start())
			require.Equal(t, statusError, status(t, cmd))
			require.Contains(t, stderr.String(), "no space left on device")
		})
	}
}

// TestWorkers compares the output of different numbers of workers byte by
// byte.
func TestWorkers(t *testing.T) {
	t.Parallel()
	for _, format := range []string{"json", "text", "table", "detail"} {
		var want string
		for _, workers := range []string{"1", "2", "3", "8"} {
			var stdout, stderr bytes.Buffer
			code := run([]string{"decode", "-q", "-e", "-o", format, "--workers", workers, sample, sample}, nil, &stdout, &stderr)
			require.Equal(t, statusOK, code, stderr.String())
			if want == "" {
				want = stdout.String()
				require.NotEmpty(t, want)
			}
			require.True(t, want == stdout.String(), "%s with %s workers", format, workers)
		}
	}
}

// TestNoGlobalFlags checks that no option of an imported package shows up:
// gopacket registers some.
func TestNoGlobalFlags(t *testing.T) {
	root := newRoot(&app{stdout: io.Discard, stderr: io.Discard})
	for _, c := range documented(root) {
		for _, name := range flagNames(c) {
			require.NotContains(t, name, "memory")
			require.NotContains(t, name, "assembly")
			require.NotContains(t, name, "test.")
		}
	}
}

// TestHelpComplete checks what every command has to have.
func TestHelpComplete(t *testing.T) {
	root := newRoot(&app{stdout: io.Discard, stderr: io.Discard})
	for _, c := range documented(root) {
		if c.Name() == "completion" {
			continue
		}
		require.NotEmpty(t, c.Example, "%s has no example", c.CommandPath())
		require.NotEmpty(t, c.Short)
		require.Regexp(t, `^[A-Z].*[^.]$`, c.Short, "first letter large, no full stop")
		for line := range strings.Lines(helpText(c)) {
			require.LessOrEqual(t, len(strings.TrimSuffix(line, "\n")), helpWidth+8, "%s: %s", c.CommandPath(), line)
		}
	}
}

func TestByteSize(t *testing.T) {
	for text, want := range map[string]int64{
		"0": 0, "65536": 65536, "64KiB": 65536, "64k": 65536, "1MB": 1e6, "8 MiB": 8 << 20, "2gib": 2 << 30, "5B": 5,
	} {
		var s byteSize
		require.NoError(t, s.Set(text), text)
		require.Equal(t, want, int64(s), text)
	}
	for _, text := range []string{"", "-1", "x", "1.5MiB", "9999999999999GiB", "MiB"} {
		var s byteSize
		require.Error(t, s.Set(text), text)
	}
	for want, n := range map[string]byteSize{"0": 0, "1000": 1000, "64KiB": 65536, "8MiB": 8 << 20, "1GiB": 1 << 30} {
		require.Equal(t, want, n.String())
	}
}

// TestVersionInChangelog keeps the release and its notes together.
func TestVersionInChangelog(t *testing.T) {
	text, err := os.ReadFile(filepath.Join("..", "..", "CHANGELOG.md"))
	require.NoError(t, err)
	require.Contains(t, string(text), "\n## "+version)
}

// TestProblemCodesDocumented holds docs/json.md against the decoder.
func TestProblemCodesDocumented(t *testing.T) {
	text, err := os.ReadFile(filepath.Join("..", "..", "docs", "json.md"))
	require.NoError(t, err)
	for i := range decode.NumCodes {
		code := decode.Code(i)
		require.Contains(t, string(text), "| "+code.String()+" | "+code.Severity().String()+" |")
	}
}

// TestKeysDocumented checks that docs/json.md names every key that comes out.
func TestKeysDocumented(t *testing.T) {
	t.Parallel()
	text, err := os.ReadFile(filepath.Join("..", "..", "docs", "json.md"))
	require.NoError(t, err)
	holes := filepath.Join("..", "..", "testdata", "vectors", "v15-holes.pcap")
	var stdout, stderr bytes.Buffer
	for _, args := range [][]string{{"decode", "-e", "-o", "json"}, {"stats", "-o", "json"}} {
		args = append(args, "--summary", "json", holes)
		require.Equal(t, statusOK, run(args, nil, &stdout, &stderr))
	}
	keys := make(map[string]bool)
	for _, out := range []*bytes.Buffer{&stdout, &stderr} {
		for line := range strings.Lines(out.String()) {
			var object map[string]any
			require.NoError(t, json.Unmarshal([]byte(line), &object))
			collectKeys(object, keys)
		}
	}
	require.Greater(t, len(keys), 80)
	for key := range keys {
		require.Regexp(t, `\b`+key+`\b`, string(text), "docs/json.md does not name the key")
	}
}

// collectKeys gathers the keys of an object and of those in it; the fields of a
// message, and counts by name, have the names of the protocol as keys.
func collectKeys(value any, keys map[string]bool) {
	switch v := value.(type) {
	case map[string]any:
		for key, inner := range v {
			keys[key] = true
			if key != "fields" && key != "problems" {
				collectKeys(inner, keys)
			}
		}
	case []any:
		for _, inner := range v {
			collectKeys(inner, keys)
		}
	}
}

// TestHostileNames keeps what a name holds from the terminal.
func TestHostileNames(t *testing.T) {
	for _, name := range []string{"no\x1b[31mfile", "no\u202efile"} {
		var stdout, stderr bytes.Buffer
		require.Equal(t, statusError, run([]string{"decode", filepath.Join(t.TempDir(), name)}, nil, &stdout, &stderr))
		require.NotContains(t, stderr.String(), "\x1b")
		require.NotContains(t, stderr.String(), "\u202e")
		require.Contains(t, stderr.String(), "\uFFFD")
	}
}

// TestDescriptionsArePlain keeps the backquotes of help out of what shells are offered.
func TestDescriptionsArePlain(t *testing.T) {
	for _, line := range []string{"decode --", "stats --", "live --", "messages --", "interfaces --", "man --",
		"decode --type ", "messages --tags ", "messages --values ", "messages --codes ", "messages ", ""} {
		var out, said bytes.Buffer
		require.Equal(t, statusOK, run(append([]string{"__complete"}, strings.Split(line, " ")...), nil, &out, &said))
		require.NotContains(t, out.String(), "`", line)
	}
}
