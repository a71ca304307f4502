package reassembly

import "ctiscope/capture"

// clock is how far the capture has come. It depends on nothing but its packets.
type clock struct {
	// ticks counts the segments of sessions: the clock of what is bounded by
	// a number of segments.
	ticks int64
	// now is the place that the capture has reached. Its time never goes back.
	now Mark
	// at is the packet at hand; between packets it is now.
	at Mark
	// leap is a time that is later than can be believed of a single packet; 0
	// when there is none.
	leap int64
}

// instant is a place in capture time and in the count of session segments.
type instant struct{ tick, time int64 }

func (c *clock) instant() instant { return instant{c.ticks, c.now.Time} }

// maxLeap is by how much a single packet, or call of Advance, moves the time.
const maxLeap = int64(10e9)

// reached returns now as Events carry it.
func (c *clock) reached() Instant { return Instant{c.now.Number, c.now.Time} }

// tell moves the time on. One packet with a wrong time must not end all that
// waits or rests: a leap counts when the next packet confirms it.
func (c *clock) tell(time int64, digits uint8) {
	if digits == capture.NoTime {
		if c.now.Time == 0 {
			c.now.Digits = digits
		}
		return
	}
	if uint64(time-c.now.Time) > uint64(maxLeap) || c.leap != 0 {
		c.jump(time, digits)
		return
	}
	if time != c.now.Time {
		c.now.Time, c.now.Digits = time, digits
	}
}

// jump is tell for a time that goes back, leaps, or follows a leap.
func (c *clock) jump(time int64, digits uint8) {
	switch ahead := time - c.now.Time; {
	case c.now.Time == 0:
		c.now.Time, c.now.Digits = time, digits
	case ahead <= maxLeap:
		if c.leap = 0; ahead > 0 {
			c.now.Time, c.now.Digits = time, digits
		}
	case c.leap == 0 || time < c.leap-maxLeap:
		c.leap = time
	default:
		c.now.Time, c.leap = min(c.leap, time), max(c.leap, time)
		c.now.Digits = digits
	}
}
