package schema

// ChangeKind tells what a Change did.
type ChangeKind uint8

// The kinds of changes. Release names the product release that brought the
// version.
const (
	Release ChangeKind = iota + 1
	Added
	Removed
	Changed
	Corrected
)

// String returns "release", "added", "removed", "changed" or "corrected".
func (k ChangeKind) String() string {
	switch k {
	case Release:
		return "release"
	case Added:
		return "added"
	case Removed:
		return "removed"
	case Changed:
		return "changed"
	case Corrected:
		return "corrected"
	}
	return "no kind"
}

// Change is one entry of the guide's list of changes. Messages, Fields, Tags,
// Consts and Tables are what the entry names, spelled as there: some are in no
// table of this package.
type Change struct {
	Version uint8
	// From is the first version of the span where the guide does not tell in
	// which version up to Version the change came; otherwise 0.
	From     uint8
	Kind     ChangeKind
	Text     string
	Messages []string
	Fields   []string
	Tags     []string // constants
	Consts   []string
	Tables   []string
}

// History returns the guide's list of changes, newest version first.
func History() []Change { return history }

// history is GED-188, Changes and Additions, versions 5 to 25, in the order of
// the guide.
var history = []Change{
	{Version: 25, Kind: Release, Text: "Release 15.0(1); from the title of the version 25 guide, the list of changes itself ends at 24"},
	{Version: 24, Kind: Release, Text: "Release 12.6(1); from the guide's title"},
	{Version: 24, Kind: Added, Text: "messages for active and standby servers", Messages: []string{"STANDBY_ACTIVE_EVENT_MSG", "ACTIVE_MAINTENANCE_REQ_MSG", "ACTIVE_MAINTENANCE_RESP_MSG", "ACTIVE_MAINTENANCE_EVENT_MSG", "STOPPING_REQUESTS_TO_THIS_SIDE_IND"}},
	{Version: 24, Kind: Changed, Text: "OPEN_REQ and OPEN_CONF updated; the guide does not say how", Messages: []string{"OPEN_REQ", "OPEN_CONF"}},
	{Version: 24, Kind: Added, Text: "agent service messages (also listed as updated)", Messages: []string{"CONFIG_AGENT_SERVICE_EVENT", "SET_AGENT_SERVICE_DATA_REQ", "SET_AGENT_SERVICE_DATA_CONF"}},
	{Version: 24, Kind: Added, Text: "status code E_CTI_INVALID_CLIENT_FOR_STANDBY", Consts: []string{"E_CTI_INVALID_CLIENT_FOR_STANDBY"}},
	{Version: 24, Kind: Changed, Text: "AGENT_PRE_CALL_EVENT modified; by the tag list it gains CCAI_CONFIG_ID", Messages: []string{"AGENT_PRE_CALL_EVENT"}, Tags: []string{"CCAI_CONFIG_ID"}},
	{Version: 24, Kind: Changed, Text: "SNAPSHOT_CALL_CONF modified; the guide does not say how", Messages: []string{"SNAPSHOT_CALL_CONF"}},
	{Version: 24, Kind: Added, Text: "tag FLT_ENABLED_SERVICES", Messages: []string{"CONFIG_AGENT_SERVICE_EVENT", "SET_AGENT_SERVICE_DATA_REQ"}, Tags: []string{"FLT_ENABLED_SERVICES"}},
	{Version: 24, Kind: Added, Text: "tag NUM_OF_ENABLED_SERVICES", Messages: []string{"CONFIG_AGENT_SERVICE_EVENT", "SET_AGENT_SERVICE_DATA_REQ"}, Tags: []string{"NUM_OF_ENABLED_SERVICES"}},
	{Version: 24, Kind: Added, Text: "tag CCAI_CONFIG_ID", Messages: []string{"AGENT_PRE_CALL_EVENT"}, Tags: []string{"CCAI_CONFIG_ID"}},
	{Version: 24, Kind: Added, Text: "tag NUM_POSITIVE_ANSWERS_SUGGESTIONS", Messages: []string{"SET_AGENT_SERVICE_DATA_REQ"}, Tags: []string{"NUM_POSITIVE_ANSWERS_SUGGESTIONS"}},
	{Version: 24, Kind: Added, Text: "tag NUM_NEGATIVE_ANSWERS_SUGGESTIONS", Messages: []string{"SET_AGENT_SERVICE_DATA_REQ"}, Tags: []string{"NUM_NEGATIVE_ANSWERS_SUGGESTIONS"}},
	{Version: 24, Kind: Added, Text: "mask CONFIG_MSG_AGENT_SERVICE_MASK in the CTI service mask table; no value given, missing from the version 25 table", Consts: []string{"CONFIG_MSG_AGENT_SERVICE_MASK"}},
	{Version: 23, Kind: Added, Text: "network recording requests, Client Control service", Messages: []string{"START_NETWORK_RECORDING_REQ", "STOP_NETWORK_RECORDING_REQ"}},
	{Version: 23, Kind: Added, Text: "tag FLT_TASK_ID_TAG used in AGENT_TASKS_EVENT", Messages: []string{"AGENT_TASKS_EVENT"}, Tags: []string{"FLT_TASK_ID_TAG"}},
	{Version: 23, Kind: Added, Text: "tags CALL_VAR_1_TAG to CALL_VAR_10_TAG used in SNAPSHOT_TASK_EVENT", Messages: []string{"SNAPSHOT_TASK_EVENT"}, Tags: []string{"CALL_VAR_1_TAG", "CALL_VAR_2_TAG", "CALL_VAR_3_TAG", "CALL_VAR_4_TAG", "CALL_VAR_5_TAG", "CALL_VAR_6_TAG", "CALL_VAR_7_TAG", "CALL_VAR_8_TAG", "CALL_VAR_9_TAG", "CALL_VAR_10_TAG"}},
	{Version: 23, Kind: Added, Text: "tag DESKTOP_CONNECTED_FLAG_TAG", Messages: []string{"AGENT_TASKS_REQUEST_EVENT"}, Tags: []string{"DESKTOP_CONNECTED_FLAG_TAG"}},
	{Version: 23, Kind: Added, Text: "tag TEXT_TAG used in AGENT_TASKS_END_EVENT", Messages: []string{"AGENT_TASKS_END_EVENT"}, Tags: []string{"TEXT_TAG"}},
	{Version: 23, Kind: Added, Text: "tag NUM_MRDS_TAG used in DESKTOP_CONNECTED_IND", Messages: []string{"DESKTOP_CONNECTED_IND"}, Tags: []string{"NUM_MRDS_TAG"}},
	{Version: 23, Kind: Changed, Text: "MEDIA_LOGIN_REQ modified; the guide does not say how", Messages: []string{"MEDIA_LOGIN_REQ"}},
	{Version: 23, Kind: Added, Text: "network recording events", Messages: []string{"NETWORK_RECORDING_STARTED_EVENT", "NETWORK_RECORDING_ENDED_EVENT", "NETWORK_RECORDING_FAILED_EVENT", "NETWORK_RECORDING_TARGET_INFO_EVENT"}},
	{Version: 22, Kind: Added, Text: "field MaxBeyondTaskLimit", Messages: []string{"AGENT_STATE_EVENT", "QUERY_AGENT_STATE_CONF"}, Fields: []string{"MaxBeyondTaskLimit"}},
	{Version: 22, Kind: Added, Text: "fields FltPrecisionQueueID and FltPrecisionQueueName", Messages: []string{"CONFIG_SKILL_GROUP_EVENT"}, Fields: []string{"FltPrecisionQueueID", "FltPrecisionQueueName"}},
	{Version: 22, Kind: Added, Text: "field AgentDeskSettingsID", Messages: []string{"CONFIG_AGENT_EVENT"}, Fields: []string{"AgentDeskSettingsID"}},
	{Version: 22, Kind: Added, Text: "two configuration events", Messages: []string{"CONFIG_AGENT_DESK_SETTINGS_EVENT", "CONFIG_PERIPHERAL_EVENT"}},
	{Version: 22, Kind: Added, Text: "fields PeripheralConfigKey and AgentDeskSettingsConfigKey", Messages: []string{"CONFIG_KEY_EVENT", "CONFIG_BEGIN_EVENT"}, Fields: []string{"PeripheralConfigKey", "AgentDeskSettingsConfigKey"}},
	{Version: 22, Kind: Changed, Text: "CALL_DATA_UPDATE_EVENT behaves differently for ECC variables; details not given", Messages: []string{"CALL_DATA_UPDATE_EVENT"}},
	{Version: 21, Kind: Added, Text: "fields NumMRDs, FltAgentMRDID and FltAgentMRDState (printed FLTAgentMRDID)", Messages: []string{"CONFIG_AGENT_EVENT"}, Fields: []string{"NumMRDs", "FltAgentMRDID", "FltAgentMRDState"}},
	{Version: 21, Kind: Added, Text: "message type 259, internal use only"},
	{Version: 21, Kind: Changed, Text: "OPEN_CONF PeripheralType is set by another rule", Messages: []string{"OPEN_CONF"}, Fields: []string{"PeripheralType"}},
	{Version: 20, Kind: Release, Text: "Unified CCE release 11.5(1)"},
	{Version: 20, Kind: Changed, Text: "floating field Tag and FieldLength grow from 1 byte each to 2 bytes each (USHORT)"},
	{Version: 20, Kind: Added, Text: "fixed field AgentSkillTargetID and floating field AgentID", Messages: []string{"AGENT_PRE_CALL_EVENT"}, Fields: []string{"AgentSkillTargetID", "AgentID"}},
	{Version: 20, Kind: Added, Text: "message CONFIG_MRD_EVENT", Messages: []string{"CONFIG_MRD_EVENT"}},
	{Version: 20, Kind: Added, Text: "ConfigInformation bit 32, Media Routing Domain; OPEN_REQ ConfigMsgMask refers to it", Messages: []string{"CONFIG_REQUEST_EVENT", "CONFIG_BEGIN_EVENT"}, Fields: []string{"ConfigInformation"}},
	{Version: 20, Kind: Added, Text: "tags used in CONFIG_MRD_EVENT", Messages: []string{"CONFIG_MRD_EVENT"}, Tags: []string{"MR_DOMAIN_ID_TAG", "DESCRIPTION_TAG", "ENTERPRISE_NAME_TAG", "MAX_TASK_DURATION_TAG", "INTERRUPTIBLE_TAG"}},
	{Version: 20, Kind: Changed, Text: "AGENT_PRE_CALL_ABORT_EVENT also goes to ALL_EVENTS clients", Messages: []string{"AGENT_PRE_CALL_ABORT_EVENT"}},
	{Version: 20, Kind: Added, Text: "tag SSO_ENABLED_TAG", Messages: []string{"CONFIG_AGENT_EVENT", "SET_AGENT_STATE_REQ"}, Tags: []string{"SSO_ENABLED_TAG"}},
	{Version: 20, Kind: Added, Text: "tag FLT_TASK_ID_TAG", Messages: []string{"AGENT_TASKS_RESP"}, Tags: []string{"FLT_TASK_ID_TAG"}},
	{Version: 20, Kind: Added, Text: "tags FLT_ICM_DISP_TAG and FLT_APP_DISP_TAG", Messages: []string{"MEDIA_LOGOUT_IND"}, Tags: []string{"FLT_ICM_DISP_TAG", "FLT_APP_DISP_TAG"}},
	{Version: 20, Kind: Changed, Text: "LoginName widened to 255 bytes; former size not given", Messages: []string{"CONFIG_AGENT_EVENT"}, Fields: []string{"LoginName"}},
	{Version: 20, Kind: Changed, Text: "tags added or modified for SNAPSHOT_TASKS_RESP (so printed; SNAPSHOT_TASK_RESP in the message table)", Messages: []string{"SNAPSHOT_TASK_RESP"}, Tags: []string{"SCRIPT_SELECTOR_TAG", "APPLICATION_STRING1_TAG", "APPLICATION_STRING2_TAG", "CALL_VAR_1_TAG", "CALL_VAR_2_TAG", "CALL_VAR_3_TAG", "CALL_VAR_4_TAG", "CALL_VAR_5_TAG", "CALL_VAR_6_TAG", "CALL_VAR_7_TAG", "CALL_VAR_8_TAG", "CALL_VAR_9_TAG", "CALL_VAR_10_TAG", "NAMED_VARIABLE_TAG", "NAMED_ARRAY_TAG"}},
	{Version: 20, Kind: Added, Text: "new TaskState values for SNAPSHOT_TASK_RESP; not listed", Messages: []string{"SNAPSHOT_TASK_RESP"}},
	{Version: 20, Kind: Added, Text: "disposition code 63 Task Transferred (nonvoice tasks)"},
	{Version: 20, Kind: Added, Text: "disposition code 64 Application Disconnected (nonvoice tasks)"},
	{Version: 20, Kind: Added, Text: "disposition code 65 Task Transferred on Agent Logout (nonvoice tasks)"},
	{Version: 19, Kind: Changed, Text: "message type table updated; the guide does not say how"},
	{Version: 19, Kind: Added, Text: "section on configuration acquisition messages"},
	{Version: 19, Kind: Added, Text: "tag INTERNAL_AGENT_STATE_TAG", Tags: []string{"INTERNAL_AGENT_STATE_TAG"}},
	{Version: 19, Kind: Added, Text: "CallType values 27 to 37 for outbound calls; 27 clashes with CALLTYPE_NON_ACD of version 14", Tables: []string{"CallType"}},
	{Version: 19, Kind: Added, Text: "field InternalAgentState", Messages: []string{"QUERY_AGENT_STATE_CONF"}, Fields: []string{"InternalAgentState"}},
	{Version: 19, Kind: Added, Text: "table of internal agent states"},
	{Version: 19, Kind: Removed, Text: "fields ClientAddressIPV6 and SendingAddressIPV6", Fields: []string{"ClientAddressIPV6", "SendingAddressIPV6"}},
	{Version: 19, Kind: Removed, Text: "tags 226 and 227", Tags: []string{"CLIENT_ADDRESS_IPV6_TAG", "SENDING_ADDRESS_IPV6_TAG"}},
	{Version: 19, Kind: Changed, Text: "ClientAddress widened from 16 to 64 bytes to hold IPv6", Fields: []string{"ClientAddress"}},
	{Version: 19, Kind: Changed, Text: "SendingAddress widened from 16 to 64 bytes to hold IPv6", Fields: []string{"SendingAddress"}},
	{Version: 19, Kind: Added, Text: "field DepartmentID", Messages: []string{"OPEN_CONF", "AGENT_STATE_EVENT", "AGENT_TEAM_CONFIG_EVENT", "QUERY_AGENT_STATE_CONF"}, Fields: []string{"DepartmentID"}},
	{Version: 18, Kind: Release, Text: "Unified CCE 10.0(1), internal use only"},
	{Version: 18, Kind: Added, Text: "tags 247 to 254; names not given"},
	{Version: 17, Kind: Release, Text: "Unified CCE 9.0(1), internal use only"},
	{Version: 17, Kind: Added, Text: "tag OPTIONS_TAG; number not given", Tags: []string{"OPTIONS_TAG"}},
	{Version: 16, Kind: Release, Text: "Unified CCE 9.0(1)"},
	{Version: 16, Kind: Added, Text: "field AgentTeamName", Messages: []string{"AGENT_TEAM_CONFIG_EVENT"}, Fields: []string{"AgentTeamName"}},
	{Version: 16, Kind: Added, Text: "tag AGENT_TEAM_NAME_TAG", Tags: []string{"AGENT_TEAM_NAME_TAG"}},
	{Version: 16, Kind: Added, Text: "field Direction", Messages: []string{"AGENT_STATE_EVENT"}, Fields: []string{"Direction"}},
	{Version: 16, Kind: Added, Text: "tag DIRECTION_TAG", Tags: []string{"DIRECTION_TAG"}},
	{Version: 15, Kind: Release, Text: "Unified CCE 8.5(x)"},
	{Version: 15, Kind: Added, Text: "three agent greeting messages (said to be in the tag table, meant is the message table)", Messages: []string{"CALL_AGENT_GREETING_EVENT", "AGENT_GREETING_CONTROL_REQ", "AGENT_GREETING_CONTROL_CONF"}},
	{Version: 15, Kind: Added, Text: "call event mask CALL_AGENT_GREETING_MASK", Consts: []string{"CALL_AGENT_GREETING_MASK"}},
	{Version: 15, Kind: Added, Text: "control failure code CF_AGENT_GREETING_CONTROL_OPERATION_FAILURE", Consts: []string{"CF_AGENT_GREETING_CONTROL_OPERATION_FAILURE"}},
	{Version: 14, Kind: Release, Text: "Unified CCE 8.0(x)"},
	{Version: 14, Kind: Changed, Text: "OPEN_REQ VersionNumber goes from 13 to 14", Messages: []string{"OPEN_REQ"}, Fields: []string{"VersionNumber"}},
	{Version: 14, Kind: Added, Text: "tag 219", Tags: []string{"REQUESTING_DEVICE_ID_TAG"}},
	{Version: 14, Kind: Added, Text: "tag 220", Tags: []string{"REQUESTING_DEVICE_ID_TYPE_TAG"}},
	{Version: 14, Kind: Added, Text: "tag 221", Tags: []string{"PRE_CALL_INVOKE_ID_TAG"}},
	{Version: 14, Kind: Added, Text: "tag 222 (printed without _TAG)", Tags: []string{"ENTERPRISE_QUEUE_TIME"}},
	{Version: 14, Kind: Added, Text: "tag 223", Tags: []string{"CALL_REFERENCE_ID_TAG"}},
	{Version: 14, Kind: Added, Text: "tag 224", Tags: []string{"MULTI_LINE_AGENT_CONTROL_TAG"}},
	{Version: 14, Kind: Added, Text: "tag 225", Tags: []string{"NETWORK_CONTROLLED_TAG"}},
	{Version: 14, Kind: Added, Text: "tag 226, removed in version 19", Tags: []string{"CLIENT_ADDRESS_IPV6_TAG"}},
	{Version: 14, Kind: Added, Text: "tag 227, removed in version 19", Tags: []string{"SENDING_ADDRESS_IPV6_TAG"}},
	{Version: 14, Kind: Added, Text: "tag 228", Tags: []string{"NUM_PERIPHERALS_TAG"}},
	{Version: 14, Kind: Added, Text: "tag 229", Tags: []string{"COC_CONNECTION_CALL_ID_TAG"}},
	{Version: 14, Kind: Added, Text: "tag 230; 230 and 231 are printed with the same name, one must be the device id", Tags: []string{"COC_CALL_CONNECTION_DEVICE_ID_TYPE_TAG"}},
	{Version: 14, Kind: Added, Text: "tag 231; 230 and 231 are printed with the same name, one must be the device id", Tags: []string{"COC_CALL_CONNECTION_DEVICE_ID_TYPE_TAG"}},
	{Version: 14, Kind: Added, Text: "tag 232", Tags: []string{"CALL_ORIGINATED_FROM_TAG"}},
	{Version: 14, Kind: Added, Text: "tag 233", Tags: []string{"SET_APPDATA_CALLID_TAG"}},
	{Version: 14, Kind: Added, Text: "tag 234", Tags: []string{"CLIENT_SHARE_KEY_TAG"}},
	{Version: 14, Kind: Added, Text: "field SkillGroupNumber", Messages: []string{"MAKE_CALL_REQ"}, Fields: []string{"SkillGroupNumber"}},
	{Version: 14, Kind: Added, Text: "router call key fields in SET_CALL_DATA (no _REQ printed)", Messages: []string{"SET_CALL_DATA_REQ"}, Fields: []string{"RouterCallKeyDay", "RouterCallKeyCallID", "RouterCallKeySequenceNumber"}},
	{Version: 14, Kind: Added, Text: "floating fields CallTypeID and PreCallInvokeID (SET_APP_DATA printed without _REQ)", Messages: []string{"AGENT_PRE_CALL_EVENT", "SET_APP_DATA_REQ"}, Fields: []string{"CallTypeID", "PreCallInvokeID"}},
	{Version: 14, Kind: Added, Text: "field CallReferenceID, for solution call trace", Messages: []string{"BEGIN_CALL_EVENT", "CALL_DATA_UPDATE_EVENT", "SNAPSHOT_CALL_CONF"}, Fields: []string{"CallReferenceID"}},
	{Version: 14, Kind: Added, Text: "optional fields RequestingDeviceID and RequestingDeviceIDType", Messages: []string{"CLEAR_CONNECTION_REQ"}, Fields: []string{"RequestingDeviceID", "RequestingDeviceIDType"}},
	{Version: 14, Kind: Added, Text: "two DeviceIDType values", Consts: []string{"DEVID_NON_ACD_DEVICE_IDENTIFIER", "DEVID_SHARED_DEVICE_IDENTIFIER"}, Tables: []string{"DeviceIDType"}},
	{Version: 14, Kind: Added, Text: "two LineType values", Consts: []string{"LINETYPE_NON_ACD_IN", "LINETYPE_NON_ACD_OUT"}, Tables: []string{"LineType"}},
	{Version: 14, Kind: Added, Text: "CallType 27, CALLTYPE_NON_ACD", Consts: []string{"CALLTYPE_NON_ACD"}, Tables: []string{"CallType"}},
	{Version: 14, Kind: Added, Text: "fields NumPeripherals, FltPeripheralID and MultilineAgentControl", Messages: []string{"OPEN_CONF"}, Fields: []string{"NumPeripherals", "FltPeripheralID", "MultilineAgentControl"}},
	{Version: 14, Kind: Added, Text: "four status codes (the guide points at the PGStatusCode table, but they are E_CTI names)", Consts: []string{"E_CTI_INVALID_CONFIG_MSG_MASK", "E_CTI_AUTO_CONFIG_RESET", "E_CTI_INVALID_MONITOR_STATUS", "E_CTI_INVALID_REQUEST_ID_TYPE"}},
	{Version: 14, Kind: Added, Text: "eleven control failure codes (one is printed twice)", Consts: []string{"CF_INVALID_TRUNK_ID_SPECIFIED", "CF_SPECIFIED_EXTENSION_ALREADY_IN_USE", "CF_ARBITRARY_CONF_OR_XFER_NOT_SUPPORTED", "CF_NETWORK_TRANSFER_OR_CONSULT", "CF_NETWORK_TRANSFER_OR_CONSULT_FAILED", "CF_DEVICE_RESTRICTED", "CF_LINE_RESTRICTED", "CF_AGENT_ACCOUNT_LOCKED_OUT", "CF_MAXIMUM_LINE_LIMIT_EXCEEDED", "CF_SHARED_LINES_NOT_SUPPORTED", "CF_EXTENSION_NOT_UNIQUE"}, Tables: []string{"ControlFailureCode"}},
	{Version: 14, Kind: Added, Text: "two service masks", Consts: []string{"CTI_SERVICE_ACD_LINE_ONLY", "CTI_SERVICE_IGNORE_CONF"}, Tables: []string{"CTIServiceMask"}},
	{Version: 14, Kind: Added, Text: "field ClientAddressIPV6, removed in version 19", Messages: []string{"RTP_STARTED_EVENT", "RTP_STOPPED_EVENT", "CLIENT_SESSION_OPENED_EVENT", "CLIENT_SESSION_CLOSED_EVENT", "EMERGENCY_CALL_EVENT", "START_RECORDING_REQ", "START_RECORDING_CONF", "STOP_RECORDING_REQ", "STOP_RECORDING_CONF"}, Fields: []string{"ClientAddressIPV6"}},
	{Version: 14, Kind: Added, Text: "field SendingAddressIPV6, removed in version 19", Messages: []string{"RTP_STARTED_EVENT", "RTP_STOPPED_EVENT"}, Fields: []string{"SendingAddressIPV6"}},
	{Version: 14, Kind: Added, Text: "fields COCConnectionCallID, COCCallConnectionDeviceIDType and COCCallConnectionDeviceID", Messages: []string{"CALL_SERVICE_INITIATED_EVENT", "SNAPSHOT_CALL_CONF"}, Fields: []string{"COCConnectionCallID", "COCCallConnectionDeviceIDType", "COCCallConnectionDeviceID"}},
	{Version: 14, Kind: Added, Text: "two TypeOfDevice values", Consts: []string{"DEVT_CTI_PORT_SCCP", "DEVT_CTI_PORT_SIP"}, Tables: []string{"TypeOfDevice"}},
	{Version: 13, From: 10, Kind: Release, Text: "ICM version 7.0(x)"},
	{Version: 13, From: 10, Kind: Added, Text: "fields Duration (optional), NextAgentState, FltSkillGroupNumber, FltSkillGroupID, FltSkillGroupPriority and FltSkillGroupState", Messages: []string{"AGENT_STATE_EVENT"}, Fields: []string{"Duration", "NextAgentState", "FltSkillGroupNumber", "FltSkillGroupID", "FltSkillGroupPriority", "FltSkillGroupState"}},
	{Version: 13, From: 10, Kind: Added, Text: "field NumFltSkillGroups (counts the FltSkillGroup fields), so that one event names several skill groups", Messages: []string{"AGENT_STATE_EVENT"}, Fields: []string{"NumFltSkillGroups"}},
	{Version: 13, From: 10, Kind: Changed, Text: "OPEN_REQ VersionNumber goes from 6 to 13", Messages: []string{"OPEN_REQ"}, Fields: []string{"VersionNumber"}},
	{Version: 13, From: 10, Kind: Added, Text: "field DeviceIDType, to tell a queue from an extension of the same number", Messages: []string{"SNAPSHOT_CALL_REQ"}, Fields: []string{"DeviceIDType"}},
	{Version: 13, From: 10, Kind: Added, Text: "fields ForcedFlag and AgentServiceReq", Messages: []string{"SET_AGENT_STATE_REQ"}, Fields: []string{"ForcedFlag", "AgentServiceReq"}},
	{Version: 13, From: 10, Kind: Added, Text: "seven service masks", Consts: []string{"CTI_AGENT_STATE_CONTROL_ONLY", "CTI_DEVICE_STATE_CONTROL", "CTI_ROUTING", "CTI_SERVICE_MINIMIZE_EVENTS", "CTI_SERVICE_CONFIG_EVENTS", "CTI_SERVICE_UPDATE_EVENTS", "CTI_SERVICE_IGNORE_DUPLICATE_AGENT_EVENTS"}, Tables: []string{"CTIServiceMask"}},
	{Version: 13, From: 10, Kind: Corrected, Text: "CALL_QUEUED_EVENT scenarios show QueueDeviceIDType DEVID_NONE and no QueueDeviceID", Messages: []string{"CALL_QUEUED_EVENT"}, Fields: []string{"QueueDeviceIDType", "QueueDeviceID"}},
	{Version: 13, From: 10, Kind: Added, Text: "DeviceIDType value DEVID_QUEUE", Consts: []string{"DEVID_QUEUE"}, Tables: []string{"DeviceIDType"}},
	{Version: 13, From: 10, Kind: Removed, Text: "field CallsInQueue", Messages: []string{"QUERY_AGENT_STATISTICS_CONF"}, Fields: []string{"CallsInQueue"}},
	{Version: 13, From: 10, Kind: Removed, Text: "field OldestCallInQueue", Messages: []string{"QUERY_AGENT_STATISTICS_CONF"}, Fields: []string{"OldestCallInQueue"}},
	{Version: 13, From: 10, Kind: Changed, Text: "AlertingDevice is now required", Messages: []string{"CALL_DELIVERED_EVENT"}, Fields: []string{"AlertingDevice"}},
	{Version: 13, From: 10, Kind: Removed, Text: "second row of tag SKILL_GROUP_PRIORITY_TAG", Tags: []string{"SKILL_GROUP_PRIORITY_TAG"}},
	{Version: 13, From: 10, Kind: Added, Text: "tag DEVICE_TYPE_TAG", Tags: []string{"DEVICE_TYPE_TAG"}},
	{Version: 13, From: 10, Kind: Added, Text: "field AgentAvailabilityStatus (listed for version 9 too)", Messages: []string{"QUERY_AGENT_STATE_CONF", "AGENT_STATE_EVENT"}, Fields: []string{"AgentAvailabilityStatus"}},
	{Version: 13, From: 10, Kind: Added, Text: "fields AgentsICMAvailable and AgentsApplicationAvailable (listed for version 9 too)", Messages: []string{"QUERY_SKILL_GROUP_STATISTICS_CONF"}, Fields: []string{"AgentsICMAvailable", "AgentsApplicationAvailable"}},
	{Version: 13, From: 10, Kind: Added, Text: "fields ICMAvailableTimeSession, RoutableTimeSession, ICMAvailableTimeToday and RoutableTimeToday (listed for version 9 too)", Messages: []string{"QUERY_AGENT_STATISTICS_CONF"}, Fields: []string{"ICMAvailableTimeSession", "RoutableTimeSession", "ICMAvailableTimeToday", "RoutableTimeToday"}},
	{Version: 13, From: 10, Kind: Corrected, Text: "AGENT_UPDATED_EVENT (printed AGENT_UDPATED_EVENT) and QUEUE_UPDATED_EVENT put into the message type table; both existed before, and both are absent from the version 24 table", Messages: []string{"AGENT_UPDATED_EVENT", "QUEUE_UPDATED_EVENT"}},
	{Version: 13, From: 10, Kind: Corrected, Text: "table of EMERGENCY_CALL_CONF", Messages: []string{"EMERGENCY_CALL_CONF"}},
	{Version: 13, From: 10, Kind: Changed, Text: "PauseDuration from USHORT to UINT; the server has special code for older clients", Messages: []string{"SEND_DTMF_SIGNAL_REQ"}, Fields: []string{"PauseDuration"}},
	{Version: 13, From: 10, Kind: Added, Text: "fields EventDeviceType and EventDeviceID, for devices that are no number in in and out of service events", Messages: []string{"SYSTEM_EVENT"}, Fields: []string{"EventDeviceType", "EventDeviceID"}},
	{Version: 13, From: 10, Kind: Corrected, Text: "CustomerPhoneNumber and CustomerAccountNumber are optional", Messages: []string{"CALL_DATA_UPDATE_EVENT", "SET_CALL_DATA_REQ"}, Fields: []string{"CustomerPhoneNumber", "CustomerAccountNumber"}},
	{Version: 13, From: 10, Kind: Added, Text: "two AgentWorkMode values", Consts: []string{"RA_CALL_BY_CALL", "RA_NAILED_CONNECTION"}, Tables: []string{"AgentWorkMode"}},
	{Version: 13, From: 10, Kind: Added, Text: "field DeQueueType", Messages: []string{"CALL_DEQUEUED_EVENT"}, Fields: []string{"DeQueueType"}},
	{Version: 13, From: 10, Kind: Added, Text: "field EventMsgMask; the OPEN_REQ table of version 25 has no field of that name", Messages: []string{"OPEN_REQ"}, Fields: []string{"EventMsgMask"}},
	{Version: 13, From: 10, Kind: Added, Text: "fields SendingAddress and SendingPort", Messages: []string{"RTP_STARTED_EVENT", "RTP_STOPPED_EVENT"}, Fields: []string{"SendingAddress", "SendingPort"}},
	{Version: 13, From: 10, Kind: Changed, Text: "several tables got values that the guide does not list"},
	{Version: 9, Kind: Release, Text: "ICM version 5.0"},
	{Version: 9, Kind: Added, Text: "Server service"},
	{Version: 9, Kind: Added, Text: "fields CampaignID and QueryRuleID (listed for version 8 too)", Messages: []string{"SET_CALL_DATA_REQ", "CALL_DATA_UPDATE_EVENT"}, Fields: []string{"CampaignID", "QueryRuleID"}},
	{Version: 9, Kind: Changed, Text: "an ALL_EVENTS client also gets one SYSTEM_EVENT per peripheral of the PG when it opens", Messages: []string{"SYSTEM_EVENT", "OPEN_REQ"}},
	{Version: 9, Kind: Added, Text: "fields AgentAvailabilityStatus and ICMAgentID", Messages: []string{"QUERY_AGENT_STATE_CONF", "AGENT_STATE_EVENT"}, Fields: []string{"AgentAvailabilityStatus", "ICMAgentID"}},
	{Version: 9, Kind: Added, Text: "fields AgentsICMAvailable and AgentsApplicationAvailable", Messages: []string{"QUERY_SKILL_GROUP_STATISTICS_CONF"}, Fields: []string{"AgentsICMAvailable", "AgentsApplicationAvailable"}},
	{Version: 9, Kind: Added, Text: "fields ICMAvailableTimeSession, RoutableTimeSession, ICMAvailableTimeToday and RoutableTimeToday", Messages: []string{"QUERY_AGENT_STATISTICS_CONF"}, Fields: []string{"ICMAvailableTimeSession", "RoutableTimeSession", "ICMAvailableTimeToday", "RoutableTimeToday"}},
	{Version: 9, Kind: Added, Text: "fields ICMAgentID, AgentExtension, AgentID and AgentInstrument", Messages: []string{"QUERY_AGENT_STATE_REQ"}, Fields: []string{"ICMAgentID", "AgentExtension", "AgentID", "AgentInstrument"}},
	{Version: 9, Kind: Changed, Text: "several constant tables updated; the guide does not say how"},
	{Version: 8, Kind: Release, Text: "ICM version 4.6"},
	{Version: 8, Kind: Changed, Text: "RTP events move to the ClientEvents service", Messages: []string{"RTP_STARTED_EVENT", "RTP_STOPPED_EVENT"}},
	{Version: 8, Kind: Added, Text: "optional field AgentInstrument", Messages: []string{"ALTERNATE_CALL_REQ", "CLEAR_CALL_REQ", "CONFERENCE_CALL_REQ", "DEFLECT_CALL_REQ", "HOLD_CALL_REQ", "RECONNECT_CALL_REQ", "RETRIEVE_CALL_REQ", "TRANSFER_CALL_REQ", "SEND_DTMF_SIGNAL_REQ"}, Fields: []string{"AgentInstrument"}},
	{Version: 8, Kind: Added, Text: "field CalledPartyDisposition", Messages: []string{"BEGIN_CALL_EVENT", "CALL_DATA_UPDATE_EVENT", "SNAPSHOT_CALL_CONF"}, Fields: []string{"CalledPartyDisposition"}},
	{Version: 8, Kind: Added, Text: "fields CallType and CalledPartyDisposition", Messages: []string{"SET_CALL_DATA_REQ"}, Fields: []string{"CallType", "CalledPartyDisposition"}},
	{Version: 8, Kind: Added, Text: "blended agent support"},
	{Version: 8, Kind: Added, Text: "two CallType values", Consts: []string{"CALLTYPE_PREVIEW", "CALLTYPE_RESERVATION"}, Tables: []string{"CallType"}},
	{Version: 8, Kind: Added, Text: "CallType and/or CalledPartyDisposition (which one where is not said)", Messages: []string{"SET_CALL_DATA_REQ", "BEGIN_CALL_EVENT", "CALL_DATA_UPDATE_EVENT", "SNAPSHOT_CALL_CONF"}, Fields: []string{"CallType", "CalledPartyDisposition"}},
	{Version: 8, Kind: Added, Text: "fields CampaignID and QueryRuleID", Messages: []string{"SET_CALL_DATA_REQ", "CALL_DATA_UPDATE_EVENT"}, Fields: []string{"CampaignID", "QueryRuleID"}},
	{Version: 8, Kind: Added, Text: "real time and 5 minute fields", Messages: []string{"QUERY_SKILL_GROUP_STATISTICS_CONF"}},
	{Version: 8, Kind: Added, Text: "AutoOut, Preview and Reservation metrics", Messages: []string{"QUERY_AGENT_STATISTICS_CONF", "QUERY_SKILL_GROUP_STATISTICS_CONF"}},
	{Version: 8, Kind: Added, Text: "BargeIn, Intercept, Monitor, Whisper and Emergency metrics", Messages: []string{"QUERY_AGENT_STATISTICS_CONF", "QUERY_SKILL_GROUP_STATISTICS_CONF"}},
	{Version: 8, Kind: Added, Text: "field SessionID", Messages: []string{"AGENT_STATE_EVENT"}, Fields: []string{"SessionID"}},
	{Version: 8, Kind: Added, Text: "Supervisor services (removed in version 6)"},
	{Version: 8, Kind: Added, Text: "new messages", Messages: []string{"SET_DEVICE_ATTRIBUTES_REQ", "SET_DEVICE_ATTRIBUTES_CONF", "SUPERVISOR_ASSIST_REQ", "SUPERVISOR_ASSIST_CONF", "EMERGENCY_CALL_REQ", "EMERGENCY_CALL_CONF", "SUPERVISE_CALL_REQ", "SUPERVISE_CALL_CONF", "AGENT_TEAM_CONFIG_REQ", "AGENT_TEAM_CONFIG_CONF", "AGENT_TEAM_CONFIG_EVENT", "SET_APP_DATA_REQ", "SET_APP_DATA_CONF", "AGENT_DESK_SETTINGS_REQ", "AGENT_DESK_SETTINGS_CONF", "LIST_AGENT_TEAM_REQ", "LIST_AGENT_TEAM_CONF", "MONITOR_AGENT_TEAM_START_REQ", "MONITOR_AGENT_TEAM_START_CONF", "MONITOR_AGENT_TEAM_STOP_REQ", "MONITOR_AGENT_TEAM_STOP_CONF", "BAD_CALL_REQ", "BAD_CALL_CONF", "REGISTER_SERVICE_REQ", "REGISTER_SERVICE_CONF", "UNREGISTER_SERVICE_REQ", "UNREGISTER_SERVICE_CONF", "START_RECORDING_REQ", "START_RECORDING_CONF", "STOP_RECORDING_REQ", "STOP_RECORDING_CONF"}},
	{Version: 8, Kind: Added, Text: "fields CustomerPhoneNumber and CustomerAccountNumber", Messages: []string{"CALL_DATA_UPDATE_EVENT"}, Fields: []string{"CustomerPhoneNumber", "CustomerAccountNumber"}},
	{Version: 7, Kind: Release, Text: "ICM version 4.5"},
	{Version: 7, Kind: Added, Text: "RTP events", Messages: []string{"RTP_STARTED_EVENT", "RTP_STOPPED_EVENT"}},
	{Version: 7, Kind: Added, Text: "skill group fields (not named)", Messages: []string{"CALL_DELIVERED_EVENT"}},
	{Version: 7, Kind: Added, Text: "fields LineHandle and LineType", Messages: []string{"CALL_REACHED_NETWORK_EVENT"}, Fields: []string{"LineHandle", "LineType"}},
	{Version: 6, Kind: Release, Text: "ICM version 4.1"},
	{Version: 6, Kind: Added, Text: "data types NAMEDVAR and NAMEDARRAY", Tables: []string{"NAMEDVAR", "NAMEDARRAY"}},
	{Version: 6, Kind: Added, Text: "field ICRCentralControllerTime (ICMCentralControllerTime today)", Messages: []string{"OPEN_CONF", "SYSTEM_EVENT"}, Fields: []string{"ICRCentralControllerTime"}},
	{Version: 6, Kind: Added, Text: "field SystemCapabilities, removed again in the same version", Messages: []string{"OPEN_CONF", "SYSTEM_EVENT"}, Fields: []string{"SystemCapabilities"}},
	{Version: 6, Kind: Removed, Text: "field SystemCapabilities", Messages: []string{"OPEN_CONF", "SYSTEM_EVENT"}, Fields: []string{"SystemCapabilities"}},
	{Version: 6, Kind: Changed, Text: "System Events service renamed to Miscellaneous services"},
	{Version: 6, Kind: Added, Text: "optional fields NamedVariable and NamedArray", Messages: []string{"BEGIN_CALL_EVENT", "CALL_DATA_UPDATE_EVENT", "CALL_TRANSLATION_ROUTE_EVENT", "SET_CALL_DATA_REQ", "CONFERENCE_CALL_REQ", "CONSULTATION_CALL_REQ", "MAKE_CALL_REQ", "MAKE_PREDICTIVE_CALL_REQ", "TRANSFER_CALL_REQ", "SNAPSHOT_CALL_CONF"}, Fields: []string{"NamedVariable", "NamedArray"}},
	{Version: 6, Kind: Added, Text: "fixed fields NumNamedVariables and NumNamedArrays in every message that has NamedVariable and NamedArray", Fields: []string{"NumNamedVariables", "NumNamedArrays"}},
	{Version: 6, Kind: Added, Text: "field EventReasonCode", Messages: []string{"AGENT_STATE_EVENT"}, Fields: []string{"EventReasonCode"}},
	{Version: 6, Kind: Added, Text: "pre-call messages", Messages: []string{"AGENT_PRE_CALL_EVENT", "AGENT_PRE_CALL_ABORT_EVENT"}},
	{Version: 6, Kind: Added, Text: "new messages of Miscellaneous services", Messages: []string{"USER_MESSAGE_REQ", "USER_MESSAGE_CONF", "USER_MESSAGE_EVENT", "SUPERVISOR_ASSIST_REQ", "SUPERVISOR_ASSIST_CONF", "EMERGENCY_CALL_REQ", "EMERGENCY_CALL_CONF", "QUERY_AGENT_STATISTICS_REQ", "QUERY_AGENT_STATISTICS_CONF", "QUERY_SKILL_GROUP_STATISTICS_REQ", "QUERY_SKILL_GROUP_STATISTICS_CONF"}},
	{Version: 6, Kind: Added, Text: "fields AgentExtension and AgentID", Messages: []string{"QUERY_AGENT_STATE_REQ"}, Fields: []string{"AgentExtension", "AgentID"}},
	{Version: 6, Kind: Added, Text: "SystemEventID values for server offline and online and the half hour", Consts: []string{"SYS_CTI_SERVER_OFFLINE", "SYS_CTI_SERVER_ONLINE", "SYS_HALF_HOUR_CHANGE"}, Tables: []string{"SystemEventID"}},
	{Version: 6, Kind: Changed, Text: "AgentInstrument widened from 12 to 64 bytes everywhere", Fields: []string{"AgentInstrument"}},
	{Version: 6, Kind: Removed, Text: "Supervisor service"},
	{Version: 6, Kind: Added, Text: "queue fields (not named)", Messages: []string{"QUERY_SKILL_GROUP_STATISTICS_CONF"}},
	{Version: 6, Kind: Added, Text: "field AgentInstrument", Messages: []string{"QUERY_AGENT_STATE_CONF"}, Fields: []string{"AgentInstrument"}},
	{Version: 6, Kind: Added, Text: "capability fields", Messages: []string{"QUERY_DEVICE_INFO_CONF"}, Fields: []string{"MaxActiveCalls", "MaxHeldCalls", "MaxDevicesInConference", "MakeCallSetup", "TransferConferenceSetup", "CallEventsSupported", "CallControlSupported", "OtherFeaturesSupported"}},
	{Version: 6, Kind: Added, Text: "two PGStatusCode values", Consts: []string{"PGS_CTI_SERVER_OFFLINE", "PGS_LIMITED_FUNCTION"}, Tables: []string{"PGStatusCode"}},
	{Version: 6, Kind: Added, Text: "fields HandledCallsAfterCallTimeSession and HandledCallsAfterCallTimeToday", Messages: []string{"QUERY_AGENT_STATISTICS_CONF"}, Fields: []string{"HandledCallsAfterCallTimeSession", "HandledCallsAfterCallTimeToday"}},
	{Version: 6, Kind: Added, Text: "fields HandledCallsAfterCallTimeToHalf and HandledCallsAfterCallTimeToday", Messages: []string{"QUERY_SKILL_GROUP_STATISTICS_CONF"}, Fields: []string{"HandledCallsAfterCallTimeToHalf", "HandledCallsAfterCallTimeToday"}},
	{Version: 6, Kind: Added, Text: "three transfer and conference setup masks", Messages: []string{"QUERY_DEVICE_INFO_CONF"}, Consts: []string{"CONF_SETUP_SINGLE_ACD_CALL", "TRANS_SETUP_SINGLE_ACD_CALL", "TRANS_SETUP_ANY_SINGLE_CALL"}},
	{Version: 6, Kind: Added, Text: "SystemEventID values for instruments", Consts: []string{"SYS_INSTRUMENT_OUT_OF_SERVICE", "SYS_INSTRUMENT_BACK_IN_SERVICE"}, Tables: []string{"SystemEventID"}},
	{Version: 6, Kind: Added, Text: "register variables messages", Messages: []string{"REGISTER_VARIABLES_REQ", "REGISTER_VARIABLES_CONF"}},
	{Version: 6, Kind: Added, Text: "field MonitorID (messages printed AGENT_PRECALL_EVENT and AGENT_PRECALL_ABORT_EVENT)", Messages: []string{"AGENT_PRE_CALL_EVENT", "AGENT_PRE_CALL_ABORT_EVENT"}, Fields: []string{"MonitorID"}},
	{Version: 6, Kind: Added, Text: "field PeripheralID", Messages: []string{"USER_MESSAGE_REQ"}, Fields: []string{"PeripheralID"}},
	{Version: 6, Kind: Changed, Text: "status code table updated; the guide does not say how"},
	{Version: 6, Kind: Added, Text: "two LineType values", Consts: []string{"LINETYPE_OUTBOUND", "LINETYPE_DID"}, Tables: []string{"LineType"}},
	{Version: 6, Kind: Added, Text: "service and skill group fields (message printed AGENT_PRECALL_EVENT)", Messages: []string{"AGENT_PRE_CALL_EVENT"}, Fields: []string{"ServiceNumber", "ServiceID", "SkillGroupNumber", "SkillGroupID", "SkillGroupPriority"}},
	{Version: 6, Kind: Changed, Text: "note on CALL_ESTABLISHED_EVENT for Spectrum ACDs", Messages: []string{"CALL_ESTABLISHED_EVENT"}},
	{Version: 6, Kind: Added, Text: "optional field /CCT (call control table)", Messages: []string{"MAKE_CALL_REQ", "MAKE_PREDICTIVE_CALL_REQ"}, Fields: []string{"CCT"}},
	{Version: 5, Kind: Release, Text: "ICM version 4.0; oldest version in the guide"},
	{Version: 5, Kind: Added, Text: "Peripheral Monitor service and its messages"},
	{Version: 5, Kind: Added, Text: "field MonitorID in all call and agent events", Fields: []string{"MonitorID"}},
	{Version: 5, Kind: Added, Text: "Client Monitor service and its messages"},
	{Version: 5, Kind: Added, Text: "fields CallingDeviceType and CallingDeviceID", Messages: []string{"CALL_SERVICE_INITIATED_EVENT"}, Fields: []string{"CallingDeviceType", "CallingDeviceID"}},
	{Version: 5, Kind: Changed, Text: "at most 20 skill groups, 10 before"},
	{Version: 5, Kind: Added, Text: "fields AlertRings, CallOption, AuthorizationCode and AccountCode", Messages: []string{"CONSULTATION_CALL_REQ", "MAKE_CALL_REQ", "TRANSFER_CALL_REQ"}, Fields: []string{"AlertRings", "CallOption", "AuthorizationCode", "AccountCode"}},
	{Version: 5, Kind: Added, Text: "predictive call messages are back", Messages: []string{"MAKE_PREDICTIVE_CALL_REQ", "MAKE_PREDICTIVE_CALL_CONF"}},
	{Version: 5, Kind: Added, Text: "SystemEventID value SYS_PERIPHERAL_GATEWAY_OFFLINE", Consts: []string{"SYS_PERIPHERAL_GATEWAY_OFFLINE"}, Tables: []string{"SystemEventID"}},
	{Version: 5, Kind: Added, Text: "three AnsweringMachine values", Consts: []string{"AM_NONE", "AM_NONE_NO_MODEM", "AM_CONNECT_NO_MODEM"}, Tables: []string{"AnsweringMachine"}},
	{Version: 5, Kind: Changed, Text: "ANSWER_CALL_REQ revised for peripherals that do not identify the alerting call", Messages: []string{"ANSWER_CALL_REQ"}},
	{Version: 5, Kind: Added, Text: "fields for single step conference", Messages: []string{"CONFERENCE_CALL_REQ"}, Fields: []string{"CallPlacementType", "CallMannerType", "AlertRings", "CallOption", "FacilityType", "Priority", "PostRoute", "DialedNumber", "UserToUserInfo", "CallVariable1", "CallVariable2", "CallVariable3", "CallVariable4", "CallVariable5", "CallVariable6", "CallVariable7", "CallVariable8", "CallVariable9", "CallVariable10", "CallWrapupData", "FacilityCode", "AuthorizationCode", "AccountCode"}},
	{Version: 5, Kind: Changed, Text: "OriginatingDevice takes the place of AgentInstrument", Messages: []string{"MAKE_PREDICTIVE_CALL_REQ"}, Fields: []string{"OriginatingDevice", "AgentInstrument"}},
	{Version: 5, Kind: Added, Text: "answer detection and destination fields", Messages: []string{"MAKE_PREDICTIVE_CALL_REQ"}, Fields: []string{"AnswerDetectMode", "AnswerDetectTime", "AnswerDetectControl1", "AnswerDetectControl2", "DestinationCountry", "OriginatingLineID"}},
	{Version: 5, Kind: Added, Text: "field PeripheralOnline", Messages: []string{"OPEN_CONF"}, Fields: []string{"PeripheralOnline"}},
	{Version: 5, Kind: Added, Text: "field ClientPort", Messages: []string{"CLIENT_SESSION_OPENED_EVENT", "CLIENT_SESSION_CLOSED_EVENT"}, Fields: []string{"ClientPort"}},
	{Version: 5, Kind: Added, Text: "optional field AgentInstrument", Messages: []string{"CLEAR_CONNECTION_REQ"}, Fields: []string{"AgentInstrument"}},
	{Version: 5, Kind: Added, Text: "field AnsweringMachine", Messages: []string{"CONFERENCE_CALL_REQ", "TRANSFER_CALL_REQ"}, Fields: []string{"AnsweringMachine"}},
	{Version: 5, Kind: Added, Text: "optional field AgentInstrument", Messages: []string{"CONSULTATION_CALL_REQ"}, Fields: []string{"AgentInstrument"}},
	{Version: 5, Kind: Added, Text: "special value NULL_CALL_ID", Consts: []string{"NULL_CALL_ID"}},
	{Version: 5, Kind: Added, Text: "two PeripheralType values", Consts: []string{"PT_SIEMENS_9005", "PT_ALCATEL"}, Tables: []string{"PeripheralType"}},
}
