package story

import (
	"encoding/binary"
	"math/bits"
	"math/rand/v2"
	"strings"
	"unsafe"

	"ctiscope/decode"
	"ctiscope/decode/schema"
	"ctiscope/session"
)

// callTold is what an event tells of a call, or of two: the fact of it.
type callTold struct {
	Place
	Type, Version  uint32
	Name           string // only where events are told
	What           uint8  // a callEvent
	Core, All      int64  // hashes: fields that all versions have; all fields
	Peripheral     int64
	PeripheralType Number
	Monitor        int64
	Parts          []part
	New            part
	Renumbered     bool
	State, Cause   Coded
	Device         Text // whom the event is about
	Calling        Text
	ANI, DNIS      Text
	Dialed, Digits Text
	CallType       Coded
	Disposition    Coded
	KeyDay, KeyID  Number
	KeySequence    Number
	SkillGroups    Number
	Groups         []int64
	Parties        []part
	Variables      []toldVariable
}

// part is the connection of one party, and the number of the call.
type part struct {
	Number int64
	Kind   Coded
	ID     string
}

// none tells whether it names no connection.
func (p *part) none() bool { return p.ID == "" }

// toldVariable is one variable as an event has it; Index is -1 where it is no array's.
type toldVariable struct {
	Name, Value string
	Index       int64
	Named       bool
}

func (p *part) code(c *coder) {
	c.int(&p.Number)
	c.coded(&p.Kind)
	c.string(&p.ID)
}

// The optional parts of a callTold, as bits: most events have few.
const (
	hasNew = 1 << iota
	hasState
	hasCause
	hasDevice
	hasCalling
	hasTexts
	hasCallType
	hasDisposition
	hasKey
	hasQueue
	hasParties
	hasVariables
	hasName
)

// parts tells which optional parts there are.
func (t *callTold) parts() (mask int64) {
	for i, there := range [...]bool{
		t.Renumbered, t.State.Set, t.Cause.Set, t.Device.Set, t.Calling.Set, t.ANI.Set || t.DNIS.Set || t.Dialed.Set || t.Digits.Set,
		t.CallType.Set, t.Disposition.Set, t.KeyDay.Set, t.SkillGroups.Set || len(t.Groups) > 0, len(t.Parties) > 0, len(t.Variables) > 0, t.Name != "",
	} {
		if there {
			mask |= 1 << i
		}
	}
	return mask
}

func (t *callTold) code(c *coder) {
	if c.reading {
		*t = callTold{Parts: t.Parts, Groups: t.Groups[:0], Parties: t.Parties[:0], Variables: t.Variables[:0]}
	}
	c.place(&t.Place)
	c.uint(&t.Type)
	c.uint(&t.Version)
	c.byte(&t.What)
	c.fixed(&t.Core)
	c.fixed(&t.All)
	c.int(&t.Peripheral)
	c.number(&t.PeripheralType)
	c.int(&t.Monitor)
	for i := range list(c, &t.Parts) {
		t.Parts[i].code(c)
	}
	mask := t.parts()
	c.int(&mask)
	t.codeOptional(c, mask)
}

func (t *callTold) codeOptional(c *coder, mask int64) {
	if mask&hasNew != 0 {
		c.bool(&t.Renumbered)
		t.New.code(c)
	}
	for i, v := range [...]*Coded{&t.State, &t.Cause, &t.CallType, &t.Disposition} {
		if mask&[...]int64{hasState, hasCause, hasCallType, hasDisposition}[i] != 0 {
			c.coded(v)
		}
	}
	if mask&hasDevice != 0 {
		c.text(&t.Device)
	}
	if mask&hasCalling != 0 {
		c.text(&t.Calling)
	}
	if mask&hasTexts != 0 {
		for _, v := range [...]*Text{&t.ANI, &t.DNIS, &t.Dialed, &t.Digits} {
			c.text(v)
		}
	}
	if mask&hasKey != 0 {
		for _, v := range [...]*Number{&t.KeyDay, &t.KeyID, &t.KeySequence} {
			c.number(v)
		}
	}
	if mask&hasQueue != 0 {
		c.number(&t.SkillGroups)
		c.ints(&t.Groups)
	}
	t.codeLists(c, mask)
}

func (t *callTold) codeLists(c *coder, mask int64) {
	if mask&hasParties != 0 {
		for i := range list(c, &t.Parties) {
			t.Parties[i].code(c)
		}
	}
	if mask&hasVariables != 0 {
		for i := range list(c, &t.Variables) {
			v := &t.Variables[i]
			c.string(&v.Name)
			c.string(&v.Value)
			c.int(&v.Index)
			c.bool(&v.Named)
		}
	}
	if mask&hasName != 0 {
		c.string(&t.Name)
	}
}

// The events of calls that the rules speak of.
const (
	otherEvent uint8 = iota
	beginCall
	endCall
	delivered
	established
	heldEvent
	retrieved
	clearedEvent
	connectionCleared
	originated
	failed
	conferenced
	transferred
	diverted
	initiated
	queued
	dequeued
	translationRoute
	dataUpdate
)

// callEvents are the events by name, with the field that names the device whom each
// is about.
var callEvents = map[string]struct {
	what   uint8
	device string
}{
	"BEGIN_CALL_EVENT": {beginCall, ""}, "END_CALL_EVENT": {endCall, ""},
	"CALL_DELIVERED_EVENT": {delivered, "AlertingDeviceID"}, "CALL_ESTABLISHED_EVENT": {established, "AnsweringDeviceID"},
	"CALL_HELD_EVENT": {heldEvent, "HoldingDeviceID"}, "CALL_RETRIEVED_EVENT": {retrieved, "RetrievingDeviceID"},
	"CALL_CLEARED_EVENT": {clearedEvent, ""}, "CALL_CONNECTION_CLEARED_EVENT": {connectionCleared, "ReleasingDeviceID"},
	"CALL_ORIGINATED_EVENT": {originated, "CallingDeviceID"}, "CALL_FAILED_EVENT": {failed, "FailingDeviceID"},
	"CALL_CONFERENCED_EVENT": {conferenced, "ControllerDeviceID"}, "CALL_TRANSFERRED_EVENT": {transferred, "TransferringDeviceID"},
	"CALL_DIVERTED_EVENT": {diverted, "DivertingDeviceID"}, "CALL_SERVICE_INITIATED_EVENT": {initiated, "CallingDeviceID"},
	"CALL_QUEUED_EVENT": {queued, ""}, "CALL_DEQUEUED_EVENT": {dequeued, ""},
	"CALL_TRANSLATION_ROUTE_EVENT": {translationRoute, ""}, "CALL_DATA_UPDATE_EVENT": {dataUpdate, ""},
}

// joins tells whether an event makes one call of two.
func (t *callTold) joins() bool { return t.What == conferenced || t.What == transferred }

// repeats tells of an event that repeats an old state after a restart.
func (t *callTold) repeats() bool { return t.Cause.Set && (t.Cause.Value == 50 || t.Cause.Value == 61) }

// alerts tells whether a phone rings.
func (t *callTold) alerts() bool { return t.What == delivered && t.State.Set && t.State.Value == 2 }

// carriesAll tells whether an event has all named variables of its call.
func (t *callTold) carriesAll() bool { return t.What == dataUpdate || t.What == beginCall }

// noConnection is CONNECTION_ID_NONE.
const noConnection = 0xffff

// callMessage gives what a message tells of calls.
func (s *stage) callMessage(t *track, r *session.Record) {
	m := r.Message
	if m.Def == nil || m.Def.From != schema.Server || m.Def.HasInvokeID() || m.NumFixed < 3 {
		return
	}
	e := &s.call
	*e = callTold{Parts: e.Parts[:0], Groups: e.Groups[:0], Parties: e.Parties[:0], Variables: e.Variables[:0]}
	known := callEvents[m.Def.Name]
	e.What = known.what
	e.read(m, known.device, s.kinds&CallEvents != 0)
	if len(e.Parts) == 0 {
		return
	}
	e.Place, e.Type, e.Version = placeOf(r.Mark, t.ID), m.Type, uint32(m.Version)
	if s.kinds&CallEvents != 0 {
		e.Name = m.Name()
	}
	e.hash(m)
	s.begin(callFact)
	e.code(&s.coder)
	s.give()
}

// read goes through the fields once; words tells that all names are wanted.
func (e *callTold) read(m *decode.Message, device string, words bool) {
	var primary, secondary, own part
	var havePeripheral, haveOwn, haveTwo bool
	for i := range m.Fields {
		f := &m.Fields[i]
		if f.Def == nil || f.Odd || m.Guarded() && m.Conceals(f) {
			continue
		}
		switch name := f.Def.Name; name {
		case "PeripheralID":
			e.Peripheral, havePeripheral = int64(m.Uint(f)), true
		case "PeripheralType":
			e.PeripheralType = number(int64(m.Uint(f)))
		case "MonitorID":
			e.Monitor = int64(m.Uint(f))
		case "ConnectionCallID":
			own.Number, haveOwn = int64(m.Uint(f)), true
		case "ConnectionDeviceIDType":
			own.Kind = codedOf(m, f)
		case "ConnectionDeviceID":
			own.ID = borrowed(m.Text(f))
		case "PrimaryCallID":
			primary.Number, haveTwo = int64(m.Uint(f)), true
		case "PrimaryDeviceIDType":
			primary.Kind = codedOf(m, f)
		case "PrimaryDeviceID":
			primary.ID = borrowed(m.Text(f))
		case "SecondaryCallID":
			secondary.Number = int64(m.Uint(f))
		case "SecondaryDeviceIDType":
			secondary.Kind = codedOf(m, f)
		case "SecondaryDeviceID":
			secondary.ID = borrowed(m.Text(f))
		case "NewConnectionCallID":
			e.New.Number = int64(m.Uint(f))
			e.Renumbered = e.New.Number != schema.None32
		case "NewConnectionDeviceIDType":
			e.New.Kind = codedOf(m, f)
		case "NewConnectionDeviceID":
			e.New.ID = borrowed(m.Text(f))
		case "LocalConnectionState":
			e.State = e.codedAs(m, f, words)
		case "EventCause":
			e.Cause = e.codedAs(m, f, words || e.What == clearedEvent)
		default:
			e.readOther(m, f, name, device)
		}
		if name := f.Def.Name; name == device {
			e.Device = textIn(m, f)
		}
	}
	if !havePeripheral {
		return
	}
	if e.joins() {
		if haveTwo {
			e.addPart(primary)
			e.addPart(secondary)
		}
	} else if haveOwn {
		e.addPart(own)
	}
	if e.New.Kind.Value == noConnection {
		e.New.ID = ""
	}
}

// borrowed is a text in the frame: the fact is written before the frame goes.
func borrowed(b []byte) string { return unsafe.String(unsafe.SliceData(b), len(b)) }

func textIn(m *decode.Message, f *decode.Field) Text {
	if f.Type() != schema.String {
		return Text{}
	}
	s := borrowed(m.Text(f))
	return Text{s != "", s}
}

// codedAs is codedOf, where the name may not be wanted.
func (e *callTold) codedAs(m *decode.Message, f *decode.Field, words bool) Coded {
	if words {
		return codedOf(m, f)
	}
	return Coded{Set: true, Value: int64(m.Uint(f))}
}

// addPart takes a part that names a call.
func (e *callTold) addPart(p part) {
	if p.Kind.Value == noConnection {
		p.ID = ""
	}
	if p.ID == "" {
		p.Kind = Coded{}
	}
	if p.Number != schema.None32 && (p.Number != 0 || p.ID != "") {
		e.Parts = append(e.Parts, p)
	}
}

// readOther reads the fields that tell of the call's data.
func (e *callTold) readOther(m *decode.Message, f *decode.Field, name, device string) {
	switch name {
	case "CallingDeviceID":
		e.Calling = textIn(m, f)
	case "ANI":
		e.ANI = textIn(m, f)
	case "DNIS":
		e.DNIS = textIn(m, f)
	case "DialedNumber":
		e.Dialed = textIn(m, f)
	case "CallerEnteredDigits":
		e.Digits = textIn(m, f)
	case "CallType":
		if !m.IsNone(f) {
			e.CallType = codedOf(m, f)
		}
	case "CalledPartyDisposition":
		if c := codedOf(m, f); c.Name != "" {
			e.Disposition = c
		}
	case "RouterCallKeyDay":
		e.KeyDay = number(int64(m.Uint(f)))
	case "RouterCallKeyCallID":
		e.KeyID = number(int64(m.Uint(f)))
	case "RouterCallKeySequenceNumber":
		if u := m.Uint(f); u != schema.None32 {
			e.KeySequence = number(int64(u))
		}
	case "NumSkillGroups":
		e.SkillGroups = number(int64(m.Uint(f)))
	case "SkillGroupNumber":
		if f.Tag != 0 {
			e.Groups = append(e.Groups, int64(m.Uint(f)))
		}
	case "ConnectedPartyCallID":
		e.Parties = append(e.Parties, part{Number: int64(m.Uint(f))})
	case "ConnectedPartyDeviceIDType", "ConnectedPartyDeviceID":
		if n := len(e.Parties); n > 0 {
			if p := &e.Parties[n-1]; name == "ConnectedPartyDeviceID" {
				p.ID = borrowed(m.Text(f))
			} else {
				p.Kind = codedOf(m, f)
			}
		}
	case "NamedVariable", "NamedArray":
		index, key, value := m.NamedVariable(f)
		e.Variables = append(e.Variables, toldVariable{borrowed(key), borrowed(value), int64(index), true})
	default:
		if strings.HasPrefix(name, "CallVariable") && f.Type() == schema.String || name == "CallWrapupData" {
			e.Variables = append(e.Variables, toldVariable{name, borrowed(m.Text(f)), -1, false})
		}
	}
}

// seed makes hashes that nobody can foresee; they are compared within a run only.
var seed = rand.Uint64() | 1

// hash makes the hashes by which the same event is known in several sessions: of
// all but what differs by client.
func (e *callTold) hash(m *decode.Message) {
	core, all := seed, seed
	for i := range m.Fields {
		f := &m.Fields[i]
		if f.Def != nil && f.Def.PerClient {
			continue
		}
		h := hashOf(m.Frame[f.Off:int(f.Off)+int(f.Len)], uint64(f.Tag)<<16|uint64(f.Len))
		all = mix(all, h)
		if f.Def == nil || f.Def.Since == 0 && f.Def.Until == 0 {
			core = mix(core, h)
		}
	}
	e.Core, e.All = int64(core), int64(all)
}

// mix joins two hashes, in order.
func mix(h, next uint64) uint64 {
	high, low := bits.Mul64(h^0x9e3779b97f4a7c15, next^seed)
	return high ^ low + h<<1
}

// hashOf is the hash of some bytes, eight at a time.
func hashOf(b []byte, h uint64) uint64 {
	for len(b) >= 8 {
		h = mix(h, binary.LittleEndian.Uint64(b))
		b = b[8:]
	}
	if len(b) == 0 {
		return h
	}
	var rest uint64
	for i := range b {
		rest |= uint64(b[i]) << (8 * i)
	}
	return mix(h, rest)
}

// same tells whether two events are one that several sessions tell.
func (e *pastEvent) same(t *callTold) bool {
	if e.kind != t.Type {
		return false
	}
	if e.version == t.Version {
		return e.all == t.All
	}
	return e.core == t.Core
}

// pastEvent is what is kept of an event of a call.
type pastEvent struct {
	core, all     int64
	kind, version uint32
}
