package output

import (
	"encoding/binary"
	"encoding/hex"
	"math/rand/v2"
	"strings"
	"testing"

	"ctiscope/text"

	"github.com/stretchr/testify/require"

	"ctiscope/decode"
	"ctiscope/decode/schema"
)

// password is what must not be seen, nor four bytes of it, as text or as hex.
const password = "jOkLm:nzKoJl" // the hex of each has a letter, as no number has

// showsPassword tells what of the password is in an output.
func showsPassword(out []byte) string {
	plain := string(out)
	packed := strings.NewReplacer(" ", "", "\n", "").Replace(strings.ToLower(plain))
	for i := range len(password) - 3 {
		part := password[i : i+4]
		if strings.Contains(plain, part) || strings.Contains(packed, hex.EncodeToString([]byte(part))) {
			return part
		}
	}
	return ""
}

// secretMessages returns the frames of all messages that can carry a password,
// with one in each field that may be one, and with what is common beside it.
func secretMessages(t testing.TB) map[string][]byte {
	frames := map[string][]byte{}
	for _, def := range decode.CCE().Protocol().Messages() {
		for _, f := range def.Floating {
			if !f.Secret {
				continue
			}
			for _, version := range []int{5, 9, 14, 20, 25} {
				if !f.In(version) {
					continue
				}
				v := str(f.Name, password)
				if f.Type == schema.Unspec {
					v = tagged(f.Tag, password)
				}
				for _, values := range [][]decode.Setting{{v}, withSomeText(def, v), append([]decode.Setting{v}, withSomeText(def, v)...)} {
					frame, err := decode.CCE().AppendMessage(nil, def, version, values)
					require.NoError(t, err)
					frames[def.Name+" "+text.Decimal(uint32(version))+" "+text.Decimal(uint32(len(frame)))] = frame
				}
			}
		}
	}
	require.Greater(t, len(frames), 50)
	return frames
}

// withSomeText returns two texts and v.
func withSomeText(def *schema.Message, v decode.Setting) (values []decode.Setting) {
	for _, f := range def.Floating {
		if f.Type == schema.String && !f.Secret && f.Since == 0 && f.Tag < 256 {
			values = append(values, str(f.Name, "jdoe"))
		}
		if len(values) == 2 {
			break
		}
	}
	return append(values, v)
}

// print prints a frame in all formats, at several versions of a session.
func (p *printers) print(frame []byte, versions ...int) []byte {
	p.out = p.out[:0]
	for _, version := range versions {
		r := decoded(frame, version)
		p.out = p.detail.Append(p.out, r)
		p.out = p.plain.Append(p.out, r)
		p.out = p.table.Append(p.out, r)
		p.out = p.json.Append(p.out, r)
		p.out = p.text.Append(p.out, r)
	}
	return p.out
}

type printers struct {
	detail, plain *Detail
	table         *Table
	json          *JSON
	text          *Text
	out           []byte
}

func newPrinters() *printers {
	o, hex := Options{Width: 400}, Options{Width: 400, Hex: true}
	return &printers{detail: NewDetail(hex), plain: NewDetail(o), table: NewTable(o), json: NewJSON(o), text: NewText(o)}
}

// unread are numbers of messages that cannot be taken apart.
var unread = func() []uint32 {
	numbers := []uint32{300, 5000, 65000}
	for _, def := range decode.CCE().Protocol().Messages() {
		if !def.HasLayout {
			numbers = append(numbers, def.Number)
		}
	}
	return numbers
}()

// distort does to a frame what newer versions, other dialects, faulty senders
// and cut packets do, but for the password itself and its tag.
func distort(rng *rand.Rand, frame []byte) []byte {
	frame = append([]byte(nil), frame...)
	at := strings.Index(string(frame), password)
	switch rng.IntN(6) {
	case 0: // fields more in the fixed part, of any content
		n := 1 + rng.IntN(8)
		place := schema.HeaderSize + rng.IntN(8)
		more := make([]byte, n)
		if rng.IntN(2) == 0 {
			more[rng.IntN(n)] = byte(rng.IntN(256))
		}
		frame = append(frame[:place], append(more, frame[place:]...)...)
	case 1: // fields less
		n := 1 + rng.IntN(8)
		frame = append(frame[:schema.HeaderSize], frame[schema.HeaderSize+n:]...)
	case 2: // a length that lies: the password's own, or one before it
		for i := max(at-1-rng.IntN(24), schema.HeaderSize); i < at; i++ {
			if i < at-4 && rng.IntN(3) == 0 { // its tag stays what it is
				frame[i] += byte(rng.IntN(64)) - 20
				break
			}
		}
		if frame[at-1] == 0 {
			frame[at-1] = byte(rng.IntN(40))
		}
	case 3: // the length right before it
		frame[at-1] = byte(rng.IntN(40))
	case 4: // the end is missing
		return frame[:at+rng.IntN(len(frame)-at)]
	case 5: // a message that nobody knows, or the guide has no layout for
		binary.BigEndian.PutUint32(frame[4:], unread[rng.IntN(len(unread))])
	}
	if rng.IntN(4) == 0 && len(frame) > at+4 {
		return frame[:at+4+rng.IntN(len(frame)-at-4)]
	}
	binary.BigEndian.PutUint32(frame, uint32(len(frame)-schema.HeaderSize))
	return frame
}

func TestNoPasswordIsPrintedWhateverIsWrong(t *testing.T) {
	p := newPrinters()
	for name, frame := range secretMessages(t) {
		out := p.print(frame, 5, 9, 14, 20, 25)
		require.Empty(t, showsPassword(out), name)
		for seed := range uint64(12) {
			broken := distort(rand.New(rand.NewPCG(seed, 7)), frame)
			if part := showsPassword(p.print(broken, 5, 15, 25)); part != "" {
				require.Fail(t, "printed "+part, "%s seed %d: %x", name, seed, broken)
			}
		}
	}
}

func TestAMaskDoesNotTellALength(t *testing.T) {
	def := decode.CCE().Protocol().ByName("SET_AGENT_STATE_REQ")
	lines := map[string]bool{}
	for _, pw := range []string{"", "a", password} {
		frame, err := decode.CCE().AppendMessage(nil, def, 15, []decode.Setting{str("AgentPassword", pw)})
		require.NoError(t, err)
		for l := range strings.Lines(string(NewDetail(Options{Width: 100, Hex: true}).Append(nil, decoded(frame, 15)))) {
			if strings.Contains(l, "AgentPassword") {
				lines[l] = true
			}
		}
	}
	require.Len(t, lines, 1)
}

func TestShownPasswordsAreText(t *testing.T) {
	frame, err := decode.CCE().AppendMessage(nil, decode.CCE().Protocol().ByName("OPEN_REQ"), 15, []decode.Setting{tagged(2, password)})
	require.NoError(t, err)
	opts := Options{Width: 200, ShowSecrets: true}
	require.Contains(t, string(NewDetail(opts).Append(nil, decoded(frame, 15))), `"`+password+`"`)
}

func FuzzSecrets(f *testing.F) {
	var frames [][]byte
	for _, frame := range secretMessages(f) {
		frames = append(frames, frame)
	}
	for seed := range uint64(8) {
		f.Add(seed, uint16(seed), uint8(15))
	}
	p := newPrinters()
	f.Fuzz(func(t *testing.T, seed uint64, which uint16, version uint8) {
		broken := distort(rand.New(rand.NewPCG(seed, 11)), frames[int(which)%len(frames)])
		if part := showsPassword(p.print(broken, int(version%32))); part != "" {
			t.Fatalf("printed %q of %x", part, broken)
		}
	})
}
