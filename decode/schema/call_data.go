package schema

// GED-188, Call Data Update Service.
var callData = []*Message{
	{
		Number: 26, Name: "SET_CALL_DATA_REQ", From: Client, Service: "Call Data Update",
		Purpose: "Sets call variables and/or call wrapup data.",
		Fixed: []*Field{
			{Name: "InvokeID"},
			{Name: "PeripheralID"},
			{Name: "ConnectionDeviceIDType", Note: "stands before ConnectionCallID here"},
			{Name: "ConnectionCallID"},
			{Name: "NumNamedVariables", Since: 6},
			{Name: "NumNamedArrays", Since: 6},
			{Name: "CallType", Since: 8},
			{Name: "CalledPartyDisposition", Since: 8},
			{Name: "CampaignID", Since: 8, Note: "0 if not used"},
			{Name: "QueryRuleID", Since: 8, Note: "0 if not used"},
		},
		Floating: []*Field{
			{Name: "ConnectionDeviceID"},
			{Name: "ANI", Optional: true},
			{Name: "UserToUserInfo", Optional: true},
			{Name: "CallerEnteredDigits", Optional: true},
			{Name: "CallVariable1", Optional: true},
			{Name: "CallVariable2", Optional: true},
			{Name: "CallVariable3", Optional: true},
			{Name: "CallVariable4", Optional: true},
			{Name: "CallVariable5", Optional: true},
			{Name: "CallVariable6", Optional: true},
			{Name: "CallVariable7", Optional: true},
			{Name: "CallVariable8", Optional: true},
			{Name: "CallVariable9", Optional: true},
			{Name: "CallVariable10", Optional: true},
			{Name: "CallWrapupData", Optional: true},
			{Name: "NamedVariable", Count: "NumNamedVariables", Optional: true, Since: 6, Note: "with NamedArray at most 2000 bytes in all"},
			{Name: "NamedArray", Count: "NumNamedArrays", Optional: true, Since: 6, Note: "with NamedVariable at most 2000 bytes in all"},
			{Name: "CustomerPhoneNumber", Optional: true},
			{Name: "CustomerAccountNumber", Optional: true},
			{Name: "RouterCallKeyDay", Optional: true, Since: 14},
			{Name: "RouterCallKeyCallID", Since: 14},
			{Name: "RouterCallKeySequenceNumber", Since: 14},
			{Name: "CallOriginatedFrom", Since: 14, Note: "dialer only, value 'D'"},
		},
		AlsoTags: []uint16{215, 217},
		Alternatives: []Alternative{
			{From: 8, To: 8, Size: 22, like: 8, without: []string{"CampaignID", "QueryRuleID"}},
		},
		Doubts: []string{
			"ConnectionDeviceIDType stands before ConnectionCallID, other messages have the reverse.",
			"RouterCallKeyCallID, RouterCallKeySequenceNumber, CallOriginatedFrom not marked optional though 'if specified'.",
		},
	},
	{
		Number: 27, Name: "SET_CALL_DATA_CONF", From: Server, Service: "Call Data Update",
		Purpose: "Confirms a set call data request.",
		Fixed: []*Field{
			{Name: "InvokeID"},
		},
	},
	{
		Number: 28, Name: "RELEASE_CALL_REQ", From: Client, Service: "Call Data Update",
		Purpose: "Client has finished its call data updates for a call.",
		Fixed: []*Field{
			{Name: "InvokeID"},
			{Name: "PeripheralID"},
			{Name: "ConnectionDeviceIDType", Note: "stands before ConnectionCallID here"},
			{Name: "ConnectionCallID"},
		},
		Floating: []*Field{
			{Name: "ConnectionDeviceID"},
		},
		Doubts: []string{
			"ConnectionDeviceIDType stands before ConnectionCallID, other messages have the reverse.",
		},
	},
	{
		Number: 29, Name: "RELEASE_CALL_CONF", From: Server, Service: "Call Data Update",
		Purpose: "Confirms a release call request.",
		Fixed: []*Field{
			{Name: "InvokeID"},
		},
	},
	{
		Number: 141, Name: "SET_DEVICE_ATTRIBUTES_REQ", From: Client, Since: 8, Service: "Call Data Update",
		Purpose: "Sets default service, skill group and call type of a device.",
		Fixed: []*Field{
			{Name: "InvokeID"},
			{Name: "PeripheralID"},
			{Name: "ServiceNumber", Note: "may be NULL_SERVICE"},
			{Name: "ServiceID"},
			{Name: "SkillGroupNumber", Note: "may be NULL_SKILL_GROUP"},
			{Name: "SkillGroupID", Note: "may be NULL_SKILL_GROUP"},
			{Name: "SkillGroupPriority", Note: "0 if not applicable"},
			{Name: "CallType", Note: "may be NULL_CALLTYPE"},
			{Name: "CallingDeviceType"},
		},
		Floating: []*Field{
			{Name: "CallingDeviceID"},
		},
	},
	{
		Number: 142, Name: "SET_DEVICE_ATTRIBUTES_CONF", From: Server, Since: 8, Service: "Call Data Update",
		Purpose: "Confirms a set device attributes request.",
		Fixed: []*Field{
			{Name: "InvokeID"},
		},
	},
}
