package live

import (
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"
	"golang.org/x/sys/unix"
)

// TestWithoutRights runs as a user without any capability.
func TestWithoutRights(t *testing.T) {
	if os.Getenv("CTISCOPE_TEST_UNPRIVILEGED") == "" {
		asNobody(t, nil)
		return
	}
	_, err := Open(context.Background(), Options{Interfaces: []string{"lo"}})
	var denied *PermissionError
	require.ErrorAs(t, err, &denied)
	require.ErrorIs(t, err, unix.EPERM)
	path, _ := os.Executable()
	require.Contains(t, denied.Hint(), "sudo setcap cap_net_raw,cap_net_admin=eip "+path)
	list, err := Interfaces()
	require.NoError(t, err)
	require.Equal(t, "not permitted", list[0].Problem)
	require.Contains(t, list[0].Hint, "setcap")
}

// TestCapabilitiesAreEnough captures as a user with cap_net_raw alone.
func TestCapabilitiesAreEnough(t *testing.T) {
	if os.Getenv("CTISCOPE_TEST_UNPRIVILEGED") == "" {
		asNobody(t, []string{"--ambient-caps", "+net_raw", "--inh-caps", "+net_raw"})
		return
	}
	require.NotZero(t, os.Getuid())
	s := open(t, Options{Interfaces: []string{"lo"}, Promiscuous: true, Filter: ports(42029)})
	require.Equal(t, "HELO", exchange(t, "127.0.0.1:42029", "HELO"))
	b, err := s.Next()
	require.NoError(t, err)
	require.NotEmpty(t, keep(b))
	any := open(t, Options{Interfaces: []string{Any}})
	require.NotNil(t, any)
}

// asNobody runs the calling test again as the user nobody, by setpriv.
func asNobody(t *testing.T, capabilities []string) {
	t.Helper()
	if os.Geteuid() != 0 {
		t.Skip("not root: another user cannot be taken on here")
	}
	if _, err := exec.LookPath("setpriv"); err != nil {
		t.Skip("setpriv (util-linux) is not installed: another user cannot be taken on here")
	}
	// The test's program lies in a folder that only root may enter.
	dir, err := os.MkdirTemp("/var/tmp", "ctiscope")
	require.NoError(t, err)
	t.Cleanup(func() { os.RemoveAll(dir) })
	require.NoError(t, os.Chmod(dir, 0o755))
	program := filepath.Join(dir, "live.test")
	content, err := os.ReadFile(os.Args[0])
	require.NoError(t, err)
	require.NoError(t, os.WriteFile(program, content, 0o755))
	args := append([]string{"--reuid", "65534", "--regid", "65534", "--clear-groups"}, capabilities...)
	c := exec.Command("setpriv", append(args, program, "-test.run=^"+t.Name()+"$", "-test.v")...)
	c.Env, c.Dir = append(os.Environ(), "CTISCOPE_TEST_UNPRIVILEGED=1"), dir
	out, err := c.CombinedOutput()
	require.NoError(t, err, "%s", out)
	require.Contains(t, string(out), "--- PASS")
}
