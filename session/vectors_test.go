package session_test

import (
	"bufio"
	"bytes"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"sort"
	"strings"
	"testing"

	"github.com/google/gopacket"
	"github.com/google/gopacket/layers"
	"github.com/google/gopacket/pcapgo"
	"github.com/stretchr/testify/require"

	"ctiscope/decode"
	"ctiscope/decode/schema"
	"ctiscope/reassembly"
	"ctiscope/session"
)

// The reference captures are put together here by sorting all segments of a
// stream by sequence number, which needs no reassembly to be right, so that
// what fails here is framing, search, version or decoding.

type stream struct {
	conn *reassembly.Conn
	dir  reassembly.Direction
	seq  map[uint32]layers.TCP
	isn  uint32
	syn  bool
}

type expected struct {
	Session int      `json:"session"`
	From    string   `json:"from"`
	Name    string   `json:"name"`
	Length  int      `json:"length"`
	Fields  [][2]any `json:"fields"`
}

func TestVectors(t *testing.T) {
	files, err := filepath.Glob("../testdata/vectors/*.pcap")
	require.NoError(t, err)
	require.NotEmpty(t, files)
	for _, file := range files {
		t.Run(filepath.Base(file), func(t *testing.T) {
			got := decodeSorted(t, file)
			want := readExpected(t, strings.TrimSuffix(file, ".pcap")+".expect.jsonl")
			compare(t, want, got)
		})
	}
}

func compare(t *testing.T, want, got map[string][]string) {
	for key := range want {
		for i := range want[key] {
			if i >= len(got[key]) || want[key][i] != got[key][i] {
				g := "nothing"
				if i < len(got[key]) {
					g = got[key][i]
				}
				require.Equal(t, want[key][i], g, "%s message %d", key, i)
			}
		}
		require.Equal(t, len(want[key]), len(got[key]), key)
	}
	require.Equal(t, len(want), len(got))
}

func readExpected(t *testing.T, file string) map[string][]string {
	f, err := os.Open(file)
	require.NoError(t, err)
	defer f.Close()
	out := map[string][]string{}
	sc := bufio.NewScanner(f)
	sc.Buffer(nil, 1<<20)
	for sc.Scan() {
		d := json.NewDecoder(bytes.NewReader(sc.Bytes()))
		d.UseNumber()
		var e expected
		require.NoError(t, d.Decode(&e))
		key := fmt.Sprintf("%d %s", e.Session, e.From)
		line := e.Name
		for _, f := range e.Fields {
			line += fmt.Sprintf(" %v=%v", f[0], f[1])
		}
		out[key] = append(out[key], line)
	}
	return out
}

func decodeSorted(t *testing.T, file string) map[string][]string {
	got := map[string][]string{}
	f := session.NewFollower(session.Options{}, func(r *session.Record) {
		if r.Kind != session.Message {
			return
		}
		key := fmt.Sprintf("%d %s", r.Info.ID, r.From)
		got[key] = append(got[key], flat(r.Message))
	})
	for _, s := range readStreams(t, file) {
		play(f, s)
	}
	return got
}

// readStreams returns the two streams of each connection, in the order in
// which connections appear.
func readStreams(t *testing.T, file string) (out [][2]*stream) {
	fd, err := os.Open(file)
	require.NoError(t, err)
	defer fd.Close()
	r, err := pcapgo.NewReader(fd)
	require.NoError(t, err)
	index := map[string]int{}
	for {
		data, _, err := r.ReadPacketData()
		if err != nil {
			break
		}
		p := gopacket.NewPacket(data, r.LinkType(), gopacket.Default)
		tcp, ok := p.Layer(layers.LayerTypeTCP).(*layers.TCP)
		if !ok {
			continue
		}
		src := fmt.Sprint(p.NetworkLayer().NetworkFlow().Src(), tcp.SrcPort)
		dst := fmt.Sprint(p.NetworkLayer().NetworkFlow().Dst(), tcp.DstPort)
		client := tcp.DstPort == 42027 || tcp.DstPort == 43027
		key := src + dst
		if !client {
			key = dst + src
		}
		i, ok := index[key]
		if !ok {
			i = len(out)
			index[key] = i
			c := &reassembly.Conn{ID: int64(i + 1), ClientKnown: true}
			c.A.Port, c.B.Port = uint16(tcp.SrcPort), uint16(tcp.DstPort)
			if !client {
				c.A, c.B = c.B, c.A
			}
			out = append(out, [2]*stream{
				{conn: c, seq: map[uint32]layers.TCP{}},
				{conn: c, dir: reassembly.BtoA, seq: map[uint32]layers.TCP{}},
			})
		}
		s := out[i][0]
		if !client {
			s = out[i][1]
		}
		if tcp.SYN {
			s.isn, s.syn = tcp.Seq+1, true
			s.conn.Start = true
			continue
		}
		if len(tcp.Payload) > 0 {
			s.seq[tcp.Seq] = *tcp
		}
	}
	return out
}

func play(f *session.Follower, pair [2]*stream) {
	c := pair[0].conn
	f.Event(&reassembly.Event{Kind: reassembly.Open, Conn: c})
	n := int64(0)
	for _, s := range pair {
		var list []layers.TCP
		for _, tcp := range s.seq {
			list = append(list, tcp)
		}
		sort.Slice(list, func(i, j int) bool { return int32(list[i].Seq-list[j].Seq) < 0 })
		next := s.isn
		if !s.syn && len(list) > 0 {
			next = list[0].Seq
		}
		for _, tcp := range list {
			n++
			m := reassembly.Mark{Number: n, Time: n}
			if gap := int32(tcp.Seq - next); gap > 0 {
				f.Event(&reassembly.Event{Kind: reassembly.Hole, Conn: c, Dir: s.dir, Mark: m, Gap: reassembly.Gap{Bytes: int64(gap)}})
				next = tcp.Seq
			}
			data := tcp.Payload
			if over := int32(next - tcp.Seq); over > 0 {
				data = data[min(int(over), len(data)):]
			}
			if len(data) == 0 {
				continue
			}
			next += uint32(len(data))
			f.Event(&reassembly.Event{Kind: reassembly.Data, Conn: c, Dir: s.dir, Mark: m, Bytes: data})
		}
	}
	f.Event(&reassembly.Event{Kind: reassembly.Close, Conn: c, Cause: reassembly.EndOfCapture})
}

// flat writes a message as the reference files do: raw values in wire order.
func flat(m *decode.Message) string {
	line := m.Name()
	for i := range m.Fields {
		f := &m.Fields[i]
		line += fmt.Sprintf(" %s=%v", f.Name(), raw(m, f))
	}
	if m.Undecoded.Len > 0 {
		line += " undecoded"
	}
	return line
}

func raw(m *decode.Message, f *decode.Field) any {
	switch t := f.Type(); {
	case t == schema.String:
		return string(m.Text(f))
	case t == schema.NamedVar || t == schema.NamedArray:
		i, name, value := m.NamedVariable(f)
		v := map[string]any{"name": string(name), "value": string(value)}
		if i >= 0 {
			v["index"] = i
		}
		return v
	case t.Size() == 0 || t.Size() > 4:
		return hex.EncodeToString(m.Data(f))
	case f.Def.Array:
		list := []any{}
		for k := range m.NumElements(f) {
			list = append(list, m.Element(f, k))
		}
		return list
	}
	return m.Int(f)
}
