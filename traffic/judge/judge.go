// Package judge runs captures through the whole tool and compares what it
// prints with what was sent. It is for tests: everything that has an
// expectation (reference captures, recorded traffic, random traffic, damaged
// captures) is judged here, in the same way.
//
// The package may import everything but cmd.
package judge

import (
	"bytes"
	"context"
	"fmt"
	"net/netip"
	"strings"

	"ctiscope/capture"
	"ctiscope/output"
	"ctiscope/pipeline"
	"ctiscope/traffic/expect"
	"ctiscope/traffic/wire"
)

// Options say how the tool is run.
type Options struct {
	Version int // as --protocol-version; 0 lets the messages tell
	Workers int // 0 means the default of pipeline.Options
	// Depth is how many tunnels may be nested; 0 means the default.
	Depth int
}

// Verdict is what the tool printed.
type Verdict struct {
	Messages []*expect.Printed // without events
	Events   []*expect.Printed
	Text     []byte // everything, as JSON lines
	Result   *pipeline.Result
}

// Decode runs the tool on a capture file's bytes. Errors of the input, such as
// a file cut short, come with a Verdict of what was read before.
func Decode(file []byte, o Options) (*Verdict, error) {
	src, err := capture.Open([]string{"-"}, capture.Options{Stdin: bytes.NewReader(file)})
	if err != nil {
		return nil, err
	}
	defer src.Close()
	var text bytes.Buffer
	json := func() pipeline.Formatter { return output.NewJSON(output.Options{ShowSecrets: true, Events: true}) }
	opts := pipeline.Options{Workers: o.Workers, Taps: []pipeline.Tap{pipeline.NewPrint(&text, 0, json)}}
	opts.Session.Version = o.Version
	opts.Network.Depth = o.Depth
	result, failed := pipeline.Run(context.Background(), src, opts)
	v := &Verdict{Text: text.Bytes(), Result: result}
	for line := range bytes.Lines(v.Text) {
		p, err := expect.Parse(line)
		if err != nil {
			return nil, err
		}
		if p.Event != "" {
			v.Events = append(v.Events, p)
		} else {
			v.Messages = append(v.Messages, p)
		}
	}
	return v, failed
}

// Pcap returns packets as a capture file.
func Pcap(packets wire.Tape) []byte {
	var file bytes.Buffer
	w := wire.NewPcap(&file, true)
	for _, p := range packets {
		w.Packet(p.Time, p.Data)
	}
	// A bytes.Buffer takes everything.
	_ = w.Flush()
	return file.Bytes()
}

// stream is a session and a direction.
type stream struct {
	session int
	from    string
}

// Comparison is what is wrong with the printed messages.
type Comparison struct {
	Missing    []*expect.Message
	Unexpected []*expect.Printed
	Different  []string // in words for people
}

// Compare compares what was printed with what was sent: the messages of one
// session and direction have to be the expected ones in the same order.
func Compare(want []expect.Message, got []*expect.Printed) *Comparison {
	printed := make(map[stream][]*expect.Printed)
	var order []stream
	for _, p := range got {
		k := stream{p.Session, p.From}
		if printed[k] == nil {
			order = append(order, k)
		}
		printed[k] = append(printed[k], p)
	}
	expected := make(map[stream][]*expect.Message)
	for i := range want {
		k := stream{want[i].Session, want[i].From}
		if expected[k] == nil && printed[k] == nil {
			order = append(order, k)
		}
		expected[k] = append(expected[k], &want[i])
	}
	c := &Comparison{}
	for _, k := range order {
		c.align(expected[k], printed[k])
	}
	return c
}

// align compares the messages of one stream; after a difference it goes on
// where the two lists are alike again, so that as many as possible pair up.
func (c *Comparison) align(want []*expect.Message, got []*expect.Printed) {
	for len(want) > 0 && len(got) > 0 && same(want[0], got[0]) {
		c.pair(want[0], got[0])
		want, got = want[1:], got[1:]
	}
	// longest[i][j] is how many messages of want[i:] and got[j:] pair up.
	longest := make([][]int32, len(want)+1)
	for i := range longest {
		longest[i] = make([]int32, len(got)+1)
	}
	for i := len(want) - 1; i >= 0; i-- {
		for j := len(got) - 1; j >= 0; j-- {
			if same(want[i], got[j]) {
				longest[i][j] = longest[i+1][j+1] + 1
			} else {
				longest[i][j] = max(longest[i+1][j], longest[i][j+1])
			}
		}
	}
	i, j := 0, 0
	for i < len(want) && j < len(got) {
		switch {
		case same(want[i], got[j]):
			c.pair(want[i], got[j])
			i, j = i+1, j+1
		case longest[i+1][j] >= longest[i][j+1]:
			c.Missing = append(c.Missing, want[i])
			i++
		default:
			c.Unexpected = append(c.Unexpected, got[j])
			j++
		}
	}
	c.Missing = append(c.Missing, want[i:]...)
	c.Unexpected = append(c.Unexpected, got[j:]...)
}

// pair compares two messages that belong together.
func (c *Comparison) pair(w *expect.Message, g *expect.Printed) {
	if d := expect.Diff(w, g); d != "" {
		c.Different = append(c.Different, fmt.Sprintf("session %d, %s, frame %d: %s", w.Session, w.From, g.Frame, d))
	}
}

func same(w *expect.Message, g *expect.Printed) bool { return w.Type == g.Type && w.Length == g.Length }

// String says what is wrong in a few lines, "" when all is right.
func (c *Comparison) String() string {
	var b strings.Builder
	most := func(n int) int { return min(n, 8) }
	for _, m := range c.Missing[:most(len(c.Missing))] {
		fmt.Fprintf(&b, "session %d, %s: %s of %d bytes is missing\n", m.Session, m.From, m.Name, m.Length)
	}
	for _, p := range c.Unexpected[:most(len(c.Unexpected))] {
		fmt.Fprintf(&b, "session %d, %s: %s of %d bytes in frame %d is not expected\n", p.Session, p.From, p.Name, p.Length, p.Frame)
	}
	for _, d := range c.Different[:most(len(c.Different))] {
		fmt.Fprintln(&b, d)
	}
	if n := len(c.Missing) + len(c.Unexpected) + len(c.Different); n > 8 && b.Len() > 0 {
		fmt.Fprintf(&b, "%d missing, %d not expected, %d different\n", len(c.Missing), len(c.Unexpected), len(c.Different))
	}
	return b.String()
}

// Sessions returns the session numbers of what was printed, by the clients'
// addresses.
func Sessions(got []*expect.Printed) map[netip.AddrPort]int {
	numbers := make(map[netip.AddrPort]int)
	for _, p := range got {
		client := p.Src
		if p.From == "server" {
			client = p.Dst
		}
		if a, err := netip.ParseAddrPort(client); err == nil {
			numbers[a] = p.Session
		}
	}
	return numbers
}
