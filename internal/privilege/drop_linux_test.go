package privilege

import (
	"encoding/json"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"github.com/stretchr/testify/require"
)

type report struct {
	UID, GID                           int
	Groups                             []int
	Stays                              bool
	Identity                           string
	Recorded, Files                    int64
	RecordError                        string
	BindLowPort, OpenAgain, ChangeBack string
	NothingMissing                     bool
}

// TestDrop runs a program that captures, drops and records, as root in a
// network of its own.
func TestDrop(t *testing.T) {
	if os.Geteuid() != 0 {
		t.Skip("not root: there is nothing to give up")
	}
	program := build(t)
	cases := []struct {
		name, user string
		env        []string
		owner      int         // of the folder
		mode       os.FileMode // of the folder
		uid        int
		stays      bool
		refused    bool
	}{
		{"asked", "65534", nil, 65534, 0o700, 65534, false, false},
		{"sudo", "", []string{"SUDO_UID=4321"}, 4321, 0o700, 4321, false, false},
		{"owner of the folder", "", nil, 4321, 0o700, 4321, false, false},
		{"nobody", "", nil, 0, 0o777, 65534, false, false},
		{"root without capabilities", "", nil, 0, 0o700, 0, true, false},
		{"folder of another", "65534", nil, 0, 0o755, 65534, false, true},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			dir, err := os.MkdirTemp("/var/tmp", "ctiscope")
			require.NoError(t, err)
			t.Cleanup(func() { os.RemoveAll(dir) })
			require.NoError(t, os.Chown(dir, c.owner, c.owner))
			require.NoError(t, os.Chmod(dir, c.mode))
			r := runDropper(t, program, c.env, c.user, filepath.Join(dir, "dump.pcapng"))
			require.Equal(t, c.uid, r.UID)
			require.Equal(t, c.stays, r.Stays)
			require.NotEmpty(t, r.BindLowPort, "a low port could be bound")
			require.Contains(t, r.OpenAgain, "not permitted")
			if c.uid != 0 {
				require.NotEmpty(t, r.ChangeBack, "root could be taken on again")
				require.NotContains(t, r.Groups, 0)
			}
			if c.refused {
				require.Contains(t, r.RecordError, "permission denied")
				return
			}
			require.Empty(t, r.RecordError)
			require.True(t, r.NothingMissing)
			require.GreaterOrEqual(t, r.Recorded, int64(100))
			require.GreaterOrEqual(t, r.Files, int64(10))
			files, err := filepath.Glob(filepath.Join(dir, "dump_*.pcapng"))
			require.NoError(t, err)
			require.Len(t, files, 3)
		})
	}
}

// TestDropCapabilities gives up the capabilities of a user who is not root.
func TestDropCapabilities(t *testing.T) {
	if os.Geteuid() != 0 {
		t.Skip("not root: capabilities cannot be given to a program here")
	}
	if _, err := exec.LookPath("setpriv"); err != nil {
		t.Skip("setpriv (util-linux) is not installed: capabilities cannot be given to a program here")
	}
	program := build(t)
	dir, err := os.MkdirTemp("/var/tmp", "ctiscope")
	require.NoError(t, err)
	t.Cleanup(func() { os.RemoveAll(dir) })
	require.NoError(t, os.Chmod(dir, 0o777))
	r := runDropper(t, "setpriv", nil, "--reuid=65534", "--regid=65534", "--clear-groups",
		"--inh-caps=+net_raw", "--ambient-caps=+net_raw", program, "", filepath.Join(dir, "dump.pcapng"))
	require.Equal(t, 65534, r.UID)
	require.True(t, r.Stays)
	require.Contains(t, r.OpenAgain, "not permitted")
	require.Empty(t, r.RecordError)
	require.GreaterOrEqual(t, r.Files, int64(10))
}

// build compiles the program without cgo, as releases are.
func build(t *testing.T) string {
	t.Helper()
	dir, err := os.MkdirTemp("/var/tmp", "ctiscope")
	require.NoError(t, err)
	t.Cleanup(func() { os.RemoveAll(dir) })
	require.NoError(t, os.Chmod(dir, 0o755))
	program := filepath.Join(dir, "dropper")
	c := exec.Command("go", "build", "-o", program, "./testdata/dropper")
	c.Env = append(os.Environ(), "CGO_ENABLED=0")
	out, err := c.CombinedOutput()
	require.NoError(t, err, "%s", out)
	return program
}

func runDropper(t *testing.T, program string, env []string, args ...string) report {
	t.Helper()
	// In a network of its own the loopback interface is down at first.
	script := append([]string{"-c", `ip link set lo up && exec "$0" "$@"`, program}, args...)
	if _, err := exec.LookPath("ip"); err != nil {
		t.Skip("ip (iproute2) is not installed: no network can be made for this test")
	}
	c := exec.Command("sh", script...)
	c.SysProcAttr = &syscall.SysProcAttr{Cloneflags: syscall.CLONE_NEWNET}
	for _, e := range os.Environ() {
		if !strings.HasPrefix(e, "SUDO_") {
			c.Env = append(c.Env, e)
		}
	}
	c.Env = append(c.Env, env...)
	out, err := c.Output()
	if err != nil && c.ProcessState == nil {
		t.Skipf("a network namespace may not be made here: %v", err)
	}
	var failed *exec.ExitError
	if errors.As(err, &failed) {
		require.NoError(t, err, "%s", failed.Stderr)
	}
	require.NoError(t, err)
	var r report
	require.NoError(t, json.Unmarshal(out, &r), "%s", out)
	return r
}

func TestCheckThread(t *testing.T) {
	const good = "Name:\tx\nUid:\t7\t7\t7\t7\nCapInh:\t0000000000000000\nCapPrm:\t0000000000000000\nCapEff:\t0000000000000000\nNoNewPrivs:\t1\n"
	id := &Identity{UID: 7}
	require.NoError(t, checkThread(good, id, true))
	for name, bad := range map[string]string{
		"user":       strings.Replace(good, "7\t7\t7\t7", "7\t7\t0\t7", 1),
		"capability": strings.Replace(good, "CapPrm:\t0000000000000000", "CapPrm:\t0000000000002000", 1),
		"privileges": strings.Replace(good, "NoNewPrivs:\t1", "NoNewPrivs:\t0", 1),
	} {
		require.Error(t, checkThread(bad, id, true), name)
	}
}
