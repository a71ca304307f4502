package schema

// GED-188, Session Management and Failure Indication Messages, with the messages
// of a graceful shutdown.
var sessions = []*Message{
	{
		Number: 1, Name: "FAILURE_CONF", From: Server, Traits: Failure | AnswersAny, Service: "Failure Indication Messages",
		Purpose: "Refusal of any client request, sent in place of its confirmation.",
		Fixed: []*Field{
			{Name: "InvokeID", Note: "copied from the request"},
			{Name: "Status"},
		},
		AlsoTags: []uint16{217},
		Alternatives: []Alternative{
			{From: 21, To: 25, Size: 10, Fields: []*Field{{Name: "InvokeID"}, {Name: "FailureCode"}, {Name: "PeripheralErrorCode"}}},
		},
		Doubts: []string{
			"The guides for versions 24 and 25 print InvokeID, FailureCode USHORT and PeripheralErrorCode UINT (10 bytes), which is the table of CONTROL_FAILURE_CONF. Older editions and every implementation seen have InvokeID and Status UINT (8 bytes). MessageLength tells which it is; no capture of versions 21 to 25 was seen.",
		},
	},
	{
		Number: 2, Name: "FAILURE_EVENT", From: Server, Traits: Failure, Service: "Failure Indication Messages",
		Purpose: "Server reports an error that answers no request.",
		Fixed: []*Field{
			{Name: "Status"},
		},
	},
	{
		Number: 3, Name: "OPEN_REQ", From: Client, Traits: OpensSession, Service: "Session Initialization",
		Purpose: "Client asks to open a session on a fresh TCP connection.",
		Fixed: []*Field{
			{Name: "InvokeID", Note: "returned in the confirmation"},
			{Name: "VersionNumber", Note: "protocol version for every message of the session"},
			{Name: "IdleTimeout", Note: "seconds, about 4 heartbeat intervals; 0xFFFFFFFF when heartbeats are not used"},
			{Name: "PeripheralID", Note: "needed for Client Events service, else 0xFFFFFFFF"},
			{Name: "ServicesRequested"},
			{Name: "CallMsgMask"},
			{Name: "AgentStateMask"},
			{Name: "ConfigMsgMask", Values: configMsgMask, Since: 10, Note: "same bits as ConfigInformation of CONFIG_REQUEST_EVENT"},
			{Name: "Reserved1", Note: "zero"},
			{Name: "Reserved2", Note: "zero"},
			{Name: "Reserved3", Note: "zero"},
		},
		Floating: []*Field{
			{Name: "ClientID", Note: "required"},
			{Name: "ClientPassword", Note: "required, may have length zero"},
			{Name: "ClientSignature", Optional: true, Note: "ClientID is used when absent"},
			{Name: "AgentExtension", Note: "Client Events needs at least one of extension, ID, instrument"},
			{Name: "AgentID", Note: "Client Events needs at least one of extension, ID, instrument"},
			{Name: "AgentInstrument", Note: "Client Events needs at least one of the three; max 12 before version 6"},
			{Name: "ApplicationPathID"},
			{Name: "UniqueInstanceID", Optional: true, Since: 23, Note: "identifies one client instance when InvokeID lookup fails"},
		},
		AlsoTags: []uint16{194},
		Alternatives: []Alternative{
			{From: 5, To: 9, Size: 44},
			{From: 10, To: 13, Size: 40},
		},
		Doubts: []string{
			"AgentExtension, AgentID, AgentInstrument and ApplicationPathID bear no optional mark in the table, but non agent clients have no use for them; treat as optional.",
			"UniqueInstanceID: no tag given; the edition for version 23 has it. Of the tags up to 313 only 301 and 308 are free above 242.",
			"The list of changes names a field EventMsgMask, added in versions 10 to 13; the table has no such field. Taken to be ConfigMsgMask, which may have been a reserved word before, so that 44 bytes are possible below version 10.",
			"ConfigMsgMask points at 'Configuration Event Masks' and gives bit numbers in prose only; 64 and 128 are not described.",
			"PeripheralID without Client Events can still be filled in: OPEN_CONF PeripheralType and NumPeripherals depend on it.",
		},
	},
	{
		Number: 4, Name: "OPEN_CONF", From: Server, Service: "Session Initialization",
		Purpose: "Server confirms the session and tells its state.",
		Fixed: []*Field{
			{Name: "InvokeID", Note: "copied from OPEN_REQ"},
			{Name: "ServicesGranted", Note: "can be fewer than requested"},
			{Name: "MonitorID", Note: "event monitor made by the open; 0 none"},
			{Name: "PGStatus", Note: "0 normal, anything else an outage"},
			{Name: "ICMCentralControllerTime", Since: 6},
			{Name: "PeripheralOnline", Since: 5, Note: "agent's peripheral, or all peripherals without Client Events"},
			{Name: "PeripheralType", Note: "choice rule changed in version 21"},
			{Name: "AgentState", Note: "Client Events service only"},
			{Name: "DepartmentID", Since: 19, Note: "department of the agent"},
			{Name: "SessionType", Since: 24, Note: "see doubts for its first version"},
		},
		Floating: []*Field{
			{Name: "AgentExtension", Note: "Client Events only, agent signed in"},
			{Name: "AgentID", Note: "Client Events only, agent signed in"},
			{Name: "AgentInstrument", Note: "Client Events only, agent signed in; max 12 before version 6"},
			{Name: "NumPeripherals", Since: 14, Note: "floating itself; 0 for non CCE or when OPEN_REQ named PeripheralID"},
			{Name: "FltPeripheralID", Count: "NumPeripherals", Group: "Peripheral", Since: 14},
			{Name: "MultilineAgentControl", Count: "NumPeripherals", Group: "Peripheral", Since: 14},
		},
		Alternatives: []Alternative{
			{From: 19, To: 22, Size: 26},
			{From: 23, To: 23, Size: 32},
			{From: 23, To: 23, Size: 26},
			{From: 24, To: 25, Size: 30},
			{From: 24, To: 25, Size: 26},
		},
		Doubts: []string{
			"SessionType: size cell of the table holds the value list instead of a size; 2 follows from USHORT.",
			"SessionType: no first version stated. The list of changes says that OPEN_CONF was updated in version 24 (active and standby). The edition for version 23 shows it too, added later.",
			"NumPeripherals is listed in the floating part (tag 228), against the general rule that list counts are fixed fields.",
			"ICMCentralControllerTime is called ICRCentralControllerTime in the list of changes, version 6.",
			"Fixed layout before version 5 or 6 is not documented; SystemCapabilities was added and removed again within version 6.",
		},
	},
	{
		Number: 5, Name: "HEARTBEAT_REQ", From: Client, Traits: Heartbeat, Service: "Session Maintenance",
		Purpose: "Client checks that the path to the server is alive.",
		Fixed: []*Field{
			{Name: "InvokeID", Note: "returned in the confirmation"},
		},
	},
	{
		Number: 6, Name: "HEARTBEAT_CONF", From: Server, Traits: Heartbeat, Service: "Session Maintenance",
		Purpose: "Server answers a heartbeat at once.",
		Fixed: []*Field{
			{Name: "InvokeID", Note: "copied from HEARTBEAT_REQ"},
		},
	},
	{
		Number: 7, Name: "CLOSE_REQ", From: Client, Traits: Prompt, Service: "Session Termination",
		Purpose: "Client ends the session in good order.",
		Fixed: []*Field{
			{Name: "InvokeID", Note: "returned in the confirmation"},
			{Name: "Status", Note: "E_CTI_NO_ERROR, E_CTI_CTI_SERVER_OFFLINE or E_CTI_TIMEOUT"},
		},
	},
	{
		Number: 8, Name: "CLOSE_CONF", From: Server, Service: "Session Termination",
		Purpose: "Server confirms the close; client may reset TCP.",
		Fixed: []*Field{
			{Name: "InvokeID", Note: "copied from CLOSE_REQ"},
		},
	},
	{
		Number: 277, Name: "STANDBY_ACTIVE_EVENT_MSG", From: Server, Since: 24, Service: "PG and CTI Server Graceful Shutdown",
		Purpose: "Standby server tells clients it is becoming active.",
		Doubts: []string{
			"No table in the guide: a body with no fields is assumed from silence, not stated.",
			"Heading is STANDBY_ACTIVE_EVENT, without _MSG; number and name are those of the message type table.",
		},
	},
	{
		Number: 278, Name: "ACTIVE_MAINTENANCE_REQ_MSG", From: Server, Traits: Prompt, Since: 24, Service: "PG and CTI Server Graceful Shutdown",
		Purpose: "Active server asks standby aware clients to accept maintenance mode.",
		Fixed: []*Field{
			{Name: "InvokeID", Note: "returned in the client's response"},
		},
		Doubts: []string{
			"The sentence above the table calls it ACTIVE_MAINTENANCE_RESP although the section is that of the request; the text of InvokeID fits the request.",
			"MessageHeader row is missing from the table; heading lacks _MSG.",
		},
	},
	{
		Number: 279, Name: "ACTIVE_MAINTENANCE_RESP_MSG", From: Client, Since: 24, Service: "PG and CTI Server Graceful Shutdown",
		Purpose: "Client accepts or refuses maintenance mode, within 5 seconds.",
		Fixed: []*Field{
			{Name: "InvokeID", Note: "copied from ACTIVE_MAINTENANCE_REQ_MSG"},
			{Name: "MaintenanceModeAccepted"},
		},
		Doubts: []string{
			"MessageHeader row is missing from the table; heading lacks _MSG.",
		},
	},
	{
		Number: 280, Name: "ACTIVE_MAINTENANCE_EVENT_MSG", From: Server, Since: 24, Service: "PG and CTI Server Graceful Shutdown",
		Purpose: "Active server announces whether maintenance mode goes ahead.",
		Fixed: []*Field{
			{Name: "MaintenanceModeStatus"},
		},
		Doubts: []string{
			"MessageHeader row is missing from the table; heading lacks _MSG.",
		},
	},
	{
		Number: 281, Name: "STOPPING_REQUESTS_TO_THIS_SIDE_IND", From: Client, Since: 24, Service: "PG and CTI Server Graceful Shutdown",
		Purpose: "Client will send no more requests to this side.",
		Note:    "server drops the socket on receipt; expected within 5 seconds",
		Doubts: []string{
			"No table in the guide: a body with no fields is assumed from silence, not stated.",
		},
	},
}
