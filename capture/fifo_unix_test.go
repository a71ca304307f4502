//go:build unix

package capture_test

import (
	"os"
	"path/filepath"
	"syscall"
	"testing"

	"github.com/stretchr/testify/require"
)

// fifo returns a named pipe into which b is written.
func fifo(t *testing.T, b []byte) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "pipe")
	require.NoError(t, syscall.Mkfifo(path, 0o600))
	done := make(chan struct{})
	go func() {
		defer close(done)
		f, err := os.OpenFile(path, os.O_WRONLY, 0)
		if err == nil {
			_, _ = f.Write(b) // fails when the reader goes away
			_ = f.Close()
		}
	}()
	t.Cleanup(func() { <-done })
	return path
}
