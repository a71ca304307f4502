package session

import "ctiscope/reassembly"

// Transform stands between the bytes of a connection and its messages: it takes
// the events of one connection and gives others, such as plain text for cipher
// text. Events come and go in order; what it keeps must be bounded. Data that it
// makes has offsets of its own stream, counted from 0, and as Pieces those of all
// the bytes that it was made of. Open and Close go through it, too: what it still
// keeps at Close is to be given before that.
type Transform interface {
	Take(ev *reassembly.Event, give func(*reassembly.Event))
}
