package story

import (
	"cmp"
	"slices"
)

// agents joins what all sessions tell of agents into time lines.
type agents struct {
	sink  *sink
	most  int
	lines map[Line]*timeline
	order []*timeline // by first entry
	// phones tells whose extension or instrument a text was last.
	phones map[phone]string
	asks   map[phone][]ask // by agent, and by instrument where no agent is named
	teams  map[phone][]int64
	losses map[int64]loss // the last of each session

	told told
	ask  ask
	team team
	loss loss
}

// phone is a text that means something on a peripheral.
type phone struct {
	kind       byte
	peripheral int64
	text       string
}

const (
	byDevice byte = iota
	byAgent
)

func (a *agents) start(s *sink, most int) {
	*a = agents{sink: s, most: most, lines: make(map[Line]*timeline), phones: make(map[phone]string),
		asks: make(map[phone][]ask), teams: make(map[phone][]int64), losses: make(map[int64]loss)}
}

// put takes a fact.
func (a *agents) put(kind byte, c *coder) error {
	switch kind {
	case agentFact:
		a.told.code(c)
		if a.sink.options.Kinds&Agents == 0 {
			return nil
		}
		return a.tell(&a.told)
	case askFact:
		a.ask.code(c)
		a.asked(a.ask)
	case teamFact:
		a.team.code(c)
		a.member(&a.team)
	case lossFact:
		a.loss.code(c)
		a.losses[a.loss.Session] = a.loss
	}
	return nil
}

// member notes that an agent is of a team.
func (a *agents) member(t *team) {
	k := phone{byAgent, t.Peripheral.N, t.Agent}
	have := a.teams[k]
	if at, ok := slices.BinarySearch(have, t.Team); !ok && len(a.teams) < a.most && len(have) < maxTeams {
		a.teams[k] = slices.Insert(have, at, t.Team)
	}
}

// maxTeams, maxAsks, maxGroups and maxTellers bound what is kept of one agent.
const (
	maxTeams   = 256
	maxAsks    = 16
	maxGroups  = 128
	maxTellers = 4096
)

// asked takes a request for a state, or that it was refused.
func (a *agents) asked(q ask) {
	k := phone{byAgent, q.Peripheral.N, q.Agent.String}
	if !q.Agent.Set {
		k = phone{byDevice, q.Peripheral.N, q.Instrument.String}
	}
	have := a.asks[k]
	if q.Refused {
		a.asks[k] = slices.DeleteFunc(have, func(o ask) bool { return o.Session == q.Session && o.ID == q.ID })
		a.reconsider(k, &q)
		return
	}
	if have == nil && len(a.asks) >= 2*a.most {
		return
	}
	if len(have) == maxAsks {
		have = slices.Delete(have, 0, 1)
	}
	a.asks[k] = append(have, q)
}

// reconsider finds anew who asked for the entries that a refused request was taken to
// ask for.
func (a *agents) reconsider(k phone, q *ask) {
	agent := k.text
	if k.kind == byDevice {
		agent = a.phones[k]
	}
	for _, mrd := range [...]Number{{}, number(1)} {
		l := a.lines[Line{agent, q.Peripheral, mrd}]
		if l == nil {
			continue
		}
		for i := range l.entries {
			if p := &l.entries[i].Asked; p.Session == q.Session && p.Frame == q.Frame {
				*p = a.asker(l, i)
			}
		}
	}
}

// line finds the time line that a message means.
func (a *agents) line(t *told) *timeline {
	k := t.Line
	if k.Agent == "" {
		k.Agent = a.nameless(t)
	}
	if k.Agent == "" {
		return nil
	}
	l := a.lines[k]
	if l == nil && len(a.lines) < a.most {
		l = &timeline{Agent: Agent{Line: k, Place: t.Place}, serial: len(a.order)}
		a.lines[k] = l
		a.order = append(a.order, l)
	}
	return l
}

// nameless names the agent of a message without AgentID.
func (a *agents) nameless(t *told) string {
	if t.ICM.Set && t.ICM.N > 0 {
		return string(appendUnits(nil, t.ICM.N, 1))
	}
	for _, text := range [...]Text{t.Extension, t.Instrument} {
		if agent := a.phones[phone{byDevice, t.Line.Peripheral.N, text.String}]; text.Set && agent != "" {
			return agent
		}
	}
	return ""
}

// tell takes a state.
func (a *agents) tell(t *told) (err error) {
	l := a.line(t)
	if l == nil {
		return nil
	}
	switch {
	case t.Event:
		err = a.event(l, t)
	case l.count() == 0:
		err = a.add(l, t)
	}
	l.note(t)
	for _, text := range [...]Text{t.Extension, t.Instrument} {
		if text.Set && len(a.phones) < 2*a.most {
			a.phones[phone{byDevice, t.Line.Peripheral.N, text.String}] = l.Line.Agent
		}
	}
	return err
}

// sameEvent is how old an entry may be that another session tells of.
const sameEvent = 60e9

// event gives an event to its entry, or makes one.
func (a *agents) event(l *timeline, t *told) error {
	teller := l.teller(t.Session)
	at := l.find(t, teller.next)
	if at < 0 {
		if err := a.add(l, t); err != nil {
			return err
		}
		at = l.count() - 1
	}
	teller.next = at + 1
	e := &l.entries[at-l.base]
	for _, g := range t.Groups {
		if !slices.Contains(e.Groups, g) && len(e.Groups) < maxGroups {
			e.Groups = append(e.Groups, g)
		}
	}
	return nil
}

// add begins an entry; the one before it ends.
func (a *agents) add(l *timeline, t *told) error {
	e := AgentState{Place: t.Place, Line: l.Line, State: t.State, Reason: t.Reason, Next: t.Next, Forced: t.Forced}
	e.Since = t.Moment
	if t.Duration.Set && e.Since.timed() {
		e.Since.Time -= t.Duration.N * 1e9
	}
	l.sum(&e)
	if n := len(l.entries); n > 0 {
		a.until(l, &l.entries[n-1], e.Moment)
	}
	var err error
	if len(l.entries) == liveEntries {
		err = a.retire(l, &l.entries[0], l.base)
		l.entries = slices.Delete(l.entries, 0, 1)
		l.base++
	}
	l.entries = append(l.entries, e)
	l.entries[len(l.entries)-1].Asked = a.asker(l, len(l.entries)-1)
	return err
}

// liveEntries is how many entries of a time line are not finished: later events
// may belong to them.
const liveEntries = 32

// until ends an entry.
func (a *agents) until(l *timeline, e *AgentState, m Moment) {
	if a.holed(l, e, m) || !m.timed() || !e.Since.timed() {
		e.Unknown = unknownEnd
		return
	}
	e.Until = m
	e.Time = number(m.Time - e.Since.Time)
	l.sumOf(e.State).Time += e.Time.N
}

var unknownEnd = []string{"until", "seconds"}

// holed tells whether each session that tells of the agent lost something of the
// server between an entry and the next.
func (a *agents) holed(l *timeline, e *AgentState, m Moment) bool {
	for i := range l.tellers {
		loss, lost := a.losses[l.tellers[i].session]
		if !lost || loss.To < e.told() || loss.From > m.Time {
			return false
		}
	}
	return len(l.tellers) > 0
}

// told is when the entry was told first.
func (e *AgentState) told() int64 { return e.Place.Moment.Time }

// askedBefore is how long before a state it may have been asked for.
const askedBefore = 10e9

// asker finds where the state of an entry was asked for.
func (a *agents) asker(l *timeline, i int) (p Place) {
	if l.MRD.Set && l.MRD.N != 1 {
		return p
	}
	e := &l.entries[i]
	from := e.told() - askedBefore
	if i > 0 && pends(l.entries[i-1].State.Value) {
		from = min(from, l.entries[i-1].told())
	}
	for _, k := range [...]phone{{byAgent, l.Peripheral.N, l.Line.Agent}, {byDevice, l.Peripheral.N, l.Instrument.String}} {
		for _, q := range a.asks[k] {
			if q.State == e.State.Value && q.Time >= from && q.Time <= e.told() && (!p.Set() || q.Frame > p.Frame) {
				p = q.Place
			}
		}
	}
	return p
}

// retire takes a finished entry.
func (a *agents) retire(l *timeline, e *AgentState, i int) error {
	at := &l.Agent
	return a.sink.finish(stateFact, key{int64(agentLine), at.Moment.Time, at.Frame, int64(l.serial)<<32 | int64(i+1)}, e)
}

// finish gives all time lines.
func (a *agents) finish() error {
	for _, l := range a.order {
		if l.count() == 0 {
			continue
		}
		for i := range l.entries {
			e := &l.entries[i]
			if i == len(l.entries)-1 {
				e.Unknown = unknownEnd
			}
			if err := a.retire(l, e, l.base+i); err != nil {
				return err
			}
		}
		l.Teams = a.teams[phone{byAgent, l.Peripheral.N, l.Line.Agent}]
		l.complete()
		k := key{int64(agentLine), l.Moment.Time, l.Frame, int64(l.serial) << 32}
		if err := a.sink.finish(agentLine, k, &l.Agent); err != nil {
			return err
		}
	}
	return nil
}

// timeline is what one agent did in one kind of media.
type timeline struct {
	Agent
	serial  int // in the order of first entries
	entries []AgentState
	base    int // number of the first of entries
	tellers []teller
	before  Coded // the state of the last entry
}

// teller is a session that tells of the agent, and the entry that it tells next.
type teller struct {
	session int64
	next    int
}

// count is the number of entries so far.
func (l *timeline) count() int { return l.base + len(l.entries) }

func (l *timeline) teller(session int64) *teller {
	at, ok := slices.BinarySearchFunc(l.tellers, session, func(t teller, s int64) int { return cmp.Compare(t.session, s) })
	if !ok {
		if len(l.tellers) == maxTellers {
			at = len(l.tellers) - 1
			l.tellers[at] = teller{session: session}
			return &l.tellers[at]
		}
		l.tellers = slices.Insert(l.tellers, at, teller{session: session})
	}
	return &l.tellers[at]
}

// find returns the entry that an event tells of, -1 for a new one.
func (l *timeline) find(t *told, next int) int {
	fits := func(i int) bool {
		e := &l.entries[i-l.base]
		return e.State.Value == t.State.Value && e.Reason.Value == t.Reason.Value
	}
	for i := max(next, l.base); i < l.count(); i++ {
		if fits(i) && t.Moment.Time-l.entries[i-l.base].told() <= sameEvent {
			return i
		}
	}
	if next > l.base && fits(next-1) {
		return next - 1
	}
	if last := l.count() - 1; last >= 0 && fits(last) {
		return last
	}
	return -1
}

// note takes what a message tells of the agent beside the state.
func (l *timeline) note(t *told) {
	l.teller(t.Session)
	if t.ICM.Set {
		l.ICM = t.ICM
	}
	if t.Extension.Set {
		l.Extension = t.Extension
	}
	if t.Instrument.Set {
		l.Instrument = t.Instrument
	}
	for _, g := range t.Groups {
		g.State = Coded{}
		if !slices.Contains(l.Groups, g) && len(l.Groups) < maxGroups {
			l.Groups = append(l.Groups, g)
		}
	}
}

// sum counts an entry that begins.
func (l *timeline) sum(e *AgentState) {
	state := e.State.Value
	out := l.before.Set && l.before.Value == stateLogout
	switch {
	case state == stateLogin, out && state != stateLogout && state != stateUnknown:
		l.SignIns++
	case state == stateLogout && l.before.Set:
		l.SignOuts++
		if e.Forced {
			l.Forced++
		}
	}
	l.before = e.State
	l.sumOf(e.State).Count++
}

func (l *timeline) sumOf(state Coded) *StateSum {
	for i := range l.States {
		if l.States[i].State.Value == state.Value {
			return &l.States[i]
		}
	}
	l.States = append(l.States, StateSum{State: state})
	return &l.States[len(l.States)-1]
}

// complete fills in what is known at the end.
func (l *timeline) complete() {
	l.State = l.before
	slices.SortFunc(l.States, func(x, y StateSum) int { return cmp.Compare(x.State.Value, y.State.Value) })
	for _, t := range l.tellers {
		l.Sessions = append(l.Sessions, t.session)
	}
}
