package judge

import (
	"bytes"
	"context"
	"fmt"
	"net/netip"
	"testing"

	"github.com/stretchr/testify/require"

	"ctiscope/capture"
	"ctiscope/decode"
	"ctiscope/decode/schema"
	"ctiscope/pipeline"
	"ctiscope/reassembly"
	"ctiscope/session"
	"ctiscope/traffic/damage"
)

// finder is a Stage that looks the bytes of each message up in the capture file
// again.
type finder struct {
	file    []byte
	strings int // STRING fields that were found
	split   int // of these, those that lie in several pieces
	wrong   string
	pieces  []capture.Piece
}

func (f *finder) Take(r *session.Record, _ *pipeline.Out) {
	if r.Kind != session.Message {
		return
	}
	m := r.Message
	if !f.same(r, 0, m.Frame) {
		return
	}
	for i := range m.Fields {
		if fd := &m.Fields[i]; fd.Type() == schema.String && f.same(r, int(fd.Off), m.Data(fd)) {
			f.strings++
			if len(f.pieces) > 1 {
				f.split++
			}
		}
	}
}

// same tells whether the packets hold data where the record says.
func (f *finder) same(r *session.Record, from int, data []byte) bool {
	f.pieces = r.Places(f.pieces[:0], from, len(data))
	var got []byte
	for _, p := range f.pieces {
		const header = 16 // of a pcap record
		begin := p.Off + header + int64(p.At)
		got = append(got, f.file[begin:begin+int64(p.Len)]...)
	}
	if !bytes.Equal(got, data) && f.wrong == "" {
		f.wrong = fmt.Sprintf("%s of packet %d, from %d: %x, its places %v hold %x", r.Message.Name(), r.Mark.Number, from, data, f.pieces, got)
	}
	return f.wrong == ""
}

// find runs a capture file and looks everything up.
func find(t *testing.T, file []byte, o pipeline.Options) (strings, split int) {
	t.Helper()
	src, err := capture.Open([]string{"-"}, capture.Options{Stdin: bytes.NewReader(file)})
	require.NoError(t, err)
	defer src.Close()
	finders := pipeline.NewCounts(func() *finder { return &finder{file: file} })
	o.Trace, o.Taps = true, []pipeline.Tap{finders}
	_, err = pipeline.Run(context.Background(), src, o)
	require.NoError(t, err)
	for _, f := range finders.Stages {
		require.Empty(t, f.wrong)
		strings += f.strings
		split += f.split
	}
	return strings, split
}

// TestEveryStringIsFoundInItsPackets damages captures in every way there is, and
// finds each STRING field that is printed in the packets that brought it.
func TestEveryStringIsFoundInItsPackets(t *testing.T) {
	strings, split := 0, 0
	for seed := range rounds(200, 4000) {
		rng := damage.Rand(seed)
		version := 5 + rng.IntN(21)
		var c *clean
		if seed%4 == 0 {
			c = day(t, version, seed)
		} else {
			c = dice(version, seed)
		}
		d := parse(t, c)
		name := fmt.Sprintf("seed %d version %d:%s", seed, version, lossless(d, rng))
		if rng.IntN(2) == 0 {
			d.Retransmit(rng, 0.1, 12) // cut otherwise
		}
		if rng.IntN(2) == 0 {
			name += loss(d, rng)
		}
		if rng.IntN(6) == 0 {
			d.Snap(20 + rng.IntN(200))
		}
		o := pipeline.Options{Workers: 1 + rng.IntN(3)}
		if rng.IntN(2) == 0 {
			o.Session.Version = version
		}
		s, p := find(t, d.File(true), o)
		require.False(t, t.Failed(), name)
		strings, split = strings+s, split+p
	}
	require.Greater(t, strings, 50_000)
	require.Greater(t, split, 1000)
}

// xor hides the bytes of a connection, and shows them again.
type xor byte

func (x xor) Take(ev *reassembly.Event, give func(*reassembly.Event)) {
	if ev.Kind == reassembly.Data {
		plain := *ev
		plain.Bytes, plain.Block = bytes.Clone(ev.Bytes), nil
		for i := range plain.Bytes {
			plain.Bytes[i] ^= byte(x)
		}
		ev = &plain
	}
	give(ev)
}

// Glance finds hidden CTI on other ports.
func (x xor) Glance(payload []byte) reassembly.Verdict {
	plain := bytes.Clone(payload)
	for i := range plain {
		plain[i] ^= byte(x)
	}
	return [...]reassembly.Verdict{reassembly.No, reassembly.More, reassembly.Known}[decode.CCE().Recognize(plain)]
}

// Trial finds it in several segments.
func (x xor) Trial() reassembly.Trial { return &hidden{xor: x} }

type hidden struct {
	xor
	bytes []byte
}

// Feed judges the first bytes of a connection.
func (h *hidden) Feed(_ reassembly.Direction, b []byte) reassembly.Verdict {
	h.bytes = append(h.bytes, b...)
	return h.Glance(h.bytes)
}

// hide puts an XOR over all data of a capture, and its server at another port.
func (x xor) hide(d *damage.Capture, port uint16) {
	for i := range d.Packets {
		s := &d.Packets[i].Segment
		data := bytes.Clone(s.Payload)
		for k := range data {
			data[k] ^= byte(x)
		}
		s.Payload = data
		if port != 0 {
			movePort(d, i, port)
		}
	}
}

// movePort puts the server of a packet at another port.
func movePort(d *damage.Capture, i int, port uint16) {
	if n := d.Packets[i].Stream; n >= 0 {
		server := &d.Packets[i].Segment.Dst
		if d.Streams[n].FromServer {
			server = &d.Packets[i].Segment.Src
		}
		server.Addr = netip.AddrPortFrom(server.Addr.Addr(), port)
	}
}

// TestATransformShowsWhatIsHidden finds the messages of sessions whose bytes were
// changed, on CTI's ports and on others, and each in the packets that brought it.
func TestATransformShowsWhatIsHidden(t *testing.T) {
	const key = xor(0x5a)
	for _, port := range []uint16{0, 5555} {
		for seed := range rounds(10, 200) {
			c := day(t, 15, seed)
			want, err := Decode(parse(t, c).File(true), Options{})
			require.NoError(t, err)
			d := parse(t, c)
			key.hide(d, port)
			file := d.File(true)
			alone, err := Decode(file, Options{})
			require.NoError(t, err)
			require.Empty(t, alone.Messages, "nothing to see without it")

			var messages int64
			o := pipeline.Options{Workers: 1, Taps: []pipeline.Tap{pipeline.NewCounts(func() countMessages { return countMessages{&messages} })}}
			o.Session.Transform = func(*reassembly.Conn) session.Transform { return key }
			o.Reassembly.Recognizer = key
			src, err := capture.Open([]string{"-"}, capture.Options{Stdin: bytes.NewReader(file)})
			require.NoError(t, err)
			_, err = pipeline.Run(context.Background(), src, o)
			require.NoError(t, err)
			require.EqualValues(t, len(want.Messages), messages, "port %d seed %d", port, seed)
		}
	}
}

type countMessages struct{ n *int64 }

func (c countMessages) Take(r *session.Record, _ *pipeline.Out) {
	if r.Kind == session.Message {
		*c.n++
	}
}
