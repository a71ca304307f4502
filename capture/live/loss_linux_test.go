package live

import (
	"context"
	"errors"
	"io"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"ctiscope/capture"
)

// TestSlowReader stops reading: the queue drops the oldest packets, the kernel
// none.
func TestSlowReader(t *testing.T) {
	if !inNamespace(t) {
		return
	}
	pair(t, "left", "right")
	var tapped sync.Map
	s := open(t, Options{Interfaces: []string{"left"}, Queue: 1 << 20, Ring: 2 << 20,
		Tap: func(b *capture.Block) {
			for _, p := range b.Packets {
				tapped.Store(p.Number, true)
			}
		}})
	wire := newInjector(t, "right")
	frame := tcpFrame(42027, strings.Repeat("x", 1000))
	const count = 20000 // 20 MB through a ring of 2 MiB
	for i := range count {
		wire.send(t, frame)
		if i%100 == 99 {
			time.Sleep(time.Millisecond)
		}
	}
	s.Stop()
	var last taken
	n := 0
	for {
		b, err := s.Next()
		if errors.Is(err, io.EOF) {
			break
		}
		require.NoError(t, err)
		for _, p := range keep(b) {
			last = p
			n++
		}
	}
	st := s.Stats()
	require.Zero(t, st.KernelDropped, "%+v", st)
	require.EqualValues(t, count, st.Received)
	require.EqualValues(t, count, st.QueueDropped+uint64(n))
	require.NotZero(t, st.QueueDropped)
	require.EqualValues(t, count, last.Number, "the newest are kept")
	for i := range int64(count) {
		_, ok := tapped.Load(i + 1)
		require.True(t, ok, "packet %d did not pass the tap", i+1)
	}
}

// TestKernelDrops fills a ring that nobody empties fast enough: the loss is
// counted.
func TestKernelDrops(t *testing.T) {
	if !inNamespace(t) {
		return
	}
	pair(t, "left", "right")
	hold := make(chan struct{})
	s := open(t, Options{Interfaces: []string{"left"}, Ring: 1 << 19, Tap: func(*capture.Block) { <-hold }})
	wire := newInjector(t, "right")
	frame := tcpFrame(42027, strings.Repeat("x", 1000))
	const count = 3000
	for range count {
		wire.send(t, frame)
	}
	close(hold)
	s.Stop()
	n := 0
	for {
		b, err := s.Next()
		if errors.Is(err, io.EOF) {
			break
		}
		require.NoError(t, err)
		n += len(keep(b))
	}
	st := s.Stats()
	require.NotZero(t, st.KernelDropped)
	require.NotZero(t, st.Frozen)
	require.EqualValues(t, count, st.KernelDropped+uint64(n))
	require.EqualValues(t, st.KernelDropped, s.Interfaces()[0].Dropped)
	require.NoError(t, s.Close())
	require.Equal(t, st, s.Stats(), "counts stay after Close")
}

// TestStop pins that what was sent before comes out, and nothing after.
func TestStop(t *testing.T) {
	if !inNamespace(t) {
		return
	}
	pair(t, "left", "right")
	ctx, cancel := context.WithCancel(context.Background())
	s, err := Open(ctx, Options{Interfaces: []string{"left"}})
	require.NoError(t, err)
	wire := newInjector(t, "right")
	wire.send(t, tcpFrame(42027, "before"))
	cancel()
	require.Equal(t, "before", string(takeCount(t, s, 1)[0].Data[54:]))
	_, err = s.Next()
	require.ErrorIs(t, err, io.EOF)
	_, err = s.Next()
	require.ErrorIs(t, err, io.EOF)
	require.NoError(t, s.Close())
	require.NoError(t, s.Close())
	_, err = s.Next()
	require.ErrorIs(t, err, io.EOF)
}

// TestCloseWakesNext pins that a Next that waits returns.
func TestCloseWakesNext(t *testing.T) {
	if !inNamespace(t) {
		return
	}
	s, err := Open(context.Background(), Options{Interfaces: []string{"lo"}})
	require.NoError(t, err)
	done := make(chan error)
	go func() {
		_, err := s.Next()
		done <- err
	}()
	time.Sleep(20 * time.Millisecond)
	require.NoError(t, s.Close())
	require.ErrorIs(t, <-done, io.EOF)
}

// TestInterfaceComesBack takes an interface down, up, away, and makes it anew.
func TestInterfaceComesBack(t *testing.T) {
	if !inNamespace(t) {
		return
	}
	pair(t, "left", "right")
	notices := make(chan string, 10)
	s := open(t, Options{Interfaces: []string{"left"}, Notice: func(n Notice) { notices <- n.String() }})
	newInjector(t, "right").send(t, tcpFrame(42027, "1"))
	require.Equal(t, "1", string(takeCount(t, s, 1)[0].Data[54:]))

	run(t, "ip", "link", "set", "left", "down")
	require.Contains(t, await(t, notices), "down")
	run(t, "ip", "link", "set", "left", "up")
	require.Contains(t, await(t, notices), "up again")
	newInjector(t, "right").send(t, tcpFrame(42027, "2"))
	require.Equal(t, "2", string(takeCount(t, s, 1)[0].Data[54:]))

	run(t, "ip", "link", "del", "left")
	if n := await(t, notices); !strings.Contains(n, "deleted") { // it went down first
		require.Contains(t, n, "down")
		require.Contains(t, await(t, notices), "deleted")
	}
	pair(t, "left", "right")
	require.Contains(t, await(t, notices), "up again")
	newInjector(t, "right").send(t, tcpFrame(42027, "3"))
	require.Equal(t, "3", string(takeCount(t, s, 1)[0].Data[54:]))
}

func await(t *testing.T, notices <-chan string) string {
	t.Helper()
	select {
	case n := <-notices:
		return n
	case <-time.After(10 * time.Second):
		require.Fail(t, "no notice came")
		return ""
	}
}
