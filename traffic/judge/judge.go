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

// Compare says what is wrong with the printed messages, in words for people,
// at most a few lines; "" when all is right. The messages of one session and
// direction have to be the expected ones in the same order.
func Compare(want []expect.Message, got []*expect.Printed) string {
	var b strings.Builder
	say := func(format string, args ...any) bool {
		fmt.Fprintf(&b, format+"\n", args...)
		return b.Len() < 4000
	}
	streams := make(map[stream][]*expect.Printed)
	var order []stream
	for _, p := range got {
		k := stream{p.Session, p.From}
		if streams[k] == nil {
			order = append(order, k)
		}
		streams[k] = append(streams[k], p)
	}
	taken := make(map[stream]int)
	for i := range want {
		w := &want[i]
		k := stream{w.Session, w.From}
		n := taken[k]
		if n >= len(streams[k]) {
			say("session %d, %s: %s, message %d, is missing", k.session, k.from, w.Name, n+1)
			return b.String()
		}
		taken[k]++
		if d := expect.Diff(w, streams[k][n]); d != "" && !say("session %d, %s, message %d (frame %d): %s", k.session, k.from, n+1, streams[k][n].Frame, d) {
			return b.String()
		}
	}
	for _, k := range order {
		if n := taken[k]; n < len(streams[k]) {
			say("session %d, %s: %s of frame %d is not expected", k.session, k.from, streams[k][n].Name, streams[k][n].Frame)
		}
	}
	return b.String()
}
