package story

import "ctiscope/decode/schema"

// role is what a message is to the story.
type role uint8

const (
	noRole role = iota
	openReq
	openConf
	heartbeatReq
	closeReq
	failureConf
	failureEvent
	standbyActive
	stopping
	deviceMonitorReq
	sessionMonitorReq
	teamMonitorReq
	monitorConf
	monitorStopReq
	monitorStopConf
	callCleared
	agentStateEvent
	setAgentStateReq
	queryAgentStateReq
	teamConfigEvent
	userMessageReq
	userMessageEvent
	changeMaskReq
	consultReq
	consultConf
)

// roleNames are the messages by the names of the schema, which alone knows their
// numbers.
var roleNames = map[string]role{
	"OPEN_REQ": openReq, "OPEN_CONF": openConf, "HEARTBEAT_REQ": heartbeatReq, "CLOSE_REQ": closeReq,
	"FAILURE_CONF": failureConf, "FAILURE_EVENT": failureEvent,
	"STANDBY_ACTIVE_EVENT_MSG": standbyActive, "STOPPING_REQUESTS_TO_THIS_SIDE_IND": stopping,
	"MONITOR_START_REQ": deviceMonitorReq, "MONITOR_START_CONF": monitorConf,
	"MONITOR_STOP_REQ": monitorStopReq, "MONITOR_STOP_CONF": monitorStopConf,
	"SESSION_MONITOR_START_REQ": sessionMonitorReq, "SESSION_MONITOR_START_CONF": monitorConf,
	"SESSION_MONITOR_STOP_REQ": monitorStopReq, "SESSION_MONITOR_STOP_CONF": monitorStopConf,
	"MONITOR_AGENT_TEAM_START_REQ": teamMonitorReq, "MONITOR_AGENT_TEAM_START_CONF": monitorConf,
	"MONITOR_AGENT_TEAM_STOP_REQ": monitorStopReq, "MONITOR_AGENT_TEAM_STOP_CONF": monitorStopConf,
	"CALL_CLEARED_EVENT": callCleared,
	"AGENT_STATE_EVENT":  agentStateEvent, "SET_AGENT_STATE_REQ": setAgentStateReq,
	"QUERY_AGENT_STATE_REQ": queryAgentStateReq, "AGENT_TEAM_CONFIG_EVENT": teamConfigEvent,
	"USER_MESSAGE_REQ": userMessageReq, "USER_MESSAGE_EVENT": userMessageEvent,
	"CHANGE_MONITOR_MASK_REQ": changeMaskReq, "CONSULTATION_CALL_REQ": consultReq, "CONSULTATION_CALL_CONF": consultConf,
}

// roles are those of one protocol, by message number.
type roles struct {
	protocol *schema.Protocol
	byNumber []role
}

// of returns what a message is.
func (r *roles) of(p *schema.Protocol, number uint32) role {
	if r.protocol != p {
		r.learn(p)
	}
	if uint64(number) < uint64(len(r.byNumber)) {
		return r.byNumber[number]
	}
	return noRole
}

func (r *roles) learn(p *schema.Protocol) {
	r.protocol = p
	r.byNumber = make([]role, schema.MaxNumber+1)
	for name, what := range roleNames {
		if m := p.ByName(name); m != nil && m.Number < uint32(len(r.byNumber)) {
			r.byNumber[m.Number] = what
		}
	}
}
