package story

import "slices"

// posts joins messages to people with their deliveries.
type posts struct {
	sink   *sink
	recent map[postKey][]*UserMessage // those that may still be delivered
	open   map[[2]int64]*UserMessage  // by session and RequestID: not answered yet
	wait   []*UserMessage             // in order, until their time is over
	there  map[int64]*there
	now    int64

	message  UserMessage
	reply    reply
	presence presence
}

// postKey is what request and event have in common.
type postKey struct {
	server, client, text string
	to                   int64
}

// there is what is known of a session that may be sent something.
type there struct {
	server, client                     string
	granted, activated, left, mayLeave Moment
	standby                            bool
	holed                              []int64 // the last times of holes
}

func (p *posts) start(s *sink) {
	*p = posts{sink: s, recent: make(map[postKey][]*UserMessage), open: make(map[[2]int64]*UserMessage), there: make(map[int64]*there)}
}

// delivery is how long after the request a message may be delivered; settled is
// after which time nothing changes any more.
const (
	delivery = 10e9
	settled  = 30e9
)

// put takes a fact.
func (p *posts) put(kind byte, c *coder) {
	switch kind {
	case messageFact:
		u := new(UserMessage)
		u.code(c)
		p.keep(u)
		p.open[[2]int64{u.Session, u.id}] = u
	case deliveryFact:
		p.message = UserMessage{}
		p.message.code(c)
		p.deliver(&p.message)
	case replyFact:
		p.reply.code(c)
		p.replied(&p.reply)
	case presenceFact:
		p.presence.code(c)
		p.news(&p.presence)
	}
}

func keyOf(u *UserMessage) postKey {
	return postKey{u.server, u.FromClient.String, u.Text.String, u.Distribution.Value}
}

func (p *posts) keep(u *UserMessage) {
	k := keyOf(u)
	p.recent[k] = append(p.recent[k], u)
	p.wait = append(p.wait, u)
}

// deliver gives an event to its message, requests first.
func (p *posts) deliver(e *UserMessage) {
	var best *UserMessage
	for _, u := range p.recent[keyOf(e)] {
		if e.Time < u.Time || e.Time-u.Time > delivery {
			continue
		}
		if best == nil || u.Seen && !best.Seen {
			best = u
		}
	}
	if best == nil {
		best = new(UserMessage)
		*best = *e
		best.Unknown = slices.Clone(unknownPost)
		p.keep(best)
	}
	if len(best.Deliveries) < maxDeliveries {
		best.Deliveries = append(best.Deliveries, e.Place)
	}
}

// maxDeliveries bounds what is kept of one message.
const maxDeliveries = 65536

var unknownPost = []string{"session", "invoke_id", "from_agent", "peripheral", "recipient", "cil_client", "status", "answer_ms", "broken"}

func (p *posts) replied(r *reply) {
	k := [2]int64{r.Session, r.ID}
	u := p.open[k]
	if u == nil {
		return
	}
	delete(p.open, k)
	u.Outcome, u.Status, u.Wait, u.id = r.Outcome, r.Status, r.Wait, 0
	if r.Outcome == Unknown {
		u.Unknown = append(u.Unknown, "status", "answer_ms")
	}
}

// news takes what is told of a session's presence.
func (p *posts) news(n *presence) {
	t := p.there[n.Session]
	if t == nil {
		if n.What != granted {
			return
		}
		t = &there{server: n.Server, client: n.Client, granted: n.Moment, standby: n.Standby}
		p.there[n.Session] = t
	}
	switch n.What {
	case activated:
		if !t.activated.Set() {
			t.activated = n.Moment
		}
	case mayLeave:
		t.mayLeave = n.Moment
	case dropped:
		if t.mayLeave.Set() && n.Moment.Time-t.mayLeave.Time <= afterFailure && !t.left.Set() {
			t.left = t.mayLeave
		}
		fallthrough
	case left:
		if !t.left.Set() {
			t.left = n.Moment
		}
	case holed:
		if len(t.holed) == maxHoles {
			t.holed = t.holed[1:]
		}
		t.holed = append(t.holed, n.Moment.Time)
	}
}

// maxHoles is how many holes of a session are remembered.
const maxHoles = 64

// listens tells whether the session is a client's that would have got a message
// between two times.
func (t *there) listens(u *UserMessage, from, to int64) bool {
	if t.client != u.ToClient.String || t.server != u.server || t.granted.Time > from || t.left.Set() && t.left.Time < to {
		return false
	}
	for _, h := range t.holed {
		if h >= from {
			return false
		}
	}
	return !t.standby || t.activated.Set() && t.activated.Time <= from
}

// delivered tells whether a message arrived.
func (p *posts) delivered(u *UserMessage) string {
	switch {
	case len(u.Deliveries) > 0:
		return "yes"
	case u.Outcome == Refused:
		return "no"
	case !u.Distribution.Set || u.Distribution.Value != toClient || !u.ToClient.Set || u.Time+delivery > p.now:
		return "unknown"
	}
	for _, t := range p.there {
		if t.listens(u, u.Time, u.Time+delivery) {
			return "no"
		}
	}
	return "unknown"
}

// reached finishes the messages whose time is over.
func (p *posts) reached(now int64) error {
	p.now = max(p.now, now)
	n := 0
	for n < len(p.wait) && p.wait[n].Time+settled <= p.now && p.wait[n].id == 0 {
		if err := p.finish(p.wait[n]); err != nil {
			return err
		}
		n++
	}
	p.wait = slices.Delete(p.wait, 0, n)
	if len(p.there) > maxThere {
		for id, t := range p.there {
			if t.left.Set() && t.left.Time+2*settled < p.now {
				delete(p.there, id)
			}
		}
	}
	return nil
}

// maxThere is how many sessions are remembered before those that ended are looked
// for.
const maxThere = 32768

func (p *posts) finish(u *UserMessage) error {
	k := keyOf(u)
	if p.recent[k] = slices.DeleteFunc(p.recent[k], func(o *UserMessage) bool { return o == u }); len(p.recent[k]) == 0 {
		delete(p.recent, k)
	}
	u.Delivered = p.delivered(u)
	return p.sink.finish(messageLine, key{int64(messageLine), u.Frame, u.Session, int64(u.InvokeID)}, u)
}

// close finishes all.
func (p *posts) close() error {
	for _, u := range p.wait {
		if u.id != 0 { // never told: the session goes on
			u.Unknown = append(u.Unknown, "status", "answer_ms")
		}
		if err := p.finish(u); err != nil {
			return err
		}
	}
	p.wait = nil
	return nil
}
