package pipeline_test

import (
	"context"
	"fmt"
	"path/filepath"

	"ctiscope/capture"
	"ctiscope/pipeline"
	"ctiscope/session"
)

// place finds the Text of the first USER_MESSAGE_REQ in its packets again.
type place struct{ found bool }

// Take looks at a record.
func (p *place) Take(r *session.Record, out *pipeline.Out) {
	if p.found || r.Kind != session.Message || r.Message.Name() != "USER_MESSAGE_REQ" {
		return
	}
	p.found = true
	m := r.Message
	f := m.Find("Text")
	v := m.Value(f)
	fmt.Printf("%s, %d bytes at %d of %s\n", f.Name(), f.Len, f.Off, m.Name())
	fmt.Printf("value %q\n", v.Text)
	for _, at := range r.Places(nil, int(f.Off), int(f.Len)) {
		fmt.Printf("packet %d: %d bytes at %d of the packet whose record begins at %d of file %d\n", at.Packet, at.Len, at.At, at.Off, at.File)
	}
}

// With Trace every byte of a message is found in its packets again. This is the
// field that docs/architecture.md follows.
func ExampleOptions_trace() {
	src, err := capture.Open([]string{filepath.Join("..", "testdata", "pcap", "vxlan.pcap")}, capture.Options{})
	if err != nil {
		fmt.Println(err)
		return
	}
	defer src.Close()
	tap := pipeline.NewCounts(func() *place { return &place{} })
	if _, err := pipeline.Run(context.Background(), src, pipeline.Options{Workers: 1, Trace: true, Taps: []pipeline.Tap{tap}}); err != nil {
		fmt.Println(err)
	}
	// Output:
	// Text, 45 bytes at 20 of USER_MESSAGE_REQ
	// value "Customer asks for a manager, may I transfer?"
	// packet 424: 45 bytes at 124 of the packet whose record begins at 96808 of file 0
}
