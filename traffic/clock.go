package traffic

import (
	"sync"
	"time"
)

// Clock tells the time.
type Clock interface{ Now() time.Time }

// RealClock is the system's clock.
type RealClock struct{}

// Now implements Clock.
func (RealClock) Now() time.Time { return time.Now() }

// SimClock is a clock that stands still until it is moved. It is safe for use
// by several goroutines.
type SimClock struct {
	mu  sync.Mutex
	now time.Time
}

// NewSimClock returns a clock that shows start.
func NewSimClock(start time.Time) *SimClock { return &SimClock{now: start} }

// Now implements Clock.
func (c *SimClock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.now
}

// Advance moves the clock on.
func (c *SimClock) Advance(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.now = c.now.Add(d)
}
