package random

import (
	"encoding/hex"
	"strconv"

	"ctiscope/decode/schema"
	"ctiscope/traffic/expect"
)

func itoa(n int) string { return strconv.Itoa(n) }

// fixed appends a field of the fixed part.
func (b *builder) fixed(f *schema.Field) {
	n, counted := b.counts[f.Name]
	v := int64(n)
	switch {
	case f.Name == "VersionNumber" && b.def.Number == 3:
		v = int64(b.opts.Version)
	case !counted || b.opts.Hard && b.rng.IntN(10) == 0:
		v = b.number(f)
	}
	if f.Type.Size() == 0 || f.Type.Size() > 4 {
		data := b.bytes(f.Size)
		b.body = append(b.body, data...)
		b.fields = append(b.fields, expect.Field{Name: f.Name, Value: hex.EncodeToString(data)})
		return
	}
	b.put(v, f.Size)
	b.fields = append(b.fields, expect.Field{Name: f.Name, Value: v})
}

// put appends a number of size bytes.
func (b *builder) put(v int64, size int) {
	for i := size - 1; i >= 0; i-- {
		b.body = append(b.body, byte(v>>(8*i)))
	}
}

// number chooses the value of a number.
func (b *builder) number(f *schema.Field) int64 {
	size := f.Type.Size()
	switch f.Type {
	case schema.Bool:
		return b.rng.Int64N(2)
	case schema.Time:
		if b.opts.Hard && b.rng.IntN(5) == 0 {
			return [...]int64{0, 1, 0x7fffffff, 0x80000000, 0xffffffff}[b.rng.IntN(5)]
		}
		return 1_000_000_000 + b.rng.Int64N(900_000_000)
	}
	if f.Values != nil && b.rng.IntN(4) > 0 {
		if v := b.tabled(f.Values); v < 1<<(8*size) {
			return interpret(f.Type, v)
		}
	}
	limit := int64(1) << (8 * size)
	for {
		v := [...]int64{0, 1, 2, 5000, limit - 1, b.rng.Int64N(limit)}[b.rng.IntN(6)]
		if v < limit {
			return interpret(f.Type, v)
		}
	}
}

// interpret gives the bits of a number the sign of its type.
func interpret(t schema.Type, v int64) int64 {
	switch t {
	case schema.Char:
		return int64(int8(v))
	case schema.Short:
		return int64(int16(v))
	case schema.Int:
		return int64(int32(v))
	}
	return v
}

// tabled chooses a number of a table, of a mask any of its bits.
func (b *builder) tabled(t *schema.Table) int64 {
	if len(t.Values) == 0 {
		return 0
	}
	if !t.Mask {
		return int64(t.Values[b.rng.IntN(len(t.Values))].Value)
	}
	var v uint32
	for range b.rng.IntN(4) {
		v |= t.Values[b.rng.IntN(len(t.Values))].Value
	}
	return int64(v)
}

const alphabet = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789 +-._@"

// text chooses a string of at most n bytes.
func (b *builder) text(n int) string {
	if n <= 0 {
		return ""
	}
	if b.rng.IntN(12) == 0 {
		return ""
	}
	if n > 60 && !(b.opts.Hard && b.rng.IntN(6) == 0) {
		n = 60
	}
	s := make([]byte, 1+b.rng.IntN(n))
	for i := range s {
		s[i] = alphabet[b.rng.IntN(len(alphabet))]
	}
	if b.opts.Hard && b.rng.IntN(10) == 0 {
		odd := [...]string{"\"", "\\", "\x01", "\x1b[31m", "\r\n", "\x7f", "\u00e9", "\u4e2d\u6587", "\u2028", "<&>", "\u202e"}
		if o := odd[b.rng.IntN(len(odd))]; len(o) <= len(s) {
			copy(s[b.rng.IntN(len(s)-len(o)+1):], o)
		}
	}
	return string(s)
}

// bytes chooses n bytes.
func (g *generator) bytes(n int) []byte {
	s := make([]byte, n)
	for i := range s {
		s[i] = byte(g.rng.Uint32())
	}
	return s
}

// field appends a floating field.
func (b *builder) field(it item) {
	f := it.field
	if b.wide() {
		b.put(int64(it.tag), 2)
		b.put(0, 2)
	} else {
		b.put(int64(it.tag), 1)
		b.put(0, 1)
	}
	start := len(b.body)
	v := b.value(f)
	n := len(b.body) - start
	if b.wide() {
		b.body[start-2] = byte(n >> 8)
	}
	b.body[start-1] = byte(n)
	b.fields = append(b.fields, expect.Field{Name: f.Name, Value: v})
}

// value appends the data of a floating field and returns what it is.
func (b *builder) value(f *schema.Field) any {
	size := f.Type.Size()
	room := f.Size
	if !b.wide() {
		room = min(room, 255)
	}
	switch {
	case f.Type == schema.String:
		s := b.text(room - 1)
		b.body = append(b.body, s...)
		b.nulls(len(s), room)
		return s
	case f.Type == schema.NamedVar, f.Type == schema.NamedArray:
		return b.named(f)
	case f.Array:
		n := b.rng.IntN(1 + min(4, room/size))
		list := []any{}
		for range n {
			v := b.number(f)
			b.put(v, size)
			list = append(list, v)
		}
		return list
	case size == 0 || size > 4:
		n := size
		if size == 0 {
			n = b.rng.IntN(1 + min(room, 40))
		}
		data := b.bytes(n)
		b.body = append(b.body, data...)
		return hex.EncodeToString(data)
	}
	v := b.number(f)
	b.put(v, size)
	return v
}

// nulls ends a string of n bytes: with one null; some senders leave it out, some
// add more.
func (b *builder) nulls(n, room int) {
	if !b.opts.Hard || b.rng.IntN(8) > 0 {
		b.body = append(b.body, 0)
		return
	}
	for range b.rng.IntN(min(4, room-n+1)) {
		b.body = append(b.body, 0)
	}
}

func (b *builder) named(f *schema.Field) any {
	v := expect.Named{Name: "user." + b.text(26), Value: b.text(205)}
	if f.Type == schema.NamedArray {
		index := b.rng.IntN(256)
		v.Index = &index
		b.put(int64(index), 1)
	}
	b.body = append(append(b.body, v.Name...), 0)
	b.body = append(append(b.body, v.Value...), 0)
	return v
}
