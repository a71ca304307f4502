package schema

// GED-188, Peripheral Monitor and Client Monitor Service.
var monitors = []*Message{
	{
		Number: 93, Name: "MONITOR_START_REQ", From: Client, Service: "Peripheral Monitor",
		Purpose: "Create a monitor for a call or device.",
		Fixed: []*Field{
			{Name: "InvokeID"},
			{Name: "PeripheralID"},
			{Name: "ConnectionCallID", Note: "zero for a device monitor"},
			{Name: "CallMsgMask"},
			{Name: "AgentStateMask"},
			{Name: "ConnectionDeviceIDType", Note: "CONNECTION_ID_NONE for a device monitor"},
			{Name: "MonitoredDeviceType", Note: "DEVID_NONE for a call monitor"},
		},
		Floating: []*Field{
			{Name: "ConnectionDeviceID", Note: "required for a call monitor"},
			{Name: "MonitoredDeviceID", Note: "required for a device monitor"},
		},
		Doubts: []string{
			"Each floating field is required only for one kind of monitor; neither is marked optional.",
		},
	},
	{
		Number: 94, Name: "MONITOR_START_CONF", From: Server, Service: "Peripheral Monitor",
		Purpose: "Monitor created.",
		Fixed: []*Field{
			{Name: "InvokeID"},
			{Name: "MonitorID"},
		},
	},
	{
		Number: 95, Name: "MONITOR_STOP_REQ", From: Client, Service: "Peripheral Monitor",
		Purpose: "End a call or device monitor.",
		Fixed: []*Field{
			{Name: "InvokeID"},
			{Name: "MonitorID"},
		},
	},
	{
		Number: 96, Name: "MONITOR_STOP_CONF", From: Server, Service: "Peripheral Monitor",
		Purpose: "Monitor ended.",
		Fixed: []*Field{
			{Name: "InvokeID"},
		},
	},
	{
		Number: 97, Name: "CHANGE_MONITOR_MASK_REQ", From: Client, Service: "Peripheral Monitor",
		Purpose: "Change the event masks of a monitor.",
		Fixed: []*Field{
			{Name: "InvokeID"},
			{Name: "MonitorID"},
			{Name: "CallMsgMask"},
			{Name: "AgentStateMask"},
		},
		AlsoTags: []uint16{217},
	},
	{
		Number: 98, Name: "CHANGE_MONITOR_MASK_CONF", From: Server, Service: "Peripheral Monitor",
		Purpose: "Monitor masks changed.",
		Fixed: []*Field{
			{Name: "InvokeID"},
		},
	},
	{
		Number: 99, Name: "CLIENT_SESSION_OPENED_EVENT", From: Server, Service: "Client Monitor",
		Purpose: "Another CTI client session was opened.",
		Note:    "also sent per existing session to a newly opened session",
		Fixed: []*Field{
			{Name: "SessionID"},
			{Name: "PeripheralID", Note: "0xFFFFFFFF unless opened for Client Events"},
			{Name: "ServicesGranted"},
			{Name: "CallMsgMask"},
			{Name: "AgentStateMask"},
			{Name: "ClientPort", Note: "TCP/IP port of the opening client"},
		},
		Floating: []*Field{
			{Name: "ClientAddress"},
			{Name: "ClientID"},
			{Name: "ClientSignature"},
			{Name: "AgentExtension", Optional: true},
			{Name: "AgentID", Optional: true},
			{Name: "AgentInstrument", Optional: true},
		},
	},
	{
		Number: 100, Name: "CLIENT_SESSION_CLOSED_EVENT", From: Server, Service: "Client Monitor",
		Purpose: "Another CTI client's session has ended.",
		Fixed: []*Field{
			{Name: "SessionID"},
			{Name: "PeripheralID", Note: "0xFFFFFFFF unless session had Client Events Service"},
			{Name: "Status", Note: "reason the session ended"},
			{Name: "ClientPort", Note: "TCP port of the client connection"},
		},
		Floating: []*Field{
			{Name: "ClientAddress"},
			{Name: "ClientID"},
			{Name: "ClientSignature"},
			{Name: "AgentExtension", Optional: true},
			{Name: "AgentID", Optional: true},
			{Name: "AgentInstrument", Optional: true},
		},
		Doubts: []string{
			"Status values table is not named in the guide's row; StatusCode assumed.",
		},
	},
	{
		Number: 101, Name: "SESSION_MONITOR_START_REQ", From: Client, Service: "Client Monitor",
		Purpose: "Asks to start monitoring a CTI client session.",
		Fixed: []*Field{
			{Name: "InvokeID"},
			{Name: "SessionID", Note: "session to be monitored"},
		},
		AlsoTags: []uint16{217},
	},
	{
		Number: 102, Name: "SESSION_MONITOR_START_CONF", From: Server, Service: "Client Monitor",
		Purpose: "Confirms that a session monitor was created.",
		Fixed: []*Field{
			{Name: "InvokeID"},
			{Name: "MonitorID"},
		},
	},
	{
		Number: 103, Name: "SESSION_MONITOR_STOP_REQ", From: Client, Service: "Client Monitor",
		Purpose: "Asks to end a session monitor.",
		Fixed: []*Field{
			{Name: "InvokeID"},
			{Name: "MonitorID"},
		},
		AlsoTags: []uint16{217},
	},
	{
		Number: 104, Name: "SESSION_MONITOR_STOP_CONF", From: Server, Service: "Client Monitor",
		Purpose: "Confirms that a session monitor was ended.",
		Fixed: []*Field{
			{Name: "InvokeID"},
		},
	},
}
