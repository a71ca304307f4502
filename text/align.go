package text

// AlignRight moves what was appended since start to the right of a column.
func AlignRight(dst []byte, start, width int) []byte {
	n := len(dst) - start
	if n >= width {
		return dst
	}
	dst = AppendBlanks(dst, width-n)
	copy(dst[start+width-n:], dst[start:start+n])
	for i := start; i < start+width-n; i++ {
		dst[i] = ' '
	}
	return dst
}

func AppendBlanks(dst []byte, n int) []byte {
	for range n {
		dst = append(dst, ' ')
	}
	return dst
}
