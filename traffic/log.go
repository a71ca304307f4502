package traffic

import (
	"net/netip"
	"sync"

	"ctiscope/traffic/expect"
	"ctiscope/traffic/wire"
)

// Log keeps what server and clients sent, by connection, in the order of each
// stream. It is safe for use by several goroutines. A nil Log keeps nothing.
type Log struct {
	mu    sync.Mutex
	conns []*Conversation
	byEnd map[netip.AddrPort]*Conversation // by the client's address
}

// Conversation is one connection in a Log.
type Conversation struct {
	// Client and Server are the addresses that the two programs see.
	Client, Server netip.AddrPort
	sent           [2][]Sent
}

// NewLog returns an empty Log.
func NewLog() *Log { return &Log{byEnd: make(map[netip.AddrPort]*Conversation)} }

// add notes a message of the connection of that client.
func (l *Log) add(client, server netip.AddrPort, d wire.Direction, m Sent) {
	if l == nil {
		return
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	c := l.byEnd[client]
	if c == nil {
		c = &Conversation{Client: client, Server: server}
		l.byEnd[client] = c
		l.conns = append(l.conns, c)
	}
	c.sent[d] = append(c.sent[d], m)
}

// Conversations returns the connections in the order of their first messages.
// The messages of a client whose address is used a second time follow those of
// the first.
func (l *Log) Conversations() []*Conversation {
	l.mu.Lock()
	defer l.mu.Unlock()
	return append([]*Conversation(nil), l.conns...)
}

// Sent returns what went in one direction. The caller must not change it, and
// must not call it while messages are still being sent.
func (c *Conversation) Sent(d wire.Direction) []Sent { return c.sent[d] }

// Expect returns what a right decoder says of the conversation, with the given
// session number: first the client's messages, then the server's.
func (c *Conversation) Expect(session int) []expect.Message {
	var all []expect.Message
	for d := range c.sent {
		for _, m := range c.sent[d] {
			e := expect.Of(m.Def, m.Version, m.Values, m.Frame)
			e.Session = session
			all = append(all, e)
		}
	}
	return all
}

// Expect returns what a right decoder says of all conversations, sessions
// numbered from 1 in the order of their first messages.
func (l *Log) Expect() []expect.Message {
	var all []expect.Message
	for i, c := range l.Conversations() {
		all = append(all, c.Expect(i+1)...)
	}
	return all
}

// ExpectAs is Expect with the session numbers that a function gives to the
// clients' addresses; conversations of number 0 are left out.
func (l *Log) ExpectAs(number func(client netip.AddrPort) int) []expect.Message {
	var all []expect.Message
	for _, c := range l.Conversations() {
		if n := number(c.Client); n != 0 {
			all = append(all, c.Expect(n)...)
		}
	}
	return all
}
