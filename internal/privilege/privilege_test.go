//go:build unix

package privilege

import (
	"errors"
	"os"
	"os/user"
	"path/filepath"
	"strconv"
	"testing"

	"github.com/stretchr/testify/require"
)

// pretend is a process in a system with a few users.
func pretend(uid int, env map[string]string, refuses ...string) process {
	users := []*user.User{
		{Username: "root", Uid: "0", Gid: "0"},
		{Username: "joe", Uid: "1000", Gid: "1000"},
		{Username: "nobody", Uid: "65534", Gid: "65534"},
	}
	return process{
		uid: uid,
		env: func(name string) string { return env[name] },
		lookup: func(name string) (*user.User, error) {
			for _, u := range users {
				if u.Username == name || u.Uid == name {
					return u, nil
				}
			}
			return nil, user.UnknownUserError(name)
		},
		writable: func(_ string, id *Identity) bool {
			for _, r := range refuses {
				if r == id.Name {
					return false
				}
			}
			return true
		},
		confined: func(*Identity) string { return "" },
	}
}

// confine is root as a container has it.
func confine(p process) process {
	p.confined = func(*Identity) string { return "it may not" }
	return p
}

func TestChoose(t *testing.T) {
	root := map[string]string{}
	sudo := map[string]string{"SUDO_UID": "1000", "SUDO_GID": "1000"}
	cases := []struct {
		name    string
		process process
		user    string
		folders []string
		want    string
	}{
		{"not root", pretend(1000, root), "", nil, "user joe without capabilities (not root)"},
		{"not root, unknown", pretend(4711, root), "", nil, "user 4711 without capabilities (not root)"},
		{"root", pretend(0, root), "", nil, "user nobody (root is not needed any more)"},
		{"sudo", pretend(0, sudo), "", nil, "user joe (who ran sudo)"},
		{"sudo of root", pretend(0, map[string]string{"SUDO_UID": "0"}), "", nil, "user nobody (root is not needed any more)"},
		{"sudo by a number that is no user", pretend(0, map[string]string{"SUDO_UID": "777"}), "", nil, "user 777 (who ran sudo)"},
		{"sudo nonsense", pretend(0, map[string]string{"SUDO_UID": "-3"}), "", nil, "user nobody (root is not needed any more)"},
		{"nobody may not write", pretend(0, root, "nobody"), "", []string{"/"}, "user root without capabilities (nobody may not write into /)"},
		{"sudo user may not write", pretend(0, sudo, "joe"), "", []string{"/"}, "user root without capabilities (joe may not write into /)"},
		{"confined", confine(pretend(0, sudo)), "", nil, "user root without capabilities (it may not)"},
		{"confined, asked to stay", confine(pretend(0, sudo)), "root", nil, "user root without capabilities (as asked)"},
		{"asked", pretend(0, sudo), "nobody", nil, "user nobody (as asked)"},
		{"asked by number", pretend(0, sudo), "1000", nil, "user joe (as asked)"},
		{"asked, no such entry", pretend(0, sudo), "4711", nil, "user 4711 (as asked)"},
		{"asked to stay root", pretend(0, sudo), "root", nil, "user root without capabilities (as asked)"},
		{"asked for who it is", pretend(1000, root), "joe", nil, "user joe without capabilities (as asked)"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			id, err := c.process.choose(c.user, c.folders)
			require.NoError(t, err)
			require.Equal(t, c.want, id.String())
		})
	}
}

func TestChooseErrors(t *testing.T) {
	for name, p := range map[string]process{"nosuch": pretend(0, nil), "joe": pretend(4711, nil), "joe:nosuchgroup": pretend(0, nil), "-5": pretend(0, nil), "1000": confine(pretend(0, nil))} {
		_, err := p.choose(name, nil)
		var wrong *UserError
		require.ErrorAs(t, err, &wrong, name)
		require.Equal(t, name, wrong.User)
	}
}

func TestGroup(t *testing.T) {
	id, err := pretend(0, nil).choose("joe:4242", nil)
	require.NoError(t, err)
	require.Equal(t, 4242, id.GID)
	require.Equal(t, []int{4242}, id.Groups)
}

func TestOwnerOfFolder(t *testing.T) {
	if os.Geteuid() != 0 {
		t.Skip("not root: a folder cannot be given away here")
	}
	dir := t.TempDir()
	require.NoError(t, os.Chown(dir, 1000, 1000))
	id, err := pretend(0, nil).choose("", []string{dir})
	require.NoError(t, err)
	require.Equal(t, "user joe (the owner of "+dir+")", id.String())
}

func TestWritable(t *testing.T) {
	base, err := filepath.EvalSymlinks(t.TempDir())
	require.NoError(t, err)
	me := os.Getuid()
	stranger := &Identity{UID: me + 1, GID: os.Getgid() + 1}
	member := &Identity{UID: me + 1, GID: os.Getgid() + 1, Groups: []int{os.Getgid()}}
	owner := &Identity{UID: me, GID: os.Getgid()}
	cases := []struct {
		mode                       os.FileMode
		byOwner, byMember, byOther bool
	}{
		{0o777, true, true, true}, {0o755, true, false, false}, {0o775, true, true, false},
		{0o766, true, false, false}, {0o557, me == 0, false, true},
	}
	for _, c := range cases {
		dir := filepath.Join(base, strconv.FormatInt(int64(c.mode), 8))
		require.NoError(t, os.Mkdir(dir, 0o700))
		require.NoError(t, os.Chmod(dir, c.mode))
		// The folders above belong to the test and may be closed to others.
		require.Equal(t, c.byOwner, allows(dir, owner, mayWrite|mayEnter), "%o", c.mode)
		require.Equal(t, c.byMember, allows(dir, member, mayWrite|mayEnter), "%o", c.mode)
		require.Equal(t, c.byOther, allows(dir, stranger, mayWrite|mayEnter), "%o", c.mode)
	}
	closed := filepath.Join(base, "closed", "open")
	require.NoError(t, os.MkdirAll(closed, 0o777))
	require.NoError(t, os.Chmod(closed, 0o777))
	require.NoError(t, os.Chmod(filepath.Dir(closed), 0o700))
	require.False(t, writable(closed, stranger), "a folder above may not be entered")
	require.False(t, writable(filepath.Join(base, "nothing"), owner))
}

func TestRealUsers(t *testing.T) {
	me, err := user.Current()
	require.NoError(t, err)
	id, err := thisProcess().identity(me.Username)
	require.NoError(t, err)
	require.Equal(t, os.Getuid(), id.UID)
	require.Contains(t, id.Groups, id.GID)
	_, err = Choose("no-such-user-here")
	require.Error(t, err)
	require.False(t, errors.Is(err, ErrThreads))
}
