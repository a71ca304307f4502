package privilege

import (
	"fmt"
	"os"
	"strconv"
	"strings"

	"golang.org/x/sys/unix"
)

// confined says why this process, although it is root, cannot become id: in a
// container it may lack the rights, in a user namespace other users may not
// exist. It is empty if nothing is known to stand in the way.
func confined(id *Identity) string {
	text, _ := os.ReadFile("/proc/self/status")
	if lacks(string(text), unix.CAP_SETUID) || lacks(string(text), unix.CAP_SETGID) {
		return "this root has no right to change its user, as in a container"
	}
	if deny, _ := os.ReadFile("/proc/self/setgroups"); strings.TrimSpace(string(deny)) == "deny" {
		return "this user namespace forbids changing groups"
	}
	users, _ := os.ReadFile("/proc/self/uid_map")
	groups, _ := os.ReadFile("/proc/self/gid_map")
	if !mapped(string(users), id.UID) || !mapped(string(groups), id.GID) {
		return fmt.Sprintf("this user namespace has no user %s", id.Name)
	}
	return ""
}

// lacks reports true if the effective capabilities in the text of a status file
// are known and do not contain one.
func lacks(status string, capability uint) bool {
	for line := range strings.Lines(status) {
		if value, found := strings.CutPrefix(strings.TrimSpace(line), "CapEff:\t"); found {
			set, err := strconv.ParseUint(value, 16, 64)
			return err == nil && set&(1<<capability) == 0
		}
	}
	return false
}

// mapped reports true if a map of a user namespace has the number, or cannot be
// read. A line is the first number inside, the first outside, and how many.
func mapped(text string, number int) bool {
	if text == "" {
		return true
	}
	for line := range strings.Lines(text) {
		var inside, outside, count int64
		if _, err := fmt.Sscan(line, &inside, &outside, &count); err != nil {
			return true
		}
		if n := int64(number); n >= inside && n-inside < count {
			return true
		}
	}
	return false
}
