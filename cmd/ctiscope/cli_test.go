package main

import (
	"encoding/hex"
	"errors"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
	"github.com/stretchr/testify/require"
)

var update = flag.Bool("update", false, "rewrite the transcripts in testdata/cli and the output in README.md")

// TestMain lets the test binary stand in for ctiscope: scripts and the README
// run it as a process of its own.
func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){"ctiscope": main})
}

// TestCLI replays the transcripts of testdata/cli. Beside testscript's own
// commands they have
//
//	status N command...   runs a command that has to end with that status
//	cut N file out        writes the first N bytes of a file
//	patch N hex file out  writes a file with other bytes from offset N on
func TestCLI(t *testing.T) {
	root, err := filepath.Abs(filepath.Join("..", ".."))
	require.NoError(t, err)
	testscript.Run(t, testscript.Params{
		Dir:           filepath.Join(root, "testdata", "cli"),
		UpdateScripts: *update,
		Setup: func(env *testscript.Env) error {
			for key, value := range fixedEnv {
				env.Setenv(key, value)
			}
			for _, dir := range []string{"testdata", "docs"} {
				if err := os.Symlink(filepath.Join(root, dir), filepath.Join(env.WorkDir, dir)); err != nil {
					return err
				}
			}
			return nil
		},
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"status": cmdStatus, "cut": cmdCut, "patch": cmdPatch,
		},
	})
}

// fixedEnv makes the output the same everywhere.
var fixedEnv = map[string]string{"NO_COLOR": "1", "TZ": "UTC", "TERM": "dumb", "COLUMNS": "120"}

// cmdStatus runs a command and compares its exit status.
func cmdStatus(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: status N command [args...]")
	}
	want, err := strconv.Atoi(args[0])
	ts.Check(err)
	err = ts.Exec(args[1], args[2:]...)
	got := 0
	var exit *exec.ExitError
	switch {
	case errors.As(err, &exit):
		got = exit.ExitCode()
	case err != nil:
		ts.Fatalf("%v", err)
	}
	if got != want {
		ts.Fatalf("exit status %d, want %d", got, want)
	}
}

func cmdCut(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 3 {
		ts.Fatalf("usage: cut N file out")
	}
	n, err := strconv.Atoi(args[0])
	ts.Check(err)
	content := ts.ReadFile(args[1])
	ts.Check(os.WriteFile(ts.MkAbs(args[2]), []byte(content[:n]), 0o644))
}

func cmdPatch(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 4 {
		ts.Fatalf("usage: patch N hex file out")
	}
	n, err := strconv.Atoi(args[0])
	ts.Check(err)
	bytes, err := hex.DecodeString(args[1])
	ts.Check(err)
	content := []byte(ts.ReadFile(args[2]))
	copy(content[n:], bytes)
	ts.Check(os.WriteFile(ts.MkAbs(args[3]), content, 0o644))
}

// TestReadme runs the commands of README.md's console blocks and compares what
// they print; -update rewrites it.
func TestReadme(t *testing.T) {
	if testing.Short() {
		t.Skip("runs a shell")
	}
	if _, err := exec.LookPath("sh"); err != nil {
		t.Skip("no sh on this machine")
	}
	file := filepath.Join("..", "..", "README.md")
	text, err := os.ReadFile(file)
	require.NoError(t, err)
	got := rerun(t, string(text))
	if *update {
		require.NoError(t, os.WriteFile(file, []byte(got), 0o644))
		return
	}
	require.Equal(t, string(text), got, "README.md is not what the commands print; go test ./cmd/ctiscope -update rewrites it")
}

// rerun returns the text with the output of its console blocks made anew. A
// block's lines that begin with "$ " are commands; those that begin with
// "$ # " are not run.
func rerun(t *testing.T, text string) string {
	t.Helper()
	var out strings.Builder
	inside, blocks := false, 0
	for line := range strings.Lines(text) {
		switch {
		case !inside && line == "```console\n":
			inside = true
			blocks++
		case inside && line == "```\n":
			inside = false
		case inside && strings.HasPrefix(line, "$ "):
			out.WriteString(line)
			out.WriteString(shell(t, strings.TrimSpace(line[2:])))
			continue
		case inside:
			continue
		}
		out.WriteString(line)
	}
	require.NotZero(t, blocks, "README.md has no console block")
	return out.String()
}

// shell runs a command line at the root of the project.
func shell(t *testing.T, line string) string {
	t.Helper()
	cmd := exec.Command("sh", "-c", line)
	cmd.Dir = filepath.Join("..", "..")
	cmd.Env = os.Environ()
	for key, value := range fixedEnv {
		cmd.Env = append(cmd.Env, fmt.Sprintf("%s=%s", key, value))
	}
	out, err := cmd.CombinedOutput()
	var exit *exec.ExitError
	if err != nil && !errors.As(err, &exit) {
		require.NoError(t, err)
	}
	return string(out)
}
