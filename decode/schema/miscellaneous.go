package schema

// GED-188, Miscellaneous Service.
var miscellaneous = []*Message{
	{
		Number: 31, Name: "SYSTEM_EVENT", From: Server, Service: "Miscellaneous",
		Purpose: "Reports PG status and system event data.",
		Fixed: []*Field{
			{Name: "PGStatus", Note: "non-zero means failure or outage"},
			{Name: "ICMCentralControllerTime", Since: 6},
			{Name: "SystemEventID"},
			{Name: "SystemEventArg1"},
			{Name: "SystemEventArg2"},
			{Name: "SystemEventArg3"},
			{Name: "EventDeviceType", Since: 10, Note: "DEVID_NONE if no EventDeviceID"},
		},
		Floating: []*Field{
			{Name: "Text", Optional: true},
			{Name: "EventDeviceID", Since: 10, Note: "used with SYS_DEVICE_IN_SERVICE and SYS_DEVICE_OUT_OF_SERVICE"},
		},
		Alternatives: []Alternative{
			{From: 10, To: 12, Size: 24},
		},
		Doubts: []string{
			"EventDeviceID not marked optional but EventDeviceType may be DEVID_NONE.",
			"PGStatus value table is not named in the row; PGStatusCode assumed.",
		},
	},
	{
		Number: 32, Name: "CLIENT_EVENT_REPORT_REQ", From: Client, Service: "Miscellaneous",
		Purpose: "Reports a significant event to the alarm subsystem.",
		Fixed: []*Field{
			{Name: "InvokeID"},
			{Name: "State"},
		},
		Floating: []*Field{
			{Name: "ObjectName", Optional: true},
			{Name: "Text"},
		},
	},
	{
		Number: 33, Name: "CLIENT_EVENT_REPORT_CONF", From: Server, Service: "Miscellaneous",
		Purpose: "Confirms a client event report.",
		Fixed: []*Field{
			{Name: "InvokeID"},
		},
	},
	{
		Number: 107, Name: "USER_MESSAGE_REQ", From: Client, Since: 6, Service: "Miscellaneous",
		Purpose: "Sends a text message to other CTI clients.",
		Fixed: []*Field{
			{Name: "InvokeID"},
			{Name: "PeripheralID"},
			{Name: "Distribution"},
		},
		Floating: []*Field{
			{Name: "ClientID", Optional: true, Note: "recipient, needed with DISTRIBUTE_TO_CLIENT"},
			{Name: "AgentExtension"},
			{Name: "AgentID"},
			{Name: "AgentInstrument"},
			{Name: "Text"},
			{Name: "CTIOSCILClientID", Optional: true, Until: 24, Note: "identifies the CIL client of CTI OS; in the version 15 guide"},
		},
		AlsoTags: []uint16{194},
		Doubts: []string{
			"Agent fields not marked optional; needed only for SUPERVISOR or TEAM distribution.",
		},
	},
	{
		Number: 108, Name: "USER_MESSAGE_CONF", From: Server, Since: 6, Service: "Miscellaneous",
		Purpose: "Confirms a user message request.",
		Fixed: []*Field{
			{Name: "InvokeID"},
		},
	},
	{
		Number: 109, Name: "USER_MESSAGE_EVENT", From: Server, Since: 6, Service: "Miscellaneous",
		Purpose: "Delivers a text message from another CTI client.",
		Fixed: []*Field{
			{Name: "ICMCentralControllerTime"},
			{Name: "Distribution"},
		},
		Floating: []*Field{
			{Name: "ClientID", Note: "sender"},
			{Name: "Text"},
		},
	},
	{
		Number: 110, Name: "REGISTER_VARIABLES_REQ", From: Client, Since: 6, Service: "Miscellaneous",
		Purpose: "Registers the call and ECC variables the client wants.",
		Fixed: []*Field{
			{Name: "InvokeID"},
			{Name: "CallVariableMask"},
			{Name: "NumNamedVariables"},
			{Name: "NumNamedArrays"},
		},
		Floating: []*Field{
			{Name: "NamedVariable", Count: "NumNamedVariables", Optional: true, Note: "value ignored; with NamedArray at most 2000 bytes"},
			{Name: "NamedArray", Count: "NumNamedArrays", Optional: true, Note: "index and value ignored; with NamedVariable at most 2000 bytes"},
		},
		Doubts: []string{
			"InvokeID wordings of request and confirmation are swapped in the guide.",
		},
	},
	{
		Number: 111, Name: "REGISTER_VARIABLES_CONF", From: Server, Since: 6, Service: "Miscellaneous",
		Purpose: "Confirms a variable registration.",
		Fixed: []*Field{
			{Name: "InvokeID"},
		},
		Doubts: []string{
			"MessageType is printed as 118, the number of SUPERVISOR_ASSIST_REQ; 111 is that of the message type table.",
			"InvokeID wordings of request and confirmation are swapped in the guide.",
		},
	},
	{
		Number: 129, Name: "SET_APP_DATA_REQ", From: Client, Since: 8, Service: "Miscellaneous",
		Purpose: "Sets application variables of an application path.",
		Fixed: []*Field{
			{Name: "InvokeID"},
		},
		Floating: []*Field{
			{Name: "ApplicationPathID"},
			{Name: "CallVariable1", Optional: true},
			{Name: "CallVariable2", Optional: true},
			{Name: "CallVariable3", Optional: true},
			{Name: "CallVariable4", Optional: true},
			{Name: "CallVariable5", Optional: true},
			{Name: "CallVariable6", Optional: true},
			{Name: "CallVariable7", Optional: true},
			{Name: "CallVariable8", Optional: true},
			{Name: "CallVariable9", Optional: true},
			{Name: "CallVariable10", Optional: true},
			{Name: "FltCallTypeID", Optional: true, Since: 14},
			{Name: "PreCallInvokeID", Optional: true, Since: 14},
		},
		Doubts: []string{
			"PreCallInvokeID data type is printed UNIT; written UINT here.",
			"ApplicationPathID is a floating field here though it is not optional.",
		},
	},
	{
		Number: 130, Name: "SET_APP_DATA_CONF", From: Server, Since: 8, Service: "Miscellaneous",
		Purpose: "Confirms a set application data request.",
		Fixed: []*Field{
			{Name: "InvokeID"},
		},
	},
}
