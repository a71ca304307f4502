package pipeline_test

import (
	"context"
	"fmt"
	"os"
	"path/filepath"

	"ctiscope/capture"
	"ctiscope/pipeline"
	"ctiscope/session"
)

// names prints the time and the name of each message.
type names struct{}

// Append implements pipeline.Formatter.
func (names) Append(dst []byte, r *session.Record) []byte {
	if r.Kind != session.Message {
		return dst
	}
	return fmt.Appendf(dst, "packet %d, session %d: %s\n", r.Mark.Number, r.Info.ID, r.Message.Name())
}

// Run reads a capture and feeds its taps; here one that prints the first messages.
func ExampleRun() {
	src, err := capture.Open([]string{filepath.Join("..", "testdata", "pcap", "day-v15.pcap")}, capture.Options{})
	if err != nil {
		fmt.Println(err)
		return
	}
	defer src.Close()
	first := pipeline.NewPrint(os.Stdout, 3, func() pipeline.Formatter { return names{} })
	_, err = pipeline.Run(context.Background(), src, pipeline.Options{Taps: []pipeline.Tap{first}})
	fmt.Println(first.Records, "printed", err)
	// Output:
	// packet 4, session 1: OPEN_REQ
	// packet 5, session 1: OPEN_CONF
	// packet 5, session 1: SYSTEM_EVENT
	// 3 printed <nil>
}

// types counts the messages of a capture by name, in each worker by itself.
type types map[string]int

// Take counts a record.
func (c types) Take(r *session.Record, _ *pipeline.Out) {
	if r.Kind == session.Message {
		c[r.Message.Name()]++
	}
}

// Counts is a tap whose stages only count; they are read when the run is over.
func ExampleNewCounts() {
	src, err := capture.Open([]string{filepath.Join("..", "testdata", "pcap", "day-v15.pcap")}, capture.Options{})
	if err != nil {
		fmt.Println(err)
		return
	}
	defer src.Close()
	counts := pipeline.NewCounts(func() types { return types{} })
	if _, err := pipeline.Run(context.Background(), src, pipeline.Options{Taps: []pipeline.Tap{counts}}); err != nil {
		fmt.Println(err)
	}
	opens := 0
	for _, c := range counts.Stages {
		opens += c["OPEN_REQ"]
	}
	fmt.Println(opens, "sessions opened")
	// Output: 8 sessions opened
}
