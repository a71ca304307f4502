package story

import (
	"strconv"

	"ctiscope/capture"
	"ctiscope/decode"
	"ctiscope/decode/schema"
	"ctiscope/reassembly"
)

// Text is a text; not Set where there is none.
type Text struct {
	Set    bool
	String string
}

// Number is a number; not Set where there is none.
type Number struct {
	Set bool
	N   int64
}

func number(n int64) Number { return Number{true, n} }

// Coded is a number with its name; not Set where there is none.
type Coded struct {
	Set   bool
	Value int64
	Name  string // "" where no table names the number
}

// Moment is a time of the capture: nanoseconds since 1970, and its precision.
// Digits are 0 where there is none, and capture.NoTime for a packet without a time.
type Moment struct {
	Digits uint8
	Time   int64
}

// Set tells whether there is a moment.
func (m Moment) Set() bool { return m.Digits != 0 }

// timed tells whether it can be reckoned with.
func (m Moment) timed() bool { return m.Digits != 0 && m.Digits != capture.NoTime }

func momentOf(m reassembly.Mark) Moment {
	if m.Digits == 0 {
		m.Digits = 6
	}
	return Moment{m.Digits, m.Time}
}

// Place is where in the capture something is.
type Place struct {
	Moment
	Frame   int64
	Session int64
}

func placeOf(m reassembly.Mark, session int64) Place {
	return Place{momentOf(m), m.Number, session}
}

// span returns the nanoseconds between two moments, at least 0.
func span(from, to Moment) Number {
	if !from.timed() || !to.timed() {
		return Number{}
	}
	return number(max(to.Time-from.Time, 0))
}

// find returns a field of a message by name, nil where it has none that can be
// read and shown.
func find(m *decode.Message, name string) *decode.Field {
	f := m.Find(name)
	if f == nil || f.Odd || m.Conceals(f) {
		return nil
	}
	return f
}

// numberOf returns a number of a message.
func numberOf(m *decode.Message, name string) Number {
	if f := find(m, name); f != nil {
		return number(m.Int(f))
	}
	return Number{}
}

// knownNumber is numberOf, where 0xffffffff means that there is none.
func knownNumber(m *decode.Message, name string) Number {
	n := numberOf(m, name)
	if n.N == schema.None32 || n.N == -1 {
		return Number{}
	}
	return n
}

// textOf returns a text of a message; one without characters is none.
func textOf(m *decode.Message, name string) Text {
	if f := find(m, name); f != nil && f.Type() == schema.String {
		if t := m.Text(f); len(t) > 0 {
			return Text{true, string(t)}
		}
	}
	return Text{}
}

// codedOf returns a field's number with its name.
func codedOf(m *decode.Message, f *decode.Field) Coded {
	if f == nil {
		return Coded{}
	}
	v := m.Value(f)
	return Coded{true, v.Num, v.Name()}
}

// maskOf returns a mask, whose names are those of its bits. With all bits set it
// means that there is none.
func maskOf(m *decode.Message, name string) Mask {
	f := find(m, name)
	if f == nil || f.Def.Values == nil {
		return Mask{}
	}
	k := Mask{Set: true, Value: m.Uint(f)}
	if k.Value == schema.None32 {
		return Mask{}
	}
	for bit := range 32 {
		if k.Value&(1<<bit) == 0 {
			continue
		}
		n := f.Def.Values.Bit(bit)
		if n == "" {
			n = "0x" + hex8(1<<bit)
		}
		k.Names = append(k.Names, n)
	}
	return k
}

// Mask is a number whose bits have names.
type Mask struct {
	Set   bool
	Value uint32
	Names []string
}

func (c *coder) mask(v *Mask) {
	c.bool(&v.Set)
	c.uint(&v.Value)
	c.strings(&v.Names)
}

func hex8(u uint32) string {
	s := strconv.FormatUint(uint64(u), 16)
	return "00000000"[len(s):] + s
}
