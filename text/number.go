package text

import (
	"encoding/binary"
	"fmt"
	"math"
	"strconv"
)

// Grouped writes a number with commas between thousands.
func Grouped(n int64) string {
	s := strconv.FormatInt(n, 10)
	start := 0
	if n < 0 {
		start = 1
	}
	for i := len(s) - 3; i > start; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return s
}

// Bytes writes a number of bytes in the unit that suits it.
func Bytes(n int64) string {
	const kib = 1 << 10
	switch {
	case n < 10*kib:
		return Grouped(n) + " bytes"
	case n < 10*kib*kib:
		return fmt.Sprintf("%.1f KiB", float64(n)/kib)
	case n < 10*kib*kib*kib:
		return fmt.Sprintf("%.1f MiB", float64(n)/(kib*kib))
	}
	return fmt.Sprintf("%.1f GiB", float64(n)/(kib*kib*kib))
}

func Decimal(u uint32) string { return strconv.FormatUint(uint64(u), 10) }

// AppendDecimal appends a number. Small ones and "none" are by far the
// commonest.
func AppendDecimal(dst []byte, u uint32) []byte {
	switch {
	case u < 10:
		return append(dst, byte('0'+u))
	case u == math.MaxUint32:
		return append(dst, "4294967295"...)
	}
	return strconv.AppendUint(dst, uint64(u), 10)
}

func AppendInt(dst []byte, n int64) []byte {
	if n >= 0 && n < math.MaxUint32 {
		return AppendDecimal(dst, uint32(n))
	}
	return strconv.AppendInt(dst, n, 10)
}

// AppendCount appends "1 byte" or "5 bytes".
func AppendCount(dst []byte, n int64, what string) []byte {
	dst = append(AppendInt(dst, n), ' ')
	dst = append(dst, what...)
	if n != 1 {
		dst = append(dst, 's')
	}
	return dst
}

// AppendHexNumber appends a number as 0x00000200.
func AppendHexNumber(dst []byte, u uint32) []byte {
	var b [4]byte
	binary.BigEndian.PutUint32(b[:], u)
	return AppendHex(append(dst, "0x"...), b[:])
}

// AppendDelay appends a time span in the unit that suits it.
func AppendDelay(dst []byte, ns int64) []byte {
	if ns < 0 {
		dst = append(dst, '-')
		ns = -ns
	}
	unit, scale := " ms", int64(1_000_000)
	if ns >= 1_000_000_000 {
		unit, scale = " s", 1_000_000_000
	}
	dst = AppendInt(dst, ns/scale)
	if rest := ns % scale / (scale / 1000); rest != 0 {
		dst = append(dst, '.', byte('0'+rest/100), byte('0'+rest/10%10), byte('0'+rest%10))
		for dst[len(dst)-1] == '0' {
			dst = dst[:len(dst)-1]
		}
	}
	return append(dst, unit...)
}
