package decode

import (
	"slices"

	"ctiscope/decode/schema"
)

// layout is one fixed part of a message: its fields as they stand in a frame.
type layout struct {
	size   int     // bytes of the body that the fixed part takes
	fields []Field // ready to copy; together they may take less than size
	bools  []int   // indexes into fields of BOOL values
	counts []count
}

// plan is a message definition made ready for decoding.
type plan struct {
	codec *Codec
	def   *schema.Message
	// layouts are the distinct fixed parts, those of the versions first.
	layouts []layout
	// nominal is the layout of each version; order lists, for each version,
	// which layouts to try, the nominal one first.
	nominal []uint8
	order   [][]uint8
	minSize int // smallest size of all layouts
	// floating maps a tag to 1 + its index in def.Floating; 0 stands for a
	// tag that the layout does not have.
	floating []uint8
	rules    []sizeRule // of def.Floating
	also     []uint16   // def.AlsoTags
	secret   bool       // the message can carry a password
}

// count is a count field of the fixed part and the floating fields it counts.
type count struct {
	field   int   // index into layout.fields
	members []int // indexes into def.Floating
}

// sizeRule says which data sizes suit a floating field.
type sizeRule struct {
	exact uint16 // the only good size, 0 when it varies
	unit  uint16 // sizes must be a multiple of it
	limit uint16 // the guide's maximum, 0 for none
	plain bool   // there is nothing to look at but the size
	once  bool   // the field does not repeat
}

func newSizeRule(f *schema.Field) sizeRule {
	r := sizeRule{unit: 1, once: !f.Repeats() && f.Index != schema.NoIndex, plain: f.Type < schema.NamedVar && f.Type != schema.Bool}
	switch n := uint16(f.Type.Size()); {
	case f.Array:
		r.unit = max(n, 1)
	case n > 0:
		r.exact = n
	default:
		r.limit = uint16(min(f.Size, schema.MaxMessageLength))
	}
	return r
}

// fits tells whether n bytes can be read as the field's type.
func (r sizeRule) fits(n int) bool {
	switch {
	case r.exact != 0:
		return n == int(r.exact)
	case r.unit == 1: // nearly always; a division would take longer than all else
		return true
	}
	return n%int(r.unit) == 0
}

func (c *Codec) newPlan(def *schema.Message) *plan {
	p := &plan{codec: c, def: def, also: def.AlsoTags}
	if !def.HasLayout {
		return p
	}
	for v := c.versions.Min; v <= c.versions.Max; v++ {
		p.nominal = append(p.nominal, p.add(def.FixedSize(v), fieldsAt(def, v)))
	}
	p.minSize = p.layouts[0].size
	for i := range p.nominal {
		p.order = append(p.order, p.newOrder(i))
	}
	for _, l := range p.layouts {
		p.minSize = min(p.minSize, l.size)
	}
	p.addFloating()
	return p
}

func fieldsAt(def *schema.Message, version int) []*schema.Field {
	var fields []*schema.Field
	for _, f := range def.Fixed {
		if f.In(version) {
			fields = append(fields, f)
		}
	}
	return fields
}

// add returns the index of the layout with these fields, made if need be.
func (p *plan) add(size int, fields []*schema.Field) uint8 {
	same := func(l layout) bool {
		return l.size == size && slices.EqualFunc(l.fields, fields, func(a Field, b *schema.Field) bool { return a.Def == b })
	}
	if i := slices.IndexFunc(p.layouts, same); i >= 0 {
		return uint8(i)
	}
	l := layout{size: size, counts: newCounts(p.def, fields)}
	off := schema.HeaderSize
	for i, f := range fields {
		l.fields = append(l.fields, Field{Def: f, Off: uint16(off), Len: uint16(f.Size), Odd: f.Type.Size() > 0 && f.Type.Size() != f.Size})
		if f.Type == schema.Bool {
			l.bools = append(l.bools, i)
		}
		off += f.Size
	}
	p.layouts = append(p.layouts, l)
	return uint8(len(p.layouts) - 1)
}

// newOrder lists the layouts to try at a version: its own, the sizes to try
// that the guide's doubts give, then those of other versions, nearest first.
func (p *plan) newOrder(v int) []uint8 {
	order := []uint8{p.nominal[v]}
	put := func(i uint8) {
		if !slices.Contains(order, i) {
			order = append(order, i)
		}
	}
	for _, a := range p.def.Alternatives {
		if i := v + p.codec.versions.Min; int(a.From) <= i && i <= int(a.To) {
			put(p.add(a.Size, a.Fields))
		}
	}
	for d := 1; d < len(p.nominal); d++ {
		if v-d >= 0 {
			put(p.nominal[v-d])
		}
		if v+d < len(p.nominal) {
			put(p.nominal[v+d])
		}
	}
	return order
}

func (p *plan) addFloating() {
	for i, f := range p.def.Floating {
		p.rules = append(p.rules, newSizeRule(f))
		p.secret = p.secret || f.Secret
		if f.Tag == 0 {
			continue // no source states the tag
		}
		for int(f.Tag) >= len(p.floating) {
			p.floating = append(p.floating, 0)
		}
		p.floating[f.Tag] = uint8(i + 1)
	}
	for _, tag := range p.also {
		if t := p.codec.protocol.LookupTag(tag); t != nil && t.Field.Secret {
			p.secret = true
		}
	}
}

// newCounts returns the count fields among fields, and what they count.
func newCounts(def *schema.Message, fields []*schema.Field) (counts []count) {
	for i, f := range fields {
		c := count{field: i}
		for k, m := range def.Floating {
			if m.Count == f.Name && !m.Array {
				c.members = append(c.members, k)
			}
		}
		if len(c.members) > 0 {
			counts = append(counts, c)
		}
	}
	return counts
}
