package traffic

import "ctiscope/decode/schema"

// constant returns the number of a name in one of the guide's tables; a name
// that is not there is a slip in this package.
func constant(table, name string) int64 {
	if t := schema.CCE().TableByName(table); t != nil {
		for _, v := range t.Values {
			if v.Name == name {
				return int64(v.Value)
			}
		}
	}
	panic("traffic: no " + name + " in table " + table)
}

// Status codes of FAILURE_CONF, FAILURE_EVENT and CLOSE_REQ.
var (
	statusNone          = constant("StatusCode", "E_CTI_NO_ERROR")
	statusBadVersion    = constant("StatusCode", "E_CTI_INVALID_VERSION")
	statusNotOpen       = constant("StatusCode", "E_CTI_SESSION_NOT_OPEN")
	statusDataMissing   = constant("StatusCode", "E_CTI_REQUIRED_DATA_MISSING")
	statusBadAgent      = constant("StatusCode", "E_CTI_INVALID_AGENT_DATA")
	statusNotLoggedOn   = constant("StatusCode", "E_CTI_AGENT_NOT_LOGGED_ON")
	statusDeviceInUse   = constant("StatusCode", "E_CTI_DEVICE_IN_USE")
	statusNotAvailable  = constant("StatusCode", "E_CTI_FUNCTION_NOT_AVAILABLE")
	statusNoClient      = constant("StatusCode", "E_CTI_CLIENT_NOT_FOUND")
	statusNoSupervisor  = constant("StatusCode", "E_CTI_SUPERVISOR_NOT_FOUND")
	statusNoTeam        = constant("StatusCode", "E_CTI_TEAM_NOT_FOUND")
	statusBadSkillGroup = constant("StatusCode", "E_CTI_INVALID_SKILL_GROUP")
	statusDisconnected  = constant("StatusCode", "E_CTI_CLIENT_DISCONNECTED")
	statusBadCall       = constant("StatusCode", "E_CTI_INVALID_CALLID")
)

// Codes of CONTROL_FAILURE_CONF.
var (
	failObjectState = constant("ControlFailureCode", "CF_INVALID_OBJECT_STATE")
	failNoAnswer    = constant("ControlFailureCode", "CF_NO_CALL_TO_ANSWER")
	failNoClear     = constant("ControlFailureCode", "CF_NO_CONNECTION_TO_CLEAR")
	failNoActive    = constant("ControlFailureCode", "CF_NO_ACTIVE_CALL")
	failNoHeld      = constant("ControlFailureCode", "CF_NO_HELD_CALL")
	failDestination = constant("ControlFailureCode", "CF_INVALID_DESTINATION")
	failPassword    = constant("ControlFailureCode", "CF_INVALID_PASSWORD_SPECIFIED")
	failSignedOn    = constant("ControlFailureCode", "CF_SPECIFIED_AGENT_ALREADY_SIGNED_ON")
)

// Peripheral error codes; the words are in the schema's table of codes.
const (
	errNone          = 0
	errAlreadyOn     = 10102 // PERERR_TELDRIVE_AGENTALREADYSIGNEDON
	errNoTerminal    = 13036 // PERERR_GW_E_JTAPIOBJ_PERFORMANSWERCALL_NO_TERMINAL_CONNECTION
	errNotTalking    = 13121 // PERERR_GW_E_THREADTRANSFERCALL_ACTIVE_CONN_NOT_TALKING
	errNotIncoming   = 20010 // PERERR_CM_CALLHANDLE_NOTINCOMINGCALL
	errNoCallsOnLine = 20200 // CTIERR_NO_EXISTING_CALLS
)

// Reasons of AGENT_STATE_EVENT.
const (
	reasonNone         = 0
	reasonForced       = 999   // by a supervisor
	reasonClientFailed = 50002 // desktop gone without signing out
	reasonNotAnswered  = 32767
	reasonLunch        = 2 // the site's own codes
	reasonEndOfDay     = 9
)

// Services of a session.
var (
	serviceClientEvents  = constant("CTIServiceMask", "CTI_SERVICE_CLIENT_EVENTS")
	serviceDataUpdate    = constant("CTIServiceMask", "CTI_SERVICE_CALL_DATA_UPDATE")
	serviceControl       = constant("CTIServiceMask", "CTI_SERVICE_CLIENT_CONTROL")
	serviceAllEvents     = constant("CTIServiceMask", "CTI_SERVICE_ALL_EVENTS")
	serviceMonitor       = constant("CTIServiceMask", "CTI_SERVICE_PERIPHERAL_MONITOR")
	serviceClientMonitor = constant("CTIServiceMask", "CTI_SERVICE_CLIENT_MONITOR")
	serviceSupervisor    = constant("CTIServiceMask", "CTI_SERVICE_SUPERVISOR")
)

// Services that clients ask for.
var (
	// AgentServices are those of an agent's desktop.
	AgentServices = serviceClientEvents | serviceDataUpdate | serviceControl
	// SupervisorServices are those of a supervisor's desktop.
	SupervisorServices = AgentServices | serviceSupervisor
	// AllServices are those of a program that follows the whole site, such as
	// the server of web desktops.
	AllServices = serviceAllEvents | serviceControl | serviceMonitor | serviceSupervisor
	// ListenServices are those of a program that only listens, such as a
	// recorder.
	ListenServices = serviceAllEvents | serviceMonitor | serviceClientMonitor
)

// Agent states.
var (
	stateLogin     = constant("AgentState", "AGENT_STATE_LOGIN")
	stateLogout    = constant("AgentState", "AGENT_STATE_LOGOUT")
	stateNotReady  = constant("AgentState", "AGENT_STATE_NOT_READY")
	stateAvailable = constant("AgentState", "AGENT_STATE_AVAILABLE")
	stateTalking   = constant("AgentState", "AGENT_STATE_TALKING")
	stateWork      = constant("AgentState", "AGENT_STATE_WORK_READY")
	stateReserved  = constant("AgentState", "AGENT_STATE_RESERVED")
	stateHold      = constant("AgentState", "AGENT_STATE_HOLD")
	stateUnknown   = constant("AgentState", "AGENT_STATE_UNKNOWN")
)

// Kinds of devices.
var (
	deviceNone     = constant("DeviceIDType", "DEVID_NONE")
	deviceTrunk    = constant("DeviceIDType", "DEVID_TRUNK_IDENTIFIER")
	deviceRoute    = constant("DeviceIDType", "DEVID_ROUTE_POINT")
	deviceExternal = constant("DeviceIDType", "DEVID_EXTERNAL")
	deviceAgent    = constant("DeviceIDType", "DEVID_AGENT_DEVICE")
)

// States of a connection.
var (
	connNone     = constant("LocalConnectionState", "LCS_NONE")
	connNull     = constant("LocalConnectionState", "LCS_NULL")
	connInitiate = constant("LocalConnectionState", "LCS_INITIATE")
	connAlerting = constant("LocalConnectionState", "LCS_ALERTING")
	connConnect  = constant("LocalConnectionState", "LCS_CONNECT")
	connHold     = constant("LocalConnectionState", "LCS_HOLD")
	connQueued   = constant("LocalConnectionState", "LCS_QUEUED")
)

// Causes of call events.
var (
	causeNone       = constant("EventCause", "CEC_NONE")
	causeNewCall    = constant("EventCause", "CEC_NEW_CALL")
	causeTransfer   = constant("EventCause", "CEC_TRANSFER")
	causeConference = constant("EventCause", "CEC_KEY_CONFERENCE")
	causeCancelled  = constant("EventCause", "CEC_CALL_CANCELLED")
	causeNotAnswer  = constant("EventCause", "CEC_CALL_NOT_ANSWERED")
)

// Types of calls.
var (
	callACD        = constant("CallType", "CALLTYPE_PREROUTE_ACD_IN")
	callOut        = constant("CallType", "CALLTYPE_OUT")
	callInside     = constant("CallType", "CALLTYPE_AGENT_INSIDE")
	callConsult    = constant("CallType", "CALLTYPE_CONSULT")
	callConference = constant("CallType", "CALLTYPE_CONFERENCE")
)

// System events.
var (
	sysPeripheralOnline = constant("SystemEventID", "SYS_PERIPHERAL_ONLINE")
	sysHalfHour         = constant("SystemEventID", "SYS_HALF_HOUR_CHANGE")
	sysOutOfService     = constant("SystemEventID", "SYS_INSTRUMENT_OUT_OF_SERVICE")
	sysBackInService    = constant("SystemEventID", "SYS_INSTRUMENT_BACK_IN_SERVICE")
)

// Distributions of a user message.
var (
	toClient     = constant("MessageDistribution", "DISTRIBUTE_TO_CLIENT")
	toSupervisor = constant("MessageDistribution", "DISTRIBUTE_TO_SUPERVISOR")
	toTeam       = constant("MessageDistribution", "DISTRIBUTE_TO_TEAM")
	toAll        = constant("MessageDistribution", "DISTRIBUTE_TO_ALL")
)

// Others.
var (
	peripheralType  = constant("PeripheralType", "PT_ENTERPRISE_AGENT")
	lineACD         = constant("LineType", "LINETYPE_INBOUND_ACD")
	lineInside      = constant("LineType", "LINETYPE_INSIDE")
	lineOutbound    = constant("LineType", "LINETYPE_OUTBOUND")
	sessionActive   = constant("SessionType", "Active")
	configAdd       = constant("ConfigOperation", "ADD_AGENT")
	flagPrimary     = constant("AgentTeamAgentFlags", "PRIMARY_SUPERVISOR")
	consultTransfer = constant("ConsultType", "CT_TRANSFER")
	supervisorBarge = constant("SupervisoryAction", "SUPERVISOR_BARGE_IN")
	handled         = constant("DispositionCode", "DISCONNECT_DROP_HANDLED_PRIMARY_ROUTE")
	abandoned       = constant("DispositionCode", "ABANDONED_IN_LOCAL_QUEUE")
)

// none16 and none32 mean none, by the size of their field.
const (
	none16 = 0xffff
	none32 = 0xffffffff
)
