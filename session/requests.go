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

// requests remembers requests by InvokeID.
type requests struct {
	ring []request
	next int // place of the next when the ring is full
}

type request struct {
	invokeID uint32
	Request
}

func (q *requests) add(invokeID, number uint32, mark decode.Mark) {
	r := request{invokeID, Request{number, reassembly.Mark(mark)}}
	if len(q.ring) < maxRequests {
		q.ring = append(q.ring, r)
		return
	}
	q.ring[q.next] = r
	q.next = (q.next + 1) % maxRequests
}

// take returns the newest request of that InvokeID that the answer suits, and
// forgets it.
func (q *requests) take(invokeID uint32, answer *schema.Message) Request {
	for k := range q.ring {
		i := (q.next + len(q.ring) - 1 - k) % len(q.ring)
		if r := &q.ring[i]; r.Type != 0 && r.invokeID == invokeID && suits(answer, r.Type) {
			found := r.Request
			r.Type = 0
			return found
		}
	}
	return Request{}
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
