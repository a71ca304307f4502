package schema

// GED-188, Client Control Service: agents.
var agentControl = []*Message{
	{
		Number: 36, Name: "QUERY_AGENT_STATE_REQ", From: Client, Service: "Client Control",
		Purpose: "Ask for the current state of an agent.",
		Fixed: []*Field{
			{Name: "InvokeID"},
			{Name: "PeripheralID"},
			{Name: "MRDID", Since: 9, Note: "media routing domain id"},
			{Name: "ICMAgentID", Since: 9, Note: "skill target id"},
		},
		Floating: []*Field{
			{Name: "AgentExtension", Since: 6, Note: "one of ICMAgentID, AgentExtension, AgentID, AgentInstrument needed"},
			{Name: "AgentID", Since: 6, Note: "one of ICMAgentID, AgentExtension, AgentID, AgentInstrument needed"},
			{Name: "AgentInstrument", Note: "one of ICMAgentID, AgentExtension, AgentID, AgentInstrument needed"},
		},
		AlsoTags: []uint16{194},
		Alternatives: []Alternative{
			{From: 8, To: 8, Size: 16},
		},
	},
	{
		Number: 37, Name: "QUERY_AGENT_STATE_CONF", From: Server, Service: "Client Control",
		Purpose: "Answer with the agent's state and skill groups.",
		Fixed: []*Field{
			{Name: "InvokeID"},
			{Name: "AgentState"},
			{Name: "NumSkillGroups", Note: "up to 20"},
			{Name: "MRDID", Since: 9},
			{Name: "NumTasks", Since: 9},
			{Name: "AgentMode", Values: agentMode, Since: 9, Note: "1 routable; 0 not routable"},
			{Name: "MaxTaskLimit", Since: 9},
			{Name: "ICMAgentID", Since: 9},
			{Name: "AgentAvailabilityStatus", Values: agentAvailabilityStatus, Since: 9},
			{Name: "DepartmentID", Since: 19},
		},
		Floating: []*Field{
			{Name: "AgentID", Optional: true},
			{Name: "AgentExtension", Optional: true},
			{Name: "AgentInstrument", Optional: true, Since: 6},
			{Name: "SkillGroupNumber", Type: UInt, Count: "NumSkillGroups", Group: "SkillGroup", Note: "may be NULL_SKILL_GROUP"},
			{Name: "SkillGroupID", Count: "NumSkillGroups", Group: "SkillGroup", Note: "follows its SkillGroupNumber"},
			{Name: "SkillGroupPriority", Count: "NumSkillGroups", Group: "SkillGroup", Note: "follows its SkillGroupID; 0 when n/a"},
			{Name: "SkillGroupState", Count: "NumSkillGroups", Group: "SkillGroup", Note: "follows its SkillGroupPriority"},
			{Name: "InternalAgentState", Since: 19, Note: "Cisco internal use"},
			{Name: "MaxBeyondTaskLimit", Since: 22},
		},
		AlsoTags: []uint16{194},
		Alternatives: []Alternative{
			{From: 8, To: 8, Size: 26, like: 9, without: []string{"AgentAvailabilityStatus"}},
			{From: 9, To: 12, Size: 26, like: 9, without: []string{"AgentAvailabilityStatus"}},
			{From: 19, To: 25, Size: 30},
		},
		Doubts: []string{
			"Reference for SkillGroupState value table is missing in the text (assumed AgentState).",
			"InternalAgentState and MaxBeyondTaskLimit are not marked optional.",
		},
	},
	{
		Number: 38, Name: "SET_AGENT_STATE_REQ", From: Client, Service: "Client Control",
		Purpose: "Change an agent's state.",
		Fixed: []*Field{
			{Name: "InvokeID"},
			{Name: "PeripheralID"},
			{Name: "AgentState", Note: "desired state"},
			{Name: "AgentWorkMode"},
			{Name: "NumSkillGroups", Note: "up to 10"},
			{Name: "EventReasonCode", Since: 6, Note: "peripheral specific"},
			{Name: "ForcedFlag", Since: 10},
			{Name: "AgentServiceReq", Since: 12, Note: "bit mask of services the agent expects"},
		},
		Floating: []*Field{
			{Name: "AgentInstrument", Note: "Remote Agent login: instrument;phone number"},
			{Name: "ActiveTerminal", Note: "selected terminal device name if any"},
			{Name: "AgentID", Optional: true, Note: "required for login and logout"},
			{Name: "AgentPassword", Optional: true, Note: "required for login/logout unless SSOEnabled is 1"},
			{Name: "PositionID", Optional: true, Note: "some peripherals need it at login"},
			{Name: "SupervisorID", Optional: true, Note: "some peripherals need it at login"},
			{Name: "SSOEnabled", Optional: true, Since: 20, Note: "at login: 0 SSO disabled; 1 SSO enabled"},
			{Name: "SkillGroupNumber", Count: "NumSkillGroups", Group: "SkillGroup", Optional: true, Note: "skill group to log into or out of"},
			{Name: "SkillGroupPriority", Count: "NumSkillGroups", Group: "SkillGroup", Note: "follows its SkillGroupNumber; 0 when n/a"},
		},
		AlsoTags: []uint16{194},
		Alternatives: []Alternative{
			{From: 5, To: 5, Size: 16},
			{From: 6, To: 9, Size: 14},
			{From: 10, To: 11, Size: 16},
			{From: 10, To: 11, Size: 21},
			{From: 12, To: 12, Size: 17},
		},
		Doubts: []string{
			"SSOEnabled: the guide prints neither type nor size here; USHORT as in CONFIG_AGENT_EVENT.",
			"UINT AgentServiceReq follows UCHAR ForcedFlag without padding; no value table named for AgentServiceReq in this place.",
			"NumSkillGroups maximum is 10 here, 20 in QUERY_AGENT_STATE_CONF; SkillGroupNumber is INT here, UINT there.",
			"ActiveTerminal not marked optional though text says 'if any'.",
			"ForcedFlag text names AGENT_STATE_LOGOFF, elsewhere AGENT_STATE_LOGOUT.",
		},
	},
	{
		Number: 39, Name: "SET_AGENT_STATE_CONF", From: Server, Service: "Client Control",
		Purpose: "Receipt of SET_AGENT_STATE_REQ.",
		Fixed: []*Field{
			{Name: "InvokeID"},
		},
		AlsoTags: []uint16{194},
	},
	{
		Number: 131, Name: "AGENT_DESK_SETTINGS_REQ", From: Client, Since: 8,
		Purpose: "Ask for an agent's desk settings.",
		Fixed: []*Field{
			{Name: "InvokeID"},
			{Name: "PeripheralID"},
		},
		Floating: []*Field{
			{Name: "AgentID", Optional: true},
		},
		Doubts: []string{
			"InvokeID of this request is described as a copy of the request's InvokeID (text of a CONF).",
		},
	},
	{
		Number: 132, Name: "AGENT_DESK_SETTINGS_CONF", From: Server, Since: 8,
		Purpose: "Answer with an agent's desk settings.",
		Fixed: []*Field{
			{Name: "InvokeID"},
			{Name: "PeripheralID"},
			{Name: "DeskSettingsMask"},
			{Name: "WrapupDataIncomingMode"},
			{Name: "WrapupDataOutgoingMode"},
			{Name: "LogoutNonActivityTime", Note: "seconds"},
			{Name: "QualityRecordingRate", Note: "how often calls are recorded"},
			{Name: "RingNoAnswerTime", Note: "seconds"},
			{Name: "SilentMonitorWarningMessage", Note: "flag"},
			{Name: "SilentMonitorAudibleIndication", Note: "flag"},
			{Name: "SupervisorAssistCallMethod", Note: "set: blind conference; else consultative call"},
			{Name: "EmergencyCallMethod", Note: "set: blind conference; else consultative call"},
			{Name: "AutoRecordOnEmergency", Note: "flag"},
			{Name: "RecordingMode", Note: "set: recording request goes through Unified CM/PIM"},
			{Name: "WorkModeTimer", Note: "auto wrap-up timeout"},
			{Name: "RingNoAnswerDN", Note: "dialed number id of re-route destination"},
		},
		Floating: []*Field{
			{Name: "DefaultDevicePortAddress", Optional: true},
			{Name: "PlayZipTone", Note: "1 enabled on auto answer; 0 disabled"},
			{Name: "ACDSharedLineUsage", Note: "1 shared lines permitted; 0 prohibited"},
		},
		Doubts: []string{
			"The table (MessageType = 132) has no printed title in this place; name AGENT_DESK_SETTINGS_CONF taken from the pairing with the request.",
			"Type and unit of the flag fields not given beyond UINT 4; WrapupDataIncomingMode has value 3, outgoing mode only 0..2.",
		},
	},
	{
		Number: 249, Name: "AGENT_GREETING_CONTROL_REQ", From: Client, Since: 15, Service: "Client Control",
		Purpose: "Stop, disable or enable the agent greeting.",
		Fixed: []*Field{
			{Name: "InvokeID"},
			{Name: "PeripheralID"},
			{Name: "AgentAction"},
		},
		Floating: []*Field{
			{Name: "AgentID", Note: "required"},
		},
		Doubts: []string{
			"Type printed 'String' and column 'Byte Size' in the floating part; read as STRING, max 12.",
		},
	},
	{
		Number: 250, Name: "AGENT_GREETING_CONTROL_CONF", From: Server, Since: 15, Service: "Client Control",
		Purpose: "Receipt of AGENT_GREETING_CONTROL_REQ.",
		Fixed: []*Field{
			{Name: "InvokeID"},
		},
	},
	{
		Number: 283, Name: "SET_AGENT_SERVICE_DATA_REQ", From: Client, Since: 24,
		Purpose: "Reports agent feedback on answer suggestions and enabled services.",
		Fixed: []*Field{
			{Name: "InvokeID"},
			{Name: "RouterCallKeyDay"},
			{Name: "RouterCallKeyCallID"},
			{Name: "RouterCallKeySequenceNumber"},
			{Name: "AgentSkillTargetID"},
		},
		Floating: []*Field{
			{Name: "NumOfEnabledServices", Optional: true, Note: "0 when all services are disabled"},
			{Name: "FltEnabledServices", Note: "size 2 x NumOfEnabledServices; Agent Assist, Transcript, Recording"},
			{Name: "TotalAnswersSuggestion", Optional: true},
			{Name: "NumPositiveAnswersSuggestions", Type: UShort, Optional: true},
			{Name: "NumNegativeAnswersSuggestions", Type: UShort, Optional: true},
		},
		Doubts: []string{
			"Second floating field has no name in the guide ('List of features invoked by the agent desktop'); name FltEnabledServices borrowed from SNAPSHOT_CALL_CONF, which has the same list.",
			"Feature types are listed without numbers; list size is given as 2*(NumOfEnabledServices), so one floating field may hold the whole array.",
			"RouterCallKey is the third fixed field; its text speaks of RouterCallKeySequenceNumber, probably RouterCallKeyCallID is meant (descriptions shifted).",
		},
	},
	{
		Number: 284, Name: "SET_AGENT_SERVICE_DATA_CONF", From: Server, Since: 24,
		Purpose: "Answer to SET_AGENT_SERVICE_DATA_REQ with a status.",
		Fixed: []*Field{
			{Name: "InvokeID", Note: "InvokeID of the request"},
			{Name: "Status"},
		},
		Doubts: []string{
			"First field is printed NumInvokeID (elsewhere InvokeID).",
			"The table (MessageType = 284) has no printed title; name taken from the pairing with the request.",
		},
	},
}
