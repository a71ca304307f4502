package live

import (
	"fmt"
	"math/rand/v2"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"ctiscope/capture"
)

// blockOf is a Block of n packets at times that begin with at.
func blockOf(freed *int, lane uint16, times ...int64) *capture.Block {
	b := capture.NewBlock(func(*capture.Block) { *freed++ })
	b.Buf = make([]byte, 1000)
	for _, at := range times {
		b.Packets = append(b.Packets, capture.Packet{Data: b.Buf[:10], Time: at, Interface: lane})
	}
	return b
}

func TestQueueDropsOldest(t *testing.T) {
	freed := 0
	one := blockOf(&freed, 0, 1, 2)
	size := weight(one)
	q := newQueue(3 * size)
	q.put(one)
	for i := int64(1); i < 200; i++ {
		q.put(blockOf(&freed, 0, 2*i+1, 2*i+2))
	}
	dropped, bytes, _ := q.counts()
	require.EqualValues(t, 2*197, dropped)
	require.Equal(t, 3*size, bytes)
	require.Equal(t, 197, freed)
	for i := int64(197); i < 200; i++ {
		b, ended := q.take(0)
		require.False(t, ended)
		require.Equal(t, 2*i+1, b.Packets[0].Time)
		b.Release()
	}
	_, bytes, stalled := q.counts()
	require.Zero(t, bytes)
	require.Zero(t, stalled)
}

func TestQueueStalls(t *testing.T) {
	freed := 0
	q := newQueue(1 << 20)
	q.put(blockOf(&freed, 0, 1))
	time.Sleep(20 * time.Millisecond)
	q.put(blockOf(&freed, 0, 2))
	_, _, stalled := q.counts()
	require.GreaterOrEqual(t, stalled, 20*time.Millisecond)
	q.take(0)
	_, _, again := q.counts()
	require.Less(t, again, stalled)
}

func TestQueueKeepsOneThatIsTooLarge(t *testing.T) {
	freed := 0
	q := newQueue(1)
	q.put(blockOf(&freed, 0, 1))
	b, _ := q.take(0)
	require.NotNil(t, b)
}

func TestQueueIdleAndEnd(t *testing.T) {
	q := newQueue(1000)
	b, ended := q.take(5 * time.Millisecond)
	require.Nil(t, b)
	require.False(t, ended)
	var waiting sync.WaitGroup
	for range 3 {
		waiting.Go(func() {
			_, ended := q.take(0)
			if !ended {
				panic("not ended")
			}
		})
	}
	q.end()
	waiting.Wait()
}

func TestMergeOrder(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	freed, blocks, want := 0, 0, 0
	var got []int64
	m := newMerger(3, time.Hour, func(b *capture.Block) {
		require.LessOrEqual(t, len(b.Packets), maxMerged)
		for _, p := range b.Packets {
			got = append(got, p.Time)
		}
		b.Release()
	})
	var clocks [3]int64
	for range 3000 {
		lane := r.IntN(3)
		var times []int64
		for range 1 + r.IntN(5) {
			clocks[lane] += r.Int64N(10)
			times = append(times, clocks[lane])
		}
		m.lane(lane).deliver(blockOf(&freed, uint16(lane), times...))
		blocks++
		want += len(times)
	}
	m.flush(time.Now())
	require.Empty(t, got, "nothing has waited long enough")
	drainedBy(m, time.Now().Add(2*time.Hour))
	m.flush(time.Now().Add(2 * time.Hour))
	require.Len(t, got, want)
	require.IsNonDecreasing(t, got)
	require.Equal(t, blocks, freed, "every Block came back")
}

// TestMergeClockSetBack pins that packets do not wait for a clock that was set
// back to catch up.
func TestMergeClockSetBack(t *testing.T) {
	freed := 0
	var got []int64
	m := newMerger(2, time.Millisecond, func(b *capture.Block) {
		for _, p := range b.Packets {
			got = append(got, p.Time)
		}
		b.Release()
	})
	drainedBy(m, time.Now().Add(time.Second))
	m.lane(0).deliver(blockOf(&freed, 0, 1_000_000))
	m.flush(time.Now().Add(time.Second))
	m.lane(0).deliver(blockOf(&freed, 0, 5))
	m.lane(1).deliver(blockOf(&freed, 1, 4))
	m.flush(time.Now().Add(time.Second))
	require.Equal(t, []int64{1_000_000, 4, 5}, got)
}

// TestMergeHoldsBack pins that only what nothing can come before is emitted.
func TestMergeHoldsBack(t *testing.T) {
	freed := 0
	var got []int64
	m := newMerger(2, time.Hour, func(b *capture.Block) {
		for _, p := range b.Packets {
			got = append(got, p.Time)
		}
		b.Release()
	})
	now := time.Now()
	m.lane(0).deliver(blockOf(&freed, 0, 10, 20))
	m.lanes[0].blocks[0].arrived = now.Add(-2 * time.Hour)
	m.lane(0).drained(now)
	m.flush(now)
	require.Empty(t, got, "the other interface was not drained")
	m.lane(1).deliver(blockOf(&freed, 1, 15, 25)) // just arrived
	m.lane(1).drained(now)
	m.flush(now)
	require.Equal(t, []int64{10, 15, 20}, got)
	m.flush(now.Add(patience*time.Hour + time.Minute))
	require.Equal(t, []int64{10, 15, 20, 25}, got, "an interface that is never drained holds nothing up for ever")
}

func drainedBy(m *merger, by time.Time) {
	for i := range m.lanes {
		m.lane(i).drained(by)
	}
}

func TestPoolReuses(t *testing.T) {
	p := newPool()
	for _, size := range []int{0, 1, 4096, 4097, 256 << 10, 2 << 20, 2<<20 + 1} {
		b := p.get(size)
		require.Len(t, b.Buf, size)
		b.Packets = append(b.Packets, capture.Packet{})
		b.Release()
		c := p.get(size)
		require.Len(t, c.Buf, size)
		require.Empty(t, c.Packets)
		if size <= 2<<20 {
			require.Same(t, b, c, fmt.Sprint(size))
		}
		c.Release()
	}
}

func TestPoolIsBounded(t *testing.T) {
	p := newPool()
	var list []*capture.Block
	for range 3 * maxFree {
		list = append(list, p.get(100))
	}
	for _, b := range list {
		b.Release()
	}
	require.Len(t, p.free[0], maxFree)
}
