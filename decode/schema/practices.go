package schema

// Titles of the sources of advice.
const (
	messageReference = "CTI Server Message Reference Guide, protocol versions 23 to 25"
	ccxPages         = "Unified CCX CTI Protocol pages, DevNet"
	ctiosManager     = "CTI OS System Manager Guide for Unified ICM, releases 12.5(1) and 12.6(1)"
	cmMessages       = "System Error Messages for Unified Communications Manager 15"
	solutionDesign   = "Solution Design and Administration Guides for UCCE 12.6 and 15.0, agent phone lines"
	finesseAdmin     = "Finesse Administration Guide 15.0(1) and REST API guide"
	finesseDeveloper = "Finesse Web Services Developer Guide 12.5(1)"
	finesseClient    = "an open Finesse sample client"
	tacLogin         = "Troubleshoot Agent Log in Issues, TAC document 210485"
	expressNote      = "Agent Login Errors Troubleshooting, IPCC Express support note"
	ctiosBlog        = "CTI OS blog on invalid agent login, DevNet"
)

// practices are in the order of constants.
var practices = []Advice{
	{
		Const: "CCX_AGENT_DEVICE_BUSY", Platform: PlatformCCX,
		Text:      "The agent asked to go ready while off-hook or on a non-ACD call.",
		CheckNext: "Hook state and other calls of the agent's phone.",
		Sources:   []string{expressNote},
	},
	{
		Const: "CCX_AGENT_DEVICE_OFF", Platform: PlatformCCX,
		Text:      "The agent asked to go ready, but the phone never reported in service.",
		CheckNext: "Is the phone registered and in service?",
		Sources:   []string{expressNote},
	},
	{
		Const: "CF_AGENT_GREETING_CONTROL_OPERATION_FAILURE", Platform: PlatformCCE,
		Text:      "AGENT_GREETING_CONTROL_REQ failed.",
		CheckNext: "PeripheralErrorCode holds the detail.",
		Sources:   []string{messageReference},
	},
	{
		Const:     "CF_DEVICE_RESTRICTED",
		Text:      "Unified CM does not let CTI control this device.",
		CheckNext: "Box 'Allow Control of Device from CTI' of the device.",
		Sources:   []string{cmMessages},
	},
	{
		Const: "CF_GENERIC_OPERATION", Platform: PlatformAvaya,
		Text:      "Avaya PG: agent is already in that state, or protocol error with the switch.",
		CheckNext: "PeripheralErrorCode: 23 same state, 1 protocol error.",
		Sources:   []string{ctiosManager},
	},
	{
		Const: "CF_GENERIC_OPERATION_REJECTION", Platform: PlatformAvaya,
		Text:      "Avaya PG: most refusals of the switch arrive as this code.",
		CheckNext: "PeripheralErrorCode holds the ASAI cause value.",
		Sources:   []string{ctiosManager},
	},
	{
		Const: "CF_GENERIC_UNSPECIFIED", Platform: PlatformAvaya,
		Text:      "Avaya PG, agent requests: not logged in, wrong password, or state not allowed.",
		CheckNext: "PeripheralErrorCode: 13 not logged in, 22 password, 20 state.",
		Sources:   []string{ctiosManager},
	},
	{
		Const: "CF_GENERIC_UNSPECIFIED_REJECTION", Platform: PlatformCCE,
		Text:      "Usual code when the peripheral refuses; the cause is in PeripheralErrorCode.",
		CheckNext: "Look up PeripheralErrorCode, then the JTAPI gateway or PIM log.",
		Sources:   []string{messageReference},
	},
	{
		Const: "CF_INVALID_AGENT_ID_OR_PASSWORD_SPECIFIED", Platform: PlatformCCX,
		Text:      "Phone agent could not be authenticated against the directory.",
		CheckNext: "The agent's user and password in the directory.",
		Sources:   []string{expressNote},
	},
	{
		Const:     "CF_INVALID_AGENT_ID_SPECIFIED",
		Text:      "CCX: agent not in the engine's list; CTI OS login test: wrong agent ID.",
		CheckNext: "Does the agent exist? In CCX refresh the resource page.",
		Sources:   []string{expressNote, ctiosBlog},
	},
	{
		Const: "CF_INVALID_AGENT_REASON_CODE", Platform: PlatformAvaya,
		Text:      "Avaya PG: logout reason code outside 1 to 9 or 1 to 99.",
		CheckNext: "EventReasonCode of the request against the switch's range.",
		Sources:   []string{ctiosManager},
	},
	{
		Const: "CF_INVALID_AGENT_WORKMODE", Platform: PlatformCCX,
		Text:      "CCX: state after the call cannot be set to ready, or changed a second time.",
		CheckNext: "Is the agent on an ACD call with a pending state?",
		Sources:   []string{finesseAdmin},
	},
	{
		Const:     "CF_INVALID_LOGON_DEVICE_SPECIFIED",
		Text:      "Finesse shows it as invalid device: phone unknown, offline or not controllable.",
		CheckNext: "Phone registered, in the controlled devices, 2 calls and busy trigger 1.",
		Sources:   []string{finesseAdmin, tacLogin, finesseClient},
	},
	{
		Const: "CF_INVALID_OBJECT_STATE", Platform: PlatformCCX,
		Text:      "CCX: a party that does not control the conference tries to add someone.",
		CheckNext: "Who started the conference? Only that party may add.",
		Sources:   []string{finesseDeveloper},
	},
	{
		Const: "CF_INVALID_PARAMETER", Platform: PlatformCCX,
		Text:      "CCX: a logged-out agent was set not ready.",
		CheckNext: "Was the agent logged in at all?",
		Sources:   []string{finesseAdmin},
	},
	{
		Const: "CF_INVALID_PASSWORD_SPECIFIED", Platform: PlatformCCE,
		Text:      "Wrong password; also when a logged-out agent is set not ready.",
		CheckNext: "Was the agent logged in at all? Then the password.",
		Sources:   []string{finesseAdmin},
	},
	{
		Const:     "CF_LINE_RESTRICTED",
		Text:      "Unified CM does not let CTI control this line.",
		CheckNext: "Box 'Allow Control of Device from CTI' of the directory number.",
		Sources:   []string{cmMessages},
	},
	{
		Const: "CF_MAXIMUM_LINE_LIMIT_EXCEEDED", Platform: PlatformCCE,
		Text:      "Multi-line control: more than four lines on the phone, login refused.",
		CheckNext: "Number of lines on the agent's phone; configuration alert on the PG.",
		Sources:   []string{solutionDesign},
	},
	{
		Const: "CF_OVERALL_MONITOR_LIMIT_EXCEEDED", Platform: PlatformCCX,
		Text:      "CCX: login refused, limit of logged-in agents reached.",
		CheckNext: "Count logged-in agents against limit and licences.",
		Sources:   []string{expressNote},
	},
	{
		Const: "CF_RESOURCE_BUSY", Platform: PlatformCCX,
		Text:      "CCX: the agent is on a non-ACD call while asking to go ready.",
		CheckNext: "Other calls of the agent's phone.",
		Sources:   []string{finesseAdmin},
	},
	{
		Const: "CF_SHARED_LINES_NOT_SUPPORTED", Platform: PlatformCCE,
		Text:      "The agent may not use this shared line at login.",
		CheckNext: "Shared ACD line setting in desk settings; other devices with this line.",
		Sources:   []string{solutionDesign},
	},
	{
		Const:     "CF_SPECIFIED_AGENT_ALREADY_SIGNED_ON",
		Text:      "The agent ID is already logged in; desktops usually offer a forced login.",
		CheckNext: "Where else is this agent logged in?",
		Sources:   []string{expressNote, ctiosManager},
	},
	{
		Const: "CF_SPECIFIED_EXTENSION_ALREADY_IN_USE", Platform: PlatformAvaya,
		Text:      "Avaya PG: another agent is logged in at that station.",
		CheckNext: "Who is logged in on this extension?",
		Sources:   []string{ctiosManager},
	},
	{
		Const: "CF_VALUE_OUT_OF_RANGE", Platform: PlatformCCX,
		Text:      "CCX: DTMF string with other characters than 0-9, star and hash.",
		CheckNext: "The digits of SEND_DTMF_SIGNAL_REQ.",
		Sources:   []string{finesseDeveloper},
	},
	{
		Const: "E_CTI_AUTO_CONFIG_RESET", Platform: PlatformCCX,
		Text:      "Configuration changed, the client's copy is out of date.",
		CheckNext: "Client should send CONFIG_REQUEST_KEY_EVENT and CONFIG_REQUEST_EVENT again.",
		Sources:   []string{ccxPages},
	},
	{
		Const: "E_CTI_CTI_SERVER_OFFLINE", Platform: PlatformCCE,
		Text:      "Server stops serving; or it is standby and the client older than version 24.",
		CheckNext: "Client closes and tries the other side alternately; check the PG.",
		Sources:   []string{messageReference},
	},
	{
		Const:     "E_CTI_DEVICE_IN_USE",
		Text:      "The phone already belongs to another client's session.",
		CheckNext: "Find the other open session for this extension.",
		Sources:   []string{messageReference, ccxPages},
	},
	{
		Const: "E_CTI_FUNCTION_NOT_AVAILABLE", Platform: PlatformCCE,
		Text:      "Often supervisor service asked for an agent who is no supervisor.",
		CheckNext: "Agent's supervisor setting; services granted in OPEN_CONF.",
		Sources:   []string{messageReference},
	},
	{
		Const:     "E_CTI_INCONSISTENT_AGENT_DATA",
		Text:      "Client Events session names extension, agent ID and instrument that do not fit together.",
		CheckNext: "Check extension, agent ID and instrument of OPEN_REQ against the login.",
		Sources:   []string{messageReference, ccxPages},
	},
	{
		Const:     "E_CTI_INVALID_TIMEOUT",
		Text:      "IdleTimeout is below 20 seconds, four times the shortest heartbeat interval.",
		CheckNext: "Raise IdleTimeout, or 0xFFFFFFFF when no heartbeats are sent.",
		Sources:   []string{messageReference},
	},
	{
		Const:     "E_CTI_NEW_SESSION_OPENED",
		Text:      "Same client opened a newer session for the same phone, so this one ends.",
		CheckNext: "Look for that client's newer OPEN_REQ just before.",
		Sources:   []string{messageReference},
	},
	{
		Const:     "E_CTI_NO_ERROR",
		Text:      "In CLOSE_REQ: the client ends the session on purpose.",
		CheckNext: "Nothing, unless nobody asked for the close.",
		Sources:   []string{messageReference},
	},
	{
		Const: "E_CTI_NO_SERVER_FOR_REQUEST", Platform: PlatformCCE,
		Text:      "No server application registered the service, or an exclusive one exists (number not printed).",
		CheckNext: "REGISTER_SERVICE_REQ of the server application and its ServerMode.",
		Sources:   []string{messageReference},
	},
	{
		Const:     "E_CTI_REQUIRED_DATA_MISSING",
		Text:      "OPEN_REQ lacks a floating field that its services need.",
		CheckNext: "Compare floating fields of OPEN_REQ with the services asked for.",
		Sources:   []string{messageReference, ccxPages},
	},
	{
		Const: "E_CTI_SERVER_NOT_MASTER", Platform: PlatformCCX,
		Text:      "The server reached is the standby of the pair.",
		CheckNext: "Open the session on the other server; which one is master?",
		Sources:   []string{ccxPages},
	},
	{
		Const: "E_CTI_SUPERVISOR_NOT_FOUND", Platform: PlatformCCE,
		Text:      "No supervisor could be found for an assist or emergency request.",
		CheckNext: "Is a supervisor of the team logged in? Bridges still get EMERGENCY_CALL_EVENT.",
		Sources:   []string{messageReference},
	},
	{
		Const:     "E_CTI_TIMEOUT",
		Text:      "No answer in time, or nothing heard from the client during IdleTimeout.",
		CheckNext: "Heartbeat spacing; IdleTimeout should be four heartbeat intervals.",
		Sources:   []string{messageReference},
	},
}
