package schema

// Traits are what a message is to a session, whatever its protocol calls it
// and whichever number it has. They combine.
type Traits uint8

// The traits. Rows state the first four, Prompt and Trouble; New derives Request and Answer.
const (
	// OpensSession marks the request that begins a session. Its fixed field
	// "VersionNumber" tells the version of all that follows.
	OpensSession Traits = 1 << iota
	// Heartbeat marks what only shows that the other side is there.
	Heartbeat
	// Failure marks what tells that something failed, and with a CodeField why.
	Failure
	// AnswersAny marks an Answer to requests of any type.
	AnswersAny
	// Request marks what begins with an InvokeID that its answer repeats. A
	// message without a layout is one when an Answer is known to it.
	Request
	// Answer marks what begins with the InvokeID of the request it answers.
	Answer
	// Prompt marks a request about the session itself that its receiver answers
	// at once, as it does a Heartbeat.
	Prompt
	// Trouble marks news of something that went wrong with a call, an agent or a
	// recording, though the message is no Failure.
	Trouble
)

const derived = Request | Answer

// Is tells whether the message has all of the traits. No message, nil, has any.
func (m *Message) Is(t Traits) bool { return m != nil && m.Traits&t == t }

// CanAnswer tells whether the message can be the answer to a request.
func (m *Message) CanAnswer(request *Message) bool {
	return m.Is(AnswersAny) || m != nil && request != nil && m.Answers == request.Number
}
