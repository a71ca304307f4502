//go:build !windows

package record

import "syscall"

// noReader is why a named pipe cannot be opened for writing.
const noReader = syscall.ENXIO
