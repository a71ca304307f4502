package live

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"syscall"
	"testing"
	"time"
	"unsafe"

	"github.com/stretchr/testify/require"
	"golang.org/x/sys/unix"

	"ctiscope/capture/record"
)

// TestRate measures how many packets a second are captured without loss, on a
// veth pair. It takes about half a minute and runs with CTISCOPE_LONG set:
//
//	CTISCOPE_LONG=1 go test -run TestRate -v ./capture/live
func TestRate(t *testing.T) {
	if os.Getenv("CTISCOPE_LONG") == "" {
		t.Skip("measures for half a minute: set CTISCOPE_LONG=1")
	}
	if !inNamespace(t) {
		return
	}
	pair(t, "left", "right")
	for _, size := range []int{200, 1400} {
		for _, rate := range []int{100_000, 200_000, 300_000, 400_000, 0} {
			measure(t, size, rate, false)
		}
		measure(t, size, 50_000, true)
		measure(t, size, 100_000, true)
		measure(t, size, 200_000, true)
	}
}

// measure sends packets of size bytes for two seconds, rate a second, or as
// fast as this machine can; perhaps they are recorded as well.
func measure(t *testing.T, size, rate int, recorded bool) {
	options := Options{Interfaces: []string{"left"}, Filter: ports(42027)}
	written := func() string { return "" }
	if recorded {
		r, err := record.Start(record.Options{Path: filepath.Join(t.TempDir(), "dump.pcapng"), MaxSize: 64 << 20, Keep: 2})
		require.NoError(t, err)
		options.Tap = r.Write
		written = func() string {
			require.NoError(t, r.Close())
			st := r.Stats()
			return fmt.Sprintf("; recorded %d, dropped before %d", st.Packets, st.QueueDropped)
		}
	}
	s := open(t, options)
	wire := newInjector(t, "right")
	read := make(chan int)
	go func() {
		n := 0
		for {
			b, err := s.Next()
			if errors.Is(err, io.EOF) {
				read <- n
				return
			}
			n += len(b.Packets)
			b.Release()
		}
	}()
	frame := tcpFrame(42027, strings.Repeat("x", size-54))
	before := processorTime(t)
	begin := time.Now()
	sent := wire.flood(frame, rate, 2*time.Second)
	took := time.Since(begin)
	s.Stop()
	n := <-read
	files := written()
	used := processorTime(t) - before
	st := s.Stats()
	require.NoError(t, s.Close())
	require.EqualValues(t, sent, uint64(n)+st.KernelDropped+st.QueueDropped, "every packet is accounted for")
	t.Logf("figure: %4d bytes, %7.0f packets/s: captured %d of %d, kernel dropped %d, queue dropped %d; both sides used %.2f processors%s",
		size, float64(sent)/took.Seconds(), n, sent, st.KernelDropped, st.QueueDropped, used.Seconds()/took.Seconds(), files)
}

func processorTime(t *testing.T) time.Duration {
	var u syscall.Rusage
	require.NoError(t, syscall.Getrusage(syscall.RUSAGE_SELF, &u))
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

// flood sends a frame again and again, many with one system call.
func (i *injector) flood(frame []byte, rate int, span time.Duration) int {
	const batch = 64
	type message struct {
		header unix.Msghdr
		length uint32
		_      uint32
	}
	vector := unix.Iovec{Base: &frame[0], Len: uint64(len(frame))}
	raw := unix.RawSockaddrLinklayer{Family: unix.AF_PACKET, Ifindex: int32(i.to.Ifindex), Halen: 6}
	var list [batch]message
	for k := range list {
		list[k].header = unix.Msghdr{Name: (*byte)(unsafe.Pointer(&raw)), Namelen: unix.SizeofSockaddrLinklayer, Iov: &vector, Iovlen: 1}
	}
	var sent atomic.Int64
	begin := time.Now()
	for time.Since(begin) < span {
		if rate > 0 && float64(sent.Load()) > time.Since(begin).Seconds()*float64(rate) {
			time.Sleep(100 * time.Microsecond)
			continue
		}
		n, _, err := unix.Syscall6(unix.SYS_SENDMMSG, uintptr(i.fd), uintptr(unsafe.Pointer(&list[0])), batch, 0, 0, 0)
		if err == 0 {
			sent.Add(int64(n))
		}
	}
	return int(sent.Load())
}
