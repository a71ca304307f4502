package traffic

import (
	"encoding/binary"
	"slices"

	"ctiscope/decode"
)

// Call is a call as the server knows it. Its fields are the server's.
type Call struct {
	id       uint32
	kind     int64 // CallType
	caller   Caller
	service  *Service // nil for calls between agents and to the outside
	dialed   string
	keyDay   int64
	keyCall  int64
	vars     [10]string
	ecc      []decode.Setting // NamedVariable, NamedArray
	uui      []byte
	outcome  int64 // CalledPartyDisposition
	parties  []*party
	queuedAt int64
	offered  *desk // the agent for whom it is meant
}

// ID returns the ConnectionCallID.
func (c *Call) ID() uint32 { return c.id }

// party is one end of a call.
type party struct {
	device string
	kind   int64 // DeviceIDType
	state  int64 // LocalConnectionState
	desk   *desk // nil for somebody outside
	rtp    bool  // its voice stream was announced
}

// newCall makes a call.
func (s *Server) newCall(kind int64, caller Caller, dialed string) *Call {
	c := &Call{id: s.nextCall, kind: kind, caller: caller, dialed: dialed, keyDay: 155000 + s.now()/86400 - 20000}
	s.nextCall += 1 + uint32(s.rng.IntN(3))
	s.nextKey++
	c.keyCall = s.nextKey
	s.calls[c.id] = c
	return c
}

// join adds a party to a call.
func (c *Call) join(p *party) *party {
	c.parties = append(c.parties, p)
	if p.desk != nil {
		p.desk.calls = append(p.desk.calls, c)
	}
	return p
}

// leave takes a party out of a call.
func (c *Call) leave(p *party) {
	c.parties = slices.DeleteFunc(c.parties, func(o *party) bool { return o == p })
	if p.desk != nil {
		p.desk.calls = slices.DeleteFunc(p.desk.calls, func(o *Call) bool { return o == c })
	}
}

// partyOf returns the party at a device, or nil.
func (c *Call) partyOf(device string) *party {
	for _, p := range c.parties {
		if p.device == device {
			return p
		}
	}
	return nil
}

// identity are the fields that most call events begin with.
func (c *Call) identity(ss *session, device string) []decode.Setting {
	return []decode.Setting{
		num("MonitorID", int64(ss.monitor)), num("PeripheralID", PeripheralID), num("PeripheralType", peripheralType),
		num("ConnectionDeviceIDType", 0), num("ConnectionCallID", int64(c.id)), text("ConnectionDeviceID", device),
	}
}

// routing are the service and skill group of a call; none for calls that no
// script routed.
func (c *Call) routing() []decode.Setting {
	service, id, group, groupID := int64(none32), int64(none32), int64(none32), int64(none32)
	if c.service != nil {
		service, id, group, groupID = c.service.Number, c.service.ID, c.service.Group.Number, c.service.Group.ID
	}
	return []decode.Setting{
		num("ServiceNumber", service), num("ServiceID", id),
		num("SkillGroupNumber", group), num("SkillGroupID", groupID), num("SkillGroupPriority", 0),
	}
}

// numbers are who calls whom.
func (c *Call) numbers() []decode.Setting {
	var v []decode.Setting
	add := func(name, s string) {
		if s != "" {
			v = append(v, text(name, s))
		}
	}
	add("ANI", c.caller.ANI)
	if c.uui != nil {
		v = append(v, raw("UserToUserInfo", c.uui))
	}
	if c.service != nil {
		add("DNIS", c.service.DNIS)
	}
	add("DialedNumber", c.dialed)
	add("CallerEnteredDigits", c.caller.Entered)
	return v
}

// without returns the values but for those of a name.
func without(values []decode.Setting, name string) []decode.Setting {
	return slices.DeleteFunc(values, func(v decode.Setting) bool { return v.Name == name })
}

// key is the router's name of the call.
func (c *Call) key() []decode.Setting {
	return []decode.Setting{
		num("RouterCallKeyDay", c.keyDay), num("RouterCallKeyCallID", c.keyCall), num("RouterCallKeySequenceNumber", 1),
	}
}

var variableNames = [10]string{"CallVariable1", "CallVariable2", "CallVariable3", "CallVariable4", "CallVariable5",
	"CallVariable6", "CallVariable7", "CallVariable8", "CallVariable9", "CallVariable10"}

// variables are the call variables that are set.
func (c *Call) variables() []decode.Setting {
	var v []decode.Setting
	for i, s := range c.vars {
		if s != "" {
			v = append(v, text(variableNames[i], s))
		}
	}
	return v
}

// extended are the named variables and arrays with their counts.
func (c *Call) extended() []decode.Setting {
	var vars, arrays int64
	for _, v := range c.ecc {
		if v.Name == "NamedVariable" {
			vars++
		} else {
			arrays++
		}
	}
	return append([]decode.Setting{num("NumNamedVariables", vars), num("NumNamedArrays", arrays)}, c.ecc...)
}

// reference is the call's CallReferenceID.
func (c *Call) reference() decode.Setting {
	var b [16]byte
	binary.BigEndian.PutUint32(b[:], uint32(c.keyDay))
	binary.BigEndian.PutUint32(b[4:], uint32(c.keyCall))
	binary.BigEndian.PutUint32(b[8:], c.id)
	return raw("CallReferenceID", b[:])
}

// join joins lists of values.
func join(lists ...[]decode.Setting) []decode.Setting { return slices.Concat(lists...) }
