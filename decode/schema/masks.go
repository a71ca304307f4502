package schema

// Masks by bit (GED-188, Constants and Status Codes).

var classOfDevice = &Table{
	Name: "ClassOfDevice",
	Mask: true,
	Doubts: []string{
		"The four values are printed 10x, 20x, 40x, 80x; read here as hexadecimal bits.",
		"The guide calls the table Values, not masks; put under masks because each is a single bit.",
	},
	Values: []Value{
		{Value: 0x00000010, Name: "DEVC_OTHER", Note: "printed 10x"},
		{Value: 0x00000020, Name: "DEVC_IMAGE", Note: "printed 20x"},
		{Value: 0x00000040, Name: "DEVC_DATA", Note: "printed 40x"},
		{Value: 0x00000080, Name: "DEVC_VOICE", Note: "printed 80x"},
	},
}

var ctiServiceMask = &Table{
	Name: "CTIServiceMask",
	Mask: true,
	Doubts: []string{
		"CTI_SERVICE_ACTIVE_STANDBY is missing from the printed table; only the text of status code 107 gives it as 0x02000000.",
		"Bits 0x00000200, 0x00010000, 0x00020000 and 0x00800000 to 0x40000000 are not in the table. CTI OS Server asks for 0x00000200 at version 15 and gets it; the edition for version 23 prints CONFIG_MSG_AGENT_SERVICE_MASK for it, which is a bit of ConfigInformation.",
	},
	Values: []Value{
		{Value: 0x00000001, Name: "CTI_SERVICE_CLIENT_EVENTS", Note: "events of one ACD phone"},
		{Value: 0x00000002, Name: "CTI_SERVICE_CALL_DATA_UPDATE"},
		{Value: 0x00000004, Name: "CTI_SERVICE_CLIENT_CONTROL", Note: "control of one ACD phone"},
		{Value: 0x00000008, Name: "CTI_SERVICE_CONNECTION_MONITOR", Note: "session start and end raise alarms"},
		{Value: 0x00000010, Name: "CTI_SERVICE_ALL_EVENTS", Note: "events of any ACD phone"},
		{Value: 0x00000020, Name: "CTI_SERVICE_PERIPHERAL_MONITOR", Note: "add or remove devices and calls at run time"},
		{Value: 0x00000040, Name: "CTI_SERVICE_CLIENT_MONITOR", Note: "watches other clients' sessions"},
		{Value: 0x00000080, Name: "CTI_SERVICE_SUPERVISOR"},
		{Value: 0x00000100, Name: "CTI_SERVICE_SERVER", Note: "client is a server application"},
		{Value: 0x00000400, Name: "CTI_SERVICE_AGENT_REPORTING", Note: "ARM messages"},
		{Value: 0x00000800, Name: "CTI_SERVICE_ALL_TASK_EVENTS"},
		{Value: 0x00001000, Name: "CTI_SERVICE_TASK_MONITOR"},
		{Value: 0x00002000, Name: "CTI_AGENT_STATE_CONTROL_ONLY", Note: "may be granted instead of CTI_SERVICE_CLIENT_CONTROL"},
		{Value: 0x00004000, Name: "UNUSED"},
		{Value: 0x00008000, Name: "CTI_DEVICE_STATE_CONTROL", Note: "registers for resource state change requests"},
		{Value: 0x00040000, Name: "CTI_SERVICE_CONFIG_EVENTS", Note: "named in the changes of versions 10 to 13; number by Unified CCX and recorded bytes"},
		{Value: 0x00080000, Name: "CTI_SERVICE_UPDATE_EVENTS", Note: "update notices without data"},
		{Value: 0x00100000, Name: "CTI_SERVICE_IGNORE_DUPLICATE_AGENT_EVENTS"},
		{Value: 0x00200000, Name: "CTI_SERVICE_IGNORE_CONF", Note: "no confirmations for third party requests", Silences: true},
		{Value: 0x00400000, Name: "CTI_SERVICE_ACD_LINE_ONLY", Note: "no non-ACD line events; CCE only"},
		{Value: 0x02000000, Name: "CTI_SERVICE_ACTIVE_STANDBY"},
		{Value: 0x80000000, Name: "CTI_SERVICE_DEBUG", Note: "session's messages are captured to a file"},
	},
}

var agentServiceRequestMask = &Table{
	Name: "AgentServiceRequestMask",
	Mask: true,
	Doubts: []string{
		"The name column is headed DestinationCountry, a slip.",
	},
	Values: []Value{
		{Value: 0x00000001, Name: "OUTBOUND_SUPPORT", Note: "agent login supports the outbound feature"},
	},
}

var unsolicitedCallEventMessageMask = &Table{
	Name: "UnsolicitedCallEventMessageMask",
	Mask: true,
	Doubts: []string{
		"Message names printed as RTP_STOPPED_MASK_EVENT, AGENT_TEAM_CONFIG_MASK_EVENT and NETWORK_RECORDING_*_MASK are read as the events RTP_STOPPED_EVENT, AGENT_TEAM_CONFIG_EVENT and NETWORK_RECORDING_*_EVENT.",
	},
	Values: []Value{
		{Value: 0x00000001, Name: "CALL_DELIVERED_MASK", Note: "CALL_DELIVERED_EVENT"},
		{Value: 0x00000002, Name: "CALL_QUEUED_MASK", Note: "CALL_QUEUED_EVENT"},
		{Value: 0x00000004, Name: "CALL_ESTABLISHED_MASK", Note: "CALL_ESTABLISHED_EVENT"},
		{Value: 0x00000008, Name: "CALL_HELD_MASK", Note: "CALL_HELD_EVENT"},
		{Value: 0x00000010, Name: "CALL_RETRIEVED_MASK", Note: "CALL_RETRIEVED_EVENT"},
		{Value: 0x00000020, Name: "CALL_CLEARED_MASK", Note: "CALL_CLEARED_EVENT"},
		{Value: 0x00000040, Name: "CALL_CONNECTION_CLEARED_MASK", Note: "CALL_CONNECTION_CLEARED_EVENT"},
		{Value: 0x00000080, Name: "CALL_ORIGINATED_MASK", Note: "CALL_ORIGINATED_EVENT"},
		{Value: 0x00000100, Name: "CALL_CONFERENCED_MASK", Note: "CALL_CONFERENCED_EVENT"},
		{Value: 0x00000200, Name: "CALL_TRANSFERRED_MASK", Note: "CALL_TRANSFERRED_EVENT"},
		{Value: 0x00000400, Name: "CALL_DIVERTED_MASK", Note: "CALL_DIVERTED_EVENT"},
		{Value: 0x00000800, Name: "CALL_SERVICE_INITIATED_MASK", Note: "CALL_SERVICE_INITIATED_EVENT"},
		{Value: 0x00001000, Name: "CALL_TRANSLATION_ROUTE_MASK", Note: "CALL_TRANSLATION_ROUTE_EVENT"},
		{Value: 0x00002000, Name: "BEGIN_CALL_MASK", Note: "BEGIN_CALL_EVENT"},
		{Value: 0x00004000, Name: "END_CALL_MASK", Note: "END_CALL_EVENT"},
		{Value: 0x00008000, Name: "CALL_DATA_UPDATE_MASK", Note: "CALL_DATA_UPDATE_EVENT"},
		{Value: 0x00010000, Name: "CALL_FAILED_MASK", Note: "CALL_FAILED_EVENT"},
		{Value: 0x00020000, Name: "CALL_REACHED_NETWORK_MASK", Note: "CALL_REACHED_NETWORK_EVENT"},
		{Value: 0x00040000, Name: "CALL_DEQUEUED_MASK", Note: "CALL_DEQUEUED_EVENT"},
		{Value: 0x00080000, Name: "AGENT_PRE_CALL_MASK", Note: "AGENT_PRE_CALL_EVENT"},
		{Value: 0x00100000, Name: "AGENT_PRE_CALL_ABORT_MASK", Note: "AGENT_PRE_CALL_ABORT_EVENT"},
		{Value: 0x00200000, Name: "RTP_STARTED_MASK", Note: "RTP_STARTED_EVENT"},
		{Value: 0x00400000, Name: "RTP_STOPPED_MASK", Note: "RTP_STOPPED_EVENT"},
		{Value: 0x00800000, Name: "AGENT_TEAM_CONFIG_MASK", Note: "AGENT_TEAM_CONFIG_EVENT"},
		{Value: 0x01000000, Name: "AGENT_LEGACY_PRE_CALL_MASK", Note: "AGENT_LEGACY_PRE_CALL_EVENT"},
		{Value: 0x02000000, Name: "CALL_ATTRIBUTE_CHANGE_MASK", Note: "CALL_ATTRIBUTE_CHANGE_EVENT, not in the message type table"},
		{Value: 0x04000000, Name: "CALL_TERMINATION_MASK", Note: "reserved"},
		{Value: 0x08000000, Name: "CALL_AGENT_GREETING_MASK", Note: "CALL_AGENT_GREETING_EVENT, since version 15"},
		{Value: 0x10000000, Name: "NETWORK_RECORDING_STARTED_MASK", Note: "NETWORK_RECORDING_STARTED_EVENT"},
		{Value: 0x20000000, Name: "NETWORK_RECORDING_ENDED_MASK", Note: "NETWORK_RECORDING_ENDED_EVENT"},
		{Value: 0x40000000, Name: "NETWORK_RECORDING_FAILED_MASK", Note: "NETWORK_RECORDING_FAILED_EVENT"},
		{Value: 0x80000000, Name: "NETWORK_RECORDING_TARGET_INFO_MASK", Note: "NETWORK_RECORDING_TARGET_INFO_EVENT"},
	},
}

var agentStateMask = &Table{
	Name: "AgentStateMask",
	Mask: true,
	Values: []Value{
		{Value: 0x00000001, Name: "AGENT_LOGIN_MASK", Note: "AGENT_STATE_EVENT login"},
		{Value: 0x00000002, Name: "AGENT_LOGOUT_MASK", Note: "AGENT_STATE_EVENT logout"},
		{Value: 0x00000004, Name: "AGENT_NOT_READY_MASK", Note: "AGENT_STATE_EVENT not ready"},
		{Value: 0x00000008, Name: "AGENT_AVAILABLE_MASK", Note: "AGENT_STATE_EVENT available"},
		{Value: 0x00000010, Name: "AGENT_TALKING_MASK", Note: "AGENT_STATE_EVENT talking"},
		{Value: 0x00000020, Name: "AGENT_WORK_NOT_READY_MASK", Note: "AGENT_STATE_EVENT work not ready"},
		{Value: 0x00000040, Name: "AGENT_WORK_READY_MASK", Note: "AGENT_STATE_EVENT work ready"},
		{Value: 0x00000080, Name: "AGENT_BUSY_OTHER_MASK", Note: "AGENT_STATE_EVENT busy other"},
		{Value: 0x00000100, Name: "AGENT_RESERVED_MASK", Note: "AGENT_STATE_EVENT reserved"},
		{Value: 0x00000200, Name: "AGENT_HOLD_MASK", Note: "AGENT_STATE_EVENT hold"},
		{Value: 0x00000400, Name: "AGENT_ACTIVE_MASK", Note: "AGENT_STATE_EVENT active"},
		{Value: 0x00000800, Name: "AGENT_PAUSED_MASK", Note: "AGENT_STATE_EVENT paused"},
		{Value: 0x00001000, Name: "AGENT_INTERRUPTED_MASK", Note: "AGENT_STATE_EVENT interrupted"},
		{Value: 0x00002000, Name: "AGENT_NOT_ACTIVE_MASK", Note: "AGENT_STATE_EVENT not active"},
	},
}

var configMsgMask = &Table{
	Name: "ConfigMsgMask",
	Mask: true,
	Doubts: []string{
		"The guide gives no constant names here, only words; the names are those words without spaces. 64, 128 and 512 are named after ConfigInformation of CONFIG_REQUEST_EVENT, which it points to.",
		"The order of the first bits may be agent, skill group, service, device, as on Unified CCX: CTI OS Server, version 15, opens with 3 and then asks for ConfigInformation 6.",
	},
	Values: []Value{
		{Value: 0x00000001, Name: "ServiceInformation"},
		{Value: 0x00000002, Name: "SkillGroupInformation"},
		{Value: 0x00000004, Name: "AgentInformation"},
		{Value: 0x00000008, Name: "DeviceInformation"},
		{Value: 0x00000010, Name: "CallTypeInformation"},
		{Value: 0x00000020, Name: "MediaRoutingDomainInformation", Note: "since version 20"},
		{Value: 0x00000040, Name: "PeripheralInformation"},
		{Value: 0x00000080, Name: "AgentDeskSettingsInformation"},
		{Value: 0x00000100, Name: "TerminalInformation"},
		{Value: 0x00000200, Name: "AgentServicesInformation"},
	},
}

var agentTeamAgentFlags = &Table{
	Name: "AgentTeamAgentFlags",
	Mask: true,
	Note: "const and table names not in guide; 0 is a regular agent",
	Values: []Value{
		{Value: 0x00000001, Name: "PRIMARY_SUPERVISOR"},
		{Value: 0x00000002, Name: "TEMPORARY_AGENT"},
		{Value: 0x00000004, Name: "SUPERVISOR"},
	},
}

var callVariableMask = &Table{
	Name: "CallVariableMask",
	Mask: true,
	Values: []Value{
		{Value: 0x00000001, Name: "CALL_VAR_1_MASK", Note: "CallVariable1"},
		{Value: 0x00000002, Name: "CALL_VAR_2_MASK", Note: "CallVariable2"},
		{Value: 0x00000004, Name: "CALL_VAR_3_MASK", Note: "CallVariable3"},
		{Value: 0x00000008, Name: "CALL_VAR_4_MASK", Note: "CallVariable4"},
		{Value: 0x00000010, Name: "CALL_VAR_5_MASK", Note: "CallVariable5"},
		{Value: 0x00000020, Name: "CALL_VAR_6_MASK", Note: "CallVariable6"},
		{Value: 0x00000040, Name: "CALL_VAR_7_MASK", Note: "CallVariable7"},
		{Value: 0x00000080, Name: "CALL_VAR_8_MASK", Note: "CallVariable8"},
		{Value: 0x00000100, Name: "CALL_VAR_9_MASK", Note: "CallVariable9"},
		{Value: 0x00000200, Name: "CALL_VAR_10_MASK", Note: "CallVariable10"},
	},
}

var deskSettingsMask = &Table{
	Name: "DeskSettingsMask",
	Mask: true,
	Values: []Value{
		{Value: 0x00000001, Name: "DESK_AVAIL_AFTER_INCOMING_MASK", Note: "available automatically after an incoming call"},
		{Value: 0x00000002, Name: "DESK_AVAIL_AFTER_OUTGOING_MASK", Note: "available automatically after an outbound call"},
		{Value: 0x00000004, Name: "DESK_AUTO_ANSWER_ENABLED_MASK", Note: "calls to agent answered automatically"},
		{Value: 0x00000008, Name: "DESK_IDLE_REASON_REQUIRED_MASK", Note: "reason needed before Idle state"},
		{Value: 0x00000010, Name: "DESK_LOGOUT_REASON_REQUIRED_MASK", Note: "reason needed before logout"},
		{Value: 0x00000020, Name: "DESK_SUPERVISOR_CALLS_ALLOWED_MASK", Note: "supervisor assisted calls"},
		{Value: 0x00000040, Name: "DESK_AGENT_TO_AGENT_CALLS_ALLOWED", Note: "calls to other agents"},
		{Value: 0x00000080, Name: "DESK_OUTBOUND_ACCESS_INTERNATIONAL_MASK", Note: "international calls"},
		{Value: 0x00000100, Name: "DESK_OUTBOUND_ACCESS_PUBLIC_NET_MASK", Note: "public network calls"},
		{Value: 0x00000200, Name: "DESK_OUTBOUND_ACCESS_PRIVATE_NET_MASK", Note: "private network calls"},
		{Value: 0x00000400, Name: "DESK_OUTBOUND_ACCESS_OPERATOR_ASSISTED_MASK", Note: "operator assisted calls"},
		{Value: 0x00000800, Name: "DESK_OUTBOUND_ACCESS_PBX_MASK", Note: "outbound PBX calls"},
		{Value: 0x00001000, Name: "DESK_NON_ACD_CALLS_ALLOWED_MASK", Note: "place or handle non-ACD calls"},
		{Value: 0x00002000, Name: "DESK_AGENT_CAN_SELECT_GROUP_MASK", Note: "agent can choose groups"},
	},
}

var transferConferenceSetupMask = &Table{
	Name: "TransferConferenceSetupMask",
	Mask: true,
	Values: []Value{
		{Value: 0x00000001, Name: "CONF_SETUP_CONSULT_SPECIFIC", Note: "ACD call and consult call of specific transfer/conference CallType"},
		{Value: 0x00000002, Name: "CONF_SETUP_CONSULT_ANY", Note: "ACD call and consult call of any CallType"},
		{Value: 0x00000004, Name: "CONF_SETUP_CONN_HELD", Note: "any connected and any held call"},
		{Value: 0x00000008, Name: "CONF_SETUP_ANY_TWO_CALLS", Note: "any two call appearances"},
		{Value: 0x00000010, Name: "CONF_SETUP_SINGLE_ACD_CALL", Note: "blind conference of one ACD call"},
		{Value: 0x00000020, Name: "TRANS_SETUP_SINGLE_ACD_CALL", Note: "blind transfer of one ACD call"},
		{Value: 0x00000040, Name: "CONF_SETUP_ANY_SINGLE_CALL", Note: "blind conference of any connected call"},
		{Value: 0x00000080, Name: "TRANS_SETUP_ANY_SINGLE_CALL", Note: "blind transfer of any connected call"},
	},
}

var callControlMask = &Table{
	Name: "CallControlMask",
	Mask: true,
	Values: []Value{
		{Value: 0x00000001, Name: "CONTROL_QUERY_AGENT_STATE", Note: "QUERY_AGENT_STATE"},
		{Value: 0x00000002, Name: "CONTROL_SET_AGENT_STATE", Note: "SET_AGENT_STATE"},
		{Value: 0x00000004, Name: "CONTROL_ALTERNATE_CALL", Note: "ALTERNATE_CALL"},
		{Value: 0x00000008, Name: "CONTROL_ANSWER_CALL", Note: "ANSWER_CALL"},
		{Value: 0x00000010, Name: "CONTROL_CLEAR_CALL", Note: "CLEAR_CALL"},
		{Value: 0x00000020, Name: "CONTROL_CLEAR_CONNECTION", Note: "CLEAR_CONNECTION"},
		{Value: 0x00000040, Name: "CONTROL_CONFERENCE_CALL", Note: "CONFERENCE_CALL"},
		{Value: 0x00000080, Name: "CONTROL_CONSULTATION_CALL", Note: "CONSULTATION_CALL"},
		{Value: 0x00000100, Name: "CONTROL_DEFLECT_CALL", Note: "DEFLECT_CALL"},
		{Value: 0x00000200, Name: "CONTROL_HOLD_CALL", Note: "HOLD_CALL"},
		{Value: 0x00000400, Name: "CONTROL_MAKE_CALL", Note: "MAKE_CALL"},
		{Value: 0x00000800, Name: "CONTROL_MAKE_PREDICTIVE_CALL", Note: "MAKE_PREDICTIVE_CALL"},
		{Value: 0x00001000, Name: "CONTROL_RECONNECT_CALL", Note: "RECONNECT_CALL"},
		{Value: 0x00002000, Name: "CONTROL_RETRIEVE_CALL", Note: "RETRIEVE_CALL"},
		{Value: 0x00004000, Name: "CONTROL_TRANSFER_CALL", Note: "TRANSFER_CALL"},
		{Value: 0x00008000, Name: "CONTROL_QUERY_DEVICE_INFO", Note: "QUERY_DEVICE_INFO"},
		{Value: 0x00010000, Name: "CONTROL_SNAPSHOT_CALL", Note: "SNAPSHOT_CALL"},
		{Value: 0x00020000, Name: "CONTROL_SNAPSHOT_DEVICE", Note: "SNAPSHOT_DEVICE"},
		{Value: 0x00040000, Name: "CONTROL_SEND_DTMF_SIGNAL", Note: "SEND_DTMF_SIGNAL"},
	},
}

var otherFeatureMask = &Table{
	Name: "OtherFeatureMask",
	Mask: true,
	Values: []Value{
		{Value: 0x00000001, Name: "FEATURE_POST_ROUTE", Note: "Post Routing available"},
		{Value: 0x00000002, Name: "FEATURE_UNIQUE_CONSULT_CALLID", Note: "consultation call ids are unique"},
	},
}

var configInformationMask = &Table{
	Name: "ConfigInformationMask",
	Mask: true,
	Values: []Value{
		{Value: 0x00000001, Name: "SERVICE_INFORMATION", Note: "labels only, no constants printed"},
		{Value: 0x00000002, Name: "SKILL_GROUP_INFORMATION"},
		{Value: 0x00000004, Name: "AGENT_INFORMATION"},
		{Value: 0x00000008, Name: "DEVICE_INFORMATION"},
		{Value: 0x00000010, Name: "CALL_TYPE_INFORMATION"},
		{Value: 0x00000020, Name: "MEDIA_ROUTING_DOMAIN_INFORMATION"},
		{Value: 0x00000040, Name: "PERIPHERAL_INFORMATION"},
		{Value: 0x00000080, Name: "AGENT_DESK_SETTINGS_INFORMATION"},
		{Value: 0x00000100, Name: "TERMINAL_INFORMATION", Note: "0x100, listed only under ConfigMsgMask"},
		{Value: 0x00000200, Name: "AGENT_SERVICES_INFORMATION"},
	},
}
