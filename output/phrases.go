package output

// templates say in a line what a person wants to know of each message.
//
// A template is a list of phrases, separated by semicolons, which print as commas,
// or by commas, which print as blanks. A phrase ends with the
// field that it shows, or several with "|" between, of which the first that
// has a value counts; the words before it are printed with it. A phrase whose
// fields are absent, empty or hold a number that means none is left out. "%"
// and a word name another form than that of the field's type:
//
//	%text       in quotes
//	%seconds    a number of seconds
//	%records    a number of records
//	%kinds      the value that all records have, or how many have which
//	%agents     a number of agents
//	%teams      a number of teams
//	%nonzero    a number, left out when 0
//	%flag       "yes" when a BOOL is true, else left out
//	%online     a BOOL as online or offline
//	%pg         PGStatus, "normal" when 0
//	%some       the first few of a field that repeats
//	%differs    left out when the second field holds the same
//	%status     a status code with its words
//	%control    a control failure code with its words
//	%peripheral a PeripheralErrorCode with its words
//	%reason     an EventReasonCode with its words; the second and third field
//	            are PeripheralType and AgentState
//	%AgentState and the like: by that table of values
//
// "*variables" stands for all call variables. A phrase in single quotes is printed as it is. Messages that hold nothing
// but an InvokeID need no template.
var templates = map[string]string{
	// Session Management
	"FAILURE_CONF":         "Status|FailureCode%status; peripheral error PeripheralErrorCode%peripheral",
	"FAILURE_EVENT":        "Status%status",
	"OPEN_REQ":             "client ClientID; version VersionNumber; services ServicesRequested; idle timeout IdleTimeout%seconds; peripheral PeripheralID; agent AgentID, ext AgentExtension; instrument AgentInstrument; signature ClientSignature",
	"OPEN_CONF":            "services ServicesGranted; PG PGStatus%pg; peripheral PeripheralOnline%online; PeripheralType; session SessionType; " + agent + "monitor MonitorID%nonzero",
	"CLOSE_REQ":            "Status%status",
	"SYSTEM_EVENT":         "SystemEventID; args SystemEventArg1%nonzero, SystemEventArg2%nonzero, SystemEventArg3%nonzero; device EventDeviceID; Text%text; PG PGStatus",
	"USER_MESSAGE_REQ":     "to Distribution, ClientID; agent AgentID, ext AgentExtension; instrument AgentInstrument; Text%text",
	"USER_MESSAGE_EVENT":   "to Distribution; from ClientID; Text%text",
	"REGISTER_SERVICE_REQ": "service ServiceName; ServerMode",

	"REGISTER_SERVICE_CONF":              "service RegisteredServiceID",
	"UNREGISTER_SERVICE_REQ":             "service RegisteredServiceID",
	"CLIENT_EVENT_REPORT_REQ":            "State; ObjectName; Text%text",
	"STANDBY_ACTIVE_EVENT_MSG":           "'the standby side is active now'",
	"ACTIVE_MAINTENANCE_REQ_MSG":         "'the active side asks to go into maintenance'",
	"ACTIVE_MAINTENANCE_RESP_MSG":        "MaintenanceModeAccepted",
	"ACTIVE_MAINTENANCE_EVENT_MSG":       "MaintenanceModeStatus",
	"STOPPING_REQUESTS_TO_THIS_SIDE_IND": "'the client sends no more requests to this side'",

	// Calls
	"CALL_DELIVERED_EVENT":          onCall + "ANI|CallingDeviceID, -> CalledDeviceID|AlertingDeviceID; dialed DialedNumber|CalledDeviceID%differs; alerting AlertingDeviceID|CalledDeviceID%differs; redirected by LastRedirectDeviceID; at ConnectionDeviceID|CalledDeviceID%differs; skill SkillGroupNumber; " + stateAndCause,
	"CALL_ESTABLISHED_EVENT":        onCall + "CallingDeviceID, -> CalledDeviceID; answered by AnsweringDeviceID; at ConnectionDeviceID|AnsweringDeviceID%differs; skill SkillGroupNumber; " + stateAndCause,
	"CALL_HELD_EVENT":               onCall + "held by HoldingDeviceID; at ConnectionDeviceID|HoldingDeviceID%differs; " + stateAndCause,
	"CALL_RETRIEVED_EVENT":          onCall + "retrieved by RetrievingDeviceID; at ConnectionDeviceID|RetrievingDeviceID%differs; " + stateAndCause,
	"CALL_CLEARED_EVENT":            onCall + atDevice + stateAndCause,
	"CALL_CONNECTION_CLEARED_EVENT": onCall + "released by ReleasingDeviceID; at ConnectionDeviceID|ReleasingDeviceID%differs; " + stateAndCause,
	"CALL_ORIGINATED_EVENT":         onCall + "CallingDeviceID, -> CalledDeviceID; at ConnectionDeviceID|CallingDeviceID%differs; skill SkillGroupNumber; " + stateAndCause,
	"CALL_FAILED_EVENT":             onCall + "failed at FailingDeviceID, -> CalledDeviceID; at ConnectionDeviceID|FailingDeviceID%differs; " + stateAndCause,
	"CALL_CONFERENCED_EVENT":        "call PrimaryCallID; with SecondaryCallID; controller ControllerDeviceID; added AddedPartyDeviceID; parties ConnectedPartyDeviceID%some; at PrimaryDeviceID; " + stateAndCause,
	"CALL_TRANSFERRED_EVENT":        "call PrimaryCallID; with SecondaryCallID; by TransferringDeviceID, -> TransferredDeviceID; parties ConnectedPartyDeviceID%some; at PrimaryDeviceID; " + stateAndCause,
	"CALL_DIVERTED_EVENT":           onCall + "diverted by DivertingDeviceID, -> CalledDeviceID; at ConnectionDeviceID|DivertingDeviceID%differs; " + stateAndCause,
	"CALL_SERVICE_INITIATED_EVENT":  onCall + "CallingDeviceID; at ConnectionDeviceID|CallingDeviceID%differs; skill SkillGroupNumber; " + stateAndCause,
	"CALL_QUEUED_EVENT":             onCall + "CallingDeviceID, -> CalledDeviceID; queue QueueDeviceID; queued NumQueued; skills SkillGroupNumber%some; service ServiceNumber; " + atDevice + stateAndCause,
	"CALL_DEQUEUED_EVENT":           onCall + "queued NumQueued; skills SkillGroupNumber%some; service ServiceNumber; " + atDevice + stateAndCause,
	"CALL_TRANSLATION_ROUTE_EVENT":  "ANI, -> DNIS; dialed DialedNumber|DNIS%differs; digits CallerEnteredDigits; " + routerKey,
	"CALL_REACHED_NETWORK_EVENT":    onCall + "-> CalledDeviceID; trunk TrunkUsedDeviceID; " + atDevice + stateAndCause,
	"CALL_ATTRIBUTE_CHANGE_EVENT":   "call type CallTypeID; service ServiceNumber; at ConnectionDeviceID",
	"BEGIN_CALL_EVENT":              onCall + "CallType; ANI, -> DNIS; dialed DialedNumber|DNIS%differs; digits CallerEnteredDigits; " + atDevice + "*variables; " + routerKey + "; disposition CalledPartyDisposition",
	"END_CALL_EVENT":                onCall + atDevice,
	"CALL_DATA_UPDATE_EVENT":        onCall + "now call NewConnectionCallID|ConnectionCallID%differs; CallType; ANI, -> DNIS; dialed DialedNumber|DNIS%differs; digits CallerEnteredDigits; " + atDevice + "disposition CalledPartyDisposition; *variables",
	"RTP_STARTED_EVENT":             onCall + "agent AgentID; " + rtp,
	"RTP_STOPPED_EVENT":             onCall + "agent AgentID; " + rtp,
	"CALL_AGENT_GREETING_EVENT":     onCall + "EventCode; greeting GreetingType; agent AgentID; " + atDevice + "peripheral error PeripheralErrorCode%peripheral",
	"AGENT_PRE_CALL_EVENT":          "agent AgentID; instrument AgentInstrument; ANI; dialed DialedNumber; digits CallerEnteredDigits; skill SkillGroupNumber; " + routerKey,
	"AGENT_PRE_CALL_ABORT_EVENT":    "instrument AgentInstrument; " + routerKey,
	"SET_CALL_DATA_REQ":             onCall + atDevice + "CallType; disposition CalledPartyDisposition; ANI ANI; digits CallerEnteredDigits; sets *variables",
	"RELEASE_CALL_REQ":              onCall + atDevice,
	"SET_DEVICE_ATTRIBUTES_REQ":     "device CallingDeviceID; CallType; service ServiceNumber; skill SkillGroupNumber",
	"SET_APP_DATA_REQ":              "application path ApplicationPathID; call type FltCallTypeID; sets *variables",
	"REGISTER_VARIABLES_REQ":        "CallVariableMask; *variables",

	// Agents
	"AGENT_STATE_EVENT":           "AgentState; " + agent + "reason EventReasonCode|PeripheralType|AgentState%reason; next NextAgentState; direction Direction%AgentCallDirection; skill SkillGroupNumber; tasks NumTasks%nonzero; terminal ActiveTerminal",
	"SET_AGENT_STATE_REQ":         "AgentState; agent AgentID; instrument AgentInstrument; reason EventReasonCode%reason; AgentWorkMode%nonzero; ForcedFlag%nonzero; position PositionID; supervisor SupervisorID",
	"QUERY_AGENT_STATE_REQ":       agent + "ICM agent ICMAgentID; MRD MRDID",
	"QUERY_AGENT_STATE_CONF":      agent + "AgentState; skills SkillGroupNumber%some; MRD MRDID",
	"AGENT_DESK_SETTINGS_REQ":     "agent AgentID; peripheral PeripheralID",
	"AGENT_DESK_SETTINGS_CONF":    "DeskSettingsMask; wrap-up in WrapupDataIncomingMode; wrap-up out WrapupDataOutgoingMode; logout after LogoutNonActivityTime%seconds; ring no answer after RingNoAnswerTime%seconds",
	"AGENT_GREETING_CONTROL_REQ":  "agent AgentID; AgentAction",
	"BAD_CALL_REQ":                onCall + "agent AgentID; " + atDevice,
	"SET_AGENT_SERVICE_DATA_REQ":  "agent AgentSkillTargetID; services FltEnabledServices%some; router call RouterCallKeyCallID, day RouterCallKeyDay",
	"SET_AGENT_SERVICE_DATA_CONF": "Status%status",

	// Call control
	"CONTROL_FAILURE_CONF":      "FailureCode%control; peripheral error PeripheralErrorCode%peripheral",
	"ALTERNATE_CALL_REQ":        twoCalls("ActiveConnection", "OtherConnection", "<->"),
	"ANSWER_CALL_REQ":           onCall + atDevice + instrument,
	"CLEAR_CALL_REQ":            onCall + atDevice + instrument,
	"CLEAR_CONNECTION_REQ":      onCall + atDevice + instrument + "; asked by RequestingDeviceID",
	"CONFERENCE_CALL_REQ":       twoCalls("ActiveConnection", "HeldConnection", "with held") + newCall,
	"CONFERENCE_CALL_CONF":      newCallConf + "; parties ConnectedPartyDeviceID%some",
	"CONSULTATION_CALL_REQ":     "call ActiveConnectionCallID; at ActiveConnectionDeviceID; ConsultType%nonzero; instrument AgentInstrument|ActiveConnectionDeviceID%differs" + newCall,
	"CONSULTATION_CALL_CONF":    newCallConf,
	"DEFLECT_CALL_REQ":          onCall + "-> CalledDeviceID; " + atDevice + instrument,
	"HOLD_CALL_REQ":             onCall + atDevice + instrument + "; reservation Reservation%flag",
	"MAKE_CALL_REQ":             "AgentInstrument, -> DialedNumber; CallPlacementType%nonzero; skill SkillGroupNumber; *variables",
	"MAKE_CALL_CONF":            newCallConf,
	"MAKE_PREDICTIVE_CALL_REQ":  "OriginatingDeviceID, -> DialedNumber; AllocationState; *variables",
	"MAKE_PREDICTIVE_CALL_CONF": newCallConf,
	"RECONNECT_CALL_REQ":        twoCalls("ActiveConnection", "HeldConnection", "back to held"),
	"RETRIEVE_CALL_REQ":         "call HeldConnectionCallID; at HeldConnectionDeviceID; instrument AgentInstrument|HeldConnectionDeviceID%differs",
	"TRANSFER_CALL_REQ":         twoCalls("ActiveConnection", "HeldConnection", "with held") + newCall,
	"TRANSFER_CALL_CONF":        newCallConf + "; parties ConnectedPartyDeviceID%some",
	"QUERY_DEVICE_INFO_REQ":     "instrument AgentInstrument; peripheral PeripheralID",
	"QUERY_DEVICE_INFO_CONF":    "TypeOfDevice; ClassOfDevice; PeripheralType; lines NumLines; active calls MaxActiveCalls; held calls MaxHeldCalls",
	"SNAPSHOT_CALL_REQ":         onCall + atDevice,
	"SNAPSHOT_CALL_CONF":        "CallType; ANI, -> DNIS; dialed DialedNumber|DNIS%differs; devices CallDeviceID%some; *variables",
	"SNAPSHOT_DEVICE_REQ":       "instrument AgentInstrument; SnapshotDeviceType%nonzero; peripheral PeripheralID",
	"SNAPSHOT_DEVICE_CONF":      "calls NumCalls; ids CallConnectionCallID%some; states CallState%some",
	"SEND_DTMF_SIGNAL_REQ":      onCall + "digits DTMFString; " + atDevice + instrument,
	"SUPERVISOR_ASSIST_REQ":     onCall + agent + atDevice,
	"SUPERVISOR_ASSIST_CONF":    onCall + atDevice,

	// Monitors
	"MONITOR_START_REQ":           "device MonitoredDeviceID; call ConnectionCallID; at ConnectionDeviceID; peripheral PeripheralID",
	"MONITOR_START_CONF":          "monitor MonitorID",
	"MONITOR_STOP_REQ":            "monitor MonitorID",
	"CHANGE_MONITOR_MASK_REQ":     "monitor MonitorID; calls CallMsgMask; agents AgentStateMask",
	"CLIENT_SESSION_OPENED_EVENT": monitored + "services ServicesGranted; " + agent,
	"CLIENT_SESSION_CLOSED_EVENT": monitored + "Status%status; " + agent,
	"SESSION_MONITOR_START_REQ":   "session SessionID",
	"SESSION_MONITOR_START_CONF":  "monitor MonitorID",
	"SESSION_MONITOR_STOP_REQ":    "monitor MonitorID",

	// Supervisors and teams
	"EMERGENCY_CALL_REQ":            onCall + agent + atDevice,
	"EMERGENCY_CALL_CONF":           onCall + atDevice,
	"EMERGENCY_CALL_EVENT":          onCall + agent + atDevice + "client ClientID; from ClientAddress",
	"SUPERVISE_CALL_REQ":            "SupervisoryAction; call AgentConnectionCallID; at AgentConnectionDeviceID; " + agent + "supervisor call SupervisorConnectionCallID; at SupervisorConnectionDeviceID|SupervisorInstrument",
	"SUPERVISE_CALL_CONF":           onCall + atDevice,
	"AGENT_TEAM_CONFIG_EVENT":       "team TeamID, AgentTeamName; ConfigOperation; NumberOfAgents%agents; ids AtcAgentID%some",
	"LIST_AGENT_TEAM_REQ":           "supervisor SupervisorID",
	"LIST_AGENT_TEAM_CONF":          "NumberOfAgentTeams%teams; ids TeamID%some; segment SegmentNumber; More",
	"MONITOR_AGENT_TEAM_START_REQ":  "team TeamID",
	"MONITOR_AGENT_TEAM_START_CONF": "monitor MonitorID",
	"MONITOR_AGENT_TEAM_STOP_REQ":   "monitor MonitorID",

	// Statistics
	"QUERY_AGENT_STATISTICS_REQ":        agent + "peripheral PeripheralID",
	"QUERY_AGENT_STATISTICS_CONF":       agent + "logged on LoggedOnTimeSession%seconds; available AvailTimeSession%seconds; not ready NotReadyTimeSession%seconds; handled HandledCallsSession; today HandledCallsToday",
	"QUERY_SKILL_GROUP_STATISTICS_REQ":  "skill SkillGroupNumber; id SkillGroupID; peripheral PeripheralID",
	"QUERY_SKILL_GROUP_STATISTICS_CONF": "skill SkillGroupNumber; logged on AgentsLoggedOn; available AgentsAvail; ready AgentsReady; not ready AgentsNotReady; calls queued CallsQNow; longest LongestCallQNow%seconds; handled today HandledCallsToday",

	// Recording
	"START_RECORDING_REQ":                 onCall + agent + rtp,
	"START_RECORDING_CONF":                "session SessionID; client ClientID; at ClientAddress",
	"STOP_RECORDING_REQ":                  onCall + agent + "session SessionID; " + rtp,
	"STOP_RECORDING_CONF":                 "client ClientID; at ClientAddress",
	"START_NETWORK_RECORDING_REQ":         onCall + "InvocationType; PlayToneDirection; " + atDevice + instrument,
	"STOP_NETWORK_RECORDING_REQ":          onCall + "InvocationType; " + atDevice + instrument,
	"NETWORK_RECORDING_STARTED_EVENT":     onCall + recorder + atDevice,
	"NETWORK_RECORDING_ENDED_EVENT":       onCall + recorder + atDevice,
	"NETWORK_RECORDING_FAILED_EVENT":      onCall + "cause RecordFailureCause; " + recorder + atDevice,
	"NETWORK_RECORDING_TARGET_INFO_EVENT": onCall + recorder + "RecordingType; RecorderStatus; recorder RecorderAddress; RecorderURI; RecorderErrorMsg%text; terminal TerminalName; " + atDevice,

	// Configuration
	"CONFIG_REQUEST_KEY_EVENT":         "peripheral PeripheralID; customer CustomerID",
	"CONFIG_KEY_EVENT":                 "ConfigkeyStatus",
	"CONFIG_REQUEST_EVENT":             "ConfigInformation|ConfigMsgMask; peripheral PeripheralID; customer CustomerID",
	"CONFIG_BEGIN_EVENT":               "ConfigType; ConfigInformation",
	"CONFIG_END_EVENT":                 "ConfigEndStatus; Text%text",
	"CONFIG_SERVICE_EVENT":             records + "services PeripheralName%some",
	"CONFIG_SKILL_GROUP_EVENT":         records + "skill groups PeripheralName%some",
	"CONFIG_AGENT_EVENT":               records + "agents LoginID%some",
	"CONFIG_DEVICE_EVENT":              records + "devices Extension%some; dialed DialedNumber%some",
	"CONFIG_CALL_TYPE_EVENT":           records + "call types EnterpriseName%some",
	"CONFIG_MRD_EVENT":                 records + "domains FltEnterpriseName%some",
	"CONFIG_PERIPHERAL_EVENT":          records + "peripherals ConfigPeripheralID%some",
	"CONFIG_AGENT_DESK_SETTINGS_EVENT": records + "settings AgentDeskSettingsID%some",
	"CONFIG_TERMINAL_EVENT":            records + "terminals TerminalDeviceName%some; instruments Instrument%some",
	"CONFIG_AGENT_SERVICE_EVENT":       records + "skill targets AgentSkillTargetID%some",
}

// What many templates have in common.
const (
	onCall        = "call ConnectionCallID; "
	atDevice      = "at ConnectionDeviceID; "
	stateAndCause = "state LocalConnectionState; cause EventCause"
	agent         = "agent AgentID, ext AgentExtension; instrument AgentInstrument|AgentExtension%differs; "
	instrument    = "instrument AgentInstrument|ConnectionDeviceID%differs"
	routerKey     = "router call RouterCallKeyCallID, day RouterCallKeyDay"
	rtp           = "Direction; media ClientAddress, port ClientPort; at ConnectionDeviceID"
	newCall       = ", -> DialedNumber; *variables"
	newCallConf   = "call NewConnectionCallID; at NewConnectionDeviceID; LineType"
	monitored     = "client ClientID; ClientAddress; port ClientPort; session SessionID; "
	recorder      = "device RecordingDeviceID; "
	records       = "NumRecords%records, RecordType%kinds; "
)

// twoCalls is the template of requests about two calls at once.
func twoCalls(active, other, between string) string {
	return "call " + active + "CallID; " + between + " " + other + "CallID; at " + active + "DeviceID; " +
		"instrument AgentInstrument|" + active + "DeviceID%differs"
}
