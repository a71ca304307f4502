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
	Name: "CCXStatus",
	Note: "SYSTEM_EVENT of Unified CCX, in its Status field",
	Values: []Value{
		{Value: 256, Name: "CCX_INITIALIZING"},
		{Value: 512, Name: "CCX_SHUTTING_DOWN"},
		{Value: 768, Name: "CCX_SHUTDOWN"},
		{Value: 1024, Name: "CCX_IN_SERVICE"},
		{Value: 1280, Name: "CCX_PARTIAL_SERVICE"},
		{Value: 1536, Name: "CCX_OUT_OF_SERVICE"},
	},
}
