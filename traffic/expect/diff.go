package expect

import (
	"fmt"
	"slices"
	"strings"

	"ctiscope/decode/schema"
)

// Diff returns what is wrong with a printed message, in words for people, or ""
// when it is right. Fields are compared name by name: the values of one name
// have to be the same ones in the same order. Fields that come once and belong
// to no group have to stand in the expectation's order.
func Diff(want *Message, got *Printed) string {
	var b strings.Builder
	say := func(format string, args ...any) { fmt.Fprintf(&b, format+"\n", args...) }
	if want.Type != got.Type || want.Name != got.Name || want.Length != got.Length {
		say("want %s (%d) of %d bytes, got %s (%d) of %d", want.Name, want.Type, want.Length, got.Name, got.Type, got.Length)
		return b.String()
	}
	if got.From != "unknown" && want.From != got.From {
		say("%s: from %s, want %s", want.Name, got.From, want.From)
	}
	w, g := byName(want.Fields), byName(got.Fields)
	for _, name := range w.names {
		a, c := w.values[name], g.values[name]
		if len(a) != len(c) {
			say("%s: %s comes %d times, want %d: %v, want %v", want.Name, name, len(c), len(a), c, a)
			continue
		}
		for i := range a {
			if !Equal(a[i], c[i]) {
				say("%s: %s is %v, want %v", want.Name, name, c[i], a[i])
			}
		}
	}
	for _, name := range g.names {
		if w.values[name] == nil {
			say("%s: %s = %v is not expected", want.Name, name, g.values[name])
		}
	}
	if a, c := w.singles(want.Type), g.singles(want.Type); b.Len() == 0 && !slices.Equal(a, c) {
		say("%s: order of fields is %v, want %v", want.Name, c, a)
	}
	return b.String()
}

// named is a list of fields by name; names stand in the order of first
// appearance.
type named struct {
	names  []string
	values map[string][]any
}

func byName(fields []Field) named {
	n := named{values: make(map[string][]any)}
	for _, f := range fields {
		if n.values[f.Name] == nil {
			n.names = append(n.names, f.Name)
		}
		n.values[f.Name] = append(n.values[f.Name], f.Value)
	}
	return n
}

// singles returns the names that come once, in order, without those of groups.
func (n *named) singles(number uint32) []string {
	def := schema.CCE().Lookup(number)
	return slices.DeleteFunc(slices.Clone(n.names), func(name string) bool {
		return len(n.values[name]) != 1 || def != nil && slices.ContainsFunc(def.Floating, func(f *schema.Field) bool {
			return f.Name == name && f.Group != ""
		})
	})
}

// Equal compares a raw value with a printed one.
func Equal(raw, printed any) bool {
	switch raw := raw.(type) {
	case int64:
		n, null, ok := numberOf(printed)
		return ok && (n == raw || null && (raw == 0 || raw == 0xffffffff))
	case string:
		s, ok := printed.(string)
		return ok && s == raw
	case []any:
		list, ok := printed.([]any)
		if !ok || len(list) != len(raw) {
			return false
		}
		for i := range raw {
			if !Equal(raw[i], list[i]) {
				return false
			}
		}
		return true
	case Named:
		m, ok := printed.(map[string]any)
		if !ok || m["name"] != raw.Name || m["value"] != raw.Value {
			return false
		}
		index, has := m["index"].(int64)
		return has == (raw.Index != nil) && (!has || index == int64(*raw.Index))
	case map[string]any: // a Named that was read from a file
		m, ok := printed.(map[string]any)
		return ok && m["name"] == raw["name"] && m["value"] == raw["value"] && m["index"] == raw["index"]
	}
	return false
}
