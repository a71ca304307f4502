//go:build unix && !linux

package privilege

import (
	"fmt"
	"syscall"
)

// Drop makes the whole process the identity, for good.
func Drop(id *Identity) error {
	if id.Stays {
		return nil
	}
	if err := syscall.Setgroups(id.Groups); err != nil {
		return &UserError{id.Name, fmt.Errorf("set groups: %w", err)}
	}
	if err := syscall.Setgid(id.GID); err != nil {
		return &UserError{id.Name, fmt.Errorf("set group: %w", err)}
	}
	if err := syscall.Setuid(id.UID); err != nil {
		return &UserError{id.Name, fmt.Errorf("set user: %w", err)}
	}
	return nil
}
