package reassembly

// Counters count what an Assembler saw and did. Sessions are the connections
// that it follows.
type Counters struct {
	Segments        int64 `json:"segments"`         // TCP segments seen, of whatever connection
	SessionSegments int64 `json:"session_segments"` // of these, those of sessions
	DataSegments    int64 `json:"data_segments"`    // of these, those with data
	DataBytes       int64 `json:"data_bytes"`       // bytes handed on in stream order

	Connections int64 `json:"connections"` // sessions opened
	Recognized  int64 `json:"recognized"`  // of these, those found by content on other than CTI ports
	Midstream   int64 `json:"midstream"`   // of these, those whose beginning was not captured
	Refused     int64 `json:"refused"`     // connections refused or never answered
	Neighbors   int64 `json:"neighbors"`   // segments of a protocol that looks alike
	Candidates  int64 `json:"candidates"`  // connections whose first bytes were too few to tell what they are

	Retransmissions int64 `json:"retransmissions"` // segments that were sent again
	Duplicates      int64 `json:"duplicates"`      // packets that a mirror port gave twice
	KeepAlives      int64 `json:"keep_alives"`     // keep-alive and window probes
	OutOfOrder      int64 `json:"out_of_order"`    // segments that came after a later one
	Overlaps        int64 `json:"overlaps"`        // segments that were new in part only
	Conflicts       int64 `json:"conflicts"`       // segments that repeated bytes with other content

	Holes        int64 `json:"holes"`         // places where bytes are missing
	MissingBytes int64 `json:"missing_bytes"` // bytes missing there
	Snapped      int64 `json:"snapped"`       // of the holes, those cut by the snap length
	SnappedBytes int64 `json:"snapped_bytes"` // bytes missing there
	Late         int64 `json:"late"`          // segments that came after their hole was reported as lost
	LateBytes    int64 `json:"late_bytes"`    // bytes dropped with them
	Strays       int64 `json:"strays"`        // segments dropped because their place lies far from the stream
	AfterClose   int64 `json:"after_close"`   // segments with new data after the end of the connection
	IgnoredRST   int64 `json:"ignored_rst"`   // RSTs that did not end their connection
	IgnoredSYN   int64 `json:"ignored_syn"`   // SYNs that did not begin a new connection

	EvictedHoles       int64 `json:"evicted_holes"`       // of the holes, those dropped early because of limits
	EvictedConnections int64 `json:"evicted_connections"` // connections forgotten because there were too many
	IdleConnections    int64 `json:"idle_connections"`    // connections forgotten because nothing came any more
	EvictedCandidates  int64 `json:"evicted_candidates"`  // candidates forgotten because there were too many
}
