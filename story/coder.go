package story

import "encoding/binary"

// coder writes things as flat bytes and reads them again: one function for each
// thing says its parts in order, so that both ways agree.
type coder struct {
	b       []byte
	reading bool
	bad     bool // read beyond the end
	// names are the short texts read before, which come again and again; nil keeps
	// none.
	names map[string]string
}

// Short texts are kept while they are few.
const (
	shortText = 64
	maxNames  = 1 << 14
)

// name returns a text that was read, the same for the same bytes.
func (c *coder) name(b []byte) string {
	if c.names == nil || len(b) > shortText {
		return string(b)
	}
	s, ok := c.names[string(b)]
	if !ok {
		if len(c.names) == maxNames {
			clear(c.names)
		}
		s = string(b)
		c.names[s] = s
	}
	return s
}

func (c *coder) int(v *int64) {
	if !c.reading {
		c.b = binary.AppendVarint(c.b, *v)
		return
	}
	if len(c.b) > 0 && c.b[0] < 0x80 { // by far the commonest
		u := c.b[0]
		*v, c.b = int64(u>>1)^-int64(u&1), c.b[1:]
		return
	}
	n, size := binary.Varint(c.b)
	if size <= 0 {
		c.bad, c.b = true, nil
		return
	}
	*v, c.b = n, c.b[size:]
}

// fixed is a number of eight bytes, such as a hash.
func (c *coder) fixed(v *int64) {
	if !c.reading {
		c.b = binary.LittleEndian.AppendUint64(c.b, uint64(*v))
		return
	}
	if len(c.b) < 8 {
		c.bad, c.b = true, nil
		return
	}
	*v, c.b = int64(binary.LittleEndian.Uint64(c.b)), c.b[8:]
}

func (c *coder) uint(v *uint32) {
	n := int64(*v)
	c.int(&n)
	*v = uint32(n)
}

func (c *coder) byte(v *uint8) {
	if !c.reading {
		c.b = append(c.b, *v)
		return
	}
	if len(c.b) == 0 {
		c.bad = true
		return
	}
	*v, c.b = c.b[0], c.b[1:]
}

func (c *coder) bool(v *bool) {
	n := uint8(0)
	if *v {
		n = 1
	}
	c.byte(&n)
	*v = n != 0
}

func (c *coder) string(v *string) {
	n := int64(len(*v))
	c.int(&n)
	if !c.reading {
		c.b = append(c.b, *v...)
		return
	}
	if n < 0 || n > int64(len(c.b)) {
		c.bad, c.b = true, nil
		return
	}
	*v, c.b = c.name(c.b[:n]), c.b[n:]
}

// text is a text that may not be there.
func (c *coder) text(v *Text) {
	c.bool(&v.Set)
	if v.Set {
		c.string(&v.String)
	} else if c.reading {
		v.String = ""
	}
}

func (c *coder) number(v *Number) {
	c.bool(&v.Set)
	if v.Set {
		c.int(&v.N)
	} else if c.reading {
		v.N = 0
	}
}

func (c *coder) moment(v *Moment) {
	c.byte(&v.Digits)
	c.int(&v.Time)
}

func (c *coder) place(v *Place) {
	c.moment(&v.Moment)
	c.int(&v.Frame)
	c.int(&v.Session)
}

func (c *coder) coded(v *Coded) {
	c.bool(&v.Set)
	if !v.Set {
		if c.reading {
			*v = Coded{}
		}
		return
	}
	c.int(&v.Value)
	c.string(&v.Name)
}

// list is the length of a list, which reading makes as long, in its own memory where
// it has enough.
func list[T any](c *coder, v *[]T) []T {
	n := int64(len(*v))
	c.int(&n)
	if c.reading {
		if n < 0 || n > int64(len(c.b)) {
			c.bad, n = true, 0
		}
		if int64(cap(*v)) < n {
			*v = make([]T, n)
		}
		*v = (*v)[:n]
	}
	return *v
}

func (c *coder) strings(v *[]string) {
	l := list(c, v)
	for i := range l {
		c.string(&l[i])
	}
}
