package capture

// started is a Source whose beginning has been read to learn its time.
type started struct {
	Source
	block *Block
	err   error
	used  bool
}

// Peek reads the first block of a source and returns a Source that still gives it.
// first is the time of its first packet, in nanoseconds since 1970; ok is false for a
// source without packets.
func Peek(src Source) (whole Source, first int64, ok bool) {
	s := &started{Source: src}
	s.block, s.err = src.Next()
	if s.err != nil || len(s.block.Packets) == 0 {
		return s, 0, false
	}
	return s, s.block.Packets[0].Time, true
}

// Next returns the block that was read ahead, then those of the source.
func (s *started) Next() (*Block, error) {
	if !s.used {
		s.used = true
		return s.block, s.err
	}
	return s.Source.Next()
}
