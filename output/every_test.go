package output

import (
	"bytes"
	"encoding/hex"
	"encoding/json"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"ctiscope/decode"
	"ctiscope/decode/schema"
	"ctiscope/session"
)

// everyField gives each floating field of a message a value, twice over if
// the tables let it repeat, and a foreign and an unknown tag besides.
func everyField(def *schema.Message, version int) []decode.Setting {
	var values []decode.Setting
	for round := range 2 {
		for _, f := range def.Floating {
			if f.Tag == 0 || !f.In(version) || version < schema.CCE().Versions().WideTag && f.Tag > 255 || round > 0 && !f.Repeats() && !f.Array {
				continue
			}
			v := decode.Setting{Name: f.Name, Num: int64(round + 1), Nums: []int64{1, 2}, Key: "user.x", Bytes: []byte("te\"xt\x1b")}
			if f.Type == schema.Unspec {
				v.Bytes = []byte{0, 255}
			}
			values = append(values, v)
		}
	}
	return append(values, decode.Setting{Tag: 194, Bytes: []byte("1001")}, decode.Setting{Tag: 55, Bytes: []byte("x")}, decode.Setting{Tag: 62, Num: 7, Bytes: []byte{0, 0, 0, 7}})
}

// forEvery calls do with a full message of every type at several versions.
func forEvery(t *testing.T, do func(name string, version int, frame []byte)) {
	for _, def := range schema.CCE().Messages() {
		if !def.HasLayout {
			continue
		}
		for _, version := range []int{5, 9, 19, 25} {
			frame, err := decode.CCE().AppendMessage(nil, def, version, everyField(def, version))
			require.NoError(t, err, def.Name)
			do(def.Name, version, frame)
		}
	}
}

func TestEveryMessagePrints(t *testing.T) {
	opts := Options{Width: 100, Hex: true}
	j, text, detail := NewJSON(Options{}), NewText(opts), NewDetail(opts)
	forEvery(t, func(name string, version int, frame []byte) {
		r := decoded(frame, version)
		b := j.Append(nil, r)
		checkJSON(t, b)
		requireValues(t, r.Message, b)

		b = text.Append(nil, r)
		require.Equal(t, 1, bytes.Count(b, []byte("\n")))
		requireClean(t, bytes.TrimSuffix(b, []byte("\n")))
		require.Contains(t, string(b), " "+name+" ")

		for _, l := range strings.Split(strings.TrimSuffix(string(detail.Append(nil, r)), "\n"), "\n") {
			requireClean(t, []byte(l))
		}
	})
}

// requireValues requires the values in the JSON to be those of the message,
// each under its name and as often as it comes.
func requireValues(t *testing.T, m *decode.Message, b []byte) {
	t.Helper()
	var whole struct{ Fields map[string]any }
	require.NoError(t, json.Unmarshal(b, &whole))
	c := collector{found: make(map[string][]any), lists: make(map[string]bool)}
	for _, f := range m.Def.Floating {
		c.lists[f.Name] = f.Array
	}
	for key, v := range whole.Fields {
		c.collect(key, v)
	}
	found := c.found
	for i := range m.Fields {
		f := &m.Fields[i]
		key := f.Name()
		if f.Def != nil && !f.Foreign && f.Def.Group != "" {
			key = f.Def.Group + "." + key
		} else if len(found[key]) == 0 { // a stranger inside a record
			key = groupOf(m.Def) + "." + key
		}
		if list, ok := rawValue(m, f).([]any); ok && len(list) == 0 && len(found[key]) == 0 {
			continue // no number more
		}
		require.NotEmpty(t, found[key], "%s.%s in %s", m.Name(), key, b)
		if rest, ok := behind(found[key][0], rawValue(m, f)); ok { // numbers sent in parts are one array
			found[key][0] = rest
			continue
		}
		want := rawValue(m, f)
		require.Equal(t, want, found[key][0], "%s.%s in %s", m.Name(), key, b)
		if !m.Conceals(f) {
			require.Equal(t, want, readValue(m, f), "%s.%s as decode reads it", m.Name(), key)
		}
		found[key] = found[key][1:]
	}
	for key, left := range found {
		require.Empty(t, left, "%s.%s in %s", m.Name(), key, b)
	}
}

// behind returns what stands behind the numbers of part in those of whole.
func behind(whole, part any) (rest []any, ok bool) {
	all, isList := whole.([]any)
	first, alsoList := part.([]any)
	if !isList || !alsoList || len(all) <= len(first) {
		return nil, false
	}
	for i := range first {
		if all[i] != first[i] {
			return nil, false
		}
	}
	return all[len(first):], true
}

// groupOf returns the group that the message has.
func groupOf(def *schema.Message) string {
	for _, f := range def.Floating {
		if f.Group != "" {
			return f.Group
		}
	}
	return ""
}

// collector takes "fields" apart.
type collector struct {
	found map[string][]any
	lists map[string]bool // names of the fields that are an array of numbers
}

// collect takes a member apart. An array of numbers is one value, other arrays
// hold one for each time that the field comes.
func (c *collector) collect(key string, v any) {
	list, ok := v.([]any)
	_, name, grouped := strings.Cut(key, ".")
	if !grouped {
		name = key
	}
	nested := len(list) > 0
	if nested {
		_, nested = list[0].([]any)
	}
	if !ok || c.lists[name] && !nested {
		c.found[key] = append(c.found[key], simple(v))
		return
	}
	for _, e := range list {
		object, ok := e.(map[string]any)
		if _, named := object["name"]; !ok || named {
			c.found[key] = append(c.found[key], simple(e))
			continue
		}
		for name, member := range object {
			c.collect(key+"."+name, member)
		}
	}
}

// simple takes the number out of {"value":2,"name":"X"} and the text out of a
// named variable.
func simple(v any) any {
	if list, ok := v.([]any); ok {
		for i := range list {
			list[i] = simple(list[i])
		}
		return list
	}
	if object, ok := v.(map[string]any); ok {
		return object["value"]
	}
	return v
}

// readValue is the value of a field by its one reading.
func readValue(m *decode.Message, f *decode.Field) any {
	v := m.Value(f)
	switch v.Kind {
	case schema.ListKind:
		return rawValue(m, f)
	case schema.TextKind, schema.NamedKind:
		return string(v.Text)
	case schema.TimeKind:
		if v.None {
			return nil
		}
		return time.Unix(v.Num, 0).UTC().Format(time.RFC3339)
	case schema.BoolKind:
		return v.Num != 0
	case schema.RawKind:
		return hex.EncodeToString(v.Text)
	}
	return float64(v.Num)
}

// rawValue is the value of a field as encoding/json would read it.
func rawValue(m *decode.Message, f *decode.Field) any {
	switch {
	case m.Conceals(f):
		return mask
	case f.Def != nil && f.Def.Array && !f.Odd:
		list := []any{}
		for i := range m.NumElements(f) {
			list = append(list, float64(m.Element(f, i)))
		}
		return list
	}
	switch t := f.Type(); t {
	case schema.String:
		return string(m.Text(f))
	case schema.NamedVar, schema.NamedArray:
		_, _, value := m.NamedVariable(f)
		return string(value)
	case schema.Time:
		if u := m.Uint(f); u != 0 && u != schema.None32 {
			return time.Unix(int64(u), 0).UTC().Format(time.RFC3339)
		}
		return nil
	case schema.Bool:
		if f.Def.Values == nil {
			return m.Uint(f) != 0
		}
		return float64(m.Uint(f))
	case schema.Unspec, schema.TaskID, schema.AppPathID:
		return hex.EncodeToString(m.Data(f))
	}
	return float64(m.Int(f))
}

// Every beginning of a message prints as well as the whole.
func TestEveryPrefixPrints(t *testing.T) {
	j, text, detail := NewJSON(Options{}), NewText(Options{}), NewDetail(Options{})
	forEvery(t, func(name string, version int, frame []byte) {
		if version != 9 && version != 25 {
			return
		}
		for n := 0; n < len(frame); n += 1 + n/4 {
			r := decoded(frame[:n], version)
			checkJSON(t, j.Append(nil, r))
			requireClean(t, bytes.TrimSuffix(text.Append(nil, r), []byte("\n")))
			require.NotEmpty(t, detail.Append(nil, r))
		}
	})
}

func FuzzPrint(f *testing.F) {
	f.Add(delivered(f).Message.Frame, 15)
	f.Add(notReady(f).Message.Frame, 17)
	f.Add(encode(f, "CONFIG_TERMINAL_EVENT", 24, everyField(schema.CCE().ByName("CONFIG_TERMINAL_EVENT"), 24)...), 24)
	f.Add([]byte{0, 0, 0, 4, 0, 0, 0, 151, 1, 2, 3, 4}, 9)
	j, text := NewJSON(Options{}), NewText(Options{})
	detail := NewDetail(Options{Hex: true})
	f.Fuzz(func(t *testing.T, frame []byte, version int) {
		r := decoded(frame, version)
		checkJSON(t, j.Append(nil, r))
		requireClean(t, bytes.TrimSuffix(text.Append(nil, r), []byte("\n")))
		for _, b := range [][]byte{detail.Append(nil, r), tabled(Options{Width: 80}, []*session.Record{r}), tabled(Options{Width: 160, Wrap: true}, []*session.Record{r, r})} {
			for _, l := range bytes.Split(bytes.TrimSuffix(b, []byte("\n")), []byte("\n")) {
				requireClean(t, l)
			}
		}
	})
}
