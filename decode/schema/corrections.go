package schema

// Correction is one place where the guide contradicts itself, older editions
// or the wire, with what the tables of this package use instead.
type Correction struct {
	Item       string
	Message    string // empty where it concerns none or several
	Guide      string // what the guide prints
	Use        string
	Evidence   string
	Confidence string // "high", "medium" or "low"
	Note       string
}

// Uncertainty tells how far the first version of some fields of a message, or
// of a message, is known. The tables hold the likeliest version as Since.
type Uncertainty struct {
	Message string
	Fields  []string // empty where Note tells them, or for the message itself
	// Earliest and Latest enclose the true first version; 0 where not known.
	Earliest, Latest uint8
	Evidence         string
	Confidence       string // "medium" or "low"
	Note             string
}

// In Evidence, "edition v15" is a page of the guide for that version,
// "maximum 230" the largest message size that it prints, which fits one fixed
// size only, "stale maximum" one left from an older layout, "changes of" the
// guide's list of changes (History). Unified CCX pages mark versions from 11 on;
// no mark there means 10 or before. Peers are public implementations of the
// protocol, named by language and the version they speak.
var corrections = []Correction{
	{
		Item: "FAILURE_CONF layout", Message: "FAILURE_CONF",
		Guide:      "InvokeID UINT, FailureCode USHORT, PeripheralErrorCode UINT (10 bytes)",
		Use:        "InvokeID UINT, Status UINT (8 bytes); 10 only if MessageLength is 10",
		Evidence:   "editions v9, v15, v17 print 8 with maximum 16; Unified CCX page; Scala, Haskell v20, C++ v14, Java v15 peers; the 10 byte table is that of CONTROL_FAILURE_CONF",
		Confidence: "high",
		Note:       "a floating part may follow: Text (7) on Unified CCX, CTIOSCILClientID (217) by the tag list",
	},
	{
		Item: "CONTROL_FAILURE_CONF layout", Message: "CONTROL_FAILURE_CONF",
		Use:        "10 bytes as printed: InvokeID, FailureCode USHORT, PeripheralErrorCode UINT",
		Evidence:   "Scala and Haskell peers",
		Confidence: "high",
	},
	{
		Item: "REGISTER_VARIABLES_CONF number", Message: "REGISTER_VARIABLES_CONF",
		Guide:      "118",
		Use:        "111",
		Evidence:   "message type tables of v9 and v24 editions; C++ v14, Scala peers; 118 is SUPERVISOR_ASSIST_REQ",
		Confidence: "high",
	},
	{
		Item: "CONFIG_MRD_EVENT number", Message: "CONFIG_MRD_EVENT",
		Guide:      "245",
		Use:        "254",
		Evidence:   "message type table v24",
		Confidence: "high",
	},
	{
		Item: "CONFIG_CALL_TYPE_EVENT number", Message: "CONFIG_CALL_TYPE_EVENT",
		Guide:      "245",
		Use:        "245",
		Evidence:   "message type table v24",
		Confidence: "high",
	},
	{
		Item: "CALL_ATTRIBUTE_CHANGE_EVENT number", Message: "CALL_ATTRIBUTE_CHANGE_EVENT",
		Use:        "240",
		Evidence:   "message tables of the C++ v13/v14, Scala and a Java port of the C++ peer; v24 table calls 239 to 241 reserved",
		Confidence: "medium",
		Note:       "Unified CCX may use 239 and 240 for queue statistics (Go peer)",
	},
	{
		Item: "CALL_ATTRIBUTE_CHANGE_EVENT layout", Message: "CALL_ATTRIBUTE_CHANGE_EVENT",
		Guide:      "ConnectionDeviceIDType USHORT with 4 bytes, no ConnectionCallID (22)",
		Use:        "2 bytes (20 in all); try 22, then 24 with a ConnectionCallID UINT after it",
		Evidence:   "same misprint in edition v15 (v14 and v17 have the table, this row not seen); Scala peer takes 2",
		Confidence: "low",
		Note:       "first floating field is ConnectionDeviceID, tag 25",
	},
	{
		Item: "CALL_TERMINATION_EVENT number", Message: "CALL_TERMINATION_EVENT",
		Use:        "247",
		Evidence:   "C++ and Scala peers; mask 0x04000000; said not to be sent by CTI Server",
		Confidence: "medium",
	},
	{
		Item:       "TEAM_CONFIG numbers",
		Guide:      "242, 243, 244 (v24 table)",
		Use:        "242, 243, 244; 236, 237, 238 are CONFIG_SKILL_GROUP, CONFIG_AGENT, CONFIG_DEVICE at every version",
		Evidence:   "v14 era tables (C++, Scala peers) print TEAM_CONFIG as 236 to 238, but the Java v15 peer saw 236 and 237 as CONFIG_SKILL_GROUP and CONFIG_AGENT",
		Confidence: "medium",
	},
	{
		Item:       "AGENT_UPDATED_EVENT and QUEUE_UPDATED_EVENT numbers",
		Evidence:   "named in changes 10 to 13 only; in no message table of any source",
		Confidence: "low",
		Note:       "probably in 216 to 229; show as unknown type",
	},
	{
		Item:       "network recording numbers",
		Guide:      "type table v24: 267 to 274; tables of the messages: 268 to 275",
		Use:        "268 to 275 (START_REQ 268, CONF 269, STOP_REQ 270, CONF 271, STARTED 272, ENDED 273, FAILED 274, TARGET_INFO 275)",
		Evidence:   "all eight message tables agree, leave no gap before CONFIG_TERMINAL_EVENT 276 and 277; the type table leaves 275 and 276 empty",
		Confidence: "medium",
		Note:       "direction and size tell: a 268 from the client is a request; 271 of 16 bytes fixed from the server would prove the type table right",
	},
	{
		Item: "CONFIG_TERMINAL_EVENT number", Message: "CONFIG_TERMINAL_EVENT",
		Use:        "276",
		Evidence:   "its own table only",
		Confidence: "medium",
	},
	{
		Item:       "agent service numbers",
		Use:        "SET_AGENT_SERVICE_DATA_REQ 283, CONF 284, CONFIG_AGENT_SERVICE_EVENT 282",
		Evidence:   "their own tables; 282 also in the type table",
		Confidence: "medium",
	},
	{
		Item:       "routing message names",
		Guide:      "ROUTE_SELECT_EVENT, ROUTE_END_EVENT",
		Use:        "214 and 215; ROUTE_SELECT and ROUTE_END in older tables",
		Evidence:   "C++ and Scala peers",
		Confidence: "high",
	},
	{
		Item: "RequestingDeviceIDType", Message: "CLEAR_CONNECTION_REQ",
		Guide:      "optional field inside the fixed part (16 bytes) since 14",
		Use:        "floating field, tag 220, USHORT; fixed part 14 bytes; try 16 when 14 does not fit",
		Evidence:   "a fixed field cannot be optional; tag 220 is listed for the message; changes of version 14 adds the tag; Scala peer and Unified CCX page have 14; editions v15 and v17 print it in the fixed part",
		Confidence: "medium",
	},
	{
		Item: "USINT", Message: "AGENT_STATE_EVENT",
		Guide:      "USINT 4",
		Use:        "UINT 4",
		Evidence:   "same misprint in editions v14, v15, v17; all peers read 4 bytes unsigned",
		Confidence: "high",
	},
	{
		Item:       "UNIT",
		Guide:      "UNIT for PreCallInvokeID (AGENT_PRE_CALL_EVENT, SET_APP_DATA_REQ) and ServiceMember (CONFIG_SERVICE_EVENT)",
		Use:        "UINT 4",
		Evidence:   "edition v15 has it too for SET_APP_DATA_REQ; Haskell v20 peer reads 32 bits",
		Confidence: "high",
	},
	{
		Item: "ULONG", Message: "MAKE_PREDICTIVE_CALL_REQ",
		Guide:      "ULONG 4 for AnswerDetectControl1 and 2",
		Use:        "UINT 4",
		Evidence:   "same in editions v9 and v15",
		Confidence: "high",
	},
	{
		Item: "SkilGroupNumber", Message: "MAKE_CALL_REQ",
		Guide:      "SkilGroupNumber",
		Use:        "SkillGroupNumber UINT 4, since 14",
		Evidence:   "changes of version 14",
		Confidence: "high",
	},
	{
		Item: "SSOEnabled type", Message: "SET_AGENT_STATE_REQ",
		Guide:      "no type, no size",
		Use:        "USHORT 2, tag 257",
		Evidence:   "CONFIG_AGENT_EVENT table; Haskell v20 peer reads 16 bits",
		Confidence: "high",
	},
	{
		Item: "SessionType size", Message: "OPEN_CONF",
		Guide:      "size cell holds text",
		Use:        "USHORT 2",
		Evidence:   "Go v24 peer",
		Confidence: "high",
	},
	{
		Item: "CALL_FAILED_EVENT without MonitorID", Message: "CALL_FAILED_EVENT",
		Guide:      "edition v14 leaves MonitorID out; v25 has it",
		Use:        "MonitorID in all versions, 24 bytes",
		Evidence:   "maximum 230 of edition v14; Scala peer mended the same slip in 2017",
		Confidence: "high",
	},
	{
		Item:       "DeviceIDType of SNAPSHOT_CALL_REQ",
		Guide:      "changes 10 to 13 says SNAPSHOT_CALL_REQ",
		Use:        "SnapshotDeviceType of SNAPSHOT_DEVICE_REQ; SNAPSHOT_CALL_REQ stays 14 bytes",
		Evidence:   "edition v9 has 8 bytes for SNAPSHOT_DEVICE_REQ, edition v15 has 10",
		Confidence: "high",
	},
	{
		Item:       "EventMsgMask of OPEN_REQ",
		Guide:      "changes 10 to 13",
		Use:        "ConfigMsgMask",
		Evidence:   "C++ v13/v14 peer and edition v15 have ConfigMsgMask and no EventMsgMask",
		Confidence: "medium",
	},
	{
		Item: "place of QueueDeviceType", Message: "CALL_DEQUEUED_EVENT",
		Guide:      "after ConnectionCallID",
		Use:        "as printed for CCE; after ServiceID on Unified CCX",
		Evidence:   "editions v14, v17, v25 and Scala against the Unified CCX page; total is 34 both ways",
		Confidence: "medium",
	},
	{
		Item: "RouterCallKey", Message: "SET_AGENT_SERVICE_DATA_REQ",
		Guide:      "RouterCallKey",
		Use:        "RouterCallKeyCallID",
		Evidence:   "text of the neighbour fields",
		Confidence: "medium",
	},
	{
		Item: "NumInvokeID", Message: "SET_AGENT_SERVICE_DATA_CONF",
		Guide:      "NumInvokeID",
		Use:        "InvokeID",
		Evidence:   "all other confirmations",
		Confidence: "high",
	},
	{
		Item:       "peer slips, guide is right",
		Use:        "QUERY_DEVICE_INFO_REQ Reserved USHORT 2 (Scala 4); SESSION_MONITOR_STOP_REQ MonitorID (Scala SessionID); CLOSE_REQ Status UINT (Java 2); SET_AGENT_STATE_REQ (Haskell record incomplete); OPEN_CONF, AGENT_STATE_EVENT and others without DepartmentID in Scala although it says 19",
		Evidence:   "editions v9, v14, v15; Unified CCX pages",
		Confidence: "high",
	},
	{
		Item:       "stale maximum sizes",
		Use:        "do not use the printed maximum message size of a newer edition: many were never raised (EMERGENCY_CALL_EVENT 274, CALL_DEQUEUED_EVENT 262, START_RECORDING_REQ 280, AGENT_STATE_EVENT 224)",
		Evidence:   "sums over the tables",
		Confidence: "high",
	},
}

const configurationEvidence = "Unified CCX pages mark one of their fields version 11, so the messages themselves are older; " +
	"tags 207 to 212 are marked V11 by two peers; Java v15 peer saw 230 to 237; " +
	"CTI_SERVICE_CONFIG_EVENTS in changes of 10 to 13; described by the guide only from 19"

// uncertainties are in the order of messages: fixed fields, floating fields,
// whole messages.
var uncertainties = []Uncertainty{
	{Message: "CALL_DELIVERED_EVENT", Fields: []string{"NumNamedVariables", "NumNamedArrays"}, Earliest: 7, Latest: 13, Evidence: "not in the v6 list of history; edition v15, C++ v14 and Java v15 peers have it; ANI_II beside it is marked V11", Confidence: "low"},
	{Message: "CALL_DATA_UPDATE_EVENT", Fields: []string{"CampaignID", "QueryRuleID"}, Earliest: 8, Latest: 9, Evidence: "changes of version 8, listed again for v9", Confidence: "medium"},
	{Message: "SET_CALL_DATA_REQ", Fields: []string{"CampaignID", "QueryRuleID"}, Earliest: 8, Latest: 9, Evidence: "changes of version 8, listed again for v9", Confidence: "medium"},
	{Message: "AGENT_STATE_EVENT", Fields: []string{"MRDID", "NumTasks", "AgentMode", "MaxTaskLimit"}, Earliest: 8, Latest: 9, Evidence: "inferred: stands between fields of 6 and 9, MRDID is printed in the v9 edition, printed maximum size 224 of edition v14 fits 52 bytes with these fields", Confidence: "medium"},
	{Message: "AGENT_STATE_EVENT", Fields: []string{"AgentAvailabilityStatus"}, Earliest: 9, Latest: 13, Evidence: "changes of version 9, but listed again for 10 to 13; stale maximum size 224 leaves it out", Confidence: "medium", Note: "layout of 52 bytes possible for 9"},
	{Message: "AGENT_STATE_EVENT", Fields: []string{"NumFltSkillGroups"}, Earliest: 10, Latest: 13, Evidence: "changes of 10 to 13; no version mark on the Unified CCX page, whose marks start at 11; C++ peer reads it at 13 and 14", Confidence: "medium"},
	{Message: "SYSTEM_EVENT", Fields: []string{"EventDeviceType"}, Earliest: 10, Latest: 13, Evidence: "changes of 10 to 13; SystemEventID text of the v9 edition still puts the instrument into Text; C++ peer reads it at 13 and 14; no version mark on the Unified CCX page", Confidence: "medium"},
	{Message: "QUERY_AGENT_STATE_REQ", Fields: []string{"MRDID"}, Earliest: 8, Latest: 9, Evidence: "inferred, comes with ICMAgentID; editions v14 and v15 have it", Confidence: "medium"},
	{Message: "QUERY_AGENT_STATE_CONF", Fields: []string{"MRDID", "NumTasks", "AgentMode", "MaxTaskLimit"}, Earliest: 8, Latest: 9, Evidence: "inferred as for AGENT_STATE_EVENT; printed maximum size 532 of edition v15 fits 26 bytes with these fields", Confidence: "medium"},
	{Message: "QUERY_AGENT_STATE_CONF", Fields: []string{"AgentAvailabilityStatus"}, Earliest: 9, Latest: 13, Evidence: "changes of version 9, but listed again for 10 to 13; stale maximum size 532 leaves it out", Confidence: "medium", Note: "layout of 26 bytes possible for 9"},
	{Message: "SET_AGENT_STATE_REQ", Fields: []string{"EventReasonCode"}, Earliest: 5, Latest: 9, Evidence: "inferred from changes of version 6 (AGENT_STATE_EVENT gains it)", Confidence: "low", Note: "maximum size 398 of the v9 edition needs it"},
	{Message: "SET_AGENT_STATE_REQ", Fields: []string{"ForcedFlag"}, Earliest: 10, Latest: 12, Evidence: "changes of 10 to 13; not in the v9 edition (maximum size 398 = 16 bytes fixed); no version mark on the Unified CCX page", Confidence: "medium"},
	{Message: "SET_AGENT_STATE_REQ", Fields: []string{"AgentServiceReq"}, Earliest: 10, Latest: 13, Evidence: "changes of 10 to 13; Unified CCX page marks it version 12; editions v15 and v17 have it", Confidence: "medium"},
	{Message: "SNAPSHOT_DEVICE_REQ", Fields: []string{"SnapshotDeviceType"}, Earliest: 10, Latest: 13, Evidence: "v9 edition lacks it, edition v15 has it; changes of 10 to 13 means it (prints SNAPSHOT_CALL_REQ); no version mark on the Unified CCX page", Confidence: "medium"},
	{Message: "CALL_DEQUEUED_EVENT", Fields: []string{"QueueDeviceType"}, Earliest: 5, Latest: 13, Evidence: "editions v14 and v17 have it; stale maximum size 262 (28 bytes, before MonitorID) leaves it out; no version mark on the Unified CCX page", Confidence: "low"},
	{Message: "AGENT_PRE_CALL_EVENT", Fields: []string{"MRDID"}, Earliest: 8, Latest: 9, Evidence: "inferred: the v9 edition prints MRDID in the abort event; editions v14, v15, v17 have it here", Confidence: "medium"},
	{Message: "AGENT_PRE_CALL_ABORT_EVENT", Fields: []string{"MRDID"}, Earliest: 8, Latest: 9, Evidence: "edition v9 page prints it; multi channel support came then", Confidence: "medium"},
	{Message: "QUERY_AGENT_STATISTICS_CONF", Fields: []string{"ICMAvailableTimeSession", "RoutableTimeSession", "ICMAvailableTimeToday", "RoutableTimeToday"}, Earliest: 9, Latest: 13, Evidence: "changes of version 9, listed again for 10 to 13; stale maximum size 434 leaves all four out", Confidence: "medium"},
	{Message: "QUERY_SKILL_GROUP_STATISTICS_CONF", Earliest: 6, Latest: 8, Evidence: "changes of version 8 (real time and 5 minute fields, not named)", Confidence: "low", Note: "the real time and five minute counters that have Since 8"},
	{Message: "QUERY_SKILL_GROUP_STATISTICS_CONF", Fields: []string{"AgentsICMAvailable", "AgentsApplicationAvailable"}, Earliest: 9, Latest: 13, Evidence: "changes of version 9, listed again for 10 to 13", Confidence: "medium"},
	{Message: "SEND_DTMF_SIGNAL_REQ", Fields: []string{"PauseDuration"}, Evidence: "changes of 10 to 13: USHORT became UINT by mistake, server tells old clients apart; v9 edition prints UINT already", Confidence: "low", Note: "turn lies between 5 and 13; 18 or 20 bytes, take what fits"},
	{Message: "SEND_DTMF_SIGNAL_REQ", Fields: []string{"PauseDuration"}, Earliest: 5, Latest: 13, Evidence: "edition v9 page; changes of 10 to 13; Unified CCX page without a mark", Confidence: "medium"},
	{Message: "QUERY_AGENT_STATISTICS_CONF", Fields: []string{"CallsInQueue"}, Evidence: "changes of 10 to 13 (removed)", Confidence: "low", Note: "maximum 434 does not count it, perhaps never sent; place unknown"},
	{Message: "QUERY_AGENT_STATISTICS_CONF", Fields: []string{"OldestCallInQueue"}, Evidence: "changes of 10 to 13 (removed)", Confidence: "low", Note: "as CallsInQueue"},
	{Message: "OPEN_REQ", Fields: []string{"ConfigMsgMask"}, Earliest: 5, Latest: 13, Evidence: "changes of 10 to 13 names it EventMsgMask; C++ v13/v14 peer and edition v15 have it before Reserved1", Confidence: "low", Note: "probably a reserved word before; the size of 44 bytes is assumed for all versions"},
	{Message: "CALL_DELIVERED_EVENT", Fields: []string{"NamedVariable", "NamedArray"}, Earliest: 7, Latest: 13, Evidence: "as its fixed counters", Confidence: "low"},
	{Message: "AGENT_STATE_EVENT", Fields: []string{"Duration", "NextAgentState", "FltSkillGroupNumber", "FltSkillGroupID", "FltSkillGroupPriority", "FltSkillGroupState"}, Earliest: 10, Latest: 13, Evidence: "changes of 10 to 13", Confidence: "medium"},
	{Message: "SYSTEM_EVENT", Fields: []string{"EventDeviceID"}, Earliest: 10, Latest: 13, Evidence: "changes of 10 to 13", Confidence: "medium"},
	{Message: "CALL_DEQUEUED_EVENT", Fields: []string{"DeQueueType"}, Earliest: 10, Latest: 13, Evidence: "changes of 10 to 13; the v25 table has no such field", Confidence: "medium"},
	{Message: "RTP_STARTED_EVENT", Fields: []string{"SendingAddress", "SendingPort"}, Earliest: 10, Latest: 13, Evidence: "changes of 10 to 13; edition v9 lacks it", Confidence: "medium"},
	{Message: "RTP_STOPPED_EVENT", Fields: []string{"SendingAddress", "SendingPort"}, Earliest: 10, Latest: 13, Evidence: "changes of 10 to 13; edition v9 lacks it", Confidence: "medium"},
	{Message: "SNAPSHOT_DEVICE_CONF", Fields: []string{"SilentMonitorStatus"}, Earliest: 10, Latest: 13, Evidence: "change list in edition v15 (10 to 13); edition v9 lacks it", Confidence: "medium"},
	{Message: "CALL_SERVICE_INITIATED_EVENT", Fields: []string{"COCCallConnectionDeviceID"}, Evidence: "changes of version 14", Confidence: "high", Note: "the v25 table leaves this one out, the tag list has it"},
	{Message: "AGENT_PRE_CALL_EVENT", Fields: []string{"ProtocolReferenceGUID"}, Earliest: 23, Latest: 25, Evidence: "tag 294 stands among those of version 23; changes of version 24 says the message was modified", Confidence: "low"},
	{Message: "CALL_SERVICE_INITIATED_EVENT", Fields: []string{"CallReferenceID"}, Earliest: 14, Latest: 25, Evidence: "not in the v14 list of history; edition v9 lacks it", Confidence: "low"},
	{Message: "AGENT_STATE_EVENT", Fields: []string{"ActiveTerminal"}, Earliest: 18, Latest: 25, Evidence: "tag 303 follows those of version 23; Unified CCX page marks it version 18 although a tag over 255 needs two bytes", Confidence: "low"},
	{Message: "SET_AGENT_STATE_REQ", Fields: []string{"ActiveTerminal"}, Earliest: 18, Latest: 25, Evidence: "tag 303 follows those of version 23; Unified CCX page marks it version 18 although a tag over 255 needs two bytes", Confidence: "low"},
	{Message: "CONFIG_REQUEST_KEY_EVENT", Earliest: 9, Latest: 11, Evidence: configurationEvidence, Confidence: "medium"},
	{Message: "CONFIG_KEY_EVENT", Earliest: 9, Latest: 11, Evidence: configurationEvidence, Confidence: "medium"},
	{Message: "CONFIG_REQUEST_EVENT", Earliest: 9, Latest: 11, Evidence: configurationEvidence, Confidence: "medium"},
	{Message: "CONFIG_BEGIN_EVENT", Earliest: 9, Latest: 11, Evidence: configurationEvidence, Confidence: "medium"},
	{Message: "CONFIG_END_EVENT", Earliest: 9, Latest: 11, Evidence: configurationEvidence, Confidence: "medium"},
	{Message: "CONFIG_SERVICE_EVENT", Earliest: 9, Latest: 11, Evidence: configurationEvidence, Confidence: "medium"},
	{Message: "CONFIG_SKILL_GROUP_EVENT", Earliest: 9, Latest: 11, Evidence: configurationEvidence, Confidence: "medium"},
	{Message: "CONFIG_AGENT_EVENT", Earliest: 9, Latest: 11, Evidence: configurationEvidence, Confidence: "medium"},
	{Message: "CONFIG_DEVICE_EVENT", Earliest: 9, Latest: 11, Evidence: configurationEvidence, Confidence: "medium"},
	{Message: "CALL_ATTRIBUTE_CHANGE_EVENT", Latest: 13, Evidence: "C++ v13/v14 peer message table; editions v14, v15, v17 describe it", Confidence: "medium", Note: "not found for older versions"},
	{Message: "CONFIG_TERMINAL_EVENT", Earliest: 18, Latest: 25, Evidence: "its tags 302 to 305 follow those of version 23; Unified CCX pages name terminal information from 18", Confidence: "low"},
}
