package schema

// GED-188, Configuration Acquisition Messages.
var configuration = []*Message{
	{
		Number: 230, Name: "CONFIG_REQUEST_KEY_EVENT", From: Client, Since: 10, Service: "Configuration Acquisition Messages",
		Purpose: "Client asks for the current configuration keys.",
		Fixed: []*Field{
			{Name: "PeripheralID", Since: 11},
		},
		Floating: []*Field{
			{Name: "CustomerID"},
		},
		Doubts: []string{
			"No InvokeID by design; one request outstanding at a time.",
		},
	},
	{
		Number: 231, Name: "CONFIG_KEY_EVENT", From: Server, Since: 10, Service: "Configuration Acquisition Messages",
		Purpose: "Server gives the configuration keys.",
		Fixed: []*Field{
			{Name: "ConfigkeyStatus"},
		},
		Floating: []*Field{
			{Name: "ServiceConfigKey", Note: "all zero: client should upload that configuration"},
			{Name: "SkillGroupConfigKey"},
			{Name: "AgentConfigKey"},
			{Name: "DeviceConfigKey"},
			{Name: "CallTypeConfigKey", Since: 11},
			{Name: "PeripheralConfigKey", Since: 22},
			{Name: "AgentDeskSettingsConfigKey", Since: 22},
		},
		Doubts: []string{
			"Fields not marked optional, but the text speaks of sending the message without its optional fields.",
			"Text says 4 keys, the table holds 7.",
		},
	},
	{
		Number: 232, Name: "CONFIG_REQUEST_EVENT", From: Client, Since: 10, Service: "Configuration Acquisition Messages",
		Purpose: "Client asks for configuration; needed before any updates.",
		Fixed: []*Field{
			{Name: "ConfigInformation", Note: "0 = no initial upload, updates may start"},
			{Name: "ConfigMsgMask", Values: configInformationMask, Since: 24, Note: "absent from the version 23 edition, present in 24"},
			{Name: "PeripheralID", Since: 11},
		},
		Floating: []*Field{
			{Name: "CustomerID"},
		},
		Alternatives: []Alternative{
			{From: 16, To: 23, Size: 12},
			{From: 24, To: 25, Size: 8},
		},
		Doubts: []string{
			"ConfigMsgMask lists 1..32 plus 0x100 Terminal Information; ConfigInformation lists 1..128 and 512 but no 0x100.",
			"ConfigMsgMask may have come in a later protocol version; the guide gives no version here.",
		},
	},
	{
		Number: 233, Name: "CONFIG_BEGIN_EVENT", From: Server, Since: 10, Service: "Configuration Acquisition Messages",
		Purpose: "Start of configuration data of one key.",
		Fixed: []*Field{
			{Name: "ConfigType"},
			{Name: "ConfigInformation"},
		},
		Floating: []*Field{
			{Name: "ServiceConfigKey"},
			{Name: "SkillGroupConfigKey"},
			{Name: "AgentConfigKey"},
			{Name: "DeviceConfigKey"},
			{Name: "CallTypeConfigKey", Since: 11},
			{Name: "PeripheralConfigKey", Since: 22},
			{Name: "AgentDeskSettingsConfigKey", Since: 22},
		},
		Doubts: []string{
			"Guide prints CallTypeConfi Key.",
		},
	},
	{
		Number: 234, Name: "CONFIG_END_EVENT", From: Server, Since: 10, Service: "Configuration Acquisition Messages",
		Purpose: "End of configuration data, or an error.",
		Fixed: []*Field{
			{Name: "ConfigEndStatus"},
		},
		Floating: []*Field{
			{Name: "Text", Optional: true},
		},
		Doubts: []string{
			"Text: the word Optional stands in the description, not after the name.",
		},
	},
	{
		Number: 235, Name: "CONFIG_SERVICE_EVENT", From: Server, Since: 10, Service: "Configuration Acquisition Messages",
		Purpose: "Service configuration records.",
		Fixed: []*Field{
			{Name: "NumRecords", Note: "1 to 10"},
		},
		Floating: []*Field{
			{Name: "RecordType", Count: "NumRecords", Group: "Record"},
			{Name: "FltPeripheralID", Count: "NumRecords", Group: "Record", Since: 11},
			{Name: "PeripheralNumber", Count: "NumRecords", Group: "Record", Note: "unique key of the record"},
			{Name: "OldPeripheralNumber", Count: "NumRecords", Group: "Record"},
			{Name: "MaxQueued", Count: "NumRecords", Group: "Record"},
			{Name: "Extension", Count: "NumRecords", Group: "Record"},
			{Name: "ServiceSkillTargetID", Count: "NumRecords", Group: "Record"},
			{Name: "PeripheralName", Count: "NumRecords", Group: "Record"},
			{Name: "Description", Count: "NumRecords", Group: "Record"},
			{Name: "ServiceLevelThreshold", Count: "NumRecords", Group: "Record"},
			{Name: "ServiceLevelType", Count: "NumRecords", Group: "Record"},
			{Name: "ConfigParam", Count: "NumRecords", Group: "Record"},
			{Name: "FltMRDomainID", Count: "NumRecords", Group: "Record"},
			{Name: "NumServiceMembers", Count: "NumRecords", Group: "Record", Note: "at most 10"},
			{Name: "ServiceMember", Group: "Record", Note: "printed UNIT, surely UINT; one array field, 4 bytes x NumServiceMembers"},
			{Name: "ServicePriority", Group: "Record", Note: "one array field, 2 bytes x NumServiceMembers"},
		},
		Doubts: []string{
			"ServiceMember type printed as UNIT[NumServiceMembers] (surely UINT), size 4*NumServiceMembers; max 40 computed from the limit of 10.",
			"ServicePriority printed as USHORT[NumServiceMembers], size 2*NumServiceMembers; max 20 computed.",
			"Count field NumServiceMembers is itself floating, inside each record.",
		},
	},
	{
		Number: 236, Name: "CONFIG_SKILL_GROUP_EVENT", From: Server, Since: 10, Service: "Configuration Acquisition Messages",
		Purpose: "Skill group configuration records.",
		Fixed: []*Field{
			{Name: "NumRecords", Note: "1 to 10"},
		},
		Floating: []*Field{
			{Name: "RecordType", Count: "NumRecords", Group: "Record"},
			{Name: "FltPeripheralID", Count: "NumRecords", Group: "Record", Since: 11},
			{Name: "PeripheralNumber", Count: "NumRecords", Group: "Record", Note: "unique key of the record"},
			{Name: "OldPeripheralNumber", Count: "NumRecords", Group: "Record"},
			{Name: "FltSkillGroupPriority", Count: "NumRecords", Group: "Record", Optional: true, Note: "0 for UCCE"},
			{Name: "SkillGroupSkillTargetID", Count: "NumRecords", Group: "Record"},
			{Name: "AutoWork", Type: Bool, Count: "NumRecords", Group: "Record", Note: "absent = FALSE; the guide gives no tag, recorded bytes have 185"},
			{Name: "Extension", Count: "NumRecords", Group: "Record"},
			{Name: "PeripheralName", Count: "NumRecords", Group: "Record"},
			{Name: "Description", Count: "NumRecords", Group: "Record"},
			{Name: "FltMRDomainID", Count: "NumRecords", Group: "Record"},
			{Name: "FltPrecisionQueueID", Count: "NumRecords", Group: "Record", Since: 22, Note: "non-zero only on generated precision queue groups"},
			{Name: "FltPrecisionQueueName", Count: "NumRecords", Group: "Record", Since: 22, Note: "NULL for regular skill groups"},
			{Name: "ConfigParam", Count: "NumRecords", Group: "Record"},
		},
		AlsoTags: []uint16{135, 136},
		Doubts: []string{
			"FltSkillGroupPriority size is printed as 2 * NumSkills, but this message has no NumSkills; read as one USHORT.",
		},
	},
	{
		Number: 237, Name: "CONFIG_AGENT_EVENT", From: Server, Since: 10, Service: "Configuration Acquisition Messages",
		Purpose: "Agent configuration records.",
		Fixed: []*Field{
			{Name: "NumRecords", Note: "1 to 10"},
		},
		Floating: []*Field{
			{Name: "RecordType", Count: "NumRecords", Group: "Record"},
			{Name: "FltPeripheralID", Count: "NumRecords", Group: "Record", Since: 11},
			{Name: "ActiveTerminal", Count: "NumRecords", Group: "Record"},
			{Name: "AgentType", Count: "NumRecords", Group: "Record", Note: "CONFIG_AGENT or CONFIG_SUPERVISOR"},
			{Name: "AgentDeskSettingsID", Count: "NumRecords", Group: "Record", Since: 22},
			{Name: "LoginID", Count: "NumRecords", Group: "Record", Note: "unique key of the record"},
			{Name: "OldLoginID", Count: "NumRecords", Group: "Record", Note: "CUR_LOGIN_ID by the tag table, likely this field"},
			{Name: "LoginName", Count: "NumRecords", Group: "Record", Since: 11, Note: "cut to 32 bytes before version 20"},
			{Name: "LastName", Count: "NumRecords", Group: "Record"},
			{Name: "FirstName", Count: "NumRecords", Group: "Record"},
			{Name: "Extension", Count: "NumRecords", Group: "Record"},
			{Name: "Description", Count: "NumRecords", Group: "Record"},
			{Name: "AgentSkillTargetID", Count: "NumRecords", Group: "Record"},
			{Name: "NumSkills", Count: "NumRecords", Group: "Record", Note: "at most 100"},
			{Name: "SSOEnabled", Count: "NumRecords", Group: "Record", Since: 20, Note: "0 disabled, 1 enabled"},
			{Name: "NumMRDs", Count: "NumRecords", Group: "Record", Since: 21, Note: "at most 40"},
			{Name: "FltSkillGroupNumber", Type: UInt, Size: 400, Array: true, Group: "Record", Note: "one array field, 4 bytes x NumSkills; at version 15 single fields in pairs with FltSkillGroupPriority"},
			{Name: "FltSkillGroupPriority", Size: 200, Array: true, Group: "Record", Note: "one array field, 2 bytes x NumSkills; 0 on UCCE"},
			{Name: "FltAgentMRDID", Group: "Record", Since: 21, Note: "one array field, 4 bytes x NumMRDs"},
			{Name: "FltAgentMRDState", Group: "Record", Since: 21, Note: "one array field, 2 bytes x NumMRDs"},
		},
		AlsoTags: []uint16{133, 139, 184, 185, 270},
		Doubts: []string{
			"AgentType prints CONFIG_AGENT and CONFIG_SUPERVISOR without numbers.",
			"RecordType prints CONFIG_RECORD_ADD/CHANGE/DELETE without numbers; 0/1/2 come from the sister messages.",
			"Array sizes printed as 4*NumSkills etc.; max computed from the limits 100 and 40.",
			"FltAgentMRDState: AgentState enumeration is inferred, the guide names no table.",
			"MRD fields come in the initial upload only, not in updates.",
		},
	},
	{
		Number: 238, Name: "CONFIG_DEVICE_EVENT", From: Server, Since: 10, Service: "Configuration Acquisition Messages",
		Purpose: "Device configuration records.",
		Fixed: []*Field{
			{Name: "NumRecords", Note: "1 to 10"},
		},
		Floating: []*Field{
			{Name: "RecordType", Count: "NumRecords", Group: "Record"},
			{Name: "FltPeripheralID", Count: "NumRecords", Group: "Record", Since: 11},
			{Name: "PeripheralNumber", Count: "NumRecords", Group: "Record"},
			{Name: "DeviceType", Count: "NumRecords", Group: "Record"},
			{Name: "MaxQueued", Count: "NumRecords", Group: "Record"},
			{Name: "FltServiceID", Count: "NumRecords", Group: "Record", Note: "if any"},
			{Name: "DialedNumber", Count: "NumRecords", Group: "Record"},
			{Name: "DNIS", Count: "NumRecords", Group: "Record"},
			{Name: "Extension", Count: "NumRecords", Group: "Record", Note: "if any"},
			{Name: "Description", Count: "NumRecords", Group: "Record"},
		},
	},
	{
		Number: 245, Name: "CONFIG_CALL_TYPE_EVENT", From: Server, Since: 11, Service: "Configuration Acquisition Messages",
		Purpose: "Call type configuration records.",
		Fixed: []*Field{
			{Name: "NumRecords", Note: "1 to 10"},
		},
		Floating: []*Field{
			{Name: "RecordType", Count: "NumRecords", Group: "Record"},
			{Name: "FltCallTypeID", Count: "NumRecords", Group: "Record", Since: 11, Note: "unique key of the record"},
			{Name: "CustomerDefinitionID", Count: "NumRecords", Group: "Record", Since: 11, Note: "0, not used in UCCE"},
			{Name: "EnterpriseName", Count: "NumRecords", Group: "Record", Since: 11},
			{Name: "Description", Count: "NumRecords", Group: "Record"},
			{Name: "ServiceLevelThreshold", Count: "NumRecords", Group: "Record"},
			{Name: "ServiceLevelType", Count: "NumRecords", Group: "Record"},
		},
		AlsoTags: []uint16{213},
		Doubts: []string{
			"MessageType is printed as 245, for CONFIG_MRD_EVENT too; the message type table has 245 for this one.",
		},
	},
	{
		Number: 254, Name: "CONFIG_MRD_EVENT", From: Server, Since: 20, Service: "Configuration Acquisition Messages",
		Purpose: "Media routing domain configuration records.",
		Fixed: []*Field{
			{Name: "NumRecords", Note: "1 to 10"},
		},
		Floating: []*Field{
			{Name: "RecordType", Count: "NumRecords", Group: "Record"},
			{Name: "FltMRDomainID", Count: "NumRecords", Group: "Record", Since: 20, Note: "unique key of the record"},
			{Name: "FltEnterpriseName", Count: "NumRecords", Group: "Record", Since: 20},
			{Name: "FltDescription", Count: "NumRecords", Group: "Record", Since: 20},
			{Name: "FltMaxTaskDuration", Count: "NumRecords", Group: "Record", Since: 20, Note: "seconds"},
			{Name: "FltInterruptible", Count: "NumRecords", Group: "Record", Since: 20},
		},
		Doubts: []string{
			"MessageType is printed as 245, the number of CONFIG_CALL_TYPE_EVENT; 254 is that of the message type table.",
		},
	},
	{
		Number: 260, Name: "CONFIG_PERIPHERAL_EVENT", From: Server, Since: 22, Service: "Configuration Acquisition Messages",
		Purpose: "Peripheral configuration records.",
		Fixed: []*Field{
			{Name: "NumRecords", Note: "1 to 10"},
		},
		Floating: []*Field{
			{Name: "RecordType", Count: "NumRecords", Group: "Record"},
			{Name: "ConfigPeripheralID", Count: "NumRecords", Group: "Record"},
			{Name: "DefaultAgentDeskSettingsID", Count: "NumRecords", Group: "Record"},
		},
		Doubts: []string{
			"RecordType prints CONFIG_RECORD_ADD/CHANGE/DELETE without numbers.",
		},
	},
	{
		Number: 261, Name: "CONFIG_AGENT_DESK_SETTINGS_EVENT", From: Server, Since: 22, Service: "Configuration Acquisition Messages",
		Purpose: "Agent desk settings records.",
		Fixed: []*Field{
			{Name: "NumRecords", Note: "1 to 10"},
		},
		Floating: []*Field{
			{Name: "RecordType", Count: "NumRecords", Group: "Record"},
			{Name: "AgentDeskSettingsID", Count: "NumRecords", Group: "Record"},
			{Name: "FltDeskSettingsMask", Count: "NumRecords", Group: "Record"},
			{Name: "FltWrapUpDataIncomingMode", Count: "NumRecords", Group: "Record"},
			{Name: "FltWrapUpDataOutgoingMode", Count: "NumRecords", Group: "Record"},
			{Name: "FltLogoutNonActivityTime", Count: "NumRecords", Group: "Record", Note: "seconds"},
			{Name: "FltQualityRecordingRate", Count: "NumRecords", Group: "Record"},
			{Name: "FltRingNoAnswerTime", Count: "NumRecords", Group: "Record", Note: "seconds"},
			{Name: "FltSilentMonitorWarningMessage", Count: "NumRecords", Group: "Record"},
			{Name: "FltSilentMonitorAudibleIndication", Count: "NumRecords", Group: "Record"},
			{Name: "FltSupervisorAssistCallMethod", Count: "NumRecords", Group: "Record", Note: "set = blind conference, else consult call"},
			{Name: "FltEmergencyCallMethod", Count: "NumRecords", Group: "Record", Note: "set = blind conference, else consult call"},
			{Name: "FltAutoRecordOnEmergency", Count: "NumRecords", Group: "Record"},
			{Name: "FltRecordingMode", Count: "NumRecords", Group: "Record"},
			{Name: "FltWorkModeTimer", Count: "NumRecords", Group: "Record"},
			{Name: "FltRingNoAnswerDnId", Count: "NumRecords", Group: "Record"},
			{Name: "FltDefaultDevicePortAddress", Count: "NumRecords", Group: "Record"},
			{Name: "PlayZipTone", Count: "NumRecords", Group: "Record", Note: "1 enabled on auto answer, 0 disabled"},
			{Name: "ACDSharedLineUsage", Count: "NumRecords", Group: "Record", Note: "1 permitted, 0 prohibited"},
		},
		Doubts: []string{
			"FltDefaultDevicePortAddress printed as String with 4 bytes; size looks wrong for a string.",
			"FltDeskSettingsMask points at a table whose name is not printed; DeskSettingsMask is our name for it.",
			"RecordType prints CONFIG_RECORD_ADD/CHANGE/DELETE without numbers.",
		},
	},
	{
		Number: 276, Name: "CONFIG_TERMINAL_EVENT", From: Server, Since: 24, Service: "Configuration Acquisition Messages",
		Purpose: "Terminal configuration records.",
		Fixed: []*Field{
			{Name: "NumRecords", Note: "at most 10"},
		},
		Floating: []*Field{
			{Name: "RecordType", Count: "NumRecords", Group: "Record", Note: "1 (change) not used at present"},
			{Name: "TerminalType", Count: "NumRecords", Group: "Record"},
			{Name: "TerminalDeviceName", Count: "NumRecords", Group: "Record"},
			{Name: "TerminalTypeName", Count: "NumRecords", Group: "Record"},
			{Name: "NumInstruments", Count: "NumRecords", Group: "Record", Note: "at most 10"},
			{Name: "Instrument", Count: "NumInstruments", Group: "Record", Note: "tag not stated by the guide; AGENT_INSTRUMENT_TAG is a guess"},
		},
		Doubts: []string{
			"Instrument is said to follow NumInstruments times; the guide does not spell out the repeat.",
		},
	},
	{
		Number: 282, Name: "CONFIG_AGENT_SERVICE_EVENT", From: Server, Since: 24, Service: "Configuration Acquisition Messages",
		Purpose: "Tells which agent services are enabled.",
		Fixed: []*Field{
			{Name: "NumRecords", Note: "1 to 10"},
		},
		Floating: []*Field{
			{Name: "AgentSkillTargetID", Count: "NumRecords", Group: "Record"},
			{Name: "NumOfEnabledServices", Count: "NumRecords", Group: "Record", Note: "0 when none are enabled"},
			{Name: "FltEnabledServices", Group: "Record", Note: "element size; array of 2 bytes x NumOfEnabledServices"},
			{Name: "RecordType", Count: "NumRecords", Group: "Record", Note: "stands last in this message"},
		},
		Doubts: []string{
			"The guide prints no name for the list of enabled services.",
			"Service types Agent Assist, Transcript, Recording are listed without numbers.",
			"Upper limit of the list not given; max is the element size.",
		},
	},
}
