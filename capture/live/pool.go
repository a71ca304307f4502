package live

import (
	"math/bits"
	"sync"

	"ctiscope/capture"
)

// pool keeps Blocks that came back, by the size of their buffers: a quiet
// network fills small ones, a busy one large ones, and a small one must not
// hold the memory of a large one in the queue.
type pool struct {
	mu   sync.Mutex
	free [poolClasses][]*capture.Block
}

const (
	smallestBuffer = 12 // 4 KiB
	poolClasses    = 10 // up to 2 MiB
	maxFree        = 32 // Blocks of a class that wait for use
)

func newPool() *pool { return &pool{} }

// class is the class of buffers of at least size bytes.
func class(size int) int {
	return max(bits.Len(uint(max(size, 1)-1)), smallestBuffer) - smallestBuffer
}

// get returns an empty Block whose buffer has size bytes.
func (p *pool) get(size int) *capture.Block {
	c := class(size)
	if c >= poolClasses {
		b := capture.NewBlock(nil)
		b.Buf = make([]byte, size)
		return b
	}
	p.mu.Lock()
	var b *capture.Block
	if n := len(p.free[c]); n > 0 {
		b = p.free[c][n-1]
		p.free[c] = p.free[c][:n-1]
	}
	p.mu.Unlock()
	if b == nil {
		b = capture.NewBlock(p.put)
		b.Buf = make([]byte, 1<<(c+smallestBuffer))
	} else {
		b.Reset()
	}
	b.Buf = b.Buf[:size]
	return b
}

// put takes a Block back.
func (p *pool) put(b *capture.Block) {
	b.Buf = b.Buf[:cap(b.Buf)]
	c := class(len(b.Buf))
	p.mu.Lock()
	if len(p.free[c]) < maxFree {
		p.free[c] = append(p.free[c], b)
	}
	p.mu.Unlock()
}
