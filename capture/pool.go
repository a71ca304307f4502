package capture

// pool keeps the Blocks that came back, for the next read.
type pool struct {
	size int // bytes of a buffer
	free chan *Block
}

// maxFree is how many Blocks wait for use; more go to the garbage collector.
const maxFree = 16

func newPool(size int) *pool {
	return &pool{size: size, free: make(chan *Block, maxFree)}
}

// get returns an empty Block with one reference and a buffer of at least min
// bytes.
func (p *pool) get(min int) *Block {
	var b *Block
	select {
	case b = <-p.free:
		b.Reset()
	default:
		b = NewBlock(p.put)
	}
	if need := max(p.size, min); len(b.Buf) < need {
		b.Buf = make([]byte, need)
	}
	return b
}

// put takes a Block back. Buffers that grew for one large packet are not kept.
func (p *pool) put(b *Block) {
	if len(b.Buf) > p.size {
		return
	}
	select {
	case p.free <- b:
	default:
	}
}
