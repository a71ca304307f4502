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
	Workers int // 0 means one for each CPU
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
	opts := pipeline.Options{Workers: o.Workers, NewStage: func() pipeline.Stage {
		return output.NewJSON(output.Options{ShowSecrets: true, Events: true})
	}}
	opts.Session.Version = o.Version
	opts.Network.Depth = o.Depth
	result, failed := pipeline.Run(context.Background(), src, &text, opts)
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

// align compares the messages of one stream, and after a difference goes on
// where they are alike again.
func (c *Comparison) align(want []*expect.Message, got []*expect.Printed) {
	for len(want) > 0 && len(got) > 0 {
		w, g := want[0], got[0]
		switch {
		case same(w, g):
			if d := expect.Diff(w, g); d != "" {
				c.Different = append(c.Different, fmt.Sprintf("session %d, %s, frame %d: %s", w.Session, w.From, g.Frame, d))
			}
			want, got = want[1:], got[1:]
		case distance(want, g) < distanceTo(w, got):
			c.Missing = append(c.Missing, w)
			want = want[1:]
		default:
			c.Unexpected = append(c.Unexpected, g)
			got = got[1:]
		}
	}
	c.Missing = append(c.Missing, want...)
	c.Unexpected = append(c.Unexpected, got...)
}

func same(w *expect.Message, g *expect.Printed) bool { return w.Type == g.Type && w.Length == g.Length }

// distance is how many expected messages come before one like g.
func distance(want []*expect.Message, g *expect.Printed) int {
	for i, w := range want {
		if same(w, g) {
			return i
		}
	}
	return len(want) + 1
}

// distanceTo is how many printed messages come before one like w.
func distanceTo(w *expect.Message, got []*expect.Printed) int {
	for i, g := range got {
		if same(w, g) {
			return i
		}
	}
	return len(got)
}

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
