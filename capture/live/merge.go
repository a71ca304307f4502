package live

import (
	"slices"
	"sync"
	"time"

	"ctiscope/capture"
)

// merger puts the packets of several interfaces into the order of time. The
// system hands packets over late, so that those of one interface can come
// before older ones of another; they are held back for as long as that can
// take. How long is measured by arrival, so that a clock that is set does not
// hold packets for ever.
type merger struct {
	delay time.Duration
	emit  func(*capture.Block)

	mu    sync.Mutex
	lanes []lane // by interface
}

// lane is the packets of an interface that wait.
type lane struct {
	blocks []waiting
	at     int       // in the first Block
	clear  time.Time // everything that had arrived by then is here
}

type waiting struct {
	*capture.Block
	arrived time.Time
}

func newMerger(interfaces int, delay time.Duration, emit func(*capture.Block)) *merger {
	return &merger{delay: delay, emit: emit, lanes: make([]lane, interfaces)}
}

// laneSink is the entrance of one interface.
type laneSink struct {
	m     *merger
	index int
}

func (m *merger) lane(index int) laneSink { return laneSink{m, index} }

// deliver takes over the caller's reference to b.
func (l laneSink) deliver(b *capture.Block) {
	if len(b.Packets) == 0 {
		b.Release()
		return
	}
	l.m.mu.Lock()
	defer l.m.mu.Unlock()
	lane := &l.m.lanes[l.index]
	lane.blocks = append(lane.blocks, waiting{b, time.Now()})
}

func (l laneSink) drained(by time.Time) {
	l.m.mu.Lock()
	defer l.m.mu.Unlock()
	l.m.lanes[l.index].clear = by
}

// run emits packets that have waited long enough until done is closed, and
// then all.
func (m *merger) run(done <-chan struct{}, every time.Duration) {
	tick := time.NewTicker(every)
	defer tick.Stop()
	for {
		select {
		case now := <-tick.C:
			m.flush(now)
		case <-done:
			m.flush(time.Now().Add(2 * patience * m.delay))
			return
		}
	}
}

// maxMerged is how many packets a merged Block has at most.
const maxMerged = 4096

// flush emits what has waited long enough.
func (m *merger) flush(now time.Time) {
	for {
		b := m.collect(now)
		if b == nil {
			return
		}
		m.emit(b)
	}
}

// collect takes up to maxMerged packets in order; nil if none has waited long
// enough.
func (m *merger) collect(now time.Time) *capture.Block {
	m.mu.Lock()
	defer m.mu.Unlock()
	until, due := m.due(now)
	if !due {
		return nil
	}
	var packets []capture.Packet
	var from []*capture.Block // whose bytes the packets use
	for len(packets) < maxMerged {
		l := m.oldest(until)
		if l == nil {
			break
		}
		b := l.blocks[0].Block
		if !slices.Contains(from, b) {
			b.Retain()
			from = append(from, b)
		}
		packets = append(packets, b.Packets[l.at])
		if l.at++; l.at == len(b.Packets) {
			l.blocks, l.at = l.blocks[1:], 0
			b.Release() // the reference that deliver took
		}
	}
	merged := capture.NewBlock(func(*capture.Block) {
		for _, b := range from {
			b.Release()
		}
	})
	merged.Packets = packets
	return merged
}

// patience is how many times the delay a packet waits at most, when an
// interface is too busy to tell that it was drained.
const patience = 10

// due is the time of the newest packet in a Block that has waited long enough:
// every interface was drained so much later that nothing older can come.
func (m *merger) due(now time.Time) (until int64, due bool) {
	clear := now
	for i := range m.lanes {
		if m.lanes[i].clear.Before(clear) {
			clear = m.lanes[i].clear
		}
	}
	for i := range m.lanes {
		for _, w := range m.lanes[i].blocks {
			if clear.Sub(w.arrived) < m.delay && now.Sub(w.arrived) < patience*m.delay {
				break
			}
			if last := w.Packets[len(w.Packets)-1].Time; !due || last > until {
				until, due = last, true
			}
		}
	}
	return until, due
}

// oldest is the lane with the oldest packet up to a time.
func (m *merger) oldest(until int64) *lane {
	var best *lane
	var when int64
	for i := range m.lanes {
		l := &m.lanes[i]
		if len(l.blocks) == 0 {
			continue
		}
		if t := l.blocks[0].Packets[l.at].Time; t <= until && (best == nil || t < when) {
			when, best = t, l
		}
	}
	return best
}
