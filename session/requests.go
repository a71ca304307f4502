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
	Request  // Type is 0 in a free place
}

// add remembers a request, in place of the oldest when there are too many.
func (q *requests) add(invokeID, number uint32, mark decode.Mark) {
	r := request{invokeID, Request{number, reassembly.Mark(mark)}}
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
		if r.Type != 0 && r.invokeID == invokeID && suits(answer, r.Type) && (place == nil || r.Mark.Number >= place.Mark.Number) {
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

// suits tells whether a message can answer a request of that type.
func suits(answer *schema.Message, request uint32) bool {
	return answer.Answers == request || isFailure(answer)
}

// isFailure tells the messages that answer requests of any type.
func isFailure(m *schema.Message) bool {
	return m == failureConf || m == controlFailureConf
}

var (
	failureConf        = schema.ByName("FAILURE_CONF")
	controlFailureConf = schema.ByName("CONTROL_FAILURE_CONF")
)

// role is what a message is to the pairing of requests and answers.
type role uint8

const (
	noRole role = iota
	isRequest
	isAnswer
	maybeRequest // without a layout: the first UINT may be an InvokeID
	maybeAnswer
)

// roleOf holds the role of each message number.
var roleOf = newRoles()

func newRoles() (roles [512]role) {
	for _, m := range schema.Messages() {
		if m.Answers != 0 && !m.HasLayout {
			roles[m.Number] = maybeAnswer
			roles[m.Answers] = maybeRequest
		}
	}
	for _, m := range schema.Messages() {
		switch {
		case !m.HasInvokeID():
		case m.Answers != 0 || isFailure(m):
			roles[m.Number] = isAnswer
		default:
			roles[m.Number] = isRequest
		}
	}
	return roles
}

func lookupRole(number uint32) role {
	if number < uint32(len(roleOf)) {
		return roleOf[number]
	}
	return noRole
}

// firstUint returns the first UINT of a frame's body.
func firstUint(frame []byte) (uint32, bool) {
	if len(frame) < schema.HeaderSize+4 {
		return 0, false
	}
	return binary.BigEndian.Uint32(frame[schema.HeaderSize:]), true
}
