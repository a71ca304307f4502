package live

import "fmt"

// PermissionError is a capture that the system does not allow.
type PermissionError struct {
	Interface string
	Err       error
	hint      string
}

func (e *PermissionError) Error() string {
	return fmt.Sprintf("capture on %s: not permitted: %v", e.Interface, e.Err)
}

// Unwrap returns the system's error.
func (e *PermissionError) Unwrap() error { return e.Err }

// Hint says what to do, in one or more lines.
func (e *PermissionError) Hint() string { return e.hint }

// InterfaceError is an interface that cannot be captured: it does not exist,
// is down, or went away.
type InterfaceError struct {
	Interface string
	Err       error
	hint      string
}

func (e *InterfaceError) Error() string {
	return fmt.Sprintf("capture on %s: %v", e.Interface, e.Err)
}

// Unwrap returns the cause.
func (e *InterfaceError) Unwrap() error { return e.Err }

// Hint says what to do; it may be empty.
func (e *InterfaceError) Hint() string { return e.hint }

// DriverError is Windows without Npcap.
type DriverError struct{ Err error }

func (e *DriverError) Error() string {
	return fmt.Sprintf("capture: Npcap cannot be loaded: %v", e.Err)
}

// Unwrap returns the loader's error.
func (e *DriverError) Unwrap() error { return e.Err }

// Hint says where to get Npcap.
func (e *DriverError) Hint() string {
	return "install Npcap from https://npcap.com and run this again; capture files can be read without it"
}
