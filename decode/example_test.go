package decode_test

import (
	"fmt"

	"ctiscope/decode"
	"ctiscope/decode/schema"
)

// A frame is decoded into a Message that is used again and again; values are read
// when somebody asks.
func ExampleDecoder() {
	frame := []byte{
		0, 0, 0, 25, 0, 0, 0, 107, // MessageLength 25, USER_MESSAGE_REQ
		0, 0, 0, 7, // InvokeID
		0xff, 0xff, 0xff, 0xff, // PeripheralID: none
		0, 0, // Distribution: DISTRIBUTE_TO_CLIENT
		1, 5, 'd', 'e', 's', 'k', 0, // ClientID, tag 1
		7, 6, 'h', 'e', 'l', 'l', 'o', 0, // Text, tag 7
	}
	d := decode.CCE().Decoder(15)
	var m decode.Message
	d.Decode(&m, frame)

	fmt.Println(m.Name())
	for i := range m.Fields {
		f := &m.Fields[i]
		switch v := m.Value(f); {
		case m.Conceals(f):
			fmt.Println(f.Name(), "********")
		case v.None:
			fmt.Println(f.Name(), "none")
		case v.Kind == schema.TextKind:
			fmt.Printf("%s %q\n", f.Name(), v.Text)
		case v.Name() != "":
			fmt.Println(f.Name(), v.Name())
		default:
			fmt.Println(f.Name(), v.Num)
		}
	}
	for i := range m.Problems {
		fmt.Printf("problem: %s\n", m.Problems[i].AppendText(nil, &m))
	}
	// Output:
	// USER_MESSAGE_REQ
	// InvokeID 7
	// PeripheralID none
	// Distribution DISTRIBUTE_TO_CLIENT
	// ClientID "desk"
	// Text "hello"
}

// AppendMessage is the inverse of Decode.
func ExampleCodec_AppendMessage() {
	codec := decode.CCE()
	frame, err := codec.AppendMessage(nil, schema.CCE().ByName("HEARTBEAT_REQ"), 15, []decode.Setting{{Name: "InvokeID", Num: 12}})
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Printf("% x\n", frame)
	// Output: 00 00 00 04 00 00 00 05 00 00 00 0c
}

// A Stream cuts the bytes of one direction into frames.
func ExampleStream() {
	codec := decode.CCE()
	var bytes []byte
	for id := range int64(2) {
		bytes, _ = codec.AppendMessage(bytes, schema.CCE().ByName("HEARTBEAT_REQ"), 15, []decode.Setting{{Name: "InvokeID", Num: id}})
	}
	var s decode.Stream
	s.Init(codec, new(decode.Pool), func(frame []byte) int { return codec.Grade(frame, 15, schema.Client) }, true)
	s.Push(bytes[:15], decode.Mark{Number: 1})
	for fr, ok := s.Next(); ok; fr, ok = s.Next() {
		fmt.Println("frame at", fr.Off, "complete in packet", fr.Mark.Number)
	}
	s.Push(bytes[15:], decode.Mark{Number: 2})
	for fr, ok := s.Next(); ok; fr, ok = s.Next() {
		fmt.Println("frame at", fr.Off, "complete in packet", fr.Mark.Number)
	}
	// Output:
	// frame at 0 complete in packet 1
	// frame at 12 complete in packet 2
}
