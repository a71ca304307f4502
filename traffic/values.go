package traffic

import (
	"fmt"

	"ctiscope/decode"
	"ctiscope/decode/schema"
)

// num is a field that holds a number.
func num(name string, n int64) decode.Setting { return decode.Setting{Name: name, Num: n} }

// text is a STRING field.
func text(name, s string) decode.Setting { return decode.Setting{Name: name, Bytes: []byte(s)} }

// raw is a field of bytes.
func raw(name string, b []byte) decode.Setting { return decode.Setting{Name: name, Bytes: b} }

// named is a NAMEDVAR.
func named(key, value string) decode.Setting {
	return decode.Setting{Name: "NamedVariable", Key: key, Bytes: []byte(value)}
}

// element is a NAMEDARRAY.
func element(key string, index uint8, value string) decode.Setting {
	return decode.Setting{Name: "NamedArray", Key: key, Index: index, Bytes: []byte(value)}
}

// Sent is a message as one side sent it.
type Sent struct {
	Def     *schema.Message
	Version int
	Values  []decode.Setting // those that the message has at this version
	Frame   []byte
}

// encode builds a message at a version: fields that the version lacks are left
// out, so that callers can name those of all versions. ok is false when the
// version has no such message.
func encode(name string, version int, values []decode.Setting) (m Sent, ok bool) {
	if since(name) > version {
		return Sent{}, false
	}
	def := schema.CCE().ByName(name)
	m = Sent{Def: def, Version: version, Values: make([]decode.Setting, 0, len(values))}
	for _, v := range values {
		if has(def, version, v.Name) {
			m.Values = append(m.Values, v)
		}
	}
	frame, err := decode.CCE().AppendMessage(nil, def, version, m.Values)
	if err != nil {
		// The program names a field wrongly: that is no fault of any input.
		panic(fmt.Sprintf("traffic: %v", err))
	}
	m.Frame = frame
	return m, true
}

// has tells whether a message of that version has the field; a name that no
// version has is a slip in this package.
func has(def *schema.Message, version int, name string) bool {
	known := false
	for _, list := range [2][]*schema.Field{def.Fixed, def.Floating} {
		for _, f := range list {
			if f.Name != name {
				continue
			}
			if known = true; f.In(version) && (f.Tag <= 0xff || version >= schema.CCE().Versions().WideTag) {
				return true
			}
		}
	}
	if !known {
		panic("traffic: " + def.Name + " has no field " + name)
	}
	return false
}

// since returns the first version that has a message; a name that the guide does
// not have is a slip in this package.
func since(name string) int {
	def := schema.CCE().ByName(name)
	if def == nil {
		panic("traffic: no message " + name)
	}
	return int(def.Since)
}
