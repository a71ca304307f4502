package schema

import "strings"

// fields is the dictionary of fixed fields, in alphabetical order. A message's
// row names the field and says only what differs there: another type or table
// of values, the versions that have it, a note.
var fields = []Field{
	{Name: "ActiveConnectionCallID", Type: UInt},
	{Name: "ActiveConnectionDeviceIDType", Type: UShort, Values: connectionDeviceIDType},
	{Name: "AddedPartyDeviceType", Type: UShort, Values: deviceIDType},
	{Name: "AgentAction", Type: UShort, Values: agentAction},
	{Name: "AgentAvailabilityStatus", Type: UInt, Values: agentAvailabilityStatus},
	{Name: "AgentConnectionCallID", Type: UInt},
	{Name: "AgentConnectionDeviceIDType", Type: UShort, Values: connectionDeviceIDType},
	{Name: "AgentMode", Type: UShort, Values: agentMode},
	{Name: "AgentServiceReq", Type: UInt, Values: agentServiceRequestMask},
	{Name: "AgentSkillTargetID", Type: UInt},
	{Name: "AgentState", Type: UShort, Values: agentState},
	{Name: "AgentStateMask", Type: UInt, Values: agentStateMask},
	{Name: "AgentWorkMode", Type: UShort, Values: agentWorkMode},
	{Name: "AlertRings", Type: UShort, Note: "number of rings; 0 is the peripheral default"},
	{Name: "AlertingDeviceType", Type: UShort, Values: deviceIDType},
	{Name: "AllocationState", Type: UShort, Values: allocationState},
	{Name: "AnswerDetectControl1", Type: UInt},
	{Name: "AnswerDetectControl2", Type: UInt},
	{Name: "AnswerDetectMode", Type: UShort, Values: answerDetectMode},
	{Name: "AnswerDetectTime", Type: UShort},
	{Name: "AnsweringDeviceType", Type: UShort, Values: deviceIDType},
	{Name: "AnsweringMachine", Type: UShort, Values: answeringMachine},
	{Name: "AutoRecordOnEmergency", Type: UInt},
	{Name: "BitRate", Type: UInt, Values: bitRate},
	{Name: "CallControlSupported", Type: UInt, Values: callControlMask},
	{Name: "CallEventsSupported", Type: UInt, Values: unsolicitedCallEventMessageMask},
	{Name: "CallMannerType", Type: UShort, Values: callMannerType},
	{Name: "CallMsgMask", Type: UInt, Values: unsolicitedCallEventMessageMask},
	{Name: "CallOption", Type: UShort, Values: callOption},
	{Name: "CallPlacementType", Type: UShort, Values: callPlacementType},
	{Name: "CallType", Type: UShort, Values: callType},
	{Name: "CallTypeID", Type: UInt},
	{Name: "CallVariableMask", Type: UShort, Values: callVariableMask},
	{Name: "CalledDeviceType", Type: UShort, Values: deviceIDType},
	{Name: "CalledPartyDisposition", Type: UShort, Values: dispositionCode},
	{Name: "CallingDeviceType", Type: UShort, Values: deviceIDType},
	{Name: "CampaignID", Type: UInt},
	{Name: "ClassOfDevice", Type: UShort, Values: classOfDevice},
	{Name: "ClientPort", Type: UInt},
	{Name: "ConfigEndStatus", Type: UInt, Values: configEndStatus},
	{Name: "ConfigInformation", Type: UInt, Values: configInformationMask},
	{Name: "ConfigMsgMask", Type: UInt},
	{Name: "ConfigOperation", Type: UShort, Values: configOperation},
	{Name: "ConfigType", Type: UShort, Values: configType},
	{Name: "ConfigkeyStatus", Type: UInt, Values: configKeyStatus},
	{Name: "ConnectionCallID", Type: UInt},
	{Name: "ConnectionDeviceIDType", Type: UShort, Values: connectionDeviceIDType},
	{Name: "ConsultType", Type: UShort, Values: consultType},
	{Name: "ControllerDeviceType", Type: UShort, Values: deviceIDType},
	{Name: "DepartmentID", Type: Int},
	{Name: "DeskSettingsMask", Type: UInt, Values: deskSettingsMask},
	{Name: "DestinationCountry", Type: UShort, Values: destinationCountry},
	{Name: "Direction", Type: UShort},
	{Name: "Distribution", Type: UShort, Values: messageDistribution},
	{Name: "DivertingDeviceType", Type: UShort, Values: deviceIDType},
	{Name: "EchoCancellation", Type: UShort},
	{Name: "EmergencyCallMethod", Type: UInt},
	{Name: "EventCause", Type: UShort, Values: eventCause},
	{Name: "EventCode", Type: UShort, Values: agentGreetingEventCode},
	{Name: "EventDeviceType", Type: UShort, Values: deviceIDType},
	{Name: "EventReasonCode", Type: UShort, Codes: ReasonCodes},
	{Name: "FacilityType", Type: UShort, Values: facilityType},
	{Name: "FailingDeviceType", Type: UShort, Values: deviceIDType},
	{Name: "FailureCode", Type: UShort, Values: controlFailureCode},
	{Name: "ForcedFlag", Type: UChar, Values: forcedFlag},
	{Name: "HeldConnectionCallID", Type: UInt},
	{Name: "HeldConnectionDeviceIDType", Type: UShort, Values: connectionDeviceIDType},
	{Name: "HoldingDeviceType", Type: UShort, Values: deviceIDType},
	{Name: "ICMAgentID", Type: Int},
	{Name: "ICMCentralControllerTime", Type: Time},
	{Name: "IdleTimeout", Type: UInt, AlsoNone: 0x7fffffff},
	{Name: "InvokeID", Type: UInt},
	{Name: "LastRedirectDeviceType", Type: UShort, Values: deviceIDType},
	{Name: "LineHandle", Type: UShort},
	{Name: "LineType", Type: UShort, Values: lineType},
	{Name: "LocalConnectionState", Type: UShort, Values: localConnectionState},
	{Name: "LogoutNonActivityTime", Type: UInt},
	{Name: "MRDID", Type: Int},
	{Name: "MaintenanceModeAccepted", Type: Bool, Values: maintenanceModeAccepted},
	{Name: "MaintenanceModeStatus", Type: Bool, Values: maintenanceModeStatus},
	{Name: "MakeCallSetup", Type: UInt, Values: agentStateMask},
	{Name: "MaxActiveCalls", Type: UShort},
	{Name: "MaxDevicesInConference", Type: UShort},
	{Name: "MaxHeldCalls", Type: UShort},
	{Name: "MaxTaskLimit", Type: UInt},
	{Name: "MediaForkingDeviceType", Type: UShort, Values: mediaForkingDeviceType},
	{Name: "MonitorID", Type: UInt, PerClient: true},
	{Name: "MonitoredDeviceType", Type: UShort, Values: deviceIDType},
	{Name: "More", Type: UShort, Values: moreFollow},
	{Name: "NewConnectionCallID", Type: UInt},
	{Name: "NewConnectionDeviceIDType", Type: UShort, Values: connectionDeviceIDType},
	{Name: "NumCTIClients", Type: UShort, PerClient: true},
	{Name: "NumCallDevices", Type: UShort},
	{Name: "NumCalls", Type: UShort},
	{Name: "NumFltSkillGroups", Type: UShort},
	{Name: "NumLines", Type: UShort},
	{Name: "NumNamedArrays", Type: UShort},
	{Name: "NumNamedVariables", Type: UShort},
	{Name: "NumParties", Type: UShort},
	{Name: "NumQueued", Type: UShort},
	{Name: "NumRecords", Type: UShort},
	{Name: "NumSkillGroups", Type: UShort},
	{Name: "NumTasks", Type: UInt},
	{Name: "NumberOfAgentTeams", Type: UShort},
	{Name: "NumberOfAgents", Type: UShort},
	{Name: "OtherConnectionCallID", Type: UInt},
	{Name: "OtherConnectionDeviceIDType", Type: UShort, Values: connectionDeviceIDType},
	{Name: "OtherFeaturesSupported", Type: UInt, Values: otherFeatureMask},
	{Name: "PGStatus", Type: UInt, Values: pgStatusCode},
	{Name: "PacketSize", Type: UInt, Note: "milliseconds"},
	{Name: "PauseDuration", Type: UShort, Note: "milliseconds; 0 is default"},
	{Name: "PayloadType", Type: UShort, Values: payloadType, Note: "audio codec type"},
	{Name: "PeripheralErrorCode", Type: UInt, Codes: PeripheralCodes},
	{Name: "PeripheralID", Type: UInt},
	{Name: "PeripheralOnline", Type: Bool},
	{Name: "PeripheralType", Type: UShort, Values: peripheralType},
	{Name: "PostRoute", Type: Bool, Note: "not used in Unified CCE"},
	{Name: "PrimaryCallID", Type: UInt},
	{Name: "PrimaryDeviceIDType", Type: UShort, Values: connectionDeviceIDType},
	{Name: "Priority", Type: Bool},
	{Name: "QualityRecordingRate", Type: UInt},
	{Name: "QueryRuleID", Type: UInt},
	{Name: "QueueDeviceType", Type: UShort, Values: deviceIDType},
	{Name: "RTPType", Type: UShort, Values: rtpType},
	{Name: "RecordFailureCause", Type: UShort},
	{Name: "RecordingDeviceType", Type: UShort, Values: deviceIDType},
	{Name: "RecordingMode", Type: UInt},
	{Name: "RecordingType", Type: UShort, Values: recordingType},
	{Name: "RegisteredServiceID", Type: UInt},
	{Name: "ReleasingDeviceType", Type: UShort, Values: deviceIDType},
	{Name: "RequestingDeviceIDType", Type: UShort, Values: deviceIDType, Note: "fixed in an alternative layout only; else floating"},
	{Name: "Reservation", Type: Bool},
	{Name: "Reserved", Type: UShort},
	{Name: "Reserved1", Type: UInt},
	{Name: "Reserved2", Type: UInt},
	{Name: "Reserved3", Type: UInt},
	{Name: "RetrievingDeviceType", Type: UShort, Values: deviceIDType},
	{Name: "RingNoAnswerDN", Type: UInt},
	{Name: "RingNoAnswerTime", Type: UInt},
	{Name: "RouterCallKeyCallID", Type: UInt},
	{Name: "RouterCallKeyDay", Type: UInt},
	{Name: "RouterCallKeySequenceNumber", Type: UInt},
	{Name: "SecondaryCallID", Type: UInt},
	{Name: "SecondaryDeviceIDType", Type: UShort, Values: connectionDeviceIDType},
	{Name: "SegmentNumber", Type: UShort},
	{Name: "ServerData", Type: UInt},
	{Name: "ServerMode", Type: UShort, Values: serverMode},
	{Name: "ServiceID", Type: UInt, Note: "may be NULL_SERVICE"},
	{Name: "ServiceNumber", Type: UInt},
	{Name: "ServicesGranted", Type: UInt, Values: ctiServiceMask},
	{Name: "ServicesRequested", Type: UInt, Values: ctiServiceMask},
	{Name: "SessionID", Type: UInt},
	{Name: "SessionType", Type: UShort, Values: sessionType},
	{Name: "SilentMonitorAudibleIndication", Type: UInt},
	{Name: "SilentMonitorWarningMessage", Type: UInt},
	{Name: "SkillGroupID", Type: UInt},
	{Name: "SkillGroupNumber", Type: UInt},
	{Name: "SkillGroupPriority", Type: UShort},
	{Name: "SkillGroupState", Type: UShort, Values: agentState},
	{Name: "SnapshotDeviceType", Type: UShort, Values: deviceIDType},
	{Name: "State", Type: UShort, Values: clientEventReportState},
	{Name: "StateDuration", Type: UInt},
	{Name: "Status", Type: UInt, Values: statusCode},
	{Name: "SupervisorAssistCallMethod", Type: UInt},
	{Name: "SupervisorConnectionCallID", Type: UInt},
	{Name: "SupervisorConnectionDeviceIDType", Type: UShort, Values: connectionDeviceIDType},
	{Name: "SupervisorID", Type: UInt},
	{Name: "SupervisoryAction", Type: UShort, Values: supervisoryAction},
	{Name: "SystemEventArg1", Type: UInt},
	{Name: "SystemEventArg2", Type: UInt},
	{Name: "SystemEventArg3", Type: UInt},
	{Name: "SystemEventID", Type: UInt, Values: systemEventID},
	{Name: "TeamID", Type: UInt},
	{Name: "ToneDuration", Type: UShort},
	{Name: "TransferConferenceSetup", Type: UInt, Values: transferConferenceSetupMask},
	{Name: "TransferredDeviceType", Type: UShort, Values: deviceIDType},
	{Name: "TransferringDeviceType", Type: UShort, Values: deviceIDType},
	{Name: "TrunkUsedDeviceType", Type: UShort, Values: deviceIDType},
	{Name: "TypeOfDevice", Type: UShort, Values: typeOfDevice},
	{Name: "VersionNumber", Type: UInt},
	{Name: "WorkModeTimer", Type: UInt},
	{Name: "WrapupDataIncomingMode", Type: UInt, Values: wrapupDataIncomingMode},
	{Name: "WrapupDataOutgoingMode", Type: UInt, Values: wrapupDataOutgoingMode},
}

// statistics are the counters and times of the statistics confirmations. Every
// one is a UINT, times in seconds.
var statistics = strings.Fields(`
AvailTimeSession LoggedOnTimeSession NotReadyTimeSession ICMAvailableTimeSession RoutableTimeSession
AgentOutCallsSession AgentOutCallsTalkTimeSession AgentOutCallsTimeSession AgentOutCallsHeldSession
AgentOutCallsHeldTimeSession HandledCallsSession HandledCallsTalkTimeSession
HandledCallsAfterCallTimeSession HandledCallsTimeSession IncomingCallsHeldSession
IncomingCallsHeldTimeSession InternalCallsSession InternalCallsTimeSession InternalCallsRcvdSession
InternalCallsRcvdTimeSession InternalCallsHeldSession InternalCallsHeldTimeSession
AutoOutCallsSession AutoOutCallsTalkTimeSession AutoOutCallsTimeSession AutoOutCallsHeldSession
AutoOutCallsHeldTimeSession PreviewCallsSession PreviewCallsTalkTimeSession PreviewCallsTimeSession
PreviewCallsHeldSession PreviewCallsHeldTimeSession ReservationCallsSession
ReservationCallsTalkTimeSession ReservationCallsTimeSession ReservationCallsHeldSession
ReservationCallsHeldTimeSession BargeInCallsSession InterceptCallsSession MonitorCallsSession
WhisperCallsSession EmergencyCallsSession AvailTimeToday LoggedOnTimeToday NotReadyTimeToday
ICMAvailableTimeToday RoutableTimeToday AgentOutCallsToday AgentOutCallsTalkTimeToday
AgentOutCallsTimeToday AgentOutCallsHeldToday AgentOutCallsHeldTimeToday HandledCallsToday
HandledCallsTalkTimeToday HandledCallsAfterCallTimeToday HandledCallsTimeToday
IncomingCallsHeldToday IncomingCallsHeldTimeToday InternalCallsToday InternalCallsTimeToday
InternalCallsRcvdToday InternalCallsRcvdTimeToday InternalCallsHeldToday InternalCallsHeldTimeToday
AutoOutCallsToday AutoOutCallsTalkTimeToday AutoOutCallsTimeToday AutoOutCallsHeldToday
AutoOutCallsHeldTimeToday PreviewCallsToday PreviewCallsTalkTimeToday PreviewCallsTimeToday
PreviewCallsHeldToday PreviewCallsHeldTimeToday ReservationCallsToday ReservationCallsTalkTimeToday
ReservationCallsTimeToday ReservationCallsHeldToday ReservationCallsHeldTimeToday BargeInCallsToday
InterceptCallsToday MonitorCallsToday WhisperCallsToday EmergencyCallsToday AgentsLoggedOn
AgentsAvail AgentsNotReady AgentsReady AgentsTalkingIn AgentsTalkingOut AgentsTalkingOther
AgentsWorkNotReady AgentsWorkReady AgentsBusyOther AgentsReserved AgentsHold AgentsICMAvailable
AgentsApplicationAvailable AgentsTalkingAutoOut AgentsTalkingPreview AgentsTalkingReservation
RouterCallsQNow LongestRouterCallQNow CallsQNow CallsQTimeNow LongestCallQNow AvailTimeTo5
LoggedOnTimeTo5 NotReadyTimeTo5 AgentOutCallsTo5 AgentOutCallsTalkTimeTo5 AgentOutCallsTimeTo5
AgentOutCallsHeldTo5 AgentOutCallsHeldTimeTo5 HandledCallsTo5 HandledCallsTalkTimeTo5
HandledCallsAfterCallTimeTo5 HandledCallsTimeTo5 IncomingCallsHeldTo5 IncomingCallsHeldTimeTo5
InternalCallsRcvdTo5 InternalCallsRcvdTimeTo5 InternalCallsHeldTo5 InternalCallsHeldTimeTo5
AutoOutCallsTo5 AutoOutCallsTalkTimeTo5 AutoOutCallsTimeTo5 AutoOutCallsHeldTo5
AutoOutCallsHeldTimeTo5 PreviewCallsTo5 PreviewCallsTalkTimeTo5 PreviewCallsTimeTo5
PreviewCallsHeldTo5 PreviewCallsHeldTimeTo5 ReservationCallsTo5 ReservationCallsTalkTimeTo5
ReservationCallsTimeTo5 ReservationCallsHeldTo5 ReservationCallsHeldTimeTo5 BargeInCallsTo5
InterceptCallsTo5 MonitorCallsTo5 WhisperCallsTo5 EmergencyCallsTo5 CallsQ5 CallsQTime5
LongestCallQ5 AvailTimeToHalf LoggedOnTimeToHalf NotReadyTimeToHalf AgentOutCallsToHalf
AgentOutCallsTalkTimeToHalf AgentOutCallsTimeToHalf AgentOutCallsHeldToHalf
AgentOutCallsHeldTimeToHalf HandledCallsToHalf HandledCallsTalkTimeToHalf
HandledCallsAfterCallTimeToHalf HandledCallsTimeToHalf IncomingCallsHeldToHalf
IncomingCallsHeldTimeToHalf InternalCallsRcvdToHalf InternalCallsRcvdTimeToHalf
InternalCallsHeldToHalf InternalCallsHeldTimeToHalf AutoOutCallsToHalf AutoOutCallsTalkTimeToHalf
AutoOutCallsTimeToHalf AutoOutCallsHeldToHalf AutoOutCallsHeldTimeToHalf PreviewCallsToHalf
PreviewCallsTalkTimeToHalf PreviewCallsTimeToHalf PreviewCallsHeldToHalf PreviewCallsHeldTimeToHalf
ReservationCallsToHalf ReservationCallsTalkTimeToHalf ReservationCallsTimeToHalf
ReservationCallsHeldToHalf ReservationCallsHeldTimeToHalf BargeInCallsToHalf InterceptCallsToHalf
MonitorCallsToHalf WhisperCallsToHalf EmergencyCallsToHalf CallsQHalf CallsQTimeHalf
LongestCallQHalf CallsQToday CallsQTimeToday LongestCallQToday
`)
