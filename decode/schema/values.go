package schema

// Enumerations of sessions, agents, configuration and recording (GED-188,
// Constants and Status Codes).

var agentState = &Table{
	Name:     "AgentState",
	Prefixes: []string{"AGENT_STATE_"},
	Note:     "first table; guide ties it to QUERY_AGENT_STATE_CONF",
	Values: []Value{
		{Value: 0, Name: "AGENT_STATE_LOGIN", Note: "logged on, not always ready"},
		{Value: 1, Name: "AGENT_STATE_LOGOUT"},
		{Value: 2, Name: "AGENT_STATE_NOT_READY"},
		{Value: 3, Name: "AGENT_STATE_AVAILABLE"},
		{Value: 4, Name: "AGENT_STATE_TALKING"},
		{Value: 5, Name: "AGENT_STATE_WORK_NOT_READY", Note: "after-call work, then not ready"},
		{Value: 6, Name: "AGENT_STATE_WORK_READY", Note: "after-call work, then ready"},
		{Value: 7, Name: "AGENT_STATE_BUSY_OTHER", Note: "busy in another skill group"},
		{Value: 8, Name: "AGENT_STATE_RESERVED", Note: "a call will arrive shortly"},
		{Value: 9, Name: "AGENT_STATE_UNKNOWN"},
		{Value: 10, Name: "AGENT_STATE_HOLD", Note: "all calls on hold"},
		{Value: 11, Name: "AGENT_STATE_ACTIVE"},
		{Value: 12, Name: "AGENT_STATE_PAUSED"},
		{Value: 13, Name: "AGENT_STATE_INTERRUPTED"},
		{Value: 14, Name: "AGENT_STATE_NOT_ACTIVE"},
	},
}

var peripheralType = &Table{
	Name:     "PeripheralType",
	Prefixes: []string{"PT_"},
	Doubts: []string{
		"1, 16 and 23 were removed with version 25.",
	},
	Values: []Value{
		{Value: 1, Name: "PT_ASPECT", Note: "Aspect Call Center ACD", Until: 24},
		{Value: 2, Name: "PT_MERIDIAN", Note: "Nortel Meridian ACD"},
		{Value: 3, Name: "PT_G2", Note: "Lucent G2"},
		{Value: 4, Name: "PT_DEFINITY_ECS_NON_EAS", Note: "Lucent, without Expert Agent Selection"},
		{Value: 5, Name: "PT_DEFINITY_ECS_EAS", Note: "Lucent, with Expert Agent Selection"},
		{Value: 6, Name: "PT_GALAXY", Note: "obsolete"},
		{Value: 7, Name: "PT_SPECTRUM", Note: "obsolete"},
		{Value: 8, Name: "PT_VRU", Note: "event interface"},
		{Value: 9, Name: "PT_VRU_POLLED"},
		{Value: 10, Name: "PT_DMS100", Note: "obsolete"},
		{Value: 11, Name: "PT_SIEMENS_9006", Note: "Hicom ACD"},
		{Value: 12, Name: "PT_SIEMENS_9005", Note: "9751 CBX, Rolm 9005"},
		{Value: 13, Name: "PT_ALCATEL", Note: "4400 ACD"},
		{Value: 14, Name: "PT_NEC_NEAX_2x00", Note: "obsolete"},
		{Value: 15, Name: "PT_ACP_1000", Note: "Ericsson ACP1000"},
		{Value: 16, Name: "PT_SYMPOSIUM", Note: "Avaya Aura (Symposium)", Until: 24},
		{Value: 17, Name: "PT_ENTERPRISE_AGENT", Note: "described as Unified CCE Manager"},
		{Value: 18, Name: "PT_MD110", Note: "Ericsson MD-110"},
		{Value: 19, Name: "PT_MEDIA_ROUTING"},
		{Value: 20, Name: "PT_GENERIC"},
		{Value: 21, Name: "PT_ACMI_CRS", Note: "gateway PG over CCX"},
		{Value: 22, Name: "PT_ACMI_IPCC", Note: "gateway PG over CCE or CCX"},
		{Value: 23, Name: "PT_SIMPLIFIED_IPCC", Note: "a system using the System PG", Until: 24},
		{Value: 24, Name: "PT_ARS", Note: "ARS PG"},
		{Value: 25, Name: "PT_ACMI_ERS", Note: "ERS PG"},
		{Value: 26, Name: "PT_ACMI_EXPERT_ADVISOR", Note: "obsolete"},
		{Value: 27, Name: "RESERVED"},
		{Value: 0xFFFF, Name: "PT_NONE"},
	},
}

var agentWorkMode = &Table{
	Name:     "AgentWorkMode",
	Prefixes: []string{"AWM_", "RA_"},
	Values: []Value{
		{Value: 0, Name: "AWM_UNSPECIFIED", Note: "default"},
		{Value: 1, Name: "AWM_AUTO_IN", Note: "available by itself after a call"},
		{Value: 2, Name: "AWM_MANUAL_IN", Note: "agent must say available after a call"},
		{Value: 3, Name: "RA_CALL_BY_CALL", Note: "remote agent"},
		{Value: 4, Name: "RA_NAILED_CONNECTION", Note: "remote agent"},
	},
}

var silentMonitorStatus = &Table{
	Name:     "SilentMonitorStatus",
	Prefixes: []string{"SILENT_MONITOR_"},
	Doubts: []string{
		"The name column is headed DestinationCountry, a slip.",
	},
	Values: []Value{
		{Value: 0, Name: "SILENT_MONITOR_NONE", Note: "ordinary call"},
		{Value: 1, Name: "SILENT_MONITOR_INITIATOR"},
		{Value: 2, Name: "SILENT_MONITOR_TARGET"},
	},
}

var agentInternalState = &Table{
	Name:     "AgentInternalState",
	Prefixes: []string{"AGENT_STATE_"},
	Note:     "same numbers as AgentState, fewer of them",
	Doubts: []string{
		"Values 8, 9, 10 and 12 to 14 of AgentState are not in this table.",
	},
	Values: []Value{
		{Value: 0, Name: "AGENT_STATE_LOGIN", Note: "logged on, not always ready"},
		{Value: 1, Name: "AGENT_STATE_LOGOUT"},
		{Value: 2, Name: "AGENT_STATE_NOT_READY"},
		{Value: 3, Name: "AGENT_STATE_AVAILABLE"},
		{Value: 4, Name: "AGENT_STATE_TALKING"},
		{Value: 5, Name: "AGENT_STATE_WORK_NOT_READY", Note: "after-call work, then not ready"},
		{Value: 6, Name: "AGENT_STATE_WORK_READY", Note: "after-call work, then ready"},
		{Value: 7, Name: "AGENT_STATE_BUSY_OTHER", Note: "busy in another skill group"},
		{Value: 11, Name: "AGENT_STATE_ACTIVE"},
	},
}

var taskState = &Table{
	Name:     "TaskState",
	Prefixes: []string{"TASK_STATE_"},
	Note:     "carried in SNAPSHOT_TASK_RESP",
	Doubts: []string{
		"5 is printed ASK_STATE_INTERRUPTED; the missing T is put back here.",
	},
	Values: []Value{
		{Value: 0, Name: "TASK_STATE_PRE_CALL", Note: "pre-call message sent to client"},
		{Value: 1, Name: "TASK_STATE_ACTIVE"},
		{Value: 2, Name: "TASK_STATE_WRAPUP"},
		{Value: 3, Name: "TASK_STATE_PAUSED"},
		{Value: 4, Name: "TASK_STATE_OFFERED"},
		{Value: 5, Name: "TASK_STATE_INTERRUPTED", Note: "printed ASK_STATE_INTERRUPTED"},
		{Value: 6, Name: "TASK_STATE_NOT_READY", Note: "not used"},
		{Value: 7, Name: "TASK_STATE_LOGGED_OUT", Note: "task ended"},
	},
}

var sessionType = &Table{
	Name: "SessionType",
	Values: []Value{
		{Value: 0, Name: "Unknown"},
		{Value: 1, Name: "Active"},
		{Value: 2, Name: "Standby"},
	},
}

var multilineAgentControl = &Table{
	Name: "MultilineAgentControl",
	Values: []Value{
		{Value: 0, Name: "SingleLineOnly", Note: "own name; guide gives words only"},
		{Value: 1, Name: "MultilineEnabled", Note: "own name; guide gives words only"},
	},
}

var maintenanceModeAccepted = &Table{
	Name: "MaintenanceModeAccepted",
	Values: []Value{
		{Value: 0, Name: "MaintenanceModeRejected", Note: "guide writes it with spaces"},
		{Value: 1, Name: "MaintenanceModeAccepted", Note: "guide writes it with spaces"},
	},
}

var maintenanceModeStatus = &Table{
	Name: "MaintenanceModeStatus",
	Values: []Value{
		{Value: 0, Name: "MaintenanceModeCancel"},
		{Value: 1, Name: "MaintenanceModeContinue"},
	},
}

var supervisoryAction = &Table{
	Name:     "SupervisoryAction",
	Prefixes: []string{"SUPERVISOR_"},
	Values: []Value{
		{Value: 0, Name: "SUPERVISOR_CLEAR", Note: "disconnect supervisor device from the call"},
		{Value: 1, Name: "SUPERVISOR_MONITOR", Note: "silent monitoring"},
		{Value: 2, Name: "SUPERVISOR_WHISPER", Note: "supervisor talks to the agent only"},
		{Value: 3, Name: "SUPERVISOR_BARGE_IN", Note: "supervisor joins as active participant"},
		{Value: 4, Name: "SUPERVISOR_INTERCEPT", Note: "supervisor joins, agent connection is dropped"},
	},
}

var messageDistribution = &Table{
	Name:     "MessageDistribution",
	Prefixes: []string{"DISTRIBUTE_TO_"},
	Note:     "guide's table column is titled Distribution Code",
	Values: []Value{
		{Value: 0, Name: "DISTRIBUTE_TO_CLIENT", Note: "client given by ClientID"},
		{Value: 1, Name: "DISTRIBUTE_TO_SUPERVISOR", Note: "agent team supervisor"},
		{Value: 2, Name: "DISTRIBUTE_TO_TEAM", Note: "all clients of the agent team"},
		{Value: 3, Name: "DISTRIBUTE_TO_ALL", Note: "all CTI Server clients"},
	},
}

var configOperation = &Table{
	Name: "ConfigOperation",
	Note: "const names not in guide",
	Values: []Value{
		{Value: 0, Name: "RESTORE_PERMANENT_CONFIGURATION"},
		{Value: 1, Name: "ADD_AGENT"},
		{Value: 2, Name: "REMOVE_AGENT"},
	},
}

var clientEventReportState = &Table{
	Name: "ClientEventReportState",
	Note: "const and table names not in guide",
	Values: []Value{
		{Value: 0, Name: "NORMAL", Note: "green"},
		{Value: 1, Name: "WARNING", Note: "yellow"},
		{Value: 2, Name: "ERROR", Note: "red"},
	},
}

var rtpDirection = &Table{
	Name: "RTPDirection",
	Note: "const and table names not in guide",
	Values: []Value{
		{Value: 0, Name: "INPUT"},
		{Value: 1, Name: "OUTPUT"},
		{Value: 2, Name: "BIDIRECTIONAL"},
	},
}

var rtpType = &Table{
	Name: "RTPType",
	Note: "const names not in guide",
	Values: []Value{
		{Value: 0, Name: "AUDIO"},
		{Value: 1, Name: "VIDEO"},
		{Value: 2, Name: "DATA"},
	},
}

var wrapupDataIncomingMode = &Table{
	Name: "WrapupDataIncomingMode",
	Values: []Value{
		{Value: 0, Name: "REQUIRED", Note: "constant name ours"},
		{Value: 1, Name: "OPTIONAL", Note: "constant name ours"},
		{Value: 2, Name: "NOT_ALLOWED", Note: "constant name ours"},
		{Value: 3, Name: "REQUIRED_WITH_WRAPUP_DATA", Note: "constant name ours"},
	},
}

var wrapupDataOutgoingMode = &Table{
	Name: "WrapupDataOutgoingMode",
	Values: []Value{
		{Value: 0, Name: "REQUIRED", Note: "constant name ours"},
		{Value: 1, Name: "OPTIONAL", Note: "constant name ours"},
		{Value: 2, Name: "NOT_ALLOWED", Note: "constant name ours"},
	},
}

var agentAvailabilityStatus = &Table{
	Name: "AgentAvailabilityStatus",
	Values: []Value{
		{Value: 0, Name: "NOT_AVAILABLE", Note: "printed NOT AVAILABLE"},
		{Value: 1, Name: "ICM_AVAILABLE", Note: "printed ICM AVAILABLE"},
		{Value: 2, Name: "APPLICATION_AVAILABLE", Note: "printed APPLICATION AVAILABLE"},
	},
}

var agentType = &Table{
	Name: "AgentType",
	Note: "CONFIG_AGENT_EVENT; numbers by the Unified CCX page and by recorded bytes of version 15",
	Values: []Value{
		{Value: 1, Name: "CONFIG_AGENT"},
		{Value: 2, Name: "CONFIG_SUPERVISOR"},
	},
}

var ssoEnabled = &Table{
	Name: "SSOEnabled",
	Values: []Value{
		{Value: 0, Name: "SSO_DISABLED", Note: "constant names ours"},
		{Value: 1, Name: "SSO_ENABLED"},
	},
}

var moreFollow = &Table{
	Name: "More",
	Note: "LIST_AGENT_TEAM_CONF; constant names ours",
	Values: []Value{
		{Value: 0, Name: "LAST"},
		{Value: 1, Name: "MORE_FOLLOW"},
	},
}

var playZipTone = &Table{
	Name: "PlayZipTone",
	Note: "tone before an automatic answer; constant names ours",
	Values: []Value{
		{Value: 0, Name: "DISABLED"},
		{Value: 1, Name: "ENABLED"},
	},
}

var acdSharedLineUsage = &Table{
	Name: "ACDSharedLineUsage",
	Note: "constant names ours",
	Values: []Value{
		{Value: 0, Name: "PROHIBITED"},
		{Value: 1, Name: "PERMITTED"},
	},
}

var agentMode = &Table{
	Name: "AgentMode",
	Doubts: []string{
		"Older editions (14, 15, 17) and the CTI OS guides print 0 for routable and 1 for not routable, those from 23 on the other way round. Recorded bytes of version 15 have 0 for a logged out agent with no task allowed and 1 for a not ready one with one task, which speaks for 1.",
	},
	Values: []Value{
		{Value: 0, Name: "NOT_ROUTABLE", Note: "printed NOT ROUTABLE"},
		{Value: 1, Name: "ROUTABLE"},
	},
}

var forcedFlag = &Table{
	Name: "ForcedFlag",
	Values: []Value{
		{Value: 0, Name: "FALSE"},
		{Value: 1, Name: "TRUE"},
		{Value: 2, Name: "AGENT_AUTHENTICATION_ONLY", Note: "no state change; with login; reserved; constant name ours"},
	},
}

var agentAction = &Table{
	Name: "AgentAction",
	Values: []Value{
		{Value: 0, Name: "STOP_GREETING", Note: "stop the greeting now playing; constant name ours"},
		{Value: 1, Name: "DISABLE_GREETING", Note: "for this login session; constant name ours"},
		{Value: 2, Name: "ENABLE_GREETING", Note: "for this login session; constant name ours"},
	},
}

var playToneDirection = &Table{
	Name: "PlayToneDirection",
	Values: []Value{
		{Value: 0, Name: "PLAY_LOCAL_ONLY", Note: "constant name ours"},
		{Value: 1, Name: "PLAY_REMOTE_ONLY", Note: "constant name ours"},
		{Value: 2, Name: "PLAY_LOCAL_AND_REMOTE", Note: "constant name ours"},
		{Value: 3, Name: "DO_NOT_PLAY_TONE", Note: "default; constant name ours"},
	},
}

var serverMode = &Table{
	Name: "ServerMode",
	Values: []Value{
		{Value: 0, Name: "EXCLUSIVE", Note: "label only, no constant printed"},
		{Value: 1, Name: "ROUND_ROBIN", Note: "label only, no constant printed"},
		{Value: 2, Name: "PARALLEL", Note: "label only, no constant printed"},
	},
}

var configKeyStatus = &Table{
	Name:     "ConfigKeyStatus",
	Prefixes: []string{"CONFIG_"},
	Values: []Value{
		{Value: 0, Name: "CONFIG_SUCCESS"},
		{Value: 1, Name: "CONFIG_SERVICE_PROVIDER", Note: "no data, service provider environment"},
		{Value: 2, Name: "CONFIG_NO_KEY_SUPPORT", Note: "server has no configuration keys"},
		{Value: 3, Name: "CONFIG_UNKNOWN_CUSTOMER"},
	},
}

var configEndStatus = &Table{
	Name:     "ConfigEndStatus",
	Prefixes: []string{"CONFIGEND_"},
	Values: []Value{
		{Value: 0, Name: "CONFIGEND_SUCCESS"},
		{Value: 1, Name: "CONFIGEND_NO_SERVICE_PROVIDER", Note: "no data, service provider environment"},
		{Value: 2, Name: "CONFIGEND_UNKNOWN_CUSTOMER"},
		{Value: 3, Name: "CONFIGEND_INVALID", Note: "invalid configuration was sent"},
		{Value: 4, Name: "CONFIGEND_EMPTY", Note: "no configuration on the server"},
		{Value: 5, Name: "CONFIGEND_PARTIAL", Note: "more begin/end blocks follow"},
	},
}

var configType = &Table{
	Name: "ConfigType",
	Values: []Value{
		{Value: 0, Name: "UNUSED", Note: "label only, no constant printed"},
		{Value: 1, Name: "SOLICITED", Note: "label only, no constant printed"},
		{Value: 2, Name: "UNSOLICITED", Note: "update; label only, no constant printed"},
	},
}

var recordType = &Table{
	Name:     "RecordType",
	Prefixes: []string{"CONFIG_RECORD_"},
	Values: []Value{
		{Value: 0, Name: "CONFIG_RECORD_ADD", Note: "constants and numbers printed in different messages"},
		{Value: 1, Name: "CONFIG_RECORD_CHANGE"},
		{Value: 2, Name: "CONFIG_RECORD_DELETE"},
	},
}

var configDeviceType = &Table{
	Name: "ConfigDeviceType",
	Values: []Value{
		{Value: 0, Name: "UNKNOWN", Note: "labels only, no constants printed"},
		{Value: 1, Name: "SERVICE"},
		{Value: 2, Name: "SKILL_GROUP"},
		{Value: 3, Name: "AGENT_ID"},
		{Value: 4, Name: "AGENT_DEVICE_EXTENSION"},
		{Value: 5, Name: "ROUTE_POINT"},
		{Value: 6, Name: "CTI_PORT"},
		{Value: 7, Name: "CALL_CONTROL_GROUP"},
	},
}

var agentGreetingEventCode = &Table{
	Name: "AgentGreetingEventCode",
	Values: []Value{
		{Value: 0, Name: "STARTED", Note: "labels only, no constants printed"},
		{Value: 1, Name: "ENDED_SUCCESS"},
		{Value: 2, Name: "FAILED"},
	},
}

var enabledServices = &Table{
	Name: "EnabledServices",
	Values: []Value{
		{Value: 1, Name: "AGENT_ANSWERS", Note: "labels only (01, 02), no constants printed"},
		{Value: 2, Name: "AGENT_CALL_TRANSCRIPTION"},
	},
}

var recordingType = &Table{
	Name:     "RecordingType",
	Prefixes: []string{"CALL_RECORDING_TYPE_"},
	Values: []Value{
		{Value: 0, Name: "CALL_RECORDING_TYPE_NONE"},
		{Value: 1, Name: "CALL_RECORDING_TYPE_AUTOMATIC"},
		{Value: 2, Name: "CALL_RECORDING_TYPE_APPLICATION_INITIATED_SILENT"},
		{Value: 3, Name: "CALL_RECORDING_TYPE_USER_INITIATED_FROM_DEVICE"},
		{Value: 4, Name: "CALL_RECORDING_TYPE_USER_INITIATED_FROM_APPLICATION"},
	},
}

var mediaForkingDeviceType = &Table{
	Name:     "MediaForkingDeviceType",
	Prefixes: []string{"CALL_RECORDING_MEDIA_FORKING_DEVICE_TYPE_"},
	Values: []Value{
		{Value: 0, Name: "CALL_RECORDING_MEDIA_FORKING_DEVICE_TYPE_NONE"},
		{Value: 1, Name: "CALL_RECORDING_MEDIA_FORKING_DEVICE_TYPE_PHONE"},
		{Value: 2, Name: "CALL_RECORDING_MEDIA_FORKING_DEVICE_TYPE_GW"},
	},
}

var recorderType = &Table{
	Name:     "RecorderType",
	Prefixes: []string{"CALL_RECORDING_MEDIA_FORKING_RECORDER_TYPE_"},
	Values: []Value{
		{Value: 0, Name: "CALL_RECORDING_MEDIA_FORKING_RECORDER_TYPE_UNKNOWN"},
		{Value: 1, Name: "CALL_RECORDING_MEDIA_FORKING_RECORDER_TYPE_OPTIONAL_RECORDER"},
		{Value: 2, Name: "CALL_RECORDING_MEDIA_FORKING_RECORDER_TYPE_MANDATORY_RECORDER"},
	},
}

var recorderStatus = &Table{
	Name:     "RecorderStatus",
	Prefixes: []string{"CALL_RECORDING_MEDIA_FORKING_RECORDER_STATUS_"},
	Values: []Value{
		{Value: 0, Name: "CALL_RECORDING_MEDIA_FORKING_RECORDER_STATUS_UNKNOWN"},
		{Value: 1, Name: "CALL_RECORDING_MEDIA_FORKING_RECORDER_STATUS_SUCCESS"},
		{Value: 2, Name: "CALL_RECORDING_MEDIA_FORKING_RECORDER_STATUS_FAILURE"},
	},
}
