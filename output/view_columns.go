package output

// viewColumn is a column of a view: a path into the objects of its kind.
type viewColumn struct {
	title, path string
	right       bool
}

// viewTitles stand above the tables of a kind.
var viewTitles = map[string]string{
	"session": "Sessions", "request": "Requests", "request_type": "Requests by type", "call": "Calls", "call_event": "Events of calls",
	"agent": "Agents", "agent_state": "States of agents", "user_message": "User messages",
}

// viewColumns are what tables show of a kind; json and csv have all keys.
var viewColumns = map[string][]viewColumn{
	"session": {
		{"ses", "session", true}, {"client id", "client_id", false}, {"client", "client", false}, {"server", "server", false}, {"side", "side", false},
		{"version", "version", true}, {"first", "first", false}, {"closed", "closed.time", false}, {"how", "closed.how", false}, {"by", "closed.by", false},
		{"answered", "requests.answered", true}, {"refused", "requests.refused", true}, {"none", "requests.unanswered", true},
	},
	"request": {
		{"time", "time", false}, {"ses", "session", true}, {"frame", "frame", true}, {"request", "name", false}, {"id", "invoke_id", true},
		{"outcome", "outcome", false}, {"ms", "answer_ms", true}, {"failure", "failure", false}, {"why", "why", false},
	},
	"request_type": {
		{"request", "name", false}, {"count", "count", true}, {"answered", "outcomes.answered", true}, {"refused", "outcomes.refused", true},
		{"none", "outcomes.unanswered", true}, {"unknown", "outcomes.unknown", true}, {"p50 ms", "p50_ms", true}, {"p95 ms", "p95_ms", true},
		{"p99 ms", "p99_ms", true}, {"max ms", "max_ms", true},
	},
	"call": {
		{"call", "call", true}, {"id", "id", false}, {"ani", "ani", false}, {"dnis", "dnis", false}, {"dialed", "dialed", false}, {"agent", "devices[].agent", false},
		{"first", "first", false}, {"answered", "answered", false}, {"cleared", "cleared", false}, {"queue s", "queue_s", true}, {"ring s", "ring_s", true},
		{"talk s", "talk_s", true}, {"holds", "holds", true}, {"links", "links[].how", false},
	},
	"call_event": {
		{"time", "time", false}, {"ses", "session", true}, {"frame", "frame", true}, {"from", "from", false}, {"event", "name", false},
		{"device", "device", false}, {"state", "state", false}, {"cause", "cause", false},
	},
	"agent": {
		{"agent", "agent", false}, {"peripheral", "peripheral", true}, {"mrd", "mrd", true}, {"extension", "extension", false}, {"state", "state", false},
		{"signed in", "sign_ins", true}, {"signed out", "sign_outs", true}, {"forced", "forced_sign_outs", true}, {"sessions", "sessions", false},
	},
	"agent_state": {
		{"time", "time", false}, {"agent", "agent", false}, {"state", "state", false}, {"reason", "reason.value", true}, {"in words", "reason.text", false},
		{"seconds", "seconds", true}, {"forced", "forced", false}, {"ses", "session", true}, {"frame", "frame", true},
	},
	"user_message": {
		{"time", "time", false}, {"ses", "session", true}, {"from", "from_client", false}, {"to", "distribution", false}, {"client", "recipient.client_id", false},
		{"outcome", "outcome", false}, {"ms", "answer_ms", true}, {"delivered", "delivered", false}, {"text", "text", false},
	},
}
