package output

import (
	"bytes"
	"encoding/json"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"ctiscope/decode"
	"ctiscope/decode/schema"
)

// everyField gives each floating field of a message a value, twice over if
// the tables let it repeat, and a foreign and an unknown tag besides.
func everyField(def *schema.Message, version int) []decode.Value {
	var values []decode.Value
	for round := range 2 {
		for _, f := range def.Floating {
			if f.Tag == 0 || !f.In(version) || version < schema.WideTagVersion && f.Tag > 255 || round > 0 && !f.Repeats() && !f.Array {
				continue
			}
			v := decode.Value{Name: f.Name, Num: int64(round + 1), Nums: []int64{1, 2}, Key: "user.x", Bytes: []byte("te\"xt\x1b")}
			if f.Type == schema.Unspec {
				v.Bytes = []byte{0, 255}
			}
			values = append(values, v)
		}
	}
	return append(values, decode.Value{Tag: 194, Bytes: []byte("1001")}, decode.Value{Tag: 55, Bytes: []byte("x")}, decode.Value{Tag: 62, Num: 7, Bytes: []byte{0, 0, 0, 7}})
}

// forEvery calls do with a full message of every type at several versions.
func forEvery(t *testing.T, do func(name string, version int, frame []byte)) {
	for _, def := range schema.Messages() {
		if !def.HasLayout {
			continue
		}
		for _, version := range []int{5, 8, 9, 15, 19, 20, 25} {
			frame, err := decode.AppendMessage(nil, def, version, everyField(def, version))
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
		var whole struct{ Fields map[string]json.RawMessage }
		require.NoError(t, json.Unmarshal(b, &whole))
		requireNames(t, r.Message, whole.Fields)

		b = text.Append(nil, r)
		require.Equal(t, 1, bytes.Count(b, []byte("\n")))
		requireClean(t, bytes.TrimSuffix(b, []byte("\n")))
		require.Contains(t, string(b), " "+name+" ")

		for _, l := range strings.Split(strings.TrimSuffix(string(detail.Append(nil, r)), "\n"), "\n") {
			requireClean(t, []byte(l))
		}
	})
}

// requireNames requires each field of the message to be a key of fields, of a
// group's objects if it belongs to one.
func requireNames(t *testing.T, m *decode.Message, fields map[string]json.RawMessage) {
	t.Helper()
	for i := range m.Fields {
		f := &m.Fields[i]
		if !f.Foreign && f.Def.Group != "" {
			require.Contains(t, string(fields[f.Def.Group]), `"`+f.Name()+`":`, m.Name())
			continue
		}
		require.Contains(t, fields, f.Name(), m.Name())
	}
}

// Every beginning of a message prints as well as the whole.
func TestEveryPrefixPrints(t *testing.T) {
	j, text, detail := NewJSON(Options{}), NewText(Options{}), NewDetail(Options{})
	forEvery(t, func(name string, version int, frame []byte) {
		if version != 9 && version != 25 {
			return
		}
		for n := 0; n < len(frame); n += 1 + n/6 {
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
	f.Add(encode(f, "CONFIG_TERMINAL_EVENT", 24, everyField(schema.ByName("CONFIG_TERMINAL_EVENT"), 24)...), 24)
	f.Add([]byte{0, 0, 0, 4, 0, 0, 0, 151, 1, 2, 3, 4}, 9)
	j, text := NewJSON(Options{}), NewText(Options{})
	detail, table := NewDetail(Options{Hex: true}), NewTable(Options{Width: 80})
	f.Fuzz(func(t *testing.T, frame []byte, version int) {
		r := decoded(frame, version)
		checkJSON(t, j.Append(nil, r))
		requireClean(t, bytes.TrimSuffix(text.Append(nil, r), []byte("\n")))
		for _, b := range [][]byte{detail.Append(nil, r), table.Append(nil, r)} {
			for _, l := range bytes.Split(bytes.TrimSuffix(b, []byte("\n")), []byte("\n")) {
				requireClean(t, l)
			}
		}
	})
}
