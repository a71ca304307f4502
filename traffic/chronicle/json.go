package chronicle

import (
	"encoding/hex"
	"fmt"
	"sort"
	"time"

	"ctiscope/decode"
	"ctiscope/decode/schema"
)

// Object is one line, or a part of one, as the keys of its JSON.
type Object = map[string]any

// moment writes a time as captures with microseconds do.
func moment(t int64) string {
	return time.Unix(0, t).UTC().Format("2006-01-02T15:04:05.000000Z07:00")
}

// momentOrNull is moment for times of which 0 means none.
func momentOrNull(t int64) any {
	if t == 0 {
		return nil
	}
	return moment(t)
}

func seconds(d int64) float64 { return float64(d) / 1e9 }
func millis(d int64) float64  { return float64(d) / 1e6 }

// place is where a message stands.
func place(m *Message) Object {
	return Object{"time": moment(m.Time), "frame": m.Frame, "session": m.Session}
}

// value is a field as JSON has it: a value object, a mask, a number, a text, hex; nil where the message
// does not have it.
func (m *Message) value(name string) any { return m.valueOf(m.Find(name)) }

func (m *Message) valueOf(f *decode.Field) any {
	if f == nil {
		return nil
	}
	v := m.Value(f)
	switch v.Kind {
	case schema.MaskKind:
		return maskObject(v.Table, v.Uint())
	case schema.EnumKind:
		return Object{"value": v.Num, "name": orNull(v.Name())}
	case schema.TextKind:
		return orNull(string(v.Text))
	case schema.RawKind:
		return orNull(hex.EncodeToString(v.Text))
	}
	return v.Num
}

func maskObject(t *schema.Table, n uint32) Object {
	names := []any{}
	for i := range 32 {
		if n>>i&1 == 0 {
			continue
		}
		if name := t.Bit(i); name != "" {
			names = append(names, name)
		} else {
			names = append(names, fmt.Sprintf("0x%08x", uint32(1)<<i))
		}
	}
	return Object{"value": int64(n), "names": names}
}

// numberOrNull is a number of the message, nil where it means none.
func (m *Message) numberOrNull(name string) any {
	n, ok := m.uint(name)
	if !ok || n == none {
		return nil
	}
	return int64(n)
}

// orNull is a text, nil for none.
func orNull(s string) any {
	if s == "" {
		return nil
	}
	return s
}

// unknowns are the paths of a line that the capture cannot tell.
type unknowns map[string]bool

func (u unknowns) add(paths ...string) {
	for _, p := range paths {
		u[p] = true
	}
}

// list gives the paths in the order of the alphabet.
func (u unknowns) list() []any {
	names := make([]string, 0, len(u))
	for p := range u {
		names = append(names, p)
	}
	sort.Strings(names)
	out := make([]any, len(names))
	for i, p := range names {
		out[i] = p
	}
	return out
}
