package text

import "time"

const secondsADay = 24 * 60 * 60

// Clock writes times of one zone. It remembers the last date and the last
// offset, since times of a capture lie close together.
type Clock struct {
	zone *time.Location // nil for UTC

	day  int64 // the local day that date belongs to
	date [10]byte
	set  bool // day and date hold something

	second int64 // the second that offset belongs to
	offset int64 // seconds east of UTC
	known  bool  // second and offset hold something
}

func NewClock(zone *time.Location) Clock {
	if zone == time.UTC {
		zone = nil
	}
	return Clock{zone: zone}
}

// AppendTime appends a time in nanoseconds since 1970 by RFC 3339, with six or
// nine digits of a second.
func (c *Clock) AppendTime(dst []byte, ns int64, digits uint8) []byte {
	sec, frac := split(ns)
	dst = c.appendSecond(dst, sec+c.offsetAt(sec), 'T')
	dst = appendFraction(dst, frac, digits)
	return c.appendOffset(dst)
}

// AppendClock appends the time of day alone, or with the date before it.
func (c *Clock) AppendClock(dst []byte, ns int64, digits uint8, date bool) []byte {
	sec, frac := split(ns)
	sec += c.offsetAt(sec)
	if date {
		dst = c.appendSecond(dst, sec, ' ')
	} else {
		dst = appendDayTime(dst, sec-floorDay(sec)*secondsADay)
	}
	return appendFraction(dst, frac, digits)
}

// AppendStamp appends a TIME value of a message, always in UTC.
func (c *Clock) AppendStamp(dst []byte, sec int64) []byte {
	return append(c.appendSecond(dst, sec, 'T'), 'Z')
}

// split parts nanoseconds into whole seconds and the rest, also before 1970.
func split(ns int64) (sec int64, frac uint32) {
	const second = int64(time.Second)
	sec = ns / second
	rest := ns % second
	if rest < 0 {
		sec--
		rest += second
	}
	return sec, uint32(rest)
}

func floorDay(sec int64) int64 {
	day := sec / secondsADay
	if sec%secondsADay < 0 {
		day--
	}
	return day
}

func (c *Clock) offsetAt(sec int64) int64 {
	if c.zone == nil {
		return 0
	}
	if !c.known || c.second != sec {
		_, offset := time.Unix(sec, 0).In(c.zone).Zone()
		c.second, c.offset, c.known = sec, int64(offset), true
	}
	return c.offset
}

// appendSecond appends date and time of day of a second counted in local time.
func (c *Clock) appendSecond(dst []byte, sec int64, between byte) []byte {
	day := floorDay(sec)
	if !c.set || c.day != day {
		time.Unix(day*secondsADay, 0).UTC().AppendFormat(c.date[:0], time.DateOnly)
		c.day, c.set = day, true
	}
	dst = append(dst, c.date[:]...)
	dst = append(dst, between)
	return appendDayTime(dst, sec-day*secondsADay)
}

func appendDayTime(dst []byte, sec int64) []byte {
	n := uint32(sec)
	h, m, s := n/3600, n/60%60, n%60
	return append(dst, byte('0'+h/10), byte('0'+h%10), ':',
		byte('0'+m/10), byte('0'+m%10), ':',
		byte('0'+s/10), byte('0'+s%10))
}

func appendFraction(dst []byte, frac uint32, digits uint8) []byte {
	micro, nano := frac/1000, frac%1000
	high, low := micro/1000, micro%1000
	dst = append(dst, '.',
		byte('0'+high/100), byte('0'+high/10%10), byte('0'+high%10),
		byte('0'+low/100), byte('0'+low/10%10), byte('0'+low%10))
	if digits == 9 {
		dst = append(dst, byte('0'+nano/100), byte('0'+nano/10%10), byte('0'+nano%10))
	}
	return dst
}

func (c *Clock) appendOffset(dst []byte) []byte {
	if c.zone == nil || c.offset == 0 {
		return append(dst, 'Z')
	}
	sign, off := byte('+'), uint32(max(c.offset, -c.offset))/60
	if c.offset < 0 {
		sign = '-'
	}
	h, m := off/60, off%60
	return append(dst, sign, byte('0'+h/10), byte('0'+h%10), ':', byte('0'+m/10), byte('0'+m%10))
}
