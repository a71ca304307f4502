package random

import (
	"encoding/binary"
	"encoding/hex"

	"ctiscope/decode/schema"
	"ctiscope/traffic/expect"
)

// built is a message with what a right decoder says of it.
type built struct {
	frame  []byte
	expect expect.Message
}

// builder puts one message together.
type builder struct {
	*generator
	def    *schema.Message
	body   []byte
	fields []expect.Field
	counts map[string]int // how often each counted field will come, by count field
}

// unit is a part of the floating part that stays together: one field, or the
// rows of a group.
type unit []item

type item struct {
	field *schema.Field
	tag   uint16
}

// message makes a message of a type.
func (g *generator) message(def *schema.Message) built {
	b := &builder{generator: g, def: def, counts: make(map[string]int)}
	units := b.floating()
	for _, f := range def.Fixed {
		if f.In(g.opts.Version) {
			b.fixed(f)
		}
	}
	for _, u := range units {
		for _, it := range u {
			b.field(it)
		}
	}
	return b.finish()
}

// unknownMessage makes a message of a number that no table has.
func (g *generator) unknownMessage() built {
	number := uint32(290 + g.rng.IntN(200))
	def := &schema.Message{Number: number, Name: "UNKNOWN_" + itoa(int(number))}
	b := &builder{generator: g, def: def}
	b.body = g.bytes(g.rng.IntN(60))
	if len(b.body) > 0 {
		b.fields = append(b.fields, expect.Field{Name: "Undecoded", Value: hex.EncodeToString(b.body)})
	}
	return b.finish()
}

func (b *builder) finish() built {
	frame := binary.BigEndian.AppendUint32(nil, uint32(len(b.body)))
	frame = binary.BigEndian.AppendUint32(frame, b.def.Number)
	if b.fields == nil {
		b.fields = []expect.Field{}
	}
	return built{append(frame, b.body...), expect.Message{
		Type: b.def.Number, Name: b.def.Name, Length: len(b.body), Fields: b.fields,
	}}
}

// usable tells whether a floating field can stand in a message of the version.
func (g *generator) usable(f *schema.Field) bool {
	return f.Tag != 0 && f.In(g.opts.Version) && (f.Tag <= 0xff || g.wide())
}

func (g *generator) wide() bool { return g.opts.Version >= schema.CCE().Versions().WideTag }

// floating chooses the floating fields and how often each comes.
func (b *builder) floating() []unit {
	var units []unit
	done := make(map[string]bool)
	for _, f := range b.def.Floating {
		if !b.usable(f) {
			continue
		}
		switch {
		case f.Group != "":
			if !done[f.Group] {
				done[f.Group] = true
				units = append(units, b.group(f))
			}
		case f.Count != "" && !f.Array:
			units = append(units, repeat(item{f, f.Tag}, b.repetitions(f.Count)))
		case !f.Optional || b.rng.IntN(3) > 0:
			units = append(units, unit{{f, f.Tag}})
		}
	}
	if b.opts.Hard {
		units = b.odd(units)
	}
	return b.bounded(units)
}

// repetitions chooses how often the fields of a count come, the same for all of
// them.
func (b *builder) repetitions(count string) int {
	n, ok := b.counts[count]
	if !ok {
		n = b.rng.IntN(4)
		b.counts[count] = n
	}
	return n
}

func repeat(it item, n int) unit {
	var u unit
	for range n {
		u = append(u, it)
	}
	return u
}

// group makes the rows of the group that f is the first field of.
func (b *builder) group(f *schema.Field) unit {
	n := b.rng.IntN(4)
	if f.Count != "" {
		n = b.repetitions(f.Count)
	}
	var u unit
	for range n {
		for _, m := range b.def.Floating {
			if m.Group != f.Group || !b.usable(m) {
				continue
			}
			times := 1
			if m.Count != f.Count && !m.Array && b.opts.Hard {
				times = b.rng.IntN(3)
			}
			u = append(u, repeat(item{m, m.Tag}, times)...)
		}
	}
	return u
}

// odd adds what the guide does not forbid: other orders, fields that come twice
// or belong elsewhere, tags without a name.
func (b *builder) odd(units []unit) []unit {
	if b.rng.IntN(2) == 0 {
		b.rng.Shuffle(len(units), func(i, j int) { units[i], units[j] = units[j], units[i] })
	}
	if len(units) > 0 && b.rng.IntN(10) == 0 {
		if u := units[b.rng.IntN(len(units))]; len(u) == 1 {
			units = append(units, u)
		}
	}
	if len(b.def.Floating) > 0 && b.rng.IntN(8) == 0 && oneSize(b.def) {
		units = append(units, unit{b.stranger()})
	}
	return units
}

// oneSize tells whether a message has one fixed part only. Where there are
// others, a tag that does not belong to the message cannot always be told from
// a fixed part that is longer or shorter than it should be.
func oneSize(def *schema.Message) bool {
	for v := schema.CCE().Versions().Min; v < schema.CCE().Versions().Max; v++ {
		if def.FixedSize(v) != def.FixedSize(v+1) {
			return false
		}
	}
	return len(def.Alternatives) == 0
}

// stranger is a tag that the message's layout does not have.
func (b *builder) stranger() item {
	for {
		tag := uint16(1 + b.rng.IntN(330))
		if !b.wide() && tag > 0xff || b.hasTag(tag) {
			continue
		}
		t := schema.CCE().LookupTag(tag)
		if t == nil || t.Reserved() {
			return item{&schema.Field{Name: "Tag_" + itoa(int(tag)), Type: schema.Unspec, Size: 20}, tag}
		}
		if !b.hasName(t.Field.Name) && t.Field.Group == "" {
			return item{&t.Field, tag}
		}
	}
}

func (b *builder) hasTag(tag uint16) bool {
	for _, f := range b.def.Floating {
		if f.Tag == tag {
			return true
		}
	}
	return false
}

func (b *builder) hasName(name string) bool {
	for _, list := range [2][]*schema.Field{b.def.Fixed, b.def.Floating} {
		for _, f := range list {
			if f.Name == name || f.Group == name {
				return true
			}
		}
	}
	return false
}

// bounded leaves out units so that the message cannot grow beyond the guide's
// limit.
func (b *builder) bounded(units []unit) []unit {
	left := schema.MaxMessageLength - b.def.FixedSize(b.opts.Version)
	var out []unit
	for _, u := range units {
		size := 0
		for _, it := range u {
			size += 4 + max(it.field.Size, 8) + 8
		}
		if left -= size; left < 0 {
			break
		}
		out = append(out, u)
	}
	return out
}
