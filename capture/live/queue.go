package live

import (
	"sync"
	"time"

	"ctiscope/capture"
)

// queue holds Blocks between the capturing goroutines and Next. When it holds
// more bytes than its limit, the oldest Blocks go, so that what is shown after
// a jam is what happens now.
type queue struct {
	limit int

	mu      sync.Mutex
	blocks  []entry
	first   int // of blocks, in use
	bytes   int
	dropped uint64
	ended   bool
	waiting time.Time // since when the oldest Block could have been taken

	wake chan struct{} // has room for one: something changed
}

// entry is a Block and the memory that it holds.
type entry struct {
	block *capture.Block
	bytes int
}

func newQueue(limit int) *queue {
	return &queue{limit: limit, wake: make(chan struct{}, 1)}
}

// put takes the reference of b.
func (q *queue) put(b *capture.Block) {
	q.mu.Lock()
	if q.first > 64 && q.first > len(q.blocks)/2 {
		n := copy(q.blocks, q.blocks[q.first:])
		clear(q.blocks[n:])
		q.blocks, q.first = q.blocks[:n], 0
	}
	if q.first == len(q.blocks) {
		q.waiting = time.Now()
	}
	e := entry{b, weight(b)}
	q.blocks = append(q.blocks, e)
	q.bytes += e.bytes
	for q.bytes > q.limit && len(q.blocks)-q.first > 1 {
		old := q.shift()
		q.dropped += uint64(len(old.Packets))
		old.Release()
	}
	q.mu.Unlock()
	q.signal()
}

// weight is the memory that a Block holds. A Block of merged packets holds
// those of others; its share is the bytes of its packets.
func weight(b *capture.Block) int {
	sum := cap(b.Buf) + cap(b.Packets)*packetSize
	if b.Buf == nil {
		for i := range b.Packets {
			sum += len(b.Packets[i].Data)
		}
	}
	return sum
}

// packetSize is about the size of a capture.Packet.
const packetSize = 72

// shift removes the oldest Block.
func (q *queue) shift() *capture.Block {
	e := q.blocks[q.first]
	q.blocks[q.first] = entry{}
	q.first++
	q.bytes -= e.bytes
	return e.block
}

func (q *queue) signal() {
	select {
	case q.wake <- struct{}{}:
	default:
	}
}

// take returns the oldest Block. It waits for one, at most idle unless that is
// 0; it reports true if there will be none any more.
func (q *queue) take(idle time.Duration) (b *capture.Block, ended bool) {
	var late <-chan time.Time
	for {
		q.mu.Lock()
		if q.first < len(q.blocks) {
			b = q.shift()
			q.waiting = time.Now()
			q.mu.Unlock()
			return b, false
		}
		ended = q.ended
		q.mu.Unlock()
		if ended {
			q.signal() // for whoever asks again
			return nil, true
		}
		if late == nil && idle > 0 {
			timer := time.NewTimer(idle)
			defer timer.Stop()
			late = timer.C
		}
		select {
		case <-q.wake:
		case <-late:
			return nil, false
		}
	}
}

// end tells that nothing will be put any more.
func (q *queue) end() {
	q.mu.Lock()
	q.ended = true
	q.mu.Unlock()
	q.signal()
}

// discard releases what is in the queue.
func (q *queue) discard() {
	q.mu.Lock()
	defer q.mu.Unlock()
	for q.first < len(q.blocks) {
		q.shift().Release()
	}
}

// counts returns how many packets were dropped, how many bytes wait, and for how
// long nobody has taken what waits.
func (q *queue) counts() (dropped uint64, bytes int, stalled time.Duration) {
	q.mu.Lock()
	defer q.mu.Unlock()
	if q.first < len(q.blocks) {
		stalled = time.Since(q.waiting)
	}
	return q.dropped, q.bytes, stalled
}
