package capture

import "io"

// limited ends a source after so many packets.
type limited struct {
	Source
	left int64
}

// stopper is a live source, which can be told to end.
type stopper interface{ Stop() }

// Limit ends a source after so many packets; 0 means no limit.
func Limit(src Source, packets int64) Source {
	if packets == 0 {
		return src
	}
	return &limited{src, packets}
}

// Next returns the next packets as long as the count lasts.
func (l *limited) Next() (*Block, error) {
	if l.left == 0 {
		return nil, io.EOF
	}
	b, err := l.Source.Next()
	if err != nil {
		return b, err
	}
	if int64(len(b.Packets)) >= l.left {
		b.Packets = b.Packets[:l.left]
		if live, ok := l.Source.(stopper); ok {
			live.Stop()
		}
	}
	l.left -= int64(len(b.Packets))
	return b, nil
}
