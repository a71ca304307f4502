//go:build unix

package privilege

import (
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"syscall"
)

// owner is the user who owns a folder.
func owner(folder string) (uid int, ok bool) {
	info, err := os.Stat(folder)
	if err != nil {
		return 0, false
	}
	st, ok := info.Sys().(*syscall.Stat_t)
	if !ok {
		return 0, false
	}
	return int(st.Uid), true
}

// Bits of a permission, for one class of users.
const (
	mayWrite = 2
	mayEnter = 1
)

// writable tells from the permissions whether the identity may make files in
// the folder. Access control lists are not looked at.
func writable(folder string, id *Identity) bool {
	path, err := filepath.Abs(folder)
	if err != nil {
		return false
	}
	if path, err = filepath.EvalSymlinks(path); err != nil {
		return false
	}
	if !allows(path, id, mayWrite|mayEnter) {
		return false
	}
	for path != filepath.Dir(path) {
		path = filepath.Dir(path)
		if !allows(path, id, mayEnter) {
			return false
		}
	}
	return true
}

// allows tells whether the folder's permissions give the identity the bits.
func allows(folder string, id *Identity, bits fs.FileMode) bool {
	info, err := os.Stat(folder)
	if err != nil || !info.IsDir() {
		return false
	}
	st, ok := info.Sys().(*syscall.Stat_t)
	if !ok {
		return false
	}
	mode := info.Mode().Perm()
	switch {
	case id.UID == 0:
		return true
	case int(st.Uid) == id.UID:
		mode >>= 6
	case int(st.Gid) == id.GID || slices.Contains(id.Groups, int(st.Gid)):
		mode >>= 3
	}
	return mode&bits == bits
}
