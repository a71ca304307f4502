package schema

// GED-188, Client Control Service: what an agent does with a call at hand.
var callControl = []*Message{
	{
		Number: 35, Name: "CONTROL_FAILURE_CONF", From: Server, Traits: Failure | AnswersAny, Service: "Client Control",
		Purpose: "A control request failed.",
		Fixed: []*Field{
			{Name: "InvokeID"},
			{Name: "FailureCode", Note: "example given is GENERIC_UNSPECIFIED_REJECTION (70)"},
			{Name: "PeripheralErrorCode"},
		},
		AlsoTags: []uint16{217},
		Doubts: []string{
			"Fixed part of 10 bytes: UINT follows USHORT without padding in the printed table.",
			"Name is in the prose, not on the table; the guide prints GENERIC__UNSPECIFIED_REJECTION with two underscores.",
		},
	},
	{
		Number: 40, Name: "ALTERNATE_CALL_REQ", From: Client, Service: "Client Control",
		Purpose: "Hold the active call and take the other call.",
		Fixed: []*Field{
			{Name: "InvokeID"},
			{Name: "PeripheralID"},
			{Name: "ActiveConnectionCallID"},
			{Name: "OtherConnectionCallID"},
			{Name: "ActiveConnectionDeviceIDType"},
			{Name: "OtherConnectionDeviceIDType"},
		},
		Floating: []*Field{
			{Name: "ActiveConnectionDeviceID"},
			{Name: "OtherConnectionDeviceID"},
			{Name: "AgentInstrument", Optional: true, Since: 8},
		},
	},
	{
		Number: 41, Name: "ALTERNATE_CALL_CONF", From: Server, Service: "Client Control",
		Purpose: "Receipt of ALTERNATE_CALL_REQ.",
		Fixed: []*Field{
			{Name: "InvokeID"},
		},
	},
	{
		Number: 42, Name: "ANSWER_CALL_REQ", From: Client, Service: "Client Control",
		Purpose: "Answer an alerting call at its device.",
		Fixed: []*Field{
			{Name: "InvokeID"},
			{Name: "PeripheralID"},
			{Name: "ConnectionCallID", Note: "0xffffffff when alerting call id not provided"},
			{Name: "ConnectionDeviceIDType"},
		},
		Floating: []*Field{
			{Name: "ConnectionDeviceID"},
			{Name: "AgentInstrument", Optional: true, Note: "instrument that should answer"},
		},
		AlsoTags: []uint16{217},
	},
	{
		Number: 43, Name: "ANSWER_CALL_CONF", From: Server, Service: "Client Control",
		Purpose: "Receipt of ANSWER_CALL_REQ.",
		Fixed: []*Field{
			{Name: "InvokeID"},
		},
	},
	{
		Number: 44, Name: "CLEAR_CALL_REQ", From: Client, Service: "Client Control",
		Purpose: "Release all devices from a call.",
		Fixed: []*Field{
			{Name: "InvokeID"},
			{Name: "PeripheralID"},
			{Name: "ConnectionCallID"},
			{Name: "ConnectionDeviceIDType"},
		},
		Floating: []*Field{
			{Name: "ConnectionDeviceID"},
			{Name: "AgentInstrument", Optional: true, Since: 8},
		},
		AlsoTags: []uint16{217},
	},
	{
		Number: 45, Name: "CLEAR_CALL_CONF", From: Server, Service: "Client Control",
		Purpose: "Receipt of CLEAR_CALL_REQ.",
		Fixed: []*Field{
			{Name: "InvokeID"},
		},
	},
	{
		Number: 46, Name: "CLEAR_CONNECTION_REQ", From: Client, Service: "Client Control",
		Purpose: "Release one device connection from a call.",
		Fixed: []*Field{
			{Name: "InvokeID"},
			{Name: "PeripheralID"},
			{Name: "ConnectionCallID"},
			{Name: "ConnectionDeviceIDType"},
		},
		Floating: []*Field{
			{Name: "ConnectionDeviceID"},
			{Name: "AgentInstrument", Optional: true},
			{Name: "RequestingDeviceID", Optional: true, Since: 14, Note: "controller device asking for the clear"},
			{Name: "RequestingDeviceIDType", Optional: true, Since: 14},
			{Name: "CTIOSCILClientID", Optional: true, Until: 24},
		},
		Alternatives: []Alternative{
			{From: 14, To: 25, Size: 16, Fields: []*Field{
				{Name: "InvokeID"},
				{Name: "PeripheralID"},
				{Name: "ConnectionCallID"},
				{Name: "ConnectionDeviceIDType"},
				{Name: "RequestingDeviceIDType"},
			}},
		},
		Doubts: []string{
			"RequestingDeviceIDType stands in the printed fixed part (16 bytes) and is marked optional, which a fixed field cannot be; its tag 220 makes it floating.",
		},
	},
	{
		Number: 47, Name: "CLEAR_CONNECTION_CONF", From: Server, Service: "Client Control",
		Purpose: "Receipt of CLEAR_CONNECTION_REQ.",
		Fixed: []*Field{
			{Name: "InvokeID"},
		},
	},
	{
		Number: 52, Name: "DEFLECT_CALL_REQ", From: Client, Service: "Client Control",
		Purpose: "Move an alerting call to another device.",
		Fixed: []*Field{
			{Name: "InvokeID"},
			{Name: "PeripheralID"},
			{Name: "ConnectionCallID"},
			{Name: "ConnectionDeviceIDType"},
			{Name: "CalledDeviceType"},
		},
		Floating: []*Field{
			{Name: "ConnectionDeviceID"},
			{Name: "CalledDeviceID", Note: "deflection target"},
			{Name: "AgentInstrument", Optional: true, Since: 8},
		},
		AlsoTags: []uint16{217},
	},
	{
		Number: 53, Name: "DEFLECT_CALL_CONF", From: Server, Service: "Client Control",
		Purpose: "Receipt of DEFLECT_CALL_REQ.",
		Fixed: []*Field{
			{Name: "InvokeID"},
		},
	},
	{
		Number: 54, Name: "HOLD_CALL_REQ", From: Client, Service: "Client Control",
		Purpose: "Put a call connection on hold.",
		Fixed: []*Field{
			{Name: "InvokeID"},
			{Name: "PeripheralID"},
			{Name: "ConnectionCallID"},
			{Name: "ConnectionDeviceIDType"},
			{Name: "Reservation", Note: "reserve the facility for the held call"},
		},
		Floating: []*Field{
			{Name: "ConnectionDeviceID"},
			{Name: "AgentInstrument", Optional: true, Since: 8},
		},
		AlsoTags: []uint16{217},
	},
	{
		Number: 55, Name: "HOLD_CALL_CONF", From: Server, Service: "Client Control",
		Purpose: "Receipt of HOLD_CALL_REQ.",
		Fixed: []*Field{
			{Name: "InvokeID"},
		},
	},
	{
		Number: 60, Name: "RECONNECT_CALL_REQ", From: Client, Service: "Client Control",
		Purpose: "Clear the active call and retrieve the held one.",
		Fixed: []*Field{
			{Name: "InvokeID"},
			{Name: "PeripheralID"},
			{Name: "ActiveConnectionCallID"},
			{Name: "HeldConnectionCallID"},
			{Name: "ActiveConnectionDeviceIDType"},
			{Name: "HeldConnectionDeviceIDType"},
		},
		Floating: []*Field{
			{Name: "ActiveConnectionDeviceID"},
			{Name: "HeldConnectionDeviceID"},
			{Name: "AgentInstrument", Optional: true, Since: 8},
		},
		AlsoTags: []uint16{217},
	},
	{
		Number: 61, Name: "RECONNECT_CALL_CONF", From: Server, Service: "Client Control",
		Purpose: "Receipt of RECONNECT_CALL_REQ.",
		Fixed: []*Field{
			{Name: "InvokeID"},
		},
	},
	{
		Number: 62, Name: "RETRIEVE_CALL_REQ", From: Client, Service: "Client Control",
		Purpose: "Retrieve a held connection.",
		Fixed: []*Field{
			{Name: "InvokeID"},
			{Name: "PeripheralID"},
			{Name: "HeldConnectionCallID"},
			{Name: "HeldConnectionDeviceIDType"},
		},
		Floating: []*Field{
			{Name: "HeldConnectionDeviceID"},
			{Name: "AgentInstrument", Optional: true, Since: 8},
		},
		AlsoTags: []uint16{217},
	},
	{
		Number: 63, Name: "RETRIEVE_CALL_CONF", From: Server, Service: "Client Control",
		Purpose: "Receipt of RETRIEVE_CALL_REQ.",
		Fixed: []*Field{
			{Name: "InvokeID"},
		},
	},
	{
		Number: 91, Name: "SEND_DTMF_SIGNAL_REQ", From: Client, Service: "Client Control",
		Purpose: "Send DTMF tones for a call party.",
		Fixed: []*Field{
			{Name: "InvokeID"},
			{Name: "PeripheralID"},
			{Name: "ConnectionCallID"},
			{Name: "ConnectionDeviceIDType"},
			{Name: "ToneDuration", Note: "milliseconds; 0 is default"},
			{Name: "PauseDuration", Until: 8},
			{Name: "PauseDuration", Type: UInt, Since: 9},
		},
		Floating: []*Field{
			{Name: "ConnectionDeviceID"},
			{Name: "DTMFString"},
			{Name: "AgentInstrument", Optional: true, Since: 8},
			{Name: "CTIOSCILClientID", Optional: true, Until: 24},
		},
		AlsoTags: []uint16{217},
		Alternatives: []Alternative{
			{From: 5, To: 8, Size: 20},
			{From: 9, To: 12, Size: 18},
		},
		Doubts: []string{
			"ToneDuration is USHORT 2 but PauseDuration UINT 4 (both milliseconds); odd, but this is what is printed.",
		},
	},
	{
		Number: 92, Name: "SEND_DTMF_SIGNAL_CONF", From: Server, Service: "Client Control",
		Purpose: "Receipt of SEND_DTMF_SIGNAL_REQ.",
		Fixed: []*Field{
			{Name: "InvokeID"},
		},
	},
	{
		Number: 118, Name: "SUPERVISOR_ASSIST_REQ", From: Client, Since: 6, Service: "Client Control",
		Purpose: "Agent asks for a supervisor's help with a call.",
		Fixed: []*Field{
			{Name: "InvokeID"},
			{Name: "PeripheralID"},
			{Name: "ConnectionCallID", Note: "0xffffffff when no related call"},
			{Name: "ConnectionDeviceIDType"},
		},
		Floating: []*Field{
			{Name: "ConnectionDeviceID"},
			{Name: "AgentExtension", Note: "all-events/monitor clients give AgentExtension, AgentID or AgentInstrument"},
			{Name: "AgentID", Note: "all-events/monitor clients give AgentExtension, AgentID or AgentInstrument"},
			{Name: "AgentInstrument", Note: "all-events/monitor clients give AgentExtension, AgentID or AgentInstrument"},
		},
		Doubts: []string{
			"Agent fields not marked optional, yet one of three suffices. Failure is said to come as FAILURE_CONF, not CONTROL_FAILURE_CONF.",
		},
	},
	{
		Number: 119, Name: "SUPERVISOR_ASSIST_CONF", From: Server, Since: 6, Service: "Client Control",
		Purpose: "Answer with the resulting supervisor assist call.",
		Fixed: []*Field{
			{Name: "InvokeID"},
			{Name: "ConnectionCallID"},
			{Name: "ConnectionDeviceIDType"},
			{Name: "LineHandle", Note: "0xffff when unknown"},
			{Name: "LineType"},
		},
		Floating: []*Field{
			{Name: "ConnectionDeviceID"},
		},
	},
	{
		Number: 139, Name: "BAD_CALL_REQ", From: Client, Since: 8, Service: "Client Control",
		Purpose: "Mark a call as having a bad line.",
		Fixed: []*Field{
			{Name: "InvokeID"},
			{Name: "PeripheralID"},
			{Name: "ConnectionDeviceIDType"},
			{Name: "ConnectionCallID"},
		},
		Floating: []*Field{
			{Name: "ConnectionDeviceID"},
			{Name: "AgentID"},
		},
		Doubts: []string{
			"Order is ConnectionDeviceIDType before ConnectionCallID here; every other message in this range has the call id first.",
		},
	},
	{
		Number: 140, Name: "BAD_CALL_CONF", From: Server, Since: 8, Service: "Client Control",
		Purpose: "Receipt of BAD_CALL_REQ.",
		Fixed: []*Field{
			{Name: "InvokeID"},
		},
	},
}
