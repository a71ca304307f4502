package story

import (
	"cmp"
	"slices"
	"strconv"
)

// calls joins what all sessions tell of calls.
type calls struct {
	sink     *sink
	most     int
	count    int64 // calls so far
	gave     int64 // numbers given so far
	byNumber map[numberKey][]*call
	owner    map[handle]*call // which call a connection was given to last
	holder   map[numberKey]*call
	idle     []*call // those that are followed, in the order of their first events
	phones   map[phone]string
	sessions map[int64]*watcher
	asked    map[[2]int64]asked // what consultations begin from, by session and RequestID
	consults []consult
	links    map[int64][]Link
	groups   map[int64]int64 // contacts: the call that one is joined to
	keys     map[[2]int64][]int64
	oldKeys  map[[2]int64][]int64
	unlinked bool // there were too many links to keep
	swept    int64
	now      int64
	full     bool

	told        callTold
	consultTold consultTold
	watchTold   watchTold
	thing       Call
	referTold   referTold
	lines       int64              // of events, so far
	peripherals map[[2]int64]int64 // of requests, by session and RequestID
	newcomers   []newcomer
	failed      error // of what was told while a connection was given
}

type numberKey struct{ peripheral, number int64 }

// handle is a connection of a number.
type handle struct {
	numberKey
	kind int64
	id   string
}

func (c *calls) start(s *sink, most int) {
	*c = calls{sink: s, most: most, byNumber: make(map[numberKey][]*call), owner: make(map[handle]*call), holder: make(map[numberKey]*call),
		phones: make(map[phone]string), sessions: make(map[int64]*watcher), asked: make(map[[2]int64]asked), peripherals: make(map[[2]int64]int64),
		links: make(map[int64][]Link), groups: make(map[int64]int64), keys: make(map[[2]int64][]int64)}
}

// watcher is a session that tells of calls.
type watcher struct {
	mask     Number
	monitors map[int64]int64
	ended    bool
	lossy    bool // something of the server was lost, or its beginning was not seen
	// losses are when something of the server was lost; after many is when there
	// were too many to keep.
	losses []int64
	many   int64
}

// maxLosses is how many losses of a session are kept by time.
const maxLosses = 1024

func (w *watcher) lose(at int64) {
	w.lossy = true
	if len(w.losses) < maxLosses {
		w.losses = append(w.losses, at)
	} else if w.many == 0 {
		w.many = at
	}
}

// lost tells when something was lost first in a time; 0 for never.
func (w *watcher) lost(from, to int64) int64 {
	for _, at := range w.losses {
		if from <= at && at <= to {
			return max(at, 1)
		}
	}
	if w.many != 0 && w.many <= to {
		return max(w.many, from, 1)
	}
	return 0
}

func (c *calls) watcher(session int64) *watcher {
	w := c.sessions[session]
	if w == nil {
		w = &watcher{lossy: true}
		c.sessions[session] = w
	}
	return w
}

// silence is how long a call may be silent and live; recent how long after its last
// event a call still takes events.
const (
	silence = 4 * 3600e9
	recent  = 60e9
)

// view is a session, or a monitor of it, that tells of a call.
type view struct {
	session, monitor int64
	open             bool
	next             int // place among the call's events
}

// event gives an event to the calls that it means.
func (c *calls) event(t *callTold) error {
	c.now = max(c.now, t.Time)
	var meant [2]*call
	news := false
	for i := range t.Parts {
		k, several := c.meant(t, &t.Parts[i])
		for _, other := range several {
			other.cannotTell(t)
		}
		if k == nil {
			continue
		}
		meant[i] = k
		if c.admit(k, t, &t.Parts[i]) {
			news = true
		}
		if i == 0 || k != meant[0] {
			if err := c.tellEvent(k, eventOf(t), &t.Parts[i]); err != nil {
				return err
			}
		}
	}
	if t.joins() && news && len(t.Parts) == 2 && meant[0] != nil && meant[1] != nil && meant[0] != meant[1] {
		c.join(t, meant)
	}
	if c.failed != nil {
		return c.failed
	}
	return c.sweep()
}

// meant finds the call that an event means, or the several that it may mean.
func (c *calls) meant(t *callTold, p *part) (*call, []*call) {
	if k := c.only(t, p); k != nil {
		return k, nil
	}
	list := narrowed(c.candidates(t, p), t)
	switch {
	case len(list) == 1:
		return list[0], nil
	case len(list) > 1:
		return nil, list
	}
	k := c.holder[numberKey{t.Peripheral, p.Number}]
	if t.What != beginCall && k != nil && t.Time-k.seen <= recent {
		return k, nil
	}
	return c.begin(t, p), nil
}

// only is the call that an event means where no other has its number, which is so
// nearly always; nil where more is to be looked at.
func (c *calls) only(t *callTold, p *part) *call {
	n := numberKey{t.Peripheral, p.Number}
	list := c.byNumber[n]
	if len(list) != 1 || !list[0].lives(t.Time) {
		return nil
	}
	if !p.none() && c.owner[handle{n, p.Kind.Value, p.ID}] != list[0] {
		return nil
	}
	return list[0]
}

// candidates are those that an event may mean by number and connection.
func (c *calls) candidates(t *callTold, p *part) []*call {
	n := numberKey{t.Peripheral, p.Number}
	begin := t.What == beginCall
	var owner *call
	if !p.none() {
		owner = c.owner[handle{n, p.Kind.Value, p.ID}]
	}
	var list []*call
	for _, k := range c.byNumber[n] {
		if k.lives(t.Time) || !begin && k.openFor(t.Session, t.Monitor) {
			list = append(list, k)
		}
	}
	if !begin && owner != nil && t.Time-owner.seen <= recent && !slices.Contains(list, owner) && !c.takenOver(owner, n, t.Time) {
		list = append(list, owner)
	}
	switch {
	case p.none():
		return list
	case slices.Contains(list, owner):
		return []*call{owner}
	case begin:
		return pick(list, func(k *call) bool { return !k.openFor(t.Session, t.Monitor) })
	}
	return list
}

// takenOver tells whether a call lives that got a number after another.
func (c *calls) takenOver(k *call, n numberKey, now int64) bool {
	for _, other := range c.byNumber[n] {
		if other != k && other.lives(now) && other.got(n.number) > k.got(n.number) {
			return true
		}
	}
	return false
}

// narrowed chooses among several; a step that would leave none is passed over.
func narrowed(list []*call, t *callTold) []*call {
	for _, step := range [...]func(*call) bool{
		func(k *call) bool { return k.lives(t.Time) },
		func(k *call) bool { return k.openFor(t.Session, t.Monitor) },
		func(k *call) bool { return !k.established },
	} {
		if len(list) < 2 {
			return list
		}
		if left := pick(list, step); len(left) > 0 {
			list = left
		}
	}
	return list
}

func pick(list []*call, wanted func(*call) bool) (out []*call) {
	for _, k := range list {
		if wanted(k) {
			out = append(out, k)
		}
	}
	return out
}

// begin begins a call; nil when there are too many.
func (c *calls) begin(t *callTold, p *part) *call {
	if len(c.idle) >= c.most {
		c.full = true
		return nil
	}
	c.count++
	k := &call{number: c.count, peripheral: t.Peripheral, first: t.Place, seen: t.Time}
	k.midway = t.What != beginCall && c.watcher(t.Session).lossy
	c.idle = append(c.idle, k)
	c.name(k, p.Number, t.Time)
	return k
}

// name gives a call a number.
func (c *calls) name(k *call, number, now int64) {
	c.gave++
	n := numberKey{k.peripheral, number}
	c.holder[n] = k
	if k.got(number) != 0 {
		return
	}
	plain := strconv.FormatInt(k.peripheral, 10) + "." + strconv.FormatInt(number, 10)
	id := plain
	for i := int64(2); c.idTaken(k, n, id, now); i++ {
		id = plain + "/" + strconv.FormatInt(i, 10)
	}
	k.numbers, k.ids = append(k.numbers, named{number, c.gave}), append(k.ids, id)
	c.byNumber[n] = append(c.byNumber[n], k)
}

func (c *calls) idTaken(k *call, n numberKey, id string, now int64) bool {
	for _, other := range c.byNumber[n] {
		if other != k && other.lives(now) && slices.Contains(other.ids, id) {
			return true
		}
	}
	return false
}

// give gives a call a connection.
func (c *calls) give(k *call, p *part, now int64) {
	if p.none() {
		return
	}
	h := handle{numberKey{k.peripheral, p.Number}, p.Kind.Value, p.ID}
	if c.owner[h] != k {
		c.owner[h] = k
		k.handles = append(k.handles, h)
	}
	if len(c.newcomers) > 0 && c.failed == nil {
		c.failed = c.arrive(k, h, now)
	}
	if o := (Connection{p.Kind, p.ID}); !slices.Contains(k.connections, o) && len(k.connections) < maxParties {
		k.connections = append(k.connections, o)
	}
	for i := range c.consults {
		if w := &c.consults[i]; w.handle == h && now-w.at.Time <= consultWait && w.from != 0 {
			c.link("consult", w.from, k.number, w.at)
			w.from = 0
		}
	}
}

// maxParties bounds the connections and devices of a call.
const maxParties = 1024

// admit notes that a session tells of a call; news tells that no other told the
// same before.
func (c *calls) admit(k *call, t *callTold, p *part) (news bool) {
	v := k.view(t.Session, t.Monitor)
	switch t.What {
	case beginCall:
		v.open = true
	case endCall:
		v.open = false
	}
	k.seen = t.Time
	c.give(k, p, t.Time)
	if t.Renumbered {
		c.name(k, t.New.Number, t.Time)
		c.give(k, &t.New, t.Time)
	}
	if news = k.isNews(t, v); news {
		c.apply(k, t, p)
	}
	k.carry(t)
	k.over = k.over || t.What == clearedEvent || !k.isOpen()
	k.established = k.established || t.What == established
	return news
}

// isNews goes on through the call's events from where a session is.
func (k *call) isNews(t *callTold, v *view) bool {
	for i := v.next; i < len(k.events); i++ {
		if k.events[i].same(t) {
			v.next = i + 1
			return false
		}
	}
	k.events = append(k.events, pastEvent{t.Core, t.All, t.Type, t.Version})
	v.next = len(k.events)
	k.last = t.Moment
	return true
}

// join lets one of two calls go on for both.
func (c *calls) join(t *callTold, calls [2]*call) {
	on, merged, number := calls[0], calls[1], t.Parts[0].Number
	has := func(n int64) bool {
		return slices.ContainsFunc(t.Parties, func(p part) bool { return p.Number == n })
	}
	if has(t.Parts[1].Number) && !has(t.Parts[0].Number) {
		on, merged, number = merged, on, t.Parts[1].Number
	}
	how := "transfer"
	if t.What == conferenced {
		how = "conference"
	}
	c.link(how, on.number, merged.number, t.Place)
	if !merged.merged.Set() {
		merged.merged, merged.over = t.Moment, true
		on.absorb(merged)
	}
	for i := range t.Parties {
		p := t.Parties[i]
		if p.Number == number && p.Kind.Set && p.Kind.Value != noConnection {
			c.give(on, &p, t.Time)
		}
	}
}

// link links two calls, and joins their contacts.
func (c *calls) link(how string, a, b int64, at Place) {
	if a == b {
		return
	}
	if len(c.links) >= maxLinked {
		c.unlinked = true
		return
	}
	c.links[a] = append(c.links[a], Link{how, b, at})
	c.links[b] = append(c.links[b], Link{how, a, at})
	x, y := c.contact(a), c.contact(b)
	if x != y {
		c.groups[max(x, y)] = min(x, y)
	}
}

// maxLinked is how many calls may have links; with more, none is told to have all.
const maxLinked = 1 << 20

// contact is the lowest number among the calls that links join.
func (c *calls) contact(n int64) int64 {
	root := n
	for next, ok := c.groups[root]; ok; next, ok = c.groups[root] {
		root = next
	}
	for n != root {
		next := c.groups[n]
		c.groups[n] = root
		n = next
	}
	return root
}

// sweepEvery is how often calls are looked for that are over.
const sweepEvery = 30e9

// sweep finishes the calls that no event can mean any more.
func (c *calls) sweep() error {
	if since := c.now - c.swept; since < sweepEvery && (len(c.idle) < c.most || since < sweepEvery/30) {
		return nil
	}
	c.swept = c.now
	kept := c.idle[:0]
	for _, k := range c.idle {
		if !k.gone(c.now) {
			kept = append(kept, k)
			continue
		}
		if err := c.finishCall(k); err != nil {
			return err
		}
	}
	clear(c.idle[len(kept):])
	c.idle = kept
	c.consults = slices.DeleteFunc(c.consults, func(w consult) bool { return w.from == 0 || c.now-w.at.Time > consultWait })
	return nil
}

// gone tells whether no event can mean the call any more.
func (k *call) gone(now int64) bool {
	if now-k.seen <= 2*recent {
		return false
	}
	return k.over && !k.isOpen() || now-k.seen > silence+recent
}

// finishCall gives a call, and forgets it.
func (c *calls) finishCall(k *call) error {
	for _, n := range k.numbers {
		key := numberKey{k.peripheral, n.number}
		list := slices.DeleteFunc(c.byNumber[key], func(o *call) bool { return o == k })
		if c.byNumber[key] = list; len(list) == 0 {
			delete(c.byNumber, key)
		}
		if c.holder[key] == k {
			delete(c.holder, key)
		}
	}
	for _, h := range k.handles {
		if c.owner[h] == k {
			delete(c.owner, h)
		}
	}
	thing := c.tellCall(k)
	return c.sink.finish(callLine, key{int64(callLine), k.number}, thing)
}

// close finishes all calls.
func (c *calls) close() error {
	for _, k := range c.idle {
		if err := c.finishCall(k); err != nil {
			return err
		}
	}
	c.idle = nil
	return nil
}

// put takes a fact.
func (c *calls) put(kind byte, b *coder) error {
	switch kind {
	case callFact:
		c.told.code(b)
		return c.event(&c.told)
	case consultFact:
		c.consultTold.code(b)
		c.consult(&c.consultTold)
	case referFact:
		c.referTold.code(b)
		return c.refers(&c.referTold)
	case watchFact:
		c.watchTold.code(b)
		c.watch(&c.watchTold)
	}
	return nil
}

// complete adds what was known later than the call's end: its links.
func (c *calls) complete(t *Call) {
	t.Links = c.links[t.Number]
	slices.SortStableFunc(t.Links, func(a, b Link) int { return cmp.Compare(a.At.Frame, b.At.Frame) })
	t.Contact = c.contact(t.Number)
	if c.unlinked {
		t.Links, t.Contact = nil, 0
		t.Unknown = append(t.Unknown, "contact", "links")
	}
}
