package schema

// GED-188, Supervisor Service.
var supervisor = []*Message{
	{
		Number: 121, Name: "EMERGENCY_CALL_REQ", From: Client, Since: 6, Service: "Supervisor",
		Purpose: "Client handles the named call as an emergency call.",
		Fixed: []*Field{
			{Name: "InvokeID"},
			{Name: "PeripheralID"},
			{Name: "ConnectionCallID", Note: "0xffffffff if no related call"},
			{Name: "ConnectionDeviceIDType"},
		},
		Floating: []*Field{
			{Name: "ConnectionDeviceID"},
			{Name: "AgentExtension"},
			{Name: "AgentID"},
			{Name: "AgentInstrument"},
		},
		Doubts: []string{
			"Agent fields not marked optional; at least one needed for ALL EVENTS or PERIPHERAL MONITOR clients.",
		},
	},
	{
		Number: 122, Name: "EMERGENCY_CALL_CONF", From: Server, Since: 6, Service: "Supervisor",
		Purpose: "Confirms an emergency call request.",
		Fixed: []*Field{
			{Name: "InvokeID"},
			{Name: "ConnectionCallID", Note: "call id of the resulting EmergencyAssist call"},
			{Name: "ConnectionDeviceIDType"},
			{Name: "LineHandle", Note: "0xffff if unknown"},
			{Name: "LineType"},
		},
		Floating: []*Field{
			{Name: "ConnectionDeviceID"},
		},
	},
	{
		Number: 123, Name: "EMERGENCY_CALL_EVENT", From: Server, Service: "Supervisor",
		Purpose: "Tells bridge clients an agent handles a call as emergency.",
		Fixed: []*Field{
			{Name: "PeripheralID"},
			{Name: "ConnectionCallID"},
			{Name: "ConnectionDeviceIDType"},
			{Name: "SessionID", Note: "session of the notifying client"},
		},
		Floating: []*Field{
			{Name: "ConnectionDeviceID"},
			{Name: "ClientID"},
			{Name: "ClientAddress"},
			{Name: "AgentExtension"},
			{Name: "AgentID"},
			{Name: "AgentInstrument"},
		},
		AlsoTags: []uint16{194},
	},
	{
		Number: 124, Name: "SUPERVISE_CALL_REQ", From: Client, Since: 8, Service: "Supervisor",
		Purpose: "Supervisor asks to barge in, intercept, monitor or leave a call.",
		Fixed: []*Field{
			{Name: "InvokeID"},
			{Name: "PeripheralID"},
			{Name: "AgentConnectionCallID", Note: "0xffffffff selects the agent's active call"},
			{Name: "SupervisorConnectionCallID", Note: "0xffffffff if no supervisor call"},
			{Name: "AgentConnectionDeviceIDType"},
			{Name: "SupervisorConnectionDeviceIDType"},
			{Name: "SupervisoryAction"},
		},
		Floating: []*Field{
			{Name: "AgentConnectionDeviceID", Note: "or give AgentExtension, AgentID or AgentInstrument"},
			{Name: "SupervisorConnectionDeviceID"},
			{Name: "AgentExtension"},
			{Name: "AgentID"},
			{Name: "AgentInstrument"},
			{Name: "SupervisorInstrument", Note: "required with ALL EVENTS or PERIPHERAL MONITOR service"},
		},
		AlsoTags: []uint16{194},
		Doubts: []string{
			"No floating field is marked optional, yet the descriptions make them alternatives.",
			"Prose calls the field SupervisorAction, table says SupervisoryAction.",
		},
	},
	{
		Number: 125, Name: "SUPERVISE_CALL_CONF", From: Server, Since: 8, Service: "Supervisor",
		Purpose: "Confirms a supervise call request.",
		Fixed: []*Field{
			{Name: "InvokeID"},
			{Name: "ConnectionCallID"},
			{Name: "ConnectionDeviceIDType"},
		},
		Floating: []*Field{
			{Name: "ConnectionDeviceID"},
		},
	},
	{
		Number: 128, Name: "AGENT_TEAM_CONFIG_EVENT", From: Server, Since: 8, Service: "Supervisor",
		Purpose: "Team member list or team changes for a supervisor.",
		Fixed: []*Field{
			{Name: "PeripheralID"},
			{Name: "TeamID"},
			{Name: "NumberOfAgents", Note: "counts the floating agent groups, at most 64"},
			{Name: "ConfigOperation"},
			{Name: "DepartmentID", Since: 19},
		},
		Floating: []*Field{
			{Name: "AgentTeamName", Since: 16},
			{Name: "AtcAgentID", Count: "NumberOfAgents", Group: "AtcAgent", Optional: true, Note: "agent or SupervisorID of the team"},
			{Name: "AgentFlags", Count: "NumberOfAgents", Group: "AtcAgent", Optional: true},
			{Name: "AtcAgentState", Count: "NumberOfAgents", Group: "AtcAgent"},
			{Name: "AtcStateDuration", Count: "NumberOfAgents", Group: "AtcAgent", Note: "seconds in this state"},
		},
		Doubts: []string{
			"AtcAgentState and AtcStateDuration are not marked optional though they repeat with the optional AtcAgentID.",
			"The NumberOfAgents row names them AgentID, AgentFlag, AgentState, StateDuration.",
		},
	},
	{
		Number: 133, Name: "LIST_AGENT_TEAM_REQ", From: Client, Since: 8, Service: "Supervisor",
		Purpose: "Supervisor asks for the agent teams it can monitor.",
		Fixed: []*Field{
			{Name: "InvokeID"},
			{Name: "SupervisorID", Note: "skill target id of the supervisor"},
		},
	},
	{
		Number: 134, Name: "LIST_AGENT_TEAM_CONF", From: Server, Since: 8, Service: "Supervisor",
		Purpose: "Lists the supervisor's agent teams.",
		Fixed: []*Field{
			{Name: "InvokeID"},
			{Name: "NumberOfAgentTeams", Note: "counts floating TeamID, at most 64"},
			{Name: "SegmentNumber"},
			{Name: "More", Note: "0 last message, 1 more follow"},
		},
		Floating: []*Field{
			{Name: "TeamID", Count: "NumberOfAgentTeams"},
		},
	},
	{
		Number: 135, Name: "MONITOR_AGENT_TEAM_START_REQ", From: Client, Since: 8, Service: "Supervisor",
		Purpose: "Supervisor asks to start monitoring an agent team.",
		Fixed: []*Field{
			{Name: "InvokeID"},
			{Name: "TeamID"},
		},
		AlsoTags: []uint16{217},
		Doubts: []string{
			"Guide describes the request's InvokeID with the confirmation's wording.",
		},
	},
	{
		Number: 136, Name: "MONITOR_AGENT_TEAM_START_CONF", From: Server, Since: 8, Service: "Supervisor",
		Purpose: "Confirms the start of agent team monitoring.",
		Fixed: []*Field{
			{Name: "InvokeID"},
			{Name: "MonitorID"},
		},
	},
	{
		Number: 137, Name: "MONITOR_AGENT_TEAM_STOP_REQ", From: Client, Since: 8, Service: "Supervisor",
		Purpose: "Supervisor asks to stop monitoring an agent team.",
		Fixed: []*Field{
			{Name: "InvokeID"},
			{Name: "MonitorID"},
		},
		AlsoTags: []uint16{217},
		Doubts: []string{
			"Guide describes the request's InvokeID with the confirmation's wording.",
		},
	},
	{
		Number: 138, Name: "MONITOR_AGENT_TEAM_STOP_CONF", From: Server, Since: 8, Service: "Supervisor",
		Purpose: "Confirms the stop of agent team monitoring.",
		Fixed: []*Field{
			{Name: "InvokeID"},
		},
	},
}
