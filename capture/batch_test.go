package capture_test

import (
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"

	"ctiscope/capture"
	"ctiscope/capture/capturetest"
)

// TestBatchWithWhatIsNoCapture reads the others, and tells of these at the end.
func TestBatchWithWhatIsNoCapture(t *testing.T) {
	good := capturetest.File(t, "good.pcap", capturetest.Pcap(capture.LinkEthernet, frames(2)...))
	text := capturetest.File(t, "notes.txt", []byte("text"))
	empty := capturetest.File(t, "empty.pcap", nil)
	src, err := capture.Open([]string{empty, good, text}, capture.Options{})
	require.NoError(t, err)
	defer src.Close()
	got, err := collect(t, src)
	require.Len(t, got, 2)
	var format *capture.FormatError
	require.ErrorAs(t, err, &format)
	require.ErrorContains(t, err, empty)
	require.ErrorContains(t, err, text)
	_, err = capture.Open([]string{empty, text}, capture.Options{})
	require.ErrorAs(t, err, &format)
}

// TestManyFilesAtOnce merges more files of the same time than may be open.
func TestManyFilesAtOnce(t *testing.T) {
	const files = 150
	dir, file := t.TempDir(), capturetest.Pcap(capture.LinkEthernet, frames(3000)...)
	var names []string
	for i := range files {
		names = append(names, filepath.Join(dir, fmt.Sprintf("%03d.pcap", i)))
		require.NoError(t, os.WriteFile(names[i], file, 0o600))
	}
	src, err := capture.Open(names, capture.Options{})
	require.NoError(t, err)
	defer src.Close()
	most, packets, last := 0, 0, int64(0)
	for {
		blk, err := src.Next()
		if err != nil {
			require.EqualError(t, err, "EOF")
			break
		}
		for i := range blk.Packets {
			require.GreaterOrEqual(t, blk.Packets[i].Time, last)
			last = blk.Packets[i].Time
		}
		packets += len(blk.Packets)
		blk.Release()
		if list, err := os.ReadDir("/proc/self/fd"); err == nil {
			most = max(most, len(list))
		}
	}
	require.Equal(t, 3000*files, packets)
	require.Less(t, most, 100)
}
