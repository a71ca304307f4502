package chronicle

import (
	"net/netip"
	"strings"

	"ctiscope/decode"
	"ctiscope/decode/schema"
)

// Capture is all that was captured.
type Capture struct {
	Messages []*Message // in the order in which they were captured
	Sessions []*Session // by number
	Last     int64      // time of the last packet
}

// Session is one connection.
type Session struct {
	Number         int
	Client, Server netip.AddrPort
	Version        int
	SYN, SYNFrame  int64
	End            *End // nil where the capture ends before the connection
}

// End is how a connection ended: "reset", "fin" or "replaced".
type End struct {
	How         string
	FromServer  bool
	Time, Frame int64
}

// Message is one message and where it stands in the capture. Times are
// nanoseconds since 1970.
type Message struct {
	Time, Frame int64
	Session     int
	FromServer  bool
	decode.Message
}

// uint returns a number of the message; ok is false where the message does not
// have the field.
func (m *Message) uint(name string) (n uint32, ok bool) {
	f := m.Find(name)
	if f == nil {
		return 0, false
	}
	return m.Uint(f), true
}

// number is uint for those to whom a missing field is 0.
func (m *Message) number(name string) uint32 {
	n, _ := m.uint(name)
	return n
}

// text returns a text of the message, "" where there is none.
func (m *Message) text(name string) string {
	if f := m.Find(name); f != nil {
		return string(m.Text(f))
	}
	return ""
}

// is tells whether the message has one of these names.
func (m *Message) is(names ...string) bool {
	for _, name := range names {
		if m.Def != nil && m.Def.Name == name {
			return true
		}
	}
	return false
}

// from is the sender in words.
func (m *Message) from() string {
	if m.FromServer {
		return "server"
	}
	return "client"
}

// isRequest tells whether the message asks for an answer.
func (m *Message) isRequest() bool {
	return m.Def != nil && m.Def.HasInvokeID() && (strings.HasSuffix(m.Def.Name, "_REQ") || m.Type == 278)
}

// isRefusal tells whether the message refuses a request.
func (m *Message) isRefusal() bool { return m.is("FAILURE_CONF", "CONTROL_FAILURE_CONF") }

// isAnswer tells whether the message answers a request.
func (m *Message) isAnswer() bool {
	return m.Def != nil && m.Def.HasInvokeID() && (strings.HasSuffix(m.Def.Name, "_CONF") || m.Type == 279)
}

// suits tells whether the message can answer a request.
func (m *Message) suits(request *Message) bool {
	if m.FromServer == request.FromServer {
		return false
	}
	if m.isRefusal() {
		return true
	}
	if request.Type == 278 {
		return m.Type == 279
	}
	return m.Def.Name == strings.TrimSuffix(request.Def.Name, "_REQ")+"_CONF"
}

// rows returns the rows of a group of floating fields: the value of each field
// by name. A row begins with the field first.
func (m *Message) rows(first string, others ...string) []map[string]*decode.Field {
	var rows []map[string]*decode.Field
	for i := m.NumFixed; i < len(m.Fields); i++ {
		f := &m.Fields[i]
		switch name := f.Name(); {
		case name == first:
			rows = append(rows, map[string]*decode.Field{name: f})
		case len(rows) > 0 && contains(others, name):
			rows[len(rows)-1][name] = f
		}
	}
	return rows
}

func contains(list []string, name string) bool {
	for _, s := range list {
		if s == name {
			return true
		}
	}
	return false
}

// none is the number that means none.
const none = schema.None32
