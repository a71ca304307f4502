package schema

// GED-188, Server Service and recording.
var recording = []*Message{
	{
		Number: 143, Name: "REGISTER_SERVICE_REQ", From: Client, Since: 8, Service: "Server",
		Purpose: "Server application registers a service it offers.",
		Fixed: []*Field{
			{Name: "InvokeID"},
			{Name: "ServerMode"},
		},
		Floating: []*Field{
			{Name: "ServiceName", Note: "only Cisco:CallRecording is defined at first"},
		},
	},
	{
		Number: 144, Name: "REGISTER_SERVICE_CONF", From: Server, Since: 8, Service: "Server",
		Purpose: "Confirms the registration and gives the service id.",
		Fixed: []*Field{
			{Name: "InvokeID"},
			{Name: "RegisteredServiceID"},
		},
	},
	{
		Number: 145, Name: "UNREGISTER_SERVICE_REQ", From: Client, Since: 8, Service: "Server",
		Purpose: "Server application withdraws a registered service.",
		Fixed: []*Field{
			{Name: "InvokeID"},
			{Name: "RegisteredServiceID"},
		},
	},
	{
		Number: 146, Name: "UNREGISTER_SERVICE_CONF", From: Server, Since: 8, Service: "Server",
		Purpose: "Confirms the withdrawal.",
		Fixed: []*Field{
			{Name: "InvokeID"},
		},
	},
	{
		Number: 147, Name: "START_RECORDING_REQ", From: Client, Since: 8, Service: "Miscellaneous",
		Purpose: "Asks to start recording a call.",
		Note:    "server forwards it to applications registered for Cisco:CallRecording",
		Fixed: []*Field{
			{Name: "InvokeID"},
			{Name: "PeripheralID"},
			{Name: "ConnectionCallID"},
			{Name: "ClientPort", Note: "TCP/IP port of the VoIP media stream"},
			{Name: "BitRate", Note: "g.723 payload only"},
			{Name: "PacketSize"},
			{Name: "ConnectionDeviceIDType"},
			{Name: "Direction", Values: rtpDirection},
			{Name: "RTPType", Values: rtpType},
			{Name: "EchoCancellation", Note: "on or off"},
			{Name: "PayloadType"},
		},
		Floating: []*Field{
			{Name: "ConnectionDeviceID"},
			{Name: "ClientID", Note: "server only: requesting client, added by CTI Server"},
			{Name: "ClientAddress", Note: "server only: requesting client, added by CTI Server"},
			{Name: "AgentExtension"},
			{Name: "AgentID"},
			{Name: "AgentInstrument"},
		},
		Doubts: []string{
			"Numbers for EchoCancellation on/off and for PayloadType are not given here.",
			"Agent fields not marked optional; at least one needed for ALL EVENTS or PERIPHERAL MONITOR clients.",
		},
	},
	{
		Number: 148, Name: "START_RECORDING_CONF", From: Server, Since: 8, Service: "Miscellaneous",
		Purpose: "Confirms that call recording was activated.",
		Fixed: []*Field{
			{Name: "InvokeID"},
			{Name: "SessionID", Note: "to repeat in STOP_RECORDING_REQ; server may set 0xffffffff or 0"},
			{Name: "ServerData", Note: "to repeat in STOP_RECORDING_REQ"},
		},
		Floating: []*Field{
			{Name: "ClientID", Note: "client only: recording server, added by CTI Server"},
			{Name: "ClientAddress", Note: "client only: recording server, added by CTI Server"},
		},
	},
	{
		Number: 149, Name: "STOP_RECORDING_REQ", From: Client, Since: 8, Service: "Miscellaneous",
		Purpose: "Asks to stop recording a call.",
		Note:    "goes to server session SessionID, or any registered server when 0",
		Fixed: []*Field{
			{Name: "InvokeID"},
			{Name: "PeripheralID"},
			{Name: "ConnectionCallID"},
			{Name: "ClientPort", Note: "TCP/IP port of the VoIP media stream"},
			{Name: "SessionID", Note: "from START_RECORDING_CONF; 0 means any registered server"},
			{Name: "ServerData", Note: "from START_RECORDING_CONF"},
			{Name: "ConnectionDeviceIDType"},
			{Name: "Direction", Values: rtpDirection},
		},
		Floating: []*Field{
			{Name: "ConnectionDeviceID"},
			{Name: "ClientID", Note: "server only: requesting client, added by CTI Server"},
			{Name: "ClientAddress", Note: "server only: requesting client, added by CTI Server"},
			{Name: "AgentExtension"},
			{Name: "AgentID"},
			{Name: "AgentInstrument"},
		},
		Doubts: []string{
			"Agent fields not marked optional; at least one needed for ALL EVENTS or PERIPHERAL MONITOR clients.",
		},
	},
	{
		Number: 150, Name: "STOP_RECORDING_CONF", From: Server, Since: 8, Service: "Miscellaneous",
		Purpose: "Confirms that call recording has ended.",
		Fixed: []*Field{
			{Name: "InvokeID"},
		},
		Floating: []*Field{
			{Name: "ClientID", Note: "client only: recording server, added by CTI Server"},
			{Name: "ClientAddress", Note: "client only: recording server, added by CTI Server"},
		},
	},
	{
		Number: 268, Name: "START_NETWORK_RECORDING_REQ", From: Client, Since: 23, Service: "Client Control",
		Purpose: "Start network recording of a connected call.",
		Fixed: []*Field{
			{Name: "InvokeID"},
			{Name: "PeripheralID"},
			{Name: "ConnectionCallID"},
			{Name: "ConnectionDeviceIDType"},
		},
		Floating: []*Field{
			{Name: "PlayToneDirection", Note: "no tone when left out"},
			{Name: "InvocationType", Note: "silent or user recording; silent when left out"},
			{Name: "ConnectionDeviceID"},
			{Name: "AgentInstrument", Optional: true},
		},
		Doubts: []string{
			"The guide's list of message types (versions 24, 25) prints the network recording messages one number lower, 267 to 274; their own tables print 268 to 275 in three editions, used here.",
			"InvocationType values are listed without numbers (Silent Recording, User Recording).",
			"PlayToneDirection and InvocationType have defaults but are not marked optional.",
		},
	},
	{
		Number: 269, Name: "START_NETWORK_RECORDING_CONF", From: Server, Since: 23, Service: "Client Control",
		Purpose: "Receipt of START_NETWORK_RECORDING_REQ; recording may not have begun.",
		Fixed: []*Field{
			{Name: "InvokeID"},
		},
		Doubts: []string{
			"The guide's list of message types (versions 24, 25) prints the network recording messages one number lower, 267 to 274; their own tables print 268 to 275 in three editions, used here.",
			"The table has no title; it stands in the section of START_NETWORK_RECORDING_REQ.",
		},
	},
	{
		Number: 270, Name: "STOP_NETWORK_RECORDING_REQ", From: Client, Since: 23, Service: "Client Control",
		Purpose: "Client asks to stop recording a connected call.",
		Fixed: []*Field{
			{Name: "InvokeID"},
			{Name: "PeripheralID"},
			{Name: "ConnectionCallID"},
			{Name: "ConnectionDeviceIDType"},
		},
		Floating: []*Field{
			{Name: "InvocationType", Optional: true, Note: "silent or user recording; absent = silent; must match the start"},
			{Name: "ConnectionDeviceID"},
			{Name: "AgentInstrument", Optional: true},
		},
		Doubts: []string{
			"The guide's list of message types (versions 24, 25) prints the network recording messages one number lower, 267 to 274; their own tables print 268 to 275 in three editions, used here.",
			"The service is not stated; Client Control is assumed.",
			"InvocationType names Silent Recording and User Recording without numbers here.",
			"InvocationType is not marked optional, but the text gives a default when it is not supplied.",
		},
	},
	{
		Number: 271, Name: "STOP_NETWORK_RECORDING_CONF", From: Server, Since: 23, Service: "Client Control",
		Purpose: "Acknowledges a stop-recording request; not the actual stop.",
		Fixed: []*Field{
			{Name: "InvokeID"},
		},
		Doubts: []string{
			"The guide's list of message types (versions 24, 25) prints the network recording messages one number lower, 267 to 274; their own tables print 268 to 275 in three editions, used here.",
			"Name not printed; formed from the request's name.",
			"The service is not stated; Client Control is assumed.",
		},
	},
	{
		Number: 272, Name: "NETWORK_RECORDING_STARTED_EVENT", From: Server, Since: 23, Service: "Client Events",
		Purpose: "Recording started at the recording server.",
		Fixed: []*Field{
			{Name: "MonitorID", Note: "zero when no monitor (All Events)"},
			{Name: "PeripheralID"},
			{Name: "ConnectionCallID"},
			{Name: "ConnectionDeviceIDType"},
			{Name: "RecordingDeviceType"},
		},
		Floating: []*Field{
			{Name: "ConnectionDeviceID"},
			{Name: "RecordingDeviceID", Optional: true},
		},
		Doubts: []string{
			"The guide's list of message types (versions 24, 25) prints the network recording messages one number lower, 267 to 274; their own tables print 268 to 275 in three editions, used here.",
			"ConnectionCallID precedes ConnectionDeviceIDType here, reverse of the other call events (order as printed).",
		},
	},
	{
		Number: 273, Name: "NETWORK_RECORDING_ENDED_EVENT", From: Server, Since: 23, Service: "Client Events",
		Purpose: "Recording ended at the recording server.",
		Note:    "end may instead show only as CALL_CLEARED_EVENT",
		Fixed: []*Field{
			{Name: "MonitorID", Note: "zero when no monitor (All Events)"},
			{Name: "PeripheralID"},
			{Name: "ConnectionCallID"},
			{Name: "ConnectionDeviceIDType"},
			{Name: "RecordingDeviceType"},
		},
		Floating: []*Field{
			{Name: "ConnectionDeviceID"},
			{Name: "RecordingDeviceID", Optional: true},
		},
		Doubts: []string{
			"The guide's list of message types (versions 24, 25) prints the network recording messages one number lower, 267 to 274; their own tables print 268 to 275 in three editions, used here.",
			"Byte size of RecordingDeviceType is blank in the guide; 2 taken from USHORT.",
			"ConnectionCallID precedes ConnectionDeviceIDType here, reverse of the other call events (order as printed).",
		},
	},
	{
		Number: 274, Name: "NETWORK_RECORDING_FAILED_EVENT", From: Server, Traits: Trouble, Since: 23, Service: "Client Events",
		Purpose: "Recording failed at the recording server.",
		Fixed: []*Field{
			{Name: "MonitorID", Note: "zero when no monitor (All Events)"},
			{Name: "PeripheralID"},
			{Name: "ConnectionCallID"},
			{Name: "ConnectionDeviceIDType"},
			{Name: "RecordingDeviceType"},
			{Name: "RecordFailureCause", Note: "passed through from CUCM JTAPI"},
		},
		Floating: []*Field{
			{Name: "ConnectionDeviceID"},
			{Name: "RecordingDeviceID", Optional: true},
		},
		Doubts: []string{
			"The guide's list of message types (versions 24, 25) prints the network recording messages one number lower, 267 to 274; their own tables print 268 to 275 in three editions, used here.",
			"RecordFailureCause is called a status code yet passed through from CUCM JTAPI, so StatusCode values may not apply; it is USHORT.",
			"ConnectionCallID precedes ConnectionDeviceIDType here, reverse of the other call events (order as printed).",
		},
	},
	{
		Number: 275, Name: "NETWORK_RECORDING_TARGET_INFO_EVENT", From: Server, Since: 23, Service: "Client Events",
		Purpose: "Tells the recording initiator about the recorder.",
		Fixed: []*Field{
			{Name: "MonitorID", Note: "zero when no monitor (All Events)"},
			{Name: "PeripheralID"},
			{Name: "ConnectionCallID"},
			{Name: "ConnectionDeviceIDType"},
			{Name: "RecordingDeviceType"},
			{Name: "RecordingType"},
			{Name: "MediaForkingDeviceType"},
		},
		Floating: []*Field{
			{Name: "ConnectionDeviceID"},
			{Name: "RecordingDeviceID", Optional: true},
			{Name: "RecorderAddress"},
			{Name: "TerminalName"},
			{Name: "MediaForkingDeviceName", Note: "for gateway recording"},
			{Name: "ProtocolReferenceGUID", Size: 64, Note: "for gateway recording"},
			{Name: "MediaForkingClusterID", Note: "for gateway recording"},
			{Name: "RecorderURI", Optional: true, Note: "CUCM 12.5(1) onwards; first multi-forking recorder"},
			{Name: "RecorderErrorMsg", Optional: true, Note: "CUCM 12.5(1) onwards; first multi-forking recorder"},
			{Name: "RecorderType", Optional: true, Note: "CUCM 12.5(1) onwards"},
			{Name: "RecorderStatus", Optional: true, Note: "CUCM 12.5(1) onwards"},
		},
		Doubts: []string{
			"The guide's list of message types (versions 24, 25) prints the network recording messages one number lower, 267 to 274; their own tables print 268 to 275 in three editions, used here.",
			"RecorderStatus carries the RecorderType description (copy error); its values are status constants.",
			"ProtocolReferenceGUID max is 64 here but 40 in AGENT_PRE_CALL_EVENT.",
			"ConnectionCallID precedes ConnectionDeviceIDType here, reverse of the other call events (order as printed).",
		},
	},
}
