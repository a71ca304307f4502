package main

import (
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"
)

// confined runs live for a moment as root of a container that has the right to
// capture and no other, or of a user namespace in which there is no other user.
func confined(t *testing.T, program, how string, args ...string) (status int, said string) {
	t.Helper()
	if os.Geteuid() != 0 {
		t.Skip("not root: rights cannot be taken away here")
	}
	args = append([]string{program, "live", "-i", "lo", "--duration", "300ms"}, args...)
	script := map[string]string{
		"container": `exec setpriv --inh-caps=-all --bounding-set=-all,+net_raw "$0" "$@"`,
		"rootless":  `exec unshare --user --map-root-user --net sh -c 'ip link set lo up; exec "$0" "$@"' "$0" "$@"`,
	}[how]
	run := exec.Command("sh", append([]string{"-c", script}, args...)...)
	out, err := run.CombinedOutput()
	var failed *exec.ExitError
	if err != nil && !errors.As(err, &failed) {
		t.Skipf("no such place can be made here: %v", err)
	}
	return run.ProcessState.ExitCode(), string(out)
}

// TestConfined captures where root cannot become another user.
func TestConfined(t *testing.T) {
	for _, tool := range []string{"setpriv", "unshare", "ip", "go"} {
		if _, err := exec.LookPath(tool); err != nil {
			t.Skipf("%s (util-linux, iproute2, Go) is not installed", tool)
		}
	}
	if err := exec.Command("unshare", "--user", "--map-root-user", "true").Run(); err != nil {
		t.Skipf("a user namespace cannot be made here: %v", err)
	}
	program := filepath.Join(t.TempDir(), "ctiscope")
	build := exec.Command("go", "build", "-o", program, ".") // with cgo it could give nothing up
	build.Env = append(os.Environ(), "CGO_ENABLED=0")
	out, err := build.CombinedOutput()
	require.NoError(t, err, "%s", out)
	for how, why := range map[string]string{"container": "has no right to change its user", "rootless": "user namespace"} {
		t.Run(how, func(t *testing.T) {
			status, said := confined(t, program, how)
			require.NotEqual(t, 2, status, said)
			require.Contains(t, said, "staying user root without capabilities (")
			require.Contains(t, said, why)

			status, said = confined(t, program, how, "--user", "root")
			require.NotEqual(t, 2, status, said)
			require.Contains(t, said, "(as asked)")

			status, said = confined(t, program, how, "--user", "nobody")
			require.Equal(t, 2, status, said)
			require.Contains(t, said, `become user "nobody": this`)
		})
	}
}
