package bulk

import (
	"encoding/binary"
	"fmt"
	"slices"
	"strings"

	"ctiscope/decode"
	"ctiscope/decode/schema"
	"ctiscope/traffic"
	"ctiscope/traffic/wire"
)

// script is what was said on one connection, ready to be said again.
type script struct {
	open  [2]message // OPEN_REQ and its confirmation
	close [2]message
	turns []message
}

// message is a recorded frame and the places in it that each replay changes.
type message struct {
	dir     wire.Direction
	frame   []byte
	invoke  bool  // the body begins with an InvokeID
	callIDs []int // offsets of call ids
}

// newScript puts the two directions of a conversation in an order in which they
// can have been sent: a confirmation comes after its request.
func newScript(c *traffic.Conversation) (s script) {
	client := c.Sent(wire.FromClient)
	for _, answer := range c.Sent(wire.FromServer) {
		if at := requestOf(client, answer); at >= 0 {
			for _, m := range client[:at+1] {
				s.add(newMessage(wire.FromClient, m))
			}
			client = client[at+1:]
		}
		s.add(newMessage(wire.FromServer, answer))
	}
	for _, m := range client {
		s.add(newMessage(wire.FromClient, m))
	}
	s.turns = slices.DeleteFunc(s.turns, quiet())
	if s.open[0].frame == nil || s.open[1].frame == nil {
		s.turns = nil // a client that was refused says nothing worth saying again
	}
	return s
}

// quiet picks the heartbeats to leave out: a busy client sends few. Of four
// pairs one stays.
func quiet() func(message) bool {
	var seen [2]int
	return func(m message) bool {
		_, number, _ := decode.ParseHeader(m.frame)
		if name := schema.CCE().Lookup(number).Name; name != "HEARTBEAT_REQ" && name != "HEARTBEAT_CONF" {
			return false
		}
		seen[m.dir]++
		return seen[m.dir]%4 != 0
	}
}

// requestOf returns which of the requests a message answers, or -1.
func requestOf(requests []traffic.Sent, answer traffic.Sent) int {
	if answer.Def.Answers == 0 && !strings.HasSuffix(answer.Def.Name, "FAILURE_CONF") {
		return -1
	}
	id := answer.Frame[schema.HeaderSize:][:4]
	return slices.IndexFunc(requests, func(r traffic.Sent) bool {
		return r.Def.HasInvokeID() && string(r.Frame[schema.HeaderSize:][:4]) == string(id)
	})
}

func (s *script) add(m message, name string) {
	switch name {
	case "OPEN_REQ":
		s.open[0] = m
	case "OPEN_CONF":
		s.open[1] = m
	case "CLOSE_REQ":
		s.close[0] = m
	case "CLOSE_CONF":
		s.close[1] = m
	default:
		s.turns = append(s.turns, m)
	}
}

func newMessage(dir wire.Direction, sent traffic.Sent) (message, string) {
	m := message{dir: dir, frame: withCallData(sent), invoke: sent.Def.HasInvokeID()}
	d := decode.CCE().Decoder(sent.Version)
	var read decode.Message
	d.Decode(&read, m.frame)
	for i := range read.Fields {
		f := &read.Fields[i]
		if f.Def != nil && f.Type() == schema.UInt && strings.HasSuffix(f.Def.Name, "CallID") && read.Uint(f) != 0xFFFFFFFF {
			m.callIDs = append(m.callIDs, int(f.Off))
		}
	}
	return m, sent.Def.Name
}

// callData is what a large site keeps in its call variables.
var callData = [...]string{
	"account 0004711-88", "segment gold", "language en-US", "orders open 3", "last call 2025-07-20",
	"campaign none", "authenticated yes", "balance 120.50", "callback wanted no", "skill billing, level 4",
}

// withCallData fills the call variables that a message could carry and does
// not: the laboratory's calls have few.
func withCallData(sent traffic.Sent) []byte {
	values := slices.Clone(sent.Values)
	for i, text := range callData {
		name := fmt.Sprintf("CallVariable%d", i+1)
		has := func(v decode.Setting) bool { return v.Name == name }
		takes := func(f *schema.Field) bool { return f.Name == name && f.In(sent.Version) }
		if slices.ContainsFunc(sent.Def.Floating, takes) && !slices.ContainsFunc(values, has) {
			values = append(values, decode.Setting{Name: name, Bytes: []byte(text)})
		}
	}
	frame, err := decode.CCE().AppendMessage(nil, sent.Def, sent.Version, values)
	if err != nil {
		return sent.Frame
	}
	return frame
}

// append appends the message as said in another replay.
func (m *message) append(dst []byte, replay uint32) []byte {
	start := len(dst)
	dst = append(dst, m.frame...)
	if m.invoke {
		bump(dst[start+schema.HeaderSize:], replay*1000)
	}
	for _, off := range m.callIDs {
		bump(dst[start+off:], replay<<8)
	}
	return dst
}

func bump(b []byte, by uint32) {
	binary.BigEndian.PutUint32(b, binary.BigEndian.Uint32(b)+by)
}
