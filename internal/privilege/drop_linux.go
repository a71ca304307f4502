package privilege

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"unsafe"

	"golang.org/x/sys/unix"
)

// Drop makes the whole process the identity, for good: user, groups, no
// capabilities, and none to come by running another program. It then checks
// every thread. After an error the process must not go on with other people's
// bytes as if it had been dropped; ErrThreads alone can be gone on from, since
// the user has changed where one was to change.
func Drop(id *Identity) error {
	if !id.Stays {
		if err := become(id); err != nil {
			return &UserError{id.Name, err}
		}
	}
	err := giveUp()
	if err != nil && !errors.Is(err, ErrThreads) {
		return err
	}
	if wrong := check(id, err == nil); wrong != nil {
		return wrong
	}
	return err
}

// become changes user and groups, of all threads.
func become(id *Identity) error {
	if err := syscall.Setgroups(id.Groups); err != nil {
		return fmt.Errorf("set groups: %w", err)
	}
	if err := syscall.Setresgid(id.GID, id.GID, id.GID); err != nil {
		return fmt.Errorf("set group: %w", err)
	}
	if err := syscall.Setresuid(id.UID, id.UID, id.UID); err != nil {
		return fmt.Errorf("set user: %w", err)
	}
	return nil
}

// giveUp clears the capabilities of all threads.
func giveUp() error {
	_, _, code := syscall.AllThreadsSyscall6(unix.SYS_PRCTL, unix.PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0, 0)
	if code == unix.ENOTSUP {
		return ErrThreads
	}
	if code != 0 {
		return fmt.Errorf("give up new privileges: %w", code)
	}
	_, _, code = syscall.AllThreadsSyscall6(unix.SYS_PRCTL, unix.PR_CAP_AMBIENT, unix.PR_CAP_AMBIENT_CLEAR_ALL, 0, 0, 0, 0)
	if code != 0 && code != unix.EINVAL { // kernels before 4.3 have none
		return fmt.Errorf("give up ambient capabilities: %w", code)
	}
	header := unix.CapUserHeader{Version: unix.LINUX_CAPABILITY_VERSION_3}
	var none [2]unix.CapUserData
	_, _, code = syscall.AllThreadsSyscall(unix.SYS_CAPSET, uintptr(unsafe.Pointer(&header)), uintptr(unsafe.Pointer(&none[0])), 0)
	if code != 0 {
		return fmt.Errorf("give up capabilities: %w", code)
	}
	return nil
}

// check reads what every thread may do.
func check(id *Identity, complete bool) error {
	paths, err := filepath.Glob("/proc/self/task/*/status")
	if err != nil || len(paths) == 0 {
		return nil // no /proc here
	}
	for _, path := range paths {
		text, err := os.ReadFile(path)
		if err != nil {
			continue // the thread has ended
		}
		if err := checkThread(string(text), id, complete); err != nil {
			return err
		}
	}
	return nil
}

// checkThread reads the status of one thread.
func checkThread(status string, id *Identity, complete bool) error {
	for line := range strings.Lines(status) {
		name, value, _ := strings.Cut(strings.TrimSpace(line), ":\t")
		fields := strings.Fields(value)
		switch name {
		case "Uid":
			for _, f := range fields {
				if f != strconv.Itoa(id.UID) {
					return fmt.Errorf("a thread is still user %s", f)
				}
			}
		case "CapEff", "CapPrm", "CapInh", "CapAmb":
			keeps := complete || !id.Stays && name != "CapInh"
			if n, err := strconv.ParseUint(value, 16, 64); keeps && err == nil && n != 0 {
				return fmt.Errorf("a thread still has capabilities: %s %s", name, value)
			}
		case "NoNewPrivs":
			if complete && value != "1" {
				return errors.New("a thread may still get new privileges")
			}
		}
	}
	return nil
}
