package decode

import (
	"encoding/binary"
	"errors"
	"fmt"
	"slices"

	"ctiscope/decode/schema"
)

// Errors of AppendMessage, wrapped with the names of message and field.
var (
	ErrNoMessage  = errors.New("no message of this protocol")
	ErrNoLayout   = errors.New("the guide gives no layout for this message")
	ErrNoField    = errors.New("no such field at this version")
	ErrNoTag      = errors.New("no source states the field's tag")
	ErrValueRange = errors.New("value does not fit the field")
	ErrTooLong    = errors.New("message longer than 12500 bytes")
)

// AppendMessage appends a message to dst, header included, and returns the
// extended slice. It is the inverse of Decoder.Decode.
//
// Values that name a field of the fixed part may stand in any order, fixed
// fields without a Setting are 0. All other Settings become floating fields in the
// order given, as often as they stand there. On an error dst is returned as it
// was.
func (c *Codec) AppendMessage(dst []byte, def *schema.Message, version int, values []Setting) ([]byte, error) {
	if def == nil {
		return dst, ErrNoMessage
	}
	p := c.lookup(def.Number)
	switch {
	case p == nil || p.def != def:
		return dst, fmt.Errorf("%s: %w", def.Name, ErrNoMessage)
	case !def.HasLayout:
		return dst, fmt.Errorf("%s: %w", def.Name, ErrNoLayout)
	}
	l := &p.layouts[p.nominal[c.versionIndex(version)]]
	start := len(dst)
	out := append(dst, make([]byte, schema.HeaderSize+l.size)...)
	wide := c.wideTags(version)
	var err error
	for i := range values {
		v := &values[i]
		if f := l.find(v); f != nil {
			err = putNumber(out[start+int(f.Off):][:f.Len], f.Def, v.Num)
		} else {
			out, err = c.appendFloating(out, def, version, v, wide)
		}
		if err != nil {
			return dst, fmt.Errorf("%s: %s: %w", def.Name, v.Name, err)
		}
	}
	n := len(out) - start - schema.HeaderSize
	if n > schema.MaxMessageLength {
		return dst, fmt.Errorf("%s: %w: %d", def.Name, ErrTooLong, n+schema.HeaderSize)
	}
	binary.BigEndian.PutUint32(out[start:], uint32(n))
	binary.BigEndian.PutUint32(out[start+4:], def.Number)
	return out, nil
}

// find returns the fixed field that a value names, or nil.
func (l *layout) find(v *Setting) *Field {
	if v.Tag != 0 || v.Name == "" {
		return nil
	}
	for i := range l.fields {
		if l.fields[i].Def.Name == v.Name {
			return &l.fields[i]
		}
	}
	return nil
}

// floatingField returns the definition of the floating field that a value
// names: the message's own, else that of the tag table, else raw bytes.
func (c *Codec) floatingField(def *schema.Message, version int, v *Setting) (*schema.Field, error) {
	if v.Name == "" && v.Tag == 0 {
		return nil, ErrNoField
	}
	for _, f := range def.Floating {
		if (v.Name != "" && f.Name != v.Name) || (v.Tag != 0 && f.Tag != v.Tag) || !f.In(version) {
			continue
		}
		if f.Tag == 0 {
			return nil, ErrNoTag
		}
		return f, nil
	}
	if v.Tag != 0 {
		if t := c.protocol.LookupTag(v.Tag); t != nil && !t.Reserved() {
			return &t.Field, nil
		}
		return &schema.Field{Tag: v.Tag, Type: schema.Unspec}, nil
	}
	tags := c.protocol.Tags()
	if i := slices.IndexFunc(tags, func(t *schema.Tag) bool { return t.Field.Name == v.Name && !t.Reserved() }); i >= 0 {
		return &tags[i].Field, nil
	}
	return nil, ErrNoField
}

func (c *Codec) appendFloating(dst []byte, def *schema.Message, version int, v *Setting, wide bool) ([]byte, error) {
	f, err := c.floatingField(def, version, v)
	if err != nil {
		return dst, err
	}
	tag := f.Tag
	if v.Tag != 0 {
		tag = v.Tag
	}
	limit := 0xFF
	if wide {
		limit = 0xFFFF
		dst = binary.BigEndian.AppendUint16(dst, tag)
		dst = append(dst, 0, 0)
	} else if tag > 0xFF {
		return dst, fmt.Errorf("%w: tag %d takes two bytes", ErrNoField, tag)
	} else {
		dst = append(dst, byte(tag), 0)
	}
	data := len(dst)
	if dst, err = appendValue(dst, f, v); err != nil {
		return dst, err
	}
	n := len(dst) - data
	if n > limit {
		return dst, fmt.Errorf("%w: %d bytes of data", ErrValueRange, n)
	}
	if wide {
		binary.BigEndian.PutUint16(dst[data-2:], uint16(n))
	} else {
		dst[data-1] = byte(n)
	}
	return dst, nil
}

func appendValue(dst []byte, f *schema.Field, v *Setting) ([]byte, error) {
	switch size := f.Type.Size(); {
	case f.Type == schema.String:
		return append(append(dst, v.Bytes...), 0), nil
	case f.Type == schema.NamedArray:
		dst = append(dst, v.Index)
		fallthrough
	case f.Type == schema.NamedVar:
		dst = append(append(dst, v.Key...), 0)
		return append(append(dst, v.Bytes...), 0), nil
	case size == 0 || size > 4:
		return append(dst, v.Bytes...), nil
	case f.Array:
		for _, n := range v.Nums {
			off := len(dst)
			dst = append(dst, make([]byte, size)...)
			if err := putNumber(dst[off:], f, n); err != nil {
				return dst, err
			}
		}
		return dst, nil
	default:
		off := len(dst)
		dst = append(dst, make([]byte, size)...)
		return dst, putNumber(dst[off:], f, v.Num)
	}
}

// putNumber writes n big endian into the whole of b.
func putNumber(b []byte, f *schema.Field, n int64) error {
	if bits := 8 * len(b); n >= 1<<bits || n < -1<<(bits-1) {
		return fmt.Errorf("%w: %d is no %s", ErrValueRange, n, f.Type)
	}
	for i := len(b) - 1; i >= 0; i-- {
		b[i] = byte(n)
		n >>= 8
	}
	return nil
}
