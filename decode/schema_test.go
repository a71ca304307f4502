package decode

import (
	"fmt"
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/require"

	"ctiscope/decode/schema"
)

// eachLayout calls fn for every message with a layout at every version that
// has the message.
func eachLayout(t *testing.T, fn func(t *testing.T, def *schema.Message, version int)) {
	for _, def := range schema.CCE().Messages() {
		if !def.HasLayout {
			continue
		}
		for v := max(schema.CCE().Versions().Min, int(def.Since)); v <= schema.CCE().Versions().Max; v++ {
			fn(t, def, v)
		}
	}
}

// randomValues makes legal values for every field of a message, some of the
// repeating ones more than once.
func randomValues(r *rand.Rand, def *schema.Message, version int) []Setting {
	var values []Setting
	for _, f := range def.Fixed {
		if f.In(version) {
			values = append(values, randomValue(r, f, version))
		}
	}
	room := schema.MaxMessageLength - def.FixedSize(version)
	for range 1 + r.IntN(3) {
		for _, f := range def.Floating {
			wide := CCE().wideTags(version)
			if f.Tag == 0 || !f.In(version) || (!wide && f.Tag > 255) || r.IntN(8) == 0 || room < f.Size+4 {
				continue
			}
			room -= f.Size + 4
			values = append(values, randomValue(r, f, version))
		}
	}
	return values
}

func randomValue(r *rand.Rand, f *schema.Field, version int) Setting {
	v := Setting{Name: f.Name, Tag: f.Tag}
	size := f.Type.Size()
	switch {
	case f.Type == schema.NamedVar || f.Type == schema.NamedArray:
		v.Key, v.Bytes = "user."+letters(r, 20), []byte(letters(r, 200))
		if f.Type == schema.NamedArray {
			v.Index = uint8(r.UintN(256))
		}
	case size == 0 || size > 4:
		v.Bytes = []byte(letters(r, min(max(f.Size-1, 0), 250)))
		if size > 4 {
			v.Bytes = []byte("0123456789ab")[:size]
		}
	case f.Array:
		for range r.IntN(min(max(f.Size/size, 1), 60)) + 1 {
			v.Nums = append(v.Nums, randomNumber(r, f.Type))
		}
	default:
		v.Num = randomNumber(r, f.Type)
	}
	return v
}

func letters(r *rand.Rand, limit int) string {
	b := make([]byte, r.IntN(limit+1))
	for i := range b {
		b[i] = "abcdefghijKLMNOP 0123456789.-_@"[r.IntN(31)]
	}
	return string(b)
}

func randomNumber(r *rand.Rand, t schema.Type) int64 {
	if t == schema.Bool {
		return int64(r.IntN(2))
	}
	n := uint32(r.Uint64())
	if r.IntN(3) > 0 {
		n = common[r.IntN(len(common))]
	}
	return signed(t, n&(1<<(8*t.Size())-1))
}

// common are the numbers that most fields of real messages hold. Two of them
// in a row look like a header.
var common = []uint32{0, 0, 1, 1, 2, 3, 4, 5, 6, 8, 12, 5000, 0xFFFFFFFF}

// readValue is what decoding must give back for an encoded Value.
func readValue(m *Message, f *Field) Setting {
	v := Setting{Name: f.Def.Name, Tag: f.Tag}
	size := f.Def.Type.Size()
	switch {
	case f.Def.Type == schema.NamedVar || f.Def.Type == schema.NamedArray:
		i, name, value := m.NamedVariable(f)
		v.Key, v.Bytes = string(name), append([]byte{}, value...)
		if i >= 0 {
			v.Index = uint8(i)
		}
	case f.Def.Type == schema.String:
		v.Bytes = append([]byte{}, m.Text(f)...)
	case size == 0 || size > 4:
		v.Bytes = append([]byte{}, m.Data(f)...)
	case f.Def.Array:
		for i := range m.NumElements(f) {
			v.Nums = append(v.Nums, m.Element(f, i))
		}
	default:
		v.Num = m.Int(f)
	}
	return v
}

func TestEncodeDecodeAgree(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	var m Message
	d := CCE().Decoder(0)
	eachLayout(t, func(t *testing.T, def *schema.Message, version int) {
		values := randomValues(r, def, version)
		frame, err := CCE().AppendMessage(nil, def, version, values)
		require.NoError(t, err, "%s at %d", def.Name, version)
		d.Reset(version)
		d.Decode(&m, frame)
		require.Same(t, def, m.Def)
		require.Equal(t, len(values), len(m.Fields), "%s at %d", def.Name, version)
		for i := range m.Fields {
			got := readValue(&m, &m.Fields[i])
			want := values[i]
			require.Equal(t, fmt.Sprintf("%+v", want), fmt.Sprintf("%+v", got), "%s at %d", def.Name, version)
		}
		require.Zero(t, m.Undecoded.Len)
		for _, p := range m.Problems {
			require.Contains(t, []Code{CountMismatch, Repeated}, p.Code, "%s at %d", def.Name, version)
		}
	})
}

func TestEveryPrefixIsReported(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 4))
	var m Message
	d := CCE().Decoder(0)
	eachLayout(t, func(t *testing.T, def *schema.Message, version int) {
		if version%5 != 0 && version != 19 && version != 24 {
			return
		}
		frame, err := CCE().AppendMessage(nil, def, version, randomValues(r, def, version))
		require.NoError(t, err)
		d.Reset(version)
		for n := range frame {
			d.Decode(&m, frame[:n])
			if len(m.Problems) == 0 || m.Problems[0].Code != Truncated {
				require.Equal(t, Truncated, m.Problems[0].Code, "%s at %d, %d bytes", def.Name, version, n)
			}
			for i := range m.Fields {
				if f := &m.Fields[i]; int(f.Off)+int(f.Len) > n {
					require.FailNow(t, "field past the cut", "%s %s", def.Name, f.Name())
				}
			}
		}
	})
}
