package schema

// GED-188, Session Management and Failure Indication Messages, with the messages
// of a graceful shutdown.
var sessions = []*Message{
	{
		Number: 1, Name: "FAILURE_CONF", From: Server, Service: "Failure Indication Messages",
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
			"Table (b) gives InvokeID, FailureCode USHORT 2, PeripheralErrorCode UINT 4 (body 10 bytes). FAILURE_EVENT and CLOSE_REQ carry the same kind of code as Status UINT 4, and chapter (a) speaks of a status code only, so the table may have been taken from CONTROL_FAILURE_CONF; a body of 8 bytes would mean InvokeID + UINT Status. Check MessageLength (8 or 10) in a capture.",
			"Field name printed as 'PeripheralError Code'; space taken out.",
		},
	},
	{
		Number: 2, Name: "FAILURE_EVENT", From: Server, Service: "Failure Indication Messages",
		Purpose: "Server reports an error that answers no request.",
		Fixed: []*Field{
			{Name: "Status"},
		},
	},
	{
		Number: 3, Name: "OPEN_REQ", From: Client, Service: "Session Initialization",
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
			{Name: "UniqueInstanceID", Optional: true, Since: 24, Note: "identifies one client instance when InvokeID lookup fails"},
		},
		AlsoTags: []uint16{194},
		Doubts: []string{
			"AgentExtension, AgentID, AgentInstrument and ApplicationPathID bear no optional mark in the table, but non agent clients have no use for them; treat as optional.",
			"UniqueInstanceID: no version given. Seen in the version 25 guide; (c) says only that OPEN_REQ was updated in version 24. No since set.",
			"(c), versions 10 to 13, names an added OPEN_REQ field EventMsgMask; the table has no such field. Perhaps ConfigMsgMask, or a new name for it.",
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
			"SessionType: no first version stated. (c) says OPEN_CONF was updated in version 24 (active and standby), so very likely 24; no since set. Without a since, OPEN_CONF of versions 19 to 23 would be read 2 bytes too far.",
			"NumPeripherals is listed in the floating part (tag 228), against the general rule in (b) that list counts are fixed fields.",
			"Field printed as 'ICMCentral ControllerTime'; (c) calls it ICRCentralControllerTime at its birth in version 6.",
			"Fixed layout before version 5 or 6 is not documented; SystemCapabilities was added and removed again within version 6.",
		},
	},
	{
		Number: 5, Name: "HEARTBEAT_REQ", From: Client, Service: "Session Maintenance",
		Purpose: "Client checks that the path to the server is alive.",
		Fixed: []*Field{
			{Name: "InvokeID", Note: "returned in the confirmation"},
		},
	},
	{
		Number: 6, Name: "HEARTBEAT_CONF", From: Server, Service: "Session Maintenance",
		Purpose: "Server answers a heartbeat at once.",
		Fixed: []*Field{
			{Name: "InvokeID", Note: "copied from HEARTBEAT_REQ"},
		},
	},
	{
		Number: 7, Name: "CLOSE_REQ", From: Client, Service: "Session Termination",
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
			"Heading in (a) is STANDBY_ACTIVE_EVENT, without _MSG; number and _MSG name from table (b).",
		},
	},
	{
		Number: 278, Name: "ACTIVE_MAINTENANCE_REQ_MSG", From: Server, Since: 24, Service: "PG and CTI Server Graceful Shutdown",
		Purpose: "Active server asks standby aware clients to accept maintenance mode.",
		Fixed: []*Field{
			{Name: "InvokeID", Note: "returned in the client's response"},
		},
		Doubts: []string{
			"Sentence above the table calls it the ACTIVE_MAINTENANCE_RESP message although the section is ACTIVE_MAINTENANCE_REQ; the row text (to be returned in the confirm) fits the request.",
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
