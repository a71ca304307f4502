package session

import (
	"encoding/binary"

	"ctiscope/decode"
	"ctiscope/decode/schema"
	"ctiscope/reassembly"
)

// maxRequests bounds the requests of one direction that wait for an answer;
// the oldest is forgotten first.
const maxRequests = 64

// requests remembers the requests of one direction that wait for an answer, in
// no order. Most sessions have one or two at a time.
type requests []request

type request struct {
	invokeID uint32
	def      *schema.Message
	Request  // Type is 0 in a free place
}

// add remembers a request, in place of the oldest when there are too many.
func (q *requests) add(invokeID uint32, def *schema.Message, mark decode.Mark) {
	r := request{invokeID, def, Request{def.Number, reassembly.Mark(mark)}}
	oldest := 0
	for i := range *q {
		have := &(*q)[i]
		if have.Type == 0 {
			*have = r
			return
		}
		if have.Mark.Number < (*q)[oldest].Mark.Number {
			oldest = i
		}
	}
	if len(*q) < maxRequests {
		*q = append(*q, r)
		return
	}
	(*q)[oldest] = r
}

// take returns the newest request of that InvokeID that the answer suits, and
// forgets it.
func (q requests) take(invokeID uint32, answer *schema.Message) (found Request) {
	var place *request
	for i := range q {
		r := &q[i]
		if r.Type != 0 && r.invokeID == invokeID && answer.CanAnswer(r.def) && (place == nil || r.Mark.Number >= place.Mark.Number) {
			place = r
		}
	}
	if place == nil {
		return Request{}
	}
	found = place.Request
	place.Type = 0
	return found
}

// firstUint returns the first UINT of a frame's body.
func firstUint(frame []byte) (uint32, bool) {
	if len(frame) < schema.HeaderSize+4 {
		return 0, false
	}
	return binary.BigEndian.Uint32(frame[schema.HeaderSize:]), true
}
