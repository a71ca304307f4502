package session_test

import (
	"fmt"

	"ctiscope/decode"
	"ctiscope/decode/schema"
	"ctiscope/network"
	"ctiscope/reassembly"
	"ctiscope/session"
)

// A Follower turns the events of connections into records. Here they are made by
// hand; in the tool they come from package reassembly.
func ExampleFollower() {
	f := session.NewFollower(session.Options{Version: 15}, func(r *session.Record) {
		switch r.Kind {
		case session.Message:
			fmt.Printf("%v packet %d from the %s: %s", r.Kind, r.Mark.Number, r.From, r.Message.Name())
			if r.Request.Type != 0 {
				fmt.Printf(", answers packet %d after %d ms", r.Request.Mark.Number, (r.Mark.Time-r.Request.Mark.Time)/1e6)
			}
			fmt.Println()
		case session.StartEvent, session.EndEvent:
			fmt.Println(r.Kind)
		}
	})
	conn := &reassembly.Conn{ID: 1, A: network.Endpoint{Port: 50003}, B: network.Endpoint{Port: 42027}, ClientKnown: true, Start: true}
	heartbeat := func(name string) []byte {
		frame, _ := decode.CCE().AppendMessage(nil, schema.CCE().ByName(name), 15, []decode.Setting{{Name: "InvokeID", Num: 9}})
		return frame
	}
	for _, ev := range []reassembly.Event{
		{Kind: reassembly.Open, Conn: conn, Mark: reassembly.Mark{Number: 1}},
		{Kind: reassembly.Data, Conn: conn, Dir: reassembly.AtoB, Mark: reassembly.Mark{Number: 4, Time: 10e6}, Bytes: heartbeat("HEARTBEAT_REQ")},
		{Kind: reassembly.Data, Conn: conn, Dir: reassembly.BtoA, Mark: reassembly.Mark{Number: 5, Time: 12e6}, Bytes: heartbeat("HEARTBEAT_CONF")},
		{Kind: reassembly.Close, Conn: conn, Mark: reassembly.Mark{Number: 6, Time: 20e6}},
	} {
		f.Event(&ev)
	}
	// Output:
	// session_start
	// message packet 4 from the client: HEARTBEAT_REQ
	// message packet 5 from the server: HEARTBEAT_CONF, answers packet 4 after 2 ms
	// session_end
}
