package schema

// Values that mean none or unknown, by the width of the field: ids, call ids,
// skill groups and timeouts are UINT, ids and types USHORT.
const (
	NullUInt   = 0xFFFFFFFF
	NullUShort = 0xFFFF
)

// Sizes of named variables and arrays in bytes, the nulls counted (GED-188,
// Messaging Conventions). The field lengths allow more than name and value
// together can fill.
const (
	MaxNamedVariableName  = 33
	MaxNamedVariableValue = 211
	MinNamedVarLength     = 3
	MaxNamedVarLength     = 251
	MinNamedArrayLength   = 4
	MaxNamedArrayLength   = 252
)

// What the guide says about the pace of a session, in seconds unless the name
// tells otherwise (GED-188, Session Management).
const (
	MinHeartbeatInterval     = 5  // for a few clients
	DesktopHeartbeatInterval = 90 // the least advised for desktops
	MissedHeartbeats         = 3  // unconfirmed in a row before the client resets
	IdleTimeoutInHeartbeats  = 4  // IdleTimeout over heartbeat interval
	MinIdleTimeout           = 20 // below it the server refuses
	OpenAnswer               = 5  // until OPEN_CONF in normal times
	MinOpenWait              = 30 // before a client should give up
	MinOpenWaitManyClients   = 60 // the same beyond 500 clients
	CloseAnswer              = 5  // until CLOSE_CONF
	MaintenanceAnswer        = 5  // until the answer to messages 278 and 280
)

// Limit is one limit or special value that the guide names.
type Limit struct {
	Const string
	Value uint32
	Note  string
}

var limits = []Limit{
	{Const: "MAX_NUM_CTI_CLIENTS", Value: 16},
	{Const: "MAX_NUM_PARTIES", Value: 16, Note: "conference parties in a message list"},
	{Const: "MAX_NUM_DEVICES", Value: 16},
	{Const: "MAX_NUM_CALLS", Value: 16},
	{Const: "MAX_NUM_SKILL_GROUPS", Value: 20, Note: "10 before version 5"},
	{Const: "MAX_NUM_LINES", Value: 10},
	{Const: "NULL_CALL_ID", Value: NullUInt},
	{Const: "NULL_PERIPHERAL_ID", Value: NullUInt},
	{Const: "NULL_SERVICE", Value: NullUInt},
	{Const: "NULL_SKILL_GROUP", Value: NullUInt},
	{Const: "NULL_CALLTYPE", Value: NullUShort},
}
