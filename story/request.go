package story

// Outcome is what became of a request.
type Outcome uint8

// The outcomes.
const (
	Unknown Outcome = iota
	Answered
	Refused
	Unanswered
	Orphan
	numOutcomes
)

// String returns "unknown", "answered", "refused", "unanswered" or "orphan".
func (o Outcome) String() string {
	return [...]string{"unknown", "answered", "refused", "unanswered", "orphan"}[o%numOutcomes]
}

// Request is a request, or an answer that nobody is known to have asked for.
type Request struct {
	Place
	Off      int64 // in its stream
	From     uint8 // schema.Side
	Type     uint32
	Name     string
	InvokeID uint32
	Outcome  Outcome
	Answer   Answer
	Answers  int64
	Wait     Number // nanoseconds to the first answer
	Failure  Refusal
	Reused   bool
	Why      string
	Unknown  []string
	failed   bool // an answer without request tells of a failure
}

// Answer is the first answer to a request; Type is 0 where there is none.
type Answer struct {
	Type uint32
	Name string
	Moment
	Frame int64
}

// Refusal is why a request was refused.
type Refusal struct {
	Coded
	Peripheral      Coded
	PeripheralLayer string
}

func (r *Request) code(c *coder) {
	c.place(&r.Place)
	c.int(&r.Off)
	c.byte(&r.From)
	c.uint(&r.Type)
	c.string(&r.Name)
	c.uint(&r.InvokeID)
	c.byte((*uint8)(&r.Outcome))
	c.uint(&r.Answer.Type)
	c.string(&r.Answer.Name)
	c.moment(&r.Answer.Moment)
	c.int(&r.Answer.Frame)
	c.int(&r.Answers)
	c.number(&r.Wait)
	c.coded(&r.Failure.Coded)
	c.coded(&r.Failure.Peripheral)
	c.string(&r.Failure.PeripheralLayer)
	c.bool(&r.Reused)
	c.string(&r.Why)
	c.strings(&r.Unknown)
}

// RequestType is what the requests of one type add up to.
type RequestType struct {
	Type     uint32
	Name     string
	Count    int64
	Outcomes [numOutcomes]int64
	// P50, P95, P99 and Max are times to the answer, in nanoseconds.
	P50, P95, P99, Max Number
}

func (t *RequestType) code(c *coder) {
	c.uint(&t.Type)
	c.string(&t.Name)
	c.int(&t.Count)
	for i := range t.Outcomes {
		c.int(&t.Outcomes[i])
	}
	c.number(&t.P50)
	c.number(&t.P95)
	c.number(&t.P99)
	c.number(&t.Max)
}
