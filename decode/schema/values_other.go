package schema

// Numbers that the guide names without printing a table. No field refers to
// them: what a field prints stays a plain number, since a table that only
// another interface states is a reading aid, not the protocol. Summaries may
// look them up by name.

var payloadType = &Table{
	Name: "PayloadType",
	Note: "RTP_STARTED_EVENT, START_RECORDING_REQ; numbers of JTAPI's CiscoRTPPayload; the CCX guide counts from 0 instead (see doubts)",
	Values: []Value{
		{Value: 1, Name: "NONSTANDARD"},
		{Value: 2, Name: "G711ALAW64K"},
		{Value: 3, Name: "G711ALAW56K"},
		{Value: 4, Name: "G711ULAW64K"},
		{Value: 5, Name: "G711ULAW56K"},
		{Value: 6, Name: "G722_64K"},
		{Value: 7, Name: "G722_56K"},
		{Value: 8, Name: "G722_48K"},
		{Value: 9, Name: "G7231"},
		{Value: 10, Name: "G728"},
		{Value: 11, Name: "G729"},
		{Value: 12, Name: "G729ANNEXA"},
		{Value: 13, Name: "IS11172AUDIOCAP"},
		{Value: 14, Name: "IS13818AUDIOCAP"},
		{Value: 15, Name: "ACY_G729AASSN"},
		{Value: 25, Name: "WIDEBAND_256K"},
		{Value: 32, Name: "DATA64"},
		{Value: 33, Name: "DATA56"},
		{Value: 80, Name: "GSM"},
		{Value: 81, Name: "ACTIVEVOICE"},
	},
}

var payloadTypeCCX = &Table{
	Name: "PayloadTypeCCX",
	Note: "as printed in the CCX CTI protocol guide",
	Values: []Value{
		{Value: 0, Name: "NONSTANDARD"},
		{Value: 1, Name: "G711ALAW64K"},
		{Value: 2, Name: "G711ALAW56K"},
		{Value: 3, Name: "G711ULAW64K"},
		{Value: 4, Name: "G711ULAW56K"},
		{Value: 5, Name: "G722_64K"},
		{Value: 6, Name: "G722_56K"},
		{Value: 7, Name: "G722_48K"},
		{Value: 8, Name: "G7231"},
		{Value: 9, Name: "G728"},
		{Value: 10, Name: "G729"},
		{Value: 11, Name: "G729ANNEXA"},
		{Value: 12, Name: "IS11172AUDIOCAP"},
		{Value: 13, Name: "IS13818AUDIOCAP"},
		{Value: 14, Name: "ACY_G729AASSN"},
		{Value: 15, Name: "DATA64"},
		{Value: 16, Name: "DATA56"},
		{Value: 17, Name: "GSM"},
		{Value: 18, Name: "ACTIVEVOICE"},
	},
}

var bitRate = &Table{
	Name: "BitRate",
	Note: "RTP_STARTED_EVENT, only with G.723",
	Values: []Value{
		{Value: 1, Name: "R5_3"},
		{Value: 2, Name: "R6_4"},
	},
}

var invocationType = &Table{
	Name: "InvocationType",
	Note: "START_NETWORK_RECORDING_REQ, STOP_NETWORK_RECORDING_REQ; numbers of JTAPI's RECORDING_INVOCATION_TYPE, not printed in the CTI guide",
	Values: []Value{
		{Value: 0, Name: "SILENT"},
		{Value: 1, Name: "USER"},
	},
}

var serviceLevelType = &Table{
	Name: "ServiceLevelType",
	Note: "CONFIG_SERVICE_EVENT, CONFIG_CALL_TYPE_EVENT; names ours, numbers from the database handbook",
	Values: []Value{
		{Value: 0, Name: "DEFAULT"},
		{Value: 1, Name: "IGNORE_ABANDONED"},
		{Value: 2, Name: "ABANDONED_NEGATIVE"},
		{Value: 3, Name: "ABANDONED_POSITIVE"},
	},
}

var ccxStatus = &Table{
	Name:     "CCXStatus",
	Prefixes: []string{"CCX_"},
	Note:     "SYSTEM_EVENT of Unified CCX, in its Status field",
	Values: []Value{
		{Value: 256, Name: "CCX_INITIALIZING"},
		{Value: 512, Name: "CCX_SHUTTING_DOWN"},
		{Value: 768, Name: "CCX_SHUTDOWN"},
		{Value: 1024, Name: "CCX_IN_SERVICE"},
		{Value: 1280, Name: "CCX_PARTIAL_SERVICE"},
		{Value: 1536, Name: "CCX_OUT_OF_SERVICE"},
	},
}

var armStatus = &Table{
	Name:     "ARMStatus",
	Prefixes: []string{"E_ARM_STAT_"},
	Note:     "status of MEDIA_LOGIN_RESP and the like, whose layout the guide does not print; the list is partial",
	Values: []Value{
		{Value: 1, Name: "E_ARM_STAT_AGENT_ALREADY_LOGGED_IN", Note: "Agent already has a login in this media routing domain."},
		{Value: 2, Name: "E_ARM_STAT_AGENT_NOT_FOUND", Note: "Agent is not configured."},
		{Value: 3, Name: "E_ARM_STAT_MRD_LIST_ENTRY_NOT_FOUND", Note: "Media routing domain is not configured."},
		{Value: 6, Name: "E_ARM_STAT_AGENT_NOT_LOGGED_IN", Note: "Agent has no login in this media routing domain."},
		{Value: 9, Name: "E_ARM_STAT_ALREADY_HAVE_PENDING_MAKE_AGENT_NOT_READY", Note: "A request to make the agent not ready is already pending."},
		{Value: 11, Name: "E_ARM_STAT_CANT_LOGIN_TO_VOICE_MRD", Note: "Voice domain cannot be logged in to this way."},
		{Value: 14, Name: "E_ARM_STAT_DO_THIS_WITH_TASK_SENT_RECENTLY", Note: "A task was sent very recently (meaning read from the name)."},
		{Value: 27, Name: "E_ARM_STAT_LOGIN_NOT_ALLOWED_FOR_APP_PATH", Note: "Domain and peripheral are not members of the application path."},
		{Value: 34, Name: "E_ARM_STAT_PERFORMANCE_LIMIT_EXCEEDED", Note: "PG's limit of logged-in agents is reached."},
		{Value: 36, Name: "E_ARM_STAT_CC_OFFLINE", Note: "Central Controller is offline."},
		{Value: 37, Name: "E_ARM_STAT_LOGIN_TIMEOUT", Note: "Login timed out."},
		{Value: 38, Name: "E_ARM_STAT_PQ_LOGIN_FAILED", Note: "Login to the precision queue failed."},
		{Value: 41, Name: "E_ARM_STAT_LOGIN_REQUEST_ALREADY_PENDING", Note: "A login request is already pending."},
	},
}
